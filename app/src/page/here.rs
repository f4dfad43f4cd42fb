//! The address of the page that is being made. (`use_query_map` keeps the old page's query while one goes from one
//! ticket to another: the router then only hands on the new key.)

use leptos::prelude::*;
use leptos::server::ServerActionError;
use leptos::server_fn::error::ServerFnUrlError;
use leptos_router::hooks::use_location;
use leptos_router::params::ParamsMap;

use crate::ApiError;
use crate::shell::{Frame, browser};

/// Reads the query, without tracking it.
pub(super) fn query<T>(read: impl FnOnce(&ParamsMap) -> T) -> T {
    use_location().query.with_untracked(read)
}

/// A form that was refused without JavaScript: the server sends the browser back with the reason in the address. Which
/// server function refused, and why; `None` for a page that was simply opened.
pub(super) fn refused() -> Option<(String, ApiError)> {
    query(|query| {
        let path = query.get_str("__path")?.to_owned();
        Some((path, ServerFnUrlError::<ApiError>::decode_err(query.get_str("__err")?)))
    })
}

/// Leptos hands what was refused on to every page that follows, as long as the tab is open. A page whose address says
/// nothing of it starts afresh.
pub(crate) fn start_afresh() {
    if query(|query| query.get_str("__err").is_none()) {
        provide_context(ServerActionError::new("", ""));
    }
}

/// Puts the focus on the page itself: what had it may be gone after an action.
pub(super) fn focus_page() {
    browser::focus("main");
}

/// For a page that shows one ticket after another, of which the router says nothing: readers begin at the top of each. The
/// first comes with the page. `shown` is the page's own.
pub(super) fn next_ticket(shown: StoredValue<bool>, frame: Frame) {
    #[cfg(feature = "hydrate")]
    if shown.try_update_value(|shown| std::mem::replace(shown, true)) == Some(true) {
        request_animation_frame(focus_page);
        frame.look_again();
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = (shown, frame);
}
