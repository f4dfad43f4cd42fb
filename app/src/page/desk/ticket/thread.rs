//! The conversation with notes and events in between, as it happened; and the whole log.

use std::collections::HashMap;

use domain::actor::Role;
use domain::i18n::Locale;
use domain::mail::MailKind;
use domain::time::Instant;
use domain::view::desk::{DeskTicketView, ThreadItem};
use domain::view::mail::MailOrigin;
use domain::view::{EventView, MessageView, Side};
use leptos::prelude::*;

use super::automatic::AutomaticItem;
use super::happened::{effect, glyph, is_line, sentence};
use super::work::Work;
use crate::component::{EventLine, MessageItem, NoteItem, Text, Time};
use crate::shell::{use_frame, use_locale};
use crate::words::desk as words;

#[component]
pub(super) fn Thread() -> impl IntoView {
    let locale = use_locale();
    let work = Work::get();
    // Its size says whether it changed: entries are only ever added.
    let shown = work.part(|ticket| (ticket.thread.len(), ticket.events.last().map(|event| event.id)));
    view! {
        <section aria-label=words::conversation(locale)>
            {move || {
                // Read, not only tracked: a memo that nobody has read depends on nothing yet.
                let _ = shown.get();
                work.with(|ticket| thread(locale, ticket))
            }}
        </section>
    }
    .into_any()
}

/// One entry, whatever it is.
enum Entry<'a> {
    Item(&'a ThreadItem),
    Event(&'a EventView),
}

fn thread(locale: Locale, ticket: &DeskTicketView) -> AnyView {
    let me = use_frame().user().map(|user| user.id);
    let mut entries: Vec<(Instant, u8, Entry<'_>)> = Vec::new();
    for item in &ticket.thread {
        let at = match item {
            ThreadItem::Message(message) => message.at,
            ThreadItem::Note(note) => note.at,
        };
        entries.push((at, 1, Entry::Item(item)));
    }
    for event in ticket.events.iter().filter(|event| is_line(&event.change)) {
        // Accepting goes before the answer that did it, everything else follows its message.
        let order = if matches!(event.change, domain::ticket::Change::Accepted) { 0 } else { 2 };
        entries.push((event.at, order, Entry::Event(event)));
    }
    entries.sort_by_key(|(at, order, _)| (*at, *order));
    let roles = roles(locale, ticket);
    let entry = |(_, _, entry): (Instant, u8, Entry<'_>)| match entry {
        Entry::Item(ThreadItem::Message(message)) => self::message(locale, ticket, message, me, &roles),
        Entry::Item(ThreadItem::Note(note)) => match origin(ticket, note.id) {
            Some(origin) if origin.kind != MailKind::Person => {
                view! { <AutomaticItem note=note.clone() origin=origin/> }.into_any()
            }
            origin => view! { <NoteItem note=note.clone() origin=origin/> }.into_any(),
        },
        Entry::Event(event) => self::event(locale, ticket, event, me),
    };
    let entries = entries.into_iter().map(entry).collect_view();
    view! { <ol class="thread">{entries}</ol> }.into_any()
}

/// The mail that an entry was.
fn origin(ticket: &DeskTicketView, message_id: i64) -> Option<MailOrigin> {
    ticket.mails.iter().find(|mail| mail.message_id == message_id).cloned()
}

/// What stands behind the names of the customer's people.
fn roles(locale: Locale, ticket: &DeskTicketView) -> HashMap<i64, &'static str> {
    let people = std::iter::once(&ticket.requester).chain(&ticket.participants);
    people
        .map(|person| {
            let role = if person.role == Role::Manager { words::manager(locale) } else { words::member(locale) };
            (person.id, role)
        })
        .collect()
}

fn message(
    locale: Locale,
    ticket: &DeskTicketView,
    message: &MessageView,
    me: Option<i64>,
    roles: &HashMap<i64, &'static str>,
) -> AnyView {
    let role: Text = match (message.side, message.author_id.and_then(|id| roles.get(&id))) {
        (Side::Customer, Some(role)) => (*role).into(),
        _ => ticket.organisation.name.clone().into(),
    };
    let channel = words::channel(locale, message.channel);
    let (org, origin) = (ticket.organisation.key.clone(), origin(ticket, message.id));
    // Where nobody has an account, the author is the address.
    let origin = origin.map(|origin| {
        let sender = if message.author_id.is_some() { origin.sender } else { String::new() };
        MailOrigin { sender, ..origin }
    });
    let role = if message.author_id.is_none() { Text::from(words::no_account(locale)) } else { role };
    view! { <MessageItem message=message.clone() me=me org=org role=role channel=channel origin=origin/> }.into_any()
}

fn event(locale: Locale, ticket: &DeskTicketView, event: &EventView, me: Option<i64>) -> AnyView {
    let mut text = sentence(locale, event, me);
    if let Some(effect) = effect(locale, event, &ticket.policy.schedule, &ticket.clocks) {
        text.push_str("; ");
        text.push_str(&effect);
    }
    view! { <EventLine icon=glyph(&event.change) at=event.at>{text}</EventLine> }.into_any()
}

/// Everything that was ever recorded, for whoever has to know.
#[component]
pub(super) fn Log() -> impl IntoView {
    let locale = use_locale();
    let work = Work::get();
    let me = use_frame().user().map(|user| user.id);
    let shown = work.part(|ticket| ticket.events.clone());
    let line = move |event: EventView| {
        view! {
            <li class="log__line">
                <span class="log__time"><Time at=event.at/></span>
                <span>{sentence(locale, &event, me)}" "<span class="muted">{words::channel(locale, event.channel)}</span></span>
            </li>
        }
    };
    view! {
        <details class="log">
            <summary>{move || words::whole_log(locale, &shown.with(Vec::len).to_string())}</summary>
            <ol>{move || shown.get().into_iter().map(line).collect_view()}</ol>
        </details>
    }
    .into_any()
}
