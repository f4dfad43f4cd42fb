//! The facts beside the conversation.

use domain::actor::Role;
use domain::i18n::Locale;
use domain::sla::{self, ClockKind, ClockState};
use domain::ticket::{CloseReason, Status};
use domain::view::PersonView;
use domain::view::account::UserView;
use domain::view::portal::RequestView;
use leptos::prelude::*;

use super::Page;
use super::action::Deed;
use crate::component::{Glyph, Icon};
use crate::format;
use crate::shell::{use_frame, use_locale};
use crate::words::portal as words;

#[component]
pub(super) fn Details(page: Page) -> impl IntoView {
    let locale = use_locale();
    let me = use_frame().user();
    let (form, answers) = page.now(|page| (page.form_title.clone(), page.answers.clone()));
    let answers = answers.into_iter().filter(|answer| !answer.value.is_empty());
    let answers = answers.map(|answer| fact(answer.label, answer.value.into_any())).collect_view();
    let agent = page.part(|page| (page.agent.as_ref().map(|agent| agent.name.clone()), page.status == Status::Closed));
    let reviewed = page.part(move |request| reviewed(locale, page, request));
    let linked = page.part(|page| page.linked.clone());
    let agent = move || match agent.get() {
        (Some(name), _) => name,
        (None, true) => words::nobody(locale).to_owned(),
        (None, false) => words::no_agent_yet(locale).to_owned(),
    };
    view! {
        <section class="section">
            <h2 class="section__title">{words::details(locale)}</h2>
            <dl class="facts">
                {fact(words::form(locale).to_owned(), form.into_any())}
                {answers}
                {fact(words::agent(locale).to_owned(), agent.into_any())}
                {fact(words::followers(locale).to_owned(), view! { <Followers page=page me=me/> }.into_any())}
                {move || reviewed.get().map(|text| fact(words::reviewed(locale).to_owned(), text.into_any()))}
                {move || linked.with(|keys| !keys.is_empty()).then(|| fact(words::related(locale).to_owned(), links(linked.get())))}
            </dl>
        </section>
    }
    .into_any()
}

fn fact(label: String, value: AnyView) -> impl IntoView {
    view! { <div><dt>{label}</dt><dd>{value}</dd></div> }
}

/// When the review clock stopped, and whether in time.
fn reviewed(locale: Locale, page: Page, request: &RequestView) -> Option<String> {
    if request.close_reason.is_some_and(CloseReason::drops_promise) {
        return None;
    }
    let review = request.clocks.get(ClockKind::Review);
    let when = |at| page.clock.with_zone(|zone| format::moment(locale, zone, at, request.now));
    let schedule = request.clocks.schedule(ClockKind::Review, &request.policy.schedule);
    match sla::read(schedule, review, request.now).state {
        ClockState::Met { at, .. } => Some(words::in_time(locale, &when(at))),
        ClockState::Breached { stopped_at: Some(at), .. } => Some(words::too_late(locale, &when(at))),
        _ => None,
    }
}

fn links(keys: Vec<String>) -> AnyView {
    let link = |key: String| {
        let href = ["/requests/", &key].concat();
        view! { <a href=href>{key}</a>" " }
    };
    keys.into_iter().map(link).collect_view().into_any()
}

/// Who reads along, each of whom can be taken off.
#[component]
fn Followers(page: Page, me: Option<UserView>) -> impl IntoView {
    let locale = use_locale();
    let state = page.part(|page| (page.participants.clone(), page.can.add_participant, page.requester_is_me));
    let manager = me.as_ref().is_some_and(|user| user.role == Role::Manager);
    let me = me.map(|user| user.id);
    move || {
        let (people, open, requester_is_me) = state.get();
        if people.is_empty() {
            return words::nobody(locale).into_any();
        }
        let follower = |person: PersonView| {
            // The requester and managers take off anyone, everyone takes off themselves.
            let may_remove = open && (requester_is_me || manager || me == Some(person.id));
            let remove = may_remove.then(|| view! { <RemoveFollower page=page person=person.clone()/> });
            let name = if me == Some(person.id) { words::you_capital(locale).to_owned() } else { person.name };
            view! { <li class="follower"><span>{name}</span>{remove}</li> }
        };
        view! { <ul class="followers">{people.into_iter().map(follower).collect_view()}</ul> }.into_any()
    }
}

#[component]
fn RemoveFollower(page: Page, person: PersonView) -> impl IntoView {
    let locale = use_locale();
    let label = words::remove_person(locale, &person.name);
    view! {
        <Deed page=page url="/api/ticket/remove_participant" done=words::done_removed(locale)>
            <input type="hidden" name="user_id" value=person.id.to_string()/>
            <button class="button button--quiet button--small button--icon" type="submit" aria-label=label>
                <Icon name=Glyph::Cross/>
            </button>
        </Deed>
    }
    .into_any()
}
