//! Which ticket a mail is for, and what it does to it.

use super::*;

both! {
    async fn a_customers_mail_becomes_a_ticket(desk) {
        let key = deliver(desk, &mail("1@acme.example", "Anna Visser <Anna@Acme.example>", "Re: De printer doet niets", "Sinds vanmorgen.")).await;
        let view = desk.desk_view(&key).await;
        assert_eq!((view.subject.as_str(), view.channel, view.priority), ("De printer doet niets", Channel::Mail, Priority::Medium));
        assert_eq!((view.status, view.requester.id), (Status::New, id(&desk.anna)));
        assert_eq!(thread(desk, &key).await, [(false, "Sinds vanmorgen.".to_owned())]);
        let told = number_of(desk, "SELECT count(*) FROM notification WHERE kind = 'received'").await;
        assert_eq!(told, 1, "the confirmation");
        assert_eq!(view.mails.len(), 1, "staff find the message as it arrived");
    }

    async fn an_answer_to_an_address_ends_the_pause(desk) {
        let key = desk.ticket_in(Status::Waiting).await;
        let to = token(desk, &key, id(&desk.anna), 'a').await;
        assert_eq!(deliver(desk, &mail("1@acme.example", "anna@acme.example", "anything", "Since ten.").to(&to)).await, key);
        assert_eq!(desk.status(&key).await, Status::New, "it was never accepted");
        let view = desk.view(&desk.anna, &key).await;
        let last = view.messages.last().unwrap();
        assert_eq!((last.body.as_str(), last.channel, last.unverified), ("Since ten.", Channel::Mail, false));
        assert_eq!(last.author_id, Some(id(&desk.anna)));
    }

    async fn the_address_counts_wherever_it_stands(desk) {
        let key = desk.ticket_in(Status::InProgress).await;
        let to = token(desk, &key, id(&desk.anna), 'a').await;
        for (number, mail) in [
            mail("1@x", "anna@acme.example", "s", "b").with(&format!("Cc: someone@else.example, <{to}>")),
            mail("2@x", "anna@acme.example", "s", "b").with(&format!("Delivered-To: {to}")),
            mail("3@x", "anna@acme.example", "s", "b").with(&format!("X-Original-To: {}", to.to_uppercase())),
        ].iter().enumerate() {
            assert_eq!(deliver(desk, mail).await, key, "{number}");
        }
        let mut envelope = mail("4@x", "anna@acme.example", "s", "b").arrival();
        envelope.envelope_to = vec![to];
        assert_eq!(receive(&desk.backend, &envelope).await.unwrap().key.as_ref(), Some(&key));
    }

    async fn an_answer_is_found_by_what_it_answers(desk) {
        let key = desk.ticket_in(Status::InProgress).await;
        sent(desk, &key, id(&desk.anna), "anna@acme.example", "ours.1@support.example").await;
        let answer = mail("1@x", "anna@acme.example", "Something else", "One").with("In-Reply-To: <ours.1@support.example>");
        assert_eq!(deliver(desk, &answer).await, key);
        let answer = mail("2@x", "anna@acme.example", "Something else", "Two")
            .with("References: <nobody@knows.example>\r\n <ours.1@support.example>\r\n <1@elsewhere.example>");
        assert_eq!(deliver(desk, &answer).await, key);
        // And by what came in before: a customer answers their own mail.
        let own = mail("3@x", "anna@acme.example", "Something else", "Three").with("In-Reply-To: <1@x>");
        assert_eq!(deliver(desk, &own).await, key);
        let foreign = mail("4@x", "anna@acme.example", "Something else", "Four").with("In-Reply-To: <foreign@elsewhere.example>");
        assert_ne!(deliver(desk, &foreign).await, key);
    }

    async fn a_key_in_the_subject_counts_for_those_who_may_write_there(desk) {
        let key = desk.ticket_in(Status::InProgress).await;
        assert_eq!(deliver(desk, &mail("1@x", "bram@acme.example", &format!("Re: [{key}] x"), "A colleague")).await, key);
        let none = deliver(desk, &mail("2@x", "anna@acme.example", "Re: [ACME-999] x", "y")).await;
        assert_ne!(none, key);
        assert_eq!(desk.desk_view(&none).await.subject, "x");
    }

    async fn an_answer_reopens_what_was_resolved(desk) {
        let key = desk.ticket_in(Status::Resolved).await;
        let to = token(desk, &key, id(&desk.anna), 'a').await;
        assert_eq!(deliver(desk, &mail("1@x", "anna@acme.example", "s", "Not yet").to(&to)).await, key);
        assert_eq!(desk.status(&key).await, Status::InProgress);
    }

    async fn answers_to_a_closed_ticket_go_to_one_new_one(desk) {
        let key = desk.ticket_in(Status::Closed).await;
        let to = token(desk, &key, id(&desk.anna), 'a').await;
        let first = deliver(desk, &mail("1@x", "anna@acme.example", "s", "Again").to(&to)).await;
        assert_ne!(first, key);
        let view = desk.desk_view(&first).await;
        assert_eq!((view.linked.as_slice(), view.channel), (&[key.clone()][..], Channel::Mail));
        let second = deliver(desk, &mail("2@x", "anna@acme.example", "s", "And again").to(&to)).await;
        assert_eq!(second, first, "two answers to the same old mail belong together");
        assert_eq!(desk.status(&key).await, Status::Closed);
    }

    async fn colleagues_whom_it_went_to_take_part(desk) {
        let copied = mail("1@x", "anna@acme.example", "s", "b")
            .with("Cc: bram@acme.example, Carla <carla@borealis.example>, nobody@acme.example, dirk@loket.example");
        let key = deliver(desk, &copied).await;
        let names = |key: String| async move {
            desk.desk_view(&key).await.participants.into_iter().map(|person| person.name).collect::<Vec<_>>()
        };
        assert_eq!(names(key).await, ["Bram Kuipers"]);
        let mut forged = copied.unverified();
        forged.id = "2@x".into();
        let key = deliver(desk, &forged).await;
        assert!(names(key).await.is_empty(), "whoever is not vouched for lets nobody in");
    }

    async fn what_nobody_vouches_for_is_shown_so(desk) {
        let key = desk.ticket_in(Status::Waiting).await;
        let to = token(desk, &key, id(&desk.anna), 'a').await;
        let forged = mail("1@x", "anna@acme.example", "s", "Is it me?").to(&to).unverified();
        assert_eq!(deliver(desk, &forged).await, key);
        assert_eq!(desk.status(&key).await, Status::New, "it may end a pause");
        assert!(desk.view(&desk.anna, &key).await.messages.last().unwrap().unverified);
        let failed = mail("2@x", "anna@acme.example", "s", "Is it?").to(&to).unverified()
            .with("Authentication-Results: mx.support.example; spf=pass smtp.mailfrom=evil.example; dmarc=fail header.from=acme.example");
        deliver(desk, &failed).await;
        let elsewhere = mail("3@x", "anna@acme.example", "s", "Is it then?").to(&to).unverified()
            .with("Authentication-Results: mx.evil.example; dmarc=pass header.from=acme.example");
        deliver(desk, &elsewhere).await;
        assert_eq!(number_of(desk, "SELECT count(*) FROM message WHERE unverified = 1").await, 3);
        let aligned = mail("4@x", "anna@acme.example", "s", "It is").to(&to).unverified()
            .with("Authentication-Results: mx.support.example; dkim=pass header.d=acme.example");
        deliver(desk, &aligned).await;
        assert!(!desk.view(&desk.anna, &key).await.messages.last().unwrap().unverified);
    }

    async fn files_come_along_whole_and_only_for_those_who_may_see_them(desk) {
        use backend::desk::file;
        let body = "--b\r\nContent-Type: text/plain\r\n\r\nSee the file.\r\n--b\r\nContent-Type: application/pdf; name=\"scan.pdf\"\r\n\
                    Content-Disposition: attachment; filename=\"scan.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\nAAECAwQF\r\n--b--\r\n";
        let key = deliver(desk, &mail("1@x", "anna@acme.example", "s", body).with("Content-Type: multipart/mixed; boundary=b")).await;
        let view = desk.view(&desk.anna, &key).await;
        let message = &view.messages[0];
        assert_eq!((message.body.as_str(), message.files.len()), ("See the file.", 1));
        let sent = &message.files[0];
        assert_eq!((sent.name.as_str(), sent.media_type.as_str(), sent.bytes), ("scan.pdf", "application/pdf", 6));
        let content = file::open(&desk.backend, &desk.bram, sent.id).await.unwrap();
        assert_eq!(std::fs::read(content.path).unwrap(), [0, 1, 2, 3, 4, 5]);
        assert_eq!(kind(file::open(&desk.backend, &desk.carla, sent.id).await.map(|_| ())), "not found");
    }

    async fn what_does_not_fit_is_named_and_stays_in_the_message(desk) {
        let mut body = "--b\r\nContent-Type: text/plain\r\n\r\nMany.\r\n".to_owned();
        for number in 1..=11 {
            body.push_str(&format!("--b\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename=\"{number}.csv\"\r\n\r\n{number}\r\n"));
        }
        body.push_str("--b--\r\n");
        let key = deliver(desk, &mail("1@x", "anna@acme.example", "s", &body).with("Content-Type: multipart/mixed; boundary=b")).await;
        let view = desk.view(&desk.anna, &key).await;
        assert_eq!(view.messages[0].files.len(), 10);
        assert!(view.messages[0].body.contains("Not taken along: 11.csv"), "{}", view.messages[0].body);
    }

    async fn a_text_that_is_too_long_goes_along_as_a_file(desk) {
        let text = "Één regel die lang genoeg is om iets te zeggen.\r\n".repeat(1_000);
        let key = deliver(desk, &mail("1@x", "anna@acme.example", "s", &text).with("Content-Transfer-Encoding: 8bit")).await;
        let view = desk.view(&desk.anna, &key).await;
        let message = &view.messages[0];
        assert!(message.body.chars().count() <= 20_000 && message.body.contains("message.txt"));
        assert_eq!(message.files[0].name, "message.txt");
        assert_eq!(message.files[0].bytes, i64::try_from(text.trim_end().replace("\r\n", "\n").len()).unwrap());
    }

    async fn a_mail_without_text_or_subject_is_a_ticket_all_the_same(desk) {
        let key = deliver(desk, &mail("1@x", "anna@acme.example", "", "")).await;
        let view = desk.desk_view(&key).await;
        assert_eq!(view.subject, "(no subject)");
        assert_eq!(thread(desk, &key).await, [(false, "(This mail has no text.)".to_owned())]);
    }

    async fn what_an_agent_mails_is_a_note_and_only_when_it_is_theirs(desk) {
        let key = desk.ticket_in(Status::InProgress).await;
        let note = mail("1@x", "dirk@loket.example", &format!("Re: [{key}]"), "Called them");
        assert_eq!(deliver(desk, &note).await, key);
        assert_eq!(thread(desk, &key).await.last(), Some(&(true, "Called them".to_owned())));
        let mut forged = note.clone().unverified();
        forged.id = "2@x".into();
        let held = send(desk, &forged).await;
        assert_eq!((held.state, held.key), (MailState::Quarantine, None));
        assert_eq!(send(desk, &mail("3@x", "dirk@loket.example", "Fwd: x", "y")).await.state, MailState::Quarantine);
    }
}
