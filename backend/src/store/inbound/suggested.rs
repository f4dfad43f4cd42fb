//! Domains of organisations, and people who wrote from one and whom nobody knows yet.

use domain::brand::Brand;
use domain::time::Instant;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::super::organisation::read_brand;
use super::super::sql::{Columns, Sql};
use crate::Error;

/// Whose domain this is, in lower case.
pub(crate) async fn organisation_of(db: &mut AnyConnection, domain: &str) -> Result<Option<i64>, Error> {
    let mut sql = Sql::new("SELECT organisation_id FROM organisation_domain WHERE domain = ");
    sql.bind(domain);
    sql.optional(db).await?.map(|row| Columns::new(&row).get()).transpose()
}

pub(crate) async fn domains(db: &mut AnyConnection, organisation_id: i64) -> Result<Vec<String>, Error> {
    let mut sql = Sql::new("SELECT domain FROM organisation_domain WHERE organisation_id = ");
    sql.bind(organisation_id).push(" ORDER BY domain");
    sql.all(db).await?.iter().map(|row| Columns::new(row).get()).collect()
}

/// The domains of all organisations.
pub(crate) async fn all_domains(db: &mut AnyConnection) -> Result<Vec<(i64, String)>, Error> {
    let rows = Sql::new("SELECT organisation_id, domain FROM organisation_domain ORDER BY domain").all(db).await?;
    let read = |row: &AnyRow| {
        let mut row = Columns::new(row);
        Ok((row.get()?, row.get()?))
    };
    rows.iter().map(read).collect()
}

pub(crate) async fn remove_domain(db: &mut AnyConnection, organisation_id: i64, domain: &str) -> Result<(), Error> {
    let mut sql = Sql::new("DELETE FROM organisation_domain WHERE organisation_id = ");
    sql.bind(organisation_id).push(" AND domain = ").bind(domain);
    sql.execute(db).await?;
    Ok(())
}

/// False when it is another organisation's, or this one's already.
pub(crate) async fn add_domain(
    db: &mut AnyConnection,
    organisation_id: i64,
    domain: &str,
    by: Option<i64>,
    now: Instant,
) -> Result<bool, Error> {
    let mut sql =
        Sql::new("INSERT INTO organisation_domain (domain, organisation_id, added_by_id, created_at) VALUES (");
    sql.bind(domain).push(", ").bind(organisation_id).push(", ").bind(by).push(", ").bind(now.0);
    sql.push(") ON CONFLICT (domain) DO NOTHING");
    Ok(sql.execute(db).await? == 1)
}

/// Someone who may belong to an organisation.
pub(crate) struct SuggestedRow {
    pub(crate) suggested_member_id: i64,
    pub(crate) organisation_id: i64,
    pub(crate) organisation: Brand,
    pub(crate) email: String,
    pub(crate) name: String,
    pub(crate) at: Instant,
}

const SELECT: &str = "SELECT s.suggested_member_id, s.organisation_id, o.name, o.key, o.hue, o.chroma, o.mark, s.email, s.name, s.created_at \
     FROM suggested_member s JOIN organisation o ON o.organisation_id = s.organisation_id WHERE s.decided_at IS NULL";

fn read(row: &AnyRow) -> Result<SuggestedRow, Error> {
    let mut row = Columns::new(row);
    Ok(SuggestedRow {
        suggested_member_id: row.get()?,
        organisation_id: row.get()?,
        organisation: read_brand(&mut row)?,
        email: row.get()?,
        name: row.get()?,
        at: row.instant()?,
    })
}

/// Those nobody has decided about, the oldest first.
pub(crate) async fn suggested(db: &mut AnyConnection) -> Result<Vec<SuggestedRow>, Error> {
    let mut sql = Sql::new(SELECT);
    sql.push(" ORDER BY s.suggested_member_id LIMIT 200");
    sql.all(db).await?.iter().map(read).collect()
}

pub(crate) async fn suggested_one(db: &mut AnyConnection, id: i64) -> Result<Option<SuggestedRow>, Error> {
    let mut sql = Sql::new(SELECT);
    sql.push(" AND s.suggested_member_id = ").bind(id);
    sql.optional(db).await?.as_ref().map(read).transpose()
}

/// How many wait for a decision.
pub(crate) async fn count_suggested(db: &mut AnyConnection) -> Result<i64, Error> {
    let row = Sql::new("SELECT count(*) FROM suggested_member WHERE decided_at IS NULL").one(db).await?;
    Columns::new(&row).get()
}

/// Notes that someone may belong to an organisation. False when that was decided about already.
pub(crate) async fn suggest(
    db: &mut AnyConnection,
    organisation_id: i64,
    email: &str,
    name: &str,
    now: Instant,
) -> Result<bool, Error> {
    sqlx::query(
        "INSERT INTO suggested_member (organisation_id, email, name, created_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (email) DO NOTHING",
    )
    .bind(organisation_id)
    .bind(email)
    .bind(name)
    .bind(now.0)
    .execute(&mut *db)
    .await?;
    let mut sql = Sql::new("SELECT count(*) FROM suggested_member WHERE decided_at IS NULL AND email = ");
    sql.bind(email).push(" AND organisation_id = ").bind(organisation_id);
    Ok(Columns::new(&sql.one(db).await?).get::<i64>()? > 0)
}

/// Writes a decision down. False when somebody else has decided.
pub(crate) async fn decide(
    db: &mut AnyConnection,
    id: i64,
    accepted: bool,
    by: Option<i64>,
    now: Instant,
) -> Result<bool, Error> {
    let mut sql = Sql::new("UPDATE suggested_member SET decided_at = ");
    sql.bind(now.0).push(", decided_by_id = ").bind(by).push(", accepted = ").bind(i64::from(accepted));
    sql.push(" WHERE decided_at IS NULL AND suggested_member_id = ").bind(id);
    Ok(sql.execute(db).await? == 1)
}
