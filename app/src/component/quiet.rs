//! When there is nothing, or nothing yet.

use leptos::prelude::*;

use super::Text;
use crate::shell::use_locale;
use crate::words::common as words;

/// Nothing here, and what to do about it.
#[component]
pub fn EmptyState(
    #[prop(into)] title: Text,
    #[prop(into, optional)] text: Text,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <svg class="empty__strip" viewBox="0 0 220 40" aria-hidden="true">
                <path class="empty__open" d="M0 36V17a3 3 0 0 1 3-3h102a3 3 0 0 1 3 3v19zM113 36V17a3 3 0 0 1 3-3h101a3 3 0 0 1 3 3v19z"/>
                <path class="empty__line" d="M0 36.5h220M160.5 0v36"/>
                <circle class="empty__dot" cx="160.5" cy="36" r="4"/>
            </svg>
            <h2 class="empty__title">{title}</h2>
            <p class="empty__text">{text}</p>
            <div class="empty__actions">{children.map(|children| children())}</div>
        </div>
    }
    .into_any()
}

/// The rows that are on their way, as tall as the real ones. Appears only when it takes a while.
#[component]
pub fn Skeleton(#[prop(optional)] rows: Option<usize>) -> impl IntoView {
    let row = |_| view! { <div class="skeleton__row"><span></span><span></span></div> };
    view! {
        <div class="skeleton" role="status">
            <span class="visually-hidden">{words::loading(use_locale())}</span>
            {(0..rows.unwrap_or(5)).map(row).collect_view()}
        </div>
    }
    .into_any()
}
