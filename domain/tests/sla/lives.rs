//! Whole lives of tickets against a naive oracle: it walks through a week minute by minute with a status of its own, and knows
//! neither windows nor pauses nor the engine's table of moves.

use domain::sla::{ClockKind, ClockState, Schedule, Timeline, Window, consumed, due, due_if_resumed, read, timelines};
use domain::ticket::{Change, Channel, CloseReason, Event, Priority};
use domain::time::{Instant, Millis};
use proptest::prelude::*;

use super::support::seeded;

const MINUTES: usize = 7 * 24 * 60;

fn at(minute: usize) -> Instant {
    Instant(Millis::minutes(minute as i64).0)
}

/// What may happen, tried in any status.
#[derive(Clone, Copy, Debug)]
enum Act {
    Accept,
    Answer,
    Ask,
    Reply,
    TakeBack,
    Resolve,
    Reopen,
    Close,
    Note,
    Priority(Priority),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Now {
    New,
    Working,
    Waiting,
    Resolved,
    Closed,
}

const fn target(kind: ClockKind, priority: Priority) -> i64 {
    match (kind, priority) {
        (ClockKind::Review, Priority::Critical) => 30,
        (ClockKind::Review, _) => 60,
        (_, Priority::Critical) => 4 * 60,
        (_, Priority::High) => 13 * 60 + 7,
        (_, Priority::Medium) => 26 * 60,
        (_, Priority::Low) => 47 * 60,
    }
}

/// What the oracle saw of one clock.
#[derive(Clone, Debug, Default)]
struct Seen {
    /// By minute, without what the opening hours say.
    running: Vec<bool>,
    target: Vec<i64>,
    stopped: Option<usize>,
}

#[derive(Debug)]
struct Life {
    events: Vec<Event>,
    review: Seen,
    resolution: Seen,
    waiting: bool,
}

/// Plays the acts that are possible; events and oracle side by side.
fn live(start: usize, first: Priority, acts: &[(usize, Act)]) -> Life {
    let event = |id: usize, minute: usize, change: Change| Event {
        id: id as i64,
        at: at(minute),
        change,
        channel: Channel::Web,
        actor_id: None,
    };
    let mut events = vec![event(1, start, Change::Created { priority: first })];
    let (mut status, mut accepted, mut reviewed, mut priority) = (Now::New, false, None, first);
    let (mut review, mut resolution) = (Seen::default(), Seen::default());
    let mut acts = acts.iter().peekable();
    let mut resolved = None;
    for minute in 0..MINUTES {
        while let Some((_, act)) = acts.next_if(|(when, _)| *when <= minute && minute >= start) {
            let open = !matches!(status, Now::Resolved | Now::Closed);
            let (becomes, change) = match act {
                Act::Accept if matches!(status, Now::New | Now::Waiting) => (Now::Working, Change::Accepted),
                Act::Answer if open => (status, Change::Answered { message_id: 1 }),
                Act::Ask if matches!(status, Now::New | Now::Working) => {
                    (Now::Waiting, Change::Returned { message_id: 1 })
                }
                Act::Reply if status == Now::Waiting => {
                    (if accepted { Now::Working } else { Now::New }, Change::Replied { message_id: 1 })
                }
                Act::Reply if status == Now::Resolved => (Now::Working, Change::Replied { message_id: 1 }),
                Act::Reply if open => (status, Change::Replied { message_id: 1 }),
                Act::TakeBack if status == Now::Waiting => {
                    (if accepted { Now::Working } else { Now::New }, Change::TakenBack)
                }
                Act::Resolve if open => (Now::Resolved, Change::Resolved { message_id: 1 }),
                Act::Reopen if status == Now::Resolved => (Now::Working, Change::Reopened),
                Act::Close if status != Now::Closed => {
                    (Now::Closed, Change::Closed { reason: CloseReason::Withdrawn, duplicate_of: None })
                }
                Act::Note => (status, Change::Noted { message_id: 1 }),
                Act::Priority(to) if open && *to != priority => {
                    let from = std::mem::replace(&mut priority, *to);
                    let change = Change::PriorityChanged {
                        from,
                        to: *to,
                        reason: String::new(),
                        old_due_at: None,
                        new_due_at: None,
                    };
                    (status, change)
                }
                _ => continue,
            };
            let stops = matches!(act, Act::Accept | Act::Answer | Act::Ask | Act::Resolve | Act::Close);
            reviewed = reviewed.or(stops.then_some(minute));
            accepted |= matches!(act, Act::Accept);
            resolved = match becomes {
                Now::Resolved | Now::Closed => resolved.or(Some(minute)),
                _ => None,
            };
            status = becomes;
            events.push(event(events.len() + 1, minute, change));
        }
        let begun = minute >= start;
        review.running.push(begun && reviewed.is_none());
        review.target.push(target(ClockKind::Review, priority));
        resolution.running.push(begun && matches!(status, Now::New | Now::Working));
        resolution.target.push(target(ClockKind::Resolution, priority));
    }
    (review.stopped, resolution.stopped) = (reviewed, resolved);
    Life { events, review, resolution, waiting: status == Now::Waiting }
}

impl Seen {
    /// Whether the minute counts, seen by someone for whom the clock goes on after it stopped, or after `resumed`.
    fn counts(&self, open: &[bool], minute: usize, resumed: Option<usize>) -> bool {
        let on = self.stopped.is_some_and(|stop| minute >= stop) || resumed.is_some_and(|now| minute >= now);
        open[minute] && (self.running[minute] || on)
    }

