//! Who is told what, how they want it, and what becomes one mail.

use backend::Error;
use backend::desk::notice::{self, Ending};
use backend::desk::{account, outbox as dead, ticket};
use backend::mail::compose_due;
use domain::actor::Actor;
use domain::notice::{Delivery, NoticeKind};
use domain::ticket::{CloseReason, Priority, Status};
use domain::time::Millis;
use domain::view::desk::ComposeKind;
use sqlx::Row;

use crate::harness::{TestDesk, after, id, own_tickets_only};

/// A mail of the outbox.
#[derive(Debug)]
pub struct Sent {
    pub kind: String,
    pub to: String,
    pub from_name: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    pub message_id: String,
    pub in_reply_to: String,
    pub references: Vec<String>,
    pub reply_to: String,
    pub list_id: String,
    pub unsubscribe: String,
}

/// All mails there ever were, in order.
pub async fn outbox(desk: &TestDesk) -> Vec<Sent> {
    let sql = "SELECT kind, to_email, from_name, subject, body, html, message_id, in_reply_to, refs, reply_to, list_id, \
               unsubscribe FROM outbox ORDER BY outbox_id";
    let rows = sqlx::query(sql).fetch_all(desk.backend.store().reader()).await.unwrap();
    rows.iter()
        .map(|row| Sent {
            kind: row.get(0),
            to: row.get(1),
            from_name: row.get(2),
            subject: row.get(3),
            text: row.get(4),
            html: row.get(5),
            message_id: row.get(6),
            in_reply_to: row.get(7),
            references: row.get::<String, _>(8).split(' ').filter(|id| !id.is_empty()).map(str::to_owned).collect(),
            reply_to: row.get(9),
            list_id: row.get(10),
            unsubscribe: row.get(11),
        })
        .collect()
}

/// What was put into the outbox once all that waits has become mails.
async fn mailed(desk: &TestDesk) -> Vec<Sent> {
    let before = outbox(desk).await.len();
    desk.later(Millis::minutes(1));
    compose_due(&desk.backend).await.unwrap();
    outbox(desk).await.split_off(before)
}

/// "bram answered", in order: whom each was told to, and the kind.
async fn told(desk: &TestDesk, after: &mut i64) -> Vec<String> {
    let sql =
        "SELECT n.notification_id, u.email, n.kind FROM notification n JOIN user_account u ON u.user_id = n.user_id
                WHERE n.notification_id > $1 ORDER BY n.notification_id";
    let rows = sqlx::query(sql).bind(*after).fetch_all(desk.backend.store().reader()).await.unwrap();
    let mut told = Vec::new();
    for row in &rows {
        *after = row.get(0);
        let email: String = row.get(1);
        told.push([email.split('@').next().unwrap(), " ", &row.get::<String, _>(2)].concat());
    }
    told.sort();
    told
}

async fn execute(desk: &TestDesk, sql: &'static str) {
    let mut tx = desk.backend.store().begin().await.unwrap();
    sqlx::query(sql).execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
}

async fn accept(desk: &TestDesk, actor: &Actor, key: &str) {
    ticket::accept(&desk.backend, actor, key, desk.version(key).await).await.unwrap();
}

