//! Headers that tell browsers what an answer may not do. Pages bring a Content-Security-Policy of their own with a fresh
//! nonce (`page`), downloads one that allows nothing (`file`); everything else gets the strictest here.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::router::App;

const FIXED: [(HeaderName, HeaderValue); 7] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    // Links in tickets lead elsewhere; a ticket's address is nobody else's business.
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("x-permitted-cross-domain-policies"), HeaderValue::from_static("none")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static(
            "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), \
             microphone=(), midi=(), payment=(), usb=(), interest-cohort=()",
        ),
    ),
];

/// The one of them that keeps a script or a style sheet from being taken for something else. Nobody has to be kept from reading
/// what is the same for everyone, signed in or not.
const FOR_PIECES: HeaderName = header::X_CONTENT_TYPE_OPTIONS;

/// For what is neither a page nor a download.
const NOTHING: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'; base-uri 'none'");
const TWO_YEARS: HeaderValue = HeaderValue::from_static("max-age=63072000; includeSubDomains");

/// What a page may do, with this answer's nonce.
pub(crate) fn page_policy(nonce: &str) -> HeaderValue {
    let policy = format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self' 'nonce-{nonce}'; \
         img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
    );
    // A nonce is base64url; it cannot make the header invalid.
    HeaderValue::from_str(&policy).unwrap_or(NOTHING)
}

/// Adds what is missing.
pub(crate) async fn headers(State(app): State<App>, request: Request, next: Next) -> Response {
    // The program and the style are no documents: for the dozens of pieces of a first visit, half a kilobyte each.
    let piece = request.uri().path().starts_with("/pkg/");
    let mut response = next.run(request).await;
    let headers: &mut HeaderMap = response.headers_mut();
    for (name, value) in FIXED {
        if !piece || name == FOR_PIECES {
            headers.entry(name).or_insert(value);
        }
    }
    if !piece {
        headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(NOTHING);
    }
    if app.secure() {
        headers.entry(header::STRICT_TRANSPORT_SECURITY).or_insert(TWO_YEARS);
    }
    response
}
