//! Opening hours against a naive oracle: which minutes are open, from the grid itself and chrono's own local times, without our
//! table of offsets, without the expression and without windows.

use std::collections::BTreeSet;

use backend::calendar::{Calendar, CalendarSpec, HolidayYears};
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeDelta, TimeZone};
use chrono_tz::Tz;
use domain::opening::{Exception, ExceptionDate, Opening, Span, special_days};
use domain::sla::ClosedReason;
use domain::time::Instant;

/// Zones that change their clocks at different times of day, by half an hour, and never.
const ZONES: [&str; 8] = [
    "Europe/Amsterdam",
    "America/New_York",
    "America/Havana",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Asia/Kolkata",
    "Pacific/Auckland",
    "UTC",
];

/// Numbers from a seed (SplitMix64): the same ones again with `LOKET_SEED`, which is printed.
pub struct Random(u64);

impl Random {
    pub fn seeded() -> Self {
        use std::hash::{BuildHasher, Hasher, RandomState};
        let given = std::env::var("LOKET_SEED").ok().and_then(|seed| seed.parse().ok());
        let seed = given.unwrap_or_else(|| RandomState::new().build_hasher().finish());
        println!("LOKET_SEED={seed}");
        Self(seed)
    }

    /// Less than `below`.
    pub fn number(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % below
    }

    pub fn of<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.number(choices.len() as u64) as usize]
    }
}

fn spans(random: &mut Random) -> Vec<Span> {
    // Near the hours at which clocks change, at whole days, and anywhere.
    let edge = |random: &mut Random| match random.number(4) {
        0 => *random.of(&[0, 30, 60, 90, 119, 120, 121, 150, 180, 181, 240]),
        1 => *random.of(&[540, 720, 780, 1_080, 1_440]),
        _ => random.number(1_441) as u16,
    };
    let edges: BTreeSet<u16> = (0..2 * random.number(4)).map(|_| edge(random)).collect();
    let edges: Vec<u16> = edges.into_iter().collect();
    edges.chunks_exact(2).map(|pair| Span { from_minute: pair[0], to_minute: pair[1] }).collect()
}

fn opening(random: &mut Random, year: i32) -> Opening {
    let patterns = [spans(random), spans(random), Vec::new()];
    let mut opening = Opening {
        days: std::array::from_fn(|_| random.of(&patterns).clone()),
        closed_on_holidays: random.number(2) == 0,
        exceptions: Vec::new(),
    };
    for _ in 0..random.number(4) {
        let once = random.number(2) == 0;
        let date = ExceptionDate {
            year: once.then_some(year as u16),
            month: 1 + random.number(12) as u8,
            day: 1 + random.number(31) as u8,
        };
        let exception = Exception {
            date,
            spans: spans(random),
            ordinary_days_only: random.number(2) == 0,
            name: ["", "Christmas Eve", "a; \\ b"][random.number(3) as usize].into(),
        };
        opening.exceptions.push(exception);
        if !opening.check().is_empty() {
            opening.exceptions.pop();
        }
    }
    assert_eq!(opening.check(), []);
    opening
}

/// The spans of a date, by the words of the grid: the last exception that fits, else holidays, else the week.
fn of_date<'a>(opening: &'a Opening, calendar: &Calendar, date: NaiveDate) -> &'a [Span] {
    let ordinary = &opening.days[date.weekday().num_days_from_monday() as usize];
    let fits = |exception: &&Exception| {
        let ExceptionDate { year, month, day } = exception.date;
        year.is_none_or(|year| i32::from(year) == date.year())
            && (u32::from(month), u32::from(day)) == (date.month(), date.day())
            && (!exception.ordinary_days_only || !ordinary.is_empty())
    };
    match opening.exceptions.iter().rfind(fits) {
        Some(exception) => &exception.spans,
        None if opening.closed_on_holidays && calendar.holiday(date).is_some() => &[],
        None => ordinary,
    }
}

/// The first or the last instant at which clocks show this; in a gap, the first one after it.
fn instant(zone: Tz, local: NaiveDateTime, last: bool) -> i64 {
    let mut local = local;
    loop {
        let found = zone.from_local_datetime(&local);
        if let Some(at) = if last { found.latest() } else { found.earliest() } {
            return at.timestamp();
        }
        local += TimeDelta::minutes(1);
    }
}

