//! Mail that did not leave: admins read what the other side said, and try it again or forget it.

use domain::actor::Actor;
use domain::view::notice::DeadLettersView;

use crate::store::outbox as rows;
use crate::{Backend, Error, policy};

/// Rows of a page.
const ROWS: i64 = 50;

fn admin(actor: &Actor) -> Result<(), Error> {
    super::staff(actor)?;
    super::may_change_promises(actor)
}

/// Mails that were given up, the latest first, and how many wait. `before` is a page's `next`.
///
/// # Errors
/// [`Error::Forbidden`] for everyone but admins.
pub async fn dead_letters(backend: &Backend, actor: &Actor, before: Option<i64>) -> Result<DeadLettersView, Error> {
    admin(actor)?;
    let now = backend.now();
    let mut db = backend.store().snapshot().await?;
    let mut found = rows::dead(&mut db, before, ROWS + 1).await?;
    let more = found.len() as i64 > ROWS;
    found.truncate(ROWS as usize);
    let (waiting, waiting_since) = rows::mail_waiting(&mut db).await?;
    Ok(DeadLettersView {
        now,
        next: found.last().filter(|_| more).map(|row| row.id),
        rows: found,
        waiting,
        waiting_since,
        zone: policy::calendars(backend, &mut db).await?.zone(now),
    })
}

/// One is tried again, as if it were new.
///
/// # Errors
/// [`Error::Forbidden`] for everyone but admins; [`Error::NotFound`] for what was not given up.
pub async fn retry(backend: &Backend, actor: &Actor, outbox_id: i64) -> Result<(), Error> {
    admin(actor)?;
    let mut tx = backend.store().begin().await?;
    if !rows::revive(&mut tx, outbox_id, backend.now()).await? {
        return Err(Error::NotFound);
    }
    tx.commit().await?;
    Ok(())
}

/// One is forgotten: it is never sent.
///
/// # Errors
/// As [`retry`].
pub async fn discard(backend: &Backend, actor: &Actor, outbox_id: i64) -> Result<(), Error> {
    admin(actor)?;
    let mut tx = backend.store().begin().await?;
    if !rows::discard(&mut tx, outbox_id).await? {
        return Err(Error::NotFound);
    }
    tx.commit().await?;
    Ok(())
}
