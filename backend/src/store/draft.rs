//! What people typed and have not sent yet.

use domain::time::Instant;
use sqlx::AnyConnection;

use super::sql::Columns;
use crate::Error;

pub(crate) async fn save(
    db: &mut AnyConnection,
    user_id: i64,
    place: &str,
    entries: &str,
    problems: &str,
    now: Instant,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO draft (user_id, place, entries, problems, saved_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (user_id, place) DO UPDATE SET entries = excluded.entries, problems = excluded.problems,
                                                    saved_at = excluded.saved_at",
    )
    .bind(user_id)
    .bind(place)
    .bind(entries)
    .bind(problems)
    .bind(now.0)
    .execute(db)
    .await?;
    Ok(())
}

/// Entries, problems (both JSON) and when it was saved.
pub(crate) async fn load(
    db: &mut AnyConnection,
    user_id: i64,
    place: &str,
) -> Result<Option<(String, String, Instant)>, Error> {
    let row = sqlx::query("SELECT entries, problems, saved_at FROM draft WHERE user_id = $1 AND place = $2")
        .bind(user_id)
        .bind(place)
        .fetch_optional(db)
        .await?;
    row.map(|row| {
        let mut row = Columns::new(&row);
        Ok((row.get()?, row.get()?, row.instant()?))
    })
    .transpose()
}

/// Keeps only the newest drafts of a person.
pub(crate) async fn keep_newest(db: &mut AnyConnection, user_id: i64, keep: i64) -> Result<(), Error> {
    sqlx::query(
        "DELETE FROM draft WHERE user_id = $1 AND saved_at <=
           (SELECT saved_at FROM draft WHERE user_id = $1 ORDER BY saved_at DESC LIMIT 1 OFFSET $2)",
    )
    .bind(user_id)
    .bind(keep)
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn discard(db: &mut AnyConnection, user_id: i64, place: &str) -> Result<(), Error> {
    sqlx::query("DELETE FROM draft WHERE user_id = $1 AND place = $2").bind(user_id).bind(place).execute(db).await?;
    Ok(())
}

/// Forgets drafts that nobody came back to.
pub(crate) async fn forget(db: &mut AnyConnection, before: Instant) -> Result<u64, Error> {
    Ok(sqlx::query("DELETE FROM draft WHERE saved_at < $1").bind(before.0).execute(db).await?.rows_affected())
}
