//! What staff do with mail that is not on a ticket: read it, make a ticket of it, put it on one, put it aside.

use domain::actor::{Actor, Person};
use domain::i18n::Locale;
use domain::mail::{MailKind, MailState};
use domain::problem::Problem;
use domain::ticket::TicketKey;
use domain::view::mail::{HeldPage, HeldView};
use letter::{Letter, Limits};

use super::file;
use super::post::{self, Told};
use crate::desk::file::FileContent;
use crate::desk::ticket::{Placed, Post, raise_by_mail, reply_by_mail};
use crate::store::Tx;
use crate::store::inbound::{HeldRow, Settled};
use crate::store::message::Mailed;
use crate::{Backend, Error, store};

const PAGE: i64 = 50;

/// For staff only; to everyone else none of it exists.
pub(super) fn staff(actor: &Actor) -> Result<&Person, Error> {
    actor.person().filter(|person| person.role.is_staff()).ok_or(Error::NotFound)
}

/// What is in a state, the newest first, and how much waits. `before` is the last page's.
///
/// # Errors
/// [`Error::NotFound`] for customers.
pub async fn held(backend: &Backend, actor: &Actor, state: MailState, before: Option<i64>) -> Result<HeldPage, Error> {
    staff(actor)?;
    let mut db = backend.store().snapshot().await?;
    let rows = store::inbound::held(&mut db, state, before, PAGE + 1).await?;
    let more = rows.len() as i64 > PAGE;
    let mails: Vec<_> = rows.into_iter().take(PAGE as usize).map(|row| row.mail).collect();
    Ok(HeldPage {
        now: backend.now(),
        state,
        before: mails.last().filter(|_| more).map(|mail| mail.inbound_id),
        mails,
        quarantined: store::inbound::count_held(&mut db, MailState::Quarantine).await?,
        suggested: store::inbound::count_suggested(&mut db).await?,
    })
}

/// One of them, as text.
///
/// # Errors
/// [`Error::NotFound`] for customers, and when there is no such mail.
pub async fn read_held(backend: &Backend, actor: &Actor, inbound_id: i64) -> Result<HeldView, Error> {
    staff(actor)?;
    let mut db = backend.store().snapshot().await?;
    let row = store::inbound::held_one(&mut db, inbound_id).await?.ok_or(Error::NotFound)?;
    let handled_by = row.handled.map(|(by, _)| by);
    let people = store::organisation::people(&mut db, row.user_id.into_iter().chain(handled_by)).await?;
    let organisations = store::organisation::list(&mut db).await?;
    let everyone = store::organisation::customers(&mut db).await?;
    drop(db);
    let view = |id: i64| people.get(&id).map(|person| person.view.clone());
    let customers = organisations
        .into_iter()
        .map(|organisation| {
            let of = everyone.iter().filter(|p| p.organisation_id == Some(organisation.organisation_id));
            (organisation.brand, of.map(|person| person.view.clone()).collect())
        })
        .collect();
    let letter = read(backend, &row).await?;
    Ok(HeldView {
        said: letter.said,
        history: letter.history,
        files: letter
            .files
            .into_iter()
            .map(|file| (file.name, i64::try_from(file.bytes.len()).unwrap_or(i64::MAX)))
            .collect(),
        person: row.user_id.and_then(view),
        customers,
        handled: row.handled.and_then(|(by, at)| Some((view(by)?, at))),
        mail: row.mail,
    })
}

/// The letter of a mail that arrived; an empty one when it cannot be read.
pub(super) async fn read(backend: &Backend, row: &HeldRow) -> Result<Letter, Error> {
    let raw = file::load(backend, &row.path).await?;
    let work = move || letter::read(&raw, &Limits::default()).unwrap_or_default();
    Ok(tokio::task::spawn_blocking(work).await.unwrap_or_default())
}

/// Puts it aside: it stays where it is, and waits for nobody.
///
/// # Errors
/// [`Error::NotFound`] for customers, and when it does not wait any more.
pub async fn dismiss(backend: &Backend, actor: &Actor, inbound_id: i64) -> Result<(), Error> {
    let me = staff(actor)?.user_id;
    let mut tx = backend.store().begin().await?;
    let row = store::inbound::held_one(&mut tx, inbound_id).await?.ok_or(Error::NotFound)?;
    if !row.mail.state.is_waiting() || row.mail.state == MailState::Dismissed {
        return Err(Error::NotFound);
    }
    if !store::inbound::take_held(&mut tx, inbound_id, row.mail.state, me, backend.now()).await? {
        return Err(Error::NotFound);
    }
    tx.commit().await?;
    Ok(())
}

/// Makes a ticket of it for a customer; gives its key.
///
/// # Errors
/// [`Error::NotFound`] for customers, and when it does not wait any more; [`Problem::NoSuchPerson`] on `requester` unless it is
/// an active customer.
pub async fn raise_for(backend: &Backend, actor: &Actor, inbound_id: i64, requester_id: i64) -> Result<String, Error> {
    let me = staff(actor)?.user_id;
    let (row, requester) = {
        let mut db = backend.store().snapshot().await?;
        let row = store::inbound::held_one(&mut db, inbound_id).await?.ok_or(Error::NotFound)?;
        let mut people = store::organisation::people(&mut db, [requester_id]).await?;
        (row, people.remove(&requester_id).filter(|person| person.active))
    };
    let customer = requester.and_then(|person| Some((person.organisation_id?, person)));
    let Some((organisation_id, requester)) = customer else {
        return Err(Error::invalid("requester", Problem::NoSuchPerson));
    };
    let locale = requester.locale.unwrap_or_default();
    let held = Held::load(backend, row, locale).await?;
    let tx = held.take(backend, me).await?;
    let own = held.row.mail.from_email == requester.email;
    let post = held.post(me, Some(requester_id), own);
    let subject = post::subject(&held.letter, locale);
    let who = (organisation_id, requester_id);
    let (tx, placed) = raise_by_mail(backend, actor, tx, who, &subject, &post).await?;
    held.settle(tx, placed).await
}