both! {
    async fn each_change_is_told_to_those_it_concerns_and_nobody_is_told_of_their_own_act(desk) {
        let b = &desk.backend;
        let mut seen = 0;
        let key = desk.raise(&desk.bram, "Nobody can sign in").await;
        assert_eq!(told(desk, &mut seen).await, ["bram received", "dirk raised", "fenna raised"]);
        ticket::add_participant(b, &desk.bram, &key, id(&desk.els)).await.unwrap();
        assert_eq!(told(desk, &mut seen).await, ["els participant_added"]);
        accept(desk, &desk.dirk, &key).await;
        assert_eq!(told(desk, &mut seen).await, ["bram accepted", "els accepted"]);
        desk.compose(&desk.fenna, &key, ComposeKind::Note, "Hm").await.unwrap();
        assert!(told(desk, &mut seen).await.is_empty(), "of a note nobody is told");
        desk.compose(&desk.fenna, &key, ComposeKind::Answer, "Which ward?").await.unwrap();
        assert_eq!(told(desk, &mut seen).await, ["bram answered", "els answered"]);
        desk.reply(&desk.els, &key, "Ward 3").await.unwrap();
        assert_eq!(told(desk, &mut seen).await, ["bram colleague_replied", "dirk replied"], "the assignee alone");
        desk.compose(&desk.dirk, &key, ComposeKind::Return, "Since when?").await.unwrap();
        assert_eq!(told(desk, &mut seen).await, ["bram returned", "els returned"]);
        // Anna takes no part in it, and may write to it.
        desk.reply(&desk.anna, &key, "Since nine").await.unwrap();
        assert_eq!(told(desk, &mut seen).await, ["bram colleague_replied", "dirk replied", "els colleague_replied"]);
        let version = desk.version(&key).await;
        ticket::change_priority(b, &desk.dirk, &key, version, Priority::Low, "It can wait").await.unwrap();
        assert_eq!(told(desk, &mut seen).await, ["bram priority_changed", "els priority_changed"]);
        ticket::assign(b, &desk.dirk, &key, desk.version(&key).await, Some(id(&desk.fenna))).await.unwrap();
        assert_eq!(told(desk, &mut seen).await, ["fenna assigned"]);
        ticket::assign(b, &desk.dirk, &key, desk.version(&key).await, Some(id(&desk.dirk))).await.unwrap();
        assert!(told(desk, &mut seen).await.is_empty(), "taking it oneself is one's own act");
        desk.compose(&desk.dirk, &key, ComposeKind::Resolve, "Done").await.unwrap();
        assert_eq!(told(desk, &mut seen).await, ["bram resolved", "els resolved"]);
        desk.reply(&desk.bram, &key, "Not at all").await.unwrap();
        assert_eq!(told(desk, &mut seen).await, ["dirk reopened", "els colleague_replied"]);
        desk.compose(&desk.dirk, &key, ComposeKind::Resolve, "Now").await.unwrap();
        ticket::reopen(b, &desk.fenna, &key, desk.version(&key).await).await.unwrap();
        assert_eq!(told(desk, &mut seen).await, ["bram resolved", "dirk reopened", "els resolved"]);
        desk.compose(&desk.dirk, &key, ComposeKind::Resolve, "Now").await.unwrap();
        told(desk, &mut seen).await;
        ticket::confirm(b, &desk.bram, &key).await.unwrap();
        assert_eq!(told(desk, &mut seen).await, ["els closed"]);
        // It is closed for good: a reply makes another one, with the same people.
        desk.reply(&desk.bram, &key, "Again").await.unwrap();
        let again = ["bram received", "dirk raised", "els participant_added", "fenna raised"];
        assert_eq!(told(desk, &mut seen).await, again);
    }

    async fn closing_is_told_by_whoever_did_it_and_spam_is_not_answered(desk) {
        let b = &desk.backend;
        let mut seen = 0;
        let key = desk.raise(&desk.bram, "A").await;
        accept(desk, &desk.dirk, &key).await;
        told(desk, &mut seen).await;
        ticket::withdraw(b, &desk.anna, &key).await.unwrap();
        assert_eq!(told(desk, &mut seen).await, ["bram closed", "dirk withdrawn"]);
        let spam = desk.raise(&desk.bram, "Cheap watches").await;
        let double = desk.raise(&desk.bram, "A again").await;
        let late = desk.ticket_in(Status::Resolved).await;
        told(desk, &mut seen).await;
        ticket::close(b, &desk.dirk, &spam, desk.version(&spam).await, CloseReason::Spam, None).await.unwrap();
        assert!(told(desk, &mut seen).await.is_empty());
        let of = Some(key.clone());
        ticket::close(b, &desk.dirk, &double, desk.version(&double).await, CloseReason::Duplicate, of).await.unwrap();
        assert_eq!(told(desk, &mut seen).await, ["bram closed"]);
        desk.later(Millis(15 * Millis::DAY.0));
        assert_eq!(ticket::close_expired(b).await.unwrap(), 1, "{late}");
        assert_eq!(told(desk, &mut seen).await, ["anna closed"]);
    }

    async fn several_events_within_the_wait_are_one_mail_named_after_what_matters_most(desk) {
        let key = desk.raise(&desk.bram, "Nobody can sign in").await;
        assert_eq!(compose_due(&desk.backend).await.unwrap(), 1, "the confirmation does not wait");
        let first = outbox(desk).await;
        assert_eq!((first[0].kind.as_str(), first[0].to.as_str()), ("received", "bram@acme.example"));
        desk.later(Millis::seconds(10));
        // Answering a new ticket accepts it too.
        desk.compose(&desk.dirk, &key, ComposeKind::Answer, "We look at it").await.unwrap();
        desk.later(Millis::seconds(10));
        desk.compose(&desk.dirk, &key, ComposeKind::Return, "Which ward?").await.unwrap();
        desk.later(Millis::seconds(19));
        let staff = compose_due(&desk.backend).await.unwrap();
        assert_eq!(staff, 2, "what agents are told of the new ticket is due, the rest is not");
        desk.later(Millis::seconds(1));
        assert_eq!(compose_due(&desk.backend).await.unwrap(), 1);
        let all = outbox(desk).await;
        let mail = all.last().unwrap();
        assert_eq!((mail.kind.as_str(), mail.to.as_str()), ("returned", "bram@acme.example"));
        assert!(mail.text.contains("We look at it") && mail.text.contains("Which ward?"), "{}", mail.text);
        assert!(!mail.text.contains("is working on"), "whoever answers works on it: {}", mail.text);
        assert_eq!(mail.text.lines().nth(2).unwrap(), "Dirk Hofman asks you something");
        assert_eq!(mail.from_name, "Dirk Hofman via Loket");
        desk.later(Millis::hours(1));
        assert_eq!(compose_due(&desk.backend).await.unwrap(), 0, "nothing is told twice");
    }

    async fn mails_about_a_ticket_are_a_thread_of_each_persons_own(desk) {
        let key = desk.raise(&desk.bram, "Roster").await;
        ticket::add_participant(&desk.backend, &desk.bram, &key, id(&desk.els)).await.unwrap();
        mailed(desk).await;
        for text in ["One", "Two", "Three", "Four", "Five", "Six"] {
            desk.compose(&desk.dirk, &key, ComposeKind::Answer, text).await.unwrap();
            mailed(desk).await;
        }
        let all = outbox(desk).await;
        for email in ["bram@acme.example", "els@acme.example"] {
            let mails: Vec<_> = all.iter().filter(|mail| mail.to == email).collect();
            assert_eq!(mails.len(), 7);
            assert!(mails[0].in_reply_to.is_empty() && mails[0].references.is_empty());
            assert_eq!(mails[1].references, [mails[0].message_id.clone()]);
            let last = mails.last().unwrap();
            assert_eq!(last.in_reply_to, mails[5].message_id);
            let ids: Vec<_> = [0, 2, 3, 4, 5].iter().map(|index| mails[*index].message_id.clone()).collect();
            assert_eq!(last.references, ids, "the first one and the latest");
            assert!(mails.iter().all(|mail| mail.subject == format!("[{key}] Roster")));
            assert!(mails.iter().all(|mail| mail.list_id == "acme.support.example"));
            // The address that answers come to is theirs, for this ticket, and stays the same.
            assert!(mails.iter().all(|mail| mail.reply_to == mails[0].reply_to));
            let token = mails[0].reply_to.strip_prefix("support+").unwrap().strip_suffix("@support.example").unwrap();
            assert_eq!(token.len(), 26);
            assert!(mails[0].text.starts_with(letter::reply_above("en")));
        }
        let address = |email: &str| all.iter().find(|mail| mail.to == email).unwrap().reply_to.clone();
        assert_ne!(address("bram@acme.example"), address("els@acme.example"));
        assert_eq!(address("dirk@loket.example"), "", "staff answer at the desk");
        let mut ids: Vec<_> = all.iter().map(|mail| mail.message_id.as_str()).collect();
        assert!(ids.iter().all(|id| id.ends_with("@support.example")));
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all.len());
    }

    async fn whoever_may_not_see_the_ticket_any_more_is_not_mailed(desk) {
        let b = &desk.backend;
        let key = desk.raise(&desk.bram, "Secret").await;
        ticket::add_participant(b, &desk.bram, &key, id(&desk.els)).await.unwrap();
        mailed(desk).await;
        desk.compose(&desk.dirk, &key, ComposeKind::Answer, "Between us").await.unwrap();
        ticket::remove_participant(b, &desk.bram, &key, id(&desk.els)).await.unwrap();
        ticket::set_confidential(b, &desk.bram, &key, true).await.unwrap();
        let mails = mailed(desk).await;
        assert_eq!(mails.iter().map(|mail| mail.to.as_str()).collect::<Vec<_>>(), ["bram@acme.example"]);
        assert!(notice::list(b, &desk.els, "").await.unwrap().rows.is_empty(), "nor does it stand in the portal");
        assert_eq!(notice::unread(b, &desk.els).await.unwrap(), 0);
        assert!(notice::unread(b, &desk.bram).await.unwrap() > 0);
        assert!(matches!(notice::mark_ticket_read(b, &desk.els, &key).await, Err(Error::NotFound)));
        // Someone who left gets nothing, whatever was waiting for them.
        desk.compose(&desk.dirk, &key, ComposeKind::Answer, "Still there?").await.unwrap();
        execute(desk, "UPDATE user_account SET deactivated_at = 1 WHERE email = 'bram@acme.example'").await;
        assert!(mailed(desk).await.is_empty());
    }

    async fn of_another_organisation_or_of_a_colleague_nothing_is_told(desk) {
        let key = desk.raise(&desk.bram, "Roster").await;
        desk.compose(&desk.dirk, &key, ComposeKind::Answer, "Hello").await.unwrap();
        for actor in [&desk.carla, &desk.els, &own_tickets_only(&desk.els)] {
            assert!(notice::list(&desk.backend, actor, "").await.unwrap().rows.is_empty());
        }
        let mails = mailed(desk).await;
        assert!(mails.iter().all(|mail| !mail.to.starts_with("carla") && !mail.to.starts_with("els")));
    }

    async fn a_preference_holds_for_what_may_be_chosen_and_for_what_already_waits(desk) {
        let b = &desk.backend;
        let all: Vec<_> = NoticeKind::ALL.into_iter().map(|kind| (kind, Delivery::Portal)).collect();
        notice::set_preferences(b, &desk.bram, &all).await.unwrap();
        let view = notice::preferences(b, &desk.bram).await.unwrap();
        assert!(view.rows.iter().all(|(kind, delivery)| {
            *delivery == Delivery::Portal && !kind.is_for_staff() && kind.may_be_ended()
        }));
        assert_eq!(view.rows.len(), 7);
        let key = desk.raise(&desk.bram, "Roster").await;
        accept(desk, &desk.dirk, &key).await;
        desk.compose(&desk.dirk, &key, ComposeKind::Return, "Which ward?").await.unwrap();
        let mails = mailed(desk).await;
        let to_bram: Vec<_> = mails.iter().filter(|mail| mail.to.starts_with("bram")).collect();
        assert_eq!(to_bram.len(), 1, "what cannot be ended is one mail: {to_bram:?}");
        let rows = notice::list(b, &desk.bram, "").await.unwrap().rows;
        assert_eq!(rows.len(), 3, "in the portal stands everything: {rows:?}");
        // What waits follows a new choice.
        desk.reply(&desk.bram, &key, "Ward 3").await.unwrap();
        notice::set_preferences(b, &desk.dirk, &[(NoticeKind::Replied, Delivery::Portal)]).await.unwrap();
        assert!(mailed(desk).await.is_empty());
    }

    async fn whoever_wants_one_mail_a_day_gets_it_at_eight(desk) {
        let b = &desk.backend;
        let daily = [NoticeKind::Accepted, NoticeKind::Answered].map(|kind| (kind, Delivery::Daily));
        notice::set_preferences(b, &desk.bram, &daily).await.unwrap();
        let (one, two) = (desk.raise(&desk.bram, "One").await, desk.raise(&desk.bram, "Two").await);
        mailed(desk).await;
        accept(desk, &desk.dirk, &one).await;
        desk.compose(&desk.dirk, &one, ComposeKind::Answer, "First answer").await.unwrap();
        desk.compose(&desk.dirk, &two, ComposeKind::Answer, "Second answer").await.unwrap();
        assert!(mailed(desk).await.is_empty());
        desk.at(after(22) - Millis(1));
        assert_eq!(compose_due(b).await.unwrap(), 0);
        desk.at(after(22));
        assert_eq!(compose_due(b).await.unwrap(), 1);
        let all = outbox(desk).await;
        let digest = all.last().unwrap();
        assert_eq!((digest.kind.as_str(), digest.to.as_str()), ("digest", "bram@acme.example"));
        for part in ["News of 2 requests", "[ACME-1] One", "First answer", "[ACME-2] Two", "Second answer"] {
            assert!(digest.text.contains(part), "{part}: {}", digest.text);
        }
        assert!(digest.reply_to.is_empty() && digest.unsubscribe.ends_with("/accepted.answered"));
        desk.at(after(46));
        assert_eq!(compose_due(b).await.unwrap(), 0, "nothing happened since");
    }

    async fn one_click_ends_mails_like_this_one_and_can_be_taken_back(desk) {
        let b = &desk.backend;
        let key = desk.raise(&desk.bram, "Roster").await;
        let first = mailed(desk).await;
        assert_eq!(first.iter().find(|mail| mail.kind == "received").unwrap().unsubscribe, "");
        desk.compose(&desk.dirk, &key, ComposeKind::Answer, "Hello").await.unwrap();
        let mail = mailed(desk).await.pop().unwrap();
        assert!(mail.text.contains(&mail.unsubscribe) && mail.html.contains(&mail.unsubscribe));
        let path = mail.unsubscribe.strip_prefix("https://support.example/unsubscribe/").unwrap();
        let (token, kinds) = path.split_once('/').unwrap();
        let ending = Ending::parse(token, kinds);
        let view = notice::read_unsubscribe(b, &ending).await.unwrap();
        assert_eq!((view.email.as_deref(), view.ended), (Some("bram@acme.example"), false));
        assert!(view.kinds.contains(&NoticeKind::Answered));
        // Reading it changed nothing.
        assert!(!notice::read_unsubscribe(b, &ending).await.unwrap().ended);
        notice::unsubscribe(b, &ending).await.unwrap();
        notice::unsubscribe(b, &ending).await.unwrap();
        assert!(notice::read_unsubscribe(b, &ending).await.unwrap().ended);
        desk.compose(&desk.dirk, &key, ComposeKind::Answer, "Anyone?").await.unwrap();
        assert!(mailed(desk).await.is_empty());
        notice::resubscribe(b, &ending).await.unwrap();
        desk.compose(&desk.dirk, &key, ComposeKind::Answer, "Hello again").await.unwrap();
        assert_eq!(mailed(desk).await.len(), 1);
        for (token, kinds) in [("", kinds), ("invented", kinds), (token, ""), (token, "returned.received"), (token, "x")] {
            let wrong = Ending::parse(token, kinds);
            assert_eq!(notice::read_unsubscribe(b, &wrong).await.unwrap().email, None, "{token} {kinds}");
            assert!(matches!(notice::unsubscribe(b, &wrong).await, Err(Error::NotFound)));
        }
    }

    async fn reading_is_ones_own(desk) {
        let b = &desk.backend;
        let key = desk.raise(&desk.bram, "Roster").await;
        accept(desk, &desk.dirk, &key).await;
        let view = notice::list(b, &desk.bram, "").await.unwrap();
        assert_eq!((view.rows.len(), view.unread), (2, 2));
        assert_eq!((view.rows[0].kind, view.rows[0].by.as_str()), (NoticeKind::Accepted, "Dirk Hofman"));
        assert!(matches!(notice::mark_read(b, &desk.els, view.rows[0].id).await, Err(Error::NotFound)));
        notice::mark_read(b, &desk.bram, view.rows[0].id).await.unwrap();
        assert_eq!(notice::unread(b, &desk.bram).await.unwrap(), 1);
        notice::mark_ticket_read(b, &desk.bram, &key).await.unwrap();
        assert_eq!(notice::unread(b, &desk.bram).await.unwrap(), 0);
        assert_eq!(notice::unread(b, &desk.fenna).await.unwrap(), 1);
    }

    async fn what_was_told_is_told_by_one_of_two_workers(desk) {
        for subject in ["A", "B", "C"] {
            desk.raise(&desk.bram, subject).await;
        }
        desk.later(Millis::minutes(1));
        let other = desk.another_process().await;
        let (one, two) = tokio::join!(compose_due(&desk.backend), compose_due(&other));
        // To Bram, Dirk and Fenna about three tickets.
        assert_eq!(one.unwrap() + two.unwrap(), 9);
        assert_eq!(outbox(desk).await.len(), 9);
        other.close().await;
    }

    async fn signing_in_on_a_new_device_is_told_by_mail_but_not_the_first_one(desk) {
        use backend::desk::account::{Create, SignIn, sign_in};
        let hash = backend::password::hash("vier losse woorden hier").await.unwrap();
        let new = Create {
            organisation_id: Some(desk.acme),
            email: "noor@acme.example".into(),
            name: "Noor".into(),
            role: domain::actor::Role::Member,
            password_hash: Some(hash),
            locale: None,
        };
        account::create(&desk.backend, &Actor::System, new).await.unwrap();
        let with = |device: &str| SignIn {
            email: "noor@acme.example".into(),
            password: "vier losse woorden hier".into(),
            address: "192.0.2.1".into(),
            device: device.into(),
        };
        for (device, mails) in [("Firefox, Linux", 0), ("Firefox, Linux", 0), ("Safari, iPhone", 1), ("Safari, iPhone", 1)] {
            sign_in(&desk.backend, with(device)).await.unwrap();
            assert_eq!(outbox(desk).await.len(), mails, "{device}");
        }
        let mail = outbox(desk).await.pop().unwrap();
        assert!(mail.kind == "new_device" && mail.text.contains("Safari, iPhone") && mail.unsubscribe.is_empty());
    }

    async fn dead_letters_are_for_admins_to_try_again_or_forget(desk) {
        let b = &desk.backend;
        desk.raise(&desk.bram, "Roster").await;
        compose_due(b).await.unwrap();
        // The folder that mails are written into is gone.
        std::fs::remove_dir_all(b.config().mail()).unwrap();
        for _ in 0..20 {
            assert!(dead::dead_letters(b, &desk.admin, None).await.unwrap().rows.is_empty());
            backend::mail::drain_outbox(b).await.unwrap();
            desk.later(Millis::hours(6));
        }
        let view = dead::dead_letters(b, &desk.admin, None).await.unwrap();
        assert_eq!((view.rows.len(), view.rows[0].attempts, view.waiting), (1, 20, 0));
        let letter = &view.rows[0];
        assert_eq!((letter.key.as_str(), letter.to_email.as_str()), ("ACME-1", "bram@acme.example"));
        assert!(!letter.error.is_empty());
        for actor in [&desk.dirk, &desk.anna, &desk.bram] {
            assert!(matches!(dead::dead_letters(b, actor, None).await, Err(Error::Forbidden)));
            assert!(matches!(dead::retry(b, actor, letter.id).await, Err(Error::Forbidden)));
            assert!(matches!(dead::discard(b, actor, letter.id).await, Err(Error::Forbidden)));
        }
        std::fs::create_dir_all(b.config().mail()).unwrap();
        dead::retry(b, &desk.admin, letter.id).await.unwrap();
        assert!(matches!(dead::retry(b, &desk.admin, letter.id).await, Err(Error::NotFound)));
        assert_eq!(backend::mail::drain_outbox(b).await.unwrap(), 1);
        assert!(dead::dead_letters(b, &desk.admin, None).await.unwrap().rows.is_empty());
        assert!(matches!(dead::discard(b, &desk.admin, letter.id).await, Err(Error::NotFound)));
    }
}
