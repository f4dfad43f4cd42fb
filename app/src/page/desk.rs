//! The desk: where staff work. Lazy pieces of their own, which a customer never downloads. Here are the routes and what
//! the pages share; each page is a module.

use domain::view::desk::{DeskPage, DeskRaiseView, DeskTicketView};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::{LazyRoute, lazy_route};

use crate::ApiError;
use crate::api::desk::{read_desk, read_desk_raise, read_desk_ticket};

mod keyboard;
mod list;
mod new;
mod poll;
mod query;
mod rail;
mod refused;
mod ticket;

/// `/desk`.
pub struct DeskListRoute {
    page: Resource<Result<DeskPage, ApiError>>,
}

#[lazy_route]
impl LazyRoute for DeskListRoute {
    fn data() -> Self {
        let query = use_query_map();
        let page = Resource::new_blocking(move || query.with(query::read), read_desk);
        Self { page }
    }

    fn view(this: Self) -> AnyView {
        list::page(this.page)
    }
}

/// `/desk/{key}`.
pub struct DeskTicketRoute {
    ticket: Resource<Result<DeskTicketView, ApiError>>,
}

#[lazy_route]
impl LazyRoute for DeskTicketRoute {
    fn data() -> Self {
        let params = use_params_map();
        // Keys are written in upper case; `/desk/acme-17` is the same ticket.
        let key =
            Memo::new(move |_| params.with(|params| params.get_str("key").unwrap_or_default().to_ascii_uppercase()));
        Self { ticket: Resource::new_blocking(move || key.get(), read_desk_ticket) }
    }

    fn view(this: Self) -> AnyView {
        ticket::page(this.ticket)
    }
}

/// `/desk/new`.
pub struct DeskNewRoute {
    raise: Resource<Result<DeskRaiseView, ApiError>>,
}

#[lazy_route]
impl LazyRoute for DeskNewRoute {
    fn data() -> Self {
        let query = use_query_map();
        let organisation =
            Memo::new(move |_| query.with(|query| query.get_str("organisation").unwrap_or_default().to_owned()));
        Self { raise: Resource::new_blocking(move || organisation.get(), read_desk_raise) }
    }

    fn view(this: Self) -> AnyView {
        new::page(this.raise)
    }
}

/// Builds `content` anew when `key` changes, and only then: nothing typed under one key stays in a control under the
/// next, as it would if the same elements were given new contents.
fn anew<K>(
    key: impl Fn() -> K + Send + Sync + 'static,
    content: impl Fn(K) -> AnyView + Send + Sync + 'static,
) -> AnyView
where
    K: Clone + Eq + std::hash::Hash + Send + Sync + 'static,
{
    let content = std::sync::Arc::new(content);
    view! { <For each=move || [key()] key=K::clone children=move |key| content(key)/> }.into_any()
}
