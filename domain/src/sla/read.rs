//! What a clock shows at an instant, and when it is due.

use super::walk::{Step, Walk};
use super::{ClockState, PauseReason, Reading, Schedule, Target, Timeline};
use crate::time::{Instant, Millis};

/// A running clock is never at risk with more than this left, however large its target (DESIGN §4).
const RISK_AT_MOST: Millis = Millis::hours(2);

impl Timeline {
    /// The target in force at `at`; the first one holds before its time too. Zero without any target.
    pub fn target_at(&self, at: Instant) -> Option<Target> {
        let later = self.targets.iter().rev().find(|target| target.from <= at);
        later.or(self.targets.first()).copied()
    }

    /// `now`, or when the clock stopped.
    pub fn read_until(&self, now: Instant) -> Instant {
        self.stopped_at.map_or(now, |stopped_at| stopped_at.min(now))
    }

    /// The pause in force at `at`: since when, and why. Pauses of one reason that touch or overlap are one.
    pub fn paused_at(&self, at: Instant) -> Option<(Instant, PauseReason)> {
        let in_force = self.pauses.iter().filter(|pause| pause.from <= at && pause.to.is_none_or(|to| to > at));
        let pause = in_force.min_by_key(|pause| pause.from)?;
        let (mut since, reason) = (pause.from, pause.reason);
        // Each round moves to an earlier pause, so there are at most as many as there are pauses.
        for _ in &self.pauses {
            let earlier = self.pauses.iter().filter(|p| p.reason == reason && p.from < since);
            match earlier.filter(|p| p.to.is_some_and(|to| to >= since)).map(|p| p.from).min() {
                Some(from) => since = from,
                None => break,
            }
        }
        Some((since, reason))
    }
}

/// The timeline with one more target, for previews ("what if the priority were High from now on?").
#[must_use]
pub fn with_target(timeline: &Timeline, target: Target) -> Timeline {
    let mut changed = timeline.clone();
    changed.targets.push(target);
    changed
}

/// When work that starts at `now` and never pauses would be due.
pub fn promise(schedule: &Schedule, target: Millis, now: Instant) -> Option<Instant> {
    let mut left = target;
    if left <= Millis::ZERO {
        return Some(now);
    }
    for window in schedule.windows.iter().skip(schedule.index_after(now)) {
        let from = window.from.max(now);
        let counted = window.to.since(from);
        if counted >= left {
            return Some(from + left);
        }
        left = left - counted;
    }
    None
}

/// The working time used until `now`, or until the clock stopped. Zero before the start.
pub fn consumed(schedule: &Schedule, timeline: &Timeline, now: Instant) -> Millis {
    let until = timeline.read_until(now);
    Walk::new(schedule, timeline, timeline.started_at, Instant::MAX).counted_until(until)
}

/// The earliest instant at which the consumed time reaches the target that holds at `now`, whether or not the clock
/// stopped before. `None` when a pause is still open, when the calendar does not open often enough, or without a target.
///
/// A change of target never makes a clock late before the moment of the change: it is due then at the earliest, unless it
/// was late already.
pub fn due(schedule: &Schedule, timeline: &Timeline, now: Instant) -> Option<Instant> {
    due_when_pauses_end(schedule, timeline, now, Instant::MAX)
}

/// When the clock would be due if the pause that is open now ended at `now`: "if you reply now".
pub fn due_if_resumed(schedule: &Schedule, timeline: &Timeline, now: Instant) -> Option<Instant> {
    due_when_pauses_end(schedule, timeline, now, now)
}

fn due_when_pauses_end(schedule: &Schedule, timeline: &Timeline, now: Instant, end: Instant) -> Option<Instant> {
    let until = timeline.read_until(now);
    let reach = |target: &Target| Walk::new(schedule, timeline, timeline.started_at, end).reach(target.working_time);
    let (first, changes) = timeline.targets.split_first()?;
    let Some(last) = changes.iter().rposition(|target| target.from <= until) else { return reach(first) };
    let mut late_since = reach(first);
    let mut due = late_since;
    for change in &changes[..=last] {
        let reached = reach(change);
        late_since = match reached {
            // Used up already: late from the change on, or still, when it was late before under the targets of then.
            Some(at) if at <= change.from => Some(late_since.map_or(change.from, |since| since.min(change.from))),
            reached => reached,
        };
        // A milder target moves the deadline of a clock that is late under it too to where that target ran out.
        due = reached.max(late_since).filter(|_| reached.is_some());
    }
    due
}

/// What the clock shows at `now`.
pub fn read(schedule: &Schedule, timeline: &Timeline, now: Instant) -> Reading {
    let until = timeline.read_until(now);
    let consumed = consumed(schedule, timeline, now);
    let Some(target) = timeline.target_at(until).map(|target| target.working_time) else {
        return Reading { state: ClockState::NoDeadline, consumed, target: Millis::ZERO, remaining: Millis::ZERO };
    };
    let remaining = target - consumed;
    let due_at = due(schedule, timeline, now);
    let stopped_at = timeline.stopped_at.filter(|stopped_at| *stopped_at <= now);
    Reading {
        state: state(schedule, timeline, now, due_at, stopped_at, target, remaining),
        consumed,
        target,
        remaining,
    }
}

fn state(
    schedule: &Schedule,
    timeline: &Timeline,
    now: Instant,
    due_at: Option<Instant>,
    stopped_at: Option<Instant>,
    target: Millis,
    remaining: Millis,
) -> ClockState {
    if let Some(at) = stopped_at {
        return match due_at {
            // Stopped at the very instant it was due is in time.
            Some(since) if since < at || remaining < Millis::ZERO => {
                ClockState::Breached { since, stopped_at: Some(at) }
            }
            due_at => ClockState::Met { at, due_at },
        };
    }
    if let Some(since) = due_at.filter(|due_at| *due_at <= now) {
        return ClockState::Breached { since, stopped_at: None };
    }
    if let Some((since, reason)) = timeline.paused_at(now) {
        return ClockState::Paused { since, reason };
    }
    let Some(due_at) = due_at else { return ClockState::NoDeadline };
    let at_risk = remaining.0.saturating_mul(4) < target.0 && remaining < RISK_AT_MOST;
    let from = now.max(timeline.started_at);
    // Before it starts, a clock without anything to count is due before it would count.
    let next_counted = Walk::new(schedule, timeline, from, Instant::MAX).next_counted();
    let resumes_at = next_counted.unwrap_or(due_at).min(due_at);
    if resumes_at > now {
        ClockState::OutsideHours { due_at, resumes_at, at_risk }
    } else {
        ClockState::Running { due_at, at_risk }
    }
}

/// Whether the clock counts at `now`.
pub fn is_counting(schedule: &Schedule, timeline: &Timeline, now: Instant) -> bool {
    now >= timeline.started_at
        && timeline.stopped_at.is_none_or(|stopped_at| now < stopped_at)
        && Walk::new(schedule, timeline, now, Instant::MAX).step().0 == Step::Counted
}
