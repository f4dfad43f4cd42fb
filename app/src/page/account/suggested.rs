//! For those who invite customers: people who wrote from an organisation's domain and whom nobody knows yet, and which
//! domains those are.

use domain::problem::Problem;
use domain::view::mail::{DomainsView, HeldMail, SuggestedMember};
use leptos::prelude::*;

use super::account::Account;
use super::{Trouble, problems_of, trouble_of};
use crate::ApiError;
use crate::api::suggested::{AcceptSuggested, DeclineSuggested, SetDomains, read_domains, read_suggested};
use crate::api::wire::{PageResource, resource};
use crate::component::{
    BrandMark, MarkSize, NoticeKind, TextField, Time, TimeStyle, focus_first_wrong, problem_at, use_toaster,
};
use crate::shell::use_locale;
use crate::words::account::{name as name_word, save};
use crate::words::common;
use crate::words::suggested as words;

type Suggested = PageResource<Result<Vec<SuggestedMember>, ApiError>>;

/// `account` is the page's own data, for whoever becomes a member stands there.
#[component]
pub(super) fn SuggestedSection(account: Account) -> impl IntoView {
    let locale = use_locale();
    let suggested: Suggested = resource(|| (), |()| read_suggested());
    view! {
        <section class="section" aria-labelledby="suggested">
            <h2 id="suggested">{words::suggested(locale)}</h2>
            <p class="muted">{words::suggested_text(locale)}</p>
            <Transition>
                {move || Suspend::new(async move {
                    let Ok(people) = suggested.await else { return ().into_any() };
                    if people.is_empty() {
                        return view! { <p>{words::nobody_waits(locale)}</p> }.into_any();
                    }
                    let person = move |person| view! { <Person person suggested account/> };
                    view! { <ul class="suggested">{people.into_iter().map(person).collect_view()}</ul> }.into_any()
                })}
            </Transition>
        </section>
    }
    .into_any()
}

#[component]
fn Person(person: SuggestedMember, suggested: Suggested, account: Account) -> impl IntoView {
    let locale = use_locale();
    let (accept, decline) = (ServerAction::<AcceptSuggested>::new(), ServerAction::<DeclineSuggested>::new());
    let problems = problems_of(accept);
    let form = focus_first_wrong(problems);
    let (accepted, declined) = (accept.value(), decline.value());
    let toaster = use_toaster();
    Effect::new(move |_| {
        if let Some(Ok(keys)) = accepted.get() {
            let text = if keys.is_empty() {
                words::accepted(locale).to_owned()
            } else {
                words::accepted_on(locale, &keys.join(", "))
            };
            toaster.say(NoticeKind::Ok, text);
            suggested.refetch();
            account.refetch();
        }
    });
    Effect::new(move |_| {
        if let Some(Ok(())) = declined.get() {
            toaster.say(NoticeKind::Ok, words::declined(locale));
            suggested.refetch();
        }
    });
    let SuggestedMember { suggested_member_id, organisation, email, name, at, mails } = person;
    let id = suggested_member_id.to_string();
    let field = ["suggested-name-", &id].concat();
    let (accept_label, decline_label) = (words::accept_person(locale, &email), words::decline_person(locale, &email));
    let decline_text = words::decline_text(locale, &email);
    let declined_id = id.clone();
    let subject = move |mail: HeldMail| {
        let subject = if mail.subject.is_empty() { words::no_subject(locale).to_owned() } else { mail.subject };
        view! { <li>{subject}</li> }
    };
    let waiting = (!mails.is_empty()).then(|| {
        view! { <p class="small">{words::mails_waiting(locale)}</p><ul class="small">{mails.into_iter().map(subject).collect_view()}</ul> }
    });
    let organisation_name = organisation.name.clone();
    view! {
        <li class="suggested__one">
            <div class="suggested__who">
                <p><b>{email}</b></p>
                <p class="suggested__of"><BrandMark brand=organisation size=MarkSize::Small/>{organisation_name}</p>
                <p class="muted small">{words::wrote_first(locale)}" "<Time at style=TimeStyle::Moment/></p>
                {waiting}
            </div>
            <div class="suggested__what">
                <Trouble text=trouble_of(accept)/>
                <Trouble text=trouble_of(decline)/>
                <ActionForm action=accept node_ref=form attr:class="form" attr:novalidate="">
                    <input type="hidden" name="id" value=id/>
                    <TextField name="name" id=field label=name_word(locale) value=name required=true
                        autocomplete="off" error=problem_at(problems, "name")/>
                    <div>
                        <button class="button" aria-label=accept_label
                            disabled=move || accept.pending().get()>{words::accept(locale)}</button>
                    </div>
                </ActionForm>
                // Asks once more, also without JavaScript.
                <details class="confirm">
                    <summary class="button button--small button--quiet" aria-label=decline_label>
                        {words::decline(locale)}
                    </summary>
                    <p class="small">{decline_text}</p>
                    <ActionForm action=decline>
                        <input type="hidden" name="id" value=declined_id/>
                        <button class="button button--small button--danger" disabled=move || decline.pending().get()>
                            {words::decline(locale)}
                        </button>
                    </ActionForm>
                </details>
            </div>
        </li>
    }
    .into_any()
}

/// Which domains are whose.
#[component]
pub(super) fn DomainsSection() -> impl IntoView {
    let locale = use_locale();
    let domains = resource(|| (), |()| read_domains());
    view! {
        <section class="section" aria-labelledby="domains">
            <h2 id="domains">{words::domains(locale)}</h2>
            <p class="muted">{words::domains_text(locale)}</p>
            <Transition>
                {move || Suspend::new(async move {
                    let Ok(all) = domains.await else { return ().into_any() };
                    all.into_iter().map(|of| view! { <DomainsForm of/> }).collect_view().into_any()
                })}
            </Transition>
        </section>
    }
    .into_any()
}

#[component]
fn DomainsForm(of: DomainsView) -> impl IntoView {
    let locale = use_locale();
    let action = ServerAction::<SetDomains>::new();
    let value = action.value();
    let toaster = use_toaster();
    Effect::new(move |_| {
        if let Some(Ok(())) = value.get() {
            toaster.say(NoticeKind::Ok, words::domains_saved(locale));
        }
    });
    let problems = problems_of(action);
    let form = focus_first_wrong(problems);
    let error = Signal::derive(move || {
        problems.with(|problems| {
            problems.iter().find(|problem| problem.field == "domains").map(|problem| match &problem.problem {
                Problem::NotAChoice => words::not_a_domain(locale).to_owned(),
                Problem::NameTaken => words::domain_taken(locale).to_owned(),
                other => common::problem(locale, other),
            })
        })
    });
    let (id, organisation) = (of.organisation_id.to_string(), of.organisation.name);
    view! {
        <Trouble text=trouble_of(action)/>
        <ActionForm action node_ref=form attr:class="form domains" attr:novalidate="">
            <input type="hidden" name="organisation_id" value=id.clone()/>
            <TextField name="domains" id=["domains-", &id].concat() label=words::domains_of(locale, &organisation)
                hint=words::domains_hint(locale) value=of.domains.join(", ") bare=true autocomplete="off" error/>
            <button class="button" aria-label=words::save_domains_of(locale, &organisation)
                disabled=move || action.pending().get()>{save(locale)}</button>
        </ActionForm>
    }
    .into_any()
}
