//! One change to one ticket, from the moment it is locked to the commit: moves, events, messages, projections.

use std::sync::Arc;

use domain::actor::{Actor, Scope};
use domain::form::FILES_MAX;
use domain::problem::Problem;
use domain::sla::ClockKind;
use domain::ticket::{Change, Channel, Event, Intent, Move, Status, TicketKey, Visibility, conflicts, next_status};
use domain::time::{Instant, Millis};
use domain::view::{ClocksView, Side};
use sqlx::AnyConnection;

use super::clocks;
use crate::desk::thread;
use crate::policy::Policy;
use crate::store::Tx;
use crate::store::event::{Audience, EventRow};
use crate::store::message::Mailed;
use crate::store::ticket::TicketRow;
use crate::{Backend, Error, policy, store};

/// A ticket that is being changed. Dropped without [`Work::finish`], nothing has happened.
pub(super) struct Work<'a> {
    pub(super) backend: &'a Backend,
    pub(super) actor: &'a Actor,
    pub(super) channel: Channel,
    /// Never before the last event, even if the computer's clock went back.
    pub(super) now: Instant,
    pub(super) ticket: TicketRow,
    /// Of now.
    pub(super) policy: Arc<Policy>,
    pub(super) tx: Tx,
    /// All that the ticket has lived under, the first one first.
    policies: Vec<Arc<Policy>>,
    events: Vec<EventRow>,
}

impl<'a> Work<'a> {
    /// Locks the ticket of that key, if the actor may see it.
    pub(super) async fn open(
        backend: &'a Backend,
        actor: &'a Actor,
        channel: Channel,
        key: &str,
    ) -> Result<Self, Error> {
        let key = TicketKey::parse(key).ok_or(Error::NotFound)?;
        let tx = backend.store().begin().await?;
        Self::lock(backend, actor, actor.scope(), channel, tx, &key).await
    }

    /// The same, within a transaction that has begun, and with a scope of its own: a new ticket's confidentiality is not
    /// yet known, and the one it continues is changed by the system's hand.
    pub(super) async fn lock(
        backend: &'a Backend,
        actor: &'a Actor,
        scope: Scope,
        channel: Channel,
        mut tx: Tx,
        key: &TicketKey,
    ) -> Result<Self, Error> {
        let ticket = store::ticket::lock(&mut tx, scope, key).await?.ok_or(Error::NotFound)?;
        let events = store::event::list(&mut tx, &ticket, Audience::Staff).await?;
        let log = events.iter().map(|row| &row.event);
        let policies = policy::load_all(backend, &mut tx, ticket.policy_version_id, log).await?;
        let policy = policies.last().cloned().ok_or_else(|| Error::internal("a ticket without a policy"))?;
        // A ticket to which nothing has happened is being made, and that happens when it was made.
        let now = events.last().map_or(ticket.created_at, |last| backend.now().max(last.event.at));
        Ok(Self { backend, actor, channel, now, ticket, policy, tx, policies, events })
    }

    /// Another version of a policy holds from now on.
    pub(super) async fn move_to(&mut self, policy: Arc<Policy>) -> Result<(), Error> {
        let before = self.clocks();
        let after = clocks::under(&before, &policy, self.ticket.priority, self.now);
        let due = |clocks| clocks::due_at(&policy.calendars, clocks, ClockKind::Resolution, self.now);
        let change = Change::PolicyChanged {
            from: self.ticket.policy_version_id,
            to: policy.policy_version_id,
            name: policy.name.clone(),
            version: policy.version,
            old_due_at: due(&before),
            new_due_at: due(&after),
        };
        self.policies.push(Arc::clone(&policy));
        self.policy = policy;
        self.record(change).await.map(drop)
    }

    pub(super) fn db(&mut self) -> &mut AnyConnection {
        &mut self.tx
    }

    /// Refuses when something happened since `version` that this intent must know of.
    pub(super) async fn since(&mut self, version: i64, intent: Intent) -> Result<(), Error> {
        let meanwhile: Vec<EventRow> = self.events.iter().filter(|row| row.event.id > version).cloned().collect();
        if !meanwhile.iter().any(|row| conflicts(intent, &row.event.change)) {
            return Ok(());
        }
        let ids = meanwhile.iter().filter_map(|row| row.event.actor_id);
        let people = store::organisation::people(&mut self.tx, ids).await?;
        Err(Error::Conflict(meanwhile.into_iter().map(|row| thread::event_view(row, &people)).collect()))
    }

    /// Takes a step of the table of moves, or refuses.
    pub(super) fn step(&mut self, step: Move) -> Result<(), Error> {
        self.ticket.status = next_status(self.ticket.status, self.ticket.milestones(), step, self.now)?;
        Ok(())
    }

    /// Writes a fact into the log, tells whoever is to be told, and draws the conclusions that do not need the calendar.
    pub(super) async fn record(&mut self, change: Change) -> Result<i64, Error> {
        let (actor_id, is_staff) = (self.actor.user_id(), self.actor.is_staff());
        let ticket_id = self.ticket.ticket_id;
        let id =
            store::event::append(&mut self.tx, ticket_id, self.now, &change, self.channel, actor_id, is_staff).await?;
        super::notify::tell(self, &change, id).await?;
        self.apply(&change, id);
        let event = Event { id, at: self.now, change, channel: self.channel, actor_id };
        self.events.push(EventRow { event, actor_is_staff: is_staff });
        Ok(id)
    }

