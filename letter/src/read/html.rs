//! HTML as text that can be read and that can do nothing: links keep their address, lists their marks, tables their rows;
//! quotations get `> ` as in plain text, so that what is quoted is known by one rule. Scripts, styles, comments and what is not
//! shown are dropped. Linear in its input, and bounded in what it writes.

mod tag;

use tag::{Tag, Token, Tokens};

use super::clean::is_hidden;

/// A picture of the letter, by its Content-ID: these stand around it until its name is known.
pub(super) const IMAGE: (char, char) = ('\u{e001}', '\u{e002}');

/// Deeper elements are read, but not remembered.
const DEEPEST: usize = 400;
/// How far back the beginning of an element is looked for when its end comes.
const LOOK_BACK: usize = 60;
/// More marks than these help nobody.
const MARKS: usize = 8;
const LONGEST_ADDRESS: usize = 2_000;

/// The text of an HTML document. The input has been through [`super::clean::text`].
pub(super) fn to_text(html: &str) -> String {
    let mut writer = Writer::default();
    for token in Tokens::new(html) {
        match token {
            Token::Text(text) => writer.text(text),
            Token::Open(tag) => writer.open(&tag),
            Token::Close(name) => writer.close(name),
        }
    }
    while let Some(element) = writer.stack.pop() {
        writer.leave(&element);
    }
    writer.out
}

/// What is open.
struct Element {
    name: String,
    hidden: bool,
    quote: bool,
    /// Where the text of a link begins, and where it leads.
    link: Option<(usize, String)>,
}

#[derive(Default)]
struct Writer {
    out: String,
    stack: Vec<Element>,
    hidden: usize,
    quotes: usize,
    pre: usize,
    /// Of each list: the number of its last item, or none when it has dots.
    lists: Vec<Option<usize>>,
    /// Line ends that come before the next word.
    breaks: usize,
    space: bool,
    /// Before the next word ends a cell of a table.
    cell: bool,
    row_has_text: bool,
    cell_has_lines: bool,
    /// An item's mark comes before the next word.
    item: Option<String>,
}

impl Writer {
    fn text(&mut self, raw: &str) {
        if self.hidden > 0 {
            return;
        }
        let text = html_escape::decode_html_entities(raw);
        if self.pre > 0 {
            for (number, line) in text.split('\n').enumerate() {
                if number > 0 {
                    self.breaks = (self.breaks + 1).min(2);
                }
                if !line.trim().is_empty() {
                    self.word(line);
                }
            }
            return;
        }
        if text.starts_with(|c: char| c.is_whitespace()) {
            self.space = true;
        }
        for word in text.split_whitespace() {
            self.word(word);
            self.space = true;
        }
        self.space = text.ends_with(|c: char| c.is_whitespace()) || self.space && text.trim().is_empty();
    }

    fn word(&mut self, word: &str) {
        let visible = |c: &char| {
            !is_hidden(*c) && !c.is_control() && !matches!(c, '\u{ad}' | '\u{34f}' | '\u{200c}' | '\u{200d}')
        };
        if !word.chars().any(|c| visible(&c)) {
            // What fills the preview of a mail so that nothing else shows there.
            return;
        }
        self.begin();
        self.out.extend(word.chars().filter(|&c| c == '\t' || !c.is_control() && !matches!(c, '\u{ad}' | '\u{34f}' | '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{e000}'..='\u{e00f}')));
    }

    /// Whatever comes between what is there and the next word.
    fn begin(&mut self) {
        let fresh = self.out.is_empty();
        if self.breaks > 0 && !fresh {
            self.cell_has_lines |= self.row_has_text;
            self.out.extend(std::iter::repeat_n('\n', self.breaks.min(2)));
        }
        if fresh || self.breaks > 0 {
            self.out.extend(std::iter::repeat_n("> ", self.quotes.min(MARKS)));
            let depth = self.lists.len().saturating_sub(1).min(MARKS);
            self.out.extend(std::iter::repeat_n("  ", depth));
        } else if self.cell {
            self.out.push_str(" | ");
        } else if self.space && self.item.is_none() {
            self.out.push(' ');
        }
        if let Some(mark) = self.item.take() {
            self.out.push_str(&mark);
        }
        (self.breaks, self.space, self.cell) = (0, false, false);
        self.row_has_text = true;
    }

