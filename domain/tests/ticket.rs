//! The rules of tickets, as tables of cases: DESIGN §3.
#![allow(clippy::unwrap_used, reason = "a test that fails may say so where it stands")]
use domain::ticket::{
    Change, CloseReason, Intent, Milestones, Move, MoveRefused, Priority, REOPEN_WITHIN, Standing, Status, TicketKey,
    conflicts, desk_can, next_status, request_can, solved,
};
use domain::time::{Instant, Millis};

use Status::{Closed, InProgress, New, Resolved, Waiting};

const NOW: Instant = Instant(1_776_672_000_000);

fn accepted() -> Milestones {
    Milestones { accepted_at: Some(NOW), resolved_at: None }
}

fn moves() -> Vec<Move> {
    let mut moves = vec![
        Move::Accept,
        Move::Return,
        Move::CustomerReply,
        Move::TakeBack,
        Move::Resolve,
        Move::Reopen,
        Move::Confirm,
    ];
    moves.extend(CloseReason::ALL.map(Move::Close));
    moves
}

/// Every move that exists, for a ticket that was accepted before.
const TABLE: [(Status, Move, Status); 28] = [
    (New, Move::Accept, InProgress),
    (New, Move::Return, Waiting),
    (InProgress, Move::Return, Waiting),
    (New, Move::CustomerReply, New),
    (InProgress, Move::CustomerReply, InProgress),
    (Waiting, Move::CustomerReply, InProgress),
    (Resolved, Move::CustomerReply, InProgress),
    (Waiting, Move::TakeBack, InProgress),
    (Waiting, Move::Accept, InProgress),
    (New, Move::Resolve, Resolved),
    (InProgress, Move::Resolve, Resolved),
    (Waiting, Move::Resolve, Resolved),
    (Resolved, Move::Reopen, InProgress),
    (Resolved, Move::Confirm, Closed),
    (Resolved, Move::Close(CloseReason::Solved), Closed),
    (Resolved, Move::Close(CloseReason::Expired), Closed),
    (New, Move::Close(CloseReason::Withdrawn), Closed),
    (New, Move::Close(CloseReason::Duplicate), Closed),
    (New, Move::Close(CloseReason::Spam), Closed),
    (New, Move::Close(CloseReason::Solved), Closed),
    (InProgress, Move::Close(CloseReason::Withdrawn), Closed),
    (InProgress, Move::Close(CloseReason::Duplicate), Closed),
    (InProgress, Move::Close(CloseReason::Spam), Closed),
    (InProgress, Move::Close(CloseReason::Solved), Closed),
    (Waiting, Move::Close(CloseReason::Withdrawn), Closed),
    (Waiting, Move::Close(CloseReason::Duplicate), Closed),
    (Waiting, Move::Close(CloseReason::Spam), Closed),
    (Waiting, Move::Close(CloseReason::Solved), Closed),
];

#[test]
fn the_table_of_moves_is_all_there_is() {
    for from in Status::ALL {
        for step in moves() {
            let listed = TABLE.iter().find(|(status, listed, _)| *status == from && *listed == step);
            let expected = listed.map(|(.., to)| *to);
            let found = next_status(from, accepted(), step, NOW);
            assert_eq!(found.ok(), expected, "{from:?} {step:?}");
            if expected.is_none() {
                let why = if from == Closed { MoveRefused::Closed } else { MoveRefused::NotFrom(from) };
                assert_eq!(found, Err(why), "{from:?} {step:?}");
            }
        }
    }
}

#[test]
fn what_was_never_accepted_goes_back_to_new() {
    for step in [Move::CustomerReply, Move::TakeBack] {
        assert_eq!(next_status(Waiting, Milestones::default(), step, NOW), Ok(New));
    }
}

#[test]
fn reopening_ends_after_fourteen_days() {
    let resolved = Milestones { accepted_at: None, resolved_at: Some(NOW) };
    assert_eq!(REOPEN_WITHIN, Millis(14 * 24 * 3_600_000));
    for step in [Move::CustomerReply, Move::Reopen] {
        assert_eq!(next_status(Resolved, resolved, step, NOW + REOPEN_WITHIN), Ok(InProgress));
        let late = next_status(Resolved, resolved, step, NOW + REOPEN_WITHIN + Millis(1));
        assert_eq!(late, Err(MoveRefused::TooLate));
    }
    // Confirming and closing have no such limit.
    let years = NOW + Millis(1_000 * 24 * 3_600_000);
    assert_eq!(next_status(Resolved, resolved, Move::Confirm, years), Ok(Closed));
}

