//! The event log: append only.

use domain::ticket::{Change, Channel, Event, Visibility};
use domain::time::Instant;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::sql::Columns;
use super::ticket::TicketRow;
use crate::Error;

/// Who reads: decides whether internal things are part of the answer at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Audience {
    Customer,
    Staff,
}

impl Audience {
    pub(crate) const fn of(actor: &domain::actor::Actor) -> Self {
        if actor.is_staff() { Self::Staff } else { Self::Customer }
    }
}

/// An event with what a log shows beside it.
#[derive(Clone, Debug)]
pub(crate) struct EventRow {
    pub(crate) event: Event,
    pub(crate) actor_is_staff: bool,
}

pub(crate) async fn append(
    db: &mut AnyConnection,
    ticket_id: i64,
    at: Instant,
    change: &Change,
    channel: Channel,
    actor_id: Option<i64>,
    actor_is_staff: bool,
) -> Result<i64, Error> {
    let visibility = match change.visibility() {
        Visibility::Public => "public",
        Visibility::Internal => "internal",
    };
    let row = sqlx::query(
        "INSERT INTO event (ticket_id, happened_at, actor_id, actor_is_staff, channel, visibility, data)
         VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING event_id",
    )
    .bind(ticket_id)
    .bind(at.0)
    .bind(actor_id)
    .bind(i64::from(actor_is_staff))
    .bind(channel.slug())
    .bind(visibility)
    .bind(serde_json::to_string(change)?)
    .fetch_one(db)
    .await?;
    Columns::new(&row).get()
}

/// All that happened to a ticket that this audience may know of, in order.
pub(crate) async fn list(
    db: &mut AnyConnection,
    ticket: &TicketRow,
    audience: Audience,
) -> Result<Vec<EventRow>, Error> {
    let text = match audience {
        Audience::Staff => {
            "SELECT event_id, happened_at, data, channel, actor_id, actor_is_staff FROM event
              WHERE ticket_id = $1 ORDER BY event_id"
        }
        Audience::Customer => {
            "SELECT event_id, happened_at, data, channel, actor_id, actor_is_staff FROM event
              WHERE ticket_id = $1 AND visibility = 'public' ORDER BY event_id"
        }
    };
    let rows = sqlx::query(text).bind(ticket.ticket_id).fetch_all(db).await?;
    rows.iter().map(read).collect()
}

/// All that happened to an open ticket, for administration, which sees all: it knows no scope.
pub(crate) async fn of_open(db: &mut AnyConnection, ticket_id: i64) -> Result<Vec<Event>, Error> {
    let text = "SELECT event_id, happened_at, data, channel, actor_id, actor_is_staff FROM event
                 WHERE ticket_id = $1 ORDER BY event_id";
    let rows = sqlx::query(text).bind(ticket_id).fetch_all(db).await?;
    rows.iter().map(|row| read(row).map(|row| row.event)).collect()
}

fn read(row: &AnyRow) -> Result<EventRow, Error> {
    let mut row = Columns::new(row);
    let event = Event {
        id: row.get()?,
        at: row.instant()?,
        change: row.json()?,
        channel: row.slug(Channel::from_slug)?,
        actor_id: row.get()?,
    };
    Ok(EventRow { event, actor_is_staff: row.flag()? })
}
