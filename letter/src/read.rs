//! From bytes to a [`Letter`].

use mail_parser::{MessageParser, MimeHeaders};

use crate::{Letter, Limits, Mailbox, Refusal};

/// Reads a message.
///
/// # Errors
/// When it is beyond the limits, or no message at all.
pub fn read(raw: &[u8], limits: &Limits) -> Result<Letter, Refusal> {
    if raw.len() > limits.bytes {
        return Err(Refusal::TooLarge { bytes: raw.len(), limit: limits.bytes });
    }
    let message = MessageParser::default().parse(raw).ok_or(Refusal::NotAMessage)?;
    let from = message.from().and_then(|list| list.first()).map(|one| Mailbox {
        name: one.name().unwrap_or_default().to_owned(),
        address: one.address().unwrap_or_default().to_lowercase(),
    });
    let _ = message.content_type();
    Ok(Letter {
        message_id: message.message_id().map(str::to_owned),
        from,
        subject: message.subject().unwrap_or_default().to_owned(),
        said: message.body_text(0).unwrap_or_default().trim().to_owned(),
        identity: message.message_id().unwrap_or_default().to_owned(),
        ..Letter::default()
    })
}
