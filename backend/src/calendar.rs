//! Calendars: from opening hours as a person writes them to the windows that the SLA engine works on. The only place
//! that knows calendar syntax, public holidays and the time zone database; nothing here knows tickets or storage.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicI64;
use std::sync::{Arc, PoisonError, RwLock};

use chrono::NaiveDate;
use domain::sla::{Holiday, Schedule, Timeline, due_if_resumed};
use domain::time::{Instant, Millis};
use domain::zone::{Zone, date_of};
use opening_hours::OpeningHours;
use serde::{Deserialize, Serialize};

mod error;
mod expand;
mod holiday;
mod parse;
mod weekly;
mod years;
mod zone;

pub use error::{CalendarError, HoursError};
pub use years::HolidayYears;

/// The first local day a calendar speaks about, as days since 1970-01-01: one before, so that 1970-01-01T00:00Z is known
/// west of Greenwich too.
pub const FIRST_DAY: i64 = -1;
/// The last: 9999-12-31, the last date that opening hours and RFC 3339 can write.
pub const LAST_DAY: i64 = 2_932_896;
/// 10000-01-01T00:00:00Z, where the years end that RFC 3339 can write.
pub const END: Instant = Instant(253_402_300_800_000);

/// What was asked before is only kept when the next question is nearer to it than this: fifty years.
const FAR: Millis = Millis::hours(50 * 366 * 24);

/// A calendar as it is configured and stored.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CalendarSpec {
    /// IANA name.
    pub timezone: String,
    /// OpenStreetMap `opening_hours`.
    pub hours: String,
    /// ISO 3166-1 code of the country whose public holidays `PH` means; without it there are none.
    #[serde(default)]
    pub country: Option<String>,
    /// Extra closed dates, `YYYY-MM-DD`, each with what people read ("Office move"); the label may be empty.
    #[serde(default)]
    pub closed: Vec<(String, String)>,
    /// When Good Friday is a public holiday too (only for the Netherlands).
    #[serde(default)]
    pub good_friday: HolidayYears,
    /// When Liberation Day, 5 May, is a public holiday too (only for the Netherlands).
    #[serde(default)]
    pub liberation_day: HolidayYears,
}

impl CalendarSpec {
    fn dutch(hours: &str) -> Self {
        Self {
            timezone: "Europe/Amsterdam".into(),
            hours: hours.into(),
            country: Some("NL".into()),
            closed: Vec::new(),
            good_friday: HolidayYears::Never,
            liberation_day: HolidayYears::Never,
        }
    }

    /// The support calendar that Loket ships (DESIGN §3).
    pub fn shipped_support() -> Self {
        Self::dutch("Mo-Fr 09:00-18:00; PH off")
    }

    /// The chat calendar that Loket ships (DESIGN §4).
    pub fn shipped_chat() -> Self {
        Self::dutch("Mo-Fr 09:00-17:00; PH off")
    }
}

/// A calendar that has been checked and can be expanded. Cheap to clone; clones share what has been expanded already.
#[derive(Clone, Debug)]
pub struct Calendar {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    spec: CalendarSpec,
    hours: OpeningHours,
    /// All offsets from [`FIRST_DAY`] to [`LAST_DAY`].
    zone: Arc<Zone>,
    /// By day number.
    closed: BTreeMap<i64, String>,
    holidays: holiday::Holidays,
    /// What the expression calls dates, with the days each is about; of those of one day the last one counts.
    names: Vec<(String, OpeningHours)>,
    /// On days after this one it is known never to open; [`i64::MAX`] while nothing is known. Finding that out means looking
    /// at every day of 400 years.
    closed_after: AtomicI64,
    /// The widest expansion asked for so far.
    expanded: RwLock<Option<Arc<Schedule>>>,
}

impl CalendarSpec {
    /// Checks every part of the calendar.
    ///
    /// # Errors
    /// [`CalendarError`] says which part is wrong, and where.
    pub fn parse(&self) -> Result<Calendar, CalendarError> {
        let holidays = holiday::Holidays::of(self)?;
        let hours = parse::hours(&self.hours, &holidays)?;
        let inner = Inner {
            spec: self.clone(),
            zone: zone::table(&self.timezone)?,
            names: parse::names(&hours, &holidays),
            hours,
            closed: parse::closed(&self.closed)?,
            holidays,
            closed_after: AtomicI64::new(i64::MAX),
            expanded: RwLock::new(None),
        };
        Ok(Calendar { inner: Arc::new(inner) })
    }
}

impl Calendar {
    pub fn spec(&self) -> &CalendarSpec {
        &self.inner.spec
    }

    /// The zone with all its offsets.
    pub fn zone(&self) -> &Zone {
        &self.inner.zone
    }

    /// The public holiday on a local date that `PH` stands for, if it is one.
    pub fn holiday(&self, date: NaiveDate) -> Option<Holiday> {
        self.inner.holidays.on(date)
    }

