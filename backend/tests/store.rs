//! What the database is set to, and what outlives the process.

use std::sync::Arc;
use std::time::Duration;

use backend::clock::ManualClock;
use backend::desk::{portal, seed};
use backend::store::{Condition, Dialect, Store, look};
use backend::{Backend, Error};
use domain::i18n::Locale;
use domain::view::portal::RequestQuery;
use sqlx::{Any, Row};

use crate::harness::{MONDAY_TEN, TestDesk, config};

async fn text<'e>(db: impl sqlx::Executor<'e, Database = Any>, sql: &'static str) -> String {
    sqlx::query(sql).fetch_one(db).await.unwrap().get(0)
}

async fn number<'e>(db: impl sqlx::Executor<'e, Database = Any>, sql: &'static str) -> i64 {
    sqlx::query(sql).fetch_one(db).await.unwrap().get(0)
}

both! {
    async fn a_confirmed_write_survives_a_power_failure(desk) {
        let mut tx = desk.backend.store().begin().await.unwrap();
        match desk.backend.store().dialect() {
            Dialect::Sqlite => {
                assert_eq!(text(&mut *tx, "PRAGMA journal_mode").await, "wal");
                assert_eq!(number(&mut *tx, "PRAGMA synchronous").await, 2, "FULL");
                assert_eq!(number(&mut *tx, "PRAGMA foreign_keys").await, 1);
                assert_eq!(number(&mut *tx, "PRAGMA busy_timeout").await, 30_000);
                let mut reader = desk.backend.store().snapshot().await.unwrap();
                assert_eq!(number(&mut *reader, "PRAGMA query_only").await, 1, "a reader cannot write by mistake");
            }
            Dialect::Postgres => assert_eq!(text(&mut *tx, "SHOW synchronous_commit").await, "on"),
        }
    }

    async fn references_are_checked(desk) {
        let mut tx = desk.backend.store().begin().await.unwrap();
        let wrong = sqlx::query("INSERT INTO read_mark (user_id, ticket_id, event_id) VALUES (999, 999, 1)")
            .execute(&mut *tx)
            .await;
        assert!(wrong.is_err());
    }

    async fn events_are_never_changed(desk) {
        desk.raise(&desk.anna, "A").await;
        let mut tx = desk.backend.store().begin().await.unwrap();
        let changed = sqlx::query("UPDATE event SET happened_at = 0").execute(&mut *tx).await;
        assert!(changed.unwrap_err().to_string().contains("immutable"));
    }

    async fn what_was_committed_is_there_for_the_next_process(desk) {
        let key = desk.raise(&desk.anna, "Lasting").await;
        // The first process is still there and has not closed anything, as after kill -9.
        let next = desk.another_process().await;
        let view = portal::request(&next, &desk.anna, Locale::English, &key).await.unwrap();
        assert_eq!(view.subject, "Lasting");
        next.close().await;
    }

    async fn the_basics_are_added_once_and_leave_changes_alone(desk) {
        let mut tx = desk.backend.store().begin().await.unwrap();
        sqlx::query("UPDATE form SET title_en = 'Our own' WHERE slug = 'problem'").execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
        let before = number(desk.backend.store().reader(), "SELECT COUNT(*) FROM form").await;
        seed::basics(&desk.backend).await.unwrap();
        assert_eq!(number(desk.backend.store().reader(), "SELECT COUNT(*) FROM form").await, before);
        assert_eq!(number(desk.backend.store().reader(), "SELECT COUNT(*) FROM policy_version").await, 1);
        let title = text(desk.backend.store().reader(), "SELECT title_en FROM form WHERE slug = 'problem'").await;
        assert_eq!(title, "Our own");
    }

    async fn processes_that_start_at_once_agree(desk) {
        let (a, b) = tokio::join!(desk.another_process(), desk.another_process());
        for backend in [a, b] {
            let page = portal::requests(&backend, &desk.anna, Locale::English, RequestQuery::default()).await.unwrap();
            assert!(page.rows.is_empty());
            backend.close().await;
        }
    }

    async fn a_ping_answers(desk) {
        desk.backend.store().ping().await.unwrap();
    }

    async fn one_can_look_how_far_a_database_is_without_bringing_it_further(desk) {
        let url = &desk.backend.config().database_url;
        assert_eq!(look(url).await.unwrap(), Condition::UpToDate);
        let change = async |sql: &'static str| {
            let mut tx = desk.backend.store().begin().await.unwrap();
            sqlx::query(sql).execute(&mut *tx).await.unwrap();
            tx.commit().await.unwrap();
        };
        change("DELETE FROM _sqlx_migrations WHERE version = (SELECT max(version) FROM _sqlx_migrations)").await;
        for _ in 0..2 {
            assert_eq!(look(url).await.unwrap(), Condition::Older);
        }
        change("UPDATE _sqlx_migrations SET version = 9999 WHERE version = (SELECT max(version) FROM _sqlx_migrations)").await;
        assert_eq!(look(url).await.unwrap(), Condition::Newer);
        change("DROP TABLE _sqlx_migrations").await;
        assert_eq!(look(url).await.unwrap(), Condition::New);
    }

    async fn a_request_keeps_the_connection_it_reads_with(desk) {
        let request = desk.backend.for_request();
        let store = request.store();
        drop(store.read().await.unwrap());
        let before = settled(store).await;
        drop(store.read().await.unwrap());
        assert!(taken(store) <= before, "it is the same connection again");
        let both = (store.read().await.unwrap(), store.read().await.unwrap());
        assert!(taken(store) >= 2, "two uses at once are two connections");
        drop(both);
        match store.dialect() {
            // Nobody who reads waits for them, but there must be some for those who need a snapshot.
            Dialect::Sqlite => {
                let many = futures::future::join_all((0..8).map(|_| store.read())).await;
                assert_eq!(taken(store), 8);
                drop(many);
                wait_for_taken(store, 4).await;
                let snapshots = futures::future::join_all((0..5).map(|_| store.snapshot())).await;
                assert!(snapshots.iter().all(Result::is_ok));
            }
            // Whoever waits to write must not keep others from reading.
            Dialect::Postgres => {
                wait_for_taken(store, 1).await;
                drop(store.begin().await.unwrap());
                wait_for_taken(store, 0).await;
                drop(store.read().await.unwrap());
                drop(request);
                wait_for_taken(desk.backend.store(), 0).await;
            }
        }
    }

    async fn what_is_kept_does_not_keep_the_database_from_closing(desk) {
        let in_use = desk.backend.store().read().await.unwrap();
        drop(desk.backend.store().read().await.unwrap());
        let closing = desk.backend.close();
        let done = async {
            tokio::time::sleep(Duration::from_millis(50)).await;
            drop(in_use);
        };
        tokio::time::timeout(Duration::from_secs(10), async { tokio::join!(closing, done) }).await.unwrap();
    }
}

