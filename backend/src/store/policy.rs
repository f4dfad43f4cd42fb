//! Policies with their versions, and the log of what admins changed. A version is written once and never changed.

use domain::time::Instant;
use domain::view::admin::{AdminChange, LogLine};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::sql::{Columns, Sql};
use crate::Error;

/// The policy every organisation has unless it was given another.
pub const STANDARD: &str = "standard";

pub(crate) struct PolicyRow {
    pub(crate) policy_id: i64,
    pub(crate) name: String,
    pub(crate) policy_version_id: i64,
    pub(crate) version: i64,
    pub(crate) promises: String,
    /// The calendar that the version was made on.
    pub(crate) calendar_id: i64,
    pub(crate) saved_at: Instant,
    /// Empty for what Loket came with.
    pub(crate) saved_by: String,
}

const SELECT: &str = "SELECT p.policy_id, p.name, v.policy_version_id, v.version, v.targets, c.calendar_id, v.created_at, \
     COALESCE(u.name, '') FROM policy_version v \
     JOIN policy p ON p.policy_id = v.policy_id \
     JOIN calendar_version c ON c.calendar_version_id = v.calendar_version_id \
     LEFT JOIN user_account u ON u.user_id = v.saved_by_id ";

fn read(row: &AnyRow) -> Result<PolicyRow, Error> {
    let mut row = Columns::new(row);
    Ok(PolicyRow {
        policy_id: row.get()?,
        name: row.get()?,
        policy_version_id: row.get()?,
        version: row.get()?,
        promises: row.get()?,
        calendar_id: row.get()?,
        saved_at: row.instant()?,
        saved_by: row.get()?,
    })
}

pub(crate) async fn find(db: &mut AnyConnection, policy_version_id: i64) -> Result<Option<PolicyRow>, Error> {
    let mut sql = Sql::new(SELECT);
    sql.push("WHERE v.policy_version_id = ").bind(policy_version_id);
    sql.optional(db).await?.as_ref().map(read).transpose()
}

/// Every policy with its newest version, by name.
pub(crate) async fn list(db: &mut AnyConnection) -> Result<Vec<PolicyRow>, Error> {
    let mut sql = Sql::new(SELECT);
    sql.push("WHERE v.version = (SELECT MAX(n.version) FROM policy_version n WHERE n.policy_id = p.policy_id)");
    sql.push(" ORDER BY p.name, p.policy_id");
    sql.all(db).await?.iter().map(read).collect()
}

/// Every version of one policy, the newest first.
pub(crate) async fn history(db: &mut AnyConnection, policy_id: i64) -> Result<Vec<PolicyRow>, Error> {
    let mut sql = Sql::new(SELECT);
    sql.push("WHERE p.policy_id = ").bind(policy_id).push(" ORDER BY v.version DESC");
    sql.all(db).await?.iter().map(read).collect()
}

/// The newest version of a policy of Loket's own.
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

/// A policy without any version yet; `None` when the slug is taken.
pub(crate) async fn insert(db: &mut AnyConnection, slug: &str, name: &str) -> Result<Option<i64>, Error> {
    let row = sqlx::query(
        "INSERT INTO policy (slug, name) VALUES ($1, $2) ON CONFLICT (slug) DO NOTHING RETURNING policy_id",
    )
    .bind(slug)
    .bind(name)
    .fetch_optional(db)
    .await?;
    row.map(|row| Columns::new(&row).get()).transpose()
}

/// A version as it is written.
pub(crate) struct NewVersion<'a> {
    pub(crate) policy_id: i64,
    pub(crate) version: i64,
    /// JSON.
    pub(crate) promises: &'a str,
    pub(crate) calendar_version_id: i64,
    pub(crate) saved_by_id: Option<i64>,
    pub(crate) now: Instant,
}

/// Writes a version; `None` when there is one of that number already.
pub(crate) async fn insert_version(db: &mut AnyConnection, new: &NewVersion<'_>) -> Result<Option<i64>, Error> {
    let row = sqlx::query(
        "INSERT INTO policy_version (policy_id, version, targets, calendar_version_id, saved_by_id, created_at)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (policy_id, version) DO NOTHING RETURNING policy_version_id",
    )
    .bind(new.policy_id)
    .bind(new.version)
    .bind(new.promises)
    .bind(new.calendar_version_id)
    .bind(new.saved_by_id)
    .bind(new.now.0)
    .fetch_optional(db)
    .await?;
    row.map(|row| Columns::new(&row).get()).transpose()
}