    fn apply(&mut self, change: &Change, event_id: i64) {
        let ticket = &mut self.ticket;
        ticket.last_event_id = event_id;
        if change.visibility() == Visibility::Public {
            ticket.last_public_event_id = event_id;
        }
        match change {
            Change::Accepted => {
                ticket.accepted_at.get_or_insert(self.now);
                // Whoever accepts it works on it, unless it was given to someone already.
                ticket.assignee_id = ticket.assignee_id.or(self.actor.user_id());
            }
            Change::Assigned { agent_id, .. } => ticket.assignee_id = *agent_id,
            Change::Returned { message_id } => ticket.question_id = Some(*message_id),
            Change::Resolved { .. } => ticket.resolved_at = Some(self.now),
            Change::Closed { reason, .. } => {
                ticket.close_reason = Some(*reason);
                ticket.closed_at = Some(self.now);
            }
            Change::PriorityChanged { to, .. } => ticket.priority = *to,
            Change::PolicyChanged { to, .. } => ticket.policy_version_id = *to,
            Change::ConfidentialSet { on } => ticket.confidential = *on,
            Change::Created { .. }
            | Change::Answered { .. }
            | Change::Noted { .. }
            | Change::Replied { .. }
            | Change::TakenBack
            | Change::Reopened
            | Change::ParticipantAdded { .. }
            | Change::ParticipantRemoved { .. }
            | Change::AutomaticMail { .. }
            | Change::Linked { .. } => {}
        }
        if ticket.status != Status::Waiting {
            ticket.question_id = None;
        }
        if ticket.status.is_open() {
            ticket.resolved_at = None;
        }
    }

    /// The last message, if this one repeats it: the same text by the same person within a minute, without new files, and
    /// nothing happened since but the same that `change` would be. A button pressed twice says one thing; an answer with
    /// the words of a note says another.
    pub(super) async fn repeats(
        &mut self,
        body: &str,
        place: &str,
        change: impl Fn(i64) -> Change,
    ) -> Result<Option<i64>, Error> {
        let said = said_already(&mut self.tx, self.actor, &self.ticket, body, place, self.now).await?;
        let is_last = |message_id: &i64| self.events.last().is_some_and(|row| row.event.change == change(*message_id));
        Ok(said.filter(is_last))
    }

    /// The same where a closed ticket goes on as another: where that is, and the message.
    pub(super) async fn repeats_elsewhere(
        &mut self,
        body: &str,
        place: &str,
    ) -> Result<Option<(TicketKey, i64)>, Error> {
        let scope = self.actor.scope();
        let Some(key) = store::ticket::continued_as(&mut self.tx, scope, &self.ticket).await? else { return Ok(None) };
        let Some(next) = store::ticket::find(&mut self.tx, scope, &key).await? else { return Ok(None) };
        let said = said_already(&mut self.tx, self.actor, &next, body, place, self.backend.now()).await?;
        Ok(said.map(|message_id| (key, message_id)))
    }

    /// Adds a message, with the files that wait at `place`; the draft there has become the message.
    pub(super) async fn say(&mut self, visibility: Visibility, body: &str, place: &str) -> Result<i64, Error> {
        let side = if self.actor.is_staff() { Side::Support } else { Side::Customer };
        self.say_as(side, self.actor.user_id(), visibility, body, place, Mailed::default()).await
    }

    /// The same with another author, a customer who phones, or with what only a mail has.
    pub(super) async fn say_as(
        &mut self,
        side: Side,
        author_id: Option<i64>,
        visibility: Visibility,
        body: &str,
        place: &str,
        mailed: Mailed<'_>,
    ) -> Result<i64, Error> {
        let message = store::message::NewMessage {
            ticket_id: self.ticket.ticket_id,
            visibility,
            side,
            author_id,
            channel: self.channel,
            body,
            at: self.now,
            mailed,
        };
        let message_id = store::message::insert(&mut self.tx, &message).await?;
        store::search::index(&mut self.tx, self.ticket.ticket_id, visibility, body).await?;
        if let Some(user_id) = self.actor.user_id().filter(|_| !place.is_empty()) {
            // Two uploads at the same time may both have found room.
            if store::file::attach(&mut self.tx, user_id, place, message_id).await? > u64::from(FILES_MAX) {
                return super::invalid("files", Problem::TooManyFiles(FILES_MAX));
            }
            store::draft::discard(&mut self.tx, user_id, place).await?;
        }
        Ok(message_id)
    }

    /// Both clocks as of now.
    pub(super) fn clocks(&self) -> ClocksView {
        clocks::of_events(&self.policies, self.events.iter().map(|row| &row.event))
    }

    /// Writes the ticket with its projections; the transaction goes on.
    pub(super) async fn write(&mut self) -> Result<(), Error> {
        let clocks = self.clocks();
        let projection = clocks::project(&self.policy.calendars, &clocks, self.ticket.status, self.now)?;
        store::ticket::update(&mut self.tx, &self.ticket, &projection).await
    }

    /// Writes; what else belongs to the same transaction goes on in it.
    pub(super) async fn close(mut self) -> Result<Tx, Error> {
        self.write().await?;
        Ok(self.tx)
    }

    /// Writes and commits. Once this returns, it has happened.
    pub(super) async fn finish(self) -> Result<(), Error> {
        self.close().await?.commit().await?;
        Ok(())
    }
}

/// The last message of a ticket, if it says just this: by the same person within a minute, without new files at `place`.
async fn said_already(
    tx: &mut Tx,
    actor: &Actor,
    ticket: &TicketRow,
    body: &str,
    place: &str,
    now: Instant,
) -> Result<Option<i64>, Error> {
    let Some(user_id) = actor.user_id() else { return Ok(None) };
    let last = store::message::last(tx, ticket).await?;
    let last = last.filter(|(_, author_id, at, text)| {
        *author_id == Some(user_id) && text == body && now.since(*at) < Millis::MINUTE
    });
    let Some((message_id, ..)) = last else { return Ok(None) };
    let files = store::file::staged(tx, user_id, place).await?;
    Ok(files.is_empty().then_some(message_id))
}
