//! A request as a row of the list; on a phone the same cells make a card. The roles are said aloud because a browser
//! takes them away from a table that is laid out as cards.
//!
//! A row is markup, not a view: fifty of them with a dozen elements each are most of what the page costs the server.

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
pub(super) struct Row {
    /// Of its clock.
    id: String,
    unread: bool,
    before_clock: String,
    clock: ClockFace,
    after_clock: String,
}

impl PartialEq for Row {
    fn eq(&self, other: &Self) -> bool {
        self.parts() == other.parts()
    }
}

impl Eq for Row {}

impl Hash for Row {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.parts().hash(state);
    }
}

impl Row {
    pub(super) fn new(locale: Locale, now: Now, row: &RequestRow, clock: ClockFace) -> Self {
        let for_you = if row.status == Status::Waiting && row.waits_for_me { " requests__waits--you" } else { "" };
        let waits = ["requests__waits", for_you].concat();
        // As much as a row takes, as a rule.
        let before =
            subject(Markup::with_capacity(1_024).raw("<td class=\"requests__subject\" role=\"cell\">"), locale, row)
                .raw("</td><td class=\"requests__requester\" role=\"cell\">")
                .text(first_name(&row.requester))
                .raw("</td><td class=\"requests__status\" role=\"cell\">");
        let before = status_label(before, locale, row.status, row.waits_for_me)
            .raw("</td><td role=\"cell\"")
            .attribute("class", &waits)
            .raw(">")
            .text(&waits_for(locale, row))
            .raw("</td><td class=\"requests__priority\" role=\"cell\">");
        let before =
            priority_label(before, locale, row.priority).raw("</td><td class=\"requests__time\" role=\"cell\">");
        let after = Markup::with_capacity(256).raw("</td><td class=\"requests__last\" role=\"cell\">");
        let after = time(after, locale, now, row.last_at, TimeStyle::Moment)
            .span("requests__who", &last(locale, row))
            .raw("</td>");
        Self {
            id: ["clock-", &row.key].concat(),
            unread: row.unread,
            before_clock: before.done(),
            clock,
            after_clock: after.done(),
        }
    }

    fn parts(&self) -> (bool, &str, &str) {
        (self.unread, &self.before_clock, &self.after_clock)
    }

    pub(super) fn id(&self) -> &str {
        &self.id
    }

    const fn class(&self) -> &'static str {
        if self.unread { "requests__row requests__row--unread" } else { "requests__row" }
    }

    /// What is in it, with what its clock shows now.
    fn cells(&self, markup: Markup) -> Markup {
        self.clock.line(markup.markup(&self.before_clock), &self.id).markup(&self.after_clock)
    }

    #[cfg(feature = "hydrate")]
    pub(super) fn view(&self) -> AnyView {
        // Room for the clock as well.
        let markup = Markup::with_capacity(self.before_clock.len() + self.after_clock.len() + 512);
        view! { <tr class=self.class() role="row" inner_html=self.cells(markup).done()></tr> }.into_any()
    }

    /// The same row, where nobody will ask for a part of it again.
    #[cfg(not(feature = "hydrate"))]
    pub(super) fn draw(&self, markup: Markup) -> Markup {
        self.cells(markup.raw("<tr role=\"row\" class=\"").raw(self.class()).raw("\">")).raw("</tr>")
    }
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
