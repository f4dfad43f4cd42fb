//! Why a calendar is refused, in words for whoever wrote it.

use domain::i18n::Locale;
use domain::opening::{HoursFault, say_fault};
use thiserror::Error;

/// What is wrong with a calendar.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CalendarError {
    #[error("unknown time zone {0:?}: use an IANA name such as \"Europe/Amsterdam\"")]
    TimeZone(String),
    #[error("unknown country {0:?}: use a two-letter code such as \"NL\"")]
    Country(String),
    #[error("opening hours, {0}")]
    Hours(HoursError),
    #[error("closed date {0:?}: use a date such as \"2026-12-24\"")]
    Date(String),
}

/// An `opening_hours` expression that cannot be read, or has no meaning here, and the place that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("column {column}: {}", say_fault(Locale::English, .fault))]
pub struct HoursError {
    /// The first character that is wrong, counted from 1; one more than there are when something is missing at the end.
    pub column: usize,
    /// How many characters are wrong; 0 when something is missing.
    pub length: usize,
    pub fault: HoursFault,
}
