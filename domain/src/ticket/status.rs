//! The table of moves of DESIGN §3: which move is possible from which status, and where it leads.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{CloseReason, Milestones, Status};
use crate::time::{Instant, Millis};

/// How long after resolution a ticket can come back; afterwards it closes for good (DESIGN §3: 14 days).
pub const REOPEN_WITHIN: Millis = Millis(14 * Millis::DAY.0);

/// Something a person or the passing of time does to a ticket's status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Move {
    /// An agent takes responsibility.
    Accept,
    /// An agent asks the customer something, without which work cannot go on.
    Return,
    /// A customer writes on the ticket, from any channel.
    CustomerReply,
    /// An agent goes on without the customer's answer.
    TakeBack,
    /// An agent says it is solved.
    Resolve,
    /// An agent finds that it is not solved after all.
    Reopen,
    /// The requester agrees that it is solved.
    Confirm,
    /// The customer, an agent or the passing of time ends it.
    Close(CloseReason),
}

/// Why a move is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MoveRefused {
    /// The move does not exist from this status.
    #[error("not possible while the ticket is {0:?}")]
    NotFrom(Status),
    /// Closed is final; a later reply opens a new ticket linked to this one.
    #[error("the ticket is closed for good")]
    Closed,
    /// More than [`REOPEN_WITHIN`] has passed since it was resolved.
    #[error("too long ago to be reopened")]
    TooLate,
}

/// The status after `step`, or why it cannot be taken.
///
/// # Errors
/// [`MoveRefused`] for every move that DESIGN §3 does not list.
pub fn next_status(from: Status, milestones: Milestones, step: Move, now: Instant) -> Result<Status, MoveRefused> {
    use Status::{Closed, InProgress, New, Resolved, Waiting};
    let may_reopen = || match milestones.resolved_at {
        Some(resolved_at) if now.since(resolved_at) > REOPEN_WITHIN => Err(MoveRefused::TooLate),
        _ => Ok(InProgress),
    };
    match (from, step) {
        (Closed, _) => Err(MoveRefused::Closed),
        (New, Move::Accept) => Ok(InProgress),
        (New | InProgress, Move::Return) => Ok(Waiting),
        (New | InProgress, Move::CustomerReply) => Ok(from),
        (Waiting, Move::CustomerReply | Move::TakeBack) => {
            Ok(if milestones.accepted_at.is_some() { InProgress } else { New })
        }
        (Waiting, Move::Accept) => Ok(InProgress),
        (New | InProgress | Waiting, Move::Resolve) => Ok(Resolved),
        (Resolved, Move::CustomerReply | Move::Reopen) => may_reopen(),
        (Resolved, Move::Confirm) => Ok(Closed),
        (Resolved, Move::Close(CloseReason::Solved | CloseReason::Expired)) => Ok(Closed),
        (
            New | InProgress | Waiting,
            Move::Close(CloseReason::Withdrawn | CloseReason::Duplicate | CloseReason::Spam | CloseReason::Solved),
        ) => Ok(Closed),
        (from, _) => Err(MoveRefused::NotFrom(from)),
    }
}
