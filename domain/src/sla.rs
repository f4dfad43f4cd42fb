//! The SLA engine: pure functions of (schedule, timeline, instant). DESIGN §4 is the specification.
//!
//! The same code runs in the server, which stores projections of its answers, and in the browser, which runs it each
//! second. It knows no clock, no time zone data and no calendar syntax: calendars arrive as UTC windows.

use serde::{Deserialize, Serialize};

use crate::time::{Instant, Millis};
use crate::zone::Zone;

mod events;
mod read;
mod schedule;
pub mod strip;
mod tell;
mod trace;
mod walk;

pub use events::{Clocks, clocks, timelines};
pub use read::{consumed, due, due_if_resumed, is_counting, promise, read, with_target};
pub use schedule::{ZONE_AFTER, ZONE_BEFORE};
pub use tell::{Teller, tell};
pub use trace::{Piece, PieceKind, Row, Trace, trace, trace_until};

/// An interval `[from, to)` in which a calendar is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    pub from: Instant,
    pub to: Instant,
}

/// A public holiday that we can name in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holiday {
    NewYear,
    GoodFriday,
    EasterSunday,
    EasterMonday,
    KingsDay,
    LiberationDay,
    Ascension,
    WhitSunday,
    WhitMonday,
    Christmas,
    SecondChristmas,
    /// Of another country, in the words of its source; empty when the source has none.
    Other(String),
}

/// Why a whole local day, or the rest of one, is closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClosedReason {
    /// Outside the opening hours of a day that has some.
    Night,
    /// A Saturday or Sunday without opening hours.
    Weekend,
    /// Another weekday without opening hours.
    Weekday,
    Holiday(Holiday),
    /// A date this deployment added to the calendar.
    Extra(String),
}

/// A local day without any opening, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosedDay {
    /// Days since 1970-01-01, local.
    pub day_number: i64,
    pub reason: ClosedReason,
}

/// A local day that is open at hours of its own, and what people call it: "Christmas Eve".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedDay {
    /// Days since 1970-01-01, local.
    pub day_number: i64,
    pub name: String,
}

/// A line of the summary of an ordinary week: "Monday to Friday 9:00–18:00".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeekSpan {
    /// 0 is Monday.
    pub first_weekday: u8,
    pub last_weekday: u8,
    /// Minutes since local midnight; 1440 is the end of the day.
    pub from_minute: u16,
    pub to_minute: u16,
}

/// A calendar, expanded for the span that matters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    pub zone: Zone,
    /// In order, disjoint, merged where they touch.
    pub windows: Vec<Window>,
    /// Local days without opening between the first and the last instant known, in order.
    pub closed_days: Vec<ClosedDay>,
    /// Of the days that are open, those with a name, in order.
    pub named_days: Vec<NamedDay>,
    pub week: Vec<WeekSpan>,
    /// What is known: `[known_from, known_until)`. Nothing is said about instants outside.
    pub known_from: Instant,
    pub known_until: Instant,
    /// The calendar never opens again after `known_until`: running out of windows means "no due time", not "not known".
    pub ends: bool,
}

/// Which promise a clock measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockKind {
    Review,
    Resolution,
    /// From the oldest public message of the customer that nobody has answered. Only where a policy promises it.
    NextResponse,
}

impl ClockKind {
    pub const ALL: [Self; 3] = [Self::Review, Self::Resolution, Self::NextResponse];

    /// As rows, forms and addresses write it.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Review => "review",
            Self::Resolution => "resolution",
            Self::NextResponse => "next_response",
        }
    }

    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.slug() == slug)
    }
}

/// Why a clock stood still.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PauseReason {
    /// Support asked the customer something.
    WaitingForCustomer,
    /// It was resolved and came back; the time between is not counted.
    Resolved,
}

/// A span that does not count. Open while `to` is `None`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    pub from: Instant,
    pub to: Option<Instant>,
    pub reason: PauseReason,
    /// The event that began it, so that a reader can be told whose action it was.
    #[serde(default)]
    pub event_id: Option<i64>,
}

/// A target and the instant from which it holds; it applies to all the time consumed, before and after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    pub from: Instant,
    pub working_time: Millis,
}

/// All that one clock on one ticket depends on, beside its schedule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timeline {
    pub kind: ClockKind,
    pub started_at: Instant,
    /// In order of `from`; the first holds from the start. Empty: there is no target.
    pub targets: Vec<Target>,
    /// They may overlap, touch, or lie outside hours. In any order, though in order of `from` they are read without copying.
    pub pauses: Vec<Pause>,
    pub stopped_at: Option<Instant>,
}

/// What a clock shows at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockState {
    /// Counting now. `at_risk`: less than a quarter of the target is left, at most two support hours.
    Running {
        due_at: Instant,
        at_risk: bool,
    },
    /// The calendar is closed; counts again at `resumes_at`.
    OutsideHours {
        due_at: Instant,
        resumes_at: Instant,
        at_risk: bool,
    },
    Paused {
        since: Instant,
        reason: PauseReason,
    },
    /// Stopped in time, at `at`.
    Met {
        at: Instant,
        due_at: Option<Instant>,
    },
    /// Late since `since`, whether or not it has stopped.
    Breached {
        since: Instant,
        stopped_at: Option<Instant>,
    },
    /// The calendar never opens often enough, or there is no target.
    NoDeadline,
}

/// A clock, read at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    pub state: ClockState,
    /// Working time used until the instant (or until it stopped).
    pub consumed: Millis,
    pub target: Millis,
    /// `target - consumed`; negative when late.
    pub remaining: Millis,
}
