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

/// "09:00–18:00" of one day; an end at midnight is "24:00".
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

/// "Tue 28 Apr 10:30", with the year in another year than `now`'s.
pub fn date_time_seen(locale: Locale, zone: &Zone, at: Instant, now: Instant) -> String {
    if zone.civil(at).year == zone.civil(now).year {
        date_time(locale, zone, at)
    } else {
        date_time_year(locale, zone, at)
    }
}

/// As short as is clear, seen from `now`: "10:30" today, "Tue 10:30" within six days, "Tue 28 Apr 10:30", with the year
/// in another year.
pub fn moment(locale: Locale, zone: &Zone, at: Instant, now: Instant) -> String {
    let (c, today) = (zone.civil(at), zone.civil(now));
    match (c.day_number - today.day_number).abs() {
        0 => time(zone, at),
        1..=6 => [words::weekday_short(locale, c.weekday), " ", &time(zone, at)].concat(),
        _ => date_time_seen(locale, zone, at, now),
    }
}

/// Like [`moment`], but a date is given as soon as it is not today: "today 10:30", "Tue 28 Apr 10:30". For deadlines.
pub fn deadline(locale: Locale, zone: &Zone, at: Instant, now: Instant) -> String {
    if same_day(zone, at, now) {
        [words::today(locale), " ", &time(zone, at)].concat()
    } else {
        date_time_seen(locale, zone, at, now)
    }
}

/// Like [`moment`], but without the time as soon as there is a date: "10:30", "Tue 10:30", "Mon 4 May". For dense rows.
pub fn moment_short(locale: Locale, zone: &Zone, at: Instant, now: Instant) -> String {
    let day = zone.civil(at).day_number;
    if (day - zone.civil(now).day_number).abs() <= 6 { moment(locale, zone, at, now) } else { date(locale, day) }
}

/// Whether both lie on one local day.
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

