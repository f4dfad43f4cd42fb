//! A new ticket: by a customer, by staff for one, or as the continuation of a closed one.

use domain::actor::{Actor, Scope};
use domain::i18n::Locale;
use domain::problem::Problem;
use domain::ticket::{Change, Channel, Priority, TicketKey, Visibility};
use domain::view::Side;

use super::work::Work;
use super::{Raise, RaiseFor};
use crate::desk::form::{self, Answer, Filled};
use crate::store::Tx;
use crate::store::message::Mailed;
use crate::{Backend, Error, store};

/// Longer than any nonce we give out.
const NONCE_MAX: usize = 64;

/// A customer raises a ticket; gives its key. The same nonce twice gives the same key.
///
/// # Errors
/// [`Error::Invalid`] with everything that is wrong; [`Error::NotFound`] for a form the organisation does not have.
pub async fn raise(backend: &Backend, actor: &Actor, input: Raise) -> Result<String, Error> {
    let person = super::customer(actor)?;
    let organisation_id = person.organisation_id.ok_or(Error::Forbidden)?;
    let tx = backend.store().begin().await?;
    send(backend, actor, tx, organisation_id, person.user_id, Channel::Web, &input).await
}

/// Staff raise a ticket for a customer who phones or writes elsewhere; gives its key.
///
/// # Errors
/// As [`raise`]; [`Problem::NoSuchPerson`] on `requester` when it is not an active customer.
pub async fn raise_for(backend: &Backend, actor: &Actor, input: RaiseFor) -> Result<String, Error> {
    crate::desk::staff(actor)?;
    let mut tx = backend.store().begin().await?;
    let people = store::organisation::people(&mut tx, [input.requester_id]).await?;
    let requester = people.get(&input.requester_id).filter(|person| person.active);
    let Some(organisation_id) = requester.and_then(|person| person.organisation_id) else {
        return super::invalid("requester", Problem::NoSuchPerson);
    };
    send(backend, actor, tx, organisation_id, input.requester_id, input.channel, &input.raise).await
}

async fn send(
    backend: &Backend,
    actor: &Actor,
    mut tx: Tx,
    organisation_id: i64,
    requester_id: i64,
    channel: Channel,
    input: &Raise,
) -> Result<String, Error> {
    let form = form::find(&mut tx, organisation_id, &input.form, Locale::English).await?;
    let filled = form::check(&form, &input.subject, &input.description, &input.priority, &input.fields)?;
    let plain = input.nonce.bytes().all(|byte| byte.is_ascii_graphic());
    let nonce = actor.user_id().filter(|_| plain && (1..=NONCE_MAX).contains(&input.nonce.len()));
    if let Some(user_id) = nonce {
        let used = store::ticket::claim_nonce(&mut tx, user_id, &input.nonce, backend.now()).await?;
        if let Some(key) = used {
            return Ok(key);
        }
    }
    let Filled { subject, description, priority, answers } = filled;
    let new = New {
        organisation_id,
        requester_id,
        form_id: form.form_id,
        subject: &subject,
        body: &description,
        priority,
        answers: &answers,
        place: &input.place,
        channel,
        mailed: Mailed::default(),
    };
    let (mut work, _) = create(backend, actor, tx, new).await?;
    if let Some(user_id) = nonce {
        let ticket_id = work.ticket.ticket_id;
        store::ticket::settle_nonce(work.db(), user_id, &input.nonce, ticket_id).await?;
    }
    let key = work.ticket.key.to_string();
    work.finish().await?;
    Ok(key)
}

pub(super) struct New<'a> {
    pub(super) organisation_id: i64,
    pub(super) requester_id: i64,
    pub(super) form_id: i64,
    pub(super) subject: &'a str,
    pub(super) body: &'a str,
    pub(super) priority: Priority,
    pub(super) answers: &'a [Answer],
    pub(super) place: &'a str,
    pub(super) channel: Channel,
    pub(super) mailed: Mailed<'a>,
}

/// Makes the ticket with its first message (whose id is given too); both clocks start. Not committed yet.
pub(super) async fn create<'a>(
    backend: &'a Backend,
    actor: &'a Actor,
    mut tx: Tx,
    new: New<'_>,
) -> Result<(Work<'a>, i64), Error> {
    store::ticket::hold_room(&mut tx, backend.store().dialect()).await?;
    let number = store::ticket::take_number(&mut tx, new.organisation_id).await?;
    // Read once its row is ours: the policy may have changed while we waited for it.
    let organisation = store::organisation::find(&mut tx, new.organisation_id).await?.ok_or(Error::NotFound)?;
    let row = store::ticket::NewTicket {
        organisation_id: new.organisation_id,
        number,
        subject: new.subject,
        priority: new.priority,
        channel: new.channel,
        form_id: new.form_id,
        requester_id: new.requester_id,
        policy_version_id: organisation.policy_version_id,
        created_at: backend.now(),
    };
    let ticket_id = store::ticket::insert(&mut tx, &row).await?;
    let mut words = vec![new.subject];
    for (position, answer) in (0_i64..).zip(new.answers) {
        let labels = (answer.label.en.as_str(), answer.label.nl.as_str());
        let values = (answer.value.en.as_str(), answer.value.nl.as_str());
        store::ticket::insert_answer(&mut tx, ticket_id, position, labels, values).await?;
        words.extend([values.0, values.1]);
    }
    store::search::index(&mut tx, ticket_id, Visibility::Public, &words.join(" ")).await?;
    let key = TicketKey { organisation: organisation.brand.key, number };
    let mut work = Work::lock(backend, actor, Scope::All, new.channel, tx, &key).await?;
    work.record(Change::Created { priority: new.priority }).await?;
    let message_id = work
        .say_as(Side::Customer, Some(new.requester_id), Visibility::Public, new.body, new.place, new.mailed)
        .await?;
    Ok((work, message_id))
}
