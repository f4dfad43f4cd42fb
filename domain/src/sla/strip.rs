//! The geometry of the time strip (LOOK, "The time strip") as plain numbers: columns of days, blocks within them, marks on
//! the axis. No words and no style: those who draw it add both.

use super::{ClockState, ClosedReason, PieceKind, Schedule, Timeline, Trace, Window, due_if_resumed, read, trace};
use crate::time::{Instant, Millis};

mod merge;

/// More columns than this cannot be read beside each other.
pub const AT_MOST_COLUMNS: usize = 14;
/// From so many columns on, neighbouring closed days share one column even when their reasons differ.
const FEW_COLUMNS: usize = 7;
/// A strip of which less than one part in so many is of interest is cropped at both ends.
const CROP_BELOW: i64 = 6;
/// Cropped ends leave at least this much of the neutral day.
const CROP_MARGIN: Millis = Millis::HOUR;
/// A strip looks at most so many days back and forth: two years. Longer lives are cut at their beginning.
const AT_MOST_DAYS: i64 = 731;

/// What a block on the baseline stands for. Later ones lie over earlier ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SegmentKind {
    /// The desk is open.
    Open,
    /// Counted already.
    Used,
    /// Still to count until the deadline; after a stop in time, what was spared.
    ToCount,
    Paused,
    /// Still to count if the customer replied now.
    IfResumed,
    /// Counted after the deadline.
    Overrun,
}

/// A block, as fractions of its column's width.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Segment {
    pub kind: SegmentKind,
    pub from: f32,
    pub to: f32,
}

/// What a column is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// A local day with opening hours: from the first opening to the last closing, even where the column is cropped.
    Open { opens_at: Instant, closes_at: Instant },
    /// Closed days in a row; no reason when they have different ones.
    Closed { reason: Option<ClosedReason> },
    /// Days left out in the middle of a long strip: so many of them have opening hours.
    Many { open_days: usize },
}

/// One column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub kind: ColumnKind,
    /// Local days since 1970-01-01, first and last.
    pub first_day: i64,
    pub last_day: i64,
    /// The span that the column's width stands for.
    pub from: Instant,
    pub to: Instant,
    /// A part of the day was left out before, or after.
    pub cropped_start: bool,
    pub cropped_end: bool,
    /// How wide it is beside the others: hours. Zero for closed days, which have a width of their own.
    pub weight: f32,
    pub segments: Vec<Segment>,
}

/// What a mark says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkKind {
    Sent,
    Now,
    Due,
    /// When it would be due if the customer replied now.
    DueIfResumed,
    /// When the clock stopped.
    Stopped,
    /// When it would have been due, had it not stopped in time.
    WasDue,
}

/// A place on the axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    pub column: usize,
    /// Fraction of the column's width.
    pub at: f32,
    /// It lies in the gap (a night) before the column when `at` is 0, after it when `at` is 1.
    pub in_gap: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    pub kind: MarkKind,
    pub place: Place,
    pub instant: Instant,
}

/// The strip of one clock at one instant.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Strip {
    pub columns: Vec<Column>,
    pub marks: Vec<Mark>,
}

impl Strip {
    /// `None` when there is nothing to draw: no deadline, or nothing known about the days between.
    pub fn of(schedule: &Schedule, timeline: &Timeline, now: Instant) -> Option<Self> {
        let state = read(schedule, timeline, now).state;
        let story = trace(schedule, timeline, now);
        let resumed = match state {
            ClockState::Paused { .. } => {
                due_if_resumed(schedule, timeline, now).map(|due_at| Resumed::of(schedule, now, due_at))
            }
            _ => None,
        };
        let marks = marks(timeline, now, state, story.due_at, resumed.as_ref().map(|resumed| resumed.due_at))?;
        let first = marks.iter().map(|(_, at)| *at).min()?;
        let last = marks.iter().map(|(_, at)| *at).max()?;
        let mut columns = columns(schedule, first, last);
        crop(&mut columns, schedule, first, last);
        for column in &mut columns {
            fill(column, schedule, &story, resumed.as_ref());
        }
        let keep: Vec<Instant> = marks.iter().map(|(_, at)| *at).collect();
        merge::closed_neighbours(&mut columns, FEW_COLUMNS);
        merge::middle(&mut columns, AT_MOST_COLUMNS, &keep);
        let marks = marks
            .into_iter()
            .filter_map(|(kind, instant)| place(&columns, instant).map(|place| Mark { kind, place, instant }));
        let marks = marks.collect();
        (!columns.is_empty()).then_some(Self { columns, marks })
    }