/// For rows: "2 h 14", "38 min", "1 h 05", "51 h" from two days on, "40 s" in the last minute. Rounded down; the sign is dropped.
pub fn duration_short(locale: Locale, span: Millis) -> String {
    let minutes = span.0.abs() / Millis::MINUTE.0;
    let (hours, rest) = (minutes / 60, minutes % 60);
    if minutes == 0 {
        [&(span.0.abs() / 1_000).to_string(), " s"].concat()
    } else if hours == 0 {
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
        ..=999 => return [&bytes.to_string(), " B"].concat(),
        1_000..=999_999 => return [&((bytes + 500) / 1_000).to_string(), " kB"].concat(),
        1_000_000..=999_999_999 => (1_000_000, " MB"),
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

/// "Mon 27", "Sat–Sun", "15 Apr–20 May" from a week on: a run of days, by number of the first and the last.
pub fn day_run(locale: Locale, first: i64, last: i64) -> String {
    let weekday = |day| words::weekday_short(locale, weekday_of(day)).to_owned();
    let date = |day| {
        let (_, month, day) = date_of(day);
        [&day.to_string(), " ", words::month_short(locale, month)].concat()
    };
    match last - first {
        0 => date_short(locale, first),
        1..=5 => [&weekday(first), "–", &weekday(last)].concat(),
        _ => [&date(first), "–", &date(last)].concat(),
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

#[cfg(test)]
mod tests {
    use domain::i18n::Locale::{Dutch, English};

    use super::*;

    /// Amsterdam in summer.
    fn zone() -> Zone {
        Zone { name: "Europe/Amsterdam".to_owned(), offsets: vec![(Instant(0), 7_200)] }
    }

    /// 2026-04-28T10:30+02:00, a Tuesday.
    const DUE: Instant = Instant(1_777_365_000_000);

    #[test]
    fn a_moment_is_as_short_as_is_clear() {
        let earlier = |days: i64| DUE - Millis(days * Millis::DAY.0);
        assert_eq!(moment(English, &zone(), DUE, earlier(0)), "10:30");
        assert_eq!(moment(English, &zone(), DUE, earlier(4)), "Tue 10:30");
        assert_eq!(moment(Dutch, &zone(), DUE, earlier(8)), "di 28 apr 10:30");
        assert_eq!(moment(Dutch, &zone(), DUE, earlier(200)), "di 28 apr 2026 10:30");
        assert_eq!(date_time_seen(English, &zone(), DUE, earlier(0)), "Tue 28 Apr 10:30");
        assert_eq!(date_time_seen(English, &zone(), DUE, earlier(200)), "Tue 28 Apr 2026 10:30");
        assert_eq!(moment_short(English, &zone(), DUE, earlier(4)), "Tue 10:30");
        assert_eq!(moment_short(English, &zone(), DUE, earlier(8)), "Tue 28 Apr");
    }

    #[test]
    fn a_deadline_names_its_date_unless_it_is_today() {
        assert_eq!(deadline(English, &zone(), DUE, DUE), "today 10:30");
        assert_eq!(deadline(Dutch, &zone(), DUE, DUE - Millis::DAY), "di 28 apr 10:30");
    }

    #[test]
    fn durations_are_rounded_down_and_count_seconds_only_at_the_end() {
        let span = Millis::hours(2) + Millis::minutes(14) + Millis::seconds(59);
        assert_eq!(duration(English, span), "2 h 14 min");
        assert_eq!(duration(Dutch, span), "2 u 14 min");
        assert_eq!(duration(English, Millis::hours(4)), "4 h");
        assert_eq!(duration(English, Millis::minutes(4) + Millis::seconds(32)), "4 min 32 s");
        assert_eq!(duration(English, Millis::seconds(9)), "9 s");
        assert_eq!(duration(English, Millis::minutes(-36)), "36 min");
        assert_eq!(duration_short(English, Millis::hours(1) + Millis::minutes(5)), "1 h 05");
        assert_eq!(duration_short(Dutch, Millis::hours(51) + Millis::minutes(5)), "51 u");
    }

    #[test]
    fn targets_are_support_hours() {
        assert_eq!(support_hours(English, Millis::hours(1)), "1 support hour");
        assert_eq!(support_hours(Dutch, Millis::hours(24)), "24 supporturen");
        assert_eq!(support_hours(English, Millis::minutes(30)), "30 min of support time");
    }

    #[test]
    fn sizes_are_decimal_with_the_languages_point() {
        assert_eq!(size(English, 999), "999 B");
        assert_eq!(size(English, 310_400), "310 kB");
        assert_eq!(size(English, 2_400_000), "2.4 MB");
        assert_eq!(size(Dutch, 2_400_000), "2,4 MB");
        assert_eq!(size(Dutch, 31_000_000), "31 MB");
    }

    #[test]
    fn a_run_of_days_is_named_by_weekdays_or_by_dates() {
        let saturday = 20_568;
        assert_eq!(day_run(English, saturday, saturday + 1), "Sat–Sun");
        assert_eq!(day_run(English, saturday + 2, saturday + 2), "Mon 27");
        assert_eq!(day_run(Dutch, saturday, saturday + 25), "25 apr–20 mei");
    }

    #[test]
    fn a_week_is_named_in_both_languages() {
        let span = WeekSpan { first_weekday: 0, last_weekday: 4, from_minute: 540, to_minute: 1_080 };
        assert_eq!(week(English, &[span], false), "Mon–Fri 09:00–18:00");
        assert_eq!(week(Dutch, &[span], true), "maandag tot en met vrijdag 09:00–18:00");
    }

    #[test]
    fn a_day_that_is_open_until_midnight_ends_at_24() {
        let from = Instant(DUE.0 - 10 * Millis::HOUR.0 - 30 * Millis::MINUTE.0);
        assert_eq!(time_span(&zone(), from, from + Millis::DAY), "00:00–24:00");
    }
}
