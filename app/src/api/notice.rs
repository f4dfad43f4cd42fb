//! What people are told: customers' own notices (staff's are `warning`), how one wants to be told, and the address in a
//! mail's "unsubscribe", which works for whoever holds it.

use super::wire::Wire;
use domain::view::notice::{NoticesView, PreferencesView, UnsubscribeView};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::ApiError;

#[cfg(feature = "ssr")]
use super::context::{Entered, answer, enter, refuse, wants_html};
#[cfg(feature = "ssr")]
use backend::desk::notice::{self, Ending};
#[cfg(feature = "ssr")]
use domain::notice::{Delivery, NoticeKind};

/// `after`: where the page before ended; empty for the first.
#[server(prefix = "/api", endpoint = "portal/notifications", input = GetUrl, output = Wire)]
pub async fn read_notices(#[server(default)] after: String) -> Result<NoticesView, ApiError> {
    let entered = enter().await?;
    answer(notice::list(&entered.backend, entered.customer().inspect_err(refuse)?, &after).await)
}

/// `id` 0: all of them.
#[server(prefix = "/api", endpoint = "portal/mark_read", output = Wire)]
pub async fn mark_notice_read(id: i64) -> Result<(), ApiError> {
    let entered = enter().await?;
    let actor = entered.customer().inspect_err(refuse)?;
    if id == 0 {
        answer(notice::mark_all_read(&entered.backend, actor).await)?;
    } else {
        answer(notice::mark_read(&entered.backend, actor, id).await)?;
    }
    forward("/notifications");
    Ok(())
}

#[server(prefix = "/api", endpoint = "account/preferences", input = GetUrl, output = Wire)]
pub async fn read_preferences() -> Result<PreferencesView, ApiError> {
    let entered = enter().await?;
    answer(notice::preferences(&entered.backend, signed_in(&entered)?).await)
}

/// Each a kind and how it is wanted: `answered.daily`. Kinds that are not named stay as they are.
#[server(prefix = "/api", endpoint = "account/set_preferences", output = Wire)]
pub async fn set_preferences(#[server(default)] wanted: Vec<String>) -> Result<(), ApiError> {
    let entered = enter().await?;
    let wanted: Vec<_> = wanted.iter().filter_map(|wanted| choice(wanted)).collect();
    answer(notice::set_preferences(&entered.backend, signed_in(&entered)?, &wanted).await)?;
    forward("/account?done=set_preferences");
    Ok(())
}

/// Mail to one's address came back; now it works again.
#[server(prefix = "/api", endpoint = "account/address_works", output = Wire)]
pub async fn address_works() -> Result<(), ApiError> {
    let entered = enter().await?;
    answer(notice::address_works(&entered.backend, signed_in(&entered)?).await)?;
    forward("/account?done=address_works");
    Ok(())
}

/// What the address of "unsubscribe" ends, or has ended.
#[server(prefix = "/api", endpoint = "account/unsubscribe", input = GetUrl, output = Wire)]
pub async fn read_unsubscribe(token: String, kinds: String) -> Result<UnsubscribeView, ApiError> {
    let entered = enter().await?;
    answer(notice::read_unsubscribe(&entered.backend, &Ending::parse(&token, &kinds)).await)
}

/// Ends these mails.
#[server(prefix = "/api", endpoint = "account/end_mails", output = Wire)]
pub async fn end_mails(token: String, kinds: String) -> Result<(), ApiError> {
    let entered = enter().await?;
    answer(notice::unsubscribe(&entered.backend, &Ending::parse(&token, &kinds)).await)?;
    forward(&ending_page(&token, &kinds));
    Ok(())
}

/// Takes that back.
#[server(prefix = "/api", endpoint = "account/resume_mails", output = Wire)]
pub async fn resume_mails(token: String, kinds: String) -> Result<(), ApiError> {
    let entered = enter().await?;
    answer(notice::resubscribe(&entered.backend, &Ending::parse(&token, &kinds)).await)?;
    forward(&ending_page(&token, &kinds));
    Ok(())
}

#[cfg(feature = "ssr")]
fn signed_in(entered: &Entered) -> Result<&domain::actor::Actor, ApiError> {
    entered.actor().inspect_err(refuse)
}

#[cfg(feature = "ssr")]
fn choice(wanted: &str) -> Option<(NoticeKind, Delivery)> {
    let (kind, delivery) = wanted.split_once('.')?;
    Some((NoticeKind::from_slug(kind)?, Delivery::from_slug(delivery)?))
}

#[cfg(feature = "ssr")]
fn ending_page(token: &str, kinds: &str) -> String {
    ["/unsubscribe/", &crate::url::encode(token), "/", &crate::url::encode(kinds)].concat()
}

/// After a form that was posted without JavaScript. A live page stays.
#[cfg(feature = "ssr")]
fn forward(path: &str) {
    if wants_html() {
        leptos_axum::redirect(path);
    }
}
