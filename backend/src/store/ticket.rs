//! Tickets. There is no way to get hold of a [`TicketRow`] without a scope, and everything that hangs on a ticket (messages,
//! events, files) is reached through one.

use domain::actor::Scope;
use domain::ticket::{Channel, CloseReason, Milestones, Priority, Status, TicketKey};
use domain::time::Instant;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::sql::{Columns, Sql};
use crate::Error;

mod nonce;
mod open;

pub(crate) use nonce::{claim_nonce, forget_nonces, settle_nonce};
pub(crate) use open::{Open, OpenRow, hold_all, hold_room, hold_to_warn, open, warn_next};

/// A ticket as it is stored.
#[derive(Clone, Debug)]
pub(crate) struct TicketRow {
    pub(crate) ticket_id: i64,
    pub(crate) organisation_id: i64,
    pub(crate) key: TicketKey,
    pub(crate) subject: String,
    pub(crate) status: Status,
    pub(crate) close_reason: Option<CloseReason>,
    pub(crate) priority: Priority,
    pub(crate) channel: Channel,
    pub(crate) form_id: i64,
    pub(crate) requester_id: i64,
    pub(crate) assignee_id: Option<i64>,
    pub(crate) confidential: bool,
    pub(crate) policy_version_id: i64,
    pub(crate) created_at: Instant,
    pub(crate) accepted_at: Option<Instant>,
    pub(crate) resolved_at: Option<Instant>,
    pub(crate) closed_at: Option<Instant>,
    pub(crate) last_event_id: i64,
    pub(crate) last_public_event_id: i64,
    pub(crate) question_id: Option<i64>,
    pub(crate) clocks: String,
}

impl TicketRow {
    pub(crate) const fn milestones(&self) -> Milestones {
        Milestones { accepted_at: self.accepted_at, resolved_at: self.resolved_at }
    }
}

/// What lists need to know about the clocks without computing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Projection {
    pub(crate) review_due_at: Option<i64>,
    pub(crate) review_stopped_at: Option<i64>,
    pub(crate) resolution_due_at: Option<i64>,
    pub(crate) resolution_paused_at: Option<i64>,
    pub(crate) consumed: i64,
    pub(crate) sort_due_at: i64,
    pub(crate) risk_at: i64,
    pub(crate) clocks: String,
}

pub(crate) struct NewTicket<'a> {
    pub(crate) organisation_id: i64,
    pub(crate) number: i64,
    pub(crate) subject: &'a str,
    pub(crate) priority: Priority,
    pub(crate) channel: Channel,
    pub(crate) form_id: i64,
    pub(crate) requester_id: i64,
    pub(crate) policy_version_id: i64,
    pub(crate) created_at: Instant,
}

const SELECT: &str = "SELECT t.ticket_id, t.organisation_id, o.key, t.number, t.subject, t.status, t.close_reason, t.priority, \
     t.channel, t.form_id, t.requester_id, t.assignee_id, t.confidential, t.policy_version_id, t.created_at, t.accepted_at, \
     t.resolved_at, t.closed_at, t.last_event_id, t.last_public_event_id, t.question_id, t.clocks \
     FROM ticket t JOIN organisation o ON o.organisation_id = t.organisation_id ";

fn read(row: &AnyRow) -> Result<TicketRow, Error> {
    let mut row = Columns::new(row);
    Ok(TicketRow {
        ticket_id: row.get()?,
        organisation_id: row.get()?,
        key: TicketKey { organisation: row.get()?, number: row.get()? },
        subject: row.get()?,
        status: row.slug(Status::from_slug)?,
        close_reason: row.maybe_slug(CloseReason::from_slug)?,
        priority: row.slug(Priority::from_slug)?,
        channel: row.slug(Channel::from_slug)?,
        form_id: row.get()?,
        requester_id: row.get()?,
        assignee_id: row.get()?,
        confidential: row.flag()?,
        policy_version_id: row.get()?,
        created_at: row.instant()?,
        accepted_at: row.maybe_instant()?,
        resolved_at: row.maybe_instant()?,
        closed_at: row.maybe_instant()?,
        last_event_id: row.get()?,
        last_public_event_id: row.get()?,
        question_id: row.get()?,
        clocks: row.get()?,
    })
}

/// The ticket of that key, if this scope may see it.
pub(crate) async fn find(db: &mut AnyConnection, scope: Scope, key: &TicketKey) -> Result<Option<TicketRow>, Error> {
    let mut sql = Sql::new(SELECT);
    sql.push("WHERE o.key = ").bind(key.organisation.as_str()).push(" AND t.number = ").bind(key.number);
    sql.visible(scope);
    sql.optional(db).await?.as_ref().map(read).transpose()
}

