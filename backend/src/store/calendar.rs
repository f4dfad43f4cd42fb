//! Calendars with their versions. A version is written once and never changed.

use domain::time::Instant;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::sql::{Columns, Sql};
use crate::Error;
use crate::calendar::CalendarSpec;

/// The calendar of "the support desk's hours".
pub const SUPPORT: &str = "support";

/// A version of a calendar, without what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionRow {
    pub calendar_version_id: i64,
    pub calendar_id: i64,
    pub version: i64,
    pub created_at: Instant,
    pub is_support: bool,
}

/// Says which versions of calendars there are: versions are only ever added. Their number stands in it because two
/// transactions may commit in another order than they took their ids in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stamp(pub(crate) String);

/// A [`Stamp`] as part of any statement.
pub(crate) const STAMP: &str = "(SELECT CAST(COUNT(*) AS TEXT) || '.' || \
     CAST(COALESCE(MAX(calendar_version_id), 0) AS TEXT) FROM calendar_version)";

pub(crate) async fn stamp(db: &mut AnyConnection) -> Result<Stamp, Error> {
    let mut sql = Sql::new("SELECT ");
    sql.push(STAMP);
    Ok(Stamp(Columns::new(&sql.one(db).await?).get()?))
}

/// Every version of every calendar, by calendar and version.
pub(crate) async fn versions(db: &mut AnyConnection) -> Result<Vec<VersionRow>, Error> {
    let rows = sqlx::query(
        "SELECT v.calendar_version_id, v.calendar_id, v.version, v.created_at, c.slug
           FROM calendar_version v JOIN calendar c ON c.calendar_id = v.calendar_id
          ORDER BY v.calendar_id, v.version",
    )
    .fetch_all(db)
    .await?;
    let read = |row: &AnyRow| {
        let mut row = Columns::new(row);
        Ok(VersionRow {
            calendar_version_id: row.get()?,
            calendar_id: row.get()?,
            version: row.get()?,
            created_at: row.instant()?,
            is_support: row.get::<&str>()? == SUPPORT,
        })
    };
    rows.iter().map(read).collect()
}

/// What a version says.
pub(crate) async fn spec(db: &mut AnyConnection, calendar_version_id: i64) -> Result<CalendarSpec, Error> {
    let row = sqlx::query("SELECT spec FROM calendar_version WHERE calendar_version_id = $1")
        .bind(calendar_version_id)
        .fetch_one(db)
        .await?;
    Columns::new(&row).json()
}

/// A calendar with one of its versions.
pub(crate) struct CalendarRow {
    pub(crate) calendar_id: i64,
    pub(crate) name: String,
    pub(crate) version: i64,
    pub(crate) spec: CalendarSpec,
    pub(crate) saved_at: Instant,
    /// Empty for what Loket came with.
    pub(crate) saved_by: String,
}

const SELECT: &str = "SELECT c.calendar_id, c.name, v.version, v.spec, v.created_at, COALESCE(u.name, '') \
     FROM calendar c JOIN calendar_version v ON v.calendar_id = c.calendar_id \
     LEFT JOIN user_account u ON u.user_id = v.saved_by_id ";

fn read(row: &AnyRow) -> Result<CalendarRow, Error> {
    let mut row = Columns::new(row);
    Ok(CalendarRow {
        calendar_id: row.get()?,
        name: row.get()?,
        version: row.get()?,
        spec: row.json()?,
        saved_at: row.instant()?,
        saved_by: row.get()?,
    })
}

/// Every calendar with its newest version, by name.
pub(crate) async fn list(db: &mut AnyConnection) -> Result<Vec<CalendarRow>, Error> {
    let mut sql = Sql::new(SELECT);
    sql.push("WHERE v.version = (SELECT MAX(n.version) FROM calendar_version n WHERE n.calendar_id = c.calendar_id)");
    sql.push(" ORDER BY c.name, c.calendar_id");
    sql.all(db).await?.iter().map(read).collect()
}

