//! The portal's footer: support hours in words, the other language, whose software it is.

use domain::i18n::Locale;
use leptos::prelude::*;

use super::{use_frame, use_locale};
use crate::format;
use crate::words::account as words;

#[component]
pub(super) fn Footer() -> impl IntoView {
    let locale = use_locale();
    let hours = use_frame().with(|session| {
        let week = format::week(locale, &session.schedule.week, false);
        (!week.is_empty()).then(|| words::support_hours(locale, &week, &format::place(&session.schedule.zone)))
    });
    view! {
        <footer class="foot">
            <div class="foot__inner">
                {hours.map(|hours| view! { <span>{hours}</span> })}
                <LanguageSwitch/>
                <span>{words::runs_on_loket(locale)}</span>
            </div>
        </footer>
    }
    .into_any()
}

/// A form, so that it works without JavaScript and on every page.
#[component]
pub(crate) fn LanguageSwitch() -> impl IntoView {
    let locale = use_locale();
    let (other, name) = match locale {
        Locale::English => (Locale::Dutch, "Nederlands"),
        Locale::Dutch => (Locale::English, "English"),
    };
    view! {
        <form method="post" action="/api/account/set_language">
            <button class="button--text" name="locale" value=other.tag() lang=other.tag()>{name}</button>
        </form>
    }
    .into_any()
}
