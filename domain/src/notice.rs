//! What people are told: the kinds of notices, who gets which of a change ([`told`]), and how they want to get it. What a
//! mail says lives in `backend::mail`.

use serde::{Deserialize, Serialize};

use crate::ticket::{Change, CloseReason};

/// What a notice is about. Stored under its slug, so a slug never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    // To customers.
    /// The confirmation of a new request.
    Received,
    Accepted,
    Answered,
    /// Support asks something; the answer is waited for.
    Returned,
    PriorityChanged,
    Resolved,
    Closed,
    /// Someone put them on a request.
    ParticipantAdded,
    /// Another customer wrote on a request they raised or take part in.
    ColleagueReplied,
    // To staff.
    Raised,
    /// A customer wrote.
    Replied,
    Assigned,
    Reopened,
    Withdrawn,
    AtRisk,
    Breached,
}

impl NoticeKind {
    pub const ALL: [Self; 16] = [
        Self::Received,
        Self::Accepted,
        Self::Answered,
        Self::Returned,
        Self::PriorityChanged,
        Self::Resolved,
        Self::Closed,
        Self::ParticipantAdded,
        Self::ColleagueReplied,
        Self::Raised,
        Self::Replied,
        Self::Assigned,
        Self::Reopened,
        Self::Withdrawn,
        Self::AtRisk,
        Self::Breached,
    ];

    /// The name in the database, in forms and in addresses.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Accepted => "accepted",
            Self::Answered => "answered",
            Self::Returned => "returned",
            Self::PriorityChanged => "priority_changed",
            Self::Resolved => "resolved",
            Self::Closed => "closed",
            Self::ParticipantAdded => "participant_added",
            Self::ColleagueReplied => "colleague_replied",
            Self::Raised => "raised",
            Self::Replied => "replied",
            Self::Assigned => "assigned",
            Self::Reopened => "reopened",
            Self::Withdrawn => "withdrawn",
            Self::AtRisk => "at_risk",
            Self::Breached => "breached",
        }
    }

    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.slug() == slug)
    }

    /// Whether staff get it; customers get the others.
    pub const fn is_for_staff(self) -> bool {
        matches!(
            self,
            Self::Raised
                | Self::Replied
                | Self::Assigned
                | Self::Reopened
                | Self::Withdrawn
                | Self::AtRisk
                | Self::Breached
        )
    }

    /// Whether a person may say how they want it. A confirmation is proof of what was asked, and a question that nobody
    /// reads stops a request for good: these two always come by mail, at once.
    pub const fn may_be_ended(self) -> bool {
        !matches!(self, Self::Received | Self::Returned)
    }
}

/// How someone wants a kind of notice. Whatever is chosen, it stands in the portal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// By mail, at once: what everyone gets who never chose.
    #[default]
    Now,
    /// In one mail a day.
    Daily,
    /// In the portal only.
    Portal,
}

impl Delivery {
    pub const ALL: [Self; 3] = [Self::Now, Self::Daily, Self::Portal];

    pub const fn slug(self) -> &'static str {
        match self {
            Self::Now => "now",
            Self::Daily => "daily",
            Self::Portal => "portal",
        }
    }

    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|delivery| delivery.slug() == slug)
    }
}

/// Whom a notice is for, seen from the ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To {
    /// Who raised it, also when they did so themselves: a confirmation.
    Requester,
    /// The requester and the participants, but not whoever did it.
    Customers,
    /// One person, unless they did it.
    Person(i64),
    /// Whoever works on it; without anyone all agents. Not whoever did it.
    Desk,
}

/// Who is told of a change (issue 4, "Out"). `reopens`: a customer wrote on what was resolved.
pub fn told(change: &Change, by_staff: bool, reopens: bool) -> Vec<(To, NoticeKind)> {
    use NoticeKind as Kind;
    let customers = |kind| vec![(To::Customers, kind)];
    match change {
        Change::Created { .. } => vec![(To::Requester, Kind::Received), (To::Desk, Kind::Raised)],
        Change::Accepted => customers(Kind::Accepted),
        Change::Assigned { agent_id: Some(id), .. } => vec![(To::Person(*id), Kind::Assigned)],
        Change::Answered { .. } => customers(Kind::Answered),
        Change::Returned { .. } => customers(Kind::Returned),
        Change::Resolved { .. } => customers(Kind::Resolved),
        Change::PriorityChanged { .. } => customers(Kind::PriorityChanged),
        Change::Replied { .. } => {
            let desk = if reopens { Kind::Reopened } else { Kind::Replied };
            vec![(To::Desk, desk), (To::Customers, Kind::ColleagueReplied)]
        }
        Change::Reopened => vec![(To::Desk, Kind::Reopened)],
        Change::ParticipantAdded { user_id, .. } => vec![(To::Person(*user_id), Kind::ParticipantAdded)],
        // Whoever sends spam learns nothing from us.
        Change::Closed { reason: CloseReason::Spam, .. } => Vec::new(),
        Change::Closed { reason: CloseReason::Withdrawn, .. } if !by_staff => {
            vec![(To::Desk, Kind::Withdrawn), (To::Customers, Kind::Closed)]
        }
        Change::Closed { .. } => customers(Kind::Closed),
        // Notes are for whoever reads the ticket; the rest changes nothing that anyone waits for.
        Change::Assigned { agent_id: None, .. }
        | Change::Noted { .. }
        | Change::AutomaticMail { .. }
        | Change::TakenBack
        | Change::PolicyChanged { .. }
        | Change::ParticipantRemoved { .. }
        | Change::ConfidentialSet { .. }
        | Change::Linked { .. } => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_and_delivery_is_found_by_its_slug() {
        for kind in NoticeKind::ALL {
            assert_eq!(NoticeKind::from_slug(kind.slug()), Some(kind));
        }
        for delivery in Delivery::ALL {
            assert_eq!(Delivery::from_slug(delivery.slug()), Some(delivery));
        }
    }

    #[test]
    fn of_a_note_and_of_spam_nobody_is_told() {
        assert!(told(&Change::Noted { message_id: 1 }, true, false).is_empty());
        assert!(told(&Change::Closed { reason: CloseReason::Spam, duplicate_of: None }, true, false).is_empty());
    }
}
