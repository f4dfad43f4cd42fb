//! The portal's list of requests.

use domain::actor::Scope;
use domain::ticket::{Change, CloseReason, Priority, Status};
use domain::time::Instant;
use domain::view::ClocksView;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::{Cursor, Order, Page, Part, page, paged};
use crate::Error;
use crate::store::event::Audience;
use crate::store::sql::{Columns, Sql};
use crate::store::{Dialect, search};

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
    pub(crate) last_change: Change,
    pub(crate) clocks: ClocksView,
    pub(crate) due_at: Option<Instant>,
}

fn requests_select(user_id: i64) -> Sql {
    let mut sql = Sql::new(
        // People's names are read once for the whole page, not for each row.
        "SELECT t.ticket_id, t.sort_due_at, t.last_public_event_id, t.number, t.subject, t.requester_id, t.status, \
         t.close_reason, t.priority, t.assignee_id, t.confidential, COALESCE(m.event_id, 0), e.happened_at, e.actor_id, \
         e.data, t.clocks, t.resolution_due_at \
         FROM ticket t \
         JOIN event e ON e.event_id = t.last_public_event_id \
         LEFT JOIN read_mark m ON m.ticket_id = t.ticket_id AND m.user_id = ",
    );
    sql.bind(user_id);
    sql
}

fn read_request(row: &AnyRow, order: Order) -> Result<RequestListRow, Error> {
    let mut row = Columns::new(row);
    let (ticket_id, due_at, last_event_id): (i64, i64, i64) = (row.get()?, row.get()?, row.get()?);
    Ok(RequestListRow {
        cursor: Cursor { due_at, id: if order == Order::Activity { last_event_id } else { ticket_id } },
        last_event_id,
        number: row.get()?,
        subject: row.get()?,
        requester_id: row.get()?,
        status: row.slug(Status::from_slug)?,
        close_reason: row.maybe_slug(CloseReason::from_slug)?,
        priority: row.slug(Priority::from_slug)?,
        assignee_id: row.get()?,
        confidential: row.flag()?,
        read_event_id: row.get()?,
        last_at: row.instant()?,
        last_actor_id: row.get()?,
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
    sql.push(" WHERE 1 = 1").visible(scope);
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
    const ORDER: &str = " ORDER BY CASE t.status WHEN 'waiting' THEN 0 WHEN 'resolved' THEN 1 ELSE 2 END, \
                         t.last_public_event_id DESC";
    let mut sql = requests_select(user_id);
    // Which ones, before what belongs to them is looked up.
    sql.push(" WHERE t.ticket_id IN (SELECT t.ticket_id FROM ticket t WHERE t.status <> 'closed'").visible(scope);
    mine(&mut sql, user_id);
    sql.push(ORDER).push(" LIMIT ").bind(limit).push(")").push(ORDER);
    sql.all(db).await?.iter().map(|row| read_request(row, Order::Activity)).collect()
}

/// What a list of requests needs to know of its organisation.
pub(crate) struct Totals {
    pub(crate) open: i64,
    pub(crate) closed: i64,
    pub(crate) organisation_key: String,
    pub(crate) policy_version_id: i64,
}

/// How many are not closed and how many are, with the organisation's key and policy version.
pub(crate) async fn request_totals(
    db: &mut AnyConnection,
    scope: Scope,
    organisation_id: i64,
    only_mine: Option<i64>,
) -> Result<Totals, Error> {
    let mut sql = Sql::new(
        "SELECT o.key, o.policy_version_id, n.open, n.closed FROM organisation o, \
         (SELECT COUNT(CASE WHEN t.status <> 'closed' THEN 1 END) AS open, \
                 COUNT(CASE WHEN t.status = 'closed' THEN 1 END) AS closed FROM ticket t WHERE 1 = 1",
    );
    sql.visible(scope);
    if let Some(user_id) = only_mine {
        mine(&mut sql, user_id);
    }
    sql.push(") n WHERE o.organisation_id = ").bind(organisation_id);
    let row = sql.one(db).await?;
    let mut row = Columns::new(&row);
    Ok(Totals { organisation_key: row.get()?, policy_version_id: row.get()?, open: row.get()?, closed: row.get()? })
}

/// Everyone these rows mention.
pub(crate) fn mentioned(rows: &[RequestListRow]) -> Vec<i64> {
    rows.iter().flat_map(|row| [Some(row.requester_id), row.assignee_id, row.last_actor_id]).flatten().collect()
}
