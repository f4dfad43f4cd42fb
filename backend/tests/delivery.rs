//! Delivery by SMTP, to a server of the test's own that says what the test wants it to say.

use std::sync::{Arc, Mutex};

use backend::Backend;
use backend::config::Smtp;
use backend::mail::{compose_due, drain_outbox};
use domain::time::Millis;
use sqlx::Row;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

use crate::harness::TestDesk;

/// What the server did so far, and what it is to say.
#[derive(Default)]
struct Said {
    connections: usize,
    recipients: Vec<String>,
    mails: Vec<String>,
    /// Answers to `RCPT` that are not 250, the next one first.
    refusals: Vec<&'static str>,
    /// Hangs up instead of saying that it has the mail.
    hangs_up: bool,
}

type Shared = Arc<Mutex<Said>>;

/// A mail server on loopback, and its address.
async fn serve() -> (Shared, Smtp) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let shared = Shared::default();
    let server = Arc::clone(&shared);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            server.lock().unwrap().connections += 1;
            tokio::spawn(talk(stream, Arc::clone(&server)));
        }
    });
    (shared, Smtp::parse(&url).unwrap())
}

async fn talk(stream: tokio::net::TcpStream, shared: Shared) {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 test\r\n").await.unwrap();
    while let Ok(Some(line)) = lines.next_line().await {
        let answer = match line.split(' ').next().unwrap().to_ascii_uppercase().as_str() {
            "EHLO" => "250-test\r\n250 8BITMIME".to_owned(),
            "RCPT" => {
                let mut said = shared.lock().unwrap();
                said.recipients.push(line.clone());
                if said.refusals.is_empty() { "250 fine".to_owned() } else { said.refusals.remove(0).to_owned() }
            }
            "DATA" => {
                write.write_all(b"354 go on\r\n").await.unwrap();
                let mut mail = String::new();
                while let Ok(Some(line)) = lines.next_line().await {
                    if line == "." {
                        break;
                    }
                    mail.push_str(&line);
                    mail.push('\n');
                }
                let hangs_up = {
                    let mut said = shared.lock().unwrap();
                    said.mails.push(mail);
                    std::mem::take(&mut said.hangs_up)
                };
                if hangs_up {
                    return;
                }
                "250 taken".to_owned()
            }
            "QUIT" => "221 bye".to_owned(),
            _ => "250 fine".to_owned(),
        };
        if write.write_all([answer.as_str(), "\r\n"].concat().as_bytes()).await.is_err() {
            return;
        }
    }
}

/// The desk with this mail server, and customers whose addresses are no examples.
async fn with(desk: &TestDesk, smtp: Smtp) -> Backend {
    let mut tx = desk.backend.store().begin().await.unwrap();
    sqlx::query("UPDATE user_account SET email = 'bram@acme.test' WHERE email = 'bram@acme.example'")
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let config = backend::Config { smtp: Some(smtp), ..desk.backend.config().clone() };
    Backend::open(config, desk.clock.clone()).await.unwrap()
}

/// Attempts, whether it was sent, whether it is dead, and the error of the mail to Bram.
async fn state(desk: &TestDesk) -> (i64, bool, bool, String) {
    let sql = "SELECT attempts, sent_at, dead_at, error FROM outbox WHERE to_email = 'bram@acme.test'";
    let row = sqlx::query(sql).fetch_one(desk.backend.store().reader()).await.unwrap();
    let set = |index| row.get::<Option<i64>, _>(index).is_some();
    (row.get(0), set(1), set(2), row.get(3))
}

async fn to_bram(desk: &TestDesk) -> i64 {
    let sql = "SELECT COUNT(*) FROM outbox WHERE to_email = 'bram@acme.test'";
    sqlx::query(sql).fetch_one(desk.backend.store().reader()).await.unwrap().get(0)
}

async fn bounced(desk: &TestDesk) -> bool {
    let sql = "SELECT bounced_at FROM user_account WHERE email = 'bram@acme.test'";
    sqlx::query(sql).fetch_one(desk.backend.store().reader()).await.unwrap().get::<Option<i64>, _>(0).is_some()
}

fn header<'a>(mail: &'a str, name: &str) -> &'a str {
    let start = [name, ": "].concat();
    mail.lines().find_map(|line| line.strip_prefix(&start)).unwrap_or_else(|| panic!("no {name}: {mail}"))
}

