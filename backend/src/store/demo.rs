//! What the demonstration needs of the database and nothing else does.

use domain::time::{Instant, Millis};
use sqlx::{AnyConnection, Executor};

use super::form::NewForm;
use super::sql::{Columns, Sql};
use super::{Dialect, Store};
use crate::Error;

/// Whether there is no organisation yet.
pub(crate) async fn is_empty(db: &mut AnyConnection) -> Result<bool, Error> {
    let row = sqlx::query("SELECT CAST(count(*) AS BIGINT) FROM organisation").fetch_one(db).await?;
    Ok(Columns::new(&row).get::<i64>()? == 0)
}

/// Adds a form of one organisation, in place of the shared one of that name.
pub(crate) async fn insert_form(db: &mut AnyConnection, organisation_id: i64, form: &NewForm<'_>) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO form (organisation_id, slug, icon, position, title_en, title_nl, summary_en, summary_nl, fields)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(organisation_id)
    .bind(form.slug)
    .bind(form.icon)
    .bind(form.position)
    .bind(form.title.0)
    .bind(form.title.1)
    .bind(form.summary.0)
    .bind(form.summary.1)
    .bind(form.fields)
    .execute(db)
    .await?;
    Ok(())
}

/// Nobody is to get a month of mail about tickets that never were. What is older than a day was read long ago.
pub(crate) async fn mail_is_sent(db: &mut AnyConnection, now: Instant) -> Result<(), Error> {
    sqlx::query("UPDATE outbox SET sent_at = created_at WHERE sent_at IS NULL").execute(&mut *db).await?;
    sqlx::query("UPDATE notification SET mail_at = NULL").execute(&mut *db).await?;
    sqlx::query("UPDATE notification SET read_at = created_at WHERE created_at < $1")
        .bind((now - Millis::DAY).0)
        .execute(db)
        .await?;
    Ok(())
}

/// The id of the last event of each of these tickets.
pub(crate) async fn last_event(db: &mut AnyConnection, organisation: &str, number: i64) -> Result<(i64, i64), Error> {
    let mut sql = Sql::new(
        "SELECT t.ticket_id, t.last_event_id FROM ticket t JOIN organisation o ON o.organisation_id = t.organisation_id \
         WHERE o.key = ",
    );
    sql.bind(organisation.to_owned()).push(" AND t.number = ").bind(number);
    let row = sql.one(db).await?;
    let mut row = Columns::new(&row);
    Ok((row.get()?, row.get()?))
}

/// A month of believable work is some hundred transactions. While it is made nobody waits for the disk after each, so a
/// power failure may lose it; when it is done all of it is on the disk. On SQLite only, which has one writer.
pub(crate) async fn hurry(store: &Store, on: bool) -> Result<(), Error> {
    if store.dialect == Dialect::Sqlite {
        let mut writer = store.writer.acquire().await?;
        let change =
            if on { "PRAGMA synchronous = OFF" } else { "PRAGMA synchronous = FULL; PRAGMA wal_checkpoint(TRUNCATE)" };
        writer.execute(change).await?;
    }
    Ok(())
}
