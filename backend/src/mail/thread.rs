//! What makes the mails of one ticket to one person a thread in their mail program, and brings their answers back: the ids
//! of what went before, and an address that answers go to.

use domain::time::Instant;
use sqlx::AnyConnection;

use super::about::About;
use crate::store::outbox as rows;
use crate::{Backend, Error, random};

/// So many of the latest ids stand in `References`, after the first one: enough for every mail program, and short.
const LATEST: usize = 4;

/// Where a mail stands in a thread. Ids are without their brackets.
#[derive(Clone, Debug, Default)]
pub(crate) struct Thread {
    pub(crate) in_reply_to: String,
    pub(crate) references: Vec<String>,
    /// Where answers go; empty: where the mail is from.
    pub(crate) reply_to: String,
}

/// What the next mail about a ticket to this reader is to be.
pub(super) async fn next(
    backend: &Backend,
    db: &mut AnyConnection,
    about: &About,
    now: Instant,
) -> Result<Thread, Error> {
    let ids = rows::thread(db, about.ticket.ticket_id, about.reader_id).await?;
    // Ids of others' mails are whatever they wrote.
    let whole = |id: &String| id.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'<' | b'>')) && id.len() < 250;
    let ids: Vec<String> = ids.into_iter().filter(whole).collect();
    let mut references: Vec<String> = ids.first().cloned().into_iter().collect();
    let latest = ids.len().saturating_sub(LATEST).max(1);
    references.extend(ids.iter().skip(latest).cloned());
    let mut reply_to = String::new();
    if !about.staff {
        let fresh = random::base32::<16>()?;
        let token = rows::reply_token(db, &fresh, about.ticket.ticket_id, about.reader_id, now).await?;
        let (local, host) = backend.config().support_parts();
        reply_to = [local, "+", &token, "@", host].concat();
    }
    Ok(Thread { in_reply_to: ids.last().cloned().unwrap_or_default(), references, reply_to })
}
