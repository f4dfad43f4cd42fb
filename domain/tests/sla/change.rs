//! Changes of priority: another target for the time already used.

use domain::sla::{ClockState, Target, due, read, with_target};
use domain::time::Millis;

use super::support::{HOUR, Story, at, clock, desk, shown};

#[test]
fn nothing_is_reset_by_a_new_target() {
    let medium = || clock("04-22 09:00", 18 * HOUR);
    let cases = [
        // (story, read at, due)
        ("lowered", medium().changed("04-22 12:00", 27 * HOUR), "Fri 04-24 18:00"),
        ("raised, in time", medium().changed("04-22 12:00", 4 * HOUR), "Wed 04-22 13:00"),
        ("raised, exactly used up", medium().changed("04-22 13:00", 4 * HOUR), "Wed 04-22 13:00"),
        ("raised, too late", medium().changed("04-23 12:00", 4 * HOUR), "Thu 04-23 12:00"),
        ("raised at night, too late", medium().changed("04-22 22:00", 4 * HOUR), "Wed 04-22 22:00"),
        (
            "raised and lowered again",
            medium().changed("04-23 12:00", 4 * HOUR).changed("04-23 13:00", 18 * HOUR),
            "Thu 04-23 18:00",
        ),
        (
            "lowered and raised again",
            medium().changed("04-22 10:00", 27 * HOUR).changed("04-22 11:00", 18 * HOUR),
            "Thu 04-23 18:00",
        ),
        // Late already: a stricter target does not make it late earlier, nor later.
        ("late, then raised", clock("04-22 09:00", 4 * HOUR).changed("04-22 15:00", HOUR), "Wed 04-22 13:00"),
        // Late already, and too late for the milder target too: since that ran out.
        (
            "late, then lowered too little",
            clock("04-22 09:00", 2 * HOUR).changed("04-22 15:00", 4 * HOUR),
            "Wed 04-22 13:00",
        ),
        (
            "late, then lowered enough",
            clock("04-22 09:00", 2 * HOUR).changed("04-22 15:00", 18 * HOUR),
            "Thu 04-23 18:00",
        ),
        (
            "raised during a pause, too late",
            medium().waiting_since("04-22 15:00").changed("04-23 10:00", 4 * HOUR),
            "Thu 04-23 10:00",
        ),
        (
            "raised during a pause, in time",
            medium().waiting_since("04-22 12:00").changed("04-23 10:00", 4 * HOUR),
            "never",
        ),
    ];
    for (case, clock, expected) in cases {
        assert_eq!(shown(due(&desk(), &clock, at("04-24 12:00"))), expected, "{case}");
    }
}

#[test]
fn a_change_makes_a_clock_late_at_the_moment_of_the_change_not_before() {
    let clock = clock("04-22 09:00", 18 * HOUR).changed("04-23 12:00", 4 * HOUR);
    let before = read(&desk(), &clock, at("04-23 11:59"));
    assert!(matches!(before.state, ClockState::Running { .. }), "{before:?}");
    assert_eq!(before.target, Millis::hours(18));
    let after = read(&desk(), &clock, at("04-23 12:00"));
    assert_eq!(after.state, ClockState::Breached { since: at("04-23 12:00"), stopped_at: None });
    assert_eq!((after.target, after.remaining), (Millis::hours(4), Millis::hours(4) - Millis::hours(12)));
}

#[test]
fn a_preview_shows_old_and_new_due_time() {
    let clock = clock("04-24 15:30", 4 * HOUR);
    let now = at("04-24 17:16");
    let preview = with_target(&clock, Target { from: now, working_time: Millis::hours(24) });
    assert_eq!(shown(due(&desk(), &clock, now)), "Tue 04-28 10:30");
    assert_eq!(shown(due(&desk(), &preview, now)), "Thu 04-30 12:30");
}

#[test]
fn a_change_after_the_stop_changes_nothing() {
    let met = clock("04-22 09:00", 18 * HOUR).stopped("04-22 15:00").changed("04-22 16:00", HOUR);
    let reading = read(&desk(), &met, at("04-23 12:00"));
    assert_eq!(reading.state, ClockState::Met { at: at("04-22 15:00"), due_at: Some(at("04-23 18:00")) });
    assert_eq!(reading.target, Millis::hours(18));
}
