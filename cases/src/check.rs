//! One row against the engine: the columns it has, and what must hold of every clock whatever the table says.

use std::collections::BTreeMap;

use domain::i18n::Locale;
use domain::sla::{
    ClockState, PieceKind, Schedule, Teller, Timeline, consumed, due, due_if_resumed, read, tell, trace,
};
use domain::time::{Instant, Millis};
use domain::view::Side;
use domain::zone::Zone;

use crate::cell::{instant, show, span};
use crate::story::timeline;
use crate::table::Row;

/// What is wrong with a row's answers.
///
/// # Errors
/// When the row itself cannot be read.
pub(crate) fn check(row: &Row, desks: &BTreeMap<String, Schedule>) -> Result<Vec<String>, String> {
    let desk = row.get("Desk");
    let schedule = desks.get(desk).ok_or_else(|| format!("there is no desk {desk:?}"))?;
    let zone = &schedule.zone;
    let clock = timeline(row, schedule)?;
    let now = match row.get("Read at") {
        "" => clock.started_at,
        text => instant(zone, text)?,
    };
    let mut wrong = Vec::new();
    let mut compare = |what: &str, expected: String, got: String| {
        if expected != got {
            wrong.push(format!("{what}: expected {expected}, got {got}"));
        }
    };
    let due_at = due(schedule, &clock, now);
    match row.get("Due") {
        "" => {}
        "none" => compare("due", "none".into(), shown(zone, due_at)),
        text => compare("due", show(zone, instant(zone, text)?), shown(zone, due_at)),
    }
    if !row.get("If you reply now").is_empty() {
        let expected = show(zone, instant(zone, row.get("If you reply now"))?);
        compare("if you reply now", expected, shown(zone, due_if_resumed(schedule, &clock, now)));
    }
    if !row.get("Used").is_empty() {
        let used = span(row.get("Used"))?;
        compare("used", format!("{used:?}"), format!("{:?}", consumed(schedule, &clock, now)));
    }
    if !row.get("Shows").is_empty() {
        compare("shows", row.get("Shows").into(), state(zone, read(schedule, &clock, now).state));
    }
    if !row.get("Why").is_empty() {
        let story = trace(schedule, &clock, now);
        let teller = Teller { locale: Locale::English, zone, side: Side::Support, who: &|_| None };
        compare("why", row.get("Why").into(), tell(&story, &teller));
    }
    wrong.extend(adds_up(schedule, &clock, now));
    Ok(wrong)
}

fn shown(zone: &Zone, at: Option<Instant>) -> String {
    at.map_or("none".into(), |at| show(zone, at))
}

fn state(zone: &Zone, state: ClockState) -> String {
    let risk = |at_risk| if at_risk { ", at risk" } else { "" };
    match state {
        ClockState::Running { at_risk, .. } => format!("running{}", risk(at_risk)),
        ClockState::OutsideHours { resumes_at, at_risk, .. } => {
            format!("counts again {}{}", show(zone, resumes_at), risk(at_risk))
        }
        ClockState::Paused { since, .. } => format!("paused since {}", show(zone, since)),
        ClockState::Met { at, .. } => format!("met {}", show(zone, at)),
        ClockState::Breached { since, stopped_at: None } => format!("late since {}", show(zone, since)),
        ClockState::Breached { since, stopped_at: Some(at) } => {
            format!("late since {}, done {}", show(zone, since), show(zone, at))
        }
        ClockState::NoDeadline => "no deadline".into(),
    }
}

/// The trace has no gap from the start to the deadline, and what it counts is what was used.
fn adds_up(schedule: &Schedule, clock: &Timeline, now: Instant) -> Vec<String> {
    let story = trace(schedule, clock, now);
    let mut wrong = Vec::new();
    let mut at = clock.started_at;
    let (mut counted, mut used) = (Millis::ZERO, Millis::ZERO);
    for piece in &story.pieces {
        if piece.from != at || piece.to <= piece.from {
            wrong.push(format!("trace: a gap before {piece:?}"));
        }
        at = piece.to;
        if matches!(piece.kind, PieceKind::Counted | PieceKind::Overrun) {
            used = used + story.used_until.clamp(piece.from, piece.to).since(piece.from);
        }
        if piece.kind == PieceKind::Counted {
            counted = counted + piece.working;
        }
    }
    let end = story.due_at.unwrap_or(at).max(story.used_until).max(clock.started_at);
    if at != end {
        wrong.push(format!("trace: ends {at:?} instead of {end:?}"));
    }
    if used != consumed(schedule, clock, now) {
        wrong.push(format!("trace: {used:?} used, the clock says {:?}", consumed(schedule, clock, now)));
    }
    let changed = clock.targets.len() > 1;
    if story.due_at.is_some() && !changed && counted != story.target {
        wrong.push(format!("trace: counts {counted:?} of {:?}", story.target));
    }
    wrong
}
