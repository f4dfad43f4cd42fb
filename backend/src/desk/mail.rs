//! Mail that arrives: the one use case in which all doors end ([`receive`]), and what staff do with what is not on a ticket.
//!
//! A message is on the disk before anything else, named by its SHA-256; then one transaction writes that it arrived and
//! everything it becomes. A door says yes only after that. So a crash at any point leaves either a message that comes again
//! or one that is there, and the second coming of the same message changes nothing.
//!
//! How a message is read is in the crate `letter`; how it gets here is in `crate::mail::inlet`.

mod file;
mod held;
mod matching;
mod post;
mod receive;
mod sender;
mod stranger;
mod suggested;
mod words;

use bytes::Bytes;
use domain::mail::MailState;

pub use held::{dismiss, held, open_raw, put_on_ticket, raise_for, read_held};
pub use receive::receive;
pub use stranger::sweep;
pub use suggested::{accept, all_domains, decline, domains, set_domains, suggested};

/// The way a message came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    Imap,
    Pipe,
    Lmtp,
}

impl Door {
    pub(crate) const fn slug(self) -> &'static str {
        match self {
            Self::Imap => "imap",
            Self::Pipe => "pipe",
            Self::Lmtp => "lmtp",
        }
    }
}

/// A message as it arrives.
#[derive(Clone, Debug)]
pub struct Arrival {
    pub door: Door,
    /// Which of our mailboxes; one and the same message arrives once in each.
    pub mailbox: String,
    pub raw: Bytes,
    /// Who sent it, as the mail server says; `Some("")` is the empty path of bounces, `None` unknown.
    pub envelope_from: Option<String>,
    /// Whom it was sent to, as the mail server says.
    pub envelope_to: Vec<String>,
}

/// What became of a message. All of it is committed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    pub state: MailState,
    /// The ticket it is on.
    pub key: Option<String>,
    /// It was here already.
    pub again: bool,
    /// Why it was refused, in plain ASCII on one line; set exactly when `state` is [`MailState::Refused`].
    pub refusal: Option<letter::Refusal>,
}
