//! The strip in a sentence, for those who hear it. The list under "Why this time?" is the full equivalent.

use domain::sla::strip::{ColumnKind, MarkKind};
use domain::sla::{ClockState, Timeline};

use super::Drawing;
use crate::format;
use crate::words::common as words;

pub(super) fn of(drawing: &Drawing<'_>, timeline: &Timeline) -> String {
    let locale = drawing.locale;
    let zone = &drawing.schedule.zone;
    let reading = &drawing.reading;
    let time = |at| format::date_time(locale, zone, at);
    let mut said: Vec<String> = Vec::new();
    if !drawing.promise {
        said.push(words::strip_sent(locale, &time(timeline.started_at)));
        let used = format::duration(locale, reading.consumed);
        said.push(words::strip_counted(locale, &used, &format::support_hours(locale, reading.target)));
    }
    let mut closed = String::new();
    for column in &drawing.strip.columns {
        let ColumnKind::Closed { reason } = &column.kind else { continue };
        if !closed.is_empty() {
            closed.push_str(", ");
        }
        closed.push_str(&format::day_run(locale, column.first_day, column.last_day));
        if let Some(reason) = reason {
            closed.push(' ');
            closed.push_str(&words::closed_reason(locale, reason));
        }
    }
    if !closed.is_empty() {
        said.push(words::strip_closed(locale, &closed));
    }
    match reading.state {
        ClockState::Running { due_at, .. } | ClockState::OutsideHours { due_at, .. } => {
            said.push(words::strip_due(locale, &time(due_at)));
        }
        ClockState::Paused { since, .. } => {
            said.push(words::strip_paused(locale, &time(since)));
            if let Some(mark) = drawing.strip.mark(MarkKind::DueIfResumed) {
                said.push(words::strip_reply_now(locale, &time(mark.instant)));
            }
        }
        ClockState::Met { at, due_at } => {
            said.push(words::strip_stopped(locale, &time(at)));
            said.extend(due_at.map(|due_at| words::strip_was_due(locale, &time(due_at))));
        }
        ClockState::Breached { since, stopped_at } => {
            said.push(words::strip_was_due(locale, &time(since)));
            said.extend(stopped_at.map(|at| words::strip_stopped(locale, &time(at))));
        }
        ClockState::NoDeadline => {}
    }
    said.join(" ")
}
