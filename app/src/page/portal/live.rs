//! Keeping a page fresh until there is a live socket: it is asked anew now and then while someone can see it, and when
//! someone comes back to it.

/// How often. Half a minute is soon enough to notice an answer, and rare enough to cost nothing.
#[cfg(feature = "hydrate")]
const EVERY: std::time::Duration = std::time::Duration::from_secs(30);

/// Calls `refresh` now and then while the page is visible. Nothing on the server.
pub(super) fn keep_fresh(refresh: impl Fn() + Clone + 'static) {
    #[cfg(feature = "hydrate")]
    {
        use leptos::prelude::{Effect, document, on_cleanup, set_interval_with_handle, window_event_listener_untyped};
        Effect::new(move |_| {
            let again = refresh.clone();
            let visible = move || {
                if !document().hidden() {
                    again();
                }
            };
            let listener = window_event_listener_untyped("focus", {
                let visible = visible.clone();
                move |_| visible()
            });
            let interval = set_interval_with_handle(visible, EVERY).ok();
            on_cleanup(move || {
                listener.remove();
                if let Some(interval) = interval {
                    interval.clear();
                }
            });
        });
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = refresh;
}
