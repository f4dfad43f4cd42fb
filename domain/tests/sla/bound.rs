//! Whatever comes in, an answer comes out, soon and without a panic; and a countdown allocates nothing each second.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use domain::sla::strip::Strip;
use domain::sla::{
    ClockState, Pause, PauseReason, Schedule, Target, Timeline, Window, consumed, due, due_if_resumed, is_counting,
    promise, read, trace,
};
use domain::time::{Instant, Millis};

use super::support::{HOUR, Story, always, amsterdam, at, clock, desk, waiting};

/// Counts what this thread allocates.
struct Counting;

thread_local! {
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
}

#[allow(unsafe_code, reason = "an allocator cannot be written otherwise")]
// SAFETY: everything is handed on to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.with(|count| count.set(count.get() + 1));
        // SAFETY: the caller keeps the contract of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        // SAFETY: the caller keeps the contract of `dealloc`.
        unsafe { System.dealloc(memory, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn allocations(work: impl FnOnce()) -> usize {
    let before = ALLOCATIONS.with(Cell::get);
    work();
    ALLOCATIONS.with(Cell::get) - before
}

#[test]
fn a_countdown_allocates_nothing() {
    let desk = desk();
    let stories = [
        clock("04-22 10:00", 24 * HOUR),
        clock("04-22 10:00", 24 * HOUR).paused("04-22 11:00", "04-22 12:00").waiting_since("04-23 10:00"),
        clock("04-22 10:00", 24 * HOUR).changed("04-22 12:00", HOUR).changed("04-23 12:00", 48 * HOUR),
        clock("04-22 10:00", 2 * HOUR).stopped("04-22 11:00"),
    ];
    for story in stories {
        for second in 0..100 {
            let now = at("04-23 17:59:00") + Millis::seconds(second);
            let count = allocations(|| {
                std::hint::black_box(read(&desk, &story, now));
                std::hint::black_box(due_if_resumed(&desk, &story, now));
                std::hint::black_box(promise(&desk, Millis::HOUR, now));
            });
            assert_eq!(count, 0, "{story:?}");
        }
    }
    assert!(allocations(|| drop(std::hint::black_box(vec![1_u8]))) > 0, "the counter counts");
}

/// All answers to one question; that they come at all is what is tested.
fn ask(schedule: &Schedule, timeline: &Timeline, now: Instant) {
    let reading = read(schedule, timeline, now);
    assert_eq!(reading.remaining, reading.target - reading.consumed);
    due(schedule, timeline, now);
    due_if_resumed(schedule, timeline, now);
    is_counting(schedule, timeline, now);
    trace(schedule, timeline, now).condensed(&schedule.zone);
    Strip::of(schedule, timeline, now);
}

#[test]
fn the_ends_of_time_are_answered() {
    let ends = [Instant::MIN, Instant(-1), Instant(0), at("04-22 12:00"), Instant(253_402_300_799_999), Instant::MAX];
    let schedules = [
        desk(),
        Schedule { windows: Vec::new(), ends: true, ..desk() },
        Schedule::default(),
        always(Instant::MIN, Instant::MAX),
        always(Instant(0), Instant(253_402_300_800_000)),
        // What no calendar gives, but a broken payload might.
        Schedule { windows: vec![Window { from: Instant(9), to: Instant(3) }], ..desk() },
    ];
    for schedule in &schedules {
        for started_at in ends {
            for now in ends {
                for target in [i64::MIN, -1, 0, 1, i64::MAX] {
                    let targets = vec![Target { from: started_at, working_time: Millis(target) }];
                    let timeline = Timeline { started_at, targets, ..clock("04-22 10:00", 1) };
                    ask(schedule, &timeline, now);
                    let pauses = ends.windows(2).map(|pair| waiting(pair[0], Some(pair[1])));
                    let pauses = pauses.chain([waiting(now, Some(started_at)), waiting(now, None)]).collect();
                    ask(schedule, &Timeline { pauses, stopped_at: Some(now), ..timeline }, now);
                }
            }
        }
    }
}

#[test]
fn a_calendar_that_never_opens_says_that_there_is_no_deadline() {
    let never = Schedule { windows: Vec::new(), ends: true, ..desk() };
    let clock = clock("04-22 10:00", HOUR);
    assert_eq!(read(&never, &clock, at("04-23 10:00")).state, ClockState::NoDeadline);
    assert_eq!(consumed(&never, &clock, Instant::MAX), Millis::ZERO);
}

#[test]
fn ten_thousand_hours_are_due_after_years() {
    // 9 hours a weekday from 2026 to the end of 2027 are less than 4,700.
    assert_eq!(due(&desk(), &clock("2026-01-01 09:00", 10_000 * HOUR), at("2026-01-01 09:00")), None);
    let long = always(at("2026-01-01 00:00"), at("2026-01-01 00:00") + Millis::hours(20_000));
    let clock = clock("2026-01-01 00:00", 10_000 * HOUR);
    assert_eq!(due(&long, &clock, clock.started_at), Some(clock.started_at + Millis::hours(10_000)));
    assert_eq!(
        trace(&long, &clock, clock.started_at).condensed(&amsterdam()).len(),
        1,
        "not a row for each of 417 days"
    );
}

#[test]
fn a_hundred_thousand_pauses_are_no_trouble_in_any_order() {
    let desk = desk();
    let start = at("04-22 09:00");
    let apart = |n: i64| waiting(start + Millis(n * 600), Some(start + Millis(n * 600 + 300)));
    let touching = |n: i64| waiting(start + Millis(n * 300), Some(start + Millis(n * 300 + 300)));
    let nested = |n: i64| waiting(start + Millis(n), Some(start + Millis(200_000 - n)));
    let makers: [&dyn Fn(i64) -> Pause; 3] = [&apart, &touching, &nested];
    for make in makers {
        let mut clock = clock("04-22 09:00", 24 * HOUR);
        clock.pauses = (0..100_000).map(make).collect();
        let in_order = read(&desk, &clock, at("04-22 09:00:15"));
        ask(&desk, &clock, at("04-22 09:00:15"));
        clock.pauses.reverse();
        assert_eq!(read(&desk, &clock, at("04-22 09:00:15")), in_order);
        ask(&desk, &clock, at("04-22 12:00"));
    }
    let mut clock = clock("04-22 09:00", 9 * HOUR);
    clock.pauses = (0..100_000).rev().map(touching).collect();
    // 30,000 seconds are paused: 8 h 20.
    assert_eq!(due(&desk, &clock, start), Some(at("04-23 17:20")));
    assert_eq!(clock.paused_at(at("04-22 17:00")), Some((start, PauseReason::WaitingForCustomer)));
}

#[test]
fn a_hundred_thousand_changes_of_priority_are_no_trouble() {
    let mut clock = clock("04-22 09:00", HOUR);
    let change = |n: i64| Target { from: clock.started_at + Millis(n * 100), working_time: Millis::hours(1 + n % 2) };
    clock.targets = (0..100_000).map(change).collect();
    // The last change, at 11:46:39.9, is to two hours, of which two and three quarters are used: late since they ran out.
    assert_eq!(due(&desk(), &clock, at("04-22 17:00")), Some(at("04-22 11:00")));
}
