//! What staff see of mail that arrived: what waits for them, and where a message of a ticket came from. Customers see none
//! of it.

use serde::{Deserialize, Serialize};

use super::PersonView;
use crate::brand::Brand;
use crate::mail::{MailKind, MailReason, MailState};
use crate::time::Instant;

/// A message of a ticket that came by mail, by the message's id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailOrigin {
    pub message_id: i64,
    /// For [`raw_href`].
    pub inbound_id: i64,
    /// The address it was sent from, when that is nobody we know.
    pub sender: String,
    /// [`MailKind::Person`] unless a machine wrote it.
    pub kind: MailKind,
}

/// Someone on a ticket whom mail does not reach.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bounced {
    pub person: PersonView,
    pub since: Instant,
    /// In the words of the other server.
    pub said: String,
}

/// Where the message as it arrived is downloaded, by staff.
pub fn raw_href(inbound_id: i64) -> String {
    let mut href = String::from("/desk/mail/");
    href.push_str(&inbound_id.to_string());
    href.push_str("/raw");
    href
}

/// What waits for staff, or what became of the rest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldPage {
    pub now: Instant,
    pub state: MailState,
    /// Newest first, at most 50.
    pub mails: Vec<HeldMail>,
    /// For the next page.
    pub before: Option<i64>,
    /// How many wait for an agent.
    pub quarantined: i64,
    /// How many people wait for an account manager.
    pub suggested: i64,
}

/// A mail that is not on a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldMail {
    pub inbound_id: i64,
    pub at: Instant,
    pub from_name: String,
    pub from_email: String,
    pub subject: String,
    pub kind: MailKind,
    pub state: MailState,
    pub reason: Option<MailReason>,
    /// Our receiver vouches for the sender.
    pub verified: bool,
    /// Whose domain it is from.
    pub organisation: Option<Brand>,
    /// The ticket it answers, as it says itself.
    pub ticket: Option<String>,
    pub bytes: i64,
}

/// One such mail, to be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldView {
    pub mail: HeldMail,
    /// Empty when it could not be read.
    pub said: String,
    pub history: String,
    /// Name and size of what came along.
    pub files: Vec<(String, i64)>,
    /// Whom it is from, when that is someone we know.
    pub person: Option<PersonView>,
    /// For whom a ticket can be made of it: organisations with their people.
    pub customers: Vec<(Brand, Vec<PersonView>)>,
    /// Who put it aside or on a ticket, and when.
    pub handled: Option<(PersonView, Instant)>,
}

/// Someone who wrote from an organisation's domain and whom nobody knows yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuggestedMember {
    pub suggested_member_id: i64,
    pub organisation: Brand,
    pub email: String,
    pub name: String,
    pub at: Instant,
    /// What they wrote and waits with them, oldest first.
    pub mails: Vec<HeldMail>,
}

/// The domains that an organisation's people write from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DomainsView {
    pub organisation_id: i64,
    pub organisation: Brand,
    pub domains: Vec<String>,
}
