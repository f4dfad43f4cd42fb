//! The menu behind the dots: closing as spam or as the duplicate of another ticket.

use domain::ticket::CloseReason;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::work::Work;
use crate::ApiError;
use crate::component::{ConfirmAction, Disclosure, Glyph, Icon, TextField, focus_first_wrong, problem_at};
use crate::shell::use_locale;
use crate::words::desk as words;

#[component]
pub(super) fn MoreMenu() -> impl IntoView {
    let locale = use_locale();
    let work = Work::get();
    let version = work.part(|ticket| ticket.version);
    let problems = Signal::derive(move || {
        work.failed.with(|failed| failed.as_ref().map(|error: &ApiError| error.problems().to_vec()).unwrap_or_default())
    });
    let duplicate = focus_first_wrong(problems);
    let hidden = move |reason: CloseReason| {
        view! {
            <input type="hidden" name="key" value=work.key()/>
            <input type="hidden" name="version" value=move || version.get().to_string()/>
            <input type="hidden" name="reason" value=reason.slug()/>
        }
    };
    let others = work.part(|ticket| ticket.others.clone());
    let typed = RwSignal::new(String::new());
    // What cannot be taken back is seen before it is done.
    let meant = move || {
        let key = typed.get().trim().to_uppercase();
        let (key, subject, _) = others.get().into_iter().find(|(other, _, _)| *other == key)?;
        Some(view! { <p class="small"><span class="key">{key}</span>" "<b>{subject}</b></p> })
    };
    let offered = move || {
        let offer = |(key, subject, _)| view! { <option value=key>{subject}</option> };
        others.get().into_iter().map(offer).collect_view()
    };
    let summary = view! { <Icon name=Glyph::Dots/> }.into_any();
    view! {
        <Disclosure class="disclosure--up agent__more" summary=summary label=words::more(locale)>
            <div class="popover actions">
                <ConfirmAction
                    icon=Glyph::Article
                    label=words::close_duplicate(locale)
                    title=words::close_duplicate_title(locale)
                    text=words::close_duplicate_text(locale)
                >
                    <form
                        node_ref=duplicate
                        method="post"
                        action="/api/desk/close"
                        on:submit=move |event| close(work, &event, CloseReason::Duplicate)
                    >
                        {hidden(CloseReason::Duplicate)}
                        <TextField
                            name="duplicate_of"
                            label=words::other_key(locale)
                            hint=words::other_key_hint(locale)
                            error=problem_at(problems, "duplicate_of")
                            required=true
                            autocomplete="off"
                            list="others"
                            on_input=Callback::new(move |key| typed.set(key))
                        />
                        <datalist id="others">{offered}</datalist>
                        {meant}
                        <button class="button button--danger button--small" type="submit">{words::close_duplicate(locale)}</button>
                    </form>
                </ConfirmAction>
                <ConfirmAction
                    icon=Glyph::Cross
                    label=words::close_spam(locale)
                    title=words::close_spam_title(locale)
                    text=words::close_spam_text(locale)
                >
                    <form method="post" action="/api/desk/close" on:submit=move |event| close(work, &event, CloseReason::Spam)>
                        {hidden(CloseReason::Spam)}
                        <button class="button button--danger button--small" type="submit">{words::close_spam(locale)}</button>
                    </form>
                </ConfirmAction>
            </div>
        </Disclosure>
    }
    .into_any()
}

#[cfg(feature = "hydrate")]
fn close(work: Work, event: &SubmitEvent, reason: CloseReason) {
    let other = match reason {
        CloseReason::Duplicate => super::bar::value_of(event, "duplicate_of"),
        _ => Some(String::new()),
    };
    let Some(other) = other else { return };
    event.prevent_default();
    let deed = crate::api::desk::close(work.key(), work.version(), reason.slug().to_owned(), other);
    work.act(deed, words::closed_now(work.locale()), super::bar::close_menus);
}

#[cfg(not(feature = "hydrate"))]
fn close(_work: Work, _event: &SubmitEvent, _reason: CloseReason) {}
