//! What customers do to tickets. A posted form that is refused leaves what was typed in the draft, so that the page
//! shows it again; a form posted without JavaScript is sent on to the page that says what happened.

use super::wire::Wire;
use domain::view::portal::Raised;
use leptos::prelude::*;
use leptos::server_fn::codec::{MultipartData, MultipartFormData};

#[cfg(feature = "ssr")]
use super::{
    context::{answer, enter, refuse},
    file::posted::{Posted, forward},
};
use crate::ApiError;
#[cfg(feature = "ssr")]
use backend::desk::ticket as desk;

/// `place` (`raise/<form>`), `form`, `nonce`, `subject`, `description`, `priority`, `field_…`, `files`.
#[server(prefix = "/api", endpoint = "ticket/raise", input = MultipartFormData, output = Wire)]
pub async fn raise(data: MultipartData) -> Result<Raised, ApiError> {
    let entered = enter().await?;
    let posted = Posted::read(data, &entered).await?;
    let input = desk::Raise {
        form: posted.value("form"),
        subject: posted.value("subject"),
        description: posted.value("description"),
        priority: posted.value("priority"),
        fields: posted.fields(),
        nonce: posted.value("nonce"),
        place: posted.place(),
    };
    let key =
        posted.settle(&entered, desk::raise(&entered.backend, entered.customer().inspect_err(refuse)?, input)).await?;
    forward(&key, "?sent=1");
    Ok(Raised { key })
}

/// `place` (`reply/<KEY>`), `key`, `text`, `files`. Answers the key of the ticket that the reply went to: another one
/// when this one was closed for good.
#[server(prefix = "/api", endpoint = "ticket/reply", input = MultipartFormData, output = Wire)]
pub async fn reply(data: MultipartData) -> Result<Raised, ApiError> {
    let entered = enter().await?;
    let posted = Posted::read(data, &entered).await?;
    let input = desk::Reply {
        key: posted.value("key"),
        text: posted.value("text"),
        place: posted.place(),
        channel: domain::ticket::Channel::Web,
    };
    let desk::Replied { key, reopened, .. } =
        posted.settle(&entered, desk::reply(&entered.backend, entered.customer().inspect_err(refuse)?, input)).await?;
    let done = match (reopened, key == posted.value("key")) {
        (true, _) => "?done=not_solved",
        (false, true) => "?done=replied",
        (false, false) => "?done=continued",
    };
    forward(&key, done);
    Ok(Raised { key })
}

/// The requester agrees that it is solved.
#[server(prefix = "/api", endpoint = "ticket/confirm", output = Wire)]
pub async fn confirm(key: String) -> Result<(), ApiError> {
    let entered = enter().await?;
    answer(desk::confirm(&entered.backend, entered.customer().inspect_err(refuse)?, &key).await)?;
    forward(&key, "?done=confirmed");
    Ok(())
}

#[server(prefix = "/api", endpoint = "ticket/withdraw", output = Wire)]
pub async fn withdraw(key: String) -> Result<(), ApiError> {
    let entered = enter().await?;
    answer(desk::withdraw(&entered.backend, entered.customer().inspect_err(refuse)?, &key).await)?;
    forward(&key, "?done=withdrawn");
    Ok(())
}

#[server(prefix = "/api", endpoint = "ticket/set_confidential", output = Wire)]
pub async fn set_confidential(key: String, on: bool) -> Result<(), ApiError> {
    let entered = enter().await?;
    answer(desk::set_confidential(&entered.backend, entered.customer().inspect_err(refuse)?, &key, on).await)?;
    forward(&key, if on { "?done=confidential" } else { "?done=not_confidential" });
    Ok(())
}

#[server(prefix = "/api", endpoint = "ticket/add_participant", output = Wire)]
pub async fn add_participant(key: String, user_id: i64) -> Result<(), ApiError> {
    let entered = enter().await?;
    answer(desk::add_participant(&entered.backend, entered.customer().inspect_err(refuse)?, &key, user_id).await)?;
    forward(&key, "?done=added");
    Ok(())
}

#[server(prefix = "/api", endpoint = "ticket/remove_participant", output = Wire)]
pub async fn remove_participant(key: String, user_id: i64) -> Result<(), ApiError> {
    let entered = enter().await?;
    answer(desk::remove_participant(&entered.backend, entered.customer().inspect_err(refuse)?, &key, user_id).await)?;
    forward(&key, "?done=removed");
    Ok(())
}
