//! Loket is killed again and again while mail flows in and out: each message is in exactly one ticket, and whoever is to
//! be told is told; twice only by the very same mail.
//!
//! `LOKET_KILLS` sets how often in all, over the three doors [200]; `LOKET_SEED` repeats a run's choices. What the seed
//! cannot repeat is how fast the machine was.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use mailtest::database::Database;
use mailtest::format::{Draft, Program, first};
use mailtest::http::Visitor;
use mailtest::loket::{CROWD, Door, Loket, SAM, compose};
use mailtest::random::Random;
use mailtest::server::Servers;
use mailtest::wait;
use mailtest::world::{World, address, key_of};

/// How often in all; half of it over LMTP, the rest through the other doors.
fn kills() -> u64 {
    std::env::var("LOKET_KILLS").map_or(200, |text| text.parse().unwrap())
}

fn seed() -> u64 {
    let chosen = std::env::var("LOKET_SEED").ok().map(|text| text.parse().unwrap());
    chosen.unwrap_or_else(|| wait::unix_millis().unsigned_abs())
}

#[test]
fn nothing_is_lost_or_doubled_by_kills_while_mail_comes_over_lmtp() {
    run(Door::Lmtp, kills().div_ceil(2));
}

#[test]
fn nothing_is_lost_or_doubled_by_kills_while_mail_comes_through_the_pipe() {
    run(Door::Pipe, kills().div_ceil(4));
}

#[test]
fn nothing_is_lost_or_doubled_by_kills_while_mail_comes_over_imap() {
    run(Door::Imap, kills().div_ceil(4));
}

/// So much later it is at each start: longer than what Loket gathers takes, so that each life has something to send.
const LATER: i64 = 40;
/// So long it lives at most once it answers. It looks for mail to send at once and then every two seconds.
const LIFE: u64 = 900;
/// Every so many lives it lives longer than that.
const LONG_LIFE: u64 = 8;

/// A mail that a customer sent.
struct Sent {
    /// What its text begins with.
    mark: String,
    from: &'static str,
    /// The ticket that it answers.
    key: Option<String>,
}

fn run(door: Door, kills: u64) {
    let seed = seed();
    println!("{door:?}: {kills} kills, LOKET_SEED={seed}");
    let people: Vec<_> = CROWD.into_iter().chain([SAM]).collect();
    let mut world = World::start(door, &people).unwrap();
    let began = wait::now();
    let demo = world.loket.database().number("SELECT max(ticket_id) FROM ticket").unwrap();
    let sam = world.loket.visit(&SAM).unwrap();
    let startup = startup(&mut world.loket);

    let done = AtomicBool::new(false);
    let World { loket, servers, .. } = &mut world;
    let database = loket.database();
    let (sent, answered) = std::thread::scope(|scope| {
        let customers = scope.spawn(|| write(servers, seed, &done));
        let agent = scope.spawn(|| answer(&database, &sam, seed, &done));
        kill(loket, door, kills, startup, seed);
        done.store(true, Ordering::Relaxed);
        (customers.join().unwrap(), agent.join().unwrap())
    });
    world.loket.start().unwrap();
    world.settle().unwrap_or_else(|error| panic!("LOKET_SEED={seed}: {error:#}"));
    println!("LOKET_SEED={seed}; the servers' words follow if something is wrong\n{}", world.log());
    each_message_is_in_one_ticket(&world, demo, &sent);
    each_answer_stands_once(&world, &answered);
    let doubled = each_notice_was_sent(&world, demo);
    world.loket.run(&["sla", "verify"], "").unwrap();
    assert_eq!(database.text("PRAGMA integrity_check").unwrap(), "ok");
    eprintln!(
        "{door:?}: {kills} kills in {} s, {} mails in, {} answers, {doubled} mails sent twice; LOKET_SEED={seed}",
        began.elapsed().as_secs(),
        sent.len(),
        answered.len(),
    );
}

/// How long it takes to start. It is not running afterwards.
fn startup(loket: &mut Loket) -> u64 {
    loket.stop();
    let began = wait::now();
    loket.start().unwrap();
    loket.stop();
    u64::try_from(began.elapsed().as_millis()).unwrap()
}

/// Kills Loket, and through the pipe, up to half of the times, what Postfix starts for a mail.
fn kill(loket: &mut Loket, door: Door, kills: u64, startup: u64, seed: u64) {
    let mut random = Random::new(seed);
    let (mut count, mut receivers) = (0, 0);
    while count + receivers < kills {
        loket.launch().unwrap();
        let life = if count % LONG_LIFE == LONG_LIFE - 1 { 4 * LIFE } else { LIFE };
        let until = Duration::from_millis(startup / 2 + random.below(startup / 2 + life));
        let began = wait::now();
        while began.elapsed() < until {
            if door == Door::Pipe && receivers < kills / 2 {
                receivers += kill_receiver(loket, &mut random);
            }
            std::thread::sleep((until.saturating_sub(began.elapsed())).min(Duration::from_millis(20)));
        }
        loket.kill().unwrap();
        count += 1;
        loket.pass(LATER);
    }
}

