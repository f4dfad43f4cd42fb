//! Pages: who may see which area, and rendering. A page is rendered whole, so its status, title and length are right
//! and it can be compressed in one go.

use std::pin::Pin;
use std::time::Duration;

use app::api::context::Visitor;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use backend::Backend;
use backend::desk::account::Signed;
use backend::desk::{account, notice};
use domain::view::account::SessionView;
use futures::stream::{Stream, StreamExt as _, iter};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;

use crate::compress;
use crate::router::App;
use crate::security::page_policy;
use crate::visitor;

/// A page that takes longer will not come: longer than waiting for a connection to the database.
const PATIENCE: Duration = Duration::from_secs(20);
/// Larger than any page we make; only to have an end.
const PAGE_MAX: usize = 16 * 1024 * 1024;

/// A page of the route table.
pub(crate) async fn page(State(app): State<App>, request: Request) -> Response {
    match detour(&request) {
        Some(elsewhere) => elsewhere,
        None => render(app, request).await,
    }
}

/// Everything else: 404, which is a page too.
pub(crate) async fn not_found(State(app): State<App>, request: Request) -> Response {
    let is_page = request.method() == axum::http::Method::GET || request.method() == axum::http::Method::HEAD;
    let wants_html = accepts_html(request.headers());
    if !is_page || !wants_html || request.uri().path().starts_with("/api/") {
        return (StatusCode::NOT_FOUND, "not found").into_response();
    }
    render(app, request).await
}

fn accepts_html(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains("text/html"))
}

/// Where to go instead: signed out to the sign-in page, staff to the desk.
fn detour(request: &Request) -> Option<Response> {
    let visitor = request.extensions().get::<Visitor>()?;
    let path = request.uri().path();
    let by_mail = path.starts_with("/link/") || path.starts_with("/unsubscribe/");
    let open = path == "/login" || path == "/forgotten" || by_mail;
    let to = match &visitor.signed {
        None if open => return None,
        None => {
            let wanted = request.uri().path_and_query().map_or(path, |whole| whole.as_str());
            if wanted == "/" { "/login".to_owned() } else { ["/login?next=", &app::url::encode(wanted)].concat() }
        }
        Some(signed) => {
            let staff = signed.person.role.is_staff();
            match path {
                "/login" | "/forgotten" => match wanted_next(request.uri().query().unwrap_or_default()) {
                    next if next == "/" && staff => "/desk".to_owned(),
                    next => next,
                },
                _ if staff => staff_detour(path)?,
                _ => return None,
            }
        }
    };
    Some(Redirect::to(&to).into_response())
}

/// Where someone who is signed in already wanted to go from the sign-in page; the start page unless it says so.
fn wanted_next(query: &str) -> String {
    let next = query.split('&').find_map(|pair| pair.strip_prefix("next=")).unwrap_or_default();
    let next = percent_decode(next);
    app::api::account::safe_next(&next).to_owned()
}

/// Undoes percent-encoding; what is none stays as it is.
fn percent_decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = bytes.get(at + 1..at + 3).and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) if bytes[at] == b'%' => {
                decoded.push(byte);
                at += 3;
            }
            _ => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

/// The portal is the customers'. A link to a request that a colleague of theirs sends along leads to its ticket.
fn staff_detour(path: &str) -> Option<String> {
    match path {
        "/" | "/requests" => Some("/desk".to_owned()),
        "/notifications" => Some("/desk/notifications".to_owned()),
        _ => {
            let rest = path.strip_prefix("/requests/")?;
            let new = rest == "new" || rest.starts_with("new/");
            Some(if new { "/desk/new".to_owned() } else { ["/desk/", &app::url::encode(rest)].concat() })
        }
    }
}

async fn render(app: App, request: Request) -> Response {
    let Some(visitor) = request.extensions().get::<Visitor>().cloned() else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let backend = visitor::backend(&app, &request);
    let session = match account::frame(&backend, visitor.signed.as_deref(), visitor.locale).await {
        Ok(session) => match &visitor.signed {
            Some(signed) => read_on_arrival(&backend, signed, request.uri().path(), session).await,
            None => session,
        },
        Err(error) => {
            tracing::error!(request_id = %visitor.request_id, %error, "a page has no frame");
            return (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "5")], "Loket is not available now.")
                .into_response();
        }
    };
    let encodings = request.headers().get(header::ACCEPT_ENCODING).cloned();
    let site = app.assets().site();
    let context = move || {
        provide_context(backend.clone());
        provide_context(site.clone());
        provide_context(session.clone());
        if let (Some(options), Some(nonce)) = (use_context::<ResponseOptions>(), leptos::nonce::use_nonce()) {
            options.insert_header(header::CONTENT_SECURITY_POLICY, page_policy(&nonce));
        }
    };
    let request_id = visitor.request_id;
    let page = leptos_axum::handle_response_inner(context, app::shell, request, |page, chunks, _| {
        Box::pin(async move {
            // All of it is drawn before the data is asked for.
            let html: Vec<String> = page.to_html_stream_in_order().collect().await;
            let data = chunks();
            Box::pin(iter(html).chain(data)) as Pin<Box<dyn Stream<Item = String> + Send>>
        })
    });
    let page = async { whole(page.await, encodings.as_ref()).await };
    tokio::time::timeout(PATIENCE, page).await.unwrap_or_else(|_| {
        tracing::error!(%request_id, "a page was not ready in time");
        (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "5")], "Loket is not available now.").into_response()
    })
}

/// Whoever opens a ticket reads what was told of it: the bell around this very page must not count it any more.
async fn read_on_arrival(backend: &Backend, signed: &Signed, path: &str, mut session: SessionView) -> SessionView {
    let key = path.strip_prefix("/requests/").or_else(|| path.strip_prefix("/desk/"));
    let Some(key) = key.filter(|_| session.unread > 0) else { return session };
    // Whatever is no ticket of theirs has no notices of theirs; the page itself says so.
    if notice::mark_ticket_read(backend, &signed.actor, &key.to_ascii_uppercase()).await.is_ok()
        && let Ok(unread) = notice::unread(backend, &signed.actor).await
    {
        session.unread = unread;
    }
    session
}

/// Collects what was rendered and compresses it.
async fn whole(response: Response, encodings: Option<&HeaderValue>) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, PAGE_MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let bytes = compress::body(&mut parts.headers, bytes, encodings);
    Response::from_parts(parts, Body::from(bytes))
}
