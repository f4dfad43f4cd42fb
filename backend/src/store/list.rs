//! Lists of tickets: the portal's requests and the desk's queues. Paged by key: a page begins after (or ends before) a
//! ticket, not at a number, so that nothing is skipped or shown twice while tickets move.

use domain::actor::Scope;
use domain::brand::Brand;
use domain::ticket::{Change, CloseReason, Priority, Status};
use domain::time::Instant;
use domain::view::desk::QueueCounts;
use domain::view::{ClocksView, PersonView};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::Dialect;
use super::event::Audience;
use super::organisation::read_brand;
use super::search;
use super::sql::{Columns, Sql};
use crate::Error;

/// How a list is ordered. Each order is total, so that a cursor names one place in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// Last public event first.
    Activity,
    /// Last raised first.
    Newest,
    /// The deadline that comes first; then those without one, last raised first.
    Deadline,
}

/// A place between two rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cursor {
    /// Event or ticket id; 0 unless the order is by deadline: then `sort_due_at`.
    pub(crate) due_at: i64,
    pub(crate) id: i64,
}

/// Which part of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    First,
    After(Cursor),
    Before(Cursor),
}

impl Cursor {
    /// As it stands in a URL.
    pub(crate) fn encode(self, order: Order) -> String {
        match order {
            Order::Deadline => [self.due_at.to_string().as_str(), ".", &self.id.to_string()].concat(),
            Order::Activity | Order::Newest => self.id.to_string(),
        }
    }

    /// `None` for what is no cursor of this order: the list then starts at its beginning.
    pub(crate) fn decode(order: Order, text: &str) -> Option<Self> {
        match order {
            Order::Deadline => {
                let (due_at, id) = text.split_once('.')?;
                Some(Self { due_at: due_at.parse().ok()?, id: id.parse().ok()? })
            }
            Order::Activity | Order::Newest => Some(Self { due_at: 0, id: text.parse().ok()? }),
        }
    }
}

/// A page of rows with whether there is more on either side.
#[derive(Debug)]
pub(crate) struct Page<T> {
    pub(crate) rows: Vec<T>,
    pub(crate) more_before: bool,
    pub(crate) more_after: bool,
}

/// Appends the part, the order and the limit to a query on `ticket t`.
fn paged(sql: &mut Sql, order: Order, part: Part, limit: i64) {
    let backwards = matches!(part, Part::Before(_));
    if let Part::After(cursor) | Part::Before(cursor) = part {
        match order {
            Order::Deadline => {
                let (due, id) = if backwards { ("<", ">") } else { (">", "<") };
                sql.push(" AND (t.sort_due_at ").push(due).push(" ").bind(cursor.due_at);
                sql.push(" OR (t.sort_due_at = ").bind(cursor.due_at);
                sql.push(" AND t.ticket_id ").push(id).push(" ").bind(cursor.id).push("))");
            }
            Order::Activity | Order::Newest => {
                let column = if order == Order::Activity { "t.last_public_event_id" } else { "t.ticket_id" };
                sql.push(" AND ").push(column).push(if backwards { " > " } else { " < " }).bind(cursor.id);
            }
        }
    }
    sql.push(match (order, backwards) {
        (Order::Deadline, false) => " ORDER BY t.sort_due_at, t.ticket_id DESC",
        (Order::Deadline, true) => " ORDER BY t.sort_due_at DESC, t.ticket_id",
        (Order::Activity, false) => " ORDER BY t.last_public_event_id DESC",
        (Order::Activity, true) => " ORDER BY t.last_public_event_id",
        (Order::Newest, false) => " ORDER BY t.ticket_id DESC",
        (Order::Newest, true) => " ORDER BY t.ticket_id",
    });
    sql.push(" LIMIT ").bind(limit + 1);
}

/// Turns what was fetched (one more than a page holds, perhaps backwards) into a page.
fn page<T>(mut rows: Vec<T>, part: Part, limit: i64) -> Page<T> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > limit;
    rows.truncate(limit);
    match part {
        Part::Before(_) => {
            rows.reverse();
            Page { rows, more_before: more, more_after: true }
        }
        Part::After(_) => Page { rows, more_before: true, more_after: more },
        Part::First => Page { rows, more_before: false, more_after: more },
    }
}

/// What the portal's list is limited to.
#[derive(Clone, Debug, Default)]
pub(crate) struct RequestFilter<'a> {
    /// Only what this person raised or takes part in.
    pub(crate) mine: bool,
    pub(crate) open: bool,
    pub(crate) status: Option<Status>,
    pub(crate) form: Option<&'a str>,
    pub(crate) search: Option<&'a str>,
}

