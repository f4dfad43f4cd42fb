//! From a ticket's events to the timelines of its two clocks: the rules of DESIGN §4 about what starts, stops and pauses.

use super::{ClockKind, Pause, PauseReason, Target, Timeline};
use crate::ticket::{Change, Event, Priority, REOPEN_WITHIN};
use crate::time::{Instant, Millis};

/// The review and the resolution timeline of a ticket, from its events in order.
///
/// Review runs from creation until staff accepts, answers, returns, resolves or anyone closes; it does not pause. Resolution
/// pauses while waiting for the customer, stops when resolved or closed, and goes on when reopened; a customer's
/// message on a resolved ticket reopens it.
pub fn timelines<'a>(
    events: impl Iterator<Item = &'a Event>,
    targets: impl Fn(ClockKind, Priority) -> Option<Millis>,
) -> (Timeline, Timeline) {
    let mut review = Timeline::empty(ClockKind::Review);
    let mut resolution = Timeline::empty(ClockKind::Resolution);
    let mut current = None;
    for event in events {
        let at = event.at;
        let mut set_target = |priority: Priority| {
            for timeline in [&mut review, &mut resolution] {
                if let Some(working_time) = targets(timeline.kind, priority) {
                    timeline.targets.push(Target { from: at, working_time });
                }
            }
        };
        match &event.change {
            Change::Created { priority } => {
                set_target(*priority);
                current = Some(*priority);
                review.started_at = at;
                resolution.started_at = at;
            }
            Change::PriorityChanged { to, .. } => {
                set_target(*to);
                current = Some(*to);
            }
            // What stopped keeps the target it ended with.
            Change::PolicyChanged { .. } => {
                for timeline in [&mut review, &mut resolution].into_iter().filter(|clock| clock.stopped_at.is_none()) {
                    if let Some(working_time) = current.and_then(|priority| targets(timeline.kind, priority)) {
                        timeline.targets.push(Target { from: at, working_time });
                    }
                }
            }
            Change::Accepted => {
                review.stop(at);
                resolution.resume(at);
            }
            Change::Answered { .. } => review.stop(at),
            Change::Returned { .. } => {
                review.stop(at);
                resolution.pause(at);
            }
            Change::Replied { .. } => {
                resolution.resume(at);
                if resolution.stopped_at.is_some_and(|resolved_at| at.since(resolved_at) <= REOPEN_WITHIN) {
                    resolution.reopen(at);
                }
            }
            Change::TakenBack => resolution.resume(at),
            Change::Reopened => resolution.reopen(at),
            Change::Resolved { .. } | Change::Closed { .. } => {
                review.stop(at);
                resolution.stop(at);
            }
            Change::Assigned { .. }
            | Change::Noted { .. }
            | Change::ParticipantAdded { .. }
            | Change::ParticipantRemoved { .. }
            | Change::ConfidentialSet { .. }
            | Change::Linked { .. } => {}
        }
    }
    (review, resolution)
}

impl Timeline {
    fn empty(kind: ClockKind) -> Self {
        Self { kind, started_at: Instant::default(), targets: Vec::new(), pauses: Vec::new(), stopped_at: None }
    }

    /// Only the first stop counts: a resolved ticket that is closed later was done when it was resolved.
    fn stop(&mut self, at: Instant) {
        self.resume(at);
        self.stopped_at.get_or_insert(at);
    }

    fn pause(&mut self, at: Instant) {
        if self.stopped_at.is_none() && self.pauses.last().is_none_or(|pause| pause.to.is_some()) {
            self.pauses.push(Pause { from: at, to: None, reason: PauseReason::WaitingForCustomer });
        }
    }

    fn resume(&mut self, at: Instant) {
        if let Some(pause) = self.pauses.last_mut().filter(|pause| pause.to.is_none()) {
            pause.to = Some(at);
        }
    }

    fn reopen(&mut self, at: Instant) {
        if let Some(from) = self.stopped_at.take() {
            self.pauses.push(Pause { from, to: Some(at), reason: PauseReason::Resolved });
        }
    }
}
