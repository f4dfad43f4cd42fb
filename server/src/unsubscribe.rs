//! Ending mails by one click (RFC 8058): mail programs post to the address that `List-Unsubscribe` names, from wherever
//! they are and without a session. The page at the same address is `app`'s.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use backend::desk::notice::{self, Ending};

use crate::router::App;

/// What its path begins with: no other site's form is refused there.
pub(crate) const ONE_CLICK: &str = "/unsubscribe/";
/// The body is two words; only to have an end.
pub(crate) const BODY_MAX: usize = 16 * 1024;

/// `POST /unsubscribe/{token}/{kinds}`.
pub(crate) async fn one_click(
    State(app): State<App>,
    Path((token, kinds)): Path<(String, String)>,
    body: Bytes,
) -> Response {
    if !is_one_click(&body) {
        return said(StatusCode::BAD_REQUEST, "List-Unsubscribe=One-Click is missing.");
    }
    match notice::unsubscribe(app.backend(), &Ending::parse(&token, &kinds)).await {
        Ok(()) => said(StatusCode::OK, "These mails have stopped."),
        Err(backend::Error::NotFound) => said(StatusCode::NOT_FOUND, "not found"),
        Err(error) => {
            tracing::error!(%error, "mails could not be ended");
            said(StatusCode::SERVICE_UNAVAILABLE, "Loket is not available now.")
        }
    }
}

/// No cache may answer in our place. Programs read the status only, so these few words are in no catalogue.
fn said(status: StatusCode, text: &'static str) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], text).into_response()
}

/// Whether the body is the one that RFC 8058 (3.1) asks for, as a form of either kind.
fn is_one_click(body: &[u8]) -> bool {
    let text = String::from_utf8_lossy(body);
    let as_form = text.split('&').any(|pair| pair.trim() == "List-Unsubscribe=One-Click");
    let as_parts = text.contains("name=\"List-Unsubscribe\"") && text.lines().any(|line| line.trim() == "One-Click");
    as_form || as_parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_click_is_a_form_of_either_kind_and_nothing_else() {
        let parts = "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n";
        assert!(is_one_click(b"List-Unsubscribe=One-Click"));
        assert!(is_one_click(b"a=b&List-Unsubscribe=One-Click\r\n"));
        assert!(is_one_click(parts.as_bytes()));
        for other in [&b""[..], b"List-Unsubscribe", b"List-Unsubscribe=", b"xList-Unsubscribe=One-Click", b"\xff"] {
            assert!(!is_one_click(other), "{other:?}");
        }
    }
}
