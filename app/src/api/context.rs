//! Who asks, for server functions and for pages rendered on the server. Server only.
//!
//! The server's middleware looks the session up once per request and puts a [`Visitor`] into the request's extensions;
//! everything here reads it from there. Errors are logged once, here, with the request's id; what leaves is an
//! [`ApiError`] without internal detail.

use std::sync::Arc;

use axum::http::{HeaderValue, StatusCode, header, request::Parts};
use backend::Backend;
use backend::desk::account::Signed;
use domain::actor::{Actor, Person};
use domain::i18n::Locale;
use leptos::context::use_context;
use leptos_axum::ResponseOptions;

use crate::ApiError;

/// What the middleware knows about a request.
#[derive(Clone, Debug)]
pub struct Visitor {
    pub signed: Option<Arc<Signed>>,
    /// The session's token, when its cookie came along and holds.
    pub token: Option<Arc<str>>,
    pub locale: Locale,
    /// The address of the other end, for rate limits.
    pub address: Arc<str>,
    pub request_id: Arc<str>,
    /// The deployment is reached over https: cookies are `Secure` and carry the `__Host-` prefix.
    pub secure: bool,
}

/// A request that has come in: everything a server function needs.
#[derive(Clone)]
pub struct Entered {
    pub backend: Backend,
    pub visitor: Visitor,
    /// "Firefox, Linux".
    pub device: String,
}

/// Reads the request that is being answered.
///
/// # Errors
/// [`ApiError::Internal`] when called outside a request.
pub async fn enter() -> Result<Entered, ApiError> {
    let outside = || ApiError::Internal { request_id: String::new() };
    let backend = use_context::<Backend>().ok_or_else(outside)?;
    let parts = use_context::<Parts>().ok_or_else(outside)?;
    let visitor = parts.extensions.get::<Visitor>().cloned().ok_or_else(outside)?;
    let agent = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    Ok(Entered { backend, visitor, device: device(agent) })
}

impl Entered {
    pub fn signed(&self) -> Option<&Signed> {
        self.visitor.signed.as_deref()
    }

    pub const fn locale(&self) -> Locale {
        self.visitor.locale
    }

    pub fn address(&self) -> String {
        self.visitor.address.to_string()
    }

    /// # Errors
    /// [`ApiError::SignedOut`].
    pub fn actor(&self) -> Result<&Actor, ApiError> {
        self.signed().map(|signed| &signed.actor).ok_or(ApiError::SignedOut)
    }

    /// Whoever is signed in.
    ///
    /// # Errors
    /// [`ApiError::SignedOut`].
    pub fn person(&self) -> Result<&Person, ApiError> {
        self.actor()?.person().ok_or(ApiError::SignedOut)
    }

    /// Staff; to everyone else the desk does not exist, and the HTTP status says so.
    ///
    /// # Errors
    /// [`ApiError::SignedOut`], [`ApiError::NotFound`].
    pub fn staff(&self) -> Result<&Actor, ApiError> {
        let actor = self.actor().inspect_err(refuse)?;
        if actor.is_staff() { Ok(actor) } else { Err(ApiError::NotFound) }.inspect_err(refuse)
    }

    /// A customer's person; the portal shows staff nothing.
    ///
    /// # Errors
    /// [`ApiError::SignedOut`], [`ApiError::NotFound`].
    pub fn customer(&self) -> Result<&Actor, ApiError> {
        let actor = self.actor()?;
        if actor.is_staff() { Err(ApiError::NotFound) } else { Ok(actor) }
    }
}

/// Whether the request is a browser's own (a page, or a form sent without JavaScript) rather than our script's.
pub fn wants_html() -> bool {
    use_context::<Parts>().is_some_and(|parts| {
        parts.headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|v| v.contains("text/html"))
    })
}

/// The answer of a use case as a server function gives it. Sets the HTTP status, except for a browser's own request:
/// a page sets its own, and a form without JavaScript is answered with a redirect that a status would break.
///
/// # Errors
/// The error of the use case, translated.
pub fn answer<T>(result: Result<T, backend::Error>) -> Result<T, ApiError> {
    result.map_err(|error| {
        let error = translate(error);
        refuse(&error);
        error
    })
}

/// Sets the HTTP status of an error that was found here and not by a use case.
pub fn refuse(error: &ApiError) {
    if wants_html() {
        return;
    }
    if let Some(options) = use_context::<ResponseOptions>() {
        options.set_status(StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
        if let ApiError::RateLimited(seconds) = error {
            options.insert_header(header::RETRY_AFTER, HeaderValue::from(*seconds));
        }
    }
}

fn translate(error: backend::Error) -> ApiError {
    match error {
        backend::Error::NotFound => ApiError::NotFound,
        backend::Error::Forbidden => ApiError::Forbidden,
        backend::Error::Invalid(problems) => ApiError::Invalid(problems),
        backend::Error::Refused(refused) => ApiError::Refused(refused),
        backend::Error::Conflict(events) => ApiError::Conflict(events),
        backend::Error::RateLimited { retry_seconds } => ApiError::RateLimited(retry_seconds),
        backend::Error::Unavailable => ApiError::Unavailable,
        backend::Error::Internal(source) => {
            let request_id = request_id();
            tracing::error!(%request_id, error = &*source as &(dyn std::error::Error + 'static), "a request failed");
            ApiError::Internal { request_id }
        }
    }
}

fn request_id() -> String {
    let parts = use_context::<Parts>();
    parts.and_then(|parts| parts.extensions.get::<Visitor>().map(|v| v.request_id.to_string())).unwrap_or_default()
}

/// The name of the session's cookie. `__Host-` makes browsers refuse one that a subdomain or plain http set.
pub const fn session_cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-loket" } else { "loket" }
}

/// Sets a cookie for `seconds`; 0 removes it. Values are ours (base64url, `en`): nothing to escape.
pub fn set_cookie(name: &str, value: &str, seconds: i64, secure: bool) {
    let secure = if secure { "; Secure" } else { "" };
    let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
    if let (Some(options), Ok(value)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(&text)) {
        options.append_header(header::SET_COOKIE, value);
    }
}

/// "Firefox, Linux": what a person recognises of a `User-Agent`. Order matters: most browsers also name another.
fn device(agent: &str) -> String {
    let pick = |names: &[(&'static str, &'static str)]| {
        names.iter().find(|(mark, _)| agent.contains(mark)).map_or("", |(_, name)| name)
    };
    let browser = pick(&[
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = pick(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        ("", "") => agent.chars().filter(|c| !c.is_control()).take(40).collect(),
        (browser, "") => browser.to_owned(),
        ("", system) => system.to_owned(),
        (browser, system) => format!("{browser}, {system}"),
    }
}
