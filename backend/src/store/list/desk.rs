//! The desk's queues. For staff only: nothing here knows a scope.

use domain::brand::Brand;
use domain::ticket::{CloseReason, Priority, Status, TicketKey};
use domain::time::Instant;
use domain::view::ClocksView;
use domain::view::desk::QueueCounts;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::{Cursor, Order, Page, Part, page, paged};
use crate::Error;
use crate::store::event::Audience;
use crate::store::organisation::read_brand;
use crate::store::sql::{Columns, Sql};
use crate::store::{Dialect, search};

/// What a desk list is limited to.
#[derive(Clone, Debug, Default)]
pub(crate) struct DeskFilter<'a> {
    pub(crate) queue: Queue,
    pub(crate) assignee: Option<Assignee>,
    pub(crate) organisation: Option<&'a str>,
    pub(crate) priority: Option<Priority>,
    pub(crate) form: Option<&'a str>,
    pub(crate) search: Option<&'a str>,
    /// Whom the search names.
    pub(crate) requesters: Vec<i64>,
}

/// What makes a queue.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Queue {
    pub(crate) statuses: &'static [Status],
    pub(crate) assignee: Option<Assignee>,
    pub(crate) past_due: bool,
    pub(crate) at_risk: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Assignee {
    NoOne,
    Person(i64),
}

impl DeskFilter<'_> {
    fn apply(&self, sql: &mut Sql, dialect: Dialect, now: Instant) {
        assigned_to(sql, self.assignee);
        if let Some(key) = self.organisation {
            sql.push(" AND t.organisation_id = (SELECT organisation_id FROM organisation WHERE key = ");
            sql.bind(key).push(")");
        }
        if let Some(priority) = self.priority {
            sql.push(" AND t.priority = ").bind(priority.slug());
        }
        if let Some(form) = self.form {
            sql.push(" AND t.form_id IN (SELECT form_id FROM form WHERE slug = ").bind(form).push(")");
        }
        let Some(asked) = self.search else {
            self.queue.apply(sql, now);
            return;
        };
        // Who has a key does not know which queue its ticket is in, or whether it is closed by now.
        let key = TicketKey::typed(asked);
        let keyed = key.is_some();
        if let Some(key) = key {
            sql.push(" AND (");
            search::with_key(sql, key);
            sql.push(" OR (1 = 1");
        }
        self.queue.apply(sql, now);
        search::matching(sql, dialect, Audience::Staff, asked, &self.requesters);
        if keyed {
            sql.push("))");
        }
    }
}

impl Queue {
    fn apply(&self, sql: &mut Sql, now: Instant) {
        for (index, status) in self.statuses.iter().enumerate() {
            // Slugs are ours; written out, the partial indexes on them are found.
            sql.push(if index == 0 { " AND t.status IN ('" } else { "', '" }).push(status.slug());
        }
        if !self.statuses.is_empty() {
            sql.push("')");
            if !self.statuses.contains(&Status::Closed) {
                sql.push(" AND t.status <> 'closed'");
            }
        }
        assigned_to(sql, self.assignee);
        if self.past_due {
            sql.push(" AND t.sort_due_at <= ").bind(now.0);
        }
        if self.at_risk {
            sql.push(" AND t.sort_due_at > ").bind(now.0).push(" AND t.risk_at < ").bind(now.0);
        }
    }
}

fn assigned_to(sql: &mut Sql, assignee: Option<Assignee>) {
    match assignee {
        Some(Assignee::NoOne) => {
            sql.push(" AND t.assignee_id IS NULL");
        }
        Some(Assignee::Person(user_id)) => {
            sql.push(" AND t.assignee_id = ").bind(user_id);
        }
        None => {}
    }
}

#[derive(Debug)]
pub(crate) struct DeskListRow {
    pub(crate) cursor: Cursor,
    pub(crate) number: i64,
    pub(crate) organisation_id: i64,
    pub(crate) subject: String,
    pub(crate) requester_id: i64,
    pub(crate) status: Status,
    pub(crate) close_reason: Option<CloseReason>,
    pub(crate) priority: Priority,
    pub(crate) assignee_id: Option<i64>,
    pub(crate) confidential: bool,
    pub(crate) last_event_id: i64,
    pub(crate) read_event_id: i64,
    pub(crate) last_at: Instant,
    pub(crate) last_actor_id: Option<i64>,
    pub(crate) clocks: ClocksView,
    pub(crate) due_at: Option<Instant>,
}

/// A page of a queue, the deadline that comes first on top. For staff only: it knows no scope.
pub(crate) async fn desk(
    db: &mut AnyConnection,
    dialect: Dialect,
    user_id: i64,
    filter: &DeskFilter<'_>,
    part: Part,
    limit: i64,
    now: Instant,
) -> Result<Page<DeskListRow>, Error> {
    let mut sql = Sql::new(
        // People and organisations are read once for the whole page, not for each row.
        "SELECT t.ticket_id, t.sort_due_at, t.number, t.organisation_id, t.subject, t.requester_id, t.status, \
         t.close_reason, t.priority, t.assignee_id, t.confidential, t.last_event_id, COALESCE(m.event_id, 0), \
         e.happened_at, e.actor_id, t.clocks, t.resolution_due_at \
         FROM ticket t \
         JOIN event e ON e.event_id = t.last_event_id \
         LEFT JOIN read_mark m ON m.ticket_id = t.ticket_id AND m.user_id = ",
    );
    sql.bind(user_id).push(" WHERE 1 = 1");
    filter.apply(&mut sql, dialect, now);
    paged(&mut sql, Order::Deadline, part, limit);
    let rows = sql.all(db).await?;
    let rows: Result<Vec<_>, _> = rows.iter().map(read_desk).collect();
    Ok(page(rows?, part, limit))
}

