//! A request that lives in the customer's mailbox, from the first mail to the second opening, through each door.

use mailtest::database::quoted;
use mailtest::format::Program;
use mailtest::letter::Letter;
use mailtest::loket::{Door, NINA, SAM};
use mailtest::world::{World, key_of};

#[test]
fn a_request_is_opened_asked_about_solved_and_opened_again_by_mail_over_lmtp() {
    journey(Door::Lmtp, [Program::Outlook, Program::Apple]);
}

#[test]
fn a_request_is_opened_asked_about_solved_and_opened_again_by_mail_through_the_pipe() {
    journey(Door::Pipe, [Program::Gmail, Program::Mutt]);
}

#[test]
fn a_request_is_opened_asked_about_solved_and_opened_again_by_mail_over_imap() {
    journey(Door::Imap, [Program::Apple, Program::Gmail]);
}

/// Two hours between question and answer.
const THINKING: i64 = 2 * 3600;

fn journey(door: Door, programs: [Program; 2]) {
    let mut world = World::start(door, &[NINA, SAM]).unwrap();

    // She mails, and is told at once what became of it.
    let first =
        world.write(&NINA, "De kassa start niet", "Sinds vanmorgen start de kassa niet meer.\n\nGroet,\nNina").unwrap();
    let confirmation = world.await_mail(&NINA, 1).unwrap();
    let key = key_of(&confirmation.subject).unwrap();
    assert_eq!(confirmation.subject, format!("[{key}] De kassa start niet"));
    assert_eq!(confirmation.in_reply_to, first, "it stands under her own mail");
    assert_eq!(confirmation.references, [first.as_str()]);
    assert_told_as_a_machine_does(&confirmation, &key);
    assert!(confirmation.text.contains(&format!("/requests/{key}")), "{}", confirmation.text);
    assert_eq!(world.loket.ticket(&key, "channel").unwrap(), "mail");
    assert_eq!(world.loket.ticket(&key, "status").unwrap(), "new");
    let said = said(&world, &key);
    assert_eq!(said.len(), 1);
    assert!(said[0].starts_with("Sinds vanmorgen start de kassa niet meer."), "{said:?}");

    // The desk is told; Sam takes it up and asks. Both are one mail.
    world.gather().unwrap();
    let raised = world.await_mail(&SAM, 1).unwrap();
    assert_eq!(key_of(&raised.subject).unwrap(), key);
    let sam = world.loket.visit(&SAM).unwrap();
    let version = world.loket.ticket(&key, "last_event_id").unwrap();
    sam.submit("/api/desk/accept", &[("key", &key), ("version", &version)]).unwrap();
    let due = number(&world, &key, "resolution_due_at");
    world.loket.compose(&sam, &key, "return", "Welke versie van Windows staat op de kassa?").unwrap();
    assert_eq!(world.loket.ticket(&key, "status").unwrap(), "waiting");
    assert_ne!(world.loket.ticket(&key, "resolution_paused_at").unwrap(), "", "the clock stands still");
    world.gather().unwrap();
    let question = world.await_mail(&NINA, 2).unwrap();
    assert!(question.text.contains("Welke versie van Windows staat op de kassa?"), "{}", question.text);
    assert_in_thread(&question, &confirmation);

    // She answers from her mail program two hours later: only what she wrote is her answer, and the clock runs on.
    world.loket.restart_later(THINKING).unwrap();
    let answer = world.reply(&NINA, programs[0], &question, "Windows 11, met alle updates.").unwrap();
    let inbound = world.await_inbound(&answer).unwrap();
    assert_eq!((&inbound["state"], &inbound["verified"]), (&"delivered".into(), &1.into()), "{inbound}");
    world.await_ticket(&key, "status", "in_progress").unwrap();
    assert_said(&world, &key, programs[0], "Windows 11, met alle updates.");
    let history =
        world.loket.database().text(&format!("SELECT history FROM message WHERE message_id = {}", inbound["entry_id"]));
    assert!(history.unwrap().contains("Welke versie van Windows"), "what she quoted is kept");
    assert_eq!(world.loket.ticket(&key, "resolution_paused_at").unwrap(), "");
    let later = number(&world, &key, "resolution_due_at");
    assert!(later >= due + THINKING * 1000, "{later} is not {THINKING} s after {due}");
    world.gather().unwrap();
    let told = world.await_mail(&SAM, 2).unwrap();
    assert!(told.text.contains("Windows 11, met alle updates."), "{}", told.text);

    // It is solved; she says by mail that it is not.
    let sam = world.loket.visit(&SAM).unwrap();
    world.loket.compose(&sam, &key, "resolve", "Wij hebben de kassa hersteld.").unwrap();
    world.gather().unwrap();
    let resolution = world.await_mail(&NINA, 3).unwrap();
    assert!(resolution.text.contains("Wij hebben de kassa hersteld."), "{}", resolution.text);
    assert_in_thread(&resolution, &confirmation);
    world.reply(&NINA, programs[1], &resolution, "Helaas, hij start nog steeds niet.").unwrap();
    world.await_ticket(&key, "status", "in_progress").unwrap();
    assert_said(&world, &key, programs[1], "Helaas, hij start nog steeds niet.");
    world.gather().unwrap();
    let reopened = world.await_mail(&SAM, 3).unwrap();
    assert!(reopened.text.contains("Helaas, hij start nog steeds niet."), "{}", reopened.text);

    world.settle().unwrap();
    the_books_are_right(&world, &key, door);
}

