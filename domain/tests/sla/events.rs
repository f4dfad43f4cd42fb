//! From a ticket's events to its clocks.

use domain::sla::{ClockKind, ClockState, Pause, PauseReason, Timeline, read, timelines};
use domain::ticket::{Change, Channel, CloseReason, Event, Priority};
use domain::time::Millis;

use super::support::{at, desk};

fn clocks(story: &[(&str, Change)]) -> (Timeline, Timeline) {
    let events: Vec<Event> = story
        .iter()
        .zip(1..)
        .map(|((when, change), id)| Event {
            id,
            at: at(when),
            change: change.clone(),
            channel: Channel::Web,
            actor_id: Some(1),
        })
        .collect();
    timelines(events.iter(), |kind, priority| {
        Some(match kind {
            ClockKind::Review => priority.shipped_review(),
            _ => priority.shipped_resolution(),
        })
    })
}

fn created() -> (&'static str, Change) {
    ("04-22 10:00", Change::Created { priority: Priority::High })
}

const RETURNED: Change = Change::Returned { message_id: 1 };
const REPLIED: Change = Change::Replied { message_id: 2 };
const RESOLVED: Change = Change::Resolved { message_id: 3 };

/// One that the second event of a story began.
fn pause(from: &str, to: Option<&str>, reason: PauseReason) -> Pause {
    Pause { from: at(from), to: to.map(at), reason, event_id: Some(2) }
}

#[test]
fn both_clocks_start_with_the_ticket() {
    let (review, resolution) = clocks(&[created()]);
    assert_eq!((review.kind, resolution.kind), (ClockKind::Review, ClockKind::Resolution));
    for (clock, target) in [(review, Millis::hours(1)), (resolution, Millis::hours(24))] {
        assert_eq!(clock.started_at, at("04-22 10:00"));
        assert_eq!(clock.targets[0].working_time, target);
        assert_eq!((clock.targets.len(), clock.pauses.len(), clock.stopped_at), (1, 0, None));
    }
}

#[test]
fn review_stops_at_the_first_act_of_staff() {
    let acts = [
        Change::Accepted,
        Change::Answered { message_id: 1 },
        RETURNED,
        RESOLVED,
        Change::Closed { reason: CloseReason::Spam, duplicate_of: None },
    ];
    for act in acts {
        let (review, _) = clocks(&[created(), ("04-22 10:20", act.clone()), ("04-22 10:40", Change::Accepted)]);
        assert_eq!(review.stopped_at, Some(at("04-22 10:20")), "{act:?}");
        assert!(review.pauses.is_empty());
    }
}

#[test]
fn nothing_else_stops_review() {
    let others = [
        REPLIED,
        Change::Noted { message_id: 1 },
        Change::Assigned { agent_id: Some(1), agent_name: "Dirk".into() },
        Change::ConfidentialSet { on: true },
        Change::PriorityChanged {
            from: Priority::High,
            to: Priority::Low,
            reason: String::new(),
            old_due_at: None,
            new_due_at: None,
        },
    ];
    for other in others {
        let (review, resolution) = clocks(&[created(), ("04-22 10:20", other.clone())]);
        assert_eq!((review.stopped_at, resolution.stopped_at), (None, None), "{other:?}");
        assert!(resolution.pauses.is_empty(), "{other:?}");
    }
}

#[test]
fn resolution_pauses_while_waiting_for_the_customer() {
    for back in [REPLIED, Change::TakenBack, Change::Accepted] {
        let (_, resolution) = clocks(&[created(), ("04-22 11:00", RETURNED), ("04-23 10:00", back.clone())]);
        assert_eq!(
            resolution.pauses,
            [pause("04-22 11:00", Some("04-23 10:00"), PauseReason::WaitingForCustomer)],
            "{back:?}"
        );
    }
    // An answer or a note while waiting does not end the wait.
    let (_, resolution) = clocks(&[
        created(),
        ("04-22 11:00", RETURNED),
        ("04-22 12:00", Change::Answered { message_id: 4 }),
        ("04-22 13:00", Change::Noted { message_id: 5 }),
        ("04-22 14:00", RETURNED),
    ]);
    assert_eq!(resolution.pauses, [pause("04-22 11:00", None, PauseReason::WaitingForCustomer)]);
}

#[test]
fn resolution_stops_when_resolved_and_closing_later_changes_nothing() {
    let close = Change::Closed { reason: CloseReason::Solved, duplicate_of: None };
    let (_, resolution) = clocks(&[created(), ("04-22 15:00", RESOLVED), ("04-24 15:00", close)]);
    assert_eq!(resolution.stopped_at, Some(at("04-22 15:00")));
    let (_, withdrawn) = clocks(&[
        created(),
        ("04-22 12:00", RETURNED),
        ("04-22 16:00", Change::Closed { reason: CloseReason::Withdrawn, duplicate_of: None }),
    ]);
    assert_eq!(withdrawn.stopped_at, Some(at("04-22 16:00")));
    assert_eq!(withdrawn.pauses, [pause("04-22 12:00", Some("04-22 16:00"), PauseReason::WaitingForCustomer)]);
}

