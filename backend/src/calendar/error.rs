//! Why a calendar is refused, in words for whoever wrote it.

use thiserror::Error;

/// What is wrong with a calendar.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CalendarError {
    #[error("unknown time zone {0:?}: use an IANA name such as \"Europe/Amsterdam\"")]
    TimeZone(String),
    #[error("unknown country {0:?}: use a two-letter code such as \"NL\"")]
    Country(String),
    /// Not an `opening_hours` expression; `column` counts characters from 1.
    #[error("opening hours, column {column}: {message}")]
    Syntax { column: usize, message: String },
    /// An expression that can be read but has no meaning here.
    #[error("opening hours: {0}")]
    Hours(String),
    #[error("closed date {0:?}: use a date such as \"2026-12-24\"")]
    Date(String),
}
