//! Warnings: at risk and breached, once each, while the desk is open, to those who must know.

use backend::Error;
use backend::desk::{notice, ticket, warning};
use domain::actor::Actor;
use domain::notice::NoticeKind::{self, AtRisk, Breached};
use domain::sla::ClockKind;
use domain::ticket::Priority;
use domain::time::Millis;
use domain::view::desk::ComposeKind;

use crate::harness::{TestDesk, after};

/// What someone was told, the latest last.
async fn told(desk: &TestDesk, actor: &Actor) -> Vec<(NoticeKind, ClockKind)> {
    let view = notice::list(&desk.backend, actor, "").await.unwrap();
    view.rows.iter().rev().filter_map(|row| Some((row.kind, row.clock?))).collect()
}

async fn give(desk: &TestDesk) -> usize {
    warning::give(&desk.backend).await.unwrap()
}

/// A ticket that Dirk works on: a High one of Monday ten, so resolution is due on Wednesday 16:00 and at risk from 14:00.
async fn accepted(desk: &TestDesk) -> String {
    let key = desk.raise(&desk.anna, "Nobody can sign in").await;
    ticket::accept(&desk.backend, &desk.dirk, &key, desk.version(&key).await).await.unwrap();
    key
}

async fn mails(desk: &TestDesk) -> i64 {
    use sqlx::Row;
    let sql = "SELECT COUNT(*) FROM notification WHERE clock <> '' AND mail_at IS NOT NULL";
    sqlx::query(sql).fetch_one(desk.backend.store().reader()).await.unwrap().get(0)
}

