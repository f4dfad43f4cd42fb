//! What can be wrong with what someone typed, as data: each reader gets it in their own language, at its field.

use serde::{Deserialize, Serialize};

/// One thing wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldProblem {
    /// The name of the control: `subject`, `files`, `field_location`. Empty: the form as a whole.
    pub field: String,
    pub problem: Problem,
}

impl FieldProblem {
    pub fn new(field: &str, problem: Problem) -> Self {
        Self { field: field.to_owned(), problem }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    Required,
    /// At most so many characters.
    TooLong(u32),
    /// At least so many characters.
    TooShort(u32),
    NotAnEmail,
    NotADate,
    NotAChoice,
    /// The e-mail address or the password is wrong; which one is not said.
    WrongCredentials,
    WrongPassword,
    /// Among the passwords everyone tries, or the person's own address.
    GuessablePassword,
    /// The link was used, has expired or never existed.
    LinkExpired,
    AlreadyAMember,
    FileTooLarge {
        name: String,
        limit_mb: u32,
    },
    FileEmpty {
        name: String,
    },
    TooManyFiles(u32),
    /// No key of an organisation.
    NotAKey,
    /// No such ticket (for a duplicate).
    NoSuchTicket,
    SameTicket,
    /// That ticket is itself closed as a duplicate or as spam.
    LeadsNowhere,
    NoSuchPerson,
    /// Priority is already this one.
    Unchanged,
    /// No IANA name.
    NotATimeZone,
    /// No ISO 3166-1 code.
    NotACountry,
    /// No `opening_hours` expression that has a meaning here. `column` counts characters from 1, and so many are wrong: 0 when
    /// something is missing there.
    NotOpeningHours {
        column: u32,
        length: u32,
        fault: crate::opening::HoursFault,
    },
    /// No time of day.
    NotATime,
    /// An interval whose end is not after its beginning.
    EndsBeforeItBegins,
    /// Not a number of hours above zero and at most ten thousand.
    NotHours,
    /// Another calendar or policy has this name.
    NameTaken,
    /// Someone else saved a newer version, this one, since the page was loaded.
    Outdated {
        version: i64,
    },
}
