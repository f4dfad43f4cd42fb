//! What staff do with tickets. Each change carries the version of the page it was decided on; what happened since is told
//! instead of overwritten.

use domain::actor::{Actor, Scope};
use domain::problem::Problem;
use domain::sla::ClockKind;
use domain::ticket::{
    Change, Channel, CloseReason, Intent, Move, MoveRefused, Priority, Status, TicketKey, Visibility,
};
use domain::view::desk::ComposeKind;

use super::work::Work;
use super::{Compose, clocks, line_text, message_text};
use crate::{Backend, Error, store};

async fn open<'a>(
    backend: &'a Backend,
    actor: &'a Actor,
    key: &str,
    version: i64,
    intent: Intent,
) -> Result<Work<'a>, Error> {
    crate::desk::staff(actor)?;
    let mut work = Work::open(backend, actor, Channel::Web, key).await?;
    work.since(version, intent).await?;
    Ok(work)
}

fn refuse_closed(work: &Work<'_>) -> Result<(), Error> {
    if work.ticket.status == Status::Closed { Err(Error::Refused(MoveRefused::Closed)) } else { Ok(()) }
}

/// Takes responsibility: the review clock stops; who accepts an unassigned ticket works on it.
///
/// # Errors
/// [`Error::Conflict`], [`Error::Refused`] unless it is new or waiting.
pub async fn accept(backend: &Backend, actor: &Actor, key: &str, version: i64) -> Result<(), Error> {
    let mut work = open(backend, actor, key, version, Intent::TakeUp).await?;
    work.step(Move::Accept)?;
    work.record(Change::Accepted).await?;
    work.finish().await
}

/// Gives the ticket to a colleague, or to no one.
///
/// # Errors
/// [`Problem::NoSuchPerson`] on `assignee` unless it is active staff; [`Error::Conflict`]; [`Error::Refused`] when closed.
pub async fn assign(
    backend: &Backend,
    actor: &Actor,
    key: &str,
    version: i64,
    agent_id: Option<i64>,
) -> Result<(), Error> {
    let mut work = open(backend, actor, key, version, Intent::TakeUp).await?;
    refuse_closed(&work)?;
    let people = store::organisation::people(&mut work.tx, agent_id).await?;
    let agent = people.into_values().find(|person| person.active && person.view.role.is_staff());
    if agent_id.is_some() && agent.is_none() {
        return super::invalid("assignee", Problem::NoSuchPerson);
    }
    if agent_id == work.ticket.assignee_id {
        return Ok(());
    }
    let agent_name = agent.map_or_else(String::new, |person| person.view.name);
    work.record(Change::Assigned { agent_id, agent_name }).await?;
    work.finish().await
}

/// Writes to the customer, or a note to colleagues; gives the message's id. Answering a new ticket accepts it too.
///
/// # Errors
/// [`Error::Invalid`] on `text`, [`Error::Conflict`], [`Error::Refused`] when the status does not allow it.
pub async fn compose(backend: &Backend, actor: &Actor, input: Compose) -> Result<i64, Error> {
    crate::desk::staff(actor)?;
    let mut work = Work::open(backend, actor, Channel::Web, &input.key).await?;
    let text = message_text("text", &input.text)?;
    let change = |message_id| match input.kind {
        ComposeKind::Note => Change::Noted { message_id },
        ComposeKind::Answer => Change::Answered { message_id },
        ComposeKind::Return => Change::Returned { message_id },
        ComposeKind::Resolve => Change::Resolved { message_id },
    };
    if let Some(message_id) = work.repeats(&text, &input.place, change).await? {
        return Ok(message_id);
    }
    let message_id = match input.kind {
        ComposeKind::Note => {
            let message_id = work.say(Visibility::Internal, &text, &input.place).await?;
            work.record(Change::Noted { message_id }).await?;
            message_id
        }
        ComposeKind::Answer => {
            work.since(input.version, Intent::TakeUp).await?;
            refuse_closed(&work)?;
            if work.ticket.status == Status::New {
                work.step(Move::Accept)?;
                work.record(Change::Accepted).await?;
            }
            let message_id = work.say(Visibility::Public, &text, &input.place).await?;
            work.record(Change::Answered { message_id }).await?;
            message_id
        }
        ComposeKind::Return => {
            work.since(input.version, Intent::Decide).await?;
            work.step(Move::Return)?;
            let message_id = work.say(Visibility::Public, &text, &input.place).await?;
            work.record(Change::Returned { message_id }).await?;
            message_id
        }
        ComposeKind::Resolve => {
            work.since(input.version, Intent::Decide).await?;
            work.step(Move::Resolve)?;
            let message_id = work.say(Visibility::Public, &text, &input.place).await?;
            work.record(Change::Resolved { message_id }).await?;
            message_id
        }
    };
    work.finish().await?;
    Ok(message_id)
}

