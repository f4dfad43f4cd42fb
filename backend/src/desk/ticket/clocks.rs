//! A ticket's clocks as they are stored: both timelines, and the few numbers that lists sort and filter by. All of it
//! follows from the events; [`verify`] computes it again and compares.

use domain::actor::{Actor, Scope};
use domain::sla::{Target, Timeline, consumed, due, timelines};
use domain::ticket::{Event, Status, TicketKey};
use domain::time::{Instant, Millis};
use domain::view::ClocksView;

use crate::policy::Policy;
use crate::store::event::Audience;
use crate::store::ticket::{Projection, TicketRow};
use crate::{Backend, Error, policy, store};

/// What the column of the first deadline holds when there is none: paused, or a calendar without openings.
pub(in crate::desk) const NO_DEADLINE: i64 = i64::MAX - 2;
/// After those without deadline.
const RESOLVED: i64 = i64::MAX - 1;
/// Last of all.
const CLOSED: i64 = i64::MAX;

/// Both clocks of the events so far.
pub(super) fn of_events<'a>(policy: &Policy, events: impl Iterator<Item = &'a Event>) -> ClocksView {
    let (review, resolution) = timelines(events, |kind, priority| policy.target(kind, priority));
    ClocksView { review, resolution }
}

/// When a clock is due, seen at `now`.
pub(super) fn due_at(policy: &Policy, timeline: &Timeline, now: Instant) -> Option<Instant> {
    due(&policy.calendar.schedule_covering(timeline, now), timeline, now)
}

/// What is stored of the clocks, seen at the instant of the last event: it holds until the next one.
pub(super) fn project(policy: &Policy, clocks: &ClocksView, status: Status, now: Instant) -> Result<Projection, Error> {
    let resolution = policy.calendar.schedule_covering(&clocks.resolution, now);
    let review_due_at = due_at(policy, &clocks.review, now);
    let resolution_due_at = due(&resolution, &clocks.resolution, now);
    let running = [(&clocks.review, review_due_at), (&clocks.resolution, resolution_due_at)];
    let running = running.into_iter().filter(|(timeline, _)| timeline.stopped_at.is_none());
    let earliest = running.clone().filter_map(|(_, due_at)| due_at).min();
    let risk_at = running.filter_map(|(timeline, _)| risk_at(policy, timeline, now)).min();
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
        clocks: serde_json::to_string(clocks)?,
    })
}

/// From when on a clock is at risk: when less is left than a quarter of the target, at most two hours (DESIGN §4). That is
/// the due time of a target so much smaller.
fn risk_at(policy: &Policy, timeline: &Timeline, now: Instant) -> Option<Instant> {
    let mut early = timeline.clone();
    for Target { working_time, .. } in &mut early.targets {
        let margin = Millis((working_time.0 / 4).min(Millis::hours(2).0));
        *working_time = *working_time - margin;
    }
    due_at(policy, &early, now)
}

/// What [`verify`] found about one ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    pub stored: ClocksView,
    pub computed: ClocksView,
    /// The stored deadlines and milestones differ from those computed.
    pub differs: bool,
}

/// Computes a ticket's clocks and deadlines again from its events and compares them with what is stored.
///
/// # Errors
/// [`Error::NotFound`] when there is no such ticket; [`Error::Forbidden`] for customers.
pub async fn verify(backend: &Backend, actor: &Actor, key: &str) -> Result<Verified, Error> {
    crate::desk::staff(actor)?;
    let key = TicketKey::parse(key).ok_or(Error::NotFound)?;
    let mut db = backend.store().snapshot().await?;
    let ticket = store::ticket::find(&mut db, Scope::All, &key).await?.ok_or(Error::NotFound)?;
    let policy = policy::load(backend, &mut db, ticket.policy_version_id).await?;
    let events = store::event::list(&mut db, &ticket, Audience::Staff).await?;
    let computed = of_events(&policy, events.iter().map(|row| &row.event));
    let last = events.last().map_or(ticket.created_at, |row| row.event.at);
    let expected = project(&policy, &computed, ticket.status, last)?;
    let stored = store::ticket::projection(&mut db, &ticket).await?;
    Ok(Verified { stored: serde_json::from_str(&ticket.clocks)?, computed, differs: stored != expected })
}

/// The clocks of a stored ticket.
pub(in crate::desk) fn stored(ticket: &TicketRow) -> Result<ClocksView, Error> {
    Ok(serde_json::from_str(&ticket.clocks)?)
}
