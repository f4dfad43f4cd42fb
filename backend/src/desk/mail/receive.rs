//! A message arrives: on the disk, read, and then everything it becomes in one transaction.

use domain::actor::{Actor, Person};
use domain::mail::{MailKind, MailReason, MailState};
use letter::{Letter, Limits, Refusal};

use super::matching::{self, Match};
use super::post::{self, Told};
use super::sender::{self, Sender};
use super::stranger::{self, Say};
use super::{Arrival, Door, Received, file};
use crate::desk::ticket::{Placed, Post, keep_automatic, note_by_mail, raise_by_mail, reply_by_mail};
use crate::store::Tx;
use crate::store::inbound::{NewInbound, Settled};
use crate::store::message::Mailed;
use crate::{Backend, Error, store};

/// Recipients of one mail that are looked up.
const COPIED_LOOKED_AT: usize = 40;

/// What reading gave.
enum Reading {
    Letter(Box<Letter>),
    /// Beyond the limits, with what its header alone says.
    Refused(Refusal, Box<Letter>),
    /// The reader failed: a fault of ours, so nobody's message is turned away for it.
    Failed,
}

/// Takes a message in. When this returns, all that it becomes is committed; the same message again changes nothing.
///
/// # Errors
/// [`Error::Unavailable`] and [`Error::Internal`] when it could not be taken now: whoever brings it keeps it and tries again.
pub async fn receive(backend: &Backend, arrival: &Arrival) -> Result<Received, Error> {
    let stored = file::store(backend, arrival.raw.clone()).await?;
    match read(arrival.raw.clone()).await {
        Reading::Letter(letter) => take(backend, arrival, &stored, *letter).await,
        Reading::Refused(refusal, header) => refuse(backend, arrival, &stored, refusal, &header).await,
        Reading::Failed => {
            tracing::error!(sha256 = stored.sha256, "a message could not be read; it is in quarantine");
            let identity = ["unreadable ", &stored.sha256].concat();
            let letter = Letter { identity, ..Letter::default() };
            let settled = held(MailState::Quarantine, MailReason::Unreadable, None);
            hold(backend, arrival, &stored, &letter, settled).await
        }
    }
}

async fn read(raw: bytes::Bytes) -> Reading {
    let work = move || match letter::read(&raw, &Limits::default()) {
        Ok(letter) => Reading::Letter(Box::new(letter)),
        Err(refusal) => {
            let mut header = letter::read(header(&raw), &Limits::default()).unwrap_or_default();
            header.identity.clear();
            Reading::Refused(refusal, Box::new(header))
        }
    };
    tokio::task::spawn_blocking(work).await.unwrap_or(Reading::Failed)
}

/// A message without its body: who wrote it can be read even when the whole cannot.
fn header(raw: &[u8]) -> &[u8] {
    let end = raw.windows(4).position(|four| four == b"\r\n\r\n").map(|at| at + 4);
    let end = end.or_else(|| raw.windows(2).position(|two| two == b"\n\n").map(|at| at + 2));
    &raw[..end.unwrap_or(raw.len()).min(100_000)]
}

const fn held(state: MailState, reason: MailReason, ticket_id: Option<i64>) -> Settled {
    Settled { state, reason: Some(reason), ticket_id, entry_id: None }
}

/// Writes that it arrived; `None` when it had arrived before.
async fn arrive(
    tx: &mut Tx,
    backend: &Backend,
    arrival: &Arrival,
    stored: &file::Stored,
    letter: &Letter,
    (kind, verified): (MailKind, bool),
    sender: &Sender,
) -> Result<Option<i64>, Error> {
    let from = letter.from.clone().unwrap_or_default();
    let organisation_id = match sender {
        Sender::Known(person) => person.organisation_id,
        Sender::OfDomain(organisation_id) => Some(*organisation_id),
        _ => None,
    };
    let new = NewInbound {
        mailbox: &arrival.mailbox,
        identity: &identity(letter),
        door: arrival.door.slug(),
        message_id: &fit(letter.message_id.as_deref().unwrap_or_default(), 400),
        from_email: &fit(&from.address, 254),
        from_name: &fit(&from.name, 200),
        subject: &fit(&letter.subject, 500),
        sha256: &stored.sha256,
        bytes: stored.bytes,
        path: &stored.path,
        now: backend.now(),
        kind,
        verified,
        user_id: sender.person().map(|person| person.user_id),
        organisation_id,
    };
    store::inbound::insert(tx, &new).await
}

