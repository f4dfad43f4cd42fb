//! A message taken apart: which part begins and ends where. Iterative and linear, so that no message can be too deep for the
//! stack or too tangled for the time; the limits hold while it goes, not after.

use std::ops::Range;

use super::field::{Head, Room, Typed, line_end, trim_end};
use crate::{Limits, Refusal};

/// A part with a header of its own.
#[derive(Debug)]
pub(super) struct Part {
    pub head: Head,
    pub kind: Typed,
    /// As it lies in the message, still encoded.
    pub body: Range<usize>,
    /// Of a multipart, or the one message in a `message/rfc822`.
    pub children: Vec<usize>,
}

/// What is being read and not yet ended.
struct Open {
    part: usize,
    /// None for a message within the message: it ends when what it lies in does.
    boundary: Option<Vec<u8>>,
}

/// Takes a message apart. The first part is the message itself.
pub(super) fn split(raw: &[u8], limits: &Limits) -> Result<Vec<Part>, Refusal> {
    let mut parts: Vec<Part> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut room = Room::default();
    let mut at = 0;
    loop {
        if parts.len() >= limits.parts {
            return Err(Refusal::TooManyParts { limit: limits.parts });
        }
        if open.len() > limits.depth {
            return Err(Refusal::TooDeep { limit: limits.depth });
        }
        let (head, length) = Head::parse(&raw[at..], &mut room, |line| delimiter(line, &open).is_some())?;
        let index = parts.len();
        let parent = open.last().map(|open| open.part);
        let kind = head.content_type("content-type").filter(|kind| !kind.main.is_empty());
        let kind = kind.unwrap_or_else(|| {
            let digest = parent.is_some_and(|parent| parts[parent].kind.is("multipart", "digest"));
            let (main, sub) = if digest { ("message", "rfc822") } else { ("text", "plain") };
            Typed::of(main, sub)
        });
        if let Some(parent) = parent {
            parts[parent].children.push(index);
        }
        let begins = at + length;
        at = begins;
        let boundary = kind.attribute("boundary").map(|text| text.trim_end().as_bytes().to_vec());
        let boundary = boundary.filter(|boundary| kind.main == "multipart" && !boundary.is_empty());
        let inner = kind.main == "message" && matches!(kind.sub.as_str(), "rfc822" | "global" | "news") && plain(&head);
        parts.push(Part { head, kind, body: begins..raw.len(), children: Vec::new() });
        if inner && begins < raw.len() && !at_boundary(raw, begins, &open) {
            open.push(Open { part: index, boundary: None });
            continue;
        }
        let mut leaf = Some(index);
        if let Some(boundary) = boundary {
            open.push(Open { part: index, boundary: Some(boundary) });
            leaf = None;
        }
        // On to the next part: everything until then is this one's body, or a preamble, or an epilogue.
        loop {
            let Some(found) = next_delimiter(raw, at, &open) else { return Ok(parts) };
            let ends = found.ends.max(begins.min(found.starts));
            if let Some(leaf) = leaf.take() {
                parts[leaf].body.end = ends.max(parts[leaf].body.start);
            }
            for closed in open.drain(found.open + 1..) {
                parts[closed.part].body.end = ends.max(parts[closed.part].body.start);
            }
            at = found.next;
            if !found.last {
                break;
            }
            if let Some(closed) = open.pop() {
                parts[closed.part].body.end = found.next;
            }
        }
    }
}

/// A line that ends a part.
struct Delimiter {
    /// Whose boundary it is.
    open: usize,
    /// It also ends the multipart.
    last: bool,
    starts: usize,
    /// Where the part before it ends: the line end before a boundary belongs to the boundary.
    ends: usize,
    next: usize,
}

fn next_delimiter(raw: &[u8], mut at: usize, open: &[Open]) -> Option<Delimiter> {
    if open.iter().all(|open| open.boundary.is_none()) {
        return None;
    }
    while at < raw.len() {
        let next = line_end(raw, at);
        if let Some((open, last)) = delimiter(trim_end(&raw[at..next]), open) {
            let before = &raw[..at];
            let before = before.strip_suffix(b"\n").unwrap_or(before);
            let before = before.strip_suffix(b"\r").unwrap_or(before);
            return Some(Delimiter { open, last, starts: at, ends: before.len(), next });
        }
        at = next;
    }
    None
}

fn at_boundary(raw: &[u8], at: usize, open: &[Open]) -> bool {
    delimiter(trim_end(&raw[at..line_end(raw, at)]), open).is_some()
}

/// Whose boundary a line is, the innermost first, and whether it is the last one.
fn delimiter(line: &[u8], open: &[Open]) -> Option<(usize, bool)> {
    let rest = line.strip_prefix(b"--")?.trim_ascii_end();
    open.iter().enumerate().rev().find_map(|(index, open)| {
        let boundary = open.boundary.as_deref()?.trim_ascii_end();
        match rest.strip_prefix(boundary)? {
            b"" => Some((index, false)),
            b"--" => Some((index, true)),
            _ => None,
        }
    })
}

/// Whether a message within the message lies there as it is.
fn plain(head: &Head) -> bool {
    !matches!(
        head.word("content-transfer-encoding").as_str(),
        "base64" | "quoted-printable" | "x-uuencode" | "uuencode"
    )
}
