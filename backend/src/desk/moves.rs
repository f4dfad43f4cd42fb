//! What a change of a calendar or a policy does to the deadlines of open tickets. A preview and a save ask the same
//! function, so that what was shown is what happens.

use std::sync::Arc;

use domain::sla::{ClockKind, Schedule, Timeline};
use domain::time::{Instant, Millis};
use domain::view::ClocksView;
use domain::view::admin::{MovedDeadline, Moves};
use sqlx::AnyConnection;

use super::ticket::{clocks_under, project, response_due_at};
use crate::calendar::{Calendar, CalendarError, HoursError};
use crate::policy::{Calendars, Policy};
use crate::store::ticket::{Open, OpenRow, Projection};
use crate::{Error, store};

/// Moved deadlines that are listed; the others are only counted.
const SHOWN: usize = 200;

/// What changes about open tickets.
pub(super) struct Changes {
    /// Every ticket whose projections differ, with the new ones.
    pub(super) tickets: Vec<(OpenRow, Projection)>,
    pub(super) moves: Moves,
}

/// What it does to put one more version of a calendar in force.
pub(super) async fn of_calendar(
    db: &mut AnyConnection,
    before: &Calendars,
    after: &Calendars,
    calendar_id: i64,
    now: Instant,
) -> Result<Changes, Error> {
    let rows = store::ticket::open(db, Open::All).await?;
    let mut tickets = Vec::new();
    let mut moved = Vec::new();
    for row in rows {
        if !row.clocks.measures.iter().any(|measure| measure.calendar_id == calendar_id) {
            continue;
        }
        let projection = project(after, &row.clocks, row.status, row.last_at)?;
        if projection != project(before, &row.clocks, row.status, row.last_at)? {
            let responses = [before, after].map(|calendars| response_due_at(calendars, &row.clocks, row.last_at));
            compare(&row, &row.clocks, &projection, responses, &mut moved);
            tickets.push((row, projection));
        }
    }
    Ok(Changes { tickets, moves: moves(moved, before, now) })
}

/// What it does to move these tickets to a version of a policy, at `now`.
pub(super) async fn of_policy(
    db: &mut AnyConnection,
    policy: &Arc<Policy>,
    which: Open,
    now: Instant,
) -> Result<Changes, Error> {
    let rows = store::ticket::open(db, which).await?;
    let mut tickets = Vec::new();
    let mut moved = Vec::new();
    for row in rows.into_iter().filter(|row| row.policy_version_id != policy.policy_version_id) {
        let at = now.max(row.last_at);
        let mut before = row.clocks.clone();
        if before.next_response.is_none() && policy.target(ClockKind::NextResponse, row.priority).is_some() {
            // Nothing was promised about it so far, so nothing is stored.
            before.next_response = waiting_since(db, row.ticket_id).await?;
        }
        let clocks = clocks_under(&before, policy, row.priority, at);
        let projection = project(&policy.calendars, &clocks, row.status, at)?;
        let calendars = &policy.calendars;
        let responses = [response_due_at(calendars, &row.clocks, row.last_at), response_due_at(calendars, &clocks, at)];
        compare(&row, &clocks, &projection, responses, &mut moved);
        tickets.push((row, projection));
    }
    Ok(Changes { tickets, moves: moves(moved, &policy.calendars, now) })
}

/// The clock of a response that is being waited for, without a target.
async fn waiting_since(db: &mut AnyConnection, ticket_id: i64) -> Result<Option<Timeline>, Error> {
    let events = store::event::of_open(db, ticket_id).await?;
    let last = domain::sla::clocks(events.iter(), |_, _| None).next_responses.pop();
    Ok(last.filter(|clock| clock.stopped_at.is_none()))
}

/// Deadlines of clocks that run and are due at another time than is stored; of the next response, which is not stored,
/// both are given.
fn compare(
    row: &OpenRow,
    clocks: &ClocksView,
    after: &Projection,
    responses: [Option<Instant>; 2],
    moved: &mut Vec<MovedDeadline>,
) {
    let [old_response, new_response] = responses;
    let due = [
        (ClockKind::Review, row.review_due_at, after.review_due_at.map(Instant)),
        (ClockKind::Resolution, row.resolution_due_at, after.resolution_due_at.map(Instant)),
        (ClockKind::NextResponse, old_response, new_response),
    ];
    for (clock, old_due_at, new_due_at) in due {
        if clocks.get(clock).stopped_at.is_none() && old_due_at != new_due_at {
            let (key, subject) = (row.key.to_string(), row.subject.clone());
            moved.push(MovedDeadline { key, subject, clock, old_due_at, new_due_at });
        }
    }
}

fn moves(mut rows: Vec<MovedDeadline>, calendars: &Calendars, now: Instant) -> Moves {
    let total = rows.len() as i64;
    // Those without a deadline last, as in every list.
    rows.sort_by_key(|row| (row.old_due_at.unwrap_or(Instant::MAX), row.new_due_at.unwrap_or(Instant::MAX)));
    rows.truncate(SHOWN);
    Moves { total, rows, zone: calendars.zone(now) }
}

/// Nothing moves.
pub(super) fn none(calendars: &Calendars, now: Instant) -> Moves {
    moves(Vec::new(), calendars, now)
}

/// The coming twelve months, from the day before, so that today is whole.
pub(super) fn year(calendar: &Calendar, now: Instant) -> Schedule {
    let until = now + Millis(366 * Millis::DAY.0);
    calendar.schedule(now, until).trimmed(now, until)
}

/// A problem in the words of forms: the field, and what is wrong there.
pub(super) fn problem(error: CalendarError) -> domain::problem::FieldProblem {
    use domain::problem::{FieldProblem, Problem};
    match error {
        CalendarError::TimeZone(_) => FieldProblem::new("timezone", Problem::NotATimeZone),
        CalendarError::Country(_) => FieldProblem::new("country", Problem::NotACountry),
        CalendarError::Hours(HoursError { column, length, fault }) => {
            let number = |count| u32::try_from(count).unwrap_or(u32::MAX);
            let problem = Problem::NotOpeningHours { column: number(column), length: number(length), fault };
            FieldProblem::new("hours", problem)
        }
        CalendarError::Date(_) => FieldProblem::new("closed", Problem::NotADate),
    }
}
