//! Everything about a ticket that is not the conversation: both clocks, whose it is, its properties, what is related.

use domain::ticket::{CloseReason, Status};
use domain::view::PersonView;
use leptos::prelude::*;

use super::automatic::Bounces;
use super::thread::Log;
use super::work::Work;
use crate::component::{Avatar, BrandMark, ClockSummary, Glyph, Icon, MarkSize, Reader, StatusLabel};
use crate::shell::{use_frame, use_locale};
use crate::words::{common, desk as words};

#[component]
pub(super) fn Side() -> impl IntoView {
    let locale = use_locale();
    view! {
        <aside class="agent__side" aria-label=words::about(locale)>
            <Clocks/>
            <Requester/>
            <Organisation/>
            <Properties/>
            <Related/>
            <section class="panel"><Log/></section>
        </aside>
    }
    .into_any()
}

#[component]
fn Clocks() -> impl IntoView {
    let locale = use_locale();
    let work = Work::get();
    let shown = work.part(|ticket| (ticket.policy.clone(), ticket.clocks.clone()));
    let dropped = work.part(|ticket| ticket.close_reason.is_some_and(CloseReason::drops_promise));
    view! {
        <section class="panel">
            <h2>{words::clocks(locale)}</h2>
            {move || {
                if dropped.get() {
                    return view! { <p class="small muted">{common::row_dropped(locale)}</p> }.into_any();
                }
                let (policy, clocks) = shown.get();
                view! { <ClockSummary policy=policy clocks=clocks/> }.into_any()
            }}
        </section>
    }
    .into_any()
}

#[component]
fn Requester() -> impl IntoView {
    let locale = use_locale();
    let work = Work::get();
    let shown = work.part(|ticket| {
        (
            ticket.requester.clone(),
            ticket.requester_email.clone(),
            ticket.participants.clone(),
            ticket.organisation.key.clone(),
        )
    });
    view! {
        <section class="panel">
            <h2>{words::requester(locale)}</h2>
            {move || {
                let (requester, email, participants, organisation) = shown.get();
                let names: Vec<_> = participants.into_iter().map(|person: PersonView| person.name).collect();
                let follows = (!names.is_empty()).then(|| view! { <p class="small">{words::also_follows(locale, &names.join(", "))}</p> });
                let mail = ["mailto:", &email].concat();
                view! {
                    <div class="contact">
                        <Avatar name=requester.name.clone() staff=false org=organisation/>
                        <span class="contact__name">{requester.name}</span>
                        <a class="contact__role" href=mail>{email}</a>
                    </div>
                    {follows}
                }
            }}
            <Bounces/>
        </section>
    }
    .into_any()
}

#[component]
fn Organisation() -> impl IntoView {
    let locale = use_locale();
    let work = Work::get();
    let shown = work.part(|ticket| {
        (
            ticket.organisation.clone(),
            ticket.organisation_open,
            ticket.account_manager.clone(),
            ticket.organisation_note.clone(),
        )
    });
    view! {
        <section class="panel">
            <h2>{words::organisation(locale)}</h2>
            {move || {
                let (brand, open, manager, note) = shown.get();
                let open = words::open_count(locale, &open.to_string());
                let line = match manager {
                    Some(manager) => [&open, " · ", &words::managed_by(locale, &manager.name)].concat(),
                    None => open,
                };
                let href = ["/desk?organisation=", &brand.key].concat();
                let name = brand.name.clone();
                view! {
                    <div class="contact">
                        <BrandMark brand=brand size=MarkSize::Large/>
                        <a class="contact__name" href=href>{name}</a>
                        <span class="contact__role">{line}</span>
                    </div>
                    {(!note.is_empty()).then(|| view! { <p class="small">{note}</p> })}
                }
            }}
        </section>
    }
    .into_any()
}

#[component]
fn Properties() -> impl IntoView {
    let locale = use_locale();
    let work = Work::get();
    let shown = work.part(|ticket| {
        (
            ticket.form_title.clone(),
            ticket.answers.clone(),
            ticket.channel,
            ticket.policy.name.clone(),
            ticket.policy.version,
            ticket.confidential,
        )
    });
    let fact = |name: String, value: String| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    view! {
        <section class="panel">
            <h2>{words::properties(locale)}</h2>
            <Assignee/>
            {move || {
                let (form, answers, channel, policy, version, confidential) = shown.get();
                let answers = answers.into_iter().map(|answer| fact(answer.label, answer.value)).collect_view();
                let seen = if confidential { words::seen_by_few(locale) } else { words::organisation(locale) };
                view! {
                    <dl class="facts">
                        {fact(words::form(locale).to_owned(), form)}
                        {answers}
                        {fact(words::channel_label(locale).to_owned(), words::channel_long(locale, channel).to_owned())}
                        {fact(words::policy(locale).to_owned(), [&policy, ", v", &version.to_string()].concat())}
                        {fact(words::visibility(locale).to_owned(), seen.to_owned())}
                    </dl>
                }
            }}
        </section>
    }
    .into_any()
}

