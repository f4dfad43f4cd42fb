//! "Why this time?": the pieces, and the rows that people read.

use domain::sla::{ClosedReason, Holiday, PieceKind, Row, Schedule, Timeline, trace};
use domain::time::{Instant, Millis};

use super::support::{HOUR, Story, always, amsterdam, at, clock, desk, show};

fn kind(kind: &PieceKind) -> String {
    match kind {
        PieceKind::Counted => "counted".into(),
        PieceKind::Overrun => "overrun".into(),
        PieceKind::Paused(reason) => format!("paused {reason:?}"),
        PieceKind::Closed(ClosedReason::Holiday(Holiday::KingsDay)) => "King's Day".into(),
        PieceKind::Closed(reason) => format!("{reason:?}").to_lowercase(),
    }
}

fn pieces(schedule: &Schedule, clock: &Timeline, now: &str) -> Vec<String> {
    let trace = trace(schedule, clock, at(now));
    for pair in trace.pieces.windows(2) {
        assert_eq!(pair[0].to, pair[1].from, "a gap in {:#?}", trace.pieces);
    }
    trace
        .pieces
        .iter()
        .map(|piece| format!("{} to {} {}", show(piece.from), show(piece.to), kind(&piece.kind)))
        .collect()
}

fn rows(clock: &Timeline, now: &str) -> Vec<String> {
    let line = |row: &Row| {
        let minutes = |span: Millis| span.0 / Millis::MINUTE.0;
        let days = row.last_day - row.first_day + 1;
        format!(
            "{} to {}, {days} d: {}, {} min, {} used",
            show(row.from),
            show(row.to),
            kind(&row.kind),
            minutes(row.working),
            minutes(row.used)
        )
    };
    trace(&desk(), clock, at(now)).condensed(&amsterdam()).iter().map(line).collect()
}

#[test]
fn pieces_run_from_the_start_to_the_deadline_without_a_gap() {
    assert_eq!(
        pieces(&desk(), &clock("04-24 15:30", 4 * HOUR), "04-24 17:16"),
        [
            "Fri 04-24 15:30 to Fri 04-24 18:00 counted",
            "Fri 04-24 18:00 to Sat 04-25 00:00 night",
            "Sat 04-25 00:00 to Mon 04-27 00:00 weekend",
            "Mon 04-27 00:00 to Tue 04-28 00:00 King's Day",
            "Tue 04-28 00:00 to Tue 04-28 09:00 night",
            "Tue 04-28 09:00 to Tue 04-28 10:30 counted",
        ]
    );
}

#[test]
fn a_pause_is_one_piece_even_over_night() {
    assert_eq!(
        pieces(&desk(), &clock("04-22 16:00", 4 * HOUR).paused("04-22 17:00", "04-23 10:00"), "04-23 11:00"),
        [
            "Wed 04-22 16:00 to Wed 04-22 17:00 counted",
            "Wed 04-22 17:00 to Thu 04-23 10:00 paused WaitingForCustomer",
            "Thu 04-23 10:00 to Thu 04-23 13:00 counted",
        ]
    );
}

#[test]
fn after_the_deadline_time_is_overrun() {
    assert_eq!(
        pieces(&desk(), &clock("04-22 16:00", HOUR), "04-23 10:00"),
        [
            "Wed 04-22 16:00 to Wed 04-22 17:00 counted",
            "Wed 04-22 17:00 to Wed 04-22 18:00 overrun",
            "Wed 04-22 18:00 to Thu 04-23 09:00 night",
            "Thu 04-23 09:00 to Thu 04-23 10:00 overrun",
        ]
    );
}

#[test]
fn while_paused_the_story_ends_now() {
    let waiting = clock("04-22 16:00", 4 * HOUR).waiting_since("04-22 17:00");
    assert_eq!(
        pieces(&desk(), &waiting, "04-23 10:00"),
        ["Wed 04-22 16:00 to Wed 04-22 17:00 counted", "Wed 04-22 17:00 to Thu 04-23 10:00 paused WaitingForCustomer",]
    );
}

