//! The listener, as a mail server talks to it.

use backend::mail::inlet::lmtp::{Listener, serve};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::sync::watch;

use super::*;

struct Talk {
    stream: BufReader<TcpStream>,
    stop: watch::Sender<bool>,
    server: tokio::task::JoinHandle<()>,
}

impl Talk {
    async fn open(desk: &TestDesk) -> Self {
        let listener = Listener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.address().unwrap();
        let (stop, stopped) = watch::channel(false);
        let server = tokio::spawn(serve(desk.backend.clone(), listener, stopped));
        let stream = BufReader::new(TcpStream::connect(address).await.unwrap());
        let mut talk = Self { stream, stop, server };
        assert_eq!(talk.answer().await, "220");
        talk
    }

    async fn send(&mut self, text: &str) {
        self.stream.get_mut().write_all(text.as_bytes()).await.unwrap();
    }

    /// The last line of the next answer.
    async fn answer_line(&mut self) -> String {
        loop {
            let mut line = String::new();
            let read = tokio::time::timeout(std::time::Duration::from_secs(60), self.stream.read_line(&mut line)).await;
            assert!(read.unwrap().unwrap() > 0, "the connection is closed");
            if line.as_bytes().get(3) != Some(&b'-') {
                return line.trim_end().to_owned();
            }
        }
    }

    async fn answer(&mut self) -> String {
        self.answer_line().await[..3].to_owned()
    }

    async fn say(&mut self, line: &str) -> String {
        self.send(&format!("{line}\r\n")).await;
        self.answer().await
    }

    /// With a sender and these recipients; gives the answers to the message.
    async fn deliver(&mut self, from: &str, to: &[&str], message: &str) -> Vec<String> {
        assert_eq!(self.say(&format!("MAIL FROM:<{from}>")).await, "250");
        for to in to {
            assert_eq!(self.say(&format!("RCPT TO:<{to}>")).await, "250");
        }
        assert_eq!(self.say("DATA").await, "354");
        self.send(&message.replace("\r\n.", "\r\n..")).await;
        self.send("\r\n.\r\n").await;
        let mut answers = Vec::new();
        for _ in to {
            answers.push(self.answer_line().await);
        }
        answers
    }

    async fn close(self) {
        self.stop.send_replace(true);
        self.server.await.unwrap();
    }
}

both! {
    async fn what_is_said_yes_to_is_in_the_database(desk) {
        let mut talk = Talk::open(desk).await;
        assert_eq!(talk.say("LHLO mx.support.example").await, "250");
        let sent = mail("1@x", "anna@acme.example", "By LMTP", "A line\r\n.with a dot\r\n..and two");
        let answers = talk.deliver("anna@acme.example", &["support@support.example"], &sent.raw()).await;
        assert_eq!(answers, ["250 2.0.0 Taken <support@support.example>"]);
        assert_eq!(number_of(desk, "SELECT count(*) FROM ticket").await, 1);
        assert_eq!(text_of(desk, "SELECT body FROM message").await, "A line\n.with a dot\n..and two");
        assert_eq!(text_of(desk, "SELECT door FROM inbound").await, "lmtp");
        // The next one on the same connection, for two recipients: an answer for each, one ticket.
        let sent = mail("2@x", "bram@acme.example", "Two", "x");
        let answers = talk.deliver("bram@acme.example", &["support@support.example", "help@support.example"], &sent.raw()).await;
        assert!(answers.len() == 2 && answers.iter().all(|answer| answer.starts_with("250 ")), "{answers:?}");
        assert_eq!(number_of(desk, "SELECT count(*) FROM ticket").await, 2);
        assert_eq!(talk.say("QUIT").await, "221");
        talk.close().await;
    }

    async fn the_envelope_counts(desk) {
        let key = desk.ticket_in(Status::Waiting).await;
        let to = token(desk, &key, id(&desk.anna), 'a').await;
        let mut talk = Talk::open(desk).await;
        talk.say("LHLO mx").await;
        // A copy that nobody sees: the address stands in the envelope alone.
        let answers = talk.deliver("anna@acme.example", &[&to], &mail("1@x", "anna@acme.example", "s", "b").raw()).await;
        assert!(answers[0].starts_with("250"));
        assert_ne!(desk.status(&key).await, Status::Waiting);
        let answers = talk.deliver("", &["support@support.example"], &mail("2@x", "anna@acme.example", "s", "b").raw()).await;
        assert!(answers[0].starts_with("250"));
        assert_eq!(text_of(desk, "SELECT kind FROM inbound ORDER BY inbound_id DESC").await, "reply", "an empty path");
        talk.close().await;
    }

    async fn commands_may_come_all_at_once(desk) {
        let mut talk = Talk::open(desk).await;
        let message = mail("1@x", "anna@acme.example", "Pipelined", "x").raw();
        let all = format!("LHLO mx\r\nMAIL FROM:<anna@acme.example>\r\nRCPT TO:<a@support.example>\r\nRCPT TO:nonsense\r\nDATA\r\n{message}\r\n.\r\nQUIT\r\n");
        talk.send(&all).await;
        let mut answers = Vec::new();
        for _ in 0..7 {
            answers.push(talk.answer().await);
        }
        assert_eq!(answers, ["250", "250", "250", "501", "354", "250", "221"], "one answer, for the one recipient");
        assert_eq!(number_of(desk, "SELECT count(*) FROM ticket").await, 1);
        talk.close().await;
    }

    async fn what_is_too_large_is_refused_for_good_and_kept(desk) {
        let mut talk = Talk::open(desk).await;
        talk.say("LHLO mx").await;
        assert_eq!(talk.say("MAIL FROM:<anna@acme.example> SIZE=100000000").await, "552");
        let huge = mail("1@x", "anna@acme.example", "Huge", &format!("{}\r\n", "x".repeat(998)).repeat(30_100)).raw();
        let answers = talk.deliver("anna@acme.example", &["support@support.example"], &huge).await;
        assert!(answers[0].starts_with("552 5.3.4"), "{answers:?}");
        assert_eq!(text_of(desk, "SELECT state FROM inbound").await, "refused");
        assert_eq!(talk.say("NOOP").await, "250", "and it goes on");
        talk.close().await;
    }

    async fn a_connection_that_breaks_leaves_nothing(desk) {
        let mut talk = Talk::open(desk).await;
        talk.say("LHLO mx").await;
        talk.say("MAIL FROM:<anna@acme.example>").await;
        talk.say("RCPT TO:<a@support.example>").await;
        talk.say("DATA").await;
        talk.send(&mail("1@x", "anna@acme.example", "Half", "x").raw()).await;
        let Talk { stream, stop, server } = talk;
        drop(stream);
        stop.send_replace(true);
        server.await.unwrap();
        assert_eq!(number_of(desk, "SELECT count(*) FROM inbound").await, 0);
    }

    async fn an_endless_line_and_endless_nonsense_are_not_listened_to(desk) {
        let mut talk = Talk::open(desk).await;
        talk.send(&"x".repeat(1_000_000)).await;
        assert_eq!(talk.say("").await, "500");
        for _ in 0..18 {
            assert_eq!(talk.say("XYZZY").await, "500");
        }
        assert_eq!(talk.say("XYZZY").await, "500");
        assert_eq!(talk.answer().await, "421");
        talk.close().await;
    }
}
