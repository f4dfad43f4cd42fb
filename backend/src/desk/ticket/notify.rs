//! Who is told of a change, written down with the change itself. Called where events are recorded, so that no use case
//! can forget it.

use domain::notice::{To, told};
use domain::ticket::Change;

use super::work::Work;
use crate::desk::notice::{self, About};
use crate::{Error, store};

/// Tells whoever is to be told of this event. Before its conclusions are drawn: what was resolved still says since when.
pub(super) async fn tell(work: &mut Work<'_>, change: &Change, event_id: i64) -> Result<(), Error> {
    let by = work.actor.user_id();
    let author = author(work, change).await?;
    let reopens = work.ticket.resolved_at.is_some() && work.ticket.status.is_open();
    let told = told(change, work.actor.is_staff(), reopens);
    if told.is_empty() {
        return Ok(());
    }
    let zone = work.policy.calendars.zone(work.now);
    let about = About { ticket_id: work.ticket.ticket_id, event_id: Some(event_id), clock: None };
    for (to, kind) in told {
        let mut people = match to {
            To::Requester => vec![work.ticket.requester_id],
            To::Customers => {
                let mut people = store::ticket::participants(&mut work.tx, &work.ticket).await?;
                people.push(work.ticket.requester_id);
                people
            }
            To::Person(user_id) => vec![user_id],
            To::Desk => notice::desk(&mut work.tx, work.ticket.assignee_id).await?,
        };
        // Nobody is told of their own act or words, but who asks for help gets it confirmed.
        if to != To::Requester {
            people.retain(|person| Some(*person) != by && Some(*person) != author);
        }
        people.sort_unstable();
        people.dedup();
        notice::tell(&mut work.tx, kind, &people, about, &zone, work.now).await?;
    }
    Ok(())
}

/// Whose words a reply is, where an agent put somebody's mail on the ticket; otherwise whoever does it wrote it.
async fn author(work: &mut Work<'_>, change: &Change) -> Result<Option<i64>, Error> {
    match change {
        Change::Replied { message_id } if work.actor.is_staff() => {
            store::message::author(&mut work.tx, *message_id).await
        }
        _ => Ok(None),
    }
}
