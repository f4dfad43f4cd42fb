//! The log: one line per request, with an id that an error page shows too. Paths are logged as their pattern, because a
//! path can hold the token of a link.

use std::io::IsTerminal as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use tracing_subscriber::EnvFilter;

use crate::router::App;

/// The id of a request, as its log line and its answer have it.
#[derive(Clone, Debug)]
pub(crate) struct RequestId(pub(crate) std::sync::Arc<str>);

const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// Of a server.
pub(crate) const SERVING: &str = "info,sqlx=warn";
/// Of `mail receive`: what it writes goes to the sender, and a mail server looks for the reason where it begins.
pub(crate) const RECEIVING: &str = "error";

/// Starts logging to standard error: what `RUST_LOG` chooses, or else `filter`.
pub(crate) fn start(filter: &str) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(filter));
    // Only fails when there is one already, as in tests.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        // Colours are for people at a terminal; in a file they only get in the way.
        .with_ansi(std::io::stderr().is_terminal())
        .with_target(false)
        .try_init();
}

/// Gives each request its id, counts it and logs it.
#[allow(clippy::disallowed_methods, reason = "measures how long an answer takes, not what time it is")]
pub(crate) async fn requests(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let id = next_id();
    let method = request.method().clone();
    let route =
        request.extensions().get::<MatchedPath>().map_or_else(|| "-".to_owned(), |path| path.as_str().to_owned());
    request.extensions_mut().insert(RequestId(id.clone()));
    let began = std::time::Instant::now();
    let mut response = next.run(request).await;
    let took = began.elapsed();
    let status = response.status();
    app.metrics().count(status, took);
    let piece = route.starts_with("/pkg/");
    if let Ok(value) = HeaderValue::from_str(&id)
        && !piece
    {
        response.headers_mut().insert(HEADER, value);
    }
    if piece || route == "/healthz" {
        tracing::debug!(request_id = %id, %method, route, status = status.as_u16(), ms = millis(took), "request");
    } else {
        tracing::info!(request_id = %id, %method, route, status = status.as_u16(), ms = millis(took), "request");
    }
    response
}

fn millis(took: Duration) -> f64 {
    (took.as_secs_f64() * 100_000.0).round() / 100.0
}

/// Random at the start of the process, counting from there: unique enough to find a line in a log.
fn next_id() -> std::sync::Arc<str> {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    static START: std::sync::OnceLock<u32> = std::sync::OnceLock::new();
    let start = *START.get_or_init(|| backend::random::bytes::<4>().map_or(0, u32::from_be_bytes));
    format!("{start:08x}{:06x}", NEXT.fetch_add(1, Ordering::Relaxed)).into()
}
