//! Use cases of accounts: signing in and out, links from mails, one's own profile, the people one manages.
//!
//! Whoever tries to find out who has an account learns nothing: sign-in and reset answer the same, in content and in
//! time, for known and unknown addresses.

use domain::actor::{Actor, Person, Role};
use domain::brand::Brand;
use domain::i18n::Locale;
use domain::problem::{FieldProblem, Problem};
use domain::time::{Instant, Millis};
use domain::view::account::AccountView;
use sha2::{Digest, Sha256};

use super::text;
use crate::store::account as rows;
use crate::{Backend, Error, limit, password};

mod device;
mod frame;
mod letter;
mod link;
mod people;
mod words;

pub use frame::frame;
pub(in crate::desk) use link::mail_link_again;
pub use link::{AcceptLink, accept_link, read_link, request_reset, reset_link, send_resets};
pub(in crate::desk) use people::admit;
pub use people::{Create, Invite, create, deactivate, hash_checked, invite, organisation_by_key, reactivate};

/// A session ends when it was not used for so long: someone who looks in once a month stays signed in.
pub const SESSION_LASTS: Millis = Millis(30 * Millis::DAY.0);
/// How often a session's last use is written down, at most.
const TOUCH_EVERY: Millis = Millis::MINUTE;
/// Longer names are no names; they would break every list.
const NAME_MAX: u32 = 80;

/// What someone signs in with.
#[derive(Clone)]
pub struct SignIn {
    pub email: String,
    pub password: String,
    /// The network address of the other end.
    pub address: String,
    /// "Firefox, Linux".
    pub device: String,
}

/// A session that was just made. The token exists only here and in the cookie.
pub struct NewSession {
    pub token: String,
    pub expires_at: Instant,
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    pub actor: Actor,
    pub person: Person,
    /// Of the organisation; Loket's own for staff.
    pub brand: Brand,
    /// The language of the profile; `None` follows the browser.
    pub profile_locale: Option<Locale>,
    /// The session's end was put off: so must its cookie's be.
    pub renewed: bool,
}

impl Signed {
    /// In the language of the browser, unless the profile has one.
    #[must_use]
    pub fn read_in(mut self, browser: Locale) -> Self {
        self.person.locale = self.profile_locale.unwrap_or(browser);
        self.actor = Actor::Person(self.person.clone());
        self
    }
}

/// Checks e-mail and password and starts a session.
///
/// # Errors
/// [`Error::Invalid`] with one answer for a wrong address and a wrong password; [`Error::RateLimited`].
pub async fn sign_in(backend: &Backend, input: SignIn) -> Result<NewSession, Error> {
    let email = normal_email(&input.email);
    let mut missing = Vec::new();
    if email.is_empty() {
        missing.push(FieldProblem::new("email", Problem::Required));
    }
    if input.password.is_empty() {
        missing.push(FieldProblem::new("password", Problem::Required));
    }
    if !missing.is_empty() {
        return Err(Error::Invalid(missing));
    }
    let counted = limit::count(
        backend,
        &[
            (limit::account("sign-in", &email), limit::SIGN_IN_ACCOUNT),
            (limit::address("sign-in", &input.address), limit::SIGN_IN_ADDRESS),
        ],
    )
    .await?;
    let person = match text::said(&email) {
        Some(email) => {
            let mut connection = backend.store().read().await?;
            rows::find_by_email(&mut connection, email).await?
        }
        None => None,
    };
    let person = person.filter(|person| !person.deactivated);
    let stored = person.as_ref().and_then(|person| person.password_hash.as_deref());
    let right = password::verify(&input.password, stored).await?;
    let Some(person) = person.filter(|_| right) else {
        return Err(Error::invalid("", Problem::WrongCredentials));
    };
    let mut tx = backend.store().begin().await?;
    // Between the check and now the person may have been deactivated or the password changed.
    let still = rows::find_by_id(&mut tx, person.user_id).await?;
    if still.is_none_or(|still| still.deactivated || still.password_hash != person.password_hash) {
        return Err(Error::invalid("", Problem::WrongCredentials));
    }
    limit::forgive(&mut tx, &counted).await?;
    let session = start_session(backend, &mut tx, person.user_id, &input.device, &input.address).await?;
    device::seen(backend, &mut tx, &person, &input.device).await?;
    tx.commit().await?;
    Ok(session)
}

