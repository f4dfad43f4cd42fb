//! Messages of the thread: public ones and internal notes.

use std::collections::HashMap;

use domain::ticket::{Channel, Visibility};
use domain::time::Instant;
use domain::view::Side;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::event::Audience;
use super::sql::{Columns, Sql};
use super::ticket::TicketRow;
use crate::Error;

#[derive(Clone, Debug)]
pub(crate) struct MessageRow {
    pub(crate) message_id: i64,
    pub(crate) internal: bool,
    pub(crate) side: Side,
    pub(crate) author_id: Option<i64>,
    pub(crate) channel: Channel,
    pub(crate) body: String,
    pub(crate) at: Instant,
    /// Of a mail: quoted and signed under it.
    pub(crate) history: String,
    pub(crate) inbound_id: Option<i64>,
    pub(crate) unverified: bool,
    /// Empty unless no person wrote it: a slug of [`domain::mail::MailKind`].
    pub(crate) automatic: String,
    /// Who sent it, where that is nobody we know.
    pub(crate) sender: String,
}

/// What a message has that came by mail; nothing of it otherwise.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Mailed<'a> {
    pub(crate) history: &'a str,
    pub(crate) inbound_id: Option<i64>,
    pub(crate) unverified: bool,
    pub(crate) automatic: &'a str,
    pub(crate) sender: &'a str,
}

pub(crate) struct NewMessage<'a> {
    pub(crate) ticket_id: i64,
    pub(crate) visibility: Visibility,
    pub(crate) side: Side,
    pub(crate) author_id: Option<i64>,
    pub(crate) channel: Channel,
    pub(crate) body: &'a str,
    pub(crate) at: Instant,
    pub(crate) mailed: Mailed<'a>,
}

pub(crate) async fn insert(db: &mut AnyConnection, message: &NewMessage<'_>) -> Result<i64, Error> {
    let row = sqlx::query(
        "INSERT INTO message (ticket_id, visibility, side, author_id, channel, body, created_at, history, inbound_id,
                              unverified, automatic, sender)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING message_id",
    )
    .bind(message.ticket_id)
    .bind(match message.visibility {
        Visibility::Public => "public",
        Visibility::Internal => "internal",
    })
    .bind(match message.side {
        Side::Customer => "customer",
        Side::Support => "support",
    })
    .bind(message.author_id)
    .bind(message.channel.slug())
    .bind(message.body)
    .bind(message.at.0)
    .bind(message.mailed.history)
    .bind(message.mailed.inbound_id)
    .bind(i64::from(message.mailed.unverified))
    .bind(message.mailed.automatic)
    .bind(message.mailed.sender)
    .fetch_one(db)
    .await?;
    Columns::new(&row).get()
}

/// The thread, in order. A customer's holds no internal note.
pub(crate) async fn list(
    db: &mut AnyConnection,
    ticket: &TicketRow,
    audience: Audience,
) -> Result<Vec<MessageRow>, Error> {
    let text = match audience {
        Audience::Staff => {
            "SELECT message_id, visibility, side, author_id, channel, body, created_at, history, inbound_id, unverified,
                    automatic, sender FROM message
              WHERE ticket_id = $1 ORDER BY message_id"
        }
        Audience::Customer => {
            "SELECT message_id, visibility, side, author_id, channel, body, created_at, history, inbound_id, unverified,
                    automatic, sender FROM message
              WHERE ticket_id = $1 AND visibility = 'public' ORDER BY message_id"
        }
    };
    let rows = sqlx::query(text).bind(ticket.ticket_id).fetch_all(db).await?;
    rows.iter()
        .map(|row| {
            let mut row = Columns::new(row);
            Ok(MessageRow {
                message_id: row.get()?,
                internal: row.get::<&str>()? != "public",
                side: row.slug(|side| match side {
                    "customer" => Some(Side::Customer),
                    "support" => Some(Side::Support),
                    _ => None,
                })?,
                author_id: row.get()?,
                channel: row.slug(Channel::from_slug)?,
                body: row.get()?,
                at: row.instant()?,
                history: row.get()?,
                inbound_id: row.get()?,
                unverified: row.flag()?,
                automatic: row.get()?,
                sender: row.get()?,
            })
        })
        .collect()
}

/// The last message of a ticket: id, author, instant, body.
pub(crate) async fn last(
    db: &mut AnyConnection,
    ticket: &TicketRow,
) -> Result<Option<(i64, Option<i64>, Instant, String)>, Error> {
    let row = sqlx::query(
        "SELECT message_id, author_id, created_at, body FROM message WHERE ticket_id = $1 ORDER BY message_id DESC LIMIT 1",
    )
    .bind(ticket.ticket_id)
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        let mut row = Columns::new(&row);
        Ok((row.get()?, row.get()?, row.instant()?, row.get()?))
    })
    .transpose()
}

/// Who wrote a message; `None` for nobody we know.
pub(crate) async fn author(db: &mut AnyConnection, message_id: i64) -> Result<Option<i64>, Error> {
    let row = sqlx::query("SELECT author_id FROM message WHERE message_id = $1").bind(message_id).fetch_one(db).await?;
    Columns::new(&row).get()
}

/// How the writers of these messages are called: a person's name, or the address of nobody we know. Whether a reader may
/// know of the messages has been asked before.
pub(crate) async fn writers(
    db: &mut AnyConnection,
    ids: impl IntoIterator<Item = i64>,
) -> Result<HashMap<i64, String>, Error> {
    let mut sql = Sql::new(
        "SELECT m.message_id, coalesce(u.name, m.sender) FROM message m \
         LEFT JOIN user_account u ON u.user_id = m.author_id WHERE m.message_id IN (",
    );
    let mut none = true;
    for id in ids {
        if !none {
            sql.push(", ");
        }
        sql.bind(id);
        none = false;
    }
    if none {
        return Ok(HashMap::new());
    }
    sql.push(")");
    let read = |row: &AnyRow| {
        let mut row = Columns::new(row);
        Ok((row.get()?, row.get()?))
    };
    sql.all(db).await?.iter().map(read).collect()
}
