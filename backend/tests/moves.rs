//! The table of moves, as the use cases apply it: who may, where it leads, what it leaves behind.

use backend::Error;
use backend::desk::{portal, ticket};
use domain::i18n::Locale;
use domain::problem::Problem;
use domain::ticket::{Change, CloseReason, MoveRefused, Priority, Status};
use domain::time::Millis;
use domain::view::desk::ComposeKind;
use domain::view::portal::RequestQuery;

use crate::harness::{TestDesk, id};

const DAY: Millis = Millis::DAY;

fn refused<T: std::fmt::Debug>(result: Result<T, Error>) -> MoveRefused {
    match result {
        Err(Error::Refused(why)) => why,
        other => panic!("{other:?}"),
    }
}

/// What happened to a ticket, by the names of its changes.
async fn log(desk: &TestDesk, key: &str) -> Vec<String> {
    // A change without details is written as its name, one with details as an object with that one key.
    let name = |change: &Change| match serde_json::to_value(change).unwrap() {
        serde_json::Value::String(name) => name,
        serde_json::Value::Object(fields) => fields.keys().next().unwrap().clone(),
        other => panic!("{other}"),
    };
    desk.desk_view(key).await.events.iter().map(|event| name(&event.change)).collect()
}

both! {
    async fn accepting_makes_an_unassigned_ticket_ones_own(desk) {
        let key = desk.ticket_in(Status::New).await;
        ticket::accept(&desk.backend, &desk.dirk, &key, desk.version(&key).await).await.unwrap();
        let view = desk.desk_view(&key).await;
        assert_eq!(view.status, Status::InProgress);
        assert_eq!(view.assignee.unwrap().name, "Dirk Hofman");
        assert!(view.clocks.review.stopped_at.is_some());
    }

    async fn accepting_leaves_it_with_whom_it_was_given_to(desk) {
        let key = desk.ticket_in(Status::New).await;
        let fenna = Some(id(&desk.fenna));
        ticket::assign(&desk.backend, &desk.dirk, &key, desk.version(&key).await, fenna).await.unwrap();
        assert_eq!(desk.status(&key).await, Status::New, "being assigned is not being accepted");
        ticket::accept(&desk.backend, &desk.dirk, &key, desk.version(&key).await).await.unwrap();
        assert_eq!(desk.desk_view(&key).await.assignee.unwrap().name, "Fenna Roos");
    }

    async fn answering_a_new_ticket_accepts_it_too(desk) {
        let key = desk.ticket_in(Status::New).await;
        desk.compose(&desk.dirk, &key, ComposeKind::Answer, "Looking into it").await.unwrap();
        assert_eq!(desk.status(&key).await, Status::InProgress);
        assert_eq!(log(desk, &key).await, ["created", "accepted", "answered"]);
    }

    async fn a_question_pauses_and_the_answer_of_any_colleague_goes_on(desk) {
        let key = desk.ticket_in(Status::InProgress).await;
        desk.later(Millis::HOUR);
        let question = desk.compose(&desk.dirk, &key, ComposeKind::Return, "Which ward?").await.unwrap();
        let view = desk.view(&desk.anna, &key).await;
        assert_eq!((view.status, view.question), (Status::Waiting, Some(question)));
        desk.later(Millis::HOUR);
        desk.reply(&desk.bram, &key, "Ward 3").await.unwrap();
        let view = desk.view(&desk.anna, &key).await;
        assert_eq!((view.status, view.question), (Status::InProgress, None));
        assert_eq!(view.clocks.resolution.pauses.len(), 1);
        assert_eq!(view.clocks.resolution.pauses[0].to, Some(view.now));
    }

    async fn what_was_never_accepted_is_new_again_after_the_answer(desk) {
        let key = desk.ticket_in(Status::Waiting).await;
        desk.reply(&desk.anna, &key, "Ward 3").await.unwrap();
        assert_eq!(desk.status(&key).await, Status::New);
    }

    async fn an_agent_can_go_on_without_the_answer(desk) {
        let key = desk.ticket_in(Status::InProgress).await;
        desk.compose(&desk.dirk, &key, ComposeKind::Return, "Which ward?").await.unwrap();
        ticket::take_back(&desk.backend, &desk.fenna, &key, desk.version(&key).await).await.unwrap();
        assert_eq!(desk.status(&key).await, Status::InProgress);
        assert_eq!(desk.desk_view(&key).await.question, None);
    }

    async fn the_requester_confirms_and_it_is_final(desk) {
        let key = desk.ticket_in(Status::Resolved).await;
        ticket::confirm(&desk.backend, &desk.anna, &key).await.unwrap();
        let view = desk.view(&desk.anna, &key).await;
        assert_eq!((view.status, view.close_reason), (Status::Closed, Some(CloseReason::Solved)));
        assert_eq!(refused(ticket::confirm(&desk.backend, &desk.anna, &key).await), MoveRefused::Closed);
        assert_eq!(refused(ticket::withdraw(&desk.backend, &desk.anna, &key).await), MoveRefused::Closed);
        let version = desk.version(&key).await;
        assert_eq!(refused(ticket::reopen(&desk.backend, &desk.dirk, &key, version).await), MoveRefused::Closed);
    }

    async fn only_whom_it_concerns_confirms(desk) {
        let key = desk.raise(&desk.bram, "A").await;
        desk.compose(&desk.dirk, &key, ComposeKind::Resolve, "Done").await.unwrap();
        assert!(!desk.view(&desk.els, &key).await.can.confirm);
        assert!(matches!(ticket::confirm(&desk.backend, &desk.els, &key).await, Err(Error::Forbidden)));
        assert!(desk.view(&desk.anna, &key).await.can.confirm, "a manager may");
        ticket::add_participant(&desk.backend, &desk.bram, &key, id(&desk.els)).await.unwrap();
        ticket::confirm(&desk.backend, &desk.els, &key).await.unwrap();
    }

    async fn a_customer_can_say_that_it_is_solved_before_support_does(desk) {
        let key = desk.ticket_in(Status::InProgress).await;
        ticket::confirm(&desk.backend, &desk.anna, &key).await.unwrap();
        assert_eq!(desk.view(&desk.anna, &key).await.close_reason, Some(CloseReason::Solved));
    }

    async fn a_reply_reopens_what_was_resolved_and_the_time_between_does_not_count(desk) {
        let key = desk.ticket_in(Status::InProgress).await;
        desk.later(Millis::HOUR);
        desk.compose(&desk.dirk, &key, ComposeKind::Resolve, "Done").await.unwrap();
        desk.later(Millis::hours(2));
        assert!(desk.reply(&desk.anna, &key, "It is back").await.unwrap().reopened);
        assert!(!desk.reply(&desk.anna, &key, "It is back").await.unwrap().reopened, "a button pressed twice");
        let view = desk.view(&desk.anna, &key).await;
        assert_eq!(view.status, Status::InProgress);
        let reading = domain::sla::read(&view.policy.schedule, &view.clocks.resolution, view.now);
        assert_eq!(reading.consumed, Millis::HOUR);
        assert_eq!(view.messages.last().unwrap().body, "It is back");
    }

    async fn after_fourteen_days_it_closes_by_itself_and_only_then(desk) {
        let key = desk.ticket_in(Status::Resolved).await;
        desk.later(Millis(14 * DAY.0));
        assert_eq!(ticket::close_expired(&desk.backend).await.unwrap(), 0);
        desk.later(Millis(1));
        assert_eq!(ticket::close_expired(&desk.backend).await.unwrap(), 1);
        assert_eq!(ticket::close_expired(&desk.backend).await.unwrap(), 0, "once");
        let view = desk.view(&desk.anna, &key).await;
        assert_eq!((view.status, view.close_reason), (Status::Closed, Some(CloseReason::Expired)));
        assert_eq!(view.events.last().unwrap().actor_id, None);
    }

    async fn after_fourteen_days_it_cannot_be_reopened(desk) {
        let key = desk.ticket_in(Status::Resolved).await;
        desk.later(Millis(14 * DAY.0 + 1));
        assert_ne!(desk.reply(&desk.anna, &key, "Again").await.unwrap().key, key, "it goes on as another");
        let version = desk.version(&key).await;
        assert_eq!(refused(ticket::reopen(&desk.backend, &desk.dirk, &key, version).await), MoveRefused::TooLate);
    }

    async fn an_agent_reopens(desk) {
        let key = desk.ticket_in(Status::Resolved).await;
        ticket::reopen(&desk.backend, &desk.dirk, &key, desk.version(&key).await).await.unwrap();
        assert_eq!(desk.status(&key).await, Status::InProgress);
    }

    async fn a_reply_on_a_closed_ticket_opens_a_new_one_with_the_same_people(desk) {
        let old = desk.raise(&desk.bram, "Labels").await;
        ticket::add_participant(&desk.backend, &desk.bram, &old, id(&desk.els)).await.unwrap();
        ticket::set_confidential(&desk.backend, &desk.bram, &old, true).await.unwrap();
        ticket::withdraw(&desk.backend, &desk.bram, &old).await.unwrap();
        let replied = desk.reply(&desk.els, &old, "It is back").await.unwrap();
        assert_eq!(replied.key, "ACME-2");
        let new = desk.view(&desk.els, &replied.key).await;
        assert_eq!((new.subject.as_str(), new.status, new.priority), ("Labels", Status::New, Priority::High));
        assert!(new.requester_is_me && new.confidential);
        assert_eq!(new.participants.iter().map(|p| p.name.as_str()).collect::<Vec<_>>(), ["Bram Kuipers"]);
        assert_eq!(new.linked, [old.clone()]);
        let old = desk.view(&desk.bram, &old).await;
        assert_eq!((old.status, old.linked.as_slice()), (Status::Closed, [replied.key.clone()].as_slice()));
        assert_eq!(old.messages.len(), 1, "the old one is left as it is");
    }

    async fn a_reply_that_is_sent_twice_opens_one_new_ticket(desk) {
        let old = desk.raise(&desk.bram, "Labels").await;
        ticket::withdraw(&desk.backend, &desk.bram, &old).await.unwrap();
        let first = desk.reply(&desk.bram, &old, "It is back").await.unwrap();
        let again = desk.reply(&desk.bram, &old, "It is back").await.unwrap();
        assert_eq!((again.key.as_str(), again.message_id), (first.key.as_str(), first.message_id));
        assert_eq!(desk.view(&desk.bram, &first.key).await.messages.len(), 1);
        let other = desk.reply(&desk.bram, &old, "And something else").await.unwrap();
        assert_ne!(other.key, first.key, "other words are another matter");
        desk.later(Millis::HOUR);
        let later = desk.reply(&desk.bram, &old, "And something else").await.unwrap();
        assert_ne!(later.key, other.key, "the same words an hour later are said again");
    }

    async fn a_reply_long_after_the_resolution_opens_a_new_one_too(desk) {
        let old = desk.ticket_in(Status::Resolved).await;
        desk.later(Millis(14 * DAY.0 + 1));
        let replied = desk.reply(&desk.anna, &old, "It is back").await.unwrap();
        assert_ne!(replied.key, old);
        assert_eq!(desk.status(&replied.key).await, Status::New);
        assert_eq!(ticket::close_expired(&desk.backend).await.unwrap(), 1);
    }

    async fn withdrawing_is_for_open_tickets(desk) {
        for status in [Status::New, Status::InProgress, Status::Waiting] {
            let key = desk.ticket_in(status).await;
            ticket::withdraw(&desk.backend, &desk.bram, &key).await.unwrap();
            assert_eq!(desk.view(&desk.anna, &key).await.close_reason, Some(CloseReason::Withdrawn));
        }
        let key = desk.ticket_in(Status::Resolved).await;
        let withdrawn = ticket::withdraw(&desk.backend, &desk.anna, &key).await;
        assert_eq!(refused(withdrawn), MoveRefused::NotFrom(Status::Resolved));
    }

    async fn a_duplicate_links_to_the_other_of_the_same_organisation(desk) {
        let (one, two) = (desk.raise(&desk.anna, "One").await, desk.raise(&desk.anna, "Two").await);
        let foreign = desk.raise(&desk.carla, "Foreign").await;
        let close = |of: &str| {
            let (key, of) = (two.clone(), of.to_owned());
            async move {
                let version = desk.version(&key).await;
                ticket::close(&desk.backend, &desk.dirk, &key, version, CloseReason::Duplicate, Some(of)).await
            }
        };
        for wrong in ["", "nonsense", "ACME-99", foreign.as_str(), two.as_str()] {
            assert!(matches!(close(wrong).await, Err(Error::Invalid(_))), "{wrong}");
        }
        close("acme-1").await.unwrap();
        assert_eq!(desk.view(&desk.anna, &two).await.linked, [one.clone()]);
        assert_eq!(desk.view(&desk.anna, &one).await.linked, [two.clone()]);
        assert_eq!(desk.status(&two).await, Status::Closed);
    }

    async fn two_tickets_are_not_duplicates_of_each_other(desk) {
        let (one, two) = (desk.raise(&desk.anna, "One").await, desk.raise(&desk.anna, "Two").await);
        let spam = desk.raise(&desk.anna, "Three").await;
        let close = |key: &str, reason, of: &str| {
            let (key, of) = (key.to_owned(), Some(of.to_owned()));
            async move {
                let version = desk.version(&key).await;
                ticket::close(&desk.backend, &desk.dirk, &key, version, reason, of).await
            }
        };
        close(&spam, CloseReason::Spam, "").await.unwrap();
        close(&one, CloseReason::Duplicate, &two).await.unwrap();
        for nowhere in [&one, &spam] {
            let Err(Error::Invalid(problems)) = close(&two, CloseReason::Duplicate, nowhere).await else {
                panic!("closed as a duplicate of {nowhere}")
            };
            assert_eq!(problems[0].problem, Problem::LeadsNowhere);
        }
        assert_eq!(desk.status(&two).await, Status::New);
    }

    async fn agents_do_not_close_in_the_customers_name(desk) {
        let key = desk.ticket_in(Status::New).await;
        for reason in [CloseReason::Solved, CloseReason::Withdrawn, CloseReason::Expired] {
            let version = desk.version(&key).await;
            let closed = ticket::close(&desk.backend, &desk.dirk, &key, version, reason, None).await;
            assert!(matches!(closed, Err(Error::Forbidden)), "{reason:?}");
        }
        let version = desk.version(&key).await;
        ticket::close(&desk.backend, &desk.dirk, &key, version, CloseReason::Spam, None).await.unwrap();
    }

    async fn another_priority_needs_a_reason_and_keeps_both_deadlines(desk) {
        let key = desk.ticket_in(Status::InProgress).await;
        desk.later(Millis::HOUR);
        let change = |to, reason: &'static str| {
            let key = key.clone();
            async move {
                let version = desk.version(&key).await;
                ticket::change_priority(&desk.backend, &desk.dirk, &key, version, to, reason).await
            }
        };
        assert!(matches!(change(Priority::Low, " ").await, Err(Error::Invalid(_))));
        assert!(matches!(change(Priority::High, "Same").await, Err(Error::Invalid(_))));
        let before = desk.view(&desk.anna, &key).await;
        let before = domain::sla::due(&before.policy.schedule, &before.clocks.resolution, before.now);
        change(Priority::Low, "It can wait").await.unwrap();
        let view = desk.view(&desk.anna, &key).await;
        let due = domain::sla::due(&view.policy.schedule, &view.clocks.resolution, view.now);
        match &view.events.last().unwrap().change {
            Change::PriorityChanged { from, to, reason, old_due_at, new_due_at } => {
                assert_eq!((*from, *to, reason.as_str()), (Priority::High, Priority::Low, "It can wait"));
                assert_eq!((*old_due_at, *new_due_at), (before, due));
                assert!(new_due_at > old_due_at);
            }
            other => panic!("{other:?}"),
        }
        let key = desk.ticket_in(Status::Resolved).await;
        let version = desk.version(&key).await;
        let changed = ticket::change_priority(&desk.backend, &desk.dirk, &key, version, Priority::Low, "x").await;
        assert_eq!(refused(changed), MoveRefused::NotFrom(Status::Resolved));
    }

    async fn every_other_move_is_refused(desk) {
        use ComposeKind::{Answer, Resolve, Return};
        for (status, kind) in [
            (Status::Waiting, Return),
            (Status::Resolved, Return),
            (Status::Closed, Return),
            (Status::Resolved, Resolve),
            (Status::Closed, Resolve),
            (Status::Closed, Answer),
        ] {
            let key = desk.ticket_in(status).await;
            refused(desk.compose(&desk.fenna, &key, kind, "Something else").await);
            assert_eq!(desk.status(&key).await, status, "{status:?} {kind:?}");
        }
        for status in [Status::InProgress, Status::Resolved, Status::Closed] {
            let key = desk.ticket_in(status).await;
            refused(ticket::accept(&desk.backend, &desk.fenna, &key, desk.version(&key).await).await);
        }
        for status in [Status::New, Status::InProgress, Status::Resolved, Status::Closed] {
            let key = desk.ticket_in(status).await;
            refused(ticket::take_back(&desk.backend, &desk.fenna, &key, desk.version(&key).await).await);
        }
        for status in [Status::New, Status::InProgress, Status::Waiting, Status::Closed] {
            let key = desk.ticket_in(status).await;
            refused(ticket::reopen(&desk.backend, &desk.fenna, &key, desk.version(&key).await).await);
        }
        let key = desk.ticket_in(Status::Closed).await;
        let version = desk.version(&key).await;
        refused(ticket::assign(&desk.backend, &desk.fenna, &key, version, Some(id(&desk.fenna))).await);
        refused(ticket::close(&desk.backend, &desk.fenna, &key, version, CloseReason::Spam, None).await);
    }

    async fn what_a_page_offers_is_what_is_possible(desk) {
        for status in Status::ALL {
            let key = desk.ticket_in(status).await;
            let (desk_can, can) = (desk.desk_view(&key).await.can, desk.view(&desk.anna, &key).await.can);
            let offered = [
                desk_can.accept, desk_can.return_with_question, desk_can.take_back, desk_can.resolve, desk_can.reopen,
                desk_can.close, can.confirm, can.withdraw,
            ];
            let expected = match status {
                Status::New => [true, true, false, true, false, true, true, true],
                Status::InProgress => [false, true, false, true, false, true, true, true],
                Status::Waiting => [true, false, true, true, false, true, true, true],
                Status::Resolved => [false, false, false, false, true, false, true, false],
                Status::Closed => [false; 8],
            };
            assert_eq!(offered, expected, "{status:?}");
        }
    }

    async fn a_button_pressed_twice_says_one_thing(desk) {
        let key = desk.ticket_in(Status::InProgress).await;
        let version = desk.version(&key).await;
        let first = desk.compose_on(&desk.dirk, &key, version, ComposeKind::Resolve, "Done").await.unwrap();
        let second = desk.compose_on(&desk.dirk, &key, version, ComposeKind::Resolve, "Done").await.unwrap();
        assert_eq!(first, second);
        let first = desk.reply(&desk.anna, &key, "No").await.unwrap();
        let second = desk.reply(&desk.anna, &key, "No").await.unwrap();
        assert_eq!((&first.key, first.message_id), (&second.key, second.message_id));
        desk.later(Millis::minutes(2));
        assert_ne!(desk.reply(&desk.anna, &key, "No").await.unwrap().message_id, second.message_id);
    }

    async fn the_same_words_said_in_another_way_are_said(desk) {
        let key = desk.ticket_in(Status::InProgress).await;
        let mut said = Vec::new();
        for kind in [ComposeKind::Note, ComposeKind::Answer, ComposeKind::Resolve] {
            said.push(desk.compose(&desk.dirk, &key, kind, "Done").await.unwrap());
        }
        said.dedup();
        assert_eq!(said.len(), 3);
        assert_eq!(desk.view(&desk.anna, &key).await.status, Status::Resolved);
    }

    async fn an_empty_text_is_refused_and_nothing_happens(desk) {
        let key = desk.ticket_in(Status::InProgress).await;
        let before = log(desk, &key).await;
        for kind in ComposeKind::ALL {
            assert!(matches!(desk.compose(&desk.dirk, &key, kind, " \n ").await, Err(Error::Invalid(_))));
        }
        assert!(matches!(desk.reply(&desk.anna, &key, "").await, Err(Error::Invalid(_))));
        assert_eq!(log(desk, &key).await, before);
    }

    async fn reading_marks_as_read_and_others_news_is_unread(desk) {
        let key = desk.raise(&desk.anna, "A").await;
        let unread = |actor| async move {
            let page = portal::requests(&desk.backend, actor, Locale::English, RequestQuery::default()).await.unwrap();
            page.rows[0].unread
        };
        assert!(!unread(&desk.anna).await, "what one did oneself is no news");
        assert!(unread(&desk.bram).await);
        desk.view(&desk.bram, &key).await;
        assert!(!unread(&desk.bram).await);
        desk.compose(&desk.dirk, &key, ComposeKind::Note, "Internal").await.unwrap();
        assert!(!unread(&desk.bram).await, "a note is no news to customers");
        desk.compose(&desk.dirk, &key, ComposeKind::Answer, "Public").await.unwrap();
        assert!(unread(&desk.bram).await && unread(&desk.anna).await);
    }
}
