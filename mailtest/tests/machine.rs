//! The machinery itself: what the other tests take for granted.

use mailtest::format::{Draft, Program, first};
use mailtest::server::{AUTHORITY, Delivery, FORGER, Servers, Transit};
use mailtest::wait;

#[test]
fn what_is_sent_is_in_its_readers_mailbox_with_our_receivers_judgement_on_top() {
    let servers = Servers::start(&["nina@acme.test", "sam@desk.test"], &[], Transit::Faithful).unwrap();
    let draft = Draft {
        from: "Sam de Wit <sam@desk.test>",
        to: "nina+token@acme.test",
        subject: "[ACME-1] Een vraag",
        date: "Mon, 20 Apr 2026 10:00:00 +0200",
        id: "one@desk.test",
        text: "Does it work = now?\nCafé.",
    };
    servers.send("sam@desk.test", "nina+token@acme.test", &first(&draft)).unwrap();
    let mails = servers.await_mails("nina@acme.test", 1).unwrap();
    let mail = &mails[0];
    assert_eq!((mail.subject.as_str(), mail.message_id.as_str()), ("[ACME-1] Een vraag", "one@desk.test"));
    assert_eq!(mail.text.trim().replace("\r\n", "\n"), draft.text);
    assert_eq!(mail.header("Delivered-To"), "nina+token@acme.test");
    assert!(mail.header("Authentication-Results").contains("dmarc=pass header.from=desk.test"), "{}", mail.raw);

    for program in [Program::Gmail, Program::Outlook, Program::Apple, Program::Mutt] {
        let id = format!("{program:?}@acme.test");
        let reply = Draft { from: "Nina <nina@acme.test>", to: "sam@desk.test", id: &id, text: "It does.", ..draft };
        servers.send("nina@acme.test", "sam@desk.test", &program.reply(&reply, mail)).unwrap();
    }
    let replies = servers.await_mails("sam@desk.test", 4).unwrap();
    for reply in &replies {
        assert_eq!((&reply.in_reply_to, &reply.references), (&mail.message_id, &vec![mail.message_id.clone()]));
        assert!(reply.text.contains("It does.") && reply.text.contains("Caf"), "{}", reply.text);
    }

    servers.send(&format!("x@{FORGER}"), "sam@desk.test", &first(&draft)).unwrap();
    let forged = servers.await_mails("sam@desk.test", 5).unwrap().pop().unwrap();
    let judgement = forged.header("Authentication-Results");
    assert!(judgement.starts_with(AUTHORITY) && judgement.contains("dmarc=fail"), "{judgement}");
}

#[test]
fn a_careless_gateway_takes_away_what_says_that_nobody_wrote_it() {
    let servers = Servers::start(&["nina@acme.test"], &[], Transit::Careless).unwrap();
    let mail = "From: a@b.test\nTo: nina@acme.test\nSubject: s\nAuto-Submitted: auto-replied\nList-Id: <x>\n\nHello\n";
    servers.send("a@b.test", "nina@acme.test", mail).unwrap();
    let mail = servers.await_mails("nina@acme.test", 1).unwrap().remove(0);
    assert!(mail.auto_submitted.is_empty() && !mail.raw.contains("List-Id") && mail.raw.contains("Subject: s"));
}

/// Dovecot serves what Postfix delivered.
#[test]
fn a_mailbox_is_served_over_imap() {
    use std::io::{BufRead as _, BufReader, Write as _};
    let servers = Servers::start(&["nina@acme.test"], &[], Transit::Faithful).unwrap();
    servers.send("a@b.test", "nina@acme.test", "From: a@b.test\nSubject: over imap\n\nHello\n").unwrap();
    servers.await_mails("nina@acme.test", 1).unwrap();
    let mut stream = std::net::TcpStream::connect(("127.0.0.1", servers.imap)).unwrap();
    stream.set_read_timeout(Some(std::time::Duration::from_secs(30))).unwrap();
    let password = mailtest::server::PASSWORD;
    let commands =
        format!("a LOGIN nina@acme.test {password}\r\nb SELECT INBOX\r\nc FETCH 1 BODY[HEADER]\r\nd LOGOUT\r\n");
    stream.write_all(commands.as_bytes()).unwrap();
    let said = BufReader::new(stream).lines().map_while(Result::ok).collect::<Vec<_>>().join("\n");
    assert!(said.contains("* 1 EXISTS") && said.contains("Subject: over imap"), "{said}\n{}", servers.log());
}

#[test]
fn a_command_that_is_killed_is_given_its_mail_again() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o777)).unwrap();
    let (path, command) = (folder.path().display(), folder.path().join("receive"));
    let script =
        format!("#!/bin/sh\nif [ -e {path}/tried ]; then exec cat >{path}/got; fi\n: >{path}/tried\nkill -9 $$\n");
    std::fs::write(&command, script).unwrap();
    std::fs::set_permissions(&command, std::fs::Permissions::from_mode(0o755)).unwrap();
    let servers = Servers::start(&[], &[("desk.test", Delivery::Pipe(command))], Transit::Faithful).unwrap();
    servers.send("a@b.test", "support+token@desk.test", "From: a@b.test\nSubject: piped\n\nHello\n").unwrap();
    let got = wait::until("the mail", wait::LONG, || {
        Ok(std::fs::read_to_string(folder.path().join("got")).ok().filter(|got| got.contains("Hello")))
    });
    let got = got.unwrap_or_else(|error| panic!("{error:#}\n{}", servers.log()));
    assert!(got.contains("Delivered-To: support+token@desk.test") && got.contains("Return-Path: <a@b.test>"), "{got}");
}
