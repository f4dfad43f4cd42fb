//! Two agents on one ticket: the second to change it is told what happened meanwhile.

use backend::Error;
use backend::desk::policy::{self, Assign};
use backend::desk::ticket::{self};
use backend::desk::{draft, file};
use domain::ticket::{Change, CloseReason, Priority, Status};
use domain::view::desk::ComposeKind;

use crate::harness::id;

fn meanwhile<T: std::fmt::Debug>(result: Result<T, Error>) -> Vec<Change> {
    match result {
        Err(Error::Conflict(events)) => events.into_iter().map(|event| event.change).collect(),
        other => panic!("{other:?}"),
    }
}

both! {
    async fn the_second_agent_is_told_what_the_first_did(desk) {
        let key = desk.ticket_in(Status::InProgress).await;
        let seen = desk.version(&key).await;
        let message_id = desk.compose(&desk.fenna, &key, ComposeKind::Resolve, "Done").await.unwrap();
        let told = desk.compose_on(&desk.dirk, &key, seen, ComposeKind::Answer, "Not yet").await;
        match &told {
            Err(Error::Conflict(events)) => assert_eq!(events[0].actor_name, "Fenna Roos"),
            other => panic!("{other:?}"),
        }
        assert_eq!(meanwhile(told), [Change::Resolved { message_id }]);
        assert_eq!(desk.desk_view(&key).await.thread.len(), 2, "nothing was written");
        // Having seen it, the agent may go on.
        desk.compose(&desk.dirk, &key, ComposeKind::Answer, "Not yet").await.unwrap();
    }

    async fn two_agents_accept_and_one_of_them_learns_it(desk) {
        let key = desk.ticket_in(Status::New).await;
        let seen = desk.version(&key).await;
        let accept = |actor| ticket::accept(&desk.backend, actor, &key, seen);
        let (dirk, fenna) = tokio::join!(accept(&desk.dirk), accept(&desk.fenna));
        assert_ne!(dirk.is_ok(), fenna.is_ok());
        let told = meanwhile(if dirk.is_ok() { fenna } else { dirk });
        assert_eq!(told, [Change::Accepted]);
    }

    async fn open_tickets_are_moved_while_others_write_and_nobody_waits_for_each_other(desk) {
        let done = desk.ticket_in(Status::Closed).await;
        let admins = desk.another_process().await;
        let (mut given, mut raised) = (0, 0);
        for round in 0..30 {
            let line = policy::list(&admins, &desk.admin).await.unwrap();
            let standard = line.policies.iter().find(|line| line.name == "Standard").unwrap();
            let give = Assign { organisation: "ACME".into(), policy_id: standard.id, apply_to_open: true };
            // What is written on a closed ticket raises another one, which needs the row of the organisation; so does
            // giving that another policy.
            let (assigned, replied, again) = tokio::join!(
                policy::assign(&admins, &desk.admin, give),
                desk.reply(&desk.anna, &done, "And this?"),
                desk.reply(&desk.anna, &done, "And that?"),
            );
            assigned.unwrap_or_else(|error| panic!("round {round}: {error:?}"));
            replied.and(again).unwrap_or_else(|error| panic!("round {round}: {error:?}"));
            (given, raised) = (given + 1, raised + 2);
        }
        admins.close().await;
        assert_eq!((given, raised), (30, 60));
    }

    async fn a_customers_reply_matters_to_decisions_only(desk) {
        let key = desk.ticket_in(Status::InProgress).await;
        let seen = desk.version(&key).await;
        desk.reply(&desk.anna, &key, "By the way").await.unwrap();
        for kind in [ComposeKind::Resolve, ComposeKind::Return] {
            assert_eq!(meanwhile(desk.compose_on(&desk.dirk, &key, seen, kind, "Text").await).len(), 1);
        }
        let low = ticket::change_priority(&desk.backend, &desk.dirk, &key, seen, Priority::Low, "x").await;
        assert_eq!(meanwhile(low).len(), 1);
        let spam = ticket::close(&desk.backend, &desk.dirk, &key, seen, CloseReason::Spam, None).await;
        assert_eq!(meanwhile(spam).len(), 1);
        desk.compose_on(&desk.dirk, &key, seen, ComposeKind::Note, "A note").await.unwrap();
        ticket::assign(&desk.backend, &desk.dirk, &key, seen, Some(id(&desk.fenna))).await.unwrap();

        let key = desk.ticket_in(Status::New).await;
        let seen = desk.version(&key).await;
        desk.reply(&desk.anna, &key, "By the way").await.unwrap();
        ticket::accept(&desk.backend, &desk.dirk, &key, seen).await.unwrap();
    }

    async fn a_note_never_conflicts_and_is_never_a_conflict(desk) {
        let key = desk.ticket_in(Status::InProgress).await;
        let seen = desk.version(&key).await;
        desk.compose(&desk.fenna, &key, ComposeKind::Note, "I called them").await.unwrap();
        desk.compose_on(&desk.dirk, &key, seen, ComposeKind::Resolve, "Done").await.unwrap();
        desk.compose_on(&desk.fenna, &key, seen, ComposeKind::Note, "Too late?").await.unwrap();
    }

    async fn a_conflict_keeps_what_was_typed_and_attached(desk) {
        let key = desk.ticket_in(Status::InProgress).await;
        let (seen, place) = (desk.version(&key).await, ["desk/", &key].concat());
        let file = file::stage(&desk.backend, &desk.dirk, &place, "log.txt", "text/plain", "x".into()).await.unwrap();
        let typed = vec![("text".to_owned(), "A long answer".to_owned())];
        draft::save(&desk.backend, &desk.dirk, &place, typed.clone(), Vec::new()).await.unwrap();
        desk.compose(&desk.fenna, &key, ComposeKind::Return, "Which ward?").await.unwrap();
        meanwhile(desk.compose_on(&desk.dirk, &key, seen, ComposeKind::Answer, "A long answer").await);
        let kept = desk.desk_view(&key).await.draft;
        assert_eq!((kept.values, kept.files), (typed, vec![file]));
        desk.compose(&desk.dirk, &key, ComposeKind::Answer, "A long answer").await.unwrap();
        let sent = desk.desk_view(&key).await;
        assert_eq!((sent.draft.values.len(), sent.draft.files.len()), (0, 0));
    }

    async fn customers_who_write_at_once_are_all_heard(desk) {
        let key = desk.ticket_in(Status::Waiting).await;
        let (a, b) = tokio::join!(desk.reply(&desk.anna, &key, "One"), desk.reply(&desk.bram, &key, "Two"));
        assert_ne!(a.unwrap().message_id, b.unwrap().message_id);
        assert_eq!(desk.view(&desk.anna, &key).await.messages.len(), 4);
    }
}
