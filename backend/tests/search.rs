//! Search in key, subject, answers and text, and on the desk by who raised it.

use backend::desk::account::{SignIn, deactivate, read_link, request_reset, session, sign_in};
use backend::desk::notice::{Ending, read_unsubscribe, resubscribe, unsubscribe};
use backend::desk::ticket::{Raise, raise, withdraw};
use backend::desk::{portal, queue};
use domain::actor::Actor;
use domain::i18n::Locale;
use domain::ticket::Status;
use domain::view::desk::{ComposeKind, DeskPage, DeskQuery};
use domain::view::portal::RequestQuery;

use crate::harness::{TestDesk, id, problem};

async fn found(desk: &TestDesk, actor: &Actor, q: &str) -> Vec<String> {
    let query = RequestQuery { q: q.into(), show: "all".into(), sort: "newest".into(), ..RequestQuery::default() };
    let page = portal::requests(&desk.backend, actor, Locale::English, query).await.unwrap();
    page.rows.into_iter().map(|row| row.key).collect()
}

async fn found_by_staff(desk: &TestDesk, q: &str) -> Vec<String> {
    listed(desk, DeskQuery { q: q.into(), queue: "all".into(), ..DeskQuery::default() }).await
}

async fn page(desk: &TestDesk, query: DeskQuery) -> DeskPage {
    queue::page(&desk.backend, &desk.dirk, Locale::English, query).await.unwrap()
}

/// The keys of a page that holds all there is.
async fn listed(desk: &TestDesk, query: DeskQuery) -> Vec<String> {
    let page = page(desk, query).await;
    assert_eq!(page.total, page.rows.len() as i64);
    page.rows.into_iter().map(|row| row.key).collect()
}

