//! From a letter to an entry of a thread: the text within its limits, the files on the disk.

use domain::form::{BODY_MAX, SUBJECT_MAX};
use domain::i18n::Locale;
use domain::mail::plain_subject;
use letter::Letter;

use super::{file, words};
use crate::desk::text;
use crate::desk::ticket::Enclosed;
use crate::{Backend, Error};

/// Of what is quoted, in characters: more is a whole correspondence, and in the message as it arrived.
const HISTORY_MAX: usize = 100_000;

/// What a letter says, ready for a ticket.
pub(super) struct Told {
    pub(super) body: String,
    pub(super) history: String,
    pub(super) files: Vec<Enclosed>,
}

/// With what came along; a text that is too long goes along as a file, whole.
pub(super) async fn told(backend: &Backend, letter: &mut Letter, locale: Locale) -> Result<Told, Error> {
    let mut files = std::mem::take(&mut letter.files);
    let said = text::body(&letter.said);
    if said.chars().count() > body_room() {
        let name = words::text_file(locale).to_owned();
        let media_type = "text/plain".to_owned();
        let bytes = said.clone().into_bytes();
        files.insert(0, letter::File { name, media_type, bytes, content_id: None, inline: false });
    }
    // What was meant to be sent before what a mail program put into the text.
    files.sort_by_key(|file| file.inline);
    let none = files.is_empty();
    let (files, left) = file::enclose(backend, files, locale).await?;
    let mut told = Told { body: body(&said, none, locale), history: history(letter), files };
    let room = (BODY_MAX as usize).saturating_sub(told.body.chars().count());
    if !left.is_empty() {
        told.body.push('\n');
        told.body.extend(left.chars().take(room.saturating_sub(1)));
    }
    Ok(told)
}

/// Without files: of automatic mail, whose files stay in the message as it arrived.
pub(super) fn told_plain(letter: &Letter, locale: Locale) -> Told {
    let said = text::body(&letter.said);
    Told { body: body(&said, letter.files.is_empty(), locale), history: history(letter), files: Vec::new() }
}

/// Room is left for lines about files.
const fn body_room() -> usize {
    BODY_MAX as usize - 4_000
}

fn body(said: &str, no_files: bool, locale: Locale) -> String {
    if said.is_empty() {
        let words = if no_files { words::no_text(locale) } else { words::no_text_but_files(locale) };
        return words.to_owned();
    }
    if said.chars().count() <= body_room() {
        return said.to_owned();
    }
    let mut body: String = said.chars().take(body_room()).collect();
    body.push_str("\n\n");
    body.push_str(&words::text_goes_on(locale, words::text_file(locale)));
    body
}

fn history(letter: &Letter) -> String {
    text::body(&letter.history).chars().take(HISTORY_MAX).collect()
}

/// The subject of a new ticket.
pub(super) fn subject(letter: &Letter, locale: Locale) -> String {
    let line = text::line(&letter.subject);
    let subject: String = plain_subject(&line).chars().take(SUBJECT_MAX as usize).collect();
    let subject = subject.trim();
    if subject.is_empty() { words::no_subject(locale).to_owned() } else { subject.to_owned() }
}