#[derive(Debug)]
pub(crate) struct RequestListRow {
    pub(crate) cursor: Cursor,
    pub(crate) number: i64,
    pub(crate) organisation_key: String,
    pub(crate) subject: String,
    pub(crate) requester_id: i64,
    pub(crate) requester: String,
    pub(crate) status: Status,
    pub(crate) close_reason: Option<CloseReason>,
    pub(crate) priority: Priority,
    pub(crate) agent: Option<String>,
    pub(crate) confidential: bool,
    pub(crate) last_event_id: i64,
    pub(crate) read_event_id: i64,
    pub(crate) last_at: Instant,
    pub(crate) last_actor_id: Option<i64>,
    pub(crate) last_actor: Option<String>,
    pub(crate) last_change: Change,
    pub(crate) clocks: ClocksView,
    pub(crate) due_at: Option<Instant>,
}

fn requests_select(user_id: i64) -> Sql {
    let mut sql = Sql::new(
        "SELECT t.ticket_id, t.sort_due_at, t.last_public_event_id, t.number, o.key, t.subject, t.requester_id, r.name, t.status, \
         t.close_reason, t.priority, g.name, t.confidential, COALESCE(m.event_id, 0), e.happened_at, e.actor_id, a.name, \
         e.data, t.clocks, t.resolution_due_at \
         FROM ticket t \
         JOIN organisation o ON o.organisation_id = t.organisation_id \
         JOIN user_account r ON r.user_id = t.requester_id \
         JOIN event e ON e.event_id = t.last_public_event_id \
         LEFT JOIN user_account g ON g.user_id = t.assignee_id \
         LEFT JOIN user_account a ON a.user_id = e.actor_id \
         LEFT JOIN read_mark m ON m.ticket_id = t.ticket_id AND m.user_id = ",
    );
    sql.bind(user_id).push(" WHERE 1 = 1");
    sql
}

fn read_request(row: &AnyRow, order: Order) -> Result<RequestListRow, Error> {
    let mut row = Columns::new(row);
    let (ticket_id, due_at, last_event_id): (i64, i64, i64) = (row.get()?, row.get()?, row.get()?);
    Ok(RequestListRow {
        cursor: Cursor { due_at, id: if order == Order::Activity { last_event_id } else { ticket_id } },
        last_event_id,
        number: row.get()?,
        organisation_key: row.get()?,
        subject: row.get()?,
        requester_id: row.get()?,
        requester: row.get()?,
        status: row.slug(Status::from_slug)?,
        close_reason: row.maybe_slug(CloseReason::from_slug)?,
        priority: row.slug(Priority::from_slug)?,
        agent: row.get()?,
        confidential: row.flag()?,
        read_event_id: row.get()?,
        last_at: row.instant()?,
        last_actor_id: row.get()?,
        last_actor: row.get()?,
        last_change: row.json()?,
        clocks: row.json()?,
        due_at: row.maybe_instant()?,
    })
}

fn mine(sql: &mut Sql, user_id: i64) {
    sql.push(" AND (t.requester_id = ").bind(user_id);
    sql.push(" OR EXISTS (SELECT 1 FROM participant p WHERE p.ticket_id = t.ticket_id AND p.user_id = ");
    sql.bind(user_id).push("))");
}

/// A page of the portal's list.
pub(crate) async fn requests(
    db: &mut AnyConnection,
    dialect: Dialect,
    scope: Scope,
    user_id: i64,
    filter: &RequestFilter<'_>,
    order: Order,
    part: Part,
    limit: i64,
) -> Result<Page<RequestListRow>, Error> {
    let mut sql = requests_select(user_id);
    sql.visible(scope);
    if filter.mine {
        mine(&mut sql, user_id);
    }
    if filter.open {
        sql.push(" AND t.status <> 'closed'");
    }
    if let Some(status) = filter.status {
        sql.push(" AND t.status = ").bind(status.slug());
    }
    if let Some(form) = filter.form {
        sql.push(" AND t.form_id IN (SELECT form_id FROM form WHERE slug = ").bind(form).push(")");
    }
    if let Some(asked) = filter.search {
        search::matching(&mut sql, dialect, Audience::Customer, asked);
    }
    paged(&mut sql, order, part, limit);
    let rows = sql.all(db).await?;
    let rows: Result<Vec<_>, _> = rows.iter().map(|row| read_request(row, order)).collect();
    Ok(page(rows?, part, limit))
}

/// A person's own tickets that are not closed: first what waits for them, then what they can confirm.
pub(crate) async fn own_open(
    db: &mut AnyConnection,
    scope: Scope,
    user_id: i64,
    limit: i64,
) -> Result<Vec<RequestListRow>, Error> {
    let mut sql = requests_select(user_id);
    sql.visible(scope);
    mine(&mut sql, user_id);
    sql.push(
        " AND t.status <> 'closed' ORDER BY CASE t.status WHEN 'waiting' THEN 0 WHEN 'resolved' THEN 1 ELSE 2 END, \
         t.last_public_event_id DESC LIMIT ",
    );
    sql.bind(limit);
    sql.all(db).await?.iter().map(|row| read_request(row, Order::Activity)).collect()
}

