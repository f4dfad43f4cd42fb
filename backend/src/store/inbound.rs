//! Mail that arrived: every message once, whatever became of it; and what it is matched with. Lists of what waits are read by
//! staff alone: `desk::mail` sees to that.

use domain::actor::{Person, Role};
use domain::i18n::Locale;
use domain::mail::{MailKind, MailReason, MailState};
use domain::time::Instant;
use domain::view::PersonView;
use domain::view::mail::Bounced;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::sql::{Columns, Sql};
use crate::Error;

mod held;
mod suggested;

pub(crate) use held::*;
pub(crate) use suggested::*;

/// A message as it arrives.
pub(crate) struct NewInbound<'a> {
    pub(crate) mailbox: &'a str,
    pub(crate) identity: &'a str,
    pub(crate) door: &'a str,
    pub(crate) message_id: &'a str,
    pub(crate) from_email: &'a str,
    pub(crate) from_name: &'a str,
    pub(crate) subject: &'a str,
    pub(crate) sha256: &'a str,
    pub(crate) bytes: i64,
    pub(crate) path: &'a str,
    pub(crate) now: Instant,
    pub(crate) kind: MailKind,
    pub(crate) verified: bool,
    pub(crate) user_id: Option<i64>,
    pub(crate) organisation_id: Option<i64>,
}

/// What became of one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settled {
    pub(crate) state: MailState,
    pub(crate) reason: Option<MailReason>,
    pub(crate) ticket_id: Option<i64>,
    pub(crate) entry_id: Option<i64>,
}

/// `None` when it is there already: then whoever brought it first has decided what becomes of it.
pub(crate) async fn insert(db: &mut AnyConnection, new: &NewInbound<'_>) -> Result<Option<i64>, Error> {
    let row = sqlx::query(
        "INSERT INTO inbound (mailbox, identity, door, message_id, from_email, from_name, subject, sha256, bytes, path,
                              received_at, kind, state, verified, user_id, organisation_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'kept', $13, $14, $15)
         ON CONFLICT (mailbox, identity) DO NOTHING RETURNING inbound_id",
    )
    .bind(new.mailbox)
    .bind(new.identity)
    .bind(new.door)
    .bind(new.message_id)
    .bind(new.from_email)
    .bind(new.from_name)
    .bind(new.subject)
    .bind(new.sha256)
    .bind(new.bytes)
    .bind(new.path)
    .bind(new.now.0)
    .bind(new.kind.slug())
    .bind(i64::from(new.verified))
    .bind(new.user_id)
    .bind(new.organisation_id)
    .fetch_optional(db)
    .await?;
    row.map(|row| Columns::new(&row).get()).transpose()
}

/// Says what became of it.
pub(crate) async fn settle(db: &mut AnyConnection, inbound_id: i64, settled: Settled) -> Result<(), Error> {
    let mut sql = Sql::new("UPDATE inbound SET state = ");
    sql.bind(settled.state.slug()).push(", reason = ").bind(settled.reason.map_or("", MailReason::slug));
    sql.push(", ticket_id = ").bind(settled.ticket_id).push(", entry_id = ").bind(settled.entry_id);
    sql.push(" WHERE inbound_id = ").bind(inbound_id);
    sql.execute(db).await?;
    Ok(())
}

/// What became of a message that arrived before.
pub(crate) async fn settled(
    db: &mut AnyConnection,
    mailbox: &str,
    identity: &str,
) -> Result<Option<(MailState, String)>, Error> {
    let mut sql = Sql::new(
        "SELECT i.state, coalesce(o.key || '-' || t.number, '') FROM inbound i LEFT JOIN ticket t ON t.ticket_id = i.ticket_id \
           LEFT JOIN organisation o ON o.organisation_id = t.organisation_id WHERE i.mailbox = ",
    );
    sql.bind(mailbox).push(" AND i.identity = ").bind(identity);
    let row = sql.optional(db).await?;
    row.map(|row| {
        let mut row = Columns::new(&row);
        Ok((row.slug(MailState::from_slug)?, row.get()?))
    })
    .transpose()
}

