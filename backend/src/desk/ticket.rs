//! Every change to a ticket. Web, mail, chat, command line and interfaces to other systems enter here.
//!
//! A function checks who acts ([`Actor`]), asks `domain` whether the move exists, and writes the ticket, its events, messages,
//! clocks and mail in one transaction.

use domain::actor::Actor;
use domain::problem::{FieldProblem, Problem};
use domain::ticket::Channel;
use domain::view::desk::ComposeKind;

use crate::Error;

mod agent;
mod clocks;
mod customer;
mod expire;
mod mail;
mod notify;
mod participant;
mod policy;
mod raise;
mod verify;
mod work;

pub use agent::{accept, assign, change_priority, close, compose, reopen, take_back};
pub use customer::{confirm, reply, set_confidential, withdraw};
pub use expire::close_expired;
pub use participant::{add_participant, remove_participant};
pub use raise::{raise, raise_for};
pub use verify::{Difference, Verified, verify, verify_all};

pub(in crate::desk) use clocks::{
    NO_DEADLINE, project, response_due_at, risk_at, stored as stored_clocks, under as clocks_under,
};
pub(in crate::desk) use customer::standing;
pub(in crate::desk) use mail::{Enclosed, Placed, Post, keep_automatic, note_by_mail, raise_by_mail, reply_by_mail};
pub(in crate::desk) use policy::move_to as move_to_policy;

/// A request as a customer fills it in. Values are as they were typed; `fields` by the name of their control.
#[derive(Clone, Debug, Default)]
pub struct Raise {
    pub form: String,
    pub subject: String,
    pub description: String,
    /// A priority's slug.
    pub priority: String,
    pub fields: Vec<(String, String)>,
    /// Of the page it was typed on: the same one twice makes one ticket.
    pub nonce: String,
    /// The draft whose files go along.
    pub place: String,
}

/// The same, by staff for a customer who phones.
#[derive(Clone, Debug)]
pub struct RaiseFor {
    pub requester_id: i64,
    pub raise: Raise,
    pub channel: Channel,
}

/// A customer's message.
#[derive(Clone, Debug)]
pub struct Reply {
    pub key: String,
    pub text: String,
    pub place: String,
    pub channel: Channel,
}

/// Where a reply went: to a new ticket when the one it was meant for is closed for good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replied {
    pub key: String,
    pub message_id: i64,
    /// It was resolved, and is no more.
    pub reopened: bool,
}

/// What an agent writes, and what it does.
#[derive(Clone, Debug)]
pub struct Compose {
    pub key: String,
    /// Of the page it was written on: [`domain::view::desk::DeskTicketView::version`].
    pub version: i64,
    pub kind: ComposeKind,
    pub text: String,
    pub place: String,
}

/// A required text of at most the length of a message, cleaned.
fn message_text(field: &str, typed: &str) -> Result<String, Error> {
    let text = super::text::body(typed);
    match domain::form::check_text(field, &text, domain::form::BODY_MAX) {
        Some(problem) => Err(Error::Invalid(vec![problem])),
        None => Ok(text),
    }
}

/// A required text of one line, cleaned.
fn line_text(field: &str, typed: &str) -> Result<String, Error> {
    let text = super::text::line(typed);
    match domain::form::check_text(field, &text, domain::form::TEXT_MAX) {
        Some(problem) => Err(Error::Invalid(vec![problem])),
        None => Ok(text),
    }
}

fn invalid<T>(field: &str, problem: Problem) -> Result<T, Error> {
    Err(Error::Invalid(vec![FieldProblem::new(field, problem)]))
}

/// Whoever writes as a customer: staff answer through [`compose`].
fn customer(actor: &Actor) -> Result<&domain::actor::Person, Error> {
    actor.person().filter(|person| person.organisation_id.is_some()).ok_or(Error::Forbidden)
}
