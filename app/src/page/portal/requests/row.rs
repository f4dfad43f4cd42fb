//! A request as a row of the list; on a phone the same cells make a card. The roles are said aloud because a browser
//! takes them away from a table that is laid out as cards.
//!
//! A row is markup, not a view: fifty of them with a dozen elements each are most of what the page costs the server.

#[cfg(feature = "hydrate")]
use std::hash::{Hash, Hasher};

use domain::i18n::Locale;
use domain::ticket::Status;
use domain::view::portal::RequestRow;
#[cfg(feature = "hydrate")]
use leptos::prelude::*;

use super::super::saying::{first_name, last, waits_for};
use crate::component::markup::{ClockFace, Markup, priority_label, status_label, time};
use crate::component::{Glyph, Now, TimeStyle};
use crate::words::{common, portal as words};

/// A row in two parts, so that one that has not changed is left alone while its clock runs: what the clock shows now is no
/// part of what makes two rows equal.
#[cfg(feature = "hydrate")]
pub(super) struct Row {
    /// Of its clock.
    id: String,
    unread: bool,
    before_clock: String,
    clock: ClockFace,
    after_clock: String,
}

#[cfg(feature = "hydrate")]
impl PartialEq for Row {
    fn eq(&self, other: &Self) -> bool {
        self.parts() == other.parts()
    }
}

#[cfg(feature = "hydrate")]
impl Eq for Row {}

#[cfg(feature = "hydrate")]
impl Hash for Row {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.parts().hash(state);
    }
}

#[cfg(feature = "hydrate")]
impl Row {
    pub(super) fn new(locale: Locale, now: Now, row: &RequestRow, clock: ClockFace) -> Self {
        Self {
            id: clock_id(row),
            unread: row.unread,
            before_clock: before_clock(Markup::new(), locale, row).done(),
            clock,
            after_clock: after_clock(Markup::new(), locale, now, row).done(),
        }
    }

    fn parts(&self) -> (bool, &str, &str) {
        (self.unread, &self.before_clock, &self.after_clock)
    }

    pub(super) fn id(&self) -> &str {
        &self.id
    }

    pub(super) fn view(&self) -> AnyView {
        let cells = self.clock.line(Markup::new().markup(&self.before_clock), &self.id).markup(&self.after_clock);
        view! { <tr class=class(self.unread) role="row" inner_html=cells.done()></tr> }.into_any()
    }
}

/// The same row, where nobody will ask for a part of it again.
#[cfg(not(feature = "hydrate"))]
pub(super) fn draw(markup: Markup, locale: Locale, now: Now, row: &RequestRow, clock: &ClockFace) -> Markup {
    let markup = markup.raw("<tr role=\"row\" class=\"").raw(class(row.unread)).raw("\">");
    let markup = clock.line(before_clock(markup, locale, row), &clock_id(row));
    after_clock(markup, locale, now, row).raw("</tr>")
}

const fn class(unread: bool) -> &'static str {
    if unread { "requests__row requests__row--unread" } else { "requests__row" }
}

fn clock_id(row: &RequestRow) -> String {
    ["clock-", &row.key].concat()
}

fn before_clock(markup: Markup, locale: Locale, row: &RequestRow) -> Markup {
    let colleague = (row.status == Status::Waiting && !row.waits_for_me).then(|| first_name(&row.requester));
    let waits = if row.status == Status::Waiting && row.waits_for_me {
        "</td><td role=\"cell\" class=\"requests__waits requests__waits--you\">"
    } else {
        "</td><td role=\"cell\" class=\"requests__waits\">"
    };
    let markup = subject(markup.raw("<td class=\"requests__subject\" role=\"cell\">"), locale, row)
        .raw("</td><td class=\"requests__requester\" role=\"cell\">")
        .text(first_name(&row.requester))
        .raw("</td><td class=\"requests__status\" role=\"cell\">");
    let markup = status_label(markup, locale, row.status, colleague)
        .raw(waits)
        .text(&waits_for(locale, row))
        .raw("</td><td class=\"requests__priority\" role=\"cell\">");
    priority_label(markup, locale, row.priority).raw("</td><td class=\"requests__time\" role=\"cell\">")
}

fn after_clock(markup: Markup, locale: Locale, now: Now, row: &RequestRow) -> Markup {
    let markup = markup.raw("</td><td class=\"requests__last\" role=\"cell\">");
    time(markup, locale, now, row.last_at, TimeStyle::Moment).span("requests__who", &last(locale, row)).raw("</td>")
}

fn subject(mut markup: Markup, locale: Locale, row: &RequestRow) -> Markup {
    if row.unread {
        markup = markup.raw("<span class=\"dot\">").span("visually-hidden", common::unread(locale)).raw("</span>");
    }
    let href = ["/requests/", &row.key].concat();
    markup = markup.raw("<a class=\"requests__link\"").attribute("href", &href).raw(">").text(&row.subject).raw("</a>");
    markup = markup.raw("<span class=\"key requests__key\">").text(&row.key);
    if row.confidential {
        markup = markup.icon(Glyph::Lock).span("visually-hidden", words::confidential(locale));
    }
    markup.raw("</span>")
}
