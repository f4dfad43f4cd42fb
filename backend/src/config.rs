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
}

impl Config {
    /// Where attachments lie.
    pub fn files(&self) -> PathBuf {
        self.data.join("files")
    }

    /// Where outgoing mail is written.
    pub fn mail(&self) -> PathBuf {
        self.data.join("mail")
    }
}
