//! People who wrote from an organisation's domain: account managers say whether they belong to it. And the domains themselves.

use domain::actor::{Actor, Person, Role};
use domain::mail::MailState;
use domain::problem::Problem;
use domain::view::mail::{DomainsView, SuggestedMember};

use super::held::{Held, staff};
use super::post;
use crate::desk::account;
use crate::desk::ticket::{raise_by_mail, reply_by_mail};
use crate::{Backend, Error, store};

/// Anyone may have an address there: a domain of these says nothing about who somebody is.
const ANYBODYS: [&str; 24] = [
    "gmail.com",
    "googlemail.com",
    "outlook.com",
    "hotmail.com",
    "hotmail.nl",
    "live.com",
    "live.nl",
    "msn.com",
    "yahoo.com",
    "icloud.com",
    "me.com",
    "aol.com",
    "gmx.com",
    "gmx.de",
    "gmx.net",
    "web.de",
    "proton.me",
    "protonmail.com",
    "ziggo.nl",
    "kpnmail.nl",
    "planet.nl",
    "xs4all.nl",
    "home.nl",
    "upcmail.nl",
];
/// Domains of one organisation.
const DOMAINS_MAX: usize = 50;

/// Whoever may invite into this organisation from the desk.
fn may_decide(actor: &Actor, organisation_id: i64) -> Result<&Person, Error> {
    let person = staff(actor)?;
    if actor.may_invite(Some(organisation_id)) { Ok(person) } else { Err(Error::Forbidden) }
}

/// Those about whom nobody has decided, with what they wrote.
///
/// # Errors
/// [`Error::NotFound`] for customers.
pub async fn suggested(backend: &Backend, actor: &Actor) -> Result<Vec<SuggestedMember>, Error> {
    staff(actor)?;
    let mut db = backend.store().snapshot().await?;
    let people = store::inbound::suggested(&mut db).await?;
    let emails: Vec<_> = people.iter().map(|person| person.email.clone()).collect();
    let mails = if emails.is_empty() { Vec::new() } else { store::inbound::held_of(&mut db, &emails).await? };
    let mut mails: Vec<_> = mails.into_iter().map(|row| row.mail).collect();
    let view = |person: store::inbound::SuggestedRow| SuggestedMember {
        mails: mails.extract_if(.., |mail| mail.from_email == person.email).collect(),
        suggested_member_id: person.suggested_member_id,
        organisation: person.organisation,
        email: person.email,
        name: person.name,
        at: person.at,
    };
    Ok(people.into_iter().map(view).collect())
}

/// They belong to it: they get an account and an invitation, and what they wrote becomes theirs. Gives the keys of the tickets
/// that it is on now.
///
/// # Errors
/// [`Error::NotFound`] for customers, and when somebody has decided already; [`Error::Forbidden`] for agents;
/// [`Error::Invalid`] at `name` or `email`.
pub async fn accept(backend: &Backend, actor: &Actor, id: i64, name: &str) -> Result<Vec<String>, Error> {
    staff(actor)?;
    let (member, rows) = {
        let mut db = backend.store().snapshot().await?;
        let member = store::inbound::suggested_one(&mut db, id).await?.ok_or(Error::NotFound)?;
        let rows = store::inbound::held_of(&mut db, std::slice::from_ref(&member.email)).await?;
        (member, rows)
    };
    let me = may_decide(actor, member.organisation_id)?.user_id;
    let mut waiting = Vec::with_capacity(rows.len());
    for row in rows {
        waiting.push(Held::load(backend, row, domain::i18n::Locale::default()).await?);
    }
    let mut tx = backend.store().begin().await?;
    if !store::inbound::decide(&mut tx, id, true, Some(me), backend.now()).await? {
        return Err(Error::NotFound);
    }
    let email = member.email.as_str();
    account::admit(backend, &mut tx, actor, member.organisation_id, email, name).await?;
    let person = store::inbound::sender(&mut tx, email).await?.ok_or(Error::NotFound)?.person;
    let (user_id, locale) = (person.user_id, person.locale);
    let author = Actor::Person(person);
    let mut keys: Vec<String> = Vec::new();
    for held in waiting {
        held.take_in(&mut tx, backend, me).await?;
        let post = held.post(user_id, Some(user_id), true);
        let answers = match held.row.ticket_id {
            Some(ticket_id) => store::ticket::key_of(&mut tx, author.scope(), ticket_id).await?,
            None => None,
        };
        let (next, placed) = match answers {
            Some(key) => reply_by_mail(backend, &author, tx, &key, &post).await?,
            None => {
                let subject = post::subject(&held.letter, locale);
                raise_by_mail(backend, &author, tx, (member.organisation_id, user_id), &subject, &post).await?
            }
        };
        tx = next;
        held.settle_in(&mut tx, &placed).await?;
        if !keys.contains(&placed.key) {
            keys.push(placed.key);
        }
    }
    tx.commit().await?;
    Ok(keys)
}

