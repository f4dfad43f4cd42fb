//! What is promised: policy versions, kept in memory because a version never changes, on calendars as they are now.
//!
//! A policy version says how long and on which calendar; a ticket follows that calendar through its versions, so a calendar
//! edit moves open deadlines and a policy edit does not (see [`Calendars`]).

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use domain::sla::{ClockKind, Schedule};
use domain::ticket::{Change, Event, Priority};
use domain::time::{Instant, Millis};
use domain::view::{ClocksView, Measure, PolicyView};
use serde::{Deserialize, Serialize};
use sqlx::AnyConnection;

use crate::calendar::Calendar;
use crate::store::calendar::Stamp;
use crate::{Backend, Error, store};

mod calendars;
mod splice;

pub use calendars::Calendars;

/// What one priority is promised, in milliseconds of working time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    pub priority: Priority,
    pub review: Millis,
    pub resolution: Millis,
    /// `None`: nothing is promised about the next response.
    #[serde(default)]
    pub next_response: Option<Millis>,
    /// What each target is measured on; `None`: the policy's own calendar.
    #[serde(default, skip_serializing_if = "On::is_default")]
    pub on: On,
}

/// Calendar ids, or [`domain::view::admin::AROUND_THE_CLOCK`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct On {
    pub review: Option<i64>,
    pub resolution: Option<i64>,
    pub next_response: Option<i64>,
}

impl On {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// One version of a policy, on the calendars that were read with it.
#[derive(Clone, Debug)]
pub struct Policy {
    pub policy_version_id: i64,
    pub policy_id: i64,
    pub name: String,
    pub version: i64,
    /// In the order of [`Priority::ALL`].
    pub promises: Vec<Promise>,
    /// The policy's own calendar, for targets that name no other and for "the support desk's hours".
    pub calendar_id: i64,
    /// Its newest version.
    pub calendar: Calendar,
    pub calendars: Arc<Calendars>,
}

impl Policy {
    fn promise(&self, priority: Priority) -> Option<&Promise> {
        self.promises.iter().find(|promise| promise.priority == priority)
    }

    pub fn target(&self, kind: ClockKind, priority: Priority) -> Option<Millis> {
        let promise = self.promise(priority)?;
        Some(match kind {
            ClockKind::Review => promise.review,
            ClockKind::Resolution => promise.resolution,
            ClockKind::NextResponse => return promise.next_response,
        })
    }

    /// What that target is measured on.
    pub fn measured_on(&self, clock: ClockKind, priority: Priority) -> i64 {
        let on = self.promise(priority).map(|promise| promise.on).unwrap_or_default();
        let named = match clock {
            ClockKind::Review => on.review,
            ClockKind::Resolution => on.resolution,
            ClockKind::NextResponse => on.next_response,
        };
        named.unwrap_or(self.calendar_id)
    }

    /// Whether all targets of a priority are measured on the policy's own calendar.
    fn is_own(&self, priority: Priority) -> bool {
        [ClockKind::Review, ClockKind::Resolution]
            .into_iter()
            .all(|clock| self.measured_on(clock, priority) == self.calendar_id)
    }

    /// For a page that lets people choose a priority.
    pub fn view(&self, since: Instant, now: Instant) -> PolicyView {
        let mut elsewhere = Vec::new();
        for priority in self.promises.iter().map(|promise| promise.priority) {
            for kind in [ClockKind::Review, ClockKind::Resolution] {
                let calendar_id = self.measured_on(kind, priority);
                if calendar_id != self.calendar_id {
                    let schedule = self.calendars.newest(calendar_id).schedule_from(since, now);
                    elsewhere.push((priority, kind, schedule));
                }
            }
        }
        PolicyView {
            name: self.name.clone(),
            version: self.version,
            targets: self.promises.iter().map(|p| (p.priority, p.review, p.resolution)).collect(),
            schedule: self.calendar.schedule_from(since, now),
            elsewhere,
        }
    }

