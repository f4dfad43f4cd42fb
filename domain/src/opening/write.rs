//! An opening as an OpenStreetMap expression: ordinary days with the same hours in one rule, then holidays, then dates.

use super::{Exception, MINUTES, Opening, Span};

pub(super) const WEEKDAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
pub(super) const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

pub(super) fn expression(opening: &Opening) -> String {
    let mut rules = Vec::new();
    let always = [Span { from_minute: 0, to_minute: MINUTES }];
    if opening.days.iter().all(|spans| spans.as_slice() == always) {
        rules.push("24/7".to_owned());
    } else {
        for (first, spans) in opening.days.iter().enumerate() {
            let seen = opening.days[..first].contains(spans);
            if !spans.is_empty() && !seen {
                let mut rule = String::new();
                weekdays(&mut rule, |day| &opening.days[day] == spans);
                rule.push(' ');
                times(&mut rule, spans);
                rules.push(rule);
            }
        }
    }
    if rules.is_empty() {
        rules.push("off".to_owned());
    }
    if opening.closed_on_holidays {
        rules.push("PH off".to_owned());
    }
    rules.extend(opening.exceptions.iter().map(|exception| dated(opening, exception)));
    rules.join("; ")
}

/// "Dec 24 Mo-Fr 09:00-13:00", "2026 Dec 31 off"; a name follows as what the notation calls a comment.
fn dated(opening: &Opening, exception: &Exception) -> String {
    let mut rule = String::new();
    if let Some(year) = exception.date.year {
        rule.push_str(&year.to_string());
        rule.push(' ');
    }
    rule.push_str(MONTHS[usize::from(exception.date.month.clamp(1, 12) - 1)]);
    rule.push(' ');
    two(&mut rule, exception.date.day.into());
    rule.push(' ');
    if exception.ordinary_days_only {
        weekdays(&mut rule, |day| !opening.days[day].is_empty());
        rule.push(' ');
    }
    if exception.spans.is_empty() {
        rule.push_str("off");
    } else {
        times(&mut rule, &exception.spans);
    }
    if !exception.name.is_empty() {
        rule.push_str(" \"");
        rule.push_str(&exception.name);
        rule.push('"');
    }
    rule
}

/// "Mo-Th,Sa": the weekdays that are asked for, runs of three or more and pairs alike as ranges.
pub(super) fn weekdays(text: &mut String, wanted: impl Fn(usize) -> bool) {
    let mut day = 0;
    let mut some = false;
    while day < 7 {
        if !wanted(day) {
            day += 1;
            continue;
        }
        let mut last = day;
        while last < 6 && wanted(last + 1) {
            last += 1;
        }
        if some {
            text.push(',');
        }
        some = true;
        text.push_str(WEEKDAYS[day]);
        if last > day {
            text.push('-');
            text.push_str(WEEKDAYS[last]);
        }
        day = last + 1;
    }
}

/// "09:00-12:00,13:00-18:00".
fn times(text: &mut String, spans: &[Span]) {
    for (index, span) in spans.iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        time(text, span.from_minute);
        text.push('-');
        time(text, span.to_minute);
    }
}

fn time(text: &mut String, minute: u16) {
    two(text, minute / 60);
    text.push(':');
    two(text, minute % 60);
}

/// Two digits.
fn two(text: &mut String, number: u16) {
    text.push(char::from(b'0' + (number / 10 % 10) as u8));
    text.push(char::from(b'0' + (number % 10) as u8));
}
