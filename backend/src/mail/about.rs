//! A ticket as one reader may see it now, to write a mail about it. Loaded when the mail is composed: whoever may no longer
//! see the ticket gets none, and what is internal is not loaded for a customer at all.

use std::collections::HashMap;
use std::sync::Arc;

use domain::actor::{Actor, Person};
use domain::brand::Brand;
use domain::i18n::Locale;
use domain::sla::{ClockKind, ClockState, read};
use domain::ticket::{Change, Priority, Status, TicketKey};
use domain::time::Instant;
use domain::view::ClocksView;
use domain::zone::Zone;
use sqlx::AnyConnection;

use super::words;
use crate::policy::Calendars;
use crate::store::event::{Audience, EventRow};
use crate::store::message::MessageRow;
use crate::store::organisation::PersonRow;
use crate::store::ticket::TicketRow;
use crate::{Backend, Error, policy, store};

pub(super) struct About {
    pub(super) locale: Locale,
    pub(super) reader_id: i64,
    /// The reader works here.
    pub(super) staff: bool,
    pub(super) ticket: TicketRow,
    /// Of the ticket's organisation.
    pub(super) brand: Brand,
    events: Vec<EventRow>,
    messages: Vec<MessageRow>,
    files: HashMap<i64, Vec<String>>,
    people: HashMap<i64, PersonRow>,
    /// Of other tickets that are spoken of and that the reader may see as well.
    keys: Vec<String>,
    clocks: ClocksView,
    calendars: Arc<Calendars>,
    zone: Zone,
    now: Instant,
}

impl About {
    /// `None`: the reader may not see this ticket, or a customer has no part in it any more.
    pub(super) async fn load(
        backend: &Backend,
        db: &mut AnyConnection,
        reader: &Person,
        ticket_id: i64,
        now: Instant,
    ) -> Result<Option<Self>, Error> {
        let actor = Actor::Person(reader.clone());
        let Some(ticket) = store::ticket::find_by_id(db, actor.scope(), ticket_id).await? else { return Ok(None) };
        let participants = store::ticket::participants(db, &ticket).await?;
        let concerned = ticket.requester_id == reader.user_id || participants.contains(&reader.user_id);
        if !actor.is_staff() && !concerned {
            return Ok(None);
        }
        let audience = Audience::of(&actor);
        let events = store::event::list(db, &ticket, audience).await?;
        let messages = store::message::list(db, &ticket, audience).await?;
        let mut files: HashMap<i64, Vec<String>> = HashMap::new();
        for (message_id, file) in store::file::of_ticket(db, &ticket, audience).await? {
            files.entry(message_id).or_default().push(file.name);
        }
        let ids = events.iter().filter_map(|row| row.event.actor_id).chain([ticket.requester_id]);
        let ids = ids.chain(messages.iter().filter_map(|message| message.author_id));
        let people = store::organisation::people(db, ids).await?;
        let mut keys = Vec::new();
        for row in &events {
            if let Change::Closed { duplicate_of: Some(key), .. } = &row.event.change
                && let Some(parsed) = TicketKey::parse(key)
                && store::ticket::find(db, actor.scope(), &parsed).await?.is_some()
            {
                keys.push(key.clone());
            }
        }
        let organisation = store::organisation::find(db, ticket.organisation_id).await?.ok_or(Error::NotFound)?;
        let calendars = policy::calendars(backend, db).await?;
        Ok(Some(Self {
            locale: reader.locale,
            reader_id: reader.user_id,
            staff: actor.is_staff(),
            brand: organisation.brand,
            clocks: serde_json::from_str(&ticket.clocks)?,
            zone: calendars.zone(now),
            ticket,
            events,
            messages,
            files,
            people,
            keys,
            calendars,
            now,
        }))
    }

    pub(super) fn event(&self, event_id: i64) -> Option<&EventRow> {
        self.events.iter().find(|row| row.event.id == event_id)
    }

    pub(super) fn message(&self, message_id: i64) -> Option<&MessageRow> {
        self.messages.iter().find(|row| row.message_id == message_id)
    }

    /// What the requester wrote when they raised it.
    pub(super) fn description(&self) -> Option<&MessageRow> {
        self.messages.first()
    }

    pub(super) fn files(&self, message_id: i64) -> Vec<String> {
        self.files.get(&message_id).cloned().unwrap_or_default()
    }

    /// Whether the reader may know of another ticket.
    pub(super) fn sees(&self, key: &str) -> bool {
        self.keys.iter().any(|seen| seen == key)
    }

    /// The support desk, where nobody in person did it.
    pub(super) fn name(&self, user_id: Option<i64>) -> String {
        let person = user_id.and_then(|id| self.people.get(&id));
        person.map_or_else(|| words::support_desk(self.locale).to_owned(), |person| person.view.name.clone())
    }

    /// Who wrote a message: someone with an account, or an address. Not who put it on the ticket.
    pub(super) fn writer(&self, message: &MessageRow) -> String {
        if message.author_id.is_none() && !message.sender.is_empty() {
            return message.sender.clone();
        }
        self.name(message.author_id)
    }

    pub(super) fn moment(&self, at: Instant) -> String {
        crate::words::moment(self.locale, &self.zone, at)
    }

    pub(super) fn status(&self) -> (String, String) {
        let name = words::status_name(self.locale, self.ticket.status, self.staff);
        (words::status(self.locale).to_owned(), name.to_owned())
    }

    pub(super) fn priority(&self, priority: Priority) -> (String, String) {
        let name = words::priority_name(self.locale, priority);
        (words::priority(self.locale).to_owned(), name.to_owned())
    }

    pub(super) fn stopped(&self, clock: ClockKind) -> bool {
        self.clocks.get(clock).stopped_at.is_some()
    }

    /// What is promised and still runs: the review, the resolution.
    pub(super) fn promises(&self) -> Vec<(String, String)> {
        if !self.ticket.status.is_open() {
            return Vec::new();
        }
        [ClockKind::Review, ClockKind::Resolution].into_iter().filter_map(|clock| self.promise(clock)).collect()
    }

    fn promise(&self, clock: ClockKind) -> Option<(String, String)> {
        let locale = self.locale;
        let timeline = self.clocks.get(clock);
        if timeline.stopped_at.is_some() {
            return None;
        }
        let reading = read(&self.calendars.schedule(&self.clocks, clock, self.now), timeline, self.now);
        let name = match clock {
            ClockKind::Review => words::review_before(locale),
            _ => words::resolve_before(locale),
        };
        let (name, value) = match reading.state {
            ClockState::Running { due_at, .. } | ClockState::OutsideHours { due_at, .. } => {
                (name, words::promised(locale, &self.moment(due_at), &words::hours(locale, reading.target)))
            }
            ClockState::Paused { .. } if self.staff => (name, words::stands_still_desk(locale).to_owned()),
            ClockState::Paused { .. } => (name, words::stands_still(locale).to_owned()),
            ClockState::Breached { since, .. } => {
                let hours = words::hours(locale, reading.target);
                (words::was_due(locale), words::promised(locale, &self.moment(since), &hours))
            }
            ClockState::NoDeadline => (name, words::no_deadline(locale).to_owned()),
            ClockState::Met { .. } => return None,
        };
        Some((name.to_owned(), value))
    }

    /// Until when what was resolved can be reopened.
    pub(super) fn reopens_until(&self) -> Option<String> {
        let resolved_at = self.ticket.resolved_at.filter(|_| self.ticket.status == Status::Resolved)?;
        Some(self.moment(resolved_at + domain::ticket::REOPEN_WITHIN))
    }
}
