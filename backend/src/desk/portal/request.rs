//! `/requests/{key}`: one request as its customer sees it. Nothing internal is even read.

use domain::actor::Actor;
use domain::i18n::Locale;
use domain::ticket::{Change, TicketKey, request_can};
use domain::view::portal::RequestView;
use domain::view::{EventView, FieldAnswer};

use crate::desk::ticket::{standing, stored_clocks};
use crate::desk::{draft, thread};
use crate::store::event::Audience;
use crate::{Backend, Error, policy, store};

/// One request; reading it marks it as read, and what was told of it.
///
/// # Errors
/// [`Error::NotFound`] when there is none of that key in the actor's scope, and for staff.
pub async fn request(backend: &Backend, actor: &Actor, locale: Locale, key: &str) -> Result<RequestView, Error> {
    let (person, _) = crate::desk::customer(actor)?;
    let key = TicketKey::parse(key).ok_or(Error::NotFound)?;
    let now = backend.now();
    let mut db = backend.store().snapshot().await?;
    let ticket = store::ticket::find(&mut db, actor.scope(), &key).await?.ok_or(Error::NotFound)?;
    let mut thread = thread::load(&mut db, &ticket, Audience::Customer, None).await?;
    let policy = policy::load(backend, &mut db, ticket.policy_version_id).await?;
    let linked = store::ticket::linked(&mut db, actor.scope(), &ticket).await?;
    let answers = store::ticket::answers(&mut db, &ticket).await?;
    let form_title = store::form::title(&mut db, ticket.form_id, locale).await?;
    let members = store::organisation::members(&mut db, ticket.organisation_id).await?;
    let key = ticket.key.to_string();
    let draft = draft::view(&mut db, person.user_id, &["reply/", &key].concat()).await?;
    let seen = store::ticket::seen(&mut db, &ticket, person.user_id).await?;
    let mut clocks = stored_clocks(&ticket)?;
    let policy = policy.view_of(&mut clocks, ticket.created_at, now);
    drop(db);
    mark_read(backend, &ticket, person.user_id, seen, ticket.last_public_event_id).await;

    let standing = standing(&ticket, person, &thread.participants);
    let takes_part = |id: i64| id == ticket.requester_id || thread.participants.contains(&id);
    let colleagues = members.into_iter().map(|member| member.view).filter(|member| !takes_part(member.id)).collect();
    let events = std::mem::take(&mut thread.events).into_iter();
    let events = events.map(|row| thread.event(row));
    let events = events.filter_map(|event| only_visible_keys(event, &linked)).collect();
    let messages = std::mem::take(&mut thread.messages);
    let english_or_dutch = |[english, dutch]: [(String, String); 2]| match locale {
        Locale::English => english,
        Locale::Dutch => dutch,
    };
    Ok(RequestView {
        now,
        key,
        version: ticket.last_public_event_id,
        status: ticket.status,
        close_reason: ticket.close_reason,
        priority: ticket.priority,
        confidential: ticket.confidential,
        requester: thread.person(ticket.requester_id).ok_or(Error::NotFound)?,
        requester_is_me: standing.requester,
        participants: thread.participants.iter().filter_map(|id| thread.person(*id)).collect(),
        colleagues,
        agent: ticket.assignee_id.and_then(|id| thread.person(id)),
        form_title,
        answers: answers.into_iter().map(english_or_dutch).map(|(label, value)| FieldAnswer { label, value }).collect(),
        created_at: ticket.created_at,
        clocks,
        policy,
        messages: messages.into_iter().map(|row| thread.message(row)).collect(),
        events,
        question: ticket.question_id,
        can: request_can(ticket.status, ticket.milestones(), standing, now),
        draft,
        linked,
        just_sent: false,
        subject: ticket.subject,
    })
}

/// A key that the reader may not see is not said: a duplicate of a colleague's confidential ticket is just a duplicate.
fn only_visible_keys(mut event: EventView, visible: &[String]) -> Option<EventView> {
    match &mut event.change {
        Change::Linked { key } if !visible.contains(key) => return None,
        Change::Closed { duplicate_of, .. } => {
            duplicate_of.take_if(|key| !visible.contains(key));
        }
        _ => {}
    }
    Some(event)
}

/// The ticket was read up to an event, and what was told of it with it. Reading must not fail because this could not be
/// written.
pub(in crate::desk) async fn mark_read(
    backend: &Backend,
    ticket: &store::ticket::TicketRow,
    user_id: i64,
    seen: store::ticket::Seen,
    last_event_id: i64,
) {
    if seen.event_id >= last_event_id && seen.notices == 0 {
        return;
    }
    let write = async {
        let mut tx = backend.store().begin().await?;
        store::ticket::mark_read(&mut tx, ticket.ticket_id, user_id, last_event_id).await?;
        if seen.notices > 0 {
            let notices = store::notification::Read::Ticket(ticket.ticket_id);
            store::notification::mark_read(&mut tx, user_id, notices, backend.now()).await?;
        }
        tx.commit().await.map_err(Error::from)
    };
    if let Err(error) = write.await {
        tracing::warn!(%error, "could not mark a ticket as read");
    }
}
