//! Calendars and policies: who changes them, what a change does to open tickets, and that a preview tells it.

use std::future::Future as _;
use std::task::Poll;

use backend::Error;
use backend::desk::calendar::{self, SaveCalendar};
use backend::desk::policy::{self, Assign, SavePolicy};
use backend::desk::{queue, ticket};
use domain::actor::{Actor, Person, Role};
use domain::i18n::Locale;
use domain::problem::Problem;
use domain::sla::{ClockKind, ClosedReason, Holiday, due, read};
use domain::ticket::{Change, Priority, Status};
use domain::time::{Instant, Millis};
use domain::view::ClocksView;
use domain::view::admin::{AROUND_THE_CLOCK, AdminChange, CalendarDraft, CalendarView, PolicyAdminView, PolicyDraft};
use domain::view::desk::{ComposeKind, DeskQuery};

use crate::harness::{TestDesk, after, problem};

async fn support(desk: &TestDesk) -> CalendarView {
    let all = calendar::list(&desk.backend, &desk.admin).await.unwrap().calendars;
    let id = all.iter().find(|line| line.name == "Support").unwrap().id;
    calendar::read(&desk.backend, &desk.admin, id).await.unwrap()
}

async fn standard(desk: &TestDesk) -> PolicyAdminView {
    let all = policy::list(&desk.backend, &desk.admin).await.unwrap().policies;
    let id = all.iter().find(|line| line.name == "Standard").unwrap().id;
    policy::read(&desk.backend, &desk.admin, id).await.unwrap()
}

fn with_hours(view: &CalendarView, hours: &str) -> CalendarDraft {
    CalendarDraft { hours: hours.into(), ..view.draft.clone() }
}

fn with(draft: &PolicyDraft, part: &str, priority: Priority, clock: ClockKind, value: &str) -> PolicyDraft {
    let control = PolicyDraft::control(part, priority, clock);
    let mut draft = draft.clone();
    draft.values.iter_mut().find(|(name, _)| *name == control).unwrap().1 = value.to_owned();
    draft
}

fn eva(desk: &TestDesk) -> Actor {
    let Actor::Person(admin) = &desk.admin else { unreachable!("a person") };
    Actor::Person(Person { role: Role::AccountManager, ..admin.clone() })
}

/// The stored clocks are what the events say, for each of these tickets.
async fn verified(desk: &TestDesk, keys: &[String]) {
    for key in keys {
        let verified = ticket::verify(&desk.backend, &desk.admin, key).await.unwrap();
        assert!(!verified.differs && verified.stored == verified.computed, "{key}: {verified:?}");
    }
}

/// When a clock is due, read from a ticket's page as the browser does.
async fn due_of(desk: &TestDesk, key: &str, kind: ClockKind) -> Option<Instant> {
    let view = desk.desk_view(key).await;
    due(view.clocks.schedule(kind, &view.policy.schedule), view.clocks.get(kind), view.now)
}

fn problem_at<T: std::fmt::Debug>(result: Result<T, Error>, field: &str) -> Problem {
    let Err(Error::Invalid(problems)) = result else { panic!("{result:?}") };
    problems.into_iter().find(|problem| problem.field == field).unwrap().problem
}

async fn twelve_matters(desk: &TestDesk) -> Vec<String> {
    let mut keys = Vec::new();
    for number in 0..12 {
        keys.push(desk.raise(&desk.anna, &format!("Matter {number}")).await);
    }
    keys
}

/// Other hours for what is High, for open tickets too.
fn resolved_within(view: &PolicyAdminView, version: i64, hours: &str) -> SavePolicy {
    SavePolicy {
        policy_id: view.id,
        version,
        draft: with(&view.draft, "hours", Priority::High, ClockKind::Resolution, hours),
        apply_to_open: true,
    }
}

/// What is the newest version once whatever was being saved has ended.
async fn settled_version(desk: &TestDesk, view: &PolicyAdminView) -> i64 {
    let late = policy::save(&desk.backend, &desk.admin, resolved_within(view, 0, "1")).await;
    let Problem::Outdated { version } = problem_at(late, "version") else { panic!("version 0 is never the newest") };
    version
}

/// Nothing that was to be saved before has a part in what is.
async fn saved_as_shown(desk: &TestDesk, save: SavePolicy, keys: &[String]) {
    let shown = policy::preview(&desk.backend, &desk.admin, save.policy_id, save.draft.clone()).await.unwrap();
    assert_eq!(shown.moves.total, keys.len() as i64);
    let saved = policy::save(&desk.backend, &desk.admin, save).await.unwrap();
    assert_eq!(saved.moves, shown.moves);
    for row in &saved.moves.rows {
        assert_eq!(due_of(desk, &row.key, row.clock).await, row.new_due_at, "{}", row.key);
    }
    verified(desk, keys).await;
}

async fn execute(desk: &TestDesk, sql: &str) {
    let mut tx = desk.backend.store().begin().await.unwrap();
    sqlx::query(sqlx::AssertSqlSafe(sql.to_owned())).execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
}

