//! A desk to test with: weekdays 9:00–18:00, closed on Easter Monday, King's Day and the day before Christmas.

use std::hash::{BuildHasher, Hasher, RandomState};

use domain::sla::{
    ClockKind, ClosedDay, ClosedReason, Holiday, Pause, PauseReason, Schedule, Target, Timeline, WeekSpan, Window,
};
use domain::time::{Instant, Millis};
use domain::zone::Zone;
use proptest::test_runner::{Config as ProptestConfig, RngSeed};

/// Amsterdam in 2026 and 2027.
pub(crate) fn amsterdam() -> Zone {
    let utc = |days: i64| Instant(days * Millis::DAY.0 + Millis::HOUR.0);
    Zone {
        name: "Europe/Amsterdam".into(),
        offsets: vec![
            (Instant(0), 3_600),
            // The last Sundays of March and October, at 01:00 UTC.
            (utc(day(2026, 3, 29)), 7_200),
            (utc(day(2026, 10, 25)), 3_600),
            (utc(day(2027, 3, 28)), 7_200),
            (utc(day(2027, 10, 31)), 3_600),
        ],
    }
}

/// Days since 1970-01-01 of a date of these years.
pub(crate) fn day(year: i64, month: usize, day: i64) -> i64 {
    const BEFORE: [i64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    (year - 1970) * 365 + (year - 1969) / 4 + BEFORE[month - 1] + day - 1
}

/// Reads "2026-04-24 15:30" or "04-24 15:30", with seconds if need be, as the first such instant in Amsterdam.
pub(crate) fn at(text: &str) -> Instant {
    let numbers: Vec<i64> = text.split(['-', ' ', ':']).map(|part| part.parse().expect("a number")).collect();
    let date_and_time = if text.as_bytes()[4] == b'-' { numbers } else { [vec![2026], numbers].concat() };
    let [year, month, date, hour, minute, second @ ..] = date_and_time.as_slice() else { panic!("{text}") };
    let seconds = hour * 3_600 + minute * 60 + second.first().unwrap_or(&0);
    amsterdam().instants_of(day(*year, *month as usize, *date) * Millis::DAY.0 + seconds * 1_000).0
}

/// "Tue 04-28 10:30", with seconds only where there are any.
pub(crate) fn show(at: Instant) -> String {
    let civil = amsterdam().civil(at);
    let weekday = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][usize::from(civil.weekday)];
    let seconds = if civil.second == 0 { String::new() } else { format!(":{:02}", civil.second) };
    format!("{weekday} {:02}-{:02} {:02}:{:02}{seconds}", civil.month, civil.day, civil.hour, civil.minute)
}

pub(crate) fn shown(at: Option<Instant>) -> String {
    at.map_or("never".into(), show)
}

/// Weekdays from `from` to `to` o'clock, without the holidays, from 1 January 2026 to the end of 2027.
pub(crate) fn desk_open(from: i64, to: i64) -> Schedule {
    let zone = amsterdam();
    let (first, last) = (day(2026, 1, 1), day(2027, 12, 31));
    let holidays = [
        (day(2026, 4, 6), ClosedReason::Holiday(Holiday::EasterMonday)),
        (day(2026, 4, 27), ClosedReason::Holiday(Holiday::KingsDay)),
        (day(2026, 12, 24), ClosedReason::Extra("Office move".into())),
    ];
    let mut schedule = Schedule {
        week: vec![WeekSpan { first_weekday: 0, last_weekday: 4, from_minute: 540, to_minute: 1_080 }],
        known_from: zone.day_start(first),
        known_until: zone.day_start(last + 1),
        ..Schedule::default()
    };
    for day_number in first..=last {
        let weekend = zone.civil(zone.day_start(day_number)).weekday >= 5;
        let holiday = holidays.iter().find(|(day, _)| *day == day_number).map(|(_, reason)| reason.clone());
        match holiday.or(weekend.then_some(ClosedReason::Weekend)) {
            Some(reason) => schedule.closed_days.push(ClosedDay { day_number, reason }),
            None => {
                let hour = |hour: i64| zone.instants_of(day_number * Millis::DAY.0 + hour * Millis::HOUR.0).0;
                schedule.windows.push(Window { from: hour(from), to: hour(to) });
            }
        }
    }
    schedule.zone = zone;
    schedule
}

pub(crate) fn desk() -> Schedule {
    desk_open(9, 18)
}

/// Open all the time from `from` to `to`.
pub(crate) fn always(from: Instant, to: Instant) -> Schedule {
    let windows = vec![Window { from, to }];
    Schedule { zone: amsterdam(), windows, known_from: from, known_until: to, ..Schedule::default() }
}

/// A clock of `minutes` from `start` on.
pub(crate) fn clock(start: &str, minutes: i64) -> Timeline {
    let started_at = at(start);
    Timeline {
        kind: ClockKind::Resolution,
        started_at,
        targets: vec![Target { from: started_at, working_time: Millis::minutes(minutes) }],
        pauses: Vec::new(),
        stopped_at: None,
    }
}

/// Builds on a clock, so that a test reads as the story of a ticket.
pub(crate) trait Story {
    fn paused(self, from: &str, to: &str) -> Self;
    fn waiting_since(self, from: &str) -> Self;
    fn stopped(self, at: &str) -> Self;
    fn changed(self, at: &str, minutes: i64) -> Self;
}

impl Story for Timeline {
    fn paused(mut self, from: &str, to: &str) -> Self {
        self.pauses.push(waiting(at(from), Some(at(to))));
        self
    }

    fn waiting_since(mut self, from: &str) -> Self {
        self.pauses.push(waiting(at(from), None));
        self
    }

    fn stopped(mut self, when: &str) -> Self {
        self.stopped_at = Some(at(when));
        self
    }

    fn changed(mut self, when: &str, minutes: i64) -> Self {
        self.targets.push(Target { from: at(when), working_time: Millis::minutes(minutes) });
        self
    }
}

pub(crate) const HOUR: i64 = 60;

pub(crate) fn waiting(from: Instant, to: Option<Instant>) -> Pause {
    Pause { from, to, reason: PauseReason::WaitingForCustomer, event_id: None }
}

/// So many random cases; their seed is printed when one fails, and `LOKET_SEED` runs the same ones again.
pub(crate) fn seeded(cases: u32) -> ProptestConfig {
    let given = std::env::var("LOKET_SEED").ok().and_then(|seed| seed.parse().ok());
    // The hasher's keys are the randomness of the standard library.
    let seed = given.unwrap_or_else(|| RandomState::new().build_hasher().finish());
    println!("LOKET_SEED={seed}");
    ProptestConfig { cases, failure_persistence: None, rng_seed: RngSeed::Fixed(seed), ..ProptestConfig::default() }
}
