//! A few thousand random moves through the use cases, over simulated weeks: what is stored is what the events say; what was
//! tampered with is found, and nothing else.

use backend::desk::portal;
use backend::desk::ticket::{self, Verified};
use domain::actor::Actor;
use domain::i18n::Locale;
use domain::ticket::{CloseReason, Priority};
use domain::time::Millis;
use domain::view::desk::ComposeKind;
use domain::view::portal::RequestQuery;

use crate::harness::{TestDesk, id, problem};
use crate::hours::Random;

/// Moves that are tried; about half are possible.
const MOVES: usize = 2_500;

/// Tries one move on one ticket. What the rules refuse is refused; anything else that goes wrong is a bug.
async fn move_once(desk: &TestDesk, random: &mut Random, keys: &mut Vec<String>) -> bool {
    let backend = &desk.backend;
    let customers = [&desk.anna, &desk.bram, &desk.els];
    let customer = *random.of(&customers);
    let agents = [&desk.dirk, &desk.fenna];
    let agent = *random.of(&agents);
    if keys.len() < 20 || random.number(12) == 0 {
        let priority = random.of(&Priority::ALL).slug().to_owned();
        keys.push(ticket::raise(backend, customer, ticket::Raise { priority, ..problem("Random") }).await.unwrap());
        return true;
    }
    // The younger, the busier.
    let back = random.number(keys.len().min(30) as u64) as usize;
    let key = keys[keys.len() - 1 - back].clone();
    let text = format!("Text {}", random.number(u64::MAX));
    let version = desk.version(&key).await;
    let compose = |kind| desk.compose_on(agent, &key, version, kind, &text);
    let done = match random.number(20) {
        0 | 1 => ticket::accept(backend, agent, &key, version).await,
        2 => ticket::assign(backend, agent, &key, version, Some(id(agent))).await,
        3 => ticket::assign(backend, agent, &key, version, None).await,
        4 | 5 => compose(ComposeKind::Answer).await.map(drop),
        6 => compose(ComposeKind::Note).await.map(drop),
        7..=9 => compose(ComposeKind::Return).await.map(drop),
        10 | 11 => compose(ComposeKind::Resolve).await.map(drop),
        12..=14 => desk.reply(customer, &key, &text).await.map(drop),
        15 => ticket::take_back(backend, agent, &key, version).await,
        16 => {
            let to = *random.of(&Priority::ALL);
            ticket::change_priority(backend, agent, &key, version, to, "Another view").await
        }
        17 => match random.number(3) {
            0 => ticket::confirm(backend, customer, &key).await,
            1 => desk.reply(customer, &key, &text).await.map(drop),
            _ => ticket::reopen(backend, agent, &key, version).await,
        },
        18 => match random.number(4) {
            0 => ticket::withdraw(backend, customer, &key).await,
            1 => ticket::close(backend, agent, &key, version, CloseReason::Spam, None).await,
            _ => ticket::set_confidential(backend, customer, &key, random.number(2) == 0).await,
        },
        _ => ticket::close_expired(backend).await.map(drop),
    };
    match done {
        Ok(()) => true,
        // A ticket that this customer may not see, a move that does not exist, the priority it has already.
        Err(backend::Error::Refused(_) | backend::Error::NotFound | backend::Error::Forbidden) => false,
        Err(backend::Error::Invalid(_)) => false,
        Err(other) => panic!("{key}: {other:?}"),
    }
}

async fn differing(desk: &TestDesk) -> (usize, Vec<Verified>) {
    let mut found = Vec::new();
    let count =
        ticket::verify_all(&desk.backend, &Actor::System, |verified| found.push(verified.clone())).await.unwrap();
    (count, found)
}

