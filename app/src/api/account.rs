//! Signing in and out, links from mails, the account page and the people one manages.

use super::wire::Wire;
#[cfg(feature = "ssr")]
use domain::i18n::Locale;
use domain::view::account::{AccountView, LinkView, SessionView};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::ApiError;

#[cfg(feature = "ssr")]
use super::context::{answer, enter, refuse, session_cookie_name, set_cookie, wants_html};

/// A session lives this long after it was last used; its cookie the same.
#[cfg(feature = "ssr")]
const COOKIE_SECONDS: i64 = backend::desk::account::SESSION_LASTS.0 / 1_000;
/// The language of someone who is not signed in: a year.
#[cfg(feature = "ssr")]
const LANGUAGE_SECONDS: i64 = 365 * 24 * 3_600;

/// What the shell needs: who is signed in, whose portal it is, what time it is.
#[server(prefix = "/api", endpoint = "account/session", input = GetUrl, output = Wire)]
pub async fn read_session() -> Result<SessionView, ApiError> {
    let entered = enter().await?;
    answer(backend::desk::account::frame(&entered.backend, entered.signed(), entered.locale()).await)
}

/// Answers where to go from here.
#[server(prefix = "/api", endpoint = "account/sign_in", output = Wire)]
pub async fn sign_in(email: String, password: String, #[server(default)] next: String) -> Result<String, ApiError> {
    let entered = enter().await?;
    let input = backend::desk::account::SignIn {
        email: email.clone(),
        password,
        address: entered.address(),
        device: entered.device.clone(),
    };
    match answer(backend::desk::account::sign_in(&entered.backend, input).await) {
        Ok(session) => {
            start(&entered, &session.token);
            Ok(go(safe_next(&next)))
        }
        Err(error) => {
            // Without JavaScript the page is drawn anew: it gets back what was typed, the password aside.
            back_to_form("/login", &[("next", safe_next(&next)), ("email", &email)], "/api/account/sign_in", &error);
            Err(error)
        }
    }
}

#[server(prefix = "/api", endpoint = "account/sign_out", output = Wire)]
pub async fn sign_out() -> Result<String, ApiError> {
    let entered = enter().await?;
    if let Some(token) = &entered.visitor.token {
        answer(backend::desk::account::sign_out(&entered.backend, token).await)?;
    }
    end(&entered);
    Ok(go("/login"))
}

#[server(prefix = "/api", endpoint = "account/sign_out_everywhere", output = Wire)]
pub async fn sign_out_everywhere() -> Result<String, ApiError> {
    let entered = enter().await?;
    answer(backend::desk::account::sign_out_everywhere(&entered.backend, signed_in(&entered)?).await)?;
    end(&entered);
    Ok(go("/login"))
}

/// Always answers alike, whether or not the address is known.
#[server(prefix = "/api", endpoint = "account/request_reset", output = Wire)]
pub async fn request_reset(email: String) -> Result<(), ApiError> {
    let entered = enter().await?;
    let (locale, address) = (entered.locale(), entered.address());
    match answer(backend::desk::account::request_reset(&entered.backend, &email, locale, &address).await) {
        Ok(()) => {
            go_without_script("/forgotten?sent=1");
            Ok(())
        }
        Err(error) => {
            back_to_form("/forgotten", &[("email", &email)], "/api/account/request_reset", &error);
            Err(error)
        }
    }
}

#[server(prefix = "/api", endpoint = "account/link", input = GetUrl, output = Wire)]
pub async fn read_link(token: String) -> Result<LinkView, ApiError> {
    let entered = enter().await?;
    answer(backend::desk::account::read_link(&entered.backend, &token).await)
}

/// Sets the password that an invitation or a reset asks for, and signs in.
#[server(prefix = "/api", endpoint = "account/accept_link", output = Wire)]
pub async fn accept_link(token: String, #[server(default)] name: String, password: String) -> Result<String, ApiError> {
    let entered = enter().await?;
    let input = backend::desk::account::AcceptLink {
        token: token.clone(),
        name: name.clone(),
        password,
        locale: entered.locale(),
        address: entered.address(),
        device: entered.device.clone(),
    };
    match answer(backend::desk::account::accept_link(&entered.backend, input).await) {
        Ok(session) => {
            start(&entered, &session.token);
            Ok(go("/"))
        }
        Err(error) => {
            let page = ["/link/", &crate::url::encode(&token)].concat();
            back_to_form(&page, &[("name", &name)], "/api/account/accept_link", &error);
            Err(error)
        }
    }
}

#[server(prefix = "/api", endpoint = "account/change_password", output = Wire)]
pub async fn change_password(current: String, new: String) -> Result<(), ApiError> {
    let entered = enter().await?;
    let token = entered.visitor.token.as_deref();
    let result = backend::desk::account::change_password(&entered.backend, signed_in(&entered)?, token, &current, &new);
    done("change_password", answer(result.await))
}

/// `locale` empty: as the browser asks.
#[server(prefix = "/api", endpoint = "account/change_profile", output = Wire)]
pub async fn change_profile(name: String, #[server(default)] locale: String) -> Result<(), ApiError> {
    let entered = enter().await?;
    let locale = Locale::from_tag(&locale);
    let result = backend::desk::account::change_profile(&entered.backend, signed_in(&entered)?, &name, locale).await;
    done("change_profile", answer(result))
}

/// The switch in the footer: for this browser, and for the profile of whoever is signed in. A plain form, with or
/// without JavaScript.
#[server(prefix = "/api", endpoint = "account/set_language", output = Wire)]
pub async fn set_language(locale: String) -> Result<(), ApiError> {
    let entered = enter().await?;
    let locale = Locale::from_tag(&locale).unwrap_or_default();
    if let Ok(actor) = entered.actor() {
        answer(backend::desk::account::set_language(&entered.backend, actor, locale).await)?;
    }
    set_cookie("lang", locale.tag(), LANGUAGE_SECONDS, entered.visitor.secure);
    leptos_axum::redirect(&came_from());
    Ok(())
}

