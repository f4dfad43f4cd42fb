//! Whether no person wrote a letter, and of bounces what they say. A machine that does not say it is one is a person to us:
//! guessing would silence people.

mod dsn;

use super::body::Source;
use crate::{Automatic, Dsn, Kind, Letter};

/// Subjects with which mail servers answer for people who are away and forget to say so in a header.
const AWAY: [&str; 9] = [
    "automatic reply:",
    "automatisch antwoord:",
    "automatische antwort:",
    "réponse automatique",
    "respuesta automática:",
    "risposta automatica:",
    "out of office:",
    "autoreply:",
    "auto-reply:",
];

pub(super) fn automatic(source: &Source<'_>, letter: &Letter) -> Option<Automatic> {
    let head = &source.parts[0].head;
    let kind = &source.parts[0].kind;
    let found = |kind: Kind, why: String| Some(Automatic { kind, why, dsns: Vec::new() });
    let header =
        |name: &str| head.first(name).map(|_| [name, ": ", super::clean::line(&head.word(name)).as_str()].concat());
    if let Some(why) = header("x-loket") {
        return found(Kind::Own, why);
    }
    let report = kind.attribute("report-type").unwrap_or_default().to_ascii_lowercase();
    if kind.is("multipart", "report") && report == "disposition-notification" {
        return found(Kind::Reply, "report-type: disposition-notification".to_owned());
    }
    let empty_path = letter.return_path.as_deref() == Some("");
    if let Some(dsns) = dsn::report(source) {
        let failed: Vec<Dsn> = dsns;
        return Some(Automatic { kind: Kind::Bounce, why: "content-type: multipart/report".to_owned(), dsns: failed });
    }
    if let Some((why, dsns)) = dsn::homegrown(source, letter, empty_path) {
        return Some(Automatic { kind: Kind::Bounce, why, dsns });
    }
    let auto_submitted = head.word("auto-submitted");
    let auto_submitted = auto_submitted.split([';', ' ', '(']).next().unwrap_or_default().to_owned();
    let list = head.first("list-id").is_some() || matches!(head.word("precedence").as_str(), "list" | "bulk" | "junk");
    // A list passes on what someone wrote: that it is a list says more than what its program adds.
    if list && !auto_submitted.starts_with("auto-replied") && !is_away(letter) && !empty_path {
        return found(Kind::List, header("list-id").or_else(|| header("precedence")).unwrap_or_default());
    }
    if !auto_submitted.is_empty() && auto_submitted != "no" {
        return found(Kind::Reply, ["auto-submitted: ", &auto_submitted].concat());
    }
    for name in [
        "x-autoreply",
        "x-autorespond",
        "x-autoresponder",
        "x-auto-reply",
        "x-autoreply-from",
        "x-mail-autoreply",
        "x-loop",
        "x-fc-machinegenerated",
    ] {
        if head.first(name).is_some() && head.word(name) != "no" {
            return found(Kind::Reply, header(name).unwrap_or_default());
        }
    }
    let precedence = head.word("precedence");
    if matches!(precedence.as_str(), "auto_reply" | "auto-reply" | "autoreply" | "list" | "bulk" | "junk") {
        return found(Kind::Reply, ["precedence: ", &precedence].concat());
    }
    if empty_path {
        return found(Kind::Reply, "return-path: <>".to_owned());
    }
    if is_away(letter) {
        return found(Kind::Reply, ["subject: ", &letter.subject].concat());
    }
    None
}

fn is_away(letter: &Letter) -> bool {
    let subject = letter.subject.to_lowercase();
    AWAY.iter().any(|start| subject.starts_with(start))
}
