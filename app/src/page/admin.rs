//! `/admin`: what admins decide for everyone. A lazy piece of its own. Here are the routes and the frame that the pages
//! share; each page is a module.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_location, use_params_map, use_query_map};

use crate::ApiError;
use crate::api::wire::{PageResource, resource};
use crate::component::{Crumbs, Skeleton, Text};
use crate::shell::{ProblemPage, use_locale};
use crate::words::admin as words;

mod calendar;
mod calendars;
mod log;
mod mail;
mod moved;
mod overview;
mod policies;
mod policy;
mod submit;

lazy_page!(admin, AdminRoute, admin_overview);

/// `/admin`.
fn admin_overview() -> AnyView {
    shown(resource(|| (), |()| overview::read()), |data| view! { <overview::Overview data/> }.into_any())
}

lazy_page!(admin, CalendarsRoute, admin_calendars);

/// `/admin/calendars`.
fn admin_calendars() -> AnyView {
    let calendars = resource(|| (), |()| crate::api::admin::read_calendars());
    shown(calendars, |view| view! { <calendars::Calendars view/> }.into_any())
}

lazy_page!(admin, CalendarRoute, admin_calendar);

/// `/admin/calendars/{id}`, or `new`.
fn admin_calendar() -> AnyView {
    let calendar = resource(place(), |(id, search)| calendar::read(id, search));
    shown(calendar, |data| view! { <calendar::CalendarPage data/> }.into_any())
}

lazy_page!(admin, PoliciesRoute, admin_policies);

/// `/admin/policies`.
fn admin_policies() -> AnyView {
    let policies = resource(place(), |(_, search)| policies::read(search));
    shown(policies, |data| view! { <policies::Policies data/> }.into_any())
}

lazy_page!(admin, PolicyRoute, admin_policy);

/// `/admin/policies/{id}`, or `new`.
fn admin_policy() -> AnyView {
    let policy = resource(place(), |(id, search)| policy::read(id, search));
    shown(policy, |data| view! { <policy::PolicyPage data/> }.into_any())
}

lazy_page!(admin, MailStateRoute, admin_mail);

/// `/admin/mail`.
fn admin_mail() -> AnyView {
    let query = use_query_map();
    let before = Memo::new(move |_| {
        query.with(|query| query.get_str("before").and_then(|before| before.parse::<i64>().ok()).unwrap_or_default())
    });
    let mail = resource(move || before.get(), crate::api::dead::read_mail_state);
    shown(mail, move |view| view! { <mail::MailState view again=mail/> }.into_any())
}

lazy_page!(admin, DeadLetterRoute, admin_dead_letter);

/// `/admin/mail/{id}`.
fn admin_dead_letter() -> AnyView {
    let place = place();
    let letter = resource(move || place().0, crate::api::dead::read_dead_letter);
    shown(letter, |view| view! { <mail::Letter view/> }.into_any())
}

/// What the address asks for: the id in it (0: `new`; -1: none that exists) and its query, which may hold a whole form.
fn place() -> impl Fn() -> (i64, String) + Send + Sync + 'static {
    let (params, search) = (use_params_map(), use_location().search);
    move || {
        let id = params.with(|params| match params.get_str("id") {
            Some("new") => 0,
            Some(id) => id.parse().ok().filter(|id| *id > 0).unwrap_or(-1),
            None => -1,
        });
        (id, search.get())
    }
}

/// A page of data that is read first.
fn shown<T>(
    data: PageResource<Result<T, ApiError>>,
    page: impl Fn(T) -> AnyView + Clone + Send + Sync + 'static,
) -> AnyView
where
    T: Clone + serde::Serialize + serde::de::DeserializeOwned + Send + Sync + 'static,
{
    view! {
        <Transition fallback=|| view! { <main class="main" id="main" tabindex="-1"><Skeleton rows=6/></main> }>
            {move || {
                let page = page.clone();
                Suspend::new(async move {
                    match data.await {
                        Ok(data) => page(data),
                        Err(error) => view! { <ProblemPage error=error/> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}

/// Which part of the administration a page belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Overview,
    Calendars,
    Policies,
    Mail,
}

/// Around every page: its parts, its title.
#[component]
fn Frame(
    part: Part,
    #[prop(into)] title: Text,
    /// The list that this page is of: address and name.
    #[prop(optional)]
    above: Option<(&'static str, &'static str)>,
    children: Children,
) -> impl IntoView {
    let locale = use_locale();
    let link = |own: Part, href: &'static str, name: &'static str| {
        view! { <li><a href=href class="admin__tab" aria-current=(own == part).then_some("true")>{name}</a></li> }
    };
    let name = title.to_string();
    let crumbs = above.map(|(href, list)| {
        view! { <Crumbs trail=vec![(href.to_owned(), list.to_owned())] here=title.to_string()/> }
    });
    view! {
        <Title text=name/>
        <main class="main admin" id="main" tabindex="-1">
            <nav class="admin__tabs" aria-label=words::administration(locale)>
                <ul>
                    {link(Part::Overview, "/admin", words::overview(locale))}
                    {link(Part::Calendars, "/admin/calendars", words::calendars(locale))}
                    {link(Part::Policies, "/admin/policies", words::policies(locale))}
                    {link(Part::Mail, "/admin/mail", crate::words::mail::mail(locale))}
                </ul>
            </nav>
            {crumbs}
            <h1>{title}</h1>
            {children()}
        </main>
    }
    .into_any()
}
