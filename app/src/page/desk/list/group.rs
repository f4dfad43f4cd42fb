//! Where a row belongs in the queue: by when its clock runs out. Pure.

use domain::sla::{self, ClockState, Schedule};
use domain::time::Instant;
use domain::view::desk::DeskRow;

/// A heading of the queue, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
    PastDue,
    /// Before the desk closes today.
    Today,
    /// On the next day with opening hours: its local day number.
    NextDay(i64),
    Later,
    Paused,
    NoDeadline,
    /// The clock has stopped.
    Done,
}

/// The groups that have rows, each with the indexes of its rows in the order they came.
pub(super) fn groups(schedule: &Schedule, rows: &[DeskRow], now: Instant) -> Vec<(Group, Vec<usize>)> {
    let next_day = next_day(schedule, now);
    let mut groups: Vec<(Group, Vec<usize>)> = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let group = group_of(schedule, row, now, next_day);
        match groups.iter_mut().find(|(other, _)| *other == group) {
            Some((_, indexes)) => indexes.push(index),
            None => groups.push((group, vec![index])),
        }
    }
    groups.sort_by_key(|(group, _)| *group);
    groups
}

/// The first local day after today with opening hours.
pub(super) fn next_day(schedule: &Schedule, now: Instant) -> Option<i64> {
    let today = schedule.zone.civil(now).day_number;
    schedule.windows.iter().map(|window| schedule.zone.civil(window.from).day_number).find(|day| *day > today)
}

fn group_of(schedule: &Schedule, row: &DeskRow, now: Instant, next_day: Option<i64>) -> Group {
    let kind = row.clocks.first_due(schedule, now);
    let reading = sla::read(row.clocks.schedule(kind, schedule), row.clocks.get(kind), now);
    match reading.state {
        ClockState::Breached { stopped_at: None, .. } => Group::PastDue,
        ClockState::Running { due_at, .. } | ClockState::OutsideHours { due_at, .. } => {
            let day = schedule.zone.civil(due_at).day_number;
            if day == schedule.zone.civil(now).day_number {
                Group::Today
            } else if Some(day) == next_day {
                Group::NextDay(day)
            } else {
                Group::Later
            }
        }
        ClockState::Paused { .. } => Group::Paused,
        ClockState::Met { .. } | ClockState::Breached { .. } => Group::Done,
        ClockState::NoDeadline => Group::NoDeadline,
    }
}

#[cfg(test)]
mod tests {
    use domain::brand::{Brand, Mark};
    use domain::sla::{ClockKind, Pause, PauseReason, Target, Timeline, Window};
    use domain::ticket::{Priority, Status};
    use domain::time::Millis;
    use domain::view::ClocksView;

    use super::*;

    /// Three days of the epoch, open from 9 to 17 (UTC).
    fn schedule() -> Schedule {
        let day = |n: i64| Window {
            from: Instant(0) + Millis::hours(24 * n + 9),
            to: Instant(0) + Millis::hours(24 * n + 17),
        };
        Schedule {
            windows: (0..5).map(day).collect(),
            known_until: Instant(0) + Millis::hours(120),
            ..Schedule::default()
        }
    }

    fn row(target_hours: i64, paused: bool) -> DeskRow {
        let started_at = Instant(0) + Millis::hours(9);
        let timeline = |kind, stopped_at| Timeline {
            kind,
            started_at,
            targets: vec![Target { from: started_at, working_time: Millis::hours(target_hours) }],
            pauses: if paused {
                vec![Pause {
                    from: started_at + Millis::MINUTE,
                    to: None,
                    reason: PauseReason::WaitingForCustomer,
                    event_id: None,
                }]
            } else {
                Vec::new()
            },
            stopped_at,
        };
        DeskRow {
            key: "ACME-1".into(),
            subject: String::new(),
            organisation: Brand { name: String::new(), key: "ACME".into(), hue: 0, chroma: 0, mark: Mark::Letter },
            requester: String::new(),
            status: Status::InProgress,
            close_reason: None,
            priority: Priority::High,
            assignee: None,
            unread: false,
            confidential: false,
            last_at: started_at,
            clocks: ClocksView {
                review: timeline(ClockKind::Review, Some(started_at)),
                resolution: timeline(ClockKind::Resolution, None),
                measures: Vec::new(),
                schedules: Vec::new(),
                next_response: None,
            },
        }
    }

    #[test]
    fn rows_fall_under_the_day_their_clock_runs_out() {
        let now = Instant(0) + Millis::hours(12);
        let rows = [row(2, false), row(5, false), row(10, false), row(20, false), row(2, true), row(6, false)];
        let found = groups(&schedule(), &rows, now);
        assert_eq!(
            found,
            [
                (Group::PastDue, vec![0]),
                (Group::Today, vec![1, 5]),
                (Group::NextDay(1), vec![2]),
                (Group::Later, vec![3]),
                (Group::Paused, vec![4]),
            ]
        );
    }
}
