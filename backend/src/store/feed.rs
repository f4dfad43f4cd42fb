//! Secret addresses of calendar feeds. Only a hash of each secret is here.

use domain::i18n::Locale;
use domain::time::Instant;
use sqlx::AnyConnection;

use super::sql::Columns;
use crate::Error;

/// Since when a person has a feed, and when it was last read.
pub(crate) async fn find(db: &mut AnyConnection, user_id: i64) -> Result<Option<(Instant, Option<Instant>)>, Error> {
    let row =
        sqlx::query("SELECT created_at, read_at FROM feed WHERE user_id = $1").bind(user_id).fetch_optional(db).await?;
    row.map(|row| {
        let mut row = Columns::new(&row);
        Ok((row.instant()?, row.maybe_instant()?))
    })
    .transpose()
}

/// Gives a person a feed in place of the one they had.
pub(crate) async fn replace(db: &mut AnyConnection, user_id: i64, hash: &str, now: Instant) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO feed (user_id, token_hash, created_at) VALUES ($1, $2, $3)
         ON CONFLICT (user_id) DO UPDATE SET token_hash = excluded.token_hash, created_at = excluded.created_at,
                                             read_at = NULL",
    )
    .bind(user_id)
    .bind(hash)
    .bind(now.0)
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn delete(db: &mut AnyConnection, user_id: i64) -> Result<(), Error> {
    sqlx::query("DELETE FROM feed WHERE user_id = $1").bind(user_id).execute(db).await?;
    Ok(())
}

/// Whose feed it is.
pub(crate) struct Reader {
    pub(crate) user_id: i64,
    pub(crate) locale: Option<Locale>,
    pub(crate) read_at: Option<Instant>,
}

/// Active staff whose feed has this secret.
pub(crate) async fn reader(db: &mut AnyConnection, hash: &str) -> Result<Option<Reader>, Error> {
    let row = sqlx::query(
        "SELECT f.user_id, u.locale, f.read_at FROM feed f JOIN user_account u ON u.user_id = f.user_id
          WHERE f.token_hash = $1 AND u.deactivated_at IS NULL AND u.organisation_id IS NULL",
    )
    .bind(hash)
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        let mut row = Columns::new(&row);
        Ok(Reader {
            user_id: row.get()?,
            locale: row.get::<Option<&str>>()?.and_then(Locale::from_tag),
            read_at: row.maybe_instant()?,
        })
    })
    .transpose()
}

pub(crate) async fn was_read(db: &mut AnyConnection, user_id: i64, now: Instant) -> Result<(), Error> {
    sqlx::query("UPDATE feed SET read_at = $2 WHERE user_id = $1").bind(user_id).bind(now.0).execute(db).await?;
    Ok(())
}
