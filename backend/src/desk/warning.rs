//! Warnings: who must know that a clock is at risk or breached learns it once, while the desk is open. Given by a job
//! ([`give`]), read by the person.

use domain::actor::{Actor, Person, Role};
use domain::sla::{ClockKind, ClockState, read};
use domain::time::{Instant, Millis};
use domain::view::admin::{NotificationRow, NotificationsView, WarningKind};
use domain::zone::Zone;

use super::ticket::risk_at;
use crate::mail::{self, Mail};
use crate::policy::Calendars;
use crate::store::Tx;
use crate::store::notification::{self as rows, Warning};
use crate::store::organisation::PersonRow;
use crate::store::ticket::{Open, OpenRow};
use crate::{Backend, Error, policy, store};

mod words;

/// Tickets that are looked at in one round, so that a long list does not keep other jobs waiting.
const AT_ONCE: i64 = 200;
/// Rows of a page.
const ROWS: i64 = 50;
/// What was told so long ago helps no one any more.
const KEPT: Millis = Millis(90 * Millis::DAY.0);
/// There is nothing to warn of until the ticket changes.
const NEVER: i64 = i64::MAX;

/// Gives the warnings whose time has come; gives how many. Safe to run at any time, by any process, several at once.
///
/// # Errors
/// When the database does not answer; what was given before stays given.
pub async fn give(backend: &Backend) -> Result<usize, Error> {
    let now = backend.now();
    let due = {
        let mut db = backend.store().snapshot().await?;
        store::ticket::open(&mut db, Open::ToWarn(now, AT_ONCE)).await?
    };
    let mut given = 0;
    for row in due {
        match look(backend, row.ticket_id, now).await {
            Ok(warnings) => given += warnings,
            Err(Error::Unavailable) => return Err(Error::Unavailable),
            // One ticket that cannot be read must not keep the others from being warned about.
            Err(error) => tracing::error!(%error, key = %row.key, "could not warn about a ticket"),
        }
    }
    Ok(given)
}

/// Looks at one ticket, held so that no one else warns about it meanwhile and no change is missed.
async fn look(backend: &Backend, ticket_id: i64, now: Instant) -> Result<usize, Error> {
    let mut tx = backend.store().begin().await?;
    if !store::ticket::hold_to_warn(&mut tx, ticket_id, now).await? {
        return Ok(0);
    }
    let Some(row) = store::ticket::open(&mut tx, Open::One(ticket_id)).await?.pop() else { return Ok(0) };
    let calendars = policy::calendars(backend, &mut tx).await?;
    let (mut given, mut next) = (0, NEVER);
    let next_response = row.clocks.next_response.is_some().then_some(ClockKind::NextResponse);
    for clock in [ClockKind::Review, ClockKind::Resolution].into_iter().chain(next_response) {
        let Looked { warning, again_at } = look_at(&calendars, &row, clock, now);
        next = next.min(again_at);
        if let Some(warning) = warning
            && rows::claim(&mut tx, &warning, now).await?
        {
            tell(backend, &mut tx, &row, &warning, &calendars.zone(now), now).await?;
            given += 1;
        }
    }
    store::ticket::warn_next(&mut tx, ticket_id, next).await?;
    tx.commit().await?;
    Ok(given)
}

struct Looked {
    warning: Option<Warning>,
    /// The ticket is looked at again after this instant.
    again_at: i64,
}

/// What is to be said about one clock now, and when to look again if nothing happens to the ticket.
fn look_at(calendars: &Calendars, row: &OpenRow, clock: ClockKind, now: Instant) -> Looked {
    let timeline = row.clocks.get(clock);
    let never = Looked { warning: None, again_at: NEVER };
    // A paused clock is looked at again when it goes on: that is a change of the ticket.
    if timeline.stopped_at.is_some() || timeline.paused_at(now).is_some() {
        return never;
    }
    let schedule = calendars.schedule(&row.clocks, clock, now);
    let (kind, due_at) = match read(&schedule, timeline, now).state {
        ClockState::Breached { since, .. } => (WarningKind::Breached, since),
        ClockState::Running { due_at, at_risk: true } | ClockState::OutsideHours { due_at, at_risk: true, .. } => {
            (WarningKind::AtRisk, due_at)
        }
        ClockState::Running { .. } | ClockState::OutsideHours { .. } => {
            let again_at = risk_at(&schedule, timeline, now).map_or(NEVER, |at| at.0);
            return Looked { warning: None, again_at };
        }
        ClockState::Paused { .. } | ClockState::Met { .. } | ClockState::NoDeadline => return never,
    };
    if !schedule.is_open(now) {
        let opens = schedule.next_opening(now).unwrap_or(schedule.known_until.max(now + Millis::DAY));
        return Looked { warning: None, again_at: opens.0 - 1 };
    }
    let again_at = match kind {
        // At the due time itself it is breached.
        WarningKind::AtRisk => due_at.0 - 1,
        WarningKind::Breached => NEVER,
    };
    Looked { warning: Some(Warning { ticket_id: row.ticket_id, clock, kind, due_at }), again_at }
}

