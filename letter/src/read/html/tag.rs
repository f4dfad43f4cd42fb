//! HTML as a sequence of texts and tags. It knows no document: what a mail program accepts is seldom one.

/// A tag that begins an element.
pub(super) struct Tag<'a> {
    /// In lower case.
    pub name: String,
    /// `<br/>`.
    pub empty: bool,
    inside: &'a str,
}

impl Tag<'_> {
    /// The value of an attribute, with its entities decoded; empty when it has none.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let mut rest = self.inside;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            if rest.is_empty() {
                return None;
            }
            // A name has at least one character, which may be longer than a byte.
            let ends = |c: char| c.is_whitespace() || matches!(c, '=' | '/');
            let end = rest.char_indices().skip(1).find(|&(_, c)| ends(c)).map_or(rest.len(), |(at, _)| at);
            let (own, after) = rest.split_at(end);
            let after = after.trim_start();
            let (value, next) = match after.strip_prefix('=') {
                None => ("", after),
                Some(value) => {
                    let value = value.trim_start();
                    match value.chars().next() {
                        Some(quote @ ('"' | '\'')) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
                        _ => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
                    }
                }
            };
            if own.eq_ignore_ascii_case(name) {
                return Some(html_escape::decode_html_entities(value).into_owned());
            }
            rest = next;
        }
    }
}

pub(super) enum Token<'a> {
    Text(&'a str),
    Open(Tag<'a>),
    /// In lower case already.
    Close(&'a str),
}

/// What is within is not text.
const RAW: [&str; 9] = ["script", "style", "title", "xmp", "noembed", "iframe", "template", "svg", "object"];
/// Longer names are none of HTML's.
const LONGEST_NAME: usize = 30;

pub(super) struct Tokens<'a> {
    rest: &'a str,
    /// There is no more of these: a search that failed once is not made again, or time would not be linear.
    no_end: bool,
    no_quote: [bool; 2],
}

impl<'a> Tokens<'a> {
    pub fn new(html: &'a str) -> Self {
        Self { rest: html, no_end: false, no_quote: [false; 2] }
    }

    /// Where a tag that begins at the start of `rest` has its `>`.
    fn end(&mut self) -> Option<usize> {
        if self.no_end {
            return None;
        }
        let bytes = self.rest.as_bytes();
        let Some(first) = bytes.iter().position(|&byte| byte == b'>') else {
            self.no_end = true;
            return None;
        };
        let mut at = 1;
        let mut value = false;
        while at < bytes.len() {
            match bytes[at] {
                b'>' => return Some(at),
                quote @ (b'"' | b'\'') if value => {
                    let kind = usize::from(quote == b'\'');
                    let close =
                        if self.no_quote[kind] { None } else { bytes[at + 1..].iter().position(|&byte| byte == quote) };
                    let Some(close) = close else {
                        self.no_quote[kind] = true;
                        return Some(first);
                    };
                    at += close + 1;
                    value = false;
                }
                b'=' => value = true,
                byte if byte.is_ascii_whitespace() => {}
                _ => value = false,
            }
            at += 1;
        }
        Some(first)
    }

    /// Skips to behind the end of an element whose content is not text.
    fn skip(&mut self, name: &str) {
        let bytes = self.rest.as_bytes();
        let mut at = 0;
        while let Some(found) = bytes[at..].iter().position(|&byte| byte == b'<') {
            at += found + 1;
            let close = bytes[at..].strip_prefix(b"/").and_then(|rest| rest.get(..name.len()));
            if close.is_some_and(|close| close.eq_ignore_ascii_case(name.as_bytes())) {
                let end = bytes[at..].iter().position(|&byte| byte == b'>').map_or(bytes.len(), |end| at + end + 1);
                self.rest = &self.rest[end..];
                return;
            }
        }
        self.rest = "";
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            let Some(after) = self.rest.strip_prefix('<') else {
                let end = self.rest.find('<').unwrap_or(self.rest.len());
                let (text, rest) = self.rest.split_at(end);
                self.rest = rest;
                return Some(Token::Text(text));
            };
            if let Some(comment) = after.strip_prefix("!--") {
                // "<!-->" is a comment too.
                let comment =
                    comment.strip_prefix('>').unwrap_or_else(|| comment.split_once("-->").map_or("", |(_, rest)| rest));
                self.rest = comment;
                continue;
            }
            let first = after.bytes().next().unwrap_or_default();
            if !first.is_ascii_alphabetic() && !matches!(first, b'/' | b'!' | b'?') {
                self.rest = after;
                return Some(Token::Text("<"));
            }
            let Some(end) = self.end() else {
                // Never closed: what looks like a tag is text.
                self.rest = after;
                return Some(Token::Text("<"));
            };
            let (tag, rest) = self.rest.split_at(end);
            self.rest = &rest[1..];
            let tag = &tag[1..];
            if first == b'!' || first == b'?' {
                continue;
            }
            if first == b'/' {
                let name = tag[1..].trim();
                if let Some(known) = close_name(name) {
                    return Some(Token::Close(known));
                }
                continue;
            }
            let length = tag.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(tag.len());
            if length > LONGEST_NAME {
                continue;
            }
            let name = tag[..length].to_ascii_lowercase();
            let empty = tag.ends_with('/');
            if RAW.contains(&name.as_str()) {
                if !empty {
                    self.skip(&name);
                }
                continue;
            }
            return Some(Token::Open(Tag { name, empty, inside: &tag[length..] }));
        }
    }
}

/// Elements whose end matters, in lower case.
fn close_name(name: &str) -> Option<&'static str> {
    const NAMES: [&str; 46] = [
        "a",
        "p",
        "div",
        "span",
        "td",
        "th",
        "tr",
        "table",
        "ul",
        "ol",
        "li",
        "blockquote",
        "pre",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "b",
        "i",
        "u",
        "strong",
        "em",
        "font",
        "center",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "nav",
        "aside",
        "address",
        "dl",
        "dt",
        "dd",
        "form",
        "fieldset",
        "figure",
        "tbody",
        "thead",
        "tfoot",
        "body",
        "html",
        "small",
    ];
    let name = name.split(|c: char| c.is_whitespace()).next().unwrap_or_default();
    NAMES.iter().find(|known| known.eq_ignore_ascii_case(name)).copied()
}
