//! Keeps what is typed: a while after the last key, the form's values go to the server as a draft; what had no time for that
//! when the page was left is found again by the next one.

#[cfg(feature = "hydrate")]
mod left;

use domain::time::Instant;
use leptos::html;
use leptos::prelude::*;

use super::{Glyph, Icon, use_now};
use crate::format;
use crate::shell::use_locale;
use crate::words::common as words;

// The server only ever makes the first of what the browser makes all of.
#[cfg_attr(not(feature = "hydrate"), allow(dead_code))]
#[derive(Clone, Copy, PartialEq)]
enum State {
    Untouched,
    Saved(Instant),
    Failed,
}

/// Where what was typed is thrown away.
const DISCARD: &str = "/api/draft/discard";

/// Inside a form: saves its values while one types, and says so.
#[component]
pub fn DraftKeeper(
    /// Names the draft: `reply/ACME-17`.
    #[prop(into)]
    place: String,
    #[prop(optional_no_strip)] saved_at: Option<Instant>,
) -> impl IntoView {
    let locale = use_locale();
    let now = use_now();
    let state = RwSignal::new(saved_at.map_or(State::Untouched, State::Saved));
    let line = NodeRef::<html::Span>::new();
    keep(line, place, state);
    let text = move || match state.get() {
        State::Untouched => None,
        State::Saved(at) => {
            let time = now.with_zone(|zone| format::moment(locale, zone, at, now.untracked()));
            Some(view! { <Icon name=Glyph::Check/>{words::draft_saved(locale, &time)} }.into_any())
        }
        State::Failed => Some(view! { <Icon name=Glyph::Late/>{words::draft_failed(locale)} }.into_any()),
    };
    view! { <span class="draft" node_ref=line>{text}</span> }.into_any()
}

/// Above a form that came with an earlier draft: says so, and throws it away with its files when asked to. A form of its
/// own, so not to be put into another.
#[component]
pub fn StartOver(#[prop(into)] place: String, #[prop(optional_no_strip)] saved_at: Option<Instant>) -> impl IntoView {
    let Some(saved_at) = saved_at else { return ().into_any() };
    let locale = use_locale();
    let now = use_now();
    let time = now.with_zone(|zone| format::moment(locale, zone, saved_at, now.untracked()));
    view! {
        <form class="start-over" method="post" action=DISCARD>
            <input type="hidden" name="place" value=place/>
            <span>{words::begun_before(locale, &time)}</span>
            <button class="link-button" type="submit">{words::start_over(locale)}</button>
        </form>
    }
    .into_any()
}

#[cfg(not(feature = "hydrate"))]
fn keep(_line: NodeRef<html::Span>, _place: String, _state: RwSignal<State>) {}

