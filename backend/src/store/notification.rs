//! Warnings that were given, and the notifications that people read. Each is given once: the key says so.

use domain::sla::ClockKind;
use domain::ticket::TicketKey;
use domain::time::Instant;
use domain::view::admin::{NotificationRow, WarningKind};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::sql::{Columns, Sql};
use crate::Error;

/// What a warning is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Warning {
    pub(crate) ticket_id: i64,
    pub(crate) clock: ClockKind,
    pub(crate) kind: WarningKind,
    pub(crate) due_at: Instant,
}

/// Whether this warning has not been given before; from now on it has.
pub(crate) async fn claim(db: &mut AnyConnection, warning: &Warning, now: Instant) -> Result<bool, Error> {
    let done = sqlx::query(
        "INSERT INTO warning (ticket_id, clock, kind, due_at, given_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (ticket_id, clock, kind, due_at) DO NOTHING",
    )
    .bind(warning.ticket_id)
    .bind(warning.clock.slug())
    .bind(warning.kind.slug())
    .bind(warning.due_at.0)
    .bind(now.0)
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Tells one person.
pub(crate) async fn insert(db: &mut AnyConnection, user_id: i64, warning: &Warning, now: Instant) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO notification (user_id, ticket_id, clock, kind, due_at, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(user_id)
    .bind(warning.ticket_id)
    .bind(warning.clock.slug())
    .bind(warning.kind.slug())
    .bind(warning.due_at.0)
    .bind(now.0)
    .execute(db)
    .await?;
    Ok(())
}

/// A person's notifications after one of them (whether it was read, its id): unread ones first, the newest first.
pub(crate) async fn list(
    db: &mut AnyConnection,
    user_id: i64,
    after: Option<(bool, i64)>,
    limit: i64,
) -> Result<Vec<NotificationRow>, Error> {
    let mut sql = Sql::new(
        "SELECT n.notification_id, n.created_at, o.key, t.number, t.subject, n.kind, n.clock, n.due_at, \
         CASE WHEN n.read_at IS NULL THEN 0 ELSE 1 END FROM notification n \
         JOIN ticket t ON t.ticket_id = n.ticket_id \
         JOIN organisation o ON o.organisation_id = t.organisation_id WHERE n.user_id = ",
    );
    sql.bind(user_id);
    match after {
        None => {}
        Some((false, id)) => {
            sql.push(" AND (n.read_at IS NOT NULL OR n.notification_id < ").bind(id).push(")");
        }
        Some((true, id)) => {
            sql.push(" AND n.read_at IS NOT NULL AND n.notification_id < ").bind(id);
        }
    }
    sql.push(" ORDER BY CASE WHEN n.read_at IS NULL THEN 0 ELSE 1 END, n.notification_id DESC LIMIT ").number(limit);
    let read = |row: &AnyRow| {
        let mut row = Columns::new(row);
        Ok(NotificationRow {
            id: row.get()?,
            at: row.instant()?,
            key: TicketKey { organisation: row.get()?, number: row.get()? }.to_string(),
            subject: row.get()?,
            kind: row.slug(WarningKind::from_slug)?,
            clock: row.slug(ClockKind::from_slug)?,
            due_at: row.instant()?,
            read: row.flag()?,
        })
    };
    sql.all(db).await?.iter().map(read).collect()
}

pub(crate) async fn unread(db: &mut AnyConnection, user_id: i64) -> Result<i64, Error> {
    let row = sqlx::query("SELECT COUNT(*) FROM notification WHERE user_id = $1 AND read_at IS NULL")
        .bind(user_id)
        .fetch_one(db)
        .await?;
    Columns::new(&row).get()
}

/// One of a person's notifications was read, or all of them; gives whether there is such a one.
pub(crate) async fn mark_read(
    db: &mut AnyConnection,
    user_id: i64,
    notification_id: Option<i64>,
    now: Instant,
) -> Result<bool, Error> {
    let mut sql = Sql::new("UPDATE notification SET read_at = COALESCE(read_at, ");
    sql.bind(now.0).push(") WHERE user_id = ").bind(user_id);
    match notification_id {
        Some(id) => sql.push(" AND notification_id = ").bind(id),
        None => sql.push(" AND read_at IS NULL"),
    };
    Ok(sql.execute(db).await? > 0)
}

/// Forgets what was given before an instant; gives how many.
pub(crate) async fn sweep(db: &mut AnyConnection, before: Instant) -> Result<u64, Error> {
    let done = sqlx::query("DELETE FROM notification WHERE created_at < $1").bind(before.0).execute(db).await?;
    Ok(done.rows_affected())
}
