//! Makes a long strip short: closed days together, then days in the middle together.

use super::{Column, ColumnKind, Segment};
use crate::time::Instant;

/// So many columns stay as they are at either end of a strip that is too long.
const ENDS: usize = 4;

/// Puts neighbouring closed columns together when there are more than `few` columns.
pub(super) fn closed_neighbours(columns: &mut Vec<Column>, few: usize) {
    if columns.len() <= few {
        return;
    }
    columns.dedup_by(|column, before| {
        let closed = |column: &Column| matches!(column.kind, ColumnKind::Closed { .. });
        let both = closed(column) && closed(before);
        if both {
            before.kind = ColumnKind::Closed { reason: None };
            before.last_day = column.last_day;
            before.to = column.to;
        }
        both
    });
}

/// Puts columns in the middle together until at most `most` are left, sparing the ends and those with an instant of `keep`.
pub(super) fn middle(columns: &mut Vec<Column>, most: usize, keep: &[Instant]) {
    let count = columns.len();
    if count <= most {
        return;
    }
    let mut merged: Vec<Column> = Vec::with_capacity(most);
    let mut run: Vec<Column> = Vec::new();
    for (index, column) in std::mem::take(columns).into_iter().enumerate() {
        let at_end = index < ENDS || index >= count - ENDS;
        let marked = keep.iter().any(|at| column.from <= *at && *at <= column.to);
        if at_end || marked {
            merged.extend(together(std::mem::take(&mut run)));
            merged.push(column);
        } else {
            run.push(column);
        }
    }
    *columns = merged;
}

/// One column for a run of them; short runs stay what they are.
fn together(run: Vec<Column>) -> Vec<Column> {
    let [first, _, .., last] = run.as_slice() else { return run };
    let weight: f32 = run.iter().map(|column| column.weight).sum();
    if weight <= 0.0 {
        return run;
    }
    let mut segments: Vec<Segment> = Vec::new();
    let mut before = 0.0;
    for column in &run {
        for segment in &column.segments {
            let at = |fraction: f32| (before + fraction * column.weight) / weight;
            let (from, to) = (at(segment.from), at(segment.to));
            // The days stand side by side without a night, so blocks of a kind that touch are one.
            match segments.iter_mut().rev().find(|last| last.kind == segment.kind) {
                Some(last) if from - last.to < 1e-4 => last.to = to,
                _ => segments.push(Segment { kind: segment.kind, from, to }),
            }
        }
        before += column.weight;
    }
    // The lowest first, as within a day.
    segments.sort_by_key(|segment| segment.kind as u8);
    let open_days = run.iter().filter(|column| column.weight > 0.0).count();
    vec![Column {
        kind: ColumnKind::Many { open_days },
        first_day: first.first_day,
        last_day: last.last_day,
        from: first.from,
        to: last.to,
        cropped_start: false,
        cropped_end: false,
        // Three days' width stands for the run, however long it is.
        weight: weight / open_days as f32 * open_days.min(3) as f32,
        segments,
    }]
}