both! {
    async fn whoever_works_on_it_is_told_at_risk_and_at_breach_once_each(desk) {
        let key = accepted(desk).await;
        desk.at(after(52));
        assert_eq!(give(desk).await, 0, "exactly two hours are left: not less");
        desk.later(Millis(1));
        assert_eq!(give(desk).await, 1);
        assert_eq!(told(desk, &desk.dirk).await, [(AtRisk, ClockKind::Resolution)]);
        assert!(told(desk, &desk.fenna).await.is_empty() && told(desk, &desk.admin).await.is_empty());
        desk.at(after(53));
        assert_eq!(give(desk).await, 0);
        // A change of the ticket, and another process: nothing is said twice.
        desk.compose(&desk.dirk, &key, ComposeKind::Note, "Hm").await.unwrap();
        let other = desk.another_process().await;
        assert_eq!(warning::give(&other).await.unwrap(), 0);
        other.close().await;
        desk.at(after(54) - Millis(1));
        assert_eq!(give(desk).await, 0);
        desk.at(after(54));
        assert_eq!(give(desk).await, 1);
        assert_eq!(told(desk, &desk.dirk).await, [(AtRisk, ClockKind::Resolution), (Breached, ClockKind::Resolution)]);
        desk.at(after(55));
        desk.compose(&desk.dirk, &key, ComposeKind::Answer, "Sorry").await.unwrap();
        assert_eq!(give(desk).await, 0);
        assert_eq!(mails(desk).await, 2);
    }

    async fn a_response_that_was_promised_is_warned_about_like_the_others(desk) {
        desk.promise_response("4", false).await;
        let key = accepted(desk).await;
        desk.at(after(3));
        assert_eq!(give(desk).await, 0, "exactly a quarter is left: not less");
        desk.later(Millis(1));
        // A further message moves nothing.
        desk.reply(&desk.anna, &key, "Anyone?").await.unwrap();
        assert_eq!(give(desk).await, 1);
        assert_eq!(told(desk, &desk.dirk).await, [(AtRisk, ClockKind::NextResponse)]);
        desk.at(after(4));
        assert_eq!(give(desk).await, 1);
        assert_eq!(
            told(desk, &desk.dirk).await,
            [(AtRisk, ClockKind::NextResponse), (Breached, ClockKind::NextResponse)]
        );
        assert_eq!((give(desk).await, mails(desk).await), (0, 2));
        // An answer ends it; the next message begins another one.
        desk.compose(&desk.dirk, &key, ComposeKind::Answer, "Here").await.unwrap();
        desk.reply(&desk.anna, &key, "Thanks, and this?").await.unwrap();
        // Tuesday ten: the customer has waited for four hours more.
        desk.at(after(24));
        assert_eq!(give(desk).await, 1);
        assert_eq!(told(desk, &desk.dirk).await.len(), 3);
    }

    async fn a_response_is_silent_where_none_was_promised_and_while_the_customer_is_asked(desk) {
        let key = accepted(desk).await;
        desk.at(after(8));
        assert_eq!(give(desk).await, 0, "nothing is promised in what is shipped");
        desk.promise_response("4", false).await;
        desk.compose(&desk.dirk, &key, ComposeKind::Return, "Which?").await.unwrap();
        assert_eq!(give(desk).await, 0);
        assert!(told(desk, &desk.dirk).await.is_empty());
    }

    async fn without_anyone_all_agents_are_told_and_the_clock_that_stopped_is_silent(desk) {
        desk.raise(&desk.anna, "A").await;
        desk.at(after(0) + Millis::minutes(46));
        assert_eq!(give(desk).await, 1);
        assert_eq!(told(desk, &desk.dirk).await, [(AtRisk, ClockKind::Review)]);
        assert_eq!(told(desk, &desk.fenna).await, [(AtRisk, ClockKind::Review)]);
        assert!(told(desk, &desk.admin).await.is_empty());
        assert_eq!(mails(desk).await, 2);
        let key = desk.raise(&desk.anna, "B").await;
        desk.compose(&desk.fenna, &key, ComposeKind::Resolve, "Done").await.unwrap();
        desk.at(after(79));
        // The first: its review and its resolution are late; the second is resolved.
        assert_eq!(give(desk).await, 2);
    }

    async fn outside_opening_hours_nothing_is_said_until_they_begin(desk) {
        let view = accepted(desk).await;
        // Critical, four hours: with an hour used at 11:00 three are left, until 14:00; at risk from 13:00.
        desk.at(after(1));
        ticket::change_priority(&desk.backend, &desk.dirk, &view, desk.version(&view).await, Priority::Critical, "x")
            .await
            .unwrap();
        // Nobody ran the job until Monday night.
        desk.at(after(12));
        assert_eq!(give(desk).await, 0);
        assert_eq!(give(desk).await, 0);
        desk.at(after(23) - Millis(1));
        assert_eq!(give(desk).await, 0);
        desk.at(after(23));
        assert_eq!(give(desk).await, 1);
        assert_eq!(told(desk, &desk.dirk).await, [(Breached, ClockKind::Resolution)]);
    }

    async fn what_is_due_at_closing_time_is_said_in_the_morning(desk) {
        desk.at(after(7));
        desk.raise(&desk.anna, "A").await;
        // The review is due at 18:00, as the desk closes.
        desk.at(after(8));
        assert_eq!(give(desk).await, 0);
        desk.at(after(23));
        assert_eq!(give(desk).await, 1);
        assert_eq!(told(desk, &desk.dirk).await, [(Breached, ClockKind::Review)]);
    }

    async fn a_paused_clock_warns_of_nothing_until_it_goes_on(desk) {
        let key = accepted(desk).await;
        desk.at(after(51));
        desk.compose(&desk.dirk, &key, ComposeKind::Return, "Which ward?").await.unwrap();
        for hours in [53, 54, 55, 100] {
            desk.at(after(hours));
            assert_eq!(give(desk).await, 0, "{hours}");
        }
        // Friday ten: three hours are left; at risk from eleven.
        desk.at(after(96));
        desk.reply(&desk.anna, &key, "Ward 3").await.unwrap();
        assert_eq!(give(desk).await, 0);
        desk.at(after(97) + Millis(1));
        assert_eq!(give(desk).await, 1);
        // Paused when it is late already, before anyone was told.
        desk.at(after(100));
        desk.compose(&desk.dirk, &key, ComposeKind::Return, "And?").await.unwrap();
        assert_eq!(give(desk).await, 0);
        assert_eq!(told(desk, &desk.dirk).await, [(AtRisk, ClockKind::Resolution)]);
    }

    async fn two_workers_at_once_say_it_once(desk) {
        for subject in ["A", "B", "C"] {
            desk.raise(&desk.anna, subject).await;
        }
        desk.at(after(0) + Millis::minutes(50));
        let other = desk.another_process().await;
        let (one, two) = tokio::join!(warning::give(&desk.backend), warning::give(&other));
        assert_eq!(one.unwrap() + two.unwrap(), 3);
        assert_eq!(told(desk, &desk.dirk).await.len(), 3);
        assert_eq!(mails(desk).await, 6);
        other.close().await;
    }

    async fn a_deadline_that_moves_is_another_deadline(desk) {
        let key = accepted(desk).await;
        desk.at(after(53));
        assert_eq!(give(desk).await, 1);
        let version = desk.version(&key).await;
        ticket::change_priority(&desk.backend, &desk.dirk, &key, version, Priority::Low, "Better").await.unwrap();
        assert_eq!(give(desk).await, 0);
        // King's Day lies between: 72 hours end on Friday 1 May at ten.
        desk.at(after(11 * 24 + 1));
        assert_eq!(give(desk).await, 1);
        assert_eq!(told(desk, &desk.dirk).await, [(AtRisk, ClockKind::Resolution), (Breached, ClockKind::Resolution)]);
    }

    async fn notifications_are_ones_own_and_the_unread_ones_come_first(desk) {
        for subject in ["A", "B", "C"] {
            desk.raise(&desk.anna, subject).await;
        }
        let b = &desk.backend;
        let view = notice::list(b, &desk.dirk, "").await.unwrap();
        assert_eq!((view.rows.len(), view.unread, view.next), (3, 3, None));
        let newest = view.rows[0].id;
        let theirs = notice::list(b, &desk.fenna, "").await.unwrap().rows[0].id;
        assert!(matches!(notice::mark_read(b, &desk.dirk, theirs).await, Err(Error::NotFound)));
        assert!(matches!(notice::mark_read(b, &desk.dirk, 99_999).await, Err(Error::NotFound)));
        notice::mark_read(b, &desk.dirk, newest).await.unwrap();
        notice::mark_read(b, &desk.dirk, newest).await.unwrap();
        let view = notice::list(b, &desk.dirk, "").await.unwrap();
        let read: Vec<_> = view.rows.iter().map(|row| (row.id == newest, row.read)).collect();
        assert_eq!(read, [(false, false), (false, false), (true, true)]);
        assert_eq!(notice::unread(b, &desk.dirk).await.unwrap(), 2);
        // A page begins after a row, read or not.
        let after = ["u", &view.rows[1].id.to_string()].concat();
        assert_eq!(notice::list(b, &desk.dirk, &after).await.unwrap().rows.len(), 1);
        let after = ["r", &newest.to_string()].concat();
        assert!(notice::list(b, &desk.dirk, &after).await.unwrap().rows.is_empty());
        notice::mark_all_read(b, &desk.dirk).await.unwrap();
        assert_eq!(notice::unread(b, &desk.dirk).await.unwrap(), 0);
        assert_eq!(notice::unread(b, &desk.fenna).await.unwrap(), 3);
        assert!(notice::list(b, &desk.carla, "").await.unwrap().rows.is_empty());
        assert_eq!(notice::unread(b, &desk.carla).await.unwrap(), 0);
        for actor in [&desk.anna, &desk.carla, &Actor::System] {
            assert!(matches!(notice::mark_read(b, actor, newest).await, Err(Error::NotFound)));
        }
        assert!(matches!(notice::list(b, &Actor::System, "").await, Err(Error::NotFound)));
    }
}
