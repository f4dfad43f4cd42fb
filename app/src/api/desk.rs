//! What staff read and do. To everyone else these functions do not exist ([`Entered::staff`]). A change carries the
//! version the agent saw; the desk refuses it when someone was faster.
//!
//! [`Entered::staff`]: super::context::Entered::staff

use super::wire::Wire;
use domain::view::desk::{DeskPage, DeskQuery, DeskRaiseView, DeskTicketView};
use domain::view::portal::Raised;
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, MultipartData, MultipartFormData};

#[cfg(feature = "ssr")]
use super::context::{answer, enter, refuse, wants_html};
#[cfg(feature = "ssr")]
use super::file::posted::Posted;
use crate::ApiError;
#[cfg(feature = "ssr")]
use backend::desk::{queue, ticket as desk};
#[cfg(feature = "ssr")]
use domain::ticket::Channel;

#[server(prefix = "/api", endpoint = "desk/list", input = GetUrl, output = Wire)]
pub async fn read_desk(#[server(default)] query: DeskQuery) -> Result<DeskPage, ApiError> {
    let entered = enter().await?;
    answer(queue::page(&entered.backend, entered.staff()?, entered.locale(), query).await)
}

#[server(prefix = "/api", endpoint = "desk/ticket", input = GetUrl, output = Wire)]
pub async fn read_desk_ticket(key: String) -> Result<DeskTicketView, ApiError> {
    let entered = enter().await?;
    answer(queue::ticket(&entered.backend, entered.staff()?, entered.locale(), &key).await)
}

/// What raising on behalf of someone of this organisation (by key; may be empty) asks for.
#[server(prefix = "/api", endpoint = "desk/raise", input = GetUrl, output = Wire)]
pub async fn read_desk_raise(#[server(default)] organisation: String) -> Result<DeskRaiseView, ApiError> {
    let entered = enter().await?;
    answer(queue::raise_page(&entered.backend, entered.staff()?, entered.locale(), &organisation).await)
}

#[server(prefix = "/api", endpoint = "desk/accept", output = Wire)]
pub async fn accept(key: String, version: i64) -> Result<(), ApiError> {
    let entered = enter().await?;
    answer(desk::accept(&entered.backend, entered.staff()?, &key, version).await)?;
    forward(&key, "");
    Ok(())
}

/// `agent_id` 0: nobody.
#[server(prefix = "/api", endpoint = "desk/assign", output = Wire)]
pub async fn assign(key: String, version: i64, agent_id: i64) -> Result<(), ApiError> {
    let entered = enter().await?;
    let agent_id = (agent_id != 0).then_some(agent_id);
    answer(desk::assign(&entered.backend, entered.staff()?, &key, version, agent_id).await)?;
    forward(&key, "");
    Ok(())
}

/// `place` (`desk/<KEY>`), `key`, `version`, `kind` ([`domain::view::desk::ComposeKind`]), `text`, `files`.
#[server(prefix = "/api", endpoint = "desk/compose", input = MultipartFormData, output = Wire)]
pub async fn compose(data: MultipartData) -> Result<(), ApiError> {
    let entered = enter().await?;
    let actor = entered.staff()?;
    let posted = Posted::read(data, &entered).await?;
    let Some(kind) = domain::view::desk::ComposeKind::from_slug(&posted.value("kind")) else {
        return Err(unreadable());
    };
    let version = posted.value("version").parse().map_err(|_| unreadable())?;
    let (key, text, place) = (posted.value("key"), posted.value("text"), posted.place());
    let input = desk::Compose { key: key.clone(), version, kind, text, place };
    posted.settle(&entered, desk::compose(&entered.backend, actor, input)).await?;
    forward(&key, ["?done=", kind.slug()].concat().as_str());
    Ok(())
}

#[server(prefix = "/api", endpoint = "desk/take_back", output = Wire)]
pub async fn take_back(key: String, version: i64) -> Result<(), ApiError> {
    let entered = enter().await?;
    answer(desk::take_back(&entered.backend, entered.staff()?, &key, version).await)?;
    forward(&key, "");
    Ok(())
}

#[server(prefix = "/api", endpoint = "desk/change_priority", output = Wire)]
pub async fn change_priority(
    key: String,
    version: i64,
    #[server(default)] priority: String,
    #[server(default)] reason: String,
) -> Result<(), ApiError> {
    let entered = enter().await?;
    let actor = entered.staff()?;
    let Some(priority) = domain::ticket::Priority::from_slug(&priority) else {
        return answer(Err(invalid("priority", domain::problem::Problem::Required)));
    };
    answer(desk::change_priority(&entered.backend, actor, &key, version, priority, &reason).await)?;
    forward(&key, "");
    Ok(())
}

/// `reason` is `spam` or `duplicate`; a duplicate names the other ticket.
#[server(prefix = "/api", endpoint = "desk/close", output = Wire)]
pub async fn close(
    key: String,
    version: i64,
    reason: String,
    #[server(default)] duplicate_of: String,
) -> Result<(), ApiError> {
    let entered = enter().await?;
    let actor = entered.staff()?;
    let Some(reason) = domain::ticket::CloseReason::from_slug(&reason) else { return Err(unreadable()) };
    let duplicate_of = Some(duplicate_of.trim().to_owned()).filter(|key| !key.is_empty());
    answer(desk::close(&entered.backend, actor, &key, version, reason, duplicate_of).await)?;
    forward(&key, "");
    Ok(())
}

#[server(prefix = "/api", endpoint = "desk/reopen", output = Wire)]
pub async fn reopen(key: String, version: i64) -> Result<(), ApiError> {
    let entered = enter().await?;
    answer(desk::reopen(&entered.backend, entered.staff()?, &key, version).await)?;
    forward(&key, "");
    Ok(())
}

/// `place` (`desk-raise/ACME`), `requester` (an id), `channel`, and what a customer's own form has.
#[server(prefix = "/api", endpoint = "desk/raise_for", input = MultipartFormData, output = Wire)]
pub async fn raise_for(data: MultipartData) -> Result<Raised, ApiError> {
    let entered = enter().await?;
    let actor = entered.staff()?;
    let posted = Posted::read(data, &entered).await?;
    let raise = desk::Raise {
        form: posted.value("form"),
        subject: posted.value("subject"),
        description: posted.value("description"),
        priority: posted.value("priority"),
        fields: posted.fields(),
        nonce: posted.value("nonce"),
        place: posted.place(),
    };
    // Nobody chosen: the desk says so, at the field.
    let requester_id = posted.value("requester").parse().unwrap_or_default();
    let channel = Channel::from_slug(&posted.value("channel")).unwrap_or(Channel::Phone);
    let input = desk::RaiseFor { requester_id, raise, channel };
    let key = posted.settle(&entered, desk::raise_for(&entered.backend, actor, input)).await?;
    forward(&key, "?done=raised");
    Ok(Raised { key })
}

#[cfg(feature = "ssr")]
fn invalid(field: &str, problem: domain::problem::Problem) -> backend::Error {
    backend::Error::Invalid(vec![domain::problem::FieldProblem::new(field, problem)])
}

/// The answer to what no form of ours sends.
#[cfg(feature = "ssr")]
fn unreadable() -> ApiError {
    let error = ApiError::Invalid(Vec::new());
    refuse(&error);
    error
}

/// After a form that was posted without JavaScript: the ticket's page, without what led there. A live page stays.
#[cfg(feature = "ssr")]
fn forward(key: &str, query: &str) {
    if wants_html() {
        leptos_axum::redirect(&["/desk/", key, query].concat());
    }
}