/// How many are not closed, how many are, and the organisation's policy version.
pub(crate) async fn request_totals(
    db: &mut AnyConnection,
    scope: Scope,
    organisation_id: i64,
    only_mine: Option<i64>,
) -> Result<(i64, i64, i64), Error> {
    let mut sql = Sql::new("SELECT (SELECT policy_version_id FROM organisation WHERE organisation_id = ");
    sql.bind(organisation_id);
    sql.push(
        "), COUNT(CASE WHEN t.status <> 'closed' THEN 1 END), COUNT(CASE WHEN t.status = 'closed' THEN 1 END) \
         FROM ticket t WHERE 1 = 1",
    );
    sql.visible(scope);
    if let Some(user_id) = only_mine {
        mine(&mut sql, user_id);
    }
    let row = sql.one(db).await?;
    let mut row = Columns::new(&row);
    let policy: i64 = row.get()?;
    Ok((row.get()?, row.get()?, policy))
}

/// What a desk list is limited to.
#[derive(Clone, Debug, Default)]
pub(crate) struct DeskFilter<'a> {
    pub(crate) statuses: &'a [Status],
    pub(crate) assignee: Option<Assignee>,
    pub(crate) past_due: bool,
    pub(crate) at_risk: bool,
    pub(crate) organisation: Option<&'a str>,
    pub(crate) priority: Option<Priority>,
    pub(crate) form: Option<&'a str>,
    pub(crate) search: Option<&'a str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Assignee {
    NoOne,
    Person(i64),
}

impl DeskFilter<'_> {
    fn apply(&self, sql: &mut Sql, dialect: Dialect, now: Instant) {
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
        match self.assignee {
            Some(Assignee::NoOne) => {
                sql.push(" AND t.assignee_id IS NULL");
            }
            Some(Assignee::Person(user_id)) => {
                sql.push(" AND t.assignee_id = ").bind(user_id);
            }
            None => {}
        }
        if self.past_due {
            sql.push(" AND t.sort_due_at <= ").bind(now.0);
        }
        if self.at_risk {
            sql.push(" AND t.sort_due_at > ").bind(now.0).push(" AND t.risk_at < ").bind(now.0);
        }
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
        if let Some(asked) = self.search {
            search::matching(sql, dialect, Audience::Staff, asked);
        }
    }
}

#[derive(Debug)]
pub(crate) struct DeskListRow {
    pub(crate) cursor: Cursor,
    pub(crate) number: i64,
    pub(crate) brand: Brand,
    pub(crate) subject: String,
    pub(crate) requester: String,
    pub(crate) status: Status,
    pub(crate) close_reason: Option<CloseReason>,
    pub(crate) priority: Priority,
    pub(crate) assignee: Option<PersonView>,
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
        "SELECT t.ticket_id, t.sort_due_at, t.number, o.name, o.key, o.hue, o.chroma, o.mark, t.subject, r.name, t.status, \
         t.close_reason, t.priority, g.user_id, g.name, g.role, t.confidential, t.last_event_id, COALESCE(m.event_id, 0), \
         e.happened_at, e.actor_id, t.clocks, t.resolution_due_at \
         FROM ticket t \
         JOIN organisation o ON o.organisation_id = t.organisation_id \
         JOIN user_account r ON r.user_id = t.requester_id \
         JOIN event e ON e.event_id = t.last_event_id \
         LEFT JOIN user_account g ON g.user_id = t.assignee_id \
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
        brand: read_brand(&mut row)?,
        subject: row.get()?,
        requester: row.get()?,
        status: row.slug(Status::from_slug)?,
        close_reason: row.maybe_slug(CloseReason::from_slug)?,
        priority: row.slug(Priority::from_slug)?,
        assignee: {
            let (id, name): (Option<i64>, Option<String>) = (row.get()?, row.get()?);
            let role = row.maybe_slug(domain::actor::Role::from_slug)?;
            id.zip(name).zip(role).map(|((id, name), role)| PersonView { id, name, role })
        },
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

/// Every organisation with how many open tickets it has.
pub(crate) async fn organisations(db: &mut AnyConnection) -> Result<Vec<(Brand, i64)>, Error> {
    let sql = Sql::new(
        "SELECT o.name, o.key, o.hue, o.chroma, o.mark, \
         (SELECT COUNT(*) FROM ticket t WHERE t.organisation_id = o.organisation_id \
            AND t.status IN ('new', 'in_progress', 'waiting')) \
         FROM organisation o ORDER BY o.name",
    );
    sql.all(db)
        .await?
        .iter()
        .map(|row| {
            let mut row = Columns::new(row);
            Ok((read_brand(&mut row)?, row.get()?))
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
    sql.push(" ORDER BY t.ticket_id DESC LIMIT ").bind(limit);
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
