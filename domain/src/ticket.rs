//! What a ticket is and how it may move. DESIGN §3.

use serde::{Deserialize, Serialize};

use crate::time::{Instant, Millis};

mod conflict;
mod event;
mod may;
mod replay;
mod status;

pub use conflict::{Intent, conflicts};
pub use event::{Change, CloseReason, Event, Visibility};
pub use may::{Standing, desk_can, request_can, solved};
pub use replay::{Replayed, replay};
pub use status::{Move, MoveRefused, REOPEN_WITHIN, next_status};

/// How bad it is. The order is the order of urgency: `Critical` is the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    Critical,
    High,
    Medium,
    Low,
}

impl Priority {
    pub const ALL: [Self; 4] = [Self::Critical, Self::High, Self::Medium, Self::Low];

    /// The name in URLs, forms and the database.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }

    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|priority| priority.slug() == slug)
    }

    /// The shipped resolution target in working time (DESIGN §3).
    pub const fn shipped_resolution(self) -> Millis {
        Millis::hours(match self {
            Self::Critical => 4,
            Self::High => 24,
            Self::Medium => 48,
            Self::Low => 72,
        })
    }

    /// The shipped review target in working time (DESIGN §3).
    pub const fn shipped_review(self) -> Millis {
        Millis::hours(1)
    }
}

/// Where a ticket stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    New,
    InProgress,
    /// Waiting for customer.
    Waiting,
    Resolved,
    Closed,
}

impl Status {
    pub const ALL: [Self; 5] = [Self::New, Self::InProgress, Self::Waiting, Self::Resolved, Self::Closed];

    /// The name in URLs, forms and the database.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::InProgress => "in_progress",
            Self::Waiting => "waiting",
            Self::Resolved => "resolved",
            Self::Closed => "closed",
        }
    }

    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.slug() == slug)
    }

    /// New, In progress and Waiting for customer: someone still has to do something before it is solved.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::New | Self::InProgress | Self::Waiting)
    }
}

/// The way something came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Web,
    Mail,
    Phone,
    Chat,
    /// The command line or the passing of time.
    System,
}

impl Channel {
    pub const ALL: [Self; 5] = [Self::Web, Self::Mail, Self::Phone, Self::Chat, Self::System];

    pub const fn slug(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Mail => "mail",
            Self::Phone => "phone",
            Self::Chat => "chat",
            Self::System => "system",
        }
    }

    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.slug() == slug)
    }
}

/// A ticket's public name: the organisation's key and a number that is never reused, `ACME-17`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TicketKey {
    pub organisation: String,
    pub number: i64,
}

impl TicketKey {
    /// Reads `ACME-17` (in any case); `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let (organisation, number) = text.split_once('-')?;
        let letters = (2..=8).contains(&organisation.len()) && organisation.bytes().all(|b| b.is_ascii_alphanumeric());
        let digits = (1..=12).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
        if !letters || !digits || number.starts_with('0') {
            return None;
        }
        Some(Self { organisation: organisation.to_ascii_uppercase(), number: number.parse().ok()? })
    }

    /// Reads what someone typed to find a ticket: also `acme 17`.
    pub fn typed(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace();
        match (words.next()?, words.next(), words.next()) {
            (key, None, _) => Self::parse(key),
            (organisation, Some(number), None) => Self::parse(&[organisation, "-", number].concat()),
            _ => None,
        }
    }
}

impl std::fmt::Display for TicketKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.organisation, self.number)
    }
}

/// The instants a ticket's rules ask for, beside its status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Milestones {
    pub accepted_at: Option<Instant>,
    pub resolved_at: Option<Instant>,
}
