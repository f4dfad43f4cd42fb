//! What of a message is text and what are files. Of several versions of the same text one is taken; everything that is not text
//! is a file, byte for byte as it was sent.

use super::clean::{self, Names};
use super::decode;
use super::html::{self, IMAGE};
use super::split::Part;
use crate::{File, Sealed};

/// A text as long as a book is a file, and only its beginning is text.
const LONGEST_TEXT: usize = 500_000;

/// Text and files.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub text: String,
    pub files: Vec<File>,
    pub sealed: Option<Sealed>,
}

/// What was found in a part and all that lies in it.
#[derive(Debug, Default)]
struct Found {
    blocks: Vec<Block>,
    files: Vec<File>,
    sealed: Option<Sealed>,
    /// Text for when there is none better: of an invitation, of a text that is also a file.
    spare: Vec<String>,
}

#[derive(Debug)]
struct Block {
    text: String,
    html: bool,
}

/// A message as it was taken apart.
pub(super) struct Source<'a> {
    pub raw: &'a [u8],
    pub parts: &'a [Part],
}

impl Source<'_> {
    /// The bytes of a part, decoded.
    pub fn bytes(&self, part: &Part) -> Vec<u8> {
        decode::transfer(&part.head.word("content-transfer-encoding"), &self.raw[part.body.clone()])
    }

    /// The text of a part, decoded and harmless.
    pub fn text(&self, part: &Part) -> String {
        clean::text(&decode::charset(part.kind.attribute("charset"), &self.bytes(part)))
    }
}

/// Text and files of a message. `inner` reads a message that lies in this one, for when it is all there is to read.
pub(super) fn body(source: &Source<'_>, inner: &dyn Fn(&[u8]) -> Option<String>) -> Body {
    let mut found = gather(source, 0, true);
    let mut names = Names::default();
    for file in &mut found.files {
        file.name = names.take(&file.name);
    }
    let mut text = blocks(&found.blocks);
    if text.trim().is_empty() {
        text = found.spare.join("\n\n");
    }
    if text.trim().is_empty() {
        let messages = found
            .files
            .iter()
            .filter(|file| file.media_type == "message/rfc822" || file.media_type == "message/global");
        text = messages.filter_map(|file| inner(&file.bytes)).collect::<Vec<_>>().join("\n\n");
    }
    if text.trim().is_empty()
        && let Some(sealed) = found.sealed
    {
        text = match sealed {
            Sealed::Pgp => "[encrypted: PGP]".to_owned(),
            Sealed::Smime => "[encrypted or signed: S/MIME]".to_owned(),
        };
    }
    let mut text = images(&text, &found.files);
    if text.len() > LONGEST_TEXT {
        let name = names.take("message.txt");
        found.files.push(File {
            name,
            media_type: "text/plain".to_owned(),
            bytes: text.clone().into_bytes(),
            content_id: None,
            inline: false,
        });
        let end = (0..=LONGEST_TEXT).rev().find(|&at| text.is_char_boundary(at)).unwrap_or_default();
        text.truncate(end);
    }
    Body { text, files: found.files, sealed: found.sealed }
}

fn blocks(blocks: &[Block]) -> String {
    let said = blocks.iter().filter(|block| !is_blank(&block.text));
    said.map(|block| block.text.trim_end()).collect::<Vec<_>>().join("\n\n")
}

fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || clean::is_hidden(c))
}

