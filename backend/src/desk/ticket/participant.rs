//! Who else takes part in a ticket: they may see it even when it is confidential, or when colleagues see only their own.

use domain::actor::{Actor, Role};
use domain::problem::Problem;
use domain::ticket::{Change, Channel, MoveRefused, Status};

use super::work::Work;
use crate::{Backend, Error, store};

/// Adds a colleague of the requester. Adding someone twice changes nothing.
///
/// # Errors
/// [`Problem::NoSuchPerson`] on `participant` unless it is an active person of the ticket's organisation.
pub async fn add_participant(backend: &Backend, actor: &Actor, key: &str, user_id: i64) -> Result<(), Error> {
    crate::desk::person(actor)?;
    let mut work = Work::open(backend, actor, Channel::Web, key).await?;
    let people = store::organisation::people(&mut work.tx, [user_id]).await?;
    let person = people
        .into_values()
        .find(|person| person.active && person.organisation_id == Some(work.ticket.organisation_id));
    let Some(person) = person else { return super::invalid("participant", Problem::NoSuchPerson) };
    if work.ticket.status == Status::Closed {
        return Err(Error::Refused(MoveRefused::Closed));
    }
    if user_id == work.ticket.requester_id
        || !store::ticket::add_participant(&mut work.tx, &work.ticket, user_id).await?
    {
        return Ok(());
    }
    work.record(Change::ParticipantAdded { user_id, name: person.view.name }).await?;
    work.finish().await
}

/// Takes someone off the ticket: the requester, a manager, staff, or the person themselves.
///
/// # Errors
/// [`Error::Forbidden`] for others; [`Error::NotFound`] when that person takes no part in it.
pub async fn remove_participant(backend: &Backend, actor: &Actor, key: &str, user_id: i64) -> Result<(), Error> {
    let person = crate::desk::person(actor)?;
    let mut work = Work::open(backend, actor, Channel::Web, key).await?;
    let may = person.role.is_staff()
        || person.role == Role::Manager
        || person.user_id == user_id
        || person.user_id == work.ticket.requester_id;
    if !may {
        return Err(Error::Forbidden);
    }
    if !store::ticket::remove_participant(&mut work.tx, &work.ticket, user_id).await? {
        return Err(Error::NotFound);
    }
    let people = store::organisation::people(&mut work.tx, [user_id]).await?;
    let name = people.get(&user_id).map_or_else(String::new, |person| person.view.name.clone());
    work.record(Change::ParticipantRemoved { user_id, name }).await?;
    work.finish().await
}