/// What must hold of everything together at the end.
fn the_books_are_right(world: &World, key: &str, door: Door) {
    let database = world.loket.database();
    let mails = world.servers.mails(NINA.email).unwrap();
    assert!(mails.iter().all(|mail| key_of(&mail.subject).unwrap() == key));
    let ours: Vec<_> = mails.iter().filter(|mail| mail.text.contains("kassa")).collect();
    assert!(ours.len() >= 3, "{}", ours.len());
    assert_eq!(database.number("SELECT count(*) FROM inbound").unwrap(), 3);
    assert_eq!(
        database.number("SELECT count(*) FROM inbound WHERE state = 'delivered' AND entry_id IS NOT NULL").unwrap(),
        3
    );
    assert_eq!(database.number("SELECT count(DISTINCT ticket_id) FROM inbound").unwrap(), 1);
    assert_eq!(database.number("SELECT count(*) FROM outbox WHERE dead_at IS NOT NULL").unwrap(), 0);
    let wrong = "SELECT count(*) FROM outbox WHERE error <> ''";
    assert_eq!(database.number(wrong).unwrap(), 0);
    // The raw mail is where the row says.
    for row in database.rows("SELECT path, bytes FROM inbound").unwrap() {
        let path = world.loket.files().join(row["path"].as_str().unwrap());
        assert_eq!(std::fs::metadata(&path).unwrap().len(), row["bytes"].as_u64().unwrap());
    }
    if door == Door::Imap {
        let folder = world.servers.mailbox("support@desk.test");
        let names = |part: &str| -> Vec<String> {
            let files = std::fs::read_dir(folder.join(part)).unwrap();
            files.map(|file| file.unwrap().file_name().to_string_lossy().into_owned()).collect()
        };
        assert!(names("new").is_empty());
        let seen = names("cur");
        assert_eq!(seen.len(), 3);
        let flags = |name: &str| name.rsplit_once(":2,").map_or(String::new(), |(_, flags)| flags.to_owned());
        assert!(seen.iter().all(|name| flags(name).contains('S')), "each is marked as read: {seen:?}");
    }
    world.loket.run(&["sla", "verify"], "").unwrap();
}

fn assert_told_as_a_machine_does(mail: &Letter, key: &str) {
    assert_eq!(mail.from.1, "support@desk.test");
    assert!(mail.reply_to.starts_with("support+") && mail.reply_to.ends_with("@desk.test"), "{}", mail.reply_to);
    assert!(mail.auto_submitted.starts_with("auto-generated"), "{}", mail.auto_submitted);
    assert!(mail.message_id.ends_with("@desk.test"), "{}", mail.message_id);
    let organisation = key.split('-').next().unwrap().to_lowercase();
    assert_eq!(mail.header("List-Id"), format!("<{organisation}.desk.test>"));
    assert!(mail.text.contains(key) && mail.html.contains(key));
}

/// Mail programs put it under the first.
fn assert_in_thread(mail: &Letter, first: &Letter) {
    assert_eq!(mail.subject, first.subject, "the subject stays the same");
    assert_eq!(mail.reply_to, first.reply_to, "the address of an answer stays the same");
    assert_eq!(mail.references[0], first.references[0], "the thread has one root");
    assert!(mail.references.contains(&first.message_id) || mail.in_reply_to == first.message_id);
    assert_ne!(mail.message_id, first.message_id);
}

/// Her last entry is what she wrote, without what her program put under it. An answer under what it answers stays below it.
fn assert_said(world: &World, key: &str, program: Program, text: &str) {
    let last = said(world, key).pop().unwrap();
    assert!(if program == Program::Mutt { last.ends_with(text) } else { last == text }, "{program:?}: {last}");
}

/// What is said in the thread, oldest first.
fn said(world: &World, key: &str) -> Vec<String> {
    let (organisation, number) = key.split_once('-').unwrap();
    let sql = format!(
        "SELECT body FROM message JOIN ticket USING (ticket_id) JOIN organisation USING (organisation_id) \
         WHERE key = {} AND number = {number} AND side = 'customer' ORDER BY message_id",
        quoted(organisation)
    );
    let rows = world.loket.database().rows(&sql).unwrap();
    rows.iter().map(|row| row["body"].as_str().unwrap().trim().to_owned()).collect()
}

fn number(world: &World, key: &str, column: &str) -> i64 {
    world.loket.ticket(key, column).unwrap().parse().unwrap()
}