both! {
    async fn what_is_stored_follows_from_the_events_and_what_was_tampered_with_is_found(desk) {
        let mut random = Random::seeded();
        let (mut keys, mut moved) = (Vec::new(), 0);
        for _ in 0..MOVES {
            moved += usize::from(move_once(desk, &mut random, &mut keys).await);
            // Seconds, minutes, hours; now and then a weekend or a fortnight.
            let step = match random.number(100) {
                0 => Millis::hours(24 * (1 + random.number(15) as i64)),
                1..=15 => Millis::minutes(random.number(900) as i64),
                _ => Millis(random.number(1_800_000) as i64),
            };
            desk.later(step);
        }
        assert!(moved > MOVES / 4, "only {moved} moves were possible");
        let (count, found) = differing(desk).await;
        assert_eq!(found, []);
        // A reply to a closed ticket opens another one, which no key was kept of.
        assert!(count >= keys.len(), "{count} of {}", keys.len());

        let key = &keys[keys.len() / 2];
        let (organisation, number) = key.split_once('-').unwrap();
        assert_eq!(organisation, "ACME");
        let mut tx = desk.backend.store().begin().await.unwrap();
        let tamper = "UPDATE ticket SET consumed = consumed + 1 WHERE organisation_id = $1 AND number = $2";
        let number: i64 = number.parse().unwrap();
        let done = sqlx::query(tamper).bind(desk.acme).bind(number).execute(&mut *tx).await.unwrap();
        assert_eq!(done.rows_affected(), 1);
        tx.commit().await.unwrap();
        let (again, found) = differing(desk).await;
        assert_eq!(again, count);
        let [one] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((&one.key, one.differences.len(), one.differences[0].column), (key, 1, "consumed"));
        let number = |text: &str| text.parse::<i64>().unwrap();
        assert_eq!(number(&one.differences[0].stored), number(&one.differences[0].computed) + 1);
        assert!(one.traces.iter().all(|(_, story)| story.contains(':')), "{:?}", one.traces);

        let page = portal::requests(&desk.backend, &desk.anna, Locale::English, RequestQuery::default()).await.unwrap();
        assert!(!page.rows.is_empty(), "the lists still work");
    }

    async fn an_event_that_was_taken_away_is_missed(desk) {
        let key = desk.ticket_in(domain::ticket::Status::Waiting).await;
        assert_eq!(differing(desk).await.1, []);
        let mut tx = desk.backend.store().begin().await.unwrap();
        for table in ["notification", "event"] {
            let tamper = format!("DELETE FROM {table} WHERE event_id = (SELECT MAX(event_id) FROM event)");
            sqlx::query(sqlx::AssertSqlSafe(tamper)).execute(&mut *tx).await.unwrap();
        }
        tx.commit().await.unwrap();
        let (_, found) = differing(desk).await;
        let columns: Vec<_> = found.iter().flat_map(|one| one.differences.iter().map(|found| found.column)).collect();
        assert_eq!(found[0].key, key);
        for column in ["status", "last_event_id", "question_id", "review_stopped_at", "resolution_due_at", "clocks"] {
            assert!(columns.contains(&column), "{column} is not in {columns:?}");
        }
    }

    async fn any_number_that_was_written_over_an_instant_is_told(desk) {
        let key = desk.ticket_in(domain::ticket::Status::Resolved).await;
        for number in [i64::MIN, -1, 0, 253_402_300_800_000, i64::MAX - 3] {
            let mut tx = desk.backend.store().begin().await.unwrap();
            let tamper = "UPDATE ticket SET sort_due_at = $1, review_due_at = $1, created_at = created_at + 1";
            sqlx::query(tamper).bind(number).execute(&mut *tx).await.unwrap();
            tx.commit().await.unwrap();
            let (_, found) = differing(desk).await;
            let one = found.iter().find(|one| one.key == key).unwrap();
            for column in ["created_at", "review_due_at", "sort_due_at"] {
                let difference = one.differences.iter().find(|difference| difference.column == column).unwrap();
                assert_ne!(difference.stored, difference.computed, "{column}");
                let written = column == "created_at" || difference.stored.contains(&number.to_string());
                assert!(written, "{difference:?}");
            }
        }
    }

    async fn customers_verify_nothing(desk) {
        let result = ticket::verify_all(&desk.backend, &desk.anna, |_| ()).await;
        assert!(matches!(result, Err(backend::Error::Forbidden)));
    }
}
