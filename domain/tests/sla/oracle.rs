//! Against a naive oracle that looks at every minute of a week and knows no windows, only open minutes.

use domain::sla::{
    ClockKind, ClockState, Pause, PauseReason, PieceKind, Schedule, Target, Timeline, Window, consumed, due,
    due_if_resumed, read, trace,
};
use domain::time::{Instant, Millis};
use proptest::prelude::*;

use super::support::seeded;

const MINUTES: i64 = 7 * 24 * 60;

fn minute(minute: i64) -> Instant {
    Instant(Millis::minutes(minute).0)
}

#[derive(Clone, Debug)]
struct Case {
    open: Vec<bool>,
    pauses: Vec<(i64, Option<i64>)>,
    start: i64,
    /// From which minute, how many minutes; the first holds from the start.
    targets: Vec<(i64, i64)>,
    stop: Option<i64>,
    now: i64,
}

impl Case {
    fn schedule(&self) -> Schedule {
        let mut windows: Vec<Window> = Vec::new();
        for (at, _) in (0..).zip(&self.open).filter(|(_, open)| **open) {
            match windows.last_mut() {
                Some(last) if last.to == minute(at) => last.to = minute(at + 1),
                _ => windows.push(Window { from: minute(at), to: minute(at + 1) }),
            }
        }
        Schedule { windows, known_from: minute(0), known_until: minute(MINUTES), ends: true, ..Schedule::default() }
    }

    fn timeline(&self) -> Timeline {
        let pause = |(from, to): &(i64, Option<i64>)| Pause {
            from: minute(*from),
            to: to.map(minute),
            reason: PauseReason::WaitingForCustomer,
            event_id: None,
        };
        let target =
            |(from, length): &(i64, i64)| Target { from: minute(*from), working_time: Millis::minutes(*length) };
        Timeline {
            kind: ClockKind::Resolution,
            started_at: minute(self.start),
            targets: self.targets.iter().map(target).collect(),
            pauses: self.pauses.iter().map(pause).collect(),
            stopped_at: self.stop.map(minute),
        }
    }

    fn paused(&self, at: i64, resumed: bool) -> bool {
        let end = |to: Option<i64>| to.unwrap_or(if resumed { self.now } else { i64::MAX });
        self.pauses.iter().any(|(from, to)| *from <= at && at < end(*to))
    }

    fn counts(&self, at: i64, resumed: bool) -> bool {
        at >= self.start && self.open[at as usize] && !self.paused(at, resumed)
    }

    fn used(&self, until: i64, resumed: bool) -> i64 {
        (0..until.min(MINUTES)).filter(|at| self.counts(*at, resumed)).count() as i64
    }

    fn until(&self) -> i64 {
        self.stop.map_or(self.now, |stop| stop.min(self.now))
    }

    /// The first minute from which on, without a break until `now`, the target in force has been used up; in the future,
    /// the target in force at `now`.
    fn due(&self, resumed: bool) -> Option<i64> {
        let until = self.until();
        let target_at = |at: i64| {
            let in_force = self.targets.iter().skip(1).rfind(|(from, _)| *from <= at).unwrap_or(&self.targets[0]);
            in_force.1
        };
        let current = target_at(until);
        let mut used = 0;
        let mut since = None;
        for at in self.start..=MINUTES {
            // Late at a past instant is what was late by the target of then, and is late by the target of now.
            let late = used >= current && (at > until || used >= target_at(at) || at >= self.last_change(until));
            since = if late { since.or(Some(at)) } else { None };
            if at < MINUTES && self.counts(at, resumed) {
                used += 1;
            }
        }
        since
    }

    fn last_change(&self, until: i64) -> i64 {
        self.targets.iter().skip(1).map(|(from, _)| *from).filter(|from| *from <= until).max().unwrap_or(self.start)
    }
}

fn open_minutes() -> impl Strategy<Value = Vec<bool>> {
    // Alternating lengths of closed and open time, from a minute to a day and a half.
    let length = prop_oneof![1..5usize, 30..90usize, 400..700usize, Just(2_000usize)];
    prop::collection::vec((length.clone(), length), 1..20).prop_map(|lengths| {
        let mut open = Vec::new();
        for (closed, opened) in lengths {
            open.extend(std::iter::repeat_n(false, closed));
            open.extend(std::iter::repeat_n(true, opened));
        }
        open.resize(MINUTES as usize, false);
        open
    })
}

fn a_pause() -> impl Strategy<Value = (i64, Option<i64>)> {
    (0..MINUTES, prop_oneof![5 => (0..2_000i64).prop_map(Some), 1 => Just(None)])
        .prop_map(|(from, length)| (from, length.map(|l| from + l)))
}

