//! The entries of a conversation: messages, what happened in between, and internal notes.

use domain::time::Instant;
use domain::view::desk::NoteView;
use domain::view::{FileView, MessageView, Side};
use leptos::prelude::*;

use super::{Avatar, Glyph, Icon, Text, Time};
use crate::format;
use crate::shell::use_locale;
use crate::words::common as words;

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
            <Body text=message.body/>
            <FileLinks files=message.files/>
        </li>
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
pub fn NoteItem(note: NoteView) -> impl IntoView {
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
            <Body text=note.body/>
            <FileLinks files=note.files/>
        </li>
    }
    .into_any()
}

/// The files of a message, to download.
#[component]
pub fn FileLinks(files: Vec<FileView>) -> impl IntoView {
    if files.is_empty() {
        return ().into_any();
    }
    let locale = use_locale();
    let link = move |file: FileView| {
        let icon = if file.media_type.starts_with("image/") { Glyph::Image } else { Glyph::File };
        let (href, size, name) = (file.href(), format::size(locale, file.bytes), file.name.clone());
        view! {
            <li>
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

/// Plain text: line breaks count, addresses of pages become links.
#[component]
fn Body(text: String) -> impl IntoView {
    let piece = |piece: Piece| match piece {
        Piece::Text(text) => text.into_any(),
        Piece::Link(url) => {
            let href = url.clone();
            view! { <a href=href rel="noopener noreferrer nofollow external" target="_blank">{url}</a> }.into_any()
        }
    };
    view! { <div class="message__body">{pieces(&text).into_iter().map(piece).collect_view()}</div> }.into_any()
}

#[derive(Debug, PartialEq)]
enum Piece {
    Text(String),
    Link(String),
}

/// Finds `http://` and `https://` addresses. What follows an address in a sentence is not part of it.
fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text;
    let mut plain_until = 0;
    while let Some(found) = rest[plain_until..].find("http") {
        let start = plain_until + found;
        let candidate = &rest[start..];
        let end =
            candidate.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"')).unwrap_or(candidate.len());
        let url = candidate[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '\'', ']']);
        let body = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
        if body.is_some_and(|body| !body.is_empty()) {
            if start > 0 {
                pieces.push(Piece::Text(rest[..start].to_owned()));
            }
            pieces.push(Piece::Link(url.to_owned()));
            rest = &rest[start + url.len()..];
            plain_until = 0;
        } else {
            plain_until = start + "http".len();
        }
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest.to_owned()));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_becomes_a_link_without_the_sentence_around_it() {
        let text = |text: &str| Piece::Text(text.to_owned());
        let link = |url: &str| Piece::Link(url.to_owned());
        assert_eq!(
            pieces("See https://a.example/b?c=d. Or (http://e.example)!"),
            [text("See "), link("https://a.example/b?c=d"), text(". Or ("), link("http://e.example"), text(")!")]
        );
        assert_eq!(
            pieces("http is not https:// and javascript:x is neither"),
            [text("http is not https:// and javascript:x is neither")]
        );
        assert_eq!(pieces(""), []);
    }
}
