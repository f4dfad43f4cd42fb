//! The proof that nothing but events counts: every ticket computed again from its log, compared with what is stored. Changes
//! nothing.

use domain::actor::{Actor, Scope};
use domain::i18n::Locale;
use domain::sla::{ClockKind, Teller, tell, trace};
use domain::ticket::{Status, TicketKey, replay};
use domain::time::Instant;
use domain::view::{ClocksView, Side};
use domain::zone::Zone;

use super::clocks::{NO_DEADLINE, of_events, project};
use crate::calendar::END;
use crate::policy::Calendars;
use crate::store::event::Audience;
use crate::store::ticket::{Projection, TicketRow};
use crate::{Backend, Error, policy, store};

/// Tickets whose keys are read at a time.
const AT_A_TIME: i64 = 500;

/// What [`verify`] found about one ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    pub key: String,
    pub stored: ClocksView,
    pub computed: ClocksView,
    /// Something that is stored differs from what the events say.
    pub differs: bool,
    pub differences: Vec<Difference>,
    /// When something differs: each clock's story as the events tell it, in one line.
    pub traces: Vec<(ClockKind, String)>,
}

/// A column that does not say what the events say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub column: &'static str,
    pub stored: String,
    pub computed: String,
}

/// Computes a ticket's clocks and deadlines again from its events and compares them with what is stored.
///
/// # Errors
/// [`Error::NotFound`] when there is no such ticket; [`Error::Forbidden`] for customers.
pub async fn verify(backend: &Backend, actor: &Actor, key: &str) -> Result<Verified, Error> {
    crate::desk::staff(actor)?;
    let key = TicketKey::parse(key).ok_or(Error::NotFound)?;
    one(backend, &key).await?.ok_or(Error::NotFound)
}

/// Verifies every ticket, in the order they were raised, and tells of each that differs. Gives how many there are.
///
/// # Errors
/// [`Error::Forbidden`] for customers, and when the database does not answer or holds an event that cannot be read.
pub async fn verify_all(
    backend: &Backend,
    actor: &Actor,
    mut differing: impl FnMut(&Verified),
) -> Result<usize, Error> {
    crate::desk::staff(actor)?;
    let (mut count, mut after) = (0, 0);
    loop {
        let mut db = backend.store().snapshot().await?;
        let keys = store::ticket::keys_after(&mut db, after, AT_A_TIME).await?;
        drop(db);
        let Some((last, _)) = keys.last() else { return Ok(count) };
        after = *last;
        for (_, key) in keys {
            // Each in a transaction of its own, so that a long run does not hold up others.
            if let Some(verified) = one(backend, &key).await? {
                count += 1;
                if verified.differs {
                    differing(&verified);
                }
            }
        }
    }
}

async fn one(backend: &Backend, key: &TicketKey) -> Result<Option<Verified>, Error> {
    let mut db = backend.store().snapshot().await?;
    let Some(ticket) = store::ticket::find(&mut db, Scope::All, key).await? else { return Ok(None) };
    let events = store::event::list(&mut db, &ticket, Audience::Staff).await?;
    let log = || events.iter().map(|row| &row.event);
    let policies = policy::load_all(backend, &mut db, ticket.policy_version_id, log()).await?;
    let calendars = policy::calendars(backend, &mut db).await?;
    let computed = of_events(&policies, log());
    let last = events.last().map_or(ticket.created_at, |row| row.event.at);
    let told = replay(log()).ok_or_else(|| Error::internal("a ticket whose log does not begin with its creation"))?;
    let expected = project(&calendars, &computed, told.status, last)?;
    let stored = store::ticket::projection(&mut db, &ticket).await?;
    let zone = calendars.zone(last);
    let mut found = Columns { zone: &zone, differences: Vec::new() };
    found.instant("created_at", Some(ticket.created_at.0), Some(computed.review.started_at.0));
    found.ticket(&ticket, &told);
    found.projection(&stored, &expected);
    let stored: ClocksView = serde_json::from_str(&ticket.clocks)?;
    found.clocks(&stored, &computed);
    let differences = found.differences;
    let differs = !differences.is_empty();
    let traces = if differs { traces(&calendars, &computed, last, &zone) } else { Vec::new() };
    Ok(Some(Verified { key: key.to_string(), stored, computed, differs, differences, traces }))
}

