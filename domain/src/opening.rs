//! Opening hours as people edit them: an ordinary week, whether public holidays are closed, and dates with hours of their
//! own; and the OpenStreetMap expression that says the same. Only the shape that the editor writes: whoever needs more
//! writes the expression, which the server reads in full. Also what can be wrong with an expression, in words.

use serde::{Deserialize, Serialize};

mod fault;
mod parse;
mod special;
mod write;

pub use fault::{HoursFault, say_fault};
pub use special::{SpecialDay, special_days};

/// The end of a day, in minutes since its midnight.
pub const MINUTES: u16 = 1_440;

/// Open from one minute of a day to another: `from < to <= 1440`. Hours past midnight are two spans on two days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    pub from_minute: u16,
    pub to_minute: u16,
}

/// A date with hours of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ExceptionDate {
    /// `None`: every year.
    pub year: Option<u16>,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

/// Hours that replace the ordinary ones on a date, public holiday or not.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Exception {
    pub date: ExceptionDate,
    /// Empty: closed.
    pub spans: Vec<Span>,
    /// Only when the date falls on a weekday that has ordinary hours: 24 December is shortened, but a Sunday stays closed.
    pub ordinary_days_only: bool,
    /// What people call the day: "Christmas Eve". Empty: nothing. As [`tidy_name`] leaves it.
    pub name: String,
}

/// What the editor edits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Opening {
    /// Monday first; each day's spans in order, not touching.
    pub days: [Vec<Span>; 7],
    /// Public holidays of the calendar's country are closed.
    pub closed_on_holidays: bool,
    pub exceptions: Vec<Exception>,
}

/// What is wrong with an [`Opening`], and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OpeningFault {
    /// A span ends before it begins, or after midnight; or it touches or overlaps the one before. Of a weekday (0 is Monday).
    Day { weekday: u8, span: u8 },
    /// The same of an exception.
    Exception { index: u16, span: u8 },
    /// The date does not exist, or is listed twice.
    Date { index: u16 },
    /// It is to hold on ordinary days only, and there are none.
    NoOrdinaryDays { index: u16 },
    /// A name that cannot be written as it is.
    Name { index: u16 },
}

impl Opening {
    /// All that is wrong; what is right can be written and read back as it is.
    pub fn check(&self) -> Vec<OpeningFault> {
        let mut faults = Vec::new();
        for (weekday, spans) in (0..).zip(&self.days) {
            faults.extend(wrong_span(spans).map(|span| OpeningFault::Day { weekday, span }));
        }
        for (index, exception) in (0..).zip(&self.exceptions) {
            faults.extend(wrong_span(&exception.spans).map(|span| OpeningFault::Exception { index, span }));
            let before = &self.exceptions[..usize::from(index)];
            if !exception.date.exists() || before.iter().any(|other| other.date == exception.date) {
                faults.push(OpeningFault::Date { index });
            }
            if exception.ordinary_days_only && self.days.iter().all(Vec::is_empty) {
                faults.push(OpeningFault::NoOrdinaryDays { index });
            }
            if exception.name != tidy_name(&exception.name) {
                faults.push(OpeningFault::Name { index });
            }
        }
        faults
    }

    /// The expression.
    pub fn expression(&self) -> String {
        write::expression(self)
    }

    /// The opening of an expression, when it has the shape that [`Opening::expression`] writes; `24/7` too.
    pub fn read(expression: &str) -> Option<Self> {
        parse::expression(expression).filter(|opening| opening.check().is_empty())
    }
}

impl ExceptionDate {
    /// Whether there is such a date; 29 February exists every year that has one.
    pub fn exists(self) -> bool {
        let leap = self.year.is_none_or(|year| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
        let days = match self.month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => 0,
        };
        (1..=days).contains(&self.day) && self.year.is_none_or(|year| (1970..=9999).contains(&year))
    }
}

/// A name as an expression can carry it: one line, single spaces, no straight double quotes, at most 60 characters.
pub fn tidy_name(typed: &str) -> String {
    let mut name = String::new();
    for word in typed.split_whitespace() {
        if !name.is_empty() {
            name.push(' ');
        }
        name.extend(word.chars().map(|letter| if letter == '"' { '”' } else { letter }));
    }
    if let Some((end, _)) = name.char_indices().nth(60) {
        name.truncate(end);
        name.truncate(name.trim_end().len());
    }
    name
}

/// The first span that is empty, past midnight, or not after the one before.
fn wrong_span(spans: &[Span]) -> Option<u8> {
    let mut after: Option<u16> = None;
    for (index, span) in (0..).zip(spans) {
        let good = span.from_minute < span.to_minute && span.to_minute <= MINUTES;
        if !good || after.is_some_and(|after| span.from_minute <= after) {
            return Some(index);
        }
        after = Some(span.to_minute);
    }
    None
}
