//! Looking again now and then, until a live connection tells of changes. Only in the browser, only while the page is seen.

use leptos::prelude::*;

/// How often a visible page of the desk looks for changes.
#[cfg(feature = "hydrate")]
const EVERY: std::time::Duration = std::time::Duration::from_secs(20);

/// Calls `look` every so often while the page is visible.
#[cfg(feature = "hydrate")]
pub(super) fn poll(look: impl Fn() + Clone + 'static) {
    Effect::new(move |_| {
        let look = look.clone();
        let tick = move || {
            if !document().hidden() {
                look();
            }
        };
        if let Ok(handle) = set_interval_with_handle(tick, EVERY) {
            on_cleanup(move || handle.clear());
        }
    });
}

/// Nothing changes a page that was sent.
#[cfg(not(feature = "hydrate"))]
pub(super) fn poll(_look: impl Fn() + Clone + 'static) {
    let _ = Owner::current();
}
