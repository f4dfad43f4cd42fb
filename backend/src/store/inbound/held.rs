//! Mail that is not on a ticket, as staff see it.

use domain::mail::{MailKind, MailReason, MailState};
use domain::ticket::TicketKey;
use domain::time::Instant;
use domain::view::mail::HeldMail;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::super::account::maybe_brand;
use super::super::sql::{Columns, Sql};
use crate::Error;

/// A mail with what handling it asks for.
pub(crate) struct HeldRow {
    pub(crate) mail: HeldMail,
    pub(crate) path: String,
    pub(crate) user_id: Option<i64>,
    pub(crate) ticket_id: Option<i64>,
    pub(crate) handled: Option<(i64, Instant)>,
}

const SELECT: &str = "SELECT i.inbound_id, i.received_at, i.from_name, i.from_email, i.subject, i.kind, i.state, i.reason, i.verified, \
     i.bytes, i.path, i.user_id, i.ticket_id, i.handled_by_id, i.handled_at, \
     o.name, o.key, o.hue, o.chroma, o.mark, tor.key, t.number \
     FROM inbound i LEFT JOIN organisation o ON o.organisation_id = i.organisation_id \
     LEFT JOIN ticket t ON t.ticket_id = i.ticket_id LEFT JOIN organisation tor ON tor.organisation_id = t.organisation_id WHERE ";

fn read(row: &AnyRow) -> Result<HeldRow, Error> {
    let mut row = Columns::new(row);
    let mut mail = HeldMail {
        inbound_id: row.get()?,
        at: row.instant()?,
        from_name: row.get()?,
        from_email: row.get()?,
        subject: row.get()?,
        kind: row.slug(MailKind::from_slug)?,
        state: row.slug(MailState::from_slug)?,
        reason: MailReason::from_slug(row.get()?),
        verified: row.flag()?,
        bytes: row.get()?,
        organisation: None,
        ticket: None,
    };
    let path = row.get()?;
    let (user_id, ticket_id) = (row.get()?, row.get()?);
    let (handled_by_id, handled_at): (Option<i64>, Option<Instant>) = (row.get()?, row.maybe_instant()?);
    mail.organisation = maybe_brand(&mut row)?;
    let (key, number): (Option<String>, Option<i64>) = (row.get()?, row.get()?);
    mail.ticket = key.zip(number).map(|(organisation, number)| TicketKey { organisation, number }.to_string());
    Ok(HeldRow { mail, path, user_id, ticket_id, handled: handled_by_id.zip(handled_at) })
}

/// Those in a state, the newest first.
pub(crate) async fn held(
    db: &mut AnyConnection,
    state: MailState,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<HeldRow>, Error> {
    let mut sql = Sql::new(SELECT);
    sql.push("i.state = ").bind(state.slug());
    if let Some(before) = before {
        sql.push(" AND i.inbound_id < ").bind(before);
    }
    sql.push(" ORDER BY i.inbound_id DESC LIMIT ").bind(limit);
    sql.all(db).await?.iter().map(read).collect()
}

/// One, whatever became of it.
pub(crate) async fn held_one(db: &mut AnyConnection, inbound_id: i64) -> Result<Option<HeldRow>, Error> {
    let mut sql = Sql::new(SELECT);
    sql.push("i.inbound_id = ").bind(inbound_id);
    sql.optional(db).await?.as_ref().map(read).transpose()
}

/// What waits with these addresses until someone is confirmed, the oldest first.
pub(crate) async fn held_of(db: &mut AnyConnection, emails: &[String]) -> Result<Vec<HeldRow>, Error> {
    let mut sql = Sql::new(SELECT);
    sql.push("i.state = 'suggested' AND i.from_email IN (");
    for (index, email) in emails.iter().enumerate() {
        if index > 0 {
            sql.push(", ");
        }
        sql.bind(email.as_str());
    }
    sql.push(") ORDER BY i.inbound_id LIMIT 500");
    sql.all(db).await?.iter().map(read).collect()
}

/// The last time that a mail arrived.
pub(crate) async fn last_received(db: &mut AnyConnection) -> Result<Option<Instant>, Error> {
    let sql = Sql::new("SELECT received_at FROM inbound ORDER BY inbound_id DESC LIMIT 1");
    sql.optional(db).await?.map_or(Ok(None), |row| Columns::new(&row).maybe_instant())
}

/// How many are in a state.
pub(crate) async fn count_held(db: &mut AnyConnection, state: MailState) -> Result<i64, Error> {
    let mut sql = Sql::new("SELECT count(*) FROM inbound WHERE state = ");
    sql.bind(state.slug());
    Columns::new(&sql.one(db).await?).get()
}

/// Takes a waiting mail, so that two agents do not both make a ticket of it: false when somebody else has.
pub(crate) async fn take_held(
    db: &mut AnyConnection,
    inbound_id: i64,
    from: MailState,
    by: i64,
    now: Instant,
) -> Result<bool, Error> {
    let mut sql = Sql::new("UPDATE inbound SET handled_at = ");
    sql.bind(now.0).push(", handled_by_id = ").bind(by);
    sql.push(", state = 'dismissed' WHERE inbound_id = ").bind(inbound_id).push(" AND state = ").bind(from.slug());
    Ok(sql.execute(db).await? == 1)
}
