//! What customers see. No type here can hold an internal note.

use serde::{Deserialize, Serialize};

use super::{ClocksView, DraftView, EventView, FieldAnswer, MessageView, PersonView, PolicyView};
use crate::form::{Form, FormIcon};
use crate::sla::Schedule;
use crate::ticket::{Change, CloseReason, Priority, Status, TicketKey};
use crate::time::Instant;

/// `/`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomeView {
    pub now: Instant,
    /// Plain text; may be empty.
    pub welcome: String,
    /// A current announcement: heading, text, link (each may be empty); `None` when there is none.
    pub notice: Option<NoticeView>,
    pub forms: Vec<FormLink>,
    /// Articles of Loket's deployment: title and slug.
    pub articles: Vec<(String, String)>,
    /// The organisation's own links: title and URL.
    pub links: Vec<(String, String)>,
    /// Account manager's name, if there is one.
    pub account_manager: Option<PersonView>,
    /// The person's own open requests (at most 8), those that wait for the customer first.
    pub open: Vec<RequestRow>,
    pub open_total: i64,
    pub schedule: Schedule,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeView {
    pub heading: String,
    pub text: String,
    pub link: Option<(String, String)>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormLink {
    pub slug: String,
    pub title: String,
    pub summary: String,
    pub icon: FormIcon,
}

/// `/requests/new/{form}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RaiseView {
    pub now: Instant,
    pub form: Form,
    pub policy: PolicyView,
    pub draft: DraftView,
    /// Makes a repeated submit of the same page harmless.
    pub nonce: String,
}

/// `/requests`, with what the URL asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestPage {
    pub now: Instant,
    pub rows: Vec<RequestRow>,
    /// Cursor of the next and the previous page, for `after` and `before`.
    pub next: Option<String>,
    pub previous: Option<String>,
    pub open_total: i64,
    pub closed_total: i64,
    pub forms: Vec<(String, String)>,
    pub schedule: Schedule,
    /// The member sees only own requests (the "organisation" filter makes no sense then).
    pub own_only: bool,
}

/// What `/requests` can be asked for. Everything is in the URL; empty means the default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RequestQuery {
    /// `mine` or `organisation` (default).
    pub whose: String,
    /// `open` (includes resolved ones that wait for confirmation) or `all`. The default is open, and all in a search.
    pub show: String,
    /// A status slug.
    pub status: String,
    /// A form slug.
    pub form: String,
    /// Searched in key, subject and public text.
    pub q: String,
    /// `activity` (default), `newest`, `deadline`.
    pub sort: String,
    pub after: String,
    pub before: String,
}

impl RequestQuery {
    /// Whether closed ones are listed too. Who searches rarely knows whether it is closed by now, so a search finds all
    /// until someone chooses the open ones. A key and a status are what they are, whatever was chosen.
    pub fn closed_too(&self) -> bool {
        let asked = match self.show.as_str() {
            "all" => true,
            "open" => false,
            _ => !self.q.trim().is_empty(),
        };
        asked || self.status == Status::Closed.slug() || TicketKey::parse(self.q.trim()).is_some()
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestRow {
    pub key: String,
    pub subject: String,
    pub requester: String,
    /// Support asked something, or asks whether it is solved, and the reader raised it or takes part in it.
    pub waits_for_me: bool,
    pub status: Status,
    pub close_reason: Option<CloseReason>,
    pub priority: Priority,
    /// First name of the agent who works on it, if any.
    pub agent: String,
    pub confidential: bool,
    pub unread: bool,
    pub last_at: Instant,
    /// Who did what last: public things only. First name; nobody's when an agent put a mail on it.
    pub last_actor: String,
    pub last_actor_is_me: bool,
    pub last_change: Change,
    pub clocks: ClocksView,
}

/// `/requests/{key}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestView {
    pub now: Instant,
    pub key: String,
    /// The id of the last event the customer may know of; sent back with every change.
    pub version: i64,
    pub subject: String,
    pub status: Status,
    pub close_reason: Option<CloseReason>,
    pub priority: Priority,
    pub confidential: bool,
    pub requester: PersonView,
    pub requester_is_me: bool,
    pub participants: Vec<PersonView>,
    /// Colleagues who can still be added.
    pub colleagues: Vec<PersonView>,
    pub agent: Option<PersonView>,
    pub form_title: String,
    pub answers: Vec<FieldAnswer>,
    pub created_at: Instant,
    pub clocks: ClocksView,
    /// The policy version the ticket was created under.
    pub policy: PolicyView,
    pub messages: Vec<MessageView>,
    /// Public events only.
    pub events: Vec<EventView>,
    /// The message that holds support's question, while it waits for an answer.
    pub question: Option<i64>,
    pub can: RequestCan,
    pub draft: DraftView,
    /// Keys of tickets this one continues or is continued in, or is a duplicate of (only those the reader may see).
    pub linked: Vec<String>,
    pub just_sent: bool,
}

/// What the reader may do with this request now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestCan {
    pub reply: bool,
    pub confirm: bool,
    pub withdraw: bool,
    pub set_confidential: bool,
    pub add_participant: bool,
}

/// `/articles/{slug}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleView {
    pub title: String,
    /// Paragraphs of plain text; a paragraph that starts with "# " is a heading.
    pub paragraphs: Vec<String>,
}

/// The answer to a request that was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Raised {
    pub key: String,
}
