//! The offsets of a time zone as a table, from the IANA database in chrono-tz.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, NaiveDateTime, Offset, TimeZone};
use chrono_tz::Tz;
use domain::time::{Instant, Millis};
use domain::zone::Zone;

use super::CalendarError;

/// From here the table begins; the offset before it is taken to be the same.
const FIRST: i64 = -86_400 * 2;
/// chrono-tz ends here: zones that change their clocks are given no more changes after 2099. We go on with the changes of
/// the year that has the same calendar, as rules ("the last Sunday of March") repeat with it.
const LAST: i64 = 4_102_444_800;
/// No zone changes its offset twice within a day, or has since 1970.
const STEP: i64 = 86_400;

/// All offsets of a zone since 1970.
///
/// # Errors
/// [`CalendarError::TimeZone`] for a name that IANA does not have.
pub(super) fn table(name: &str) -> Result<Arc<Zone>, CalendarError> {
    static KNOWN: RwLock<Option<HashMap<Tz, Arc<Zone>>>> = RwLock::new(None);
    let zone: Tz = name.parse().map_err(|_| CalendarError::TimeZone(name.to_owned()))?;
    let known =
        KNOWN.read().unwrap_or_else(PoisonError::into_inner).as_ref().and_then(|known| known.get(&zone).cloned());
    if let Some(known) = known {
        return Ok(known);
    }
    let made = Arc::new(make(zone));
    let mut known = KNOWN.write().unwrap_or_else(PoisonError::into_inner);
    known.get_or_insert_default().insert(zone, made.clone());
    Ok(made)
}

fn offset_at(zone: Tz, second: i64) -> i32 {
    let utc: NaiveDateTime =
        DateTime::from_timestamp(second, 0).expect("a second of the years 1969 to 2100").naive_utc();
    zone.offset_from_utc_datetime(&utc).fix().local_minus_utc()
}

fn make(zone: Tz) -> Zone {
    let mut offsets = vec![(Instant(FIRST * 1_000), offset_at(zone, FIRST))];
    let mut before = offset_at(zone, FIRST);
    let mut at = FIRST;
    while at < LAST {
        let after = offset_at(zone, at + STEP);
        if after != before {
            let second = change_between(zone, at, at + STEP);
            offsets.push((Instant(second * 1_000), after));
            before = after;
        }
        at += STEP;
    }
    repeat_after_2099(&mut offsets);
    Zone { name: zone.name().to_owned(), offsets }
}

/// The first second of the offset at `to`, which differs from the one at `from`.
fn change_between(zone: Tz, mut from: i64, mut to: i64) -> i64 {
    let after = offset_at(zone, to);
    while to - from > 1 {
        let middle = from + (to - from) / 2;
        if offset_at(zone, middle) == after {
            to = middle;
        } else {
            from = middle;
        }
    }
    to
}

/// Repeats the changes of 2060 to 2099 in every later year of the same length that begins on the same weekday.
fn repeat_after_2099(offsets: &mut Vec<(Instant, i32)>) {
    let year_start = |year: i32| super::parse::day_number(year, 1, 1) * Millis::DAY.0;
    let model: Vec<(Instant, i32)> = offsets.iter().copied().filter(|(at, _)| at.0 >= year_start(2060)).collect();
    for year in 2100..=9999 {
        let (start, next) = (year_start(year), year_start(year + 1));
        let alike = (2072..2100).find(|alike| {
            let alike_start = year_start(*alike);
            year_start(alike + 1) - alike_start == next - start && (start - alike_start) % (7 * Millis::DAY.0) == 0
        });
        let alike_start = year_start(alike.expect("28 years in a row hold every kind of year"));
        let changes = model.iter().filter(|(at, _)| (alike_start..alike_start + (next - start)).contains(&at.0));
        for (at, offset) in changes {
            offsets.push((Instant(at.0 - alike_start + start), *offset));
        }
    }
}
