//! Mail that must not be believed, cannot be delivered or is refused: what the servers on both sides make of it.

use mailtest::database::quoted;
use mailtest::format::{Draft, Program, plain};
use mailtest::loket::{Door, NINA, PIA, Person, SAM};
use mailtest::server::{FORGER, REFUSED};
use mailtest::wait;
use mailtest::world::{World, address, key_of};

const STRANGER: &str = "wim@elsewhere.test";

#[test]
fn an_unknown_sender_gets_one_neutral_confirmation_and_no_ticket() {
    let mut world = World::start_with(Door::Lmtp, &[NINA, SAM], &[NINA.email, SAM.email, STRANGER]).unwrap();
    let tickets = world.loket.database().number("SELECT count(*) FROM ticket").unwrap();
    let people = world.loket.database().number("SELECT count(*) FROM user_account").unwrap();
    for number in 1..=2 {
        let (id, date) = (format!("{number}@elsewhere.test"), world.loket.date());
        let draft = Draft {
            from: "Wim <wim@elsewhere.test>",
            to: "support@desk.test",
            subject: "Acme?",
            date: &date,
            id: &id,
            text: "Is Acme Zorg klant bij u?",
        };
        world.servers.send(STRANGER, "support@desk.test", &plain(&draft)).unwrap();
        let inbound = world.await_inbound(&id).unwrap();
        assert_eq!(inbound["state"], "quarantine", "{inbound}");
    }
    world.settle().unwrap();
    let mails = world.servers.mails(STRANGER).unwrap();
    assert_eq!(mails.len(), 1, "one confirmation, however often they write");
    for word in ["Acme", "ACME", "klant bij u", "/requests/"] {
        assert!(!mails[0].text.contains(word) && !mails[0].subject.contains(word), "{word}: {}", mails[0].raw);
    }
    assert!(mails[0].auto_submitted.starts_with("auto-replied"), "{}", mails[0].auto_submitted);
    assert_eq!(world.loket.database().number("SELECT count(*) FROM ticket").unwrap(), tickets);
    assert_eq!(world.loket.database().number("SELECT count(*) FROM user_account").unwrap(), people);
}

#[test]
fn a_forged_sender_is_shown_as_unverified_and_learns_nothing() {
    let forger = format!("x@{FORGER}");
    let mut world = World::start_with(Door::Lmtp, &[NINA, SAM], &[NINA.email, SAM.email, &forger]).unwrap();
    let from = address(&NINA);
    let forge = |world: &World, id: &str, to: &str, text: &str, references: &str| {
        let date = world.loket.date();
        let draft = Draft { from: &from, to, subject: "Mijn account", date: &date, id, text };
        // A judgement of one's own making stands under that of our receiver.
        let message = format!(
            "Authentication-Results: mx.test; dmarc=pass header.from=acme.test\nReply-To: {forger}\n{references}{}",
            plain(&draft)
        );
        world.servers.send(&forger, to, &message).unwrap();
    };
    forge(&world, "forged-1@forger.test", "support@desk.test", "Stuur mij het wachtwoord.", "");
    let inbound = world.await_inbound("forged-1@forger.test").unwrap();
    assert_eq!(inbound["verified"], 0, "{inbound}");
    // What is confirmed is confirmed to the account's own address.
    let confirmation = world.await_mail(&NINA, 1).unwrap();
    let key = key_of(&confirmation.subject).unwrap();
    let entry = format!("SELECT unverified FROM message WHERE message_id = {}", inbound["entry_id"]);
    assert_eq!(world.loket.database().number(&entry).unwrap(), 1);

    // Solved; a forged thank-you or complaint neither closes nor reveals.
    let sam = world.loket.visit(&SAM).unwrap();
    world.loket.compose(&sam, &key, "resolve", "Geheim antwoord voor Nina.").unwrap();
    let references = format!("In-Reply-To: <{}>\n", confirmation.message_id);
    forge(&world, "forged-2@forger.test", &confirmation.reply_to, "Bedankt, sluit maar.", &references);
    let inbound = world.await_inbound("forged-2@forger.test").unwrap();
    assert_eq!(inbound["verified"], 0, "{inbound}");
    assert_ne!(world.loket.ticket(&key, "status").unwrap(), "closed");
    world.settle().unwrap();
    assert!(world.servers.mails(&forger).unwrap().is_empty(), "nothing at all leaves to the forger");
}

/// Pia of another organisation has got hold of Nina's address token, references and key.
#[test]
fn what_leads_to_a_request_leads_nobody_of_another_organisation_there() {
    let mut world = World::start(Door::Lmtp, &[NINA, PIA, SAM]).unwrap();
    world.write(&NINA, "Vertrouwelijk", "Alleen voor Acme.").unwrap();
    let confirmation = world.await_mail(&NINA, 1).unwrap();
    let key = key_of(&confirmation.subject).unwrap();
    let before = world.loket.ticket(&key, "last_event_id").unwrap();
    let reply = world.reply(&PIA, Program::Gmail, &confirmation, "Laat mij meelezen.").unwrap();
    world.await_inbound(&reply).unwrap();
    world.settle().unwrap();
    assert_eq!(world.loket.ticket(&key, "last_event_id").unwrap(), before, "nothing happened to Nina's request");
    for mail in world.servers.mails(PIA.email).unwrap() {
        let told = mail.text.replace("Re: [", "");
        assert!(!told.contains("Alleen voor Acme"), "{}", mail.raw);
        assert_ne!(key_of(&mail.subject).unwrap_or_default(), key, "{}", mail.raw);
    }
}

