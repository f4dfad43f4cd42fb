//! Raising a ticket.

use backend::Error;
use backend::desk::ticket::{self, Raise, RaiseFor};
use backend::desk::{file, portal};
use domain::form::{FILES_MAX, SUBJECT_MAX};
use domain::i18n::Locale;
use domain::problem::Problem;
use domain::sla::ClockKind;
use domain::ticket::{Change, Channel, Priority, Status};
use domain::time::Millis;

use crate::harness::{MONDAY_TEN, id, problem};

fn problems(error: Error) -> Vec<(String, Problem)> {
    match error {
        Error::Invalid(problems) => problems.into_iter().map(|p| (p.field, p.problem)).collect(),
        other => panic!("{other:?}"),
    }
}

both! {
    async fn a_raised_ticket_is_new_and_both_clocks_run(desk) {
        let key = desk.raise(&desk.anna, "  Medication labels\nprint twice ").await;
        assert_eq!(key, "ACME-1");
        let view = desk.view(&desk.anna, &key).await;
        assert_eq!(view.subject, "Medication labels print twice");
        assert_eq!(view.status, Status::New);
        assert_eq!(view.priority, Priority::High);
        assert_eq!(view.clocks.leading(), ClockKind::Review);
        assert_eq!(view.clocks.resolution.started_at, MONDAY_TEN);
        assert_eq!(view.messages.len(), 1);
        assert_eq!(view.messages[0].body, "It worked this morning.");
        assert_eq!(view.answers.len(), 1);
        assert_eq!((view.answers[0].label.as_str(), view.answers[0].value.as_str()), ("Who is affected?", "My team or ward"));
        let dutch = portal::request(&desk.backend, &desk.anna, Locale::Dutch, &key).await.unwrap();
        assert_eq!(dutch.answers[0].value, "Mijn team of afdeling");
        assert_eq!(dutch.form_title, "Probleem melden");
    }

    async fn the_promise_shown_before_sending_equals_the_deadline_after(desk) {
        let page = portal::raise_page(&desk.backend, &desk.anna, Locale::English, "problem").await.unwrap();
        let (_, review, resolution) = page.policy.targets[1];
        let key = desk.raise(&desk.anna, "A").await;
        let view = desk.view(&desk.anna, &key).await;
        for (target, timeline) in [(review, &view.clocks.review), (resolution, &view.clocks.resolution)] {
            let promised = domain::sla::promise(&page.policy.schedule, target, page.now);
            assert!(promised.is_some());
            assert_eq!(domain::sla::due(&view.policy.schedule, timeline, view.now), promised);
        }
    }

    async fn numbers_count_per_organisation(desk) {
        let mut keys = Vec::new();
        for actor in [&desk.anna, &desk.carla, &desk.bram] {
            keys.push(desk.raise(actor, "A").await);
        }
        assert_eq!(keys, ["ACME-1", "BORE-1", "ACME-2"]);
    }

    async fn the_same_page_sent_twice_makes_one_ticket(desk) {
        let sent = Raise { nonce: "n-1".into(), ..problem("Twice") };
        let first = ticket::raise(&desk.backend, &desk.anna, sent.clone()).await.unwrap();
        let second = ticket::raise(&desk.backend, &desk.anna, sent.clone()).await.unwrap();
        assert_eq!(first, second);
        let of_another = ticket::raise(&desk.backend, &desk.bram, sent).await.unwrap();
        assert_ne!(first, of_another, "a nonce is a person's own");
    }

    async fn pages_sent_at_the_same_time_make_one_ticket_each(desk) {
        let send = |nonce: &str| ticket::raise(&desk.backend, &desk.anna, Raise { nonce: nonce.into(), ..problem("A") });
        let (a, b, c) = tokio::join!(send("x"), send("x"), send("y"));
        let (a, b, c) = (a.unwrap(), b.unwrap(), c.unwrap());
        assert_eq!(a, b);
        assert_ne!(a, c);
    }

    async fn everything_that_is_wrong_is_said_at_once(desk) {
        let input = Raise {
            form: "access".into(),
            subject: "x".repeat(SUBJECT_MAX as usize + 1),
            description: " \r\n ".into(),
            priority: "urgent".into(),
            fields: vec![("field_action".into(), "explode".into()), ("field_from".into(), "2026-02-30".into())],
            ..Raise::default()
        };
        let wrong = problems(ticket::raise(&desk.backend, &desk.anna, input).await.unwrap_err());
        let expected = [
            ("subject", Problem::TooLong(SUBJECT_MAX)),
            ("description", Problem::Required),
            ("field_action", Problem::NotAChoice),
            ("field_person", Problem::Required),
            ("field_from", Problem::NotADate),
            ("priority", Problem::NotAChoice),
        ];
        assert_eq!(wrong, expected.map(|(field, problem)| (field.to_owned(), problem)));
    }

    async fn a_form_that_is_not_there_is_not_found(desk) {
        let input = Raise { form: "secret".into(), ..problem("A") };
        assert!(matches!(ticket::raise(&desk.backend, &desk.anna, input).await, Err(Error::NotFound)));
    }

    async fn staff_raise_for_a_customer_who_phones(desk) {
        let input = RaiseFor { requester_id: id(&desk.bram), raise: problem("By phone"), channel: Channel::Phone };
        let key = ticket::raise_for(&desk.backend, &desk.dirk, input.clone()).await.unwrap();
        let view = desk.view(&desk.bram, &key).await;
        assert!(view.requester_is_me);
        assert_eq!(view.messages[0].author, "Bram Kuipers");
        assert_eq!(view.events[0].actor_name, "Dirk Hofman");
        assert_eq!(view.events[0].channel, Channel::Phone);
        let refused = ticket::raise_for(&desk.backend, &desk.bram, input.clone()).await;
        assert!(matches!(refused, Err(Error::Forbidden)));
        let for_staff = RaiseFor { requester_id: id(&desk.fenna), ..input };
        let wrong = problems(ticket::raise_for(&desk.backend, &desk.dirk, for_staff).await.unwrap_err());
        assert_eq!(wrong, [("requester".to_owned(), Problem::NoSuchPerson)]);
    }

    async fn staged_files_go_along_with_the_request(desk) {
        let place = "raise/problem";
        let file = file::stage(&desk.backend, &desk.anna, place, "shot.png", "image/png", "png".into()).await.unwrap();
        let key = ticket::raise(&desk.backend, &desk.anna, Raise { place: place.into(), ..problem("A") }).await.unwrap();
        let view = desk.view(&desk.bram, &key).await;
        assert_eq!(view.messages[0].files, [file.clone()]);
        let page = portal::raise_page(&desk.backend, &desk.anna, Locale::English, "problem").await.unwrap();
        assert!(page.draft.files.is_empty(), "they are no longer waiting");
        let content = file::open(&desk.backend, &desk.bram, file.id).await.unwrap();
        assert_eq!(std::fs::read(content.path).unwrap(), b"png");
    }

    async fn no_more_files_than_said_are_taken(desk) {
        let stage = |name: String| async move {
            file::stage(&desk.backend, &desk.anna, "raise/problem", &name, "text/plain", "x".into()).await
        };
        for index in 0..FILES_MAX {
            stage(format!("{index}.txt")).await.unwrap();
        }
        let wrong = problems(stage("one-more.txt".into()).await.unwrap_err());
        assert_eq!(wrong, [("files".to_owned(), Problem::TooManyFiles(FILES_MAX))]);
        let empty = file::stage(&desk.backend, &desk.anna, "raise/question", "e", "text/plain", "".into()).await;
        assert_eq!(problems(empty.unwrap_err()), [("files".to_owned(), Problem::FileEmpty { name: "e".into() })]);
    }

    async fn the_confirmation_leaves_at_once_when_the_ticket_is_there(desk) {
        desk.raise(&desk.anna, "Roster is empty").await;
        assert_eq!(backend::mail::compose_due(&desk.backend).await.unwrap(), 1);
        let (to, subject, body): (String, String, String) =
            sqlx::query_as("SELECT to_email, subject, body FROM outbox").fetch_one(desk.backend.store().reader()).await.unwrap();
        assert_eq!(to, "anna@acme.example");
        assert_eq!(subject, "[ACME-1] Roster is empty");
        // 24 support hours from Monday 10:00: nine hours a day, so Wednesday 16:00.
        assert!(body.contains("Wednesday 22 April 16:00 (24 support hours)"), "{body}");
        assert!(body.contains("https://support.example/requests/ACME-1"));
    }

    async fn a_ticket_sent_at_night_starts_counting_at_the_next_opening(desk) {
        desk.at(MONDAY_TEN + Millis::hours(10));
        let key = desk.raise(&desk.anna, "At night").await;
        let view = desk.view(&desk.anna, &key).await;
        let due = domain::sla::due(&view.policy.schedule, &view.clocks.review, view.now);
        assert_eq!(due, Some(MONDAY_TEN + Millis::hours(24)), "Tuesday 9:00 and an hour");
        assert!(matches!(view.events[0].change, Change::Created { priority: Priority::High }));
    }
}
