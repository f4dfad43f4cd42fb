//! The weekly grid and the expression it writes.

use domain::i18n::Locale;
use domain::opening::{Exception, ExceptionDate, HoursFault, Opening, OpeningFault, Span, say_fault, special_days};
use domain::sla::{ClosedDay, ClosedReason, Holiday, Schedule, WeekSpan, Window};
use domain::time::{Instant, Millis};
use proptest::prelude::*;

fn span(from: u16, to: u16) -> Span {
    Span { from_minute: from * 60, to_minute: to * 60 }
}

fn weekdays(spans: &[Span]) -> Opening {
    let days = std::array::from_fn(|day| if day < 5 { spans.to_vec() } else { Vec::new() });
    Opening { days, closed_on_holidays: true, exceptions: Vec::new() }
}

fn on(year: Option<u16>, month: u8, day: u8) -> ExceptionDate {
    ExceptionDate { year, month, day }
}

#[test]
fn a_grid_is_written_as_an_expression_and_read_back() {
    let mut halves = weekdays(&[span(9, 12), span(13, 18)]);
    halves.days[3] = vec![span(9, 21)];
    halves.days[5] = vec![span(10, 14)];
    halves.exceptions = vec![
        Exception { date: on(None, 12, 24), spans: vec![span(9, 13)], ordinary_days_only: true, name: String::new() },
        Exception { date: on(Some(2026), 12, 31), spans: Vec::new(), ordinary_days_only: false, name: String::new() },
        Exception {
            date: on(Some(2027), 1, 2),
            spans: vec![span(10, 12)],
            ordinary_days_only: false,
            name: String::new(),
        },
    ];
    let always = Opening { days: std::array::from_fn(|_| vec![span(0, 24)]), ..Opening::default() };
    let cases = [
        (weekdays(&[span(9, 18)]), "Mo-Fr 09:00-18:00; PH off"),
        (Opening::default(), "off"),
        (always.clone(), "24/7"),
        (Opening { closed_on_holidays: true, ..always }, "24/7; PH off"),
        (
            halves,
            "Mo-We,Fr 09:00-12:00,13:00-18:00; Th 09:00-21:00; Sa 10:00-14:00; PH off; \
             Dec 24 Mo-Sa 09:00-13:00; 2026 Dec 31 off; 2027 Jan 02 10:00-12:00",
        ),
    ];
    for (opening, expression) in cases {
        assert_eq!(opening.expression(), expression);
        assert_eq!(opening.check(), []);
        assert_eq!(Opening::read(expression), Some(opening), "{expression}");
    }
}

#[test]
fn an_expression_of_another_shape_is_not_for_the_editor() {
    for expression in [
        "",
        "Mo-Fr 09:00-18:00 open",
        "Mo-Fr 22:00-26:00",
        "Mo-Fr 18:00-09:00",
        "Mo-Fr 09:00-18:00; We off",
        "Mo-Fr 09:00-18:00; Mo 10:00-12:00",
        "PH off; Mo-Fr 09:00-18:00",
        "Mo-Fr 09:00-18:00; PH 10:00-12:00",
        "Mo-Fr 09:00-18:00; SH off",
        "Jul-Aug Mo-Fr 09:00-16:00",
        "week 1-10 Mo 09:00-10:00",
        "easter -2 days off",
        "Mo-Fr sunrise-18:00",
        "Mo-Fr 9:00-18:00",
        "Fr-Mo 09:00-18:00",
        "Mo-Fr 09:00-18:00 || \"by appointment\"",
        "Mo-Fr 09:00-18:00; Dec 24 Mo-Th 09:00-13:00",
        "Mo-Fr 09:00-18:00; Feb 30 off",
        "Mo-Fr 09:00-18:00; Dec 24 off; Dec 24 off",
        "Mo-Fr 09:00-12:00,12:00-18:00",
        "24/7; Mo 09:00-10:00",
    ] {
        assert_eq!(Opening::read(expression), None, "{expression}");
    }
}

#[test]
fn what_is_wrong_is_found_where_it_is() {
    let mut opening = weekdays(&[span(9, 12), span(11, 18)]);
    opening.days[6] = vec![span(10, 10)];
    opening.exceptions = vec![
        Exception { date: on(None, 2, 29), spans: vec![span(10, 25)], ordinary_days_only: true, name: String::new() },
        Exception { date: on(Some(2027), 2, 29), spans: Vec::new(), ordinary_days_only: false, name: String::new() },
        Exception { date: on(None, 2, 29), spans: Vec::new(), ordinary_days_only: false, name: String::new() },
    ];
    let days = (0..5).map(|weekday| OpeningFault::Day { weekday, span: 1 });
    let rest = [
        OpeningFault::Day { weekday: 6, span: 0 },
        OpeningFault::Exception { index: 0, span: 0 },
        OpeningFault::Date { index: 1 },
        OpeningFault::Date { index: 2 },
    ];
    assert_eq!(opening.check(), days.chain(rest).collect::<Vec<_>>());
    let never = Opening {
        exceptions: vec![Exception {
            date: on(None, 12, 24),
            spans: vec![span(9, 13)],
            ordinary_days_only: true,
            name: String::new(),
        }],
        ..Opening::default()
    };
    assert_eq!(never.check(), [OpeningFault::NoOrdinaryDays { index: 0 }]);
}

