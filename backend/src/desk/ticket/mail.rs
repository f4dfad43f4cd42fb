//! What mail does to tickets, within the transaction in which it arrives. The moves are those of every other channel; whose
//! mail it is and which ticket it is for has been decided in `desk::mail`.

use domain::actor::{Actor, Person, Scope};
use domain::i18n::Locale;
use domain::ticket::{Change, Channel, Move, MoveRefused, Priority, TicketKey, Visibility};
use domain::view::Side;

use super::Replied;
use super::customer::follow_up;
use super::raise::{New, create};
use super::work::Work;
use crate::store::Tx;
use crate::store::message::Mailed;
use crate::{Backend, Error, store};

/// Of a request that was mailed: nobody chose one. Medium, because an agent reads it within the hour of review either way,
/// and a problem that waits for a Low's three days is worse than a question that is answered in two. An agent corrects it.
const PRIORITY: Priority = Priority::Medium;
/// The shared form for what fits no other.
const FORM: &str = "question";
/// Colleagues who are added because a mail went to them too; a longer list is no conversation.
const COPIED_MAX: usize = 20;

/// A file that came with a mail; its bytes are on the disk.
#[derive(Clone, Debug)]
pub(in crate::desk) struct Enclosed {
    pub(in crate::desk) name: String,
    pub(in crate::desk) media_type: String,
    pub(in crate::desk) bytes: i64,
    pub(in crate::desk) sha256: String,
    pub(in crate::desk) path: String,
    pub(in crate::desk) content_id: String,
}

/// A mail as a ticket takes it.
pub(in crate::desk) struct Post<'a> {
    pub(in crate::desk) body: &'a str,
    pub(in crate::desk) files: &'a [Enclosed],
    /// Whoever's files they are: a customer, or the agent who put the mail there.
    pub(in crate::desk) uploader_id: i64,
    /// `None`: nobody we know, see `mailed.sender`.
    pub(in crate::desk) author_id: Option<i64>,
    /// Colleagues whom it was sent to as well, with what each may see.
    pub(in crate::desk) copied: &'a [Person],
    pub(in crate::desk) mailed: Mailed<'a>,
}

/// Where it went.
pub(in crate::desk) struct Placed {
    pub(in crate::desk) key: String,
    pub(in crate::desk) ticket_id: i64,
    pub(in crate::desk) message_id: i64,
}

/// An answer: ends a pause, reopens what was resolved; on a closed ticket it goes to the one that continues it, which is made
/// where there is none.
///
/// # Errors
/// [`Error::NotFound`] outside the actor's scope; [`Error::Refused`] when staff put it on a closed ticket.
pub(in crate::desk) async fn reply_by_mail(
    backend: &Backend,
    actor: &Actor,
    tx: Tx,
    key: &TicketKey,
    post: &Post<'_>,
) -> Result<(Tx, Placed), Error> {
    let mut work = Work::lock(backend, actor, actor.scope(), Channel::Mail, tx, key).await?;
    let mut step = work.step(Move::CustomerReply);
    if matches!(step, Err(Error::Refused(MoveRefused::Closed | MoveRefused::TooLate))) && !actor.is_staff() {
        // Two answers to the same old mail belong together.
        match store::ticket::continued_as(&mut work.tx, actor.scope(), &work.ticket).await? {
            Some(key) => {
                work = Work::lock(backend, actor, actor.scope(), Channel::Mail, work.tx, &key).await?;
                step = work.step(Move::CustomerReply);
            }
            None => return follow(work, post).await,
        }
        if step.is_err() {
            return follow(work, post).await;
        }
    }
    step?;
    let message_id =
        work.say_as(Side::Customer, post.author_id, Visibility::Public, post.body, "", post.mailed).await?;
    enclose(&mut work, message_id, post).await?;
    work.record(Change::Replied { message_id }).await?;
    copy(&mut work, post).await?;
    done(work, message_id).await
}

async fn follow(work: Work<'_>, post: &Post<'_>) -> Result<(Tx, Placed), Error> {
    let (backend, actor) = (work.backend, work.actor);
    let (tx, Replied { key, message_id, .. }) = follow_up(work, post.body, "", post.mailed).await?;
    let key = TicketKey::parse(&key).ok_or_else(|| Error::internal("a key that is none"))?;
    let mut work = Work::lock(backend, actor, Scope::All, Channel::Mail, tx, &key).await?;
    enclose(&mut work, message_id, post).await?;
    copy(&mut work, post).await?;
    done(work, message_id).await
}

