//! Calendars: reading them, seeing what a change would do, saving a new version. A save puts the version in force and
//! computes the deadlines of open tickets again in one transaction. For admins only.

use domain::actor::Actor;
use domain::problem::{FieldProblem, Problem};
use domain::time::Millis;
use domain::view::admin::{
    AdminChange, CalendarDraft, CalendarLine, CalendarPreview, CalendarVersion, CalendarView, CalendarsView, Saved,
};

use super::{may_change_promises, moves, text};
use crate::calendar::{Calendar, CalendarSpec, HolidayYears};
use crate::store::calendar::CalendarRow;
use crate::store::policy::About;
use crate::{Backend, Error, policy, store};

/// Lines of the log that a page shows.
pub(super) const LOG: i64 = 50;
/// Longer names break every list.
pub(super) const NAME_MAX: u32 = 80;
/// Longer labels of closed dates break every strip.
const LABEL_MAX: usize = 80;
/// More closed dates than this are a mistake; a year of them is a calendar that never opens.
const CLOSED_MAX: usize = 1_000;

/// A new version of a calendar.
#[derive(Clone, Debug)]
pub struct SaveCalendar {
    pub calendar_id: i64,
    /// The version that the form began with.
    pub version: i64,
    pub draft: CalendarDraft,
}

/// Every calendar.
///
/// # Errors
/// [`Error::Forbidden`] for everyone but admins.
pub async fn list(backend: &Backend, actor: &Actor) -> Result<CalendarsView, Error> {
    may_change_promises(actor)?;
    let now = backend.now();
    let mut db = backend.store().snapshot().await?;
    let calendars = policy::calendars(backend, &mut db).await?;
    let policies = super::policy::users(&mut db).await?;
    let line = |row: CalendarRow| {
        let (from, until) = (now - Millis::DAY, now + Millis(14 * Millis::DAY.0));
        CalendarLine {
            id: row.calendar_id,
            name: row.name,
            version: row.version,
            saved_at: row.saved_at,
            saved_by: row.saved_by,
            policies: policies.iter().filter(|(_, on)| on.contains(&row.calendar_id)).map(|(p, _)| p.clone()).collect(),
            schedule: calendars.newest(row.calendar_id).schedule(from, until).trimmed(from, until),
        }
    };
    Ok(CalendarsView {
        now,
        calendars: store::calendar::list(&mut db).await?.into_iter().map(line).collect(),
        log: store::policy::log_of(&mut db, About::Calendars, LOG).await?,
    })
}

/// One calendar with all its versions.
///
/// # Errors
/// [`Error::Forbidden`] for everyone but admins; [`Error::NotFound`].
pub async fn read(backend: &Backend, actor: &Actor, calendar_id: i64) -> Result<CalendarView, Error> {
    may_change_promises(actor)?;
    let now = backend.now();
    let mut db = backend.store().snapshot().await?;
    let versions = store::calendar::history(&mut db, calendar_id).await?;
    let newest = versions.first().ok_or(Error::NotFound)?;
    let calendars = policy::calendars(backend, &mut db).await?;
    Ok(CalendarView {
        now,
        id: calendar_id,
        version: newest.version,
        draft: draft(&newest.name, &newest.spec),
        schedule: moves::year(calendars.newest(calendar_id), now),
        log: store::policy::log_of(&mut db, About::Calendar(calendar_id), LOG).await?,
        versions: versions
            .into_iter()
            .map(|row| CalendarVersion {
                version: row.version,
                saved_at: row.saved_at,
                draft: draft(&row.name, &row.spec),
                saved_by: row.saved_by,
            })
            .collect(),
    })
}