    /// The mark of a kind, if the strip has it.
    pub fn mark(&self, kind: MarkKind) -> Option<&Mark> {
        self.marks.iter().find(|mark| mark.kind == kind)
    }
}

/// What would count from now on if the customer replied now.
struct Resumed {
    due_at: Instant,
    windows: Vec<Window>,
}

impl Resumed {
    fn of(schedule: &Schedule, now: Instant, due_at: Instant) -> Self {
        Self { due_at, windows: windows_within(schedule, now, due_at).collect() }
    }
}

fn marks(
    timeline: &Timeline,
    now: Instant,
    state: ClockState,
    due_at: Option<Instant>,
    resumed: Option<Instant>,
) -> Option<Vec<(MarkKind, Instant)>> {
    let mut marks = vec![(MarkKind::Sent, timeline.started_at)];
    match state {
        ClockState::NoDeadline => return None,
        ClockState::Running { due_at, .. } | ClockState::OutsideHours { due_at, .. } => {
            marks.extend([(MarkKind::Now, now), (MarkKind::Due, due_at)]);
        }
        ClockState::Paused { .. } => {
            marks.push((MarkKind::Now, now));
            marks.extend(resumed.map(|at| (MarkKind::DueIfResumed, at)));
        }
        ClockState::Met { at, .. } => {
            marks.push((MarkKind::Stopped, at));
            marks.extend(due_at.map(|at| (MarkKind::WasDue, at)));
        }
        ClockState::Breached { since, stopped_at } => {
            let end = stopped_at.map_or((MarkKind::Now, now), |at| (MarkKind::Stopped, at));
            marks.extend([(MarkKind::Due, since), end]);
        }
    }
    Some(marks)
}

fn windows_within(schedule: &Schedule, from: Instant, to: Instant) -> impl Iterator<Item = Window> {
    let windows = schedule.windows.iter().skip(schedule.index_after(from)).take_while(move |window| window.from < to);
    windows.map(move |window| Window { from: window.from.max(from), to: window.to.min(to) })
}

/// A column for every open day and every run of closed days with one reason, from the day of `first` to that of `last`.
fn columns(schedule: &Schedule, first: Instant, last: Instant) -> Vec<Column> {
    let zone = &schedule.zone;
    let last_day = zone.civil(last.min(schedule.known_until - Millis(1))).day_number;
    let first_day = zone.civil(first.max(schedule.known_from)).day_number.max(last_day - AT_MOST_DAYS);
    let mut columns: Vec<Column> = Vec::new();
    for day in first_day..=last_day {
        let (starts, ends) = (zone.day_start(day), zone.day_start(day + 1));
        let mut windows = windows_within(schedule, starts, ends);
        if let Some(window) = windows.next() {
            let closes_at = windows.last().map_or(window.to, |last| last.to);
            columns.push(Column {
                kind: ColumnKind::Open { opens_at: window.from, closes_at },
                first_day: day,
                last_day: day,
                from: window.from,
                to: closes_at,
                cropped_start: false,
                cropped_end: false,
                weight: hours(closes_at.since(window.from)),
                segments: Vec::new(),
            });
            continue;
        }
        let reason = Some(schedule.closed_reason(starts));
        match columns.last_mut() {
            Some(column) if column.kind == (ColumnKind::Closed { reason: reason.clone() }) => {
                column.last_day = day;
                column.to = ends;
            }
            _ => columns.push(Column {
                kind: ColumnKind::Closed { reason },
                first_day: day,
                last_day: day,
                from: starts,
                to: ends,
                cropped_start: false,
                cropped_end: false,
                weight: 0.0,
                segments: Vec::new(),
            }),
        }
    }
    columns
}

