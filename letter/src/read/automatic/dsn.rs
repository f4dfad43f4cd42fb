//! Mail that came back: reports as RFC 3464 has them, and those that qmail, Exim and others wrote before there was a rule.

use super::super::body::Source;
use super::super::clean;
use super::super::field::{Head, Room};
use crate::{Action, Dsn, Letter};

/// More addresses than these are not told apart.
const MOST: usize = 50;
const LONGEST_DIAGNOSTIC: usize = 300;
/// Of the text of a bounce that follows no rule.
const LOOKED_AT: usize = 20_000;

/// Who sends what comes back.
const SENDERS: [&str; 3] = ["mailer-daemon", "postmaster", "mail-daemon"];
/// How it is called where nothing else says so.
const SUBJECTS: [&str; 15] = [
    "undelivered mail",
    "undeliverable",
    "mail delivery fail",
    "mail delivery system",
    "delivery status notification",
    "delivery failure",
    "returned mail",
    "failure notice",
    "mail could not be delivered",
    "mail system error",
    "onbestelbaar",
    "niet bezorgd",
    "unzustellbar",
    "mail delivery subsystem",
    "warning: message",
];

/// What a `message/delivery-status` says, per address.
pub(super) fn report(source: &Source<'_>) -> Option<Vec<Dsn>> {
    let status = source.parts.iter().find(|part| {
        part.kind.main == "message" && matches!(part.kind.sub.as_str(), "delivery-status" | "global-delivery-status")
    });
    let is_report = source.parts[0].kind.is("multipart", "report")
        && source.parts[0]
            .kind
            .attribute("report-type")
            .is_none_or(|of| of.to_ascii_lowercase().contains("delivery-status"));
    // One that was forwarded by a person is not a bounce.
    if !is_report {
        return None;
    }
    let original = original_id(source);
    let bytes = status.map(|part| source.bytes(part)).unwrap_or_default();
    let mut dsns = Vec::new();
    let mut room = Room::default();
    let mut rest = bytes.as_slice();
    while !rest.is_empty() && dsns.len() < MOST {
        let Ok((head, length)) = Head::parse(rest, &mut room, |_| false) else { break };
        rest = &rest[length.max(1).min(rest.len())..];
        let recipient = [head.word("final-recipient"), head.word("original-recipient")];
        let Some(recipient) = recipient.iter().map(|value| recipient_of(value)).find(|address| !address.is_empty())
        else {
            continue;
        };
        let action = head.word("action");
        dsns.push(Dsn {
            final_recipient: recipient,
            action: match action.split([' ', '(']).next().unwrap_or_default() {
                "delayed" => Action::Delayed,
                "delivered" => Action::Delivered,
                "relayed" => Action::Relayed,
                "expanded" => Action::Expanded,
                _ => Action::Failed,
            },
            status: head.word("status").split([' ', '(']).next().unwrap_or_default().chars().take(12).collect(),
            diagnostic: shorten(&head.text("diagnostic-code")),
            original_message_id: original.clone(),
        });
    }
    Some(dsns)
}

/// `rfc822;anna@acme.example`, in whatever case and brackets.
fn recipient_of(value: &str) -> String {
    clean::address(value.rsplit(';').next().unwrap_or_default().split(" (").next().unwrap_or_default())
}

fn shorten(text: &str) -> String {
    clean::line(text).chars().take(LONGEST_DIAGNOSTIC).collect()
}

/// The Message-ID of the mail that came back, from what of it was sent along.
fn original_id(source: &Source<'_>) -> Option<String> {
    let within = source.parts.iter().skip(1).filter(|part| {
        part.kind.is("text", "rfc822-headers")
            || part.kind.main == "message" && part.kind.sub.starts_with("global-headers")
    });
    let mut room = Room::default();
    let headers = within.filter_map(|part| Head::parse(&source.bytes(part), &mut room, |_| false).ok());
    let headers = headers.map(|(head, _)| head);
    let messages =
        source.parts.iter().filter(|part| part.kind.main == "message").filter_map(|part| part.children.first());
    let messages = messages.map(|&child| source.parts[child].head.clone());
    headers.chain(messages).find_map(|head| head.ids("message-id").into_iter().next())
}

/// A bounce that follows no rule: why it is taken for one, and what could be read from it.
pub(super) fn homegrown(source: &Source<'_>, letter: &Letter, empty_path: bool) -> Option<(String, Vec<Dsn>)> {
    let head = &source.parts[0].head;
    let failed = head.word("x-failed-recipients");
    let from = letter.from.as_ref().map(|from| from.address.as_str()).unwrap_or_default();
    let local = from.split('@').next().unwrap_or_default();
    let by_server = SENDERS.contains(&local) || empty_path;
    let subject = letter.subject.to_lowercase();
    let called_so = SUBJECTS.iter().any(|start| subject.starts_with(start));
    if failed.is_empty() && !(by_server && called_so) {
        return None;
    }
    let text: String = letter.said.chars().chain("\n".chars()).chain(letter.history.chars()).take(LOOKED_AT).collect();
    let mut addresses: Vec<String> =
        failed.split(',').map(clean::address).filter(|address| address.contains('@')).collect();
    if addresses.is_empty() {
        // "<anna@acme.example>:" of qmail, "  anna@acme.example" of Exim.
        let alone = text
            .lines()
            .map(|line| line.trim().trim_end_matches(':'))
            .filter(|line| !line.contains(char::is_whitespace));
        addresses.extend(alone.map(clean::address).filter(|address| address.contains('@')).take(1));
    }
    let status = status(&text);
    let delayed = subject.contains("delay") || subject.starts_with("warning: message") || status.starts_with('4');
    let original = original_id(source).or_else(|| quoted_id(&text));
    let dsns = addresses.into_iter().take(MOST).map(|final_recipient| Dsn {
        diagnostic: shorten(text.lines().find(|line| line.contains(&status) && !status.is_empty()).unwrap_or_default()),
        final_recipient,
        action: if delayed { Action::Delayed } else { Action::Failed },
        status: status.clone(),
        original_message_id: original.clone(),
    });
    let why = if failed.is_empty() {
        ["from: ", from, ", subject: ", &letter.subject].concat()
    } else {
        ["x-failed-recipients: ", &failed].concat()
    };
    Some((why, dsns.collect()))
}

/// The first `5.1.1`, else the class of the first `550`.
fn status(text: &str) -> String {
    let words = || text.split(|c: char| !(c.is_ascii_digit() || c == '.')).map(|word| word.trim_matches('.'));
    let enhanced = words().find(|word| {
        let numbers: Vec<_> = word.split('.').collect();
        numbers.len() == 3
            && matches!(numbers[0], "4" | "5")
            && numbers.iter().all(|number| (1..=3).contains(&number.len()))
    });
    if let Some(found) = enhanced {
        return found.to_owned();
    }
    let plain = words().find(|word| word.len() == 3 && matches!(&word[..2], "42" | "45" | "55" | "57"));
    plain.map(|word| [&word[..1], ".0.0"].concat()).unwrap_or_default()
}

/// The last Message-ID in a text that carries a message along.
fn quoted_id(text: &str) -> Option<String> {
    let line = text
        .lines()
        .rev()
        .find(|line| line.trim_start_matches(['>', ' ']).to_ascii_lowercase().starts_with("message-id:"))?;
    let (_, rest) = line.split_once('<')?;
    rest.split_once('>').map(|(id, _)| id.to_owned())
}
