//! A line of input: its shape, and what it means to the engine.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use anyhow::{Context, bail, ensure};
use backend::calendar::{Calendar, CalendarSpec, END, HolidayYears};
use chrono::DateTime;
use domain::sla::{ClockKind, Pause, PauseReason, Schedule, Target, Timeline};
use domain::time::{Instant, Millis};
use serde::Deserialize;
use serde_json::Value;

/// Calendars kept between lines; a stream with more different ones than this only becomes slower.
const KEPT: usize = 512;
/// And so many windows and closed days in all of them: a calendar that was asked about the year 9999 holds millions.
const KEPT_DAYS: usize = 1_000_000;
/// In seconds: thirty million years. What is longer than the years that calendars speak about is never reached; what is longer than
/// this could not be counted in milliseconds.
const LONGEST_TARGET: f64 = 1e15;

/// What is asked, ready for the engine.
pub(super) struct Question {
    pub(super) id: Value,
    pub(super) calendar: Calendar,
    pub(super) schedule: Arc<Schedule>,
    pub(super) timeline: Timeline,
    pub(super) now: Option<Instant>,
}

#[derive(Deserialize)]
struct Line<'a> {
    #[serde(default)]
    id: Value,
    #[serde(borrow)]
    calendar: CalendarLine<'a>,
    target_seconds: f64,
    #[serde(borrow)]
    started_at: Cow<'a, str>,
    #[serde(default)]
    pauses: Option<Vec<PauseLine>>,
    #[serde(default)]
    now: Option<String>,
}

#[derive(Deserialize)]
struct PauseLine {
    from: String,
    #[serde(default)]
    to: Option<String>,
}

#[derive(Deserialize)]
struct CalendarLine<'a> {
    #[serde(borrow)]
    timezone: Cow<'a, str>,
    #[serde(borrow)]
    hours: Cow<'a, str>,
    #[serde(default)]
    country: Option<String>,
    #[serde(default)]
    closed: Option<Vec<String>>,
    #[serde(default)]
    good_friday: HolidayYears,
    #[serde(default)]
    liberation_day: HolidayYears,
}

impl CalendarLine<'_> {
    fn closed(&self) -> &[String] {
        self.closed.as_deref().unwrap_or_default()
    }

    fn is(&self, spec: &CalendarSpec) -> bool {
        self.timezone == spec.timezone
            && self.hours == spec.hours
            && self.country == spec.country
            && self.good_friday == spec.good_friday
            && self.liberation_day == spec.liberation_day
            && self.closed().iter().eq(spec.closed.iter().map(|(date, _)| date))
    }

    fn spec(&self) -> CalendarSpec {
        CalendarSpec {
            timezone: self.timezone.to_string(),
            hours: self.hours.to_string(),
            country: self.country.clone(),
            closed: self.closed().iter().map(|date| (date.clone(), String::new())).collect(),
            good_friday: self.good_friday,
            liberation_day: self.liberation_day,
        }
    }
}

/// The calendars seen so far.
#[derive(Default)]
pub(super) struct Calendars {
    /// Lines in a row mostly share theirs.
    last: Option<Calendar>,
    seen: HashMap<CalendarSpec, Calendar>,
}

impl Calendars {
    fn get(&mut self, line: &CalendarLine<'_>) -> anyhow::Result<Calendar> {
        if let Some(last) = self.last.as_ref().filter(|last| line.is(last.spec())) {
            return Ok(last.clone());
        }
        let spec = line.spec();
        let days = || self.seen.values().map(Calendar::kept).sum::<usize>();
        if self.seen.len() >= KEPT || days() > KEPT_DAYS {
            self.seen.clear();
        }
        let calendar = match self.seen.get(&spec) {
            Some(known) => known.clone(),
            None => {
                let calendar = spec.parse()?;
                self.seen.insert(spec, calendar.clone());
                calendar
            }
        };
        self.last = Some(calendar.clone());
        Ok(calendar)
    }
}

pub(super) fn parse(line: &[u8], calendars: &mut Calendars) -> anyhow::Result<Question> {
    // What nobody asked for is not looked at when it is read as bytes.
    let line: Line<'_> = serde_json::from_str(std::str::from_utf8(line)?)?;
    let started_at = instant(&line.started_at).context("started_at")?;
    let span = (0.0..=LONGEST_TARGET).contains(&line.target_seconds);
    ensure!(span, "target_seconds: {} does not lie between 0 and {LONGEST_TARGET}", line.target_seconds);
    let working_time = Millis((line.target_seconds * 1_000.0).round() as i64);
    let mut pauses = Vec::new();
    for pause in line.pauses.unwrap_or_default() {
        let from = instant(&pause.from).context("pauses: from")?;
        let to = pause.to.as_deref().map(instant).transpose().context("pauses: to")?;
        ensure!(to.is_none_or(|to| from <= to), "pauses: a pause ends before it begins");
        pauses.push(Pause { from, to, reason: PauseReason::WaitingForCustomer, event_id: None });
    }
    // In order, so that the engine walks past them once.
    pauses.sort_by_key(|pause| pause.from);
    let timeline = Timeline {
        kind: ClockKind::Resolution,
        started_at,
        targets: vec![Target { from: started_at, working_time }],
        pauses,
        stopped_at: None,
    };
    let now = line.now.as_deref().map(instant).transpose().context("now")?;
    let calendar = calendars.get(&line.calendar)?;
    let schedule = calendar.schedule_covering(&timeline, now.unwrap_or(started_at));
    Ok(Question { id: line.id, calendar, schedule, timeline, now })
}

/// Reads RFC 3339; fractions finer than a millisecond are cut off.
fn instant(text: &str) -> anyhow::Result<Instant> {
    let Ok(at) = DateTime::parse_from_rfc3339(text) else {
        bail!("{text:?} is not an RFC 3339 instant such as \"2026-04-24T15:30:00+02:00\"");
    };
    let at = at.timestamp_millis();
    ensure!((0..END.0).contains(&at), "{text:?} is outside the years 1970 to 9999");
    Ok(Instant(at))
}
