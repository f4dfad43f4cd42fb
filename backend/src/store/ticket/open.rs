//! Open tickets as those see them who watch all deadlines: administration, warnings, a person's own feed. It knows no scope;
//! nothing here is for customers.

use domain::ticket::{Priority, Status, TicketKey};
use domain::time::Instant;
use domain::view::ClocksView;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::Error;
use crate::store::Dialect;
use crate::store::sql::{Columns, Sql};

/// An open ticket as a change of calendars or policies sees it.
pub(crate) struct OpenRow {
    pub(crate) ticket_id: i64,
    pub(crate) key: TicketKey,
    pub(crate) subject: String,
    pub(crate) status: Status,
    pub(crate) priority: Priority,
    pub(crate) assignee_id: Option<i64>,
    pub(crate) policy_version_id: i64,
    pub(crate) clocks: ClocksView,
    /// Of the last event: what the projections were computed at.
    pub(crate) last_at: Instant,
    pub(crate) review_due_at: Option<Instant>,
    pub(crate) resolution_due_at: Option<Instant>,
}

/// Which open tickets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Open {
    All,
    /// Under any version of a policy.
    OfPolicy(i64),
    OfOrganisation(i64),
    /// That someone works on.
    Of(i64),
    One(i64),
    /// Whose time to be warned about has come; the first so many.
    ToWarn(Instant, i64),
}

/// Open tickets, in the order in which they were raised. For administration, which sees all: it knows no scope.
pub(crate) async fn open(db: &mut AnyConnection, which: Open) -> Result<Vec<OpenRow>, Error> {
    let mut sql = Sql::new(
        "SELECT t.ticket_id, o.key, t.number, t.subject, t.status, t.priority, t.assignee_id, t.policy_version_id, t.clocks, \
         e.happened_at, t.review_due_at, t.resolution_due_at FROM ticket t \
         JOIN organisation o ON o.organisation_id = t.organisation_id \
         JOIN event e ON e.event_id = t.last_event_id WHERE t.status IN ('new', 'in_progress', 'waiting')",
    );
    match which {
        Open::All => {}
        Open::OfPolicy(id) => {
            sql.push(" AND t.policy_version_id IN (SELECT policy_version_id FROM policy_version WHERE policy_id = ");
            sql.bind(id).push(")");
        }
        Open::OfOrganisation(id) => drop(sql.push(" AND t.organisation_id = ").bind(id)),
        Open::One(ticket_id) => drop(sql.push(" AND t.ticket_id = ").bind(ticket_id)),
        Open::Of(user_id) => drop(sql.push(" AND t.assignee_id = ").bind(user_id)),
        Open::ToWarn(now, limit) => {
            sql.push(" AND t.warn_at < ").bind(now.0).push(" ORDER BY t.warn_at, t.ticket_id LIMIT ").number(limit);
        }
    }
    if !matches!(which, Open::ToWarn(..)) {
        sql.push(" ORDER BY t.ticket_id");
    }
    let read = |row: &AnyRow| {
        let mut row = Columns::new(row);
        Ok(OpenRow {
            ticket_id: row.get()?,
            key: TicketKey { organisation: row.get()?, number: row.get()? },
            subject: row.get()?,
            status: row.slug(Status::from_slug)?,
            priority: row.slug(Priority::from_slug)?,
            assignee_id: row.get()?,
            policy_version_id: row.get()?,
            clocks: row.json()?,
            last_at: row.instant()?,
            review_due_at: row.maybe_instant()?,
            resolution_due_at: row.maybe_instant()?,
        })
    };
    sql.all(db).await?.iter().map(read).collect()
}

/// Keeps every ticket from being changed until the transaction ends: a change that had read the calendars of before would
/// store deadlines of before. SQLite has one writer, so there it is so already.
pub(crate) async fn hold_all(db: &mut AnyConnection, dialect: Dialect) -> Result<(), Error> {
    if dialect == Dialect::Postgres {
        sqlx::query("LOCK TABLE ticket IN SHARE ROW EXCLUSIVE MODE").execute(db).await?;
    }
    Ok(())
}

/// Before a new ticket takes its number: waits for whoever holds all of them. They need the organisation's row, which goes
/// with the number, and each would wait for the other.
pub(crate) async fn hold_room(db: &mut AnyConnection, dialect: Dialect) -> Result<(), Error> {
    if dialect == Dialect::Postgres {
        sqlx::query("LOCK TABLE ticket IN ROW EXCLUSIVE MODE").execute(db).await?;
    }
    Ok(())
}

/// Keeps one ticket from being changed until the transaction ends, if it still is to be warned about.
pub(crate) async fn hold_to_warn(db: &mut AnyConnection, ticket_id: i64, now: Instant) -> Result<bool, Error> {
    let held = sqlx::query("UPDATE ticket SET warn_at = warn_at WHERE ticket_id = $1 AND warn_at < $2")
        .bind(ticket_id)
        .bind(now.0)
        .execute(db)
        .await?;
    Ok(held.rows_affected() > 0)
}

/// When to look again whether a warning is due.
pub(crate) async fn warn_next(db: &mut AnyConnection, ticket_id: i64, at: i64) -> Result<(), Error> {
    sqlx::query("UPDATE ticket SET warn_at = $2 WHERE ticket_id = $1").bind(ticket_id).bind(at).execute(db).await?;
    Ok(())
}
