//! One of our mails as bytes, by lettre's builder. Whatever people typed can end up in a name or a subject: what is a control
//! character becomes a space before it gets to a header, and lettre encodes the rest. The same input gives the same bytes,
//! so that a mail that is sent again is the same mail.

use std::time::{Duration, UNIX_EPOCH};

use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox as Named, Message, MessageBuilder, MultiPart, MultiPartKind, SinglePart};
use thiserror::Error;

/// A mail to write. Ids are without their angle brackets.
#[derive(Clone, Debug, Default)]
pub struct Outgoing<'a> {
    pub from_name: &'a str,
    pub from: &'a str,
    pub to_name: &'a str,
    pub to: &'a str,
    /// Where answers go; empty: to `from`.
    pub reply_to: &'a str,
    pub subject: &'a str,
    /// Unix milliseconds.
    pub sent_at: i64,
    pub message_id: &'a str,
    pub in_reply_to: &'a str,
    pub references: &'a [&'a str],
    /// `acme.support.example`; empty: no `List-Id`.
    pub list_id: &'a str,
    /// Where one click ends mails like this one (RFC 8058), https; empty: it cannot be ended.
    pub unsubscribe: &'a str,
    /// It answers one mail that came in, by itself (RFC 3834 §5).
    pub answers: bool,
    /// What `X-Loket` says: which Loket wrote it, and what kind of mail it is.
    pub origin: &'a str,
    pub text: &'a str,
    /// Empty: text alone.
    pub html: &'a str,
}

/// Why a mail cannot be written.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Unwritable {
    #[error("not an address: {0}")]
    Address(String),
    #[error("not an id: {0}")]
    Id(String),
    #[error("the mail could not be put together: {0}")]
    Message(String),
}

/// The whole message, with CRLF.
///
/// # Errors
/// When an address or an id is none: it would not be sent, or would say something else.
pub fn write(mail: &Outgoing<'_>) -> Result<Vec<u8>, Unwritable> {
    let at = u64::try_from(mail.sent_at).unwrap_or_default();
    let mut builder = Message::builder()
        .date(UNIX_EPOCH + Duration::from_millis(at))
        .from(named(mail.from_name, mail.from)?)
        .to(named(mail.to_name, mail.to)?)
        .subject(plain(mail.subject))
        .message_id(Some(bracketed(mail.message_id)?));
    if !mail.reply_to.is_empty() {
        builder = builder.reply_to(named("", mail.reply_to)?);
    }
    if !mail.in_reply_to.is_empty() {
        builder = builder.in_reply_to(bracketed(mail.in_reply_to)?);
    }
    if !mail.references.is_empty() {
        let ids: Vec<_> = mail.references.iter().map(|id| bracketed(id)).collect::<Result<_, _>>()?;
        builder = builder.references(ids.join(" "));
    }
    builder = machine_written(builder, mail)?;
    let text = SinglePart::plain(mail.text.to_owned());
    let message = if mail.html.is_empty() {
        builder.singlepart(text)
    } else {
        let html = SinglePart::html(mail.html.to_owned());
        let both = MultiPart::builder().kind(MultiPartKind::Alternative).boundary(boundary(mail.message_id));
        builder.multipart(both.singlepart(text).singlepart(html))
    };
    Ok(message.map_err(|error| Unwritable::Message(error.to_string()))?.formatted())
}

/// The headers by which other machines know that a machine wrote this, and leave it alone.
fn machine_written(mut builder: MessageBuilder, mail: &Outgoing<'_>) -> Result<MessageBuilder, Unwritable> {
    builder = header(builder, "Auto-Submitted", if mail.answers { "auto-replied" } else { "auto-generated" });
    // What Exchange understands: no notice of absence, no receipt.
    builder = header(builder, "X-Auto-Response-Suppress", "All");
    if !mail.origin.is_empty() {
        builder = header(builder, "X-Loket", &plain(mail.origin));
    }
    if !mail.list_id.is_empty() {
        builder = header(builder, "List-Id", &bracketed(mail.list_id)?);
    }
    if !mail.unsubscribe.is_empty() {
        builder = header(builder, "List-Unsubscribe", &bracketed(mail.unsubscribe)?);
        if mail.unsubscribe.starts_with("https:") || mail.unsubscribe.starts_with("http:") {
            builder = header(builder, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
    }
    Ok(builder)
}

fn header(builder: MessageBuilder, name: &'static str, value: &str) -> MessageBuilder {
    builder.raw_header(HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned()))
}

fn named(name: &str, address: &str) -> Result<Named, Unwritable> {
    let name = plain(name);
    let address = address.parse().map_err(|_| Unwritable::Address(plain(address)))?;
    Ok(Named::new((!name.is_empty()).then_some(name), address))
}

/// An id, or whatever else stands in brackets, that cannot end its header or its brackets.
fn bracketed(id: &str) -> Result<String, Unwritable> {
    let whole = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>'));
    if whole { Ok(["<", id, ">"].concat()) } else { Err(Unwritable::Id(plain(id))) }
}

/// On one line. What would be read as an encoded word is parted by a character that nobody sees, and is then encoded itself.
fn plain(text: &str) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    line.trim().replace("=?", "=\u{2060}?")
}

/// Of the id, which is random: no text can contain it by chance, and it is the same each time.
fn boundary(message_id: &str) -> String {
    let id: String = message_id.chars().filter(char::is_ascii_alphanumeric).take(40).collect();
    ["loket_", &id].concat()
}
