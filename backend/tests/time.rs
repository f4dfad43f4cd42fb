//! What is stored of the clocks is what the engine computes from the events.

use backend::desk::ticket;
use domain::sla::{ClockState, due, read};
use domain::ticket::{Priority, Status};
use domain::time::Millis;
use domain::view::desk::ComposeKind;

use crate::harness::{TestDesk, after};

async fn verified(desk: &TestDesk, key: &str) {
    let verified = ticket::verify(&desk.backend, &desk.admin, key).await.unwrap();
    assert!(!verified.differs, "{key}");
    assert_eq!(verified.stored, verified.computed, "{key}");
}

both! {
    async fn after_each_step_of_a_long_life_the_projections_equal_the_engine(desk) {
        let key = desk.raise(&desk.anna, "A long story").await;
        verified(desk, &key).await;
        let version = || desk.version(&key);
        desk.at(after(1));
        ticket::accept(&desk.backend, &desk.dirk, &key, version().await).await.unwrap();
        verified(desk, &key).await;
        desk.at(after(3));
        desk.compose(&desk.dirk, &key, ComposeKind::Return, "Which ward?").await.unwrap();
        verified(desk, &key).await;
        desk.at(after(26));
        ticket::change_priority(&desk.backend, &desk.dirk, &key, version().await, Priority::Critical, "Worse")
            .await
            .unwrap();
        verified(desk, &key).await;
        desk.at(after(30));
        desk.reply(&desk.anna, &key, "Ward 3").await.unwrap();
        verified(desk, &key).await;
        desk.at(after(31));
        desk.compose(&desk.dirk, &key, ComposeKind::Note, "Hm").await.unwrap();
        desk.compose(&desk.dirk, &key, ComposeKind::Resolve, "Done").await.unwrap();
        verified(desk, &key).await;
        desk.at(after(48));
        desk.reply(&desk.anna, &key, "No").await.unwrap();
        verified(desk, &key).await;
        let view = desk.view(&desk.anna, &key).await;
        let reading = read(&view.policy.schedule, &view.clocks.resolution, view.now);
        // Monday 10–13, Tuesday 16–17; the waiting and the resolved time do not count.
        assert_eq!(reading.consumed, Millis::hours(4));
        ticket::change_priority(&desk.backend, &desk.dirk, &key, version().await, Priority::Low, "Better").await.unwrap();
        verified(desk, &key).await;
        ticket::withdraw(&desk.backend, &desk.anna, &key).await.unwrap();
        verified(desk, &key).await;
    }

    async fn every_status_verifies(desk) {
        for status in Status::ALL {
            verified(desk, &desk.ticket_in(status).await).await;
        }
    }

    async fn a_priority_that_makes_it_late_makes_it_late_from_then_on(desk) {
        let key = desk.ticket_in(Status::InProgress).await;
        desk.at(after(6));
        let version = desk.version(&key).await;
        ticket::change_priority(&desk.backend, &desk.dirk, &key, version, Priority::Critical, "Worse").await.unwrap();
        let view = desk.view(&desk.anna, &key).await;
        assert_eq!(due(&view.policy.schedule, &view.clocks.resolution, view.now), Some(after(6)));
        let reading = read(&view.policy.schedule, &view.clocks.resolution, view.now);
        assert_eq!(reading.state, ClockState::Breached { since: after(6), stopped_at: None });
        verified(desk, &key).await;
    }

    async fn events_stay_in_order_when_the_computers_clock_goes_back(desk) {
        let key = desk.raise(&desk.anna, "A").await;
        desk.at(after(-5));
        desk.compose(&desk.dirk, &key, ComposeKind::Answer, "Hello").await.unwrap();
        let view = desk.view(&desk.anna, &key).await;
        assert!(view.events.is_sorted_by_key(|event| event.at));
        assert!(view.clocks.review.stopped_at >= Some(view.clocks.review.started_at));
        verified(desk, &key).await;
    }
}
