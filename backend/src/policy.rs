//! What is promised: policy versions with their calendars, kept in memory because a version never changes.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use domain::sla::{ClockKind, Schedule};
use domain::ticket::Priority;
use domain::time::{Instant, Millis};
use domain::view::PolicyView;
use serde::{Deserialize, Serialize};
use sqlx::AnyConnection;

use crate::calendar::{Calendar, CalendarSpec};
use crate::{Backend, Error, store};

/// What one priority is promised, in milliseconds of working time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    pub priority: Priority,
    pub review: Millis,
    pub resolution: Millis,
}

/// One version of a policy.
#[derive(Clone, Debug)]
pub struct Policy {
    pub policy_version_id: i64,
    pub name: String,
    pub version: i64,
    /// In the order of [`Priority::ALL`].
    pub promises: Vec<Promise>,
    pub calendar: Calendar,
}

impl Policy {
    pub fn target(&self, kind: ClockKind, priority: Priority) -> Option<Millis> {
        let promise = self.promises.iter().find(|promise| promise.priority == priority)?;
        Some(match kind {
            ClockKind::Review => promise.review,
            ClockKind::Resolution => promise.resolution,
        })
    }

    /// For a page that lets people choose a priority, or shows a ticket that was raised at `since`.
    pub fn view(&self, since: Instant, now: Instant) -> PolicyView {
        PolicyView {
            name: self.name.clone(),
            version: self.version,
            targets: self.promises.iter().map(|p| (p.priority, p.review, p.resolution)).collect(),
            schedule: self.calendar.schedule_from(since, now),
        }
    }

    /// The part of the calendar that a list of clocks needs, `from` the first start `until` the last deadline, and what
    /// "open until" and the week strip need around `now`.
    pub fn schedule_between(&self, from: Instant, until: Instant, now: Instant) -> Schedule {
        let from = (from - Millis::DAY).min(now - Millis::hours(7 * 24));
        let until = (until + Millis::DAY).max(now + Millis::hours(14 * 24));
        self.calendar.schedule(from, until).trimmed(from, until)
    }
}

/// Policy versions by id.
#[derive(Debug, Default)]
pub struct Cache(RwLock<HashMap<i64, Arc<Policy>>>);

impl Cache {
    fn get(&self, policy_version_id: i64) -> Option<Arc<Policy>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(&policy_version_id).cloned()
    }

    fn keep(&self, policy: Arc<Policy>) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(policy.policy_version_id, policy);
    }
}

/// A version of a policy, from memory or from the database.
///
/// # Errors
/// When the database holds no such version, or a calendar that cannot be read.
pub async fn load(
    backend: &Backend,
    connection: &mut AnyConnection,
    policy_version_id: i64,
) -> Result<Arc<Policy>, Error> {
    if let Some(policy) = backend.policies().get(policy_version_id) {
        return Ok(policy);
    }
    let row = store::policy::find(connection, policy_version_id).await?;
    let row = row.ok_or_else(|| Error::internal("a policy version is missing"))?;
    let spec: CalendarSpec = serde_json::from_str(&row.calendar)?;
    let policy = Arc::new(Policy {
        policy_version_id,
        name: row.name,
        version: row.version,
        promises: serde_json::from_str(&row.promises)?,
        calendar: spec.parse().map_err(Error::internal)?,
    });
    backend.policies().keep(Arc::clone(&policy));
    Ok(policy)
}

/// The policy that the deployment has without an organisation in sight: its calendar is "the support desk's hours".
///
/// # Errors
/// When there is no policy yet (`seed::basics` makes one).
pub async fn standard(backend: &Backend, connection: &mut AnyConnection) -> Result<Arc<Policy>, Error> {
    let id = store::policy::latest(connection, store::policy::STANDARD).await?;
    load(backend, connection, id.ok_or_else(|| Error::internal("no policy yet"))?).await
}
