//! What is done without anyone asking: mail, warnings, reset links, closing what was resolved long ago, sweeping. Each job is
//! harmless to repeat and safe to run in several processes.

use std::time::Duration;

use domain::time::{Instant, Millis};
use tokio::sync::watch;

use crate::store::account as rows;
use crate::{Backend, Error, desk, limit, mail};

/// Mail leaves within this time. One indexed query on an empty outbox.
const TICK: Duration = Duration::from_secs(2);
/// How often clocks are looked at that may be at risk or breached: one indexed query when there is none.
const WARN_EVERY: Millis = Millis::seconds(20);
/// How often the passing of time is looked at.
const SWEEP_EVERY: Millis = Millis::minutes(10);

/// Runs the jobs until `stop` says so.
pub async fn run(backend: Backend, mut stop: watch::Receiver<bool>) {
    let (mut swept_at, mut warned_at): (Option<Instant>, Option<Instant>) = (None, None);
    while !*stop.borrow() {
        report("sending mail", send_once(&backend).await);
        let now = backend.now();
        if warned_at.is_none_or(|at| now.since(at) >= WARN_EVERY) {
            report("warning", desk::warning::give(&backend).await);
            warned_at = Some(now);
        }
        if swept_at.is_none_or(|at| now.since(at) >= SWEEP_EVERY) {
            report("sweeping", sweep_once(&backend).await);
            swept_at = Some(now);
        }
        tokio::select! {
            () = tokio::time::sleep(TICK) => {}
            changed = stop.changed() => {
                if changed.is_err() {
                    break;
                }
            }
        }
    }
}

fn report<T>(what: &str, result: Result<T, Error>) {
    if let Err(error) = result {
        tracing::error!(%error, what, "a job failed; it is tried again");
    }
}

/// Sends what waits: reset links that were asked for, what people are to be told, then the outbox.
///
/// # Errors
/// When the database does not answer.
pub async fn send_once(backend: &Backend) -> Result<usize, Error> {
    desk::account::send_resets(backend).await?;
    mail::compose_due(backend).await?;
    mail::drain_outbox(backend).await
}

/// Does what the passing of time asks for.
///
/// # Errors
/// When the database does not answer.
pub async fn sweep_once(backend: &Backend) -> Result<(), Error> {
    let now = backend.now();
    let mut tx = backend.store().begin().await?;
    let swept = rows::sweep(&mut tx, now, now - limit::FORGET_AFTER).await?;
    tx.commit().await?;
    if swept > 0 {
        tracing::debug!(swept, "sessions, links and tries that had ended");
    }
    desk::ticket::close_expired(backend).await?;
    desk::file::sweep(backend).await?;
    desk::mail::sweep(backend).await?;
    desk::notice::sweep(backend).await?;
    desk::outbox::sweep(backend).await?;
    Ok(())
}
