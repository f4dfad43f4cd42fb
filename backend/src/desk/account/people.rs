//! The people one manages: inviting, deactivating, taking back. Someone out of reach does not exist.

use domain::actor::{Actor, Person, Role};
use domain::i18n::Locale;
use domain::problem::{FieldProblem, Problem};

use super::{checked_name, is_email, link, normal_email, rows};
use crate::store::account::{NewPersonRow, PeopleOf, PersonRow};
use crate::{Backend, Error, limit, password};

/// Whom to invite.
#[derive(Clone, Debug)]
pub struct Invite {
    /// `None`: staff.
    pub organisation_id: Option<i64>,
    pub email: String,
    pub name: String,
    /// A role's slug.
    pub role: String,
}

/// Someone whose account is made whole at once: by the command line and the demonstration.
#[derive(Clone, Debug)]
pub struct Create {
    pub organisation_id: Option<i64>,
    pub email: String,
    pub name: String,
    pub role: Role,
    /// PHC string of [`password::hash`].
    pub password_hash: Option<String>,
    pub locale: Option<Locale>,
}

/// Whose people an actor manages; `None`: nobody's.
pub(super) fn managed_by(person: &Person) -> Option<PeopleOf> {
    match (person.role, person.organisation_id) {
        (Role::Manager, Some(id)) => Some(PeopleOf::Organisation(id)),
        (Role::AccountManager, _) => Some(PeopleOf::Customers),
        (Role::Admin, _) => Some(PeopleOf::Everyone),
        _ => None,
    }
}

/// Makes an account without a password and mails a link to choose one. Someone who was invited before and never came
/// gets a new link.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::NotFound`] for an organisation that the actor does not see; [`Error::Invalid`] at
/// `email`, `name` or `role`; [`Error::RateLimited`].
pub async fn invite(backend: &Backend, actor: &Actor, input: Invite) -> Result<(), Error> {
    if !actor.may_invite(input.organisation_id) {
        // A manager learns of no other organisation, not even that it exists.
        let elsewhere = actor.person().is_some_and(|person| person.role == Role::Manager);
        return Err(if elsewhere { Error::NotFound } else { Error::Forbidden });
    }
    let email = normal_email(&input.email);
    let (name, role) = check(&input, &email)?;
    let inviter = actor.person();
    if let Some(person) = inviter {
        limit::count(backend, &[(["invite-by:", &person.user_id.to_string()].concat(), limit::INVITE)]).await?;
    }
    let now = backend.now();
    let mut tx = backend.store().begin().await?;
    let organisation = match input.organisation_id {
        Some(id) => rows::organisation_name(&mut tx, id).await?.ok_or(Error::NotFound)?,
        None => String::new(),
    };
    let new = NewPersonRow {
        organisation_id: input.organisation_id,
        email: &email,
        name: &name,
        role,
        password_hash: None,
        // Theirs to choose; only the mail is in the inviter's.
        locale: None,
        invited_by_id: inviter.map(|person| person.user_id),
        now,
    };
    if rows::insert_person(&mut tx, new).await?.is_none() {
        let there = rows::find_by_email(&mut tx, &email).await?.ok_or(Error::NotFound)?;
        if there.organisation_id != input.organisation_id && !actor.is_staff() {
            // Who has an account elsewhere is nobody's business here; the person themself is told.
            let inviter = inviter.map_or("", |person| person.name.as_str());
            link::mail_elsewhere(backend, &mut tx, &there, inviter, &organisation).await?;
            tx.commit().await?;
            return Ok(());
        }
        let never_came = there.password_hash.is_none() && !there.deactivated;
        if !never_came || there.organisation_id != input.organisation_id {
            return Err(Error::invalid("email", Problem::AlreadyAMember));
        }
        rows::set_invited_as(&mut tx, there.user_id, &name, role).await?;
    }
    let person = rows::find_by_email(&mut tx, &email).await?.ok_or(Error::NotFound)?;
    mail_invitation(backend, &mut tx, person, inviter).await?;
    tx.commit().await?;
    Ok(())
}

/// Makes an account for someone who was suggested, and puts the invitation into the outbox; gives the person, also when
/// they were invited to the same organisation meanwhile.
///
/// # Errors
/// [`Error::Invalid`] at `name`, or at `email` when the address belongs to someone elsewhere or deactivated.
pub(in crate::desk) async fn admit(
    backend: &Backend,
    tx: &mut crate::store::Tx,
    actor: &Actor,
    organisation_id: i64,
    email: &str,
    name: &str,
) -> Result<PersonRow, Error> {
    let name = checked_name(name, "name").map_err(|problem| Error::Invalid(vec![problem]))?;
    let inviter = actor.person();
    let new = NewPersonRow {
        organisation_id: Some(organisation_id),
        email,
        name: &name,
        role: Role::Member,
        password_hash: None,
        locale: None,
        invited_by_id: inviter.map(|person| person.user_id),
        now: backend.now(),
    };
    let is_new = rows::insert_person(tx, new).await?.is_some();
    let person = rows::find_by_email(tx, email).await?.ok_or(Error::NotFound)?;
    if is_new {
        mail_invitation(backend, tx, person.clone(), inviter).await?;
    } else if person.deactivated || person.organisation_id != Some(organisation_id) {
        return Err(Error::invalid("email", Problem::AlreadyAMember));
    }
    Ok(person)
}

