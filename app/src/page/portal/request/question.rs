//! What is asked of the customer, on top: support's question with the answer box in it, or whether it is solved.

use domain::ticket::{Change, REOPEN_WITHIN, Status};
use leptos::prelude::*;

use super::super::raise::typed_at;
use super::super::saying::first_name;
use super::action::Deed;
use super::{Page, ReplyForm};
use crate::component::{Glyph, Icon};
use crate::format;
use crate::shell::use_locale;
use crate::words::portal as words;

/// Support's question. Answering it is the obvious next thing.
#[component]
pub(super) fn Question(page: Page) -> impl IntoView {
    let locale = use_locale();
    let question = page.part(|page| {
        let id = page.question?;
        page.messages.iter().find(|message| message.id == id).cloned()
    });
    view! {
        <section class="question" id="question" aria-labelledby="question-who">
            {move || question.get().map(|question| {
                let at = page.clock.with_zone(|zone| format::date_time(locale, zone, question.at));
                view! {
                    <div>
                    <h2 class="question__who" id="question-who">
                        <Icon name=Glyph::Waiting/>
                        <span>{words::agent_asks_you(locale, first_name(&question.author))}</span>
                    </h2>
                    <p class="question__text">{question.body}</p>
                    <p class="question__when">{words::asked_at(locale, &at)}</p>
                    </div>
                }
            })}
            <div class="question__answer"><ReplyForm page=page/></div>
        </section>
    }
    .into_any()
}

/// Support says it is solved: is it? What is not, one says right there.
#[component]
pub(super) fn Solved(page: Page) -> impl IntoView {
    let locale = use_locale();
    let event = page
        .now(|page| page.events.iter().rev().find(|event| matches!(event.change, Change::Resolved { .. })).cloned());
    let who = event.as_ref().map(|event| first_name(&event.actor_name).to_owned()).unwrap_or_default();
    let closes = event.map(|event| {
        let at = event.at + REOPEN_WITHIN;
        words::closes_by_itself(
            locale,
            &page.clock.with_zone(|zone| format::date_long(locale, zone.civil(at).day_number)),
        )
    });
    // Not any more when an agent takes it up again under someone who is saying why it is not.
    let resolved = page.part(|page| page.status == Status::Resolved);
    let can = page.part(|page| page.can);
    let requester = page.now(|page| first_name(&page.requester.name).to_owned());
    let heading = move || {
        view! {
            <div>
                <h2 class="question__who" id="solved-who">
                    <Icon name=Glyph::Resolved/>
                    <span>{words::agent_says_solved(locale, &who)}</span>
                </h2>
                <p class="question__text">{words::is_it_solved(locale)}</p>
                <p class="question__when">{closes.clone()}</p>
            </div>
        }
    };
    let confirm = move || {
        if can.get().confirm {
            view! {
                <Deed page=page url="/api/ticket/confirm" done=words::done_confirmed(locale)>
                    <button class="button button--primary" type="submit">{words::yes_solved(locale)}</button>
                </Deed>
            }
            .into_any()
        } else {
            view! { <p class="muted">{words::waits_for_requester(locale, &requester)}</p> }.into_any()
        }
    };
    // Open for whoever comes back to what they began.
    let begun = page
        .begun
        .with_value(|draft| !draft.problems.is_empty() || !draft.files.is_empty() || typed_at(draft).is_some());
    view! {
        <section class="question question--solved" id="question" aria-labelledby="solved-who">
            {move || resolved.get().then(&heading)}
            <div class="row question__buttons">
                {move || resolved.get().then(&confirm)}
                <details class="not-solved" open=begun>
                    <summary class="button">{words::not_solved(locale)}</summary>
                    <ReplyForm page=page/>
                </details>
            </div>
        </section>
    }
    .into_any()
}
