//! Where the agent writes: an answer, a question, a solution or an internal note, which turns the paper yellow. Who will
//! read it and what it does to the clock stands beside the button, before it is pressed.

use domain::i18n::Locale;
use domain::problem::FieldProblem;
use domain::view::desk::{ComposeKind, DeskCan};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::happened::{effect, first, sentence};
use super::preview;
use super::work::Work;
use crate::ApiError;
use crate::component::{
    Composer, Glyph, Icon, Notice, NoticeKind, SignInAgain, Time, TimeStyle, focus_first_wrong, problem_at,
};
use crate::page::desk::anew;
use crate::shell::{use_frame, use_locale};
use crate::words::common;
use crate::words::desk as words;

#[component]
pub(super) fn DeskComposer() -> impl IntoView {
    let work = Work::get();
    view! {
        <Meanwhile/>
        <Failure/>
        {anew(move || work.round.get(), move |_| view! { <Form/> }.into_any())}
    }
    .into_any()
}

/// Opens the composer for `kind` and goes there.
pub(super) fn open(work: Work, kind: ComposeKind) {
    work.kind.set(Some(kind));
    #[cfg(feature = "hydrate")]
    request_animation_frame(|| {
        // All of it above the bar: the focus alone is content with the box's first lines.
        if let Some(form) = form() {
            form.scroll_into_view_with_bool(false);
        }
        crate::shell::browser::focus("text");
        keep_kind();
    });
}

/// Keeps for whom the text is meant with the text, as if it had been typed: a note that is found again tomorrow must
/// not be found as an answer. The address says it no more either, if it did.
#[cfg(feature = "hydrate")]
fn keep_kind() {
    use wasm_bindgen::JsCast;
    let text =
        document().get_element_by_id("text").and_then(|text| text.dyn_into::<web_sys::HtmlTextAreaElement>().ok());
    if let Some(text) = text.filter(|text| !text.value().trim().is_empty()) {
        let init = web_sys::EventInit::new();
        init.set_bubbles(true);
        if let Ok(event) = web_sys::Event::new_with_event_init_dict("input", &init) {
            let _ = text.dispatch_event(&event);
        }
    }
    // Where there is no history to write to, the address goes on saying it: a nuisance, no loss.
    let _ = no_longer_asked();
}

/// Takes what the composer was opened for out of the address. Whatever else it says stays.
#[cfg(feature = "hydrate")]
fn no_longer_asked() -> Result<(), wasm_bindgen::JsValue> {
    let location = window().location();
    let query = web_sys::UrlSearchParams::new_with_str(&location.search()?)?;
    if query.has("compose") {
        query.delete("compose");
        let query = String::from(query.to_string());
        let mark = if query.is_empty() { "" } else { "?" };
        let address = [&location.pathname()?, mark, &query].concat();
        window().history()?.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&address))?;
    }
    Ok(())
}

#[cfg(feature = "hydrate")]
fn form() -> Option<web_sys::HtmlFormElement> {
    use wasm_bindgen::JsCast;
    document().get_element_by_id("compose")?.dyn_into().ok()
}

#[component]
fn Form() -> impl IntoView {
    let locale = use_locale();
    let work = Work::get();
    let draft = work.with(|ticket| ticket.draft.clone());
    // What was typed is gone once it has been sent; only the first composer starts from the draft.
    let draft = if work.round.get_untracked() == 0 { draft } else { Default::default() };
    let place = ["desk/", &work.key()].concat();
    let problems = RwSignal::new(draft.problems.clone());
    // Whatever else succeeds or fails on the page: what is wrong here is news only when it changes.
    let shown = Memo::new(move |_| {
        let own = problems.get();
        if own.is_empty() {
            return work.failed.with(|failed| failed.as_ref().map(|e| e.problems().to_vec()).unwrap_or_default());
        }
        own
    });
    let shown = Signal::from(shown);
    let version = work.part(|ticket| ticket.version);
    // What is written while the composer closes is still for those it was written for.
    let kind = Memo::new(move |before: Option<&ComposeKind>| work.kind.get().or(before.copied()).unwrap_or_default());
    let note = Signal::derive(move || work.kind.get() == Some(ComposeKind::Note));
    let was_note = !draft.value("text").is_empty() && draft.value("kind") == ComposeKind::Note.slug();
    let for_customer = move || {
        let warns = was_note && work.kind.get().is_some_and(|kind| kind != ComposeKind::Note);
        warns.then(|| view! { <Notice kind=NoticeKind::Risk>{words::was_a_note(locale)}</Notice> })
    };
    let submit = Signal::derive(move || {
        match (work.busy.get(), kind.get()) {
            (true, _) => words::sending(locale),
            (_, ComposeKind::Answer) => words::send_answer(locale),
            (_, ComposeKind::Note) => words::save_note(locale),
            (_, ComposeKind::Return) => words::send_question(locale),
            (_, ComposeKind::Resolve) => words::send_solution(locale),
        }
        .to_owned()
    });
    // What others did may have made it impossible; the text is there for another use.
    let can = work.part(|ticket| ticket.can);
    let busy = Signal::derive(move || work.busy.get() || !is_possible(can.get(), kind.get()));
    let form = focus_first_wrong(shown);
    view! {
        <form
            node_ref=form
            id="compose"
            class="compose"
            method="post"
            action="/api/desk/compose"
            enctype="multipart/form-data"
            aria-label=words::composer(locale)
            hidden=move || work.kind.get().is_none()
            on:submit=move |event| send(work, &event, problems)
        >
            <input type="hidden" name="place" value=place.clone()/>
            <input type="hidden" name="key" value=work.key()/>
            <input type="hidden" name="version" value=move || version.get().to_string()/>
            <input
                type="hidden"
                name="kind"
                value=move || kind.get().slug()
                // Only where what was left is put back.
                on:input:target=move |event| work.kind.set(ComposeKind::from_slug(&event.target().value()))
            />
            {for_customer}
            <Composer
                label=words::text(locale)
                place=place
                value=draft.value("text").to_owned()
                files=draft.files.clone()
                saved_at=draft.saved_at
                error=problem_at(shown, "text")
                files_error=problem_at(shown, "files")
                submit=submit
                note=note
                busy=busy
                tabs=view! { <Tabs/> }.into_any()
            >
                <button class="button button--quiet button--small" type="button" on:click=move |_| work.kind.set(None)>
                    {words::close_composer(locale)}
                </button>
            </Composer>
            <Consequence/>
        </form>
    }
    .into_any()
}

