//! What a customer can do with a request beside writing. Each asks first, and each is a real form.

use domain::ticket::Status;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::super::submit::{Refusal, Submit, focus_page};
use super::Page;
use crate::component::{ConfirmAction, Glyph, Notice, NoticeKind, SelectField, Text, use_toaster};
use crate::shell::use_locale;
use crate::words::{common, portal as words};

/// A form with this request's key that does something and then shows the latest state.
#[component]
pub(super) fn Deed(page: Page, url: &'static str, #[prop(into)] done: Text, children: Children) -> impl IntoView {
    let locale = use_locale();
    let toaster = use_toaster();
    // A refusal without JavaScript is said on top of the page, where this form may not even be any more.
    let submit = Submit::fresh();
    let send = move |event: SubmitEvent| {
        let done = done.clone();
        submit.send(&event, move |_| {
            page.refresh(move |_| {
                page.ask();
                toaster.say(NoticeKind::Ok, done);
                focus_page();
            });
        });
    };
    // There is at most one field, so its problem is the form's.
    let wrong =
        move || submit.error.with(|error| Some(common::problem(locale, &error.as_ref()?.problems().first()?.problem)));
    view! {
        <form class="deed" method="post" action=url on:submit=send>
            <input type="hidden" name="key" value=page.key()/>
            {children()}
            <Refusal submit=submit/>
            {move || wrong().map(|text| view! { <Notice kind=NoticeKind::Danger>{text}</Notice> })}
        </form>
    }
    .into_any()
}

#[component]
pub(super) fn Actions(page: Page) -> impl IntoView {
    let locale = use_locale();
    let state = page.part(|page| (page.can, page.status, page.confidential, page.colleagues.clone()));
    let any = Memo::new(move |_| {
        state.with(|(can, status, _, colleagues)| {
            can.withdraw
                || can.set_confidential
                || may_close(can.confirm, *status)
                || (can.add_participant && !colleagues.is_empty())
        })
    });
    let list = move || {
        let (can, status, confidential, colleagues) = state.get();
        let colleagues: Vec<_> = colleagues.into_iter().map(|person| (person.id.to_string(), person.name)).collect();
        view! {
            {(can.add_participant && !colleagues.is_empty()).then(|| view! { <li><AddColleague page=page colleagues=colleagues/></li> })}
            {may_close(can.confirm, status).then(|| view! { <li><CloseAsSolved page=page/></li> })}
            {can.set_confidential.then(|| view! { <li><Confidential page=page on=confidential/></li> })}
            {can.withdraw.then(|| view! { <li><Withdraw page=page/></li> })}
        }
    };
    view! {
        <section class="section" hidden=move || !any.get()>
            <h2 class="section__title">{words::actions(locale)}</h2>
            <ul class="actions">{list}</ul>
        </section>
    }
    .into_any()
}

/// A resolved request is confirmed on top of the page.
const fn may_close(can_confirm: bool, status: Status) -> bool {
    can_confirm && status.is_open()
}

#[component]
fn AddColleague(page: Page, colleagues: Vec<(String, String)>) -> impl IntoView {
    let locale = use_locale();
    let prompt: Text = words::choose_colleague(locale).into();
    view! {
        <ConfirmAction
            icon=Glyph::Person
            label=words::add_colleague(locale)
            title=words::add_colleague(locale)
            text=words::add_colleague_text(locale)
        >
            <Deed page=page url="/api/ticket/add_participant" done=words::done_added(locale)>
                <SelectField name="user_id" label=words::colleague(locale) options=colleagues required=true prompt=prompt/>
                <button class="button" type="submit">{words::add(locale)}</button>
            </Deed>
        </ConfirmAction>
    }
    .into_any()
}

#[component]
fn CloseAsSolved(page: Page) -> impl IntoView {
    let locale = use_locale();
    view! {
        <ConfirmAction
            icon=Glyph::Check
            label=words::solved_close_it(locale)
            title=words::solved_close_title(locale)
            text=words::solved_close_text(locale, &page.key())
        >
            <Deed page=page url="/api/ticket/confirm" done=words::done_confirmed(locale)>
                <button class="button" type="submit">{words::close_as_solved(locale)}</button>
            </Deed>
        </ConfirmAction>
    }
    .into_any()
}

#[component]
fn Confidential(page: Page, on: bool) -> impl IntoView {
    let locale = use_locale();
    let (icon, label, title, text, done) = if on {
        (
            Glyph::Eye,
            words::end_confidential(locale),
            words::end_confidential_title(locale),
            words::end_confidential_text(locale),
            words::done_not_confidential(locale),
        )
    } else {
        (
            Glyph::Lock,
            words::make_confidential(locale),
            words::make_confidential_title(locale),
            words::make_confidential_text(locale),
            words::done_confidential(locale),
        )
    };
    view! {
        <ConfirmAction icon=icon label=label title=title text=text>
            <Deed page=page url="/api/ticket/set_confidential" done=done>
                <input type="hidden" name="on" value=if on { "false" } else { "true" }/>
                <button class="button" type="submit">{label}</button>
            </Deed>
        </ConfirmAction>
    }
    .into_any()
}

#[component]
fn Withdraw(page: Page) -> impl IntoView {
    let locale = use_locale();
    view! {
        <ConfirmAction
            icon=Glyph::Cross
            label=words::withdraw(locale)
            title=words::withdraw_title(locale)
            text=words::withdraw_text(locale, &page.key())
        >
            <Deed page=page url="/api/ticket/withdraw" done=words::done_withdrawn(locale)>
                <button class="button button--danger" type="submit">{words::withdraw_button(locale)}</button>
            </Deed>
        </ConfirmAction>
    }
    .into_any()
}
