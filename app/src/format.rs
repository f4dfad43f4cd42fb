//! Dates, durations and sizes as people read them, in both languages and in the calendar's zone. The server and the
//! browser must write the same, so nothing here asks the machine for its locale, zone or clock.

use domain::i18n::Locale;
use domain::sla::WeekSpan;
use domain::time::{Instant, Millis};
use domain::zone::{Civil, Zone, date_of};

use crate::words::common as words;

/// Two digits.
fn two(number: i64) -> String {
    if number < 10 { ["0", &number.to_string()].concat() } else { number.to_string() }
}

/// "10:30", of minutes since midnight; 1440 is "24:00".
pub fn minute_of_day(minute: u16) -> String {
    [&two(i64::from(minute / 60)), ":", &two(i64::from(minute % 60))].concat()
}

/// "10:30".
pub fn time(zone: &Zone, at: Instant) -> String {
    let c = zone.civil(at);
    minute_of_day(u16::from(c.hour) * 60 + u16::from(c.minute))
}

/// "9:00–18:00" of one day; an end at midnight is "24:00".
pub fn time_span(zone: &Zone, from: Instant, to: Instant) -> String {
    let end = if zone.civil(from).day_number < zone.civil(to).day_number { "24:00".to_owned() } else { time(zone, to) };
    [&time(zone, from), "–", &end].concat()
}

/// "Tue 28 Apr".
pub fn date(locale: Locale, day_number: i64) -> String {
    let (_, month, day) = date_of(day_number);
    let weekday = words::weekday_short(locale, weekday_of(day_number));
    [weekday, " ", &day.to_string(), " ", words::month_short(locale, month)].concat()
}

/// "Tue 28".
pub fn date_short(locale: Locale, day_number: i64) -> String {
    let (_, _, day) = date_of(day_number);
    [words::weekday_short(locale, weekday_of(day_number)), " ", &day.to_string()].concat()
}

/// "Tuesday 28 April".
pub fn date_long(locale: Locale, day_number: i64) -> String {
    let (_, month, day) = date_of(day_number);
    [words::weekday(locale, weekday_of(day_number)), " ", &day.to_string(), " ", words::month(locale, month)].concat()
}

/// 0 is Monday; 1970-01-01 was a Thursday.
pub fn weekday_of(day_number: i64) -> u8 {
    (day_number + 3).rem_euclid(7) as u8
}

/// "Tue 28 Apr 10:30".
pub fn date_time(locale: Locale, zone: &Zone, at: Instant) -> String {
    [&date(locale, zone.civil(at).day_number), " ", &time(zone, at)].concat()
}

/// "Tue 28 Apr 2025 10:30": for what may lie years back.
pub fn date_time_year(locale: Locale, zone: &Zone, at: Instant) -> String {
    let c = zone.civil(at);
    [&date(locale, c.day_number), " ", &c.year.to_string(), " ", &time(zone, at)].concat()
}

/// As short as is clear, seen from `now`: "10:30" today, "Tue 10:30" within six days, "Tue 28 Apr 10:30", with the year
/// in another year.
pub fn moment(locale: Locale, zone: &Zone, at: Instant, now: Instant) -> String {
    let (c, today) = (zone.civil(at), zone.civil(now));
    match (c.day_number - today.day_number).abs() {
        0 => time(zone, at),
        1..=6 => [words::weekday_short(locale, c.weekday), " ", &time(zone, at)].concat(),
        _ if c.year == today.year => date_time(locale, zone, at),
        _ => date_time_year(locale, zone, at),
    }
}

/// Like [`moment`], but a date is given as soon as it is not today: "today 10:30", "Tue 28 Apr 10:30". For deadlines.
pub fn deadline(locale: Locale, zone: &Zone, at: Instant, now: Instant) -> String {
    let (c, today) = (zone.civil(at), zone.civil(now));
    if c.day_number == today.day_number {
        [words::today(locale), " ", &time(zone, at)].concat()
    } else if c.year == today.year {
        date_time(locale, zone, at)
    } else {
        date_time_year(locale, zone, at)
    }
}

/// Whole days that lie in one local week: used to choose between "Tue 10:30" and a date.
pub fn same_day(zone: &Zone, a: Instant, b: Instant) -> bool {
    zone.civil(a).day_number == zone.civil(b).day_number
}

const fn hour_letter(locale: Locale) -> &'static str {
    match locale {
        Locale::English => " h ",
        Locale::Dutch => " u ",
    }
}

