//! Two agents on one ticket: which of the things that happened meanwhile an agent must know of before going on.

use super::Change;

/// What an agent is about to do, as far as others' changes matter to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Intent {
    /// An internal note: it changes nothing for anyone.
    Note,
    /// Accepting, assigning, answering: right whatever the customer wrote meanwhile.
    TakeUp,
    /// Returning, resolving, closing, another priority, and back: the customer's last word may change one's mind.
    Decide,
}

/// Whether `meanwhile` happened behind the back of someone who is about to do `intent`.
pub const fn conflicts(intent: Intent, meanwhile: &Change) -> bool {
    match meanwhile {
        Change::Created { .. }
        | Change::Noted { .. }
        | Change::ParticipantAdded { .. }
        | Change::ParticipantRemoved { .. }
        | Change::ConfidentialSet { .. }
        | Change::PolicyChanged { .. }
        | Change::AutomaticMail { .. }
        | Change::Linked { .. } => false,
        Change::Replied { .. } => matches!(intent, Intent::Decide),
        Change::Accepted
        | Change::Assigned { .. }
        | Change::Answered { .. }
        | Change::Returned { .. }
        | Change::TakenBack
        | Change::Resolved { .. }
        | Change::Reopened
        | Change::Closed { .. }
        | Change::PriorityChanged { .. } => !matches!(intent, Intent::Note),
    }
}
