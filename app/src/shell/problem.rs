//! The page when there is no page to show: it does not exist, is not yours, or did not work this time.

use domain::i18n::Locale;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_location;

use super::header::Header;
use super::{Area, area, set_status, use_frame, use_locale};
use crate::ApiError;
use crate::words::account as words;

/// 404. The same for what does not exist and for what belongs to someone else.
#[component]
pub fn NotFound() -> impl IntoView {
    // Pages of the desk bring their own frame, and this is none of them.
    let frameless = use_frame().is_staff() && use_location().pathname.with_untracked(|path| area(path)) == Area::Desk;
    view! {
        {frameless.then(|| view! { <Header/> }.into_any())}
        <ProblemPage error=ApiError::NotFound/>
    }
    .into_any()
}

/// The whole page of an error, with its HTTP status.
#[component]
pub fn ProblemPage(error: ApiError) -> impl IntoView {
    let locale = use_locale();
    set_status(error.status());
    let (title, text) = match &error {
        ApiError::NotFound => (words::not_found(locale), words::not_found_text(locale)),
        ApiError::SignedOut => (words::signed_out(locale), words::signed_out_text(locale)),
        ApiError::Forbidden => (words::forbidden(locale), words::forbidden_text(locale)),
        ApiError::RateLimited(_) => (words::too_often(locale), words::too_often_text(locale)),
        ApiError::Unavailable | ApiError::Network => (words::unreachable(locale), words::unreachable_text(locale)),
        ApiError::Outdated => (words::outdated(locale), words::outdated_text(locale)),
        _ => (words::failed(locale), words::failed_text(locale)),
    };
    let reference = match &error {
        ApiError::Internal { request_id } if !request_id.is_empty() => Some(words::reference(locale, request_id)),
        _ => None,
    };
    view! {
        <Title text=title/>
        <main id="main" class="main narrow" tabindex="-1">
            <h1>{title}</h1>
            <p>{text}</p>
            {reference.map(|text| view! { <p class="muted">{text}</p> })}
            <p>{way_out(&error, locale)}</p>
        </main>
    }
    .into_any()
}

/// Where to go from here: back to this page by way of signing in, or to the start.
fn way_out(error: &ApiError, locale: Locale) -> AnyView {
    if !matches!(error, ApiError::SignedOut | ApiError::Outdated) {
        return view! { <a href=use_frame().home()>{words::to_start(locale)}</a> }.into_any();
    }
    let location = use_location();
    let (path, search) = (location.pathname.get_untracked(), location.search.get_untracked());
    let here = if search.is_empty() { path } else { [path.as_str(), "?", &search].concat() };
    if *error == ApiError::Outdated {
        return view! { <a class="button button--primary" href=here rel="external">{words::load_again(locale)}</a> }
            .into_any();
    }
    let href = ["/login?next=", &crate::url::encode(&here)].concat();
    view! { <a href=href rel="external">{words::sign_in(locale)}</a> }.into_any()
}
