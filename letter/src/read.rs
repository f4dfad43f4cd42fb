//! From bytes to a [`Letter`]. The message is taken apart within the limits first ([`split`]), so that whatever follows works
//! on something bounded.

mod automatic;
mod body;
mod clean;
mod decode;
mod field;
mod fold;
mod html;
mod identity;
mod split;
mod vouched;

use std::borrow::Cow;

use body::Source;
use field::Head;
use fold::Context;

use crate::{Letter, Limits, Refusal};

/// How many forwarded messages within each other are opened to find something to read.
const OPENED: usize = 3;
/// A Message-ID is not longer than a line (RFC 5322 §2.1.1).
const LONGEST_ID: usize = 998;
const MOST_RECIPIENTS: usize = 1_000;
const MOST_REFERENCES: usize = 200;

/// Where mail servers note whom they brought a message, and where the sender wrote it.
const RECIPIENTS: [&str; 8] =
    ["delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-delivered-to", "to", "cc", "resent-to"];
/// How a subject begins when something is passed on, and when something is answered.
const FORWARDS: [&str; 11] =
    ["fw:", "fwd:", "wg:", "doorst:", "doorgestuurd:", "tr:", "rv:", "enc:", "vb:", "i:", "fwd "];
const REPLIES: [&str; 9] = ["re:", "antw:", "aw:", "sv:", "vs:", "r:", "res:", "odp:", "antwoord:"];

/// Reads a message.
///
/// # Errors
/// When it is beyond the limits, or no message at all.
pub fn read(raw: &[u8], limits: &Limits) -> Result<Letter, Refusal> {
    if raw.len() > limits.bytes {
        return Err(Refusal::TooLarge { bytes: raw.len(), limit: limits.bytes });
    }
    let raw = lines(raw);
    let letter = opened(&raw, limits, OPENED)?;
    Ok(letter)
}

/// Reads a message in which others may be opened so many times.
fn opened(raw: &[u8], limits: &Limits, more: usize) -> Result<Letter, Refusal> {
    let parts = split::split(raw, limits)?;
    let source = Source { raw, parts: &parts };
    let root = &parts[0];
    if root.head.fields.is_empty() {
        return Err(Refusal::NotAMessage);
    }
    let mut letter = headers(&root.head);
    letter.identity = identity::identity(letter.message_id.as_deref(), &root.head, &raw[root.body.start..]);
    let inner = |bytes: &[u8]| {
        let inner = (more > 0).then(|| opened(&lines(bytes), limits, more - 1).ok()).flatten()?;
        let from = inner.from.map(|from| from.address).unwrap_or_default();
        let text = [inner.said, inner.history].join("\n\n");
        Some(
            [inner.subject.as_str(), from.as_str(), text.trim()]
                .into_iter()
                .filter(|text| !text.is_empty())
                .collect::<Vec<_>>()
                .join("\n"),
        )
    };
    let body = body::body(&source, &inner);
    let subject = letter.subject.to_lowercase();
    let begins = |words: &[&str]| words.iter().any(|word| subject.starts_with(word));
    let reply = !letter.in_reply_to.is_empty() || !letter.references.is_empty() || begins(&REPLIES);
    (letter.said, letter.history) = fold::fold(&body.text, Context { reply, forward: begins(&FORWARDS) });
    (letter.files, letter.sealed) = (body.files, body.sealed);
    letter.automatic = automatic::automatic(&source, &letter);
    Ok(letter)
}

fn headers(head: &Head) -> Letter {
    let id = head.ids("message-id").into_iter().next().filter(|id| id.len() <= LONGEST_ID);
    let mut from = head.mailboxes("from");
    let from_several = from.len() > 1 || head.all("from").count() > 1;
    let mut recipients: Vec<String> = Vec::new();
    for name in RECIPIENTS {
        for mailbox in head.mailboxes(name) {
            if recipients.len() < MOST_RECIPIENTS && !recipients.contains(&mailbox.address) {
                recipients.push(mailbox.address);
            }
        }
    }
    let mut references = head.ids("references");
    // The last are the nearest.
    references.drain(..references.len().saturating_sub(MOST_REFERENCES));
    let mut in_reply_to = head.ids("in-reply-to");
    in_reply_to.truncate(MOST_REFERENCES);
    let mut received = 0;
    let mut results = Vec::new();
    for field in &head.fields {
        received += usize::from(field.name == "received");
        if field.name == "authentication-results" && results.len() < 20 {
            results.push(vouched::parse(&field.raw(), received));
        }
    }
    let return_path = head.first("return-path").map(|field| clean::address(&field.raw()));
    Letter {
        message_id: id,
        in_reply_to,
        references,
        from: (!from.is_empty()).then(|| from.swap_remove(0)),
        from_several,
        sender: head.mailboxes("sender").into_iter().next(),
        reply_to: head.mailboxes("reply-to"),
        return_path,
        recipients,
        subject: head.text("subject"),
        sent_at: head.first("date").and_then(field::Field::date),
        results,
        ..Letter::default()
    }
}

/// A message whose lines end in a way that there is none of any more, or that begins with a mark, as others begin and end.
fn lines(raw: &[u8]) -> Cow<'_, [u8]> {
    let raw = raw.strip_prefix(b"\xef\xbb\xbf").unwrap_or(raw);
    if raw.contains(&b'\n') || !raw.contains(&b'\r') {
        return Cow::Borrowed(raw);
    }
    Cow::Owned(raw.iter().map(|&byte| if byte == b'\r' { b'\n' } else { byte }).collect())
}
