//! What stands in a cell: instants and spans, read and written.

use domain::time::{Instant, Millis};
use domain::zone::Zone;

const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// Reads "Wed 2026-04-22 10:00", with seconds and milliseconds where there are any, and with an offset where an hour comes twice.
pub(crate) fn instant(zone: &Zone, text: &str) -> Result<Instant, String> {
    let wrong = || format!("{text:?} is not a moment such as \"Wed 2026-04-22 10:00\"");
    let mut words = text.split_whitespace();
    let (Some(weekday), Some(date), Some(time)) = (words.next(), words.next(), words.next()) else {
        return Err(wrong());
    };
    let offset = words.next();
    let number = |part: Option<&str>| part.and_then(|part| part.parse::<i64>().ok()).ok_or_else(wrong);
    let mut parts = date.split('-');
    let (year, month, day) = (number(parts.next())?, number(parts.next())?, number(parts.next())?);
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let mut parts = time.split(':');
    let (hour, minute) = (number(parts.next())?, number(parts.next())?);
    let second = parts.next().map_or(Ok(0), |part| number(Some(part)))?;
    let day_number = day_number(year, month, day).ok_or_else(wrong)?;
    if WEEKDAYS[(day_number + 3).rem_euclid(7) as usize] != weekday {
        return Err(format!("{date} is not a {weekday}"));
    }
    let milliseconds = number(Some(fraction))?;
    let local = day_number * Millis::DAY.0 + (hour * 3_600 + minute * 60 + second) * 1_000 + milliseconds;
    let (first, last) = zone.instants_of(local);
    let found = match offset {
        None if first == last => first,
        None => return Err(format!("{text:?} comes twice: add an offset such as +01:00")),
        Some(offset) => *[first, last].iter().find(|at| self::offset(zone, **at) == offset).ok_or_else(wrong)?,
    };
    // A time that does not exist is a mistake in the table.
    if show(zone, found) == text {
        Ok(found)
    } else {
        Err(format!("{text:?} does not exist or is {}", show(zone, found)))
    }
}

/// Days since 1970-01-01 of a date that exists.
fn day_number(year: i64, month: i64, day: i64) -> Option<i64> {
    // Near enough to look for it.
    let near = (year - 1970) * 365 + (year - 1969) / 4 + (month - 1) * 30;
    (near..near + 40).find(|number| {
        let (y, m, d) = domain::zone::date_of(*number);
        (i64::from(y), i64::from(m), i64::from(d)) == (year, month, day)
    })
}

fn offset(zone: &Zone, at: Instant) -> String {
    let minutes = zone.offset_at(at) / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

/// What [`instant`] reads.
pub(crate) fn show(zone: &Zone, at: Instant) -> String {
    let civil = zone.civil(at);
    let weekday = WEEKDAYS[usize::from(civil.weekday)];
    let mut text = format!(
        "{weekday} {:04}-{:02}-{:02} {:02}:{:02}",
        civil.year, civil.month, civil.day, civil.hour, civil.minute
    );
    let milliseconds = at.0.rem_euclid(1_000);
    if civil.second != 0 || milliseconds != 0 {
        text += &format!(":{:02}", civil.second);
    }
    if milliseconds != 0 {
        text += &format!(".{milliseconds:03}");
    }
    let local = at.0 + i64::from(zone.offset_at(at)) * 1_000;
    let (first, last) = zone.instants_of(local);
    if first == last { text } else { format!("{text} {}", offset(zone, at)) }
}

/// Reads "4 h", "2 h 30", "45 min", "30 s".
pub(crate) fn span(text: &str) -> Result<Millis, String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let number = |word: &str| word.parse::<i64>().map_err(|_| format!("{text:?} is not a span such as \"2 h 30\""));
    match words.as_slice() {
        [hours, "h"] => Ok(Millis::hours(number(hours)?)),
        [hours, "h", minutes] => Ok(Millis::hours(number(hours)?) + Millis::minutes(number(minutes)?)),
        [minutes, "min"] => Ok(Millis::minutes(number(minutes)?)),
        [seconds, "s"] => Ok(Millis::seconds(number(seconds)?)),
        _ => Err(format!("{text:?} is not a span such as \"2 h 30\"")),
    }
}
