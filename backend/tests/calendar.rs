//! Calendars: from opening hours to windows. Times are local unless they end in Z.

use std::collections::BTreeSet;

use backend::calendar::{Calendar, CalendarError, CalendarSpec, HolidayYears, HoursError};
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, TimeZone, Weekday};
use domain::opening::HoursFault;
use domain::sla::{ClockKind, ClosedReason, Holiday, Schedule, Target, Timeline, due, promise};
use domain::time::{Instant, Millis};

fn spec(timezone: &str, hours: &str) -> CalendarSpec {
    CalendarSpec { timezone: timezone.into(), hours: hours.into(), country: None, ..CalendarSpec::shipped_support() }
}

fn calendar(timezone: &str, hours: &str) -> Calendar {
    spec(timezone, hours).parse().expect("a good calendar")
}

fn support() -> Calendar {
    CalendarSpec::shipped_support().parse().expect("it is shipped")
}

/// Reads "2026-04-24T15:30:00+02:00".
fn at(text: &str) -> Instant {
    Instant(DateTime::parse_from_rfc3339(text).expect("RFC 3339").timestamp_millis())
}

fn windows(calendar: &Calendar, from: &str, until: &str) -> Vec<String> {
    let schedule = calendar.expand(at(from), at(until));
    let zone = calendar.zone();
    schedule.windows.iter().map(|window| format!("{} {}", zone.rfc3339(window.from), zone.rfc3339(window.to))).collect()
}

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn holidays(calendar: &Calendar, year: i32) -> Vec<String> {
    let days = (0..366).filter_map(|day| NaiveDate::from_ymd_opt(year, 1, 1)?.checked_add_days(Days::new(day)));
    let days = days.filter(|date| date.year() == year);
    days.filter_map(|date| Some(format!("{date} {:?}", calendar.holiday(date)?))).collect()
}

#[test]
fn dutch_holidays_are_those_of_the_design() {
    assert_eq!(
        holidays(&support(), 2026),
        [
            "2026-01-01 NewYear",
            "2026-04-05 EasterSunday",
            "2026-04-06 EasterMonday",
            "2026-04-27 KingsDay",
            "2026-05-14 Ascension",
            "2026-05-24 WhitSunday",
            "2026-05-25 WhitMonday",
            "2026-12-25 Christmas",
            "2026-12-26 SecondChristmas",
        ]
    );
    // The 27th is a Sunday in 2025, 2031 and 2036.
    for (year, kings_day) in [(2024, 27), (2025, 26), (2026, 27), (2031, 26), (2036, 26), (2037, 27)] {
        let day = NaiveDate::from_ymd_opt(year, 4, kings_day).expect("a date");
        assert_eq!(support().holiday(day), Some(Holiday::KingsDay), "{year}");
        assert_ne!(day.weekday(), Weekday::Sun);
        let other = NaiveDate::from_ymd_opt(year, 4, 53 - kings_day).expect("a date");
        assert_eq!(support().holiday(other), None, "{year}");
    }
}

#[test]
fn our_dutch_holidays_are_those_of_the_crate_where_it_has_some() {
    use opening_hours::localization::Country;
    let theirs: BTreeSet<NaiveDate> = Country::NL.holidays().get_public().iter().collect();
    let support = support();
    let mut day = date("2000-01-01");
    while day <= date("2076-12-31") {
        assert_eq!(support.holiday(day).is_some(), theirs.contains(&day), "{day}");
        day = day.succ_opt().expect("not the end of time");
    }
}

