//! Writing back.

use domain::i18n::Locale;
use domain::ticket::Status;
use domain::view::DraftView;
use domain::view::portal::Raised;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::super::raise::{problems_of, typed_at};
use super::super::submit::{Refusal, Submit, focus_page};
use super::{Asked, Page};
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
    let submit = if page.is_first.get_value() { Submit::new(URL) } else { Submit::fresh() };
    let key = page.key();
    let draft = page.begun.get_value();
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
            // What was sent is no draft any more, even if an older state of the page still says so.
            page.begin_with(DraftView::default());
            sent.update(|sent| *sent += 1);
            if key == own {
                page.refresh(move |before| {
                    page.ask();
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
        Status::Resolved => Some(words::what_is_left_hint(locale).to_owned()),
        _ => None,
    };
    let (label, placeholder) = if page.asked.get_untracked() == Asked::Solved {
        (words::what_is_left(locale), "")
    } else {
        (words::your_reply(locale), words::write_a_reply(locale))
    };
    let button = Signal::derive(move || match status.get() {
        Status::Resolved => words::send_not_solved(locale).to_owned(),
        _ => words::send_reply(locale).to_owned(),
    });
    view! {
        <form class="reply" node_ref=form method="post" action=URL enctype="multipart/form-data" novalidate on:submit=send>
            <input type="hidden" name="place" value=place.clone()/>
            <input type="hidden" name="key" value=key/>
            <Composer
                name=TEXT
                label=label
                place=place
                value=draft.value(TEXT).to_owned()
                files=draft.files
                saved_at=saved_at
                error=problem_at(problems, TEXT)
                files_error=problem_at(problems, "files")
                placeholder=placeholder
                submit=button
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

/// What is in the answer box, unless it is empty.
pub(super) fn typed() -> Option<String> {
    #[cfg(feature = "hydrate")]
    {
        use wasm_bindgen::JsCast;
        let area = document().get_element_by_id(TEXT)?.dyn_into::<web_sys::HtmlTextAreaElement>().ok()?;
        Some(area.value()).filter(|text| !text.trim().is_empty())
    }
    #[cfg(not(feature = "hydrate"))]
    None
}

/// Whether there is text in the answer box, or a file beside it.
pub(super) fn is_being_written() -> bool {
    #[cfg(feature = "hydrate")]
    if document().query_selector(".reply .file").is_ok_and(|file| file.is_some()) {
        return true;
    }
    typed().is_some()
}
