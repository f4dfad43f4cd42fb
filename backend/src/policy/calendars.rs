//! Every calendar with all its versions, as one transaction saw them. Which version a clock is measured on follows from the
//! clock alone: a running one on the newest, a stopped one on that which was in force when it stopped, so it keeps its result.

use std::sync::{Arc, PoisonError, RwLock};

use domain::sla::{ClockKind, Schedule, Timeline, ZONE_AFTER, ZONE_BEFORE};
use domain::time::Instant;
use domain::view::ClocksView;
use domain::view::admin::AROUND_THE_CLOCK;
use domain::zone::Zone;
use sqlx::AnyConnection;

use super::splice;
use crate::calendar::{Calendar, CalendarSpec};
use crate::store::calendar::{Stamp, VersionRow};
use crate::{Error, store};

/// See the module.
#[derive(Clone, Debug)]
pub struct Calendars {
    /// By calendar, then by version; never empty.
    versions: Vec<(VersionRow, Calendar)>,
    /// Open always, in the zone of the support calendar.
    always: Calendar,
    stamp: Stamp,
}

/// What was read last, so that the next one who asks need not expand calendars again.
#[derive(Debug, Default)]
pub(super) struct Known(RwLock<Option<Arc<Calendars>>>);

impl Known {
    /// A stamp says whether what is known is still so; another process may have saved a version. It was read in the same
    /// transaction, if need be just before.
    pub(super) async fn current(&self, db: &mut AnyConnection, stamp: &Stamp) -> Result<Arc<Calendars>, Error> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(known) = known.as_ref().filter(|known| known.stamp == *stamp) {
            return Ok(Arc::clone(known));
        }
        let rows = store::calendar::versions(db).await?;
        let mut versions = Vec::with_capacity(rows.len());
        for row in rows {
            let id = row.calendar_version_id;
            let there = known.iter().flat_map(|known| &known.versions).find(|(row, _)| row.calendar_version_id == id);
            let calendar = match there {
                Some((_, calendar)) => calendar.clone(),
                None => store::calendar::spec(db, id).await?.parse().map_err(Error::internal)?,
            };
            versions.push((row, calendar));
        }
        let current = Arc::new(Calendars { always: always(&versions)?, versions, stamp: stamp.clone() });
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&current));
        Ok(current)
    }
}

fn always(versions: &[(VersionRow, Calendar)]) -> Result<Calendar, Error> {
    let mut spec = CalendarSpec::shipped_support();
    if let Some((_, support)) = versions.iter().rfind(|(row, _)| row.is_support) {
        spec.timezone.clone_from(&support.spec().timezone);
    }
    spec.hours = "24/7".to_owned();
    spec.country = None;
    spec.parse().map_err(Error::internal)
}

impl Calendars {
    fn of(&self, calendar_id: i64) -> &[(VersionRow, Calendar)] {
        let first = self.versions.partition_point(|(row, _)| row.calendar_id < calendar_id);
        let after = self.versions.partition_point(|(row, _)| row.calendar_id <= calendar_id);
        &self.versions[first..after]
    }

    /// The newest version of a calendar. Calendars are never deleted, so one that is named exists.
    pub fn newest(&self, calendar_id: i64) -> &Calendar {
        self.of(calendar_id).last().map_or(&self.always, |(_, calendar)| calendar)
    }

    /// Whether there is such a calendar, or it is no calendar but "around the clock".
    pub fn has(&self, calendar_id: i64) -> bool {
        calendar_id == AROUND_THE_CLOCK || !self.of(calendar_id).is_empty()
    }

    /// The version that counts for a clock that stopped then, or still runs.
    fn in_force(&self, calendar_id: i64, stopped_at: Option<Instant>) -> &Calendar {
        let Some(stopped_at) = stopped_at else { return self.newest(calendar_id) };
        let versions = self.of(calendar_id);
        // The first version holds for all time before it: the demonstration, for one, is older than its calendar.
        let before = versions.iter().rfind(|(row, _)| row.created_at < stopped_at).or(versions.first());
        before.map_or(&self.always, |(_, calendar)| calendar)
    }

    /// The same with one more version of a calendar, to see what it would change.
    #[must_use]
    pub fn with(&self, calendar_id: i64, trial: Calendar, now: Instant) -> Self {
        let mut calendars = self.clone();
        let after = self.versions.partition_point(|(row, _)| row.calendar_id <= calendar_id);
        let is_support = self.of(calendar_id).first().is_some_and(|(row, _)| row.is_support);
        let version = self.of(calendar_id).last().map_or(1, |(row, _)| row.version + 1);
        // No stored version has this id.
        let row = VersionRow { calendar_version_id: 0, calendar_id, version, created_at: now, is_support };
        calendars.versions.insert(after, (row, trial));
        calendars
    }

    /// What a clock is measured on, for as far as its deadline lies.
    pub fn schedule(&self, clocks: &ClocksView, kind: ClockKind, now: Instant) -> Arc<Schedule> {
        self.schedule_until(clocks, kind, now, now)
    }

    /// The same, and at least until then: for pages that show more of it, or try other targets.
    pub fn schedule_until(&self, clocks: &ClocksView, kind: ClockKind, now: Instant, until: Instant) -> Arc<Schedule> {
        let timeline = clocks.get(kind);
        let parts: Vec<(Instant, &Calendar)> = clocks
            .measures
            .iter()
            .filter(|measure| measure.kind == kind)
            .map(|measure| (measure.from, self.in_force(measure.calendar_id, timeline.stopped_at)))
            .collect();
        match parts.as_slice() {
            [] => covering(self.support(), timeline, now, until),
            [(_, only)] => covering(only, timeline, now, until),
            several => Arc::new(splice::covering(several, timeline, now, until)),
        }
    }

    /// Whether a clock is measured on the newest version of this calendar and nothing else.
    pub fn is_plain(&self, clocks: &ClocksView, kind: ClockKind, calendar_id: i64) -> bool {
        let stopped_at = clocks.get(kind).stopped_at;
        let plain = |id: i64| {
            let newest = self.of(id).last().map(|(row, _)| row.created_at);
            id == calendar_id && stopped_at.zip(newest).is_none_or(|(at, newest)| newest < at || self.of(id).len() == 1)
        };
        clocks.measures.iter().filter(|measure| measure.kind == kind).all(|measure| plain(measure.calendar_id))
    }

    /// The zone of the support desk, for pages that show instants and no calendar.
    pub fn zone(&self, now: Instant) -> Zone {
        self.support().zone().trimmed(now - ZONE_BEFORE, now + ZONE_AFTER)
    }

    /// The newest version of the support calendar, or of any.
    fn support(&self) -> &Calendar {
        let support = self.versions.iter().rfind(|(row, _)| row.is_support);
        support.or(self.versions.last()).map_or(&self.always, |(_, calendar)| calendar)
    }
}

fn covering(calendar: &Calendar, timeline: &Timeline, now: Instant, until: Instant) -> Arc<Schedule> {
    let schedule = calendar.schedule_covering(timeline, now);
    if until <= schedule.known_until { schedule } else { calendar.schedule(schedule.known_from, until) }
}
