//! The doors through which mail comes in: a listener that mail servers deliver to ([`lmtp`]) and a mailbox that is fetched
//! from ([`imap`]). Both end in `desk::mail::receive`, and say yes only after it. The third door, a pipe, is a command
//! (`loket mail receive`).

use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::config::MailIn;
use crate::{Backend, Error};

pub mod imap;
pub mod lmtp;

/// The mailbox that the listener and the fetched one stand for: one and the same message arrives once, whichever door it takes.
pub const MAILBOX: &str = "support";

/// What a door reads of one message at most. More than [`letter::Limits`] allows, so that what is refused as too large is kept
/// for agents; less than what would fill the memory.
pub const READ_AT_MOST: usize = 64 * 1024 * 1024;

/// Opens the doors that are configured, until `stop` says so.
///
/// # Errors
/// When the listener cannot listen.
pub async fn open(backend: &Backend, stop: watch::Receiver<bool>) -> Result<JoinSet<()>, Error> {
    let mut doors = JoinSet::new();
    let config = &backend.config().mail_in;
    if !config.lmtp.is_empty() {
        let listener = lmtp::Listener::bind(&config.lmtp).await.map_err(Error::internal)?;
        tracing::info!(at = config.lmtp, "mail is taken by LMTP");
        doors.spawn(lmtp::serve(backend.clone(), listener, stop.clone()));
    }
    if !config.imap.is_empty() {
        let account = imap::Account::parse(&config.imap).map_err(Error::internal)?;
        doors.spawn(imap::fetch(backend.clone(), account, stop));
    }
    Ok(doors)
}

/// Which doors are open and whether they can be used, for `loket doctor`.
///
/// # Errors
/// What is missing, in words for whoever runs Loket.
pub async fn check(config: &MailIn) -> Result<String, String> {
    let mut doors = vec!["loket mail receive".to_owned()];
    if !config.lmtp.is_empty() {
        doors.push(["LMTP at ", &config.lmtp].concat());
    }
    if !config.imap.is_empty() {
        let account = imap::Account::parse(&config.imap).map_err(|error| error.to_string())?;
        imap::check(&account).await.map_err(|error| [&account.to_string(), ": ", &error.to_string()].concat())?;
        doors.push(account.to_string());
    }
    if doors.len() > 1 && config.authority.is_empty() {
        return Err("LOKET_MAIL_AUTHORITY is not set: every mail is shown as unverified".to_owned());
    }
    Ok(doors.join(", "))
}

/// Waits until all doors are closed.
pub async fn closed(mut doors: JoinSet<()>) {
    while let Some(ended) = doors.join_next().await {
        if let Err(error) = ended {
            tracing::error!(%error, "a door for mail fell");
        }
    }
}

/// Waits until the doors are to be closed; also when nobody is left who could say so.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}

fn is_stopped(stop: &watch::Receiver<bool>) -> bool {
    *stop.borrow() || stop.has_changed().is_err()
}
