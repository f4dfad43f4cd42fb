//! From a ticket's events to the timelines of its clocks: the rules of DESIGN §4 about what starts, stops and pauses.

use super::{ClockKind, Pause, PauseReason, Target, Timeline};
use crate::ticket::{Change, Event, Priority, REOPEN_WITHIN};
use crate::time::{Instant, Millis};

/// All that is measured on a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clocks {
    pub review: Timeline,
    pub resolution: Timeline,
    /// One for each time the customer waited for a response; only the last one can still run.
    pub next_responses: Vec<Timeline>,
}

/// The review and the resolution timeline of a ticket: [`clocks`] without the rest.
pub fn timelines<'a>(
    events: impl Iterator<Item = &'a Event>,
    targets: impl Fn(ClockKind, Priority) -> Option<Millis>,
) -> (Timeline, Timeline) {
    let Clocks { review, resolution, .. } = clocks(events, targets);
    (review, resolution)
}

/// The timelines of a ticket, from its events in order.
///
/// Review runs from creation until staff accepts, answers, returns, resolves or anyone closes; it does not pause. Resolution
/// pauses while waiting for the customer, stops when resolved or closed, and goes on when reopened; a customer's
/// message on a resolved ticket reopens it. A next response is measured from the customer's first message that is
/// unanswered, the one that raised the ticket included; further messages do not move it, and a public message of staff stops
/// it. It would pause like resolution, but whatever pauses that is an answer too.
pub fn clocks<'a>(
    events: impl Iterator<Item = &'a Event>,
    targets: impl Fn(ClockKind, Priority) -> Option<Millis>,
) -> Clocks {
    let mut review = Measuring::new(ClockKind::Review);
    let mut resolution = Measuring::new(ClockKind::Resolution);
    let mut responses: Vec<Measuring> = Vec::new();
    let mut current = None;
    for event in events {
        let mut set_target = |priority: Priority| {
            current = Some(priority);
            review.set_target(event.at, targets(ClockKind::Review, priority));
            resolution.set_target(event.at, targets(ClockKind::Resolution, priority));
            if let Some(response) = responses.last_mut().filter(|response| response.is_running()) {
                response.set_target(event.at, targets(ClockKind::NextResponse, priority));
            }
        };
        match &event.change {
            Change::Created { priority } => {
                set_target(*priority);
                review.timeline.started_at = event.at;
                resolution.timeline.started_at = event.at;
            }
            Change::PriorityChanged { to, .. } => set_target(*to),
            // What stopped keeps the target it ended with.
            Change::PolicyChanged { .. } => {
                let clocks = [&mut review, &mut resolution].into_iter().chain(responses.last_mut());
                for clock in clocks.filter(|clock| clock.is_running()) {
                    let target = current.and_then(|priority| targets(clock.timeline.kind, priority));
                    clock.set_target(event.at, target);
                }
            }
            Change::Accepted => {
                review.stop(event);
                resolution.resume(event.at);
            }
            Change::Answered { .. } => review.stop(event),
            Change::Returned { .. } => {
                review.stop(event);
                resolution.pause(event);
            }
            Change::Replied { .. } => {
                resolution.resume(event.at);
                let resolved_at = resolution.timeline.stopped_at;
                if resolved_at.is_some_and(|resolved_at| event.at.since(resolved_at) <= REOPEN_WITHIN) {
                    resolution.reopen(event.at);
                }
            }
            Change::TakenBack => resolution.resume(event.at),
            Change::Reopened => resolution.reopen(event.at),
            Change::Resolved { .. } | Change::Closed { .. } => {
                review.stop(event);
                resolution.stop(event);
            }
            Change::Assigned { .. }
            | Change::Noted { .. }
            | Change::ParticipantAdded { .. }
            | Change::ParticipantRemoved { .. }
            | Change::ConfidentialSet { .. }
            | Change::AutomaticMail { .. }
            | Change::Linked { .. } => {}
        }
        let waits = responses.last().is_some_and(Measuring::is_running);
        match &event.change {
            Change::Created { .. } | Change::Replied { .. } if !waits => {
                let mut response = Measuring::new(ClockKind::NextResponse);
                response.timeline.started_at = event.at;
                response.set_target(event.at, current.and_then(|priority| targets(ClockKind::NextResponse, priority)));
                responses.push(response);
            }
            Change::Answered { .. } | Change::Returned { .. } | Change::Resolved { .. } | Change::Closed { .. } => {
                if let Some(response) = responses.last_mut() {
                    response.stop(event);
                }
            }
            _ => {}
        }
    }
    let next_responses = responses.into_iter().map(|response| response.timeline).collect();
    Clocks { review: review.timeline, resolution: resolution.timeline, next_responses }
}

/// A timeline that grows with the events.
struct Measuring {
    timeline: Timeline,
    stopped_by: Option<i64>,
}

impl Measuring {
    const fn new(kind: ClockKind) -> Self {
        let timeline =
            Timeline { kind, started_at: Instant(0), targets: Vec::new(), pauses: Vec::new(), stopped_at: None };
        Self { timeline, stopped_by: None }
    }

    const fn is_running(&self) -> bool {
        self.timeline.stopped_at.is_none()
    }

    fn set_target(&mut self, from: Instant, target: Option<Millis>) {
        self.timeline.targets.extend(target.map(|working_time| Target { from, working_time }));
    }

    /// Only the first stop counts: a resolved ticket that is closed later was done when it was resolved.
    fn stop(&mut self, event: &Event) {
        self.resume(event.at);
        if self.timeline.stopped_at.is_none() {
            self.timeline.stopped_at = Some(event.at);
            self.stopped_by = Some(event.id);
        }
    }

    fn pause(&mut self, event: &Event) {
        let pauses = &mut self.timeline.pauses;
        if self.timeline.stopped_at.is_none() && pauses.last().is_none_or(|pause| pause.to.is_some()) {
            let (reason, event_id) = (PauseReason::WaitingForCustomer, Some(event.id));
            pauses.push(Pause { from: event.at, to: None, reason, event_id });
        }
    }

    fn resume(&mut self, at: Instant) {
        if let Some(pause) = self.timeline.pauses.last_mut().filter(|pause| pause.to.is_none()) {
            pause.to = Some(at);
        }
    }

    fn reopen(&mut self, at: Instant) {
        if let Some(from) = self.timeline.stopped_at.take() {
            let (reason, event_id) = (PauseReason::Resolved, self.stopped_by.take());
            self.timeline.pauses.push(Pause { from, to: Some(at), reason, event_id });
        }
    }
}
