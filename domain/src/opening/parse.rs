//! Expressions of the shape that the editor writes, read back. Anything else is `None`: not wrong, but not for the editor.

use super::write::{MONTHS, WEEKDAYS};
use super::{Exception, ExceptionDate, MINUTES, Opening, Span};

/// Longer expressions were not written by the editor.
const AT_MOST_RULES: usize = 1_000;

pub(super) fn expression(text: &str) -> Option<Opening> {
    let mut opening = Opening::default();
    // The selectors of exceptions that hold on some weekdays only: to be compared once all ordinary days are known.
    let mut restricted: Vec<[bool; 7]> = Vec::new();
    // A name may hold a semicolon, so those between quotes divide nothing.
    let mut quoted = false;
    let divides = |letter: char| {
        quoted ^= letter == '"';
        letter == ';' && !quoted
    };
    for (index, rule) in text.split(divides).map(str::trim).enumerate() {
        if index >= AT_MOST_RULES {
            return None;
        }
        let ordinary_so_far = !opening.closed_on_holidays && opening.exceptions.is_empty();
        match rule {
            "off" if index == 0 => {}
            "24/7" if index == 0 => opening.days.fill(vec![Span { from_minute: 0, to_minute: MINUTES }]),
            "PH off" if ordinary_so_far => opening.closed_on_holidays = true,
            _ => match exception(rule) {
                Some((exception, days)) => {
                    restricted.extend(days);
                    opening.exceptions.push(exception);
                }
                None if ordinary_so_far => ordinary(rule, &mut opening)?,
                None => return None,
            },
        }
    }
    let ordinary: [bool; 7] = std::array::from_fn(|day| !opening.days[day].is_empty());
    restricted.iter().all(|days| *days == ordinary).then_some(opening)
}

/// "Mo-Th,Sa 09:00-12:00,13:00-18:00"; a weekday of an earlier rule would be replaced, so there is none twice.
fn ordinary(rule: &str, opening: &mut Opening) -> Option<()> {
    let (days, hours) = rule.split_once(' ')?;
    let (days, spans) = (weekdays(days)?, spans(hours.trim_start())?);
    for (day, wanted) in days.into_iter().enumerate() {
        if wanted {
            if !opening.days[day].is_empty() {
                return None;
            }
            opening.days[day].clone_from(&spans);
        }
    }
    Some(())
}

/// "2026 Dec 24 off", "Dec 24 Mo-Fr 09:00-13:00", either with a name in quotes behind it; with the weekdays that it names.
fn exception(rule: &str) -> Option<(Exception, Option<[bool; 7]>)> {
    let (rule, name) = match rule.strip_suffix('"').map(|rest| rest.split_once(" \"")) {
        Some(named) => named.filter(|(_, name)| !name.is_empty())?,
        None => (rule, ""),
    };
    let mut words = rule.split_whitespace().peekable();
    let year = words.peek().filter(|word| word.len() == 4).and_then(|word| word.parse().ok());
    if year.is_some() {
        words.next();
    }
    let month = words.next().and_then(|word| MONTHS.iter().position(|month| *month == word))?;
    let day = words.next().filter(|word| (1..=2).contains(&word.len()))?.parse().ok()?;
    let (mut word, mut days) = (words.next()?, None);
    if let Some(named) = weekdays(word) {
        days = Some(named);
        word = words.next()?;
    }
    let spans = if word == "off" { Vec::new() } else { spans(word)? };
    let date = ExceptionDate { year, month: month as u8 + 1, day };
    let exception = Exception { date, spans, ordinary_days_only: days.is_some(), name: name.to_owned() };
    words.next().is_none().then_some((exception, days))
}

/// "Mo-Th,Sa"; `None` when it is none, or names a day twice or a range backwards.
fn weekdays(text: &str) -> Option<[bool; 7]> {
    let index = |name: &str| WEEKDAYS.iter().position(|day| *day == name);
    let mut days = [false; 7];
    for part in text.split(',') {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last) = (index(first)?, index(last)?);
        if first > last {
            return None;
        }
        for day in &mut days[first..=last] {
            if std::mem::replace(day, true) {
                return None;
            }
        }
    }
    Some(days)
}

/// "09:00-12:00,13:00-18:00".
fn spans(text: &str) -> Option<Vec<Span>> {
    let span = |part: &str| {
        let (from, to) = part.split_once('-')?;
        Some(Span { from_minute: minute(from)?, to_minute: minute(to)? })
    };
    text.split(',').map(|part| span(part.trim())).collect()
}

/// "09:30" to "24:00".
fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':')?;
    let number = |text: &str| {
        (text.len() == 2 && text.bytes().all(|digit| digit.is_ascii_digit()))
            .then(|| text.parse::<u16>().ok())
            .flatten()
    };
    let (hour, minute) = (number(hour)?, number(minute)?);
    (minute < 60 && hour * 60 + minute <= MINUTES).then_some(hour * 60 + minute)
}
