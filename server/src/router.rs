//! The whole URL map, in one place. Pages come from the route table of `app`, server functions from their own
//! registration; both are listed one by one, so that what is not listed does not exist.

use std::sync::{Arc, OnceLock};

use app::api::wire::read_answer;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{MethodRouter, get, post};
use backend::Backend;
use domain::form::{FILE_MAX_BYTES, FILES_MAX};
use domain::time::Instant;
use leptos::prelude::provide_context;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;

use crate::assets::Assets;
use crate::health::{self, Metrics};
use crate::{compress, feed, file, log, origin, page, security, unsubscribe, visitor};

/// What all requests share. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Shared>);

struct Shared {
    backend: Backend,
    assets: Arc<Assets>,
    behind_proxy: bool,
    secure: bool,
    started_at: Instant,
    metrics: Metrics,
}

impl App {
    #[must_use]
    pub fn new(backend: Backend, assets: Arc<Assets>, behind_proxy: bool) -> Self {
        let secure = backend.config().base_url.starts_with("https://");
        let started_at = backend.now();
        Self(Arc::new(Shared { backend, assets, behind_proxy, secure, started_at, metrics: Metrics::default() }))
    }

    pub(crate) fn backend(&self) -> &Backend {
        &self.0.backend
    }

    pub(crate) fn assets(&self) -> &Arc<Assets> {
        &self.0.assets
    }

    pub(crate) fn behind_proxy(&self) -> bool {
        self.0.behind_proxy
    }

    /// People reach this Loket over https.
    pub(crate) fn secure(&self) -> bool {
        self.0.secure
    }

    pub(crate) fn started_at(&self) -> Instant {
        self.0.started_at
    }

    pub(crate) fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }
}

/// Server functions that take files; all others take forms.
const UPLOADS: [&str; 5] =
    ["/api/ticket/raise", "/api/ticket/reply", "/api/file/upload", "/api/desk/compose", "/api/desk/raise_for"];

/// As many files as a message takes, each as large as one may be, and what multipart adds.
const UPLOAD_MAX: usize = FILES_MAX as usize * FILE_MAX_BYTES as usize + FORM_MAX;
/// The longest text is 20,000 characters, at most 12 bytes each in a form.
const FORM_MAX: usize = 1024 * 1024;

/// The pages of the route table, as axum writes their paths. Listed once per process: while Leptos does so, no resource
/// of any other request is loaded.
#[must_use]
pub fn page_paths() -> &'static [String] {
    static PATHS: OnceLock<Vec<String>> = OnceLock::new();
    PATHS.get_or_init(|| {
        let list = leptos_axum::generate_route_list(app::App);
        list.iter().map(|listing| listing.path().to_owned()).collect()
    })
}

/// The server functions: path and method.
#[must_use]
pub fn function_paths() -> Vec<(&'static str, Method)> {
    let mut paths: Vec<_> = server_fn::axum::server_fn_paths().collect();
    paths.sort_by_key(|(path, _)| *path);
    paths
}

/// Routes beside pages, server functions and files of the browser's half.
pub const OTHER_PATHS: [&str; 7] = [
    "/files/{id}",
    "/desk/mail/{id}/raw",
    "/feeds/{token}/deadlines.ics",
    "POST /unsubscribe/{token}/{kinds}",
    "/healthz",
    "/readyz",
    "/metrics",
];

/// The router, ready to serve.
pub fn router(app: App) -> Router {
    let mut pages = Router::new();
    for path in page_paths() {
        pages = pages.route(path, get(page::page));
    }
    let mut functions = Router::new();
    for (path, method) in function_paths() {
        let limit = if UPLOADS.contains(&path) { UPLOAD_MAX } else { FORM_MAX };
        let handler: MethodRouter<App> = if method == Method::GET { get(function) } else { post(function) };
        functions = functions.route(path, handler.layer(RequestBodyLimitLayer::new(limit)));
    }
    let people = pages
        .merge(functions.layer(from_fn(compress::answers)))
        .route("/files/{id}", get(file::download))
        .route("/desk/mail/{id}/raw", get(file::original))
        .route("/feeds/{token}/deadlines.ics", get(feed::deadlines))
        .fallback(page::not_found)
        .layer(from_fn_with_state(app.clone(), visitor::look_up));
    // A watchdog must not need a session, nor wait for the database to look one up; a mail program has none.
    let machines = Router::new()
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(health::metrics))
        .route(
            "/unsubscribe/{token}/{kinds}",
            post(unsubscribe::one_click).layer(RequestBodyLimitLayer::new(unsubscribe::BODY_MAX)),
        );
    Router::new()
        .merge(people)
        .merge(machines)
        .merge(app.assets().routes())
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(app.clone(), origin::check))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(app.clone(), security::headers))
        .layer(from_fn_with_state(app.clone(), log::requests))
        .with_state(app)
}

/// A server function.
async fn function(State(app): State<App>, request: Request) -> Response {
    let backend = visitor::backend(&app, &request);
    let answer = leptos_axum::handle_server_fns_with_context(move || provide_context(backend.clone()), request).await;
    with_status(answer.into_response()).await
}

/// Leptos answers 500 to every error that it finds itself, such as an input that cannot be read: here it gets the
/// status that the error has.
async fn with_status(response: Response) -> Response {
    if response.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let body = to_bytes(body, FORM_MAX).await.unwrap_or_default();
    if let Ok(error) = read_answer::<app::ApiError>(&String::from_utf8_lossy(&body)) {
        parts.status = StatusCode::from_u16(error.status()).unwrap_or(parts.status);
    }
    Response::from_parts(parts, Body::from(body))
}

/// A defect: said in the log with the panic's message, and to nobody else.
fn panicked(panic: Box<dyn std::any::Any + Send>) -> Response {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or_default();
    tracing::error!(panic = text, "a request panicked");
    (StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong.").into_response()
}