#[test]
fn good_friday_and_liberation_day_are_choices() {
    let with = |good_friday, liberation_day| {
        let spec = CalendarSpec { good_friday, liberation_day, ..CalendarSpec::shipped_support() };
        spec.parse().expect("a good calendar")
    };
    for (choice, years) in [
        (HolidayYears::Never, vec![]),
        (HolidayYears::Yearly, vec![2024, 2025, 2026, 2030]),
        (HolidayYears::EveryFifthYear, vec![2025, 2030]),
    ] {
        for (year, friday) in [(2024, "03-29"), (2025, "04-18"), (2026, "04-03"), (2030, "04-19")] {
            let holiday = with(HolidayYears::Never, choice).holiday(date(&format!("{year}-05-05")));
            assert_eq!(holiday, years.contains(&year).then_some(Holiday::LiberationDay), "{choice:?} {year}");
            let holiday = with(choice, HolidayYears::Never).holiday(date(&format!("{year}-{friday}")));
            assert_eq!(holiday, years.contains(&year).then_some(Holiday::GoodFriday), "{choice:?} {year}");
        }
    }
    // The expression uses the choice.
    let open =
        |calendar: &Calendar| calendar.expand(at("2026-04-03T00:00:00Z"), at("2026-04-03T12:00:00Z")).windows.len();
    assert_eq!((open(&support()), open(&with(HolidayYears::Yearly, HolidayYears::Never))), (1, 0));
}

#[test]
fn days_that_follow_from_their_weekday_are_as_if_each_had_been_asked_about() {
    for hours in [
        "Mo-Fr 09:00-12:30,13:00-18:00; Sa 10:00-14:00; PH off",
        "24/7; PH off",
        "Mo-Su 00:00-24:00",
        "Mo-Fr 09:00-18:00; PH 10:00-12:00",
        // None of these does.
        "Fr 22:00-26:00; PH off",
        "Mo-Fr 22:00-02:00; We off",
        "Mo-Fr 09:00-18:00; PH -1 day off",
        "Mo-Fr 09:00-18:00; Sa[1] 09:00-12:00",
    ] {
        let expand = |hours: String| {
            let spec = CalendarSpec { hours, ..CalendarSpec::shipped_support() };
            spec.parse().unwrap().expand(at("2024-12-20T12:00:00Z"), at("2031-01-10T12:00:00Z"))
        };
        // A rule about one day of 1970 changes nothing here, but makes it look at every date.
        let (short, long) = (expand(hours.into()), expand(format!("{hours}; 1970 Jan 01 off")));
        assert!(short.windows.len() > 100 || hours.contains("24"), "{hours}: {}", short.windows.len());
        assert_eq!(short, long, "{hours}");
    }
}

#[test]
fn a_question_about_another_age_does_not_fill_the_centuries_between() {
    let calendar = support();
    let near = || calendar.schedule(at("2026-04-24T00:00:00Z"), at("2026-05-24T00:00:00Z"));
    let before = near();
    let far = calendar.schedule(at("9998-04-24T00:00:00Z"), at("9998-05-24T00:00:00Z"));
    assert!(far.knows(at("9998-05-01T00:00:00Z")) && !far.knows(at("2026-05-01T00:00:00Z")));
    assert!(calendar.kept() < 2_000, "{}", calendar.kept());
    assert_eq!(near(), before);
}

