//! What a clock shows.

use domain::sla::{ClockState, PauseReason, Reading, Schedule, Target, Timeline, read};
use domain::time::Millis;

use super::support::{HOUR, Story, at, clock, desk, show};

/// The state in words.
fn state(reading: &Reading) -> String {
    let risk = |at_risk| if at_risk { ", at risk" } else { "" };
    match reading.state {
        ClockState::Running { due_at, at_risk } => format!("running, due {}{}", show(due_at), risk(at_risk)),
        ClockState::OutsideHours { due_at, resumes_at, at_risk } => {
            format!("counts again {}, due {}{}", show(resumes_at), show(due_at), risk(at_risk))
        }
        ClockState::Paused { since, reason } => format!("paused since {} ({reason:?})", show(since)),
        ClockState::Met { at, due_at } => format!("met {}, was due {}", show(at), super::support::shown(due_at)),
        ClockState::Breached { since, stopped_at: None } => format!("late since {}", show(since)),
        ClockState::Breached { since, stopped_at: Some(at) } => {
            format!("late since {}, done {}", show(since), show(at))
        }
        ClockState::NoDeadline => "no deadline".into(),
    }
}

fn check(clock: &Timeline, cases: &[(&str, i64, &str)]) {
    for (now, used_minutes, expected) in cases {
        let reading = read(&desk(), clock, at(now));
        assert_eq!(state(&reading), *expected, "at {now}");
        assert_eq!(reading.consumed, Millis::minutes(*used_minutes), "used at {now}");
        assert_eq!(reading.remaining, reading.target - reading.consumed, "left at {now}");
    }
}

#[test]
fn a_clock_runs_rests_and_gets_late() {
    check(
        &clock("04-24 15:30", 4 * HOUR),
        &[
            ("04-24 15:30", 0, "running, due Tue 04-28 10:30"),
            ("04-24 17:16", 106, "running, due Tue 04-28 10:30"),
            ("04-24 18:00", 150, "counts again Tue 04-28 09:00, due Tue 04-28 10:30"),
            ("04-26 12:00", 150, "counts again Tue 04-28 09:00, due Tue 04-28 10:30"),
            ("04-28 09:00", 150, "running, due Tue 04-28 10:30"),
            ("04-28 09:30", 180, "running, due Tue 04-28 10:30"),
            ("04-28 09:31", 181, "running, due Tue 04-28 10:30, at risk"),
            ("04-28 10:29", 239, "running, due Tue 04-28 10:30, at risk"),
            ("04-28 10:30", 240, "late since Tue 04-28 10:30"),
            ("04-28 13:06", 396, "late since Tue 04-28 10:30"),
        ],
    );
}

#[test]
fn a_friday_before_kings_day_counts_thirty_minutes_and_goes_on_on_tuesday() {
    check(
        &clock("04-24 17:00", 4 * HOUR),
        &[
            ("04-24 17:30", 30, "running, due Tue 04-28 12:00"),
            ("04-24 18:00", 60, "counts again Tue 04-28 09:00, due Tue 04-28 12:00"),
        ],
    );
}

#[test]
fn a_large_target_is_at_risk_only_in_its_last_two_hours() {
    check(
        &clock("04-22 09:00", 18 * HOUR),
        &[
            ("04-23 15:59", 959, "running, due Thu 04-23 18:00"),
            ("04-23 16:00", 960, "running, due Thu 04-23 18:00"),
            ("04-23 16:01", 961, "running, due Thu 04-23 18:00, at risk"),
        ],
    );
    // A clock at rest can be at risk too.
    check(
        &clock("04-22 09:00", 10 * HOUR),
        &[("04-22 20:00", 540, "counts again Thu 04-23 09:00, due Thu 04-23 10:00, at risk")],
    );
}

#[test]
fn a_target_that_ends_at_closing_is_late_all_night() {
    check(
        &clock("04-22 17:00", HOUR),
        &[
            ("04-22 17:59", 59, "running, due Wed 04-22 18:00, at risk"),
            ("04-22 18:00", 60, "late since Wed 04-22 18:00"),
            ("04-23 08:00", 60, "late since Wed 04-22 18:00"),
        ],
    );
}

#[test]
fn before_its_start_a_clock_has_used_nothing() {
    check(&clock("04-22 10:00", HOUR), &[("04-21 10:00", 0, "counts again Wed 04-22 10:00, due Wed 04-22 11:00")]);
}

