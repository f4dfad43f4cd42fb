//! What staff see: the queues, one ticket with everything about it, the page for raising on behalf of a customer. Each
//! function reads one snapshot of the database.

use domain::actor::{Actor, Person};
use domain::ticket::TicketKey;
use domain::view::PersonView;

use crate::Error;
use crate::store::organisation::PersonRow;

mod page;
mod raise;
mod ticket;

pub use page::page;
pub use raise::raise_page;
pub use ticket::ticket;

/// The desk's pages do not exist for customers.
fn staff(actor: &Actor) -> Result<&Person, Error> {
    actor.person().filter(|person| person.role.is_staff()).ok_or(Error::NotFound)
}

fn key(text: &str) -> Result<TicketKey, Error> {
    TicketKey::parse(text).ok_or(Error::NotFound)
}

fn views(people: Vec<PersonRow>) -> Vec<PersonView> {
    people.into_iter().map(|person| person.view).collect()
}
