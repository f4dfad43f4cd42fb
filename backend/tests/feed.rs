//! The calendar feed: one's own open deadlines, under a secret address that can be taken back.

use backend::Error;
use backend::desk::{feed, ticket};
use domain::actor::Actor;
use domain::view::desk::ComposeKind;

use crate::harness::{TestDesk, after, id};

/// The secret of an address.
fn token(url: &str) -> String {
    let rest = url.strip_prefix("https://support.example/feeds/").unwrap();
    rest.strip_suffix("/deadlines.ics").unwrap().to_owned()
}

async fn made(desk: &TestDesk, actor: &Actor) -> String {
    token(&feed::make(&desk.backend, actor).await.unwrap().url)
}

async fn uids(desk: &TestDesk, token: &str) -> Vec<String> {
    let text = feed::deadlines(&desk.backend, token).await.unwrap();
    text.split("\r\n").filter_map(|line| line.strip_prefix("UID:")).map(str::to_owned).collect()
}

both! {
    async fn it_holds_ones_own_open_deadlines_and_no_others(desk) {
        let secret = made(desk, &desk.dirk).await;
        assert!(uids(desk, &secret).await.is_empty());
        let mine = desk.raise(&desk.anna, "Mine; really").await;
        ticket::assign(&desk.backend, &desk.dirk, &mine, desk.version(&mine).await, Some(id(&desk.dirk))).await.unwrap();
        desk.raise(&desk.anna, "Nobody's").await;
        let hers = desk.raise(&desk.carla, "Fenna's").await;
        ticket::accept(&desk.backend, &desk.fenna, &hers, desk.version(&hers).await).await.unwrap();
        let key = mine.clone();
        assert_eq!(uids(desk, &secret).await, [
            [&key, "-review@support.example"].concat(),
            [&key, "-resolution@support.example"].concat(),
        ]);
        let text = feed::deadlines(&desk.backend, &secret).await.unwrap();
        // Monday eleven and Wednesday 16:00 in Amsterdam.
        assert!(text.contains("DTSTART:20260420T090000Z\r\n") && text.contains("DTSTART:20260422T140000Z\r\n"), "{text}");
        assert!(text.contains("DTSTAMP:20260420T080000Z\r\n"), "{text}");
        assert!(text.contains(&["SUMMARY:Review ", &key, ": Mine\\; really\r\n"].concat()), "{text}");
        assert!(text.contains(&["URL:https://support.example/desk/", &key, "\r\n"].concat()), "{text}");
        // What stopped or is paused has no deadline.
        desk.compose(&desk.dirk, &mine, ComposeKind::Return, "Which?").await.unwrap();
        assert!(uids(desk, &secret).await.is_empty());
    }

    async fn a_response_that_was_promised_stands_in_it_until_it_is_given(desk) {
        desk.promise_response("4", false).await;
        let secret = made(desk, &desk.dirk).await;
        let key = desk.raise(&desk.anna, "Mine").await;
        ticket::accept(&desk.backend, &desk.dirk, &key, desk.version(&key).await).await.unwrap();
        let text = feed::deadlines(&desk.backend, &secret).await.unwrap();
        assert!(text.contains(&["UID:", &key, "-next_response@support.example\r\n"].concat()), "{text}");
        // Monday 14:00 in Amsterdam.
        assert!(text.contains("DTSTART:20260420T120000Z\r\n"), "{text}");
        assert!(text.contains(&["SUMMARY:Answer ", &key, ": Mine\r\n"].concat()), "{text}");
        desk.compose(&desk.dirk, &key, ComposeKind::Answer, "Here").await.unwrap();
        assert_eq!(uids(desk, &secret).await, [[&key, "-resolution@support.example"].concat()]);
    }

    async fn a_secret_that_was_replaced_or_revoked_is_like_one_that_never_was(desk) {
        let b = &desk.backend;
        assert_eq!(feed::read(b, &desk.dirk).await.unwrap().made_at, None);
        let first = made(desk, &desk.dirk).await;
        let view = feed::read(b, &desk.dirk).await.unwrap();
        assert_eq!((view.made_at, view.read_at), (Some(after(0)), None));
        desk.at(after(2));
        feed::deadlines(b, &first).await.unwrap();
        assert_eq!(feed::read(b, &desk.dirk).await.unwrap().read_at, Some(after(2)));
        let second = made(desk, &desk.dirk).await;
        assert_ne!(first, second);
        let gone = async |token: &str| matches!(feed::deadlines(b, token).await, Err(Error::NotFound));
        assert!(gone(&first).await);
        assert!(feed::deadlines(b, &second).await.is_ok());
        feed::revoke(b, &desk.dirk).await.unwrap();
        assert!(gone(&second).await && gone("").await && gone("none").await && gone(&"x".repeat(10_000)).await);
        assert_eq!(feed::read(b, &desk.dirk).await.unwrap().made_at, None);
        feed::revoke(b, &desk.dirk).await.unwrap();
    }

    async fn the_secret_is_stored_nowhere_and_ends_with_its_owners_account(desk) {
        let secret = made(desk, &desk.fenna).await;
        let stored: String = sqlx::Row::get(
            &sqlx::query("SELECT token_hash FROM feed").fetch_one(desk.backend.store().reader()).await.unwrap(),
            0,
        );
        assert!(!stored.contains(&secret) && stored.len() == 43);
        assert!(matches!(feed::deadlines(&desk.backend, &stored).await, Err(Error::NotFound)));
        backend::desk::account::deactivate(&desk.backend, &desk.admin, id(&desk.fenna)).await.unwrap();
        assert!(matches!(feed::deadlines(&desk.backend, &secret).await, Err(Error::NotFound)));
    }

    async fn customers_have_no_feeds(desk) {
        for actor in [&desk.anna, &desk.bram, &desk.carla, &Actor::System] {
            assert!(matches!(feed::read(&desk.backend, actor).await, Err(Error::NotFound)));
            assert!(matches!(feed::make(&desk.backend, actor).await, Err(Error::NotFound)));
            assert!(matches!(feed::revoke(&desk.backend, actor).await, Err(Error::NotFound)));
        }
    }
}