/// What makes it arrive once. An id may be as long as a line; an index takes no such key.
fn identity(letter: &Letter) -> String {
    let identity = fit(&letter.identity, usize::MAX);
    if identity.len() <= 500 { identity } else { file::sha256(identity.as_bytes()) }
}

/// What others wrote, fit for a column: PostgreSQL takes no NUL, and its indexes no endless key.
fn fit(text: &str, most: usize) -> String {
    text.chars().filter(|c| !c.is_control()).take(most).collect()
}

/// What became of a message that arrived before.
async fn again(tx: &mut Tx, arrival: &Arrival, letter: &Letter, refusal: Option<Refusal>) -> Result<Received, Error> {
    let settled = store::inbound::settled(tx, &arrival.mailbox, &identity(letter)).await?;
    let (state, key) = settled.ok_or_else(|| Error::internal("a message that is there and is not"))?;
    let refusal = refusal.filter(|_| state == MailState::Refused);
    Ok(Received { state, key: (!key.is_empty()).then_some(key), again: true, refusal })
}

async fn refuse(
    backend: &Backend,
    arrival: &Arrival,
    stored: &file::Stored,
    refusal: Refusal,
    header: &Letter,
) -> Result<Received, Error> {
    let letter = Letter { identity: ["refused ", &stored.sha256].concat(), ..header.clone() };
    let mut tx = backend.store().begin().await?;
    let sender = sender::find(&mut tx, &letter).await?;
    let kind = sender::kind(backend, &mut tx, &letter, arrival).await?;
    let who = (kind, sender::verified(backend, &letter));
    let Some(inbound_id) = arrive(&mut tx, backend, arrival, stored, &letter, who, &sender).await? else {
        return again(&mut tx, arrival, &letter, Some(refusal)).await;
    };
    let settled = held(MailState::Refused, MailReason::BeyondLimits, None);
    store::inbound::settle(&mut tx, inbound_id, settled).await?;
    // The other doors say it to whoever is connected to them.
    if arrival.door == Door::Imap {
        stranger::answer(backend, &mut tx, &letter, arrival, kind, Say::Refused).await?;
    }
    tx.commit().await?;
    tracing::info!(inbound_id, %refusal, "a message was refused");
    Ok(Received { state: MailState::Refused, key: None, again: false, refusal: Some(refusal) })
}

/// Only writes that it arrived, and what is to be done about it.
async fn hold(
    backend: &Backend,
    arrival: &Arrival,
    stored: &file::Stored,
    letter: &Letter,
    settled: Settled,
) -> Result<Received, Error> {
    let mut tx = backend.store().begin().await?;
    let who = (MailKind::Person, false);
    let Some(inbound_id) = arrive(&mut tx, backend, arrival, stored, letter, who, &Sender::Nobody).await? else {
        return again(&mut tx, arrival, letter, None).await;
    };
    store::inbound::settle(&mut tx, inbound_id, settled).await?;
    tx.commit().await?;
    Ok(Received { state: settled.state, key: None, again: false, refusal: None })
}

