//! `/articles/{slug}`: something to read.

use domain::view::portal::ArticleView;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{Main, page_or_problem, waiting};
use crate::api::portal::read_article;
use crate::api::wire::resource;
use crate::component::Crumbs;
use crate::shell::{use_frame, use_locale};
use crate::words::portal as words;

lazy_page!(portal, ArticleRoute, article);

fn article() -> AnyView {
    let params = use_params_map();
    let slug = move || params.with(|params| params.get("slug").unwrap_or_default());
    let article = resource(slug, read_article);
    view! {
        <Suspense fallback=waiting>
            {move || Suspend::new(async move {
                page_or_problem(article.await, |article| view! { <Article article=article/> }.into_any())
            })}
        </Suspense>
    }
    .into_any()
}

#[component]
fn Article(article: ArticleView) -> impl IntoView {
    let paragraphs = article.paragraphs.into_iter().map(|text| match text.strip_prefix("# ") {
        Some(heading) => view! { <h2>{heading.to_owned()}</h2> }.into_any(),
        None => view! { <p>{text}</p> }.into_any(),
    });
    view! {
        <Main title=article.title.clone()>
            <Crumbs trail=vec![(use_frame().home().to_owned(), words::home(use_locale()).to_owned())] here=article.title.clone()/>
            <article class="prose">
                <h1>{article.title}</h1>
                {paragraphs.collect_view()}
            </article>
        </Main>
    }
}
