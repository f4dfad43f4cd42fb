//! What is asked of the customer, on top: support's question with the answer box in it, or whether it is solved.

use domain::ticket::{Change, REOPEN_WITHIN};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::super::raise::problems_of;
use super::super::saying::first_name;
use super::super::submit::{Refusal, Submit, focus_page};
use super::action::Deed;
use super::{Page, ReplyForm};
use crate::component::{DraftKeeper, Glyph, Icon, NoticeKind, TextArea, focus_first_wrong, use_toaster};
use crate::format;
use crate::shell::use_locale;
use crate::words::portal as words;

/// The control in which one says what is left.
pub(super) const LEFT: &str = "what-is-left";
/// Where "not solved" is posted to.
const NOT_SOLVED: &str = "/api/ticket/not_solved";

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

/// Support says it is solved: is it?
#[component]
pub(super) fn Solved(
    page: Page,
    /// Whether it is asked; no longer, once it is answered.
    asks: RwSignal<bool>,
) -> impl IntoView {
    let locale = use_locale();
    let resolved = page
        .now(|page| page.events.iter().rev().find(|event| matches!(event.change, Change::Resolved { .. })).cloned());
    let who = resolved.as_ref().map(|event| first_name(&event.actor_name).to_owned()).unwrap_or_default();
    let closes = resolved.map(|event| {
        let at = event.at + REOPEN_WITHIN;
        words::closes_by_itself(
            locale,
            &page.clock.with_zone(|zone| format::date_long(locale, zone.civil(at).day_number)),
        )
    });
    let can = page.part(|page| page.can);
    let requester = page.now(|page| first_name(&page.requester.name).to_owned());
    view! {
        <section class="question question--solved" aria-labelledby="solved-who">
            <div>
                <h2 class="question__who" id="solved-who">
                    <Icon name=Glyph::Resolved/>
                    <span>{words::agent_says_solved(locale, &who)}</span>
                </h2>
                <p class="question__text">{words::is_it_solved(locale)}</p>
                <p class="question__when">{closes}</p>
            </div>
            <div class="row question__buttons">
                {move || {
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
                }}
                {move || can.get().not_solved.then(|| view! { <NotSolved page=page asks=asks/> })}
            </div>
        </section>
    }
    .into_any()
}

/// Asks what is left before the request is taken up again.
#[component]
fn NotSolved(page: Page, asks: RwSignal<bool>) -> impl IntoView {
    let locale = use_locale();
    let toaster = use_toaster();
    let submit = Submit::new(NOT_SOLVED);
    let key = page.key();
    // The same as that of the answer box: whatever is typed in one of them is there in both when one comes back.
    let place = ["reply/", &key].concat();
    let typed = page.now(|page| page.draft.value("text").to_owned());
    let send = move |event: SubmitEvent| {
        submit.send(&event, move |_| {
            page.refresh(move |_| {
                asks.set(false);
                toaster.say(NoticeKind::Ok, words::done_not_solved(locale));
                focus_page();
            });
        });
    };
    let error = Signal::derive(move || {
        submit.error.with(|error| {
            let problem = error.as_ref()?.problems().first()?;
            Some(crate::words::common::problem(locale, &problem.problem))
        })
    });
    let form = focus_first_wrong(problems_of(submit));
    // Open when the page comes back with what was wrong.
    let open = submit.error.with_untracked(Option::is_some);
    view! {
        <details class="not-solved" open=open>
            <summary class="button">{words::not_solved(locale)}</summary>
            <form class="stack" node_ref=form method="post" action=NOT_SOLVED enctype="multipart/form-data" novalidate on:submit=send>
                <input type="hidden" name="place" value=place.clone()/>
                <input type="hidden" name="key" value=key/>
                <TextArea
                    name="text"
                    id=LEFT
                    label=words::what_is_left(locale)
                    hint=words::what_is_left_hint(locale)
                    value=typed
                    error=error
                    required=true
                    rows=4
                />
                <Refusal submit=submit/>
                <div class="form__send">
                    <button class="button" type="submit" disabled=move || submit.busy.get()>{words::send_not_solved(locale)}</button>
                    <DraftKeeper place=place saved_at=None/>
                </div>
            </form>
        </details>
    }
    .into_any()
}
