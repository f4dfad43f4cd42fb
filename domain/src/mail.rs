//! What became of mail that arrived: its kinds, where it stands, and why. How it is read is `letter`'s, what is done with it
//! `backend::desk::mail`'s.

use serde::{Deserialize, Serialize};

/// Who or what wrote a mail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailKind {
    #[default]
    Person,
    /// An automatic answer: on holiday, received in good order.
    Reply,
    /// A mail server says that one of our mails did not arrive.
    Bounce,
    /// A mailing list or mass mailing.
    List,
    /// Our own mail that came back, or that of another Loket.
    Own,
    /// More mails from one address within a few minutes than a person writes.
    Flood,
}

impl MailKind {
    pub const ALL: [Self; 6] = [Self::Person, Self::Reply, Self::Bounce, Self::List, Self::Own, Self::Flood];

    pub const fn slug(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Reply => "reply",
            Self::Bounce => "bounce",
            Self::List => "list",
            Self::Own => "own",
            Self::Flood => "flood",
        }
    }

    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.slug() == slug)
    }
}

/// Where a mail that arrived stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailState {
    /// It is on a ticket.
    Delivered,
    /// An agent decides what becomes of it.
    #[default]
    Quarantine,
    /// It waits until an account manager says whether its sender belongs to the organisation.
    Suggested,
    /// Beyond the limits; its sender was told.
    Refused,
    /// Automatic, and about no ticket.
    Kept,
    /// An agent put it aside.
    Dismissed,
}

impl MailState {
    pub const ALL: [Self; 6] =
        [Self::Delivered, Self::Quarantine, Self::Suggested, Self::Refused, Self::Kept, Self::Dismissed];

    pub const fn slug(self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::Quarantine => "quarantine",
            Self::Suggested => "suggested",
            Self::Refused => "refused",
            Self::Kept => "kept",
            Self::Dismissed => "dismissed",
        }
    }

    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.slug() == slug)
    }

    /// Staff may still make a ticket of it, put it on one or put it aside.
    pub const fn is_waiting(self) -> bool {
        matches!(self, Self::Quarantine | Self::Suggested | Self::Kept | Self::Dismissed)
    }
}

/// Why a mail is not simply on a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailReason {
    /// Nobody has this address.
    UnknownSender,
    /// Nobody has this address, but it answers a mail of a ticket.
    UnknownOnTicket,
    /// Whoever has this address was deactivated.
    Deactivated,
    /// From the domain of an organisation.
    KnownDomain,
    /// This person was suggested before and declined.
    Declined,
    /// From an agent: answers are given at the desk.
    Staff,
    /// It names no sender, or several.
    NoSender,
    /// It could not be read.
    Unreadable,
    /// Too large, too many parts, too deep.
    BeyondLimits,
    /// No person wrote it.
    Automatic,
}

impl MailReason {
    pub const ALL: [Self; 10] = [
        Self::UnknownSender,
        Self::UnknownOnTicket,
        Self::Deactivated,
        Self::KnownDomain,
        Self::Declined,
        Self::Staff,
        Self::NoSender,
        Self::Unreadable,
        Self::BeyondLimits,
        Self::Automatic,
    ];

    pub const fn slug(self) -> &'static str {
        match self {
            Self::UnknownSender => "unknown_sender",
            Self::UnknownOnTicket => "unknown_on_ticket",
            Self::Deactivated => "deactivated",
            Self::KnownDomain => "known_domain",
            Self::Declined => "declined",
            Self::Staff => "staff",
            Self::NoSender => "no_sender",
            Self::Unreadable => "unreadable",
            Self::BeyondLimits => "beyond_limits",
            Self::Automatic => "automatic",
        }
    }

    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.slug() == slug)
    }
}

/// A subject without what mail programs and Loket put before it: `Re:`, `Fwd:`, `AW:`, `Antw:`, `[ACME-17]`.
pub fn plain_subject(subject: &str) -> &str {
    let mut rest = subject.trim();
    loop {
        let shorter = without_prefix(rest).or_else(|| without_key(rest));
        match shorter {
            Some(shorter) => rest = shorter.trim_start(),
            None => return rest,
        }
    }
}

/// Of German, Dutch, French, Spanish, Italian, Portuguese, Polish and Scandinavian programs.
const PREFIXES: [&str; 20] = [
    "re", "fw", "fwd", "aw", "wg", "antw", "antwoord", "betr", "doorst", "tr", "réf", "rv", "rif", "res", "enc", "odp",
    "pd", "sv", "vs", "vb",
];

/// `Re: `, `RE[2]: `, `Fwd : `.
fn without_prefix(text: &str) -> Option<&str> {
    let (before, after) = text.split_once(':')?;
    let word = before.trim_end();
    let word = match word.split_once(['[', '(']) {
        Some((word, count)) if count.trim_end_matches([']', ')']).bytes().all(|b| b.is_ascii_digit()) => word,
        Some(_) => return None,
        None => word,
    };
    let word = word.trim_end().to_lowercase();
    PREFIXES.contains(&word.as_str()).then_some(after)
}

fn without_key(text: &str) -> Option<&str> {
    let (inside, after) = text.strip_prefix('[')?.split_once(']')?;
    crate::ticket::TicketKey::parse(inside.trim()).map(|_| after)
}

/// The keys that stand in a subject: `[ACME-17]`, `ACME-17`. At most four.
pub fn keys_in(subject: &str) -> Vec<crate::ticket::TicketKey> {
    let words = subject.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    let mut keys: Vec<crate::ticket::TicketKey> = Vec::new();
    for key in words.filter_map(crate::ticket::TicketKey::parse) {
        if keys.len() < 4 && !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::{MailKind, MailReason, MailState, keys_in, plain_subject};

    #[test]
    fn a_subject_loses_what_was_put_before_it_and_nothing_else() {
        for (subject, plain) in [
            ("Re: The printer", "The printer"),
            ("RE: AW: Antw: [ACME-17] Re[2]: The printer", "The printer"),
            ("[acme-17] De printer", "De printer"),
            ("Fwd : x", "x"),
            ("Note: the printer", "Note: the printer"),
            ("[urgent] Re: x", "[urgent] Re: x"),
            ("Re:", ""),
            ("  ", ""),
            ("re-open: x", "re-open: x"),
        ] {
            assert_eq!(plain_subject(subject), plain, "{subject}");
        }
    }

    #[test]
    fn keys_are_found_wherever_they_stand() {
        let keys = |text: &str| keys_in(text).iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(keys("Re: [ACME-17] x (see bore-3)"), ["ACME-17", "BORE-3"]);
        assert_eq!(keys("COVID-19"), ["COVID-19"], "whether there is such a ticket is asked elsewhere");
        assert_eq!(keys("a-1 ACME-0 x"), Vec::<String>::new());
    }

    #[test]
    fn every_slug_is_read_back() {
        assert!(MailKind::ALL.iter().all(|kind| MailKind::from_slug(kind.slug()) == Some(*kind)));
        assert!(MailState::ALL.iter().all(|state| MailState::from_slug(state.slug()) == Some(*state)));
        assert!(MailReason::ALL.iter().all(|reason| MailReason::from_slug(reason.slug()) == Some(*reason)));
    }
}
