//! The head of the queue: its name, the search, the filters. All of it is links and a GET form.

use domain::brand::Brand;
use domain::ticket::Priority;
use domain::view::PersonView;
use domain::view::desk::DeskQuery;
use leptos::prelude::*;
use leptos_router::components::Form;

use super::queue_name;
use crate::component::{Glyph, Icon, KeyHint, MenuDetails};
use crate::page::again::SEARCH;
use crate::page::desk::query::{changed, queue_of};
use crate::shell::{use_frame, use_locale};
use crate::words::common::priority as priority_name;
use crate::words::desk as words;

#[component]
pub(super) fn Head(
    query: DeskQuery,
    total: i64,
    organisations: Vec<(Brand, i64)>,
    agents: Vec<PersonView>,
    forms: Vec<(String, String)>,
) -> impl IntoView {
    let locale = use_locale();
    view! {
        <div class="desk__head">
            <h1>{queue_name(locale, queue_of(&query))}" "<span class="desk__total">{total}</span></h1>
            <div class="desk__tools">
                <Search query=query.clone()/>
                <a class="button button--primary button--small" href="/desk/new">
                    {words::new_ticket(locale)} <KeyHint key="N"/>
                </a>
            </div>
        </div>
        <Filters query=query organisations=organisations agents=agents forms=forms/>
    }
    .into_any()
}

#[component]
fn Search(query: DeskQuery) -> impl IntoView {
    let locale = use_locale();
    // What the queue is asked for besides, so that searching does not forget it.
    let kept = [
        ("queue", query.queue),
        ("organisation", query.organisation),
        ("priority", query.priority),
        ("assignee", query.assignee),
        ("form", query.form),
    ];
    let kept = kept.into_iter().filter(|(_, value)| !value.is_empty());
    let kept = kept.map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view();
    view! {
        <Form method="GET" action="/desk" attr:class="search" attr:role="search">
            {kept}
            <Icon name=Glyph::Search/>
            <input
                id=SEARCH
                type="search"
                name="q"
                value=query.q
                aria-label=words::search(locale)
                placeholder=words::search(locale)
                enterkeyhint="search"
            />
            <KeyHint key="/"/>
        </Form>
    }
    .into_any()
}

#[component]
fn Filters(
    query: DeskQuery,
    organisations: Vec<(Brand, i64)>,
    agents: Vec<PersonView>,
    forms: Vec<(String, String)>,
) -> impl IntoView {
    let locale = use_locale();
    let me = use_frame().user().map_or(0, |user| user.id);
    // Each menu: what it is called, what can be chosen (an empty value is no filter), and where the choice goes.
    let menu = |label: &'static str,
                all: &'static str,
                options: Vec<(String, String)>,
                chosen: &str,
                set: fn(&mut DeskQuery, String)| {
        let options = std::iter::once((String::new(), all.to_owned())).chain(options);
        let options: Vec<_> = options
            .map(|(value, label)| {
                let current = !value.is_empty() && value == chosen;
                (changed(&query, |query| set(query, value)), label, current)
            })
            .collect();
        view! { <MenuDetails label=label options=options/> }
    };
    let organisations = organisations.into_iter().map(|(brand, _)| (brand.key, brand.name)).collect();
    let priorities =
        Priority::ALL.map(|priority| (priority.slug().to_owned(), priority_name(locale, priority).to_owned())).to_vec();
    let agent = |agent: PersonView| {
        let name = if agent.id == me { words::me(locale).to_owned() } else { agent.name };
        (agent.id.to_string(), name)
    };
    let nobody = ("none".to_owned(), words::nobody(locale).to_owned());
    let agents = std::iter::once(nobody).chain(agents.into_iter().map(agent)).collect();
    let (all, any) = (words::all_choices(locale), words::any_choice(locale));
    view! {
        <div class="filters desk__filters">
            {menu(words::organisation(locale), all, organisations, &query.organisation, |q, v| q.organisation = v)}
            {menu(words::priority(locale), all, priorities, &query.priority, |q, v| q.priority = v)}
            {menu(words::agent(locale), any, agents, &query.assignee, |q, v| q.assignee = v)}
            {menu(words::form(locale), all, forms, &query.form, |q, v| q.form = v)}
        </div>
    }
    .into_any()
}
