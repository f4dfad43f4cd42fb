//! Calendar feeds: read by programs that have a secret address and no session.

use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use backend::desk::feed;

use crate::router::App;

/// `/feeds/{token}/deadlines.ics`.
pub(crate) async fn deadlines(State(app): State<App>, Path(token): Path<String>, request: Request) -> Response {
    match feed::deadlines(app.backend(), &token).await {
        Ok(text) => {
            let headers = [
                (header::CONTENT_TYPE, HeaderValue::from_static("text/calendar; charset=utf-8")),
                (header::CONTENT_DISPOSITION, HeaderValue::from_static("inline; filename=\"deadlines.ics\"")),
                (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
            ];
            (headers, text).into_response()
        }
        // Revoked, replaced, never given out: a page that is not there.
        Err(backend::Error::NotFound) => crate::page::not_found(State(app), request).await,
        Err(error) => {
            tracing::error!(%error, "a feed could not be written");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}
