//! The filters of the list. Choosing one starts again at the first page.

use domain::ticket::Status;
use domain::view::portal::RequestQuery;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::query::{href, pairs};
use crate::component::{Glyph, Icon, MenuDetails, Segmented};
use crate::page::again::SEARCH;
use crate::shell::use_locale;
use crate::words::portal as words;

#[component]
pub(super) fn Filters(
    query: RequestQuery,
    forms: Vec<(String, String)>,
    own_only: bool,
    organisation: String,
) -> impl IntoView {
    let locale = use_locale();
    let start = RequestQuery { after: String::new(), before: String::new(), ..query.clone() };
    let option = |change: &dyn Fn(&mut RequestQuery), label: String, current: bool| {
        let mut query = start.clone();
        change(&mut query);
        (href(&query), label, current)
    };
    let mine = query.whose == "mine";
    let whose = vec![
        option(&|q| q.whose = "mine".to_owned(), words::mine(locale).to_owned(), mine),
        option(&|q| q.whose.clear(), organisation, !mine),
    ];
    let all = query.closed_too();
    let choose_open = |q: &mut RequestQuery| {
        // A closed one is never among the open ones.
        if q.status == Status::Closed.slug() {
            q.status.clear();
        }
        q.show.clear();
        if q.closed_too() {
            q.show = "open".to_owned();
        }
        // Nor is one that is asked for by its key always one of them.
        if q.closed_too() {
            q.q.clear();
            q.show.clear();
        }
    };
    let show = vec![
        option(&choose_open, words::open(locale).to_owned(), !all),
        option(&|q| q.show = "all".to_owned(), words::all(locale).to_owned(), all),
    ];
    let mut statuses =
        vec![option(&|q| q.status.clear(), words::any_status(locale).to_owned(), query.status.is_empty())];
    for status in Status::ALL {
        let slug = status.slug();
        let choose = |q: &mut RequestQuery| {
            q.status = slug.to_owned();
            if status == Status::Closed {
                q.show = "all".to_owned();
            }
        };
        statuses.push(option(&choose, words::status_name(locale, status).to_owned(), query.status == slug));
    }
    let mut form_options = vec![option(&|q| q.form.clear(), words::any_form(locale).to_owned(), query.form.is_empty())];
    for (slug, title) in forms {
        let current = query.form == slug;
        form_options.push(option(&|q| q.form = slug.clone(), title, current));
    }
    let sorts = [
        ("", words::sort_activity(locale)),
        ("newest", words::sort_newest(locale)),
        ("deadline", words::sort_deadline(locale)),
    ];
    let sorts = sorts.map(|(slug, label)| option(&|q| q.sort = slug.to_owned(), label.to_owned(), query.sort == slug));
    view! {
        <div class="filters">
            {(!own_only).then(|| view! { <Segmented label=words::whose(locale) options=whose/> })}
            <Segmented label=words::open_or_all(locale) options=show/>
            <MenuDetails label=words::status(locale) options=statuses/>
            <MenuDetails label=words::form(locale) options=form_options/>
            <MenuDetails label=words::sort(locale) options=sorts.into()/>
            <Search query=start/>
        </div>
    }
    .into_any()
}

#[component]
fn Search(query: RequestQuery) -> impl IntoView {
    let locale = use_locale();
    let navigate = use_navigate();
    let asked = query.q;
    // What else was asked for, so that searching does not forget it; but each search finds closed ones too at first.
    let show = if query.show == "open" { String::new() } else { query.show };
    let kept = RequestQuery { q: String::new(), show, ..query };
    let hidden = pairs(&kept)
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view();
    let search = NodeRef::<leptos::html::Input>::new();
    let submit = move |event: SubmitEvent| {
        let Some(input) = search.get_untracked() else { return };
        event.prevent_default();
        navigate(&href(&RequestQuery { q: input.value().trim().to_owned(), ..kept.clone() }), Default::default());
    };
    view! {
        <form class="search" method="get" action="/requests" role="search" on:submit=submit>
            {hidden}
            <Icon name=Glyph::Search/>
            <input
                id=SEARCH
                type="search"
                name="q"
                node_ref=search
                value=asked
                placeholder=words::search_requests(locale)
                aria-label=words::search_requests(locale)
                maxlength="200"
                enterkeyhint="search"
            />
        </form>
    }
    .into_any()
}
