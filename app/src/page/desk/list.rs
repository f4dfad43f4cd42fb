//! `/desk`: the queues. What burns stands on top; the rest follows by deadline.

use std::sync::Arc;

use domain::view::desk::{DeskPage, DeskQuery};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::query::{changed, list_href, queue_of, read};
use super::rail::{Rail, Top, queue_name};
use super::{Problem, poll::poll, query};
use crate::ApiError;
use crate::api::desk::read_desk;
use crate::api::wire::PageResource;
use crate::component::{BrandStyle, EmptyState, Horizon, Notice, NoticeKind, Pager, Skeleton, use_now};
use crate::page::again::{keep_search, look_again};
use crate::shell::use_locale;
use crate::words::desk as words;

mod group;
mod head;
mod keys;
mod rows;

use head::Head;
use keys::{KeyLine, Selection};
use rows::Rows;

pub(super) fn page(page: PageResource<Result<DeskPage, ApiError>>) -> AnyView {
    let selection = Selection::provide();
    let query = use_query_map();
    // A connection that fails for a moment does not take away what is seen.
    let stale = RwSignal::new(false);
    let clock = use_now();
    poll(move || {
        spawn_local(async move {
            let asked = || query.try_with_untracked(read);
            let failed = look_again(page, clock, asked, read_desk, |page| &mut page.now).await.is_err();
            if stale.try_get_untracked().is_some_and(|stale| stale != failed) {
                stale.set(failed);
            }
        });
    });
    keep_search();
    selection.listen();
    view! {
        <Transition fallback=|| view! { <Waiting/> }>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(page) => {
                        if stale.get_untracked() {
                            stale.set(false);
                        }
                        view! { <Desk query=query.with_untracked(read) page=page stale=stale/> }.into_any()
                    }
                    Err(error) => view! { <Problem error=error/> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

/// The frame of the page while its first rows are on their way.
#[component]
fn Waiting() -> impl IntoView {
    view! {
        <div class="desk brand brand-loket">
            <Rail query=DeskQuery::default() counts=None/>
            <main id="main" class="desk__main" tabindex="-1"><Skeleton rows=8/></main>
        </div>
    }
    .into_any()
}

#[component]
fn Desk(query: DeskQuery, page: DeskPage, stale: RwSignal<bool>) -> impl IntoView {
    let locale = use_locale();
    use_now().sync(page.now);
    let DeskPage { counts, organisations, agents, forms, rows, total, next, previous, deadlines, schedule, .. } = page;
    let schedule = Arc::new(schedule);
    let name = queue_name(locale, queue_of(&query));
    let mut brands: Vec<_> = organisations.iter().map(|(brand, _)| brand.clone()).collect();
    for row in &rows {
        if !brands.iter().any(|brand| brand.key == row.organisation.key) {
            brands.push(row.organisation.clone());
        }
    }
    let turn = |change: fn(&mut DeskQuery, String), cursor: Option<String>| {
        cursor.map(|cursor| changed(&query, |query| change(query, cursor)))
    };
    let next = turn(|query, cursor| query.after = cursor, next);
    let previous = turn(|query, cursor| query.before = cursor, previous);
    let first_page = previous.is_none();
    let horizon = !deadlines.is_empty() && !matches!(queue_of(&query), "waiting" | "resolved" | "all");
    let pages = next.is_some() || previous.is_some();
    let body = if rows.is_empty() {
        view! { <Nothing query=query.clone()/> }.into_any()
    } else {
        view! { <Rows query=query.clone() rows=rows schedule=schedule.clone() more=next.is_some()/> }.into_any()
    };
    view! {
        <Title text=name/>
        <BrandStyle brands=brands/>
        <div class="desk brand brand-loket">
            <Rail query=query.clone() counts=Some(counts) organisations=organisations.clone()/>
            <Top query=query.clone() counts=counts organisations=organisations.clone() total=total/>
            <main id="main" class="desk__main" tabindex="-1">
                <Head query=query total=total organisations=organisations agents=agents forms=forms/>
                {move || stale.get().then(|| view! { <Notice kind=NoticeKind::Risk>{words::stale(locale)}</Notice> })}
                {(horizon && first_page).then(|| view! { <Horizon schedule=schedule.clone() deadlines=deadlines/> })}
                {body}
                {pages.then(|| view! { <Pager previous=previous next=next/> })}
                <KeyLine/>
            </main>
        </div>
    }
    .into_any()
}

/// No rows: because of the filters, or because there is nothing to do.
#[component]
fn Nothing(query: DeskQuery) -> impl IntoView {
    let locale = use_locale();
    let filtered = query != DeskQuery { queue: query.queue.clone(), ..DeskQuery::default() };
    if filtered {
        let everything = query::queue_href(queue_of(&query));
        let everywhere = (queue_of(&query) != "all" && !query.q.is_empty()).then(|| {
            let href = list_href(&DeskQuery { queue: "all".to_owned(), q: query.q.clone(), ..DeskQuery::default() });
            view! { <a class="button" href=href>{words::search_all(locale)}</a> }
        });
        view! {
            <EmptyState title=words::nothing_found(locale) text=words::nothing_found_text(locale)>
                <a class="button" href=everything>{words::without_filters(locale)}</a>
                {everywhere}
            </EmptyState>
        }
        .into_any()
    } else {
        let (title, text) = match queue_of(&query) {
            "new" => (words::no_new(locale), words::no_new_text(locale)),
            "mine" => (words::no_mine(locale), words::no_mine_text(locale)),
            "past_due" | "at_risk" => (words::no_late(locale), words::no_late_text(locale)),
            _ => (words::no_tickets(locale), words::no_tickets_text(locale)),
        };
        view! { <EmptyState title=title text=text><a class="button" href="/desk">{words::all_open(locale)}</a></EmptyState> }
            .into_any()
    }
}
