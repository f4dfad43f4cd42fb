//! Search in key, subject, answers and text.

use backend::desk::account::{SignIn, read_link, request_reset, session, sign_in};
use backend::desk::notice::{Ending, read_unsubscribe, resubscribe, unsubscribe};
use backend::desk::{portal, queue};
use domain::actor::Actor;
use domain::i18n::Locale;
use domain::ticket::Status;
use domain::view::desk::{ComposeKind, DeskQuery};
use domain::view::portal::RequestQuery;

use crate::harness::TestDesk;

async fn found(desk: &TestDesk, actor: &Actor, q: &str) -> Vec<String> {
    let query = RequestQuery { q: q.into(), show: "all".into(), sort: "newest".into(), ..RequestQuery::default() };
    let page = portal::requests(&desk.backend, actor, Locale::English, query).await.unwrap();
    page.rows.into_iter().map(|row| row.key).collect()
}

async fn found_by_staff(desk: &TestDesk, q: &str) -> Vec<String> {
    let query = DeskQuery { q: q.into(), queue: "all".into(), ..DeskQuery::default() };
    let page = queue::page(&desk.backend, &desk.dirk, Locale::English, query).await.unwrap();
    page.rows.into_iter().map(|row| row.key).collect()
}

both! {
    async fn words_are_found_in_subject_text_and_answers(desk) {
        let labels = desk.raise(&desk.anna, "Medication labels print twice").await;
        let other = desk.raise(&desk.anna, "Roster is empty").await;
        desk.compose(&desk.dirk, &labels, ComposeKind::Answer, "The Zebra driver was renewed").await.unwrap();
        let only = vec![labels.clone()];
        for q in ["labels", "LABELS", "medic", "print labels", "zebra", "zebra labels", "  labels,  ", "driver's labels"] {
            let expected = if q.contains('\'') { Vec::new() } else { only.clone() };
            assert_eq!(found(desk, &desk.anna, q).await, expected, "{q}");
            assert_eq!(found_by_staff(desk, q).await, expected, "{q}");
        }
        assert_eq!(found(desk, &desk.anna, "team").await, [other.clone(), labels.clone()], "an answer of the form");
        assert_eq!(found(desk, &desk.anna, "afdeling").await, [other, labels], "in either language");
        assert!(found(desk, &desk.anna, "labels roster").await.is_empty(), "all words have to be in one ticket");
    }

    async fn a_key_or_a_number_is_found(desk) {
        let one = desk.raise(&desk.anna, "One").await;
        let two = desk.raise(&desk.anna, "Two").await;
        let foreign = desk.raise(&desk.carla, "Foreign").await;
        for q in [two.as_str(), "acme-2", " ACME-2 ", "2"] {
            assert_eq!(found(desk, &desk.anna, q).await, [two.clone()], "{q}");
        }
        assert_eq!(found(desk, &desk.anna, "1").await, [one]);
        assert!(found(desk, &desk.anna, &foreign).await.is_empty());
        assert_eq!(found_by_staff(desk, &foreign).await, [foreign]);
    }

    async fn a_search_finds_closed_ones_too_unless_only_open_ones_are_chosen(desk) {
        let closed = desk.ticket_in(Status::Closed).await;
        let open = desk.ticket_in(Status::InProgress).await;
        let keys = |q: String, show: &'static str, status: &'static str| async move {
            let query = RequestQuery { q, show: show.into(), status: status.into(), sort: "newest".into(), ..RequestQuery::default() };
            let page = portal::requests(&desk.backend, &desk.anna, Locale::English, query).await.unwrap();
            page.rows.into_iter().map(|row| row.key).collect::<Vec<_>>()
        };
        assert_eq!(keys(" ".into(), "", "").await, [open.clone()], "without a search, what is open");
        assert_eq!(keys(closed.clone(), "", "").await, [closed.clone()], "its key");
        assert_eq!(keys(closed.to_lowercase(), "all", "").await, [closed.clone()]);
        assert_eq!(keys("ward".into(), "", "").await, [open.clone(), closed.clone()], "a word of its subject");
        assert_eq!(keys("ward".into(), "open", "").await, [open.clone()], "chosen");
        assert_eq!(keys(closed.clone(), "open", "").await, [closed.clone()], "a key is found whatever its state");
        assert_eq!(keys("ward".into(), "open", "closed").await, [closed], "a status is what it is");
        assert_eq!(keys("ward".into(), "", "in_progress").await, [open]);
    }

    async fn accents_and_case_make_no_difference(desk) {
        let key = desk.raise(&desk.anna, "Café Zoë: patiënt niet gevonden").await;
        for q in ["cafe", "CAFÉ", "zoe", "patient", "patiënt", "Patie\u{308}nt"] {
            assert_eq!(found(desk, &desk.anna, q).await, [key.clone()], "{q}");
        }
    }

    async fn nothing_a_person_types_breaks_the_search(desk) {
        let key = desk.raise(&desk.anna, "Labels and OR near NOT").await;
        for q in [
            "\"", "'", "labels\"", "labels'", "labels*", "labels)", "(labels", "labels OR", "NOT", "AND", "near(labels)",
            "labels:*", "labels & !", "words:labels", "{words} : labels", "labels \\", "labels^2", "-labels", "+labels",
            "%", "_", "; DROP TABLE ticket; --", "\u{0}labels", "labels\u{0}", "😀", "a b c d e f g h i j k l m n",
        ] {
            found(desk, &desk.anna, q).await;
            found_by_staff(desk, q).await;
        }
        found(desk, &desk.anna, &"labels ".repeat(2_000)).await;
        found(desk, &desk.anna, &"x".repeat(100_000)).await;
        assert_eq!(found(desk, &desk.anna, "not").await, [key.clone()], "a word, not an operator");
        assert_eq!(found(desk, &desk.anna, "labels").await, [key]);
    }

    async fn nonsense_in_a_url_is_taken_as_not_said(desk) {
        let key = desk.raise(&desk.anna, "Labels").await;
        let nul = || "a\u{0}b".to_owned();
        let query = RequestQuery { form: nul(), status: nul(), sort: nul(), after: nul(), whose: nul(), ..RequestQuery::default() };
        let page = portal::requests(&desk.backend, &desk.anna, Locale::English, query).await.unwrap();
        assert_eq!(page.rows[0].key, key);
        let query = DeskQuery { organisation: nul(), form: nul(), assignee: nul(), q: nul(), before: nul(), ..DeskQuery::default() };
        queue::page(&desk.backend, &desk.dirk, Locale::English, query).await.unwrap();
        queue::raise_page(&desk.backend, &desk.dirk, Locale::English, &nul()).await.unwrap();
        let article = portal::article(&desk.backend, &desk.anna, Locale::English, &nul()).await;
        assert!(matches!(article, Err(backend::Error::NotFound)));
        let raise = backend::desk::ticket::Raise { nonce: nul(), subject: nul(), ..crate::harness::problem("") };
        backend::desk::ticket::raise(&desk.backend, &desk.anna, raise).await.unwrap();
        let typed = vec![(nul(), nul())];
        backend::desk::draft::save(&desk.backend, &desk.anna, "raise/problem", typed.clone(), Vec::new()).await.unwrap();
        let draft = backend::desk::draft::load(&desk.backend, &desk.anna, "raise/problem").await.unwrap();
        assert_eq!(draft.values, typed);
        backend::desk::file::stage(&desk.backend, &desk.anna, "raise/problem", &nul(), &nul(), "x".into()).await.unwrap();
    }

    async fn an_address_with_a_nul_is_nobodys(desk) {
        let nul = "a\u{0}b@acme.example";
        let input = SignIn { email: nul.into(), password: "x".into(), address: "192.0.2.1".into(), device: "Firefox".into() };
        assert!(matches!(sign_in(&desk.backend, input).await, Err(backend::Error::Invalid(_))));
        assert!(matches!(request_reset(&desk.backend, nul, "192.0.2.1").await, Err(backend::Error::Invalid(_))));
        assert!(read_link(&desk.backend, nul).await.unwrap().valid_for.is_none());
        assert!(session(&desk.backend, nul).await.unwrap().is_none());
        let ending = Ending::parse("\u{0}", "answered");
        assert!(read_unsubscribe(&desk.backend, &ending).await.unwrap().email.is_none());
        assert!(matches!(unsubscribe(&desk.backend, &ending).await, Err(backend::Error::NotFound)));
        assert!(matches!(resubscribe(&desk.backend, &ending).await, Err(backend::Error::NotFound)));
        assert!(matches!(backend::desk::feed::deadlines(&desk.backend, nul).await, Err(backend::Error::NotFound)));
    }

    async fn signs_alone_find_nothing(desk) {
        desk.raise(&desk.anna, "Labels").await;
        assert!(found(desk, &desk.anna, "…!").await.is_empty());
    }

    async fn notes_are_found_by_staff_only(desk) {
        let key = desk.ticket_in(Status::InProgress).await;
        desk.compose(&desk.dirk, &key, ComposeKind::Note, "The invoice is unpaid").await.unwrap();
        assert_eq!(found_by_staff(desk, "invoice unpaid").await, [key.clone()]);
        assert_eq!(found_by_staff(desk, "ward invoice").await, [key], "a word in the subject, a word in the note");
        assert!(found(desk, &desk.anna, "invoice").await.is_empty());
    }

    async fn other_organisations_are_not_searched(desk) {
        desk.raise(&desk.anna, "Medication").await;
        let theirs = desk.raise(&desk.carla, "Medication too").await;
        assert_eq!(found(desk, &desk.carla, "medication").await, [theirs]);
    }
}
