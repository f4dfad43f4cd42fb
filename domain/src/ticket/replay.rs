//! What follows from a ticket's events alone: the other columns of its row, so that a row can be checked against the log.

use super::{Change, CloseReason, Event, Priority, Status, Visibility};
use crate::time::Instant;

/// A ticket as its events tell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replayed {
    pub status: Status,
    pub close_reason: Option<CloseReason>,
    pub priority: Priority,
    pub assignee_id: Option<i64>,
    pub confidential: bool,
    pub accepted_at: Option<Instant>,
    pub resolved_at: Option<Instant>,
    pub closed_at: Option<Instant>,
    pub last_event_id: i64,
    pub last_public_event_id: i64,
    /// The message with the question that it waits for.
    pub question_id: Option<i64>,
}

/// The events from the first to the last; `None` without a first one that raises the ticket.
pub fn replay<'a>(mut events: impl Iterator<Item = &'a Event>) -> Option<Replayed> {
    let first = events.next()?;
    let Change::Created { priority } = first.change else { return None };
    let mut ticket = Replayed {
        status: Status::New,
        close_reason: None,
        priority,
        assignee_id: None,
        confidential: false,
        accepted_at: None,
        resolved_at: None,
        closed_at: None,
        last_event_id: first.id,
        last_public_event_id: first.id,
        question_id: None,
    };
    for event in events {
        ticket.take(event);
    }
    Some(ticket)
}

impl Replayed {
    fn take(&mut self, event: &Event) {
        self.last_event_id = event.id;
        if event.change.visibility() == Visibility::Public {
            self.last_public_event_id = event.id;
        }
        let at_work = if self.accepted_at.is_some() { Status::InProgress } else { Status::New };
        match &event.change {
            Change::Accepted => {
                self.status = Status::InProgress;
                self.accepted_at.get_or_insert(event.at);
                self.assignee_id = self.assignee_id.or(event.actor_id);
            }
            Change::Assigned { agent_id, .. } => self.assignee_id = *agent_id,
            Change::Returned { message_id } => {
                self.status = Status::Waiting;
                self.question_id = Some(*message_id);
            }
            Change::Replied { .. } | Change::TakenBack if self.status == Status::Waiting => self.status = at_work,
            Change::Replied { .. } | Change::Reopened if self.status == Status::Resolved => {
                self.status = Status::InProgress;
            }
            Change::Resolved { .. } => {
                self.status = Status::Resolved;
                self.resolved_at = Some(event.at);
            }
            Change::Closed { reason, .. } => {
                self.status = Status::Closed;
                self.close_reason = Some(*reason);
                self.closed_at = Some(event.at);
            }
            Change::PriorityChanged { to, .. } => self.priority = *to,
            Change::ConfidentialSet { on } => self.confidential = *on,
            Change::Created { .. }
            | Change::Answered { .. }
            | Change::Noted { .. }
            | Change::Replied { .. }
            | Change::TakenBack
            | Change::Reopened
            | Change::PolicyChanged { .. }
            | Change::ParticipantAdded { .. }
            | Change::ParticipantRemoved { .. }
            | Change::AutomaticMail { .. }
            | Change::Linked { .. } => {}
        }
        if self.status != Status::Waiting {
            self.question_id = None;
        }
        if self.status.is_open() {
            self.resolved_at = None;
        }
    }
}
