//! What a deployment can set: flags, then the environment, then `loket.toml` (DESIGN §6).

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, bail};
use backend::clock::{Clock, ShiftedClock, SystemClock};
use backend::config::Smtp;
use domain::time::Instant;
use serde::Deserialize;

/// Everything optional: what is not given here is looked for in the next place.
#[derive(Clone, Debug, Default, clap::Args, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Where to listen [default: 127.0.0.1:3000].
    #[arg(long, env = "LOKET_LISTEN", global = true)]
    pub listen: Option<SocketAddr>,
    /// The folder for attachments, mail and the embedded database [default: ./data].
    #[arg(long, env = "LOKET_DATA", global = true)]
    pub data: Option<PathBuf>,
    /// `sqlite:///path` or `postgres://…` [default: SQLite in the data folder].
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, global = true)]
    pub database_url: Option<String>,
    /// Where people reach this Loket, such as https://support.example [default: http and the listening address].
    #[arg(long, env = "LOKET_BASE_URL", global = true)]
    pub base_url: Option<String>,
    /// An RFC 3339 instant at which the process's clock starts.
    #[arg(long, env = "LOKET_CLOCK", global = true)]
    pub clock: Option<String>,
    /// The folder with the browser's half [default: `site` beside the binary, else target/site].
    #[arg(long, env = "LOKET_SITE", global = true)]
    pub site: Option<PathBuf>,
    /// The support desk's telephone number.
    #[arg(long, env = "LOKET_PHONE", global = true)]
    pub phone: Option<String>,
    /// The authserv-id of our own receiving server: only its Authentication-Results say who wrote a mail.
    #[arg(long, env = "LOKET_MAIL_AUTHORITY", global = true)]
    pub mail_authority: Option<String>,
    /// Where mail servers deliver by LMTP: 127.0.0.1:2424 or unix:/path [default: nowhere].
    #[arg(long, env = "LOKET_LMTP", global = true)]
    pub lmtp: Option<String>,
    /// A mailbox to fetch mail from: imaps://user:password@host/INBOX; imap:// on loopback only.
    #[arg(long, env = "LOKET_IMAP_URL", hide_env_values = true, global = true)]
    pub imap_url: Option<String>,
    /// The folder that fetched mail is moved to [default: it stays, flagged].
    #[arg(long, env = "LOKET_IMAP_DONE", global = true)]
    pub imap_done: Option<String>,
    /// More mails than this from one address within ten minutes are kept and move nothing [default: 20].
    #[arg(long, env = "LOKET_MAIL_FLOOD", global = true)]
    pub mail_flood: Option<u32>,
    /// What mails are from, and where people write to [default: support@ the host of the base URL].
    #[arg(long, env = "LOKET_SUPPORT_ADDRESS", global = true)]
    pub support_address: Option<String>,
    /// The mail server: smtp://127.0.0.1:25, smtp://user:password@host?tls=required or smtps://user:password@host
    /// [default: none, mail is written into the data folder].
    #[arg(long, env = "LOKET_SMTP_URL", hide_env_values = true, global = true)]
    pub smtp_url: Option<String>,
    /// Believe the last `X-Forwarded-For` address: set it exactly when a proxy stands in front.
    #[arg(long, env = "LOKET_BEHIND_PROXY", global = true, num_args = 0..=1, default_missing_value = "true")]
    pub behind_proxy: Option<bool>,
}

