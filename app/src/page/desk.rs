//! The desk: where staff work. Lazy pieces of their own, which a customer never downloads. Here are the routes and what
//! the pages share; each page is a module.

use domain::view::desk::DeskQuery;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::ApiError;
use crate::api::desk::{read_desk, read_desk_raise, read_desk_ticket};
use crate::api::held::{list_held, read_held};
use crate::api::wire::resource;
use crate::shell::{ProblemPage, use_frame};

mod key_dialog;
mod keyboard;
mod list;
mod mail;
mod new;
mod notifications;
mod poll;
mod query;
mod rail;
mod ticket;

use rail::Rail;

lazy_page!(desk, DeskListRoute, desk_list);

/// `/desk`.
fn desk_list() -> AnyView {
    let query = use_query_map();
    let page = resource(move || query.with(query::read), read_desk);
    list::page(page)
}

lazy_page!(desk, DeskTicketRoute, desk_ticket);

/// `/desk/{key}`.
fn desk_ticket() -> AnyView {
    let params = use_params_map();
    // Keys are written in upper case; `/desk/acme-17` is the same ticket.
    let key = Memo::new(move |_| params.with(|params| params.get_str("key").unwrap_or_default().to_ascii_uppercase()));
    let ticket = resource(move || key.get(), read_desk_ticket);
    ticket::page(ticket)
}

lazy_page!(desk, DeskNewRoute, desk_new);

/// `/desk/new`.
fn desk_new() -> AnyView {
    let query = use_query_map();
    let organisation =
        Memo::new(move |_| query.with(|query| query.get_str("organisation").unwrap_or_default().to_owned()));
    let raise = resource(move || organisation.get(), read_desk_raise);
    new::page(raise)
}

lazy_page!(desk, NotificationsRoute, desk_notifications);

/// `/desk/notifications`.
fn desk_notifications() -> AnyView {
    let query = use_query_map();
    let after = Memo::new(move |_| query.with(|query| query.get_str("after").unwrap_or_default().to_owned()));
    let notifications = resource(move || after.get(), crate::api::warning::read_notifications);
    notifications::page(notifications)
}

lazy_page!(desk, HeldListRoute, desk_mail);

/// `/desk/mail`.
fn desk_mail() -> AnyView {
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        query.with(|query| {
            let before = query.get_str("before").and_then(|before| before.parse::<i64>().ok()).unwrap_or_default();
            (query.get_str("state").unwrap_or_default().to_owned(), before)
        })
    });
    let mails = resource(move || asked.get(), |(state, before): (String, i64)| list_held(state, before));
    mail::page(mails)
}

lazy_page!(desk, HeldRoute, desk_mail_one);

/// `/desk/mail/{id}`.
fn desk_mail_one() -> AnyView {
    let params = use_params_map();
    let id = Memo::new(move |_| {
        params.with(|params| params.get_str("id").and_then(|id| id.parse::<i64>().ok()).unwrap_or_default())
    });
    mail::one(resource(move || id.get(), read_held))
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
    use std::sync::atomic::{AtomicU32, Ordering};
    // When whatever is around it is built again, its signals are new and the old content's are gone: the same key
    // then must not keep the old content either.
    static BUILT: AtomicU32 = AtomicU32::new(0);
    let built = BUILT.fetch_add(1, Ordering::Relaxed);
    let content = std::sync::Arc::new(content);
    view! { <For each=move || [(built, key())] key=Clone::clone children=move |(_, key)| content(key)/> }.into_any()
}

/// What there is to say instead of a page, in the desk's frame. To a customer there is no desk, and no such frame.
#[component]
fn Problem(error: ApiError) -> impl IntoView {
    if use_frame().is_staff() {
        view! {
            <div class="desk desk--ticket brand brand-loket">
                <Rail query=DeskQuery::default() counts=None/>
                <ProblemPage error=error/>
            </div>
        }
        .into_any()
    } else {
        view! { <ProblemPage error=error/> }.into_any()
    }
}