#[test]
fn people_read_one_row_a_day_and_no_nights() {
    assert_eq!(
        rows(&clock("04-24 15:30", 4 * HOUR), "04-24 17:16"),
        [
            "Fri 04-24 15:30 to Fri 04-24 18:00, 1 d: counted, 150 min, 106 used",
            "Sat 04-25 00:00 to Mon 04-27 00:00, 2 d: weekend, 0 min, 0 used",
            "Mon 04-27 00:00 to Tue 04-28 00:00, 1 d: King's Day, 0 min, 0 used",
            "Tue 04-28 09:00 to Tue 04-28 10:30, 1 d: counted, 90 min, 0 used",
        ]
    );
    assert_eq!(
        rows(&clock("04-22 16:00", 4 * HOUR).paused("04-22 17:00", "04-23 10:00"), "04-23 11:00"),
        [
            "Wed 04-22 16:00 to Wed 04-22 17:00, 1 d: counted, 60 min, 60 used",
            "Wed 04-22 17:00 to Thu 04-23 10:00, 2 d: paused WaitingForCustomer, 120 min, 0 used",
            "Thu 04-23 10:00 to Thu 04-23 13:00, 1 d: counted, 180 min, 60 used",
        ]
    );
}

#[test]
fn a_break_at_noon_does_not_split_the_row_of_a_day() {
    let mut desk = desk();
    let day = desk.windows.iter().position(|window| window.from == at("04-22 09:00")).expect("a Wednesday");
    desk.windows[day].to = at("04-22 12:00");
    desk.windows.insert(day + 1, domain::sla::Window { from: at("04-22 13:00"), to: at("04-22 18:00") });
    let trace = trace(&desk, &clock("04-22 10:00", 4 * HOUR), at("04-22 11:00"));
    assert_eq!(trace.pieces.len(), 3);
    let rows = trace.condensed(&amsterdam());
    assert_eq!(rows.len(), 1);
    assert_eq!((show(rows[0].from), show(rows[0].to)), ("Wed 04-22 10:00".into(), "Wed 04-22 15:00".into()));
    assert_eq!((rows[0].working, rows[0].used), (Millis::hours(4), Millis::hours(1)));
}

#[test]
fn a_desk_that_never_closes_has_a_row_per_day_also_when_the_clocks_change() {
    let always = always(Instant(0), at("2027-12-31 00:00"));
    let trace = trace(&always, &clock("10-24 12:00", 48 * HOUR), at("10-24 12:00"));
    assert_eq!(trace.pieces.len(), 1);
    let hours: Vec<i64> = trace.condensed(&amsterdam()).iter().map(|row| row.working.0 / Millis::HOUR.0).collect();
    assert_eq!(hours, [12, 25, 11]);
}

#[test]
fn counted_time_adds_up_to_the_target() {
    let stories = [
        clock("04-24 15:30", 4 * HOUR),
        clock("04-24 15:30", 72 * HOUR),
        clock("04-25 12:00", 24 * HOUR).paused("04-28 10:00", "04-30 11:00"),
        clock("04-22 09:00", HOUR),
        clock("04-22 09:00", 4 * HOUR).stopped("04-22 10:00"),
        clock("04-22 09:00", 4 * HOUR).changed("04-22 10:00", 24 * HOUR),
    ];
    for story in stories {
        for now in ["04-22 09:30", "04-24 17:00", "04-30 12:00", "05-20 12:00"] {
            let trace = trace(&desk(), &story, at(now));
            let counted = trace.pieces.iter().filter(|piece| piece.kind == PieceKind::Counted);
            let sum = counted.fold(Millis::ZERO, |sum, piece| sum + piece.working);
            assert_eq!(sum, trace.target, "{story:?} at {now}");
        }
    }
}
