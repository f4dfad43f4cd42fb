//! When a clock is due.

use domain::sla::{due, due_if_resumed, promise};
use domain::time::{Instant, Millis};

use super::support::{HOUR, Story, always, at, clock, desk, desk_open, show, shown};

#[test]
fn a_target_counts_open_hours_only() {
    let cases = [
        // Within a day.
        ("04-22 10:00", HOUR, "Wed 04-22 11:00"),
        ("04-22 10:00:30", HOUR, "Wed 04-22 11:00:30"),
        // Over a night, a weekend and King's Day.
        ("04-22 17:30", HOUR, "Thu 04-23 09:30"),
        ("04-24 15:30", 4 * HOUR, "Tue 04-28 10:30"),
        ("04-24 17:30", 30, "Fri 04-24 18:00"),
        ("04-24 17:30", 31, "Tue 04-28 09:01"),
        // It runs out exactly at closing time: due then, not next morning.
        ("04-22 17:00", HOUR, "Wed 04-22 18:00"),
        ("04-22 09:00", 9 * HOUR, "Wed 04-22 18:00"),
        ("04-22 09:00", 18 * HOUR, "Thu 04-23 18:00"),
        // Begun while closed: counts from the next opening.
        ("04-22 07:00", HOUR, "Wed 04-22 10:00"),
        ("04-22 08:59:59", HOUR, "Wed 04-22 10:00"),
        ("04-22 18:00", HOUR, "Thu 04-23 10:00"),
        ("04-22 23:59:59", HOUR, "Thu 04-23 10:00"),
        ("04-25 12:00", HOUR, "Tue 04-28 10:00"),
        ("04-27 12:00", 9 * HOUR, "Tue 04-28 18:00"),
        // Exactly at opening, and in the last second.
        ("04-22 09:00", HOUR, "Wed 04-22 10:00"),
        ("04-22 17:59:59", 1, "Thu 04-23 09:00:59"),
        // The extra closed day, Easter, and the shipped targets.
        ("12-23 17:00", 2 * HOUR, "Fri 12-25 10:00"),
        ("04-03 17:00", 2 * HOUR, "Tue 04-07 10:00"),
        ("04-22 10:00", 24 * HOUR, "Fri 04-24 16:00"),
        ("04-22 10:00", 48 * HOUR, "Thu 04-30 13:00"),
        ("04-22 10:00", 72 * HOUR, "Tue 05-05 10:00"),
        // Nothing to do is due at once, even at night.
        ("04-22 23:00", 0, "Wed 04-22 23:00"),
    ];
    for (start, target, expected) in cases {
        let clock = clock(start, target);
        assert_eq!(shown(due(&desk(), &clock, at(start))), expected, "{target} minutes from {start}");
        assert_eq!(shown(promise(&desk(), Millis::minutes(target), at(start))), expected, "promise from {start}");
    }
}

#[test]
fn pauses_do_not_count() {
    let day = || clock("04-22 10:00", 4 * HOUR);
    let cases = [
        ("within the day", day().paused("04-22 11:00", "04-22 12:00"), "Wed 04-22 15:00"),
        ("over a night", day().paused("04-22 11:00", "04-23 10:00"), "Thu 04-23 13:00"),
        (
            "touching",
            day().paused("04-22 11:00", "04-22 12:00").paused("04-22 12:00", "04-22 13:00"),
            "Wed 04-22 16:00",
        ),
        (
            "overlapping",
            day().paused("04-22 11:00", "04-22 13:00").paused("04-22 12:00", "04-22 14:00"),
            "Wed 04-22 17:00",
        ),
        (
            "one in the other",
            day().paused("04-22 11:00", "04-22 15:00").paused("04-22 12:00", "04-22 13:00"),
            "Wed 04-22 18:00",
        ),
        (
            "in no order",
            day().paused("04-22 13:00", "04-22 14:00").paused("04-22 11:00", "04-22 12:00"),
            "Wed 04-22 16:00",
        ),
        (
            "the same one twice",
            day().paused("04-22 11:00", "04-22 12:00").paused("04-22 11:00", "04-22 12:00"),
            "Wed 04-22 15:00",
        ),
        ("before the start", day().paused("04-20 11:00", "04-21 12:00"), "Wed 04-22 14:00"),
        ("across the start", day().paused("04-20 11:00", "04-22 12:00"), "Wed 04-22 16:00"),
        ("outside hours", day().paused("04-22 19:00", "04-23 08:00"), "Wed 04-22 14:00"),
        ("after the deadline", day().paused("04-22 15:00", "04-22 16:00"), "Wed 04-22 14:00"),
        ("empty", day().paused("04-22 11:00", "04-22 11:00"), "Wed 04-22 14:00"),
        ("beginning at the deadline", day().paused("04-22 14:00", "04-22 15:00"), "Wed 04-22 14:00"),
        ("open, beginning at the deadline", day().waiting_since("04-22 14:00"), "Wed 04-22 14:00"),
        ("open, after the deadline", day().waiting_since("04-22 15:00"), "Wed 04-22 14:00"),
        ("open, a second before the deadline", day().waiting_since("04-22 13:59:59"), "never"),
        ("open from the start", day().waiting_since("04-22 10:00"), "never"),
        ("open, after another", day().paused("04-22 11:00", "04-22 12:00").waiting_since("04-22 13:00"), "never"),
        ("ending at closing", day().paused("04-22 12:00", "04-22 18:00"), "Thu 04-23 11:00"),
    ];
    for (case, clock, expected) in cases {
        assert_eq!(shown(due(&desk(), &clock, at("04-22 10:00"))), expected, "{case}");
    }
}