/// They do not: what they wrote goes to the quarantine, as does what they write from now on.
///
/// # Errors
/// As [`accept`].
pub async fn decline(backend: &Backend, actor: &Actor, id: i64) -> Result<(), Error> {
    staff(actor)?;
    let mut tx = backend.store().begin().await?;
    let member = store::inbound::suggested_one(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let me = may_decide(actor, member.organisation_id)?.user_id;
    if !store::inbound::decide(&mut tx, id, false, Some(me), backend.now()).await? {
        return Err(Error::NotFound);
    }
    for row in store::inbound::held_of(&mut tx, std::slice::from_ref(&member.email)).await? {
        let settled = store::inbound::Settled {
            state: MailState::Quarantine,
            reason: Some(domain::mail::MailReason::Declined),
            ticket_id: row.ticket_id,
            entry_id: None,
        };
        store::inbound::settle(&mut tx, row.mail.inbound_id, settled).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// The domains of an organisation.
///
/// # Errors
/// [`Error::NotFound`] for customers, and when there is no such organisation; [`Error::Forbidden`] for agents.
pub async fn domains(backend: &Backend, actor: &Actor, organisation_id: i64) -> Result<DomainsView, Error> {
    may_decide(actor, organisation_id)?;
    let mut db = backend.store().snapshot().await?;
    let organisation = store::organisation::find(&mut db, organisation_id).await?.ok_or(Error::NotFound)?;
    let domains = store::inbound::domains(&mut db, organisation_id).await?;
    Ok(DomainsView { organisation_id, organisation: organisation.brand, domains })
}

/// The domains of every organisation that the actor may invite into, by its name.
///
/// # Errors
/// [`Error::NotFound`] for customers; [`Error::Forbidden`] for agents.
pub async fn all_domains(backend: &Backend, actor: &Actor) -> Result<Vec<DomainsView>, Error> {
    let me = staff(actor)?;
    if me.role == Role::Agent {
        return Err(Error::Forbidden);
    }
    let mut db = backend.store().snapshot().await?;
    let mut domains = store::inbound::all_domains(&mut db).await?;
    let organisations = store::organisation::list(&mut db).await?.into_iter();
    let view = |organisation: store::organisation::OrganisationRow| {
        let own = domains.extract_if(.., |(id, _)| *id == organisation.organisation_id).map(|(_, domain)| domain);
        DomainsView {
            organisation_id: organisation.organisation_id,
            domains: own.collect(),
            organisation: organisation.brand,
        }
    };
    Ok(organisations.map(view).collect())
}

/// Says which domains an organisation's people write from, in place of what was said before. Separated by spaces, commas or
/// lines, as they are typed.
///
/// # Errors
/// As [`domains`]; [`Problem::NotAChoice`] on `domains` for what is no domain or anybody's; [`Problem::NameTaken`] for another
/// organisation's.
pub async fn set_domains(backend: &Backend, actor: &Actor, organisation_id: i64, typed: &str) -> Result<(), Error> {
    let me = may_decide(actor, organisation_id)?.user_id;
    let mut wanted: Vec<String> = Vec::new();
    let words = typed.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';')).filter(|word| !word.is_empty());
    for word in words {
        let domain = word.trim_start_matches('@').trim_end_matches('.').to_lowercase();
        if !account::is_email(&["a@", &domain].concat()) || ANYBODYS.contains(&domain.as_str()) {
            return Err(Error::invalid("domains", Problem::NotAChoice));
        }
        if !wanted.contains(&domain) {
            wanted.push(domain);
        }
    }
    if wanted.len() > DOMAINS_MAX {
        return Err(Error::invalid("domains", Problem::TooLong(DOMAINS_MAX as u32)));
    }
    let mut tx = backend.store().begin().await?;
    store::organisation::find(&mut tx, organisation_id).await?.ok_or(Error::NotFound)?;
    let before = store::inbound::domains(&mut tx, organisation_id).await?;
    for domain in before.iter().filter(|domain| !wanted.contains(domain)) {
        store::inbound::remove_domain(&mut tx, organisation_id, domain).await?;
    }
    for domain in wanted.iter().filter(|domain| !before.contains(domain)) {
        if !store::inbound::add_domain(&mut tx, organisation_id, domain, Some(me), backend.now()).await? {
            return Err(Error::invalid("domains", Problem::NameTaken));
        }
    }
    tx.commit().await?;
    Ok(())
}