/// What would happen if this were saved: the coming twelve months, and the deadlines that move. `None`: as a new calendar,
/// which moves none.
///
/// # Errors
/// [`Error::Forbidden`] for everyone but admins; [`Error::NotFound`]; [`Error::Invalid`] with everything that is wrong.
pub async fn preview(
    backend: &Backend,
    actor: &Actor,
    calendar_id: Option<i64>,
    draft: CalendarDraft,
) -> Result<CalendarPreview, Error> {
    may_change_promises(actor)?;
    let checked = Checked::of(&draft)?;
    let now = backend.now();
    let mut db = backend.store().snapshot().await?;
    let schedule = moves::year(&checked.calendar, now);
    let before = policy::calendars(backend, &mut db).await?;
    let Some(calendar_id) = calendar_id else {
        return Ok(CalendarPreview { now, based_on: 0, schedule, moves: moves::none(&before, now) });
    };
    let versions = store::calendar::history(&mut db, calendar_id).await?;
    let newest = versions.first().ok_or(Error::NotFound)?;
    let after = before.with(calendar_id, checked.calendar, now);
    let changes = moves::of_calendar(&mut db, &before, &after, calendar_id, now).await?;
    Ok(CalendarPreview { now, based_on: newest.version, schedule, moves: changes.moves })
}

/// Saves a new version and computes the deadlines of open tickets again. Saving what is there already changes nothing.
///
/// # Errors
/// [`Error::Forbidden`] for everyone but admins; [`Error::NotFound`]; [`Error::Invalid`] with everything that is wrong, with
/// [`Problem::Outdated`] at `version` when someone saved another version since.
pub async fn save(backend: &Backend, actor: &Actor, input: SaveCalendar) -> Result<Saved, Error> {
    may_change_promises(actor)?;
    let SaveCalendar { calendar_id, version, draft } = input;
    let checked = Checked::of(&draft)?;
    let mut tx = backend.store().begin().await?;
    // Before anything else is written, so that nobody who holds a ticket waits for this while this waits for them.
    store::ticket::hold_all(&mut tx, backend.store().dialect()).await?;
    // Only now: a clock that stopped while this waited stopped under the version before.
    let now = backend.now();
    let versions = store::calendar::history(&mut tx, calendar_id).await?;
    let newest = versions.first().ok_or(Error::NotFound)?;
    if newest.version != version {
        return Err(Error::invalid("version", Problem::Outdated { version: newest.version }));
    }
    if store::calendar::name_taken(&mut tx, calendar_id, &checked.name).await? {
        return Err(Error::invalid("name", Problem::NameTaken));
    }
    let before = policy::calendars(backend, &mut tx).await?;
    if newest.spec == checked.spec && newest.name == checked.name {
        return Ok(Saved { id: calendar_id, version, moves: moves::none(&before, now) });
    }
    let version = version + 1;
    let by = actor.user_id();
    let made = store::calendar::insert_version(&mut tx, calendar_id, version, &checked.spec, by, now).await?;
    if made.is_none() {
        // Another process was quicker by a moment.
        return Err(Error::invalid("version", Problem::Outdated { version }));
    }
    let after = before.with(calendar_id, checked.calendar, now);
    let changes = moves::of_calendar(&mut tx, &before, &after, calendar_id, now).await?;
    for (row, projection) in &changes.tickets {
        store::ticket::update_clocks(&mut tx, row.ticket_id, projection).await?;
    }
    store::calendar::rename(&mut tx, calendar_id, &checked.name).await?;
    let change = AdminChange::CalendarSaved { name: checked.name, version, moved: changes.moves.total };
    store::policy::log(&mut tx, About::Calendar(calendar_id), by, &change, now).await?;
    tx.commit().await?;
    Ok(Saved { id: calendar_id, version, moves: changes.moves })
}

/// A new calendar; gives its id. No target is on it yet.
///
/// # Errors
/// [`Error::Forbidden`] for everyone but admins; [`Error::Invalid`] with everything that is wrong.
pub async fn create(backend: &Backend, actor: &Actor, draft: CalendarDraft) -> Result<i64, Error> {
    may_change_promises(actor)?;
    let checked = Checked::of(&draft)?;
    let now = backend.now();
    let mut tx = backend.store().begin().await?;
    if store::calendar::name_taken(&mut tx, 0, &checked.name).await? {
        return Err(Error::invalid("name", Problem::NameTaken));
    }
    // Names of calendars that Loket itself looks for are never given to others.
    let slug = ["own-", &checked.name.to_lowercase()].concat();
    let calendar_id = store::calendar::insert(&mut tx, &slug, &checked.name).await?;
    let calendar_id = calendar_id.ok_or_else(|| Error::invalid("name", Problem::NameTaken))?;
    store::calendar::insert_version(&mut tx, calendar_id, 1, &checked.spec, actor.user_id(), now).await?;
    let change = AdminChange::CalendarCreated { name: checked.name };
    store::policy::log(&mut tx, About::Calendar(calendar_id), actor.user_id(), &change, now).await?;
    tx.commit().await?;
    Ok(calendar_id)
}

