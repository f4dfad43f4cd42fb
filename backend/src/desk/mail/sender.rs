//! Who wrote a letter: what kind of sender, whether it is somebody we know, whether our own receiver vouches for it.

use domain::actor::Person;
use domain::mail::MailKind;
use domain::time::{Instant, Millis};
use letter::Letter;
use sqlx::AnyConnection;

use super::Arrival;
use crate::{Backend, Error, store};

/// One person does not write more than this in so long a time; a machine that answers a machine does.
const FLOOD: (i64, Millis) = (10, Millis::minutes(10));

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
    let authority = backend.config().mail_in.authority.as_str();
    !authority.is_empty() && !letter.from_several && vouched(letter, authority)
}

/// Our receiver writes its results above all others, and takes those away that only look like its own (RFC 8601 §5). So the
/// topmost ones count, below at most one server that passed the message on inside the house.
fn vouched(letter: &Letter, authority: &str) -> bool {
    let from = letter.from.as_ref().map_or("", |from| from.domain());
    let mut own = letter.results.iter().filter(|result| result.authority == authority).peekable();
    let Some(depth) = own.peek().map(|result| result.received_above).filter(|depth| *depth <= 1) else { return false };
    let checks: Vec<_> =
        own.take_while(|result| result.received_above == depth).flat_map(|result| &result.checks).collect();
    let passes = |method: &str, property: &str| {
        checks.iter().filter(|check| check.method == method && check.result == "pass").any(|check| {
            let values = check.properties.iter().filter(|(name, _)| name == property);
            values.map(|(_, value)| value.rsplit('@').next().unwrap_or_default()).any(|domain| aligned(from, domain))
        })
    };
    // Who says what to do with mail in its name has the last word.
    let refused = checks.iter().any(|check| check.method == "dmarc" && check.result == "fail");
    !refused && (passes("dmarc", "header.from") || passes("dkim", "header.d") || passes("spf", "smtp.mailfrom"))
}

/// The same domain, or one within the other (RFC 7489 §3.1, relaxed).
fn aligned(from: &str, domain: &str) -> bool {
    let within = |inner: &str, outer: &str| {
        outer.contains('.') && inner.strip_suffix(outer).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    !from.is_empty() && (within(from, domain) || within(domain, from))
}

/// What kind of mail it is, before it is counted how many there are.
pub(super) fn kind(backend: &Backend, letter: &Letter, arrival: &Arrival) -> MailKind {
    // Ours alone: a Message-ID of our domain that we did not give is somebody else's lie, and as little to be answered.
    let own_id = letter
        .message_id
        .as_deref()
        .and_then(|id| id.rsplit_once('@'))
        .is_some_and(|(_, domain)| domain.eq_ignore_ascii_case(backend.config().mail_domain()));
    match letter.automatic.as_ref().map(|automatic| automatic.kind) {
        Some(letter::Kind::Own) => MailKind::Own,
        _ if own_id => MailKind::Own,
        Some(letter::Kind::Bounce) => MailKind::Bounce,
        Some(letter::Kind::List) => MailKind::List,
        Some(letter::Kind::Reply) => MailKind::Reply,
        // RFC 3834 §2: whoever sends with an empty path wants no answer.
        None if arrival.envelope_from.as_deref() == Some("") => MailKind::Reply,
        None => MailKind::Person,
    }
}

/// Whether this address has written more than a person does.
pub(super) async fn floods(db: &mut AnyConnection, letter: &Letter, now: Instant) -> Result<bool, Error> {
    let Some(from) = letter.from.as_ref().filter(|from| !from.address.is_empty()) else { return Ok(false) };
    let (most, within) = FLOOD;
    Ok(store::inbound::count_from(db, &from.address, now - within).await? >= most)
}