/// How many connections that read are in use, or kept.
fn taken(store: &Store) -> usize {
    store.reader().size() as usize - store.reader().num_idle()
}

/// The same, when whatever is handed back has arrived.
async fn settled(store: &Store) -> usize {
    tokio::time::sleep(Duration::from_millis(200)).await;
    taken(store)
}

/// Until that many stay taken, however long it takes to hand the others back.
async fn wait_for_taken(store: &Store, expected: usize) {
    let wait = async { while settled(store).await != expected {} };
    let waited = tokio::time::timeout(Duration::from_secs(20), wait).await;
    assert!(waited.is_ok(), "{} are taken instead of {expected}", taken(store));
}

#[tokio::test]
async fn looking_at_a_file_that_is_not_there_does_not_make_it() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("loket.db");
    let url = format!("sqlite://{}", file.display());
    assert_eq!(look(&url).await.unwrap(), Condition::New);
    assert!(!file.exists());
    std::fs::write(&file, "no database at all, whatever its name says").unwrap();
    assert!(look(&url).await.is_err());
}

#[tokio::test]
async fn both_schemas_have_the_same_tables_and_columns() {
    let Some(postgres) = TestDesk::postgres().await else { return };
    let sqlite = TestDesk::sqlite().await;
    let of_postgres: Vec<(String, String)> = sqlx::query_as(
        "SELECT table_name::text, column_name::text FROM information_schema.columns
          WHERE table_schema = 'public' AND column_name <> 'vector' AND table_name <> '_sqlx_migrations' ORDER BY 1, 2",
    )
    .fetch_all(postgres.backend.store().reader())
    .await
    .unwrap();
    let of_sqlite: Vec<(String, String)> = sqlx::query_as(
        "SELECT m.name, c.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c
          WHERE m.type = 'table' AND m.name NOT LIKE 'search_public%' AND m.name NOT LIKE 'search_internal%'
            AND m.name NOT LIKE 'sqlite_%' AND m.name <> '_sqlx_migrations' ORDER BY 1, 2",
    )
    .fetch_all(sqlite.backend.store().reader())
    .await
    .unwrap();
    assert_eq!(of_sqlite, of_postgres);
    assert!(of_sqlite.len() > 100);
}

#[tokio::test]
async fn a_database_that_is_not_there_is_an_error_and_not_a_panic() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}/no/such/folder/loket.db", folder.path().display());
    let opened = Backend::open(config(&url, folder.path()), Arc::new(ManualClock::new(MONDAY_TEN))).await;
    assert!(matches!(opened, Err(Error::Internal(_) | Error::Unavailable)));
}
