//! Mail to the outbox and out of it. Mails about tickets are composed from notices by a job ([`compose_due`]); mails about
//! accounts are written by the use case itself ([`enqueue`]). Another job sends what is in the outbox ([`drain_outbox`]): by
//! SMTP, or as files into `LOKET_DATA/mail` where none is configured.

use domain::time::Instant;
use sqlx::AnyConnection;

use crate::store::outbox as rows;
use crate::{Backend, Error, random};

mod about;
mod block;
mod compose;
mod deliver;
mod digest;
pub mod inlet;
mod sheet;
mod smtp;
mod thread;
mod words;

pub use compose::compose_due;
pub use deliver::{check, drain_outbox};
pub(crate) use sheet::{Foot, Part, Sheet};
pub(crate) use thread::Thread;

/// Whose mail it is, what it is called, where it belongs. What it says is a [`Sheet`].
#[derive(Clone, Debug, Default)]
pub(crate) struct Mail<'a> {
    /// What kind of mail it is: a notice's slug, `digest`, `invitation`, `reset`.
    pub(crate) kind: &'a str,
    /// `None`: to someone we do not know.
    pub(crate) user_id: Option<i64>,
    pub(crate) to_email: &'a str,
    pub(crate) to_name: &'a str,
    /// Empty: Loket.
    pub(crate) from_name: &'a str,
    pub(crate) subject: &'a str,
    pub(crate) ticket_id: Option<i64>,
    /// The key of the organisation whose list of mails it belongs to.
    pub(crate) list: Option<&'a str>,
    /// Where one click ends mails like this one; empty: they cannot be ended.
    pub(crate) unsubscribe: &'a str,
    pub(crate) thread: Thread,
}

/// Puts a mail into the outbox, in the transaction of whatever it tells about; gives its id there. Its Message-ID is made
/// here, once: however often it is sent, a receiver can tell that it is the same mail (RFC 5322, 3.6.4).
///
/// # Errors
/// When the database refuses.
pub(crate) async fn enqueue(
    backend: &Backend,
    db: &mut AnyConnection,
    now: Instant,
    mail: Mail<'_>,
    sheet: &Sheet,
) -> Result<i64, Error> {
    put(backend, db, now, mail, &sheet.text(), &sheet.html()).await
}

/// The same in plain text alone: for people of whom nothing is known, not even their language.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn enqueue_text(
    backend: &Backend,
    db: &mut AnyConnection,
    now: Instant,
    mail: Mail<'_>,
    text: &str,
) -> Result<i64, Error> {
    put(backend, db, now, mail, text, "").await
}

async fn put(
    backend: &Backend,
    db: &mut AnyConnection,
    now: Instant,
    mail: Mail<'_>,
    text: &str,
    html: &str,
) -> Result<i64, Error> {
    let (_, host) = backend.config().support_parts();
    let new = rows::NewMailRow {
        kind: mail.kind,
        user_id: mail.user_id,
        to_email: mail.to_email,
        to_name: mail.to_name,
        from_name: mail.from_name,
        subject: mail.subject,
        body: text,
        html,
        message_id: &[&random::base32::<16>()?, "@", host].concat(),
        in_reply_to: &mail.thread.in_reply_to,
        references: &mail.thread.references.join(" "),
        reply_to: &mail.thread.reply_to,
        list_id: &mail.list.map_or_else(String::new, |key| [&key.to_ascii_lowercase(), ".", host].concat()),
        unsubscribe: mail.unsubscribe,
        ticket_id: mail.ticket_id,
        now,
    };
    rows::insert_mail(db, new).await
}
