//! What the outbox forgets: links that are secrets, as soon as their mail is done with, and what was sent long ago.

use domain::time::Instant;
use sqlx::AnyConnection;

use crate::Error;
use crate::store::sql::{Columns, Sql};

/// Kinds of mails with a link by which whoever reads it becomes whom it is for.
const SECRET: [&str; 2] = ["invitation", "reset"];
/// Goes on an `UPDATE`: of those kinds the text is no more.
pub(super) const WITHOUT_SECRET: &str = ", body = CASE WHEN kind IN ('invitation', 'reset') THEN '' ELSE body END, \
     html = CASE WHEN kind IN ('invitation', 'reset') THEN '' ELSE html END";

/// Whether mails of this kind have such a link.
pub(crate) fn is_secret(kind: &str) -> bool {
    SECRET.contains(&kind)
}

/// Of the mails that were given up, those whose link was forgotten: id, kind, and whom they were for. `only` is one of them.
pub(crate) async fn dead_secrets(
    db: &mut AnyConnection,
    only: Option<i64>,
) -> Result<Vec<(i64, String, Option<i64>)>, Error> {
    let mut sql = Sql::new(
        "SELECT outbox_id, kind, user_id FROM outbox WHERE dead_at IS NOT NULL AND kind IN ('invitation', 'reset')",
    );
    if let Some(outbox_id) = only {
        sql.push(" AND outbox_id = ").bind(outbox_id);
    }
    sql.push(" ORDER BY outbox_id");
    let rows = sql.all(db).await?;
    rows.iter()
        .map(|row| {
            let mut row = Columns::new(row);
            Ok((row.get()?, row.get()?, row.get()?))
        })
        .collect()
}

/// Forgets mails that left before an instant, at most so many: those about a ticket keep their row without what they said,
/// for an answer to them finds its ticket by their Message-ID. Gives how many.
pub(crate) async fn forget_sent(db: &mut AnyConnection, before: Instant, most: i64) -> Result<u64, Error> {
    let mut old =
        Sql::new("SELECT outbox_id FROM outbox WHERE ticket_id IS NULL AND sent_at IS NOT NULL AND sent_at < ");
    old.bind(before.0).push(" ORDER BY sent_at LIMIT ").bind(most);
    let ids = old.all(&mut *db).await?;
    let mut forgotten = 0;
    for row in &ids {
        forgotten += delete(db, Columns::new(row).get()?).await?;
    }
    let mut sql = Sql::new(
        "UPDATE outbox SET body = '', html = '' WHERE outbox_id IN (SELECT outbox_id FROM outbox \
         WHERE ticket_id IS NOT NULL AND sent_at IS NOT NULL AND body <> '' AND sent_at < ",
    );
    sql.bind(before.0).push(" ORDER BY sent_at LIMIT ").bind(most).push(")");
    Ok(forgotten + sql.execute(db).await?)
}

/// A mail is no more; what it told stays told.
async fn delete(db: &mut AnyConnection, outbox_id: i64) -> Result<u64, Error> {
    let mut sql = Sql::new("UPDATE notification SET outbox_id = NULL WHERE outbox_id = ");
    sql.bind(outbox_id);
    sql.execute(&mut *db).await?;
    let mut sql = Sql::new("DELETE FROM outbox WHERE outbox_id = ");
    sql.bind(outbox_id);
    sql.execute(db).await
}
