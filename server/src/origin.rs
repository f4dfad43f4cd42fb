//! No other site may make a browser change something here. Every request that is not a mere reading says where it comes
//! from (Fetch Metadata, else `Origin`, else `Referer`), and only our own pages may.
//!
//! This and `SameSite=Lax` on the cookie are two locks on one door (OWASP, Cross-Site Request Forgery Prevention).

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::router::App;
use crate::unsubscribe::ONE_CLICK;

/// Refuses changes that another site asks for.
pub(crate) async fn check(State(app): State<App>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    // Mail programs end mails by one click, for whoever holds the address; nobody is signed in there.
    let one_click = request.uri().path().starts_with(ONE_CLICK);
    if reads || one_click || is_own(request.headers(), &app.backend().config().base_url) {
        return next.run(request).await;
    }
    tracing::warn!(path = request.uri().path(), "a change was asked for by another site");
    (StatusCode::FORBIDDEN, [(header::CACHE_CONTROL, "no-store")], "This form came from another site.").into_response()
}

/// Whether one of our own pages asks.
fn is_own(headers: &HeaderMap, base_url: &str) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        // Browsers set it and scripts cannot. `none` is a person's own doing, which never makes a POST.
        return site == "same-origin";
    }
    let host = text("host").unwrap_or_default();
    match (text("origin"), text("referer")) {
        (Some(origin), _) => same_host(origin, host, base_url),
        (None, Some(referer)) => same_host(referer, host, base_url),
        (None, None) => false,
    }
}

/// Whether a URL is on this host, or on the one that people know us by.
fn same_host(url: &str, host: &str, base_url: &str) -> bool {
    let authority = |url: &str| {
        let (scheme, rest) = url.split_once("://")?;
        let authority = rest.split(['/', '?', '#']).next()?;
        let web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
        (web && !authority.is_empty()).then(|| authority.to_ascii_lowercase())
    };
    let Some(theirs) = authority(url) else { return false };
    theirs == host.to_ascii_lowercase() || authority(base_url).is_some_and(|ours| ours == theirs)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_pages_may_change_something() {
        let own: &[(&[(&str, &str)], bool)] = &[
            (&[], false),
            (&[("sec-fetch-site", "same-origin")], true),
            (&[("sec-fetch-site", "same-site")], false),
            (&[("sec-fetch-site", "cross-site"), ("origin", "http://localhost:3000")], false),
            (&[("sec-fetch-site", "none")], false),
            (&[("origin", "http://localhost:3000")], true),
            (&[("origin", "https://support.example")], true),
            (&[("origin", "null")], false),
            (&[("origin", "http://localhost:3001")], false),
            (&[("origin", "http://evil.example"), ("referer", "http://localhost:3000/x")], false),
            (&[("origin", "ftp://localhost:3000")], false),
            (&[("origin", "http://localhost:3000.evil.example")], false),
            (&[("referer", "http://localhost:3000/requests?x=1")], true),
            (&[("referer", "http://evil.example/http://localhost:3000/")], false),
            (&[("referer", "http://localhost:3000@evil.example/")], false),
        ];
        for (sent, expected) in own {
            let mut headers = HeaderMap::new();
            headers.insert("host", "localhost:3000".parse().unwrap());
            for (name, value) in *sent {
                headers.insert(header::HeaderName::from_bytes(name.as_bytes()).unwrap(), value.parse().unwrap());
            }
            assert_eq!(is_own(&headers, "https://support.example"), *expected, "{sent:?}");
        }
    }
}