/// Whether a policy has this name, in whatever case.
pub(crate) async fn name_taken(db: &mut AnyConnection, name: &str) -> Result<bool, Error> {
    let row = sqlx::query("SELECT COUNT(*) FROM policy WHERE lower(name) = lower($1)").bind(name).fetch_one(db).await?;
    Ok(Columns::new(&row).get::<i64>()? > 0)
}

/// Key, name and policy of every organisation, by name.
pub(crate) async fn organisations(db: &mut AnyConnection) -> Result<Vec<(String, String, i64)>, Error> {
    let sql = Sql::new(
        "SELECT o.key, o.name, v.policy_id FROM organisation o \
         JOIN policy_version v ON v.policy_version_id = o.policy_version_id ORDER BY o.name, o.organisation_id",
    );
    let read = |row: &AnyRow| {
        let mut row = Columns::new(row);
        Ok((row.get()?, row.get()?, row.get()?))
    };
    sql.all(db).await?.iter().map(read).collect()
}

/// New tickets of the organisations that have this policy are made under this version.
pub(crate) async fn publish(db: &mut AnyConnection, policy_id: i64, policy_version_id: i64) -> Result<(), Error> {
    sqlx::query(
        "UPDATE organisation SET policy_version_id = $2
          WHERE policy_version_id IN (SELECT policy_version_id FROM policy_version WHERE policy_id = $1)",
    )
    .bind(policy_id)
    .bind(policy_version_id)
    .execute(db)
    .await?;
    Ok(())
}

/// New tickets of this organisation are made under this version.
pub(crate) async fn assign(db: &mut AnyConnection, organisation_id: i64, policy_version_id: i64) -> Result<(), Error> {
    sqlx::query("UPDATE organisation SET policy_version_id = $2 WHERE organisation_id = $1")
        .bind(organisation_id)
        .bind(policy_version_id)
        .execute(db)
        .await?;
    Ok(())
}

/// How many open tickets each policy has, whichever its version.
pub(crate) async fn open(db: &mut AnyConnection) -> Result<Vec<(i64, i64)>, Error> {
    let sql = Sql::new(
        "SELECT v.policy_id, COUNT(*) FROM ticket t JOIN policy_version v ON v.policy_version_id = t.policy_version_id \
         WHERE t.status IN ('new', 'in_progress', 'waiting') GROUP BY v.policy_id",
    );
    let read = |row: &AnyRow| {
        let mut row = Columns::new(row);
        Ok((row.get()?, row.get()?))
    };
    sql.all(db).await?.iter().map(read).collect()
}

/// Whose log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum About {
    Calendars,
    Calendar(i64),
    Policies,
    Policy(i64),
}

/// Writes what an admin did.
pub(crate) async fn log(
    db: &mut AnyConnection,
    about: About,
    actor_id: Option<i64>,
    change: &AdminChange,
    now: Instant,
) -> Result<(), Error> {
    let (calendar_id, policy_id) = match about {
        About::Calendar(id) => (Some(id), None),
        About::Policy(id) => (None, Some(id)),
        About::Calendars | About::Policies => (None, None),
    };
    sqlx::query(
        "INSERT INTO admin_event (happened_at, actor_id, calendar_id, policy_id, data) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(now.0)
    .bind(actor_id)
    .bind(calendar_id)
    .bind(policy_id)
    .bind(serde_json::to_string(change)?)
    .execute(db)
    .await?;
    Ok(())
}

/// What admins did last, the newest first.
pub(crate) async fn log_of(db: &mut AnyConnection, about: About, limit: i64) -> Result<Vec<LogLine>, Error> {
    let mut sql = Sql::new(
        "SELECT e.admin_event_id, e.happened_at, COALESCE(u.name, ''), e.data FROM admin_event e \
         LEFT JOIN user_account u ON u.user_id = e.actor_id WHERE ",
    );
    match about {
        About::Calendars => sql.push("e.calendar_id IS NOT NULL"),
        About::Policies => sql.push("e.policy_id IS NOT NULL"),
        About::Calendar(id) => sql.push("e.calendar_id = ").bind(id),
        About::Policy(id) => sql.push("e.policy_id = ").bind(id),
    };
    sql.push(" ORDER BY e.admin_event_id DESC LIMIT ").number(limit);
    let read = |row: &AnyRow| {
        let mut row = Columns::new(row);
        Ok(LogLine { id: row.get()?, at: row.instant()?, by: row.get()?, change: row.json()? })
    };
    sql.all(db).await?.iter().map(read).collect()
}
