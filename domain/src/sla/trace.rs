//! The story of a clock: every span from its start to its deadline, and the few rows of it that people read.

use super::walk::{Step, Walk};
use super::{ClosedReason, NamedDay, PauseReason, Schedule, Timeline, due};
use crate::time::{Instant, Millis};
use crate::zone::Zone;

/// What a span was to the clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// Working time that counts towards the target; after [`Trace::used_until`], working time still to come.
    Counted,
    Closed(ClosedReason),
    Paused(PauseReason),
    /// Working time after the deadline.
    Overrun,
}

/// A span of one kind, `[from, to)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub kind: PieceKind,
    pub from: Instant,
    pub to: Instant,
    /// The working time within: that of a pause is what it spared, that of a closed span is zero.
    pub working: Millis,
    /// Of a pause: the event that began it.
    pub event_id: Option<i64>,
}

/// Spans without a gap from the start of a clock to its deadline, or to now or its stop when that is later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    pub pieces: Vec<Piece>,
    pub due_at: Option<Instant>,
    /// Now, or when the clock stopped: what lies before has happened, what lies after is a forecast.
    pub used_until: Instant,
    pub target: Millis,
    /// Of the days in it that have a name.
    pub named_days: Vec<NamedDay>,
}

/// A line of "Why this time?".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub kind: PieceKind,
    pub from: Instant,
    pub to: Instant,
    /// Local days since 1970-01-01; different for a run of closed days and for a pause over night.
    pub first_day: i64,
    pub last_day: i64,
    pub working: Millis,
    /// The part of `working` that has been used so far.
    pub used: Millis,
    /// Of a pause: the event that began it.
    pub event_id: Option<i64>,
    /// Of working time on a day with a name: "Christmas Eve".
    pub name: Option<String>,
}

/// A span without a break of more days than this (a desk that never closes) is one row, not one a day: nobody reads a
/// thousand rows that say the same.
const AT_MOST_DAYS: i64 = 62;

/// All spans of a clock, each with its reason. When there is a due time, the counted ones add up to the target (to what
/// had been used already, when a change of priority made it late).
pub fn trace(schedule: &Schedule, timeline: &Timeline, now: Instant) -> Trace {
    let due_at = due(schedule, timeline, now);
    let used_until = timeline.read_until(now);
    trace_until(schedule, timeline, now, due_at.unwrap_or(used_until).max(used_until))
}

/// [`trace`], ending at `end` whatever the deadline is.
pub fn trace_until(schedule: &Schedule, timeline: &Timeline, now: Instant, end: Instant) -> Trace {
    let due_at = due(schedule, timeline, now);
    let used_until = timeline.read_until(now);
    let target = timeline.target_at(used_until).map_or(Millis::ZERO, |target| target.working_time);
    let mut pieces = Vec::new();
    let mut walk = Walk::new(schedule, timeline, timeline.started_at, Instant::MAX);
    let mut at = timeline.started_at;
    while at < end {
        let (step, from, to) = walk.step();
        let to = to.min(end);
        at = to;
        match step {
            Step::Closed => push_closed(schedule, &mut pieces, from, to),
            Step::Paused(reason, event_id) => {
                let working = schedule.working_time(from, to);
                push(&mut pieces, Piece { kind: PieceKind::Paused(reason), from, to, working, event_id });
            }
            Step::Counted => {
                let turn = due_at.unwrap_or(Instant::MAX).clamp(from, to);
                let counted =
                    |kind, from, to: Instant| Piece { kind, from, to, working: to.since(from), event_id: None };
                push(&mut pieces, counted(PieceKind::Counted, from, turn));
                push(&mut pieces, counted(PieceKind::Overrun, turn, to));
            }
        }
    }
    let zone = &schedule.zone;
    let days = zone.civil(timeline.started_at).day_number..=zone.civil(end).day_number;
    let named_days = schedule.named_days.iter().filter(|day| days.contains(&day.day_number)).cloned().collect();
    Trace { pieces, due_at, used_until, target, named_days }
}

