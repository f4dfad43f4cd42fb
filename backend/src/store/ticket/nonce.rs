//! What makes sending the same form twice one ticket.

use domain::ticket::TicketKey;
use domain::time::Instant;
use sqlx::AnyConnection;

use crate::Error;
use crate::store::sql::Columns;

/// Claims a submit's nonce. `Ok(None)`: it is new. `Ok(Some(key))`: it was used, for that ticket.
pub(crate) async fn claim_nonce(
    db: &mut AnyConnection,
    user_id: i64,
    nonce: &str,
    now: Instant,
) -> Result<Option<String>, Error> {
    let done = sqlx::query(
        "INSERT INTO raise_nonce (user_id, nonce, used_at) VALUES ($1, $2, $3) ON CONFLICT (user_id, nonce) DO NOTHING",
    )
    .bind(user_id)
    .bind(nonce)
    .bind(now.0)
    .execute(&mut *db)
    .await?;
    if done.rows_affected() > 0 {
        return Ok(None);
    }
    let row = sqlx::query(
        "SELECT o.key, t.number FROM raise_nonce n JOIN ticket t ON t.ticket_id = n.ticket_id
           JOIN organisation o ON o.organisation_id = t.organisation_id
          WHERE n.user_id = $1 AND n.nonce = $2",
    )
    .bind(user_id)
    .bind(nonce)
    .fetch_one(db)
    .await?;
    let mut row = Columns::new(&row);
    Ok(Some(TicketKey { organisation: row.get()?, number: row.get()? }.to_string()))
}

pub(crate) async fn settle_nonce(
    db: &mut AnyConnection,
    user_id: i64,
    nonce: &str,
    ticket_id: i64,
) -> Result<(), Error> {
    sqlx::query("UPDATE raise_nonce SET ticket_id = $3 WHERE user_id = $1 AND nonce = $2")
        .bind(user_id)
        .bind(nonce)
        .bind(ticket_id)
        .execute(db)
        .await?;
    Ok(())
}

/// Forgets nonces that no open page can still send.
pub(crate) async fn forget_nonces(db: &mut AnyConnection, before: Instant) -> Result<u64, Error> {
    let done = sqlx::query("DELETE FROM raise_nonce WHERE used_at < $1").bind(before.0).execute(db).await?;
    Ok(done.rows_affected())
}
