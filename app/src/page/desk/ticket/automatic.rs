//! Mail around a ticket that no conversation is made of: what machines wrote, and whom mail does not reach.

use domain::view::desk::NoteView;
use domain::view::mail::{Bounced, MailOrigin};
use leptos::prelude::*;

use super::work::Work;
use crate::component::{Glyph, Icon, Origin, Time, Written};
use crate::shell::use_locale;
use crate::words::mail as words;

/// A mail that no person wrote: a line that unfolds.
#[component]
pub(super) fn AutomaticItem(note: NoteView, origin: MailOrigin) -> impl IntoView {
    let locale = use_locale();
    let anchor = ["message-", &note.id.to_string()].concat();
    let from = (!note.author.is_empty()).then(|| words::of_sender(locale, &note.author));
    // Said already.
    let origin = MailOrigin { sender: String::new(), ..origin };
    view! {
        <li class="event" id=anchor>
            <Icon name=Glyph::Mail/>
            <div class="event__text">
                <details class="folded">
                    <summary><Icon name=Glyph::ChevronRight/><span><b>{words::kind(locale, origin.kind)}</b>" "{from}</span></summary>
                    <p>{words::changed_nothing(locale)}</p>
                    <Written text=note.body history=note.history files=note.files/>
                    <Origin origin=origin/>
                </details>
            </div>
            <span class="event__time"><Time at=note.at/></span>
        </li>
    }
    .into_any()
}

/// Whom on this ticket mail does not reach, and what the other server said.
#[component]
pub(super) fn Bounces() -> impl IntoView {
    let locale = use_locale();
    let work = Work::get();
    let shown = work.part(|ticket| ticket.bounced.clone());
    let line = move |bounced: Bounced| {
        let said = (!bounced.said.is_empty()).then(|| {
            view! {
                <details class="folded">
                    <summary><Icon name=Glyph::ChevronRight/><span>{words::other_server_said(locale)}</span></summary>
                    <p>{bounced.said}</p>
                </details>
            }
        });
        view! {
            <li class="bounced">
                <Icon name=Glyph::Problem/>
                <div>
                    <p><b>{words::comes_back(locale, &bounced.person.name)}</b>" "{words::since(locale)}" "<Time at=bounced.since/></p>
                    {said}
                </div>
            </li>
        }
    };
    move || {
        let bounced = shown.get();
        (!bounced.is_empty()).then(|| view! { <ul>{bounced.into_iter().map(line).collect_view()}</ul> })
    }
}
