//! Links from mails: an invitation and a password reset. Each works once, and not for long.

use domain::i18n::Locale;
use domain::problem::{FieldProblem, Problem};
use domain::time::{Instant, Millis};
use domain::view::account::LinkView;
use sqlx::AnyConnection;

use super::letter::{self, Letter};
use super::{NewSession, checked_name, fingerprint, is_email, normal_email, rows, start_session, words};
use crate::store::account::{LinkKind, PersonRow};
use crate::store::outbox;
use crate::{Backend, Error, limit, password};

/// People read an invitation when they are back from a week off.
const INVITATION_LASTS: Millis = Millis(7 * Millis::DAY.0);
/// A reset is asked for by someone who is sitting there.
const RESET_LASTS: Millis = Millis::hours(1);
/// The job that mails a reset link.
const SEND_RESET: &str = "send_reset";
/// A job that was not finished in so long was left by a crash.
const LEASE: Millis = Millis::minutes(2);
const AT_ONCE: usize = 100;

/// What a link from a mail is used with.
#[derive(Clone)]
pub struct AcceptLink {
    pub token: String,
    /// Only an invitation asks for it.
    pub name: String,
    pub password: String,
    /// The language of the page. It becomes the person's own when they have none: their mails follow no browser.
    pub locale: Locale,
    /// The network address of the other end.
    pub address: String,
    /// "Firefox, Linux".
    pub device: String,
}

