//! The text of a message as it is shown. Plain text: line breaks count, addresses of pages become links, and a picture of a
//! mail stands where its text says `[image: name]`.

use domain::view::FileView;
use leptos::prelude::*;

/// The text; takes the pictures that it shows out of `files`.
pub(super) fn body(text: &str, files: &mut Vec<FileView>) -> AnyView {
    let piece = |piece: Piece| match piece {
        Piece::Text(text) => text.into_any(),
        Piece::Link(url) => {
            let href = url.clone();
            view! { <a href=href rel="noopener noreferrer nofollow external" target="_blank">{url}</a> }.into_any()
        }
        Piece::Picture(file) => {
            let (href, source) = (file.href(), file.href());
            view! {
                <a class="picture" href=href rel="external" target="_blank">
                    <img src=source alt=file.name loading="lazy"/>
                </a>
            }
            .into_any()
        }
    };
    view! { <div class="message__body">{pieces(text, files).into_iter().map(piece).collect_view()}</div> }.into_any()
}

#[derive(Debug, PartialEq)]
enum Piece {
    Text(String),
    Link(String),
    Picture(FileView),
}

/// What `letter` writes where a picture stands, and its end.
const MARK: (&str, char) = ("[image: ", ']');

fn pieces(text: &str, files: &mut Vec<FileView>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text;
    let mut looked = 0;
    while let Some(found) = rest[looked..].find(MARK.0) {
        let (start, name) = (looked + found, looked + found + MARK.0.len());
        // Mail programs give many pictures the same name: the first mark is the first of them.
        let shown = |file: &FileView| {
            file.inline && rest[name..].strip_prefix(&file.name).is_some_and(|after| after.starts_with(MARK.1))
        };
        match files.iter().position(shown) {
            Some(at) => {
                let file = files.remove(at);
                links(&rest[..start], &mut pieces);
                rest = &rest[name + file.name.len() + MARK.1.len_utf8()..];
                looked = 0;
                pieces.push(Piece::Picture(file));
            }
            None => looked = name,
        }
    }
    links(rest, &mut pieces);
    pieces
}

/// Finds `http://` and `https://` addresses. What follows an address in a sentence is not part of it.
fn links(text: &str, pieces: &mut Vec<Piece>) {
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_becomes_a_link_without_the_sentence_around_it() {
        let text = |text: &str| Piece::Text(text.to_owned());
        let link = |url: &str| Piece::Link(url.to_owned());
        let pieces = |text: &str| pieces(text, &mut Vec::new());
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

    #[test]
    fn a_picture_stands_where_the_text_says_and_every_other_file_stays_a_file() {
        let file = |id: i64, name: &str, inline: bool| {
            let (name, media_type) = (name.to_owned(), "image/png".to_owned());
            FileView { id, name, bytes: 1, media_type, inline }
        };
        let (first, second) = (file(1, "image.png", true), file(2, "image.png", true));
        let (beside, unused) = (file(3, "beside.png", false), file(4, "logo [1].png", true));
        let mut files = vec![first.clone(), second.clone(), beside.clone(), unused.clone()];
        let text = |text: &str| Piece::Text(text.to_owned());
        assert_eq!(
            pieces(
                "Look: [image: image.png]\n[image: beside.png] [image: image.png][image: image.png] [image",
                &mut files
            ),
            [
                text("Look: "),
                Piece::Picture(first),
                text("\n[image: beside.png] "),
                Piece::Picture(second),
                text("[image: image.png] [image")
            ]
        );
        assert_eq!(files, [beside, unused.clone()]);
        assert_eq!(pieces("[image: logo [1].png]", &mut files), [Piece::Picture(unused)]);
    }
}