/// Kills every third process that Postfix started to hand a mail in, somewhere in its short life.
fn kill_receiver(loket: &Loket, random: &mut Random) -> u64 {
    /// About what it takes.
    const LIFE: u64 = 120;
    let Some(id) = loket.receiving().unwrap().pop() else { return 0 };
    if random.below(3) > 0 {
        return 0;
    }
    std::thread::sleep(Duration::from_millis(random.below(LIFE)));
    if !loket.receiving().unwrap().contains(&id) {
        return 0;
    }
    u64::from(Command::new("kill").args(["-9", &id.to_string()]).status().unwrap().success())
}

/// Customers, in turn: half of what they write opens a request, half answers the last mail they got. Some mails are sent
/// twice, as a mail server does that was not told that the first had arrived.
fn write(servers: &Servers, seed: u64, done: &AtomicBool) -> Vec<Sent> {
    const PROGRAMS: [Program; 3] = [Program::Gmail, Program::Outlook, Program::Apple];
    let mut random = Random::new(seed ^ 1);
    let mut sent: Vec<Sent> = Vec::new();
    while !done.load(Ordering::Relaxed) {
        let number = sent.len();
        let person = &CROWD[number % CROWD.len()];
        let mark = format!("M{number:04}.");
        let (from, id) = (address(person), format!("{number}.{seed}@mail.test"));
        let date = format!("Mon, 20 Apr 2026 10:{:02}:{:02} +0200", number / 60 % 60, number % 60);
        let text = format!("{mark} Wat er is: het werkt niet.\n\nGroet, {}", person.name);
        let mails = if random.below(2) == 0 { Vec::new() } else { servers.mails(person.email).unwrap() };
        let subject = mails.last().map_or(format!("Vraag {number}"), |mail| format!("Re: {}", mail.subject));
        let to = mails.last().map_or("support@desk.test", |mail| &mail.reply_to);
        let draft = Draft { from: &from, to, subject: &subject, date: &date, id: &id, text: &text };
        let program = PROGRAMS[usize::try_from(random.below(3)).unwrap()];
        let message = mails.last().map_or_else(|| first(&draft), |mail| program.reply(&draft, mail));
        for _ in 0..if random.below(8) == 0 { 2 } else { 1 } {
            servers.send(person.email, to, &message).unwrap();
        }
        let key = mails.last().map(|mail| key_of(&mail.subject).unwrap());
        sent.push(Sent { mark, from: person.email, key });
        std::thread::sleep(Duration::from_millis(random.below(2 * LIFE)));
    }
    sent
}

/// An agent who answers whatever request, whenever there is a server. Gives the texts that the server said yes to.
fn answer(database: &Database, agent: &Visitor, seed: u64, done: &AtomicBool) -> Vec<String> {
    let mut random = Random::new(seed ^ 2);
    let (mut accepted, mut number) = (Vec::new(), 0);
    while !done.load(Ordering::Relaxed) {
        std::thread::sleep(Duration::from_millis(random.below(LIFE)));
        let keys = database.rows(
            "SELECT DISTINCT organisation.key || '-' || number AS key FROM inbound JOIN ticket USING (ticket_id) \
             JOIN organisation ON organisation.organisation_id = ticket.organisation_id ORDER BY key",
        );
        let keys = keys.unwrap();
        if keys.is_empty() {
            continue;
        }
        let key = keys[usize::try_from(random.below(keys.len() as u64)).unwrap()]["key"].as_str().unwrap();
        number += 1;
        let text = format!("A{number:04}. Wij kijken ernaar.");
        // Most often nobody is there to hear it.
        if compose(database, agent, key, "answer", &text).is_ok() {
            accepted.push(text);
        }
    }
    accepted
}

