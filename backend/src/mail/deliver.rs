//! Out of the outbox: by SMTP, or as files where none is configured. A mail goes out at least once, with the same id each
//! time; it is tried again at growing distance, and given up when the other side refuses it for good.

use std::path::Path;

use domain::time::Millis;
use letter::Outgoing;
use tokio::io::AsyncWriteExt;

use super::smtp::{Connection, Failed};
use crate::config::{Config, Smtp};
use crate::store::notification::set_bounced;
use crate::store::outbox::{self as rows, MailRow};
use crate::{Backend, Error};

/// One sender at a time has a mail for so long; then another may try. Longer than one attempt can take (`smtp::TIMEOUT`).
const LEASE: Millis = Millis::minutes(5);
/// Mails per round, so that a long queue does not keep other jobs waiting.
const AT_ONCE: usize = 100;
/// With the distances of [`backoff`] that is three days: what most mail servers try (RFC 5321, 4.5.4.1 says four to five).
const ATTEMPTS: i64 = 20;

/// Sends what waits in the outbox; gives how many. A mail may go out twice after a crash, never not at all.
///
/// # Errors
/// When the database does not answer. A mail that cannot be sent is tried again later and is no error.
pub async fn drain_outbox(backend: &Backend) -> Result<usize, Error> {
    let mut sent = 0;
    // One connection for all mails of a round.
    let mut line = Line::default();
    for _ in 0..AT_ONCE {
        let waits = {
            let mut db = backend.store().read().await?;
            rows::has_mail(&mut db, backend.now()).await?
        };
        if !waits {
            break;
        }
        let mut tx = backend.store().begin().await?;
        let Some(mail) = rows::claim_mail(&mut tx, backend.now(), LEASE).await? else { break };
        tx.commit().await?;
        let outcome = line.deliver(backend.config(), &mail).await;
        let down = matches!(outcome, Err(Failed::Down(_)));
        if report(backend, &mail, outcome).await? {
            sent += 1;
        }
        // Nobody answers: the others need not find out one by one.
        if down {
            break;
        }
    }
    line.close().await;
    Ok(sent)
}

/// Writes down what became of a mail; whether it was sent.
async fn report(backend: &Backend, mail: &MailRow, outcome: Result<(), Failed>) -> Result<bool, Error> {
    let now = backend.now();
    let mut tx = backend.store().begin().await?;
    let (id, attempt) = (mail.outbox_id, mail.attempts);
    match outcome {
        Ok(()) => {
            rows::mail_sent(&mut tx, id, now).await?;
            tx.commit().await?;
            return Ok(true);
        }
        Err(Failed::Down(error) | Failed::Later(error)) if attempt < ATTEMPTS => {
            tracing::warn!(mail = id, attempt, %error, "a mail could not be sent; it is tried again");
            rows::mail_failed(&mut tx, id, &error, now + backoff(attempt)).await?;
        }
        Err(Failed::Down(error) | Failed::Later(error) | Failed::Never(error)) => {
            tracing::error!(mail = id, attempt, %error, "a mail was given up");
            rows::mail_dead(&mut tx, id, &error, now).await?;
        }
        Err(Failed::NoSuchAddress(error)) => {
            tracing::warn!(mail = id, %error, "a mail was refused: there is no such address");
            rows::mail_dead(&mut tx, id, &error, now).await?;
            if let Some(user_id) = mail.user_id {
                set_bounced(&mut tx, user_id, Some((now, &error))).await?;
            }
        }
    }
    tx.commit().await?;
    Ok(false)
}

/// One minute, two, four, up to six hours: a full disk or a dead server is looked after within a day.
fn backoff(attempts: i64) -> Millis {
    let doubled = 1_i64 << attempts.clamp(1, 16).saturating_sub(1);
    Millis::minutes(doubled).min(Millis::hours(6))
}

/// The way out: a connection that stays open from mail to mail.
#[derive(Default)]
struct Line {
    connection: Option<Connection>,
}

impl Line {
    async fn deliver(&mut self, config: &Config, mail: &MailRow) -> Result<(), Failed> {
        let bytes = message(config, mail).map_err(|error| Failed::Never(error.to_string()))?;
        match &config.smtp {
            Some(smtp) if !is_example(&mail.to_email) => self.send(config, smtp, mail, &bytes).await,
            _ => {
                let name = format!("{:08}.eml", mail.outbox_id);
                let written = write_whole(&config.mail(), &name, &bytes).await;
                written.map_err(|error| Failed::Later(error.to_string()))
            }
        }
    }

    async fn send(&mut self, config: &Config, smtp: &Smtp, mail: &MailRow, bytes: &[u8]) -> Result<(), Failed> {
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => Connection::open(smtp, config.support_parts().1).await?,
        };
        let sent = connection.send(&config.support_address, &mail.to_email, bytes).await;
        // After a refusal the line is as good as before; after anything else nobody knows what the other side heard.
        if connection.is_whole() {
            self.connection = Some(connection);
        }
        sent
    }

    async fn close(self) {
        if let Some(connection) = self.connection {
            connection.close().await;
        }
    }
}

/// Names that nobody can have (RFC 2606), as those of the demonstration: mail to them goes nowhere, so it is a file.
fn is_example(email: &str) -> bool {
    let host = email.rsplit('@').next().unwrap_or_default();
    host.ends_with(".example") || host == "example"
}

/// A mail of the outbox as it travels.
fn message(config: &Config, mail: &MailRow) -> Result<Vec<u8>, letter::Unwritable> {
    let (_, host) = config.support_parts();
    // Of before mails had ids of their own.
    let old_id = ["outbox.", &mail.outbox_id.to_string(), "@", host].concat();
    let references: Vec<&str> = mail.references.split_ascii_whitespace().collect();
    letter::write(&Outgoing {
        from_name: if mail.from_name.is_empty() { "Loket" } else { &mail.from_name },
        from: &config.support_address,
        to_name: &mail.to_name,
        to: &mail.to_email,
        reply_to: &mail.reply_to,
        subject: &mail.subject,
        sent_at: mail.created_at.0,
        message_id: if mail.message_id.is_empty() { &old_id } else { &mail.message_id },
        in_reply_to: &mail.in_reply_to,
        references: &references,
        list_id: &mail.list_id,
        unsubscribe: &mail.unsubscribe,
        answers: matches!(mail.kind.as_str(), "stranger" | "refused"),
        origin: &[host, "; ", &mail.kind].concat(),
        text: &mail.body,
        html: &mail.html,
    })
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

/// Whether mail can leave: for `loket doctor`. Says how.
///
/// # Errors
/// What the mail server says, or that it says nothing.
pub async fn check(config: &Config) -> Result<String, String> {
    let Some(smtp) = &config.smtp else {
        return Ok(["no SMTP: mail is written into ", &config.mail().display().to_string()].concat());
    };
    let connection = Connection::open(smtp, config.support_parts().1).await.map_err(|failed| failed.to_string())?;
    connection.close().await;
    Ok(["from ", &config.support_address, " by ", &smtp.host].concat())
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

    #[test]
    fn the_people_of_the_demonstration_get_files_only() {
        assert!(is_example("anna@acme.example") && !is_example("anna@example.org") && !is_example("a@myexample"));
    }
}
