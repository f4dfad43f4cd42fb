//! The desks of the cases, expanded for the engine, which knows no time zones: `cases/desks.json` is current.

use std::path::Path;

use backend::calendar::{CalendarSpec, HolidayYears};
use cases::Row;
use chrono::NaiveDate;
use domain::sla::Schedule;
use domain::time::{Instant, Millis};

fn spec(row: &Row) -> CalendarSpec {
    let country = row.get("Holidays of");
    let mut spec = CalendarSpec {
        timezone: row.get("Time zone").into(),
        hours: row.get("Opening hours").into(),
        country: (!country.is_empty()).then(|| country.into()),
        closed: Vec::new(),
        ..CalendarSpec::shipped_support()
    };
    for also in row.get("Also off").split(';').map(str::trim).filter(|also| !also.is_empty()) {
        match also {
            "Good Friday every year" => spec.good_friday = HolidayYears::Yearly,
            "Good Friday every fifth year" => spec.good_friday = HolidayYears::EveryFifthYear,
            "5 May every year" => spec.liberation_day = HolidayYears::Yearly,
            "5 May every fifth year" => spec.liberation_day = HolidayYears::EveryFifthYear,
            other => panic!("{other}"),
        }
    }
    for closed in row.get("Closed on").split(';').map(str::trim).filter(|closed| !closed.is_empty()) {
        let (date, label) = closed.split_once(' ').unwrap_or((closed, ""));
        spec.closed.push((date.into(), label.into()));
    }
    spec
}

/// The schedule of the days the desk is needed for. Midnight in UTC plus or minus half a day lies within each local day.
fn expanded(row: &Row) -> Schedule {
    let calendar = spec(row).parse().unwrap_or_else(|error| panic!("{}: {error}", row.get("Desk")));
    let (first, last) = row.get("Days").split_once(" to ").expect("two dates");
    let noon = |date: &str| {
        let date: NaiveDate = date.parse().expect("a date");
        let noon = date.and_hms_opt(12, 0, 0).expect("noon exists").and_utc();
        let at = Instant(noon.timestamp_millis());
        at - Millis::seconds(i64::from(calendar.zone().offset_at(at)))
    };
    let mut schedule = calendar.expand(noon(first), noon(last));
    // Years around are for showing older messages; the cases have none.
    schedule.zone = schedule.zone.trimmed(schedule.known_from, schedule.known_until);
    schedule
}

#[test]
fn the_expanded_desks_of_the_cases_are_current() {
    let rows = cases::rows(cases::DESKS);
    assert!(rows.len() > 10, "{} desks", rows.len());
    let line = |row: &Row| {
        let schedule = serde_json::to_string(&expanded(row)).unwrap();
        format!("{}: {schedule}", serde_json::to_string(row.get("Desk")).unwrap())
    };
    let lines: Vec<String> = rows.iter().map(line).collect();
    let text = format!("{{\n{}\n}}\n", lines.join(",\n"));
    if std::env::var_os("LOKET_WRITE_DESKS").is_some() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../cases/desks.json");
        std::fs::write(file, &text).unwrap();
        return;
    }
    assert!(text == cases::EXPANDED, "run this test once with LOKET_WRITE_DESKS=1");
}
