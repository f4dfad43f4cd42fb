//! A mail as RFC 5322 text: headers, and a body in UTF-8 as base64. Whatever people typed can end up in a name or a
//! subject, so no header is ever written without being encoded or checked.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::time::Instant;
use domain::zone::Zone;

/// What a mail is made of.
pub struct Parts<'a> {
    pub outbox_id: i64,
    pub base_url: &'a str,
    pub to_email: &'a str,
    pub to_name: &'a str,
    pub subject: &'a str,
    pub body: &'a str,
    pub at: Instant,
}

/// Words of an encoded header are at most 75 characters (RFC 2047 §2); 42 bytes become 56.
const WORD_BYTES: usize = 42;
/// Lines of a body are at most 76 (RFC 2045 §6.8).
const LINE: usize = 76;

/// The whole message, with CRLF.
pub fn render(parts: &Parts<'_>) -> String {
    let host = host(parts.base_url);
    let mut text = String::with_capacity(1_024 + parts.body.len() * 2);
    let mut header = |name: &str, value: &str| {
        text.push_str(name);
        text.push_str(": ");
        text.push_str(value);
        text.push_str("\r\n");
    };
    header("Date", &date(parts.at));
    header("From", &format!("Loket <no-reply@{host}>"));
    header("To", &recipient(parts.to_name, parts.to_email));
    header("Subject", &unstructured(parts.subject));
    // The same id each time it is tried: a receiver can tell a repetition (RFC 5322 §3.6.4).
    header("Message-ID", &format!("<outbox.{}.{}@{host}>", parts.outbox_id, parts.at.0));
    header("Auto-Submitted", "auto-generated");
    header("MIME-Version", "1.0");
    header("Content-Type", "text/plain; charset=utf-8");
    header("Content-Transfer-Encoding", "base64");
    text.push_str("\r\n");
    let body = STANDARD.encode(parts.body.replace("\r\n", "\n").replace('\n', "\r\n"));
    for line in body.as_bytes().chunks(LINE) {
        text.push_str(&String::from_utf8_lossy(line));
        text.push_str("\r\n");
    }
    text
}

/// The host of our own URL, without port; `localhost` when there is none.
fn host(base_url: &str) -> &str {
    let rest = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
    let host = rest.split(['/', ':']).next().unwrap_or_default();
    if host.is_empty() { "localhost" } else { host }
}

/// A display name and an address. An address that could break out of its header is not written.
fn recipient(name: &str, email: &str) -> String {
    let safe = email.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'<' | b'>' | b',' | b';' | b'"' | b'\\'));
    let email = if safe { email } else { "undisclosed-recipients:;" };
    if name.is_empty() || !safe { email.to_owned() } else { format!("{} <{email}>", encoded(name)) }
}

/// As it is when it is short plain ASCII, else in encoded words.
fn unstructured(text: &str) -> String {
    let plain = text.bytes().all(|b| b == b' ' || b.is_ascii_graphic()) && !text.contains("=?") && text.len() <= 66;
    if plain { text.to_owned() } else { encoded(text) }
}

/// In encoded words (RFC 2047), split between characters.
fn encoded(text: &str) -> String {
    let mut words = Vec::new();
    let mut word = String::new();
    // A line break is a space to whoever reads a subject.
    for c in text.chars().map(|c| if c.is_control() { ' ' } else { c }) {
        if word.len() + c.len_utf8() > WORD_BYTES {
            words.push(std::mem::take(&mut word));
        }
        word.push(c);
    }
    words.push(word);
    let words: Vec<_> = words.iter().map(|word| format!("=?utf-8?B?{}?=", STANDARD.encode(word))).collect();
    words.join("\r\n ")
}

/// `Fri, 24 Apr 2026 13:30:00 +0000` (RFC 5322 §3.3).
fn date(at: Instant) -> String {
    const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    // A zone without offsets is UTC.
    let c = Zone::default().civil(at);
    let day = DAYS[usize::from(c.weekday) % 7];
    let month = MONTHS[usize::from(c.month + 11) % 12];
    format!("{day}, {:02} {month} {:04} {:02}:{:02}:{:02} +0000", c.day, c.year, c.hour, c.minute, c.second)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn mail<'a>(name: &'a str, email: &'a str, subject: &'a str, body: &'a str) -> Parts<'a> {
        let base_url = "https://support.example:8443/x";
        Parts { outbox_id: 7, base_url, to_email: email, to_name: name, subject, body, at: Instant(1_777_037_400_000) }
    }

    #[test]
    fn a_mail_has_the_headers_of_rfc_5322_and_a_body_that_decodes_to_what_was_written() {
        let text = render(&mail("Anna Visser", "anna@acme.example", "Set your password", "Dag Anna,\n\nZoë\n"));
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        assert_eq!(
            head.lines().collect::<Vec<_>>(),
            [
                "Date: Fri, 24 Apr 2026 13:30:00 +0000",
                "From: Loket <no-reply@support.example>",
                "To: =?utf-8?B?QW5uYSBWaXNzZXI=?= <anna@acme.example>",
                "Subject: Set your password",
                "Message-ID: <outbox.7.1777037400000@support.example>",
                "Auto-Submitted: auto-generated",
                "MIME-Version: 1.0",
                "Content-Type: text/plain; charset=utf-8",
                "Content-Transfer-Encoding: base64",
            ]
        );
        let decoded = STANDARD.decode(body.replace("\r\n", "")).unwrap();
        assert_eq!(String::from_utf8(decoded).unwrap(), "Dag Anna,\r\n\r\nZoë\r\n");
    }

    #[test]
    fn nothing_people_type_adds_a_header() {
        let text = render(&mail("x\r\nBcc: evil@x.example", "a@b.example>\r\nBcc: c@d.example", "s\r\nX-Evil: 1", "b"));
        let (head, _) = text.split_once("\r\n\r\n").unwrap();
        let names: Vec<_> =
            head.lines().filter(|l| !l.starts_with(' ')).map(|l| l.split(':').next().unwrap()).collect();
        assert_eq!(names.len(), 9, "{head}");
        assert!(!head.contains("evil@x.example") && !head.contains("c@d.example"), "{head}");
    }

    #[test]
    fn long_subjects_are_folded_between_characters() {
        let subject = "Één heel lang onderwerp met ë en 日本語 dat niet op één regel past, en dan nog wat";
        let text = render(&mail("", "a@b.example", subject, ""));
        assert!(text.lines().all(|line| line.len() <= 78), "{text}");
        let words = text.split("=?utf-8?B?").skip(1).map(|word| word.split("?=").next().unwrap());
        let decoded: Vec<u8> = words.flat_map(|word| STANDARD.decode(word).unwrap()).collect();
        assert_eq!(String::from_utf8(decoded).unwrap(), subject);
    }
}
