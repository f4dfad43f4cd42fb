//! Mail that did not leave: admins read what the other side said, and try it again or forget it.

use std::collections::HashSet;

use domain::actor::Actor;
use domain::time::Millis;
use domain::view::notice::{DeadLetterView, DeadLettersView, MailSetup};

use super::account;
use crate::config::Config;
use crate::store::Tx;
use crate::store::outbox as rows;
use crate::{Backend, Error, policy};

/// Where invitations and resets lead; see `account::link`. A text that merely looks so is hidden too, which harms no one.
const SECRET_LINK: &str = "/link/";
/// Rows of a page.
const ROWS: i64 = 50;
/// What a mail said can be looked up for so long, as notices can; whom it reached has it, and the ticket says it too.
const KEPT: Millis = Millis(90 * Millis::DAY.0);
/// Mails per sweep, so that the outbox of years does not keep others from writing.
const AT_ONCE: i64 = 1_000;

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
        waiting_error: rows::waiting_error(&mut db).await?,
        setup: MailSetup {
            last_sent_at: rows::last_sent(&mut db).await?,
            last_received_at: crate::store::inbound::last_received(&mut db).await?,
            ..setup(backend.config())
        },
        zone: policy::calendars(backend, &mut db).await?.zone(now),
    })
}

/// What is configured, and no password.
fn setup(config: &Config) -> MailSetup {
    MailSetup {
        address: config.support_address.clone(),
        smtp: config.smtp.as_ref().map(|smtp| [&smtp.host, ":", &smtp.port.to_string()].concat()).unwrap_or_default(),
        authority: config.mail_in.authority.clone(),
        lmtp: config.mail_in.lmtp.clone(),
        imap: mailbox(&config.mail_in.imap),
        ..MailSetup::default()
    }
}

/// `imaps://user:password@host/INBOX` as `host/INBOX`.
fn mailbox(url: &str) -> String {
    let Ok(url) = url::Url::parse(url) else { return String::new() };
    [url.host_str().unwrap_or_default(), url.path()].concat()
}

/// One of those that were given up. Whoever reads a link to set a password could become whom it is for, so an admin does not.
///
/// # Errors
/// [`Error::Forbidden`] for everyone but admins; [`Error::NotFound`] for what was not given up.
pub async fn read(backend: &Backend, actor: &Actor, outbox_id: i64) -> Result<DeadLetterView, Error> {
    admin(actor)?;
    let mut db = backend.store().snapshot().await?;
    let (letter, text) = rows::dead_one(&mut db, outbox_id).await?.ok_or(Error::NotFound)?;
    let text = (!rows::is_secret(&letter.kind) && !text.contains(SECRET_LINK)).then_some(text);
    Ok(DeadLetterView { now: backend.now(), letter, text })
}

/// Mails with a link are written anew, with a new link: of the old ones it was forgotten. A new link ends the one before, so
/// nobody gets two. Gives how many.
async fn renew(backend: &Backend, tx: &mut Tx, only: Option<i64>) -> Result<u64, Error> {
    let mut renewed = HashSet::new();
    for (outbox_id, kind, user_id) in rows::dead_secrets(tx, only).await? {
        // Another admin may have been first.
        if !rows::discard(tx, outbox_id).await? || !renewed.insert((kind.clone(), user_id)) {
            continue;
        }
        if let Some(user_id) = user_id {
            account::mail_link_again(backend, tx, &kind, user_id).await?;
        }
    }
    Ok(renewed.len() as u64)
}

/// All of them are tried again; gives how many.
///
/// # Errors
/// [`Error::Forbidden`] for everyone but admins.
pub async fn retry_all(backend: &Backend, actor: &Actor) -> Result<u64, Error> {
    admin(actor)?;
    let mut tx = backend.store().begin().await?;
    let renewed = renew(backend, &mut tx, None).await?;
    let revived = renewed + rows::revive_all(&mut tx, backend.now()).await?;
    tx.commit().await?;
    Ok(revived)
}

/// One is tried again, as if it were new.
///
/// # Errors
/// [`Error::Forbidden`] for everyone but admins; [`Error::NotFound`] for what was not given up.
pub async fn retry(backend: &Backend, actor: &Actor, outbox_id: i64) -> Result<(), Error> {
    admin(actor)?;
    let mut tx = backend.store().begin().await?;
    if renew(backend, &mut tx, Some(outbox_id)).await? == 0 && !rows::revive(&mut tx, outbox_id, backend.now()).await? {
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

/// Forgets what was sent long ago. What was given up waits for an admin, however long.
pub(crate) async fn sweep(backend: &Backend) -> Result<u64, Error> {
    let mut tx = backend.store().begin().await?;
    let swept = rows::forget_sent(&mut tx, backend.now() - KEPT, AT_ONCE).await?;
    tx.commit().await?;
    Ok(swept)
}

#[cfg(test)]
mod tests {
    use super::mailbox;

    #[test]
    fn a_mailbox_is_shown_without_its_password() {
        assert_eq!(mailbox("imaps://me%40x:secret@mail.example:993/INBOX"), "mail.example/INBOX");
        assert_eq!(mailbox(""), "");
        assert_eq!(mailbox("no secret URL"), "");
    }
}
