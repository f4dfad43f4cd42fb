//! Organisations: created by account managers, with their links and announcements.

use domain::actor::{Actor, Role};
use domain::problem::{FieldProblem, Problem};
use domain::ticket::TicketKey;

use super::calendar::NAME_MAX;
use crate::store::policy::STANDARD;
use crate::{Backend, Error, store};

pub use crate::store::form::NewNotice;
pub use crate::store::organisation::NewOrganisation;

/// In thousandths: more colour than this does not keep its contrast.
const CHROMA_MAX: u16 = 140;

fn may_manage(actor: &Actor) -> Result<(), Error> {
    match actor.person().map(|person| person.role) {
        None | Some(Role::AccountManager | Role::Admin) => Ok(()),
        Some(_) => Err(Error::Forbidden),
    }
}

/// Creates an organisation under the standard policy; gives its id.
///
/// # Errors
/// [`Error::Forbidden`] for everyone but account managers, admins and the system; [`Error::Invalid`] on `key`, which is two
/// to eight capital letters and digits that nobody else has, on `name`, `hue` and `chroma`.
pub async fn create(backend: &Backend, actor: &Actor, organisation: &NewOrganisation<'_>) -> Result<i64, Error> {
    may_manage(actor)?;
    let mut problems: Vec<_> = domain::form::check_text("name", organisation.name, NAME_MAX).into_iter().collect();
    let first = [organisation.key, "-1"].concat();
    if TicketKey::parse(&first).is_none_or(|key| key.organisation != organisation.key) {
        problems.push(FieldProblem::new("key", Problem::NotAKey));
    }
    if organisation.hue >= 360 {
        problems.push(FieldProblem::new("hue", Problem::NotAChoice));
    }
    if organisation.chroma > CHROMA_MAX {
        problems.push(FieldProblem::new("chroma", Problem::NotAChoice));
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let mut tx = backend.store().begin().await?;
    if store::organisation::find_by_key(&mut tx, organisation.key).await?.is_some() {
        return Err(Error::invalid("key", Problem::NameTaken));
    }
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

/// Every organisation, by key: key and name.
///
/// # Errors
/// [`Error::Forbidden`] for everyone but account managers, admins and the system.
pub async fn list(backend: &Backend, actor: &Actor) -> Result<Vec<(String, String)>, Error> {
    may_manage(actor)?;
    let mut db = backend.store().read().await?;
    let mut rows: Vec<_> =
        store::organisation::list(&mut db).await?.into_iter().map(|row| (row.brand.key, row.brand.name)).collect();
    rows.sort();
    Ok(rows)
}
