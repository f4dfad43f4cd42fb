//! What must not reach a page, a file system or another mail: control characters, characters that turn the direction of what
//! stands around them, names that are paths.

use std::collections::HashSet;

/// Of a file's name, extension included.
const LONGEST_NAME: usize = 120;
/// Of a subject or a person's name.
const LONGEST_LINE: usize = 1_000;
/// An extension is kept when a name is shortened, if it is one.
const LONGEST_EXTENSION: usize = 12;

/// Turns the direction of text, hides it, or stands for a mark of ours.
pub(super) const fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e000}'..='\u{e00f}' | '\u{e0000}'..='\u{e007f}')
}

/// On one line, with single spaces.
pub(super) fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(LONGEST_LINE));
    for word in text.split(|c: char| c.is_control() || c.is_whitespace()) {
        let start = out.len();
        if start > 0 && !word.is_empty() {
            out.push(' ');
        }
        let mark = out.len();
        out.extend(word.chars().filter(|&c| !is_hidden(c)));
        if out.len() == mark {
            out.truncate(start);
        }
        if out.len() > LONGEST_LINE {
            break;
        }
    }
    let end = (0..=LONGEST_LINE.min(out.len())).rev().find(|&at| out.is_char_boundary(at)).unwrap_or_default();
    out.truncate(end);
    out
}

/// An address in lower case; empty when it could be anything else.
pub(super) fn address(text: &str) -> String {
    let text = text.trim().trim_matches(['<', '>', '\'', '"']);
    let good = !text.is_empty()
        && text.len() <= 320
        && !text
            .chars()
            .any(|c| c.is_control() || c.is_whitespace() || is_hidden(c) || matches!(c, '<' | '>' | ',' | ';'));
    if good { text.to_lowercase() } else { String::new() }
}

/// Text of several lines: `\n` ends a line, no control characters, no marks that turn direction.
pub(super) fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                if chars.peek() != Some(&'\n') {
                    out.push('\n');
                }
            }
            '\n' | '\t' => out.push(c),
            '\u{2028}' | '\u{2029}' | '\u{c}' | '\u{b}' | '\u{85}' => out.push('\n'),
            '\u{a0}' => out.push(' '),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{e000}'..='\u{e00f}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// A file's name: what stands behind the last slash, without anything a file system, a shell or a reader stumbles over.
pub(super) fn file_name(name: &str, otherwise: &str, extension: &str) -> String {
    let last = name.rsplit(['/', '\\']).find(|part| !part.trim_matches(['.', ' ']).is_empty()).unwrap_or_default();
    let mut safe = String::new();
    for c in last.chars().filter(|&c| !is_hidden(c)) {
        safe.push(match c {
            '<' | '>' | ':' | '"' | '|' | '?' | '*' | '\u{fffd}' => '_',
            c if c.is_control() || c.is_whitespace() => ' ',
            c => c,
        });
    }
    let safe = safe.split_whitespace().collect::<Vec<_>>().join(" ");
    // Neither hidden nor "..", and nothing that Windows would cut off.
    let safe = safe.trim_start_matches(['.', ' ', '-', '~']).trim_end_matches(['.', ' ']);
    let whole = if safe.is_empty() { [otherwise, extension].concat() } else { safe.to_owned() };
    shorten(&reserved(whole), "")
}

/// `con.txt` is a device to Windows.
fn reserved(name: String) -> String {
    let stem = name.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let device = matches!(stem.as_str(), "con" | "prn" | "aux" | "nul")
        || (stem.len() == 4
            && (stem.starts_with("com") || stem.starts_with("lpt"))
            && stem.ends_with(|c: char| c.is_ascii_digit()));
    if device { ["_", &name].concat() } else { name }
}

/// At most 120 characters, with `suffix` put before the extension.
fn shorten(name: &str, suffix: &str) -> String {
    let (stem, extension) = match name.rfind('.') {
        Some(dot) if dot > 0 && name[dot..].chars().count() <= LONGEST_EXTENSION => name.split_at(dot),
        _ => (name, ""),
    };
    let room = LONGEST_NAME - suffix.chars().count() - extension.chars().count();
    let mut out: String = stem.chars().take(room).collect();
    out.truncate(out.trim_end_matches([' ', '.']).len());
    if out.is_empty() {
        out.push('_');
    }
    [&out, suffix, extension].concat()
}

/// Names that differ from each other, whatever a file system thinks of capitals.
#[derive(Debug, Default)]
pub(super) struct Names(HashSet<String>);

impl Names {
    pub fn take(&mut self, name: &str) -> String {
        let mut own = name.to_owned();
        let mut number = 2_usize;
        while !self.0.insert(own.to_lowercase()) {
            own = shorten(name, &["-", &number.to_string()].concat());
            number += 1;
        }
        own
    }
}
