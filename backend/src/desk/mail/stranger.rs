//! The one neutral mail to somebody we do not know: that their message is here, or that it could not be taken. It says nothing
//! about anyone, repeats nothing of what they wrote, and goes at most once a week to an address, so that Loket cannot be made
//! to mail a third person, nor to talk with a machine.

use domain::i18n::Locale;
use domain::mail::MailKind;
use domain::time::Millis;
use letter::Letter;
use sqlx::AnyConnection;

use super::{Arrival, words};
use crate::desk::account::{is_email, normal_email};
use crate::mail::{self, Mail};
use crate::{Backend, Error, store};

/// One address is answered once in so long.
const ONCE_IN: Millis = Millis(7 * Millis::DAY.0);

/// What it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Say {
    Received,
    Refused,
}

/// Puts the mail into the outbox, unless there is a reason not to.
pub(super) async fn answer(
    backend: &Backend,
    db: &mut AnyConnection,
    letter: &Letter,
    arrival: &Arrival,
    kind: MailKind,
    say: Say,
) -> Result<(), Error> {
    let now = backend.now();
    let Some(email) = address(letter, arrival).filter(|_| kind == MailKind::Person) else { return Ok(()) };
    if !store::inbound::may_answer_stranger(db, &email, now, now - ONCE_IN).await? {
        return Ok(());
    }
    let limit = (letter::Limits::default().bytes / 1_000_000).to_string();
    let said = |locale| match say {
        Say::Received => (words::stranger_subject(locale), words::stranger_body(locale).to_owned()),
        Say::Refused => (words::refused_subject(locale), words::refused_body(locale, &limit)),
    };
    let kind = match say {
        Say::Received => "stranger",
        Say::Refused => "refused",
    };
    let ((english_subject, english), (dutch_subject, dutch)) = (said(Locale::English), said(Locale::Dutch));
    let subject = [english_subject, " / ", dutch_subject].concat();
    let body = [english.as_str(), "\n---\n\n", &dutch].concat();
    let mail = Mail { kind, to_email: &email, subject: &subject, ..Mail::default() };
    mail::enqueue_text(backend, db, now, mail, &body).await.map(drop)
}

/// Where automatic answers go (RFC 3834 §4): the path it came by. An empty path wants none.
fn address(letter: &Letter, arrival: &Arrival) -> Option<String> {
    let path = arrival.envelope_from.as_ref().or(letter.return_path.as_ref());
    let from = letter.from.as_ref().map(|from| &from.address);
    let email = normal_email(path.or(from)?.trim_matches(['<', '>']));
    is_email(&email).then_some(email)
}

/// Forgets those who may be answered again.
///
/// # Errors
/// When the database does not answer.
pub async fn sweep(backend: &Backend) -> Result<(), Error> {
    let mut tx = backend.store().begin().await?;
    store::inbound::forget_strangers(&mut tx, backend.now() - ONCE_IN).await?;
    tx.commit().await?;
    Ok(())
}