    fn line(&mut self, breaks: usize) {
        if self.cell {
            // What begins a cell stands beside the one before it.
            return;
        }
        self.breaks = self.breaks.max(breaks);
        self.space = false;
    }

    fn open(&mut self, tag: &Tag<'_>) {
        let name = tag.name.as_str();
        match name {
            "br" => {
                self.breaks = (self.breaks + 1).min(2);
                self.space = false;
                return;
            }
            "hr" => {
                self.line(1);
                if self.hidden == 0 {
                    self.word("----------");
                }
                self.line(1);
                return;
            }
            "img" => return self.image(tag),
            "meta" | "link" | "base" | "input" | "col" | "area" | "source" | "wbr" | "embed" | "param" | "track" => {
                return;
            }
            "p" | "li" | "td" | "th" | "tr" | "dt" | "dd" if self.stack.last().is_some_and(|top| top.name == name) => {
                self.close(name);
            }
            _ => {}
        }
        self.enter(name, tag);
        if self.stack.len() >= DEEPEST || tag.empty && !is_block(name) && name != "a" {
            return;
        }
        let element = Element {
            name: name.to_owned(),
            hidden: is_unseen(tag),
            quote: name == "blockquote" && !is_indent(tag),
            link: (name == "a").then(|| tag.attribute("href")).flatten().map(|href| (self.out.len(), href)),
        };
        self.hidden += usize::from(element.hidden);
        self.quotes += usize::from(element.quote);
        self.pre += usize::from(name == "pre");
        self.stack.push(element);
        if self.hidden == 0 && is_signature(tag) {
            self.line(1);
            self.begin();
            self.out.push_str("-- ");
            self.line(1);
        }
    }