/// Which kind of text it is. Links, so that they work before the browser's half has arrived.
#[component]
fn Tabs() -> impl IntoView {
    let locale = use_locale();
    let work = Work::get();
    let can = work.part(|ticket| ticket.can);
    let requester = work.with(|ticket| first(&ticket.requester.name).to_owned());
    let tab = move |kind: ComposeKind, label: String| {
        let href = ["?compose=", kind.slug(), "#compose"].concat();
        let icon = (kind == ComposeKind::Note).then(|| view! { <Icon name=Glyph::Lock/> });
        view! {
            <a
                class="composer__tab"
                role="button"
                href=href
                rel="external"
                aria-pressed=move || if work.kind.get().unwrap_or_default() == kind { "true" } else { "false" }
                on:click=move |event| {
                    event.prevent_default();
                    open(work, kind);
                }
                on:keydown=move |event| {
                    if event.key() == " " {
                        event.prevent_default();
                        open(work, kind);
                    }
                }
            >
                {icon} {label}
            </a>
        }
    };
    view! {
        <div class="composer__tabs">
            {move || {
                let can = can.get();
                let answer = can.answer.then(|| tab(ComposeKind::Answer, words::answer_to(locale, &requester)));
                let question = can.return_with_question.then(|| tab(ComposeKind::Return, words::question(locale).to_owned()));
                let solution = can.resolve.then(|| tab(ComposeKind::Resolve, words::solution(locale).to_owned()));
                let note = tab(ComposeKind::Note, common::internal_note(locale).to_owned());
                view! { {answer} {question} {solution} {note} }
            }}
        </div>
    }
    .into_any()
}

/// What sending does, and who will read it.
#[component]
fn Consequence() -> impl IntoView {
    let locale = use_locale();
    let work = Work::get();
    let readers = work.part(|ticket| {
        let mut names = vec![first(&ticket.requester.name).to_owned()];
        names.extend(ticket.participants.iter().map(|person| first(&person.name).to_owned()));
        (names, ticket.organisation.name.clone(), ticket.confidential)
    });
    let text = move || {
        let kind = work.kind.get().unwrap_or_default();
        if kind == ComposeKind::Note {
            return words::note_readers(locale).to_owned();
        }
        let (names, organisation, confidential) = readers.get();
        let names = names.join(words::and(locale));
        let who = if confidential {
            words::readers_confidential(locale, &names)
        } else {
            words::readers(locale, &names, &organisation)
        };
        let effect = match kind {
            ComposeKind::Return => preview::when_returned(work),
            ComposeKind::Resolve => preview::when_resolved(work),
            ComposeKind::Answer | ComposeKind::Note => preview::when_answered(work),
        };
        [who.as_str(), " ", &effect].concat()
    };
    view! { <p class="compose__consequence small muted">{text}</p> }.into_any()
}

