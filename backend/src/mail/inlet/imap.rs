//! A mailbox that is fetched from: IDLE tells of new mail at once, and it is looked at every minute all the same. A message is
//! marked or moved away only after it was taken; whatever breaks off before that, it is found again and taken once.
//!
//! Fetched is what nobody has read yet; with a folder to move to, everything in the mailbox.

use std::collections::HashSet;
use std::time::Duration;

use async_imap::Session;
use bytes::Bytes;
use domain::time::Millis;
use futures::TryStreamExt as _;
use thiserror::Error;
use tokio::sync::watch;

use super::{MAILBOX, READ_AT_MOST, is_stopped, stopped};
use crate::desk::mail::{Arrival, Door, receive};
use crate::{Backend, store};

mod account;
mod connect;

pub use account::Account;
use connect::Stream;

/// One process at a time fetches. Short, because whoever was killed cannot give it back.
const LEASE: Millis = Millis::seconds(20);
const RENEW_EVERY: Duration = Duration::from_secs(7);
/// How often it is looked for new mail where the server does not tell, or has forgotten to.
const LOOK_EVERY: Duration = Duration::from_secs(55);
/// The same for servers without IDLE.
const POLL_EVERY: Duration = Duration::from_secs(20);
/// After a failure, doubling up to five minutes: a server that restarts is found soon, one that is gone is left alone.
const WAIT: Duration = Duration::from_secs(2);
const WAIT_AT_MOST: Duration = Duration::from_secs(300);
/// No answer takes longer, but that to IDLE.
const PATIENCE: Duration = Duration::from_secs(120);
/// Messages between two looks at the lease.
const AT_ONCE: usize = 20;
/// Says who has taken it, to people who look into the mailbox with another program.
const KEYWORD: &str = "$Loket";

