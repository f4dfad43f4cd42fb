//! What staff see.

use serde::{Deserialize, Serialize};

use super::mail::{Bounced, MailOrigin};
use super::{ClocksView, DraftView, EventView, FieldAnswer, FileView, MessageView, PersonView, PolicyView};
use crate::brand::Brand;
use crate::form::Form;
use crate::sla::Schedule;
use crate::ticket::{Channel, CloseReason, Priority, Status};
use crate::time::Instant;

/// What `/desk` can be asked for. Everything is in the URL; empty means the default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeskQuery {
    /// `open` (default), `new`, `mine`, `unassigned`, `waiting`, `resolved`, `past_due`, `at_risk`, `all`.
    pub queue: String,
    /// An organisation's key.
    pub organisation: String,
    pub priority: String,
    /// A user id, or `none`.
    pub assignee: String,
    pub form: String,
    /// Searched in subject and text, notes included, and in the requester's name and address. A key is found in any queue.
    pub q: String,
    pub after: String,
    pub before: String,
}

/// `/desk`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskPage {
    pub now: Instant,
    pub counts: QueueCounts,
    pub organisations: Vec<(Brand, i64)>,
    pub agents: Vec<PersonView>,
    pub forms: Vec<(String, String)>,
    pub rows: Vec<DeskRow>,
    pub total: i64,
    pub next: Option<String>,
    pub previous: Option<String>,
    /// Every deadline of this queue in the days ahead (and those past), for the horizon. At most 500, earliest first.
    pub deadlines: Vec<Instant>,
    pub schedule: Schedule,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueCounts {
    pub new: i64,
    pub mine: i64,
    pub unassigned: i64,
    pub open: i64,
    pub waiting: i64,
    pub resolved: i64,
    pub past_due: i64,
    pub at_risk: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskRow {
    pub key: String,
    pub subject: String,
    pub organisation: Brand,
    pub requester: String,
    pub status: Status,
    pub close_reason: Option<CloseReason>,
    pub priority: Priority,
    pub assignee: Option<PersonView>,
    pub unread: bool,
    pub confidential: bool,
    pub last_at: Instant,
    pub clocks: ClocksView,
}

/// `/desk/{key}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskTicketView {
    pub now: Instant,
    pub key: String,
    /// The id of the ticket's last event; sent back with every change.
    pub version: i64,
    pub subject: String,
    pub status: Status,
    pub close_reason: Option<CloseReason>,
    pub priority: Priority,
    pub channel: Channel,
    pub confidential: bool,
    pub organisation: Brand,
    pub organisation_open: i64,
    pub organisation_note: String,
    pub account_manager: Option<PersonView>,
    pub requester: PersonView,
    pub requester_email: String,
    pub participants: Vec<PersonView>,
    pub assignee: Option<PersonView>,
    pub agents: Vec<PersonView>,
    pub form_title: String,
    pub answers: Vec<FieldAnswer>,
    pub created_at: Instant,
    pub clocks: ClocksView,
    pub policy: PolicyView,
    pub thread: Vec<ThreadItem>,
    /// Of the entries of the thread that came by mail.
    pub mails: Vec<MailOrigin>,
    /// People on this ticket whom mail does not reach.
    pub bounced: Vec<Bounced>,
    pub events: Vec<EventView>,
    pub question: Option<i64>,
    /// Other tickets of the same organisation, latest first, at most 8: key, subject, status.
    pub others: Vec<(String, String, Status)>,
    pub linked: Vec<String>,
    pub can: DeskCan,
    /// Of the composer, whatever its kind.
    pub draft: DraftView,
}

/// An entry of the thread as staff see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ThreadItem {
    Message(MessageView),
    Note(NoteView),
}

/// An internal note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteView {
    pub id: i64,
    pub at: Instant,
    pub author_id: Option<i64>,
    pub author: String,
    pub body: String,
    /// What was quoted and signed under an automatic mail.
    #[serde(default)]
    pub history: String,
    pub files: Vec<FileView>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskCan {
    pub accept: bool,
    pub answer: bool,
    pub return_with_question: bool,
    pub take_back: bool,
    pub resolve: bool,
    pub change_priority: bool,
    pub close: bool,
    pub reopen: bool,
}

/// What the composer of the desk does with its text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ComposeKind {
    #[default]
    Answer,
    Note,
    Return,
    Resolve,
}

impl ComposeKind {
    pub const ALL: [Self; 4] = [Self::Answer, Self::Note, Self::Return, Self::Resolve];

    pub const fn slug(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Note => "note",
            Self::Return => "return",
            Self::Resolve => "resolve",
        }
    }

    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.slug() == slug)
    }
}

/// `/desk/new`: raising on behalf of a customer who phones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskRaiseView {
    pub now: Instant,
    /// Organisations with their people: brand, (person, e-mail).
    pub organisations: Vec<(Brand, Vec<PersonView>)>,
    /// Forms of the chosen organisation, or those that all share.
    pub forms: Vec<Form>,
    pub policy: PolicyView,
    pub draft: DraftView,
    pub nonce: String,
}
