//! Notices as pages show them: the notification centre, what a person wants to be told and how, and the mail that did not
//! arrive.

use serde::{Deserialize, Serialize};

use crate::notice::{Delivery, NoticeKind};
use crate::sla::ClockKind;
use crate::time::Instant;
use crate::zone::Zone;

/// One's own notices; of customers and of staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticesView {
    pub now: Instant,
    /// Unread ones first, then by age, newest first.
    pub rows: Vec<NoticeRow>,
    pub unread: i64,
    /// For `after`.
    pub next: Option<String>,
    pub zone: Zone,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeRow {
    pub id: i64,
    pub at: Instant,
    pub key: String,
    pub subject: String,
    pub kind: NoticeKind,
    /// Who did it; empty: the passing of time.
    pub by: String,
    /// Of warnings.
    pub clock: Option<ClockKind>,
    /// Of warnings.
    pub due_at: Option<Instant>,
    pub read: bool,
}

/// How one wants to be told: `/account`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreferencesView {
    pub email: String,
    /// Mail to this address came back: since when, and what the other server said. Until one says that it works again.
    pub bounced: Option<(Instant, String)>,
    /// The kinds that this person can get and may choose for, in the order of [`NoticeKind::ALL`].
    pub rows: Vec<(NoticeKind, Delivery)>,
    pub zone: Zone,
}

/// What the address in a mail's "unsubscribe" is about. Reading it changes nothing: programs follow links by themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnsubscribeView {
    /// `None`: no such address.
    pub email: Option<String>,
    /// What it ends.
    pub kinds: Vec<NoticeKind>,
    /// All of them come in the portal only.
    pub ended: bool,
}

/// Mail that was given up: for admins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeadLettersView {
    pub now: Instant,
    /// The latest first.
    pub rows: Vec<DeadLetter>,
    /// For `before`.
    pub next: Option<i64>,
    /// Mails that wait: how many, and since when the oldest.
    pub waiting: i64,
    pub waiting_since: Option<Instant>,
    /// Why one of them did not leave yet; empty: none was tried in vain.
    pub waiting_error: String,
    pub setup: MailSetup,
    pub zone: Zone,
}

/// How mail leaves and arrives, without passwords. What is empty is not configured.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailSetup {
    /// What our mails are from, and where people write to.
    pub address: String,
    /// The server that takes our mail; empty: mails are written into files.
    pub smtp: String,
    pub last_sent_at: Option<Instant>,
    /// Whose word counts about who wrote a mail; empty: nobody's, so every mail is unverified.
    pub authority: String,
    /// Where mail servers bring mail.
    pub lmtp: String,
    /// The mailbox that mail is fetched from.
    pub imap: String,
    pub last_received_at: Option<Instant>,
}

/// One mail that was given up, to be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeadLetterView {
    pub now: Instant,
    pub letter: DeadLetter,
    /// `None`: it holds a link that only whom it is for may use.
    pub text: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeadLetter {
    pub id: i64,
    /// What kind of mail: a notice's slug, `invitation`, `reset`, `digest`.
    pub kind: String,
    pub to_name: String,
    pub to_email: String,
    pub subject: String,
    /// Of its ticket; empty when it is about none.
    pub key: String,
    pub attempts: i64,
    /// What the last attempt said.
    pub error: String,
    pub created_at: Instant,
    pub dead_at: Instant,
}