    fn enter(&mut self, name: &str, tag: &Tag<'_>) {
        match name {
            "p" => self.line(if tag.attribute("class").is_some_and(|class| class.contains("Mso")) { 1 } else { 2 }),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote" | "pre" => self.line(2),
            "table" => {
                self.cell = false;
                self.line(1);
                self.row_has_text = false;
            }
            "tr" => {
                self.cell = false;
                self.line(1);
                (self.row_has_text, self.cell_has_lines) = (false, false);
            }
            "td" | "th" => {
                if self.row_has_text && !self.cell_has_lines {
                    (self.breaks, self.cell) = (0, true);
                } else if self.row_has_text {
                    self.line(1);
                }
                self.cell_has_lines = false;
            }
            "ul" | "ol" => {
                self.line(1);
                let first = tag.attribute("start").and_then(|start| start.parse::<usize>().ok()).unwrap_or(1);
                self.lists.push((name == "ol").then(|| first.saturating_sub(1)));
            }
            "li" => {
                self.line(1);
                let mark = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number = number.saturating_add(1);
                        [&number.to_string(), ". "].concat()
                    }
                    _ => "- ".to_owned(),
                };
                self.item = Some(mark);
            }
            _ if is_block(name) => self.line(1),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if name == "p" && !self.stack.iter().rev().take(LOOK_BACK).any(|open| open.name == "p") {
            return self.line(1);
        }
        let Some(back) = self.stack.iter().rev().take(LOOK_BACK).position(|open| open.name == name) else { return };
        for element in self.stack.split_off(self.stack.len() - back - 1).into_iter().rev() {
            self.leave(&element);
        }
    }

    fn leave(&mut self, element: &Element) {
        if let Some((start, href)) = &element.link
            && self.hidden == 0
        {
            self.address(*start, href);
        }
        self.hidden -= usize::from(element.hidden);
        self.quotes -= usize::from(element.quote);
        match element.name.as_str() {
            "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote" => self.line(2),
            "pre" => {
                self.pre -= 1;
                self.line(2);
            }
            "ul" | "ol" => {
                self.lists.pop();
                self.item = None;
                self.line(1);
            }
            "td" | "th" => {}
            name if is_block(name) || matches!(name, "tr" | "table" | "li") => self.line(1),
            _ => {}
        }
    }

    /// Where a link leads, unless its text says so.
    fn address(&mut self, start: usize, href: &str) {
        let href: String = href
            .chars()
            .filter(|c| !c.is_control() && !c.is_whitespace() && !is_hidden(*c))
            .take(LONGEST_ADDRESS)
            .collect();
        let lower = href.to_ascii_lowercase();
        if !["http:", "https:", "mailto:", "tel:", "ftp:"].iter().any(|scheme| lower.starts_with(scheme)) {
            return;
        }
        let bare = |text: &str| {
            let text = text.trim().to_lowercase();
            let text = ["https://", "http://", "mailto:", "tel:"]
                .iter()
                .find_map(|scheme| text.strip_prefix(scheme))
                .unwrap_or(&text)
                .to_owned();
            text.trim_start_matches("www.").trim_end_matches('/').to_owned()
        };
        let said = self.out.get(start..).map(bare).unwrap_or_default();
        if said.contains(&bare(&href))
            || lower.starts_with("mailto:") && bare(&href).split('?').next().is_some_and(|to| said.contains(to))
        {
            return;
        }
        self.space = !said.is_empty();
        self.begin();
        self.out.push('<');
        self.out.push_str(&href);
        self.out.push('>');
    }

    fn image(&mut self, tag: &Tag<'_>) {
        let dot =
            |name| tag.attribute(name).is_some_and(|size| matches!(size.trim().trim_end_matches("px"), "0" | "1"));
        if self.hidden > 0 || is_unseen(tag) || dot("width") && dot("height") {
            return;
        }
        let source = tag.attribute("src").unwrap_or_default();
        if let Some(id) = source.trim().strip_prefix("cid:").filter(|id| id.len() <= 300) {
            self.begin();
            self.out.push(IMAGE.0);
            self.out.extend(id.chars().filter(|&c| !c.is_control() && !is_hidden(c)));
            self.out.push(IMAGE.1);
        } else if let Some(alt) = tag.attribute("alt").filter(|alt| !alt.trim().is_empty()) {
            let alt: String = super::clean::line(&alt).chars().take(200).collect();
            self.word(&["[image: ", &alt, "]"].concat());
        }
    }
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "div"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "main"
            | "nav"
            | "aside"
            | "address"
            | "center"
            | "dl"
            | "dt"
            | "dd"
            | "fieldset"
            | "form"
            | "figure"
            | "figcaption"
            | "caption"
            | "body"
            | "html"
            | "option"
            | "thead"
            | "tbody"
            | "tfoot"
            | "details"
            | "summary"
    )
}

fn style(tag: &Tag<'_>) -> String {
    let style = tag.attribute("style").unwrap_or_default();
    style.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// What the sender's own style keeps from being seen.
fn is_unseen(tag: &Tag<'_>) -> bool {
    let style = style(tag);
    tag.attribute("hidden").is_some()
        || style.contains("display:none")
        || style.contains("visibility:hidden")
        || style.contains("overflow:hidden")
            && (style.contains("max-height:0;") || style.contains("max-height:0px") || style.ends_with("max-height:0"))
}

/// Some programs indent with the element that quotes.
fn is_indent(tag: &Tag<'_>) -> bool {
    let style = style(tag);
    let cites = tag.attribute("type").is_some_and(|of| of == "cite")
        || tag.attribute("class").is_some_and(|class| class.contains("quote"));
    !cites && (style.contains("border:none") || style.contains("border:0"))
}

/// Where the programs that say so put a signature.
fn is_signature(tag: &Tag<'_>) -> bool {
    let class = tag.attribute("class").unwrap_or_default();
    let id = tag.attribute("id").unwrap_or_default();
    class
        .split_whitespace()
        .any(|one| matches!(one, "gmail_signature" | "moz-signature" | "protonmail_signature_block"))
        || matches!(id.as_str(), "Signature" | "ms-outlook-mobile-signature" | "AppleMailSignature")
}