/// A new ticket.
///
/// # Errors
/// [`Error::NotFound`] for an organisation that does not exist.
pub(in crate::desk) async fn raise_by_mail(
    backend: &Backend,
    actor: &Actor,
    mut tx: Tx,
    (organisation_id, requester_id): (i64, i64),
    subject: &str,
    post: &Post<'_>,
) -> Result<(Tx, Placed), Error> {
    let forms = store::form::list(&mut tx, organisation_id, Locale::English).await?;
    let form = forms.iter().find(|form| form.slug == FORM).or(forms.first());
    let form_id = form.ok_or_else(|| Error::internal("an organisation without a form"))?.form_id;
    let new = New {
        organisation_id,
        requester_id,
        form_id,
        subject,
        body: post.body,
        priority: PRIORITY,
        answers: &[],
        place: "",
        channel: Channel::Mail,
        mailed: post.mailed,
    };
    let (mut work, message_id) = create(backend, actor, tx, new).await?;
    enclose(&mut work, message_id, post).await?;
    copy(&mut work, post).await?;
    done(work, message_id).await
}

/// A mail that no person wrote: staff find it on the ticket, nothing moves and nobody is told.
///
/// # Errors
/// [`Error::NotFound`] when there is no such ticket.
pub(in crate::desk) async fn keep_automatic(
    backend: &Backend,
    tx: Tx,
    key: &TicketKey,
    author_id: Option<i64>,
    body: &str,
    mailed: Mailed<'_>,
) -> Result<(Tx, Placed), Error> {
    let mut work = Work::lock(backend, &Actor::System, Scope::All, Channel::Mail, tx, key).await?;
    let message_id = work.say_as(Side::Customer, author_id, Visibility::Internal, body, "", mailed).await?;
    work.record(Change::AutomaticMail { message_id }).await?;
    done(work, message_id).await
}

/// A mail of an agent: a note to colleagues. Answers to customers are given at the desk, where one sees whom they go to.
///
/// # Errors
/// [`Error::NotFound`] when there is no such ticket.
pub(in crate::desk) async fn note_by_mail(
    backend: &Backend,
    actor: &Actor,
    tx: Tx,
    key: &TicketKey,
    post: &Post<'_>,
) -> Result<(Tx, Placed), Error> {
    let mut work = Work::lock(backend, actor, Scope::All, Channel::Mail, tx, key).await?;
    let message_id =
        work.say_as(Side::Support, post.author_id, Visibility::Internal, post.body, "", post.mailed).await?;
    enclose(&mut work, message_id, post).await?;
    work.record(Change::Noted { message_id }).await?;
    done(work, message_id).await
}

async fn done(work: Work<'_>, message_id: i64) -> Result<(Tx, Placed), Error> {
    let (key, ticket_id) = (work.ticket.key.to_string(), work.ticket.ticket_id);
    Ok((work.close().await?, Placed { key, ticket_id, message_id }))
}

async fn enclose(work: &mut Work<'_>, message_id: i64, post: &Post<'_>) -> Result<(), Error> {
    for file in post.files {
        let row = store::file::NewFile {
            uploader_id: post.uploader_id,
            place: "",
            name: &file.name,
            media_type: &file.media_type,
            bytes: file.bytes,
            sha256: &file.sha256,
            path: &file.path,
            now: work.now,
        };
        store::file::insert_sent(&mut work.tx, &row, message_id, &file.content_id).await?;
    }
    Ok(())
}

/// Colleagues whom the mail went to take part from now on, as far as they may see the ticket anyway.
async fn copy(work: &mut Work<'_>, post: &Post<'_>) -> Result<(), Error> {
    for person in post.copied.iter().take(COPIED_MAX) {
        let (user_id, organisation_id) = (person.user_id, person.organisation_id);
        if user_id == work.ticket.requester_id || organisation_id != Some(work.ticket.organisation_id) {
            continue;
        }
        let scope = Actor::Person(person.clone()).scope();
        let ticket_id = work.ticket.ticket_id;
        if store::ticket::key_of(&mut work.tx, scope, ticket_id).await?.is_some()
            && store::ticket::add_participant(&mut work.tx, &work.ticket, user_id).await?
        {
            work.record(Change::ParticipantAdded { user_id, name: person.name.clone() }).await?;
        }
    }
    Ok(())
}
