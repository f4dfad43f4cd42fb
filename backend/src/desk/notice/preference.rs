//! How someone wants to be told, set by themselves on their account or by one click in a mail, signed in or not (RFC 8058).

use domain::actor::{Actor, Person};
use domain::notice::{Delivery, NoticeKind};
use domain::view::notice::{PreferencesView, UnsubscribeView};

use crate::store::Tx;
use crate::store::notification as rows;
use crate::{Backend, Error, policy};

/// What the name in an address of "unsubscribe" is followed by: the slugs of what it ends.
const BETWEEN: char = '.';

/// The kinds that a person can get and may choose for.
fn choices(staff: bool) -> impl Iterator<Item = NoticeKind> {
    NoticeKind::ALL.into_iter().filter(move |kind| kind.is_for_staff() == staff && kind.may_be_ended())
}

fn person(actor: &Actor) -> Result<&Person, Error> {
    actor.person().ok_or(Error::NotFound)
}

/// How one wants to be told, kind by kind.
///
/// # Errors
/// [`Error::NotFound`] for the system; when the database does not answer.
pub async fn preferences(backend: &Backend, actor: &Actor) -> Result<PreferencesView, Error> {
    let me = person(actor)?;
    let mut db = backend.store().snapshot().await?;
    let chosen = rows::preferences(&mut db, me.user_id).await?;
    let of = |kind| chosen.iter().find(|(other, _)| *other == kind).map(|(_, delivery)| *delivery).unwrap_or_default();
    Ok(PreferencesView {
        email: me.email.clone(),
        bounced: rows::bounced(&mut db, me.user_id).await?,
        rows: choices(me.role.is_staff()).map(|kind| (kind, of(kind))).collect(),
        zone: policy::calendars(backend, &mut db).await?.zone(backend.now()),
    })
}

/// Sets how one wants to be told. What one cannot get or cannot choose for is left alone.
///
/// # Errors
/// [`Error::NotFound`] for the system; when the database does not answer.
pub async fn set_preferences(backend: &Backend, actor: &Actor, wanted: &[(NoticeKind, Delivery)]) -> Result<(), Error> {
    let me = person(actor)?;
    let mut tx = backend.store().begin().await?;
    for kind in choices(me.role.is_staff()) {
        if let Some((_, delivery)) = wanted.iter().rfind(|(other, _)| *other == kind) {
            set(backend, &mut tx, me.user_id, kind, *delivery).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

async fn set(backend: &Backend, tx: &mut Tx, user_id: i64, kind: NoticeKind, delivery: Delivery) -> Result<(), Error> {
    rows::set_preference(tx, user_id, kind, delivery).await?;
    let now = backend.now();
    let zone = policy::calendars(backend, tx).await?.zone(now);
    let (mail_at, daily) = super::mail_at(kind, Some(delivery), &zone, now);
    rows::follow_preference(tx, user_id, kind, mail_at, daily).await
}

/// One's address works again: mail is sent to it as before.
///
/// # Errors
/// [`Error::NotFound`] for the system; when the database does not answer.
pub async fn address_works(backend: &Backend, actor: &Actor) -> Result<(), Error> {
    let me = person(actor)?;
    let mut tx = backend.store().begin().await?;
    rows::set_bounced(&mut tx, me.user_id, None).await?;
    tx.commit().await?;
    Ok(())
}

/// What an address of "unsubscribe" names: a person's token and kinds of notices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    pub token: String,
    pub kinds: Vec<NoticeKind>,
}

impl Ending {
    /// Reads the two last parts of the path `/unsubscribe/{token}/{kinds}`; what cannot be ended is left out.
    pub fn parse(token: &str, kinds: &str) -> Self {
        // Nothing else was ever given out, and PostgreSQL cannot even be asked for a NUL.
        let good = token.len() <= 64 && token.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let token = if good { token.to_owned() } else { String::new() };
        let kinds = kinds.split(BETWEEN).take(NoticeKind::ALL.len()).filter_map(NoticeKind::from_slug);
        Self { token, kinds: kinds.filter(|kind| kind.may_be_ended()).collect() }
    }

    /// The path, as it stands in mails.
    pub(crate) fn path(&self) -> String {
        let mut path = ["/unsubscribe/", &self.token, "/"].concat();
        for (index, kind) in self.kinds.iter().enumerate() {
            if index > 0 {
                path.push(BETWEEN);
            }
            path.push_str(kind.slug());
        }
        path
    }
}

/// What an address of "unsubscribe" would end. Changes nothing, for programs follow links too.
///
/// # Errors
/// When the database does not answer. An address that names nobody is no error.
pub async fn read_unsubscribe(backend: &Backend, ending: &Ending) -> Result<UnsubscribeView, Error> {
    let mut db = backend.store().snapshot().await?;
    let nobody = UnsubscribeView { email: None, kinds: Vec::new(), ended: false };
    let Some((user_id, email)) = find(&mut db, ending).await? else { return Ok(nobody) };
    let chosen = rows::preferences(&mut db, user_id).await?;
    let ended = ending.kinds.iter().all(|kind| chosen.contains(&(*kind, Delivery::Portal)));
    Ok(UnsubscribeView { email: Some(email), kinds: ending.kinds.clone(), ended })
}

async fn find(tx: &mut Tx, ending: &Ending) -> Result<Option<(i64, String)>, Error> {
    if ending.token.is_empty() || ending.kinds.is_empty() {
        return Ok(None);
    }
    rows::find_by_mail_token(tx, &ending.token).await
}

/// Ends mails of these kinds: they stand in the portal only. For whoever holds the address, signed in or not.
///
/// # Errors
/// [`Error::NotFound`] for an address that names nobody.
pub async fn unsubscribe(backend: &Backend, ending: &Ending) -> Result<(), Error> {
    choose(backend, ending, Delivery::Portal).await
}

/// Takes that back: these kinds come by mail at once again.
///
/// # Errors
/// [`Error::NotFound`] for an address that names nobody.
pub async fn resubscribe(backend: &Backend, ending: &Ending) -> Result<(), Error> {
    choose(backend, ending, Delivery::Now).await
}

async fn choose(backend: &Backend, ending: &Ending, delivery: Delivery) -> Result<(), Error> {
    let mut tx = backend.store().begin().await?;
    let (user_id, _) = find(&mut tx, ending).await?.ok_or(Error::NotFound)?;
    for kind in &ending.kinds {
        set(backend, &mut tx, user_id, *kind, delivery).await?;
    }
    tx.commit().await?;
    Ok(())
}
