//! Mail to the outbox and out of it. A use case writes a mail in its own transaction ([`enqueue`]); a job takes it from
//! there ([`drain_outbox`]) and, until a real mail server is configured, writes it as a file into `LOKET_DATA/mail`.

use std::path::Path;

use domain::time::{Instant, Millis};
use sqlx::AnyConnection;
use tokio::io::AsyncWriteExt;

use crate::store::outbox as rows;
use crate::{Backend, Error};

pub mod message;

/// One sender at a time has a mail for so long; then another may try.
const LEASE: Millis = Millis::minutes(2);
/// Mails per round, so that a long queue does not keep other jobs waiting.
const AT_ONCE: usize = 100;

/// A mail to send.
#[derive(Clone, Debug)]
pub struct Mail<'a> {
    /// What kind of mail it is, for the people who run Loket: `invitation`, `ticket_received`.
    pub kind: &'a str,
    pub to_email: &'a str,
    pub to_name: &'a str,
    pub subject: &'a str,
    /// Plain text.
    pub body: &'a str,
    pub ticket_id: Option<i64>,
}

/// Puts a mail into the outbox, in the transaction of whatever it tells about.
///
/// # Errors
/// When the database refuses.
pub async fn enqueue(connection: &mut AnyConnection, now: Instant, mail: Mail<'_>) -> Result<(), Error> {
    let Mail { kind, to_email, to_name, subject, body, ticket_id } = mail;
    rows::insert_mail(connection, rows::NewMailRow { kind, to_email, to_name, subject, body, ticket_id, now }).await?;
    Ok(())
}

/// Sends what waits in the outbox; gives how many. A mail may go out twice after a crash, never not at all.
///
/// # Errors
/// When the database does not answer. A mail that cannot be written is tried again later and is no error.
pub async fn drain_outbox(backend: &Backend) -> Result<usize, Error> {
    let mut sent = 0;
    for _ in 0..AT_ONCE {
        let mut tx = backend.store().begin().await?;
        let Some(mail) = rows::claim_mail(&mut tx, backend.now(), LEASE).await? else { break };
        tx.commit().await?;
        let result = deliver(backend, &mail).await;
        let mut tx = backend.store().begin().await?;
        let now = backend.now();
        match result {
            Ok(()) => {
                rows::mail_sent(&mut tx, mail.outbox_id, now).await?;
                sent += 1;
            }
            Err(error) => {
                tracing::warn!(mail = mail.outbox_id, attempt = mail.attempts, %error, "a mail could not be sent");
                rows::mail_failed(&mut tx, mail.outbox_id, &error.to_string(), now + backoff(mail.attempts)).await?;
            }
        }
        tx.commit().await?;
    }
    Ok(sent)
}

/// One minute, two, four, up to six hours: a full disk or a dead server is looked after within a day.
fn backoff(attempts: i64) -> Millis {
    let doubled = 1_i64 << attempts.clamp(1, 16).saturating_sub(1);
    Millis::minutes(doubled).min(Millis::hours(6))
}

async fn deliver(backend: &Backend, mail: &rows::MailRow) -> std::io::Result<()> {
    let text = message::render(&message::Parts {
        outbox_id: mail.outbox_id,
        base_url: &backend.config().base_url,
        to_email: &mail.to_email,
        to_name: &mail.to_name,
        subject: &mail.subject,
        body: &mail.body,
        at: mail.created_at,
    });
    write_whole(&backend.config().mail(), &format!("{:08}.eml", mail.outbox_id), text.as_bytes()).await
}

/// A file that is there whole or not at all, also after a power failure: written beside, synced, renamed, and the
/// folder synced.
async fn write_whole(folder: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    let partial = folder.join([name, ".partial"].concat());
    let mut file = tokio::fs::File::create(&partial).await?;
    file.write_all(bytes).await?;
    file.sync_all().await?;
    drop(file);
    tokio::fs::rename(&partial, folder.join(name)).await?;
    tokio::fs::File::open(folder).await?.sync_all().await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retries_come_at_doubling_distance_up_to_six_hours() {
        let minutes: Vec<_> = (1..=12).map(|attempt| backoff(attempt).0 / Millis::MINUTE.0).collect();
        assert_eq!(minutes, [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360]);
        assert_eq!(backoff(1_000), Millis::hours(6));
    }
}