/// Adds a piece: not when it is empty, and as part of the last one when it is of the same kind.
fn push(pieces: &mut Vec<Piece>, piece: Piece) {
    if piece.from >= piece.to {
        return;
    }
    match pieces.last_mut() {
        Some(last) if last.kind == piece.kind => {
            last.to = piece.to;
            last.working = last.working + piece.working;
        }
        _ => pieces.push(piece),
    }
}

/// Splits a closed span where its reason changes, at local midnights.
fn push_closed(schedule: &Schedule, pieces: &mut Vec<Piece>, from: Instant, to: Instant) {
    let closed = |reason: ClosedReason, from, to| Piece {
        kind: PieceKind::Closed(reason),
        from,
        to,
        working: Millis::ZERO,
        event_id: None,
    };
    let zone = &schedule.zone;
    let first_day = zone.civil(from).day_number;
    let days = &schedule.closed_days[schedule.closed_days.partition_point(|day| day.day_number < first_day)..];
    let mut at = from;
    for day in days {
        let starts = zone.day_start(day.day_number).clamp(from, to);
        let ends = zone.day_start(day.day_number + 1).clamp(from, to);
        push(pieces, closed(ClosedReason::Night, at, starts));
        push(pieces, closed(day.reason.clone(), starts, ends));
        at = ends;
        if at >= to {
            return;
        }
    }
    push(pieces, closed(ClosedReason::Night, at, to));
}

impl Trace {
    /// The rows people read: one per local day with counted time, one per run of closed days with one reason, one per
    /// pause, one per span of more than [`AT_MOST_DAYS`] without a break. Nights and breaks within a day are not listed.
    pub fn condensed(&self, zone: &Zone) -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        for piece in &self.pieces {
            match &piece.kind {
                PieceKind::Closed(ClosedReason::Night) => {}
                PieceKind::Closed(_) | PieceKind::Paused(_) => rows.push(self.row(zone, piece, piece.from, piece.to)),
                PieceKind::Counted | PieceKind::Overrun => self.push_days(zone, piece, &mut rows),
            }
        }
        rows
    }

    /// One row per local day of a counted piece, continuing the last row when it is of the same day and kind.
    fn push_days(&self, zone: &Zone, piece: &Piece, rows: &mut Vec<Row>) {
        let mut from = piece.from;
        if zone.civil(piece.to).day_number - zone.civil(from).day_number > AT_MOST_DAYS {
            rows.push(self.row(zone, piece, from, piece.to));
            return;
        }
        while from < piece.to {
            let day = zone.civil(from).day_number;
            // The next midnight lies after `from`; the second bound only guards against a zone table that is wrong.
            let to = zone.day_start(day + 1).min(piece.to).max(from + Millis(1));
            let row = self.row(zone, piece, from, to);
            match rows.last_mut() {
                Some(last) if last.kind == row.kind && last.last_day == day => {
                    last.to = row.to;
                    last.working = last.working + row.working;
                    last.used = last.used + row.used;
                }
                _ => rows.push(row),
            }
            from = to;
        }
    }

    fn row(&self, zone: &Zone, piece: &Piece, from: Instant, to: Instant) -> Row {
        let counts = matches!(piece.kind, PieceKind::Counted | PieceKind::Overrun);
        let used = if counts { self.used_until.clamp(from, to).since(from) } else { Millis::ZERO };
        let first_day = zone.civil(from).day_number;
        let name = self.named_days.iter().find(|day| counts && day.day_number == first_day);
        Row {
            kind: piece.kind.clone(),
            from,
            to,
            first_day,
            // The day of the last millisecond: a span that ends at midnight does not touch the next day.
            last_day: zone.civil(to - Millis(1)).day_number,
            working: if counts { to.since(from) } else { piece.working },
            used,
            event_id: piece.event_id,
            name: name.map(|day| day.name.clone()),
        }
    }
}
