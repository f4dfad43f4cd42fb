//! `/desk/mail/{id}`: one mail that is on no ticket, to be read and decided about.

use domain::view::mail::{HeldView, raw_href};
use leptos::prelude::*;
use leptos_meta::Title;

use super::act::Actions;
use super::{from_of, list_href, of_mail, subject_of};
use crate::ApiError;
use crate::api::wire::PageResource;
use crate::component::{Glyph, Icon, Notice, Skeleton, Time, Unverified, Written};
use crate::format;
use crate::page::desk::{Problem, anew, rail::Rail};
use crate::shell::use_locale;
use crate::words::common;
use crate::words::mail as words;

pub(crate) fn one(held: PageResource<Result<HeldView, ApiError>>) -> AnyView {
    view! {
        <Transition fallback=|| view! { <Skeleton rows=6/> }>
            {move || Suspend::new(async move {
                match held.await {
                    Ok(view) => {
                        let id = view.mail.inbound_id;
                        anew(move || id, move |_| view! { <One view=view.clone()/> }.into_any())
                    }
                    Err(error) => view! { <Problem error=error/> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

#[component]
fn One(view: HeldView) -> impl IntoView {
    let locale = use_locale();
    let mail = view.mail.clone();
    let subject = subject_of(locale, &mail);
    let raw = raw_href(mail.inbound_id);
    let why = mail.reason.filter(|_| mail.ticket.is_none() || mail.state.is_waiting());
    let why = why.map(|reason| {
        view! { <Notice><b>{words::why(locale)}</b>" "{words::reason(locale, reason)}</Notice> }
    });
    let handled = view.handled.as_ref().map(|(person, at)| {
        let state = match mail.ticket.as_ref().filter(|_| !mail.state.is_waiting()) {
            Some(key) => {
                let href = ["/desk/", key].concat();
                view! { <a href=href>{words::is_on(locale, key)}</a> }.into_any()
            }
            None => words::state(locale, mail.state).into_any(),
        };
        view! { <p class="small muted">{state}", "{words::by_on(locale, &person.name)}" "<Time at=*at/></p> }
    });
    let said = if view.said.trim().is_empty() {
        view! { <p class="muted">{words::no_text(locale)}</p> }.into_any()
    } else {
        view! { <Written text=view.said.clone() history=view.history.clone()/> }.into_any()
    };
    let actions = mail.state.is_waiting().then(|| view! { <Actions view=view.clone()/> });
    view! {
        <Title text=subject.clone()/>
        <div class="desk desk--ticket brand brand-loket">
            <Rail query=of_mail() counts=None/>
            <main id="main" class="agent" tabindex="-1">
                <div class="agent__main">
                    <div class="agent__nav">
                        <a class="agent__back" href=list_href(mail.state)>
                            <Icon name=Glyph::ChevronLeft/>{words::mail(locale)}
                        </a>
                    </div>
                    <h1>{subject}</h1>
                    <Facts view=view.clone()/>
                    {handled}
                    {why}
                    <section class="letter" aria-label=words::text(locale)>{said}</section>
                    <Enclosed files=view.files/>
                    <p class="letter__raw">
                        // `rel=external` keeps the client-side router away: this is not a page.
                        <a class="button" href=raw rel="external" download="">
                            <Icon name=Glyph::Mail/>{common::original_message(locale)}" · "{format::size(locale, mail.bytes)}
                        </a>
                    </p>
                </div>
                {actions}
            </main>
        </div>
    }
    .into_any()
}

/// Who sent it, as it says and as far as it is known.
#[component]
fn Facts(view: HeldView) -> impl IntoView {
    let locale = use_locale();
    let fact = |name: &'static str, value: AnyView| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    let HeldView { mail, person, .. } = view;
    let author = if mail.from_name.is_empty() { mail.from_email.clone() } else { mail.from_name.clone() };
    let sender = if mail.verified {
        view! { <span class="label label--resolved"><Icon name=Glyph::Resolved/>{words::verified(locale)}</span> }
            .into_any()
    } else {
        view! { <Unverified author=author/> }.into_any()
    };
    let person = person.map(|person| fact(words::account(locale), person.name.into_any()));
    let organisation = mail.organisation.as_ref();
    let organisation = organisation.map(|brand| fact(words::organisation(locale), brand.name.clone().into_any()));
    let proposed = mail.ticket.clone().map(|key| {
        let href = ["/desk/", &key].concat();
        fact(words::proposed(locale), view! { <a href=href>{key}</a> }.into_any())
    });
    view! {
        <dl class="facts letter__facts">
            {fact(words::from(locale), from_of(locale, &mail).into_any())}
            {fact(words::sender_label(locale), sender)}
            {person}
            {organisation}
            {proposed}
            {fact(words::received(locale), view! { <Time at=mail.at/> }.into_any())}
            {fact(words::kind_label(locale), words::kind(locale, mail.kind).into_any())}
        </dl>
    }
    .into_any()
}

/// What came along: names and sizes.
#[component]
fn Enclosed(files: Vec<(String, i64)>) -> impl IntoView {
    if files.is_empty() {
        return ().into_any();
    }
    let locale = use_locale();
    let line = |(name, bytes): (String, i64)| {
        view! { <li>{name}" "<span class="muted">{format::size(locale, bytes)}</span></li> }
    };
    view! {
        <section aria-labelledby="files">
            <h2 id="files">{words::files(locale)}</h2>
            <p class="small muted">{words::files_text(locale)}</p>
            <ul class="letter__files">{files.into_iter().map(line).collect_view()}</ul>
        </section>
    }
    .into_any()
}
