//! What is not on a ticket: quarantine, suggested members, limits.

use backend::desk::mail::{
    accept, decline, dismiss, domains, held, open_raw, put_on_ticket, raise_for, read_held, set_domains, suggested,
};
use backend::desk::portal;
use backend::mail::compose_due;
use domain::actor::{Actor, Person, Role};
use domain::i18n::Locale;
use domain::notice::NoticeKind;
use domain::time::Millis;
use domain::view::portal::RequestQuery;

use super::*;
use crate::notice::outbox;

/// An account manager, who needs no account for this.
fn manager(desk: &TestDesk) -> Actor {
    let Actor::Person(dirk) = &desk.dirk else { panic!("a person") };
    Actor::Person(Person { role: Role::AccountManager, ..dirk.clone() })
}

async fn only(desk: &TestDesk) -> i64 {
    number_of(desk, "SELECT max(inbound_id) FROM inbound").await
}

both! {
    async fn a_stranger_is_in_quarantine_and_told_once_a_week(desk) {
        let people = number_of(desk, "SELECT count(*) FROM user_account").await;
        for number in 1..=3 {
            let held = send(desk, &mail(&format!("{number}@w"), "Wim <wim@elsewhere.example>", "Secret of ACME", "Is Acme your customer?")).await;
            assert_eq!((held.state, held.key), (MailState::Quarantine, None));
        }
        let answers = "SELECT count(*) FROM outbox WHERE to_email = 'wim@elsewhere.example'";
        assert_eq!(number_of(desk, answers).await, 1);
        let said = text_of(desk, "SELECT subject || body FROM outbox").await;
        assert!(said.contains("received") && said.contains("ontvangen"), "{said}");
        assert!(!said.contains("Acme") && !said.contains("ACME"), "it repeats and tells nothing: {said}");
        assert_eq!(number_of(desk, "SELECT count(*) FROM ticket").await, 0);
        assert_eq!(number_of(desk, "SELECT count(*) FROM user_account").await, people);
        desk.later(Millis::hours(8 * 24));
        send(desk, &mail("4@w", "wim@elsewhere.example", "Hello?", "x")).await;
        assert_eq!(number_of(desk, answers).await, 2);
        let page = held(&desk.backend, &desk.dirk, MailState::Quarantine, None).await.unwrap();
        assert_eq!((page.mails.len(), page.quarantined, page.mails[0].subject.as_str()), (4, 4, "Hello?"));
    }

    async fn an_agent_makes_a_ticket_of_it_once(desk) {
        send(desk, &mail("1@w", "anna.visser@private.example", "Re: Printer", "From home")).await;
        let inbound = only(desk).await;
        let view = read_held(&desk.backend, &desk.dirk, inbound).await.unwrap();
        assert_eq!((view.said.as_str(), view.person.is_some(), view.customers.len()), ("From home", false, 2));
        let key = raise_for(&desk.backend, &desk.dirk, inbound, id(&desk.anna)).await.unwrap();
        let ticket = desk.desk_view(&key).await;
        assert_eq!((ticket.subject.as_str(), ticket.requester.id, ticket.channel), ("Printer", id(&desk.anna), Channel::Mail));
        assert_eq!(ticket.mails[0].sender, "anna.visser@private.example");
        assert!(desk.view(&desk.anna, &key).await.messages[0].unverified, "it did not come from her own address");
        assert_eq!(kind(raise_for(&desk.backend, &desk.fenna, inbound, id(&desk.anna)).await), "not found");
        assert_eq!(kind(put_on_ticket(&desk.backend, &desk.fenna, inbound, &key).await), "not found");
        assert_eq!(kind(dismiss(&desk.backend, &desk.fenna, inbound).await), "not found");
        let handled = read_held(&desk.backend, &desk.dirk, inbound).await.unwrap();
        assert_eq!((handled.mail.state, handled.mail.ticket), (MailState::Delivered, Some(key)));
    }

    async fn an_agent_puts_it_on_a_ticket(desk) {
        let key = desk.ticket_in(Status::Waiting).await;
        let to = token(desk, &key, id(&desk.anna), 'a').await;
        send(desk, &mail("1@w", "anna@private.example", "s", "The answer").to(&to)).await;
        let inbound = only(desk).await;
        let view = read_held(&desk.backend, &desk.dirk, inbound).await.unwrap();
        assert_eq!(view.mail.ticket, Some(key.clone()), "the ticket is proposed");
        assert_eq!(kind(put_on_ticket(&desk.backend, &desk.dirk, inbound, "").await), "invalid");
        assert_eq!(kind(put_on_ticket(&desk.backend, &desk.dirk, inbound, "ACME-99").await), "invalid");
        assert_eq!(put_on_ticket(&desk.backend, &desk.dirk, inbound, &key).await.unwrap(), key);
        assert_ne!(desk.status(&key).await, Status::Waiting);
        let last = desk.view(&desk.anna, &key).await.messages.pop().unwrap();
        assert_eq!((last.author.as_str(), last.author_id, last.unverified), ("anna@private.example", None, true));
        let closed = desk.ticket_in(Status::Closed).await;
        send(desk, &mail("2@w", "anna@private.example", "s", "Another")).await;
        assert_eq!(kind(put_on_ticket(&desk.backend, &desk.dirk, only(desk).await, &closed).await), "refused");
        assert_eq!(text_of(desk, "SELECT state FROM inbound ORDER BY inbound_id DESC").await, "quarantine", "and it still waits");
    }

    async fn what_an_agent_puts_on_a_ticket_never_goes_out_in_their_name(desk) {
        let key = desk.ticket_in(Status::InProgress).await;
        backend::desk::ticket::add_participant(&desk.backend, &desk.anna, &key, id(&desk.bram)).await.unwrap();
        compose_due(&desk.backend).await.unwrap();
        desk.later(Millis::minutes(1));
        compose_due(&desk.backend).await.unwrap();
        send(desk, &mail("1@w", "Wim <wim@elsewhere.example>", "s", "Pay to this account").unverified()).await;
        let first = number_of(desk, "SELECT max(outbox_id) FROM outbox").await;
        // What Dirk has to do with it himself does not hide what the others are told.
        put_on_ticket(&desk.backend, &desk.fenna, only(desk).await, &key).await.unwrap();
        for (actor, kind) in [(&desk.bram, NoticeKind::ColleagueReplied), (&desk.dirk, NoticeKind::Replied)] {
            let rows = backend::desk::notice::list(&desk.backend, actor, "").await.unwrap().rows;
            assert_eq!((rows[0].kind, rows[0].by.as_str()), (kind, "wim@elsewhere.example"));
        }
        let log = desk.desk_view(&key).await.events.pop().unwrap();
        assert_eq!((log.actor_name.as_str(), log.actor_id, log.actor_is_staff), ("wim@elsewhere.example", None, false));
        let list = portal::requests(&desk.backend, &desk.anna, Locale::English, RequestQuery::default()).await.unwrap();
        assert_eq!(list.rows[0].last_actor, "", "Fenna did not write it");
        desk.later(Millis::minutes(1));
        assert_eq!(compose_due(&desk.backend).await.unwrap(), 3, "Anna, Bram, and Dirk whose ticket it is");
        for sent in outbox(desk).await.into_iter().skip(usize::try_from(first).unwrap()) {
            assert_eq!(sent.from_name, "", "{sent:?}");
            assert!(!sent.text.contains("Fenna") && !sent.html.contains("Fenna"), "{}", sent.text);
            assert!(sent.text.contains("wim@elsewhere.example wrote\n"), "{}", sent.text);
            assert!(sent.text.contains("in the name of wim@elsewhere.example, and nobody could establish"), "{}", sent.text);
            assert!(sent.html.contains("nobody could establish"), "{}", sent.html);
            assert!(sent.text.contains("Pay to this account"));
        }
    }

    async fn nobody_is_told_what_they_wrote_themselves(desk) {
        let key = desk.raise(&desk.anna, "Printer").await;
        desk.later(Millis::minutes(1));
        compose_due(&desk.backend).await.unwrap();
        // Twenty of hers came at once, so this one waits for an agent.
        send(desk, &mail("1@a", "anna@acme.example", "s", "It works")).await;
        sql(desk, "DELETE FROM notification").await;
        sql(desk, "UPDATE inbound SET state = 'quarantine', ticket_id = NULL, entry_id = NULL, identity = 'other'").await;
        put_on_ticket(&desk.backend, &desk.dirk, only(desk).await, &key).await.unwrap();
        let told = "SELECT u.email FROM notification n JOIN user_account u ON u.user_id = n.user_id";
        assert_eq!(number_of(desk, "SELECT count(*) FROM notification").await, 1);
        assert_eq!(text_of(desk, told).await, "fenna@loket.example", "neither Anna nor Dirk, who read it");
        desk.later(Millis::minutes(1));
        compose_due(&desk.backend).await.unwrap();
        let sent = outbox(desk).await.pop().unwrap();
        assert!(sent.text.contains("Anna Visser, Acme Zorg, wrote") && !sent.text.contains("establish"), "{}", sent.text);
    }

    async fn a_request_of_a_strangers_words_says_whose_they_are(desk) {
        send(desk, &mail("1@w", "wim@elsewhere.example", "Printer", "It smokes")).await;
        raise_for(&desk.backend, &desk.dirk, only(desk).await, id(&desk.bram)).await.unwrap();
        desk.later(Millis::minutes(1));
        compose_due(&desk.backend).await.unwrap();
        let sent = outbox(desk).await.into_iter().find(|sent| sent.kind == "received").unwrap();
        assert_eq!((sent.to.as_str(), sent.from_name.as_str()), ("bram@acme.example", ""));
        assert!(sent.text.contains("Dirk Hofman has made this request for you"), "{}", sent.text);
        assert!(sent.text.contains("in the name of wim@elsewhere.example"), "{}", sent.text);
    }

    async fn what_is_put_aside_can_be_taken_up_again(desk) {
        send(desk, &mail("1@w", "wim@elsewhere.example", "s", "b")).await;
        let inbound = only(desk).await;
        dismiss(&desk.backend, &desk.dirk, inbound).await.unwrap();
        assert_eq!(kind(dismiss(&desk.backend, &desk.dirk, inbound).await), "not found");
        assert_eq!(held(&desk.backend, &desk.dirk, MailState::Quarantine, None).await.unwrap().quarantined, 0);
        raise_for(&desk.backend, &desk.dirk, inbound, id(&desk.anna)).await.unwrap();
    }

    async fn the_message_as_it_arrived_is_for_staff(desk) {
        let sent = mail("1@x", "anna@acme.example", "s", "Één");
        let key = deliver(desk, &sent).await;
        let inbound = desk.desk_view(&key).await.mails[0].inbound_id;
        let raw = open_raw(&desk.backend, &desk.dirk, inbound).await.unwrap();
        assert_eq!(std::fs::read(raw.path).unwrap(), sent.raw().into_bytes());
        for actor in [&desk.anna, &desk.carla] {
            assert_eq!(kind(open_raw(&desk.backend, actor, inbound).await.map(|_| ())), "not found");
            assert_eq!(kind(read_held(&desk.backend, actor, inbound).await), "not found");
            assert_eq!(kind(held(&desk.backend, actor, MailState::Quarantine, None).await), "not found");
            assert_eq!(kind(dismiss(&desk.backend, actor, inbound).await), "not found");
            assert_eq!(kind(raise_for(&desk.backend, actor, inbound, id(&desk.anna)).await), "not found");
            assert_eq!(kind(put_on_ticket(&desk.backend, actor, inbound, &key).await), "not found");
            assert_eq!(kind(suggested(&desk.backend, actor).await), "not found");
            assert_eq!(kind(accept(&desk.backend, actor, 1, "x").await), "not found");
            assert_eq!(kind(decline(&desk.backend, actor, 1).await), "not found");
            assert_eq!(kind(domains(&desk.backend, actor, desk.acme).await), "not found");
            assert_eq!(kind(set_domains(&desk.backend, actor, desk.acme, "").await), "not found");
        }
    }

    async fn someone_of_a_known_domain_waits_for_an_account_manager(desk) {
        let eva = manager(desk);
        set_domains(&desk.backend, &eva, desk.acme, "Acme.example, zorg.example").await.unwrap();
        assert_eq!(domains(&desk.backend, &eva, desk.acme).await.unwrap().domains, ["acme.example", "zorg.example"]);
        let first = mail("1@z", "Fatima Aziz <fatima@zorg.example>", "Toegang", "Ik ben nieuw");
        assert_eq!(send(desk, &first).await.state, MailState::Suggested);
        let key = desk.ticket_in(Status::Waiting).await;
        let to = token(desk, &key, id(&desk.anna), 'a').await;
        assert_eq!(send(desk, &mail("2@z", "fatima@zorg.example", "s", "Namens Anna").to(&to)).await.state, MailState::Suggested);
        assert_eq!(desk.status(&key).await, Status::Waiting, "nothing happens before");
        let waiting = suggested(&desk.backend, &desk.dirk).await.unwrap();
        assert_eq!((waiting.len(), waiting[0].name.as_str(), waiting[0].mails.len()), (1, "Fatima Aziz", 2));
        let one = waiting[0].suggested_member_id;
        assert_eq!(kind(accept(&desk.backend, &desk.dirk, one, "Fatima Aziz").await), "forbidden", "an agent does not decide");
        let keys = accept(&desk.backend, &eva, one, "Fatima Aziz").await.unwrap();
        assert_eq!(keys.len(), 2);
        assert_eq!(keys[1], key, "the answer is on the ticket that she may see");
        assert_eq!(desk.desk_view(&keys[0]).await.requester.name, "Fatima Aziz");
        assert_eq!(desk.status(&key).await, Status::New);
        assert_eq!(number_of(desk, "SELECT count(*) FROM outbox WHERE kind = 'invitation' AND to_email = 'fatima@zorg.example'").await, 1);
        assert_eq!(kind(accept(&desk.backend, &eva, one, "Fatima Aziz").await), "not found");
        assert_eq!(send(desk, &mail("3@z", "fatima@zorg.example", "Nog iets", "x")).await.state, MailState::Delivered);
    }

    async fn someone_who_was_declined_is_in_quarantine(desk) {
        let eva = manager(desk);
        set_domains(&desk.backend, &eva, desk.acme, "zorg.example").await.unwrap();
        send(desk, &mail("1@z", "x@zorg.example", "s", "b")).await;
        let one = suggested(&desk.backend, &eva).await.unwrap()[0].suggested_member_id;
        decline(&desk.backend, &eva, one).await.unwrap();
        send(desk, &mail("2@z", "x@zorg.example", "s", "c")).await;
        assert_eq!(number_of(desk, "SELECT count(*) FROM inbound WHERE state = 'quarantine' AND reason = 'declined'").await, 2);
        assert!(suggested(&desk.backend, &eva).await.unwrap().is_empty());
    }

    async fn a_domain_belongs_to_one_organisation_and_not_to_everyone(desk) {
        let eva = manager(desk);
        set_domains(&desk.backend, &eva, desk.acme, "zorg.example").await.unwrap();
        let bore = number_of(desk, "SELECT organisation_id FROM organisation WHERE key = 'BORE'").await;
        for wrong in ["zorg.example", "gmail.com", "nonsense", "a b@c"] {
            assert_eq!(kind(set_domains(&desk.backend, &eva, bore, wrong).await), "invalid", "{wrong}");
        }
        assert_eq!(kind(set_domains(&desk.backend, &desk.dirk, bore, "x.example").await), "forbidden");
        set_domains(&desk.backend, &eva, desk.acme, "").await.unwrap();
        set_domains(&desk.backend, &eva, bore, "zorg.example").await.unwrap();
    }

    async fn what_is_beyond_the_limits_is_refused_and_kept_for_agents(desk) {
        let mut raw = mail("1@x", "anna@acme.example", "Huge", "").raw().into_bytes();
        raw.resize(30_000_001, b'x');
        let refused = receive(&desk.backend, &arrival(raw.clone())).await.unwrap();
        assert_eq!((refused.state, refused.again), (MailState::Refused, false));
        assert!(refused.refusal.unwrap().is_size());
        let again = receive(&desk.backend, &arrival(raw)).await.unwrap();
        assert!(again.again && again.refusal.is_some(), "and refused again");
        let page = held(&desk.backend, &desk.dirk, MailState::Refused, None).await.unwrap();
        assert_eq!((page.mails.len(), page.mails[0].subject.as_str(), page.mails[0].bytes), (1, "Huge", 30_000_001));
        assert_eq!(number_of(desk, "SELECT count(*) FROM outbox").await, 0, "LMTP says it itself");
        let mut fetched = arrival(mail("2@x", "bram@acme.example", "Huge", &"y".repeat(30_000_000)).raw().into_bytes());
        fetched.door = Door::Imap;
        receive(&desk.backend, &fetched).await.unwrap();
        assert_eq!(text_of(desk, "SELECT to_email FROM outbox WHERE kind = 'refused'").await, "bram@acme.example");
    }

    async fn a_mail_from_nobody_or_from_several_is_for_an_agent(desk) {
        for (number, from) in ["", "anna@acme.example, bram@acme.example", "undisclosed-recipients:;"].iter().enumerate() {
            let mail = mail(&format!("{number}@x"), from, "s", "b").unverified();
            assert_eq!(send(desk, &mail).await.state, MailState::Quarantine, "{from}");
        }
        assert_eq!(number_of(desk, "SELECT count(*) FROM ticket").await, 0);
    }
}
