//! What people are told: the warnings that were given (each once, its key says so), the notices that people read, and
//! which of them still leave by mail.

use domain::actor::Scope;
use domain::notice::NoticeKind;
use domain::sla::ClockKind;
use domain::ticket::{Change, TicketKey};
use domain::time::Instant;
use domain::view::notice::NoticeRow;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::message;
use super::sql::{Columns, Sql};
use crate::Error;

mod preference;
mod waiting;

pub(crate) use preference::*;
pub(crate) use waiting::*;

/// What a warning is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Warning {
    pub(crate) ticket_id: i64,
    pub(crate) clock: ClockKind,
    pub(crate) kind: NoticeKind,
    pub(crate) due_at: Instant,
}

/// Empty: none.
fn clock_from_slug(slug: &str) -> Option<Option<ClockKind>> {
    if slug.is_empty() { Some(None) } else { ClockKind::from_slug(slug).map(Some) }
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

/// The intent to tell one person.
pub(crate) struct NewNotice {
    pub(crate) user_id: i64,
    pub(crate) ticket_id: i64,
    pub(crate) kind: NoticeKind,
    /// `None` for warnings.
    pub(crate) event_id: Option<i64>,
    /// Of warnings: the clock and its due time.
    pub(crate) clock: Option<(ClockKind, Instant)>,
    pub(crate) created_at: Instant,
    /// From when on it may leave by mail; `None`: not at all.
    pub(crate) mail_at: Option<Instant>,
    pub(crate) daily: bool,
}

pub(crate) async fn insert(db: &mut AnyConnection, new: NewNotice) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO notification (user_id, ticket_id, kind, event_id, clock, due_at, created_at, mail_at, daily)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(new.user_id)
    .bind(new.ticket_id)
    .bind(new.kind.slug())
    .bind(new.event_id)
    .bind(new.clock.map_or("", |(clock, _)| clock.slug()))
    .bind(new.clock.map(|(_, due_at)| due_at.0))
    .bind(new.created_at.0)
    .bind(new.mail_at.map(|at| at.0))
    .bind(i64::from(new.daily))
    .execute(db)
    .await?;
    Ok(())
}

/// A person's notices after one of them (whether it was read, its id), of the tickets they may see: unread ones first,
/// the newest first.
pub(crate) async fn list(
    db: &mut AnyConnection,
    scope: Scope,
    user_id: i64,
    after: Option<(bool, i64)>,
    limit: i64,
) -> Result<Vec<NoticeRow>, Error> {
    let mut sql = Sql::new(
        "SELECT n.notification_id, n.created_at, o.key, t.number, t.subject, n.kind, coalesce(u.name, ''), n.clock, n.due_at, \
         CASE WHEN n.read_at IS NULL THEN 0 ELSE 1 END, coalesce(e.data, '') FROM notification n \
         JOIN ticket t ON t.ticket_id = n.ticket_id \
         JOIN organisation o ON o.organisation_id = t.organisation_id \
         LEFT JOIN event e ON e.event_id = n.event_id \
         LEFT JOIN user_account u ON u.user_id = e.actor_id WHERE n.user_id = ",
    );
    sql.bind(user_id);
    sql.visible(scope);
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
        let notice = NoticeRow {
            id: row.get()?,
            at: row.instant()?,
            key: TicketKey { organisation: row.get()?, number: row.get()? }.to_string(),
            subject: row.get()?,
            kind: row.slug(NoticeKind::from_slug)?,
            by: row.get()?,
            clock: row.slug(clock_from_slug)?,
            due_at: row.maybe_instant()?,
            read: row.flag()?,
        };
        let data: &str = row.get()?;
        let change = if data.is_empty() { None } else { Some(serde_json::from_str(data)?) };
        Ok((notice, change))
    };
    let rows = sql.all(&mut *db).await?.iter().map(read).collect::<Result<Vec<_>, Error>>()?;
    // A reply is by whoever wrote it, though an agent may have put their mail on the ticket.
    let reply = |change: &Option<Change>| match change {
        Some(Change::Replied { message_id }) => Some(*message_id),
        _ => None,
    };
    let writers = message::writers(db, rows.iter().filter_map(|(_, change)| reply(change))).await?;
    let named = |(notice, change): (NoticeRow, Option<Change>)| {
        let by = reply(&change).and_then(|id| writers.get(&id)).cloned().unwrap_or(notice.by);
        NoticeRow { by, ..notice }
    };
    Ok(rows.into_iter().map(named).collect())
}

/// How many notices of tickets they may see a person has not read.
pub(crate) async fn unread(db: &mut AnyConnection, scope: Scope, user_id: i64) -> Result<i64, Error> {
    let mut sql = Sql::new("");
    count_unread(&mut sql, scope, user_id);
    Columns::new(&sql.one(db).await?).get()
}

/// The statement that counts them.
pub(crate) fn count_unread(sql: &mut Sql, scope: Scope, user_id: i64) -> &mut Sql {
    // Staff see every ticket: for them no ticket needs to be looked at.
    sql.push(match scope {
        Scope::All => "SELECT COUNT(*) FROM notification n WHERE n.read_at IS NULL AND n.user_id = ",
        _ => {
            "SELECT COUNT(*) FROM notification n JOIN ticket t ON t.ticket_id = n.ticket_id \
             WHERE n.read_at IS NULL AND n.user_id = "
        }
    });
    sql.bind(user_id).visible(scope)
}

/// Which of a person's notices were read.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Read {
    One(i64),
    /// All of one ticket: whoever reads the ticket has read them.
    Ticket(i64),
    All,
}

/// Gives whether there is such a one.
pub(crate) async fn mark_read(db: &mut AnyConnection, user_id: i64, which: Read, now: Instant) -> Result<bool, Error> {
    let mut sql = Sql::new("UPDATE notification SET read_at = COALESCE(read_at, ");
    sql.bind(now.0).push(") WHERE user_id = ").bind(user_id);
    match which {
        Read::One(id) => sql.push(" AND notification_id = ").bind(id),
        Read::Ticket(id) => sql.push(" AND read_at IS NULL AND ticket_id = ").bind(id),
        Read::All => sql.push(" AND read_at IS NULL"),
    };
    Ok(sql.execute(db).await? > 0)
}

/// Forgets what was told before an instant, unless it still waits to be mailed; gives how many.
pub(crate) async fn sweep(db: &mut AnyConnection, before: Instant) -> Result<u64, Error> {
    let done = sqlx::query("DELETE FROM notification WHERE created_at < $1 AND mail_at IS NULL")
        .bind(before.0)
        .execute(db)
        .await?;
    Ok(done.rows_affected())
}
