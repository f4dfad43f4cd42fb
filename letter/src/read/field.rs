//! The header of a message or of a part: its fields, and what they mean. Where a header begins and ends is decided here,
//! line by line; what a field says is read by `mail-parser`, field by field, so that a strange one harms only itself.

use mail_parser::parsers::MessageStream;
use mail_parser::{Address, ContentType, HeaderValue};

use super::clean;
use crate::{Mailbox, Refusal};

/// One field, unfolded.
#[derive(Clone, Debug)]
pub(super) struct Field {
    /// In lower case.
    pub name: String,
    /// Ends with a line feed, as `mail-parser` wants it.
    value: Vec<u8>,
}

/// A header.
#[derive(Clone, Debug, Default)]
pub(super) struct Head {
    pub fields: Vec<Field>,
}

/// How much of headers is read, of all parts together. It shrinks as they are read: a field costs far more memory than the
/// three bytes it can be written with, so what is too much must be known before it is kept.
#[derive(Debug)]
pub(super) struct Room {
    bytes: usize,
    fields: usize,
}

impl Default for Room {
    fn default() -> Self {
        Self { bytes: HEADERS, fields: FIELDS }
    }
}

/// Headers of all parts together.
const HEADERS: usize = 2_000_000;
/// Fields of all headers together. A message that has come a long way has two hundred, and each part has a handful.
const FIELDS: usize = 20_000;
/// A field's name is not longer than this; a longer line with a colon in it is a sentence.
const LONGEST_NAME: usize = 76;
/// How many lines after one that is no field a known field may still follow.
const LOOK_AHEAD: usize = 10;
/// One field may be so long: nothing real is longer, and reading is linear only if this is bounded.
const LONGEST_VALUE: usize = 200_000;
/// By these a header is known to go on after a line that does not belong there.
const KNOWN: [&[u8]; 10] = [
    b"from",
    b"to",
    b"subject",
    b"date",
    b"received",
    b"message-id",
    b"mime-version",
    b"content-type",
    b"content-transfer-encoding",
    b"reply-to",
];

impl Head {
    /// Reads the header that begins at the first byte, and says where the body begins. `ends` tells whether a line is
    /// a boundary at which the part ends without a body.
    ///
    /// # Errors
    /// When there is no room for it; what comes after that has not been looked at.
    pub fn parse(raw: &[u8], room: &mut Room, ends: impl Fn(&[u8]) -> bool) -> Result<(Self, usize), Refusal> {
        let (head, length) = Self::parse_within(raw, room, ends)?;
        // The empty line after the last field is not worth a refusal.
        room.bytes = room.bytes.saturating_sub(length);
        room.fields -= head.fields.len();
        Ok((head, length))
    }

    fn parse_within(raw: &[u8], room: &Room, ends: impl Fn(&[u8]) -> bool) -> Result<(Self, usize), Refusal> {
        let mut head = Self::default();
        let mut at = 0;
        while at < raw.len() {
            let end = line_end(raw, at);
            let line = trim_end(&raw[at..end]);
            if line.is_empty() {
                return Ok((head, end));
            }
            if ends(line) {
                return Ok((head, at));
            }
            if matches!(line[0], b' ' | b'\t') && !head.fields.is_empty() {
                if line.iter().all(u8::is_ascii_whitespace) && !goes_on(raw, end) {
                    // A line of blanks is an empty line to whoever wrote it.
                    return Ok((head, end));
                }
                head.append(line);
            } else if let Some((name, value)) = field(line) {
                if head.fields.len() >= room.fields {
                    return Err(Refusal::TooManyFields { limit: FIELDS });
                }
                head.fields.push(Field { name, value: value.to_vec() });
            } else if at == 0 && (line.starts_with(b"From ") || line.starts_with(b">From ")) {
                // The line with which a mailbox file begins a message.
            } else if goes_on(raw, end) {
                head.append(line);
            } else {
                return Ok((head, at));
            }
            if end > room.bytes {
                return Err(Refusal::HeaderTooLarge { limit: HEADERS });
            }
            at = end;
        }
        Ok((head, raw.len()))
    }

    fn append(&mut self, line: &[u8]) {
        if let Some(last) = self.fields.last_mut()
            && last.value.len() < LONGEST_VALUE
        {
            last.value.push(b' ');
            last.value.extend_from_slice(line.trim_ascii_start());
        }
    }

