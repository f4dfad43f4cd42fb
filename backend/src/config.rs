//! What a deployment decides. Read from flags, environment and file by the server's command line, not here.

use std::fmt;
use std::net::IpAddr;
use std::path::PathBuf;

use url::Url;

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
    /// What our mails are from, and where people write to: `support@desk.example`.
    pub support_address: String,
    /// How mail leaves; `None`: as files.
    pub smtp: Option<Smtp>,
}

/// How mail arrives.
#[derive(Clone, Debug)]
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
    /// So many mails from one address within ten minutes are a person's; what comes beyond is kept and moves nothing.
    pub flood: u32,
}

impl Default for MailIn {
    fn default() -> Self {
        let nothing = String::new;
        Self { authority: nothing(), lmtp: nothing(), imap: nothing(), imap_done: nothing(), flood: Self::FLOOD }
    }
}

impl MailIn {
    /// More than a person writes on the worst of days, and few enough that a machine that goes mad is soon silenced.
    pub const FLOOD: u32 = 20;
}

impl Config {
    /// Where attachments lie.
    pub fn files(&self) -> PathBuf {
        self.data.join("files")
    }

    /// The domain of our own addresses and Message-IDs.
    pub fn mail_domain(&self) -> &str {
        self.support_parts().1
    }

    /// Where outgoing mail is written.
    pub fn mail(&self) -> PathBuf {
        self.data.join("mail")
    }

    /// The support address, before and after its `@`.
    pub fn support_parts(&self) -> (&str, &str) {
        self.support_address.split_once('@').unwrap_or(("support", "localhost"))
    }

    /// The support address of a deployment that named none: at the host it answers on, if that has a name.
    pub fn support_address_at(base_url: &str) -> String {
        let url = Url::parse(base_url).ok();
        let host = url.as_ref().and_then(Url::domain).unwrap_or("localhost");
        ["support@", host].concat()
    }
}

/// Whether and when a connection to a mail server is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tls {
    /// Never: for a server on this machine.
    None,
    /// Begun in the open, then encrypted or ended.
    StartTls,
    /// From the first byte.
    AtOnce,
}

/// The mail server that takes our mail.
#[derive(Clone, PartialEq, Eq)]
pub struct Smtp {
    pub host: String,
    pub port: u16,
    pub tls: Tls,
    pub login: Option<(String, String)>,
}

impl fmt::Debug for Smtp {
    /// Without the password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Smtp")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("tls", &self.tls)
            .field("login", &self.login.as_ref().map(|(user, _)| user))
            .finish()
    }
}

impl Smtp {
    /// Reads `smtp://127.0.0.1:25`, `smtp://user:password@host:587?tls=required` or `smtps://user:password@host`. A password
    /// is only sent encrypted, or to this machine.
    ///
    /// # Errors
    /// What is wrong with it, without repeating it: there may be a password in it.
    pub fn parse(url: &str) -> Result<Self, &'static str> {
        let url = Url::parse(url).map_err(|_| "it is no URL")?;
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or("it names no server")?;
        let host = host.trim_matches(['[', ']']).to_owned();
        let wanted = url.query_pairs().find(|(name, _)| name == "tls").map(|(_, value)| value.into_owned());
        let tls = match (url.scheme(), wanted.as_deref()) {
            ("smtps", None) => Tls::AtOnce,
            ("smtp", Some("required")) => Tls::StartTls,
            ("smtp", None) => Tls::None,
            ("smtp" | "smtps", _) => return Err("its tls is neither left out nor, with smtp, required"),
            _ => return Err("it must start with smtp:// or smtps://"),
        };
        let port = url.port().unwrap_or(match tls {
            Tls::None => 25,
            Tls::StartTls => 587,
            Tls::AtOnce => 465,
        });
        let decoded = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned();
        let login = (!url.username().is_empty())
            .then(|| (decoded(url.username()), decoded(url.password().unwrap_or_default())));
        let here = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
        if login.is_some() && tls == Tls::None && !here {
            return Err("it would send the password in the open: add ?tls=required");
        }
        Ok(Self { host, port, tls, login })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_mail_server_is_named_by_a_url() {
        let smtp = Smtp::parse("smtp://127.0.0.1:2525").unwrap();
        assert_eq!((smtp.host.as_str(), smtp.port, smtp.tls, &smtp.login), ("127.0.0.1", 2525, Tls::None, &None));
        let smtp = Smtp::parse("smtp://me%40desk.test:p%3Aw@mail.test?tls=required").unwrap();
        assert_eq!((smtp.port, smtp.tls), (587, Tls::StartTls));
        assert_eq!(smtp.login, Some(("me@desk.test".to_owned(), "p:w".to_owned())));
        assert!(!format!("{smtp:?}").contains("p:w"));
        let smtp = Smtp::parse("smtps://mail.test").unwrap();
        assert_eq!((smtp.port, smtp.tls), (465, Tls::AtOnce));
        for bad in ["mail.test", "http://mail.test", "smtp://mail.test?tls=maybe", "smtp://me:pw@mail.test"] {
            assert!(Smtp::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn without_a_support_address_it_is_at_the_host_of_the_portal() {
        assert_eq!(Config::support_address_at("https://support.example:8443"), "support@support.example");
        assert_eq!(Config::support_address_at("http://127.0.0.1:3000"), "support@localhost");
    }
}
