//! A mail as plain text. What people wrote is set in by four spaces: never by `>`, which mail programs hide as known.

use super::{Part, Sheet};

/// Before each line that a person wrote.
const INDENT: &str = "    ";

pub(super) fn render(sheet: &Sheet) -> String {
    let mut text = String::with_capacity(1_024);
    if sheet.answerable {
        text.push_str(letter::reply_above(sheet.locale.tag()));
        text.push_str("\n\n");
    }
    text.push_str(&sheet.title);
    text.push('\n');
    for part in &sheet.parts {
        text.push('\n');
        match part {
            Part::Text(paragraph) | Part::Caution(paragraph) | Part::Heading(paragraph) => {
                line(&mut text, &[paragraph])
            }
            Part::Link(words, url) => {
                line(&mut text, &[words]);
                line(&mut text, &[url]);
            }
            Part::Facts(facts) => {
                for (name, value) in facts {
                    line(&mut text, &[name, ": ", value]);
                }
            }
            Part::Said { text: said, files } => {
                for said in said.lines() {
                    if said.trim().is_empty() {
                        text.push('\n');
                    } else {
                        line(&mut text, &[INDENT, said]);
                    }
                }
                for file in files {
                    line(&mut text, &[INDENT, "[", file, "]"]);
                }
            }
        }
    }
    if let Some((words, url)) = &sheet.button {
        text.push('\n');
        line(&mut text, &[words, ":"]);
        line(&mut text, &[url]);
    }
    // What comes after this line is a signature (RFC 3676, 4.3): mail programs leave it out of answers.
    text.push_str("\n-- \n");
    line(&mut text, &[&sheet.brand.name]);
    if !sheet.foot.why.is_empty() {
        line(&mut text, &[&sheet.foot.why]);
    }
    for (words, url) in &sheet.foot.links {
        line(&mut text, &[words, ": ", url]);
    }
    text
}

fn line(text: &mut String, pieces: &[&str]) {
    for piece in pieces {
        text.push_str(piece);
    }
    text.push('\n');
}