/// The key of that ticket, if this scope may see it: whoever changes it locks it by its key.
pub(crate) async fn key_of(db: &mut AnyConnection, scope: Scope, ticket_id: i64) -> Result<Option<TicketKey>, Error> {
    let mut sql = Sql::new(
        "SELECT o.key, t.number FROM ticket t JOIN organisation o ON o.organisation_id = t.organisation_id \
          WHERE t.ticket_id = ",
    );
    sql.bind(ticket_id).visible(scope);
    let row = sql.optional(db).await?;
    row.map(|row| {
        let mut row = Columns::new(&row);
        Ok(TicketKey { organisation: row.get()?, number: row.get()? })
    })
    .transpose()
}

/// The newest ticket that continues this one and is not closed, if this scope may see it.
pub(crate) async fn continued_as(
    db: &mut AnyConnection,
    scope: Scope,
    ticket: &TicketRow,
) -> Result<Option<TicketKey>, Error> {
    let mut sql = Sql::new(
        "SELECT o.key, t.number FROM ticket t JOIN organisation o ON o.organisation_id = t.organisation_id \
           JOIN ticket_link l ON l.ticket_id = t.ticket_id AND l.kind = 'continues' \
          WHERE t.status <> 'closed' AND l.other_id = ",
    );
    sql.bind(ticket.ticket_id).visible(scope).push(" ORDER BY t.ticket_id DESC LIMIT 1");
    let row = sql.optional(db).await?;
    row.map(|row| {
        let mut row = Columns::new(&row);
        Ok(TicketKey { organisation: row.get()?, number: row.get()? })
    })
    .transpose()
}

/// The ticket of that id, if this scope may see it.
pub(crate) async fn find_by_id(
    db: &mut AnyConnection,
    scope: Scope,
    ticket_id: i64,
) -> Result<Option<TicketRow>, Error> {
    let mut sql = Sql::new(SELECT);
    sql.push("WHERE t.ticket_id = ").bind(ticket_id);
    sql.visible(scope);
    sql.optional(db).await?.as_ref().map(read).transpose()
}

/// Ids and keys of the tickets after one, in the order they were raised.
pub(crate) async fn keys_after(
    db: &mut AnyConnection,
    ticket_id: i64,
    limit: i64,
) -> Result<Vec<(i64, TicketKey)>, Error> {
    let rows = sqlx::query(
        "SELECT t.ticket_id, o.key, t.number FROM ticket t JOIN organisation o ON o.organisation_id = t.organisation_id
          WHERE t.ticket_id > $1 ORDER BY t.ticket_id LIMIT $2",
    )
    .bind(ticket_id)
    .bind(limit)
    .fetch_all(db)
    .await?;
    rows.iter()
        .map(|row| {
            let mut row = Columns::new(row);
            Ok((row.get()?, TicketKey { organisation: row.get()?, number: row.get()? }))
        })
        .collect()
}

/// The same, kept from others until the transaction ends.
pub(crate) async fn lock(db: &mut AnyConnection, scope: Scope, key: &TicketKey) -> Result<Option<TicketRow>, Error> {
    // An update that changes nothing: the one way to lock a row that both databases have. Whoever waited for it reads
    // what the other one wrote.
    sqlx::query(
        "UPDATE ticket SET number = number
          WHERE number = $2 AND organisation_id = (SELECT organisation_id FROM organisation WHERE key = $1)",
    )
    .bind(key.organisation.as_str())
    .bind(key.number)
    .execute(&mut *db)
    .await?;
    find(db, scope, key).await
}

/// A new ticket without any event yet.
pub(crate) async fn insert(db: &mut AnyConnection, ticket: &NewTicket<'_>) -> Result<i64, Error> {
    let row = sqlx::query(
        "INSERT INTO ticket (organisation_id, number, subject, status, priority, channel, form_id, requester_id,
                             policy_version_id, created_at)
         VALUES ($1, $2, $3, 'new', $4, $5, $6, $7, $8, $9) RETURNING ticket_id",
    )
    .bind(ticket.organisation_id)
    .bind(ticket.number)
    .bind(ticket.subject)
    .bind(ticket.priority.slug())
    .bind(ticket.channel.slug())
    .bind(ticket.form_id)
    .bind(ticket.requester_id)
    .bind(ticket.policy_version_id)
    .bind(ticket.created_at.0)
    .fetch_one(db)
    .await?;
    Columns::new(&row).get()
}

/// The next number of an organisation; never given twice.
pub(crate) async fn take_number(db: &mut AnyConnection, organisation_id: i64) -> Result<i64, Error> {
    let row = sqlx::query(
        "UPDATE organisation SET next_number = next_number + 1 WHERE organisation_id = $1 RETURNING next_number - 1",
    )
    .bind(organisation_id)
    .fetch_one(db)
    .await?;
    Columns::new(&row).get()
}

