//! Questions to a schedule: how much working time, open or not, when next, why closed. No pauses and no targets here.

use super::{ClosedDay, ClosedReason, Schedule, Window};
use crate::time::{Instant, Millis};

/// How far before the windows the zone's offsets reach: messages shown beside a clock are older than it.
pub const ZONE_BEFORE: Millis = Millis::hours(3 * 366 * 24);
/// How far after them.
pub const ZONE_AFTER: Millis = Millis::hours(366 * 24);

impl Schedule {
    /// The first window that ends after `at`, as an index; the number of windows when there is none.
    pub(crate) fn index_after(&self, at: Instant) -> usize {
        self.windows.partition_point(|window| window.to <= at)
    }

    /// The working time in `[a, b)`. Zero when `b` does not lie after `a`.
    pub fn working_time(&self, a: Instant, b: Instant) -> Millis {
        // An inverted span within one window would otherwise measure less than nothing.
        let b = b.max(a);
        let windows = self.windows.iter().skip(self.index_after(a));
        windows
            .take_while(|window| window.from < b)
            .fold(Millis::ZERO, |sum, window| sum + window.to.min(b).since(window.from.max(a)))
    }

    /// The window that is open at `at`.
    pub fn window_at(&self, at: Instant) -> Option<Window> {
        self.windows.get(self.index_after(at)).copied().filter(|window| window.from <= at)
    }

    pub fn is_open(&self, at: Instant) -> bool {
        self.window_at(at).is_some()
    }

    /// The first instant at or after `at` that is open; `at` itself when it is. `None` when no further opening is known.
    pub fn next_opening(&self, at: Instant) -> Option<Instant> {
        self.windows.get(self.index_after(at)).map(|window| window.from.max(at))
    }

    /// The first closing after `at`: of the window that is open then, else of the next one.
    pub fn closing_after(&self, at: Instant) -> Option<Instant> {
        self.windows.get(self.index_after(at)).map(|window| window.to)
    }

    /// Whether `at` lies in the span this schedule speaks about.
    pub fn knows(&self, at: Instant) -> bool {
        self.known_from <= at && at < self.known_until
    }

    /// Why the calendar is closed at `at`: that of the whole local day, else [`ClosedReason::Night`]. Without meaning
    /// while it is open.
    pub fn closed_reason(&self, at: Instant) -> ClosedReason {
        self.closed_day(self.zone.civil(at).day_number).map_or(ClosedReason::Night, |day| day.reason.clone())
    }

    /// The entry of a local day without any opening; `None` for a day that has some.
    pub fn closed_day(&self, day_number: i64) -> Option<&ClosedDay> {
        let index = self.closed_days.binary_search_by_key(&day_number, |day| day.day_number).ok()?;
        self.closed_days.get(index)
    }

    /// What people call a day that is open at hours of its own.
    pub fn day_name(&self, day_number: i64) -> Option<&str> {
        let index = self.named_days.binary_search_by_key(&day_number, |day| day.day_number).ok()?;
        self.named_days.get(index).map(|day| day.name.as_str())
    }

    /// The same schedule with only what concerns `[from, until)`, in whole local days: for shipping less. The zone keeps
    /// [`ZONE_BEFORE`] and [`ZONE_AFTER`] more, so that older messages are shown right too.
    pub fn trimmed(&self, from: Instant, until: Instant) -> Self {
        let first_day = self.zone.civil(from).day_number;
        let last_day = self.zone.civil(until).day_number;
        let from = self.zone.day_start(first_day).max(self.known_from);
        let until = self.zone.day_start(last_day + 1).min(self.known_until).max(from);
        let windows = self.windows.iter().skip(self.index_after(from)).take_while(|window| window.from < until);
        let windows: Vec<Window> =
            windows.map(|window| Window { from: window.from.max(from), to: window.to.min(until) }).collect();
        let first_closed = self.closed_days.partition_point(|day| day.day_number < first_day);
        let closed_days = self.closed_days.iter().skip(first_closed).take_while(|day| day.day_number <= last_day);
        let named_days = self.named_days.iter().filter(|day| (first_day..=last_day).contains(&day.day_number));
        // The last window may have been left out or cut, so the calendar only "ends" here when it already had ended.
        let ends = self.ends && self.windows.last().is_none_or(|window| window.to <= until);
        Self {
            zone: self.zone.trimmed(from - ZONE_BEFORE, until + ZONE_AFTER),
            windows,
            closed_days: closed_days.cloned().collect(),
            named_days: named_days.cloned().collect(),
            week: self.week.clone(),
            known_from: from,
            known_until: until,
            ends,
        }
    }
}
