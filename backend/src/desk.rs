//! The use cases: one door for change and one for reading. A function takes who acts, checks what they may, applies
//! `domain`'s rules, and reads or writes in one transaction. No SQL, no HTTP, no HTML.

pub mod account;
pub mod calendar;
pub mod draft;
pub mod feed;
pub mod file;
pub mod mail;
pub mod notice;
pub mod organisation;
pub mod outbox;
pub mod policy;
pub mod portal;
pub mod queue;
pub mod seed;
pub mod ticket;
pub mod warning;

mod form;
mod moves;
mod text;
mod thread;

use domain::actor::{Actor, Person};

use crate::Error;

/// The person who acts; the system types no drafts and uploads no files.
fn person(actor: &Actor) -> Result<&Person, Error> {
    actor.person().ok_or(Error::Forbidden)
}

/// A customer's person with their organisation. The portal's pages do not exist for staff.
fn customer(actor: &Actor) -> Result<(&Person, i64), Error> {
    let person = actor.person().ok_or(Error::NotFound)?;
    Ok((person, person.organisation_id.ok_or(Error::NotFound)?))
}

/// Refuses everyone but those who change what is promised, whatever it is about.
fn may_change_promises(actor: &Actor) -> Result<(), Error> {
    if actor.may_change_promises() { Ok(()) } else { Err(Error::Forbidden) }
}

/// Refuses everyone but staff, whatever it is about, so that a customer learns nothing from the answer.
fn staff(actor: &Actor) -> Result<(), Error> {
    if actor.is_staff() { Ok(()) } else { Err(Error::Forbidden) }
}