/// How many mails that a person wrote came from this address since an instant, of those that somebody vouches for or of the
/// others.
pub(crate) async fn count_from(
    db: &mut AnyConnection,
    email: &str,
    verified: bool,
    since: Instant,
) -> Result<i64, Error> {
    let mut sql = Sql::new("SELECT count(*) FROM inbound WHERE from_email = ");
    sql.bind(email).push(" AND received_at > ").bind(since.0).push(" AND verified = ").bind(i64::from(verified));
    sql.push(" AND kind IN (").bind(MailKind::Person.slug()).push(", ").bind(MailKind::Flood.slug()).push(")");
    Columns::new(&sql.one(db).await?).get()
}

/// The ticket and the person that an address for answers was given to.
pub(crate) async fn reply_address(db: &mut AnyConnection, token: &str) -> Result<Option<(i64, i64)>, Error> {
    let row = sqlx::query("SELECT ticket_id, user_id FROM reply_address WHERE token = $1")
        .bind(token)
        .fetch_optional(db)
        .await?;
    row.map(|row| {
        let mut row = Columns::new(&row);
        Ok((row.get()?, row.get()?))
    })
    .transpose()
}

/// The tickets whose mails had this Message-ID: one that we sent, or one that came in and is on it. Newest first; whether the
/// sender may see them is asked next.
pub(crate) async fn tickets_of(db: &mut AnyConnection, message_id: &str) -> Result<Vec<i64>, Error> {
    let rows = sqlx::query(
        "SELECT ticket_id FROM outbox WHERE message_id = $1 AND message_id <> '' AND ticket_id IS NOT NULL
         UNION
         SELECT ticket_id FROM inbound WHERE message_id = $1 AND message_id <> '' AND ticket_id IS NOT NULL
                                         AND state = 'delivered'
         ORDER BY 1 DESC LIMIT 20",
    )
    .bind(message_id)
    .fetch_all(db)
    .await?;
    rows.iter().map(|row| Columns::new(row).get()).collect()
}

/// A mail that we sent: for which ticket, to which person and address.
pub(crate) async fn sent(
    db: &mut AnyConnection,
    message_id: &str,
) -> Result<Option<(Option<i64>, Option<i64>, String)>, Error> {
    let row = sqlx::query("SELECT ticket_id, user_id, to_email FROM outbox WHERE message_id = $1 AND message_id <> ''")
        .bind(message_id)
        .fetch_optional(db)
        .await?;
    row.map(|row| {
        let mut row = Columns::new(&row);
        Ok((row.get()?, row.get()?, row.get()?))
    })
    .transpose()
}

/// Mail to this person comes back. Those who bounced before keep their first instant.
pub(crate) async fn mark_bounced(db: &mut AnyConnection, email: &str, said: &str, now: Instant) -> Result<(), Error> {
    let mut sql = Sql::new("UPDATE user_account SET bounced_at = coalesce(bounced_at, ");
    sql.bind(now.0).push("), bounce = ").bind(said).push(" WHERE email = ").bind(email);
    sql.execute(db).await?;
    Ok(())
}

/// Mail reaches this person again.
pub(crate) async fn clear_bounced(db: &mut AnyConnection, user_id: i64) -> Result<(), Error> {
    let mut sql =
        Sql::new("UPDATE user_account SET bounced_at = NULL, bounce = '' WHERE bounced_at IS NOT NULL AND user_id = ");
    sql.bind(user_id);
    sql.execute(db).await?;
    Ok(())
}