fn hours(span: Millis) -> f32 {
    span.0 as f32 / Millis::HOUR.0 as f32
}

/// Cuts the neutral parts off the first and the last day when little else would be seen.
fn crop(columns: &mut [Column], schedule: &Schedule, first: Instant, last: Instant) {
    let open = |column: &Column| matches!(column.kind, ColumnKind::Open { .. });
    let all = columns.iter().filter(|column| open(column)).fold(Millis::ZERO, |sum, c| sum + c.to.since(c.from));
    let of_interest = schedule.working_time(first, last);
    if of_interest.0.saturating_mul(CROP_BELOW) >= all.0 {
        return;
    }
    let margin = Millis(of_interest.0 / 2).max(CROP_MARGIN);
    // To whole hours, counted from the opening, so that a cut lies where a reader expects one.
    let whole = |span: Millis| Millis(span.0.div_euclid(Millis::HOUR.0).saturating_mul(Millis::HOUR.0));
    if let Some(column) = columns.first_mut().filter(|column| open(column)) {
        let from = column.from + whole((first - margin).since(column.from));
        if from > column.from && from < column.to {
            column.from = from;
            column.cropped_start = true;
            column.weight = hours(column.to.since(from));
        }
    }
    if let Some(column) = columns.last_mut().filter(|column| open(column)) {
        let to = column.to - whole(column.to.since(last + margin));
        if to < column.to && to > column.from {
            column.to = to;
            column.cropped_end = true;
            column.weight = hours(to.since(column.from));
        }
    }
}

/// Puts the blocks into an open column, the lowest first.
fn fill(column: &mut Column, schedule: &Schedule, story: &Trace, resumed: Option<&Resumed>) {
    if !matches!(column.kind, ColumnKind::Open { .. }) {
        return;
    }
    let (from, to) = (column.from, column.to);
    let width = to.since(from).0 as f32;
    let mut segments: Vec<Segment> = Vec::new();
    let mut add = |kind, span: Window| {
        let (start, end) = (span.from.clamp(from, to), span.to.clamp(from, to));
        if start < end {
            let fraction = |at: Instant| at.since(from).0 as f32 / width;
            segments.push(Segment { kind, from: fraction(start), to: fraction(end) });
        }
    };
    for window in windows_within(schedule, from, to) {
        add(SegmentKind::Open, window);
    }
    let first = story.pieces.partition_point(|piece| piece.to <= from);
    for piece in story.pieces.iter().skip(first).take_while(|piece| piece.from < to) {
        let turn = story.used_until.clamp(piece.from, piece.to);
        match piece.kind {
            PieceKind::Closed(_) => {}
            PieceKind::Counted => {
                add(SegmentKind::Used, Window { from: piece.from, to: turn });
                add(SegmentKind::ToCount, Window { from: turn, to: piece.to });
            }
            PieceKind::Overrun => add(SegmentKind::Overrun, Window { from: piece.from, to: piece.to }),
            PieceKind::Paused(_) => {
                for window in windows_within(schedule, piece.from.max(from), piece.to.min(to)) {
                    add(SegmentKind::Paused, window);
                }
            }
        }
    }
    for window in resumed.iter().flat_map(|resumed| &resumed.windows) {
        add(SegmentKind::IfResumed, *window);
    }
    column.segments = segments;
}

/// Where an instant lies on the axis.
fn place(columns: &[Column], at: Instant) -> Option<Place> {
    // The first column that ends at or after the instant: a deadline at closing time stands at that day's end.
    let index = columns.iter().position(|column| at <= column.to);
    let Some(column) = index else {
        return columns.len().checked_sub(1).map(|column| Place { column, at: 1.0, in_gap: true });
    };
    let Column { from, to, .. } = columns[column];
    if at >= from {
        let width = to.since(from).0.max(1) as f32;
        return Some(Place { column, at: (at.since(from).0 as f32 / width).clamp(0.0, 1.0), in_gap: false });
    }
    Some(match column.checked_sub(1) {
        // The night after an open day belongs to that day; closed days fill theirs themselves.
        Some(before) => Place { column: before, at: 1.0, in_gap: true },
        None => Place { column, at: 0.0, in_gap: true },
    })
}
