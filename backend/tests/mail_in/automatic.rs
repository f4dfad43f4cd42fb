//! Mail that no person wrote, and too much of it.

use domain::ticket::Change;
use domain::time::Millis;

use super::*;

both! {
    async fn automatic_mail_is_kept_on_its_ticket_and_moves_nothing(desk) {
        for (number, (status, header)) in [
            (Status::Waiting, "Auto-Submitted: auto-replied"),
            (Status::Resolved, "Precedence: bulk"),
            (Status::New, "X-Autoreply: yes"),
            (Status::InProgress, "List-Id: <list.acme.example>"),
            (Status::Closed, "Auto-Submitted: auto-generated"),
        ].into_iter().enumerate() {
            let key = desk.ticket_in(status).await;
            let letter = char::from(b'a' + u8::try_from(number).unwrap());
            let to = token(desk, &key, id(&desk.anna), letter).await;
            let before = desk.desk_view(&key).await;
            let told = number_of(desk, "SELECT count(*) FROM notification").await;
            let out = number_of(desk, "SELECT count(*) FROM outbox").await;
            let away = mail(&format!("{number}@x"), "anna@acme.example", "Afwezig", "I am away").to(&to).with(header);
            let received = send(desk, &away).await;
            assert_eq!((received.state, received.key.as_ref()), (MailState::Delivered, Some(&key)), "{header}");
            let after = desk.desk_view(&key).await;
            assert_eq!((after.status, after.clocks.clone()), (before.status, before.clocks.clone()), "{header}");
            assert_eq!(thread(desk, &key).await.last(), Some(&(true, "I am away".to_owned())), "{header}");
            assert!(matches!(after.events.last().unwrap().change, Change::AutomaticMail { .. }));
            assert_eq!(number_of(desk, "SELECT count(*) FROM notification").await, told, "{header}");
            assert_eq!(number_of(desk, "SELECT count(*) FROM outbox").await, out, "{header}");
            let customer = serde_json::to_string(&desk.view(&desk.anna, &key).await).unwrap();
            assert!(!customer.contains("I am away") && !customer.contains("automatic_mail"), "{customer}");
        }
    }

    async fn automatic_mail_about_nothing_is_only_kept(desk) {
        let before = number_of(desk, "SELECT count(*) FROM ticket").await;
        for (number, header) in ["Auto-Submitted: auto-replied", "Precedence: list", "List-Id: <news.elsewhere.example>", "X-Loket: other; answered"].iter().enumerate() {
            let from = if number == 0 { "anna@acme.example" } else { "wim@elsewhere.example" };
            let mail = mail(&format!("{number}@x"), from, "News", "News").with(header);
            assert_eq!(send(desk, &mail).await.state, MailState::Kept, "{header}");
        }
        let mut bounce = mail("5@x", "wim@elsewhere.example", "s", "b").arrival();
        bounce.envelope_from = Some(String::new());
        assert_eq!(receive(&desk.backend, &bounce).await.unwrap().state, MailState::Kept);
        let named = mail("6@x", "support@support.example", "s", "b");
        assert_eq!(send(desk, &named).await.state, MailState::Kept, "whoever writes in our name");
        assert_eq!(number_of(desk, "SELECT count(*) FROM ticket").await, before);
        assert_eq!(number_of(desk, "SELECT count(*) FROM outbox").await, 0, "nobody is answered");
    }

    async fn our_own_mail_that_comes_back_is_known_by_its_id(desk) {
        let key = desk.ticket_in(Status::Resolved).await;
        sent(desk, &key, id(&desk.anna), "anna@acme.example", "ours.1@support.example").await;
        // A forwarding that took all our headers away, and the name of whoever forwards.
        let back = mail("ours.1@support.example", "anna@acme.example", &format!("[{key}] s"), "What we wrote");
        assert_eq!(deliver(desk, &back).await, key);
        assert_eq!(text_of(desk, "SELECT kind FROM inbound").await, "own");
        assert_eq!(desk.status(&key).await, Status::Resolved);
        let theirs = mail("theirs.1@support.example", "anna@acme.example", &format!("[{key}] s"), "Not solved");
        assert_eq!(deliver(desk, &theirs).await, key, "an id that only looks like ours is a person's");
        assert_eq!(desk.status(&key).await, Status::InProgress);
    }

    async fn a_flood_from_one_address_raises_no_more_than_twenty(desk) {
        for number in 0..25 {
            send(desk, &mail(&format!("{number}@x"), "anna@acme.example", &format!("Alarm {number}"), "Alarm")).await;
        }
        assert_eq!(number_of(desk, "SELECT count(*) FROM ticket").await, 20);
        assert_eq!(number_of(desk, "SELECT count(*) FROM inbound WHERE kind = 'flood' AND state = 'kept'").await, 5);
        let other = mail("other@x", "bram@acme.example", "Mine", "x");
        assert_eq!(send(desk, &other).await.state, MailState::Delivered, "others are not in its way");
        desk.later(Millis::minutes(11));
        let later = mail("later@x", "anna@acme.example", "Later", "x");
        assert_eq!(send(desk, &later).await.state, MailState::Delivered, "and it ends");
    }

    async fn forged_mails_and_automatic_ones_do_not_silence_a_person(desk) {
        for number in 0..25 {
            let forged = mail(&format!("{number}@forged"), "anna@acme.example", "Alarm", "Alarm").unverified();
            send(desk, &forged).await;
            let away = mail(&format!("{number}@away"), "anna@acme.example", "Away", "Back on Monday");
            send(desk, &away.with("Auto-Submitted: auto-replied")).await;
        }
        assert_eq!(number_of(desk, "SELECT count(*) FROM inbound WHERE kind = 'flood'").await, 5, "of the forged ones");
        deliver(desk, &mail("real@x", "anna@acme.example", "Mine", "x")).await;
        assert_eq!(text_of(desk, "SELECT kind FROM inbound ORDER BY inbound_id DESC").await, "person");
    }

    async fn a_bounce_marks_the_address_that_it_is_about(desk) {
        let key = desk.ticket_in(Status::InProgress).await;
        sent(desk, &key, id(&desk.anna), "anna@acme.example", "ours.1@support.example").await;
        let report = |id: &str, original: &str, status: &str, action: &str| {
            let body = format!(
                "--b\r\nContent-Type: text/plain\r\n\r\nYour mail did not arrive.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n\
                 Reporting-MTA: dns; mx.acme.example\r\n\r\nFinal-Recipient: rfc822; anna@acme.example\r\nAction: {action}\r\nStatus: {status}\r\n\
                 Diagnostic-Code: smtp; 550 5.1.1 No such user here\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{original}>\r\n\
                 Subject: x\r\n--b--\r\n"
            );
            mail(id, "MAILER-DAEMON@mx.acme.example", "Undelivered", &body)
                .with("Content-Type: multipart/report; report-type=delivery-status; boundary=b")
                .with("Auto-Submitted: auto-replied")
        };
        let bounced = "SELECT count(*) FROM user_account WHERE bounced_at IS NOT NULL";
        assert_eq!(send(desk, &report("1@mx", "guess@support.example", "5.1.1", "failed")).await.state, MailState::Kept);
        assert_eq!(number_of(desk, bounced).await, 0, "anyone can write a bounce");
        send(desk, &report("2@mx", "ours.1@support.example", "4.2.2", "delayed")).await;
        assert_eq!(number_of(desk, bounced).await, 0, "it is tried again");
        let received = send(desk, &report("3@mx", "ours.1@support.example", "5.1.1", "failed")).await;
        assert_eq!((received.state, received.key), (MailState::Delivered, Some(key.clone())));
        let view = desk.desk_view(&key).await;
        assert_eq!(view.bounced.len(), 1, "agents see it on the ticket");
        assert_eq!(view.bounced[0].person.id, id(&desk.anna));
        assert!(view.bounced[0].said.contains("No such user"), "{}", view.bounced[0].said);
        deliver(desk, &mail("4@x", "anna@acme.example", "I am here", "x")).await;
        assert_eq!(number_of(desk, bounced).await, 0, "whoever writes is there");
    }
}