fn read_desk(row: &AnyRow) -> Result<DeskListRow, Error> {
    let mut row = Columns::new(row);
    let (ticket_id, due_at): (i64, i64) = (row.get()?, row.get()?);
    Ok(DeskListRow {
        cursor: Cursor { due_at, id: ticket_id },
        number: row.get()?,
        organisation_id: row.get()?,
        subject: row.get()?,
        requester_id: row.get()?,
        status: row.slug(Status::from_slug)?,
        close_reason: row.maybe_slug(CloseReason::from_slug)?,
        priority: row.slug(Priority::from_slug)?,
        assignee_id: row.get()?,
        confidential: row.flag()?,
        last_event_id: row.get()?,
        read_event_id: row.get()?,
        last_at: row.instant()?,
        last_actor_id: row.get()?,
        clocks: row.json()?,
        due_at: row.maybe_instant()?,
    })
}

/// How many tickets a filter leaves.
pub(crate) async fn desk_total(
    db: &mut AnyConnection,
    dialect: Dialect,
    filter: &DeskFilter<'_>,
    now: Instant,
) -> Result<i64, Error> {
    let mut sql = Sql::new("SELECT COUNT(*) FROM ticket t WHERE 1 = 1");
    filter.apply(&mut sql, dialect, now);
    Columns::new(&sql.one(db).await?).get()
}

/// The deadlines of the tickets that a filter leaves, those below `until`, earliest first.
pub(crate) async fn deadlines(
    db: &mut AnyConnection,
    dialect: Dialect,
    filter: &DeskFilter<'_>,
    until: i64,
    now: Instant,
) -> Result<Vec<Instant>, Error> {
    let mut sql = Sql::new("SELECT t.sort_due_at FROM ticket t WHERE 1 = 1");
    filter.apply(&mut sql, dialect, now);
    sql.push(" AND t.sort_due_at < ").bind(until).push(" ORDER BY t.sort_due_at LIMIT 500");
    sql.all(db).await?.iter().map(|row| Columns::new(row).instant()).collect()
}

/// How many tickets each queue holds.
pub(crate) async fn counts(db: &mut AnyConnection, user_id: i64, now: Instant) -> Result<QueueCounts, Error> {
    let mut sql = Sql::new(
        "SELECT COUNT(CASE WHEN t.status = 'new' THEN 1 END), \
         COUNT(CASE WHEN t.status <> 'resolved' AND t.assignee_id IS NULL THEN 1 END), \
         COUNT(CASE WHEN t.status <> 'resolved' THEN 1 END), COUNT(CASE WHEN t.status = 'waiting' THEN 1 END), \
         COUNT(CASE WHEN t.status = 'resolved' THEN 1 END), COUNT(CASE WHEN t.status <> 'resolved' AND t.assignee_id = ",
    );
    sql.bind(user_id).push(" THEN 1 END), COUNT(CASE WHEN t.sort_due_at <= ").bind(now.0);
    sql.push(" THEN 1 END), COUNT(CASE WHEN t.sort_due_at > ").bind(now.0).push(" AND t.risk_at < ").bind(now.0);
    sql.push(" THEN 1 END) FROM ticket t WHERE t.status <> 'closed'");
    let row = sql.one(db).await?;
    let mut row = Columns::new(&row);
    Ok(QueueCounts {
        new: row.get()?,
        unassigned: row.get()?,
        open: row.get()?,
        waiting: row.get()?,
        resolved: row.get()?,
        mine: row.get()?,
        past_due: row.get()?,
        at_risk: row.get()?,
    })
}

/// Every organisation by name: its id, its brand, how many open tickets it has.
pub(crate) async fn organisations(db: &mut AnyConnection) -> Result<Vec<(i64, Brand, i64)>, Error> {
    let sql = Sql::new(
        "SELECT o.organisation_id, o.name, o.key, o.hue, o.chroma, o.mark, \
         (SELECT COUNT(*) FROM ticket t WHERE t.organisation_id = o.organisation_id \
            AND t.status IN ('new', 'in_progress', 'waiting')) \
         FROM organisation o ORDER BY o.name",
    );
    sql.all(db)
        .await?
        .iter()
        .map(|row| {
            let mut row = Columns::new(row);
            Ok((row.get()?, read_brand(&mut row)?, row.get()?))
        })
        .collect()
}

/// Key, subject and status of an organisation's latest tickets but one. For staff only: it knows no scope.
pub(crate) async fn others(
    db: &mut AnyConnection,
    organisation_id: i64,
    but: i64,
    limit: i64,
) -> Result<Vec<(String, String, Status)>, Error> {
    let mut sql = Sql::new(
        "SELECT o.key, t.number, t.subject, t.status FROM ticket t \
         JOIN organisation o ON o.organisation_id = t.organisation_id WHERE t.organisation_id = ",
    );
    sql.bind(organisation_id).push(" AND t.ticket_id <> ").bind(but);
    sql.push(" ORDER BY t.ticket_id DESC LIMIT ").number(limit);
    sql.all(db)
        .await?
        .iter()
        .map(|row| {
            let mut row = Columns::new(row);
            let key = domain::ticket::TicketKey { organisation: row.get()?, number: row.get()? };
            Ok((key.to_string(), row.get()?, row.slug(Status::from_slug)?))
        })
        .collect()
}

/// How many tickets of an organisation are open. For staff only.
pub(crate) async fn open_of(db: &mut AnyConnection, organisation_id: i64) -> Result<i64, Error> {
    let mut sql = Sql::new("SELECT COUNT(*) FROM ticket t WHERE t.organisation_id = ");
    sql.bind(organisation_id).push(" AND t.status IN ('new', 'in_progress', 'waiting')");
    Columns::new(&sql.one(db).await?).get()
}
