//! Every mail in both languages, as text and as HTML, compared with the files of `tests/mail/`. `LOKET_BLESS=1` writes them
//! anew: look at what changed before you commit it.

use std::path::{Path, PathBuf};

use backend::desk::account::{self, AcceptLink, Create, Invite, SignIn};
use backend::desk::{notice, ticket, warning};
use backend::mail::compose_due;
use domain::actor::{Actor, Role};
use domain::i18n::Locale;
use domain::notice::{Delivery, NoticeKind};
use domain::ticket::{CloseReason, Priority};
use domain::time::Millis;
use domain::view::desk::ComposeKind;

use crate::harness::{TestDesk, after, id, problem};
use crate::notice::{Sent, outbox};

const PASSWORD: &str = "vier losse woorden hier";

/// Compares mails with files, and remembers what was looked at.
struct Album {
    language: &'static str,
    seen: usize,
    wrong: Vec<String>,
}

impl Album {
    fn folder() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mail")
    }

    /// Composes what waits, and compares the newest mail to this address.
    async fn show(&mut self, desk: &TestDesk, name: &str, to: &str) {
        desk.later(Millis::minutes(1));
        compose_due(&desk.backend).await.unwrap();
        let all = outbox(desk).await;
        let new = &all[self.seen..];
        let mail = new.iter().rev().find(|mail| mail.to.starts_with(to));
        let mail = mail.unwrap_or_else(|| panic!("{name}: no mail to {to} among {:?}", new.len()));
        self.compare(&[name, ".", self.language, ".txt"].concat(), &head(mail));
        self.compare(&[name, ".", self.language, ".html"].concat(), &hidden(&mail.html));
        self.seen = all.len();
    }

    fn compare(&mut self, file: &str, now: &str) {
        let path = Self::folder().join(file);
        if std::env::var_os("LOKET_BLESS").is_some() {
            std::fs::create_dir_all(Self::folder()).unwrap();
            std::fs::write(&path, now).unwrap();
        } else if std::fs::read_to_string(&path).unwrap_or_default() != now {
            self.wrong.push(file.to_owned());
        }
    }
}

/// The headers that differ from mail to mail, and the text.
fn head(mail: &Sent) -> String {
    let from = if mail.from_name.is_empty() { "Loket" } else { &mail.from_name };
    let reply_to = mail.reply_to.split_once('+').map_or("", |_| "support+TOKEN@support.example");
    let pairs = [
        ("From", [from, " <support@support.example>"].concat()),
        ("To", mail.to.clone()),
        ("Reply-To", reply_to.to_owned()),
        ("Subject", mail.subject.clone()),
        ("List-Id", mail.list_id.clone()),
        ("List-Unsubscribe", hidden(&mail.unsubscribe)),
    ];
    let lines: Vec<_> =
        pairs.iter().filter(|(_, value)| !value.is_empty()).map(|(name, v)| format!("{name}: {v}\n")).collect();
    [&lines.concat(), "\n", &hidden(&mail.text)].concat()
}

/// What is random is written as a word.
fn hidden(text: &str) -> String {
    let mut text = text.to_owned();
    for before in ["/unsubscribe/", "/link/"] {
        let mut from = 0;
        while let Some(at) = text[from..].find(before) {
            let start = from + at + before.len();
            let length = text[start..]
                .find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-')
                .unwrap_or(text.len() - start);
            text.replace_range(start..start + length, "TOKEN");
            from = start;
        }
    }
    text
}

