//! Status and priority: icon, word and colour, always all three.

use domain::ticket::{Priority, Status};
use leptos::prelude::*;

use super::{Glyph, Icon, Reader};
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
    let locale = use_locale();
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
    view! { <span class=class><Icon name=icon/><span>{word}</span></span> }.into_any()
}

/// A priority; in dense rows the word is for readers only.
#[component]
pub fn PriorityLabel(priority: Priority, #[prop(optional)] icon_only: bool) -> impl IntoView {
    let class = ["label label--", priority.slug()].concat();
    let word = words::priority(use_locale(), priority);
    let word_class = if icon_only { "visually-hidden" } else { "" };
    view! { <span class=class><Icon name=glyph(priority)/><span class=word_class>{word}</span></span> }.into_any()
}

const fn glyph(priority: Priority) -> Glyph {
    match priority {
        Priority::Critical => Glyph::Critical,
        Priority::High => Glyph::High,
        Priority::Medium => Glyph::Medium,
        Priority::Low => Glyph::Low,
    }
}