/// What can go wrong with a server.
#[derive(Debug, Error)]
pub enum ImapError {
    #[error("not an address of a mailbox: {0}")]
    Address(&'static str),
    #[error("{0}")]
    Connection(#[from] std::io::Error),
    #[error("{0}")]
    Protocol(#[from] async_imap::error::Error),
    #[error("the server did not answer in time")]
    Silence,
    #[error("another process fetches")]
    Elsewhere,
    #[error("{0}")]
    Database(#[from] crate::Error),
}

/// Whether the mailbox can be fetched from, for `loket doctor`.
///
/// # Errors
/// What the server says.
pub async fn check(account: &Account) -> Result<(), ImapError> {
    let mut session = connect::sign_in(account).await?;
    within(session.select(&account.folder)).await?;
    let _ = tokio::time::timeout(Duration::from_secs(2), session.logout()).await;
    Ok(())
}

/// Fetches until `stop` says so.
pub async fn fetch(backend: Backend, account: Account, mut stop: watch::Receiver<bool>) {
    let Ok(owner) = crate::random::token::<12>() else { return };
    let fetcher = Fetcher { backend, account, owner };
    let mut wait = WAIT;
    while !is_stopped(&stop) {
        match fetcher.session(&mut stop, &mut wait).await {
            Ok(()) => {}
            Err(ImapError::Elsewhere) => wait = WAIT,
            Err(error) => tracing::warn!(%error, mailbox = %fetcher.account, "fetching mail; it is tried again"),
        }
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = stopped(&mut stop) => {}
        }
        wait = (wait * 2).min(WAIT_AT_MOST);
    }
}

/// Waits for an answer, but not for ever.
async fn within<T, E: Into<ImapError>>(answer: impl Future<Output = Result<T, E>>) -> Result<T, ImapError> {
    tokio::time::timeout(PATIENCE, answer).await.map_err(|_| ImapError::Silence)?.map_err(Into::into)
}

struct Fetcher {
    backend: Backend,
    account: Account,
    /// This process, to the lease.
    owner: String,
}

impl Fetcher {
    /// Takes the lease or keeps it.
    async fn hold(&self) -> Result<(), ImapError> {
        let now = self.backend.now();
        let mut tx = self.backend.store().begin().await?;
        let kind = ["imap:", MAILBOX].concat();
        let held = store::inbound::claim_mailbox(&mut tx, &kind, &self.owner, now, now + LEASE).await?;
        tx.commit().await.map_err(crate::Error::from)?;
        if held { Ok(()) } else { Err(ImapError::Elsewhere) }
    }

    /// One connection, until it breaks or `stop` says so.
    async fn session(&self, stop: &mut watch::Receiver<bool>, wait: &mut Duration) -> Result<(), ImapError> {
        self.hold().await?;
        let mut session = connect::sign_in(&self.account).await?;
        within(session.select(&self.account.folder)).await?;
        let capabilities = within(session.capabilities()).await?;
        let (idles, moves) = (capabilities.has_str("IDLE"), capabilities.has_str("MOVE"));
        tracing::info!(mailbox = %self.account, idles, "mail is fetched");
        // Failed here once: perhaps the message's fault, so the others go first.
        let mut failed = HashSet::new();
        loop {
            let news = session.unsolicited_responses.clone();
            while news.try_recv().is_ok() {}
            self.hold().await?;
            if self.fetch_some(&mut session, moves, &mut failed, stop).await? {
                continue;
            }
            *wait = WAIT;
            if is_stopped(stop) {
                let _ = tokio::time::timeout(Duration::from_secs(2), session.logout()).await;
                return Ok(());
            }
            if idles {
                session = self.idle(session, &news, stop).await?;
            } else {
                self.pause(POLL_EVERY, stop).await?;
                within(session.noop()).await?;
            }
            failed.clear();
        }
    }

    /// Waits until the server tells of something, for a minute at most.
    async fn idle(
        &self,
        session: Session<Stream>,
        news: &async_channel::Receiver<async_imap::types::UnsolicitedResponse>,
        stop: &mut watch::Receiver<bool>,
    ) -> Result<Session<Stream>, ImapError> {
        let mut handle = session.idle();
        within(handle.init()).await?;
        // What came between the last look and now was told before IDLE began.
        if news.is_empty() {
            let (told, _interrupt) = handle.wait_with_timeout(LOOK_EVERY);
            tokio::select! {
                told = told => drop(told?),
                held = self.pause(LOOK_EVERY, stop) => held?,
            }
        }
        within(handle.done()).await
    }

    /// Keeps the lease for so long; comes back early when `stop` says so.
    async fn pause(&self, span: Duration, stop: &mut watch::Receiver<bool>) -> Result<(), ImapError> {
        let end = tokio::time::sleep(span);
        tokio::pin!(end);
        loop {
            tokio::select! {
                () = &mut end => return Ok(()),
                () = tokio::time::sleep(RENEW_EVERY) => self.hold().await?,
                () = stopped(stop) => return Ok(()),
            }
        }
    }

    /// Takes what is new, the oldest first, and marks or moves it; gives whether there may be more.
    async fn fetch_some(
        &self,
        session: &mut Session<Stream>,
        moves: bool,
        failed: &mut HashSet<u32>,
        stop: &watch::Receiver<bool>,
    ) -> Result<bool, ImapError> {
        let done = self.backend.config().mail_in.imap_done.as_str();
        let query = if done.is_empty() { "UNSEEN UNDELETED" } else { "UNDELETED" };
        let found = within(session.uid_search(query)).await?;
        let mut uids: Vec<u32> = found.into_iter().filter(|uid| !failed.contains(uid)).collect();
        uids.sort_unstable();
        let more = uids.len() > AT_ONCE;
        for uid in uids.into_iter().take(AT_ONCE) {
            if is_stopped(stop) {
                return Ok(false);
            }
            let Some(raw) = Self::message(session, uid).await? else { continue };
            let arrival = Arrival {
                door: Door::Imap,
                mailbox: MAILBOX.to_owned(),
                raw,
                envelope_from: None,
                envelope_to: Vec::new(),
            };
            // It is in the database before anything changes in the mailbox.
            match receive(&self.backend, &arrival).await {
                Ok(_) => put_away(session, uid, done, moves).await?,
                Err(crate::Error::Unavailable) => return Err(crate::Error::Unavailable.into()),
                Err(error) => {
                    tracing::error!(%error, uid, "a message could not be taken; it is tried again");
                    failed.insert(uid);
                }
            }
        }
        Ok(more)
    }

    /// The bytes of a message; `None` when it is gone. Of one that is too large as many as are kept.
    async fn message(session: &mut Session<Stream>, uid: u32) -> Result<Option<Bytes>, ImapError> {
        let uid = uid.to_string();
        let sizes: Vec<_> =
            within(async { session.uid_fetch(&uid, "(UID RFC822.SIZE)").await?.try_collect().await }).await?;
        let Some(size) = sizes.iter().find_map(|fetch: &async_imap::types::Fetch| fetch.size) else { return Ok(None) };
        let query = if size as usize > READ_AT_MOST {
            ["(UID BODY.PEEK[]<0.", &READ_AT_MOST.to_string(), ">)"].concat()
        } else {
            "(UID BODY.PEEK[])".to_owned()
        };
        let bodies: Vec<_> = within(async { session.uid_fetch(&uid, &query).await?.try_collect().await }).await?;
        let body = bodies.iter().find_map(|fetch: &async_imap::types::Fetch| fetch.body());
        Ok(body.map(Bytes::copy_from_slice))
    }
}

/// Marks a message that was taken, or moves it.
async fn put_away(session: &mut Session<Stream>, uid: u32, done: &str, moves: bool) -> Result<(), ImapError> {
    let uid = uid.to_string();
    if done.is_empty() {
        store_flags(session, &uid, "+FLAGS.SILENT (\\Seen)").await?;
        // Not every server has keywords.
        let _ = store_flags(session, &uid, &["+FLAGS.SILENT (", KEYWORD, ")"].concat()).await;
        return Ok(());
    }
    if away(session, &uid, done, moves).await.is_err() {
        // The first time, the folder is not there.
        let _ = within(session.create(done)).await;
        away(session, &uid, done, moves).await?;
    }
    Ok(())
}

async fn away(session: &mut Session<Stream>, uid: &str, done: &str, moves: bool) -> Result<(), ImapError> {
    if moves {
        return within(session.uid_mv(uid, done)).await;
    }
    within(session.uid_copy(uid, done)).await?;
    store_flags(session, uid, "+FLAGS.SILENT (\\Seen \\Deleted)").await?;
    let gone = within(async { session.expunge().await?.try_collect::<Vec<_>>().await }).await?;
    drop(gone);
    Ok(())
}

async fn store_flags(session: &mut Session<Stream>, uid: &str, flags: &str) -> Result<(), ImapError> {
    let changed = within(async { session.uid_store(uid, flags).await?.try_collect::<Vec<_>>().await }).await?;
    drop(changed);
    Ok(())
}
