//! Mail that was given up.

use domain::ticket::TicketKey;
use domain::time::Instant;
use domain::view::notice::DeadLetter;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::WITHOUT_SECRET;
use crate::Error;
use crate::store::sql::{Columns, Sql};

/// It is not tried again, unless an admin says so; a link in it that only its reader may know is forgotten, and a new one made
/// when it is tried again.
pub(crate) async fn mail_dead(db: &mut AnyConnection, outbox_id: i64, error: &str, now: Instant) -> Result<(), Error> {
    let mut sql = Sql::new("UPDATE outbox SET error = ");
    sql.bind(error.to_owned())
        .push(", dead_at = ")
        .bind(now.0)
        .push(WITHOUT_SECRET)
        .push(" WHERE outbox_id = ")
        .bind(outbox_id);
    sql.execute(db).await?;
    Ok(())
}

const SELECT: &str = "SELECT m.outbox_id, m.kind, m.to_name, m.to_email, m.subject, o.key, t.number, m.attempts, m.error, \
     m.created_at, m.dead_at, m.body FROM outbox m LEFT JOIN ticket t ON t.ticket_id = m.ticket_id \
     LEFT JOIN organisation o ON o.organisation_id = t.organisation_id WHERE m.dead_at IS NOT NULL";

/// With its text.
fn read(row: &AnyRow) -> Result<(DeadLetter, String), Error> {
    let mut row = Columns::new(row);
    let letter = DeadLetter {
        id: row.get()?,
        kind: row.get()?,
        to_name: row.get()?,
        to_email: row.get()?,
        subject: row.get()?,
        key: match (row.get::<Option<String>>()?, row.get::<Option<i64>>()?) {
            (Some(organisation), Some(number)) => TicketKey { organisation, number }.to_string(),
            _ => String::new(),
        },
        attempts: row.get()?,
        error: row.get()?,
        created_at: row.instant()?,
        dead_at: row.instant()?,
    };
    Ok((letter, row.get()?))
}

/// The latest first, before one of them.
pub(crate) async fn dead(db: &mut AnyConnection, before: Option<i64>, limit: i64) -> Result<Vec<DeadLetter>, Error> {
    let mut sql = Sql::new(SELECT);
    if let Some(before) = before {
        sql.push(" AND m.outbox_id < ").bind(before);
    }
    sql.push(" ORDER BY m.outbox_id DESC LIMIT ").bind(limit);
    sql.all(db).await?.iter().map(|row| read(row).map(|(letter, _)| letter)).collect()
}

/// One of them, with its text.
pub(crate) async fn dead_one(db: &mut AnyConnection, outbox_id: i64) -> Result<Option<(DeadLetter, String)>, Error> {
    let mut sql = Sql::new(SELECT);
    sql.push(" AND m.outbox_id = ").bind(outbox_id);
    sql.optional(db).await?.as_ref().map(read).transpose()
}

/// The last time that a mail left, among the newest.
pub(crate) async fn last_sent(db: &mut AnyConnection) -> Result<Option<Instant>, Error> {
    // Mails leave in the order in which they were written, or nearly: looking at all of a large table would find no other.
    let sql =
        Sql::new("SELECT MAX(sent_at) FROM (SELECT sent_at FROM outbox ORDER BY outbox_id DESC LIMIT 1000) newest");
    Columns::new(&sql.one(db).await?).maybe_instant()
}

/// What the last attempt said of a mail that is still tried; empty when nothing went wrong.
pub(crate) async fn waiting_error(db: &mut AnyConnection) -> Result<String, Error> {
    let sql = Sql::new(
        "SELECT error FROM outbox WHERE sent_at IS NULL AND dead_at IS NULL AND error <> '' ORDER BY outbox_id DESC LIMIT 1",
    );
    sql.optional(db).await?.map_or_else(|| Ok(String::new()), |row| Columns::new(&row).get())
}

/// How many mails wait, and since when the oldest.
pub(crate) async fn mail_waiting(db: &mut AnyConnection) -> Result<(i64, Option<Instant>), Error> {
    let row = Sql::new("SELECT COUNT(*), MIN(created_at) FROM outbox WHERE sent_at IS NULL AND dead_at IS NULL");
    let row = row.one(db).await?;
    let mut row = Columns::new(&row);
    Ok((row.get()?, row.maybe_instant()?))
}

/// It is tried again at once, and as often as a new one; gives whether there is such a one.
pub(crate) async fn revive(db: &mut AnyConnection, outbox_id: i64, now: Instant) -> Result<bool, Error> {
    let mut sql = Sql::new("UPDATE outbox SET dead_at = NULL, attempts = 0, due_at = ");
    sql.bind(now.0).push(" WHERE dead_at IS NOT NULL AND outbox_id = ").bind(outbox_id);
    Ok(sql.execute(db).await? > 0)
}

/// All of them are tried again; gives how many.
pub(crate) async fn revive_all(db: &mut AnyConnection, now: Instant) -> Result<u64, Error> {
    let mut sql = Sql::new("UPDATE outbox SET dead_at = NULL, attempts = 0, due_at = ");
    sql.bind(now.0).push(" WHERE dead_at IS NOT NULL");
    sql.execute(db).await
}

/// It is forgotten; gives whether there was such a one.
pub(crate) async fn discard(db: &mut AnyConnection, outbox_id: i64) -> Result<bool, Error> {
    let mut sql = Sql::new("UPDATE notification SET outbox_id = NULL WHERE outbox_id = ");
    sql.bind(outbox_id);
    sql.execute(db).await?;
    let mut sql = Sql::new("DELETE FROM outbox WHERE dead_at IS NOT NULL AND outbox_id = ");
    sql.bind(outbox_id);
    Ok(sql.execute(db).await? > 0)
}