#[test]
fn the_windows_of_a_grid_are_the_minutes_of_its_days() {
    let mut random = Random::seeded();
    for round in 0..150 {
        let name = *random.of(&ZONES);
        let zone: Tz = name.parse().unwrap();
        let year = 1971 + random.number(120) as i32;
        let opening = opening(&mut random, year);
        let spec =
            CalendarSpec { timezone: name.into(), hours: opening.expression(), ..CalendarSpec::shipped_support() };
        let calendar = spec.parse().unwrap_or_else(|error| panic!("{}: {error}", spec.hours));
        // Half a year around a change of the clocks, with Easter in it or Christmas.
        let (from, to) = *random.of(&[((1, 15), (6, 15)), ((7, 1), (12, 31))]);
        let first = NaiveDate::from_ymd_opt(year, from.0, from.1).unwrap();
        let last = NaiveDate::from_ymd_opt(year, to.0, to.1).unwrap();
        // Changes of the windows: +1 where something opens, -1 where it closes.
        let mut edges: Vec<(i64, i32)> = Vec::new();
        for date in first.iter_days().take_while(|date| *date <= last) {
            let midnight = date.and_hms_opt(0, 0, 0).unwrap();
            for span in of_date(&opening, &calendar, date) {
                let open = instant(zone, midnight + TimeDelta::minutes(span.from_minute.into()), false);
                let close = instant(zone, midnight + TimeDelta::minutes(span.to_minute.into()), true);
                if open < close {
                    edges.extend([(open, 1), (close, -1)]);
                }
            }
        }
        // Openings before closings at the same second, so that what touches is one.
        edges.sort_by_key(|(at, change)| (*at, -change));
        let mut expected: Vec<(i64, i64)> = Vec::new();
        let (mut depth, mut since) = (0, 0);
        for (at, change) in edges {
            if depth == 0 {
                since = at;
            }
            depth += change;
            if depth == 0 {
                expected.push((since, at));
            }
        }
        let noon = |date: NaiveDate| Instant(instant(zone, date.and_hms_opt(12, 0, 0).unwrap(), false) * 1_000);
        let schedule = calendar.expand(noon(first), noon(last));
        let got: Vec<(i64, i64)> = schedule.windows.iter().map(|w| (w.from.0 / 1_000, w.to.0 / 1_000)).collect();
        let clip = |(from, to): &(i64, i64)| {
            (*from.max(&(schedule.known_from.0 / 1_000)), *to.min(&(schedule.known_until.0 / 1_000)))
        };
        let expected: Vec<(i64, i64)> = expected.iter().map(clip).collect();
        if got != expected {
            let differs = got.iter().zip(&expected).find(|(a, b)| a != b);
            let show = |at: i64| DateTime::from_timestamp(at, 0).map(|at| at.with_timezone(&zone).to_rfc3339());
            let differs = differs.map(|(a, b)| [a.0, a.1, b.0, b.1].map(show));
            panic!("round {round}: {name} {year}: {}: {differs:#?}, {} and {}", spec.hours, got.len(), expected.len());
        }
    }
}

#[test]
fn the_days_that_differ_are_named_for_a_year() {
    let spec = CalendarSpec {
        hours: "Mo-Fr 09:00-18:00; PH off; Dec 24 Mo-Fr 09:00-13:00 \"Christmas Eve\"; 2026 Dec 30 off \"Party\"; 2026 Dec 31 off".into(),
        closed: vec![("2026-11-02".into(), "Inventory".into())],
        good_friday: HolidayYears::Yearly,
        ..CalendarSpec::shipped_support()
    };
    let calendar = spec.parse().unwrap();
    let at = |date: &str| Instant(DateTime::parse_from_rfc3339(date).unwrap().timestamp_millis());
    let schedule = calendar.expand(at("2026-01-01T12:00:00+01:00"), at("2026-12-31T12:00:00+01:00"));
    let shown: Vec<String> = special_days(&schedule)
        .into_iter()
        .map(|day| {
            let (_, month, date) = domain::zone::date_of(day.day_number);
            let what = match (&day.closed, day.spans.as_slice()) {
                (Some(ClosedReason::Holiday(holiday)), []) => format!("{holiday:?}"),
                (Some(ClosedReason::Extra(label)), []) => label.clone(),
                (Some(other), []) => format!("{other:?}"),
                (None, [span]) => {
                    format!(
                        "{} to {}, shorter {} {}",
                        span.from_minute / 60,
                        span.to_minute / 60,
                        day.shorter,
                        day.name
                    )
                }
                other => panic!("{other:?}"),
            };
            format!("{month}-{date} {what}")
        })
        .collect();
    assert_eq!(
        shown,
        [
            "1-1 NewYear",
            "4-3 GoodFriday",
            "4-6 EasterMonday",
            "4-27 KingsDay",
            "5-14 Ascension",
            "5-25 WhitMonday",
            "11-2 Inventory",
            "12-24 9 to 13, shorter true Christmas Eve",
            "12-25 Christmas",
            "12-30 Party",
            "12-31 Weekday",
        ]
    );
}

#[test]
fn an_expression_that_the_editor_writes_means_what_the_grid_says_around_the_clock() {
    for (hours, same) in [("24/7; PH off", "Mo-Su 00:00-24:00; PH off"), ("off", "Mo-Su off")] {
        let expand = |hours: &str| {
            let spec = CalendarSpec { hours: hours.into(), ..CalendarSpec::shipped_support() };
            spec.parse().unwrap().expand(Instant(1_767_222_000_000), Instant(1_798_758_000_000)).windows
        };
        assert_eq!(expand(hours), expand(same));
    }
}
