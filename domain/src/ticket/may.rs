//! What a person may do with a ticket now: the table of moves, seen from where they stand.

use super::{CloseReason, Milestones, Move, Status, next_status};
use crate::time::Instant;
use crate::view::desk::DeskCan;
use crate::view::portal::RequestCan;

/// What a customer's person is to a ticket that they may see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    pub requester: bool,
    pub participant: bool,
    /// A manager of the ticket's organisation.
    pub manager: bool,
}

impl Standing {
    /// Whoever it concerns says that it is solved: not any colleague who happens to read along.
    pub const fn may_confirm(self) -> bool {
        self.requester || self.participant || self.manager
    }

    pub const fn may_set_confidential(self) -> bool {
        self.requester || self.manager
    }
}

/// How a customer's "it is solved" moves the ticket: it confirms support's answer, or ends what is still open.
pub const fn solved(status: Status) -> Move {
    match status {
        Status::Resolved => Move::Confirm,
        _ => Move::Close(CloseReason::Solved),
    }
}

/// For a customer's person. Whoever may see a ticket may write to it.
pub fn request_can(status: Status, milestones: Milestones, standing: Standing, now: Instant) -> RequestCan {
    let can = |step| next_status(status, milestones, step, now).is_ok();
    RequestCan {
        // On a closed ticket a reply opens a new one that is linked to it.
        reply: true,
        confirm: standing.may_confirm() && can(solved(status)),
        withdraw: can(Move::Close(CloseReason::Withdrawn)),
        set_confidential: standing.may_set_confidential(),
        add_participant: status != Status::Closed,
    }
}

/// For staff.
pub fn desk_can(status: Status, milestones: Milestones, now: Instant) -> DeskCan {
    let can = |step| next_status(status, milestones, step, now).is_ok();
    DeskCan {
        accept: can(Move::Accept),
        answer: status != Status::Closed,
        return_with_question: can(Move::Return),
        take_back: can(Move::TakeBack),
        resolve: can(Move::Resolve),
        change_priority: status.is_open(),
        close: can(Move::Close(CloseReason::Spam)),
        reopen: can(Move::Reopen),
    }
}