fn each_message_is_in_one_ticket(world: &World, demo: i64, sent: &[Sent]) {
    let database = world.loket.database();
    let rows = database
        .rows(&format!(
            "SELECT substr(body, 1, 6) AS mark, ticket_id, organisation.key || '-' || number AS key, email FROM message \
             JOIN ticket USING (ticket_id) JOIN organisation ON organisation.organisation_id = ticket.organisation_id \
             JOIN user_account ON user_id = author_id WHERE ticket_id > {demo} AND side = 'customer'"
        ))
        .unwrap();
    let mut places: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
    for row in &rows {
        let text = |name: &str| row[name].as_str().unwrap();
        places.entry(text("mark")).or_default().push((text("key"), text("email")));
    }
    let mut opened = 0;
    for Sent { mark, from, key } in sent {
        let place = places.remove(mark.as_str()).unwrap_or_default();
        assert_eq!(place.len(), 1, "{mark} of {from} is in {place:?}");
        assert_eq!(place[0].1, *from, "{mark}");
        match key {
            Some(key) => assert_eq!(place[0].0, key, "{mark}"),
            None => opened += 1,
        }
    }
    assert!(places.is_empty(), "nobody sent {places:?}");
    let tickets = database.number(&format!("SELECT count(*) FROM ticket WHERE ticket_id > {demo}")).unwrap();
    assert_eq!(tickets, opened);
    let inbound = database.rows("SELECT path, bytes, state, kind FROM inbound").unwrap();
    assert_eq!(inbound.len(), sent.len());
    for row in &inbound {
        assert_eq!((&row["state"], &row["kind"]), (&"delivered".into(), &"person".into()));
        let path = world.loket.files().join(row["path"].as_str().unwrap());
        assert_eq!(std::fs::metadata(path).unwrap().len(), row["bytes"].as_u64().unwrap());
    }
}

fn each_answer_stands_once(world: &World, answered: &[String]) {
    let rows =
        world.loket.database().rows("SELECT body FROM message WHERE side = 'support' AND body LIKE 'A0%'").unwrap();
    let bodies: Vec<_> = rows.iter().map(|row| row["body"].as_str().unwrap()).collect();
    let distinct: BTreeSet<_> = bodies.iter().collect();
    assert_eq!(distinct.len(), bodies.len(), "an answer stands twice");
    for text in answered {
        assert!(bodies.contains(&text.as_str()), "the server said yes to {text:?}");
    }
}

/// Gives how many mails arrived twice.
fn each_notice_was_sent(world: &World, demo: i64) -> usize {
    let database = world.loket.database();
    let none = |what: &str, sql: &str| {
        let rows = database.rows(sql).unwrap();
        assert!(rows.is_empty(), "{what}: {rows:?}");
    };
    none(
        "told twice",
        "SELECT user_id, kind, event_id, count(*) FROM notification WHERE event_id IS NOT NULL \
         GROUP BY user_id, kind, event_id HAVING count(*) > 1",
    );
    none(
        "not mailed",
        &format!(
            "SELECT notification.* FROM notification JOIN user_account USING (user_id) \
             WHERE ticket_id > {demo} AND email LIKE '%.test' AND event_id IS NOT NULL AND (outbox_id IS NULL OR mail_at IS NOT NULL)"
        ),
    );
    none("not sent", "SELECT * FROM outbox WHERE sent_at IS NULL OR dead_at IS NOT NULL");
    none(
        "a request without its confirmation",
        &format!(
            "SELECT * FROM ticket WHERE ticket_id > {demo} AND 1 <> (SELECT count(*) FROM notification \
             WHERE notification.ticket_id = ticket.ticket_id AND user_id = requester_id AND kind = 'received')"
        ),
    );
    none(
        "a request that Sam was not told of",
        &format!(
            "SELECT * FROM ticket WHERE ticket_id > {demo} AND 1 <> (SELECT count(*) FROM notification \
             JOIN user_account USING (user_id) WHERE notification.ticket_id = ticket.ticket_id \
             AND email = 'sam@staff.test' AND kind = 'raised')"
        ),
    );
    none(
        "an answer that its customer was not told of",
        "SELECT body FROM message JOIN ticket USING (ticket_id) WHERE body LIKE 'A0%' AND side = 'support' AND NOT EXISTS \
         (SELECT * FROM outbox WHERE user_id = requester_id AND outbox.ticket_id = message.ticket_id \
          AND instr(outbox.body, message.body) > 0)",
    );
    none(
        "a reply that nobody at the desk was told of",
        "SELECT body FROM message WHERE body LIKE 'M0%' AND side = 'customer' AND NOT EXISTS \
         (SELECT * FROM notification WHERE notification.ticket_id = message.ticket_id AND kind IN ('raised', 'replied'))",
    );

    // What was sent arrived, and nothing arrived that was not sent.
    let mut doubled = 0;
    let rows = database.rows("SELECT to_email, message_id FROM outbox WHERE to_email LIKE '%.test'").unwrap();
    let mut expected: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in &rows {
        let text = |name: &str| row[name].as_str().unwrap().to_owned();
        assert!(expected.entry(text("to_email")).or_default().insert(text("message_id")), "an id twice: {row}");
    }
    assert!(!expected.is_empty());
    for (email, ids) in expected {
        let mut arrived: BTreeMap<String, (String, String)> = BTreeMap::new();
        for mail in world.servers.mails(&email).unwrap() {
            let what = (mail.subject, mail.text);
            if let Some(before) = arrived.insert(mail.message_id.clone(), what.clone()) {
                assert_eq!(before, what, "one id, two mails");
                doubled += 1;
            }
        }
        assert_eq!(arrived.into_keys().collect::<BTreeSet<_>>(), ids, "what {email} was sent");
    }
    doubled
}
