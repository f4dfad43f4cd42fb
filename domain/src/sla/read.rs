//! What a clock shows at an instant, and when it is due.

use super::walk::{Step, Walk, in_order};
use super::{ClockState, Pause, PauseReason, Reading, Schedule, Target, Timeline};
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
        self.pause_at(at).map(|pause| (pause.from, pause.reason))
    }

    /// The same with the event that began it, and its end.
    pub fn pause_at(&self, at: Instant) -> Option<Pause> {
        let pauses = in_order(&self.pauses);
        let begun = || pauses.iter().take_while(|pause| pause.from <= at);
        let reason = begun().find(|pause| pause.to.is_none_or(|to| to > at))?.reason;
        let mut run: Option<Pause> = None;
        for pause in begun().filter(|pause| pause.reason == reason && pause.to.is_none_or(|to| to > pause.from)) {
            match &mut run {
                // An end that is open stays open.
                Some(run) if run.to.is_none_or(|to| to >= pause.from) => {
                    run.to = run.to.and_then(|end| Some(end.max(pause.to?)));
                }
                _ => run = Some(*pause),
            }
        }
        run
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
    let walk = || Walk::new(schedule, timeline, timeline.started_at, end);
    let (first, changes) = timeline.targets.split_first()?;
    let Some(last) = changes.iter().rposition(|target| target.from <= until) else {
        return walk().reach(first.working_time);
    };
    let changes = &changes[..=last];
    let reached = walk().reach(changes[last].working_time)?;
    if reached > changes[last].from {
        return Some(reached);
    }
    // Used up before it held: late from the change on, or still, when it was late before under the targets of then. A
    // milder target moves the deadline of a clock that is late under it too to where that target ran out.
    late_after(walk(), first, changes).map(|since| reached.max(since))
}

/// Since when the clock is late just after the last of the changes: at the earliest since the change that made it late, or
/// since a target before it ran out, when it has been late ever since.
fn late_after(mut walk: Walk<'_>, first: &Target, changes: &[Target]) -> Option<Instant> {
    let mut used = Millis::ZERO;
    let mut target = first.working_time;
    let mut late = (target <= Millis::ZERO).then_some(walk.at());
    for change in changes {
        let from = change.from.max(walk.at());
        while walk.at() < from {
            let (step, at, to) = walk.step_until(from);
            if step == Step::Counted {
                let counted = to.since(at);
                if late.is_none() && used + counted >= target {
                    late = Some(at + (target - used));
                }
                used = used + counted;
            }
        }
        target = change.working_time;
        late = (used >= target).then_some(late.unwrap_or(from));
    }
    late
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
