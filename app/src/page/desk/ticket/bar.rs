//! What can be done now, by status: one button stands out, the one that is most often next.

use domain::ticket::Status;
use domain::view::desk::{ComposeKind, DeskQuery};
use leptos::prelude::*;

use super::closing::MoreMenu;
use super::composer::open;
use super::preview;
use super::priority::PriorityMenu;
use super::work::Work;
use crate::component::{Disclosure, Glyph, Icon, KeyHint};
use crate::page::desk::query::ticket_href;
use crate::shell::use_locale;
use crate::words::desk as words;

#[component]
pub(super) fn Bar(query: DeskQuery) -> impl IntoView {
    let locale = use_locale();
    let work = Work::get();
    let shown = work.part(|ticket| (ticket.can, ticket.status));
    // Opens the composer; without the browser's half the page comes again with it open.
    let page = ticket_href(&work.key(), &query);
    let join = if page.contains('?') { "&" } else { "?" };
    let writes =
        move |kind: ComposeKind, id: &'static str, label: &'static str, key: Option<&'static str>, primary: bool| {
            let href = [&page, join, "compose=", kind.slug(), "#compose"].concat();
            let class = if primary { "button button--primary button--small" } else { "button button--small" };
            let lock = (kind == ComposeKind::Note).then(|| view! { <Icon name=Glyph::Lock/> });
            let class = if kind == ComposeKind::Note { "button button--quiet button--small" } else { class };
            let label = if kind == ComposeKind::Return {
                // On a phone the bar has no room for all of it.
                let short = words::return_short(locale);
                view! { <span class="agent__long">{label}</span><span class="agent__short">{short}</span> }.into_any()
            } else {
                label.into_any()
            };
            view! {
                <a
                    id=id
                    class=class
                    role="button"
                    href=href
                    rel="external"
                    on:click=move |event| {
                        event.prevent_default();
                        open(work, kind);
                    }
                    on:keydown=move |event| {
                        // What says that it is a button answers to the space bar too.
                        if event.key() == " " {
                            event.prevent_default();
                            open(work, kind);
                        }
                    }
                >
                    {lock} {label} {key.map(|key| view! { <KeyHint key=key/> })}
                </a>
            }
            .into_any()
        };
    let buttons = move || {
        let (can, status) = shown.get();
        let composing = work.kind.get().is_some();
        let answer_first = status == Status::InProgress && !composing;
        // On a ticket that waits, taking it back comes first.
        let accept = (can.accept && status == Status::New).then(|| view! { <Accept primary=!composing/> });
        let answer = can.answer.then(|| {
            let key = answer_first.then_some("R");
            writes(ComposeKind::Answer, "do-answer", words::answer(locale), key, answer_first)
        });
        let question = can
            .return_with_question
            .then(|| writes(ComposeKind::Return, "do-return", words::return_with_question(locale), None, false));
        let resolve =
            can.resolve.then(|| writes(ComposeKind::Resolve, "do-resolve", words::resolve(locale), None, false));
        let note = writes(ComposeKind::Note, "do-note", words::note(locale), None, false);
        let take_back = can.take_back.then(|| view! { <Resume reopen=false/> });
        let reopen = can.reopen.then(|| view! { <Resume reopen=true/> });
        view! { {accept} {reopen} {answer} {question} {take_back} {resolve} {note} }
    };
    let can_close = work.part(|ticket| (ticket.can.change_priority, ticket.can.close));
    view! {
        <div class="agent__bar" role="group" aria-label=words::actions(locale)>
            {buttons}
            <div class="agent__bar-end">
                {move || can_close.get().0.then(|| view! { <PriorityMenu/> })}
                {move || can_close.get().1.then(|| view! { <MoreMenu/> })}
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn Accept(primary: bool) -> impl IntoView {
    let locale = use_locale();
    let work = Work::get();
    let version = work.part(|ticket| ticket.version);
    let class = if primary { "button button--primary button--small" } else { "button button--small" };
    view! {
        <form
            method="post"
            action="/api/desk/accept"
            on:submit=move |event| {
                event.prevent_default();
                work.act(crate::api::desk::accept(work.key(), work.version()), words::accepted(locale), || {});
            }
        >
            <input type="hidden" name="key" value=work.key()/>
            <input type="hidden" name="version" value=move || version.get().to_string()/>
            <button id="do-accept" class=class type="submit" disabled=move || work.busy.get()>
                {words::accept(locale)} <KeyHint key="A"/>
            </button>
        </form>
    }
    .into_any()
}

/// Taking back or reopening: the clock runs on, and until when is said first.
#[component]
fn Resume(reopen: bool) -> impl IntoView {
    let locale = use_locale();
    let work = Work::get();
    let version = work.part(|ticket| ticket.version);
    let (label, text, action) = if reopen {
        (words::reopen(locale), words::reopen_text(locale), "/api/desk/reopen")
    } else {
        (words::take_back(locale), words::take_back_text(locale), "/api/desk/take_back")
    };
    view! {
        <Disclosure class="disclosure--up agent__resume" summary=view! { {label} }.into_any()>
            <div class="popover">
                <p class="popover__text">{text}</p>
                <p><b>{move || preview::when_resumed(work)}</b></p>
                <form
                    method="post"
                    action=action
                    on:submit=move |event| {
                        event.prevent_default();
                        let (key, version) = (work.key(), work.version());
                        if reopen {
                            work.act(crate::api::desk::reopen(key, version), words::reopened(locale), close_menus);
                        } else {
                            work.act(crate::api::desk::take_back(key, version), words::taken_back(locale), close_menus);
                        }
                    }
                >
                    <input type="hidden" name="key" value=work.key()/>
                    <input type="hidden" name="version" value=move || version.get().to_string()/>
                    <button class="button button--primary button--small" type="submit" disabled=move || work.busy.get()>{label}</button>
                </form>
            </div>
        </Disclosure>
    }
    .into_any()
}

/// Closes what is unfolded over the bar.
pub(super) fn close_menus() {
    #[cfg(feature = "hydrate")]
    if let Ok(menus) = document().query_selector_all(".agent__bar details[open]") {
        use wasm_bindgen::JsCast;
        for index in 0..menus.length() {
            if let Some(menu) = menus.get(index).and_then(|menu| menu.dyn_into::<web_sys::Element>().ok()) {
                let _ = menu.remove_attribute("open");
            }
        }
    }
}

/// What stands in a control of the form that was submitted.
#[cfg(feature = "hydrate")]
pub(super) fn value_of(event: &leptos::ev::SubmitEvent, name: &str) -> Option<String> {
    use wasm_bindgen::JsCast;
    let form = event.target()?.dyn_into::<web_sys::HtmlFormElement>().ok()?;
    web_sys::FormData::new_with_form(&form).ok()?.get(name).as_string()
}