fn case(changes: usize) -> impl Strategy<Value = Case> {
    let targets = prop::collection::vec((0..MINUTES, 0..3_000i64), 0..=changes);
    let first = prop_oneof![0..200i64, 0..3_000i64];
    let stop = prop::option::weighted(0.3, 0..MINUTES);
    (open_minutes(), prop::collection::vec(a_pause(), 0..6), 0..MINUTES, first, targets, stop, 0..MINUTES).prop_map(
        |(open, pauses, start, first, mut changes, stop, now)| {
            changes.iter_mut().for_each(|(from, _)| *from = (*from).max(start));
            changes.sort_unstable();
            let targets = [vec![(start, first)], changes].concat();
            Case { open, pauses, start, targets, stop: stop.map(|stop| stop.max(start)), now }
        },
    )
}

proptest! {
    #![proptest_config(seeded(1_000))]

    #[test]
    fn the_engine_agrees_with_counting_minutes(case in case(0)) {
        let (schedule, timeline, now) = (case.schedule(), case.timeline(), minute(case.now));
        prop_assert_eq!(consumed(&schedule, &timeline, now), Millis::minutes(case.used(case.until(), false)));
        prop_assert_eq!(due(&schedule, &timeline, now), case.due(false).map(minute));
        prop_assert_eq!(due_if_resumed(&schedule, &timeline, now), case.due(true).map(minute));
        // The order in which pauses are listed means nothing.
        let mut sorted = timeline.clone();
        sorted.pauses.sort_by_key(|pause| pause.from);
        prop_assert_eq!(due(&schedule, &sorted, now), due(&schedule, &timeline, now));
        prop_assert_eq!(read(&schedule, &sorted, now), read(&schedule, &timeline, now));
    }

    #[test]
    fn changes_of_the_target_agree_too(case in case(3)) {
        let (schedule, timeline, now) = (case.schedule(), case.timeline(), minute(case.now));
        prop_assert_eq!(due(&schedule, &timeline, now), case.due(false).map(minute));
    }

    #[test]
    fn what_is_read_hangs_together(case in case(2)) {
        let (schedule, timeline, now) = (case.schedule(), case.timeline(), minute(case.now));
        let reading = read(&schedule, &timeline, now);
        prop_assert_eq!(reading.remaining, reading.target - reading.consumed);
        match reading.state {
            ClockState::Running { due_at, at_risk } => {
                prop_assert!(case.counts(case.now, false));
                prop_assert!(due_at > now);
                prop_assert_eq!(at_risk, reading.remaining.0 * 4 < reading.target.0 && reading.remaining < Millis::hours(2));
            }
            ClockState::OutsideHours { due_at, resumes_at, .. } => {
                prop_assert!(!case.counts(case.now, false));
                prop_assert!(resumes_at > now && resumes_at <= due_at);
            }
            ClockState::Paused { since, .. } => prop_assert!(case.paused(case.now, false) && since <= now),
            ClockState::Met { at, due_at } => {
                prop_assert!(due_at.is_none_or(|due_at| at <= due_at));
                prop_assert!(at <= now);
            }
            ClockState::Breached { since, stopped_at } => {
                prop_assert!(since <= stopped_at.unwrap_or(now));
                prop_assert!(reading.remaining <= Millis::ZERO);
            }
            ClockState::NoDeadline => prop_assert_eq!(due(&schedule, &timeline, now), None),
        }
    }

    #[test]
    fn a_trace_has_no_gaps_and_adds_up(case in case(0)) {
        let (schedule, timeline, now) = (case.schedule(), case.timeline(), minute(case.now));
        let trace = trace(&schedule, &timeline, now);
        let mut at = timeline.started_at;
        let mut counted = Millis::ZERO;
        for piece in &trace.pieces {
            prop_assert_eq!(piece.from, at);
            prop_assert!(piece.to > piece.from);
            prop_assert_eq!(piece.working, schedule.working_time(piece.from, piece.to));
            at = piece.to;
            if piece.kind == PieceKind::Counted {
                prop_assert_eq!(piece.working, piece.to.since(piece.from));
                counted = counted + piece.working;
            }
        }
        if let Some(due_at) = trace.due_at {
            prop_assert_eq!(counted, trace.target);
            prop_assert!(at >= due_at);
        }
        let rows = trace.condensed(&schedule.zone);
        let row_sum = rows.iter().filter(|row| row.kind == PieceKind::Counted).fold(Millis::ZERO, |sum, row| sum + row.working);
        prop_assert_eq!(row_sum, counted);
        let used = rows.iter().fold(Millis::ZERO, |sum, row| sum + row.used);
        prop_assert_eq!(used, consumed(&schedule, &timeline, now));
    }
}
