//! No one sees another organisation's data, nor what their own keeps from them. Foreign answers as absent does.

use backend::Error;
use backend::desk::ticket::{Compose, Raise, RaiseFor, Reply};
use backend::desk::{file, portal, queue, ticket};
use domain::actor::Actor;
use domain::i18n::Locale;
use domain::ticket::{Change, Channel, CloseReason, Priority, Status};
use domain::view::desk::{ComposeKind, DeskQuery};
use domain::view::portal::RequestQuery;

use crate::harness::{TestDesk, id, own_tickets_only, problem};

/// What a use case answers, without what it gives.
fn kind<T>(result: Result<T, Error>) -> &'static str {
    match result {
        Ok(_) => "ok",
        Err(Error::NotFound) => "not found",
        Err(Error::Forbidden) => "forbidden",
        Err(Error::Invalid(_)) => "invalid",
        Err(Error::Refused(_)) => "refused",
        Err(Error::Conflict(_)) => "conflict",
        Err(_) => "failed",
    }
}

/// Everything that takes a key, tried by one actor: name and answer.
async fn tried(desk: &TestDesk, actor: &Actor, key: &str) -> Vec<(&'static str, &'static str)> {
    let b = &desk.backend;
    let reply = Reply { key: key.into(), text: "x".into(), place: String::new(), channel: Channel::Web };
    let compose = |kind| Compose { key: key.into(), version: i64::MAX, kind, text: "x".into(), place: String::new() };
    let version = i64::MAX;
    vec![
        ("portal::request", kind(portal::request(b, actor, Locale::English, key).await)),
        ("queue::ticket", kind(queue::ticket(b, actor, Locale::English, key).await)),
        ("reply", kind(ticket::reply(b, actor, reply).await)),
        ("confirm", kind(ticket::confirm(b, actor, key).await)),
        ("withdraw", kind(ticket::withdraw(b, actor, key).await)),
        ("set_confidential", kind(ticket::set_confidential(b, actor, key, true).await)),
        ("add_participant", kind(ticket::add_participant(b, actor, key, 1).await)),
        ("remove_participant", kind(ticket::remove_participant(b, actor, key, 1).await)),
        ("accept", kind(ticket::accept(b, actor, key, version).await)),
        ("assign", kind(ticket::assign(b, actor, key, version, None).await)),
        ("answer", kind(ticket::compose(b, actor, compose(ComposeKind::Answer)).await)),
        ("note", kind(ticket::compose(b, actor, compose(ComposeKind::Note)).await)),
        ("return", kind(ticket::compose(b, actor, compose(ComposeKind::Return)).await)),
        ("resolve", kind(ticket::compose(b, actor, compose(ComposeKind::Resolve)).await)),
        ("take_back", kind(ticket::take_back(b, actor, key, version).await)),
        ("change_priority", kind(ticket::change_priority(b, actor, key, version, Priority::Low, "x").await)),
        ("close", kind(ticket::close(b, actor, key, version, CloseReason::Spam, None).await)),
        ("reopen", kind(ticket::reopen(b, actor, key, version).await)),
        ("verify", kind(ticket::verify(b, actor, key).await)),
    ]
}