    /// The values of all fields of a name, from top to bottom.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Field> {
        self.fields.iter().filter(move |field| field.name == name)
    }

    pub fn first(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// As text on one line, encoded words decoded; empty when it is not there.
    pub fn text(&self, name: &str) -> String {
        self.first(name).map(Field::text).unwrap_or_default()
    }

    /// The same without decoding, in lower case: for words that machines write.
    pub fn word(&self, name: &str) -> String {
        self.first(name).map(|field| field.raw().to_lowercase()).unwrap_or_default()
    }

    /// All ids of all fields of a name.
    pub fn ids(&self, name: &str) -> Vec<String> {
        self.all(name).flat_map(Field::ids).collect()
    }

    pub fn mailboxes(&self, name: &str) -> Vec<Mailbox> {
        self.all(name).flat_map(Field::mailboxes).collect()
    }

    pub fn content_type(&self, name: &str) -> Option<Typed> {
        self.first(name).and_then(Field::typed)
    }
}

impl Field {
    /// With its line feed, as `mail-parser` reads it.
    fn stream(&self) -> Vec<u8> {
        let mut value = self.value.clone();
        value.truncate(LONGEST_VALUE);
        for byte in &mut value {
            if matches!(byte, b'\n' | b'\r' | 0) {
                *byte = b' ';
            }
        }
        value.push(b'\n');
        value
    }

    /// What stands there, as it stands there.
    pub fn raw(&self) -> String {
        String::from_utf8_lossy(&self.value).trim().to_owned()
    }

    pub fn text(&self) -> String {
        let stream = readable(self.stream());
        match MessageStream::new(&stream).parse_unstructured() {
            HeaderValue::Text(text) => clean::line(&text),
            _ => String::new(),
        }
    }

    /// Without what no database takes and no mail program writes: blanks and control characters.
    pub fn ids(&self) -> Vec<String> {
        let raw = self.raw();
        let mut ids: Vec<String> = Vec::new();
        let mut rest = raw.as_str();
        while let Some((_, after)) = rest.split_once('<') {
            let Some((id, next)) = after.split_once('>') else { break };
            ids.push(id.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect());
            rest = next;
        }
        if ids.is_empty() {
            // Without brackets, as some write it.
            let words = raw.split_whitespace().filter(|word| word.contains('@'));
            ids.extend(words.map(|word| word.chars().filter(|c| !c.is_control()).collect::<String>()));
        }
        ids.retain(|id| !id.is_empty() && id.len() <= 998);
        ids
    }

    pub fn mailboxes(&self) -> Vec<Mailbox> {
        let stream = readable(self.stream());
        let HeaderValue::Address(addresses) = MessageStream::new(&stream).parse_address() else { return Vec::new() };
        let list = match addresses {
            Address::List(list) => list,
            Address::Group(groups) => groups.into_iter().flat_map(|group| group.addresses).collect(),
        };
        list.into_iter()
            .filter_map(|one| {
                let address = clean::address(one.address.as_deref().unwrap_or_default());
                let name = clean::line(&words(one.name.as_deref().unwrap_or_default()));
                address.contains('@').then_some(Mailbox { name, address })
            })
            .collect()
    }

    /// Unix milliseconds.
    pub fn date(&self) -> Option<i64> {
        let stream = self.stream();
        match MessageStream::new(&stream).parse_date() {
            HeaderValue::DateTime(date) if date.is_valid() && (1_970..=9_999).contains(&date.year) => {
                date.to_timestamp().checked_mul(1_000)
            }
            _ => None,
        }
    }

    fn typed(&self) -> Option<Typed> {
        let stream = readable(self.stream());
        match MessageStream::new(&stream).parse_content_type() {
            HeaderValue::ContentType(read) => Some(Typed::new(&read)),
            _ => None,
        }
    }
}

/// A `Content-Type` or a `Content-Disposition`.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    /// `text`, `attachment`; in lower case.
    pub main: String,
    /// `plain`; empty for a disposition.
    pub sub: String,
    attributes: Vec<(String, String)>,
}

impl Typed {
    fn new(read: &ContentType<'_>) -> Self {
        let attributes = read.attributes.iter().flatten();
        Self {
            main: read.c_type.to_lowercase(),
            sub: read.c_subtype.as_deref().unwrap_or_default().to_lowercase(),
            attributes: attributes.map(|one| (one.name.to_lowercase(), one.value.clone().into_owned())).collect(),
        }
    }

    pub fn of(main: &str, sub: &str) -> Self {
        Self { main: main.to_owned(), sub: sub.to_owned(), attributes: Vec::new() }
    }

    pub fn is(&self, main: &str, sub: &str) -> bool {
        self.main == main && self.sub == sub
    }

