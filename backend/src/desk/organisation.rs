//! Organisations: created by account managers, with their links and announcements.

use domain::actor::{Actor, Role};

use crate::store::policy::STANDARD;
use crate::{Backend, Error, store};

pub use crate::store::form::NewNotice;
pub use crate::store::organisation::NewOrganisation;

fn may_manage(actor: &Actor) -> Result<(), Error> {
    match actor.person().map(|person| person.role) {
        None | Some(Role::AccountManager | Role::Admin) => Ok(()),
        Some(_) => Err(Error::Forbidden),
    }
}

/// Creates an organisation under the standard policy; gives its id.
///
/// # Errors
/// [`Error::Forbidden`] for everyone but account managers, admins and the system.
pub async fn create(backend: &Backend, actor: &Actor, organisation: &NewOrganisation<'_>) -> Result<i64, Error> {
    may_manage(actor)?;
    let mut tx = backend.store().begin().await?;
    let policy = store::policy::latest(&mut tx, STANDARD).await?;
    let policy = policy.ok_or_else(|| Error::internal("no policy yet"))?;
    let id = store::organisation::insert(&mut tx, organisation, policy, backend.now().0).await?;
    tx.commit().await?;
    Ok(id)
}

/// Adds a link to an organisation's home page. The title is given in English and Dutch.
///
/// # Errors
/// [`Error::Forbidden`] for everyone but account managers, admins and the system.
pub async fn add_link(
    backend: &Backend,
    actor: &Actor,
    organisation_id: i64,
    position: i64,
    title: (&str, &str),
    url: &str,
) -> Result<(), Error> {
    may_manage(actor)?;
    let mut tx = backend.store().begin().await?;
    store::organisation::insert_link(&mut tx, organisation_id, position, title, url).await?;
    tx.commit().await?;
    Ok(())
}

/// Announces something on home pages.
///
/// # Errors
/// [`Error::Forbidden`] for everyone but account managers, admins and the system.
pub async fn announce(backend: &Backend, actor: &Actor, notice: &NewNotice<'_>) -> Result<(), Error> {
    may_manage(actor)?;
    let mut tx = backend.store().begin().await?;
    store::form::insert_notice(&mut tx, notice).await?;
    tx.commit().await?;
    Ok(())
}
