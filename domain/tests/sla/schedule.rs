//! Questions to a schedule, and its zone.

use domain::sla::{ClosedReason, Holiday, due};
use domain::time::{Instant, Millis};

use super::support::{HOUR, amsterdam, at, clock, day, desk, show, shown};

#[test]
fn a_window_is_open_from_its_first_instant_and_closed_from_its_last() {
    let desk = desk();
    let cases = [
        // (at, open, next opening, closing after)
        ("04-22 08:59:59", false, "Wed 04-22 09:00", "Wed 04-22 18:00"),
        ("04-22 09:00", true, "Wed 04-22 09:00", "Wed 04-22 18:00"),
        ("04-22 17:59:59", true, "Wed 04-22 17:59:59", "Wed 04-22 18:00"),
        ("04-22 18:00", false, "Thu 04-23 09:00", "Thu 04-23 18:00"),
        ("04-25 12:00", false, "Tue 04-28 09:00", "Tue 04-28 18:00"),
    ];
    for (when, open, opening, closing) in cases {
        assert_eq!(desk.is_open(at(when)), open, "{when}");
        assert_eq!(shown(desk.next_opening(at(when))), opening, "{when}");
        assert_eq!(shown(desk.closing_after(at(when))), closing, "{when}");
    }
    assert_eq!(desk.next_opening(at("2027-12-31 18:00")), None);
}

#[test]
fn working_time_is_the_measure_of_open_hours() {
    let desk = desk();
    let cases = [
        ("04-22 09:00", "04-22 18:00", 9 * HOUR),
        ("04-22 00:00", "04-23 00:00", 9 * HOUR),
        ("04-24 17:30", "04-28 09:30", HOUR),
        ("04-25 00:00", "04-27 23:00", 0),
        ("04-22 12:00", "04-22 12:00", 0),
        ("04-22 12:00", "04-22 11:00", 0),
        ("04-20 00:00", "04-27 00:00", 45 * HOUR),
    ];
    for (from, to, minutes) in cases {
        assert_eq!(desk.working_time(at(from), at(to)), Millis::minutes(minutes), "{from} to {to}");
    }
}

#[test]
fn closed_time_has_a_reason() {
    let desk = desk();
    let cases = [
        ("04-22 20:00", ClosedReason::Night),
        ("04-25 12:00", ClosedReason::Weekend),
        ("04-26 23:59:59", ClosedReason::Weekend),
        ("04-27 00:00", ClosedReason::Holiday(Holiday::KingsDay)),
        ("04-28 00:00", ClosedReason::Night),
        ("12-24 12:00", ClosedReason::Extra("Office move".into())),
    ];
    for (when, reason) in cases {
        assert_eq!(desk.closed_reason(at(when)), reason, "{when}");
    }
}

#[test]
fn a_trimmed_schedule_answers_the_same_within_its_span() {
    let whole = desk();
    let trimmed = whole.trimmed(at("04-22 12:00"), at("05-08 12:00"));
    assert_eq!(show(trimmed.known_from), "Wed 04-22 00:00");
    assert_eq!(show(trimmed.known_until), "Sat 05-09 00:00");
    assert!(trimmed.windows.len() < 15, "{}", trimmed.windows.len());
    let clock = clock("04-24 15:30", 24 * HOUR);
    assert_eq!(due(&trimmed, &clock, at("04-24 15:30")), due(&whole, &clock, at("04-24 15:30")));
    assert_eq!(trimmed.closed_reason(at("04-27 12:00")), whole.closed_reason(at("04-27 12:00")));
    // Messages from before are still shown right: the zone reaches further back than the windows.
    assert_eq!(trimmed.zone.civil(at("02-01 12:00")).hour, 12);
    assert!(!trimmed.ends);
}

#[test]
fn a_calendar_that_has_ended_has_ended_when_trimmed_too() {
    let mut ended = desk();
    ended.ends = true;
    ended.windows.retain(|window| window.to < at("04-24 00:00"));
    assert!(ended.trimmed(at("04-22 12:00"), at("05-08 12:00")).ends);
    assert!(!ended.trimmed(at("04-20 12:00"), at("04-21 12:00")).ends, "it still opens on the 22nd");
}

#[test]
fn every_minute_around_the_change_of_the_clocks_has_its_place() {
    let zone = amsterdam();
    for (year, month, date) in [(2026, 3, 29), (2026, 10, 25), (2027, 3, 28), (2027, 10, 31)] {
        let day_number = day(year, month, date);
        let (starts, ends) = (zone.day_start(day_number), zone.day_start(day_number + 1));
        let hours = if month == 3 { 23 } else { 25 };
        assert_eq!(ends.since(starts), Millis::hours(hours), "{year}-{month}-{date}");
        let mut at = starts;
        while at < ends {
            let civil = zone.civil(at);
            assert_eq!((civil.day_number, i64::from(civil.day)), (day_number, date));
            let local = day_number * Millis::DAY.0 + (i64::from(civil.hour) * 60 + i64::from(civil.minute)) * 60_000;
            let (first, last) = zone.instants_of(local);
            assert!(at == first || at == last, "{} is neither {} nor {}", show(at), show(first), show(last));
            assert_eq!(last.since(first), if month == 10 && civil.hour == 2 { Millis::HOUR } else { Millis::ZERO });
            at = at + Millis::MINUTE;
        }
        if month == 3 {
            // What is skipped moves to the first instant that exists.
            for minute in 0..60 {
                let skipped = day_number * Millis::DAY.0 + (120 + minute) * 60_000;
                let (first, last) = zone.instants_of(skipped);
                assert_eq!((first, last), (starts + Millis::hours(2), starts + Millis::hours(2)));
                assert_eq!(zone.civil(first).hour, 3);
            }
        }
    }
}

#[test]
fn without_offsets_a_zone_is_utc() {
    let utc = domain::zone::Zone::default();
    assert_eq!(utc.instants_of(5), (Instant(5), Instant(5)));
    assert_eq!(utc.civil(Instant(-1)).year, 1969);
}
