//! Which ticket a letter is for. An address that was given out, or a Message-ID, finds a ticket; a key in the subject only
//! together with a sender who may write to it. Whatever it is, a sender we know reaches no ticket that they may not see.

use domain::actor::{Actor, Scope};
use domain::mail::keys_in;
use domain::ticket::TicketKey;
use letter::Letter;
use sqlx::AnyConnection;

use super::sender::Sender;
use crate::{Error, store};

/// Ids of a long correspondence that are looked at, the newest first.
const IDS_MAX: usize = 40;
/// Addresses of one mail that are looked at.
const ADDRESSES_MAX: usize = 60;
/// 128 random bits in base32 (`backend::desk::notice` makes them).
const TOKEN_LETTERS: usize = 26;

/// What the letter answers.
pub(super) struct Match {
    pub(super) ticket_id: i64,
    pub(super) key: TicketKey,
}

/// The first ticket that it points at and that this sender may write to.
pub(super) async fn find(
    db: &mut AnyConnection,
    letter: &Letter,
    envelope_to: &[String],
    sender: &Sender,
) -> Result<Option<Match>, Error> {
    let scope = scope(sender);
    for ticket_id in candidates(db, letter, envelope_to).await? {
        if let Some(key) = store::ticket::key_of(db, scope, ticket_id).await? {
            return Ok(Some(Match { ticket_id, key }));
        }
    }
    // Anyone can write a key: it counts only for those who could as well write in the portal.
    if sender.person().is_some() {
        for key in keys_in(&letter.subject) {
            if let Some(ticket) = store::ticket::find(db, scope, &key).await? {
                return Ok(Some(Match { ticket_id: ticket.ticket_id, key }));
            }
        }
    }
    Ok(None)
}

/// A sender whom nobody knows sees nothing of what they point at: only staff learn of it.
fn scope(sender: &Sender) -> Scope {
    match sender {
        Sender::Known(person) => Actor::Person(person.clone()).scope(),
        Sender::Deactivated | Sender::OfDomain(_) | Sender::Unknown | Sender::Nobody => Scope::All,
    }
}

/// Tickets by the addresses it was sent to, then by the mails it answers, the nearest first.
async fn candidates(db: &mut AnyConnection, letter: &Letter, envelope_to: &[String]) -> Result<Vec<i64>, Error> {
    let mut found = Vec::new();
    for address in envelope_to.iter().chain(&letter.recipients).take(ADDRESSES_MAX) {
        if let Some(token) = token(address)
            && let Some((ticket_id, _)) = store::inbound::reply_address(db, &token).await?
        {
            found.push(ticket_id);
        }
    }
    let bounced = letter.automatic.iter().flat_map(|automatic| &automatic.dsns);
    let bounced = bounced.filter_map(|dsn| dsn.original_message_id.as_ref());
    let ids = bounced.chain(&letter.in_reply_to).chain(letter.references.iter().rev());
    for id in ids.take(IDS_MAX) {
        found.extend(store::inbound::tickets_of(db, id).await?);
    }
    Ok(found)
}

/// `support+TOKEN@desk.example`.
fn token(address: &str) -> Option<String> {
    let (local, _) = address.rsplit_once('@')?;
    let (_, token) = local.rsplit_once('+')?;
    let token = token.to_ascii_lowercase();
    let base32 = token.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'2'..=b'7'));
    (token.len() == TOKEN_LETTERS && base32).then_some(token)
}

#[cfg(test)]
mod tests {
    use super::token;

    #[test]
    fn only_what_looks_like_a_token_is_looked_up() {
        let good = "abcdefghijklmnopqrstuvwx27";
        assert_eq!(token(&["support+", good, "@desk.example"].concat()).as_deref(), Some(good));
        assert_eq!(token(&["Support+", &good.to_uppercase(), "@desk.example"].concat()).as_deref(), Some(good));
        for bad in ["support@desk.example", "support+x@desk.example", "a+abcdefghijklmnopqrstuvwx2'@d", "support+"] {
            assert_eq!(token(bad), None, "{bad}");
        }
    }
}
