//! The geometry of the strip, as in the pictures of LOOK.

use domain::sla::strip::{AT_MOST_COLUMNS, Column, ColumnKind, MarkKind, SegmentKind, Strip};
use domain::sla::{ClosedReason, Schedule, Timeline};
use domain::time::Instant;

use super::support::{HOUR, Story, always, at, clock, desk};

fn strip(clock: &Timeline, now: &str) -> Strip {
    Strip::of(&desk(), clock, at(now)).expect("there is something to draw")
}

/// "used 0.72–0.92" for every block but the neutral ones.
fn blocks(column: &Column) -> Vec<String> {
    let name = |kind| match kind {
        SegmentKind::Open => "open",
        SegmentKind::Used => "used",
        SegmentKind::ToCount => "to count",
        SegmentKind::Paused => "paused",
        SegmentKind::IfResumed => "if resumed",
        SegmentKind::Overrun => "overrun",
    };
    let coloured = column.segments.iter().filter(|segment| segment.kind != SegmentKind::Open);
    coloured.map(|segment| format!("{} {:.2}–{:.2}", name(segment.kind), segment.from, segment.to)).collect()
}

fn mark(strip: &Strip, kind: MarkKind) -> Option<(usize, String)> {
    let place = strip.mark(kind)?.place;
    Some((place.column, format!("{:.2}{}", place.at, if place.in_gap { " gap" } else { "" })))
}

fn kinds(strip: &Strip) -> Vec<&'static str> {
    let kind = |column: &Column| match &column.kind {
        ColumnKind::Open { .. } => "open",
        ColumnKind::Closed { reason: Some(ClosedReason::Weekend) } => "weekend",
        ColumnKind::Closed { reason: Some(_) } => "closed",
        ColumnKind::Closed { reason: None } => "several",
        ColumnKind::Many { .. } => "many",
    };
    strip.columns.iter().map(kind).collect()
}

#[test]
fn a_running_clock_over_a_weekend_and_a_holiday() {
    let strip = strip(&clock("04-24 15:30", 4 * HOUR), "04-24 17:16");
    assert_eq!(kinds(&strip), ["open", "weekend", "closed", "open"]);
    assert_eq!(blocks(&strip.columns[0]), ["used 0.72–0.92", "to count 0.92–1.00"]);
    assert_eq!(blocks(&strip.columns[3]), ["to count 0.00–0.17"]);
    assert_eq!(mark(&strip, MarkKind::Sent), Some((0, "0.72".into())));
    assert_eq!(mark(&strip, MarkKind::Now), Some((0, "0.92".into())));
    assert_eq!(mark(&strip, MarkKind::Due), Some((3, "0.17".into())));
    assert_eq!(strip.columns[0].weight, 9.0);
    assert_eq!(strip.columns[1].last_day - strip.columns[1].first_day, 1);
    assert!(!strip.columns[0].cropped_start);
}

#[test]
fn outside_hours_now_stands_among_the_closed_days_or_in_the_night() {
    let clock = clock("04-24 15:30", 4 * HOUR);
    assert_eq!(mark(&strip(&clock, "04-25 12:00"), MarkKind::Now), Some((1, "0.25".into())));
    assert_eq!(mark(&strip(&clock, "04-24 20:00"), MarkKind::Now), Some((0, "1.00 gap".into())));
    assert_eq!(mark(&strip(&clock, "04-28 08:00"), MarkKind::Now), Some((2, "1.00 gap".into())));
}

#[test]
fn a_request_from_before_opening_stands_before_the_first_day() {
    let strip = strip(&clock("04-22 07:00", 9 * HOUR), "04-22 08:00");
    assert_eq!(mark(&strip, MarkKind::Sent), Some((0, "0.00 gap".into())));
    assert_eq!(mark(&strip, MarkKind::Due), Some((0, "1.00".into())));
}

#[test]
fn a_paused_clock_shows_what_would_be_if_the_customer_replied_now() {
    let strip = strip(&clock("04-22 10:12", 24 * HOUR).waiting_since("04-24 11:40"), "04-24 17:16");
    assert_eq!(kinds(&strip), ["open", "open", "open", "weekend", "closed", "open"]);
    assert_eq!(blocks(&strip.columns[1]), ["used 0.00–1.00"]);
    assert_eq!(blocks(&strip.columns[2]), ["used 0.00–0.30", "paused 0.30–0.92", "if resumed 0.92–1.00"]);
    assert_eq!(blocks(&strip.columns[5]), ["if resumed 0.00–0.42"]);
    assert_eq!(mark(&strip, MarkKind::DueIfResumed), Some((5, "0.42".into())));
    assert_eq!(mark(&strip, MarkKind::Due), None);
}

