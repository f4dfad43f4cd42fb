//! The lines by which mail programs show that something old begins: one table per kind, in the languages that our customers'
//! programs speak.

use crate::REPLY_ABOVE;

/// How long a line about who wrote may be in all, and over how many lines programs break it.
const ATTRIBUTION_BYTES: usize = 400;
const ATTRIBUTION_LINES: usize = 4;

/// "wrote", somewhere near the end.
const WROTE: &[&str] = &[
    "wrote",
    "writes",
    "schreef",
    "schreven",
    "geschreven",
    "schrieb",
    "schreibt",
    "geschrieben",
    "a écrit",
    "écrit",
    "a ecrit",
    "escribió",
    "escribio",
    "ha scritto",
    "scrisse",
    "scritto",
    "escreveu",
    "skrev",
    "napisał",
    "napisal",
    "kirjoitti",
    "написал",
    "написала",
    "пише",
    "пишет",
    "写道",
    "寫道",
    "napsal",
    "írta",
    "yazdı",
    "のメッセージ",
];

/// How such a line begins when it does with a date.
const ON: &[&str] = &[
    "on ", "op ", "am ", "le ", "el ", "il ", "den ", "d. ", "på ", "w dniu ", "dne ", "în ", "em ", "der ", "в ",
    "在", "am:", "pe ",
];

/// `From:` as header blocks in texts have it.
const FROM: &[&str] = &[
    "from",
    "van",
    "von",
    "de",
    "da",
    "från",
    "fra",
    "od",
    "от",
    "发件人",
    "寄件者",
    "差出人",
    "lähettäjä",
    "feladó",
    "kimden",
];
/// Another line of such a block.
const OTHER: &[&str] = &[
    "sent",
    "date",
    "to",
    "cc",
    "subject",
    "reply-to",
    "verzonden",
    "verstuurd",
    "datum",
    "aan",
    "onderwerp",
    "antwoord aan",
    "gesendet",
    "an",
    "betreff",
    "kopie",
    "envoyé",
    "date d'envoi",
    "à",
    "objet",
    "envoyé le",
    "enviado",
    "enviado el",
    "fecha",
    "para",
    "asunto",
    "inviato",
    "data",
    "a",
    "oggetto",
    "skickat",
    "till",
    "ämne",
    "sendt",
    "til",
    "emne",
    "wysłano",
    "temat",
    "отправлено",
    "кому",
    "тема",
    "дата",
];

const ORIGINAL: &[&str] = &[
    "original message",
    "original appointment",
    "oorspronkelijk bericht",
    "oorspronkelijke bericht",
    "origineel bericht",
    "ursprüngliche nachricht",
    "originalnachricht",
    "message d'origine",
    "message original",
    "mensaje original",
    "messaggio originale",
    "mensagem original",
    "reply message",
];
const FORWARD: &[&str] = &[
    "forwarded message",
    "doorgestuurd bericht",
    "doorgestuurde bericht",
    "doorgezonden bericht",
    "begin doorgestuurd",
    "begin forwarded",
    "weitergeleitete nachricht",
    "anfang der weitergeleiteten",
    "message transféré",
    "message transmis",
    "début du message",
    "mensaje reenviado",
    "messaggio inoltrato",
    "mensagem encaminhada",
    "forwarded by",
    "vidarebefordrat",
];

/// What phones and programs sign with.
const SENT_FROM: &[&str] = &[
    "sent from my ",
    "sent from mail for ",
    "sent from outlook",
    "sent from yahoo",
    "sent from proton",
    "sent with proton",
    "sent from samsung",
    "sent from gmail",
    "get outlook for ",
    "verzonden vanaf ",
    "verzonden vanuit ",
    "verzonden met ",
    "verstuurd vanaf ",
    "verstuurd vanuit ",
    "verstuurd met ",
    "outlook voor ",
    "download outlook voor ",
    "von meinem ",
    "gesendet von ",
    "gesendet mit ",
    "envoyé de mon ",
    "envoyé depuis ",
    "envoyé à partir d",
    "enviado desde mi ",
];
/// A sentence that begins so and goes on is none of these.
const SENT_FROM_BYTES: usize = 90;

/// Our own line, in whatever a mail program has wrapped it.
pub(super) fn is_marker(line: &str) -> bool {
    line.contains("##-") && REPLY_ABOVE.iter().any(|(_, marker)| line.contains(marker))
}

/// `> ` or `|`-less variants of it. A tag of a program's output (`>>> import`) counts: it is quoted, or else it is not at the end.
pub(super) fn is_quoted(line: &str) -> bool {
    line.trim_start().starts_with('>')
}

/// Nothing but a line across.
pub(super) fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 3 && line.chars().all(|c| matches!(c, '-' | '_' | '=' | '*' | '—' | '–' | '─'))
}

fn dashed(line: &str, words: &[&str]) -> bool {
    let line = line.trim().trim_start_matches(['*', ' ']);
    if !line.starts_with(['-', '_', '—']) || line.len() > 120 {
        return false;
    }
    let inner = line.trim_matches(['-', '_', '—', ' ', '*']).to_lowercase();
    words.iter().any(|word| inner.starts_with(word))
}