#[test]
fn a_paused_clock_ignores_the_weekend() {
    let waiting = clock("04-24 16:00", 4 * HOUR).waiting_since("04-24 17:00");
    check(
        &waiting,
        &[
            ("04-24 16:59", 59, "no deadline"),
            ("04-24 17:00", 60, "paused since Fri 04-24 17:00 (WaitingForCustomer)"),
            ("04-26 17:00", 60, "paused since Fri 04-24 17:00 (WaitingForCustomer)"),
            ("05-20 12:00", 60, "paused since Fri 04-24 17:00 (WaitingForCustomer)"),
        ],
    );
    let answered = clock("04-24 16:00", 4 * HOUR).paused("04-24 17:00", "04-28 10:00");
    check(
        &answered,
        &[
            ("04-24 16:30", 30, "running, due Tue 04-28 13:00"),
            ("04-28 09:30", 60, "paused since Fri 04-24 17:00 (WaitingForCustomer)"),
            ("04-28 10:00", 60, "running, due Tue 04-28 13:00"),
            ("04-28 12:00", 180, "running, due Tue 04-28 13:00"),
            ("04-28 12:30", 210, "running, due Tue 04-28 13:00, at risk"),
        ],
    );
}

#[test]
fn pauses_that_touch_are_one() {
    let waiting = clock("04-22 10:00", 4 * HOUR).waiting_since("04-22 13:00").paused("04-22 11:00", "04-22 13:00");
    check(&waiting, &[("04-22 15:00", 60, "paused since Wed 04-22 11:00 (WaitingForCustomer)")]);
}

#[test]
fn being_late_outlasts_a_pause() {
    let late = clock("04-22 10:00", HOUR).waiting_since("04-22 12:00");
    check(&late, &[("04-22 15:00", 120, "late since Wed 04-22 11:00")]);
}

#[test]
fn a_stopped_clock_keeps_its_result() {
    let cases = [
        ("04-24 17:24", 114, "met Fri 04-24 17:24, was due Tue 04-28 10:30"),
        // At the last instant is in time; a moment later is not, even at night.
        ("04-28 10:30", 240, "met Tue 04-28 10:30, was due Tue 04-28 10:30"),
        ("04-28 10:31", 241, "late since Tue 04-28 10:30, done Tue 04-28 10:31"),
        ("04-28 20:00", 690, "late since Tue 04-28 10:30, done Tue 04-28 20:00"),
    ];
    for (stopped_at, used, expected) in cases {
        let clock = clock("04-24 15:30", 4 * HOUR).stopped(stopped_at);
        check(&clock, &[(stopped_at, used, expected), ("05-20 12:00", used, expected)]);
    }
    // Due at closing, resolved in the evening: no working time was lost, but the promised time had passed.
    let evening = clock("04-22 17:00", HOUR).stopped("04-22 20:00");
    check(&evening, &[("04-23 10:00", 60, "late since Wed 04-22 18:00, done Wed 04-22 20:00")]);
}

#[test]
fn a_clock_is_read_as_it_was_before_it_stopped() {
    let clock = clock("04-24 15:30", 4 * HOUR).stopped("04-28 10:00");
    check(&clock, &[("04-24 17:16", 106, "running, due Tue 04-28 10:30")]);
}

#[test]
fn the_time_resolved_is_not_counted_when_it_is_reopened() {
    let mut reopened = clock("04-22 10:00", 4 * HOUR).paused("04-22 12:00", "04-23 12:00");
    reopened.pauses[0].reason = PauseReason::Resolved;
    check(
        &reopened,
        &[
            ("04-22 15:00", 120, "paused since Wed 04-22 12:00 (Resolved)"),
            ("04-23 13:00", 180, "running, due Thu 04-23 14:00"),
        ],
    );
    check(&reopened.stopped("04-23 13:30"), &[("04-24 13:00", 210, "met Thu 04-23 13:30, was due Thu 04-23 14:00")]);
}

#[test]
fn without_target_or_openings_there_is_no_deadline() {
    let without = Timeline { targets: Vec::<Target>::new(), ..clock("04-22 10:00", 1) };
    assert_eq!(read(&desk(), &without, at("04-22 12:00")).state, ClockState::NoDeadline);
    assert_eq!(read(&desk(), &without, at("04-22 12:00")).consumed, Millis::hours(2));
    let closed = Schedule { windows: Vec::new(), ends: true, ..desk() };
    assert_eq!(read(&closed, &clock("04-22 10:00", 1), at("04-22 12:00")).state, ClockState::NoDeadline);
    // Stopped without ever having had a deadline: in time.
    let stopped = clock("04-22 10:00", 1).stopped("04-22 12:00");
    assert_eq!(state(&read(&closed, &stopped, at("04-23 12:00"))), "met Wed 04-22 12:00, was due never");
}
