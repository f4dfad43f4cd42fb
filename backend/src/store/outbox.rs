//! Work that a transaction leaves behind: mails to send, and small jobs. Rows are claimed with a lease, so that several
//! processes share the work and a crash loses none of it.

use domain::time::{Instant, Millis};
use sqlx::AnyConnection;

use super::sql::{Columns, Sql};
use crate::Error;

mod dead;
mod forget;
mod thread;

pub(crate) use dead::*;
pub(crate) use forget::*;
pub(crate) use thread::*;

/// A mail as it is written. See the table's columns.
pub(crate) struct NewMailRow<'a> {
    pub(crate) kind: &'a str,
    pub(crate) user_id: Option<i64>,
    pub(crate) to_email: &'a str,
    pub(crate) to_name: &'a str,
    pub(crate) from_name: &'a str,
    pub(crate) subject: &'a str,
    /// As text.
    pub(crate) body: &'a str,
    pub(crate) html: &'a str,
    pub(crate) message_id: &'a str,
    pub(crate) in_reply_to: &'a str,
    /// Separated by spaces.
    pub(crate) references: &'a str,
    pub(crate) reply_to: &'a str,
    pub(crate) list_id: &'a str,
    pub(crate) unsubscribe: &'a str,
    pub(crate) ticket_id: Option<i64>,
    pub(crate) now: Instant,
}

pub(crate) async fn insert_mail(connection: &mut AnyConnection, new: NewMailRow<'_>) -> Result<i64, Error> {
    let mut sql = Sql::new(
        "INSERT INTO outbox (kind, user_id, to_email, to_name, from_name, subject, body, html, message_id, in_reply_to, refs, \
         reply_to, list_id, unsubscribe, ticket_id, created_at, due_at) VALUES (",
    );
    sql.bind(new.kind.to_owned()).push(", ").bind(new.user_id);
    for text in [
        new.to_email,
        new.to_name,
        new.from_name,
        new.subject,
        new.body,
        new.html,
        new.message_id,
        new.in_reply_to,
        new.references,
        new.reply_to,
        new.list_id,
        new.unsubscribe,
    ] {
        sql.push(", ").bind(text.to_owned());
    }
    sql.push(", ").bind(new.ticket_id).push(", ").bind(new.now.0).push(", ").bind(new.now.0);
    sql.push(") RETURNING outbox_id");
    Columns::new(&sql.one(connection).await?).get()
}

/// A mail that is being sent.
pub(crate) struct MailRow {
    pub(crate) outbox_id: i64,
    pub(crate) kind: String,
    pub(crate) user_id: Option<i64>,
    pub(crate) to_email: String,
    pub(crate) to_name: String,
    pub(crate) from_name: String,
    pub(crate) subject: String,
    pub(crate) body: String,
    pub(crate) html: String,
    pub(crate) message_id: String,
    pub(crate) in_reply_to: String,
    pub(crate) references: String,
    pub(crate) reply_to: String,
    pub(crate) list_id: String,
    pub(crate) unsubscribe: String,
    pub(crate) created_at: Instant,
    pub(crate) attempts: i64,
}

/// Takes the mail that waits longest, for as long as `lease`: whoever does not report back by then loses it.
pub(crate) async fn claim_mail(
    connection: &mut AnyConnection,
    now: Instant,
    lease: Millis,
) -> Result<Option<MailRow>, Error> {
    let mut sql = Sql::new("UPDATE outbox SET attempts = attempts + 1, due_at = ");
    sql.bind((now + lease).0).push(
        " WHERE outbox_id = (SELECT outbox_id FROM outbox WHERE sent_at IS NULL AND dead_at IS NULL AND due_at <= ",
    );
    sql.bind(now.0).push(" ORDER BY due_at, outbox_id LIMIT 1) AND sent_at IS NULL AND due_at <= ").bind(now.0);
    sql.push(
        " RETURNING outbox_id, kind, user_id, to_email, to_name, from_name, subject, body, html, message_id, in_reply_to, \
         refs, reply_to, list_id, unsubscribe, created_at, attempts",
    );
    let Some(row) = sql.optional(connection).await? else { return Ok(None) };
    let mut c = Columns::new(&row);
    Ok(Some(MailRow {
        outbox_id: c.get()?,
        kind: c.get()?,
        user_id: c.get()?,
        to_email: c.get()?,
        to_name: c.get()?,
        from_name: c.get()?,
        subject: c.get()?,
        body: c.get()?,
        html: c.get()?,
        message_id: c.get()?,
        in_reply_to: c.get()?,
        references: c.get()?,
        reply_to: c.get()?,
        list_id: c.get()?,
        unsubscribe: c.get()?,
        created_at: c.instant()?,
        attempts: c.get()?,
    }))
}

