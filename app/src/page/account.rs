//! Signing in, what leads there, and one's own account.

#[allow(clippy::module_inception, reason = "the page of that address is one of this area's")]
mod account;
mod feed;
mod forgotten;
mod link;
mod login;
mod people;
mod preferences;
mod suggested;
mod unsubscribe;

use domain::problem::FieldProblem;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

pub use account::AccountRoute;
pub use forgotten::ForgottenRoute;
pub use link::LinkRoute;
pub use login::LoginRoute;
pub use unsubscribe::UnsubscribeRoute;

use crate::ApiError;
use crate::component::{BrandMark, Notice, NoticeKind};
use crate::shell::{use_frame, use_locale};
use crate::words::account as words;
use crate::words::common;

/// What the last answer of an action found wrong with the fields. Also what a redirect without JavaScript brought.
fn problems_of<S>(action: ServerAction<S>) -> Signal<Vec<FieldProblem>>
where
    S: ServerFn<Error = ApiError> + Clone + Send + Sync + 'static,
    S::Output: Clone + Send + Sync + 'static,
{
    let value = action.value();
    Signal::derive(move || {
        value.with(|value| match value {
            Some(Err(error)) => error.problems().to_vec(),
            _ => Vec::new(),
        })
    })
}

/// What went wrong apart from the fields, in words: above the form.
fn trouble_of<S>(action: ServerAction<S>) -> Signal<Option<String>>
where
    S: ServerFn<Error = ApiError> + Clone + Send + Sync + 'static,
    S::Output: Clone + Send + Sync + 'static,
{
    let locale = use_locale();
    let value = action.value();
    Signal::derive(move || {
        value.with(|value| match value {
            Some(Err(ApiError::Invalid(problems))) => problems
                .iter()
                .find(|problem| problem.field.is_empty())
                .map(|problem| common::problem(locale, &problem.problem)),
            Some(Err(ApiError::RateLimited(seconds))) => Some(words::try_again_in(locale, seconds.div_ceil(60))),
            Some(Err(ApiError::SignedOut)) => Some(words::signed_out(locale).to_owned()),
            Some(Err(ApiError::NotFound | ApiError::Forbidden)) => Some(words::forbidden(locale).to_owned()),
            Some(Err(ApiError::Network | ApiError::Unavailable)) => Some(words::unreachable(locale).to_owned()),
            Some(Err(_)) => Some(words::failed(locale).to_owned()),
            _ => None,
        })
    })
}

/// Says what went wrong, as soon as it did.
#[component]
fn Trouble(text: Signal<Option<String>>) -> impl IntoView {
    view! {
        <div role="alert">
            {move || text.get().map(|text| view! { <Notice kind=NoticeKind::Danger>{text}</Notice> })}
        </div>
    }
    .into_any()
}

/// Mark and name above a page that has no header.
#[component]
fn Letterhead() -> impl IntoView {
    let brand = use_frame().with(|session| session.brand.clone());
    let name = brand.name.clone();
    view! {
        <a class="masthead__brand" href=use_frame().home()>
            <BrandMark brand=brand/>
            <span class="masthead__name">{name}</span>
        </a>
    }
    .into_any()
}

/// A query value of the page's URL.
fn query(name: &'static str) -> String {
    leptos_router::hooks::use_query_map().with_untracked(|query| query.get(name).unwrap_or_default())
}