/// Recursive over what lies in each other: no deeper than the limit that the message was taken apart with.
fn gather(source: &Source<'_>, index: usize, first: bool) -> Found {
    let part = &source.parts[index];
    if part.kind.main == "multipart" && !part.children.is_empty() {
        return several(source, part, first);
    }
    let mut found = Found::default();
    let disposition = part.head.content_type("content-disposition").map(|typed| typed.main).unwrap_or_default();
    let named = name(part).is_some();
    // A multipart without parts, a text without a kind: text, as far as anyone can tell.
    let plain = part.kind.main == "multipart"
        || part.kind.main == "text" && matches!(part.kind.sub.as_str(), "plain" | "" | "enriched" | "richtext");
    let html = part.kind.is("text", "html");
    let readable = plain || html;
    let alone = index == 0;
    let is_text = readable && disposition != "attachment" && (!named || first && disposition.is_empty());
    if is_text || readable && alone {
        let mut text = source.text(part);
        if html {
            text = html::to_text(&text);
        } else if part.kind.sub == "enriched" || part.kind.sub == "richtext" {
            text = enriched(&text);
        } else {
            text = flowed(part, text);
            uuencoded(source, part, &mut text, &mut found.files);
        }
        if !is_blank(&text) || is_text && !named {
            found.blocks.push(Block { text, html });
        }
        if is_text {
            return found;
        }
    }
    if part.kind.main == "text" && !part.kind.is("text", "calendar") && disposition != "attachment" {
        let text = source.text(part);
        found.spare.push(if html { html::to_text(&text) } else { text });
    }
    if part.kind.is("message", "delivery-status") {
        found.spare.push(source.text(part));
    }
    if part.kind.is("text", "calendar") {
        found.spare.push(calendar(&source.text(part)));
    }
    if part.kind.main == "application" && matches!(part.kind.sub.as_str(), "pkcs7-mime" | "x-pkcs7-mime") {
        found.sealed = Some(Sealed::Smime);
    }
    found.files.push(file(source, part, &disposition));
    found
}

fn several(source: &Source<'_>, part: &Part, first: bool) -> Found {
    let alternative = part.kind.sub == "alternative";
    let related = part.kind.sub == "related";
    let mut whole = Found::default();
    let mut versions = Vec::new();
    for (number, &child) in part.children.iter().enumerate() {
        // What only watches and phones of one maker show says the same once more.
        let sub = source.parts[child].kind.sub.as_str();
        if alternative && matches!(sub, "x-amp-html" | "watch-html" | "x-amp") {
            continue;
        }
        let mut found = gather(source, child, first && (number == 0 || alternative));
        if related && number > 0 {
            for file in &mut found.files {
                file.inline = true;
            }
        }
        whole.files.append(&mut found.files);
        whole.spare.append(&mut found.spare);
        whole.sealed = whole.sealed.or(found.sealed);
        if alternative { versions.push(found.blocks) } else { whole.blocks.append(&mut found.blocks) }
    }
    if alternative {
        whole.blocks = choose(versions);
    }
    if part.kind.sub == "encrypted" {
        whole.sealed = Some(if part.kind.attribute("protocol").is_some_and(|protocol| protocol.contains("pkcs7")) {
            Sealed::Smime
        } else {
            Sealed::Pgp
        });
    }
    whole
}

/// Of several versions the plain one, unless it only says that there is another.
fn choose(versions: Vec<Vec<Block>>) -> Vec<Block> {
    let mut said: Vec<_> =
        versions.into_iter().filter(|version| version.iter().any(|block| !is_blank(&block.text))).collect();
    let plain = said.iter().position(|version| version.iter().all(|block| !block.html));
    let html = said.iter().rposition(|version| version.iter().any(|block| block.html));
    let pick = match (plain, html) {
        (Some(plain), Some(html)) => {
            let length = |at: usize| {
                said[at].iter().map(|block| block.text.split_whitespace().map(str::len).sum::<usize>()).sum::<usize>()
            };
            let (short, long) = (length(plain), length(html));
            let excuse = short < 400 && long > short && {
                let text = blocks(&said[plain]).to_lowercase();
                text.contains("html") && !blocks(&said[html]).to_lowercase().contains("html")
            };
            if excuse || short * 3 + 200 < long { html } else { plain }
        }
        (Some(only), None) | (None, Some(only)) => only,
        (None, None) => return Vec::new(),
    };
    said.swap_remove(pick)
}