/// Those of these people whom mail does not reach.
pub(crate) async fn bounced(db: &mut AnyConnection, ids: impl IntoIterator<Item = i64>) -> Result<Vec<Bounced>, Error> {
    let mut sql = Sql::new(
        "SELECT user_id, name, role, bounced_at, bounce FROM user_account WHERE bounced_at IS NOT NULL AND user_id IN (",
    );
    for (index, id) in ids.into_iter().take(200).enumerate() {
        if index > 0 {
            sql.push(", ");
        }
        sql.bind(id);
    }
    sql.push(") ORDER BY name, user_id");
    let read = |row: &AnyRow| {
        let mut row = Columns::new(row);
        let person = PersonView { id: row.get()?, name: row.get()?, role: row.slug(Role::from_slug)? };
        Ok(Bounced { person, since: row.instant()?, said: row.get()? })
    };
    sql.all(db).await?.iter().map(read).collect()
}

/// Someone with an account, as a mail's sender becomes an actor.
pub(crate) struct SenderRow {
    pub(crate) person: Person,
    pub(crate) active: bool,
}

/// Whoever has this address, in lower case.
pub(crate) async fn sender(db: &mut AnyConnection, email: &str) -> Result<Option<SenderRow>, Error> {
    let mut sql = Sql::new(
        "SELECT u.user_id, u.name, u.email, u.role, u.organisation_id, coalesce(o.own_tickets_only, 0), u.locale, \
         CASE WHEN u.deactivated_at IS NULL THEN 1 ELSE 0 END FROM user_account u \
         LEFT JOIN organisation o ON o.organisation_id = u.organisation_id WHERE u.email = ",
    );
    sql.bind(email);
    let row = sql.optional(db).await?;
    row.map(|row| {
        let mut row = Columns::new(&row);
        Ok(SenderRow {
            person: Person {
                user_id: row.get()?,
                name: row.get()?,
                email: row.get()?,
                role: row.slug(Role::from_slug)?,
                organisation_id: row.get()?,
                own_tickets_only: row.flag()?,
                locale: row.maybe_slug(Locale::from_tag)?.unwrap_or_default(),
            },
            active: row.flag()?,
        })
    })
    .transpose()
}

/// Answers a stranger at most once in a while: true for whoever was not answered since `before`.
pub(crate) async fn may_answer_stranger(
    db: &mut AnyConnection,
    email: &str,
    now: Instant,
    before: Instant,
) -> Result<bool, Error> {
    let done = sqlx::query(
        "INSERT INTO stranger (email, answered_at) VALUES ($1, $2)
         ON CONFLICT (email) DO UPDATE SET answered_at = excluded.answered_at WHERE stranger.answered_at < $3",
    )
    .bind(email)
    .bind(now.0)
    .bind(before.0)
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Forgets strangers who may be answered again.
pub(crate) async fn forget_strangers(db: &mut AnyConnection, before: Instant) -> Result<u64, Error> {
    let done = sqlx::query("DELETE FROM stranger WHERE answered_at < $1").bind(before.0).execute(db).await?;
    Ok(done.rows_affected())
}

/// Takes a mailbox for one process until an instant; true for whoever has it then. `kind` names the mailbox.
pub(crate) async fn claim_mailbox(
    db: &mut AnyConnection,
    kind: &str,
    owner: &str,
    now: Instant,
    until: Instant,
) -> Result<bool, Error> {
    // A row of its own in the table of jobs; it is never due, so no other job takes it.
    sqlx::query(
        "INSERT INTO job (kind, payload, due_at) SELECT $1, '', 9223372036854775807
          WHERE NOT EXISTS (SELECT 1 FROM job WHERE kind = $1)",
    )
    .bind(kind)
    .execute(&mut *db)
    .await?;
    let done = sqlx::query(
        "UPDATE job SET payload = $2, leased_until_at = $4
          WHERE kind = $1 AND (leased_until_at IS NULL OR leased_until_at <= $3 OR payload = $2)",
    )
    .bind(kind)
    .bind(owner)
    .bind(now.0)
    .bind(until.0)
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}
