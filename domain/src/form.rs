//! Forms: what a customer fills in to raise a ticket, and the rules its fields obey, for browser and server alike.

use serde::{Deserialize, Serialize};

use crate::problem::{FieldProblem, Problem};

/// Limits of what a form takes; they are shown before anyone runs into them.
pub const SUBJECT_MAX: u32 = 150;
pub const TEXT_MAX: u32 = 500;
pub const BODY_MAX: u32 = 20_000;
/// Files on one message: enough for an incident's screenshots, few enough to read.
pub const FILES_MAX: u32 = 10;
/// One file. Most mail servers stop at 25 MB too, so what fits here can be mailed on.
pub const FILE_MAX_MB: u32 = 25;
pub const FILE_MAX_BYTES: u64 = FILE_MAX_MB as u64 * 1024 * 1024;

/// A form of an organisation's portal, in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// Stable name in URLs: `problem`, `question`, `change`, `access`.
    pub slug: String,
    pub title: String,
    pub summary: String,
    pub icon: FormIcon,
    /// Beside subject, description, priority and files, which every form has.
    pub fields: Vec<Field>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FormIcon {
    Problem,
    Question,
    Change,
    Person,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Stable name; the control is called `field_<slug>`.
    pub slug: String,
    pub label: String,
    /// Empty when there is none.
    pub hint: String,
    pub kind: FieldKind,
    pub required: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    Text,
    LongText,
    Choice(Vec<Choice>),
    Date,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub slug: String,
    pub label: String,
}

impl Field {
    /// The name of its control.
    pub fn control(&self) -> String {
        ["field_", &self.slug].concat()
    }

    /// What is wrong with `value`, if anything.
    pub fn check(&self, value: &str) -> Option<FieldProblem> {
        let value = value.trim();
        let problem = if value.is_empty() {
            self.required.then_some(Problem::Required)
        } else {
            match &self.kind {
                FieldKind::Text => too_long(value, TEXT_MAX),
                FieldKind::LongText => too_long(value, BODY_MAX),
                FieldKind::Choice(choices) => {
                    (!choices.iter().any(|choice| choice.slug == value)).then_some(Problem::NotAChoice)
                }
                FieldKind::Date => (!is_date(value)).then_some(Problem::NotADate),
            }
        };
        problem.map(|problem| FieldProblem { field: self.control(), problem })
    }
}

/// [`Problem::Required`] or [`Problem::TooLong`], for a required text.
pub fn check_text(field: &str, value: &str, max: u32) -> Option<FieldProblem> {
    let problem = if value.trim().is_empty() { Some(Problem::Required) } else { too_long(value, max) };
    problem.map(|problem| FieldProblem::new(field, problem))
}

fn too_long(value: &str, max: u32) -> Option<Problem> {
    (value.chars().count() > max as usize).then_some(Problem::TooLong(max))
}

/// A date as `<input type=date>` sends it: `2026-04-28`, a day that exists.
pub fn is_date(value: &str) -> bool {
    let mut parts = value.split('-');
    let (Some(year), Some(month), Some(day), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    if (year.len(), month.len(), day.len()) != (4, 2, 2) || !value.bytes().all(|b| b.is_ascii_digit() || b == b'-') {
        return false;
    }
    let (Ok(year), Ok(month), Ok(day)) = (year.parse::<u32>(), month.parse::<u32>(), day.parse::<u32>()) else {
        return false;
    };
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return false,
    };
    (1..=days).contains(&day)
}
