//! Reads the parts of a calendar, and refuses what has no clear meaning.

use std::collections::BTreeMap;
use std::ops::Range;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use domain::opening::HoursFault;
use opening_hours::OpeningHours;
use opening_hours_syntax::Error as SyntaxError;
use opening_hours_syntax::rules::day::{Date, MonthdayRange};
use opening_hours_syntax::rules::time::Time;
use opening_hours_syntax::rules::{OpeningHoursExpression, RuleSequence};
use pest::error::InputLocation;

use super::holiday::Holidays;
use super::{CalendarError, FIRST_DAY, HoursError, LAST_DAY};

/// Longer expressions are surely a mistake, and the parser's work grows with them.
const LONGEST: usize = 4_096;

/// The expression with its holidays.
pub(super) fn hours(text: &str, holidays: &Holidays) -> Result<OpeningHours, CalendarError> {
    if text.len() > LONGEST {
        return Err(error(text, 0..text.len(), HoursFault::TooLong(LONGEST as u32)));
    }
    let hours: OpeningHours = text.parse().map_err(|fault| explain(text, fault))?;
    if let Some(fault) = fault(&hours.get_expression()) {
        return Err(error(text, place(text, &fault), fault));
    }
    Ok(hours.with_context(holidays.context()))
}

/// What rules for dates are called ("Dec 24 09:00-13:00 \"Christmas Eve\""), the last rule first, each with the days it is
/// about. A remark about ordinary days is no name.
pub(super) fn names(hours: &OpeningHours, holidays: &Holidays) -> Vec<(String, OpeningHours)> {
    let expression = hours.get_expression();
    let of_dates = |rule: &&RuleSequence| !rule.day_selector.monthday.is_empty() && !rule.comment.is_empty();
    let rules = expression.rules.iter().rev().filter(of_dates);
    let days = |rule: &RuleSequence| -> Option<OpeningHours> {
        let days = OpeningHours::from_str(&rule.day_selector.to_string()).ok()?;
        Some(days.with_context(holidays.context()))
    };
    rules.filter_map(|rule| Some((rule.comment.to_string(), days(rule)?))).collect()
}

/// With the place in characters instead of bytes.
fn error(text: &str, bytes: Range<usize>, fault: HoursFault) -> CalendarError {
    let characters = |range: Range<usize>| text.get(range).map_or(0, |part| part.chars().count());
    CalendarError::Hours(HoursError { column: characters(0..bytes.start) + 1, length: characters(bytes), fault })
}

fn explain(text: &str, refused: SyntaxError) -> CalendarError {
    let fault = match refused {
        SyntaxError::Syntax(refused) => {
            let (InputLocation::Pos(at) | InputLocation::Span((at, _))) = refused.location;
            let rest = text.get(at..).unwrap_or_default();
            // The parser may stop before the space in front of what it does not know.
            let at = at + rest.len() - rest.trim_start().len();
            let rest = rest.trim_start();
            let word: String = rest.chars().take_while(|c| !c.is_whitespace()).take(20).collect();
            let bytes = at..at + word.len();
            return match rest.chars().next() {
                None => error(text, bytes, HoursFault::Incomplete),
                Some(_) => error(text, bytes, HoursFault::NotUnderstood(word)),
            };
        }
        SyntaxError::Overflow { .. } => HoursFault::OutOfRange,
        SyntaxError::InvalidExtendedTime { hour, minutes } => HoursFault::NoSuchTime(format!("{hour:02}:{minutes:02}")),
        SyntaxError::InvertedYearRange { start, end, .. } => HoursFault::BackwardsRange(format!("{}-{}", *start, *end)),
        SyntaxError::InvertedWeekRange { start, end, .. } => HoursFault::BackwardsRange(format!("{}-{}", *start, *end)),
        SyntaxError::Unsupported(_) | SyntaxError::GrammarUnexpectedToken { .. } | SyntaxError::GrammarLogic { .. } => {
            HoursFault::Unsupported
        }
    };
    error(text, place(text, &fault), fault)
}

