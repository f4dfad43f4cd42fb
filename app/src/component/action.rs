//! Things that unfold: popovers on `<details>`, which work without JavaScript, and the modal dialog, which does not have to.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use leptos::web_sys::Element;

use super::{Glyph, Icon, Text};
use crate::shell::use_locale;
use crate::words::common as words;

/// A popover: a summary and the panel it opens. In the browser, Escape and a click elsewhere close it.
#[component]
pub fn Disclosure(
    #[prop(into)] summary: AnyView,
    #[prop(into, optional)] class: Text,
    /// The summary's accessible name, when what is seen does not say it.
    #[prop(into, optional)]
    label: Option<Text>,
    children: Children,
) -> impl IntoView {
    let details = NodeRef::<html::Details>::new();
    close_like_a_menu(details);
    let class = ["disclosure ", &class].concat();
    view! {
        <details class=class node_ref=details>
            <summary class="disclosure__summary" aria-label=label.map(|label| label.to_string())>{summary}</summary>
            <div class="disclosure__panel">{children()}</div>
        </details>
    }
    .into_any()
}

/// Escape gives the focus back to the summary; a click elsewhere only closes.
pub(super) fn close_like_a_menu(details: NodeRef<html::Details>) {
    Effect::new(move |_| {
        let escape = window_event_listener(ev::keydown, move |event| {
            if event.key() == "Escape"
                && let Some(details) = details.get_untracked()
                && details.has_attribute("open")
            {
                close_menu(&details);
            }
        });
        let outside = window_event_listener(ev::click, move |event| {
            if let Some(details) = details.get_untracked()
                && details.has_attribute("open")
                && !contains(&details, &event)
            {
                let _ = details.remove_attribute("open");
            }
        });
        on_cleanup(move || {
            escape.remove();
            outside.remove();
        });
    });
}

/// Closes it with the focus on its summary: what was focused in it cannot be seen any more.
pub(super) fn close_menu(details: &Element) {
    let _ = details.remove_attribute("open");
    if let Ok(Some(summary)) = details.query_selector("summary") {
        focus_element(&summary);
    }
}

#[cfg(feature = "hydrate")]
fn focus_element(element: &Element) {
    use wasm_bindgen::JsCast;
    if let Some(element) = element.dyn_ref::<web_sys::HtmlElement>() {
        let _ = element.focus();
    }
}

#[cfg(not(feature = "hydrate"))]
fn focus_element(_element: &Element) {}

#[cfg(feature = "hydrate")]
fn contains(details: &Element, event: &ev::MouseEvent) -> bool {
    use wasm_bindgen::JsCast;
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
    // A click may have removed what was clicked; that is no click elsewhere.
    target.is_none_or(|target| !target.is_connected() || details.contains(Some(&target)))
}

#[cfg(not(feature = "hydrate"))]
fn contains(_details: &Element, _event: &ev::MouseEvent) -> bool {
    true
}

/// An entry of a list of actions that asks before it acts: it unfolds to the question and the real form.
#[component]
pub fn ConfirmAction(
    icon: Glyph,
    #[prop(into)] label: Text,
    #[prop(into)] title: Text,
    #[prop(into, optional)] text: Text,
    children: Children,
) -> impl IntoView {
    view! {
        <details class="confirm">
            <summary class="action"><Icon name=icon/><span>{label}</span></summary>
            <div class="confirm__panel">
                <p class="confirm__title">{title}</p>
                <p class="confirm__text">{text}</p>
                {children()}
            </div>
        </details>
    }
    .into_any()
}

/// A native modal dialog: focus stays inside, Escape closes.
#[component]
pub fn Dialog(open: RwSignal<bool>, #[prop(into)] title: Text, children: Children) -> impl IntoView {
    let locale = use_locale();
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let open = open.get();
        if let Some(dialog) = dialog.get() {
            if open && !dialog.open() {
                let _ = dialog.show_modal();
            } else if !open && dialog.open() {
                dialog.close();
            }
        }
    });
    let name = title.to_string();
    view! {
        <dialog class="dialog" node_ref=dialog aria-label=name on:close=move |_| open.set(false)>
            <div class="dialog__head">
                <h2>{title}</h2>
                <button type="button" class="button button--quiet button--icon" aria-label=words::close(locale) on:click=move |_| open.set(false)>
                    <Icon name=Glyph::Cross/>
                </button>
            </div>
            {children()}
        </dialog>
    }
    .into_any()
}