#[test]
fn a_stored_calendar_may_still_say_yes_or_no_about_good_friday() {
    let stored = |value: &str| {
        let text = format!(r#"{{"timezone":"Europe/Amsterdam","hours":"24/7","good_friday":{value}}}"#);
        serde_json::from_str::<CalendarSpec>(&text).map(|spec| spec.good_friday).ok()
    };
    assert_eq!(stored("true"), Some(HolidayYears::Yearly));
    assert_eq!(stored("false"), Some(HolidayYears::Never));
    for years in HolidayYears::ALL {
        assert_eq!(stored(&serde_json::to_string(&years).unwrap()), Some(years));
    }
    assert_eq!(stored("\"often\""), None);
}

#[test]
fn holidays_of_years_far_away_are_known() {
    // Easter 2285 is on 22 March, the earliest date it can have; in 2038 on 25 April, the latest.
    for (year, easter) in [(1970, "1970-03-29"), (2038, "2038-04-25"), (2285, "2285-03-22"), (9999, "9999-03-28")] {
        let holidays = holidays(&support(), year);
        assert!(holidays.contains(&format!("{easter} EasterSunday")), "{holidays:?}");
    }
}

#[test]
fn the_support_desk_of_a_week_with_kings_day() {
    let schedule = support().expand(at("2026-04-24T12:00:00Z"), at("2026-04-28T12:00:00Z"));
    assert_eq!(
        windows(&support(), "2026-04-24T12:00:00Z", "2026-04-28T12:00:00Z"),
        ["2026-04-24T09:00:00+02:00 2026-04-24T18:00:00+02:00", "2026-04-28T09:00:00+02:00 2026-04-28T18:00:00+02:00",]
    );
    let reasons: Vec<_> = schedule.closed_days.iter().map(|day| day.reason.clone()).collect();
    assert_eq!(reasons, [ClosedReason::Weekend, ClosedReason::Weekend, ClosedReason::Holiday(Holiday::KingsDay)]);
    let week: Vec<_> =
        schedule.week.iter().map(|w| (w.first_weekday, w.last_weekday, w.from_minute, w.to_minute)).collect();
    assert_eq!(week, [(0, 4, 540, 1_080)]);
    assert!(!schedule.ends);
    assert_eq!(schedule.zone.rfc3339(schedule.known_from), "2026-04-24T00:00:00+02:00");
    assert_eq!(schedule.zone.rfc3339(schedule.known_until), "2026-04-29T00:00:00+02:00");
}

#[test]
fn an_expansion_is_in_whole_local_days() {
    // 23:30 UTC is the next day in Amsterdam.
    assert_eq!(
        windows(&support(), "2026-04-21T23:30:00Z", "2026-04-21T23:31:00Z"),
        ["2026-04-22T09:00:00+02:00 2026-04-22T18:00:00+02:00",]
    );
}

#[test]
fn closed_dates_are_closed_and_say_why() {
    let spec = CalendarSpec {
        closed: vec![("2026-12-24".into(), "Office move".into()), ("2026-12-27".into(), "Inventory".into())],
        ..CalendarSpec::shipped_support()
    };
    let schedule = spec.parse().expect("good").expand(at("2026-12-24T12:00:00Z"), at("2026-12-27T12:00:00Z"));
    assert!(schedule.windows.is_empty());
    let reasons: Vec<_> = schedule.closed_days.into_iter().map(|day| day.reason).collect();
    assert_eq!(
        reasons,
        [
            ClosedReason::Extra("Office move".into()),
            ClosedReason::Holiday(Holiday::Christmas),
            // A Saturday and a Sunday are closed anyway, second Christmas Day or not.
            ClosedReason::Weekend,
            ClosedReason::Weekend,
        ]
    );
}

#[test]
fn a_weekday_that_is_always_closed_is_no_holiday() {
    let schedule = calendar("Europe/Amsterdam", "Mo-Th 09:00-12:00,13:00-17:00")
        .expand(at("2026-04-20T12:00:00Z"), at("2026-04-26T12:00:00Z"));
    let reasons: Vec<_> = schedule.closed_days.into_iter().map(|day| day.reason).collect();
    assert_eq!(reasons, [ClosedReason::Weekday, ClosedReason::Weekend, ClosedReason::Weekend]);
    let week: Vec<_> =
        schedule.week.iter().map(|w| (w.first_weekday, w.last_weekday, w.from_minute, w.to_minute)).collect();
    assert_eq!(week, [(0, 3, 540, 720), (0, 3, 780, 1_020)]);
}

#[test]
fn the_week_is_the_ordinary_one_however_short_the_expansion() {
    // Only Easter Monday is asked for; the week must not say that Mondays are closed.
    let schedule = support().expand(at("2026-04-06T08:00:00Z"), at("2026-04-06T09:00:00Z"));
    assert_eq!(schedule.week.len(), 1);
    assert_eq!(schedule.closed_days[0].reason, ClosedReason::Holiday(Holiday::EasterMonday));
}

#[test]
fn around_the_clock_is_one_window() {
    let schedule = calendar("Europe/Amsterdam", "24/7").expand(at("2026-03-01T00:00:00Z"), at("2026-11-01T00:00:00Z"));
    assert_eq!(schedule.windows.len(), 1);
    assert_eq!((schedule.windows[0].from, schedule.windows[0].to), (schedule.known_from, schedule.known_until));
    // Two rules that meet at midnight are one as well, and so are different comments.
    assert_eq!(
        windows(
            &calendar("Europe/Amsterdam", "Mo-Su 00:00-12:00,12:00-24:00"),
            "2026-03-28T12:00:00Z",
            "2026-03-30T12:00:00Z"
        )
        .len(),
        1
    );
    assert_eq!(
        windows(
            &calendar("Europe/Amsterdam", "We 09:00-12:00 open \"a\", We 12:00-18:00 open \"b\""),
            "2026-04-22T12:00:00Z",
            "2026-04-22T12:00:00Z"
        ),
        ["2026-04-22T09:00:00+02:00 2026-04-22T18:00:00+02:00",]
    );
}

#[test]
fn hours_past_midnight_reach_into_the_next_day() {
    assert_eq!(
        windows(&calendar("Europe/Amsterdam", "Fr 22:00-02:00"), "2026-04-24T12:00:00Z", "2026-04-25T12:00:00Z"),
        ["2026-04-24T22:00:00+02:00 2026-04-25T02:00:00+02:00",]
    );
}

#[test]
fn time_marked_unknown_or_off_is_closed() {
    let calendar = calendar("Europe/Amsterdam", "Mo-Fr 09:00-18:00; We 12:00-13:00 off; Th unknown");
    assert_eq!(
        windows(&calendar, "2026-04-22T12:00:00Z", "2026-04-23T12:00:00Z"),
        ["2026-04-22T09:00:00+02:00 2026-04-22T12:00:00+02:00", "2026-04-22T13:00:00+02:00 2026-04-22T18:00:00+02:00",]
    );
}

#[test]
fn an_edge_in_a_skipped_hour_moves_to_the_first_instant_that_exists() {
    // On 29 March 2026 there is no time from 02:00 to 03:00.
    let cases = [
        ("02:30-06:00", "2026-03-29T03:00:00+02:00 2026-03-29T06:00:00+02:00"),
        ("00:00-02:30", "2026-03-29T00:00:00+01:00 2026-03-29T03:00:00+02:00"),
        ("02:00-03:00", ""),
        ("02:10-02:50", ""),
        ("01:30-03:30", "2026-03-29T01:30:00+01:00 2026-03-29T03:30:00+02:00"),
        ("00:00-02:00", "2026-03-29T00:00:00+01:00 2026-03-29T03:00:00+02:00"),
    ];
    for (hours, expected) in cases {
        let calendar = calendar("Europe/Amsterdam", hours);
        assert_eq!(windows(&calendar, "2026-03-29T08:00:00Z", "2026-03-29T08:00:00Z").join(", "), expected, "{hours}");
    }
}

#[test]
fn where_an_hour_repeats_an_opening_is_early_and_a_closing_late() {
    // On 25 October 2026 the time from 02:00 to 03:00 comes twice.
    let cases = [
        ("02:30-06:00", "2026-10-25T02:30:00+02:00 2026-10-25T06:00:00+01:00"),
        ("00:00-02:30", "2026-10-25T00:00:00+02:00 2026-10-25T02:30:00+01:00"),
        ("02:10-02:50", "2026-10-25T02:10:00+02:00 2026-10-25T02:50:00+01:00"),
        ("01:00-02:20,02:40-04:00", "2026-10-25T01:00:00+02:00 2026-10-25T04:00:00+01:00"),
        ("00:00-03:00", "2026-10-25T00:00:00+02:00 2026-10-25T03:00:00+01:00"),
    ];
    for (hours, expected) in cases {
        let calendar = calendar("Europe/Amsterdam", hours);
        assert_eq!(windows(&calendar, "2026-10-25T08:00:00Z", "2026-10-25T08:00:00Z").join(", "), expected, "{hours}");
    }
}

#[test]
fn zones_that_change_at_midnight_keep_whole_days() {
    // Havana goes back from 01:00 to 00:00, so midnight comes twice; São Paulo skipped the first hour of a day until 2018;
    // Apia skipped 30 December 2011 as a whole.
    assert_eq!(windows(&calendar("America/Havana", "24/7"), "2026-10-31T12:00:00Z", "2026-11-01T12:00:00Z").len(), 1);
    assert_eq!(
        windows(&calendar("America/Havana", "Su 00:00-10:00"), "2026-11-01T12:00:00Z", "2026-11-01T12:00:00Z"),
        ["2026-11-01T00:00:00-04:00 2026-11-01T10:00:00-05:00",]
    );
    assert_eq!(
        windows(&calendar("America/Sao_Paulo", "00:00-10:00"), "2018-11-04T12:00:00Z", "2018-11-04T12:00:00Z"),
        ["2018-11-04T01:00:00-02:00 2018-11-04T10:00:00-02:00",]
    );
    assert_eq!(
        windows(&calendar("Pacific/Apia", "09:00-17:00"), "2011-12-29T20:00:00Z", "2011-12-30T20:00:00Z"),
        ["2011-12-29T09:00:00-10:00 2011-12-29T17:00:00-10:00", "2011-12-31T09:00:00+14:00 2011-12-31T17:00:00+14:00",]
    );
}

#[test]
fn the_table_of_a_zone_says_what_the_database_says() {
    for name in [
        "Europe/Amsterdam",
        "America/New_York",
        "Asia/Kolkata",
        "Africa/Casablanca",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "UTC",
    ] {
        let zone: chrono_tz::Tz = name.parse().expect("IANA");
        let table = calendar(name, "24/7").zone().clone();
        // Every eleven hours and a bit, so that all hours of the day come by.
        for second in (0..4_100_000_000i64).step_by(40_111) {
            let local = zone
                .from_utc_datetime(&DateTime::from_timestamp(second, 0).expect("in range").naive_utc())
                .naive_local();
            let civil = table.civil(Instant(second * 1_000));
            let ours = NaiveDate::from_ymd_opt(civil.year, civil.month.into(), civil.day.into())
                .and_then(|day| day.and_hms_opt(civil.hour.into(), civil.minute.into(), civil.second.into()));
            assert_eq!(ours, Some(local), "{name} at {second}");
        }
    }
}

#[test]
fn local_times_become_the_instants_that_chrono_finds() {
    for name in ["Europe/Amsterdam", "America/Havana", "Australia/Lord_Howe", "Africa/Casablanca", "America/Sao_Paulo"]
    {
        let zone: chrono_tz::Tz = name.parse().expect("IANA");
        let table = calendar(name, "24/7").zone().clone();
        let start: NaiveDateTime = date("2017-01-01").and_hms_opt(0, 0, 0).expect("midnight");
        for quarter in 0..4 * 24 * 365 * 3 {
            let local = start + chrono::TimeDelta::minutes(15 * quarter);
            let found = zone.from_local_datetime(&local);
            let ours = table.instants_of(local.and_utc().timestamp_millis());
            match (found.earliest(), found.latest()) {
                (Some(earliest), Some(latest)) => {
                    assert_eq!(
                        ours,
                        (Instant(earliest.timestamp_millis()), Instant(latest.timestamp_millis())),
                        "{name} {local}"
                    );
                }
                _ => {
                    assert_eq!(ours.0, ours.1, "{name} {local}");
                    let after = zone
                        .from_utc_datetime(&DateTime::from_timestamp_millis(ours.0.0).expect("in range").naive_utc());
                    let before = after - chrono::TimeDelta::milliseconds(1);
                    assert!(before.naive_local() < local && local < after.naive_local(), "{name} {local}");
                }
            }
        }
    }
}

#[test]
fn clocks_go_on_changing_after_2099() {
    let zone = support().zone().clone();
    for (instant, expected) in [
        ("2126-01-15T12:00:00Z", "2126-01-15T13:00:00+01:00"),
        ("2126-07-15T12:00:00Z", "2126-07-15T14:00:00+02:00"),
        // The last Sunday of March 2126 is the 31st.
        ("2126-03-31T00:59:59Z", "2126-03-31T01:59:59+01:00"),
        ("2126-03-31T01:00:00Z", "2126-03-31T03:00:00+02:00"),
    ] {
        assert_eq!(zone.rfc3339(at(instant)), expected);
    }
}

#[test]
fn a_bad_calendar_is_refused_with_the_place() {
    let refused = |spec: CalendarSpec| spec.parse().expect_err("it is bad");
    let wrong = |hours: &str| match refused(spec("Europe/Amsterdam", hours)) {
        CalendarError::Hours(HoursError { column, length, fault }) => {
            let part: String = hours.chars().skip(column - 1).take(length).collect();
            (column, part, fault)
        }
        other => panic!("{hours}: {other:?}"),
    };
    let not_understood = |word: &str| HoursFault::NotUnderstood(word.into());
    let cases = [
        ("Mo-Fr 09:00-18:00; PX off", 20, "PX", not_understood("PX")),
        ("maandag", 1, "maandag", not_understood("maandag")),
        ("\"één\" Mo 9", 7, "Mo", not_understood("Mo")),
        ("Mo 30:00-26:00", 4, "30:00-26:00", not_understood("30:00-26:00")),
        ("Mo-Fr 09:00-", 13, "", HoursFault::Incomplete),
        ("Mo-Fr 09:00-18:00; Sa sunrise-12:00", 23, "sunrise", HoursFault::Sun),
        ("Mo \"a; b\"; Feb 30 off", 12, "Feb 30", HoursFault::NoSuchDate("Feb 30".into())),
        ("Mo; 2026-2020 Tu", 5, "2026-2020", HoursFault::BackwardsRange("2026-2020".into())),
        ("Mo 09:00-18:00; Tu 26:00-25:00", 20, "26:00-25:00", not_understood("26:00-25:00")),
        ("Mo 09:00-18:00; Tu 10:00-12:00/00:30", 17, "Tu 10:00-12:00/00:30", HoursFault::Repeated),
    ];
    for (hours, column, part, fault) in cases {
        assert_eq!(wrong(hours), (column, part.into(), fault), "{hours}");
    }
    assert_eq!(refused(spec("Europe/Asterdam", "24/7")), CalendarError::TimeZone("Europe/Asterdam".into()));
    let country = CalendarSpec { country: Some("XX".into()), ..CalendarSpec::shipped_support() };
    assert_eq!(refused(country), CalendarError::Country("XX".into()));
    for bad in ["2026-02-30", "24-12-2026", "20261224", "2026-1-1", "", "12026-01-01"] {
        let closed = CalendarSpec { closed: vec![(bad.into(), String::new())], ..CalendarSpec::shipped_support() };
        assert_eq!(refused(closed), CalendarError::Date(bad.into()));
    }
}

#[test]
fn a_calendar_that_never_opens_again_says_so() {
    let from = "2026-04-22T12:00:00Z";
    let ends = |hours: &str| calendar("Europe/Amsterdam", hours).expand(at(from), at(from)).ends;
    for hours in [
        "off",
        "24/7 closed",
        "2020 Mo-Fr 09:00-18:00",
        "2020-2026 Apr 01-22",
        "2026 Jan 01-2026 Apr 22 09:00-10:00",
        "We 09:00-10:00; We off",
    ] {
        assert!(ends(hours), "{hours}");
    }
    for hours in [
        "24/7",
        "2030 Mo 09:00-10:00",
        "Feb 29 10:00-11:00",
        "2020-2026 Apr 01-23",
        "2100+ Mo",
        "week 53 Su 10:00-11:00",
        "2090 easter 10:00-11:00",
        "2026 Jan 01-2026 Apr 23 09:00-10:00",
    ] {
        assert!(!ends(hours), "{hours}");
    }
    let last_day = support().expand(at("9999-12-30T00:00:00Z"), Instant::MAX);
    assert!(last_day.ends);
    assert_eq!(last_day.windows.len(), 2);
}

#[test]
fn what_is_asked_beyond_the_years_of_calendars_is_cut_off() {
    let schedule = support().expand(Instant::MIN, at("1970-01-02T12:00:00Z"));
    assert_eq!(schedule.zone.civil(schedule.known_from).day_number, -1);
    // New Year's Eve 1969 and 2 January 1970.
    assert_eq!(schedule.windows.len(), 2);
}

#[test]
fn a_shared_schedule_grows_and_stays_right() {
    let support = support();
    let questions = [
        ("2026-04-24T13:30:00Z", "2026-06-01T00:00:00Z"),
        ("2026-05-01T00:00:00Z", "2029-06-01T00:00:00Z"),
        ("2019-04-24T13:30:00Z", "2019-06-01T00:00:00Z"),
        ("2026-04-24T13:30:00Z", "2026-06-01T00:00:00Z"),
    ];
    for (from, until) in questions {
        let shared = support.schedule(at(from), at(until));
        assert!(shared.knows(at(from)) && shared.knows(at(until)));
        let fresh = CalendarSpec::shipped_support().parse().expect("shipped").expand(at(from), at(until));
        let trimmed = shared.trimmed(at(from), at(until));
        assert_eq!((trimmed.windows, trimmed.closed_days), (fresh.windows, fresh.closed_days));
        assert!(shared.windows.is_sorted_by(|a, b| a.to < b.from));
    }
    let again = support.schedule(at("2026-04-24T13:30:00Z"), at("2026-06-01T00:00:00Z"));
    let clone = support.clone().schedule(at("2020-04-24T13:30:00Z"), at("2021-06-01T00:00:00Z"));
    assert!(std::sync::Arc::ptr_eq(&again, &clone), "what is known already is not expanded again");
}

#[test]
fn what_goes_over_the_wire_is_small() {
    let schedule = support().schedule_around(at("2026-04-24T15:16:00Z"));
    assert!((100..140).contains(&schedule.windows.len()), "{}", schedule.windows.len());
    let bytes = serde_json::to_string(&schedule).expect("it is JSON").len();
    assert!(bytes < 10_000, "{bytes} bytes");
    let older = support().schedule_from(at("2025-11-03T10:00:00Z"), at("2026-04-24T15:16:00Z"));
    assert!(older.knows(at("2025-11-03T10:00:00Z")));
}

fn clock(start: &str, hours: i64) -> Timeline {
    let started_at = at(start);
    let targets = vec![Target { from: started_at, working_time: Millis::hours(hours) }];
    Timeline { kind: ClockKind::Resolution, started_at, targets, pauses: Vec::new(), stopped_at: None }
}

#[test]
fn a_schedule_covers_the_life_of_a_clock_however_seldom_it_opens() {
    let leap_days = calendar("Europe/Amsterdam", "Feb 29 09:00-11:00");
    let clock = clock("2026-04-22T10:00:00Z", 8);
    let schedule = leap_days.schedule_covering(&clock, clock.started_at);
    let due_at = due(&schedule, &clock, clock.started_at).expect("it opens every fourth year");
    assert_eq!(leap_days.zone().rfc3339(due_at), "2040-02-29T11:00:00+01:00");
    let never = calendar("Europe/Amsterdam", "off");
    assert_eq!(due(&never.schedule_covering(&clock, clock.started_at), &clock, clock.started_at), None);
}

#[test]
fn the_friday_before_kings_day_goes_on_on_tuesday() {
    let schedule: Schedule = support().schedule_around(at("2026-04-24T17:30:00+02:00"));
    let due_at = promise(&schedule, Millis::hours(1), at("2026-04-24T17:30:00+02:00"));
    assert_eq!(due_at, Some(at("2026-04-28T09:30:00+02:00")));
    let chat = CalendarSpec::shipped_chat().parse().expect("it is shipped");
    assert!(!chat.schedule_around(at("2026-04-24T17:30:00+02:00")).is_open(at("2026-04-24T17:30:00+02:00")));
}

#[test]
fn holidays_of_another_country_are_off_without_a_made_up_name() {
    let spec = CalendarSpec { country: Some("BE".into()), ..CalendarSpec::shipped_support() };
    let belgian = spec.parse().expect("a good calendar");
    assert_eq!(belgian.holiday(date("2026-07-21")), Some(Holiday::Other(String::new())));
    assert_eq!(belgian.holiday(date("2026-04-27")), None);
}
