//! `/requests`: the list. Its whole state is in the address, so every filter is a link and works without JavaScript.

use std::sync::Arc;

use domain::i18n::Locale;
use domain::sla::Schedule;
use domain::ticket::CloseReason;
use domain::time::Instant;
use domain::view::portal::{RequestPage, RequestQuery, RequestRow};
use leptos::prelude::*;
#[cfg(not(feature = "hydrate"))]
use leptos::tachys::html::InertElement;
use leptos::task::spawn_local;
use leptos_router::hooks::use_query_map;

mod filters;
mod query;
mod row;

use filters::Filters;
use query::{href, read_query};
#[cfg(feature = "hydrate")]
use row::Row;

use super::live::keep_fresh;
use super::{Main, page_or_problem, waiting};
use crate::api::portal::list_requests;
use crate::api::wire::resource;
use crate::component::LineStyle;
use crate::component::markup::ClockFace;
#[cfg(not(feature = "hydrate"))]
use crate::component::markup::Markup;
#[cfg(feature = "hydrate")]
use crate::component::markup::keep_lines;
use crate::component::{EmptyState, Glyph, Icon, Pager, use_now};
use crate::page::again::{keep_search, look_again};
use crate::shell::{use_frame, use_locale};
use crate::words::portal as words;

lazy_page!(list, RequestsRoute, requests);

fn requests() -> AnyView {
    let url = use_query_map();
    let query = Memo::new(move |_| url.with(read_query));
    let page = resource(move || query.get(), list_requests);
    let clock = use_now();
    keep_fresh(move || {
        spawn_local(async move {
            // What cannot be reached now is asked again soon; until then the page stays.
            let _ = look_again(page, clock, || query.try_get_untracked(), list_requests, |page| &mut page.now).await;
        });
    });
    keep_search();
    view! {
        <Transition fallback=waiting>
            {move || Suspend::new(async move {
                let answer = page.await;
                let query = query.get_untracked();
                page_or_problem(answer, |page| view! { <Requests page=page query=query/> }.into_any())
            })}
        </Transition>
    }
    .into_any()
}

#[component]
fn Requests(page: RequestPage, query: RequestQuery) -> impl IntoView {
    let locale = use_locale();
    use_now().sync(page.now);
    let organisation = use_frame().with(|session| session.brand.name.clone());
    let schedule = Arc::new(page.schedule);
    let to = |cursor: Option<String>, forwards: bool| {
        cursor.map(|cursor| {
            let (after, before) = if forwards { (cursor, String::new()) } else { (String::new(), cursor) };
            href(&RequestQuery { after, before, ..query.clone() })
        })
    };
    let (previous, next) = (to(page.previous, false), to(page.next, true));
    let list = if page.rows.is_empty() {
        let any = page.open_total + page.closed_total > 0;
        view! { <Nothing query=query.clone() any=any own_only=page.own_only organisation=organisation.clone()/> }
            .into_any()
    } else {
        view! { <Table rows=page.rows schedule=schedule/> }.into_any()
    };
    view! {
        <Main title=words::requests(locale)>
            <div class="title-row">
                <h1>{words::requests(locale)}</h1>
                <a class="button button--primary" href="/requests/new">
                    <Icon name=Glyph::Plus/>
                    <span class="only-wide">{words::new_request(locale)}</span>
                    <span class="only-narrow">{words::new_short(locale)}</span>
                </a>
            </div>
            <Filters query=query forms=page.forms own_only=page.own_only organisation=organisation/>
            {list}
            <Pager previous=previous next=next/>
            <p class="total-line">{words::totals(locale, page.open_total, page.closed_total)}</p>
        </Main>
    }
}

#[component]
fn Table(rows: Vec<RequestRow>, schedule: Arc<Schedule>) -> impl IntoView {
    let locale = use_locale();
    view! {
        <table class="requests" role="table">
            <caption class="visually-hidden">{words::requests(locale)}</caption>
            <thead role="rowgroup">
                <tr role="row">
                    <th scope="col" role="columnheader">{words::request(locale)}</th>
                    <th scope="col" role="columnheader">{words::requester(locale)}</th>
                    <th scope="col" role="columnheader">{words::status(locale)}</th>
                    <th scope="col" role="columnheader">{words::waits_for(locale)}</th>
                    <th scope="col" role="columnheader">{words::priority(locale)}</th>
                    <th scope="col" role="columnheader">{words::time(locale)}</th>
                    <th scope="col" role="columnheader" class="requests__last">{words::last_activity(locale)}</th>
                </tr>
            </thead>
            {body(rows, schedule)}
        </table>
    }
    .into_any()
}

