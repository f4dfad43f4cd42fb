//! Nothing that was typed is lost, and no one else sees it.

use backend::Error;
use backend::desk::{draft, file, portal, ticket};
use domain::i18n::Locale;
use domain::problem::{FieldProblem, Problem};
use domain::ticket::Status;
use domain::time::Millis;
use domain::view::DraftView;

use crate::harness::{MONDAY_TEN, problem};

fn typed(text: &str) -> Vec<(String, String)> {
    vec![("subject".to_owned(), text.to_owned()), ("description".to_owned(), String::new())]
}

both! {
    async fn a_draft_survives_a_refused_submit_with_its_files_and_says_what_was_wrong(desk) {
        let place = "raise/problem";
        let file = file::stage(&desk.backend, &desk.anna, place, "a.png", "image/png", "x".into()).await.unwrap();
        let input = ticket::Raise { description: String::new(), place: place.into(), ..problem("Labels") };
        let Err(Error::Invalid(problems)) = ticket::raise(&desk.backend, &desk.anna, input).await else {
            panic!("it has no description")
        };
        draft::save(&desk.backend, &desk.anna, place, typed("Labels"), problems.clone()).await.unwrap();
        let page = portal::raise_page(&desk.backend, &desk.anna, Locale::English, "problem").await.unwrap();
        assert_eq!(page.draft.value("subject"), "Labels");
        assert_eq!(page.draft.files, [file]);
        assert_eq!(page.draft.problems, [FieldProblem::new("description", Problem::Required)]);
        assert_eq!(page.draft.saved_at, Some(MONDAY_TEN));
        // Typing on makes the old problems history.
        draft::save(&desk.backend, &desk.anna, place, typed("Labels!"), Vec::new()).await.unwrap();
        let saved = draft::load(&desk.backend, &desk.anna, place).await.unwrap();
        assert!(saved.problems.is_empty());
    }

    async fn sending_uses_the_draft_up(desk) {
        let key = desk.ticket_in(Status::InProgress).await;
        let place = ["reply/", &key].concat();
        draft::save(&desk.backend, &desk.anna, &place, typed("x"), Vec::new()).await.unwrap();
        let input = ticket::Reply {
            key: key.clone(),
            text: "x".into(),
            place: place.clone(),
            channel: domain::ticket::Channel::Web,
        };
        ticket::reply(&desk.backend, &desk.anna, input).await.unwrap();
        assert_eq!(desk.view(&desk.anna, &key).await.draft, DraftView::default());
    }

    async fn a_draft_is_its_writers_only(desk) {
        draft::save(&desk.backend, &desk.anna, "raise/problem", typed("Mine"), Vec::new()).await.unwrap();
        let others = draft::load(&desk.backend, &desk.bram, "raise/problem").await.unwrap();
        assert_eq!(others, DraftView::default());
        let file = file::stage(&desk.backend, &desk.anna, "raise/problem", "a", "", "x".into()).await.unwrap();
        for actor in [&desk.bram, &desk.carla, &desk.dirk, &desk.admin] {
            assert!(matches!(file::open(&desk.backend, actor, file.id).await, Err(Error::NotFound)));
            assert!(matches!(file::unstage(&desk.backend, actor, file.id).await, Err(Error::NotFound)));
        }
        file::open(&desk.backend, &desk.anna, file.id).await.unwrap();
    }

    async fn an_emptied_draft_is_no_draft(desk) {
        draft::save(&desk.backend, &desk.anna, "raise/problem", typed("x"), Vec::new()).await.unwrap();
        draft::save(&desk.backend, &desk.anna, "raise/problem", typed(" "), Vec::new()).await.unwrap();
        assert_eq!(draft::load(&desk.backend, &desk.anna, "raise/problem").await.unwrap(), DraftView::default());
    }

    async fn a_file_taken_back_is_gone_from_the_disk(desk) {
        let file = file::stage(&desk.backend, &desk.anna, "raise/problem", "a", "", "x".into()).await.unwrap();
        let path = file::open(&desk.backend, &desk.anna, file.id).await.unwrap().path;
        assert!(path.exists());
        file::unstage(&desk.backend, &desk.anna, file.id).await.unwrap();
        assert!(!path.exists());
        assert!(matches!(file::open(&desk.backend, &desk.anna, file.id).await, Err(Error::NotFound)));
    }

    async fn abandoned_files_are_swept_and_sent_ones_stay(desk) {
        let stage = |place| file::stage(&desk.backend, &desk.anna, place, "a", "", "x".into());
        let sent = stage("raise/problem").await.unwrap();
        let place = "raise/problem".into();
        ticket::raise(&desk.backend, &desk.anna, ticket::Raise { place, ..problem("A") }).await.unwrap();
        let abandoned = stage("raise/problem").await.unwrap();
        desk.later(draft::KEPT_FOR);
        assert_eq!(file::sweep(&desk.backend).await.unwrap(), 0);
        desk.later(Millis(1));
        assert_eq!(file::sweep(&desk.backend).await.unwrap(), 1);
        assert!(matches!(file::open(&desk.backend, &desk.anna, abandoned.id).await, Err(Error::NotFound)));
        assert!(file::open(&desk.backend, &desk.anna, sent.id).await.unwrap().path.exists());
    }

    async fn a_place_is_a_plain_name(desk) {
        for place in ["", "../x", "raise/ problem", &"x".repeat(101)] {
            let saved = draft::save(&desk.backend, &desk.anna, place, typed("x"), Vec::new()).await;
            assert!(matches!(saved, Err(Error::NotFound)), "{place}");
        }
    }
}