/// Lines that were broken for transport become paragraphs again (RFC 3676).
fn flowed(part: &Part, text: String) -> String {
    if !part.kind.attribute("format").is_some_and(|format| format.eq_ignore_ascii_case("flowed")) {
        return text;
    }
    let delete = part.kind.attribute("delsp").is_some_and(|delete| delete.eq_ignore_ascii_case("yes"));
    let mut out = String::with_capacity(text.len());
    let mut open: Option<usize> = None;
    for line in text.split('\n') {
        let depth = line.bytes().take_while(|&byte| byte == b'>').count();
        let content = &line[depth..];
        let content = content.strip_prefix(' ').unwrap_or(content);
        let signature = content == "-- ";
        let goes_on = open == Some(depth) && !signature;
        if !goes_on {
            if open.is_some() || !out.is_empty() {
                out.push('\n');
            }
            out.extend(std::iter::repeat_n('>', depth));
            if depth > 0 {
                out.push(' ');
            }
        }
        let soft = content.ends_with(' ') && !signature;
        out.push_str(if soft && delete { &content[..content.len() - 1] } else { content });
        open = soft.then_some(depth);
        if !soft && out.is_empty() {
            out.push('\n');
        }
    }
    out
}

/// Takes files that uuencode wrote out of a text.
fn uuencoded(source: &Source<'_>, part: &Part, text: &mut String, files: &mut Vec<File>) {
    if !text.lines().any(|line| decode::is_begin(line.as_bytes())) {
        return;
    }
    let bytes = source.bytes(part);
    let mut out = String::with_capacity(text.len());
    let mut within = false;
    let mut rest = bytes.as_slice();
    let begins = text.lines().filter(|line| decode::is_begin(line.as_bytes())).count();
    // Each that has an end is a file; with one that has none, all stays text.
    let mut taken = Vec::new();
    for _ in 0..begins.min(100) {
        let Some((name, bytes)) = decode::uuencoded(rest) else { return };
        let Some(begin) = position(rest, b"begin ") else { return };
        let Some(end) = position(&rest[begin..], b"\nend") else { return };
        rest = &rest[begin + end + 4..];
        taken.push((name, bytes));
    }
    for line in text.lines() {
        within |= decode::is_begin(line.as_bytes());
        if !within {
            out.push_str(line);
            out.push('\n');
        } else if line == "end" {
            within = false;
        }
    }
    *text = out;
    for (name, bytes) in taken {
        let name = clean::file_name(&name, "attachment", "");
        files.push(File {
            name,
            media_type: "application/octet-stream".to_owned(),
            bytes,
            content_id: None,
            inline: false,
        });
    }
}