/// Every version of one calendar, the newest first.
pub(crate) async fn history(db: &mut AnyConnection, calendar_id: i64) -> Result<Vec<CalendarRow>, Error> {
    let mut sql = Sql::new(SELECT);
    sql.push("WHERE c.calendar_id = ").bind(calendar_id).push(" ORDER BY v.version DESC");
    sql.all(db).await?.iter().map(read).collect()
}

/// The names of all calendars by id, by name.
pub(crate) async fn names(db: &mut AnyConnection) -> Result<Vec<(i64, String)>, Error> {
    let sql = Sql::new("SELECT calendar_id, name FROM calendar ORDER BY name, calendar_id");
    let rows = sql.all(db).await?;
    let read = |row: &AnyRow| {
        let mut row = Columns::new(row);
        Ok((row.get()?, row.get()?))
    };
    rows.iter().map(read).collect()
}

/// The newest version of a calendar of Loket's own.
pub(crate) async fn latest(db: &mut AnyConnection, slug: &str) -> Result<Option<i64>, Error> {
    let row = sqlx::query(
        "SELECT v.calendar_version_id FROM calendar_version v JOIN calendar c ON c.calendar_id = v.calendar_id
          WHERE c.slug = $1 ORDER BY v.version DESC LIMIT 1",
    )
    .bind(slug)
    .fetch_optional(db)
    .await?;
    row.map(|row| Columns::new(&row).get()).transpose()
}

/// The newest version of a calendar by its id.
pub(crate) async fn latest_of(db: &mut AnyConnection, calendar_id: i64) -> Result<Option<i64>, Error> {
    let row = sqlx::query(
        "SELECT calendar_version_id FROM calendar_version WHERE calendar_id = $1 ORDER BY version DESC LIMIT 1",
    )
    .bind(calendar_id)
    .fetch_optional(db)
    .await?;
    row.map(|row| Columns::new(&row).get()).transpose()
}

/// A calendar without any version yet; `None` when the slug is taken.
pub(crate) async fn insert(db: &mut AnyConnection, slug: &str, name: &str) -> Result<Option<i64>, Error> {
    let row = sqlx::query(
        "INSERT INTO calendar (slug, name) VALUES ($1, $2) ON CONFLICT (slug) DO NOTHING RETURNING calendar_id",
    )
    .bind(slug)
    .bind(name)
    .fetch_optional(db)
    .await?;
    row.map(|row| Columns::new(&row).get()).transpose()
}

/// A version; `None` when there is one of that number already.
pub(crate) async fn insert_version(
    db: &mut AnyConnection,
    calendar_id: i64,
    version: i64,
    spec: &CalendarSpec,
    saved_by_id: Option<i64>,
    now: Instant,
) -> Result<Option<i64>, Error> {
    let row = sqlx::query(
        "INSERT INTO calendar_version (calendar_id, version, spec, saved_by_id, created_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (calendar_id, version) DO NOTHING RETURNING calendar_version_id",
    )
    .bind(calendar_id)
    .bind(version)
    .bind(serde_json::to_string(spec)?)
    .bind(saved_by_id)
    .bind(now.0)
    .fetch_optional(db)
    .await?;
    row.map(|row| Columns::new(&row).get()).transpose()
}

pub(crate) async fn rename(db: &mut AnyConnection, calendar_id: i64, name: &str) -> Result<(), Error> {
    sqlx::query("UPDATE calendar SET name = $2 WHERE calendar_id = $1")
        .bind(calendar_id)
        .bind(name)
        .execute(db)
        .await?;
    Ok(())
}

/// Whether another calendar has this name, in whatever case.
pub(crate) async fn name_taken(db: &mut AnyConnection, but: i64, name: &str) -> Result<bool, Error> {
    let row = sqlx::query("SELECT COUNT(*) FROM calendar WHERE lower(name) = lower($2) AND calendar_id <> $1")
        .bind(but)
        .bind(name)
        .fetch_one(db)
        .await?;
    Ok(Columns::new(&row).get::<i64>()? > 0)
}
