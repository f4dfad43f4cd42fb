//! Single keys as shortcuts: ignored while someone types, with modifiers, in dialogs, and when they were switched off
//! (WCAG 2.1.4: people who speak to their computer set them off by accident).

use leptos::prelude::*;

/// Where the choice is remembered, in this browser.
#[cfg(feature = "hydrate")]
const STORED: &str = "loket-keys";

/// Whether shortcuts work. Switched in the dialog that lists them.
#[derive(Clone, Copy)]
pub(super) struct Shortcuts {
    pub(super) on: RwSignal<bool>,
}

impl Shortcuts {
    /// On, until the browser remembers otherwise.
    pub(super) fn new() -> Self {
        let on = RwSignal::new(true);
        #[cfg(feature = "hydrate")]
        Effect::new(move |_| {
            let stored = storage().and_then(|storage| storage.get_item(STORED).ok().flatten());
            if stored.as_deref() == Some("off") {
                on.set(false);
            }
        });
        Self { on }
    }

    pub(super) fn switch(self, on: bool) {
        self.on.set(on);
        #[cfg(feature = "hydrate")]
        if let Some(storage) = storage() {
            // A browser that refuses to store forgets the choice at the next page; nothing else is lost.
            let _ = storage.set_item(STORED, if on { "on" } else { "off" });
        }
    }

    /// Calls `pressed` with each key (`?` and `Enter` too); `true` means that it was a shortcut of ours.
    #[cfg(feature = "hydrate")]
    pub(super) fn listen(self, pressed: impl Fn(&str) -> bool + Clone + 'static) {
        Effect::new(move |_| {
            let pressed = pressed.clone();
            let handle = window_event_listener(leptos::ev::keydown, move |event| {
                let modified = event.ctrl_key() || event.alt_key() || event.meta_key();
                let mine = self.on.try_get_untracked().unwrap_or_default();
                if mine && !modified && !event.default_prevented() && !busy() && pressed(&event.key()) {
                    event.prevent_default();
                }
            });
            on_cleanup(move || handle.remove());
        });
    }

    #[cfg(not(feature = "hydrate"))]
    pub(super) fn listen(self, _pressed: impl Fn(&str) -> bool + Clone + 'static) {}
}

#[cfg(feature = "hydrate")]
fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

/// Someone is typing, or a dialog is open: keys belong to them.
#[cfg(feature = "hydrate")]
fn busy() -> bool {
    let document = document();
    let typing = document.active_element().is_some_and(|element| {
        element
            .matches("input:not([type=radio]):not([type=checkbox]),textarea,select,[contenteditable]")
            .unwrap_or_default()
    });
    typing || document.query_selector("dialog[open]").ok().flatten().is_some()
}

/// Follows the link or presses the button with this id; whether there is one.
#[cfg(feature = "hydrate")]
pub(super) fn click(id: &str) -> bool {
    use wasm_bindgen::JsCast;
    let element = document().get_element_by_id(id).and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
    element.map(|element| element.click()).is_some()
}

#[cfg(not(feature = "hydrate"))]
pub(super) fn click(_id: &str) -> bool {
    false
}
