//! Who acts, and what they may do. Every use case takes an [`Actor`]; the scope of every query comes from it.

use serde::{Deserialize, Serialize};

use crate::i18n::Locale;

/// What a person is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// A customer's person.
    Member,
    /// A customer's person who also invites and deactivates colleagues.
    Manager,
    Agent,
    /// Staff who also create organisations and invite people.
    AccountManager,
    /// Staff who also change policies, calendars, forms and staff.
    Admin,
}

impl Role {
    pub const ALL: [Self; 5] = [Self::Member, Self::Manager, Self::Agent, Self::AccountManager, Self::Admin];

    pub const fn slug(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Manager => "manager",
            Self::Agent => "agent",
            Self::AccountManager => "account_manager",
            Self::Admin => "admin",
        }
    }

    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.slug() == slug)
    }

    pub const fn is_staff(self) -> bool {
        matches!(self, Self::Agent | Self::AccountManager | Self::Admin)
    }
}

/// A signed-in person, as use cases know them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub user_id: i64,
    pub name: String,
    pub email: String,
    pub role: Role,
    /// `None` exactly for staff.
    pub organisation_id: Option<i64>,
    /// The organisation lets members see their own tickets only.
    pub own_tickets_only: bool,
    pub locale: Locale,
}

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    Person(Person),
    /// The passing of time and the command line.
    System,
}

/// Which tickets an actor may see: part of every query for customer data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Every organisation (staff, system).
    All,
    /// One organisation. Confidential tickets only for their requester and participants.
    Organisation { organisation_id: i64, user_id: i64 },
    /// One organisation's tickets that this person raised or takes part in.
    Own { organisation_id: i64, user_id: i64 },
}

impl Actor {
    pub const fn person(&self) -> Option<&Person> {
        match self {
            Self::Person(person) => Some(person),
            Self::System => None,
        }
    }

    pub const fn user_id(&self) -> Option<i64> {
        match self {
            Self::Person(person) => Some(person.user_id),
            Self::System => None,
        }
    }

    pub const fn is_staff(&self) -> bool {
        match self {
            Self::Person(person) => person.role.is_staff(),
            Self::System => true,
        }
    }

    /// A staff person or the system sees all; a customer's person what their organisation allows.
    pub const fn scope(&self) -> Scope {
        match self {
            Self::System => Scope::All,
            Self::Person(person) => match person.organisation_id {
                None => Scope::All,
                Some(organisation_id) if person.own_tickets_only && !matches!(person.role, Role::Manager) => {
                    Scope::Own { organisation_id, user_id: person.user_id }
                }
                Some(organisation_id) => Scope::Organisation { organisation_id, user_id: person.user_id },
            },
        }
    }

    /// Only admins change calendars and policies.
    pub const fn may_change_promises(&self) -> bool {
        match self {
            Self::System => true,
            Self::Person(person) => matches!(person.role, Role::Admin),
        }
    }

    /// Managers invite into their own organisation; account managers and admins into any; only admins invite staff.
    pub fn may_invite(&self, organisation_id: Option<i64>) -> bool {
        match self {
            Self::System => true,
            Self::Person(person) => match person.role {
                Role::Admin => true,
                Role::AccountManager => organisation_id.is_some(),
                Role::Manager => organisation_id.is_some() && organisation_id == person.organisation_id,
                Role::Member | Role::Agent => false,
            },
        }
    }
}