/// A letter that could be read.
async fn take(
    backend: &Backend,
    arrival: &Arrival,
    stored: &file::Stored,
    mut letter: Letter,
) -> Result<Received, Error> {
    let verified = sender::verified(backend, &letter);
    // Files are on the disk before the transaction begins: others wait while it lasts.
    let (likely, kind) = {
        let mut snapshot = backend.store().snapshot().await?;
        let kind = sender::kind(backend, &mut snapshot, &letter, arrival).await?;
        (sender::find(&mut snapshot, &letter).await?, kind)
    };
    let told = match likely.person() {
        Some(person) if kind == MailKind::Person => post::told(backend, &mut letter, person.locale).await?,
        _ => post::told_plain(&letter, domain::i18n::Locale::default()),
    };

    let mut tx = backend.store().begin().await?;
    let sender = sender::find(&mut tx, &letter).await?;
    // Whoever got an account within these milliseconds: the files are not on the disk, so the message comes again.
    if sender.person().is_some() && likely.person().is_none() {
        return Err(Error::Unavailable);
    }
    let floods = kind == MailKind::Person && sender::floods(backend, &mut tx, &letter, verified).await?;
    let kind = if floods { MailKind::Flood } else { kind };
    let Some(inbound_id) = arrive(&mut tx, backend, arrival, stored, &letter, (kind, verified), &sender).await? else {
        return again(&mut tx, arrival, &letter, None).await;
    };
    let found = matching::find(&mut tx, &letter, &arrival.envelope_to, &sender).await?;
    let mail = Incoming { backend, arrival, letter: &letter, told: &told, kind, verified, inbound_id };
    let (mut tx, settled, key) = if kind == MailKind::Person {
        mail.take_of_person(tx, sender, found).await?
    } else {
        mail.automatic(tx, &sender, found).await?
    };
    store::inbound::settle(&mut tx, inbound_id, settled).await?;
    tx.commit().await?;
    tracing::info!(inbound_id, state = settled.state.slug(), kind = kind.slug(), key, "a message arrived");
    Ok(Received { state: settled.state, key, again: false, refusal: None })
}

/// A letter on its way to where it belongs.
struct Incoming<'a> {
    backend: &'a Backend,
    arrival: &'a Arrival,
    letter: &'a Letter,
    told: &'a Told,
    kind: MailKind,
    verified: bool,
    inbound_id: i64,
}

type Done = (Tx, Settled, Option<String>);

