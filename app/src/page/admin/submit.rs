//! Forms with two buttons: one shows what would change, the other saves. Without JavaScript the first is a link to the page
//! with the form in its address, the second a post; with it both are answered in place.

use domain::problem::{FieldProblem, Problem};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::server_fn::codec::MultipartData;
use leptos_router::hooks::use_query_map;

use crate::ApiError;
use crate::api::admin::typed::{self, Values};
use crate::component::{Notice, NoticeKind};
use crate::page::here;
use crate::shell::{browser, use_locale};
use crate::words::admin as words;

/// Where a preview stands: what the button that asks for it leads to.
pub(super) const PREVIEW: &str = "preview";

/// What is under way with one form.
#[derive(Clone, Copy)]
pub(super) struct Submit {
    pub(super) busy: RwSignal<bool>,
    /// What is wrong with fields; no others than the form's own.
    pub(super) problems: RwSignal<Vec<FieldProblem>>,
    /// What else went wrong.
    failed: RwSignal<Option<ApiError>>,
    /// Someone saved this version meanwhile.
    pub(super) outdated: RwSignal<Option<i64>>,
}

impl Submit {
    /// `answer`: that of a preview which the address asked for. Without it, what a redirect brought along.
    pub(super) fn new(answer: Option<&ApiError>) -> Self {
        let submit = Self {
            busy: RwSignal::new(false),
            problems: RwSignal::new(Vec::new()),
            failed: RwSignal::new(None),
            outdated: RwSignal::new(None),
        };
        if let Some(error) = answer.cloned().or_else(|| here::refused().map(|(_, error)| error)) {
            submit.refuse(error);
        }
        submit
    }

    pub(super) fn refuse(self, error: ApiError) {
        match error {
            ApiError::Invalid(found) if !found.is_empty() => {
                let newer = found.iter().find_map(|problem| match problem.problem {
                    Problem::Outdated { version } => Some(version),
                    _ => None,
                });
                if newer.is_some() {
                    let _ = self.outdated.try_set(newer);
                }
                let own = found.into_iter().filter(|problem| !matches!(problem.problem, Problem::Outdated { .. }));
                let _ = self.problems.try_set(own.collect());
            }
            error => {
                let _ = self.failed.try_set(Some(error));
            }
        }
    }

    /// Waits for an answer, one at a time; `done` gets it when it is good.
    pub(super) fn wait<T: 'static>(
        self,
        answer: impl Future<Output = Result<T, ApiError>> + 'static,
        done: impl FnOnce(T) + 'static,
    ) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.problems.set(Vec::new());
        self.failed.set(None);
        leptos::task::spawn_local(async move {
            let answer = answer.await;
            // The page may be gone by now.
            let _ = self.busy.try_set(false);
            match answer {
                Ok(answer) => done(answer),
                Err(error) => self.refuse(error),
            }
        });
    }
}

/// What was typed, when the address holds a form.
pub(super) fn typed_before(marker: &str) -> Option<Values> {
    let values = typed::decode(&leptos_router::hooks::use_location().search.get_untracked());
    values.iter().any(|(name, _)| name == marker).then_some(values)
}

/// Whether the address asks what would change.
pub(super) fn asks(search: &str) -> bool {
    !search.contains("__err=") && typed::decode(search).iter().any(|(name, _)| name == PREVIEW)
}

/// Answers a submit in place: `look` gets the form as a query, `save` as multipart data.
#[cfg(feature = "hydrate")]
pub(super) fn intercept(event: &SubmitEvent, look: impl FnOnce(String), save: impl FnOnce(MultipartData)) {
    use wasm_bindgen::JsCast;
    let Some(form) = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlFormElement>().ok()) else {
        return;
    };
    let Ok(data) = web_sys::FormData::new_with_form(&form) else { return };
    let looks = event.submitter().is_some_and(|button| button.get_attribute("name").as_deref() == Some(PREVIEW));
    if !looks {
        event.prevent_default();
        save(data.into());
    } else if let Ok(pairs) = web_sys::UrlSearchParams::new_with_str_sequence_sequence(&data) {
        event.prevent_default();
        look(String::from(pairs.to_string()));
    }
}

/// Without the browser's half the form goes to the server by itself.
#[cfg(not(feature = "hydrate"))]
pub(super) fn intercept(_event: &SubmitEvent, look: impl FnOnce(String), save: impl FnOnce(MultipartData)) {
    let _ = (look, save);
}

/// Brings what was asked for into view.
pub(super) fn to_preview() {
    // Only once it is drawn.
    request_animation_frame(|| {
        browser::focus(PREVIEW);
    });
}

/// What went wrong apart from the fields, and that someone was faster.
#[component]
pub(super) fn Refusal(submit: Submit, here: String) -> impl IntoView {
    let locale = use_locale();
    let failed = move || {
        submit
            .failed
            .get()
            .map(|error| view! { <Notice kind=NoticeKind::Danger>{words::failure(locale, &error)}</Notice> })
    };
    let outdated = move || {
        let here = here.clone();
        submit.outdated.get().map(|version| {
            view! {
                <Notice kind=NoticeKind::Risk>
                    <p>{words::outdated(locale, version)}</p>
                    <p><a href=here rel="external">{words::open_newest(locale)}</a></p>
                </Notice>
            }
        })
    };
    view! { <div role="alert">{failed}{outdated}</div> }.into_any()
}

/// Shows what would change, and saves.
#[component]
pub(super) fn Buttons(submit: Submit, here: String, save: &'static str) -> impl IntoView {
    let locale = use_locale();
    let look = [here.as_str(), "#", PREVIEW].concat();
    // The first button is the one that Enter presses: it changes nothing.
    view! {
        <div class="form__send admin__buttons">
            <button class="button" type="submit" name=PREVIEW value="1" formmethod="get" formaction=look
                disabled=move || submit.busy.get()>
                {words::show_what_changes(locale)}
            </button>
            <button class="button button--primary" type="submit" disabled=move || submit.busy.get()>{save}</button>
        </div>
    }
    .into_any()
}

/// What was done, after a redirect or a navigation brought one here.
#[component]
pub(super) fn Done() -> impl IntoView {
    let locale = use_locale();
    let said = use_query_map().with_untracked(|query| {
        let number = |name: &str| query.get_str(name).and_then(|text| text.parse::<i64>().ok()).unwrap_or_default();
        let moved = number("moved");
        match query.get_str("done") {
            Some("saved") => Some((words::saved(locale, number("version_now")), moved)),
            Some("assigned") => Some((words::assigned(locale).to_owned(), moved)),
            _ => None,
        }
    });
    said.map(|(said, moved)| {
        let moved = if moved > 0 { words::deadlines_moved(locale, moved) } else { String::new() };
        view! { <Notice kind=NoticeKind::Ok>{said}" "{moved}</Notice> }
    })
}