/// Writes what changed, with the projections.
pub(crate) async fn update(db: &mut AnyConnection, ticket: &TicketRow, clocks: &Projection) -> Result<(), Error> {
    let mut sql = Sql::new("UPDATE ticket SET status = ");
    sql.bind(ticket.status.slug());
    sql.push(", close_reason = ").bind(ticket.close_reason.map(CloseReason::slug));
    sql.push(", priority = ").bind(ticket.priority.slug());
    sql.push(", assignee_id = ").bind(ticket.assignee_id);
    sql.push(", policy_version_id = ").bind(ticket.policy_version_id);
    sql.push(", confidential = ").bind(i64::from(ticket.confidential));
    sql.push(", accepted_at = ").bind(ticket.accepted_at.map(|at| at.0));
    sql.push(", resolved_at = ").bind(ticket.resolved_at.map(|at| at.0));
    sql.push(", closed_at = ").bind(ticket.closed_at.map(|at| at.0));
    sql.push(", last_event_id = ").bind(ticket.last_event_id);
    sql.push(", last_public_event_id = ").bind(ticket.last_public_event_id);
    sql.push(", question_id = ").bind(ticket.question_id);
    set_clocks(&mut sql, clocks);
    sql.push(" WHERE ticket_id = ").bind(ticket.ticket_id);
    sql.execute(db).await?;
    Ok(())
}

/// Writes the projections alone: a calendar has changed under the ticket.
pub(crate) async fn update_clocks(db: &mut AnyConnection, ticket_id: i64, clocks: &Projection) -> Result<(), Error> {
    let mut sql = Sql::new("UPDATE ticket SET ticket_id = ticket_id");
    set_clocks(&mut sql, clocks);
    sql.push(" WHERE ticket_id = ").bind(ticket_id);
    sql.execute(db).await?;
    Ok(())
}

fn set_clocks(sql: &mut Sql, clocks: &Projection) {
    sql.push(", review_due_at = ").bind(clocks.review_due_at);
    sql.push(", review_stopped_at = ").bind(clocks.review_stopped_at);
    sql.push(", resolution_due_at = ").bind(clocks.resolution_due_at);
    sql.push(", resolution_paused_at = ").bind(clocks.resolution_paused_at);
    sql.push(", consumed = ").bind(clocks.consumed);
    sql.push(", sort_due_at = ").bind(clocks.sort_due_at);
    sql.push(", risk_at = ").bind(clocks.risk_at);
    // Whoever warns looks at it again, even when nothing moved: what was warned of once is not warned of again.
    sql.push(", warn_at = ").bind(clocks.risk_at);
    sql.push(", clocks = ").bind(clocks.clocks.as_str());
}

/// What is stored of a ticket's clocks.
pub(crate) async fn projection(db: &mut AnyConnection, ticket: &TicketRow) -> Result<Projection, Error> {
    let row = sqlx::query(
        "SELECT review_due_at, review_stopped_at, resolution_due_at, resolution_paused_at, consumed, sort_due_at, risk_at,
                clocks FROM ticket WHERE ticket_id = $1",
    )
    .bind(ticket.ticket_id)
    .fetch_one(db)
    .await?;
    let mut row = Columns::new(&row);
    Ok(Projection {
        review_due_at: row.get()?,
        review_stopped_at: row.get()?,
        resolution_due_at: row.get()?,
        resolution_paused_at: row.get()?,
        consumed: row.get()?,
        sort_due_at: row.get()?,
        risk_at: row.get()?,
        clocks: row.get()?,
    })
}

/// What the form asked, in both languages: label and value.
pub(crate) async fn insert_answer(
    db: &mut AnyConnection,
    ticket_id: i64,
    position: i64,
    labels: (&str, &str),
    values: (&str, &str),
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO ticket_answer (ticket_id, position, label_en, label_nl, value_en, value_nl)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(ticket_id)
    .bind(position)
    .bind(labels.0)
    .bind(labels.1)
    .bind(values.0)
    .bind(values.1)
    .execute(db)
    .await?;
    Ok(())
}

/// Label and value of each answer, in English and in Dutch.
pub(crate) async fn answers(db: &mut AnyConnection, ticket: &TicketRow) -> Result<Vec<[(String, String); 2]>, Error> {
    let rows = sqlx::query(
        "SELECT label_en, value_en, label_nl, value_nl FROM ticket_answer WHERE ticket_id = $1 ORDER BY position",
    )
    .bind(ticket.ticket_id)
    .fetch_all(db)
    .await?;
    rows.iter()
        .map(|row| {
            let mut row = Columns::new(row);
            Ok([(row.get()?, row.get()?), (row.get()?, row.get()?)])
        })
        .collect()
}

