//! The passing of time: what was resolved and not confirmed closes after 14 days.

use domain::actor::Actor;
use domain::ticket::{Change, Channel, CloseReason, Move, REOPEN_WITHIN, Status};
use domain::time::Instant;

use super::work::Work;
use crate::{Backend, Error, store};

/// Closes what was resolved more than 14 days ago; gives how many. Safe to run at any time, by any process.
///
/// # Errors
/// When the database does not answer; what was closed before stays closed.
pub async fn close_expired(backend: &Backend) -> Result<usize, Error> {
    let before = backend.now() - REOPEN_WITHIN;
    let keys = {
        let mut db = backend.store().snapshot().await?;
        store::ticket::resolved_before(&mut db, before).await?
    };
    let mut closed = 0;
    for key in keys {
        match close(backend, &key.to_string(), before).await {
            Ok(true) => closed += 1,
            Ok(false) => {}
            Err(Error::Unavailable) => return Err(Error::Unavailable),
            // One ticket that cannot be closed must not keep the others open.
            Err(error) => tracing::error!(%error, %key, "could not close a ticket that expired"),
        }
    }
    Ok(closed)
}

async fn close(backend: &Backend, key: &str, before: Instant) -> Result<bool, Error> {
    let mut work = Work::open(backend, &Actor::System, Channel::System, key).await?;
    // Between the list and the lock, someone may have reopened or confirmed it.
    let expired = work.ticket.resolved_at.is_some_and(|resolved_at| resolved_at < before);
    if work.ticket.status != Status::Resolved || !expired {
        return Ok(false);
    }
    work.step(Move::Close(CloseReason::Expired))?;
    work.record(Change::Closed { reason: CloseReason::Expired, duplicate_of: None }).await?;
    work.finish().await?;
    Ok(true)
}
