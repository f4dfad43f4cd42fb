//! The one walk along the axis of time that every answer is made of: from an instant on, piece by piece, each piece
//! wholly counted, closed or paused. It takes at most as many steps as there are windows and pauses, and allocates nothing
//! when the pauses are in order, as those of a ticket's events always are.

use std::borrow::Cow;

use super::{Pause, PauseReason, Schedule, Timeline, Window};
use crate::time::{Instant, Millis};

/// What a piece of time is to a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Counted,
    Closed,
    /// Why, and by which event.
    Paused(PauseReason, Option<i64>),
}

/// The pauses in order of their beginning: as they are when they are in order, else a sorted copy, so that nothing here
/// takes quadratic time however many there are.
pub(super) fn in_order(pauses: &[Pause]) -> Cow<'_, [Pause]> {
    if pauses.is_sorted_by_key(|pause| pause.from) {
        return Cow::Borrowed(pauses);
    }
    let mut sorted = pauses.to_vec();
    sorted.sort_by_key(|pause| pause.from);
    Cow::Owned(sorted)
}

pub(super) struct Walk<'a> {
    windows: &'a [Window],
    /// In order of `from`; those before `next_pause` lie behind us.
    pauses: Cow<'a, [Pause]>,
    next_pause: usize,
    /// Where pauses without an end are taken to end.
    open_pauses_end: Instant,
    at: Instant,
}

impl<'a> Walk<'a> {
    /// Begins at `from`; pauses that are still open end at `open_pauses_end`.
    pub(super) fn new(schedule: &'a Schedule, timeline: &'a Timeline, from: Instant, open_pauses_end: Instant) -> Self {
        let windows = schedule.windows.get(schedule.index_after(from)..).unwrap_or_default();
        Self { windows, pauses: in_order(&timeline.pauses), next_pause: 0, open_pauses_end, at: from }
    }

    /// Where the walk has come to.
    pub(super) const fn at(&self) -> Instant {
        self.at
    }

    /// The pause to meet first: in force at `self.at`, or the next one; with its end.
    fn next_pause(&mut self) -> Option<(Pause, Instant)> {
        while let Some(pause) = self.pauses.get(self.next_pause) {
            let to = pause.to.unwrap_or(self.open_pauses_end);
            if to > self.at && to > pause.from {
                return Some((*pause, to));
            }
            self.next_pause += 1;
        }
        None
    }

    /// The piece that begins where the last one ended; its end is [`Instant::MAX`] when nothing more is known.
    pub(super) fn step(&mut self) -> (Step, Instant, Instant) {
        self.step_until(Instant::MAX)
    }

    /// The same, with a piece cut off at `until`, which lies after where the walk has come to.
    pub(super) fn step_until(&mut self, until: Instant) -> (Step, Instant, Instant) {
        let at = self.at;
        let (step, to) = match self.next_pause() {
            Some((pause, to)) if pause.from <= at => (Step::Paused(pause.reason, pause.event_id), to),
            pause => {
                let limit = pause.map_or(Instant::MAX, |(pause, _)| pause.from);
                while self.windows.first().is_some_and(|window| window.to <= at) {
                    self.windows = &self.windows[1..];
                }
                match self.windows.first() {
                    Some(window) if window.from <= at => (Step::Counted, window.to.min(limit)),
                    Some(window) => (Step::Closed, window.from.min(limit)),
                    None => (Step::Closed, limit),
                }
            }
        };
        let to = to.min(until);
        self.at = to;
        (step, at, to)
    }

    /// The working time that counts until `until`.
    pub(super) fn counted_until(mut self, until: Instant) -> Millis {
        let mut sum = Millis::ZERO;
        while self.at < until {
            let (step, from, to) = self.step();
            if step == Step::Counted {
                sum = sum + to.min(until).since(from);
            }
        }
        sum
    }

    /// The earliest instant at which `target` has been counted; `None` when that is never, as far as is known.
    pub(super) fn reach(mut self, target: Millis) -> Option<Instant> {
        let mut left = target;
        while left > Millis::ZERO {
            if self.at == Instant::MAX {
                return None;
            }
            let (step, from, to) = self.step();
            if step == Step::Counted {
                let counted = to.since(from);
                if counted >= left {
                    return Some(from + left);
                }
                left = left - counted;
            }
        }
        Some(self.at)
    }

    /// The first counted instant; `None` when there is none, as far as is known.
    pub(super) fn next_counted(mut self) -> Option<Instant> {
        while self.at < Instant::MAX {
            if let (Step::Counted, from, _) = self.step() {
                return Some(from);
            }
        }
        None
    }
}
