//! Calendars and policies with their versions. A version is written once and never changed.

use sqlx::AnyConnection;

use super::sql::Columns;
use crate::Error;

/// The policy every organisation has unless it was given another.
pub const STANDARD: &str = "standard";

pub(crate) struct PolicyRow {
    pub(crate) name: String,
    pub(crate) version: i64,
    pub(crate) promises: String,
    pub(crate) calendar: String,
}

pub(crate) async fn find(db: &mut AnyConnection, policy_version_id: i64) -> Result<Option<PolicyRow>, Error> {
    let row = sqlx::query(
        "SELECT p.name, v.version, v.targets, c.spec
           FROM policy_version v
           JOIN policy p ON p.policy_id = v.policy_id
           JOIN calendar_version c ON c.calendar_version_id = v.calendar_version_id
          WHERE v.policy_version_id = $1",
    )
    .bind(policy_version_id)
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        let mut row = Columns::new(&row);
        Ok(PolicyRow { name: row.get()?, version: row.get()?, promises: row.get()?, calendar: row.get()? })
    })
    .transpose()
}

/// The newest version of a policy.
pub(crate) async fn latest(db: &mut AnyConnection, slug: &str) -> Result<Option<i64>, Error> {
    let row = sqlx::query(
        "SELECT v.policy_version_id FROM policy_version v JOIN policy p ON p.policy_id = v.policy_id
          WHERE p.slug = $1 ORDER BY v.version DESC LIMIT 1",
    )
    .bind(slug)
    .fetch_optional(db)
    .await?;
    row.map(|row| Columns::new(&row).get()).transpose()
}

/// The newest version of a calendar.
pub(crate) async fn latest_calendar(db: &mut AnyConnection, slug: &str) -> Result<Option<i64>, Error> {
    let row = sqlx::query(
        "SELECT v.calendar_version_id FROM calendar_version v JOIN calendar c ON c.calendar_id = v.calendar_id
          WHERE c.slug = $1 ORDER BY v.version DESC LIMIT 1",
    )
    .bind(slug)
    .fetch_optional(db)
    .await?;
    row.map(|row| Columns::new(&row).get()).transpose()
}

/// A calendar with its first version; gives the version's id.
pub(crate) async fn insert_calendar(
    db: &mut AnyConnection,
    slug: &str,
    name: &str,
    spec: &str,
    now: i64,
) -> Result<i64, Error> {
    let row = sqlx::query("INSERT INTO calendar (slug, name) VALUES ($1, $2) RETURNING calendar_id")
        .bind(slug)
        .bind(name)
        .fetch_one(&mut *db)
        .await?;
    let calendar_id: i64 = Columns::new(&row).get()?;
    let row = sqlx::query(
        "INSERT INTO calendar_version (calendar_id, version, spec, created_at) VALUES ($1, 1, $2, $3)
         RETURNING calendar_version_id",
    )
    .bind(calendar_id)
    .bind(spec)
    .bind(now)
    .fetch_one(db)
    .await?;
    Columns::new(&row).get()
}

/// A policy with its first version; gives the version's id.
pub(crate) async fn insert(
    db: &mut AnyConnection,
    slug: &str,
    name: &str,
    promises: &str,
    calendar_version_id: i64,
    now: i64,
) -> Result<i64, Error> {
    let row = sqlx::query("INSERT INTO policy (slug, name) VALUES ($1, $2) RETURNING policy_id")
        .bind(slug)
        .bind(name)
        .fetch_one(&mut *db)
        .await?;
    let policy_id: i64 = Columns::new(&row).get()?;
    let row = sqlx::query(
        "INSERT INTO policy_version (policy_id, version, targets, calendar_version_id, created_at)
         VALUES ($1, 1, $2, $3, $4) RETURNING policy_version_id",
    )
    .bind(policy_id)
    .bind(promises)
    .bind(calendar_version_id)
    .bind(now)
    .fetch_one(db)
    .await?;
    Columns::new(&row).get()
}