both! {
    async fn mails_go_out_on_one_connection_with_the_headers_that_other_machines_look_for(desk) {
        let (server, smtp) = serve().await;
        let backend = with(desk, smtp).await;
        for subject in ["One", "Two", "Three"] {
            desk.raise(&desk.bram, subject).await;
        }
        compose_due(&backend).await.unwrap();
        assert_eq!(drain_outbox(&backend).await.unwrap(), 3);
        {
            let said = server.lock().unwrap();
            assert_eq!((said.connections, said.mails.len()), (1, 3));
            assert_eq!(said.recipients[0], "RCPT TO:<bram@acme.test>");
            let mail = &said.mails[0];
            assert_eq!(header(mail, "From"), "Loket <support@support.example>");
            assert_eq!(header(mail, "Subject"), "[ACME-1] One");
            assert_eq!(header(mail, "Auto-Submitted"), "auto-generated");
            assert_eq!(header(mail, "List-Id"), "<acme.support.example>");
            assert!(header(mail, "Reply-To").contains("support+"));
            assert!(header(mail, "Content-Type").starts_with("multipart/alternative"));
        }
        assert!(backend::mail::check(backend.config()).await.unwrap().contains("support@support.example"));
        backend.close().await;
    }

    async fn what_was_not_acknowledged_is_sent_again_as_the_same_mail(desk) {
        let (server, smtp) = serve().await;
        let backend = with(desk, smtp).await;
        desk.raise(&desk.bram, "Roster").await;
        compose_due(&backend).await.unwrap();
        server.lock().unwrap().hangs_up = true;
        assert_eq!(drain_outbox(&backend).await.unwrap(), 0);
        assert_eq!(drain_outbox(&backend).await.unwrap(), 0, "not at once");
        desk.later(Millis::minutes(1));
        assert_eq!(drain_outbox(&backend).await.unwrap(), 1);
        assert!(matches!(state(desk).await, (2, true, false, _)));
        let mails = server.lock().unwrap().mails.clone();
        assert_eq!(mails.len(), 2);
        assert_eq!(mails[0], mails[1], "byte for byte");
        backend.close().await;
    }

    async fn a_recipient_that_is_refused_for_now_waits_and_one_that_is_refused_for_good_is_marked(desk) {
        let (server, smtp) = serve().await;
        let backend = with(desk, smtp).await;
        desk.raise(&desk.bram, "Roster").await;
        compose_due(&backend).await.unwrap();
        server.lock().unwrap().refusals = vec!["451 4.3.0 later", "550 5.1.1 no such user"];
        assert_eq!(drain_outbox(&backend).await.unwrap(), 0);
        assert!(matches!(state(desk).await, (1, false, false, error) if error.contains("451")));
        assert!(!bounced(desk).await);
        desk.later(Millis::minutes(1));
        assert_eq!(drain_outbox(&backend).await.unwrap(), 0);
        assert!(matches!(state(desk).await, (2, false, true, error) if error.contains("no such user")));
        assert!(bounced(desk).await);
        // Nothing more is mailed to an address that nobody has, until its owner says that it works.
        desk.raise(&desk.bram, "Another").await;
        compose_due(&backend).await.unwrap();
        assert_eq!(to_bram(desk).await, 1);
        let view = backend::desk::notice::preferences(&backend, &desk.bram).await.unwrap();
        assert!(view.bounced.unwrap().1.contains("no such user"));
        backend::desk::notice::address_works(&backend, &desk.bram).await.unwrap();
        desk.raise(&desk.bram, "A third").await;
        compose_due(&backend).await.unwrap();
        assert_eq!(to_bram(desk).await, 2);
        backend.close().await;
    }

    async fn a_refusal_by_policy_says_nothing_about_the_address(desk) {
        let (server, smtp) = serve().await;
        let backend = with(desk, smtp).await;
        desk.raise(&desk.bram, "Roster").await;
        compose_due(&backend).await.unwrap();
        server.lock().unwrap().refusals = vec!["554 5.7.1 Relay access denied"];
        drain_outbox(&backend).await.unwrap();
        assert!(matches!(state(desk).await, (1, false, true, _)));
        assert!(!bounced(desk).await);
        backend.close().await;
    }

    async fn when_nobody_answers_every_mail_waits_and_the_examples_are_files(desk) {
        let (_, smtp) = serve().await;
        // Nobody listens there any more.
        let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
        let backend = with(desk, Smtp { port: closed, ..smtp }).await;
        assert!(backend::mail::check(backend.config()).await.is_err());
        desk.raise(&desk.bram, "Roster").await;
        desk.raise(&desk.anna, "Roster").await;
        compose_due(&backend).await.unwrap();
        drain_outbox(&backend).await.unwrap();
        desk.later(Millis::seconds(30));
        assert_eq!(drain_outbox(&backend).await.unwrap(), 1, "to Anna, whose address is an example");
        assert!(matches!(state(desk).await, (1, false, false, _)));
        let files = std::fs::read_dir(backend.config().mail()).unwrap().count();
        assert_eq!(files, 1);
        backend.close().await;
    }
}