#[test]
fn a_late_clock_shows_the_overrun_until_now_or_its_stop() {
    let late = clock("04-24 15:30", 4 * HOUR);
    let running = strip(&late, "04-28 13:06");
    assert_eq!(blocks(&running.columns[3]), ["used 0.00–0.17", "overrun 0.17–0.46"]);
    assert_eq!(mark(&running, MarkKind::Now), Some((3, "0.46".into())));
    let stopped = strip(&late.stopped("04-28 13:06"), "05-20 12:00");
    assert_eq!(blocks(&stopped.columns[3]), ["used 0.00–0.17", "overrun 0.17–0.46"]);
    assert_eq!(mark(&stopped, MarkKind::Stopped), Some((3, "0.46".into())));
    assert_eq!(mark(&stopped, MarkKind::Now), None);
}

#[test]
fn a_clock_that_was_met_shows_what_was_spared() {
    let strip = strip(&clock("04-24 15:30", 4 * HOUR).stopped("04-24 17:24"), "05-20 12:00");
    assert_eq!(kinds(&strip), ["open", "weekend", "closed", "open"]);
    assert_eq!(blocks(&strip.columns[0]), ["used 0.72–0.93", "to count 0.93–1.00"]);
    assert_eq!(mark(&strip, MarkKind::Stopped), Some((0, "0.93".into())));
    assert_eq!(mark(&strip, MarkKind::WasDue), Some((3, "0.17".into())));
    assert_eq!((mark(&strip, MarkKind::Due), mark(&strip, MarkKind::Now)), (None, None));
}

#[test]
fn many_days_let_closed_days_share_a_column() {
    let strip = strip(&clock("04-24 16:38", 72 * HOUR), "04-24 17:04");
    assert_eq!(
        kinds(&strip),
        ["open", "several", "open", "open", "open", "open", "weekend", "open", "open", "open", "open"]
    );
    assert_eq!(mark(&strip, MarkKind::Due), Some((10, "0.85".into())));
}

#[test]
fn a_strip_stays_readable_however_long_the_story() {
    for (target, now) in [
        (400 * HOUR, "04-24 17:04"),
        (400 * HOUR, "06-01 12:00"),
        (4 * HOUR, "12-01 12:00"),
        (3_000 * HOUR, "08-01 12:00"),
    ] {
        let strip = strip(&clock("04-24 16:38", target), now);
        assert!(strip.columns.len() <= AT_MOST_COLUMNS, "{} columns for {target} at {now}", strip.columns.len());
        assert!(kinds(&strip).contains(&"many"));
        for column in strip.columns.iter().filter(|column| matches!(column.kind, ColumnKind::Many { .. })) {
            assert!(
                column.weight > 0.0 && column.segments.iter().all(|s| 0.0 <= s.from && s.from < s.to && s.to <= 1.001)
            );
        }
        let now = strip.mark(MarkKind::Now).expect("it runs");
        assert!(
            !matches!(strip.columns[now.place.column].kind, ColumnKind::Many { .. }),
            "now stands in a day of its own"
        );
    }
}

#[test]
fn a_short_target_crops_the_day() {
    let clock = clock("04-22 13:10", HOUR);
    let strip = strip(&clock, "04-22 13:30");
    let day = &strip.columns[0];
    assert_eq!(strip.columns.len(), 1);
    assert!(day.cropped_start && day.cropped_end);
    assert_eq!((day.from, day.to), (at("04-22 12:00"), at("04-22 16:00")));
    assert_eq!(day.weight, 4.0);
    let ColumnKind::Open { opens_at, closes_at } = day.kind else { panic!("{day:?}") };
    assert_eq!((opens_at, closes_at), (at("04-22 09:00"), at("04-22 18:00")));
}

#[test]
fn a_break_at_noon_is_a_hole_in_the_day() {
    let mut desk = desk();
    let day = desk.windows.iter().position(|window| window.from == at("04-22 09:00")).expect("a Wednesday");
    desk.windows[day].to = at("04-22 12:00");
    desk.windows.insert(day + 1, domain::sla::Window { from: at("04-22 13:30"), to: at("04-22 18:00") });
    let strip = Strip::of(&desk, &clock("04-22 10:30", 4 * HOUR), at("04-22 11:00")).expect("a deadline");
    let open: Vec<_> = strip.columns[0].segments.iter().filter(|segment| segment.kind == SegmentKind::Open).collect();
    assert_eq!(open.len(), 2);
    assert_eq!(blocks(&strip.columns[0]), ["used 0.17–0.22", "to count 0.22–0.33", "to count 0.50–0.78"]);
}

#[test]
fn a_desk_that_never_closes_has_a_column_per_day() {
    let always = always(Instant(0), at("2027-12-31 00:00"));
    let strip = Strip::of(&always, &clock("04-24 15:30", 24 * HOUR), at("04-24 17:16")).expect("a deadline");
    assert_eq!(kinds(&strip), ["open", "open"]);
    assert_eq!(strip.columns[0].weight, 24.0);
    assert_eq!(mark(&strip, MarkKind::Due), Some((1, "0.65".into())));
}

#[test]
fn without_a_deadline_there_is_nothing_to_draw() {
    let closed = Schedule { windows: Vec::new(), ends: true, ..desk() };
    assert_eq!(Strip::of(&closed, &clock("04-24 15:30", 4 * HOUR), at("04-24 17:16")), None);
}
