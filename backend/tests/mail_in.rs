//! Mail that arrives: which ticket it is for, who it is from, what happens to the rest, and that each happens once.

use backend::Error;
use backend::desk::mail::{Arrival, Door, Received, receive};
use domain::mail::MailState;
use domain::ticket::{Channel, Priority, Status};
use domain::view::desk::ThreadItem;

use crate::harness::{TestDesk, id};

mod automatic;
mod held;
mod isolation;
mod lmtp;
mod once;
mod ticket;

/// Of the harness: whose word counts about who wrote a mail.
const AUTHORITY: &str = "mx.support.example";

/// A mail as a person writes it.
#[derive(Clone)]
struct Mail {
    id: String,
    from: String,
    to: String,
    subject: String,
    /// Whole header lines.
    more: Vec<String>,
    body: String,
    verified: bool,
}

fn mail(id: &str, from: &str, subject: &str, body: &str) -> Mail {
    Mail {
        id: id.into(),
        from: from.into(),
        to: "support@support.example".into(),
        subject: subject.into(),
        more: Vec::new(),
        body: body.into(),
        verified: true,
    }
}

impl Mail {
    fn to(mut self, to: &str) -> Self {
        self.to = to.into();
        self
    }

    fn with(mut self, header: &str) -> Self {
        self.more.push(header.into());
        self
    }

    fn unverified(mut self) -> Self {
        self.verified = false;
        self
    }

    fn raw(&self) -> String {
        let mut raw = String::new();
        if self.verified {
            let domain = self.from.rsplit('@').next().unwrap().trim_end_matches('>');
            raw.push_str(&format!("Authentication-Results: {AUTHORITY}; dmarc=pass header.from={domain}\r\n"));
        }
        raw.push_str("Received: from mail.example by mx.support.example; Mon, 20 Apr 2026 10:00:00 +0200\r\n");
        for header in &self.more {
            raw.push_str(header);
            raw.push_str("\r\n");
        }
        if !self.id.is_empty() {
            raw.push_str(&format!("Message-ID: <{}>\r\n", self.id));
        }
        let Self { from, to, subject, body, .. } = self;
        raw.push_str(&format!(
            "From: {from}\r\nTo: {to}\r\nSubject: {subject}\r\nDate: Mon, 20 Apr 2026 10:00:00 +0200\r\n"
        ));
        if !self.more.iter().any(|header| header.to_lowercase().starts_with("content-type")) {
            raw.push_str("Content-Type: text/plain; charset=utf-8\r\n");
        }
        raw.push_str("MIME-Version: 1.0\r\n\r\n");
        raw.push_str(body);
        raw
    }

    fn arrival(&self) -> Arrival {
        arrival(self.raw().into_bytes())
    }
}

fn arrival(raw: Vec<u8>) -> Arrival {
    Arrival {
        door: Door::Lmtp,
        mailbox: "support".into(),
        raw: raw.into(),
        envelope_from: None,
        envelope_to: Vec::new(),
    }
}

async fn send(desk: &TestDesk, mail: &Mail) -> Received {
    receive(&desk.backend, &mail.arrival()).await.unwrap()
}

/// It is on a ticket: which one.
async fn deliver(desk: &TestDesk, mail: &Mail) -> String {
    let received = send(desk, mail).await;
    assert_eq!(received.state, MailState::Delivered, "{received:?}");
    received.key.unwrap()
}

/// Gives a person an address for their answers to a ticket.
async fn token(desk: &TestDesk, key: &str, user_id: i64, letter: char) -> String {
    let token: String = std::iter::repeat_n(letter, 26).collect();
    sql(
        desk,
        &format!(
            "INSERT INTO reply_address (token, ticket_id, user_id, created_at) VALUES ('{token}', {}, {user_id}, 0)",
            ticket_id(desk, key).await
        ),
    )
    .await;
    format!("support+{token}@support.example")
}

/// A mail that was sent about a ticket.
async fn sent(desk: &TestDesk, key: &str, user_id: i64, email: &str, message_id: &str) {
    sql(
        desk,
        &format!(
            "INSERT INTO outbox (kind, to_email, to_name, subject, body, ticket_id, created_at, due_at, sent_at, user_id, message_id)
             VALUES ('answered', '{email}', '', 's', 'b', {}, 0, 0, 0, {user_id}, '{message_id}')",
            ticket_id(desk, key).await
        ),
    )
    .await;
}

async fn ticket_id(desk: &TestDesk, key: &str) -> i64 {
    let (organisation, number) = key.split_once('-').unwrap();
    number_of(
        desk,
        &format!(
            "SELECT t.ticket_id FROM ticket t JOIN organisation o ON o.organisation_id = t.organisation_id
              WHERE o.key = '{organisation}' AND t.number = {number}"
        ),
    )
    .await
}

async fn sql(desk: &TestDesk, text: &str) {
    let mut tx = desk.backend.store().begin().await.unwrap();
    sqlx::query(sqlx::AssertSqlSafe(text.to_owned())).execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
}

async fn number_of(desk: &TestDesk, text: &str) -> i64 {
    sqlx::query_scalar(sqlx::AssertSqlSafe(text.to_owned())).fetch_one(desk.backend.store().reader()).await.unwrap()
}

async fn text_of(desk: &TestDesk, text: &str) -> String {
    sqlx::query_scalar(sqlx::AssertSqlSafe(text.to_owned())).fetch_one(desk.backend.store().reader()).await.unwrap()
}

/// Public messages and notes of a ticket, as staff see them: whether it is a note, and the text.
async fn thread(desk: &TestDesk, key: &str) -> Vec<(bool, String)> {
    let item = |item| match item {
        ThreadItem::Message(message) => (false, message.body),
        ThreadItem::Note(note) => (true, note.body),
    };
    desk.desk_view(key).await.thread.into_iter().map(item).collect()
}

fn kind<T: std::fmt::Debug>(result: Result<T, Error>) -> &'static str {
    match result {
        Ok(_) => "ok",
        Err(Error::NotFound) => "not found",
        Err(Error::Forbidden) => "forbidden",
        Err(Error::Invalid(_)) => "invalid",
        Err(Error::Refused(_)) => "refused",
        Err(error) => panic!("{error}"),
    }
}
