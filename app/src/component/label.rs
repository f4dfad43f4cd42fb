//! Status and priority: icon, word and colour, always all three.

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

/// The customer's label of a status, without fill, as markup. What waits for a colleague asks nothing of the reader.
pub(crate) fn status_label(markup: Markup, locale: Locale, status: Status, for_reader: bool) -> Markup {
    if status == Status::Waiting && !for_reader {
        let markup = markup.raw("<span class=\"label label--waiting\">").icon(Glyph::Waiting);
        return markup.raw("<span>").text(words::waiting_for_answer(locale)).raw("</span></span>");
    }
    labelled(markup, &status_face(locale, status, Reader::Customer, true, false))
}

/// The label's class and what is in it.
fn status_face(locale: Locale, status: Status, reader: Reader, quiet: bool, short: bool) -> (String, String) {
    let word =
        if short && status == Status::Waiting { words::waiting(locale) } else { words::status(locale, status, reader) };
    let icon = match status {
        Status::New => Glyph::New,
        Status::InProgress => Glyph::InProgress,
        Status::Waiting => Glyph::Waiting,
        Status::Resolved => Glyph::Resolved,
        Status::Closed => Glyph::Closed,
    };
    let asks = status == Status::Waiting && reader == Reader::Customer;
    let tone = match (asks, quiet) {
        (true, false) => " label--asks label--filled",
        (true, true) => " label--asks",
        _ => "",
    };
    let class = ["label label--", status.slug(), tone].concat();
    (class, Markup::new().icon(icon).raw("<span>").text(word).raw("</span>").done())
}

/// A priority; in dense rows the word is for readers only.
#[component]
pub fn PriorityLabel(priority: Priority, #[prop(optional)] icon_only: bool) -> impl IntoView {
    let (class, markup) = priority_face(use_locale(), priority, icon_only);
    view! { <span class=class inner_html=markup></span> }.into_any()
}

/// The label of a priority as markup.
pub(crate) fn priority_label(markup: Markup, locale: Locale, priority: Priority) -> Markup {
    labelled(markup, &priority_face(locale, priority, false))
}

fn priority_face(locale: Locale, priority: Priority, icon_only: bool) -> (String, String) {
    let word_class = if icon_only { "visually-hidden" } else { "" };
    let markup = Markup::new().icon(glyph(priority)).span(word_class, words::priority(locale, priority));
    (["label label--", priority.slug()].concat(), markup.done())
}

const fn glyph(priority: Priority) -> Glyph {
    match priority {
        Priority::Critical => Glyph::Critical,
        Priority::High => Glyph::High,
        Priority::Medium => Glyph::Medium,
        Priority::Low => Glyph::Low,
    }
}

/// A label's class and what is in it, put together.
fn labelled(markup: Markup, (class, inside): &(String, String)) -> Markup {
    markup.raw("<span").attribute("class", class).raw(">").markup(inside).raw("</span>")
}