#[test]
fn a_paused_clock_can_say_when_it_would_be_due_if_the_customer_replied_now() {
    let clock = clock("04-22 10:12", 24 * HOUR).waiting_since("04-24 11:40");
    assert_eq!(due(&desk(), &clock, at("04-24 17:16")), None);
    // 7 h 48 on Wednesday, 9 h on Thursday, 2 h 40 on Friday are used: 4 h 32 are left, of which 44 min fit on Friday.
    assert_eq!(shown(due_if_resumed(&desk(), &clock, at("04-24 17:16"))), "Tue 04-28 12:48");
    // Of a running clock it says the same as `due`.
    let running = super::support::clock("04-22 10:12", 24 * HOUR);
    assert_eq!(due_if_resumed(&desk(), &running, at("04-23 10:00")), due(&desk(), &running, at("04-23 10:00")));
}

#[test]
fn a_calendar_that_does_not_open_often_enough_has_no_due_time() {
    let empty = domain::sla::Schedule { ends: true, ..desk() };
    let empty = domain::sla::Schedule { windows: Vec::new(), ..empty };
    assert_eq!(due(&empty, &clock("04-22 10:00", 1), at("04-22 10:00")), None);
    assert_eq!(promise(&empty, Millis::HOUR, at("04-22 10:00")), None);
    let mut short = desk();
    short.windows.truncate(2);
    assert_eq!(shown(due(&short, &clock("01-01 09:00", 18 * HOUR), at("01-01 10:00"))), "Fri 01-02 18:00");
    assert_eq!(due(&short, &clock("01-01 09:00", 18 * HOUR + 1), at("01-01 10:00")), None);
    let huge = domain::sla::Timeline {
        targets: vec![domain::sla::Target { from: at("01-01 09:00"), working_time: Millis(i64::MAX) }],
        ..clock("01-01 09:00", 1)
    };
    assert_eq!(due(&desk(), &huge, at("01-01 09:00")), None);
}

#[test]
fn a_desk_that_never_closes_counts_across_the_change_of_the_clocks() {
    let always = always(Instant(0), at("2027-12-31 00:00"));
    // In spring the night of 28 March lacks an hour; in autumn that of 25 October has one more.
    let cases = [
        ("03-28 20:00", 12 * HOUR, "Sun 03-29 09:00"),
        ("03-29 01:30", HOUR, "Sun 03-29 03:30"),
        ("10-24 20:00", 12 * HOUR, "Sun 10-25 07:00"),
        // The hour from 2 to 3 comes twice: the deadline falls into its second passage.
        ("10-25 02:30", HOUR, "Sun 10-25 02:30"),
        ("10-25 01:30", 3 * HOUR, "Sun 10-25 03:30"),
        ("10-25 00:00", 25 * HOUR, "Mon 10-26 00:00"),
    ];
    for (start, target, expected) in cases {
        let due_at = due(&always, &clock(start, target), at(start)).expect("it is always open");
        assert_eq!(show(due_at), expected, "{target} minutes from {start}");
        assert_eq!(due_at.since(at(start)), Millis::minutes(target), "no time is lost or won at {start}");
    }
}

#[test]
fn a_day_of_the_desk_keeps_its_hours_when_the_clocks_change() {
    let desk = desk_open(9, 18);
    assert_eq!(shown(due(&desk, &clock("03-27 17:00", 2 * HOUR), at("03-27 17:00"))), "Mon 03-30 10:00");
    assert_eq!(shown(due(&desk, &clock("10-23 17:00", 2 * HOUR), at("10-23 17:00"))), "Mon 10-26 10:00");
}

#[test]
fn milliseconds_are_never_rounded() {
    let mut clock = clock("04-22 17:59:59", HOUR);
    clock.started_at = clock.started_at + Millis(999);
    let due_at = due(&desk(), &clock, clock.started_at).expect("the desk opens");
    assert_eq!(due_at, at("04-23 09:59:59") + Millis(999));
}
