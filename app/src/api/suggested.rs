//! People who wrote from an organisation's domain and whom nobody knows yet, and those domains: for account managers and
//! admins. To customers these functions do not exist.

use super::wire::Wire;
use domain::view::mail::{DomainsView, SuggestedMember};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::ApiError;

#[cfg(feature = "ssr")]
use super::context::{answer, enter, wants_html};
#[cfg(feature = "ssr")]
use backend::desk::mail;

#[server(prefix = "/api", endpoint = "desk/suggested", input = GetUrl, output = Wire)]
pub async fn read_suggested() -> Result<Vec<SuggestedMember>, ApiError> {
    let entered = enter().await?;
    answer(mail::suggested(&entered.backend, entered.staff()?).await)
}

/// They belong to the organisation; answers on which tickets their mails are now.
#[server(prefix = "/api", endpoint = "desk/accept_suggested", output = Wire)]
pub async fn accept_suggested(id: i64, #[server(default)] name: String) -> Result<Vec<String>, ApiError> {
    let entered = enter().await?;
    let keys = answer(mail::accept(&entered.backend, entered.staff()?, id, &name).await)?;
    done("accept_suggested");
    Ok(keys)
}

/// They do not.
#[server(prefix = "/api", endpoint = "desk/decline_suggested", output = Wire)]
pub async fn decline_suggested(id: i64) -> Result<(), ApiError> {
    let entered = enter().await?;
    answer(mail::decline(&entered.backend, entered.staff()?, id).await)?;
    done("decline_suggested");
    Ok(())
}

#[server(prefix = "/api", endpoint = "desk/domains", input = GetUrl, output = Wire)]
pub async fn read_domains() -> Result<Vec<DomainsView>, ApiError> {
    let entered = enter().await?;
    answer(mail::all_domains(&entered.backend, entered.staff()?).await)
}

/// `domains`: all of them, with spaces or commas between.
#[server(prefix = "/api", endpoint = "desk/set_domains", output = Wire)]
pub async fn set_domains(organisation_id: i64, #[server(default)] domains: String) -> Result<(), ApiError> {
    let entered = enter().await?;
    answer(mail::set_domains(&entered.backend, entered.staff()?, organisation_id, &domains).await)?;
    done("set_domains");
    Ok(())
}

/// Back to the account page, which says what was done; a live page says so itself.
#[cfg(feature = "ssr")]
fn done(what: &str) {
    if wants_html() {
        leptos_axum::redirect(&["/account?done=", what].concat());
    }
}