    fn used(&self, open: &[bool], until: usize) -> i64 {
        (0..until).filter(|minute| self.counts(open, *minute, None)).count() as i64
    }

    /// As in `oracle`: late now, and late ever since by the targets of then.
    fn due(&self, open: &[bool], start: usize, now: usize, resumed: Option<usize>) -> Option<usize> {
        let until = self.stopped.map_or(now, |stop| stop.min(now));
        let current = self.target[until];
        let changed = (start + 1..=until).rev().find(|minute| self.target[*minute] != self.target[*minute - 1]);
        let mut used = 0;
        let mut since = None;
        for minute in start..=MINUTES {
            let then = self.target[minute.min(MINUTES - 1)];
            let late = used >= current && (minute > until || used >= then || changed.is_none_or(|at| minute >= at));
            since = if late { since.or(Some(minute)) } else { None };
            if minute < MINUTES && self.counts(open, minute, resumed) {
                used += 1;
            }
        }
        since
    }
}

fn schedule(open: &[bool]) -> Schedule {
    let mut windows: Vec<Window> = Vec::new();
    for (minute, _) in open.iter().enumerate().filter(|(_, open)| **open) {
        match windows.last_mut() {
            Some(last) if last.to == at(minute) => last.to = at(minute + 1),
            _ => windows.push(Window { from: at(minute), to: at(minute + 1) }),
        }
    }
    Schedule { windows, known_from: at(0), known_until: at(MINUTES), ends: true, ..Schedule::default() }
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        3 => Just(Act::Accept),
        2 => Just(Act::Answer),
        4 => Just(Act::Ask),
        4 => Just(Act::Reply),
        2 => Just(Act::TakeBack),
        2 => Just(Act::Resolve),
        2 => Just(Act::Reopen),
        1 => Just(Act::Close),
        1 => Just(Act::Note),
        3 => prop::sample::select(&Priority::ALL[..]).prop_map(Act::Priority),
    ]
}

fn open_minutes() -> impl Strategy<Value = Vec<bool>> {
    (0..12usize, 1..24usize, 0..3usize).prop_map(|(opens, hours, closed_days)| {
        let day = |minute: usize| minute / 1_440;
        let hour = |minute: usize| minute / 60 % 24;
        (0..MINUTES)
            .map(|minute| day(minute) < 7 - closed_days && hour(minute) >= opens && hour(minute) < opens + hours)
            .collect()
    })
}

fn check(
    seen: &Seen,
    clock: &Timeline,
    open: &[bool],
    start: usize,
    now: usize,
    paused: bool,
) -> Result<(), TestCaseError> {
    let schedule = schedule(open);
    let until = seen.stopped.map_or(now, |stop| stop.min(now));
    prop_assert_eq!(consumed(&schedule, clock, at(now)), Millis::minutes(seen.used(open, until.max(start))));
    prop_assert_eq!(clock.stopped_at, seen.stopped.map(at));
    let due_at = seen.due(open, start, now, None);
    prop_assert_eq!(due(&schedule, clock, at(now)), due_at.map(at));
    if paused {
        prop_assert_eq!(due_if_resumed(&schedule, clock, at(now)), seen.due(open, start, now, Some(now)).map(at));
    }
    match read(&schedule, clock, at(now)).state {
        ClockState::Paused { .. } => prop_assert!(paused),
        ClockState::Running { .. } => prop_assert!(seen.running[now] && open[now]),
        ClockState::OutsideHours { resumes_at, .. } => {
            let counts = |minute: &usize| seen.counts(open, *minute, None);
            prop_assert_eq!((now..MINUTES).find(counts).map(at), Some(resumes_at));
        }
        ClockState::Breached { since, stopped_at } => {
            prop_assert_eq!((Some(since), stopped_at), (due_at.map(at), seen.stopped.map(at)));
        }
        ClockState::Met { at: done, .. } => prop_assert_eq!(Some(done), seen.stopped.map(at)),
        ClockState::NoDeadline => prop_assert_eq!(due_at, None),
    }
    Ok(())
}

proptest! {
    #![proptest_config(seeded(1_500))]

    #[test]
    fn a_life_is_counted_as_one_counts_minutes(
        open in open_minutes(),
        start in 0..2_000usize,
        first in prop::sample::select(&Priority::ALL[..]),
        gaps in prop::collection::vec((0..900usize, act()), 0..14),
    ) {
        let mut when = start;
        let acts: Vec<(usize, Act)> = gaps.into_iter().map(|(gap, act)| { when += gap; (when, act) }).collect();
        let life = live(start, first, &acts);
        let last = life.events.last().map_or(start, |event| (event.at.0 / 60_000) as usize);
        let (review, resolution) = timelines(life.events.iter(), |kind, priority| {
            Some(Millis::minutes(target(kind, priority)))
        });
        for now in [last, last + 37, last + 611, MINUTES - 1] {
            let now = now.min(MINUTES - 1);
            check(&life.review, &review, &open, start, now, false)?;
            check(&life.resolution, &resolution, &open, start, now, life.waiting)?;
        }
    }
}
