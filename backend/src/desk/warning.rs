//! Warnings: who must know that a clock is at risk or breached learns it once, while the desk is open. Given by a job
//! ([`give`]), as notices like any other (`desk::notice`).

use domain::notice::NoticeKind;
use domain::sla::{ClockKind, ClockState, read};
use domain::time::{Instant, Millis};
use domain::zone::Zone;

use super::notice::{self, About};
use super::ticket::risk_at;
use crate::policy::Calendars;
use crate::store::Tx;
use crate::store::notification::{self as rows, Warning};
use crate::store::ticket::{Open, OpenRow};
use crate::{Backend, Error, policy, store};

/// Tickets that are looked at in one round, so that a long list does not keep other jobs waiting.
const AT_ONCE: i64 = 200;
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
            tell(&mut tx, &row, &warning, &calendars.zone(now), now).await?;
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
        ClockState::Breached { since, .. } => (NoticeKind::Breached, since),
        ClockState::Running { due_at, at_risk: true } | ClockState::OutsideHours { due_at, at_risk: true, .. } => {
            (NoticeKind::AtRisk, due_at)
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
        NoticeKind::AtRisk => due_at.0 - 1,
        _ => NEVER,
    };
    Looked { warning: Some(Warning { ticket_id: row.ticket_id, clock, kind, due_at }), again_at }
}

/// Puts a notice before whoever works on the ticket; without anyone, before all agents.
async fn tell(tx: &mut Tx, row: &OpenRow, warning: &Warning, zone: &Zone, now: Instant) -> Result<(), Error> {
    let people = notice::desk(tx, row.assignee_id).await?;
    let clock = Some((warning.clock, warning.due_at));
    let about = About { ticket_id: row.ticket_id, event_id: None, clock };
    notice::tell(tx, warning.kind, &people, about, zone, now).await
}
