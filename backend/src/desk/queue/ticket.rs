//! `/desk/{key}`: one ticket with everything about it.

use domain::actor::{Actor, Scope};
use domain::i18n::Locale;
use domain::mail::MailKind;
use domain::ticket::desk_can;
use domain::view::FieldAnswer;
use domain::view::desk::{DeskTicketView, NoteView, ThreadItem};
use domain::view::mail::MailOrigin;

use crate::desk::portal::mark_read;
use crate::desk::thread::Thread;
use crate::desk::ticket::stored_clocks;
use crate::desk::{draft, thread};
use crate::store::event::Audience;
use crate::store::message::MessageRow;
use crate::{Backend, Error, policy, store};

/// Other tickets of the organisation that are shown beside.
const OTHERS: i64 = 8;

/// One ticket; reading it marks it as read, and what was told of it.
///
/// # Errors
/// [`Error::NotFound`] for customers, and when there is none of that key.
pub async fn ticket(backend: &Backend, actor: &Actor, locale: Locale, key: &str) -> Result<DeskTicketView, Error> {
    let me = super::staff(actor)?.user_id;
    let key = super::key(key)?;
    let now = backend.now();
    let mut db = backend.store().snapshot().await?;
    let ticket = store::ticket::find(&mut db, Scope::All, &key).await?.ok_or(Error::NotFound)?;
    let organisation = store::organisation::find(&mut db, ticket.organisation_id).await?.ok_or(Error::NotFound)?;
    let mut thread = thread::load(&mut db, &ticket, Audience::Staff, organisation.account_manager_id).await?;
    let policy = policy::load(backend, &mut db, ticket.policy_version_id).await?;
    let key = ticket.key.to_string();
    let answers = store::ticket::answers(&mut db, &ticket).await?;
    let form_title = store::form::title(&mut db, ticket.form_id, locale).await?;
    let agents = super::views(store::organisation::staff(&mut db).await?);
    let others = store::list::others(&mut db, ticket.organisation_id, ticket.ticket_id, OTHERS).await?;
    let organisation_open = store::list::open_of(&mut db, ticket.organisation_id).await?;
    let linked = store::ticket::linked(&mut db, Scope::All, &ticket).await?;
    let on_it = thread.participants.iter().copied().chain([ticket.requester_id]);
    let bounced = store::inbound::bounced(&mut db, on_it).await?;
    let draft = draft::view(&mut db, me, &["desk/", &key].concat()).await?;
    let seen = store::ticket::seen(&mut db, &ticket, me).await?;
    let mut clocks = stored_clocks(&ticket)?;
    let policy = policy.view_of(&mut clocks, ticket.created_at, now);
    drop(db);
    mark_read(backend, &ticket, me, seen, ticket.last_event_id).await;

    let events = std::mem::take(&mut thread.events).into_iter();
    let events = events.map(|row| thread.event(row)).collect();
    let messages = std::mem::take(&mut thread.messages);
    let mails = messages.iter().filter_map(origin).collect();
    let requester = thread.people.get(&ticket.requester_id).ok_or(Error::NotFound)?;
    Ok(DeskTicketView {
        now,
        key,
        version: ticket.last_event_id,
        status: ticket.status,
        close_reason: ticket.close_reason,
        priority: ticket.priority,
        channel: ticket.channel,
        confidential: ticket.confidential,
        organisation: organisation.brand,
        organisation_open,
        organisation_note: organisation.note,
        account_manager: organisation.account_manager_id.and_then(|id| thread.person(id)),
        requester: requester.view.clone(),
        requester_email: requester.email.clone(),
        participants: thread.participants.iter().filter_map(|id| thread.person(*id)).collect(),
        assignee: ticket.assignee_id.and_then(|id| thread.person(id)),
        agents,
        form_title,
        answers: answers
            .into_iter()
            .map(|[english, dutch]| match locale {
                Locale::English => english,
                Locale::Dutch => dutch,
            })
            .map(|(label, value)| FieldAnswer { label, value })
            .collect(),
        created_at: ticket.created_at,
        clocks,
        policy,
        mails,
        bounced,
        thread: messages.into_iter().map(|row| item(&mut thread, row)).collect(),
        events,
        question: ticket.question_id,
        others,
        linked,
        can: desk_can(ticket.status, ticket.milestones(), now),
        draft,
        subject: ticket.subject,
    })
}

/// Where a message came from, if it came by mail.
fn origin(row: &MessageRow) -> Option<MailOrigin> {
    let inbound_id = row.inbound_id?;
    let kind = MailKind::from_slug(&row.automatic).unwrap_or_default();
    Some(MailOrigin { message_id: row.message_id, inbound_id, sender: row.sender.clone(), kind })
}

fn item(thread: &mut Thread, row: MessageRow) -> ThreadItem {
    let internal = row.internal;
    let message = thread.message(row);
    if !internal {
        return ThreadItem::Message(message);
    }
    ThreadItem::Note(NoteView {
        id: message.id,
        at: message.at,
        author_id: message.author_id,
        author: message.author,
        body: message.body,
        history: message.history,
        files: message.files,
    })
}
