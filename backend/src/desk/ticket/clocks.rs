//! A ticket's clocks as they are stored: the timelines with what they are measured on, and the few numbers that lists sort
//! and filter by. All of it follows from the events.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use domain::sla::{ClockKind, Clocks, Pause, Schedule, Target, Timeline, clocks, consumed, due};
use domain::ticket::{Change, Event, Status};
use domain::time::{Instant, Millis};
use domain::view::{ClocksView, Measure};
use serde::Serialize;

use crate::Error;
use crate::policy::{Calendars, Policy, add_measure};
use crate::store::ticket::{Projection, TicketRow};

/// What the column of the first deadline holds when there is none: paused, or a calendar without openings.
pub(in crate::desk) const NO_DEADLINE: i64 = i64::MAX - 2;
/// After those without deadline.
const RESOLVED: i64 = i64::MAX - 1;
/// Last of all.
const CLOSED: i64 = i64::MAX;

/// The clocks of the events so far, under the policies that the ticket has lived under, the first one first.
pub(super) fn of_events<'a>(policies: &[Arc<Policy>], events: impl Iterator<Item = &'a Event>) -> ClocksView {
    // The engine asks for targets event by event; which policy answers, and from when on, is kept beside.
    let current = Cell::new(policies.first());
    let at = Cell::new(Instant::default());
    let measures = RefCell::new(Vec::new());
    let events = events.inspect(|event| {
        at.set(event.at);
        if let Change::PolicyChanged { to, .. } = &event.change {
            current.set(policies.iter().find(|policy| policy.policy_version_id == *to));
        }
    });
    let told = clocks(events, |kind, priority| {
        let policy = current.get()?;
        let target = policy.target(kind, priority)?;
        let calendar_id = policy.measured_on(kind, priority);
        add_measure(&mut measures.borrow_mut(), kind, at.get(), calendar_id);
        Some(target)
    });
    let Clocks { review, resolution, mut next_responses } = told;
    let next_response = next_responses.pop().filter(|clock| !clock.targets.is_empty());
    ClocksView { review, resolution, measures: measures.into_inner(), schedules: Vec::new(), next_response }
}

/// The clocks of a ticket of this priority after it was moved to another policy.
pub(in crate::desk) fn under(
    clocks: &ClocksView,
    policy: &Policy,
    priority: domain::ticket::Priority,
    at: Instant,
) -> ClocksView {
    let mut moved = clocks.clone();
    for timeline in [&mut moved.review, &mut moved.resolution].into_iter().chain(&mut moved.next_response) {
        if timeline.stopped_at.is_none()
            && let Some(working_time) = policy.target(timeline.kind, priority)
        {
            timeline.targets.push(Target { from: at, working_time });
            let calendar_id = policy.measured_on(timeline.kind, priority);
            add_measure(&mut moved.measures, timeline.kind, at, calendar_id);
        }
    }
    moved
}

/// When a clock is due, seen at `now`.
pub(super) fn due_at(calendars: &Calendars, clocks: &ClocksView, kind: ClockKind, now: Instant) -> Option<Instant> {
    due(&calendars.schedule(clocks, kind, now), clocks.get(kind), now)
}

/// When the response is due that the customer waits for, where one was promised. No column of its own: few policies do.
pub(in crate::desk) fn response_due_at(calendars: &Calendars, clocks: &ClocksView, now: Instant) -> Option<Instant> {
    clocks.response().and_then(|_| due_at(calendars, clocks, ClockKind::NextResponse, now))
}

/// What is stored of the clocks, seen at the instant of the last event: it holds until the next one.
pub(in crate::desk) fn project(
    calendars: &Calendars,
    clocks: &ClocksView,
    status: Status,
    now: Instant,
) -> Result<Projection, Error> {
    let review = calendars.schedule(clocks, ClockKind::Review, now);
    let resolution = calendars.schedule(clocks, ClockKind::Resolution, now);
    let review_due_at = due(&review, &clocks.review, now);
    let resolution_due_at = due(&resolution, &clocks.resolution, now);
    let response = clocks.next_response.as_ref().map(|clock| {
        let schedule = calendars.schedule(clocks, ClockKind::NextResponse, now);
        let due_at = due(&schedule, clock, now);
        (schedule, clock, due_at)
    });
    let running = [(&review, &clocks.review, review_due_at), (&resolution, &clocks.resolution, resolution_due_at)];
    let response = response.iter().map(|(schedule, clock, due_at)| (schedule, *clock, *due_at));
    let running = running.into_iter().chain(response).filter(|(_, timeline, _)| timeline.stopped_at.is_none());
    let earliest = running.clone().filter_map(|(_, _, due_at)| due_at).min();
    let risk_at = running.filter_map(|(schedule, timeline, _)| risk_at(schedule, timeline, now)).min();
    Ok(Projection {
        review_due_at: review_due_at.map(|at| at.0),
        review_stopped_at: clocks.review.stopped_at.map(|at| at.0),
        resolution_due_at: resolution_due_at.map(|at| at.0),
        resolution_paused_at: clocks.resolution.paused_at(now).map(|(since, _)| since.0),
        consumed: consumed(&resolution, &clocks.resolution, now).0,
        sort_due_at: match status {
            Status::Closed => CLOSED,
            Status::Resolved => RESOLVED,
            _ => earliest.map_or(NO_DEADLINE, |at| at.0),
        },
        risk_at: if status.is_open() { risk_at.map_or(NO_DEADLINE, |at| at.0) } else { CLOSED },
        clocks: by_place(clocks)?,
    })
}

/// From when on a clock is at risk: when less is left than a quarter of the target, at most two hours (DESIGN §4). That is
/// the due time of a target so much smaller.
pub(in crate::desk) fn risk_at(schedule: &Schedule, timeline: &Timeline, now: Instant) -> Option<Instant> {
    let mut early = timeline.clone();
    for Target { working_time, .. } in &mut early.targets {
        let margin = Millis((working_time.0 / 4).min(Millis::hours(2).0));
        *working_time = *working_time - margin;
    }
    due(schedule, &early, now)
}

/// The clocks as they are stored: fields by their place, without names, because a list reads the clocks of all its rows.
/// Whatever reads them takes names too, as they were stored once. So a field can only be added at the end, with a default.
fn by_place(clocks: &ClocksView) -> Result<String, Error> {
    let ClocksView { review, resolution, measures, schedules, next_response } = clocks;
    let measure = |Measure { kind, from, calendar_id }: &Measure| (*kind, *from, *calendar_id);
    let measures: Vec<_> = measures.iter().map(measure).collect();
    let next_response = next_response.as_ref().map(timeline_by_place);
    let places = (timeline_by_place(review), timeline_by_place(resolution), measures, schedules, next_response);
    Ok(serde_json::to_string(&places)?)
}

fn timeline_by_place(Timeline { kind, started_at, targets, pauses, stopped_at }: &Timeline) -> impl Serialize {
    let target = |Target { from, working_time }: &Target| (*from, *working_time);
    let pause = |Pause { from, to, reason, event_id }: &Pause| (*from, *to, *reason, *event_id);
    let targets: Vec<_> = targets.iter().map(target).collect();
    let pauses: Vec<_> = pauses.iter().map(pause).collect();
    (*kind, *started_at, targets, pauses, *stopped_at)
}

/// The clocks of a stored ticket.
pub(in crate::desk) fn stored(ticket: &TicketRow) -> Result<ClocksView, Error> {
    Ok(serde_json::from_str(&ticket.clocks)?)
}
