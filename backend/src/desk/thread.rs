//! From stored messages, files and events to what pages show of them.

use std::collections::HashMap;

use domain::ticket::Change;
use domain::view::{EventView, FileView, MessageView, PersonView, Side};
use sqlx::AnyConnection;

use crate::store::event::{Audience, EventRow};
use crate::store::message::MessageRow;
use crate::store::organisation::PersonRow;
use crate::store::ticket::TicketRow;
use crate::{Error, store};

pub(super) type People = HashMap<i64, PersonRow>;

/// All that a ticket's page is made of, for one audience.
pub(super) struct Thread {
    pub(super) messages: Vec<MessageRow>,
    pub(super) files: HashMap<i64, Vec<FileView>>,
    pub(super) events: Vec<EventRow>,
    pub(super) participants: Vec<i64>,
    pub(super) people: People,
}

pub(super) async fn load(
    db: &mut AnyConnection,
    ticket: &TicketRow,
    audience: Audience,
    others: impl IntoIterator<Item = i64>,
) -> Result<Thread, Error> {
    let messages = store::message::list(db, ticket, audience).await?;
    let mut files: HashMap<i64, Vec<FileView>> = HashMap::new();
    for (message_id, file) in store::file::of_ticket(db, ticket, audience).await? {
        files.entry(message_id).or_default().push(file);
    }
    let events = store::event::list(db, ticket, audience).await?;
    let participants = store::ticket::participants(db, ticket).await?;
    let ids = messages
        .iter()
        .filter_map(|message| message.author_id)
        .chain(events.iter().filter_map(|row| row.event.actor_id))
        .chain(participants.iter().copied())
        .chain([ticket.requester_id])
        .chain(ticket.assignee_id)
        .chain(others);
    let people = store::organisation::people(db, ids).await?;
    Ok(Thread { messages, files, events, participants, people })
}

impl Thread {
    pub(super) fn message(&mut self, row: MessageRow) -> MessageView {
        MessageView {
            id: row.message_id,
            at: row.at,
            side: row.side,
            author: match row.author_id {
                Some(id) => name(&self.people, Some(id)),
                None => row.sender,
            },
            author_id: row.author_id,
            channel: row.channel,
            body: row.body,
            history: row.history,
            unverified: row.unverified,
            files: self.files.remove(&row.message_id).unwrap_or_default(),
        }
    }

    /// An event of this thread, while its messages are there. A reply is by whoever wrote it, though an agent may have put
    /// their mail on the ticket.
    pub(super) fn event(&self, row: EventRow) -> EventView {
        let view = event_view(row, &self.people);
        let Change::Replied { message_id } = view.change else { return view };
        let Some(message) = self.messages.iter().find(|message| message.message_id == message_id) else { return view };
        let actor_name = match message.author_id {
            Some(id) => name(&self.people, Some(id)),
            None => message.sender.clone(),
        };
        EventView { actor_name, actor_id: message.author_id, actor_is_staff: message.side == Side::Support, ..view }
    }

    pub(super) fn person(&self, user_id: i64) -> Option<PersonView> {
        self.people.get(&user_id).map(|person| person.view.clone())
    }
}

pub(super) fn event_view(row: EventRow, people: &People) -> EventView {
    EventView {
        id: row.event.id,
        at: row.event.at,
        change: row.event.change,
        channel: row.event.channel,
        actor_name: name(people, row.event.actor_id),
        actor_id: row.event.actor_id,
        actor_is_staff: row.actor_is_staff,
    }
}

/// Empty for the system.
fn name(people: &People, user_id: Option<i64>) -> String {
    user_id.and_then(|id| people.get(&id)).map_or_else(String::new, |person| person.view.name.clone())
}

/// How people are called in a list: "Dirk".
pub(super) fn first_name(name: &str) -> &str {
    name.split(' ').next().unwrap_or_default()
}
