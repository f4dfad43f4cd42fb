//! `/`: the front door of an organisation's portal.

use std::sync::Arc;

use domain::i18n::Locale;
use domain::sla::Schedule;
use domain::time::Instant;
use domain::view::PersonView;
use domain::view::portal::{FormLink, HomeView, NoticeView, RequestRow};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::live::keep_fresh;
use super::saying::{first_name, standing};
use super::{Main, page_or_problem, waiting};
use crate::api::portal::read_home;
use crate::api::wire::resource;
use crate::component::{Avatar, ClockLine, Glyph, Icon, LineStyle, Notice, OpenNow, StatusLabel, WeekStrip, use_now};
use crate::format;
use crate::page::again::look_again;
use crate::shell::{use_frame, use_locale};
use crate::words::portal as words;

lazy_page!(portal, HomeRoute, home);

fn home() -> AnyView {
    let home = resource(|| (), |()| read_home());
    let clock = use_now();
    keep_fresh(move || {
        spawn_local(async move {
            // What cannot be reached now is asked again soon; until then the page stays.
            let _ = look_again(home, clock, || Some(()), |()| read_home(), |home| &mut home.now).await;
        });
    });
    view! {
        <Transition fallback=waiting>
            {move || Suspend::new(async move {
                page_or_problem(home.await, |home| view! { <Home home=home/> }.into_any())
            })}
        </Transition>
    }
    .into_any()
}

#[component]
fn Home(home: HomeView) -> impl IntoView {
    let locale = use_locale();
    let frame = use_frame();
    use_now().sync(home.now);
    let schedule = Arc::new(home.schedule);
    let name = frame.user().map(|user| first_name(&user.name).to_owned()).unwrap_or_default();
    let (organisation, phone) = frame.with(|session| (session.brand.name.clone(), session.phone.clone()));
    view! {
        <Main title=words::home(locale)>
            <div class="greeting">
                <div>
                    <h1>{greeting(locale, &schedule, home.now, &name)}</h1>
                    <OpenNow schedule=schedule.clone()/>
                </div>
                <div class="greeting__hours"><WeekStrip schedule=schedule.clone() caption=true/></div>
            </div>
            {home.notice.map(|notice| view! { <Announcement notice=notice/> })}
            {(!home.welcome.is_empty()).then(|| view! { <p class="welcome">{home.welcome}</p> })}
            <div class="columns">
                <div class="columns__main">
                    <section class="section">
                        <div class="section__head"><h2>{words::how_can_we_help(locale)}</h2></div>
                        <Offers forms=home.forms/>
                    </section>
                    <OpenRequests rows=home.open total=home.open_total schedule=schedule organisation=organisation.clone()/>
                </div>
                <aside class="columns__side">
                    <Links title=words::helpful_articles(locale) icon=Glyph::Article links=article_links(home.articles)/>
                    <Links title=words::links_of(locale, &organisation) icon=Glyph::External links=home.links/>
                    <Contacts manager=home.account_manager phone=phone/>
                </aside>
            </div>
        </Main>
    }
}

/// The desk's time of day, since that is the clock this page shows.
fn greeting(locale: Locale, schedule: &Schedule, now: Instant, name: &str) -> String {
    match format::part_of_day(schedule.zone.civil(now)) {
        0 => words::good_morning(locale, name),
        1 => words::good_afternoon(locale, name),
        _ => words::good_evening(locale, name),
    }
}

#[component]
fn Announcement(notice: NoticeView) -> impl IntoView {
    view! {
        <Notice>
            {(!notice.heading.is_empty()).then(|| view! { <b>{notice.heading}</b> " " })}
            {notice.text}
            {notice.link.map(|(title, href)| view! { " " <a href=href>{title}</a> })}
        </Notice>
    }
}

