//! A form that was refused without JavaScript: the server sends the browser back with the reason in the URL.

use leptos::prelude::*;
use leptos::server_fn::error::ServerFnUrlError;
use leptos_router::hooks::use_query_map;

use crate::ApiError;

/// Which server function refused, and why. `None` for a page that was simply opened.
pub(super) fn refused() -> Option<(String, ApiError)> {
    use_query_map().with_untracked(|query| {
        let path = query.get_str("__path")?.to_owned();
        Some((path, ServerFnUrlError::<ApiError>::decode_err(query.get_str("__err")?)))
    })
}
