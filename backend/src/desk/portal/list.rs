//! `/requests`: one page of what a customer may see, with totals.

use domain::actor::Actor;
use domain::i18n::Locale;
use domain::ticket::Status;
use domain::time::Instant;
use domain::view::portal::{RequestPage, RequestQuery};

use super::{own_only, request_row};
use crate::desk::text;
use crate::store::list::{Cursor, Order, Part, RequestFilter, RequestListRow, Requests};
use crate::{Backend, Error, policy, store};

/// Rows of a page.
const ROWS: i64 = 50;

/// `/requests`, as the URL asks for it. Anything in the URL that makes no sense is taken as not said.
///
/// # Errors
/// [`Error::NotFound`] for staff.
pub async fn requests(
    backend: &Backend,
    actor: &Actor,
    locale: Locale,
    query: RequestQuery,
) -> Result<RequestPage, Error> {
    let (person, organisation_id) = crate::desk::customer(actor)?;
    let (now, scope, me) = (backend.now(), actor.scope(), person.user_id);
    let order = match query.sort.as_str() {
        "newest" => Order::Newest,
        "deadline" => Order::Deadline,
        _ => Order::Activity,
    };
    let status = Status::from_slug(&query.status);
    let filter = RequestFilter {
        mine: query.whose == "mine",
        open: !query.closed_too(),
        status,
        form: text::said(&query.form),
        search: Some(query.q.trim()).filter(|asked| !asked.is_empty()),
    };
    let mut part = part(order, &query.after, &query.before);
    let dialect = backend.store().dialect();
    let of = (me, organisation_id, locale);
    let mut db = backend.store().read().await?;
    let mut found = store::list::requests(&mut db, dialect, scope, of, &filter, order, part, ROWS).await?;
    if found.page.rows.is_empty() && part != Part::First {
        // The tickets moved away from under the page: start again.
        part = Part::First;
        found = store::list::requests(&mut db, dialect, scope, of, &filter, order, part, ROWS).await?;
    }
    let Requests { mut page, names, forms, totals } = found;
    let policy = policy::load_at(backend, &mut db, totals.policy_version_id, &totals.calendars).await?;
    drop(db);
    let (from, until) = span(&page.rows, now);
    for row in &mut page.rows {
        policy.localise(&mut row.clocks, now);
    }
    let cursor = |row: Option<&RequestListRow>| row.map(|row| row.cursor.encode(order));
    Ok(RequestPage {
        now,
        next: cursor(page.rows.last()).filter(|_| page.more_after),
        previous: cursor(page.rows.first()).filter(|_| page.more_before),
        rows: page.rows.into_iter().map(|row| request_row(row, &totals.organisation_key, &names, me)).collect(),
        open_total: totals.open,
        closed_total: totals.closed,
        forms,
        schedule: policy.schedule_between(from, until, now),
        own_only: own_only(scope),
    })
}

/// Where a page begins or ends.
pub(in crate::desk) fn part(order: Order, after: &str, before: &str) -> Part {
    if let Some(cursor) = Cursor::decode(order, after) {
        return Part::After(cursor);
    }
    Cursor::decode(order, before).map_or(Part::First, Part::Before)
}

/// From the first start of these rows' clocks to the last deadline or end.
pub(super) fn span(rows: &[RequestListRow], now: Instant) -> (Instant, Instant) {
    let from = rows.iter().map(|row| row.clocks.resolution.started_at).min().unwrap_or(now);
    let ends = rows.iter().filter_map(|row| row.due_at.max(row.clocks.resolution.stopped_at));
    (from, ends.max().unwrap_or(now))
}