/// In the language of whoever invites, unless the person has one.
async fn mail_invitation(
    backend: &Backend,
    tx: &mut crate::store::Tx,
    person: PersonRow,
    inviter: Option<&Person>,
) -> Result<(), Error> {
    let person = person.read_in(inviter.map(|person| person.locale).unwrap_or_default());
    link::mail_invitation(backend, tx, &person, inviter.map(|person| person.name.as_str())).await
}

fn check(input: &Invite, email: &str) -> Result<(String, Role), Error> {
    let mut problems = Vec::new();
    if email.is_empty() {
        problems.push(FieldProblem::new("email", Problem::Required));
    } else if !is_email(email) {
        problems.push(FieldProblem::new("email", Problem::NotAnEmail));
    }
    let name = checked_name(&input.name, "name").map_err(|problem| problems.push(problem)).unwrap_or_default();
    let fits = |role: &Role| role.is_staff() == input.organisation_id.is_none();
    let role = Role::from_slug(&input.role).filter(fits);
    match role {
        Some(role) if problems.is_empty() => Ok((name, role)),
        role => {
            if role.is_none() {
                problems.push(FieldProblem::new("role", Problem::NotAChoice));
            }
            Err(Error::Invalid(problems))
        }
    }
}

/// Makes an account that can be signed in to at once. Only the system may: people are invited.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Invalid`] at `email` when it is taken or no address.
pub async fn create(backend: &Backend, actor: &Actor, input: Create) -> Result<i64, Error> {
    if !matches!(actor, Actor::System) {
        return Err(Error::Forbidden);
    }
    let email = normal_email(&input.email);
    if !is_email(&email) {
        return Err(Error::invalid("email", Problem::NotAnEmail));
    }
    let name = checked_name(&input.name, "name").map_err(|problem| Error::Invalid(vec![problem]))?;
    let mut tx = backend.store().begin().await?;
    let new = NewPersonRow {
        organisation_id: input.organisation_id,
        email: &email,
        name: &name,
        role: input.role,
        password_hash: input.password_hash.as_deref(),
        locale: input.locale,
        invited_by_id: None,
        now: backend.now(),
    };
    let user_id = rows::insert_person(&mut tx, new).await?;
    let user_id = user_id.ok_or_else(|| Error::invalid("email", Problem::AlreadyAMember))?;
    tx.commit().await?;
    Ok(user_id)
}

/// The id of an organisation by its key: for the command line.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Forbidden`] to all but the system.
pub async fn organisation_by_key(backend: &Backend, actor: &Actor, key: &str) -> Result<i64, Error> {
    if !matches!(actor, Actor::System) {
        return Err(Error::Forbidden);
    }
    let mut connection = backend.store().read().await?;
    rows::organisation_by_key(&mut connection, &key.to_ascii_uppercase()).await?.ok_or(Error::NotFound)
}

/// Takes someone's access away: sessions and links end at once, what they wrote stays.
///
/// # Errors
/// [`Error::NotFound`] for whoever the actor does not manage; [`Error::Forbidden`] for oneself.
pub async fn deactivate(backend: &Backend, actor: &Actor, user_id: i64) -> Result<(), Error> {
    let now = backend.now();
    let mut tx = backend.store().begin().await?;
    let person = find_managed(&mut tx, actor, user_id).await?;
    if actor.user_id() == Some(person.user_id) {
        return Err(Error::Forbidden);
    }
    rows::set_deactivated(&mut tx, person.user_id, Some(now)).await?;
    rows::delete_sessions(&mut tx, person.user_id, None).await?;
    rows::use_links_of(&mut tx, person.user_id, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Gives someone their access back.
///
/// # Errors
/// [`Error::NotFound`] for whoever the actor does not manage.
pub async fn reactivate(backend: &Backend, actor: &Actor, user_id: i64) -> Result<(), Error> {
    let mut tx = backend.store().begin().await?;
    let person = find_managed(&mut tx, actor, user_id).await?;
    rows::set_deactivated(&mut tx, person.user_id, None).await?;
    tx.commit().await?;
    Ok(())
}

async fn find_managed(tx: &mut crate::store::Tx, actor: &Actor, user_id: i64) -> Result<PersonRow, Error> {
    let person = rows::find_by_id(tx, user_id).await?.ok_or(Error::NotFound)?;
    let reach = match actor {
        Actor::System => true,
        Actor::Person(manager) => match managed_by(manager) {
            Some(PeopleOf::Organisation(id)) => person.organisation_id == Some(id),
            Some(PeopleOf::Customers) => person.organisation_id.is_some(),
            Some(PeopleOf::Everyone) => true,
            None => false,
        },
    };
    if reach { Ok(person) } else { Err(Error::NotFound) }
}

/// Checks a password for the command line, with the rules of everyone.
///
/// # Errors
/// [`Error::Invalid`] at `password`.
pub async fn hash_checked(password: &str, email: &str) -> Result<String, Error> {
    if let Some(problem) = password::check(password, email) {
        return Err(Error::invalid("password", problem));
    }
    password::hash(password).await
}
