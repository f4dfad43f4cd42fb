//! A line of output. Written by hand into one buffer: a line is mostly instants, and there can be millions of lines.

use anyhow::ensure;
use backend::calendar::END;
use domain::sla::{ClockState, PieceKind, Schedule, Timeline, read, trace_until};
use domain::time::{Instant, Millis};

use super::question::Question;
use super::rfc3339;

/// A trace is told for so many openings: ten centuries of weekdays, forty megabytes. Until the year 9999 it would be half a
/// gigabyte.
pub(super) const TOLD_OPENINGS: usize = 250_000;

pub(super) fn write(question: &Question, out: &mut Vec<u8>) -> anyhow::Result<()> {
    let Question { id, calendar, schedule, timeline, now } = question;
    let zone = calendar.zone();
    // Without a "now", the engine is asked as of the start; with a single target its due time is the same at any time.
    let as_of = now.unwrap_or(timeline.started_at);
    let due_at = domain::sla::due(schedule, timeline, as_of).filter(|due_at| *due_at < END);
    if due_at.is_none() || as_of >= schedule.known_until {
        let answers = calendar.answers(schedule, timeline, as_of);
        ensure!(answers, "the calendar has millions of openings until then, more than are counted");
    }
    out.extend_from_slice(b"{\"id\":");
    out.extend_from_slice(id.to_string().as_bytes());
    out.extend_from_slice(b",\"due_at\":");
    match due_at {
        Some(due_at) => {
            out.push(b'"');
            rfc3339::write(zone, due_at, out);
            out.push(b'"');
        }
        None => out.extend_from_slice(b"null"),
    }
    if let Some(now) = *now {
        let reading = read(schedule, timeline, now);
        out.extend_from_slice(b",\"elapsed_seconds\":");
        seconds(reading.consumed, out);
        out.extend_from_slice(b",\"remaining_seconds\":");
        seconds(reading.remaining, out);
        out.extend_from_slice(b",\"state\":\"");
        out.extend_from_slice(state(schedule, timeline, now, reading.state).as_bytes());
        out.push(b'"');
    }
    let end = due_at.unwrap_or_else(|| now.unwrap_or_else(|| last_known(schedule, timeline)));
    let end = end.min(END - Millis(1));
    let told = end.min(told_until(schedule, timeline));
    write_trace(question, told, out);
    if told < end {
        out.extend_from_slice(b",\"trace_until\":\"");
        rfc3339::write(zone, told, out);
        out.push(b'"');
    }
    out.extend_from_slice(b"}\n");
    Ok(())
}

/// Where [`TOLD_OPENINGS`] are over.
fn told_until(schedule: &Schedule, timeline: &Timeline) -> Instant {
    let first = schedule.windows.partition_point(|window| window.to <= timeline.started_at);
    schedule.windows.get(first + TOLD_OPENINGS).map_or(Instant::MAX, |window| window.from)
}

/// Without a due time and a "now", the story ends where a pause begins that has not ended, or with the last opening.
fn last_known(schedule: &Schedule, timeline: &Timeline) -> Instant {
    let open = timeline.pauses.iter().filter(|pause| pause.to.is_none()).map(|pause| pause.from).min();
    let last = schedule.windows.last().map_or(timeline.started_at, |window| window.to);
    open.unwrap_or(last).max(timeline.started_at)
}

fn state(schedule: &Schedule, timeline: &Timeline, now: Instant, state: ClockState) -> &'static str {
    match state {
        ClockState::Running { .. } => "running",
        ClockState::OutsideHours { .. } => "outside_hours",
        ClockState::Paused { .. } => "paused",
        ClockState::Met { .. } => "met",
        ClockState::Breached { .. } => "breached",
        // A pause without an end that begins later than "now" leaves no due time, but until then the clock is what it is.
        ClockState::NoDeadline if timeline.pauses.iter().any(|pause| pause.to.is_none() && pause.from > now) => {
            let mut until_then = timeline.clone();
            until_then.pauses.retain(|pause| pause.to.is_some());
            self::state(schedule, &until_then, now, read(schedule, &until_then, now).state)
        }
        ClockState::NoDeadline => "no_deadline",
    }
}

/// The pieces until `end`. The reasons of closed time are left out, so closed pieces in a row are one.
fn write_trace(question: &Question, end: Instant, out: &mut Vec<u8>) {
    let Question { calendar, schedule, timeline, now, .. } = question;
    let trace = trace_until(schedule, timeline, now.unwrap_or(timeline.started_at), end);
    out.extend_from_slice(b",\"trace\":[");
    let name = |kind: &PieceKind| match kind {
        PieceKind::Counted | PieceKind::Overrun => "counted",
        PieceKind::Closed(_) => "closed",
        PieceKind::Paused(_) => "paused",
    };
    let mut pieces = trace.pieces.iter().peekable();
    let mut first = true;
    // Where a piece ends the next begins, so that each instant is put into words once.
    let mut from = Vec::with_capacity(32);
    let mut to = Vec::with_capacity(32);
    rfc3339::write(calendar.zone(), timeline.started_at, &mut from);
    while let Some(piece) = pieces.next() {
        let kind = name(&piece.kind);
        let mut last = piece;
        while let Some(next) = pieces.next_if(|next| name(&next.kind) == kind) {
            last = next;
        }
        to.clear();
        rfc3339::write(calendar.zone(), last.to, &mut to);
        out.extend_from_slice(if first { b"{\"from\":\"" } else { b",{\"from\":\"" });
        out.extend_from_slice(&from);
        out.extend_from_slice(b"\",\"to\":\"");
        out.extend_from_slice(&to);
        out.extend_from_slice(b"\",\"kind\":\"");
        out.extend_from_slice(kind.as_bytes());
        out.extend_from_slice(b"\",\"seconds\":");
        seconds(last.to.since(piece.from), out);
        out.push(b'}');
        std::mem::swap(&mut from, &mut to);
        first = false;
    }
    out.push(b']');
}

/// Whole seconds as an integer, others with three decimals.
fn seconds(span: Millis, out: &mut Vec<u8>) {
    if span.0 < 0 {
        out.push(b'-');
    }
    let millis = span.0.unsigned_abs();
    rfc3339::digits(millis / 1_000, 1, out);
    if !millis.is_multiple_of(1_000) {
        out.push(b'.');
        rfc3339::digits(millis % 1_000, 3, out);
    }
}