fn traces(calendars: &Calendars, clocks: &ClocksView, at: Instant, zone: &Zone) -> Vec<(ClockKind, String)> {
    let teller = Teller { locale: Locale::English, zone, side: Side::Support, who: &|_| None };
    let story = |kind| {
        let schedule = calendars.schedule(clocks, kind, at);
        (kind, tell(&trace(&schedule, clocks.get(kind), at), &teller))
    };
    let promised = |kind: &ClockKind| *kind != ClockKind::NextResponse || clocks.next_response.is_some();
    ClockKind::ALL.into_iter().filter(promised).map(story).collect()
}

struct Columns<'a> {
    zone: &'a Zone,
    differences: Vec<Difference>,
}

impl Columns<'_> {
    fn compare<T: PartialEq>(
        &mut self,
        column: &'static str,
        stored: T,
        computed: T,
        show: impl Fn(&Self, &T) -> String,
    ) {
        if stored != computed {
            let (stored, computed) = (show(self, &stored), show(self, &computed));
            self.differences.push(Difference { column, stored, computed });
        }
    }

    fn instant(&mut self, column: &'static str, stored: Option<i64>, computed: Option<i64>) {
        self.compare(column, stored, computed, |this, at| match at {
            None => "none".into(),
            // Milliseconds too: a difference of one is one.
            Some(at) if (0..END.0).contains(at) => format!("{} ({at})", this.zone.rfc3339(Instant(*at))),
            Some(at) => {
                let place = at.checked_sub(NO_DEADLINE).and_then(|place| usize::try_from(place).ok());
                let word = place.and_then(|place| ["no deadline", "resolved", "closed"].get(place));
                // What was tampered with can be any number.
                word.map_or_else(|| format!("no instant ({at})"), |word| (*word).into())
            }
        });
    }

    fn number(&mut self, column: &'static str, stored: impl Into<Option<i64>>, computed: impl Into<Option<i64>>) {
        let show = |_: &Self, number: &Option<i64>| number.map_or("none".into(), |number| number.to_string());
        self.compare(column, stored.into(), computed.into(), show);
    }

    fn ticket(&mut self, stored: &TicketRow, told: &domain::ticket::Replayed) {
        let at = |at: Option<Instant>| at.map(|at| at.0);
        self.compare("status", stored.status, told.status, |_, status| Status::slug(*status).into());
        self.compare("close_reason", stored.close_reason, told.close_reason, |_, reason| {
            reason.map_or("none", domain::ticket::CloseReason::slug).into()
        });
        self.compare("priority", stored.priority, told.priority, |_, priority| priority.slug().into());
        self.number("assignee_id", stored.assignee_id, told.assignee_id);
        self.number("confidential", i64::from(stored.confidential), i64::from(told.confidential));
        self.instant("accepted_at", at(stored.accepted_at), at(told.accepted_at));
        self.instant("resolved_at", at(stored.resolved_at), at(told.resolved_at));
        self.instant("closed_at", at(stored.closed_at), at(told.closed_at));
        self.number("last_event_id", stored.last_event_id, told.last_event_id);
        self.number("last_public_event_id", stored.last_public_event_id, told.last_public_event_id);
        self.number("question_id", stored.question_id, told.question_id);
    }

    fn projection(&mut self, stored: &Projection, computed: &Projection) {
        self.instant("review_due_at", stored.review_due_at, computed.review_due_at);
        self.instant("review_stopped_at", stored.review_stopped_at, computed.review_stopped_at);
        self.instant("resolution_due_at", stored.resolution_due_at, computed.resolution_due_at);
        self.instant("resolution_paused_at", stored.resolution_paused_at, computed.resolution_paused_at);
        self.number("consumed", stored.consumed, computed.consumed);
        self.instant("sort_due_at", Some(stored.sort_due_at), Some(computed.sort_due_at));
        self.instant("risk_at", Some(stored.risk_at), Some(computed.risk_at));
    }

    /// What they mean, not how they are written: a field that came later is its default in what was stored before.
    fn clocks(&mut self, stored: &ClocksView, computed: &ClocksView) {
        let mut known = stored.clone();
        for (stored, computed) in [(&mut known.review, &computed.review), (&mut known.resolution, &computed.resolution)]
        {
            // The first pauses that were stored do not name their cause.
            for (pause, now) in stored.pauses.iter_mut().zip(&computed.pauses) {
                pause.event_id = pause.event_id.or(now.event_id);
            }
        }
        let text = |_: &Self, clocks: &&ClocksView| serde_json::to_string(clocks).unwrap_or_default();
        self.compare("clocks", &known, computed, text);
    }
}
