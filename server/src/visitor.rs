//! Who asks: looks the session up once per request and hands it on as a [`Visitor`].

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use app::api::context::{Visitor, session_cookie_name};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use backend::Backend;
use backend::desk::account::{self, SESSION_LASTS};
use domain::i18n::Locale;

use crate::log::RequestId;
use crate::router::App;

/// Adds the [`Visitor`] to the request. What it leads to is never kept by a cache.
pub(crate) async fn look_up(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let name = session_cookie_name(app.secure());
    let token = cookie(request.headers(), name).map(str::to_owned);
    // What comes with a body takes as long as its sender likes.
    let is_soon_over = request.method() == Method::GET || request.method() == Method::HEAD;
    let backend = if is_soon_over { app.backend().for_request() } else { app.backend().clone() };
    let signed = match &token {
        Some(token) => match account::session(&backend, token).await {
            Ok(signed) => signed,
            Err(error) => {
                tracing::error!(%error, "a session could not be looked up");
                let headers = [(header::CACHE_CONTROL, "no-store"), (header::RETRY_AFTER, "5")];
                return (StatusCode::SERVICE_UNAVAILABLE, headers, "Loket is not available now.").into_response();
            }
        },
        None => None,
    };
    let browser = browsers_locale(request.headers());
    let signed = signed.map(|signed| signed.read_in(browser));
    let renewed = signed.as_ref().is_some_and(|signed| signed.renewed);
    let held = token.clone().filter(|_| signed.is_some());
    let visitor = Visitor {
        locale: signed.as_ref().map_or(browser, |signed| signed.person.locale),
        token: held.as_deref().map(Arc::from),
        signed: signed.map(Arc::new),
        address: address(&app, &request).into(),
        request_id: request.extensions().get::<RequestId>().map_or_else(|| "".into(), |id| id.0.clone()),
        secure: app.secure(),
    };
    request.extensions_mut().insert(visitor);
    request.extensions_mut().insert(backend);
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    }
    // A session that is used goes on; its cookie too, unless this very answer sets or removes it.
    if let Some(token) = held.filter(|_| renewed && !sets_cookie(headers, name)) {
        let secure = if app.secure() { "; Secure" } else { "" };
        let seconds = SESSION_LASTS.0 / 1_000;
        let text = format!("{name}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
        if let Ok(value) = HeaderValue::from_str(&text) {
            headers.append(header::SET_COOKIE, value);
        }
    }
    response
}

/// What this request reads and writes with; also where nobody was looked up.
pub(crate) fn backend(app: &App, request: &Request) -> Backend {
    request.extensions().get::<Backend>().unwrap_or_else(|| app.backend()).clone()
}

fn sets_cookie(headers: &HeaderMap, name: &str) -> bool {
    let set = headers.get_all(header::SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
    set.filter_map(|text| text.split_once('=')).any(|(set, _)| set == name)
}

/// The value of a cookie (RFC 6265 §4.2.1). The first of several: browsers send the most specific one first.
fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    lines.flat_map(|line| line.split(';')).find_map(|pair| {
        let (key, value) = pair.trim().split_once('=')?;
        (key == name && !value.is_empty()).then_some(value)
    })
}

/// What the switch in the footer chose, else what the browser asks for.
fn browsers_locale(headers: &HeaderMap) -> Locale {
    let asked = || headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok().and_then(Locale::from_accept_language);
    cookie(headers, "lang").and_then(Locale::from_tag).or_else(asked).unwrap_or_default()
}

/// The address of the other end. Behind a proxy, the one that our own proxy saw: the last in the list; those before
/// it are whatever the client claims.
fn address(app: &App, request: &Request) -> String {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_string());
    let forwarded = || {
        let line = request.headers().get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
        let last = line.rsplit(',').next()?.trim();
        // Some proxies add the port.
        let ip = last.parse::<IpAddr>().ok().or_else(|| Some(last.parse::<SocketAddr>().ok()?.ip()));
        ip.map(|ip| ip.to_string())
    };
    let forwarded = if app.behind_proxy() { forwarded() } else { None };
    forwarded.or(peer).unwrap_or_default()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_by_its_whole_name() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, "xloket=a; loket=b; loket=c".parse().unwrap());
        headers.append(header::COOKIE, "lang=nl".parse().unwrap());
        assert_eq!(cookie(&headers, "loket"), Some("b"));
        assert_eq!(cookie(&headers, "lang"), Some("nl"));
        assert_eq!(cookie(&headers, "oket"), None);
    }

    #[test]
    fn the_chosen_language_wins_over_the_browsers() {
        let mut headers = HeaderMap::new();
        assert_eq!(browsers_locale(&headers), Locale::English);
        headers.insert(header::ACCEPT_LANGUAGE, "fr, nl-BE;q=0.8, en;q=0.5".parse().unwrap());
        assert_eq!(browsers_locale(&headers), Locale::Dutch);
        headers.insert(header::COOKIE, "lang=en".parse().unwrap());
        assert_eq!(browsers_locale(&headers), Locale::English);
    }
}