fn position(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

/// `text/enriched` (RFC 1896) without its commands.
fn enriched(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        if let Some(after) = after.strip_prefix('<') {
            out.push('<');
            rest = after;
        } else if let Some((command, after)) = after.split_once('>').filter(|(command, _)| command.len() <= 60) {
            let param = command.eq_ignore_ascii_case("param");
            rest = if param {
                after.split_once("</").and_then(|(_, end)| end.split_once('>')).map_or("", |(_, end)| end)
            } else {
                after
            };
        } else {
            out.push('<');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

/// What an invitation says, for when the letter says nothing else.
fn calendar(text: &str) -> String {
    let text = text.replace("\n ", "").replace("\n\t", "");
    let mut out = Vec::new();
    for line in text.lines().take(2_000) {
        let Some((name, value)) = line.split_once(':') else { continue };
        let name = name.split(';').next().unwrap_or_default().to_ascii_uppercase();
        if matches!(name.as_str(), "SUMMARY" | "LOCATION" | "DESCRIPTION") && !value.is_empty() {
            out.push(
                value
                    .replace("\\n", "\n")
                    .replace("\\N", "\n")
                    .replace("\\,", ",")
                    .replace("\\;", ";")
                    .replace("\\\\", "\\"),
            );
        }
    }
    out.join("\n")
}

/// The name that a part gives itself.
fn name(part: &Part) -> Option<String> {
    let of = |header: &str, attribute: &str| {
        let typed = if header == "content-type" { Some(part.kind.clone()) } else { part.head.content_type(header) };
        typed.and_then(|typed| typed.decoded(attribute))
    };
    of("content-disposition", "filename").or_else(|| of("content-type", "name")).filter(|name| !name.trim().is_empty())
}

fn file(source: &Source<'_>, part: &Part, disposition: &str) -> File {
    let message = part.kind.main == "message" && matches!(part.kind.sub.as_str(), "rfc822" | "global" | "news");
    let media_type = if part.kind.sub.is_empty() || part.kind.main.is_empty() {
        "application/octet-stream".to_owned()
    } else {
        clean::line(&[&part.kind.main, "/", &part.kind.sub].concat())
            .chars()
            .filter(char::is_ascii_graphic)
            .take(100)
            .collect()
    };
    let (otherwise, extension) = default_name(&media_type);
    let name = name(part).unwrap_or_default();
    let name = if message && name.is_empty() {
        let subject = part.children.first().map(|&child| source.parts[child].head.text("subject")).unwrap_or_default();
        let subject = subject.replace(['/', '\\'], "-");
        let subject = subject.trim_matches(['.', ' ']);
        clean::file_name(&[if subject.is_empty() { "message" } else { subject }, ".eml"].concat(), "message", ".eml")
    } else {
        clean::file_name(&name, otherwise, extension)
    };
    let content_id = part.head.first("content-id").and_then(|field| {
        let bare = || field.raw().trim_matches(['<', '>', ' ']).chars().filter(|c| !c.is_control()).collect();
        field.ids().into_iter().next().or_else(|| Some(bare()))
    });
    let content_id = content_id.filter(|id| !id.is_empty() && id.len() <= 300);
    File {
        name,
        media_type,
        bytes: source.bytes(part),
        inline: disposition == "inline" && content_id.is_some(),
        content_id,
    }
}

/// For a file that has no name.
fn default_name(media_type: &str) -> (&'static str, &'static str) {
    match media_type {
        "image/png" => ("image", ".png"),
        "image/jpeg" | "image/jpg" => ("image", ".jpg"),
        "image/gif" => ("image", ".gif"),
        "image/webp" => ("image", ".webp"),
        "image/svg+xml" => ("image", ".svg"),
        "text/plain" => ("text", ".txt"),
        "text/html" => ("page", ".html"),
        "text/csv" => ("table", ".csv"),
        "text/calendar" | "application/ics" => ("invite", ".ics"),
        "text/vcard" | "text/x-vcard" | "text/directory" => ("contact", ".vcf"),
        "text/rfc822-headers" => ("headers", ".txt"),
        "message/rfc822" | "message/global" | "message/news" => ("message", ".eml"),
        "message/delivery-status" | "message/global-delivery-status" => ("delivery-status", ".txt"),
        "message/disposition-notification" => ("receipt", ".txt"),
        "application/ms-tnef" | "application/vnd.ms-tnef" => ("winmail", ".dat"),
        "application/pdf" => ("document", ".pdf"),
        "application/zip" => ("archive", ".zip"),
        "application/pgp-signature" => ("signature", ".asc"),
        "application/pgp-encrypted" => ("version", ".txt"),
        "application/pgp-keys" => ("key", ".asc"),
        "application/pkcs7-signature" | "application/x-pkcs7-signature" => ("smime", ".p7s"),
        "application/pkcs7-mime" | "application/x-pkcs7-mime" => ("smime", ".p7m"),
        _ => ("attachment", ".bin"),
    }
}

/// Puts names where pictures stand: the marks that the HTML left, and what Outlook writes into plain text.
fn images(text: &str, files: &[File]) -> String {
    let label = |id: &str| {
        let file = files.iter().find(|file| file.content_id.as_deref() == Some(id));
        file.map_or_else(|| "[image]".to_owned(), |file| ["[image: ", &file.name, "]"].concat())
    };
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find([IMAGE.0, '[']) {
        out.push_str(&rest[..at]);
        let mark = &rest[at..];
        let (id, end) = match mark.strip_prefix(IMAGE.0) {
            Some(id) => (Some(id), IMAGE.1),
            None => (mark.strip_prefix("[cid:"), ']'),
        };
        let id = id.and_then(|id| {
            let near = id.char_indices().take(310).find(|(_, c)| *c == end || *c == '\n')?;
            id[near.0..].starts_with(end).then(|| id.split_at(near.0))
        });
        if let Some((id, after)) = id {
            out.push_str(&label(id));
            rest = &after[end.len_utf8()..];
        } else {
            let length = mark.chars().next().map_or(1, char::len_utf8);
            if !mark.starts_with(IMAGE.0) {
                out.push_str(&mark[..length]);
            }
            rest = &mark[length..];
        }
    }
    out.push_str(rest);
    out
}