    /// For the page of a ticket that was raised at `since`: the page's schedule is that of the resolution, and another
    /// priority is measured on its own calendar from now on.
    pub fn view_of(&self, clocks: &mut ClocksView, since: Instant, now: Instant) -> PolicyView {
        let plain = |kind| self.calendars.is_plain(clocks, kind, self.calendar_id);
        let all_plain =
            ClockKind::ALL.into_iter().all(plain) && self.promises.iter().all(|promise| self.is_own(promise.priority));
        if all_plain {
            clocks.measures.clear();
            return self.view(since, now);
        }
        let (from, until) = (now.min(since) - Millis::hours(60 * 24), now + Millis::hours(120 * 24));
        let shown =
            |clocks: &ClocksView, kind| self.calendars.schedule_until(clocks, kind, now, until).trimmed(from, until);
        let mut schedule = shown(clocks, ClockKind::Resolution);
        let elsewhere = self.changed(clocks, now, from, until, &schedule);
        let on = |kind| clocks.measures.iter().rfind(|measure| measure.kind == kind).map(|measure| measure.calendar_id);
        let mut schedules = Vec::new();
        let response = clocks.next_response.is_some().then_some(ClockKind::NextResponse);
        for kind in [ClockKind::Review].into_iter().chain(response) {
            let own = shown(clocks, kind);
            if own.windows != schedule.windows || on(kind) != on(ClockKind::Resolution) {
                schedules.push((kind, own));
            }
        }
        clocks.schedules = schedules;
        clocks.measures.clear();
        schedule.zone = self.calendar.zone().trimmed(from - domain::sla::ZONE_BEFORE, until + domain::sla::ZONE_AFTER);
        PolicyView {
            name: self.name.clone(),
            version: self.version,
            targets: self.promises.iter().map(|p| (p.priority, p.review, p.resolution)).collect(),
            schedule,
            elsewhere,
        }
    }

    /// What the resolution clock would be measured on under each priority from now on, where that differs.
    fn changed(
        &self,
        clocks: &ClocksView,
        now: Instant,
        from: Instant,
        until: Instant,
        current: &Schedule,
    ) -> Vec<(Priority, ClockKind, Schedule)> {
        let kind = ClockKind::Resolution;
        let mut elsewhere = Vec::new();
        for priority in self.promises.iter().map(|promise| promise.priority) {
            let mut changed = clocks.clone();
            add_measure(&mut changed.measures, kind, now, self.measured_on(kind, priority));
            if changed.measures.len() != clocks.measures.len() {
                let schedule = self.calendars.schedule_until(&changed, kind, now, until).trimmed(from, until);
                if schedule.windows != current.windows {
                    elsewhere.push((priority, kind, schedule));
                }
            }
        }
        elsewhere
    }

    /// The part of the calendar that a list of clocks needs, `from` the first start `until` the last deadline, and what
    /// "open until" and the week strip need around `now`.
    pub fn schedule_between(&self, from: Instant, until: Instant, now: Instant) -> Schedule {
        let from = (from - Millis::DAY).min(now - Millis::hours(7 * 24));
        let until = (until + Millis::DAY).max(now + Millis::hours(14 * 24));
        self.calendar.schedule(from, until).trimmed(from, until)
    }

    /// Readies a row's clocks for a page that ships [`Policy::schedule_between`]: what is measured on anything else
    /// carries its own schedule.
    pub fn localise(&self, clocks: &mut ClocksView, now: Instant) {
        for kind in ClockKind::ALL {
            // Of a clock that is over, lists only show how it ended; the review's end is not shown once resolution leads,
            // and a response that was given not at all.
            let shown = match kind {
                ClockKind::Review => clocks.leading() == kind,
                ClockKind::Resolution => true,
                ClockKind::NextResponse => clocks.response().is_some(),
            };
            if shown && !self.calendars.is_plain(clocks, kind, self.calendar_id) {
                let schedule = self.calendars.schedule(clocks, kind, now);
                let timeline = clocks.get(kind);
                let due_at = domain::sla::due_if_resumed(&schedule, timeline, now);
                let (from, until) = (timeline.started_at, due_at.unwrap_or(now).max(now) + Millis::hours(14 * 24));
                let schedule = self.calendars.schedule_until(clocks, kind, now, until);
                clocks.schedules.push((kind, schedule.trimmed(from - Millis::DAY, until)));
            }
        }
        clocks.measures.clear();
    }
}

/// Notes that a clock is measured on this calendar from now on, unless it is already.
pub fn add_measure(measures: &mut Vec<Measure>, kind: ClockKind, from: Instant, calendar_id: i64) {
    let last = measures.iter().rfind(|measure| measure.kind == kind);
    if last.is_none_or(|last| last.calendar_id != calendar_id) {
        measures.push(Measure { kind, from, calendar_id });
    }
}

/// Policy versions by id, and the calendars as they were last seen.
#[derive(Debug, Default)]
pub struct Cache {
    versions: RwLock<HashMap<i64, Arc<Version>>>,
    calendars: calendars::Known,
}

/// What never changes of a policy version.
#[derive(Debug)]
struct Version {
    policy_version_id: i64,
    policy_id: i64,
    name: String,
    version: i64,
    promises: Vec<Promise>,
    calendar_id: i64,
}

impl Version {
    fn on(&self, calendars: Arc<Calendars>) -> Policy {
        Policy {
            policy_version_id: self.policy_version_id,
            policy_id: self.policy_id,
            name: self.name.clone(),
            version: self.version,
            promises: self.promises.clone(),
            calendar_id: self.calendar_id,
            calendar: calendars.newest(self.calendar_id).clone(),
            calendars,
        }
    }
}

/// A version that is being written, and is not there before its transaction is. What was remembered of it meanwhile is
/// forgotten at the end: if nothing came of the transaction, SQLite gives its id to the next one.
#[must_use = "it works by being dropped"]
pub(crate) struct Unsettled<'b> {
    backend: &'b Backend,
    policy_version_id: i64,
}