/// Goes on without the customer's answer.
///
/// # Errors
/// [`Error::Conflict`], [`Error::Refused`] unless it waits for the customer.
pub async fn take_back(backend: &Backend, actor: &Actor, key: &str, version: i64) -> Result<(), Error> {
    let mut work = open(backend, actor, key, version, Intent::Decide).await?;
    work.step(Move::TakeBack)?;
    work.record(Change::TakenBack).await?;
    work.finish().await
}

/// Another priority, with a reason that the customer reads. The event keeps the due time before and after.
///
/// # Errors
/// [`Error::Invalid`] on `priority` or `reason`, [`Error::Conflict`], [`Error::Refused`] unless it is open.
pub async fn change_priority(
    backend: &Backend,
    actor: &Actor,
    key: &str,
    version: i64,
    to: Priority,
    reason: &str,
) -> Result<(), Error> {
    let mut work = open(backend, actor, key, version, Intent::Decide).await?;
    refuse_closed(&work)?;
    if !work.ticket.status.is_open() {
        return Err(Error::Refused(MoveRefused::NotFrom(work.ticket.status)));
    }
    let from = work.ticket.priority;
    if to == from {
        return super::invalid("priority", Problem::Unchanged);
    }
    let reason = line_text("reason", reason)?;
    let before = work.clocks();
    let after = clocks::under(&before, &work.policy, to, work.now);
    let due = |clocks| clocks::due_at(&work.policy.calendars, clocks, ClockKind::Resolution, work.now);
    let (old_due_at, new_due_at) = (due(&before), due(&after));
    work.record(Change::PriorityChanged { from, to, reason, old_due_at, new_due_at }).await?;
    work.finish().await
}

/// Ends the ticket as spam, or as a duplicate of another one of the same organisation.
///
/// # Errors
/// [`Error::Invalid`] on `duplicate_of`; [`Error::Forbidden`] for a reason that is the customer's; [`Error::Conflict`];
/// [`Error::Refused`] unless it is open.
pub async fn close(
    backend: &Backend,
    actor: &Actor,
    key: &str,
    version: i64,
    reason: CloseReason,
    duplicate_of: Option<String>,
) -> Result<(), Error> {
    let mut work = open(backend, actor, key, version, Intent::Decide).await?;
    let duplicate_of = match reason {
        CloseReason::Spam => None,
        CloseReason::Duplicate => {
            let typed = duplicate_of.unwrap_or_default();
            let Some(other) = TicketKey::parse(typed.trim()) else {
                let problem = if typed.trim().is_empty() { Problem::Required } else { Problem::NoSuchTicket };
                return super::invalid("duplicate_of", problem);
            };
            if other == work.ticket.key {
                return super::invalid("duplicate_of", Problem::SameTicket);
            }
            // Held as well, so that two tickets are not closed as duplicates of each other.
            let found = store::ticket::lock(&mut work.tx, Scope::All, &other).await?;
            // Of another organisation it would tell this one's people a key that is not theirs.
            let found = found.filter(|found| found.organisation_id == work.ticket.organisation_id);
            let Some(found) = found else { return super::invalid("duplicate_of", Problem::NoSuchTicket) };
            if matches!(found.close_reason, Some(CloseReason::Duplicate | CloseReason::Spam)) {
                return super::invalid("duplicate_of", Problem::LeadsNowhere);
            }
            Some(found)
        }
        CloseReason::Solved | CloseReason::Expired | CloseReason::Withdrawn => return Err(Error::Forbidden),
    };
    work.step(Move::Close(reason))?;
    if let Some(other) = &duplicate_of {
        store::ticket::link(&mut work.tx, work.ticket.ticket_id, other.ticket_id, "duplicates").await?;
    }
    let duplicate_of = duplicate_of.map(|other| other.key.to_string());
    work.record(Change::Closed { reason, duplicate_of }).await?;
    work.finish().await
}

/// Not solved after all: the clock runs on with what it had used.
///
/// # Errors
/// [`Error::Conflict`], [`Error::Refused`] unless it was resolved in the last 14 days.
pub async fn reopen(backend: &Backend, actor: &Actor, key: &str, version: i64) -> Result<(), Error> {
    let mut work = open(backend, actor, key, version, Intent::Decide).await?;
    work.step(Move::Reopen)?;
    work.record(Change::Reopened).await?;
    work.finish().await
}