/// Puts a notification and a mail before whoever works on the ticket; without anyone, before all agents.
async fn tell(
    backend: &Backend,
    tx: &mut Tx,
    row: &OpenRow,
    warning: &Warning,
    zone: &Zone,
    now: Instant,
) -> Result<(), Error> {
    let staff = store::organisation::staff(tx).await?;
    for person in recipients(staff, row.assignee_id) {
        rows::insert(tx, person.view.id, warning, now).await?;
        let locale = person.locale.unwrap_or_default();
        let key = row.key.to_string();
        let subject = words::subject(locale, warning.kind, &key, &row.subject);
        let at = crate::words::moment(locale, zone, warning.due_at);
        let mut body = crate::words::mail_greeting(locale, &person.view.name);
        let said = words::body(locale, warning.kind, warning.clock, &key, &row.subject, &at);
        for part in ["\n\n", &said, "\n\n", &backend.config().base_url, "/desk/", &key, "\n"] {
            body.push_str(part);
        }
        let mail = Mail {
            kind: "warning",
            to_email: &person.email,
            to_name: &person.view.name,
            subject: &subject,
            body: &body,
            ticket_id: Some(row.ticket_id),
        };
        mail::enqueue(tx, now, mail).await?;
    }
    Ok(())
}

/// The assignee; without one who is still here, all agents; where there is none, all staff.
fn recipients(staff: Vec<PersonRow>, assignee_id: Option<i64>) -> Vec<PersonRow> {
    let is = |person: &PersonRow| Some(person.view.id) == assignee_id;
    if staff.iter().any(is) {
        return staff.into_iter().filter(is).collect();
    }
    let agent = |person: &PersonRow| person.view.role == Role::Agent;
    if staff.iter().any(agent) { staff.into_iter().filter(agent).collect() } else { staff }
}

/// Warnings exist for staff alone.
fn staff(actor: &Actor) -> Result<&Person, Error> {
    actor.person().filter(|person| person.role.is_staff()).ok_or(Error::NotFound)
}

/// One's own notifications: unread ones first, then by age. `after` is a page's `next`; anything else is the first page.
///
/// # Errors
/// [`Error::NotFound`] for customers.
pub async fn list(backend: &Backend, actor: &Actor, after: &str) -> Result<NotificationsView, Error> {
    let me = staff(actor)?.user_id;
    let now = backend.now();
    let mut db = backend.store().snapshot().await?;
    let mut found = rows::list(&mut db, me, cursor(after), ROWS + 1).await?;
    let more = found.len() as i64 > ROWS;
    found.truncate(ROWS as usize);
    Ok(NotificationsView {
        now,
        next: found.last().filter(|_| more).map(next),
        rows: found,
        unread: rows::unread(&mut db, me).await?,
        zone: policy::calendars(backend, &mut db).await?.zone(now),
    })
}

fn next(row: &NotificationRow) -> String {
    [if row.read { "r" } else { "u" }, &row.id.to_string()].concat()
}

fn cursor(text: &str) -> Option<(bool, i64)> {
    let (read, id) = text.strip_prefix('u').map(|id| (false, id)).or(text.strip_prefix('r').map(|id| (true, id)))?;
    Some((read, id.parse().ok()?))
}

/// How many notifications one has not read.
///
/// # Errors
/// [`Error::NotFound`] for customers.
pub async fn unread(backend: &Backend, actor: &Actor) -> Result<i64, Error> {
    let me = staff(actor)?.user_id;
    let mut db = backend.store().reader().acquire().await?;
    rows::unread(&mut db, me).await
}

/// One was read.
///
/// # Errors
/// [`Error::NotFound`] for customers, and for what is not one's own.
pub async fn mark_read(backend: &Backend, actor: &Actor, notification_id: i64) -> Result<(), Error> {
    let me = staff(actor)?.user_id;
    let mut tx = backend.store().begin().await?;
    if !rows::mark_read(&mut tx, me, Some(notification_id), backend.now()).await? {
        return Err(Error::NotFound);
    }
    tx.commit().await?;
    Ok(())
}

/// All were read.
///
/// # Errors
/// [`Error::NotFound`] for customers.
pub async fn mark_all_read(backend: &Backend, actor: &Actor) -> Result<(), Error> {
    let me = staff(actor)?.user_id;
    let mut tx = backend.store().begin().await?;
    rows::mark_read(&mut tx, me, None, backend.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// Forgets notifications of long ago.
pub(crate) async fn sweep(backend: &Backend) -> Result<u64, Error> {
    let mut tx = backend.store().begin().await?;
    let swept = rows::sweep(&mut tx, backend.now() - KEPT).await?;
    tx.commit().await?;
    Ok(swept)
}
