//! The portal's list of requests.

use std::borrow::Cow;
use std::collections::HashMap;

use domain::actor::Scope;
use domain::i18n::Locale;
use domain::ticket::{Change, CloseReason, Priority, Status};
use domain::time::Instant;
use domain::view::ClocksView;
use serde::Deserialize;
use sqlx::AnyConnection;

use super::{Cursor, Order, Page, Part, page, paged};
use crate::Error;
use crate::store::calendar::Stamp;
use crate::store::event::Audience;
use crate::store::sql::{Columns, Sql, known};
use crate::store::{Dialect, calendar, form, search};

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
    pub(crate) waits_for_me: bool,
    pub(crate) status: Status,
    pub(crate) close_reason: Option<CloseReason>,
    pub(crate) priority: Priority,
    pub(crate) assignee_id: Option<i64>,
    pub(crate) confidential: bool,
    pub(crate) last_event_id: i64,
    pub(crate) read_event_id: i64,
    pub(crate) last_at: Instant,
    pub(crate) last_actor_id: Option<i64>,
    pub(crate) last_by_staff: bool,
    pub(crate) last_change: Change,
    pub(crate) clocks: ClocksView,
    pub(crate) due_at: Option<Instant>,
}

/// Everyone whom a page of rows mentions, by user id.
pub(crate) type Names = HashMap<i64, String>;

/// A row as it travels: a list of these columns of `page`, in this order.
const COLUMNS: &str = "ticket_id, sort_due_at, last_public_event_id, number, subject, requester_id, requester, waits_for_me, status, \
     close_reason, priority, assignee_id, assignee, confidential, read_event_id, happened_at, actor_id, actor, \
     actor_is_staff, resolution_due_at";

#[derive(Deserialize)]
struct Fetched<'r> {
    ticket_id: i64,
    sort_due_at: i64,
    last_public_event_id: i64,
    number: i64,
    subject: String,
    requester_id: i64,
    #[serde(borrow)]
    requester: Cow<'r, str>,
    waits_for_me: i64,
    #[serde(borrow)]
    status: Cow<'r, str>,
    #[serde(borrow)]
    close_reason: Option<Cow<'r, str>>,
    #[serde(borrow)]
    priority: Cow<'r, str>,
    assignee_id: Option<i64>,
    #[serde(borrow)]
    assignee: Option<Cow<'r, str>>,
    confidential: i64,
    read_event_id: i64,
    happened_at: i64,
    actor_id: Option<i64>,
    #[serde(borrow)]
    actor: Option<Cow<'r, str>>,
    actor_is_staff: i64,
    resolution_due_at: Option<i64>,
}

/// The beginning of a statement that fetches rows as one value: a row that travels on its own costs a change of threads.
/// Goes on with conditions, order and limit, and then with [`fetched`].
fn page_of_rows(user_id: i64) -> Sql {
    let mut sql = Sql::new(
        "WITH page AS (SELECT t.ticket_id, t.sort_due_at, t.last_public_event_id, t.number, t.subject, t.requester_id, \
         r.name AS requester, CASE WHEN t.status IN ('waiting', 'resolved') AND ",
    );
    sql.is_mine(user_id).push(
        " THEN 1 ELSE 0 END AS waits_for_me, t.status, t.close_reason, t.priority, t.assignee_id, s.name AS assignee, t.confidential, \
         COALESCE(m.event_id, 0) AS read_event_id, e.happened_at, e.actor_id, a.name AS actor, e.actor_is_staff, e.data, t.clocks, \
         t.resolution_due_at \
         FROM ticket t JOIN event e ON e.event_id = t.last_public_event_id \
         JOIN user_account r ON r.user_id = t.requester_id \
         LEFT JOIN user_account s ON s.user_id = t.assignee_id LEFT JOIN user_account a ON a.user_id = e.actor_id \
         LEFT JOIN read_mark m ON m.ticket_id = t.ticket_id AND m.user_id = ",
    );
    sql.bind(user_id);
    sql
}

/// The rows as three values of JSON, each a list with one place for each row.
fn fetched(sql: &mut Sql, dialect: Dialect) {
    sql.push("), list AS (SELECT ").json_list_of(dialect, COLUMNS).push(" AS requests");
    for column in ["data", "clocks"] {
        sql.push(", ").json_list_of_stored(dialect, column).push(" AS ").push(column);
    }
    sql.push(" FROM page) SELECT list.requests, list.data, list.clocks");
}