    /// As it was written.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(of, _)| of == name).map(|(_, value)| value.as_str())
    }

    /// With encoded words decoded, which should not be there but are.
    pub fn decoded(&self, name: &str) -> Option<String> {
        self.attribute(name).map(words)
    }
}

/// Encoded words within a text that was taken as it stood.
fn words(text: &str) -> String {
    if !text.contains("=?") {
        return text.to_owned();
    }
    let stream = [text.replace(['\n', '\r'], " ").as_str(), "\n"].concat();
    match MessageStream::new(stream.as_bytes()).parse_unstructured() {
        HeaderValue::Text(text) => text.into_owned(),
        _ => text.to_owned(),
    }
}

/// Bytes that are no UTF-8 were written by a program that knew no other charset than Western Europe's.
fn readable(bytes: Vec<u8>) -> Vec<u8> {
    if std::str::from_utf8(&bytes).is_ok() { bytes } else { super::decode::western(&bytes).into_bytes() }
}

/// Whether the header goes on after a line that is no field.
fn goes_on(raw: &[u8], mut at: usize) -> bool {
    for _ in 0..LOOK_AHEAD {
        if at >= raw.len() {
            return false;
        }
        let end = line_end(raw, at);
        let line = trim_end(&raw[at..end]);
        if line.is_empty() {
            return false;
        }
        if field(line).is_some_and(|(name, _)| KNOWN.contains(&name.as_bytes())) {
            return true;
        }
        at = end;
    }
    false
}

/// The name, in lower case, and the value of a line that is a field.
fn field(line: &[u8]) -> Option<(String, &[u8])> {
    let colon = line.iter().take(LONGEST_NAME + 1).position(|&byte| byte == b':')?;
    let name = line[..colon].trim_ascii_end();
    let good = !name.is_empty() && name.iter().all(u8::is_ascii_graphic);
    good.then(|| (String::from_utf8_lossy(name).to_lowercase(), &line[colon + 1..]))
}

/// Where the line that begins at `at` ends, its line feed included.
pub(super) fn line_end(raw: &[u8], at: usize) -> usize {
    raw[at..].iter().position(|&byte| byte == b'\n').map_or(raw.len(), |length| at + length + 1)
}

/// Without the end of the line.
pub(super) fn trim_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    /// How many lines are looked at before it is refused, and how.
    fn refused(raw: &[u8], room: &mut Room) -> (usize, Option<Refusal>) {
        let lines = Cell::new(0);
        let count = |_: &[u8]| {
            lines.set(lines.get() + 1);
            false
        };
        let refusal = Head::parse(raw, room, count).err();
        (lines.get(), refusal)
    }

    #[test]
    fn a_header_without_end_is_refused_at_the_limit_and_not_read_to_its_end() {
        let many = "a:\n".repeat(10_000_000);
        let (lines, refusal) = refused(many.as_bytes(), &mut Room::default());
        assert_eq!((lines, refusal), (FIELDS + 1, Some(Refusal::TooManyFields { limit: FIELDS })));
        let long = ["a: ", &"x".repeat(95), "\n"].concat().repeat(100_000);
        let (lines, refusal) =
            refused([&long.as_bytes()[..1_000], &b" y\n".repeat(3_000_000)].concat().as_slice(), &mut Room::default());
        assert_eq!(refusal, Some(Refusal::HeaderTooLarge { limit: HEADERS }));
        assert!(lines <= HEADERS / 3 + 1, "{lines}");
    }

    #[test]
    fn all_parts_share_one_room() {
        let mut room = Room::default();
        let part = ["a:\n".repeat(FIELDS / 2).as_str(), "\nbody"].concat();
        for _ in 0..2 {
            assert_eq!(refused(part.as_bytes(), &mut room).1, None);
        }
        assert_eq!(refused(b"a:\n\n", &mut room), (1, Some(Refusal::TooManyFields { limit: FIELDS })));
        assert_eq!(refused(b"\n", &mut room).1, None, "a part without a header takes none of it");
    }

    #[test]
    fn an_id_has_no_control_characters() {
        let raw = b"Message-ID: <a\0b\x07@x>\nIn-Reply-To: c\0d@x\nReferences: <\0>\n\n";
        let (head, _) = Head::parse(raw, &mut Room::default(), |_| false).unwrap();
        assert_eq!(
            (head.ids("message-id"), head.ids("in-reply-to")),
            (vec!["ab@x".to_owned()], vec!["cd@x".to_owned()])
        );
        assert!(head.ids("references").is_empty());
    }
}
