//! Bringing an open ticket under another version of a policy, by an admin's choice.

use std::sync::Arc;

use domain::actor::{Actor, Scope};
use domain::ticket::{Channel, TicketKey};

use super::work::Work;
use crate::policy::Policy;
use crate::store::Tx;
use crate::{Backend, Error};

/// Moves one ticket, in a transaction that goes on.
pub(in crate::desk) async fn move_to(
    backend: &Backend,
    actor: &Actor,
    tx: Tx,
    key: &TicketKey,
    policy: &Arc<Policy>,
) -> Result<Tx, Error> {
    let mut work = Work::lock(backend, actor, Scope::All, Channel::Web, tx, key).await?;
    work.move_to(Arc::clone(policy)).await?;
    work.write().await?;
    Ok(work.tx)
}
