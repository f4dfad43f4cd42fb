//! The calendar feed of one's own deadlines, for staff: making its address, which is shown once, and revoking it.

use super::wire::Wire;
use domain::view::admin::{FeedAddress, FeedView};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::ApiError;

#[cfg(feature = "ssr")]
use super::context::{answer, enter, set_cookie, wants_html};
#[cfg(feature = "ssr")]
use backend::desk::feed;

/// Carries a new address from the form to the page after it, without JavaScript: it must not stand in a URL, where
/// histories and logs would keep it.
#[cfg(feature = "ssr")]
const COOKIE: &str = "loket-feed";
/// Long enough for the redirect.
#[cfg(feature = "ssr")]
const COOKIE_SECONDS: i64 = 60;

/// The feed, and its address if it was made a moment ago without JavaScript.
#[server(prefix = "/api", endpoint = "account/feed", input = GetUrl, output = Wire)]
pub async fn read_feed() -> Result<(FeedView, Option<FeedAddress>), ApiError> {
    let entered = enter().await?;
    let view = answer(feed::read(&entered.backend, entered.staff()?).await)?;
    let address = made_a_moment_ago().filter(|_| view.made_at.is_some());
    if address.is_some() {
        set_cookie(COOKIE, "", 0, entered.visitor.secure);
    }
    Ok((view, address))
}

/// A new address; the one before stops working.
#[server(prefix = "/api", endpoint = "account/make_feed", output = Wire)]
pub async fn make_feed() -> Result<FeedAddress, ApiError> {
    let entered = enter().await?;
    let address = answer(feed::make(&entered.backend, entered.staff()?).await)?;
    if wants_html() {
        set_cookie(COOKIE, &crate::url::encode(&address.url), COOKIE_SECONDS, entered.visitor.secure);
        leptos_axum::redirect("/account?done=make_feed");
        // The redirect's own body is read by nobody, and kept by nobody either.
        return Ok(FeedAddress { url: String::new() });
    }
    Ok(address)
}

#[server(prefix = "/api", endpoint = "account/revoke_feed", output = Wire)]
pub async fn revoke_feed() -> Result<(), ApiError> {
    let entered = enter().await?;
    answer(feed::revoke(&entered.backend, entered.staff()?).await)?;
    if wants_html() {
        leptos_axum::redirect("/account?done=revoke_feed");
    }
    Ok(())
}

/// Only for a page that the server makes: a script asks for the address itself.
#[cfg(feature = "ssr")]
fn made_a_moment_ago() -> Option<FeedAddress> {
    use axum::http::{header, request::Parts};
    if !wants_html() {
        return None;
    }
    let parts = use_context::<Parts>()?;
    let cookies = parts.headers.get(header::COOKIE)?.to_str().ok()?;
    let mut pairs = cookies.split(';').filter_map(|pair| pair.trim().split_once('='));
    let value = pairs.find(|(name, _)| *name == COOKIE)?.1;
    let (_, url) = super::admin::typed::decode(&["url=", value].concat()).into_iter().next()?;
    // A cookie is only a cookie: nothing but an address is shown.
    (url.starts_with("http") && url.contains("/feeds/")).then_some(FeedAddress { url })
}