fn read_page(row: &mut Columns<'_>, order: Order) -> Result<(Vec<RequestListRow>, Names), Error> {
    let rows: Vec<Fetched<'_>> = row.borrowed_json()?;
    let changes: Vec<Change> = row.json()?;
    let clocks: Vec<ClocksView> = row.json()?;
    if changes.len() != rows.len() || clocks.len() != rows.len() {
        return Err(Error::internal("a row of the list without its change or its clocks"));
    }
    let mut names = Names::new();
    let mut name = |id: Option<i64>, name: Option<Cow<'_, str>>| {
        if let (Some(id), Some(name)) = (id, name) {
            names.entry(id).or_insert_with(|| name.into_owned());
        }
    };
    let mut list = Vec::with_capacity(rows.len());
    for ((row, last_change), clocks) in rows.into_iter().zip(changes).zip(clocks) {
        name(Some(row.requester_id), Some(row.requester));
        name(row.assignee_id, row.assignee);
        name(row.actor_id, row.actor);
        let id = if order == Order::Activity { row.last_public_event_id } else { row.ticket_id };
        list.push(RequestListRow {
            cursor: Cursor { due_at: row.sort_due_at, id },
            number: row.number,
            subject: row.subject,
            requester_id: row.requester_id,
            waits_for_me: row.waits_for_me != 0,
            status: known(&row.status, Status::from_slug)?,
            close_reason: row.close_reason.map(|slug| known(&slug, CloseReason::from_slug)).transpose()?,
            priority: known(&row.priority, Priority::from_slug)?,
            assignee_id: row.assignee_id,
            confidential: row.confidential != 0,
            last_event_id: row.last_public_event_id,
            read_event_id: row.read_event_id,
            last_at: Instant(row.happened_at),
            last_actor_id: row.actor_id,
            last_by_staff: row.actor_is_staff != 0,
            last_change,
            clocks,
            due_at: row.resolution_due_at.map(Instant),
        });
    }
    Ok((list, names))
}

/// A page of the portal's list, with all that it shows beside its rows.
pub(crate) struct Requests {
    pub(crate) page: Page<RequestListRow>,
    pub(crate) names: Names,
    pub(crate) totals: Totals,
    /// The forms of the organisation: slug, title.
    pub(crate) forms: Vec<(String, String)>,
}

/// A page of the portal's list. One statement: it sees one state of the database.
pub(crate) async fn requests(
    db: &mut AnyConnection,
    dialect: Dialect,
    scope: Scope,
    (user_id, organisation_id, locale): (i64, i64, Locale),
    filter: &RequestFilter<'_>,
    order: Order,
    part: Part,
    limit: i64,
) -> Result<Requests, Error> {
    let mut sql = page_of_rows(user_id);
    sql.push(" WHERE 1 = 1").visible(scope);
    if filter.mine {
        sql.push(" AND ").is_mine(user_id);
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
        search::matching(&mut sql, dialect, Audience::Customer, asked, &[]);
    }
    paged(&mut sql, order, part, limit);
    fetched(&mut sql, dialect);
    sql.push(", ");
    form::titles(&mut sql, dialect, organisation_id, locale);
    sql.push(", ");
    totals(&mut sql, scope, organisation_id, filter.mine.then_some(user_id));
    let row = sql.one(db).await?;
    let mut row = Columns::new(&row);
    let (rows, names) = read_page(&mut row, order)?;
    Ok(Requests { page: page(rows, part, limit), names, forms: row.json()?, totals: read_totals(&mut row)? })
}

/// A person's own tickets that are not closed: first what waits for them, then what they can confirm. With the totals of
/// all that is theirs.
pub(crate) async fn own_open(
    db: &mut AnyConnection,
    dialect: Dialect,
    scope: Scope,
    (user_id, organisation_id): (i64, i64),
    limit: i64,
) -> Result<(Vec<RequestListRow>, Names, Totals), Error> {
    const ORDER: &str = " ORDER BY CASE t.status WHEN 'waiting' THEN 0 WHEN 'resolved' THEN 1 ELSE 2 END, \
                         t.last_public_event_id DESC";
    let mut sql = page_of_rows(user_id);
    // Which ones, before what belongs to them is looked up.
    sql.push(" WHERE t.ticket_id IN (SELECT t.ticket_id FROM ticket t WHERE t.status <> 'closed'").visible(scope);
    sql.push(" AND ").is_mine(user_id);
    sql.push(ORDER).push(" LIMIT ").number(limit).push(")").push(ORDER);
    fetched(&mut sql, dialect);
    sql.push(", ");
    totals(&mut sql, scope, organisation_id, Some(user_id));
    let row = sql.one(db).await?;
    let mut row = Columns::new(&row);
    let (rows, names) = read_page(&mut row, Order::Activity)?;
    Ok((rows, names, read_totals(&mut row)?))
}

/// What a list of requests needs to know of its organisation.
pub(crate) struct Totals {
    pub(crate) open: i64,
    pub(crate) closed: i64,
    pub(crate) organisation_key: String,
    pub(crate) policy_version_id: i64,
    pub(crate) calendars: Stamp,
}

/// The end of a statement: how many are not closed and how many are, with the organisation's key and policy version.
fn totals(sql: &mut Sql, scope: Scope, organisation_id: i64, only_mine: Option<i64>) {
    sql.push("o.key, o.policy_version_id, ").push(calendar::STAMP);
    sql.push(
        ", n.open, n.closed FROM list, organisation o, \
         (SELECT COUNT(CASE WHEN t.status <> 'closed' THEN 1 END) AS open, \
                 COUNT(CASE WHEN t.status = 'closed' THEN 1 END) AS closed FROM ticket t WHERE 1 = 1",
    );
    sql.visible(scope);
    if let Some(user_id) = only_mine {
        sql.push(" AND ").is_mine(user_id);
    }
    sql.push(") n WHERE o.organisation_id = ").bind(organisation_id);
}

fn read_totals(row: &mut Columns<'_>) -> Result<Totals, Error> {
    Ok(Totals {
        organisation_key: row.get()?,
        policy_version_id: row.get()?,
        calendars: Stamp(row.get()?),
        open: row.get()?,
        closed: row.get()?,
    })
}
