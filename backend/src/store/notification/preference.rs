//! How people want to be told, and the token that names a person in the address of "unsubscribe".

use domain::notice::{Delivery, NoticeKind};
use domain::time::Instant;
use sqlx::AnyConnection;

use crate::Error;
use crate::store::sql::{Columns, Sql};

/// Someone who can be told, and how they want this kind of notice.
pub(crate) struct Wants {
    pub(crate) user_id: i64,
    /// `None`: they never chose.
    pub(crate) delivery: Option<Delivery>,
    /// Mail to them comes back.
    pub(crate) bounced: bool,
}

/// Of these people those who are active, in order of their ids, with how they want a kind of notice.
pub(crate) async fn wants(db: &mut AnyConnection, ids: &[i64], kind: NoticeKind) -> Result<Vec<Wants>, Error> {
    let mut found = Vec::with_capacity(ids.len());
    // Both databases limit the number of arguments.
    for some in ids.chunks(500) {
        let mut sql = Sql::new(
            "SELECT u.user_id, p.delivery, CASE WHEN u.bounced_at IS NULL THEN 0 ELSE 1 END FROM user_account u \
             LEFT JOIN mail_preference p ON p.user_id = u.user_id AND p.kind = ",
        );
        sql.bind(kind.slug()).push(" WHERE u.deactivated_at IS NULL AND u.user_id IN (");
        sql.bind_each(some).push(") ORDER BY u.user_id");
        for row in &sql.all(db).await? {
            let mut row = Columns::new(row);
            found.push(Wants {
                user_id: row.get()?,
                delivery: row.maybe_slug(Delivery::from_slug)?,
                bounced: row.flag()?,
            });
        }
    }
    Ok(found)
}

/// What a person chose, where they chose.
pub(crate) async fn preferences(db: &mut AnyConnection, user_id: i64) -> Result<Vec<(NoticeKind, Delivery)>, Error> {
    let rows = sqlx::query("SELECT kind, delivery FROM mail_preference WHERE user_id = $1 ORDER BY kind")
        .bind(user_id)
        .fetch_all(db)
        .await?;
    let mut chosen = Vec::with_capacity(rows.len());
    for row in &rows {
        let mut row = Columns::new(row);
        // A kind that is no more is no reason to fail.
        if let Some(kind) = NoticeKind::from_slug(row.get()?) {
            chosen.push((kind, row.slug(Delivery::from_slug)?));
        }
    }
    Ok(chosen)
}

pub(crate) async fn set_preference(
    db: &mut AnyConnection,
    user_id: i64,
    kind: NoticeKind,
    delivery: Delivery,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO mail_preference (user_id, kind, delivery) VALUES ($1, $2, $3)
         ON CONFLICT (user_id, kind) DO UPDATE SET delivery = excluded.delivery",
    )
    .bind(user_id)
    .bind(kind.slug())
    .bind(delivery.slug())
    .execute(db)
    .await?;
    Ok(())
}

/// What waits to be mailed to a person of a kind follows a new choice at once.
pub(crate) async fn follow_preference(
    db: &mut AnyConnection,
    user_id: i64,
    kind: NoticeKind,
    mail_at: Option<Instant>,
    daily: bool,
) -> Result<(), Error> {
    let mut sql = Sql::new("UPDATE notification SET mail_at = ");
    sql.bind(mail_at.map(|at| at.0)).push(", daily = ").bind(i64::from(daily));
    sql.push(" WHERE mail_at IS NOT NULL AND user_id = ").bind(user_id).push(" AND kind = ").bind(kind.slug());
    sql.execute(db).await?;
    Ok(())
}

/// Since when mail to a person comes back, and what the other server said.
pub(crate) async fn bounced(db: &mut AnyConnection, user_id: i64) -> Result<Option<(Instant, String)>, Error> {
    let row = sqlx::query("SELECT bounced_at, bounce FROM user_account WHERE user_id = $1").bind(user_id).fetch_one(db);
    let row = row.await?;
    let mut row = Columns::new(&row);
    let at = row.maybe_instant()?;
    let said = row.get()?;
    Ok(at.map(|at| (at, said)))
}

/// Mail to this address comes back, or does no more (`None`). The first time counts.
pub(crate) async fn set_bounced(
    db: &mut AnyConnection,
    user_id: i64,
    bounce: Option<(Instant, &str)>,
) -> Result<(), Error> {
    let mut sql = Sql::new("UPDATE user_account SET bounced_at = ");
    match bounce {
        Some((at, said)) => {
            sql.push("COALESCE(bounced_at, ").bind(at.0).push("), bounce = ").bind(said.to_owned());
        }
        None => drop(sql.push("NULL, bounce = ''")),
    }
    sql.push(" WHERE user_id = ").bind(user_id);
    sql.execute(db).await?;
    Ok(())
}

/// The token that names a person in addresses of "unsubscribe"; `fresh` becomes it where there is none.
pub(crate) async fn mail_token(db: &mut AnyConnection, user_id: i64, fresh: &str) -> Result<String, Error> {
    let row = sqlx::query(
        "UPDATE user_account SET mail_token = COALESCE(mail_token, $2) WHERE user_id = $1 RETURNING mail_token",
    )
    .bind(user_id)
    .bind(fresh)
    .fetch_one(db)
    .await?;
    Columns::new(&row).get()
}

/// Whose token it is: id and address.
pub(crate) async fn find_by_mail_token(db: &mut AnyConnection, token: &str) -> Result<Option<(i64, String)>, Error> {
    let row = sqlx::query("SELECT user_id, email FROM user_account WHERE mail_token = $1")
        .bind(token)
        .fetch_optional(db)
        .await?;
    row.map(|row| {
        let mut row = Columns::new(&row);
        Ok((row.get()?, row.get()?))
    })
    .transpose()
}
