//! One instant in words, with the machine's form beside it.

use domain::i18n::Locale;
use domain::time::Instant;
use leptos::prelude::*;

use super::markup::Markup;
use super::{Now, use_now};
use crate::format;
use crate::shell::use_locale;

/// How much of an instant is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TimeStyle {
    /// "Tue 28 Apr 10:30"; with the year when it is another than now.
    #[default]
    Full,
    /// "10:30".
    Clock,
    /// The shortest that is clear: "10:30" today, "Tue 10:30" this week, else the date.
    Moment,
    /// "today 10:30", else the date.
    Deadline,
}

/// A `<time>` in the calendar's zone.
#[component]
pub fn Time(at: Instant, #[prop(optional)] style: TimeStyle) -> impl IntoView {
    let (text, machine) = face(use_locale(), use_now(), at, style);
    view! { <time datetime=machine>{text}</time> }.into_any()
}

/// The same as markup.
pub(crate) fn time(markup: Markup, locale: Locale, page: Now, at: Instant, style: TimeStyle) -> Markup {
    let (text, machine) = face(locale, page, at, style);
    markup.raw("<time").attribute("datetime", &machine).raw(">").text(&text).raw("</time>")
}

/// For people and for machines.
fn face(locale: Locale, page: Now, at: Instant, style: TimeStyle) -> (String, String) {
    let now = page.untracked();
    page.with_zone(|zone| {
        let text = match style {
            TimeStyle::Full if zone.civil(at).year != zone.civil(now).year => format::date_time_year(locale, zone, at),
            TimeStyle::Full => format::date_time(locale, zone, at),
            TimeStyle::Clock => format::time(zone, at),
            TimeStyle::Moment => format::moment(locale, zone, at, now),
            TimeStyle::Deadline => format::deadline(locale, zone, at, now),
        };
        (text, zone.rfc3339(at))
    })
}