async fn tickets(desk: &TestDesk, album: &mut Album) {
    let b = &desk.backend;
    let mut raise = problem("Nobody on ward 3 can sign in");
    raise.description =
        "Since nine this morning, on all of the ward's computers.\n\nThe message is \"<locked & closed>\"; see \
                         https://ward.example/help?a=1&b=2. What now?"
            .into();
    let key = ticket::raise(b, &desk.anna, raise).await.unwrap();
    compose_due(b).await.unwrap();
    album.show(desk, "raised", "dirk").await;
    // The confirmation left at once; the same mail is shown for the two of them.
    let another = ticket::raise(b, &desk.anna, problem("The roster is empty")).await.unwrap();
    album.show(desk, "received", "anna").await;
    ticket::accept(b, &desk.dirk, &key, desk.version(&key).await).await.unwrap();
    album.show(desk, "accepted", "anna").await;
    desk.compose(&desk.dirk, &key, ComposeKind::Answer, "We look into it.\nCan you try https://login.example?")
        .await
        .unwrap();
    album.show(desk, "answered", "anna").await;
    desk.compose(&desk.dirk, &key, ComposeKind::Return, "Which computers are these, and what is their number?")
        .await
        .unwrap();
    album.show(desk, "returned", "anna").await;
    desk.reply(&desk.anna, &key, "PC-311 to PC-318.").await.unwrap();
    album.show(desk, "replied", "dirk").await;
    let version = desk.version(&key).await;
    ticket::change_priority(b, &desk.dirk, &key, version, Priority::Medium, "There is another way to sign in")
        .await
        .unwrap();
    album.show(desk, "priority_changed", "anna").await;
    ticket::add_participant(b, &desk.anna, &key, id(&desk.els)).await.unwrap();
    album.show(desk, "participant_added", "els").await;
    desk.reply(&desk.anna, &key, "Els sits on the ward.").await.unwrap();
    album.show(desk, "colleague_replied", "els").await;
    ticket::assign(b, &desk.dirk, &key, desk.version(&key).await, Some(id(&desk.fenna))).await.unwrap();
    album.show(desk, "assigned", "fenna").await;
    let version = desk.version(&key).await;
    ticket::change_priority(b, &desk.dirk, &key, version, Priority::High, "It spreads to ward 4").await.unwrap();
    desk.compose(&desk.dirk, &key, ComposeKind::Answer, "Our supplier is on it.").await.unwrap();
    album.show(desk, "several", "anna").await;
    desk.compose(&desk.dirk, &key, ComposeKind::Resolve, "The lock was lifted.").await.unwrap();
    album.show(desk, "resolved", "anna").await;
    desk.reply(&desk.anna, &key, "PC-318 is still locked.").await.unwrap();
    album.show(desk, "reopened", "fenna").await;
    desk.compose(&desk.dirk, &key, ComposeKind::Resolve, "Now that one too.").await.unwrap();
    ticket::confirm(b, &desk.anna, &key).await.unwrap();
    album.show(desk, "closed_solved", "els").await;
    let duplicate = desk.raise(&desk.anna, "Roster empty again").await;
    let version = desk.version(&duplicate).await;
    ticket::close(b, &desk.dirk, &duplicate, version, CloseReason::Duplicate, Some(another.clone())).await.unwrap();
    album.show(desk, "closed_duplicate", "anna").await;
    let late = ticket::raise(b, &desk.anna, problem("Late one")).await.unwrap();
    ticket::accept(b, &desk.dirk, &late, desk.version(&late).await).await.unwrap();
    ticket::accept(b, &desk.dirk, &another, desk.version(&another).await).await.unwrap();
    ticket::withdraw(b, &desk.bram, &another).await.unwrap();
    album.show(desk, "withdrawn", "dirk").await;
    // From Wednesday 14:25 on it is at risk, from 16:25 on late.
    desk.at(after(53));
    warning::give(b).await.unwrap();
    album.show(desk, "at_risk", "dirk").await;
    desk.at(after(55));
    warning::give(b).await.unwrap();
    album.show(desk, "breached", "dirk").await;
    desk.compose(&desk.dirk, &late, ComposeKind::Resolve, "Better late.").await.unwrap();
    album.show(desk, "resolved_late", "anna").await;
    let chosen = [NoticeKind::Answered, NoticeKind::Accepted].map(|kind| (kind, Delivery::Daily));
    notice::set_preferences(b, &desk.anna, &chosen).await.unwrap();
    for subject in ["A printer", "A screen"] {
        let key = desk.raise(&desk.anna, subject).await;
        desk.compose(&desk.dirk, &key, ComposeKind::Answer, "A new one is on its way.").await.unwrap();
    }
    desk.at(after(70));
    album.show(desk, "digest", "anna").await;
    desk.later(Millis(15 * Millis::DAY.0));
    ticket::close_expired(b).await.unwrap();
    album.show(desk, "closed_expired", "anna").await;
}