#[test]
fn a_reopened_ticket_goes_on_with_what_it_had_used() {
    for again in [REPLIED, Change::Reopened] {
        let (_, resolution) = clocks(&[created(), ("04-22 15:00", RESOLVED), ("04-24 10:00", again.clone())]);
        assert_eq!(resolution.stopped_at, None, "{again:?}");
        assert_eq!(resolution.pauses, [pause("04-22 15:00", Some("04-24 10:00"), PauseReason::Resolved)], "{again:?}");
        let reading = read(&desk(), &resolution, at("04-24 11:00"));
        assert_eq!(reading.consumed, Millis::hours(6), "{again:?}");
    }
    // Resolved a second time.
    let (_, resolution) =
        clocks(&[created(), ("04-22 15:00", RESOLVED), ("04-24 10:00", Change::Reopened), ("04-24 12:00", RESOLVED)]);
    let reading = read(&desk(), &resolution, at("05-20 12:00"));
    assert_eq!(reading.consumed, Millis::hours(7));
    assert!(matches!(reading.state, ClockState::Met { .. }), "{reading:?}");
}

#[test]
fn a_reply_long_after_it_was_resolved_reopens_nothing() {
    let (_, resolution) = clocks(&[created(), ("04-22 15:00", RESOLVED), ("05-06 15:00", REPLIED)]);
    assert_eq!(resolution.stopped_at, None, "fourteen days to the minute are within the time");
    let (_, resolution) = clocks(&[created(), ("04-22 15:00", RESOLVED), ("05-06 15:01", REPLIED)]);
    assert_eq!(resolution.stopped_at, Some(at("04-22 15:00")));
}

#[test]
fn a_change_of_priority_adds_a_target_to_both_clocks() {
    let to = Change::PriorityChanged {
        from: Priority::High,
        to: Priority::Critical,
        reason: "worse".into(),
        old_due_at: None,
        new_due_at: None,
    };
    let (review, resolution) = clocks(&[created(), ("04-22 12:00", to)]);
    assert_eq!(review.targets.len(), 2);
    assert_eq!(resolution.targets[0].working_time, Millis::hours(24));
    assert_eq!((resolution.targets[1].from, resolution.targets[1].working_time), (at("04-22 12:00"), Millis::hours(4)));
}

/// Next responses within two hours, for High only.
fn responses(story: &[(&str, Change)]) -> Vec<Timeline> {
    let event = |((when, change), id): (&(&str, Change), i64)| Event {
        id,
        at: at(when),
        change: change.clone(),
        channel: Channel::Web,
        actor_id: Some(1),
    };
    let events: Vec<Event> = story.iter().zip(1..).map(event).collect();
    let target =
        |kind, priority| (kind == ClockKind::NextResponse && priority == Priority::High).then_some(Millis::hours(2));
    domain::sla::clocks(events.iter(), target).next_responses
}

#[test]
fn a_next_response_runs_from_the_oldest_unanswered_message_to_a_public_answer() {
    let story = [
        created(),
        ("04-22 10:20", Change::Accepted),
        ("04-22 10:30", REPLIED),
        ("04-22 10:40", Change::Noted { message_id: 5 }),
        ("04-22 11:00", Change::Answered { message_id: 6 }),
        ("04-22 12:00", Change::Answered { message_id: 7 }),
        ("04-22 17:00", REPLIED),
        ("04-22 17:30", REPLIED),
    ];
    let clocks = responses(&story);
    let spans: Vec<_> = clocks.iter().map(|clock| (clock.started_at, clock.stopped_at)).collect();
    assert_eq!(spans, [(at("04-22 10:00"), Some(at("04-22 11:00"))), (at("04-22 17:00"), None)]);
    assert!(clocks.iter().all(|clock| clock.kind == ClockKind::NextResponse && clock.pauses.is_empty()));
    let reading = read(&desk(), &clocks[1], at("04-23 09:30"));
    assert_eq!(reading.state, ClockState::Running { due_at: at("04-23 10:00"), at_risk: false });
}

#[test]
fn whatever_staff_say_in_public_is_a_response() {
    let close = Change::Closed { reason: CloseReason::Spam, duplicate_of: None };
    for answer in [Change::Answered { message_id: 1 }, RETURNED, RESOLVED, close] {
        let clocks = responses(&[created(), ("04-22 11:00", answer.clone())]);
        assert_eq!(clocks.len(), 1, "{answer:?}");
        assert_eq!(clocks[0].stopped_at, Some(at("04-22 11:00")), "{answer:?}");
    }
    for other in [Change::Accepted, Change::TakenBack, Change::Noted { message_id: 1 }] {
        assert_eq!(responses(&[created(), ("04-22 11:00", other)])[0].stopped_at, None);
    }
}

#[test]
fn a_reply_that_reopens_asks_for_a_response_too_and_a_change_of_priority_changes_its_target() {
    let lower = Change::PriorityChanged {
        from: Priority::Low,
        to: Priority::High,
        reason: String::new(),
        old_due_at: None,
        new_due_at: None,
    };
    let clocks = responses(&[
        ("04-22 10:00", Change::Created { priority: Priority::Low }),
        ("04-22 11:00", RESOLVED),
        ("04-23 10:00", REPLIED),
        ("04-23 10:30", lower),
    ]);
    assert_eq!(clocks.len(), 2);
    assert!(clocks[0].targets.is_empty(), "Low has no target for it");
    assert_eq!(
        read(&desk(), &clocks[1], at("04-23 11:00")).state,
        ClockState::Running { due_at: at("04-23 12:00"), at_risk: false }
    );
    assert_eq!(clocks[1].started_at, at("04-23 10:00"));
}