/// Whether there is a mail whose time has come: nearly always there is none, and nothing need be locked to know.
pub(crate) async fn has_mail(connection: &mut AnyConnection, now: Instant) -> Result<bool, Error> {
    let mut sql = Sql::new("SELECT 1 FROM outbox WHERE sent_at IS NULL AND dead_at IS NULL AND due_at <= ");
    sql.bind(now.0).push(" LIMIT 1");
    Ok(sql.optional(connection).await?.is_some())
}

/// It has left; a link in it that only its reader may know is forgotten.
pub(crate) async fn mail_sent(connection: &mut AnyConnection, outbox_id: i64, now: Instant) -> Result<(), Error> {
    let mut sql = Sql::new("UPDATE outbox SET error = '', sent_at = ");
    sql.bind(now.0).push(WITHOUT_SECRET).push(" WHERE outbox_id = ").bind(outbox_id);
    sql.execute(connection).await?;
    Ok(())
}

/// It is tried again then.
pub(crate) async fn mail_failed(
    connection: &mut AnyConnection,
    outbox_id: i64,
    error: &str,
    next_at: Instant,
) -> Result<(), Error> {
    let mut sql = Sql::new("UPDATE outbox SET error = ");
    sql.bind(error.to_owned()).push(", due_at = ").bind(next_at.0).push(" WHERE outbox_id = ").bind(outbox_id);
    sql.execute(connection).await?;
    Ok(())
}

pub(crate) async fn insert_job(
    connection: &mut AnyConnection,
    kind: &str,
    payload: &str,
    due_at: Instant,
) -> Result<(), Error> {
    let mut sql = Sql::new("INSERT INTO job (kind, payload, due_at) VALUES (");
    sql.bind(kind.to_owned()).push(", ").bind(payload.to_owned()).push(", ").bind(due_at.0).push(")");
    sql.execute(connection).await?;
    Ok(())
}

/// A job to do.
pub(crate) struct JobRow {
    pub(crate) job_id: i64,
    pub(crate) payload: String,
}

/// Takes a job of this kind for as long as `lease`.
pub(crate) async fn claim_job(
    connection: &mut AnyConnection,
    kind: &str,
    now: Instant,
    lease: Millis,
) -> Result<Option<JobRow>, Error> {
    let mut sql = Sql::new("UPDATE job SET attempts = attempts + 1, due_at = ");
    sql.bind((now + lease).0).push(" WHERE job_id = (SELECT job_id FROM job WHERE done_at IS NULL AND kind = ");
    sql.bind(kind.to_owned()).push(" AND due_at <= ").bind(now.0).push(" ORDER BY due_at, job_id LIMIT 1)");
    sql.push(" AND due_at <= ").bind(now.0).push(" RETURNING job_id, payload");
    let Some(row) = sql.optional(connection).await? else { return Ok(None) };
    let mut c = Columns::new(&row);
    Ok(Some(JobRow { job_id: c.get()?, payload: c.get()? }))
}

/// A job that is done leaves no trace.
pub(crate) async fn delete_job(connection: &mut AnyConnection, job_id: i64) -> Result<(), Error> {
    let mut sql = Sql::new("DELETE FROM job WHERE job_id = ");
    sql.bind(job_id);
    sql.execute(connection).await?;
    Ok(())
}
