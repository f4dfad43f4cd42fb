//! What pages are made of: the shapes that cross the wire from server to browser. Customers' and staff's shapes are
//! different types, so that a customer's payload has no field that could hold an internal note.

pub mod account;
pub mod admin;
pub mod desk;
pub mod mail;
pub mod notice;
pub mod portal;

use serde::{Deserialize, Serialize};

use crate::actor::Role;
use crate::i18n::Locale;
use crate::sla::{ClockKind, Schedule, Timeline};
use crate::ticket::{Channel, Priority};
use crate::time::{Instant, Millis};

/// A person as others see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonView {
    pub id: i64,
    pub name: String,
    pub role: Role,
}

/// A file on a message or waiting to be sent with one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileView {
    pub id: i64,
    pub name: String,
    pub bytes: i64,
    pub media_type: String,
    /// A picture that a mail may show in its text, where the text says `[image: name]`.
    #[serde(default)]
    pub inline: bool,
}

/// Types that are pictures and nothing else: a browser may show them by themselves.
pub const PICTURES: [&str; 4] = ["image/png", "image/jpeg", "image/gif", "image/webp"];

impl FileView {
    /// Where it is downloaded.
    pub fn href(&self) -> String {
        let mut href = String::from("/files/");
        href.push_str(&self.id.to_string());
        href
    }
}

/// The calendar and what is promised per priority: enough to compute any promise in the browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyView {
    pub name: String,
    pub version: i64,
    /// In the order of [`Priority::ALL`]: review target, resolution target.
    pub targets: Vec<(Priority, Millis, Millis)>,
    pub schedule: Schedule,
    /// Of the targets that are not measured on `schedule`.
    #[serde(default)]
    pub elsewhere: Vec<(Priority, ClockKind, Schedule)>,
}

impl PolicyView {
    /// What a target is measured on.
    pub fn schedule_of(&self, priority: Priority, kind: ClockKind) -> &Schedule {
        let own = self.elsewhere.iter().find(|(p, k, _)| *p == priority && *k == kind);
        own.map_or(&self.schedule, |(_, _, schedule)| schedule)
    }
}

/// From an instant on, a clock is measured on a calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    pub kind: ClockKind,
    pub from: Instant,
    /// A calendar, or [`admin::AROUND_THE_CLOCK`].
    pub calendar_id: i64,
}

/// Both clocks of a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClocksView {
    pub review: Timeline,
    pub resolution: Timeline,
    /// What each clock is measured on, in order of time: stored with the timelines, not sent to browsers.
    #[serde(default)]
    pub measures: Vec<Measure>,
    /// Of the clocks that are not measured on the schedule of the page that shows them.
    #[serde(default)]
    pub schedules: Vec<(ClockKind, Schedule)>,
    /// The last time the customer waited for a response, where that has a target.
    #[serde(default)]
    pub next_response: Option<Timeline>,
}

impl ClocksView {
    /// The clock that matters to whoever looks: the review until it has stopped, then the resolution.
    pub fn leading(&self) -> ClockKind {
        if self.review.stopped_at.is_none() { ClockKind::Review } else { ClockKind::Resolution }
    }

    /// The clock of the next response, while the customer waits for one.
    pub fn response(&self) -> Option<&Timeline> {
        self.next_response.as_ref().filter(|clock| clock.stopped_at.is_none())
    }

    /// The clock whose deadline is the first to come: [`ClocksView::leading`], unless a response is due before it. For
    /// those who have the work; `page` as in [`ClocksView::schedule`].
    pub fn first_due(&self, page: &Schedule, now: Instant) -> ClockKind {
        let leading = self.leading();
        let due_at = |kind| crate::sla::due(self.schedule(kind, page), self.get(kind), now);
        let Some(response) = self.response().and_then(|_| due_at(ClockKind::NextResponse)) else { return leading };
        match due_at(leading) {
            Some(other) if other <= response => leading,
            _ => ClockKind::NextResponse,
        }
    }

    pub fn get(&self, kind: ClockKind) -> &Timeline {
        match kind {
            ClockKind::Review => &self.review,
            ClockKind::Resolution => &self.resolution,
            // Whoever waits for a response waits for a resolution, where nothing else is promised.
            ClockKind::NextResponse => self.next_response.as_ref().unwrap_or(&self.resolution),
        }
    }

    /// What this clock is measured on: its own schedule, or else that of the page.
    pub fn schedule<'a>(&'a self, kind: ClockKind, page: &'a Schedule) -> &'a Schedule {
        self.schedules.iter().find(|(own, _)| *own == kind).map_or(page, |(_, schedule)| schedule)
    }
}

/// What was typed and not yet sent; survives a failed submit and a reload.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftView {
    /// Control name and value, as they were typed.
    pub values: Vec<(String, String)>,
    /// Files already on the server that go with the next submit.
    pub files: Vec<FileView>,
    pub saved_at: Option<Instant>,
    /// What the last refused submit found wrong; empty once something else was saved.
    pub problems: Vec<crate::problem::FieldProblem>,
}

impl DraftView {
    pub fn value(&self, control: &str) -> &str {
        self.values.iter().find(|(name, _)| name == control).map_or("", |(_, value)| value)
    }

    pub fn set(&mut self, control: &str, value: String) {
        match self.values.iter_mut().find(|(name, _)| name == control) {
            Some(known) => known.1 = value,
            None => self.values.push((control.to_owned(), value)),
        }
    }
}

/// A line of the event log, ready to be put into words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventView {
    pub id: i64,
    pub at: Instant,
    pub change: crate::ticket::Change,
    pub channel: Channel,
    /// Empty for the system.
    pub actor_name: String,
    pub actor_id: Option<i64>,
    pub actor_is_staff: bool,
}

/// Which side a message comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    Customer,
    Support,
}

/// A public message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageView {
    pub id: i64,
    pub at: Instant,
    pub side: Side,
    pub author_id: Option<i64>,
    pub author: String,
    pub channel: Channel,
    /// Plain text; line breaks count, links are made clickable when shown.
    pub body: String,
    /// What was quoted and signed under a mail: folded away.
    #[serde(default)]
    pub history: String,
    /// It came by mail, and nobody vouches for its sender.
    #[serde(default)]
    pub unverified: bool,
    pub files: Vec<FileView>,
}

/// An answered field of the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldAnswer {
    pub label: String,
    pub value: String,
}

/// The language and the name of each choice.
pub const LOCALES: [(Locale, &str); 2] = [(Locale::English, "English"), (Locale::Dutch, "Nederlands")];
