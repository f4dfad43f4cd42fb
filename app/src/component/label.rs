//! Status and priority: icon, word and colour, always all three.

use std::borrow::Cow;

use domain::i18n::Locale;
use domain::ticket::{Priority, Status};
use leptos::prelude::*;

use super::markup::Markup;
use super::{Glyph, Reader};
use crate::shell::use_locale;
use crate::words::common as words;

/// A status in the reader's words. "Waiting for you" alone is filled, unless `quiet`.
#[component]
pub fn StatusLabel(
    status: Status,
    #[prop(optional)] reader: Reader,
    /// No fill: in tables.
    #[prop(optional)]
    quiet: bool,
    /// "Waiting" instead of "Waiting for customer": in dense rows.
    #[prop(optional)]
    short: bool,
) -> impl IntoView {
    let (class, markup) = status_face(use_locale(), status, reader, quiet, short);
    view! { <span class=class inner_html=markup></span> }.into_any()
}

/// The customer's label of a status, without fill, as markup. What waits for a colleague, given by name, asks nothing of
/// the reader.
pub(crate) fn status_label(markup: Markup, locale: Locale, status: Status, colleague: Option<&str>) -> Markup {
    let reader = Reader::Customer;
    let (tone, word) = match (status, colleague) {
        (Status::Waiting, Some(name)) => ("", Cow::Owned(words::waiting_for(locale, name))),
        _ => (status_tone(status, reader, true), Cow::Borrowed(words::status(locale, status, reader))),
    };
    let markup = markup.raw("<span class=\"label label--").raw(status.slug()).raw(tone).raw("\">");
    status_inside(markup, status, &word).raw("</span>")
}

/// The label's class and what is in it.
fn status_face(locale: Locale, status: Status, reader: Reader, quiet: bool, short: bool) -> (String, String) {
    let word =
        if short && status == Status::Waiting { words::waiting(locale) } else { words::status(locale, status, reader) };
    let class = ["label label--", status.slug(), status_tone(status, reader, quiet)].concat();
    (class, status_inside(Markup::new(), status, word).done())
}

/// What the label's class says beside the status.
fn status_tone(status: Status, reader: Reader, quiet: bool) -> &'static str {
    let asks = status == Status::Waiting && reader == Reader::Customer;
    match (asks, quiet) {
        (true, false) => " label--asks label--filled",
        (true, true) => " label--asks",
        _ => "",
    }
}

fn status_inside(markup: Markup, status: Status, word: &str) -> Markup {
    let icon = match status {
        Status::New => Glyph::New,
        Status::InProgress => Glyph::InProgress,
        Status::Waiting => Glyph::Waiting,
        Status::Resolved => Glyph::Resolved,
        Status::Closed => Glyph::Closed,
    };
    markup.icon(icon).raw("<span>").text(word).raw("</span>")
}

/// A priority; in dense rows the word is for readers only.
#[component]
pub fn PriorityLabel(priority: Priority, #[prop(optional)] icon_only: bool) -> impl IntoView {
    let class = ["label label--", priority.slug()].concat();
    let markup = priority_inside(Markup::new(), use_locale(), priority, icon_only).done();
    view! { <span class=class inner_html=markup></span> }.into_any()
}

/// The label of a priority as markup.
pub(crate) fn priority_label(markup: Markup, locale: Locale, priority: Priority) -> Markup {
    let markup = markup.raw("<span class=\"label label--").raw(priority.slug()).raw("\">");
    priority_inside(markup, locale, priority, false).raw("</span>")
}

fn priority_inside(markup: Markup, locale: Locale, priority: Priority, icon_only: bool) -> Markup {
    let word = if icon_only { "<span class=\"visually-hidden\">" } else { "<span>" };
    markup.icon(glyph(priority)).raw(word).text(words::priority(locale, priority)).raw("</span>")
}

const fn glyph(priority: Priority) -> Glyph {
    match priority {
        Priority::Critical => Glyph::Critical,
        Priority::High => Glyph::High,
        Priority::Medium => Glyph::Medium,
        Priority::Low => Glyph::Low,
    }
}