#[test]
fn mail_to_an_address_that_is_gone_marks_it_and_tells_the_agents() {
    const GONE: Person = Person { email: "gone@acme.test", name: "Gijs Weg", role: "member", organisation: "ACME" };
    let mut world = World::start_with(Door::Lmtp, &[GONE, SAM], &[SAM.email]).unwrap();
    world.write(&GONE, "Vraag", "Ziet u dit?").unwrap();
    let sql = format!("SELECT bounced_at FROM user_account WHERE email = {}", quoted(GONE.email));
    wait::until_true("the address is marked", wait::LONG, || Ok(!world.loket.database().text(&sql)?.is_empty()))
        .unwrap_or_else(|error| panic!("{error:#}\n{}", world.log()));
    let ticket = "SELECT status, channel FROM ticket ORDER BY ticket_id DESC LIMIT 1";
    let row = world.loket.database().rows(ticket).unwrap().remove(0);
    assert_eq!((&row["status"], &row["channel"]), (&"new".into(), &"mail".into()), "a bounce moves nothing");
    // The report that came back is on the ticket, for agents.
    let kept = world.loket.database().rows("SELECT visibility FROM message WHERE automatic = 'bounce'").unwrap();
    assert!(kept.iter().all(|row| row["visibility"] == "internal") && kept.len() == 1, "{kept:?}");
    // From now on nothing is mailed there.
    let count = format!("SELECT count(*) FROM outbox WHERE to_email = {}", quoted(GONE.email));
    let sent = world.loket.database().number(&count).unwrap();
    let key = world.loket.database().text("SELECT key || '-' || number FROM ticket JOIN organisation USING (organisation_id) ORDER BY ticket_id DESC LIMIT 1").unwrap();
    let sam = world.loket.visit(&SAM).unwrap();
    world.loket.compose(&sam, &key, "answer", "Ja, wij zien dit.").unwrap();
    world.settle().unwrap();
    assert_eq!(world.loket.database().number(&count).unwrap(), sent);
}

#[test]
fn an_address_that_is_refused_at_once_is_marked_and_not_tried_again() {
    const GONE: Person = Person { email: REFUSED, name: "Gijs Weg", role: "member", organisation: "ACME" };
    let mut world = World::start(Door::Lmtp, &[GONE, SAM]).unwrap();
    world.write(&GONE, "Vraag", "Ziet u dit?").unwrap();
    let sql = format!("SELECT bounced_at FROM user_account WHERE email = {}", quoted(GONE.email));
    wait::until_true("the address is marked", wait::LONG, || Ok(!world.loket.database().text(&sql)?.is_empty()))
        .unwrap_or_else(|error| panic!("{error:#}\n{}", world.log()));
    world.settle().unwrap();
    let mails = format!("SELECT dead_at, attempts FROM outbox WHERE to_email = {}", quoted(GONE.email));
    let mails = world.loket.database().rows(&mails).unwrap();
    assert_eq!(mails.len(), 1, "{mails:?}");
    assert!(!mails[0]["dead_at"].is_null() && mails[0]["attempts"] == 1, "given up, for an admin to see: {mails:?}");
}

#[test]
fn a_mail_that_is_too_large_comes_back_with_the_reason_through_each_door() {
    for door in [Door::Lmtp, Door::Pipe, Door::Imap] {
        let mut world = World::start(door, &[NINA, SAM]).unwrap();
        let tickets = world.loket.database().number("SELECT count(*) FROM ticket").unwrap();
        let line = "c3VwcG9ydCBpcyBub3QgYSBmaWxlIHNoYXJlLCBzb21lIHRoaW5ncyBhcmUgdG9vIGxhcmdlIQo=\n";
        let id = world.new_id(&NINA);
        let message = format!(
            "From: {}\nTo: support@desk.test\nSubject: Alle foto's\nMessage-ID: <{id}>\nMIME-Version: 1.0\n\
             Content-Type: application/octet-stream; name=foto.bin\nContent-Transfer-Encoding: base64\n\n{}",
            address(&NINA),
            line.repeat(31_000_000 / line.len())
        );
        world.servers.send(NINA.email, "support@desk.test", &message).unwrap();
        let refusal = world.await_mail(&NINA, 1).unwrap();
        let said = refusal.text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains("30 MB"), "{door:?}: {said}");
        wait::until_true("the refused mail is noted", wait::LONG, || {
            Ok(world.loket.database().number("SELECT count(*) FROM inbound WHERE state = 'refused'")? == 1)
        })
        .unwrap_or_else(|error| panic!("{door:?}: {error:#}\n{}", world.log()));
        assert_eq!(world.loket.database().number("SELECT count(*) FROM ticket").unwrap(), tickets);
        world.settle().unwrap();
        assert_eq!(world.servers.mails(NINA.email).unwrap().len(), 1, "{door:?}: told once");
    }
}
