//! Who wrote a letter: what kind of sender, whether it is somebody we know, whether our own receiver vouches for it.

use domain::actor::Person;
use domain::mail::MailKind;
use domain::time::Millis;
use letter::{Letter, Verdict};
use sqlx::AnyConnection;

use super::Arrival;
use crate::{Backend, Error, store};

/// In so long a time mails from one address are counted.
const FLOOD: Millis = Millis::minutes(10);

/// A letter's sender.
#[derive(Clone, Debug)]
pub(super) enum Sender {
    /// Active, customer or staff.
    Known(Person),
    /// Has an account that was taken away.
    Deactivated,
    /// From the domain of an organisation.
    OfDomain(i64),
    Unknown,
    /// There is no telling who wrote it.
    Nobody,
}

impl Sender {
    pub(super) const fn person(&self) -> Option<&Person> {
        match self {
            Self::Known(person) => Some(person),
            _ => None,
        }
    }
}

/// Whom it is from, as it says itself.
pub(super) async fn find(db: &mut AnyConnection, letter: &Letter) -> Result<Sender, Error> {
    let Some(from) = letter.from.as_ref().filter(|from| !letter.from_several && !from.address.is_empty()) else {
        return Ok(Sender::Nobody);
    };
    if let Some(row) = store::inbound::sender(db, &from.address).await? {
        return Ok(if row.active { Sender::Known(row.person) } else { Sender::Deactivated });
    }
    Ok(match store::inbound::organisation_of(db, from.domain()).await? {
        Some(organisation_id) => Sender::OfDomain(organisation_id),
        None => Sender::Unknown,
    })
}

/// Whether our own receiver says that it comes from where it says.
pub(super) fn verified(backend: &Backend, letter: &Letter) -> bool {
    letter.vouched(&backend.config().mail_in.authority) == Verdict::Pass
}

/// What kind of mail it is, before it is counted how many there are.
pub(super) async fn kind(
    backend: &Backend,
    db: &mut AnyConnection,
    letter: &Letter,
    arrival: &Arrival,
) -> Result<MailKind, Error> {
    let support = &backend.config().support_address;
    let own_name = letter.from.as_ref().is_some_and(|from| from.address.eq_ignore_ascii_case(support));
    // A mail of ours that came back without the headers that say so still has the id that we gave it.
    let own_id = match &letter.message_id {
        Some(id) => store::inbound::sent(db, id).await?.is_some(),
        None => false,
    };
    Ok(match letter.automatic.as_ref().map(|automatic| automatic.kind) {
        Some(letter::Kind::Own) => MailKind::Own,
        _ if own_id || own_name => MailKind::Own,
        Some(letter::Kind::Bounce) => MailKind::Bounce,
        Some(letter::Kind::List) => MailKind::List,
        Some(letter::Kind::Reply) => MailKind::Reply,
        // RFC 3834 §2: whoever sends with an empty path wants no answer.
        None if arrival.envelope_from.as_deref() == Some("") => MailKind::Reply,
        None => MailKind::Person,
    })
}

/// Whether this address has written more than a person does. Mail that nobody vouches for counts apart: whoever writes in
/// somebody's name silences at most what else is written in it without proof. What machines wrote does not count at all.
pub(super) async fn floods(
    backend: &Backend,
    db: &mut AnyConnection,
    letter: &Letter,
    verified: bool,
) -> Result<bool, Error> {
    let Some(from) = letter.from.as_ref().filter(|from| !from.address.is_empty()) else { return Ok(false) };
    let written = store::inbound::count_from(db, &from.address, verified, backend.now() - FLOOD).await?;
    Ok(written >= i64::from(backend.config().mail_in.flood))
}
