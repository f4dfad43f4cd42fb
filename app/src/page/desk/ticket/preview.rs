//! What a change would do to the deadline, before it is made. Computed with the engine itself, live.

use domain::sla::{self, ClockState, Pause, PauseReason};
use domain::ticket::Status;

use super::work::Work;
use crate::format;
use crate::words::common;
use crate::words::desk as words;

/// "The resolution clock pauses with 2 h 14 min left. If they replied right away it would be due Tue 28 Apr 10:30."
pub(super) fn when_returned(work: Work) -> String {
    let locale = work.locale();
    let now = work.minute();
    work.tracked(|ticket| {
        let schedule = &ticket.policy.schedule;
        let reading = sla::read(schedule, &ticket.clocks.resolution, now);
        match reading.state {
            ClockState::Running { due_at, .. } | ClockState::OutsideHours { due_at, .. } => words::will_pause(
                locale,
                &format::duration(locale, reading.remaining),
                &format::deadline(locale, &schedule.zone, due_at, now),
            ),
            ClockState::Breached { .. } => words::will_pause_late(locale).to_owned(),
            _ => String::new(),
        }
    })
}

/// "The clocks stop, with 2 h 14 min to spare."
pub(super) fn when_resolved(work: Work) -> String {
    let locale = work.locale();
    let now = work.minute();
    work.tracked(|ticket| {
        let reading = sla::read(&ticket.policy.schedule, &ticket.clocks.resolution, now);
        let span = format::duration(locale, reading.remaining);
        match reading.state {
            ClockState::Breached { .. } => words::will_stop_late(locale, &span),
            ClockState::NoDeadline => String::new(),
            _ => words::will_stop(locale, &span),
        }
    })
}

/// An answer to a new ticket accepts it, which stops the review clock; otherwise no clock changes.
pub(super) fn when_answered(work: Work) -> String {
    let locale = work.locale();
    work.tracked(|ticket| match ticket.status {
        Status::New => words::answer_accepts(locale),
        Status::Waiting => words::answer_keeps_waiting(locale),
        Status::Resolved => words::answer_keeps_resolved(locale),
        _ => "",
    })
    .to_owned()
}

/// "The resolution clock runs on: due Tue 28 Apr 12:48." after taking back or reopening.
pub(super) fn when_resumed(work: Work) -> String {
    let locale = work.locale();
    let now = work.minute();
    work.tracked(|ticket| {
        let schedule = &ticket.policy.schedule;
        let mut timeline = ticket.clocks.resolution.clone();
        if let Some(stopped_at) = timeline.stopped_at.take() {
            let pause = Pause { from: stopped_at, to: Some(now), reason: PauseReason::Resolved, event_id: None };
            timeline.pauses.push(pause);
        }
        match sla::due_if_resumed(schedule, &timeline, now) {
            Some(due_at) if due_at <= now => words::runs_on_late(locale).to_owned(),
            Some(due_at) => words::runs_on(locale, &format::deadline(locale, &schedule.zone, due_at, now)),
            None => common::no_deadline(locale).to_owned(),
        }
    })
}

/// What of the target is used: it stays counted under every priority.
pub(super) fn used(work: Work) -> String {
    let locale = work.locale();
    let now = work.minute();
    work.tracked(|ticket| {
        let used = sla::consumed(&ticket.policy.schedule, &ticket.clocks.resolution, now);
        words::used_stays(locale, &format::duration(locale, used))
    })
}