async fn rename(desk: &TestDesk, actor: &Actor, name: &str) {
    let mut tx = desk.backend.store().begin().await.unwrap();
    let update = sqlx::query("UPDATE user_account SET name = $1 WHERE user_id = $2").bind(name).bind(id(actor));
    update.execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
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

    async fn on_the_desk_a_ticket_is_found_by_who_raised_it(desk) {
        rename(desk, &desk.bram, "Bram Künzli-de Wit").await;
        let of_bram = desk.raise(&desk.bram, "Labels print twice").await;
        desk.raise(&desk.anna, "Roster is empty").await;
        for q in [
            "Bram Künzli-de Wit", "bram", "KUNZ", "künzli", "Ku\u{308}nzli", "wit bram", "Künzli, Bram", "bram@acme.example",
            "BRAM@acme", "<bram@acme.example>", "ram@", "kunzli bram@acme",
        ] {
            assert_eq!(found_by_staff(desk, q).await, [of_bram.as_str()], "{q}");
        }
        for q in ["nzli", "bram visser", "bram roster", "bram@borealis.example", "zebra", "els", "example"] {
            assert!(found_by_staff(desk, q).await.is_empty(), "{q}");
        }
        assert_eq!(found_by_staff(desk, "@acme.example").await.len(), 2, "an address of either");
    }

    async fn who_left_is_still_found_and_under_a_new_name(desk) {
        let key = desk.raise(&desk.bram, "Labels").await;
        rename(desk, &desk.bram, "Bram Oosterhuis").await;
        deactivate(&desk.backend, &desk.anna, id(&desk.bram)).await.unwrap();
        assert_eq!(found_by_staff(desk, "oosterhuis").await, [key]);
        assert!(found_by_staff(desk, "kuipers").await.is_empty());
    }

    async fn who_raised_it_is_looked_for_within_the_other_filters(desk) {
        let query = || DeskQuery { q: "visser".into(), ..DeskQuery::default() };
        let open = desk.ticket_in(Status::InProgress).await;
        let closed = desk.ticket_in(Status::Closed).await;
        let low = Raise { priority: "low".into(), ..problem("Labels") };
        let low = raise(&desk.backend, &desk.anna, low).await.unwrap();
        rename(desk, &desk.carla, "Carla Visser").await;
        let foreign = desk.raise(&desk.carla, "Labels").await;
        assert_eq!(listed(desk, DeskQuery { queue: "all".into(), ..query() }).await.len(), 4);
        assert!(!listed(desk, query()).await.contains(&closed));
        assert_eq!(listed(desk, DeskQuery { queue: "mine".into(), ..query() }).await, [open]);
        assert_eq!(listed(desk, DeskQuery { priority: "low".into(), ..query() }).await, [low]);
        assert_eq!(listed(desk, DeskQuery { organisation: "BORE".into(), ..query() }).await, [foreign]);
    }

    async fn pages_of_what_someone_raised_show_each_ticket_once(desk) {
        let mut raised = Vec::new();
        for index in 0..55 {
            raised.push(desk.raise(&desk.anna, &format!("Matter {index}")).await);
            desk.raise(&desk.bram, "Other").await;
        }
        let query = DeskQuery { q: "visser".into(), ..DeskQuery::default() };
        let first = page(desk, query.clone()).await;
        let second = page(desk, DeskQuery { after: first.next.clone().unwrap(), ..query }).await;
        assert_eq!((first.total, first.rows.len(), second.total, second.rows.len()), (55, 50, 55, 5));
        assert_eq!(first.deadlines.len(), 55);
        let mut seen: Vec<String> = first.rows.into_iter().chain(second.rows).map(|row| row.key).collect();
        seen.sort();
        raised.sort();
        assert_eq!(seen, raised);
    }

    async fn customers_do_not_search_by_who_raised_it(desk) {
        desk.raise(&desk.bram, "Labels").await;
        let named = desk.raise(&desk.anna, "Roster of Kuipers").await;
        for actor in [&desk.anna, &desk.bram] {
            assert_eq!(found(desk, actor, "kuipers").await, [named.as_str()], "in the subject");
            for q in ["bram", "bram@acme.example", "acme.example"] {
                assert!(found(desk, actor, q).await.is_empty(), "{q}");
            }
            assert!(found(desk, actor, "acme 1").await.is_empty(), "a key is written with its hyphen");
        }
    }

    async fn on_the_desk_a_key_is_found_in_any_queue(desk) {
        let closed = desk.ticket_in(Status::Closed).await;
        let waiting = desk.ticket_in(Status::Waiting).await;
        desk.raise(&desk.carla, "Foreign").await;
        for key in [&closed, &waiting] {
            for queue in ["", "new", "mine", "unassigned", "waiting", "resolved", "past_due", "at_risk", "all"] {
                for q in [key.clone(), key.to_lowercase(), key.to_lowercase().replace('-', " "), format!(" {key} ")] {
                    let query = DeskQuery { q: q.clone(), queue: queue.into(), ..DeskQuery::default() };
                    assert_eq!(listed(desk, query).await, [key.as_str()], "{q} in {queue}");
                }
            }
        }
        let asked = || DeskQuery { q: closed.clone(), ..DeskQuery::default() };
        assert!(listed(desk, DeskQuery { organisation: "BORE".into(), ..asked() }).await.is_empty(), "chosen");
        assert!(listed(desk, DeskQuery { assignee: id(&desk.dirk).to_string(), ..asked() }).await.is_empty(), "chosen");
        assert!(listed(desk, DeskQuery { q: "ACME-99".into(), ..DeskQuery::default() }).await.is_empty());
    }

    async fn what_only_looks_like_a_key_stays_in_its_queue(desk) {
        let closed = desk.raise(&desk.anna, "Labels on Windows 11").await;
        withdraw(&desk.backend, &desk.anna, &closed).await.unwrap();
        let open = desk.raise(&desk.anna, "Roster on Windows 11").await;
        let query = DeskQuery { q: "windows 11".into(), ..DeskQuery::default() };
        assert_eq!(listed(desk, query).await, [open.as_str()]);
        assert_eq!(found_by_staff(desk, "windows 11").await.len(), 2);
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
        let input = Raise { nonce: nul(), subject: nul(), ..problem("") };
        raise(&desk.backend, &desk.anna, input).await.unwrap();
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
        assert!(matches!(request_reset(&desk.backend, nul, Locale::English, "192.0.2.1").await, Err(backend::Error::Invalid(_))));
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