/// Whose work it is. Choosing with a pointer changes it at once. With the keys one passes everyone in between, and without
/// the browser's half nothing happens by itself: then a button does.
#[component]
fn Assignee() -> impl IntoView {
    let locale = use_locale();
    let work = Work::get();
    let me = use_frame().user().map_or(0, |user| user.id);
    let shown = work.part(|ticket| (ticket.agents.clone(), ticket.status != Status::Closed));
    let version = work.part(|ticket| ticket.version);
    let assignee = work.part(|ticket| ticket.assignee.as_ref().map_or(0, |agent| agent.id));
    // Whatever else happens to the ticket, what was chosen stays chosen.
    let chosen = RwSignal::new(assignee.get_untracked());
    let by_key = StoredValue::new(false);
    Effect::new(move |_| chosen.set(assignee.get()));
    // What did not happen is not shown as if it had.
    Effect::new(move |_| {
        let (failed, overtaken) = (work.failed.with(Option::is_some), work.conflict.with(|events| !events.is_empty()));
        if failed || overtaken {
            chosen.set(assignee.get_untracked());
        }
    });
    move || {
        let (agents, may) = shown.get();
        let option = |(id, name): (i64, String)| {
            let selected = id == chosen.get_untracked();
            view! { <option value=id.to_string() selected=selected>{name}</option> }
        };
        let nobody = (0, words::nobody(locale).to_owned());
        let agents = agents.into_iter().map(|agent| {
            let name = if agent.id == me { words::me(locale).to_owned() } else { agent.name };
            (agent.id, name)
        });
        let options = std::iter::once(nobody).chain(agents).map(option).collect_view();
        let assign = move || {
            let (key, version) = (work.key(), work.version());
            work.act(crate::api::desk::assign(key, version, chosen.get_untracked()), words::assigned(locale), || {});
        };
        view! {
            <form class="assign" method="post" action="/api/desk/assign" on:submit=move |event| {
                event.prevent_default();
                assign();
            }>
                <input type="hidden" name="key" value=work.key()/>
                <input type="hidden" name="version" value=move || version.get().to_string()/>
                <label for="agent_id">{words::agent(locale)}</label>
                <div class="select">
                    <select
                        class="input"
                        id="agent_id"
                        name="agent_id"
                        disabled=!may
                        prop:value=move || chosen.get().to_string()
                        on:keydown=move |_| by_key.set_value(true)
                        on:pointerdown=move |_| by_key.set_value(false)
                        on:change:target=move |event| {
                            chosen.set(event.target().value().parse().unwrap_or_default());
                            if !by_key.get_value() {
                                assign();
                            }
                        }
                    >
                        {options}
                    </select>
                    <Icon name=Glyph::ChevronDown/>
                </div>
                <button class="button button--small" class:until-live=move || chosen.get() == assignee.get() type="submit">
                    {words::assign(locale)}
                </button>
            </form>
        }
    }
}

#[component]
fn Related() -> impl IntoView {
    let locale = use_locale();
    let work = Work::get();
    let shown = work.part(|ticket| (ticket.linked.clone(), ticket.others.clone()));
    move || {
        let (linked, others) = shown.get();
        let link = |key: String| {
            let href = ["/desk/", &key].concat();
            view! { <li><a class="key" href=href>{key}</a></li> }
        };
        let other = |(key, subject, status): (String, String, Status)| {
            let href = ["/desk/", &key].concat();
            view! {
                <li class="related">
                    <span class="key">{key}</span>
                    <a href=href>{subject}</a>
                    <StatusLabel status=status reader=Reader::Staff short=true/>
                </li>
            }
        };
        let related = (!linked.is_empty()).then(|| {
            view! {
                <section class="panel">
                    <h2>{words::related(locale)}</h2>
                    <ul class="plain-list">{linked.into_iter().map(link).collect_view()}</ul>
                </section>
            }
        });
        let others = (!others.is_empty()).then(|| {
            view! {
                <section class="panel">
                    <h2>{words::other_tickets(locale)}</h2>
                    <ul class="plain-list">{others.into_iter().map(other).collect_view()}</ul>
                </section>
            }
        });
        view! { {related} {others} }
    }
}