#[cfg(feature = "hydrate")]
fn keep(line: NodeRef<html::Span>, place: String, state: RwSignal<State>) {
    use std::time::Duration;

    use wasm_bindgen::JsCast;

    use super::browser::{self, Request};

    /// Long enough not to save every letter.
    const PAUSE: Duration = Duration::from_millis(700);
    /// In milliseconds: whoever types without a pause has it saved all the same.
    const AT_LAST: f64 = 2_500.0;

    let now = use_now();
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let waits_since = StoredValue::new(0.0);
    // The save that was not answered yet.
    let request = StoredValue::new_local(None::<Request>);
    // Whether something waited to be saved.
    let cancel = move || {
        let waiting = timer.try_update_value(Option::take).flatten();
        waiting.map(|timer| timer.clear()).is_some()
    };
    let give_up = move || {
        let on_its_way = request.try_update_value(Option::take).flatten();
        on_its_way.map(|request| request.abort()).is_some()
    };
    let left = left::Left::of(&place);
    let own_place = place.clone();
    let body_with = move |values: &str| browser::form_body(&[("place", &place), ("values", values)]);
    let body = {
        let body_with = body_with.clone();
        move |form: &web_sys::HtmlFormElement| values_of(form).map(|values| body_with(&values))
    };
    let newer = StoredValue::new(left.clone());
    let save = move |body: String| {
        // It must not arrive after this one.
        give_up();
        let sent = browser::post("/api/draft/save", &body, move |status, _| {
            if status == 200 {
                newer.try_with_value(left::Left::forget);
            }
            let saved = if status == 200 { State::Saved(now.untracked()) } else { State::Failed };
            let _ = state.try_set(saved);
            let _ = request.try_set_value(None);
        });
        let _ = request.try_set_value(sent);
    };
    Effect::new(move |_| {
        let Some(line) = line.get() else { return };
        let Some(form) =
            line.closest("form").ok().flatten().and_then(|form| form.dyn_into::<web_sys::HtmlFormElement>().ok())
        else {
            return;
        };
        let (body_of, target) = (body.clone(), form.clone());
        let typed = browser::listen(&form, "input", move |_| {
            let at = browser::monotonic();
            if !cancel() {
                waits_since.set_value(at);
            } else if at - waits_since.get_value() > AT_LAST {
                body_of(&target).into_iter().for_each(save);
                return;
            }
            let (body_of, target) = (body_of.clone(), target.clone());
            let pause_over = move || {
                timer.set_value(None);
                body_of(&target).into_iter().for_each(save);
            };
            timer.set_value(set_timeout_with_handle(pause_over, PAUSE).ok());
        });
        // What waits when the page is left goes at once: with the page itself, or while the next one is drawn. A page that is
        // loaded again is asked for before this has arrived, so it is also left here.
        left.restore(&form);
        let (left, body_with, target) = (left.clone(), body_with.clone(), form.clone());
        let hidden = browser::listen(&window(), "pagehide", move |_| {
            let (waits, on_its_way) = (cancel(), give_up());
            let failed = state.try_get_untracked() == Some(State::Failed);
            if (waits || on_its_way || failed)
                && let Some(values) = values_of(&target)
            {
                left.leave(&values);
                browser::send_beacon("/api/draft/save", &body_with(&values));
            }
        });
        // What is being sent, or thrown away, is no draft any more: a save that arrived later would bring it back.
        let forget = move || {
            cancel();
            give_up();
            newer.try_with_value(left::Left::forget);
        };
        let (own, own_place) = (form.clone(), own_place.clone());
        let sent = browser::listen(&window(), "submit", move |event| {
            let sent = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlFormElement>().ok());
            if sent.is_some_and(|sent| sent == own || throws_away(&sent, &own_place)) {
                forget();
            }
        });
        let reset = browser::listen(&form, "reset", move |_| forget());
        StoredValue::new_local((typed, hidden, sent, reset));
        let (body_of, target) = (body.clone(), StoredValue::new_local(form));
        on_cleanup(move || {
            if cancel() {
                target.try_with_value(|form| body_of(form)).flatten().into_iter().for_each(save);
            }
        });
    });
}

/// Whether this is the form of a [`StartOver`] for a place.
#[cfg(feature = "hydrate")]
fn throws_away(form: &web_sys::HtmlFormElement, place: &str) -> bool {
    form.get_attribute("action").as_deref() == Some(DISCARD)
        && web_sys::FormData::new_with_form(form)
            .is_ok_and(|data| data.get("place").as_string().as_deref() == Some(place))
}

/// The form's values as a JSON object, without files and without what steers the submit: that is the page's, not the
/// person's.
#[cfg(feature = "hydrate")]
fn values_of(form: &web_sys::HtmlFormElement) -> Option<String> {
    let data = web_sys::FormData::new_with_form(form).ok()?;
    crate::api::file::STEERING.iter().chain(&["files"]).for_each(|name| data.delete(name));
    let values = js_sys::Object::from_entries(&data).ok()?;
    js_sys::JSON::stringify(&values).ok()?.as_string()
}
