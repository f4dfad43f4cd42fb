//! What customers' pages read. Nothing here changes a ticket, and nothing here decides: scope and shape are the desk's.

use domain::view::portal::{ArticleView, HomeView, RaiseView, RequestPage, RequestQuery, RequestView};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

#[cfg(feature = "ssr")]
use super::context::{answer, enter, refuse};
use super::wire::Wire;
use crate::ApiError;

#[server(prefix = "/api", endpoint = "portal/home", input = GetUrl, output = Wire)]
pub async fn read_home() -> Result<HomeView, ApiError> {
    let entered = enter().await?;
    answer(
        backend::desk::portal::home(&entered.backend, entered.customer().inspect_err(refuse)?, entered.locale()).await,
    )
}

/// The form `form` with its draft and what is promised.
#[server(prefix = "/api", endpoint = "portal/raise", input = GetUrl, output = Wire)]
pub async fn read_raise(form: String) -> Result<RaiseView, ApiError> {
    let entered = enter().await?;
    answer(
        backend::desk::portal::raise_page(
            &entered.backend,
            entered.customer().inspect_err(refuse)?,
            entered.locale(),
            &form,
        )
        .await,
    )
}

#[server(prefix = "/api", endpoint = "portal/requests", input = GetUrl, output = Wire)]
pub async fn list_requests(query: RequestQuery) -> Result<RequestPage, ApiError> {
    let entered = enter().await?;
    answer(
        backend::desk::portal::requests(
            &entered.backend,
            entered.customer().inspect_err(refuse)?,
            entered.locale(),
            query,
        )
        .await,
    )
}

/// One request. Reading it marks it as read.
#[server(prefix = "/api", endpoint = "portal/request", input = GetUrl, output = Wire)]
pub async fn read_request(key: String) -> Result<RequestView, ApiError> {
    let entered = enter().await?;
    answer(
        backend::desk::portal::request(
            &entered.backend,
            entered.customer().inspect_err(refuse)?,
            entered.locale(),
            &key,
        )
        .await,
    )
}

#[server(prefix = "/api", endpoint = "portal/article", input = GetUrl, output = Wire)]
pub async fn read_article(slug: String) -> Result<ArticleView, ApiError> {
    let entered = enter().await?;
    answer(
        backend::desk::portal::article(&entered.backend, entered.actor().inspect_err(refuse)?, entered.locale(), &slug)
            .await,
    )
}
