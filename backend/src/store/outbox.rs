//! Work that a transaction leaves behind: mails to send, and small jobs. Rows are claimed with a lease, so that several
//! processes share the work and a crash loses none of it.

use domain::time::{Instant, Millis};
use sqlx::AnyConnection;

use super::sql::{Columns, Sql};
use crate::Error;

pub(crate) struct NewMailRow<'a> {
    pub(crate) kind: &'a str,
    pub(crate) to_email: &'a str,
    pub(crate) to_name: &'a str,
    pub(crate) subject: &'a str,
    pub(crate) body: &'a str,
    pub(crate) ticket_id: Option<i64>,
    pub(crate) now: Instant,
}

pub(crate) async fn insert_mail(connection: &mut AnyConnection, new: NewMailRow<'_>) -> Result<i64, Error> {
    let mut sql =
        Sql::new("INSERT INTO outbox (kind, to_email, to_name, subject, body, ticket_id, created_at, due_at) VALUES (");
    sql.bind(new.kind.to_owned()).push(", ").bind(new.to_email.to_owned()).push(", ").bind(new.to_name.to_owned());
    sql.push(", ").bind(new.subject.to_owned()).push(", ").bind(new.body.to_owned()).push(", ").bind(new.ticket_id);
    sql.push(", ").bind(new.now.0).push(", ").bind(new.now.0).push(") RETURNING outbox_id");
    Columns::new(&sql.one(connection).await?).get()
}

/// A mail that waits to be sent.
pub(crate) struct MailRow {
    pub(crate) outbox_id: i64,
    pub(crate) to_email: String,
    pub(crate) to_name: String,
    pub(crate) subject: String,
    pub(crate) body: String,
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
    sql.bind((now + lease).0)
        .push(" WHERE outbox_id = (SELECT outbox_id FROM outbox WHERE sent_at IS NULL AND due_at <= ");
    sql.bind(now.0).push(" ORDER BY due_at, outbox_id LIMIT 1) AND due_at <= ").bind(now.0);
    sql.push(" RETURNING outbox_id, to_email, to_name, subject, body, created_at, attempts");
    let Some(row) = sql.optional(connection).await? else { return Ok(None) };
    let mut c = Columns::new(&row);
    Ok(Some(MailRow {
        outbox_id: c.get()?,
        to_email: c.get()?,
        to_name: c.get()?,
        subject: c.get()?,
        body: c.get()?,
        created_at: c.instant()?,
        attempts: c.get()?,
    }))
}

pub(crate) async fn mail_sent(connection: &mut AnyConnection, outbox_id: i64, now: Instant) -> Result<(), Error> {
    let mut sql = Sql::new("UPDATE outbox SET error = '', sent_at = ");
    sql.bind(now.0).push(" WHERE outbox_id = ").bind(outbox_id);
    sql.execute(connection).await?;
    Ok(())
}

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