impl Settings {
    /// Fills what is missing from a file. A file that was named must be there; `loket.toml` need not.
    ///
    /// # Errors
    /// When the file cannot be read or has settings that do not exist.
    pub fn with_file(self, named: Option<&Path>) -> anyhow::Result<Self> {
        let path = named.unwrap_or_else(|| Path::new("loket.toml"));
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if named.is_none() && error.kind() == std::io::ErrorKind::NotFound => return Ok(self),
            Err(error) => return Err(error).with_context(|| path.display().to_string()),
        };
        let file: Self = toml::from_str(&text).with_context(|| path.display().to_string())?;
        Ok(Self {
            listen: self.listen.or(file.listen),
            data: self.data.or(file.data),
            database_url: self.database_url.or(file.database_url),
            base_url: self.base_url.or(file.base_url),
            clock: self.clock.or(file.clock),
            site: self.site.or(file.site),
            phone: self.phone.or(file.phone),
            mail_authority: self.mail_authority.or(file.mail_authority),
            lmtp: self.lmtp.or(file.lmtp),
            imap_url: self.imap_url.or(file.imap_url),
            imap_done: self.imap_done.or(file.imap_done),
            mail_flood: self.mail_flood.or(file.mail_flood),
            support_address: self.support_address.or(file.support_address),
            smtp_url: self.smtp_url.or(file.smtp_url),
            behind_proxy: self.behind_proxy.or(file.behind_proxy),
        })
    }

    /// Checks and completes.
    ///
    /// # Errors
    /// When a value makes no sense.
    pub fn resolve(self, demo: bool) -> anyhow::Result<Config> {
        let listen = self.listen.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 3000)));
        let data = self.data.unwrap_or_else(|| PathBuf::from("data"));
        std::fs::create_dir_all(&data).with_context(|| format!("cannot make the data folder {}", data.display()))?;
        let data = data.canonicalize().with_context(|| data.display().to_string())?;
        let database_url = match self.database_url.filter(|url| !url.is_empty()) {
            Some(url)
                if url.starts_with("sqlite:") || url.starts_with("postgres:") || url.starts_with("postgresql:") =>
            {
                url
            }
            Some(_) => bail!("DATABASE_URL must start with sqlite: or postgres:"),
            None => format!("sqlite://{}", data.join("loket.db").display()),
        };
        let base_url = match self.base_url.filter(|url| !url.is_empty()) {
            Some(url) => checked_base_url(&url)?,
            None if listen.ip().is_unspecified() => format!("http://localhost:{}", listen.port()),
            None => format!("http://{listen}"),
        };
        let support_address = match self.support_address.filter(|address| !address.is_empty()) {
            Some(address) => checked_address(&address)?,
            None => backend::Config::support_address_at(&base_url),
        };
        let smtp = match self.smtp_url.filter(|url| !url.is_empty()) {
            Some(url) => Some(Smtp::parse(&url).map_err(|wrong| anyhow::anyhow!("LOKET_SMTP_URL: {wrong}"))?),
            None => None,
        };
        let clock_at = self.clock.filter(|text| !text.is_empty()).map(|text| parse_instant(&text)).transpose()?;
        let clock: Arc<dyn Clock> = match clock_at {
            Some(start) => Arc::new(ShiftedClock::new(start)),
            None => Arc::new(SystemClock),
        };
        let mail_in = backend::config::MailIn {
            authority: self.mail_authority.unwrap_or_default().trim().to_lowercase(),
            lmtp: checked_lmtp(self.lmtp.unwrap_or_default())?,
            imap: self.imap_url.unwrap_or_default(),
            imap_done: self.imap_done.unwrap_or_default(),
            flood: self.mail_flood.unwrap_or(backend::config::MailIn::FLOOD),
        };
        if !mail_in.imap.is_empty() {
            backend::mail::inlet::imap::Account::parse(&mail_in.imap).context("LOKET_IMAP_URL")?;
        }
        let backend = backend::Config {
            database_url,
            data,
            base_url,
            demo,
            clock_is_set: clock_at.is_some(),
            phone: self.phone.unwrap_or_else(|| if demo { "020 555 01 00".to_owned() } else { String::new() }),
            mail_in,
            support_address,
            smtp,
        };
        let behind_proxy = self.behind_proxy.unwrap_or_default();
        Ok(Config { listen, site: self.site, behind_proxy, clock, backend })
    }
}