/// Notes that someone wants a new password. What follows from it, a mail or nothing, happens in a job
/// ([`send_resets`]): here known and unknown addresses are the same work. `locale` is that of the page: whoever chose no
/// language gets the mail in it.
///
/// # Errors
/// [`Error::Invalid`] for what is no address; [`Error::RateLimited`], also alike for all addresses.
pub async fn request_reset(backend: &Backend, email: &str, locale: Locale, address: &str) -> Result<(), Error> {
    let email = normal_email(email);
    if email.is_empty() {
        return Err(Error::invalid("email", Problem::Required));
    }
    if !is_email(&email) {
        return Err(Error::invalid("email", Problem::NotAnEmail));
    }
    limit::count(
        backend,
        &[
            (limit::account("reset", &email), limit::RESET_ACCOUNT),
            (limit::address("reset", address), limit::RESET_ADDRESS),
        ],
    )
    .await?;
    let mut tx = backend.store().begin().await?;
    outbox::insert_job(&mut tx, SEND_RESET, &note(&email, locale), backend.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// What the job has to know. An address has no space.
fn note(email: &str, locale: Locale) -> String {
    [email, " ", locale.tag()].concat()
}

/// The address and the language of a [`note`]. Those of earlier versions are the address alone.
fn noted(note: &str) -> (&str, Locale) {
    let (email, tag) = note.split_once(' ').unwrap_or((note, ""));
    (email, Locale::from_tag(tag).unwrap_or_default())
}

/// Does what [`request_reset`] noted: mails a link to those who have an account. Gives how many were looked at.
///
/// # Errors
/// When the database does not answer.
pub async fn send_resets(backend: &Backend) -> Result<usize, Error> {
    let mut done = 0;
    while done < AT_ONCE {
        let mut tx = backend.store().begin().await?;
        let Some(job) = outbox::claim_job(&mut tx, SEND_RESET, backend.now(), LEASE).await? else { break };
        let (email, locale) = noted(&job.payload);
        if let Some(person) = rows::find_by_email(&mut tx, email).await?.filter(|person| !person.deactivated) {
            let person = person.read_in(locale);
            if person.password_hash.is_some() {
                mail_reset(backend, &mut tx, &person).await?;
            } else {
                // Never came in: the invitation again, which asks for the name too.
                mail_invitation(backend, &mut tx, &person, None).await?;
            }
        }
        outbox::delete_job(&mut tx, job.job_id).await?;
        tx.commit().await?;
        done += 1;
    }
    Ok(done)
}

/// What a link leads to.
///
/// # Errors
/// When the database does not answer. A link that does not work is no error.
pub async fn read_link(backend: &Backend, token: &str) -> Result<LinkView, Error> {
    let mut connection = backend.store().read().await?;
    let link = find(&mut connection, token, backend.now()).await?;
    Ok(match link {
        Some(link) => {
            LinkView { invitation: link.kind == LinkKind::Invitation, valid_for: Some((link.name, link.email)) }
        }
        None => LinkView { valid_for: None, invitation: false },
    })
}

async fn find(connection: &mut AnyConnection, token: &str, now: Instant) -> Result<Option<rows::LinkRow>, Error> {
    if token.len() > 64 {
        return Ok(None);
    }
    rows::find_link(connection, &fingerprint(token), now).await
}

/// Sets the password that a link asks for, ends all of the person's sessions, and starts one.
///
/// # Errors
/// [`Error::Invalid`] at `password`, at `name` (an invitation), or at the form when the link does not work any more.
pub async fn accept_link(backend: &Backend, input: AcceptLink) -> Result<NewSession, Error> {
    let token = input.token.as_str();
    let expired = || Error::invalid("", Problem::LinkExpired);
    let link = {
        let mut connection = backend.store().read().await?;
        find(&mut connection, token, backend.now()).await?.ok_or_else(expired)?
    };
    let mut problems = Vec::new();
    let mut new_name = None;
    if link.kind == LinkKind::Invitation {
        match checked_name(&input.name, "name") {
            Ok(name) => new_name = Some(name),
            Err(problem) => problems.push(problem),
        }
    }
    problems
        .extend(password::check(&input.password, &link.email).map(|problem| FieldProblem::new("password", problem)));
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let hash = password::hash(&input.password).await?;
    let now = backend.now();
    let mut tx = backend.store().begin().await?;
    // Whoever comes second with the same link finds it used; so does someone deactivated meanwhile.
    if find(&mut tx, token, now).await?.is_none() || !rows::use_link(&mut tx, &fingerprint(token), now).await? {
        return Err(expired());
    }
    rows::use_links_of(&mut tx, link.user_id, now).await?;
    rows::set_password(&mut tx, link.user_id, &hash).await?;
    if let Some(name) = new_name {
        rows::set_name(&mut tx, link.user_id, &name).await?;
    }
    rows::set_first_locale(&mut tx, link.user_id, input.locale).await?;
    rows::delete_sessions(&mut tx, link.user_id, None).await?;
    if link.kind == LinkKind::Reset {
        let person = rows::find_by_id(&mut tx, link.user_id).await?.ok_or(Error::NotFound)?;
        let locale = person.locale.unwrap_or_default();
        let text = vec![words::changed_text(locale).to_owned()];
        let letter = Letter { title: words::changed_subject(locale), text, ..Letter::default() };
        letter::send(backend, &mut tx, "password_changed", &person, letter).await?;
    }
    let session = start_session(backend, &mut tx, link.user_id, &input.device, &input.address).await?;
    // Whoever has the link has the mailbox: what they came with is no news to them.
    rows::see_device(&mut tx, link.user_id, &super::device::shortened(&input.device), now).await?;
    tx.commit().await?;
    Ok(session)
}

/// A reset link for whoever runs Loket to hand over, without mail.
///
/// # Errors
/// [`Error::NotFound`] when nobody has this address; [`Error::Forbidden`] when it is that of someone who may not sign in.
pub async fn reset_link(backend: &Backend, email: &str) -> Result<String, Error> {
    let mut tx = backend.store().begin().await?;
    let person = rows::find_by_email(&mut tx, &normal_email(email)).await?.ok_or(Error::NotFound)?;
    if person.deactivated {
        return Err(Error::Forbidden);
    }
    let kind = if person.password_hash.is_some() { LinkKind::Reset } else { LinkKind::Invitation };
    let link = new_link(backend, &mut tx, person.user_id, kind).await?;
    tx.commit().await?;
    Ok(link)
}

/// Mails a link anew whose mail was given up: the link was forgotten with it. Nothing to whoever left, or to someone invited
/// who came in another way.
pub(in crate::desk) async fn mail_link_again(
    backend: &Backend,
    connection: &mut AnyConnection,
    mail: &str,
    user_id: i64,
) -> Result<(), Error> {
    let person = rows::find_by_id(connection, user_id).await?.filter(|person| !person.deactivated);
    let Some(person) = person else { return Ok(()) };
    match (mail, &person.password_hash) {
        ("invitation", Some(_)) => Ok(()),
        (_, Some(_)) => mail_reset(backend, connection, &person).await,
        (_, None) => {
            let inviter = rows::inviters_locale(connection, user_id).await?.unwrap_or_default();
            mail_invitation(backend, connection, &person.read_in(inviter), None).await
        }
    }
}

async fn mail_reset(backend: &Backend, connection: &mut AnyConnection, person: &PersonRow) -> Result<(), Error> {
    let locale = person.locale.unwrap_or_default();
    let link = new_link(backend, connection, person.user_id, LinkKind::Reset).await?;
    let letter = Letter {
        title: words::reset_subject(locale),
        text: vec![words::reset_text(locale).to_owned()],
        button: Some((words::reset_button(locale), link)),
        after: words::reset_after(locale),
    };
    letter::send(backend, connection, "reset", person, letter).await
}

/// Mails an invitation; `inviter` is a name, or nobody in person.
pub(super) async fn mail_invitation(
    backend: &Backend,
    connection: &mut AnyConnection,
    person: &PersonRow,
    inviter: Option<&str>,
) -> Result<(), Error> {
    let locale = person.locale.unwrap_or_default();
    let link = new_link(backend, connection, person.user_id, LinkKind::Invitation).await?;
    let organisation = match person.organisation_id {
        Some(id) => rows::organisation_name(connection, id).await?.unwrap_or_default(),
        None => domain::brand::Brand::loket().name,
    };
    let inviter = inviter.unwrap_or(words::support_desk(locale));
    let letter = Letter {
        title: &words::invitation_subject(locale, &organisation),
        text: vec![words::invitation_text(locale, inviter, &organisation)],
        button: Some((words::invitation_button(locale), link)),
        after: words::invitation_after(locale),
    };
    letter::send(backend, connection, "invitation", person, letter).await
}

/// Tells someone who has an account elsewhere that they were invited.
pub(super) async fn mail_elsewhere(
    backend: &Backend,
    connection: &mut AnyConnection,
    person: &PersonRow,
    inviter: &str,
    organisation: &str,
) -> Result<(), Error> {
    let locale: Locale = person.locale.unwrap_or_default();
    let text = vec![words::elsewhere_text(locale, inviter, organisation)];
    let letter = Letter { title: words::elsewhere_subject(locale), text, ..Letter::default() };
    letter::send(backend, connection, "invited_elsewhere", person, letter).await
}

/// A new link; earlier ones of the person stop working, so that only the latest mail counts.
async fn new_link(
    backend: &Backend,
    connection: &mut AnyConnection,
    user_id: i64,
    kind: LinkKind,
) -> Result<String, Error> {
    let token = crate::random::token::<32>()?;
    let now = backend.now();
    let lasts = match kind {
        LinkKind::Invitation => INVITATION_LASTS,
        LinkKind::Reset => RESET_LASTS,
    };
    rows::use_links_of(connection, user_id, now).await?;
    rows::insert_link(connection, user_id, kind, &fingerprint(&token), now, now + lasts).await?;
    Ok([&backend.config().base_url, "/link/", &token].concat())
}
