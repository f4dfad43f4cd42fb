//! Where this ticket stands in its queue, the tickets before and after it, and the keys of the page. The queue is asked
//! once, from the browser: a page without JavaScript has the way back.

use domain::view::desk::{ComposeKind, DeskQuery};
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_navigate;

use super::composer::open;
use super::work::Work;
use crate::component::{Glyph, Icon, KeyHint};
use crate::page::desk::key_dialog::KeyDialog;
use crate::page::desk::keyboard::{Shortcuts, click};
use crate::page::desk::query::{list_href, queue_of, ticket_href};
use crate::page::desk::rail::queue_name;
use crate::shell::use_locale;
use crate::words::desk as words;

/// The place in the queue, counted from one, of how many; the neighbours' addresses.
#[derive(Clone, Default, PartialEq)]
struct Place {
    position: Option<(usize, i64)>,
    previous: Option<String>,
    next: Option<String>,
}

#[component]
pub(super) fn Neighbours(query: DeskQuery) -> impl IntoView {
    let locale = use_locale();
    let work = Work::get();
    let place = RwSignal::new(Place::default());
    let back = list_href(&query);
    let name = queue_name(locale, queue_of(&query));
    find(query, work.key(), place);
    let (shortcuts, help) = (Shortcuts::new(), RwSignal::new(false));
    keys(work, place, back.clone(), shortcuts, help);
    let step = move |key: &'static str, icon: Glyph, label: &'static str, href: Option<String>| {
        href.map(|href| {
            view! {
                <A href=href attr:class="agent__step" attr:title=label attr:aria-label=label><KeyHint key=key/><Icon name=icon/></A>
            }
        })
    };
    view! {
        <div class="agent__nav">
            <a class="agent__back" href=back><Icon name=Glyph::ChevronLeft/>{name}</a>
            <span class="muted">
                {move || place.get().position.map(|(at, of)| words::position(locale, &at.to_string(), &of.to_string()))}
            </span>
            <span class="agent__steps">
                {move || {
                    let Place { previous, next, .. } = place.get();
                    view! {
                        {step("K", Glyph::ChevronUp, words::key_previous(locale), previous)}
                        {step("J", Glyph::ChevronDown, words::key_next(locale), next)}
                    }
                }}
            </span>
        </div>
        <KeyDialog open=help shortcuts=shortcuts/>
    }
    .into_any()
}

/// Asks the queue in the browser. Without an answer there are no neighbours, which is no harm.
fn find(query: DeskQuery, key: String, place: RwSignal<Place>) {
    Effect::new(move |_| {
        let (query, key) = (query.clone(), key.clone());
        leptos::task::spawn_local(async move {
            let Ok(page) = crate::api::desk::read_desk(query.clone()).await else { return };
            let Some(at) = page.rows.iter().position(|row| row.key == key) else { return };
            let neighbour = |at: Option<usize>| Some(ticket_href(&page.rows.get(at?)?.key, &query));
            let first_page = page.previous.is_none();
            let _ = place.try_set(Place {
                // On a later page of the queue nobody knows how many went before.
                position: first_page.then_some((at + 1, page.total)),
                previous: neighbour(at.checked_sub(1)),
                next: neighbour(Some(at + 1)),
            });
        });
    });
}

fn keys(work: Work, place: RwSignal<Place>, back: String, shortcuts: Shortcuts, help: RwSignal<bool>) {
    let navigate = use_navigate();
    shortcuts.listen(move |key| {
        let go = |href: Option<String>| href.map(|href| navigate(&href, Default::default())).is_some();
        let can = work.with(|ticket| ticket.can);
        let write = |allowed: bool, kind| {
            if allowed {
                open(work, kind);
            }
            allowed
        };
        match key {
            "j" => go(place.get_untracked().next),
            "k" => go(place.get_untracked().previous),
            "u" => go(Some(back.clone())),
            "a" => click("do-accept"),
            "r" => write(can.answer, ComposeKind::Answer),
            "q" => write(can.return_with_question, ComposeKind::Return),
            "s" => write(can.resolve, ComposeKind::Resolve),
            "i" => write(true, ComposeKind::Note),
            "p" => press(".agent__priority > summary"),
            "?" => {
                help.set(true);
                true
            }
            _ => false,
        }
    });
}

/// Presses what the selector finds.
#[cfg(feature = "hydrate")]
fn press(selector: &str) -> bool {
    use wasm_bindgen::JsCast;
    let found = document().query_selector(selector).ok().flatten();
    let found = found.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
    found
        .map(|element| {
            element.click();
            let _ = element.focus();
        })
        .is_some()
}

#[cfg(not(feature = "hydrate"))]
fn press(_selector: &str) -> bool {
    false
}
