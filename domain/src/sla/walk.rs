//! The one walk along the axis of time that every answer is made of: from an instant on, piece by piece, each piece
//! wholly counted, closed or paused. It allocates nothing, and takes as many steps as there are windows and pauses.

use super::{Pause, PauseReason, Schedule, Timeline, Window};
use crate::time::{Instant, Millis};

/// What a piece of time is to a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Counted,
    Closed,
    Paused(PauseReason),
}

pub(super) struct Walk<'a> {
    windows: &'a [Window],
    pauses: &'a [Pause],
    /// The pauses are in order of `from`, so that those behind us need not be looked at again.
    in_order: bool,
    /// Where pauses without an end are taken to end.
    open_pauses_end: Instant,
    at: Instant,
}

impl<'a> Walk<'a> {
    /// Begins at `from`; pauses that are still open end at `open_pauses_end`.
    pub(super) fn new(schedule: &'a Schedule, timeline: &'a Timeline, from: Instant, open_pauses_end: Instant) -> Self {
        let windows = schedule.windows.get(schedule.index_after(from)..).unwrap_or_default();
        let in_order = timeline.pauses.is_sorted_by_key(|pause| pause.from);
        Self { windows, pauses: &timeline.pauses, in_order, open_pauses_end, at: from }
    }

    fn end_of(&self, pause: &Pause) -> Instant {
        pause.to.unwrap_or(self.open_pauses_end)
    }

    /// The pause to meet first: in force at `self.at`, or the next one.
    fn next_pause(&mut self) -> Option<(Instant, Instant, PauseReason)> {
        let at = self.at;
        if self.in_order {
            while let Some((first, rest)) = self.pauses.split_first() {
                let to = self.end_of(first);
                if to > at && to > first.from {
                    return Some((first.from, to, first.reason));
                }
                self.pauses = rest;
            }
            return None;
        }
        let pauses = self.pauses.iter().map(|pause| (pause.from, self.end_of(pause), pause.reason));
        pauses.filter(|(from, to, _)| *to > at && to > from).min_by_key(|(from, ..)| *from)
    }

    /// The piece that begins where the last one ended; its end is [`Instant::MAX`] when nothing more is known.
    pub(super) fn step(&mut self) -> (Step, Instant, Instant) {
        let at = self.at;
        let (step, to) = match self.next_pause() {
            Some((from, to, reason)) if from <= at => (Step::Paused(reason), to),
            pause => {
                let limit = pause.map_or(Instant::MAX, |(from, ..)| from);
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
