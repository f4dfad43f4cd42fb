//! Instants in the past, told in support time: "two days and five hours of work ago".

use domain::sla::Schedule;
use domain::time::{Instant, Millis};
use domain::zone::Zone;

/// The calendar seen backwards from now.
pub(super) struct Past<'a> {
    schedule: &'a Schedule,
    pub(super) now: Instant,
}

impl<'a> Past<'a> {
    pub(super) const fn new(schedule: &'a Schedule, now: Instant) -> Self {
        Self { schedule, now }
    }

    pub(super) const fn zone(&self) -> &'a Zone {
        &self.schedule.zone
    }

    /// The instant from which `working` time has passed until now. Always an instant at which the desk was open; the
    /// beginning of what the schedule knows when it does not reach back far enough.
    pub(super) fn ago(&self, working: Millis) -> Instant {
        let mut left = working;
        for window in self.schedule.windows.iter().rev() {
            let to = window.to.min(self.now);
            let open = to.since(window.from);
            if open.0 <= 0 {
                continue;
            }
            if left < open {
                return to - left;
            }
            left = left - open;
        }
        self.schedule.known_from
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::CalendarSpec;

    #[test]
    fn support_time_ago_is_support_time_ago_on_a_working_day_and_on_a_sunday() {
        let calendar = CalendarSpec::shipped_support().parse().expect("the shipped calendar is good");
        // Friday 2026-04-24 17:16 and Sunday 2026-04-26 03:00, Amsterdam.
        for now in [Instant(1_777_043_760_000), Instant(1_777_165_200_000)] {
            let schedule = calendar.expand(now - Millis::hours(45 * 24), now);
            let past = Past::new(&schedule, now);
            for minutes in [0, 1, 26, 276, 540, 541, 5_000, 11_000] {
                let at = past.ago(Millis::minutes(minutes));
                assert_eq!(
                    schedule.working_time(at, now),
                    Millis::minutes(minutes),
                    "{minutes} minutes before {now:?}"
                );
            }
        }
    }
}