    /// The schedule of the whole local days that `[from, until)` touches, within the years 1970 to 9999. It ends sooner, at its
    /// `known_until`, when that would be millions of openings.
    pub fn expand(&self, from: Instant, until: Instant) -> Schedule {
        let first = self.day_of(from);
        self.expand_days(first, self.day_of(until).max(first))
    }

    /// A schedule that knows at least `[from, until)` as far as [`Calendar::expand`] goes, shared with whoever asked before. It
    /// may know much more.
    pub fn schedule(&self, from: Instant, until: Instant) -> Arc<Schedule> {
        let shared = self.inner.expanded.read().unwrap_or_else(PoisonError::into_inner).clone();
        let earliest = self.inner.zone.day_start(FIRST_DAY);
        let latest = self.inner.zone.day_start(LAST_DAY + 1);
        let (from, until) = (from.clamp(earliest, latest), until.clamp(earliest, latest));
        if let Some(shared) = shared.as_ref().filter(|known| known.known_from <= from && until <= known.known_until) {
            return shared.clone();
        }
        // Whole years around, so that tomorrow's question finds an answer too. A question about another age is answered by
        // itself: the centuries between the two are nobody's concern, and take seconds.
        let far = |known: &&Arc<Schedule>| from - FAR > known.known_until || until + FAR < known.known_from;
        let known = shared.as_ref().filter(|known| !far(known));
        let from = known.map_or(from, |known| known.known_from.min(from));
        let until = known.map_or(until, |known| until.max(known.known_until - Millis(1)));
        let first = parse::day_number(date_of(self.day_of(from)).0, 1, 1).max(FIRST_DAY);
        let last = (parse::day_number(date_of(self.day_of(until)).0 + 1, 1, 1) - 1).min(LAST_DAY);
        let schedule = Arc::new(self.expand_days(first, last));
        *self.inner.expanded.write().unwrap_or_else(PoisonError::into_inner) = Some(schedule.clone());
        schedule
    }

    /// Whether `schedule`, which [`Calendar::schedule_covering`] made, answers what `timeline` shows at `now`. Else so much lies
    /// between that it was cut off.
    pub fn answers(&self, schedule: &Schedule, timeline: &Timeline, now: Instant) -> bool {
        let due_at = || due_if_resumed(schedule, timeline, now.max(timeline.started_at));
        self.knows_all(schedule) || now < schedule.known_until && (timeline.targets.is_empty() || due_at().is_some())
    }

    /// How many windows and closed days are kept in memory for the next question.
    pub fn kept(&self) -> usize {
        let kept = self.inner.expanded.read().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref().map_or(0, |schedule| schedule.windows.len() + schedule.closed_days.len())
    }

    /// What a page needs to show clocks and opening hours: sixty days back, a hundred and twenty on.
    pub fn schedule_around(&self, now: Instant) -> Schedule {
        self.schedule_from(now, now)
    }

    /// [`Calendar::schedule_around`] `now`, reaching back to `since` when that is earlier: for a ticket that was raised then.
    pub fn schedule_from(&self, since: Instant, now: Instant) -> Schedule {
        let from = (now - Millis::hours(60 * 24)).min(since - Millis::hours(24));
        let until = now + Millis::hours(120 * 24);
        self.schedule(from, until).trimmed(from, until)
    }

    /// A schedule that knows the whole life of `timeline`: from before its start to its due time (also the one "if you
    /// reply now"), or to the end of the calendar. Less only when more lies between than is kept; then neither its `ends`
    /// holds nor does it know the last day of the year 9999.
    pub fn schedule_covering(&self, timeline: &Timeline, now: Instant) -> Arc<Schedule> {
        let from = timeline.started_at.min(now) - Millis::hours(24);
        let ends = timeline.pauses.iter().filter_map(|pause| pause.to).chain([timeline.started_at, now]);
        let mut until = ends.max().unwrap_or(now) + Millis::hours(24);
        let mut step = Millis::hours(120 * 24);
        loop {
            let schedule = self.schedule(from, until);
            let due_at = due_if_resumed(&schedule, timeline, now.max(timeline.started_at));
            let goes_on = schedule.known_until >= until && !self.knows_all(&schedule);
            if due_at.is_some() || !goes_on || timeline.targets.is_empty() {
                return schedule;
            }
            // Each round looks twice as far ahead, so that a calendar that opens once a year takes few rounds.
            until = schedule.known_until + step;
            step = step + step;
        }
    }

    /// Whether nothing comes after what `schedule` knows.
    fn knows_all(&self, schedule: &Schedule) -> bool {
        schedule.ends || schedule.known_until >= self.inner.zone.day_start(LAST_DAY + 1)
    }

    /// The local day of `at`, within the years that calendars speak about.
    fn day_of(&self, at: Instant) -> i64 {
        self.inner.zone.civil(at).day_number.clamp(FIRST_DAY, LAST_DAY)
    }
}

/// The date of a day number within [`FIRST_DAY`]..=[`LAST_DAY`].
fn date(day_number: i64) -> NaiveDate {
    let (year, month, day) = date_of(day_number);
    NaiveDate::from_ymd_opt(year, month.into(), day.into()).expect("chrono knows every date of the years 1969 to 9999")
}
