//! Nothing of another organisation's ticket opens it: no address, no reference, no key.

use super::*;
use crate::harness::own_tickets_only;

both! {
    async fn what_leads_to_a_ticket_leads_nobody_else_there(desk) {
        let key = desk.ticket_in(Status::Waiting).await;
        let to = token(desk, &key, id(&desk.anna), 'a').await;
        sent(desk, &key, id(&desk.anna), "anna@acme.example", "ours.1@support.example").await;
        let before = desk.desk_view(&key).await;
        let (events, messages) = (before.events.len(), before.thread.len());
        for (number, mail) in [
            mail("1@bore", "carla@borealis.example", "s", "A token").to(&to),
            mail("2@bore", "carla@borealis.example", "s", "A reference").with("In-Reply-To: <ours.1@support.example>"),
            mail("3@bore", "carla@borealis.example", "s", "References").with("References: <ours.1@support.example>"),
            mail("4@bore", "carla@borealis.example", &format!("Re: [{key}] s"), "A key"),
            mail("5@bore", "carla@borealis.example", &format!("[{key}]"), "All").to(&to).with("In-Reply-To: <ours.1@support.example>"),
        ].iter().enumerate() {
            let own = deliver(desk, mail).await;
            assert!(own.starts_with("BORE-"), "{number}: {own}");
            let view = desk.desk_view(&own).await;
            assert_eq!((view.status, view.thread.len(), view.linked.len()), (Status::New, 1, 0), "{number}");
        }
        for mail in [
            mail("1@wim", "wim@elsewhere.example", "s", "A token").to(&to),
            mail("2@wim", "wim@elsewhere.example", "s", "A reference").with("In-Reply-To: <ours.1@support.example>"),
            mail("3@wim", "wim@elsewhere.example", &format!("Re: [{key}] s"), "A key"),
        ] {
            assert_eq!(send(desk, &mail).await.state, MailState::Quarantine);
        }
        let after = desk.desk_view(&key).await;
        assert_eq!((after.events.len(), after.thread.len(), after.status), (events, messages, Status::Waiting));
        let to_strangers = "SELECT count(*) FROM outbox WHERE ticket_id IS NOT NULL AND to_email NOT LIKE '%@acme.example' AND to_email NOT LIKE '%@loket.example'";
        assert_eq!(number_of(desk, to_strangers).await, 0);
    }

    async fn an_automatic_mail_of_another_organisation_does_not_get_there_either(desk) {
        let key = desk.ticket_in(Status::InProgress).await;
        let to = token(desk, &key, id(&desk.anna), 'a').await;
        let before = desk.desk_view(&key).await.thread.len();
        let away = mail("1@bore", "carla@borealis.example", "s", "I am away").to(&to).with("Auto-Submitted: auto-replied");
        assert_eq!(send(desk, &away).await.state, MailState::Kept);
        assert_eq!(desk.desk_view(&key).await.thread.len(), before);
    }

    async fn a_confidential_ticket_and_own_tickets_only_hold_for_mail(desk) {
        use backend::desk::ticket;
        let key = desk.raise(&desk.anna, "About a colleague").await;
        ticket::set_confidential(&desk.backend, &desk.anna, &key, true).await.unwrap();
        let to = token(desk, &key, id(&desk.anna), 'a').await;
        let other = deliver(desk, &mail("1@x", "bram@acme.example", &format!("[{key}]"), "Let me in").to(&to)).await;
        assert_ne!(other, key);
        sql(desk, &format!("UPDATE organisation SET own_tickets_only = 1 WHERE organisation_id = {}", desk.acme)).await;
        let of_els = desk.raise(&own_tickets_only(&desk.els), "Of Els").await;
        let to = token(desk, &of_els, id(&desk.els), 'b').await;
        let other = deliver(desk, &mail("2@x", "bram@acme.example", "s", "Me too").to(&to)).await;
        assert_ne!(other, of_els);
        assert_eq!(deliver(desk, &mail("3@x", "anna@acme.example", "s", "A manager").to(&to)).await, of_els);
    }

    async fn a_message_id_that_somebody_else_has_used_leads_to_ones_own_ticket(desk) {
        let theirs = deliver(desk, &mail("same@x", "anna@acme.example", "Theirs", "a")).await;
        let ours = deliver(desk, &mail("same@x", "carla@borealis.example", "Ours", "b")).await;
        assert!(theirs.starts_with("ACME-") && ours.starts_with("BORE-"));
        let answer = mail("1@x", "carla@borealis.example", "s", "c").with("In-Reply-To: <same@x>");
        assert_eq!(deliver(desk, &answer).await, ours);
        let answer = mail("2@x", "anna@acme.example", "s", "d").with("In-Reply-To: <same@x>");
        assert_eq!(deliver(desk, &answer).await, theirs);
    }

    async fn whoever_left_is_nobody(desk) {
        let key = desk.ticket_in(Status::InProgress).await;
        let to = token(desk, &key, id(&desk.bram), 'a').await;
        sql(desk, "UPDATE user_account SET deactivated_at = 1 WHERE email = 'bram@acme.example'").await;
        let held = send(desk, &mail("1@x", "bram@acme.example", &format!("[{key}]"), "Still here").to(&to)).await;
        assert_eq!(held.state, MailState::Quarantine);
        assert_eq!(text_of(desk, "SELECT reason FROM inbound").await, "deactivated");
    }
}