/// `-----Original Message-----`.
pub(super) fn is_original(line: &str) -> bool {
    dashed(line, ORIGINAL)
}

/// `---------- Forwarded message ---------`, `Begin forwarded message:`.
pub(super) fn is_forward(line: &str) -> bool {
    if dashed(line, FORWARD) {
        return true;
    }
    let line = line.trim().trim_start_matches(['>', ' ']).to_lowercase();
    line.len() <= 60 && line.ends_with(':') && FORWARD.iter().any(|word| line.starts_with(word))
}

/// A block of `From:`, `Sent:`, `To:`, `Subject:` at the first line.
pub(super) fn header_block(lines: &[&str]) -> bool {
    let name = |line: &str| -> Option<String> {
        let line = line.trim().trim_start_matches(['*', ' ']);
        let (name, _) = line.split_once(':')?;
        (name.len() <= 30).then(|| name.trim_matches(['*', ' ', '\u{a0}']).to_lowercase())
    };
    let Some(first) = lines.first().copied().and_then(name) else { return false };
    let is_from = |name: &String| FROM.contains(&name.as_str());
    let below: Vec<_> = lines[1..].iter().take(8).map_while(|line| name(line)).collect();
    let others =
        lines[1..].iter().take(8).filter_map(|line| name(line)).filter(|name| OTHER.contains(&name.as_str())).count();
    // Hotmail began with the date, and had no line between.
    is_from(&first) && others >= 2 || OTHER.contains(&first.as_str()) && below.iter().any(is_from) && others >= 2
}

/// How sure it is that a line is about who wrote what follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sure {
    /// Where a quotation follows it.
    Weak,
    /// It says when, or who.
    Strong,
    /// It begins as only such lines begin, too.
    Certain,
}

/// A line, or a few, about who wrote what follows: how many, and how sure that is.
pub(super) fn attribution(lines: &[&str]) -> Option<(usize, Sure)> {
    let mut text = String::new();
    for (at, line) in lines.iter().take(ATTRIBUTION_LINES).enumerate() {
        let line = line.trim();
        if line.is_empty() || is_quoted(line) || text.len() + line.len() > ATTRIBUTION_BYTES {
            return None;
        }
        if at > 0 {
            text.push(' ');
        }
        text.push_str(&line.to_lowercase());
        if line.ends_with([':', '：']) {
            return judge(&text).map(|sure| (at + 1, sure));
        }
        // "On … wrote" without a colon has been seen only where it begins so.
        if WROTE.iter().any(|word| text.ends_with(word)) && ON.iter().any(|on| text.starts_with(on)) && has_time(&text)
        {
            return Some((at + 1, Sure::Certain));
        }
    }
    None
}

/// Where the lines about who wrote begin that end with the last of these lines: of those that could, the surest and then
/// the shortest, since the line before may be what a person wrote.
pub(super) fn attribution_above(lines: &[&str]) -> Option<(usize, Sure)> {
    let end = lines.len();
    let mut best = None;
    for at in (end.saturating_sub(ATTRIBUTION_LINES)..end).rev() {
        if let Some((length, sure)) = attribution(&lines[at..])
            && at + length == end
            && best.is_none_or(|(_, so_far)| sure > so_far)
        {
            best = Some((at, sure));
        }
    }
    best
}

fn judge(text: &str) -> Option<Sure> {
    let wrote = WROTE.iter().any(|word| text.rfind(word).is_some_and(|at| at + word.len() + 130 >= text.len()));
    let on = ON.iter().any(|on| text.starts_with(on));
    let addressed = text.contains('@');
    if wrote && has_time(text) {
        return Some(match (on, addressed) {
            (true, _) => Sure::Certain,
            (_, true) => Sure::Strong,
            _ => Sure::Weak,
        });
    }
    // "2026-04-21 10:00 GMT+02:00 Anna <anna@acme.example>:"
    let dated = addressed && has_time(text) && text.trim_end_matches([':', '：', ' ']).ends_with('>');
    (dated || wrote && (addressed || text.len() < 60)).then_some(Sure::Weak)
}

/// A year, or a time of the day.
fn has_time(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes
        .windows(4)
        .any(|window| (window.starts_with(b"19") || window.starts_with(b"20")) && window.iter().all(u8::is_ascii_digit))
        || bytes.windows(4).any(|window| {
            window[0].is_ascii_digit()
                && matches!(window[1], b':' | b'.')
                && window[2].is_ascii_digit()
                && window[3].is_ascii_digit()
        })
}

/// What a mailing list puts below everything.
pub(super) fn is_list_footer(lines: &[&str]) -> bool {
    let rule = lines.first().is_some_and(|line| line.len() >= 30 && line.chars().all(|c| matches!(c, '_' | '-')));
    rule && lines[1..].iter().take(3).any(|line| line.to_lowercase().contains("mailing list"))
}

/// "Sent from my iPhone" and its like, alone on a line.
pub(super) fn sent_from(line: &str) -> bool {
    let line = line.trim().trim_start_matches(['*', '_', '-', '[', '<', ' ']).to_lowercase();
    line.len() <= SENT_FROM_BYTES
        && !line.ends_with(['?', '!'])
        && SENT_FROM.iter().any(|start| line.starts_with(start))
}