/// What others did since the page was read. The text stays; sending again goes on from what is now.
#[component]
fn Meanwhile() -> impl IntoView {
    let locale = use_locale();
    let work = Work::get();
    let me = use_frame().user().map(|user| user.id);
    let event = move |event: domain::view::EventView| {
        let text = sentence(locale, &event, me);
        let effect = work.with(|ticket| effect(locale, &event, &ticket.policy.schedule, &ticket.clocks));
        let effect = effect.map(|effect| ["; ", &effect].concat());
        view! { <li>{text}{effect}" ("<Time at=event.at style=TimeStyle::Moment/>")"</li> }
    };
    move || {
        let events = work.conflict.get();
        if events.is_empty() {
            return ().into_any();
        }
        view! {
            <Notice kind=NoticeKind::Risk>
                <p><b>{words::meanwhile(locale)}</b></p>
                <ul>{events.into_iter().map(event).collect_view()}</ul>
                {move || if work.kind.get().is_some() {
                    let can = work.tracked(|ticket| ticket.can);
                    let possible = is_possible(can, work.kind.get().unwrap_or_default());
                    let send = possible.then(|| {
                        view! {
                            <button class="button button--small" type="submit" form="compose">{words::send_anyway(locale)}</button>
                        }
                    });
                    let gone = (!possible).then(|| words::meanwhile_gone(locale));
                    view! {
                        <p>{words::meanwhile_text(locale)}" "{gone}</p>
                        <p class="row">
                            {send}
                            <button class="button button--quiet button--small" type="button" on:click=move |_| discard(work)>
                                {words::discard(locale)}
                            </button>
                        </p>
                    }.into_any()
                } else {
                    view! { <p>{words::meanwhile_decide(locale)}</p> }.into_any()
                }}
            </Notice>
        }
        .into_any()
    }
}

/// Why the last change did not happen, in words. What is wrong with a field stands at that field; only a page that came
/// back without JavaScript, where menus are closed again, says it here too.
#[component]
fn Failure() -> impl IntoView {
    let locale = use_locale();
    let work = Work::get();
    move || {
        let error = work.failed.get()?;
        let problems = error.problems();
        let text = if problems.is_empty() {
            words::failure(locale, &error)
        } else if work.arrived.get() {
            problems.iter().map(|problem| common::problem(locale, &problem.problem)).collect::<Vec<_>>().join(". ")
        } else {
            return None;
        };
        let sign_in = (error == ApiError::SignedOut).then(|| view! { " "<SignInAgain/> });
        Some(view! { <Notice kind=NoticeKind::Danger>{text}{sign_in}</Notice> }.into_any())
    }
}

/// Throws away text and files, here and on the server.
fn discard(work: Work) {
    // Nothing of it is saved any more while the composer closes.
    #[cfg(feature = "hydrate")]
    if let Some(form) = form() {
        form.reset();
    }
    let place = ["desk/", &work.key()].concat();
    leptos::task::spawn_local(async move {
        // If this does not arrive, an old draft shows up at the next visit: a nuisance, no loss.
        let _ = crate::api::file::discard_draft(place).await;
    });
    work.conflict.set(Vec::new());
    work.failed.set(None);
    work.kind.set(None);
    work.round.update(|round| *round += 1);
}

const fn is_possible(can: DeskCan, kind: ComposeKind) -> bool {
    match kind {
        ComposeKind::Answer => can.answer,
        ComposeKind::Note => true,
        ComposeKind::Return => can.return_with_question,
        ComposeKind::Resolve => can.resolve,
    }
}

/// What is said when it has been sent.
pub(super) const fn said(locale: Locale, kind: ComposeKind) -> &'static str {
    match kind {
        ComposeKind::Answer => words::answer_sent(locale),
        ComposeKind::Note => words::note_saved(locale),
        ComposeKind::Return => words::question_sent(locale),
        ComposeKind::Resolve => words::solution_sent(locale),
    }
}

#[cfg(feature = "hydrate")]
fn send(work: Work, event: &SubmitEvent, problems: RwSignal<Vec<FieldProblem>>) {
    use wasm_bindgen::JsCast;
    let Some(form) = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlFormElement>().ok()) else {
        return;
    };
    let Ok(data) = web_sys::FormData::new_with_form(&form) else { return };
    event.prevent_default();
    let locale = work.locale();
    let kind = work.kind.get_untracked().unwrap_or_default();
    problems.set(Vec::new());
    let said = said(locale, kind);
    let deed = async move {
        let outcome = crate::api::desk::compose(data.into()).await;
        if let Err(ApiError::Invalid(found)) = &outcome {
            let _ = problems.try_set(found.clone());
        }
        outcome
    };
    work.act(deed, said, move || {
        work.kind.set(None);
        work.round.update(|round| *round += 1);
    });
}

/// Without the browser's half the form goes to the server by itself.
#[cfg(not(feature = "hydrate"))]
fn send(_work: Work, _event: &SubmitEvent, _problems: RwSignal<Vec<FieldProblem>>) {
    let _: Option<ApiError> = None;
}
