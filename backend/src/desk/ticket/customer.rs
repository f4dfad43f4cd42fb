//! What customers do with their tickets.

use domain::actor::{Actor, Person, Role};
use domain::ticket::{Change, Channel, CloseReason, Move, MoveRefused, Standing, Status, Visibility, solved};

use super::raise::{New, create};
use super::work::Work;
use super::{Replied, Reply, message_text};
use crate::store::Tx;
use crate::store::message::Mailed;
use crate::store::ticket::TicketRow;
use crate::{Backend, Error, store};

/// What this person is to the ticket.
pub(in crate::desk) fn standing(ticket: &TicketRow, person: &Person, participants: &[i64]) -> Standing {
    Standing {
        requester: ticket.requester_id == person.user_id,
        participant: participants.contains(&person.user_id),
        manager: person.role == Role::Manager && person.organisation_id == Some(ticket.organisation_id),
    }
}

async fn standing_in(work: &mut Work<'_>, person: &Person) -> Result<Standing, Error> {
    let participants = store::ticket::participants(&mut work.tx, &work.ticket).await?;
    Ok(standing(&work.ticket, person, &participants))
}

/// A customer writes. Ends a pause; says of what was resolved that it is not, and the clock goes on; on a ticket that is
/// closed for good it opens a new one, linked to it.
///
/// # Errors
/// [`Error::Invalid`] on `text`; [`Error::NotFound`] outside the actor's scope; [`Error::Forbidden`] for staff.
pub async fn reply(backend: &Backend, actor: &Actor, input: Reply) -> Result<Replied, Error> {
    super::customer(actor)?;
    let mut work = Work::open(backend, actor, input.channel, &input.key).await?;
    let text = message_text("text", &input.text)?;
    if let Some(message_id) = work.repeats(&text, &input.place, |message_id| Change::Replied { message_id }).await? {
        return Ok(Replied { key: work.ticket.key.to_string(), message_id, reopened: false });
    }
    let reopened = work.ticket.status == Status::Resolved;
    match work.step(Move::CustomerReply) {
        Ok(()) => {
            let message_id = work.say(Visibility::Public, &text, &input.place).await?;
            work.record(Change::Replied { message_id }).await?;
            let key = work.ticket.key.to_string();
            work.finish().await?;
            Ok(Replied { key, message_id, reopened })
        }
        Err(Error::Refused(MoveRefused::Closed | MoveRefused::TooLate)) => {
            // A button pressed twice makes one new ticket.
            if let Some((key, message_id)) = work.repeats_elsewhere(&text, &input.place).await? {
                return Ok(Replied { key: key.to_string(), message_id, reopened: false });
            }
            let (tx, replied) = follow_up(work, &text, &input.place, Mailed::default()).await?;
            tx.commit().await?;
            Ok(replied)
        }
        Err(error) => Err(error),
    }
}

/// Continues a closed ticket as a new one, with the same people. Not committed yet.
pub(super) async fn follow_up(
    mut old: Work<'_>,
    text: &str,
    place: &str,
    mailed: Mailed<'_>,
) -> Result<(Tx, Replied), Error> {
    let (backend, actor, channel) = (old.backend, old.actor, old.channel);
    let person = super::customer(actor)?;
    let participants = store::ticket::participants(&mut old.tx, &old.ticket).await?;
    let others = participants.into_iter().chain([old.ticket.requester_id]).filter(|id| *id != person.user_id);
    let people = store::organisation::people(&mut old.tx, others).await?;
    let Work { tx, ticket: before, .. } = old;
    let new = New {
        organisation_id: before.organisation_id,
        requester_id: person.user_id,
        form_id: before.form_id,
        subject: &before.subject,
        body: text,
        priority: before.priority,
        answers: &[],
        place,
        channel,
        mailed,
    };
    let (mut work, message_id) = create(backend, actor, tx, new).await?;
    let key = work.ticket.key.to_string();
    store::ticket::link(&mut work.tx, work.ticket.ticket_id, before.ticket_id, "continues").await?;
    work.record(Change::Linked { key: before.key.to_string() }).await?;
    let mut people: Vec<_> = people.into_values().filter(|person| person.active).collect();
    people.sort_by_key(|person| person.view.id);
    for person in people {
        store::ticket::add_participant(&mut work.tx, &work.ticket, person.view.id).await?;
        work.record(Change::ParticipantAdded { user_id: person.view.id, name: person.view.name }).await?;
    }
    if before.confidential {
        work.record(Change::ConfidentialSet { on: true }).await?;
    }
    work.write().await?;
    let mut old = Work::lock(backend, actor, actor.scope(), channel, work.tx, &before.key).await?;
    old.record(Change::Linked { key: key.clone() }).await?;
    Ok((old.close().await?, Replied { key, message_id, reopened: false }))
}

/// The customer says that it is solved: the ticket is closed.
///
/// # Errors
/// [`Error::Forbidden`] for a colleague it does not concern; [`Error::Refused`] when it is closed already.
pub async fn confirm(backend: &Backend, actor: &Actor, key: &str) -> Result<(), Error> {
    let person = super::customer(actor)?;
    let mut work = Work::open(backend, actor, Channel::Web, key).await?;
    if !standing_in(&mut work, person).await?.may_confirm() {
        return Err(Error::Forbidden);
    }
    work.step(solved(work.ticket.status))?;
    work.record(Change::Closed { reason: CloseReason::Solved, duplicate_of: None }).await?;
    work.finish().await
}

/// A customer who may write to it takes the ticket back.
///
/// # Errors
/// [`Error::Refused`] unless it is open.
pub async fn withdraw(backend: &Backend, actor: &Actor, key: &str) -> Result<(), Error> {
    super::customer(actor)?;
    let mut work = Work::open(backend, actor, Channel::Web, key).await?;
    work.step(Move::Close(CloseReason::Withdrawn))?;
    work.record(Change::Closed { reason: CloseReason::Withdrawn, duplicate_of: None }).await?;
    work.finish().await
}

/// Hides the ticket from colleagues, or shows it to them again. A manager who hides another's stays on it.
///
/// # Errors
/// [`Error::Forbidden`] for everyone but the requester and managers.
pub async fn set_confidential(backend: &Backend, actor: &Actor, key: &str, on: bool) -> Result<(), Error> {
    let person = super::customer(actor)?;
    let mut work = Work::open(backend, actor, Channel::Web, key).await?;
    let standing = standing_in(&mut work, person).await?;
    if !standing.may_set_confidential() {
        return Err(Error::Forbidden);
    }
    if work.ticket.confidential == on {
        return Ok(());
    }
    if on && !standing.requester && !standing.participant {
        store::ticket::add_participant(&mut work.tx, &work.ticket, person.user_id).await?;
        work.record(Change::ParticipantAdded { user_id: person.user_id, name: person.name.clone() }).await?;
    }
    work.record(Change::ConfidentialSet { on }).await?;
    work.finish().await
}
