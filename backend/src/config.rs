//! What a deployment decides. Read from flags, environment and file by the server's command line, not here.

use std::path::PathBuf;

/// The configuration of one process.
#[derive(Clone, Debug)]
pub struct Config {
    /// `sqlite:///path/to/loket.db` or `postgres://…`.
    pub database_url: String,
    /// Where attachments and outgoing mail are kept.
    pub data: PathBuf,
    /// Where the portal answers, without a slash at the end: `https://support.example`.
    pub base_url: String,
    /// The sign-in page lists the people of the demonstration.
    pub demo: bool,
    /// The process's clock does not show the real time; every page says so.
    pub clock_is_set: bool,
    /// The support desk's telephone number; empty when there is none.
    pub phone: String,
    pub mail_in: MailIn,
}

/// How mail arrives.
#[derive(Clone, Debug, Default)]
pub struct MailIn {
    /// Whose `Authentication-Results` say who wrote a mail: the authserv-id of our own receiving server. Empty: nobody's, so
    /// every mail is unverified.
    pub authority: String,
    /// Where the LMTP listener listens: `127.0.0.1:2424` or `unix:/path`; empty: nowhere.
    pub lmtp: String,
    /// A mailbox to fetch from: `imaps://user:password@host/INBOX`; empty: none.
    pub imap: String,
    /// The folder that fetched mail is moved to; empty: it stays, flagged.
    pub imap_done: String,
}

impl Config {
    /// Where attachments lie.
    pub fn files(&self) -> PathBuf {
        self.data.join("files")
    }

    /// The domain of our own addresses and Message-IDs.
    pub fn mail_domain(&self) -> &str {
        let rest = self.base_url.split_once("://").map_or(self.base_url.as_str(), |(_, rest)| rest);
        rest.split(['/', ':']).next().unwrap_or_default()
    }

    /// Where outgoing mail is written.
    pub fn mail(&self) -> PathBuf {
        self.data.join("mail")
    }
}