#[cfg(feature = "hydrate")]
fn body(rows: Vec<RequestRow>, schedule: Arc<Schedule>) -> impl IntoView {
    let (locale, now) = (use_locale(), use_now());
    let at = now.untracked();
    let faces: Vec<ClockFace> = rows.iter().map(|row| face(locale, &schedule, row, at)).collect();
    let drawn: Vec<Arc<Row>> =
        rows.iter().zip(&faces).map(|(row, face)| Arc::new(Row::new(locale, now, row, face.clone()))).collect();
    let (lines, faces) = rows
        .into_iter()
        .zip(&drawn)
        .zip(faces)
        .filter(|((row, _), _)| !is_dropped(row))
        .map(|((row, drawn), face)| ((drawn.id().to_owned(), row.clocks), face))
        .unzip();
    keep_lines(schedule, lines, faces, LineStyle::Portal);
    view! {
        <tbody role="rowgroup">
            <For
                each=move || drawn.clone()
                key=Arc::clone
                children=|row| row.view()
            />
        </tbody>
    }
}

/// What the other one draws, at once: the two marks at the end stand for the end of the rows and of the element's children.
#[cfg(not(feature = "hydrate"))]
fn body(rows: Vec<RequestRow>, schedule: Arc<Schedule>) -> impl IntoView {
    /// As much as a row takes, as a rule.
    const ROW: usize = 1_408;
    let (locale, now) = (use_locale(), use_now());
    let at = now.untracked();
    let start = Markup::with_capacity(rows.len() * ROW + 64).raw("<tbody role=\"rowgroup\">");
    let drawn = rows.iter().fold(start, |markup, row| {
        let clock = face(locale, &schedule, row, at);
        row::draw(markup, locale, now, row, &clock)
    });
    InertElement::new(drawn.raw("<!><!></tbody>").done())
}

/// What a row says of its promise.
fn face(locale: Locale, schedule: &Schedule, row: &RequestRow, at: Instant) -> ClockFace {
    if is_dropped(row) {
        return ClockFace::dropped(locale);
    }
    ClockFace::of(locale, schedule, &row.clocks, at, LineStyle::Portal)
}

fn is_dropped(row: &RequestRow) -> bool {
    row.close_reason.is_some_and(CloseReason::drops_promise)
}

/// Three kinds of nothing: filtered away, all done, and never used.
#[component]
fn Nothing(query: RequestQuery, any: bool, own_only: bool, organisation: String) -> impl IntoView {
    let locale = use_locale();
    let filtered = !(query.q.is_empty()
        && query.status.is_empty()
        && query.form.is_empty()
        && query.after.is_empty()
        && query.before.is_empty());
    let new = move || view! { <a class="button button--primary" href="/requests/new">{words::new_request(locale)}</a> };
    if filtered {
        // A closed one is of no other status.
        let closed = (!query.closed_too() && query.status.is_empty()).then(|| {
            let all = RequestQuery { after: String::new(), before: String::new(), ..query.clone() };
            let all = href(&RequestQuery { show: "all".to_owned(), ..all });
            let label =
                if query.q.is_empty() { words::show_closed_requests(locale) } else { words::search_closed_too(locale) };
            view! { <a class="button" href=all>{label}</a> }
        });
        let clear = href(&RequestQuery { whose: query.whose, show: query.show, ..RequestQuery::default() });
        return view! {
            <EmptyState title=words::nothing_found(locale) text=words::nothing_found_text(locale)>
                {closed}
                <a class="button" href=clear>{words::clear_filters(locale)}</a>
            </EmptyState>
        }
        .into_any();
    }
    if query.show == "all" || !any {
        return view! {
            <EmptyState title=words::no_requests_yet(locale) text=words::no_requests_yet_text(locale)>{new()}</EmptyState>
        }
        .into_any();
    }
    let text = if own_only || query.whose == "mine" {
        words::you_have_no_open_requests(locale).to_owned()
    } else {
        words::no_open_requests(locale, &organisation)
    };
    let all = href(&RequestQuery { show: "all".to_owned(), ..query });
    view! {
        <EmptyState title=words::nothing_is_waiting(locale) text=text>
            {new()}
            <a class="button" href=all>{words::show_closed_requests(locale)}</a>
        </EmptyState>
    }
    .into_any()
}
