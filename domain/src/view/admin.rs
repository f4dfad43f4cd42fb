//! What admins see of calendars and policies, and what staff see of warnings and of their calendar feed.

use serde::{Deserialize, Serialize};

use crate::sla::{ClockKind, Schedule};
use crate::ticket::Priority;
use crate::time::{Instant, Millis};
use crate::zone::Zone;

/// In place of a calendar's id: a target that counts around the clock.
pub const AROUND_THE_CLOCK: i64 = 0;

// Calendars -------------------------------------------------------------------------------------------------------

/// A calendar as a form holds it: every part is a text or a box, so that it can be sent without JavaScript.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CalendarDraft {
    pub name: String,
    /// IANA name.
    pub timezone: String,
    /// OpenStreetMap `opening_hours`. The weekly grid of the page writes it.
    pub hours: String,
    /// ISO 3166-1 code of the country whose public holidays `PH` means; empty: none.
    pub country: String,
    /// Extra closed dates, one a line: the date, then what people read: `2026-12-24 Office move`.
    pub closed: String,
    /// `never` (also when empty), `yearly`, `every_fifth_year`.
    pub good_friday: String,
    /// The same.
    pub liberation_day: String,
}

/// `/admin/calendars`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarsView {
    pub now: Instant,
    /// By name.
    pub calendars: Vec<CalendarLine>,
    /// What changed last, newest first, at most 50.
    pub log: Vec<LogLine>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarLine {
    pub id: i64,
    pub name: String,
    pub version: i64,
    pub saved_at: Instant,
    /// Empty for what Loket came with.
    pub saved_by: String,
    /// Names of the policies whose newest version has a target on it.
    pub policies: Vec<String>,
    /// A fortnight around now.
    pub schedule: Schedule,
}

/// `/admin/calendars/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarView {
    pub now: Instant,
    pub id: i64,
    /// The newest one: sent back with a save.
    pub version: i64,
    pub draft: CalendarDraft,
    /// The coming twelve months.
    pub schedule: Schedule,
    /// Newest first.
    pub versions: Vec<CalendarVersion>,
    pub log: Vec<LogLine>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarVersion {
    pub version: i64,
    pub saved_at: Instant,
    pub saved_by: String,
    pub draft: CalendarDraft,
}

/// What would happen if this were saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarPreview {
    pub now: Instant,
    /// The version that the deadlines were compared with; a save that names it can only do what is shown here, but for
    /// what happens to tickets in between. `0` for a calendar that does not exist yet.
    pub based_on: i64,
    /// The coming twelve months: every closed day with its reason, every window.
    pub schedule: Schedule,
    pub moves: Moves,
}

/// A new version was saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    pub id: i64,
    pub version: i64,
    pub moves: Moves,
}

/// Deadlines of open tickets that move.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moves {
    /// How many deadlines.
    pub total: i64,
    /// The first of them by old deadline, at most 200.
    pub rows: Vec<MovedDeadline>,
    /// For the dates of the rows.
    pub zone: Zone,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovedDeadline {
    pub key: String,
    pub subject: String,
    pub clock: ClockKind,
    /// `None`: there was none.
    pub old_due_at: Option<Instant>,
    /// `None`: there will be none.
    pub new_due_at: Option<Instant>,
}

// Policies --------------------------------------------------------------------------------------------------------

/// A policy as a form holds it. Controls are named `hours_<priority>_<clock>` (a number such as `24`, `1.5` or `0,5`; empty
/// for no target, which only the next response may have) and `calendar_<priority>_<clock>` (a calendar's id, `0` for
/// around the clock); problems come back under these names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PolicyDraft {
    /// Of a new policy; a policy keeps its name.
    pub name: String,
    pub values: Vec<(String, String)>,
}

impl PolicyDraft {
    pub fn value(&self, control: &str) -> &str {
        self.values.iter().find(|(name, _)| name == control).map_or("", |(_, value)| value)
    }

    /// `hours_high_resolution`, `calendar_low_review`.
    pub fn control(part: &str, priority: Priority, clock: ClockKind) -> String {
        [part, "_", priority.slug(), "_", clock.slug()].concat()
    }
}

/// One target of a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetView {
    pub priority: Priority,
    pub clock: ClockKind,
    /// `None`: there is no such promise.
    pub target: Option<Millis>,
    /// A calendar, or [`AROUND_THE_CLOCK`].
    pub calendar_id: i64,
}

/// `/admin/policies`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PoliciesView {
    pub now: Instant,
    /// By name.
    pub policies: Vec<PolicyLine>,
    pub organisations: Vec<OrganisationLine>,
    /// Calendars that a target can be on, by name.
    pub calendars: Vec<(i64, String)>,
    pub zone: Zone,
    /// What changed last, newest first, at most 50.
    pub log: Vec<LogLine>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyLine {
    pub id: i64,
    pub name: String,
    pub version: i64,
    pub saved_at: Instant,
    pub saved_by: String,
    pub targets: Vec<TargetView>,
    /// Names of the organisations that have it.
    pub organisations: Vec<String>,
    /// Open tickets under any of its versions.
    pub open: i64,
}

/// An organisation and the policy that its new tickets get.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganisationLine {
    pub key: String,
    pub name: String,
    pub policy_id: i64,
}

/// `/admin/policies/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyAdminView {
    pub now: Instant,
    pub id: i64,
    /// The newest one: sent back with a save.
    pub version: i64,
    pub name: String,
    pub draft: PolicyDraft,
    pub calendars: Vec<(i64, String)>,
    /// Newest first.
    pub versions: Vec<PolicyVersion>,
    pub organisations: Vec<OrganisationLine>,
    pub open: i64,
    pub zone: Zone,
    pub log: Vec<LogLine>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyVersion {
    pub version: i64,
    pub saved_at: Instant,
    pub saved_by: String,
    pub targets: Vec<TargetView>,
}

/// What would happen to open tickets if the admin chose to move them too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyPreview {
    pub now: Instant,
    /// The version that was compared with.
    pub based_on: i64,
    /// How many open tickets would come under the new version.
    pub tickets: i64,
    pub moves: Moves,
}

// Log -------------------------------------------------------------------------------------------------------------

/// Who changed what, when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogLine {
    pub id: i64,
    pub at: Instant,
    /// Empty for the system.
    pub by: String,
    pub change: AdminChange,
}

/// Stored as JSON, so a variant is never renamed and its fields only grow, with defaults.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AdminChange {
    CalendarCreated {
        name: String,
    },
    /// `moved`: how many deadlines.
    CalendarSaved {
        name: String,
        version: i64,
        moved: i64,
    },
    PolicyCreated {
        name: String,
    },
    /// `tickets`: open ones that were moved to the new version; `None` when the admin chose not to.
    PolicySaved {
        name: String,
        version: i64,
        tickets: Option<i64>,
        moved: i64,
    },
    PolicyAssigned {
        organisation: String,
        name: String,
        tickets: Option<i64>,
        moved: i64,
    },
}

// Feed ------------------------------------------------------------------------------------------------------------

/// One's own calendar feed. Its address is shown once, when it is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedView {
    /// Since when there is one; `None`: there is none.
    pub made_at: Option<Instant>,
    /// When a calendar program last asked for it.
    pub read_at: Option<Instant>,
    pub zone: Zone,
}

/// The address of a feed that was just made, whole, with its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedAddress {
    pub url: String,
}
