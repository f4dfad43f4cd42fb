//! Exactly once: whichever way and however often a message comes, and wherever a process dies.

use std::future::{Future, poll_fn};
use std::task::Poll;

use super::*;

/// How many messages are cut, each a little later than the one before.
const ROUNDS: usize = 60;

/// Polls a future so many times and then drops it, as a crash does: what it has begun is not finished.
async fn cut<F: Future>(future: F, polls: usize) -> Option<F::Output> {
    let mut future = Box::pin(future);
    let mut left = polls;
    poll_fn(move |context| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        match future.as_mut().poll(context) {
            Poll::Ready(done) => Poll::Ready(Some(done)),
            Poll::Pending => {
                if left == 0 {
                    return Poll::Ready(None);
                }
                Poll::Pending
            }
        }
    })
    .await
}

both! {
    async fn a_message_whose_ids_have_a_nul_arrives(desk) {
        let sent = mail("a\0b@x", "anna@acme.example", "NUL", "Text");
        let sent = sent.with("In-Reply-To: <c\0d@x>").with("References: <e\0f@x> g\0@x");
        let key = deliver(desk, &sent).await;
        assert_eq!(text_of(desk, "SELECT message_id FROM inbound").await, "ab@x");
        assert!(send(desk, &sent).await.again);
        let answer = mail("2@x", "anna@acme.example", "s", "More").with("In-Reply-To: <ab@x>");
        assert_eq!(deliver(desk, &answer).await, key);
        let bounce = mail("3@x", "MAILER-DAEMON@mx.example", "Undelivered", "x").with("Message-ID: \0@\0");
        send(desk, &bounce.with("Auto-Submitted: auto-replied")).await;
    }

    async fn the_same_message_again_changes_nothing(desk) {
        let sent = mail("1@x", "anna@acme.example", "Once", "b");
        let first = send(desk, &sent).await;
        let mut other_door = sent.arrival();
        other_door.door = Door::Imap;
        for arrival in [sent.arrival(), other_door] {
            let again = receive(&desk.backend, &arrival).await.unwrap();
            assert!(again.again);
            assert_eq!((again.state, &again.key), (first.state, &first.key));
        }
        // Another server's marks on the way do not make it another message.
        let mut delivered = sent.clone();
        delivered.more = vec!["Delivered-To: support@support.example".into(), "Return-Path: <anna@acme.example>".into()];
        assert!(send(desk, &delivered).await.again);
        assert_eq!(number_of(desk, "SELECT count(*) FROM message").await, 1);
        assert_eq!(number_of(desk, "SELECT count(*) FROM inbound").await, 1);
    }

    async fn messages_that_only_share_an_id_are_both_taken(desk) {
        let one = deliver(desk, &mail("same@x", "anna@acme.example", "One", "a")).await;
        let two = deliver(desk, &mail("same@x", "anna@acme.example", "Two", "b")).await;
        assert_ne!(one, two);
        // The worst of other helpdesks: everything without an id is one conversation.
        let three = deliver(desk, &mail("", "anna@acme.example", "Three", "c")).await;
        let four = deliver(desk, &mail("", "bram@acme.example", "Four", "d")).await;
        assert_ne!(three, four);
        assert!(send(desk, &mail("", "bram@acme.example", "Four", "d")).await.again);
    }

    async fn a_message_that_comes_through_many_doors_at_once_is_taken_once(desk) {
        let sent = mail("1@x", "anna@acme.example", "Once", "b");
        let tries = (0..6).map(|_| {
            let (backend, arrival) = (desk.backend.clone(), sent.arrival());
            tokio::spawn(async move { receive(&backend, &arrival).await.unwrap() })
        });
        let mut news = 0;
        for one in tries.collect::<Vec<_>>() {
            news += i64::from(!one.await.unwrap().again);
        }
        assert_eq!(news, 1);
        assert_eq!(number_of(desk, "SELECT count(*) FROM message").await, 1);
    }

    async fn a_crash_between_any_two_steps_neither_loses_nor_doubles(desk) {
        let body = "--b\r\nContent-Type: text/plain\r\n\r\nWith a file.\r\n--b\r\nContent-Type: text/csv\r\n\
                    Content-Disposition: attachment; filename=\"a.csv\"\r\n\r\n1;2\r\n--b--\r\n";
        // How often it waits for the database, where it can be cut, depends on how fast that answers.
        for polls in 1..=ROUNDS {
            let subject = format!("Cut after {polls}");
            let sent = mail(&format!("{polls}@x"), "anna@acme.example", &subject, body)
                .with("Content-Type: multipart/mixed; boundary=b");
            cut(receive(&desk.backend, &sent.arrival()), polls).await.map(Result::unwrap);
            // The mail server brings it again, perhaps twice.
            let received = send(desk, &sent).await;
            let key = received.key.unwrap();
            assert!(send(desk, &sent).await.again);
            let tickets = number_of(desk, &format!("SELECT count(*) FROM ticket WHERE subject = '{subject}'")).await;
            assert_eq!(tickets, 1, "{subject}");
            let view = desk.desk_view(&key).await;
            let ThreadItem::Message(message) = &view.thread[0] else { panic!("a message") };
            assert_eq!((view.thread.len(), message.files.len()), (1, 1), "{subject}");
            desk.later(domain::time::Millis::minutes(2));
        }
        let files = number_of(desk, "SELECT count(*) FROM attachment").await;
        assert_eq!(files, i64::try_from(ROUNDS).unwrap());
    }
}