/// A draft that can be put in force.
struct Checked {
    name: String,
    spec: CalendarSpec,
    calendar: Calendar,
}

impl Checked {
    /// Reports all that is wrong at once, as far as one fault does not hide another.
    fn of(draft: &CalendarDraft) -> Result<Self, Error> {
        let mut problems = Vec::new();
        let name = text::line(&draft.name);
        problems.extend(domain::form::check_text("name", &name, NAME_MAX));
        for (field, value) in [("timezone", &draft.timezone), ("hours", &draft.hours)] {
            if value.trim().is_empty() {
                problems.push(FieldProblem::new(field, Problem::Required));
            }
        }
        let mut years = |field: &str, chosen: &str| {
            let years = HolidayYears::from_slug(if chosen.is_empty() { "never" } else { chosen });
            if years.is_none() {
                problems.push(FieldProblem::new(field, Problem::NotAChoice));
            }
            years.unwrap_or_default()
        };
        let good_friday = years("good_friday", &draft.good_friday);
        let liberation_day = years("liberation_day", &draft.liberation_day);
        let country = draft.country.trim().to_ascii_uppercase();
        // Fields that this form does not know keep what Loket ships.
        let mut spec = CalendarSpec::shipped_support();
        spec.timezone = draft.timezone.trim().to_owned();
        spec.hours = text::line(&draft.hours);
        spec.country = (!country.is_empty()).then_some(country);
        spec.closed = closed(&draft.closed);
        spec.good_friday = good_friday;
        spec.liberation_day = liberation_day;
        if spec.closed.len() > CLOSED_MAX {
            problems.push(FieldProblem::new("closed", Problem::TooLong(CLOSED_MAX as u32)));
        }
        let asked = |field: &str| problems.iter().any(|problem| problem.field == field);
        let (no_zone, no_hours) = (asked("timezone"), asked("hours"));
        match spec.parse() {
            Ok(calendar) if problems.is_empty() => return Ok(Self { name, spec, calendar }),
            Ok(_) => {}
            Err(error) => {
                let problem = moves::problem(error);
                let said = problem.field == "timezone" && no_zone || problem.field == "hours" && no_hours;
                if !said {
                    problems.push(problem);
                }
            }
        }
        Err(Error::Invalid(problems))
    }
}

/// One date a line, with what people read behind it. In order, each date once.
fn closed(typed: &str) -> Vec<(String, String)> {
    let mut dates: Vec<(String, String)> = Vec::new();
    for line in typed.lines() {
        let line = text::line(line);
        if line.is_empty() {
            continue;
        }
        let (date, label) = line.split_once(' ').unwrap_or((&line, ""));
        let label = label.trim().chars().take(LABEL_MAX).collect();
        dates.push((date.to_owned(), label));
    }
    dates.sort();
    dates.dedup_by(|later, first| later.0 == first.0);
    dates
}

/// As a form holds it.
fn draft(name: &str, spec: &CalendarSpec) -> CalendarDraft {
    let mut lines = String::new();
    for (date, label) in &spec.closed {
        lines.push_str(date);
        if !label.is_empty() {
            lines.push(' ');
            lines.push_str(label);
        }
        lines.push('\n');
    }
    CalendarDraft {
        name: name.to_owned(),
        timezone: spec.timezone.clone(),
        hours: spec.hours.clone(),
        country: spec.country.clone().unwrap_or_default(),
        closed: lines,
        good_friday: spec.good_friday.slug().to_owned(),
        liberation_day: spec.liberation_day.slug().to_owned(),
    }
}
