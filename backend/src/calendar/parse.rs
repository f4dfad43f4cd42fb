//! Reads the parts of a calendar, and refuses what has no clear meaning.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use opening_hours::OpeningHours;
use opening_hours_syntax::Error as SyntaxError;
use opening_hours_syntax::rules::OpeningHoursExpression;
use opening_hours_syntax::rules::day::{Date, MonthdayRange};
use opening_hours_syntax::rules::time::Time;
use pest::error::{ErrorVariant, InputLocation};

use super::holiday::Holidays;
use super::{CalendarError, FIRST_DAY, LAST_DAY};

/// Longer expressions are surely a mistake, and the parser's work grows with them.
const LONGEST: usize = 4_096;

/// The expression with its holidays.
pub(super) fn hours(text: &str, holidays: &Holidays) -> Result<OpeningHours, CalendarError> {
    if text.len() > LONGEST {
        return Err(CalendarError::Hours(format!("longer than {LONGEST} bytes")));
    }
    let hours: OpeningHours = text.parse().map_err(|error| explain(text, error))?;
    check(&hours.get_expression())?;
    Ok(hours.with_context(holidays.context()))
}

fn explain(text: &str, error: SyntaxError) -> CalendarError {
    let SyntaxError::Syntax(error) = error else { return CalendarError::Hours(error.to_string()) };
    let (InputLocation::Pos(byte) | InputLocation::Span((byte, _))) = error.location;
    let before = text.get(..byte).unwrap_or(text);
    let rest = text.get(byte..).unwrap_or_default();
    let message = match (&error.variant, rest.chars().next()) {
        (ErrorVariant::CustomError { message }, _) => message.clone(),
        (ErrorVariant::ParsingError { .. }, None) => "something is missing at the end".into(),
        (ErrorVariant::ParsingError { .. }, Some(_)) => {
            let word: String = rest.chars().take_while(|c| !c.is_whitespace()).take(20).collect();
            format!("not understood from {word:?} on")
        }
    };
    CalendarError::Syntax { column: before.chars().count() + 1, message }
}

/// What the grammar lets through and the evaluation cannot answer.
fn check(expression: &OpeningHoursExpression) -> Result<(), CalendarError> {
    let refuse = |reason: &str| Err(CalendarError::Hours(reason.into()));
    for rule in &expression.rules {
        for range in &rule.day_selector.monthday {
            let MonthdayRange::Date { start, end } = range else { continue };
            for date in [start.0, end.0] {
                // The evaluation would take 30 February for the day before or after, whichever opens longer.
                if let Date::Fixed { month, day, .. } = date
                    && NaiveDate::from_ymd_opt(2000, month as u32, day.into()).is_none()
                {
                    return Err(CalendarError::Hours(format!("{} {day} does not exist", month.as_str())));
                }
            }
        }
        for span in &rule.time_selector.spans {
            let (Time::Fixed(start), Time::Fixed(end)) = (span.range.start, span.range.end) else {
                return refuse("sunrise and sunset differ from place to place; write times of the clock");
            };
            // Such a span would end after 48:00.
            if end <= start && end.hour() >= 24 {
                return refuse("a span ends before it begins");
            }
            if span.repeats.is_some() {
                return refuse("repeated points in time are no opening hours");
            }
        }
    }
    Ok(())
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