/// Puts it on a ticket, as a message of whoever wrote it; gives the ticket's key.
///
/// # Errors
/// [`Error::NotFound`] for customers, and when it does not wait any more; [`Problem::NoSuchTicket`] on `key`;
/// [`Error::Refused`] when that one is closed.
pub async fn put_on_ticket(backend: &Backend, actor: &Actor, inbound_id: i64, key: &str) -> Result<String, Error> {
    let me = staff(actor)?.user_id;
    let no_such =
        || Error::invalid("key", if key.trim().is_empty() { Problem::Required } else { Problem::NoSuchTicket });
    let key = TicketKey::parse(key.trim()).ok_or_else(no_such)?;
    let (row, author) = {
        let mut db = backend.store().snapshot().await?;
        let row = store::inbound::held_one(&mut db, inbound_id).await?.ok_or(Error::NotFound)?;
        let ticket = store::ticket::find(&mut db, actor.scope(), &key).await?.ok_or_else(no_such)?;
        let sender = store::inbound::sender(&mut db, &row.mail.from_email).await?;
        // Theirs only when they could have put it there themselves.
        let mut author = sender.filter(|row| row.active && row.person.organisation_id.is_some());
        if let Some(row) = &author {
            let scope = Actor::Person(row.person.clone()).scope();
            if store::ticket::key_of(&mut db, scope, ticket.ticket_id).await?.is_none() {
                author = None;
            }
        }
        (row, author.map(|row| row.person))
    };
    let locale = author.as_ref().map_or_else(Locale::default, |person| person.locale);
    let held = Held::load(backend, row, locale).await?;
    let tx = held.take(backend, me).await?;
    let post = held.post(me, author.as_ref().map(|person| person.user_id), author.is_some());
    let (tx, placed) = reply_by_mail(backend, actor, tx, &key, &post).await?;
    held.settle(tx, placed).await
}

/// The message as it arrived, whatever became of it.
///
/// # Errors
/// [`Error::NotFound`] for customers, and when there is no such mail.
pub async fn open_raw(backend: &Backend, actor: &Actor, inbound_id: i64) -> Result<FileContent, Error> {
    staff(actor)?;
    let mut db = backend.store().snapshot().await?;
    let row = store::inbound::held_one(&mut db, inbound_id).await?.ok_or(Error::NotFound)?;
    Ok(FileContent {
        name: ["message-", &inbound_id.to_string(), ".eml"].concat(),
        media_type: "message/rfc822".to_owned(),
        bytes: row.mail.bytes,
        path: backend.config().files().join(row.path),
    })
}

/// A waiting mail on its way to a ticket, with its files on the disk.
pub(super) struct Held {
    pub(super) row: HeldRow,
    pub(super) letter: Letter,
    told: Told,
}

impl Held {
    pub(super) async fn load(backend: &Backend, row: HeldRow, locale: Locale) -> Result<Self, Error> {
        if !row.mail.state.is_waiting() {
            return Err(Error::NotFound);
        }
        let mut letter = read(backend, &row).await?;
        let told = post::told(backend, &mut letter, locale).await?;
        Ok(Self { row, letter, told })
    }

    /// Begins, unless somebody else was first.
    async fn take(&self, backend: &Backend, by: i64) -> Result<Tx, Error> {
        let mut tx = backend.store().begin().await?;
        self.take_in(&mut tx, backend, by).await?;
        Ok(tx)
    }

    pub(super) async fn take_in(&self, tx: &mut Tx, backend: &Backend, by: i64) -> Result<(), Error> {
        let mail = &self.row.mail;
        let taken = store::inbound::take_held(tx, mail.inbound_id, mail.state, by, backend.now()).await?;
        if taken { Ok(()) } else { Err(Error::NotFound) }
    }

    /// `own`: it was sent from the author's own address.
    pub(super) fn post(&self, uploader_id: i64, author_id: Option<i64>, own: bool) -> Post<'_> {
        let mail = &self.row.mail;
        Post {
            body: &self.told.body,
            files: &self.told.files,
            uploader_id,
            author_id,
            copied: &[],
            mailed: Mailed {
                history: &self.told.history,
                inbound_id: Some(mail.inbound_id),
                unverified: !mail.verified || !own,
                automatic: match mail.kind {
                    // A person after all, says whoever puts it on a ticket.
                    MailKind::Person | MailKind::Flood => "",
                    kind => kind.slug(),
                },
                sender: if own { "" } else { &mail.from_email },
            },
        }
    }

    async fn settle(&self, mut tx: Tx, placed: Placed) -> Result<String, Error> {
        self.settle_in(&mut tx, &placed).await?;
        tx.commit().await?;
        Ok(placed.key)
    }

    pub(super) async fn settle_in(&self, tx: &mut Tx, placed: &Placed) -> Result<(), Error> {
        let settled = Settled {
            state: MailState::Delivered,
            reason: None,
            ticket_id: Some(placed.ticket_id),
            entry_id: Some(placed.message_id),
        };
        store::inbound::settle(tx, self.row.mail.inbound_id, settled).await
    }
}
