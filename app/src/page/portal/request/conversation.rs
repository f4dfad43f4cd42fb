//! Messages, with what happened in between.

use domain::ticket::{Change, Status};
use domain::view::MessageView;
use domain::view::portal::RequestView;
use leptos::prelude::*;

use super::super::saying::{Line, Telling, status_after};
use super::Page;
use crate::component::{EventLine, MessageItem};
use crate::format;
use crate::shell::{use_frame, use_locale};
use crate::words::portal as words;

#[component]
pub(super) fn Conversation(page: Page) -> impl IntoView {
    let locale = use_locale();
    let frame = use_frame();
    let me = frame.user().map(|user| user.id);
    let (org, organisation) = frame.with(|session| (session.brand.key.clone(), session.brand.name.clone()));
    // The number of messages and the last event say whether anything is new.
    let version = page.part(|page| (page.key.clone(), page.messages.len(), page.events.len(), page.version));
    view! {
        <section aria-labelledby="conversation">
            <h2 class="visually-hidden" id="conversation">{words::conversation(locale)}</h2>
            <ol class="thread">
                {move || {
                    // Reading it, not only tracking: a memo that nobody has read listens to nothing.
                    version.with(|_| ());
                    let entries = page.now(|request| entries(page, request, me));
                    entries.into_iter().map(|entry| match entry {
                        Entry::Message(message) => {
                            view! { <MessageItem message=message me=me org=org.clone() role=organisation.clone()/> }.into_any()
                        }
                        Entry::Event(at, line) => view! { <Event at=at line=line/> }.into_any(),
                    }).collect_view()
                }}
            </ol>
        </section>
    }
    .into_any()
}

enum Entry {
    Message(MessageView),
    Event(domain::time::Instant, Line),
}

/// In order of time; a message comes before the event that it made.
fn entries(page: Page, request: &RequestView, me: Option<i64>) -> Vec<Entry> {
    let locale = use_locale();
    let when = |at| page.clock.with_zone(|zone| format::date_time(locale, zone, at));
    let span = |span| format::duration(locale, span);
    let mut telling = Telling { locale, me, clocks: &request.clocks, before: Status::New, when: &when, span: &span };
    let mut entries = Vec::new();
    let mut messages = request.messages.iter().peekable();
    let mut accepted = false;
    for event in &request.events {
        while let Some(message) = messages.next_if(|message| message.at <= event.at) {
            entries.push(Entry::Message(message.clone()));
        }
        if let Some(mut line) = telling.line(event) {
            line.key_is_known(&request.linked);
            entries.push(Entry::Event(event.at, line));
        }
        telling.before = status_after(telling.before, &event.change, accepted);
        accepted |= matches!(event.change, Change::Accepted);
    }
    entries.extend(messages.cloned().map(Entry::Message));
    entries
}

#[component]
fn Event(at: domain::time::Instant, line: Line) -> impl IntoView {
    let Line { icon, text, key, linked, quote, more } = line;
    let key = key.map(|key| {
        if linked {
            let href = ["/requests/", &key].concat();
            view! { " "<a href=href>{key}</a> }.into_any()
        } else {
            view! { " "{key} }.into_any()
        }
    });
    let quote = quote.filter(|quote| !quote.is_empty());
    let stop = if quote.is_some() { ". " } else { " " };
    let quote = quote.map(|quote| view! { " "<q>{quote.trim_end_matches('.').to_owned()}</q> });
    let more = more.map(|more| view! { {stop}{more} });
    view! { <EventLine icon=icon at=at>{text}{key}{quote}{more}</EventLine> }.into_any()
}