/// The page whose form was sent, from `Referer` (RFC 9110, 10.1.3), whose origin was checked before. Leptos would go back
/// there by itself, but with a bare question mark behind the path.
#[cfg(feature = "ssr")]
fn came_from() -> String {
    let parts = use_context::<http::request::Parts>();
    let referer = parts.as_ref().and_then(|parts| parts.headers.get(http::header::REFERER)?.to_str().ok());
    let path = referer.and_then(|url| url.splitn(4, '/').nth(3)).unwrap_or_default();
    let page = ["/", path.split('#').next().unwrap_or_default()].concat();
    // Signed out, one may change the language on the sign-in page too.
    if page.starts_with("/login") { page } else { safe_next(&page).to_owned() }
}

#[server(prefix = "/api", endpoint = "account/read", input = GetUrl, output = Wire)]
pub async fn read_account() -> Result<AccountView, ApiError> {
    let entered = enter().await?;
    let token = entered.visitor.token.as_deref().unwrap_or_default();
    answer(backend::desk::account::read_account(&entered.backend, signed_in(&entered)?, token).await)
}

/// `organisation_id` 0: staff.
#[server(prefix = "/api", endpoint = "account/invite", output = Wire)]
pub async fn invite(organisation_id: i64, email: String, name: String, role: String) -> Result<(), ApiError> {
    let entered = enter().await?;
    let input = backend::desk::account::Invite {
        organisation_id: (organisation_id != 0).then_some(organisation_id),
        email: email.clone(),
        name: name.clone(),
        role,
    };
    match answer(backend::desk::account::invite(&entered.backend, signed_in(&entered)?, input).await) {
        Ok(()) => done("invite", Ok(())),
        Err(error) => {
            let organisation_id = organisation_id.to_string();
            let typed = [("invite_email", email.as_str()), ("invite_name", &name), ("invite_into", &organisation_id)];
            back_to_form("/account", &typed, "/api/account/invite", &error);
            Err(error)
        }
    }
}

#[server(prefix = "/api", endpoint = "account/deactivate", output = Wire)]
pub async fn deactivate(user_id: i64) -> Result<(), ApiError> {
    let entered = enter().await?;
    let result = backend::desk::account::deactivate(&entered.backend, signed_in(&entered)?, user_id).await;
    done("deactivate", answer(result))
}

#[server(prefix = "/api", endpoint = "account/reactivate", output = Wire)]
pub async fn reactivate(user_id: i64) -> Result<(), ApiError> {
    let entered = enter().await?;
    let result = backend::desk::account::reactivate(&entered.backend, signed_in(&entered)?, user_id).await;
    done("reactivate", answer(result))
}

#[cfg(feature = "ssr")]
fn signed_in(entered: &super::context::Entered) -> Result<&domain::actor::Actor, ApiError> {
    entered.actor().inspect_err(refuse)
}

#[cfg(feature = "ssr")]
fn start(entered: &super::context::Entered, token: &str) {
    let secure = entered.visitor.secure;
    set_cookie(session_cookie_name(secure), token, COOKIE_SECONDS, secure);
}

#[cfg(feature = "ssr")]
fn end(entered: &super::context::Entered) {
    let secure = entered.visitor.secure;
    set_cookie(session_cookie_name(secure), "", 0, secure);
}

/// Where the browser goes next: told to a browser by redirect, to our script as the answer (it loads the whole page
/// anew, because everything around it changes too).
#[cfg(feature = "ssr")]
fn go(path: &str) -> String {
    go_without_script(path);
    path.to_owned()
}

#[cfg(feature = "ssr")]
fn go_without_script(path: &str) {
    if wants_html() {
        leptos_axum::redirect(path);
    }
}

/// Back to the account page, which says what was done.
#[cfg(feature = "ssr")]
fn done(what: &str, result: Result<(), ApiError>) -> Result<(), ApiError> {
    if result.is_ok() {
        go_without_script(&["/account?done=", what].concat());
    }
    result
}

/// A refused form without JavaScript: its page again, with what was typed and what was wrong.
#[cfg(feature = "ssr")]
fn back_to_form(page: &str, typed: &[(&str, &str)], path: &str, error: &ApiError) {
    use leptos::server_fn::error::ServerFnUrlError;
    if !wants_html() {
        return;
    }
    let query: Vec<_> = typed
        .iter()
        .filter(|(_, value)| !value.is_empty() && value.len() <= 300)
        .map(|(name, value)| [name, "=", &crate::url::encode(value)].concat())
        .collect();
    // Only to make it a whole URL; the browser gets what follows it.
    const BASE: &str = "http://loket";
    let url = [BASE, page, "?", &query.join("&")].concat();
    if let Ok(url) = ServerFnUrlError::new(path, error.clone()).to_url(&url) {
        leptos_axum::redirect(url.as_str().strip_prefix(BASE).unwrap_or(page));
    }
}

/// A path of our own to go to after signing in; anything else is the home page. Browsers read `\` as `/`, skip tabs
/// and newlines, and take `//host` for another site.
#[cfg(feature = "ssr")]
pub fn safe_next(next: &str) -> &str {
    let own = next.starts_with('/') && !next.starts_with("//");
    let clean = !next.bytes().any(|b| b == b'\\' || b.is_ascii_control()) && next.is_ascii() && next.len() <= 1_000;
    let loops = next.starts_with("/login") || next.starts_with("/api/");
    if own && clean && !loops { next } else { "/" }
}