impl<'b> Unsettled<'b> {
    pub(crate) const fn new(backend: &'b Backend, policy_version_id: i64) -> Self {
        Self { backend, policy_version_id }
    }
}

impl Drop for Unsettled<'_> {
    fn drop(&mut self) {
        let mut versions = self.backend.policies().versions.write().unwrap_or_else(PoisonError::into_inner);
        versions.remove(&self.policy_version_id);
    }
}

async fn version(backend: &Backend, db: &mut AnyConnection, policy_version_id: i64) -> Result<Arc<Version>, Error> {
    let cache = &backend.policies().versions;
    let known = cache.read().unwrap_or_else(PoisonError::into_inner).get(&policy_version_id).cloned();
    if let Some(version) = known {
        return Ok(version);
    }
    let row = store::policy::find(db, policy_version_id).await?;
    let row = row.ok_or_else(|| Error::internal("a policy version is missing"))?;
    let version = Arc::new(Version {
        policy_version_id,
        policy_id: row.policy_id,
        name: row.name,
        version: row.version,
        promises: serde_json::from_str(&row.promises)?,
        calendar_id: row.calendar_id,
    });
    cache.write().unwrap_or_else(PoisonError::into_inner).insert(policy_version_id, Arc::clone(&version));
    Ok(version)
}

/// The calendars as this transaction sees them.
///
/// # Errors
/// When the database does not answer or holds a calendar that cannot be read.
pub async fn calendars(backend: &Backend, db: &mut AnyConnection) -> Result<Arc<Calendars>, Error> {
    let stamp = store::calendar::stamp(db).await?;
    backend.policies().calendars.current(db, &stamp).await
}

/// A version of a policy, from memory or from the database, on the calendars as they are now.
///
/// # Errors
/// When the database holds no such version, or a calendar that cannot be read.
pub async fn load(backend: &Backend, db: &mut AnyConnection, policy_version_id: i64) -> Result<Arc<Policy>, Error> {
    let stamp = store::calendar::stamp(db).await?;
    load_at(backend, db, policy_version_id, &stamp).await
}

/// The same, when the stamp of the calendars has come along with something else: then there is nothing to ask for, as a rule.
///
/// # Errors
/// As [`load`].
pub async fn load_at(
    backend: &Backend,
    db: &mut AnyConnection,
    policy_version_id: i64,
    stamp: &Stamp,
) -> Result<Arc<Policy>, Error> {
    let calendars = backend.policies().calendars.current(db, stamp).await?;
    Ok(Arc::new(version(backend, db, policy_version_id).await?.on(calendars)))
}

/// The policy versions that a ticket with these events has lived under, in order, the one of now last.
///
/// # Errors
/// As [`load`].
pub async fn load_all<'a>(
    backend: &Backend,
    db: &mut AnyConnection,
    now: i64,
    events: impl Iterator<Item = &'a Event>,
) -> Result<Vec<Arc<Policy>>, Error> {
    let mut ids = Vec::new();
    for event in events {
        if let Change::PolicyChanged { from, to, .. } = &event.change {
            if ids.is_empty() {
                ids.push(*from);
            }
            ids.push(*to);
        }
    }
    if ids.is_empty() {
        ids.push(now);
    }
    let mut policies = Vec::with_capacity(ids.len());
    for id in ids {
        policies.push(load(backend, db, id).await?);
    }
    Ok(policies)
}

/// The policy that the deployment has without an organisation in sight: its calendar is "the support desk's hours".
///
/// # Errors
/// When there is no policy yet (`seed::basics` makes one).
pub async fn standard(backend: &Backend, connection: &mut AnyConnection) -> Result<Arc<Policy>, Error> {
    let id = store::policy::latest(connection, store::policy::STANDARD).await?;
    load(backend, connection, id.ok_or_else(|| Error::internal("no policy yet"))?).await
}