/// The forms to choose from.
#[component]
pub(super) fn Offers(forms: Vec<FormLink>) -> impl IntoView {
    let offers = forms.into_iter().map(|form| {
        view! {
            <a class="offer" href=["/requests/new/", &form.slug].concat()>
                <Icon name=form_glyph(form.icon)/>
                <span class="offer__title">{form.title}</span>
                <span class="offer__text">{form.summary}</span>
                <Icon name=Glyph::ChevronRight/>
            </a>
        }
    });
    view! { <div class="offers">{offers.collect_view()}</div> }.into_any()
}

const fn form_glyph(icon: domain::form::FormIcon) -> Glyph {
    match icon {
        domain::form::FormIcon::Problem => Glyph::Problem,
        domain::form::FormIcon::Question => Glyph::Question,
        domain::form::FormIcon::Change => Glyph::Change,
        domain::form::FormIcon::Person => Glyph::Person,
    }
}

#[component]
fn OpenRequests(rows: Vec<RequestRow>, total: i64, schedule: Arc<Schedule>, organisation: String) -> impl IntoView {
    let locale = use_locale();
    let more = total - rows.len() as i64;
    let empty = rows.is_empty();
    let rows = rows.into_iter().map(|row| {
        let standing = standing(locale, &row);
        view! {
            <li class="request-short" class:request-short--unread=row.unread>
                <div class="request-short__text">
                    <a class="request-short__subject" href=["/requests/", &row.key].concat()>{row.subject}</a>
                    <div class="request-short__meta">
                        <span class="key">{row.key}</span>
                        <StatusLabel status=row.status/>
                        <span>{standing}</span>
                    </div>
                </div>
                <ClockLine schedule=schedule.clone() clocks=row.clocks style=LineStyle::Home/>
            </li>
        }
    });
    view! {
        <section class="section">
            <div class="section__head">
                <h2>{words::your_open_requests(locale)}</h2>
                <a href="/requests">{words::all_requests_of(locale, &organisation)}</a>
            </div>
            <ul class="requests-short">{rows.collect_view()}</ul>
            {empty.then(|| view! { <p class="muted">{words::nothing_open(locale)}</p> })}
            {(more > 0).then(|| view! { <p><a href="/requests?whose=mine">{words::and_more(locale, more)}</a></p> })}
        </section>
    }
    .into_any()
}

fn article_links(articles: Vec<(String, String)>) -> Vec<(String, String)> {
    articles.into_iter().map(|(title, slug)| (title, ["/articles/", &slug].concat())).collect()
}

/// A list of links under a heading; nothing when there are none.
#[component]
fn Links(#[prop(into)] title: crate::component::Text, icon: Glyph, links: Vec<(String, String)>) -> impl IntoView {
    (!links.is_empty()).then(|| {
        let links = links.into_iter().map(|(title, href)| {
            let elsewhere = href.starts_with("http");
            view! {
                <li>
                    <a class="links__link" href=href rel=elsewhere.then_some("noopener external")>
                        <Icon name=icon/>
                        <span>{title}</span>
                    </a>
                </li>
            }
        });
        view! {
            <section class="section">
                <h2 class="section__title">{title}</h2>
                <ul class="links">{links.collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}

#[component]
fn Contacts(manager: Option<PersonView>, phone: String) -> impl IntoView {
    let locale = use_locale();
    if manager.is_none() && phone.is_empty() {
        return ().into_any();
    }
    let call = ["tel:", &phone.replace(' ', "")].concat();
    view! {
        <section class="section">
            <h2 class="section__title">{words::your_contacts(locale)}</h2>
            {manager.map(|person| view! {
                <div class="contact">
                    <Avatar name=person.name.clone() staff=true/>
                    <div class="contact__name">{person.name}</div>
                    <div class="contact__role">{words::account_manager(locale)}</div>
                </div>
            })}
            {(!phone.is_empty()).then(|| view! {
                <div class="contact">
                    <span class="contact__icon"><Icon name=Glyph::Phone/></span>
                    <div class="contact__name"><a href=call>{phone}</a></div>
                    <div class="contact__role">{words::also_by_phone(locale)}</div>
                </div>
            })}
        </section>
    }
    .into_any()
}