pub(crate) async fn add_participant(db: &mut AnyConnection, ticket: &TicketRow, user_id: i64) -> Result<bool, Error> {
    let done = sqlx::query("INSERT INTO participant (ticket_id, user_id) VALUES ($1, $2) ON CONFLICT DO NOTHING")
        .bind(ticket.ticket_id)
        .bind(user_id)
        .execute(db)
        .await?;
    Ok(done.rows_affected() > 0)
}

pub(crate) async fn remove_participant(
    db: &mut AnyConnection,
    ticket: &TicketRow,
    user_id: i64,
) -> Result<bool, Error> {
    let done = sqlx::query("DELETE FROM participant WHERE ticket_id = $1 AND user_id = $2")
        .bind(ticket.ticket_id)
        .bind(user_id)
        .execute(db)
        .await?;
    Ok(done.rows_affected() > 0)
}

pub(crate) async fn participants(db: &mut AnyConnection, ticket: &TicketRow) -> Result<Vec<i64>, Error> {
    let rows = sqlx::query(
        "SELECT p.user_id FROM participant p JOIN user_account u ON u.user_id = p.user_id
          WHERE p.ticket_id = $1 ORDER BY u.name, u.user_id",
    )
    .bind(ticket.ticket_id)
    .fetch_all(db)
    .await?;
    rows.iter().map(|row| Columns::new(row).get()).collect()
}

/// `kind` is `continues` or `duplicates`: what `ticket_id` does to `other_id`.
pub(crate) async fn link(db: &mut AnyConnection, ticket_id: i64, other_id: i64, kind: &str) -> Result<(), Error> {
    sqlx::query("INSERT INTO ticket_link (ticket_id, other_id, kind) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
        .bind(ticket_id)
        .bind(other_id)
        .bind(kind)
        .execute(db)
        .await?;
    Ok(())
}

/// Keys of the tickets linked to this one, in either direction, that the scope may see.
pub(crate) async fn linked(db: &mut AnyConnection, scope: Scope, ticket: &TicketRow) -> Result<Vec<String>, Error> {
    let mut sql = Sql::new(
        "SELECT o.key, t.number FROM ticket t JOIN organisation o ON o.organisation_id = t.organisation_id
          WHERE t.ticket_id IN (SELECT other_id FROM ticket_link WHERE ticket_id = ",
    );
    sql.bind(ticket.ticket_id).push(" UNION SELECT ticket_id FROM ticket_link WHERE other_id = ");
    sql.bind(ticket.ticket_id).push(")").visible(scope).push(" ORDER BY t.ticket_id");
    let rows = sql.all(db).await?;
    rows.iter()
        .map(|row| {
            let mut row = Columns::new(row);
            Ok(TicketKey { organisation: row.get()?, number: row.get()? }.to_string())
        })
        .collect()
}

/// Remembers that this person has seen the ticket up to an event.
pub(crate) async fn mark_read(
    db: &mut AnyConnection,
    ticket_id: i64,
    user_id: i64,
    event_id: i64,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO read_mark (user_id, ticket_id, event_id) VALUES ($1, $2, $3)
         ON CONFLICT (user_id, ticket_id) DO UPDATE SET event_id = excluded.event_id
          WHERE read_mark.event_id < excluded.event_id",
    )
    .bind(user_id)
    .bind(ticket_id)
    .bind(event_id)
    .execute(db)
    .await?;
    Ok(())
}

/// What a person has seen of a ticket.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen {
    /// Up to which event; 0 when never.
    pub(crate) event_id: i64,
    /// How many notices of it they have not read.
    pub(crate) notices: i64,
}

pub(crate) async fn seen(db: &mut AnyConnection, ticket: &TicketRow, user_id: i64) -> Result<Seen, Error> {
    let row = sqlx::query(
        "SELECT COALESCE((SELECT event_id FROM read_mark WHERE user_id = $1 AND ticket_id = $2), 0),
                (SELECT COUNT(*) FROM notification WHERE user_id = $1 AND ticket_id = $2 AND read_at IS NULL)",
    )
    .bind(user_id)
    .bind(ticket.ticket_id)
    .fetch_one(db)
    .await?;
    let mut row = Columns::new(&row);
    Ok(Seen { event_id: row.get()?, notices: row.get()? })
}

/// Keys of tickets that were resolved before an instant and not confirmed since.
pub(crate) async fn resolved_before(db: &mut AnyConnection, before: Instant) -> Result<Vec<TicketKey>, Error> {
    let rows = sqlx::query(
        "SELECT o.key, t.number FROM ticket t JOIN organisation o ON o.organisation_id = t.organisation_id
          WHERE t.status = 'resolved' AND t.resolved_at < $1 ORDER BY t.resolved_at LIMIT 200",
    )
    .bind(before.0)
    .fetch_all(db)
    .await?;
    rows.iter()
        .map(|row| {
            let mut row = Columns::new(row);
            Ok(TicketKey { organisation: row.get()?, number: row.get()? })
        })
        .collect()
}
