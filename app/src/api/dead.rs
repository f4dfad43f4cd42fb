//! The state of mail and what did not leave, for admins.

use super::wire::Wire;
use domain::view::notice::{DeadLetterView, DeadLettersView};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::ApiError;

#[cfg(feature = "ssr")]
use super::admin::admin;
#[cfg(feature = "ssr")]
use super::context::{answer, enter, wants_html};
#[cfg(feature = "ssr")]
use backend::desk::outbox;

/// `before`: where the page before ended; 0 for the first.
#[server(prefix = "/api", endpoint = "admin/mail", input = GetUrl, output = Wire)]
pub async fn read_mail_state(#[server(default)] before: i64) -> Result<DeadLettersView, ApiError> {
    let entered = enter().await?;
    answer(outbox::dead_letters(&entered.backend, admin(&entered)?, (before > 0).then_some(before)).await)
}

#[server(prefix = "/api", endpoint = "admin/dead_letter", input = GetUrl, output = Wire)]
pub async fn read_dead_letter(id: i64) -> Result<DeadLetterView, ApiError> {
    let entered = enter().await?;
    answer(outbox::read(&entered.backend, admin(&entered)?, id).await)
}

/// `id` 0: all of them.
#[server(prefix = "/api", endpoint = "admin/retry_mail", output = Wire)]
pub async fn retry_mail(id: i64) -> Result<(), ApiError> {
    let entered = enter().await?;
    let actor = admin(&entered)?;
    if id == 0 {
        answer(outbox::retry_all(&entered.backend, actor).await)?;
    } else {
        answer(outbox::retry(&entered.backend, actor, id).await)?;
    }
    done("retried");
    Ok(())
}

/// It is never sent.
#[server(prefix = "/api", endpoint = "admin/discard_mail", output = Wire)]
pub async fn discard_mail(id: i64) -> Result<(), ApiError> {
    let entered = enter().await?;
    answer(outbox::discard(&entered.backend, admin(&entered)?, id).await)?;
    done("discarded");
    Ok(())
}

/// After a form that was posted without JavaScript: the list, which says what was done. A live page stays.
#[cfg(feature = "ssr")]
fn done(what: &str) {
    if wants_html() {
        leptos_axum::redirect(&["/admin/mail?done=", what].concat());
    }
}
