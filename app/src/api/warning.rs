//! Staff's own notifications: reading them and marking them as read. To customers these functions do not exist.

use super::wire::Wire;
use domain::view::notice::NoticesView;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::ApiError;

#[cfg(feature = "ssr")]
use super::context::{answer, enter, wants_html};
#[cfg(feature = "ssr")]
use backend::desk::notice;

/// `after`: where the page before ended; empty for the first.
#[server(prefix = "/api", endpoint = "desk/notifications", input = GetUrl, output = Wire)]
pub async fn read_notifications(#[server(default)] after: String) -> Result<NoticesView, ApiError> {
    let entered = enter().await?;
    answer(notice::list(&entered.backend, entered.staff()?, &after).await)
}

/// How many one has not read.
#[server(prefix = "/api", endpoint = "desk/unread", input = GetUrl, output = Wire)]
pub async fn read_unread() -> Result<i64, ApiError> {
    let entered = enter().await?;
    answer(notice::unread(&entered.backend, entered.staff()?).await)
}

/// `id` 0: all of them.
#[server(prefix = "/api", endpoint = "desk/mark_read", output = Wire)]
pub async fn mark_read(id: i64) -> Result<(), ApiError> {
    let entered = enter().await?;
    let actor = entered.staff()?;
    if id == 0 {
        answer(notice::mark_all_read(&entered.backend, actor).await)?;
    } else {
        answer(notice::mark_read(&entered.backend, actor, id).await)?;
    }
    if wants_html() {
        leptos_axum::redirect("/desk/notifications");
    }
    Ok(())
}
