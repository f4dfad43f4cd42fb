//! Mail that is on no ticket, and what staff do with it. To customers these functions do not exist
//! ([`Entered::staff`]).
//!
//! [`Entered::staff`]: super::context::Entered::staff

use super::wire::Wire;
use domain::view::mail::{HeldPage, HeldView};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::ApiError;

#[cfg(feature = "ssr")]
use super::context::{answer, enter, wants_html};
#[cfg(feature = "ssr")]
use backend::desk::mail;
#[cfg(feature = "ssr")]
use domain::mail::MailState;

/// `state` is a slug of [`domain::mail::MailState`]; empty: what waits for an agent. `before`: where the page before ended; 0
/// for the first.
#[server(prefix = "/api", endpoint = "mail/list", input = GetUrl, output = Wire)]
pub async fn list_held(#[server(default)] state: String, #[server(default)] before: i64) -> Result<HeldPage, ApiError> {
    let entered = enter().await?;
    let state = MailState::from_slug(&state).unwrap_or_default();
    answer(mail::held(&entered.backend, entered.staff()?, state, (before > 0).then_some(before)).await)
}

#[server(prefix = "/api", endpoint = "mail/read", input = GetUrl, output = Wire)]
pub async fn read_held(id: i64) -> Result<HeldView, ApiError> {
    let entered = enter().await?;
    answer(mail::read_held(&entered.backend, entered.staff()?, id).await)
}

/// Makes a ticket of it; answers where that is.
#[server(prefix = "/api", endpoint = "mail/raise_for", output = Wire)]
pub async fn raise_held(id: i64, #[server(default)] requester: String) -> Result<String, ApiError> {
    let entered = enter().await?;
    // Nobody chosen: the desk says so, at the field.
    let requester_id = requester.parse().unwrap_or_default();
    let key = answer(mail::raise_for(&entered.backend, entered.staff()?, id, requester_id).await)?;
    Ok(go(["/desk/", &key, "?done=raised"].concat()))
}

/// Puts it on the ticket of this key; answers where that is.
#[server(prefix = "/api", endpoint = "mail/put_on_ticket", output = Wire)]
pub async fn put_held(id: i64, #[server(default)] key: String) -> Result<String, ApiError> {
    let entered = enter().await?;
    let key = key.trim().to_ascii_uppercase();
    let key = answer(mail::put_on_ticket(&entered.backend, entered.staff()?, id, &key).await)?;
    Ok(go(["/desk/", &key].concat()))
}

/// Puts it aside; answers where the rest is.
#[server(prefix = "/api", endpoint = "mail/dismiss", output = Wire)]
pub async fn dismiss_held(id: i64) -> Result<String, ApiError> {
    let entered = enter().await?;
    answer(mail::dismiss(&entered.backend, entered.staff()?, id).await)?;
    Ok(go("/desk/mail?done=dismissed".to_owned()))
}

/// Where the browser goes next: told to a browser by redirect, to our script as the answer.
#[cfg(feature = "ssr")]
fn go(place: String) -> String {
    if wants_html() {
        leptos_axum::redirect(&place);
    }
    place
}