#[test]
fn solved_confirms_what_is_resolved_and_closes_what_is_open() {
    assert_eq!(solved(Resolved), Move::Confirm);
    for status in [New, InProgress, Waiting] {
        assert_eq!(next_status(status, accepted(), solved(status), NOW), Ok(Closed));
    }
}

#[test]
fn colleagues_write_and_withdraw_but_do_not_confirm_or_hide() {
    let colleague = Standing::default();
    let can = request_can(InProgress, accepted(), colleague, NOW);
    assert!(can.reply && can.withdraw && can.add_participant && !can.confirm && !can.set_confidential);
    for (standing, confirm, confidential) in [
        (Standing { requester: true, ..colleague }, true, true),
        (Standing { participant: true, ..colleague }, true, false),
        (Standing { manager: true, ..colleague }, true, true),
    ] {
        let can = request_can(Resolved, accepted(), standing, NOW);
        assert_eq!((can.confirm, can.set_confidential), (confirm, confidential), "{standing:?}");
    }
}

#[test]
fn on_a_closed_ticket_a_customer_can_only_write_on() {
    let can = request_can(Closed, accepted(), Standing { requester: true, participant: false, manager: true }, NOW);
    assert!(can.reply && !can.confirm && !can.withdraw && !can.add_participant);
    let can = desk_can(Closed, accepted(), NOW);
    assert_eq!(can, domain::view::desk::DeskCan::default());
}

#[test]
fn what_conflicts_with_what() {
    let replied = Change::Replied { message_id: 1 };
    let resolved = Change::Resolved { message_id: 1 };
    let noted = Change::Noted { message_id: 1 };
    let confidential = Change::ConfidentialSet { on: true };
    let priority = Change::PriorityChanged {
        from: Priority::Low,
        to: Priority::High,
        reason: String::new(),
        old_due_at: None,
        new_due_at: None,
    };
    // Note, take up, decide.
    for (change, expected) in [
        (&replied, [false, false, true]),
        (&resolved, [false, true, true]),
        (&Change::Accepted, [false, true, true]),
        (&priority, [false, true, true]),
        (&noted, [false, false, false]),
        (&confidential, [false, false, false]),
    ] {
        let found = [Intent::Note, Intent::TakeUp, Intent::Decide].map(|intent| conflicts(intent, change));
        assert_eq!(found, expected, "{change:?}");
    }
}

#[test]
fn only_notes_are_internal() {
    use domain::ticket::Visibility;
    assert_eq!(Change::Noted { message_id: 1 }.visibility(), Visibility::Internal);
    assert_eq!(Change::Answered { message_id: 1 }.visibility(), Visibility::Public);
}

#[test]
fn an_event_of_yesterday_can_be_read_tomorrow() {
    for (json, change) in [
        (r#""accepted""#, Change::Accepted),
        (r#"{"assigned":{}}"#, Change::Assigned { agent_id: None, agent_name: String::new() }),
        (r#"{"closed":{"reason":"spam"}}"#, Change::Closed { reason: CloseReason::Spam, duplicate_of: None }),
        (r#"{"created":{"priority":"high"}}"#, Change::Created { priority: Priority::High }),
    ] {
        assert_eq!(serde_json::from_str::<Change>(json).unwrap(), change);
    }
}

#[test]
fn keys_are_read_strictly_and_in_any_case() {
    for (text, expected) in [
        ("ACME-17", Some(("ACME", 17))),
        ("acme-17", Some(("ACME", 17))),
        ("A1-1", Some(("A1", 1))),
        ("ACME-017", None),
        ("ACME-0", None),
        ("ACME-", None),
        ("ACME", None),
        ("A-1", None),
        ("ACMEACMEA-1", None),
        ("ACME-1-2", None),
        ("ACME- 1", None),
        ("ÀCME-1", None),
        ("ACME-9999999999999", None),
    ] {
        let parsed = TicketKey::parse(text);
        let parsed = parsed.as_ref().map(|key| (key.organisation.as_str(), key.number));
        assert_eq!(parsed, expected, "{text}");
    }
    assert_eq!(TicketKey::parse("acme-17").unwrap().to_string(), "ACME-17");
}

#[test]
fn a_typed_key_may_have_a_space_for_its_hyphen() {
    for text in ["ACME-17", " acme-17 ", "acme 17", "Acme \u{a0} 17"] {
        assert_eq!(TicketKey::typed(text), TicketKey::parse("ACME-17"), "{text}");
    }
    for text in ["", "17", "acme", "acme 017", "acme -17", "acme 1 7", "acme-1 7", "ward 3b"] {
        assert_eq!(TicketKey::typed(text), None, "{text}");
    }
}
