//! Programs that answer mail while its reader is away. They are what mail loops are made of.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use anyhow::Result;

use crate::letter::{self, Letter};
use crate::server::Servers;
use crate::smtp;

/// How well it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manners {
    /// RFC 3834: answers no automatic mail, says that it is one, and is sent by nobody.
    Good,
    /// Says that it is automatic, but answers everything.
    Marked,
    /// Answers everything, with nothing that tells it from a person's mail.
    None,
}

/// Answers all that comes to one address, until it is dropped.
pub struct Responder {
    stop: Arc<AtomicBool>,
    sent: Arc<AtomicUsize>,
    thread: Option<JoinHandle<Result<()>>>,
}

impl Responder {
    /// Watches the mailbox of `address`.
    #[must_use]
    pub fn start(servers: &Servers, address: &str, manners: Manners) -> Self {
        let (stop, sent) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
        let (folder, port, address) = (servers.mailbox(address), servers.smtp, address.to_owned());
        let (stopped, count) = (Arc::clone(&stop), Arc::clone(&sent));
        let thread = std::thread::spawn(move || {
            let mut seen = BTreeSet::new();
            while !stopped.load(Ordering::Relaxed) {
                for mail in letter::read_folder(&folder)? {
                    if seen.insert(mail.path.file_name().map(ToOwned::to_owned)) && answers(manners, &mail) {
                        let number = count.fetch_add(1, Ordering::Relaxed) + 1;
                        let from = if manners == Manners::Good { "" } else { address.as_str() };
                        smtp::send(port, from, &[&mail.reply_to], &answer(manners, &address, &mail, number))?;
                    }
                }
                std::thread::sleep(Duration::from_millis(100));
            }
            Ok(())
        });
        Self { stop, sent, thread: Some(thread) }
    }

    /// How many mails it answered.
    #[must_use]
    pub fn sent(&self) -> usize {
        self.sent.load(Ordering::Relaxed)
    }

    /// Ends it.
    ///
    /// # Errors
    /// When it could not read its mail or send an answer.
    pub fn finish(mut self) -> Result<()> {
        self.stop.store(true, Ordering::Relaxed);
        let ended = self.thread.take().map_or(Ok(Ok(())), JoinHandle::join);
        ended.map_err(|_| anyhow::anyhow!("the responder panicked"))?
    }
}

impl Drop for Responder {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn answers(manners: Manners, mail: &Letter) -> bool {
    manners != Manners::Good || mail.auto_submitted.is_empty() || mail.auto_submitted == "no"
}

fn answer(manners: Manners, address: &str, mail: &Letter, number: usize) -> String {
    let marks =
        if manners == Manners::None { "" } else { "Auto-Submitted: auto-replied (vacation)\nPrecedence: bulk\n" };
    // What many say in the subject would give it away.
    let subject = if manners == Manners::None { "Re" } else { "Out of office" };
    format!(
        "From: Away <{address}>\nTo: {}\nSubject: {subject}: {}\nMessage-ID: <away-{number}-{}>\nIn-Reply-To: <{}>\n\
         References: <{}>\n{marks}MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n\
         I am away until the 4th of May and answer your mail after that. ({number})\n",
        mail.reply_to, mail.subject, address, mail.message_id, mail.message_id
    )
}
