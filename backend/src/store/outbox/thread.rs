//! What went to and fro between us and one person about one ticket.

use domain::time::Instant;
use sqlx::AnyConnection;

use crate::Error;
use crate::store::sql::Columns;

/// The Message-IDs of all mails between us and a person about a ticket, without their brackets, in order.
pub(crate) async fn thread(db: &mut AnyConnection, ticket_id: i64, user_id: i64) -> Result<Vec<String>, Error> {
    let rows = sqlx::query(
        "SELECT message_id, created_at AS at, outbox_id AS id FROM outbox
          WHERE ticket_id = $1 AND user_id = $2 AND message_id <> ''
         UNION ALL
         SELECT message_id, received_at AS at, inbound_id AS id FROM inbound
          WHERE ticket_id = $1 AND user_id = $2 AND message_id <> '' AND state = 'delivered'
          ORDER BY at, id",
    )
    .bind(ticket_id)
    .bind(user_id)
    .fetch_all(db)
    .await?;
    rows.iter().map(|row| Columns::new(row).get()).collect()
}

/// The token of the address that a person's answers about a ticket go to; `fresh` becomes it where there is none.
pub(crate) async fn reply_token(
    db: &mut AnyConnection,
    fresh: &str,
    ticket_id: i64,
    user_id: i64,
    now: Instant,
) -> Result<String, Error> {
    let row = sqlx::query(
        "INSERT INTO reply_address (token, ticket_id, user_id, created_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (ticket_id, user_id) DO UPDATE SET created_at = reply_address.created_at RETURNING token",
    )
    .bind(fresh)
    .bind(ticket_id)
    .bind(user_id)
    .bind(now.0)
    .fetch_one(db)
    .await?;
    Columns::new(&row).get()
}
