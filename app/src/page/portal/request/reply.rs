//! Writing back.

use domain::i18n::Locale;
use domain::ticket::Status;
use domain::view::portal::Raised;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::super::raise::{problems_of, typed_at};
use super::super::submit::{Refusal, Submit, focus_page};
use super::Page;
use crate::api::wire::read_answer;
use crate::component::{Composer, NoticeKind, focus_first_wrong, problem_at, use_toaster};
use crate::format;
use crate::shell::use_locale;
use crate::words::portal as words;

/// Where the form is posted to.
const URL: &str = "/api/ticket/reply";
/// The control with the text; also its id.
pub(super) const TEXT: &str = "text";

#[component]
pub(super) fn ReplyForm(page: Page) -> impl IntoView {
    // A sent reply is followed by an empty form, not by the old one with its text taken out.
    let sent = RwSignal::new(0_u32);
    let forms = move || vec![[&page.key(), "/", &sent.get().to_string()].concat()];
    view! { <For each=forms key=String::clone children=move |_| view! { <Form page=page sent=sent/> }/> }.into_any()
}

#[component]
fn Form(page: Page, sent: RwSignal<u32>) -> impl IntoView {
    let locale = use_locale();
    let toaster = use_toaster();
    let navigate = use_navigate();
    let submit = if sent.get_untracked() == 0 { Submit::new(URL) } else { Submit::fresh() };
    let key = page.key();
    // What was sent is no draft any more, even if an older state of the page still says so.
    let draft = if sent.get_untracked() == 0 { page.now(|page| page.draft.clone()) } else { Default::default() };
    let problems = problems_of(submit);
    let saved_at = typed_at(&draft);
    let form = focus_first_wrong(problems);
    let status = page.part(|page| page.status);
    let place = ["reply/", &key].concat();
    let own = key.clone();
    let send = move |event: SubmitEvent| {
        let (navigate, own) = (navigate.clone(), own.clone());
        submit.send(&event, move |body| {
            // It was sent, even when the answer is for a newer program than this one.
            let key = read_answer::<Raised>(&body).map_or_else(|_| own.clone(), |raised| raised.key);
            sent.update(|sent| *sent += 1);
            if key == own {
                page.refresh(move |before| {
                    toaster.say(NoticeKind::Ok, what_now(locale, page, before.status));
                    focus_page();
                });
            } else {
                toaster.say(NoticeKind::Ok, words::done_continued(locale));
                navigate(&["/requests/", &key].concat(), Default::default());
            }
        });
    };
    let shown = key.clone();
    let hint = move || match status.get() {
        Status::Closed => Some(words::closed_reply_hint(locale, &shown)),
        Status::Resolved => Some(words::resolved_reply_hint(locale).to_owned()),
        _ => None,
    };
    view! {
        <form class="reply" node_ref=form method="post" action=URL enctype="multipart/form-data" novalidate on:submit=send>
            <input type="hidden" name="place" value=place.clone()/>
            <input type="hidden" name="key" value=key/>
            <Composer
                name=TEXT
                label=words::your_reply(locale)
                place=place
                value=draft.value(TEXT).to_owned()
                files=draft.files
                saved_at=saved_at
                error=problem_at(problems, TEXT)
                files_error=problem_at(problems, "files")
                placeholder=words::write_a_reply(locale)
                submit=words::send_reply(locale)
                busy=submit.busy
            />
            {move || hint().map(|hint| view! { <p class="field__hint">{hint}</p> })}
            <Refusal submit=submit/>
        </form>
    }
    .into_any()
}

/// What a reply has changed: an answered question starts the clock again.
fn what_now(locale: Locale, page: Page, before: Status) -> String {
    let due = page.now(|page| domain::sla::due(&page.policy.schedule, &page.clocks.resolution, page.now));
    match (before, due) {
        (Status::Waiting, Some(due)) => {
            let now = page.now(|page| page.now);
            words::done_answered(locale, &page.clock.with_zone(|zone| format::deadline(locale, zone, due, now)))
        }
        (Status::Resolved, _) => words::done_not_solved(locale).to_owned(),
        _ => words::done_replied(locale).to_owned(),
    }
}

/// Whether there is text in a text area, the answer box or another, that was not sent yet.
pub(super) fn is_typing(area: &str) -> bool {
    #[cfg(feature = "hydrate")]
    {
        use wasm_bindgen::JsCast;
        let area =
            document().get_element_by_id(area).and_then(|area| area.dyn_into::<web_sys::HtmlTextAreaElement>().ok());
        area.is_some_and(|area| !area.value().trim().is_empty())
    }
    #[cfg(not(feature = "hydrate"))]
    {
        let _ = area;
        false
    }
}