#[test]
fn faults_are_said_in_both_languages() {
    let fault = HoursFault::NotUnderstood("PX".into());
    assert_eq!(say_fault(Locale::English, &fault), "not understood from “PX” on");
    assert_eq!(say_fault(Locale::Dutch, &fault), "niet te begrijpen vanaf “PX”");
}

/// A fortnight from Monday 5 January 1970 on in UTC, weekdays 9–18, but for what a test changes.
fn fortnight() -> Schedule {
    let hours = |day: i64, hour: i64| Instant(Millis::hours(day * 24 + hour).0);
    let mut schedule = Schedule {
        week: vec![WeekSpan { first_weekday: 0, last_weekday: 4, from_minute: 540, to_minute: 1_080 }],
        known_from: hours(4, 0),
        known_until: hours(18, 0),
        ..Schedule::default()
    };
    for day in 4..18 {
        match (day + 3) % 7 {
            0..5 => schedule.windows.push(Window { from: hours(day, 9), to: hours(day, 18) }),
            _ => schedule.closed_days.push(ClosedDay { day_number: day, reason: ClosedReason::Weekend }),
        }
    }
    schedule
}

#[test]
fn special_days_are_those_that_differ_from_the_week() {
    let mut schedule = fortnight();
    assert_eq!(special_days(&schedule), []);
    // Tuesday closes at one, Wednesday is a holiday, Thursday is open longer, Saturday is open.
    schedule.windows[1].to = Instant(Millis::hours(5 * 24 + 13).0);
    schedule.windows[3].to = Instant(Millis::hours(7 * 24 + 21).0);
    schedule.windows.remove(2);
    let holiday = ClosedReason::Holiday(Holiday::KingsDay);
    schedule.closed_days.insert(0, ClosedDay { day_number: 6, reason: holiday.clone() });
    let saturday = schedule.closed_days.remove(1).day_number;
    let hours = |hour: i64| Instant(Millis::hours(saturday * 24 + hour).0);
    schedule.windows.insert(4, Window { from: hours(10), to: hours(24) });
    let special = special_days(&schedule);
    let shown: Vec<_> = special.iter().map(|day| (day.day_number, &day.closed, &day.spans[..], day.shorter)).collect();
    assert_eq!(
        shown,
        [
            (5, &None, &[span(9, 13)][..], true),
            (6, &Some(holiday), &[][..], true),
            (7, &None, &[span(9, 21)][..], false),
            (9, &None, &[span(10, 24)][..], false),
        ]
    );
}

fn spans() -> impl Strategy<Value = Vec<Span>> {
    prop::collection::btree_set(0..=1_440u16, 0..8).prop_map(|edges| {
        let edges: Vec<u16> = edges.into_iter().collect();
        edges.chunks_exact(2).map(|pair| Span { from_minute: pair[0], to_minute: pair[1] }).collect()
    })
}

fn opening() -> impl Strategy<Value = Opening> {
    let date = (prop::option::of(1970..=9999u16), 1..=12u8, 1..=31u8).prop_map(|(year, month, day)| ExceptionDate {
        year,
        month,
        day,
    });
    let name = prop_oneof![Just(String::new()), "[A-Za-z;\" ]{1,6}", "\\PC{0,70}"];
    let exception = (date, spans(), any::<bool>(), name)
        .prop_map(|(date, spans, ordinary_days_only, name)| Exception { date, spans, ordinary_days_only, name });
    let days = prop::collection::vec(spans(), 1..4);
    (days, prop::array::uniform7(0..4usize), any::<bool>(), prop::collection::vec(exception, 0..4)).prop_map(
        |(patterns, which, closed_on_holidays, exceptions)| {
            // Few patterns, so that weekdays often share one.
            let days = which.map(|index| patterns.get(index).cloned().unwrap_or_default());
            Opening { days, closed_on_holidays, exceptions }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_right_is_read_back_as_it_was(opening in opening()) {
        let read = Opening::read(&opening.expression());
        if opening.check().is_empty() {
            prop_assert_eq!(read, Some(opening));
        }
    }

    #[test]
    fn any_text_is_read_or_not_without_a_panic(text in "[A-Za-z0-9:;, /\"-]{0,40}|\\PC{0,40}") {
        if let Some(opening) = Opening::read(&text) {
            prop_assert_eq!(Opening::read(&opening.expression()), Some(opening));
        }
    }
}
