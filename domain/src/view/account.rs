//! The frame around every page: who is signed in, whose portal it is, what time it is.

use serde::{Deserialize, Serialize};

use crate::actor::Role;
use crate::brand::Brand;
use crate::i18n::Locale;
use crate::sla::Schedule;
use crate::time::Instant;

/// What the shell needs on every page, signed in or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionView {
    pub now: Instant,
    pub locale: Locale,
    /// `None`: nobody is signed in.
    pub user: Option<UserView>,
    /// Of the organisation, or of Loket for staff and for nobody.
    pub brand: Brand,
    /// The support calendar, a fortnight around now: enough for "open until" and the week strip.
    pub schedule: Schedule,
    /// The support desk's telephone number; empty when there is none.
    pub phone: String,
    /// How many requests wait for this customer, or (staff) are theirs and open.
    pub waiting: i64,
    /// Notices that they have not read.
    #[serde(default)]
    pub unread: i64,
    /// Staff: mails that wait until an agent decides what becomes of them.
    #[serde(default)]
    pub held: i64,
    /// The people of the demo, in demo mode only.
    pub demo: Vec<DemoAccount>,
    /// The process's clock does not show the real time (`LOKET_CLOCK`).
    pub clock_is_set: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserView {
    pub id: i64,
    pub name: String,
    pub email: String,
    pub role: Role,
}

impl UserView {
    pub const fn is_staff(&self) -> bool {
        self.role.is_staff()
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoAccount {
    pub name: String,
    pub email: String,
    pub role: Role,
    /// `None` for staff.
    pub brand: Option<Brand>,
}

/// `/account`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountView {
    pub name: String,
    pub email: String,
    pub role: Role,
    pub locale: Option<Locale>,
    pub sessions: Vec<SessionLine>,
    /// The people this person may manage: empty for those who may not.
    pub may_invite: bool,
    pub people: Vec<MemberLine>,
    /// Whom an invitation can be for: one's own organisation, all of them (account manager, admin), or staff (`id` 0, admin).
    pub invite_into: Vec<(i64, String)>,
}

/// One place where this person is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionLine {
    pub current: bool,
    /// The browser's own description, shortened: "Firefox on Linux".
    pub device: String,
    pub signed_in_at: Instant,
    pub last_seen_at: Instant,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberLine {
    pub id: i64,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub organisation: String,
    pub state: MemberState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemberState {
    Active,
    Invited,
    Deactivated,
}

/// What a link from a mail leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkView {
    /// Whom it is for; `None`: used, expired or never issued.
    pub valid_for: Option<(String, String)>,
    /// An invitation asks for a name; a reset does not.
    pub invitation: bool,
}