both! {
    async fn a_foreign_ticket_answers_exactly_as_one_that_does_not_exist(desk) {
        let key = desk.raise(&desk.anna, "Ours").await;
        let before = desk.desk_view(&key).await.events;
        for absent in ["ACME-99", "NONE-1", "nonsense", "", "ACME-0", "ACME-99999999999999999999"] {
            assert_eq!(tried(desk, &desk.carla, &key).await, tried(desk, &desk.carla, absent).await, "{absent}");
        }
        let answers = tried(desk, &desk.carla, &key).await;
        assert!(answers.iter().all(|(_, answer)| matches!(*answer, "not found" | "forbidden")), "{answers:?}");
        assert_eq!(desk.desk_view(&key).await.events, before, "nothing was changed by trying");
    }

    async fn customers_never_do_what_staff_do(desk) {
        let key = desk.raise(&desk.anna, "Ours").await;
        let staff_only = ["accept", "assign", "answer", "note", "return", "resolve", "take_back", "change_priority",
            "close", "reopen", "verify"];
        for actor in [&desk.anna, &desk.bram, &desk.carla] {
            for (name, answer) in tried(desk, actor, &key).await {
                if staff_only.contains(&name) {
                    assert_eq!(answer, "forbidden", "{name}");
                }
            }
        }
        let page = queue::page(&desk.backend, &desk.anna, Locale::English, DeskQuery::default()).await;
        assert_eq!(kind(page), "not found");
        assert_eq!(kind(queue::raise_page(&desk.backend, &desk.anna, Locale::English, "ACME").await), "not found");
        let raise_for = RaiseFor { requester_id: id(&desk.anna), raise: problem("x"), channel: Channel::Phone };
        assert_eq!(kind(ticket::raise_for(&desk.backend, &desk.anna, raise_for).await), "forbidden");
    }

    async fn the_portal_is_for_customers(desk) {
        let key = desk.raise(&desk.anna, "Ours").await;
        let (b, dirk) = (&desk.backend, &desk.dirk);
        assert_eq!(kind(portal::home(b, dirk, Locale::English).await), "not found");
        assert_eq!(kind(portal::requests(b, dirk, Locale::English, RequestQuery::default()).await), "not found");
        assert_eq!(kind(portal::request(b, dirk, Locale::English, &key).await), "not found");
        assert_eq!(kind(portal::raise_page(b, dirk, Locale::English, "problem").await), "not found");
        assert_eq!(kind(ticket::raise(b, dirk, problem("x")).await), "forbidden");
        assert_eq!(kind(ticket::withdraw(b, dirk, &key).await), "forbidden");
    }

    async fn files_are_as_visible_as_their_message(desk) {
        let key = desk.ticket_in(Status::InProgress).await;
        let place = ["desk/", &key].concat();
        let stage = |name: &'static str| {
            let place = place.clone();
            async move { file::stage(&desk.backend, &desk.dirk, &place, name, "", "x".into()).await.unwrap() }
        };
        let public = stage("public").await;
        desk.compose(&desk.dirk, &key, ComposeKind::Answer, "See the file").await.unwrap();
        let internal = stage("internal").await;
        desk.compose(&desk.dirk, &key, ComposeKind::Note, "See the other file").await.unwrap();
        let open = |actor, id| async move { kind(file::open(&desk.backend, actor, id).await) };
        for (actor, of_public, of_internal) in [
            (&desk.anna, "ok", "not found"),
            (&desk.bram, "ok", "not found"),
            (&desk.carla, "not found", "not found"),
            (&desk.fenna, "ok", "ok"),
        ] {
            assert_eq!((open(actor, public.id).await, open(actor, internal.id).await), (of_public, of_internal));
            assert_eq!(open(actor, 999_999).await, "not found");
        }
        let view = desk.view(&desk.anna, &key).await;
        let names: Vec<_> = view.messages.iter().flat_map(|m| &m.files).map(|f| f.name.clone()).collect();
        assert_eq!(names, ["public"]);
    }

    async fn own_tickets_only_shows_what_one_takes_part_in(desk) {
        let (bram, anna) = (own_tickets_only(&desk.bram), own_tickets_only(&desk.anna));
        let of_els = desk.raise(&desk.els, "Of Els").await;
        let own = desk.raise(&bram, "Own").await;
        assert_eq!(kind(portal::request(&desk.backend, &bram, Locale::English, &of_els).await), "not found");
        let keys = |actor: Actor| async move {
            let page = portal::requests(&desk.backend, &actor, Locale::English, RequestQuery::default()).await.unwrap();
            (page.rows.into_iter().map(|row| row.key).collect::<Vec<_>>(), page.open_total, page.own_only)
        };
        assert_eq!(keys(bram.clone()).await, (vec![own.clone()], 1, true));
        assert_eq!(keys(anna).await, (vec![own.clone(), of_els.clone()], 2, false), "managers see all");
        ticket::add_participant(&desk.backend, &desk.els, &of_els, id(&bram)).await.unwrap();
        assert_eq!(keys(bram).await.1, 2);
    }

    async fn a_confidential_ticket_is_for_its_people_and_staff(desk) {
        let key = desk.raise(&desk.bram, "About a colleague").await;
        desk.view(&desk.els, &key).await;
        assert_eq!(kind(ticket::set_confidential(&desk.backend, &desk.els, &key, true).await), "forbidden");
        ticket::set_confidential(&desk.backend, &desk.bram, &key, true).await.unwrap();
        for actor in [&desk.els, &desk.anna, &desk.carla] {
            assert_eq!(kind(portal::request(&desk.backend, actor, Locale::English, &key).await), "not found");
            assert_eq!(kind(ticket::withdraw(&desk.backend, actor, &key).await), "not found");
            let query = RequestQuery { q: "colleague".into(), ..RequestQuery::default() };
            let found = portal::requests(&desk.backend, actor, Locale::English, query).await.unwrap();
            assert!(found.rows.is_empty());
            assert_eq!(found.open_total, 0);
        }
        assert!(desk.desk_view(&key).await.confidential);
        ticket::add_participant(&desk.backend, &desk.bram, &key, id(&desk.els)).await.unwrap();
        desk.view(&desk.els, &key).await;
        ticket::remove_participant(&desk.backend, &desk.bram, &key, id(&desk.els)).await.unwrap();
        assert_eq!(kind(portal::request(&desk.backend, &desk.els, Locale::English, &key).await), "not found");
    }

    async fn a_manager_who_hides_a_ticket_stays_on_it(desk) {
        let key = desk.raise(&desk.bram, "A").await;
        ticket::set_confidential(&desk.backend, &desk.anna, &key, true).await.unwrap();
        let view = desk.view(&desk.anna, &key).await;
        assert!(view.confidential && !view.requester_is_me);
    }

    async fn only_colleagues_take_part(desk) {
        let key = desk.raise(&desk.bram, "A").await;
        for stranger in [id(&desk.carla), id(&desk.dirk), 999_999] {
            assert_eq!(kind(ticket::add_participant(&desk.backend, &desk.bram, &key, stranger).await), "invalid");
        }
        ticket::add_participant(&desk.backend, &desk.bram, &key, id(&desk.els)).await.unwrap();
        ticket::add_participant(&desk.backend, &desk.bram, &key, id(&desk.els)).await.unwrap();
        let view = desk.view(&desk.bram, &key).await;
        assert_eq!(view.participants.len(), 1);
        let colleagues: Vec<_> = view.colleagues.iter().map(|p| p.name.as_str()).collect();
        assert_eq!(colleagues, ["Anna Visser"], "those who can still be added");
        assert_eq!(view.events.iter().filter(|e| matches!(e.change, Change::ParticipantAdded { .. })).count(), 1);
    }

    async fn an_internal_note_reaches_no_customer_in_any_payload(desk) {
        let key = desk.ticket_in(Status::InProgress).await;
        let secret = "Xylophonsecret";
        desk.compose(&desk.dirk, &key, ComposeKind::Note, secret).await.unwrap();
        let mut payloads = Vec::new();
        for actor in [&desk.anna, &desk.bram] {
            let home = portal::home(&desk.backend, actor, Locale::English).await.unwrap();
            payloads.push(serde_json::to_string(&home).unwrap());
            payloads.push(serde_json::to_string(&desk.view(actor, &key).await).unwrap());
            for q in ["", secret, "xylo"] {
                let query = RequestQuery { q: q.into(), show: "all".into(), ..RequestQuery::default() };
                let page = portal::requests(&desk.backend, actor, Locale::English, query).await.unwrap();
                assert_eq!(page.rows.is_empty(), !q.is_empty());
                payloads.push(serde_json::to_string(&page).unwrap());
            }
        }
        desk.later(domain::time::Millis::minutes(1));
        backend::mail::compose_due(&desk.backend).await.unwrap();
        let sql = "SELECT m.subject, m.body, m.html FROM outbox m JOIN user_account u ON u.user_id = m.user_id
                    WHERE u.organisation_id IS NOT NULL";
        let mails: Vec<(String, String, String)> =
            sqlx::query_as(sql).fetch_all(desk.backend.store().reader()).await.unwrap();
        assert!(!mails.is_empty());
        payloads.extend(mails.into_iter().map(|(subject, body, html)| [subject, body, html].concat()));
        for payload in payloads {
            assert!(!payload.contains(secret) && !payload.contains("noted"), "{payload}");
            assert!(!payload.contains("difficult customer"), "nor the note on the organisation");
        }
        assert!(serde_json::to_string(&desk.desk_view(&key).await).unwrap().contains(secret));
    }

    async fn a_key_that_one_may_not_see_is_not_said(desk) {
        let hidden = desk.raise(&desk.bram, "Hidden").await;
        ticket::set_confidential(&desk.backend, &desk.bram, &hidden, true).await.unwrap();
        let key = desk.raise(&desk.els, "The same").await;
        let version = desk.version(&key).await;
        let of = Some(hidden.clone());
        ticket::close(&desk.backend, &desk.dirk, &key, version, CloseReason::Duplicate, of).await.unwrap();
        let seen = serde_json::to_string(&desk.view(&desk.els, &key).await).unwrap();
        assert!(!seen.contains(&hidden), "{seen}");
        assert!(serde_json::to_string(&desk.desk_view(&key).await).unwrap().contains(&hidden));
    }

    async fn a_form_of_another_organisation_is_not_there(desk) {
        let mut tx = desk.backend.store().begin().await.unwrap();
        sqlx::query(
            "INSERT INTO form (organisation_id, slug, icon, position, title_en, title_nl, summary_en, summary_nl)
             VALUES ($1, 'ward', 'question', 9, 'Ward', 'Afdeling', '', '')",
        )
        .bind(desk.acme)
        .execute(&mut *tx)
        .await
        .unwrap();
        tx.commit().await.unwrap();
        let page = |actor| portal::raise_page(&desk.backend, actor, Locale::English, "ward");
        assert_eq!((kind(page(&desk.anna).await), kind(page(&desk.carla).await)), ("ok", "not found"));
        let raise = |actor| ticket::raise(&desk.backend, actor, Raise { form: "ward".into(), ..problem("x") });
        assert_eq!((kind(raise(&desk.anna).await), kind(raise(&desk.carla).await)), ("ok", "not found"));
    }
}
