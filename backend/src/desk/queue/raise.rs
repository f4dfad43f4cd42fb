//! `/desk/new`: raising on behalf of a customer who phones.

use std::collections::HashMap;

use domain::actor::Actor;
use domain::i18n::Locale;
use domain::view::desk::DeskRaiseView;
use domain::view::{DraftView, PersonView};

use crate::desk::{draft, form, text};
use crate::{Backend, Error, policy, random, store};

/// `/desk/new`, for one organisation when its key is given.
///
/// # Errors
/// [`Error::NotFound`] for customers, and when there is no organisation of that key.
pub async fn raise_page(
    backend: &Backend,
    actor: &Actor,
    locale: Locale,
    organisation_key: &str,
) -> Result<DeskRaiseView, Error> {
    let me = super::staff(actor)?.user_id;
    let now = backend.now();
    let mut db = backend.store().snapshot().await?;
    let chosen = match text::said(organisation_key) {
        None => None,
        Some(key) => Some(store::organisation::find_by_key(&mut db, key).await?.ok_or(Error::NotFound)?),
    };
    let policy = match &chosen {
        Some(organisation) => policy::load(backend, &mut db, organisation.policy_version_id).await?,
        None => policy::standard(backend, &mut db).await?,
    };
    let mut people: HashMap<i64, Vec<PersonView>> = HashMap::new();
    for person in store::organisation::customers(&mut db).await? {
        people.entry(person.organisation_id.unwrap_or_default()).or_default().push(person.view);
    }
    let organisations = store::organisation::list(&mut db).await?;
    // No organisation has the id 0: only the shared forms are left.
    let forms_of = chosen.as_ref().map_or(0, |organisation| organisation.organisation_id);
    let forms = store::form::list(&mut db, forms_of, locale).await?;
    let draft = match &chosen {
        Some(organisation) => draft::view(&mut db, me, &["desk-raise/", &organisation.brand.key].concat()).await?,
        None => DraftView::default(),
    };
    Ok(DeskRaiseView {
        now,
        organisations: organisations
            .into_iter()
            .map(|row| (row.brand, people.remove(&row.organisation_id).unwrap_or_default()))
            .collect(),
        forms: forms.iter().map(|row| form::view(row, locale)).collect::<Result<_, _>>()?,
        policy: policy.view(now, now),
        draft,
        nonce: random::token::<16>()?,
    })
}
