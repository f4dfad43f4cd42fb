//! Who changed what, when.

use domain::i18n::Locale;
use domain::view::admin::{AdminChange, LogLine};
use leptos::prelude::*;

use crate::component::{Time, TimeStyle};
use crate::shell::use_locale;
use crate::words::admin as words;

#[component]
pub(super) fn Log(lines: Vec<LogLine>) -> impl IntoView {
    let locale = use_locale();
    let any = !lines.is_empty();
    let line = |line: LogLine| {
        view! {
            <li class="log__line">
                <span class="log__when"><Time at=line.at style=TimeStyle::Moment/></span>
                <span>{sentence(locale, &line.change)}" "<span class="muted">{who(locale, line.by)}</span></span>
            </li>
        }
    };
    view! {
        <section class="section" aria-labelledby="log">
            <h2 id="log">{words::log(locale)}</h2>
            {if any {
                view! { <ul class="log">{lines.into_iter().map(line).collect_view()}</ul> }.into_any()
            } else {
                view! { <p class="muted">{words::log_empty(locale)}</p> }.into_any()
            }}
        </section>
    }
    .into_any()
}

/// Whoever did it; what Loket came with was nobody's doing.
pub(super) fn who(locale: Locale, name: String) -> String {
    if name.is_empty() { words::shipped(locale).to_owned() } else { name }
}

fn sentence(locale: Locale, change: &AdminChange) -> String {
    let (said, tickets, moved) = match change {
        AdminChange::CalendarCreated { name } => (words::calendar_created(locale, name), None, 0),
        AdminChange::CalendarSaved { name, version, moved } => {
            (words::calendar_saved(locale, name, *version), None, *moved)
        }
        AdminChange::PolicyCreated { name } => (words::policy_created(locale, name), None, 0),
        AdminChange::PolicySaved { name, version, tickets, moved } => {
            (words::policy_saved(locale, name, *version), *tickets, *moved)
        }
        AdminChange::PolicyAssigned { organisation, name, tickets, moved } => {
            (words::policy_assigned(locale, organisation, name), *tickets, *moved)
        }
    };
    let mut said = said;
    if let Some(tickets) = tickets {
        said.push(' ');
        match tickets {
            1 => said.push_str(words::applied_to_one(locale)),
            count => said.push_str(&words::applied_to(locale, count)),
        }
    }
    if moved > 0 {
        said.push(' ');
        said.push_str(&words::deadlines_moved(locale, moved));
    }
    said
}
