//! What stands in headers, and what makes two messages the same.

use letter::{Letter, Limits, REPLY_ABOVE, read, reply_above};

fn letter(raw: &str) -> Letter {
    read(raw.as_bytes(), &Limits::default()).unwrap()
}

#[test]
fn headers_are_read_as_they_are_meant() {
    let letter = letter(
        "Return-Path: <anna@acme.example>\nDelivered-To: support+TOKEN@desk.example\nX-Original-To: support@desk.example\n\
        From: \"Visser, Anna\" <Anna@ACME.example>\nSender: bot@acme.example\nReply-To: x@y.example, Z <z@y.example>\n\
        To: Loket <support@desk.example>,\n\tgroep: a@b.example, c@d.example;\nCc: =?utf-8?Q?Zo=C3=AB?= <zoe@acme.example>\n\
        Subject: twee\n regels\nDate: Tue, 21 Apr 2026 10:00:00 +0200\nMessage-ID: <a@b>\nIn-Reply-To: <c@d>\nReferences: <e@f>\n <c@d>\n\nDag\n",
    );
    let from = letter.from.unwrap();
    assert_eq!(
        (from.name.as_str(), from.address.as_str(), from.domain()),
        ("Visser, Anna", "anna@acme.example", "acme.example")
    );
    assert!(!letter.from_several);
    assert_eq!(letter.sender.unwrap().address, "bot@acme.example");
    assert_eq!(
        letter.reply_to.iter().map(|one| one.address.as_str()).collect::<Vec<_>>(),
        ["x@y.example", "z@y.example"]
    );
    assert_eq!(letter.return_path.as_deref(), Some("anna@acme.example"));
    assert_eq!(
        letter.recipients,
        ["support+token@desk.example", "support@desk.example", "a@b.example", "c@d.example", "zoe@acme.example"]
    );
    assert_eq!(letter.subject, "twee regels");
    assert_eq!(letter.sent_at, Some(1_776_758_400_000));
    assert_eq!(letter.message_id.as_deref(), Some("a@b"));
    assert_eq!(
        (letter.in_reply_to, letter.references),
        (vec!["c@d".to_owned()], vec!["e@f".to_owned(), "c@d".to_owned()])
    );
}

#[test]
fn one_who_writes_for_several_is_known_as_such() {
    assert!(letter("From: a@b.example, c@d.example\n\nx").from_several);
    assert!(letter("From: a@b.example\nFrom: c@d.example\n\nx").from_several);
    assert!(letter("From: undisclosed\n\nx").from.is_none());
}

#[test]
fn the_same_message_delivered_twice_is_one_and_another_with_its_id_is_two() {
    let base =
        letter("Message-ID: <a@b>\nFrom: x@y.example\nSubject: s\nDate: Tue, 21 Apr 2026 10:00:00 +0200\n\nDag\n");
    let same = letter(
        "Received: elsewhere\r\nDelivered-To: z@y.example\r\nMessage-ID: <a@b>\r\nFrom: x@y.example\r\nSubject: s\r\nDate: Tue, 21 Apr 2026 10:00:00 +0200\r\n\r\nDag\r\n\r\n",
    );
    assert_eq!(base.identity, same.identity);
    assert!(base.identity.starts_with("a@b:"));
    for other in [
        "Message-ID: <a@b>\nFrom: x@y.example\nSubject: s\nDate: Tue, 21 Apr 2026 10:00:00 +0200\n\nDag!\n",
        "Message-ID: <a@b>\nFrom: x@y.example\nSubject: t\nDate: Tue, 21 Apr 2026 10:00:00 +0200\n\nDag\n",
        "Message-ID: <c@b>\nFrom: x@y.example\nSubject: s\nDate: Tue, 21 Apr 2026 10:00:00 +0200\n\nDag\n",
        "From: x@y.example\nSubject: s\nDate: Tue, 21 Apr 2026 10:00:00 +0200\n\nDag\n",
    ] {
        assert_ne!(base.identity, letter(other).identity, "{other}");
    }
}

#[test]
fn old_line_ends_and_a_mark_at_the_beginning_are_understood() {
    assert_eq!(letter("From: x@y.example\rSubject: s\r\rDag\rAnna\r").said, "Dag\nAnna");
    assert_eq!(letter("\u{feff}From: x@y.example\nSubject: s\n\nDag").subject, "s");
    assert_eq!(letter("From x Tue Apr 21 10:00:00 2026\nFrom: x@y.example\nSubject: s\n\nDag").said, "Dag");
    assert_eq!(letter("Subject: s\nHallo zonder lege regel\nen nog iets").said, "Hallo zonder lege regel\nen nog iets");
}

#[test]
fn the_marker_of_each_language_is_known() {
    assert_eq!(reply_above("nl"), REPLY_ABOVE[1].1);
    assert_eq!(reply_above("fr"), REPLY_ABOVE[0].1);
}

#[test]
fn html_with_names_in_any_script_is_text() {
    let said =
        |html: &str| letter(&format!("From: a@b.example\nContent-Type: text/html; charset=utf-8\n\n{html}")).said;
    assert_eq!(said("<p é=1 title='ü'>Dag</p>"), "Dag");
    assert_eq!(said("<p ß>Dag <a é href='https://x.example/é'>hier</a></p>"), "Dag hier <https://x.example/é>");
    assert_eq!(said("<img €=€ alt=\u{1f600}>Dag</é>"), "[image: \u{1f600}]Dag");
}

#[test]
fn what_a_header_says_has_no_nul() {
    let raw = "From: a\0@b.example\nMessage-ID: <a\0b@x>\nIn-Reply-To: <c\0d@x>\nReferences: <e\0f@x> g\0@x\nSubject: a\0b\n\nx";
    let letter = letter::read(raw.as_bytes(), &letter::Limits::default()).unwrap();
    assert_eq!(letter.message_id.as_deref(), Some("ab@x"));
    assert_eq!(
        (letter.in_reply_to.clone(), letter.references.clone()),
        (vec!["cd@x".to_owned()], vec!["ef@x".to_owned()])
    );
    assert!(!format!("{letter:?}").contains("\\0"), "{letter:?}");
}
