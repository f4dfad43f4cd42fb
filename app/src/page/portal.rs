//! The customer's pages, each a lazy piece of its own. What they share is here: the page's frame, posting forms, keeping
//! a page fresh, and the words for what happened on a request.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::ApiError;
use crate::component::{Skeleton, Text};
use crate::shell::ProblemPage;

mod article;
mod home;
mod live;
mod notifications;
mod raise;
mod request;
mod requests;
mod saying;
mod submit;

pub use article::ArticleRoute;
pub use home::HomeRoute;
pub use notifications::NoticesRoute;
pub use raise::{RaiseChooseRoute, RaiseRoute};
pub use request::RequestRoute;
pub use requests::RequestsRoute;

/// The page's own part of the document, with its title.
#[component]
fn Main(#[prop(into)] title: Text, children: Children) -> impl IntoView {
    view! {
        <Title text=title/>
        <main id="main" class="main" tabindex="-1">{children()}</main>
    }
    .into_any()
}

/// While the page's data is on its way.
fn waiting() -> AnyView {
    view! { <main id="main" class="main" aria-busy="true"><Skeleton/></main> }.into_any()
}

/// The page, or what there is to say instead of it.
fn page_or_problem<T>(answer: Result<T, ApiError>, page: impl FnOnce(T) -> AnyView) -> AnyView {
    match answer {
        Ok(data) => page(data),
        Err(error) => view! { <ProblemPage error=error/> }.into_any(),
    }
}
