//! `/desk`: one page of a queue, with the counts of all of them.

use domain::actor::Actor;
use domain::brand::Brand;
use domain::i18n::Locale;
use domain::ticket::{Priority, Status};
use domain::view::desk::{DeskPage, DeskQuery, DeskRow};

use crate::desk::portal::part;
use crate::desk::text;
use crate::desk::thread::People;
use crate::desk::ticket::NO_DEADLINE;
use crate::store::list::{Assignee, Cursor, DeskFilter, DeskListRow, Order, Part, Queue};
use crate::{Backend, Error, policy, store};

/// Rows of a page.
const ROWS: i64 = 50;

const OPEN: &[Status] = &[Status::New, Status::InProgress, Status::Waiting];

/// `/desk`, as the URL asks for it. Anything in the URL that makes no sense is taken as not said.
///
/// # Errors
/// [`Error::NotFound`] for customers.
pub async fn page(backend: &Backend, actor: &Actor, locale: Locale, query: DeskQuery) -> Result<DeskPage, Error> {
    let me = super::staff(actor)?.user_id;
    let now = backend.now();
    let mut filter = filter(&query, me);
    let order = Order::Deadline;
    let mut part = part(order, &query.after, &query.before);
    let dialect = backend.store().dialect();
    let mut db = backend.store().snapshot().await?;
    if let Some(asked) = filter.search {
        filter.requesters = store::search::requesters(&mut db, filter.organisation, asked).await?;
    }
    let mut rows = store::list::desk(&mut db, dialect, me, &filter, part, ROWS, now).await?;
    if rows.rows.is_empty() && part != Part::First {
        // The tickets moved away from under the page: start again.
        part = Part::First;
        rows = store::list::desk(&mut db, dialect, me, &filter, part, ROWS, now).await?;
    }
    let policy = policy::standard(backend, &mut db).await?;
    let starts = rows.rows.iter().map(|row| row.clocks.resolution.started_at);
    let from = starts.min().unwrap_or(now);
    let ends = rows.rows.iter().filter_map(|row| row.due_at.max(row.clocks.resolution.stopped_at));
    let until = ends.max().unwrap_or(now);
    let organisations = store::list::organisations(&mut db).await?;
    let mentioned =
        rows.rows.iter().flat_map(|row| [Some(row.requester_id), row.assignee_id]).flatten().collect::<Vec<_>>();
    let people = store::organisation::people(&mut db, mentioned).await?;
    for row in &mut rows.rows {
        policy.localise(&mut row.clocks, now);
    }
    let cursor = |row: Option<&DeskListRow>| row.map(|row| Cursor::encode(row.cursor, order));
    Ok(DeskPage {
        now,
        counts: store::list::counts(&mut db, me, now).await?,
        agents: super::views(store::organisation::staff(&mut db).await?),
        forms: store::form::shared(&mut db, locale).await?,
        total: store::list::desk_total(&mut db, dialect, &filter, now).await?,
        deadlines: store::list::deadlines(&mut db, dialect, &filter, NO_DEADLINE, now).await?,
        next: cursor(rows.rows.last()).filter(|_| rows.more_after),
        previous: cursor(rows.rows.first()).filter(|_| rows.more_before),
        rows: rows.rows.into_iter().filter_map(|row| view(row, &organisations, &people, me)).collect(),
        organisations: organisations.into_iter().map(|(_, brand, open)| (brand, open)).collect(),
        schedule: policy.schedule_between(from, until, now),
    })
}

fn filter(query: &DeskQuery, me: i64) -> DeskFilter<'_> {
    let (statuses, assignee): (&[Status], _) = match query.queue.as_str() {
        "new" => (&[Status::New], None),
        "mine" => (OPEN, Some(Assignee::Person(me))),
        "unassigned" => (OPEN, Some(Assignee::NoOne)),
        "waiting" => (&[Status::Waiting], None),
        "resolved" => (&[Status::Resolved], None),
        "all" => (&[], None),
        _ => (OPEN, None),
    };
    let chosen = match query.assignee.as_str() {
        "none" => Some(Assignee::NoOne),
        id => id.parse().ok().map(Assignee::Person),
    };
    DeskFilter {
        queue: Queue { statuses, assignee, past_due: query.queue == "past_due", at_risk: query.queue == "at_risk" },
        // In "mine" and "unassigned" the assignee is what the queue is about.
        assignee: chosen.filter(|_| assignee.is_none()),
        organisation: text::said(&query.organisation),
        priority: Priority::from_slug(&query.priority),
        form: text::said(&query.form),
        search: Some(query.q.trim()).filter(|asked| !asked.is_empty()),
        requesters: Vec::new(),
    }
}

/// `None` only for a ticket of an organisation that was made after the others were read, which one snapshot rules out.
fn view(row: DeskListRow, organisations: &[(i64, Brand, i64)], people: &People, me: i64) -> Option<DeskRow> {
    let (_, brand, _) = organisations.iter().find(|(id, ..)| *id == row.organisation_id)?;
    let person = |id: i64| people.get(&id).map(|person| &person.view);
    Some(DeskRow {
        key: [&brand.key, "-", &row.number.to_string()].concat(),
        subject: row.subject,
        organisation: brand.clone(),
        requester: person(row.requester_id).map_or_else(String::new, |person| person.name.clone()),
        status: row.status,
        close_reason: row.close_reason,
        priority: row.priority,
        assignee: row.assignee_id.and_then(person).cloned(),
        unread: row.last_event_id > row.read_event_id && row.last_actor_id != Some(me),
        confidential: row.confidential,
        last_at: row.last_at,
        clocks: row.clocks,
    })
}
