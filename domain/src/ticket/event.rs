//! Immutable facts about a ticket: the audit log, and all that the clocks are computed from.

use serde::{Deserialize, Serialize};

use super::{Channel, Priority};
use crate::time::Instant;

/// Why a ticket is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CloseReason {
    /// The customer says it is solved.
    Solved,
    /// Fourteen days passed after it was resolved.
    Expired,
    Withdrawn,
    Duplicate,
    Spam,
}

impl CloseReason {
    pub const ALL: [Self; 5] = [Self::Solved, Self::Expired, Self::Withdrawn, Self::Duplicate, Self::Spam];

    pub const fn slug(self) -> &'static str {
        match self {
            Self::Solved => "solved",
            Self::Expired => "expired",
            Self::Withdrawn => "withdrawn",
            Self::Duplicate => "duplicate",
            Self::Spam => "spam",
        }
    }

    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.slug() == slug)
    }

    /// What was taken back, or is the same as another, has no promise of its own that was kept or broken.
    pub const fn drops_promise(self) -> bool {
        matches!(self, Self::Withdrawn | Self::Duplicate | Self::Spam)
    }
}

/// Who may learn of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// The customer and the staff.
    Public,
    /// The staff only; never part of any payload for a customer.
    Internal,
}

/// What happened. Stored as JSON, so a variant is never renamed and its fields only grow, with defaults.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Raised. Both clocks start.
    Created {
        priority: Priority,
    },
    /// An agent took it. Stops the review clock.
    Accepted,
    Assigned {
        #[serde(default)]
        agent_id: Option<i64>,
        #[serde(default)]
        agent_name: String,
    },
    /// A public message of an agent. Stops the review clock.
    Answered {
        message_id: i64,
    },
    /// An internal note.
    Noted {
        message_id: i64,
    },
    /// A question to the customer. Stops the review clock, pauses the resolution clock.
    Returned {
        message_id: i64,
    },
    /// A message of a customer. Ends a pause; reopens a resolved ticket.
    Replied {
        message_id: i64,
    },
    /// An agent went on without an answer. Ends a pause.
    TakenBack,
    /// Solved, says the agent. Stops the clocks.
    Resolved {
        message_id: i64,
    },
    /// Not solved after all. The resolution clock goes on with what it had used.
    Reopened,
    /// Final. Stops the clocks.
    Closed {
        reason: CloseReason,
        #[serde(default)]
        duplicate_of: Option<String>,
    },
    /// Another target for the time already used.
    PriorityChanged {
        from: Priority,
        to: Priority,
        reason: String,
        /// When resolution was due before, if it had a due time.
        old_due_at: Option<Instant>,
        new_due_at: Option<Instant>,
    },
    /// Another version of a policy holds from now on, by an admin's choice: other targets for the time already used, perhaps
    /// on other calendars. Clocks that stopped keep theirs.
    PolicyChanged {
        /// Policy version ids.
        from: i64,
        to: i64,
        /// Of the policy that holds now.
        name: String,
        version: i64,
        old_due_at: Option<Instant>,
        new_due_at: Option<Instant>,
    },
    ParticipantAdded {
        user_id: i64,
        name: String,
    },
    ParticipantRemoved {
        user_id: i64,
        name: String,
    },
    ConfidentialSet {
        on: bool,
    },
    /// A mail that no person wrote came in on the ticket: kept for staff, moves nothing.
    AutomaticMail {
        message_id: i64,
    },
    /// Continued from, or continued as, another ticket.
    Linked {
        key: String,
    },
}

impl Change {
    /// Whether a customer may know of it.
    pub const fn visibility(&self) -> Visibility {
        match self {
            Self::Noted { .. } | Self::AutomaticMail { .. } => Visibility::Internal,
            _ => Visibility::Public,
        }
    }
}

/// One fact with who, when and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Rises with every event of any ticket; also the ticket's version.
    pub id: i64,
    pub at: Instant,
    pub change: Change,
    pub channel: Channel,
    /// `None` for the system.
    pub actor_id: Option<i64>,
}
