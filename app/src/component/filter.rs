//! Ways through lists and pages: all of them links, so that the URL holds the state and everything works without JavaScript.
//! Plain ones: the router follows them too, and does not call each of them the current page because its path is.
//! Plain `<a>`: the router follows them too, and its own `<A>` says `aria-current` by path alone.

use leptos::html;
use leptos::prelude::*;

use super::action::{close_like_a_menu, close_menu};
use super::{Glyph, Icon, Text};
use crate::shell::use_locale;
use crate::words::common as words;

/// A few exclusive options side by side: target, label, whether it is the current one.
#[component]
pub fn Segmented(#[prop(into)] label: Text, options: Vec<(String, String, bool)>) -> impl IntoView {
    let option = |(href, label, current): (String, String, bool)| {
        view! { <a href=href class="segmented__option" aria-current=current.then_some("true")>{label}</a> }
    };
    view! {
        <nav class="segmented" aria-label=label.to_string()>{options.into_iter().map(option).collect_view()}</nav>
    }
    .into_any()
}

/// Like a select, but of links. Shows the chosen option's label.
#[component]
pub fn MenuDetails(#[prop(into)] label: Text, options: Vec<(String, String, bool)>) -> impl IntoView {
    let details = NodeRef::<html::Details>::new();
    close_like_a_menu(details);
    let chosen = options.iter().skip(1).find(|option| option.2).map(|option| option.1.clone());
    let class = if chosen.is_some() { "menu-button menu-button--chosen" } else { "menu-button" };
    let chosen = chosen.map(|chosen| view! { <b class="menu-button__chosen">{chosen}</b> });
    let option = move |(href, label, current): (String, String, bool)| {
        let close = move |_| {
            if let Some(details) = details.get_untracked() {
                close_menu(&details);
            }
        };
        view! {
            <li>
                <a href=href class="menu__item" aria-current=current.then_some("true") on:click=close>{label}</a>
            </li>
        }
    };
    view! {
        <details class="disclosure" node_ref=details>
            <summary class=class>
                <span>{label}</span>
                {chosen}
                <Icon name=Glyph::ChevronDown/>
            </summary>
            <div class="disclosure__panel"><ul class="menu">{options.into_iter().map(option).collect_view()}</ul></div>
        </details>
    }
    .into_any()
}

/// Where this page is: links (target, label) and the page itself.
#[component]
pub fn Crumbs(trail: Vec<(String, String)>, #[prop(into)] here: Text) -> impl IntoView {
    let step = |(href, label): (String, String)| view! { <li><a href=href>{label}</a></li> };
    view! {
        <nav class="crumbs" aria-label=words::breadcrumbs(use_locale())>
            <ol>
                {trail.into_iter().map(step).collect_view()}
                <li aria-current="page">{here}</li>
            </ol>
        </nav>
    }
    .into_any()
}

/// To the pages before and after; nothing when there is neither.
#[component]
pub fn Pager(previous: Option<String>, next: Option<String>) -> impl IntoView {
    if previous.is_none() && next.is_none() {
        return ().into_any();
    }
    let locale = use_locale();
    let previous = previous.map(|href| {
        view! { <a href=href rel="prev" class="button"><Icon name=Glyph::ChevronLeft/>{words::previous_page(locale)}</a> }
    });
    let next = next.map(|href| {
        view! { <a href=href rel="next" class="button">{words::next_page(locale)}<Icon name=Glyph::ChevronRight/></a> }
    });
    view! { <nav class="pager" aria-label=words::pages(locale)>{previous}{next}</nav> }.into_any()
}

/// A key of the keyboard.
#[component]
pub fn KeyHint(#[prop(into)] key: Text) -> impl IntoView {
    view! { <kbd class="key-hint">{key}</kbd> }.into_any()
}