impl Incoming<'_> {
    fn mailed(&self) -> Mailed<'_> {
        Mailed {
            history: &self.told.history,
            inbound_id: Some(self.inbound_id),
            unverified: !self.verified,
            automatic: if self.kind == MailKind::Person { "" } else { self.kind.slug() },
            sender: "",
        }
    }

    /// Kept for staff on the ticket it is about, or only as what arrived.
    async fn automatic(&self, mut tx: Tx, sender: &Sender, found: Option<Match>) -> Result<Done, Error> {
        self.mark_bounced(&mut tx).await?;
        let Some(found) = found else {
            return Ok((tx, held(MailState::Kept, MailReason::Automatic, None), None));
        };
        let address = self.letter.from.as_ref().map_or("", |from| from.address.as_str());
        let author_id = sender.person().map(|person| person.user_id);
        let mailed = Mailed { sender: if author_id.is_some() { "" } else { address }, ..self.mailed() };
        let kept = keep_automatic(self.backend, tx, &found.key, author_id, &self.told.body, mailed).await?;
        Ok(delivered(kept))
    }

    /// An address whose mail came back for good is marked, but only by whoever has the Message-ID of a mail that we sent there:
    /// 128 random bits that nobody else knows.
    async fn mark_bounced(&self, tx: &mut Tx) -> Result<(), Error> {
        let dsns = self.letter.automatic.iter().flat_map(|automatic| &automatic.dsns);
        for dsn in dsns.filter(|dsn| dsn.is_hard()).take(20) {
            let Some(id) = &dsn.original_message_id else { continue };
            if let Some((_, _, to_email)) = store::inbound::sent(tx, id).await? {
                let said = fit(&dsn.diagnostic, 500);
                store::inbound::mark_bounced(tx, &to_email, &said, self.backend.now()).await?;
            }
        }
        Ok(())
    }

    async fn take_of_person(&self, tx: Tx, sender: Sender, found: Option<Match>) -> Result<Done, Error> {
        match sender {
            Sender::Known(person) => match person.organisation_id {
                Some(organisation_id) => self.take_of_customer(tx, person, organisation_id, found).await,
                None => self.take_of_staff(tx, person, found).await,
            },
            Sender::OfDomain(organisation_id) => self.take_of_domain(tx, organisation_id, found).await,
            Sender::Deactivated => self.quarantine(tx, MailReason::Deactivated, found).await,
            Sender::Unknown if found.is_some() => self.quarantine(tx, MailReason::UnknownOnTicket, found).await,
            Sender::Unknown => self.quarantine(tx, MailReason::UnknownSender, None).await,
            Sender::Nobody => self.quarantine(tx, MailReason::NoSender, found).await,
        }
    }

    async fn take_of_customer(
        &self,
        mut tx: Tx,
        person: Person,
        organisation_id: i64,
        found: Option<Match>,
    ) -> Result<Done, Error> {
        let copied = if self.verified { self.copied(&mut tx, &person).await? } else { Vec::new() };
        if self.verified {
            store::inbound::clear_bounced(&mut tx, person.user_id).await?;
        }
        let user_id = person.user_id;
        let subject = post::subject(self.letter, person.locale);
        let actor = Actor::Person(person);
        let post = self.post(user_id, &copied);
        let placed = match found {
            Some(found) => reply_by_mail(self.backend, &actor, tx, &found.key, &post).await?,
            None => raise_by_mail(self.backend, &actor, tx, (organisation_id, user_id), &subject, &post).await?,
        };
        Ok(delivered(placed))
    }

    /// What an agent mails onto a ticket is a note, and only when it is really theirs.
    async fn take_of_staff(&self, tx: Tx, person: Person, found: Option<Match>) -> Result<Done, Error> {
        let Some(found) = found.as_ref().filter(|_| self.verified) else {
            return self.quarantine(tx, MailReason::Staff, found).await;
        };
        let user_id = person.user_id;
        let actor = Actor::Person(person);
        let placed = note_by_mail(self.backend, &actor, tx, &found.key, &self.post(user_id, &[])).await?;
        Ok(delivered(placed))
    }

    /// Someone new at an organisation, as it seems: an account manager says whether it is so.
    async fn take_of_domain(&self, mut tx: Tx, organisation_id: i64, found: Option<Match>) -> Result<Done, Error> {
        let from = self.letter.from.clone().unwrap_or_default();
        if !crate::desk::account::is_email(&from.address) {
            return self.quarantine(tx, MailReason::UnknownSender, found).await;
        }
        let local = from.address.split('@').next().unwrap_or_default();
        let name = fit(if from.name.trim().is_empty() { local } else { from.name.trim() }, 80);
        let now = self.backend.now();
        if !store::inbound::suggest(&mut tx, organisation_id, &from.address, &name, now).await? {
            return self.quarantine(tx, MailReason::Declined, found).await;
        }
        stranger::answer(self.backend, &mut tx, self.letter, self.arrival, self.kind, Say::Received).await?;
        let settled = held(MailState::Suggested, MailReason::KnownDomain, found.map(|found| found.ticket_id));
        Ok((tx, settled, None))
    }

    async fn quarantine(&self, mut tx: Tx, reason: MailReason, found: Option<Match>) -> Result<Done, Error> {
        // Staff and people who left know where they are.
        if matches!(reason, MailReason::UnknownSender | MailReason::UnknownOnTicket) {
            stranger::answer(self.backend, &mut tx, self.letter, self.arrival, self.kind, Say::Received).await?;
        }
        let settled = held(MailState::Quarantine, reason, found.map(|found| found.ticket_id));
        Ok((tx, settled, None))
    }

    fn post<'p>(&'p self, user_id: i64, copied: &'p [Person]) -> Post<'p> {
        Post {
            body: &self.told.body,
            files: &self.told.files,
            uploader_id: user_id,
            author_id: Some(user_id),
            copied,
            mailed: self.mailed(),
        }
    }

    /// Colleagues of the sender whom it was sent to as well.
    async fn copied(&self, tx: &mut Tx, person: &Person) -> Result<Vec<Person>, Error> {
        let mut copied = Vec::new();
        for address in self.letter.recipients.iter().take(COPIED_LOOKED_AT) {
            let row = store::inbound::sender(tx, address).await?.filter(|row| row.active);
            let colleague = row
                .map(|row| row.person)
                .filter(|one| one.organisation_id == person.organisation_id && one.user_id != person.user_id);
            copied.extend(colleague);
        }
        Ok(copied)
    }
}

fn delivered((tx, placed): (Tx, Placed)) -> Done {
    let settled = Settled {
        state: MailState::Delivered,
        reason: None,
        ticket_id: Some(placed.ticket_id),
        entry_id: Some(placed.message_id),
    };
    (tx, settled, Some(placed.key))
}