/// What the grammar lets through and the evaluation cannot answer.
fn fault(expression: &OpeningHoursExpression) -> Option<HoursFault> {
    for rule in &expression.rules {
        for range in &rule.day_selector.monthday {
            let MonthdayRange::Date { start, end } = range else { continue };
            for date in [start.0, end.0] {
                // The evaluation would take 30 February for the day before or after, whichever opens longer.
                if let Date::Fixed { month, day, .. } = date
                    && NaiveDate::from_ymd_opt(2000, month as u32, day.into()).is_none()
                {
                    // As one writes it there: "Feb 30".
                    let month: String = month.as_str().chars().take(3).collect();
                    return Some(HoursFault::NoSuchDate(format!("{month} {day}")));
                }
            }
        }
        for span in &rule.time_selector.spans {
            let (Time::Fixed(start), Time::Fixed(end)) = (span.range.start, span.range.end) else {
                return Some(HoursFault::Sun);
            };
            // Such a span would end after 48:00.
            if end <= start && end.hour() >= 24 {
                return Some(HoursFault::Backwards);
            }
            if span.repeats.is_some() {
                return Some(HoursFault::Repeated);
            }
        }
    }
    None
}

/// Where a fault lies that the parser gives without a place: the words it is about, else the first rule that has it by
/// itself, else all of it.
fn place(text: &str, sought: &HoursFault) -> Range<usize> {
    let has = |part: &str| match part.parse::<OpeningHours>() {
        Ok(hours) => fault(&hours.get_expression()).is_some(),
        Err(SyntaxError::Syntax(_)) => false,
        Err(_) => true,
    };
    let rule = rules(text).into_iter().find(|rule| has(&text[rule.clone()])).unwrap_or(0..text.len());
    let words: Vec<&str> = match sought {
        HoursFault::NoSuchDate(words) | HoursFault::NoSuchTime(words) | HoursFault::BackwardsRange(words) => {
            vec![words]
        }
        HoursFault::Sun => vec!["sunrise", "sunset", "dawn", "dusk"],
        _ => Vec::new(),
    };
    // Byte for byte, since a search that folds letters outside ASCII could move them.
    let part = text[rule.clone()].to_ascii_lowercase();
    let found = words.iter().filter_map(|word| Some((part.find(&word.to_ascii_lowercase())?, word.len()))).min();
    found.map_or(rule.clone(), |(at, length)| rule.start + at..rule.start + at + length)
}

/// The rules of an expression, without the space around them. Comments may hold separators.
fn rules(text: &str) -> Vec<Range<usize>> {
    let (mut ranges, mut start, mut quoted) = (Vec::new(), 0, false);
    for (at, byte) in text.bytes().enumerate() {
        quoted ^= byte == b'"';
        if !quoted && matches!(byte, b';' | b'|') {
            ranges.push(start..at);
            start = at + 1;
        }
    }
    ranges.push(start..text.len());
    let trimmed = |range: Range<usize>| {
        let part = &text[range.clone()];
        let start = range.start + part.len() - part.trim_start().len();
        start..start + part.trim().len()
    };
    ranges.into_iter().map(trimmed).filter(|range| !range.is_empty()).collect()
}

/// The extra closed dates by day number.
pub(super) fn closed(dates: &[(String, String)]) -> Result<BTreeMap<i64, String>, CalendarError> {
    let number = |text: &str| {
        let date: NaiveDate = (text.len() == 10).then(|| text.parse().ok()).flatten()?;
        let number = day_number(date.year(), date.month(), date.day());
        (FIRST_DAY..=LAST_DAY).contains(&number).then_some(number)
    };
    let dated = dates.iter().map(|(text, label)| {
        number(text).map(|number| (number, label.clone())).ok_or_else(|| CalendarError::Date(text.clone()))
    });
    dated.collect()
}

/// Days from 1970-01-01 to a date that exists.
pub(super) fn day_number(year: i32, month: u32, day: u32) -> i64 {
    let epoch = NaiveDate::from_ymd_opt(1970, 1, 1).expect("a date");
    let date = NaiveDate::from_ymd_opt(year, month, day).expect("callers pass dates of the years 1969 to 10000");
    date.signed_duration_since(epoch).num_days()
}
