//! What is too much, and the words of a refusal: for logs and for the answer that a mail server gives to another.

use thiserror::Error;

/// How much of a message is read at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Of the whole message as it arrived.
    pub bytes: usize,
    /// Parts with a header of their own, those that hold other parts included.
    pub parts: usize,
    /// How deep parts and forwarded messages lie within each other.
    pub depth: usize,
}

impl Default for Limits {
    /// 30 MB, 200 parts, depth 20.
    fn default() -> Self {
        Self { bytes: 30_000_000, parts: 200, depth: 20 }
    }
}

/// Why a message is not read. Its words are plain ASCII, so that they can stand in an SMTP answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    #[error("the message is larger than {}", megabytes(*limit))]
    TooLarge { bytes: usize, limit: usize },
    #[error("the message has more than {limit} parts")]
    TooManyParts { limit: usize },
    #[error("the parts of the message are nested deeper than {limit}")]
    TooDeep { limit: usize },
    #[error("the header of the message is larger than {}", megabytes(*limit))]
    HeaderTooLarge { limit: usize },
    #[error("the headers of the message have more than {limit} fields")]
    TooManyFields { limit: usize },
    #[error("this is not an e-mail message: it has no header")]
    NotAMessage,
}

impl Refusal {
    /// Of those that a smaller message would pass (SMTP 552); otherwise it can never be read (554).
    #[must_use]
    pub const fn is_size(self) -> bool {
        !matches!(self, Self::NotAMessage)
    }
}

/// As people say it, whose mail came back.
fn megabytes(bytes: usize) -> String {
    match bytes % 1_000_000 {
        0 => format!("{} MB", bytes / 1_000_000),
        _ => format!("{bytes} bytes"),
    }
}
