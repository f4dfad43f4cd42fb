//! A clock whose target moved to another calendar is measured on the old one until then and on the new one from then on:
//! the time already used stays what it was. The engine need not know: it gets one schedule, spliced.

use domain::sla::{Schedule, Timeline, Window, due_if_resumed};
use domain::time::{Instant, Millis};

use crate::calendar::Calendar;

/// Rounds of looking further ahead, each as far again as all before: 120 days doubled sixteen times is beyond the
/// calendars' last year.
const ROUNDS: u32 = 16;

/// A schedule that knows the life of `timeline` up to its due time, also the one "if you reply now". Each part holds from its
/// instant until the next one's; the first for all time before, too.
pub(super) fn covering(
    parts: &[(Instant, &Calendar)],
    timeline: &Timeline,
    now: Instant,
    at_least: Instant,
) -> Schedule {
    let from = timeline.started_at.min(now) - Millis::DAY;
    let last = parts.last().map_or(now, |(at, _)| *at);
    let ends = timeline.pauses.iter().filter_map(|pause| pause.to).chain([timeline.started_at, now, last, at_least]);
    let mut until = ends.max().unwrap_or(now) + Millis::DAY;
    let mut step = Millis::hours(120 * 24);
    for _ in 0..ROUNDS {
        let schedule = spliced(parts, from, until);
        let due_at = due_if_resumed(&schedule, timeline, now.max(timeline.started_at));
        if due_at.is_some() || schedule.ends || timeline.targets.is_empty() {
            return schedule;
        }
        until = until + step;
        step = step + step;
    }
    spliced(parts, from, until)
}

fn spliced(parts: &[(Instant, &Calendar)], from: Instant, until: Instant) -> Schedule {
    let mut whole = Schedule::default();
    for (index, (at, calendar)) in parts.iter().enumerate() {
        let schedule = calendar.schedule(from, until).trimmed(from, until);
        let begins = if index == 0 { Instant::MIN } else { *at };
        let stops = parts.get(index + 1).map_or(Instant::MAX, |(next, _)| *next);
        for window in &schedule.windows {
            let window = Window { from: window.from.max(begins), to: window.to.min(stops) };
            if window.from < window.to {
                add(&mut whole.windows, window);
            }
        }
        for day in &schedule.closed_days {
            // A day belongs to the calendar that holds when it begins; its first part when the zones differ.
            let start = schedule.zone.day_start(day.day_number);
            let known = whole.closed_days.last().is_some_and(|last| last.day_number >= day.day_number);
            if begins <= start && start < stops && !known {
                whole.closed_days.push(day.clone());
            }
        }
        for day in &schedule.named_days {
            let start = schedule.zone.day_start(day.day_number);
            let known = whole.named_days.last().is_some_and(|last| last.day_number >= day.day_number);
            if begins <= start && start < stops && !known {
                whole.named_days.push(day.clone());
            }
        }
        whole.known_from = if index == 0 { schedule.known_from } else { whole.known_from.max(schedule.known_from) };
        whole.known_until = if index == 0 { schedule.known_until } else { whole.known_until.min(schedule.known_until) };
        // What is said about the ordinary week, and whether it ever ends, is said of the calendar of now.
        whole.week = schedule.week;
        whole.ends = schedule.ends;
        whole.zone = schedule.zone;
    }
    whole
}

/// Windows that touch are one.
fn add(windows: &mut Vec<Window>, window: Window) {
    match windows.last_mut() {
        Some(last) if window.from <= last.to => last.to = last.to.max(window.to),
        _ => windows.push(window),
    }
}

#[cfg(test)]
mod tests {
    use domain::sla::{ClockKind, Target, consumed, due};

    use super::*;
    use crate::calendar::CalendarSpec;

    /// Monday 20 April 2026, 17:00 in Amsterdam.
    const MONDAY_FIVE: Instant = Instant(1_776_697_200_000);

    fn calendar(hours: &str) -> Calendar {
        let mut spec = CalendarSpec::shipped_support();
        spec.hours = hours.to_owned();
        spec.parse().expect("good hours")
    }

    #[test]
    fn time_used_before_the_calendar_changed_stays_what_it_was() {
        let (support, always) = (calendar("Mo-Fr 09:00-18:00; PH off"), calendar("24/7"));
        // A night later it is measured around the clock: one hour was used by then, not seventeen.
        let tuesday_ten = MONDAY_FIVE + Millis::hours(17);
        let timeline = Timeline {
            kind: ClockKind::Resolution,
            started_at: MONDAY_FIVE,
            targets: vec![
                Target { from: MONDAY_FIVE, working_time: Millis::hours(72) },
                Target { from: tuesday_ten, working_time: Millis::hours(12) },
            ],
            pauses: Vec::new(),
            stopped_at: None,
        };
        let parts = [(MONDAY_FIVE, &support), (tuesday_ten, &always)];
        let schedule = covering(&parts, &timeline, tuesday_ten, tuesday_ten);
        // Monday 17–18 and Tuesday 9–10.
        assert_eq!(consumed(&schedule, &timeline, tuesday_ten), Millis::hours(2));
        assert_eq!(due(&schedule, &timeline, tuesday_ten), Some(tuesday_ten + Millis::hours(10)));
        assert!(schedule.windows.is_sorted_by(|a, b| a.to < b.from));
    }

    #[test]
    fn a_deadline_far_beyond_either_calendars_own_is_found() {
        let (always, rare) = (calendar("24/7"), calendar("Jan 02 09:00-10:00"));
        let timeline = Timeline {
            kind: ClockKind::Resolution,
            started_at: MONDAY_FIVE,
            targets: vec![Target { from: MONDAY_FIVE, working_time: Millis::hours(20) }],
            pauses: Vec::new(),
            stopped_at: None,
        };
        let parts = [(MONDAY_FIVE, &always), (MONDAY_FIVE + Millis::hours(10), &rare)];
        let schedule = covering(&parts, &timeline, MONDAY_FIVE, MONDAY_FIVE);
        // Ten hours are left, one a year, from 2027 on: 2 January 2036 at ten.
        assert_eq!(due(&schedule, &timeline, MONDAY_FIVE), Some(Instant(2_082_877_200_000)));
    }
}
