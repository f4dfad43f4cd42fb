//! The entries of a conversation: messages, what happened in between, and internal notes.

use domain::ticket::Channel;
use domain::time::Instant;
use domain::view::desk::NoteView;
use domain::view::mail::{MailOrigin, raw_href};
use domain::view::{FileView, MessageView, PICTURES, Side};
use leptos::prelude::*;

use super::{Avatar, Glyph, Icon, Text, Time};
use crate::format;
use crate::shell::use_locale;
use crate::words::common as words;

mod text;

use text::body;

/// A public message.
#[component]
pub fn MessageItem(
    message: MessageView,
    /// The reader's id, to say "you".
    #[prop(optional_no_strip)]
    me: Option<i64>,
    /// The key of the customer's organisation: its colour is behind customers' initials.
    #[prop(into)]
    org: String,
    /// What stands behind the name of a customer: the organisation, or their role.
    #[prop(into, optional)]
    role: Text,
    /// How it came in, behind the time.
    #[prop(into, optional)]
    channel: Option<Text>,
    /// Where its mail is, for staff.
    #[prop(optional_no_strip)]
    origin: Option<MailOrigin>,
) -> impl IntoView {
    let locale = use_locale();
    let staff = message.side == Side::Support;
    let role: Text = if me.is_some() && me == message.author_id {
        words::you(locale).into()
    } else if staff {
        words::support(locale).into()
    } else {
        role
    };
    let anchor = ["message-", &message.id.to_string()].concat();
    let channel = channel.or_else(|| (message.channel == Channel::Mail).then(|| words::by_mail(locale).into()));
    let unverified = message.unverified.then(|| view! { <Unverified author=message.author.clone()/> });
    view! {
        <li class="message" id=anchor>
            <Avatar name=message.author.clone() staff=staff org=org/>
            <div class="message__head">
                <span class="message__author">{message.author}</span>
                <span class="message__role">{role}</span>
                <span class="message__time">
                    <Time at=message.at/>
                    {channel.map(|channel| view! { " · "{channel} })}
                </span>
            </div>
            {unverified}
            <Written text=message.body history=message.history files=message.files/>
            {origin.map(|origin| view! { <Origin origin=origin/> })}
        </li>
    }
    .into_any()
}

/// Nobody vouches for the sender of a mail: says so, and what it means.
#[component]
pub fn Unverified(author: String) -> impl IntoView {
    let locale = use_locale();
    view! {
        <details class="folded folded--risk">
            <summary><Icon name=Glyph::Problem/><span>{words::unverified(locale)}</span></summary>
            <p>{words::unverified_text(locale, &author)}</p>
        </details>
    }
    .into_any()
}

/// What someone wrote: the text with its pictures, what was quoted under it, the files.
#[component]
pub fn Written(
    text: String,
    #[prop(optional)] history: String,
    #[prop(optional)] mut files: Vec<FileView>,
) -> impl IntoView {
    let said = body(&text, &mut files);
    let history = (!history.is_empty()).then(|| {
        let history = body(&history, &mut files);
        view! {
            <details class="folded">
                <summary><Icon name=Glyph::ChevronRight/><span>{words::history(use_locale())}</span></summary>
                {history}
            </details>
        }
    });
    view! { {said} {history} <FileLinks files=files/> }.into_any()
}

/// The mail that a message was: from which address, when that is not its author's; and as it arrived.
#[component]
pub fn Origin(origin: MailOrigin) -> impl IntoView {
    let locale = use_locale();
    let href = raw_href(origin.inbound_id);
    let sender = (!origin.sender.is_empty()).then(|| words::sent_from(locale, &origin.sender));
    view! {
        <p class="message__origin">
            {sender.map(|sender| view! { <span>{sender}</span> })}
            // `rel=external` keeps the client-side router away: this is not a page.
            <a href=href rel="external" download=""><Icon name=Glyph::Mail/>{words::original_message(locale)}</a>
        </p>
    }
    .into_any()
}

/// Something that happened, in a line.
#[component]
pub fn EventLine(icon: Glyph, at: Instant, children: Children) -> impl IntoView {
    view! {
        <li class="event">
            <Icon name=icon/>
            <span class="event__text">{children()}</span>
            <span class="event__time"><Time at=at/></span>
        </li>
    }
    .into_any()
}

/// What staff write to each other. Looks like nothing a customer could see.
#[component]
pub fn NoteItem(note: NoteView, #[prop(optional_no_strip)] origin: Option<MailOrigin>) -> impl IntoView {
    let locale = use_locale();
    let anchor = ["message-", &note.id.to_string()].concat();
    view! {
        <li class="note" id=anchor>
            <Icon name=Glyph::Lock/>
            <div class="note__head">
                <b>{words::internal_note(locale)}</b>
                <span>{words::never_seen_by_customers(locale)}</span>
                <span class="message__time"><Time at=note.at/></span>
            </div>
            <p class="note__author">{note.author}</p>
            <Written text=note.body history=note.history files=note.files/>
            {origin.map(|origin| view! { <Origin origin=origin/> })}
        </li>
    }
    .into_any()
}

/// The files of a message, to download; pictures are seen too.
#[component]
pub fn FileLinks(files: Vec<FileView>) -> impl IntoView {
    if files.is_empty() {
        return ().into_any();
    }
    let locale = use_locale();
    let link = move |file: FileView| {
        let icon = if file.media_type.starts_with("image/") { Glyph::Image } else { Glyph::File };
        let (href, size, name) = (file.href(), format::size(locale, file.bytes), file.name.clone());
        let picture = PICTURES.contains(&file.media_type.as_str()).then(|| {
            let (href, source) = (file.href(), file.href());
            view! {
                // The link below it says what it is.
                <a class="file-link__picture" href=href rel="external" target="_blank" tabindex="-1" aria-hidden="true">
                    <img src=source alt="" loading="lazy"/>
                </a>
            }
        });
        view! {
            <li>
                {picture}
                // `rel=external` keeps the client-side router away: this is not a page.
                <a class="file-link" href=href rel="external" download=name>
                    <Icon name=icon/>
                    <span class="file-link__name">{file.name}</span>
                    <span class="file-link__size">{size}</span>
                </a>
            </li>
        }
    };
    view! { <ul class="file-links">{files.into_iter().map(link).collect_view()}</ul> }.into_any()
}