/// As it reaches the browser.
fn travelled<T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug>(view: &T) {
    let text = domain::wire::to_text("v", view).unwrap();
    assert_eq!(&domain::wire::from_text::<T>("v", &text).unwrap(), view);
}

both! {
    async fn only_admins_see_and_change_what_is_promised(desk) {
        let (b, calendar, standard) = (&desk.backend, support(desk).await, standard(desk).await);
        let draft = || with_hours(&calendar, "24/7");
        let save = || SaveCalendar { calendar_id: calendar.id, version: 1, draft: draft() };
        let new_version = || SavePolicy {
            policy_id: standard.id,
            version: 1,
            draft: with(&standard.draft, "hours", Priority::High, ClockKind::Review, "9"),
            apply_to_open: true,
        };
        let assign = || Assign { organisation: "ACME".into(), policy_id: standard.id, apply_to_open: true };
        for actor in [&desk.anna, &desk.bram, &desk.carla, &desk.dirk, &eva(desk)] {
            let refused = [
                calendar::list(b, actor).await.err(),
                calendar::read(b, actor, calendar.id).await.err(),
                calendar::read(b, actor, 99_999).await.err(),
                calendar::preview(b, actor, Some(calendar.id), draft()).await.err(),
                calendar::preview(b, actor, None, CalendarDraft::default()).await.err(),
                calendar::save(b, actor, save()).await.err(),
                calendar::create(b, actor, draft()).await.err(),
                policy::list(b, actor).await.err(),
                policy::read(b, actor, standard.id).await.err(),
                policy::read(b, actor, 99_999).await.err(),
                policy::preview(b, actor, standard.id, standard.draft.clone()).await.err(),
                policy::save(b, actor, new_version()).await.err(),
                policy::create(b, actor, standard.draft.clone()).await.err(),
                policy::preview_assign(b, actor, "ACME", standard.id).await.err(),
                policy::assign(b, actor, assign()).await.err(),
            ];
            assert!(refused.iter().all(|error| matches!(error, Some(Error::Forbidden))), "{actor:?}: {refused:?}");
        }
        assert_eq!(support(desk).await, calendar, "nothing was changed by trying");
        for actor in [&desk.admin, &Actor::System] {
            assert!(calendar::list(b, actor).await.is_ok() && policy::list(b, actor).await.is_ok());
            assert!(matches!(calendar::read(b, actor, 99_999).await, Err(Error::NotFound)));
            assert!(matches!(policy::read(b, actor, 99_999).await, Err(Error::NotFound)));
            assert!(matches!(policy::preview_assign(b, actor, "NONE", standard.id).await, Err(Error::NotFound)));
        }
        policy::save(b, &desk.admin, new_version()).await.unwrap();
        calendar::save(b, &desk.admin, save()).await.unwrap();
    }

    async fn a_calendar_moves_what_its_preview_shows_and_nothing_that_is_over(desk) {
        let mut keys = Vec::new();
        for status in Status::ALL {
            keys.push(desk.ticket_in(status).await);
        }
        let [new, working, waiting, resolved, closed] = &keys[..] else { unreachable!("five statuses") };
        desk.later(Millis::minutes(30));
        let view = support(desk).await;
        let draft = with_hours(&view, "Mo-Fr 12:00-17:00; PH off");
        let over = [desk.desk_view(resolved).await.clocks, desk.desk_view(closed).await.clocks];
        let reviewed_before = due_of(desk, working, ClockKind::Review).await;
        let shown = calendar::preview(&desk.backend, &desk.admin, Some(view.id), draft.clone()).await.unwrap();
        assert_eq!(shown.based_on, 1);
        let rows: Vec<_> = shown.moves.rows.iter().map(|row| (row.key.as_str(), row.clock)).collect();
        // The waiting one has no due time to move; of the others only what runs.
        assert_eq!(rows.len(), 3, "{rows:?}");
        assert!(rows.contains(&(new, ClockKind::Review)) && rows.contains(&(new, ClockKind::Resolution)));
        assert!(rows.contains(&(working, ClockKind::Resolution)));
        assert_eq!(due_of(desk, new, ClockKind::Review).await, Some(after(1)), "a preview changes nothing");

        let save = SaveCalendar { calendar_id: view.id, version: shown.based_on, draft };
        let saved = calendar::save(&desk.backend, &desk.admin, save).await.unwrap();
        assert_eq!(saved.moves, shown.moves);
        assert_eq!(saved.version, 2);
        for row in &saved.moves.rows {
            assert_eq!(due_of(desk, &row.key, row.clock).await, row.new_due_at, "{}", row.key);
        }
        // An hour from noon on, and not from ten.
        assert_eq!(due_of(desk, new, ClockKind::Review).await, Some(after(3)));
        assert_eq!(due_of(desk, working, ClockKind::Review).await, reviewed_before);
        for (key, before) in [resolved, closed].into_iter().zip(over) {
            let view = desk.desk_view(key).await;
            for kind in [ClockKind::Review, ClockKind::Resolution] {
                let schedule = view.clocks.schedule(kind, &view.policy.schedule);
                assert_eq!(view.clocks.get(kind), before.get(kind));
                assert!(matches!(
                    read(schedule, view.clocks.get(kind), view.now).state,
                    domain::sla::ClockState::Met { at: Instant(_), due_at: Some(_) }
                ));
            }
            assert_eq!(due_of(desk, key, ClockKind::Review).await, Some(after(1)), "{key} keeps its result");
        }
        verified(desk, &keys).await;

        // What comes back follows the calendar of now.
        desk.reply(&desk.anna, resolved, "No").await.unwrap();
        desk.reply(&desk.anna, waiting, "Ward 3").await.unwrap();
        verified(desk, &keys).await;
        assert_eq!(due_of(desk, waiting, ClockKind::Resolution).await, due_of(desk, resolved, ClockKind::Resolution).await);
    }

    async fn lists_read_every_row_with_what_its_clock_is_measured_on(desk) {
        for status in Status::ALL {
            desk.ticket_in(status).await;
        }
        let view = support(desk).await;
        desk.later(Millis::minutes(30));
        let draft = with_hours(&view, "Mo-Fr 12:00-17:00; PH off");
        let save = SaveCalendar { calendar_id: view.id, version: 1, draft };
        calendar::save(&desk.backend, &desk.admin, save).await.unwrap();
        let query = DeskQuery { queue: "all".into(), ..DeskQuery::default() };
        let page = queue::page(&desk.backend, &desk.dirk, Locale::English, query).await.unwrap();
        assert_eq!(page.rows.len(), 5);
        for row in page.rows {
            let kind = row.clocks.leading();
            let listed = due(row.clocks.schedule(kind, &page.schedule), row.clocks.get(kind), page.now);
            assert_eq!(listed, due_of(desk, &row.key, kind).await, "{}", row.key);
            assert!(row.clocks.measures.is_empty(), "not sent to browsers");
        }
    }

    async fn versions_are_kept_and_who_saved_them_is_known(desk) {
        let view = support(desk).await;
        desk.at(after(1));
        let draft = CalendarDraft {
            closed: "2026-12-24 Office move\n\n 2026-05-06 \n2026-05-06 twice".into(),
            good_friday: "yearly".into(),
            liberation_day: "yearly".into(),
            ..view.draft.clone()
        };
        let save = SaveCalendar { calendar_id: view.id, version: 1, draft: draft.clone() };
        calendar::save(&desk.backend, &desk.admin, save).await.unwrap();
        let now = support(desk).await;
        assert_eq!((now.version, now.versions.len()), (2, 2));
        assert_eq!(now.draft.closed, "2026-05-06\n2026-12-24 Office move\n");
        assert_eq!(now.versions[0].saved_by, "Admin");
        assert_eq!(now.versions[0].saved_at, after(1));
        assert_eq!((now.versions[1].saved_by.as_str(), &now.versions[1].draft), ("", &view.draft));
        let [line] = &now.log[..] else { panic!("{:?}", now.log) };
        assert_eq!((line.by.as_str(), line.at), ("Admin", after(1)));
        assert_eq!(line.change, AdminChange::CalendarSaved { name: "Support".into(), version: 2, moved: 0 });
        assert_eq!(calendar::list(&desk.backend, &desk.admin).await.unwrap().log, now.log);
        let reason = |day| now.schedule.closed_day(day).map(|day| day.reason.clone());
        // 5 May 2026 is day 20,578.
        assert_eq!(reason(20_578), Some(ClosedReason::Holiday(Holiday::LiberationDay)));
        assert_eq!(reason(20_579), Some(ClosedReason::Extra(String::new())));
        assert_eq!(reason(20_811), Some(ClosedReason::Extra("Office move".into())));

        let save = SaveCalendar { calendar_id: view.id, version: 2, draft: now.draft.clone() };
        let saved = calendar::save(&desk.backend, &desk.admin, save).await.unwrap();
        assert_eq!(saved.version, 2, "what is there already is no new version");
        assert_eq!(support(desk).await.log.len(), 1);
    }

    async fn whoever_saves_over_anothers_version_is_told_so(desk) {
        let (calendar, standard) = (support(desk).await, standard(desk).await);
        let save = |hours: &str| SaveCalendar { calendar_id: calendar.id, version: 1, draft: with_hours(&calendar, hours) };
        calendar::save(&desk.backend, &desk.admin, save("24/7")).await.unwrap();
        let late = calendar::save(&desk.backend, &desk.admin, save("Mo-Fr 08:00-17:00")).await;
        assert_eq!(problem_at(late, "version"), Problem::Outdated { version: 2 });
        assert_eq!(support(desk).await.draft.hours, "24/7");
        let save = |hours: &str| SavePolicy {
            policy_id: standard.id,
            version: 1,
            draft: with(&standard.draft, "hours", Priority::Low, ClockKind::Resolution, hours),
            apply_to_open: false,
        };
        policy::save(&desk.backend, &desk.admin, save("80")).await.unwrap();
        let late = policy::save(&desk.backend, &desk.admin, save("90")).await;
        assert_eq!(problem_at(late, "version"), Problem::Outdated { version: 2 });
    }

    async fn a_calendar_that_makes_no_sense_is_refused_where_it_is_wrong(desk) {
        let view = support(desk).await;
        let try_it = async |draft: CalendarDraft| calendar::preview(&desk.backend, &desk.admin, Some(view.id), draft).await;
        let draft = || view.draft.clone();
        let result = try_it(with_hours(&view, "Mo-Fr 09:00-1x:00")).await;
        assert!(matches!(problem_at(result, "hours"), Problem::NotOpeningHours { column: 7.., .. }));
        let result = try_it(CalendarDraft { timezone: "Europe/Nowhere".into(), ..draft() }).await;
        assert_eq!(problem_at(result, "timezone"), Problem::NotATimeZone);
        let result = try_it(CalendarDraft { country: "XX".into(), ..draft() }).await;
        assert_eq!(problem_at(result, "country"), Problem::NotACountry);
        let result = try_it(CalendarDraft { closed: "24 December".into(), ..draft() }).await;
        assert_eq!(problem_at(result, "closed"), Problem::NotADate);
        let result = try_it(CalendarDraft { liberation_day: "often".into(), ..draft() }).await;
        assert_eq!(problem_at(result, "liberation_day"), Problem::NotAChoice);
        let Err(Error::Invalid(all)) = try_it(CalendarDraft::default()).await else { panic!("empty") };
        let fields: Vec<_> = all.iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(fields, ["name", "timezone", "hours"]);
        let taken = CalendarDraft { name: " support ".into(), ..draft() };
        let result = calendar::create(&desk.backend, &desk.admin, taken).await;
        assert_eq!(problem_at(result, "name"), Problem::NameTaken);
    }

    async fn a_process_that_saved_nothing_itself_sees_the_new_version_at_once(desk) {
        let key = desk.raise(&desk.anna, "A").await;
        let view = support(desk).await;
        let other = desk.another_process().await;
        let draft = with_hours(&view, "Mo-Fr 12:00-17:00; PH off");
        calendar::save(&other, &desk.admin, SaveCalendar { calendar_id: view.id, version: 1, draft }).await.unwrap();
        assert_eq!(due_of(desk, &key, ClockKind::Review).await, Some(after(3)));
        let next = desk.raise(&desk.anna, "B").await;
        assert_eq!(due_of(desk, &next, ClockKind::Review).await, Some(after(3)));
        verified(desk, &[key, next]).await;
        other.close().await;
    }

    async fn a_new_policy_version_is_for_new_tickets_only(desk) {
        let old = desk.raise(&desk.anna, "Old").await;
        let view = standard(desk).await;
        let draft = with(&view.draft, "hours", Priority::High, ClockKind::Review, "2.5");
        let save = SavePolicy { policy_id: view.id, version: 1, draft: draft.clone(), apply_to_open: false };
        let saved = policy::save(&desk.backend, &desk.admin, save).await.unwrap();
        assert_eq!((saved.version, saved.moves.total), (2, 0));
        let new = desk.raise(&desk.anna, "New").await;
        assert_eq!(due_of(desk, &old, ClockKind::Review).await, Some(after(1)));
        assert_eq!(due_of(desk, &new, ClockKind::Review).await, Some(after(2) + Millis::minutes(30)));
        let now = standard(desk).await;
        assert_eq!((now.version, now.versions.len(), now.open), (2, 2, 2));
        assert_eq!(now.draft.values, draft.values);
        assert_eq!(
            now.log[0].change,
            AdminChange::PolicySaved { name: "Standard".into(), version: 2, tickets: None, moved: 0 }
        );
        verified(desk, &[old, new]).await;
    }

    async fn open_tickets_come_under_a_new_version_as_its_preview_shows(desk) {
        let mut keys = Vec::new();
        for status in Status::ALL {
            keys.push(desk.ticket_in(status).await);
        }
        desk.at(after(3));
        let view = standard(desk).await;
        let draft = with(&view.draft, "hours", Priority::High, ClockKind::Resolution, "2");
        let draft = with(&draft, "hours", Priority::High, ClockKind::Review, "4");
        let shown = policy::preview(&desk.backend, &desk.admin, view.id, draft.clone()).await.unwrap();
        assert_eq!((shown.tickets, shown.moves.total), (3, 3));
        let save = SavePolicy { policy_id: view.id, version: shown.based_on, draft, apply_to_open: true };
        let saved = policy::save(&desk.backend, &desk.admin, save).await.unwrap();
        assert_eq!(saved.moves, shown.moves);
        for row in &saved.moves.rows {
            assert_eq!(due_of(desk, &row.key, row.clock).await, row.new_due_at, "{}", row.key);
        }
        // Three hours are used of two: late from the change on, not from before. The review was late before, and milder is
        // later.
        assert_eq!(due_of(desk, &keys[1], ClockKind::Resolution).await, Some(after(3)));
        assert_eq!(due_of(desk, &keys[0], ClockKind::Review).await, Some(after(4)));
        // What had ended keeps its target.
        assert_eq!(due_of(desk, &keys[1], ClockKind::Review).await, Some(after(1)));
        let events = desk.desk_view(&keys[1]).await.events;
        let last = events.last().unwrap();
        assert_eq!(last.actor_name, "Admin");
        assert!(matches!(&last.change, Change::PolicyChanged { version: 2, new_due_at, .. } if *new_due_at == Some(after(3))));
        assert_eq!(desk.desk_view(&keys[3]).await.events.len(), desk.desk_view(&keys[3]).await.events.iter().filter(
            |event| !matches!(event.change, Change::PolicyChanged { .. })).count(), "the resolved one was left alone");
        verified(desk, &keys).await;
        // The next change is under the new policy.
        desk.at(after(4));
        let version = desk.version(&keys[0]).await;
        ticket::change_priority(&desk.backend, &desk.dirk, &keys[0], version, Priority::Low, "Better").await.unwrap();
        let again = policy::preview(&desk.backend, &desk.admin, view.id, standard(desk).await.draft).await.unwrap();
        assert_eq!((again.tickets, again.moves.total), (0, 0));
        verified(desk, &keys).await;
    }

    async fn a_save_that_fails_half_way_leaves_nothing_behind(desk) {
        let keys = twelve_matters(desk).await;
        let view = standard(desk).await;
        for (hours, moved) in [("10", 0), ("11", 5), ("12", 10)] {
            // One ticket more comes under the new version; the event of the next one is refused.
            execute(desk, &format!(
                "CREATE UNIQUE INDEX spoilt ON event (actor_is_staff) WHERE actor_is_staff = 1 AND ticket_id > {moved}"
            )).await;
            let save = policy::save(&desk.backend, &desk.admin, resolved_within(&view, 1, hours)).await;
            assert!(save.is_err(), "{save:?}");
            execute(desk, "DROP INDEX spoilt").await;
            verified(desk, &keys).await;
        }
        assert_eq!(standard(desk).await.version, 1);
        saved_as_shown(desk, resolved_within(&view, 1, "13"), &keys).await;
    }

    async fn a_save_that_is_given_up_half_way_leaves_nothing_behind(desk) {
        let keys = twelve_matters(desk).await;
        let view = standard(desk).await;
        // Whoever asked is gone: the request ends wherever it waits for the database, and with it what it had written. How
        // often it waits is the machine's affair; one that never had to was saved.
        for steps in (0..72).step_by(3) {
            let version = settled_version(desk, &view).await;
            let hours = (10 + steps).to_string();
            let save = resolved_within(&view, version, &hours);
            let shown = policy::preview(&desk.backend, &desk.admin, view.id, save.draft.clone()).await.unwrap();
            let mut saving = std::pin::pin!(policy::save(&desk.backend, &desk.admin, save));
            let mut step = 0;
            let ended = std::future::poll_fn(|context| {
                step += 1;
                match saving.as_mut().poll(context) {
                    Poll::Ready(saved) => Poll::Ready(Some(saved.unwrap())),
                    Poll::Pending if step > steps => Poll::Ready(None),
                    Poll::Pending => Poll::Pending,
                }
            });
            if let Some(saved) = ended.await {
                assert_eq!(saved.moves, shown.moves);
            }
        }
        let version = settled_version(desk, &view).await;
        saved_as_shown(desk, resolved_within(&view, version, "9"), &keys).await;
    }

    async fn targets_are_measured_on_their_own_calendars_and_used_time_stays_used(desk) {
        let view = standard(desk).await;
        let always = AROUND_THE_CLOCK.to_string();
        let draft = with(&view.draft, "calendar", Priority::Critical, ClockKind::Resolution, &always);
        let save = SavePolicy { policy_id: view.id, version: 1, draft, apply_to_open: false };
        policy::save(&desk.backend, &desk.admin, save).await.unwrap();
        let line = standard(desk).await.versions[0].targets.iter().copied().find(|line| {
            (line.priority, line.clock) == (Priority::Critical, ClockKind::Resolution)
        });
        assert_eq!(line.unwrap().calendar_id, AROUND_THE_CLOCK);

        // Monday 17:00: four hours around the clock end at 21:00, an hour of review on Monday still.
        desk.at(after(7));
        let mut raise = problem("All down");
        raise.priority = "critical".into();
        let key = ticket::raise(&desk.backend, &desk.anna, raise).await.unwrap();
        assert_eq!(due_of(desk, &key, ClockKind::Resolution).await, Some(after(11)));
        assert_eq!(due_of(desk, &key, ClockKind::Review).await, Some(after(8)));
        let portal = desk.view(&desk.anna, &key).await;
        let customers = portal.clocks.schedule(ClockKind::Review, &portal.policy.schedule);
        assert_eq!(due(customers, &portal.clocks.review, portal.now), Some(after(8)));
        let page = queue::page(&desk.backend, &desk.dirk, Locale::English, DeskQuery::default()).await.unwrap();
        assert_eq!(page.deadlines, [after(8)]);

        // At 19:00 two hours are used; from then on support hours count, of which 24 - 2 are left from Tuesday nine on.
        desk.at(after(9));
        desk.compose(&desk.dirk, &key, ComposeKind::Answer, "Hello").await.unwrap();
        let before = desk.desk_view(&key).await;
        let version = before.version;
        let promised = domain::sla::with_target(
            &before.clocks.resolution,
            domain::sla::Target { from: before.now, working_time: Millis::hours(24) },
        );
        let schedule = before.policy.schedule_of(Priority::High, ClockKind::Resolution);
        let shown = due(schedule, &promised, before.now);
        ticket::change_priority(&desk.backend, &desk.dirk, &key, version, Priority::High, "Half up").await.unwrap();
        // Tuesday and Wednesday nine hours each, Thursday four: 13:00, 75 hours after Monday ten.
        assert_eq!(due_of(desk, &key, ClockKind::Resolution).await, Some(after(75)));
        assert_eq!(shown, Some(after(75)), "what the preview on the page says is what happens");
        let view = desk.desk_view(&key).await;
        let reading = read(&view.policy.schedule, &view.clocks.resolution, after(24));
        assert_eq!(reading.consumed, Millis::hours(3));
        verified(desk, &[key]).await;
    }

    async fn an_organisation_gets_another_policy_and_its_open_tickets_if_one_chooses_so(desk) {
        let view = standard(desk).await;
        let mut draft = with(&view.draft, "hours", Priority::High, ClockKind::Resolution, "8");
        draft.name = "Gold".into();
        let gold = policy::create(&desk.backend, &desk.admin, draft.clone()).await.unwrap();
        let twice = policy::create(&desk.backend, &desk.admin, draft).await;
        assert_eq!(problem_at(twice, "name"), Problem::NameTaken);
        let (ours, theirs) = (desk.raise(&desk.anna, "A").await, desk.raise(&desk.carla, "B").await);
        let before = due_of(desk, &theirs, ClockKind::Resolution).await;
        let shown = policy::preview_assign(&desk.backend, &desk.admin, "ACME", gold).await.unwrap();
        let assign = |apply_to_open| Assign { organisation: "ACME".into(), policy_id: gold, apply_to_open };
        policy::assign(&desk.backend, &desk.admin, assign(false)).await.unwrap();
        assert_eq!(due_of(desk, &ours, ClockKind::Resolution).await, before);
        let moves = policy::assign(&desk.backend, &desk.admin, assign(true)).await.unwrap();
        assert_eq!((&moves, moves.total, shown.tickets), (&shown.moves, 1, 1));
        assert_eq!(due_of(desk, &ours, ClockKind::Resolution).await, Some(after(8)));
        assert_eq!(due_of(desk, &theirs, ClockKind::Resolution).await, before);
        let all = policy::list(&desk.backend, &desk.admin).await.unwrap();
        let line = all.policies.iter().find(|line| line.id == gold).unwrap();
        assert_eq!((line.organisations.as_slice(), line.open), (&["Acme Zorg".to_owned()][..], 1));
        assert_eq!(all.log.len(), 3);
        verified(desk, &[ours, theirs]).await;
    }

    async fn a_policy_that_makes_no_sense_is_refused_field_by_field(desk) {
        let view = standard(desk).await;
        let draft = with(&view.draft, "hours", Priority::High, ClockKind::Review, "soon");
        let draft = with(&draft, "calendar", Priority::Low, ClockKind::Resolution, "99999");
        let draft = with(&draft, "hours", Priority::Low, ClockKind::Review, "");
        let result = policy::preview(&desk.backend, &desk.admin, view.id, draft).await;
        let Err(Error::Invalid(problems)) = result else { panic!("{result:?}") };
        let said: Vec<_> = problems.into_iter().map(|problem| (problem.field, problem.problem)).collect();
        assert_eq!(said, [
            ("hours_high_review".to_owned(), Problem::NotHours),
            ("hours_low_review".to_owned(), Problem::Required),
            ("calendar_low_resolution".to_owned(), Problem::NotAChoice),
        ]);
    }

    async fn tickets_of_before_calendars_could_be_edited_are_measured_on_their_policys_calendar(desk) {
        use sqlx::{AssertSqlSafe, Row};
        let mut keys = Vec::new();
        for status in Status::ALL {
            keys.push(desk.ticket_in(status).await);
        }
        // As they were stored then: with names, and without what a clock is measured on, which was always last.
        let mut tx = desk.backend.store().begin().await.unwrap();
        let rows = sqlx::query("SELECT ticket_id, clocks FROM ticket").fetch_all(&mut *tx).await.unwrap();
        for row in rows {
            let (ticket_id, clocks): (i64, String) = (row.get(0), row.get(1));
            assert!(clocks.starts_with("[[\"review\","), "by place: {clocks}");
            let clocks: ClocksView = serde_json::from_str(&clocks).unwrap();
            let named = serde_json::to_string(&clocks).unwrap();
            let old = [&named[..named.find(",\"measures\"").unwrap()], "}"].concat();
            let sql = "UPDATE ticket SET clocks = $2 WHERE ticket_id = $1";
            sqlx::query(sql).bind(ticket_id).bind(old).execute(&mut *tx).await.unwrap();
        }
        let migration = match desk.backend.store().dialect() {
            backend::store::Dialect::Sqlite => include_str!("../../migrations/sqlite/0002_time.sql"),
            backend::store::Dialect::Postgres => include_str!("../../migrations/postgres/0002_time.sql"),
        };
        let update = migration.split(';').find(|part| part.contains("UPDATE ticket SET clocks")).unwrap();
        sqlx::query(AssertSqlSafe(update.to_owned())).execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
        verified(desk, &keys).await;
    }

    async fn a_response_that_is_promised_later_counts_from_when_the_customer_began_to_wait(desk) {
        let b = &desk.backend;
        let waits = desk.raise(&desk.anna, "Hello?").await;
        let answered = desk.raise(&desk.anna, "Hi").await;
        desk.compose(&desk.dirk, &answered, ComposeKind::Answer, "Hi").await.unwrap();
        desk.at(after(1));
        desk.reply(&desk.anna, &waits, "Hello??").await.unwrap();
        let view = standard(desk).await;
        let draft = with(&view.draft, "hours", Priority::High, ClockKind::NextResponse, "4");
        let shown = policy::preview(b, &desk.admin, view.id, draft.clone()).await.unwrap();
        let [row] = &shown.moves.rows[..] else { panic!("{:?}", shown.moves) };
        assert_eq!((&row.key, row.clock), (&waits, ClockKind::NextResponse));
        assert_eq!((row.old_due_at, row.new_due_at), (None, Some(after(4))));
        let save = SavePolicy { policy_id: view.id, version: 1, draft, apply_to_open: true };
        assert_eq!(policy::save(b, &desk.admin, save).await.unwrap().moves, shown.moves);
        verified(desk, &[waits.clone(), answered.clone()]).await;
        assert_eq!(due_of(desk, &waits, ClockKind::NextResponse).await, Some(after(4)));
        assert_eq!(desk.desk_view(&answered).await.clocks.response(), None);
        // Another calendar moves it again, and says so.
        desk.promise_response("4", true).await;
        verified(desk, &[waits.clone()]).await;
        assert_eq!(due_of(desk, &waits, ClockKind::NextResponse).await, Some(after(4)));
        let calendar = support(desk).await;
        let shown = calendar::preview(b, &desk.admin, Some(calendar.id), with_hours(&calendar, "Mo-Fr 12:00-18:00"));
        let moves = shown.await.unwrap().moves;
        let moved = |key: &str, clock| moves.rows.iter().find(|row| (row.key.as_str(), row.clock) == (key, clock));
        // An hour of the support desk was used until then; the rest is around the clock, but that hour is gone.
        let response = moved(&waits, ClockKind::NextResponse).unwrap();
        assert_eq!((response.old_due_at, response.new_due_at), (Some(after(4)), Some(after(5))));
    }

    async fn lists_and_pages_show_a_response_on_its_own_calendar_where_it_is_due_first(desk) {
        desk.promise_response("12", true).await;
        let key = desk.raise(&desk.anna, "Hello?").await;
        let first = async || {
            let page = queue::page(&desk.backend, &desk.dirk, Locale::English, DeskQuery::default()).await.unwrap();
            let row = page.rows.into_iter().find(|row| row.key == key).unwrap();
            let kind = row.clocks.first_due(&page.schedule, page.now);
            (kind, due(row.clocks.schedule(kind, &page.schedule), row.clocks.get(kind), page.now))
        };
        assert_eq!(first().await, (ClockKind::Review, Some(after(1))));
        ticket::accept(&desk.backend, &desk.dirk, &key, desk.version(&key).await).await.unwrap();
        // Ten in the evening, when the desk is closed.
        assert_eq!(first().await, (ClockKind::NextResponse, Some(after(12))));
        assert_eq!(due_of(desk, &key, ClockKind::NextResponse).await, Some(after(12)));
        let view = desk.view(&desk.anna, &key).await;
        let clock = view.clocks.response().unwrap();
        let schedule = view.clocks.schedule(ClockKind::NextResponse, &view.policy.schedule);
        assert_eq!(due(schedule, clock, view.now), Some(after(12)));
        desk.compose(&desk.dirk, &key, ComposeKind::Answer, "Hi").await.unwrap();
        assert_eq!(first().await.0, ClockKind::Resolution);
        assert_eq!(desk.view(&desk.anna, &key).await.clocks.response(), None);
    }

    async fn every_view_reaches_the_browser_as_it_was_sent(desk) {
        let b = &desk.backend;
        desk.raise(&desk.anna, "A").await;
        let (calendar, standard) = (support(desk).await, standard(desk).await);
        let always = AROUND_THE_CLOCK.to_string();
        let draft = with(&standard.draft, "calendar", Priority::Critical, ClockKind::Resolution, &always);
        let draft = with(&draft, "hours", Priority::High, ClockKind::NextResponse, "1");
        travelled(&policy::preview(b, &desk.admin, standard.id, draft.clone()).await.unwrap());
        let save = SavePolicy { policy_id: standard.id, version: 1, draft, apply_to_open: true };
        travelled(&policy::save(b, &desk.admin, save).await.unwrap());
        let draft = with_hours(&calendar, "24/7");
        travelled(&calendar::preview(b, &desk.admin, Some(calendar.id), draft.clone()).await.unwrap());
        let save = SaveCalendar { calendar_id: calendar.id, version: 1, draft };
        travelled(&calendar::save(b, &desk.admin, save).await.unwrap());
        travelled(&calendar::list(b, &desk.admin).await.unwrap());
        travelled(&support(desk).await);
        travelled(&policy::list(b, &desk.admin).await.unwrap());
        travelled(&policy::read(b, &desk.admin, standard.id).await.unwrap());
        let page = queue::page(b, &desk.dirk, Locale::English, DeskQuery::default()).await.unwrap();
        travelled(&page);
        travelled(&desk.desk_view(&page.rows[0].key).await);
        desk.later(Millis::minutes(50));
        backend::desk::warning::give(b).await.unwrap();
        travelled(&backend::desk::notice::list(b, &desk.dirk, "").await.unwrap());
        travelled(&backend::desk::feed::make(b, &desk.dirk).await.unwrap());
        travelled(&backend::desk::feed::read(b, &desk.dirk).await.unwrap());
    }

    async fn whatever_happens_in_whatever_order_what_is_stored_follows_from_the_events(desk) {
        const HOURS: [&str; 4] = ["Mo-Fr 09:00-18:00; PH off", "24/7", "Mo-Sa 07:00-12:00,13:00-21:00", "Mo,We 10:00-12:00"];
        let b = &desk.backend;
        let mut seed = 20_260_420_u64;
        let mut below = |n: u64| {
            // Knuth's MMIX generator: the same every time.
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % n
        };
        let mut keys = vec![desk.raise(&desk.anna, "First").await];
        let mut saved = 0;
        for step in 0..80 {
            // Sometimes nothing passes between two steps.
            desk.later(Millis(below(3) as i64 * 2_345_678));
            let key = keys[below(keys.len() as u64) as usize].clone();
            let version = desk.version(&key).await;
            // Whether the move exists from here is not the question.
            match below(12) {
                0 | 1 => keys.push(desk.raise(&desk.anna, "Another").await),
                2 => drop(ticket::accept(b, &desk.dirk, &key, version).await),
                3 => drop(desk.compose(&desk.dirk, &key, ComposeKind::Return, "Which?").await),
                4 => drop(desk.reply(&desk.anna, &key, &format!("Reply {step}")).await),
                5 => drop(desk.compose(&desk.dirk, &key, ComposeKind::Resolve, "Done").await),
                6 => drop(desk.reply(&desk.bram, &key, &format!("No {step}")).await),
                7 => {
                    let to = Priority::ALL[below(4) as usize];
                    drop(ticket::change_priority(b, &desk.dirk, &key, version, to, "Why").await);
                }
                8 | 9 => {
                    let view = support(desk).await;
                    let draft = with_hours(&view, HOURS[below(4) as usize]);
                    let shown = calendar::preview(b, &desk.admin, Some(view.id), draft.clone()).await.unwrap();
                    let save = SaveCalendar { calendar_id: view.id, version: view.version, draft };
                    assert_eq!(calendar::save(b, &desk.admin, save).await.unwrap().moves, shown.moves, "step {step}");
                    saved += 1;
                }
                10 => {
                    let view = standard(desk).await;
                    let (priority, hours) = (Priority::ALL[below(4) as usize], (below(60) + 1).to_string());
                    let on = [AROUND_THE_CLOCK, support(desk).await.id][below(2) as usize].to_string();
                    let draft = with(&view.draft, "hours", priority, ClockKind::Resolution, &hours);
                    let draft = with(&draft, "calendar", priority, ClockKind::Resolution, &on);
                    let draft = with(&draft, "hours", priority, ClockKind::NextResponse, ["", "6", "2"][below(3) as usize]);
                    let draft = with(&draft, "calendar", priority, ClockKind::NextResponse, &on);
                    let shown = policy::preview(b, &desk.admin, view.id, draft.clone()).await.unwrap();
                    let save = SavePolicy { policy_id: view.id, version: view.version, draft, apply_to_open: true };
                    assert_eq!(policy::save(b, &desk.admin, save).await.unwrap().moves, shown.moves, "step {step}");
                    saved += 1;
                }
                _ => drop(backend::desk::warning::give(b).await.unwrap()),
            }
        }
        assert!(saved > 7 && keys.len() > 7, "{saved} {}", keys.len());
        verified(desk, &keys).await;
    }
}