/// A process's configuration, whole and checked.
#[derive(Clone)]
pub struct Config {
    pub listen: SocketAddr,
    pub site: Option<PathBuf>,
    pub behind_proxy: bool,
    pub clock: Arc<dyn Clock>,
    pub backend: backend::Config,
}

fn checked_base_url(url: &str) -> anyhow::Result<String> {
    let url = url.trim_end_matches('/');
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    match host {
        Some(host) if !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ']) => Ok(url.to_owned()),
        _ => bail!("LOKET_BASE_URL must be like https://support.example, without a path"),
    }
}

/// On a loopback address or a unix socket: the protocol asks nobody for a password.
fn checked_lmtp(place: String) -> anyhow::Result<String> {
    let path = place.strip_prefix("unix:").is_some_and(|path| !path.is_empty());
    let loopback = place.parse::<SocketAddr>().is_ok_and(|address| address.ip().is_loopback());
    if place.is_empty() || path || loopback {
        return Ok(place);
    }
    bail!("LOKET_LMTP must be a loopback address like 127.0.0.1:2424, or unix:/path, and not {place:?}")
}

/// An address that a mail can be from.
fn checked_address(address: &str) -> anyhow::Result<String> {
    let address = address.trim().to_ascii_lowercase();
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b));
    // What comes after a plus in it is ours: it names the ticket.
    match address.split_once('@') {
        Some((local, host)) if plain(local) && plain(host) && local.len() <= 32 => Ok(address),
        _ => bail!("LOKET_SUPPORT_ADDRESS must be like support@desk.example"),
    }
}

/// An RFC 3339 instant.
///
/// # Errors
/// When it is none.
pub fn parse_instant(text: &str) -> anyhow::Result<Instant> {
    let parsed = chrono::DateTime::parse_from_rfc3339(text.trim())
        .with_context(|| format!("LOKET_CLOCK must be like 2026-04-24T17:30:00+02:00 and not {text:?}"))?;
    Ok(Instant(parsed.timestamp_millis()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_on_the_command_line_wins_over_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("loket.toml");
        std::fs::write(&path, "listen = \"127.0.0.1:4000\"\nphone = \"020\"\nbase_url = \"https://a.example/\"")
            .unwrap();
        let given = Settings { phone: Some("030".to_owned()), data: Some(folder.path().into()), ..Settings::default() };
        let config = given.with_file(Some(&path)).unwrap().resolve(false).unwrap();
        assert_eq!(config.listen.port(), 4000);
        assert_eq!(config.backend.phone, "030");
        assert_eq!(config.backend.base_url, "https://a.example");
        assert!(config.backend.database_url.starts_with("sqlite://"));
    }

    #[test]
    fn unknown_settings_and_senseless_values_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("loket.toml");
        std::fs::write(&path, "lisen = \"127.0.0.1:4000\"").unwrap();
        assert!(Settings::default().with_file(Some(&path)).is_err());
        assert!(Settings::default().with_file(Some(&folder.path().join("none.toml"))).is_err());
        let refused =
            |settings: Settings| Settings { data: Some(folder.path().into()), ..settings }.resolve(false).is_err();
        assert!(refused(Settings { database_url: Some("mysql://x".to_owned()), ..Settings::default() }));
        assert!(refused(Settings { base_url: Some("support.example".to_owned()), ..Settings::default() }));
        assert!(refused(Settings { base_url: Some("https://x.example/path".to_owned()), ..Settings::default() }));
        for address in ["support", "a+b@desk.example", "a b@desk.example", "@desk.example"] {
            assert!(
                refused(Settings { support_address: Some(address.to_owned()), ..Settings::default() }),
                "{address}"
            );
        }
        assert!(refused(Settings { smtp_url: Some("smtp://me:secret@mail.test".to_owned()), ..Settings::default() }));
        assert!(refused(Settings { clock: Some("yesterday".to_owned()), ..Settings::default() }));
        assert!(!refused(Settings { clock: Some("2026-04-24T17:30:00+02:00".to_owned()), ..Settings::default() }));
    }
}