/// "2 h 14 min", "14 min", "4 min 32 s" under five minutes, "71 h 34 min". Rounded down; the sign is dropped.
pub fn duration(locale: Locale, span: Millis) -> String {
    let seconds = span.0.abs() / 1_000;
    let minutes = seconds / 60;
    if minutes < 5 && seconds % 60 != 0 {
        let rest = [&(seconds % 60).to_string(), " s"].concat();
        return if minutes == 0 { rest } else { [&minutes.to_string(), " min ", &rest].concat() };
    }
    minutes_long(locale, minutes)
}

/// "2 h 14 min", of whole minutes.
pub fn minutes_long(locale: Locale, minutes: i64) -> String {
    let (hours, rest) = (minutes / 60, minutes % 60);
    match (hours, rest) {
        (0, _) => [&rest.to_string(), " min"].concat(),
        (_, 0) => [&hours.to_string(), hour_letter(locale).trim_end()].concat(),
        _ => [&hours.to_string(), hour_letter(locale), &two(rest), " min"].concat(),
    }
}

/// For rows: "2 h 14", "38 min", "1 h 05", "51 h" from a day on. Rounded down; the sign is dropped.
pub fn duration_short(locale: Locale, span: Millis) -> String {
    let minutes = span.0.abs() / Millis::MINUTE.0;
    let (hours, rest) = (minutes / 60, minutes % 60);
    if hours == 0 {
        [&rest.to_string(), " min"].concat()
    } else if rest == 0 || hours >= 48 {
        [&hours.to_string(), hour_letter(locale).trim_end()].concat()
    } else {
        [&hours.to_string(), hour_letter(locale), &two(rest)].concat()
    }
}

/// "24 support hours", "1 support hour", "30 min of support time".
pub fn support_hours(locale: Locale, target: Millis) -> String {
    let minutes = target.0 / Millis::MINUTE.0;
    if minutes == 60 {
        words::one_support_hour(locale).to_owned()
    } else if minutes % 60 == 0 {
        words::support_hours(locale, &(minutes / 60).to_string())
    } else {
        words::support_minutes(locale, &minutes_long(locale, minutes))
    }
}

/// "2.4 MB", "2,4 MB", "310 kB". Decimal units, as file managers count.
pub fn size(locale: Locale, bytes: i64) -> String {
    let (unit, name) = match bytes {
        ..1_000 => return [&bytes.to_string(), " B"].concat(),
        ..1_000_000 => return [&((bytes + 500) / 1_000).to_string(), " kB"].concat(),
        ..1_000_000_000 => (1_000_000, " MB"),
        _ => (1_000_000_000, " GB"),
    };
    let tenths = (bytes * 10 + unit / 2) / unit;
    let point = if locale == Locale::Dutch { "," } else { "." };
    if tenths % 10 == 0 || tenths >= 100 {
        [&(tenths / 10).to_string(), name].concat()
    } else {
        [&(tenths / 10).to_string(), point, &(tenths % 10).to_string(), name].concat()
    }
}

/// "Mon–Fri 09:00–18:00"; `long`: "Monday to Friday 09:00–18:00". Empty when the week has no hours.
pub fn week(locale: Locale, spans: &[WeekSpan], long: bool) -> String {
    let name = |day| if long { words::weekday(locale, day) } else { words::weekday_short(locale, day) };
    let to = match (long, locale) {
        (false, _) => "–",
        (true, Locale::English) => " to ",
        (true, Locale::Dutch) => " tot en met ",
    };
    let mut text = String::new();
    for span in spans {
        if !text.is_empty() {
            text.push_str(", ");
        }
        text.push_str(name(span.first_weekday));
        if span.last_weekday != span.first_weekday {
            text.push_str(to);
            text.push_str(name(span.last_weekday));
        }
        text.push(' ');
        text.push_str(&minute_of_day(span.from_minute));
        text.push('–');
        text.push_str(&minute_of_day(span.to_minute));
    }
    text
}

/// The city of a zone's name: "Amsterdam" of `Europe/Amsterdam`.
pub fn place(zone: &Zone) -> String {
    zone.name.rsplit('/').next().unwrap_or_default().replace('_', " ")
}

/// "Sat–Sun", "Mon 27", "Sat 25–Mon 27": a run of days, by number of the first and the last.
pub fn day_run(locale: Locale, first: i64, last: i64) -> String {
    if first == last {
        date_short(locale, first)
    } else {
        let name = |day| words::weekday_short(locale, weekday_of(day));
        [name(first), "–", name(last)].concat()
    }
}

/// Which greeting fits: 0 morning, 1 afternoon, 2 evening.
pub fn part_of_day(civil: Civil) -> u8 {
    match civil.hour {
        ..5 | 18.. => 2,
        5..12 => 0,
        _ => 1,
    }
}