/// Ends one session.
///
/// # Errors
/// When the database does not answer.
pub async fn sign_out(backend: &Backend, token: &str) -> Result<(), Error> {
    let mut tx = backend.store().begin().await?;
    rows::delete_session(&mut tx, &fingerprint(token)).await?;
    tx.commit().await?;
    Ok(())
}

/// Ends all of one's sessions.
///
/// # Errors
/// When the database does not answer.
pub async fn sign_out_everywhere(backend: &Backend, actor: &Actor) -> Result<(), Error> {
    let person = actor.person().ok_or(Error::Forbidden)?;
    let mut tx = backend.store().begin().await?;
    rows::delete_sessions(&mut tx, person.user_id, None).await?;
    tx.commit().await?;
    Ok(())
}

/// Who holds this token. Puts the end of the session off when it was used.
///
/// # Errors
/// When the database does not answer.
pub async fn session(backend: &Backend, token: &str) -> Result<Option<Signed>, Error> {
    // Nothing longer was ever issued; no need to hash a cookie of megabytes.
    if token.len() > 64 {
        return Ok(None);
    }
    let now = backend.now();
    let row = {
        let mut connection = backend.store().read().await?;
        rows::find_session(&mut connection, &fingerprint(token), now).await?
    };
    let Some(row) = row else { return Ok(None) };
    let renewed = now.since(row.seen_at) >= TOUCH_EVERY;
    if renewed {
        touch(backend, row.session_id, now).await;
    }
    let person = Person {
        user_id: row.user_id,
        name: row.name,
        email: row.email,
        role: row.role,
        organisation_id: row.organisation_id,
        own_tickets_only: row.own_tickets_only,
        locale: row.locale.unwrap_or_default(),
    };
    Ok(Some(Signed {
        actor: Actor::Person(person.clone()),
        person,
        brand: row.brand.unwrap_or_else(Brand::loket),
        profile_locale: row.locale,
        renewed,
    }))
}

/// A session that cannot be put off now is put off by the next request: no reason to fail this one.
async fn touch(backend: &Backend, session_id: i64, now: Instant) {
    let result = async {
        let mut tx = backend.store().begin().await?;
        rows::touch_session(&mut tx, session_id, now, now + SESSION_LASTS).await?;
        tx.commit().await?;
        Ok::<_, Error>(())
    };
    if let Err(error) = result.await {
        tracing::warn!(%error, "a session's last use could not be written");
    }
}

/// Changes one's own password and ends all other sessions.
///
/// # Errors
/// [`Error::Invalid`] at `current` or `new`; [`Error::RateLimited`] after too many wrong ones.
pub async fn change_password(
    backend: &Backend,
    actor: &Actor,
    token: Option<&str>,
    current: &str,
    new: &str,
) -> Result<(), Error> {
    let person = actor.person().ok_or(Error::Forbidden)?;
    let mut problems = Vec::new();
    if current.is_empty() {
        problems.push(FieldProblem::new("current", Problem::Required));
    }
    problems.extend(password::check(new, &person.email).map(|problem| FieldProblem::new("new", problem)));
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    // A stolen session must not be a way to guess on.
    let subject = (limit::account("sign-in", &person.email), limit::SIGN_IN_ACCOUNT);
    let counted = limit::count(backend, &[subject]).await?;
    let row = {
        let mut connection = backend.store().read().await?;
        rows::find_by_id(&mut connection, person.user_id).await?.ok_or(Error::NotFound)?
    };
    if !password::verify(current, row.password_hash.as_deref()).await? {
        return Err(Error::invalid("current", Problem::WrongPassword));
    }
    let hash = password::hash(new).await?;
    let mut tx = backend.store().begin().await?;
    rows::set_password(&mut tx, person.user_id, &hash).await?;
    rows::use_links_of(&mut tx, person.user_id, backend.now()).await?;
    rows::delete_sessions(&mut tx, person.user_id, token.map(fingerprint).as_deref()).await?;
    limit::forgive(&mut tx, &counted).await?;
    tx.commit().await?;
    Ok(())
}

/// Changes one's own name and language.
///
/// # Errors
/// [`Error::Invalid`] at `name`.
pub async fn change_profile(backend: &Backend, actor: &Actor, name: &str, locale: Option<Locale>) -> Result<(), Error> {
    let person = actor.person().ok_or(Error::Forbidden)?;
    let name = checked_name(name, "name").map_err(|problem| Error::Invalid(vec![problem]))?;
    let mut tx = backend.store().begin().await?;
    rows::set_name(&mut tx, person.user_id, &name).await?;
    rows::set_locale(&mut tx, person.user_id, locale).await?;
    tx.commit().await?;
    Ok(())
}