async fn accounts(desk: &TestDesk, album: &mut Album) {
    let b = &desk.backend;
    let invite = |email: &str| Invite {
        organisation_id: Some(desk.acme),
        email: email.into(),
        name: "Noor Jansen".into(),
        role: "member".into(),
    };
    account::invite(b, &desk.anna, invite("noor@acme.example")).await.unwrap();
    // People who were just invited have no language yet.
    tongue(desk, album.language).await;
    account::request_reset(b, "noor@acme.example", Locale::English, "192.0.2.1").await.unwrap();
    account::send_resets(b).await.unwrap();
    album.show(desk, "invitation", "noor").await;
    account::invite(b, &desk.anna, invite("carla@borealis.example")).await.unwrap();
    album.show(desk, "invited_elsewhere", "carla").await;
    let hash = backend::password::hash(PASSWORD).await.unwrap();
    let new = Create {
        organisation_id: Some(desk.acme),
        email: "otto@acme.example".into(),
        name: "Otto Prins".into(),
        role: Role::Member,
        password_hash: Some(hash),
        locale: None,
    };
    account::create(b, &Actor::System, new).await.unwrap();
    tongue(desk, album.language).await;
    for device in ["Firefox, Linux", "Safari, iPhone"] {
        let input = SignIn {
            email: "otto@acme.example".into(),
            password: PASSWORD.into(),
            address: "192.0.2.1".into(),
            device: device.into(),
        };
        account::sign_in(b, input).await.unwrap();
    }
    album.show(desk, "new_device", "otto").await;
    account::request_reset(b, "otto@acme.example", Locale::English, "192.0.2.1").await.unwrap();
    account::send_resets(b).await.unwrap();
    album.show(desk, "reset", "otto").await;
    let mails = outbox(desk).await;
    let text = &mails.last().unwrap().text;
    let token = text.split_whitespace().find_map(|word| word.strip_prefix("https://support.example/link/")).unwrap();
    let input = AcceptLink {
        token: token.into(),
        name: String::new(),
        password: "een heel ander wachtwoord".into(),
        locale: Locale::English,
        address: "192.0.2.1".into(),
        device: "Firefox, Linux".into(),
    };
    account::accept_link(b, input).await.unwrap();
    album.show(desk, "password_changed", "otto").await;
}

/// Everyone reads this language.
async fn tongue(desk: &TestDesk, language: &'static str) {
    let mut tx = desk.backend.store().begin().await.unwrap();
    sqlx::query("UPDATE user_account SET locale = $1").bind(language).execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
}

async fn all_mails_in(language: &'static str) {
    let mut album = Album { language, seen: 0, wrong: Vec::new() };
    for part in [0, 1] {
        let desk = TestDesk::sqlite().await;
        tongue(&desk, language).await;
        album.seen = 0;
        if part == 0 {
            tickets(&desk, &mut album).await
        } else {
            accounts(&desk, &mut album).await
        }
        desk.backend.close().await;
    }
    assert!(album.wrong.is_empty(), "not as in tests/mail (LOKET_BLESS=1 writes them anew): {:?}", album.wrong);
}

#[tokio::test]
async fn every_mail_in_english_is_as_it_was() {
    all_mails_in("en").await;
}

#[tokio::test]
async fn every_mail_in_dutch_is_as_it_was() {
    all_mails_in("nl").await;
}

/// What nobody may find in a mail, whatever people write.
#[test]
fn no_mail_loads_anything_from_elsewhere_or_runs_anything() {
    let mut looked_at = 0;
    for file in std::fs::read_dir(Album::folder()).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "html") {
            let html = std::fs::read_to_string(&path).unwrap();
            for forbidden in
                ["<img", "<script", "<link", "src=", "url(", "@import", "onclick", "javascript:", "<locked"]
            {
                assert!(!html.contains(forbidden), "{forbidden} in {}", path.display());
            }
            looked_at += 1;
        }
    }
    assert!(looked_at >= 50, "{looked_at}");
}
