//! What can be wrong with an `opening_hours` expression, in the words of whoever reads.

use serde::{Deserialize, Serialize};

use crate::i18n::Locale;

/// What is wrong, without the place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HoursFault {
    /// Not part of the language, from this word on.
    NotUnderstood(String),
    /// Something is missing at the end.
    Incomplete,
    /// "Feb 30".
    NoSuchDate(String),
    /// "30:00".
    NoSuchTime(String),
    /// Sunrise, sunset and the like.
    Sun,
    /// A span of time that ends before it begins.
    Backwards,
    /// A range of years or weeks that ends before it begins: "2026-2020".
    BackwardsRange(String),
    /// Points in time that repeat.
    Repeated,
    /// A number beyond what it may be.
    OutOfRange,
    /// Part of the language, but not known here.
    Unsupported,
    /// More bytes than this.
    TooLong(u32),
}

crate::catalogue! {
    not_understood(word: &str) => "not understood from “{word}” on", "niet te begrijpen vanaf “{word}”";
    incomplete => "something is missing at the end", "er ontbreekt iets aan het einde";
    no_such_date(date: &str) => "{date} does not exist", "{date} bestaat niet";
    no_such_time(time: &str) => "{time} is not a time of day", "{time} is geen tijdstip";
    sun => "sunrise and sunset differ from place to place; write times of the clock",
        "zonsopkomst en zonsondergang verschillen per plaats; schrijf kloktijden";
    backwards => "this ends before it begins", "dit eindigt voordat het begint";
    backwards_range(range: &str) => "{range} ends before it begins", "{range} eindigt voordat het begint";
    repeated => "repeated points in time are no opening hours", "herhaalde tijdstippen zijn geen openingstijden";
    out_of_range => "a number here is too large", "een getal hier is te groot";
    unsupported => "this is not supported", "dit wordt niet ondersteund";
    too_long(bytes: u32) => "longer than {bytes} bytes", "langer dan {bytes} bytes";
}

/// The fault as part of a sentence.
pub fn say_fault(locale: Locale, fault: &HoursFault) -> String {
    match fault {
        HoursFault::NotUnderstood(word) => not_understood(locale, word),
        HoursFault::Incomplete => incomplete(locale).to_owned(),
        HoursFault::NoSuchDate(date) => no_such_date(locale, date),
        HoursFault::NoSuchTime(time) => no_such_time(locale, time),
        HoursFault::Sun => sun(locale).to_owned(),
        HoursFault::Backwards => backwards(locale).to_owned(),
        HoursFault::BackwardsRange(range) => backwards_range(locale, range),
        HoursFault::Repeated => repeated(locale).to_owned(),
        HoursFault::OutOfRange => out_of_range(locale).to_owned(),
        HoursFault::Unsupported => unsupported(locale).to_owned(),
        HoursFault::TooLong(bytes) => too_long(locale, *bytes),
    }
}