/// Changes one's own language alone.
///
/// # Errors
/// When the database does not answer.
pub async fn set_language(backend: &Backend, actor: &Actor, locale: Locale) -> Result<(), Error> {
    let person = actor.person().ok_or(Error::Forbidden)?;
    let mut tx = backend.store().begin().await?;
    rows::set_locale(&mut tx, person.user_id, Some(locale)).await?;
    tx.commit().await?;
    Ok(())
}

/// `/account`: the profile, where one is signed in, and the people one manages.
///
/// # Errors
/// When the database does not answer.
pub async fn read_account(backend: &Backend, actor: &Actor, token: &str) -> Result<AccountView, Error> {
    let person = actor.person().ok_or(Error::Forbidden)?;
    let mut tx = backend.store().snapshot().await?;
    let row = rows::find_by_id(&mut tx, person.user_id).await?.ok_or(Error::NotFound)?;
    let sessions = rows::sessions(&mut tx, person.user_id, &fingerprint(token), backend.now()).await?;
    let people = match people::managed_by(person) {
        Some(whose) => rows::people(&mut tx, whose).await?,
        None => Vec::new(),
    };
    let invite_into = match (person.role, person.organisation_id) {
        (Role::Manager, Some(id)) => {
            rows::organisation_name(&mut tx, id).await?.map(|name| (id, name)).into_iter().collect()
        }
        (Role::AccountManager, _) => rows::organisation_names(&mut tx).await?,
        (Role::Admin, _) => {
            let mut all = rows::organisation_names(&mut tx).await?;
            all.push((0, String::new()));
            all
        }
        _ => Vec::new(),
    };
    Ok(AccountView {
        name: row.name,
        email: row.email,
        role: row.role,
        locale: row.locale,
        sessions,
        may_invite: !invite_into.is_empty(),
        people,
        invite_into,
    })
}

/// Starts a session in a transaction.
async fn start_session(
    backend: &Backend,
    tx: &mut crate::store::Tx,
    user_id: i64,
    device: &str,
    address: &str,
) -> Result<NewSession, Error> {
    let token = crate::random::token::<32>()?;
    let now = backend.now();
    let expires_at = now + SESSION_LASTS;
    let device = device::shortened(device);
    let token_hash = fingerprint(&token);
    let new = rows::NewSessionRow { user_id, token_hash: &token_hash, device: &device, address, now, expires_at };
    rows::insert_session(tx, new).await?;
    Ok(NewSession { token, expires_at })
}

/// What is stored of a token. It is random, so one round of SHA-256 is enough: there is nothing to guess.
pub(super) fn fingerprint(token: &str) -> String {
    use base64::Engine;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(Sha256::digest(token.as_bytes()))
}

/// As addresses are stored: without spaces around, in lower case.
pub(in crate::desk) fn normal_email(email: &str) -> String {
    email.trim().to_lowercase()
}

/// An address that can be written into a mail's header and stands a chance to arrive. Whether it does, only a mail tells.
pub(in crate::desk) fn is_email(email: &str) -> bool {
    let Some((person, host)) = email.split_once('@') else { return false };
    let plain = |text: &str| {
        let allowed = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~.-".contains(&b);
        !text.is_empty() && text.bytes().all(allowed) && !text.starts_with('.') && !text.ends_with('.')
    };
    email.len() <= 254 && plain(person) && plain(host) && host.contains('.') && !email.contains("..")
}

/// A name without spaces around, or what is wrong with it.
fn checked_name(name: &str, field: &str) -> Result<String, FieldProblem> {
    let name = name.trim();
    if let Some(problem) = domain::form::check_text(field, name, NAME_MAX) {
        return Err(problem);
    }
    Ok(name.chars().filter(|c| !c.is_control()).collect())
}

#[cfg(test)]
mod tests {
    use super::is_email;

    #[test]
    fn addresses_that_can_arrive_are_told_from_those_that_cannot() {
        for good in ["anna@acme.example", "a.b+c@d-e.example.org", "o'neil@x.example"] {
            assert!(is_email(good), "{good}");
        }
        for bad in [
            "",
            "anna",
            "anna@acme",
            "@acme.example",
            "a b@c.example",
            "a@b@c.example",
            "a@.example",
            "a\n@b.example",
            "a..b@c.example",
            "<a@b.example>",
        ] {
            assert!(!is_email(bad), "{bad}");
        }
    }
}
