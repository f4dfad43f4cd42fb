//! The address of a mailbox: `imaps://user:password@host:993/INBOX`.

use super::ImapError;

/// Where to fetch from, and as whom. Shown without the password.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    pub(super) tls: bool,
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) user: String,
    pub(super) password: String,
    pub(super) folder: String,
}

impl Account {
    /// Reads an address. User, password and folder may be percent-encoded, and must where they have an `@`, `:` or `/`.
    ///
    /// # Errors
    /// What is wrong with it, without repeating it.
    pub fn parse(url: &str) -> Result<Self, ImapError> {
        let (tls, rest) = match url.split_once("://") {
            Some(("imaps", rest)) => (true, rest),
            Some(("imap", rest)) => (false, rest),
            _ => return Err(ImapError::Address("it begins with imaps:// or imap://")),
        };
        let (place, folder) = rest.split_once('/').unwrap_or((rest, ""));
        let (who, host) = place.rsplit_once('@').ok_or(ImapError::Address("it has user:password@"))?;
        let (user, password) = who.split_once(':').ok_or(ImapError::Address("it has a password"))?;
        let (host, port) = match host.rsplit_once(':') {
            Some((host, port)) if !port.contains(']') => {
                (host, port.parse().map_err(|_| ImapError::Address("the port is a number"))?)
            }
            _ => (host, if tls { 993 } else { 143 }),
        };
        let host = host.trim_start_matches('[').trim_end_matches(']');
        if host.is_empty() || user.is_empty() {
            return Err(ImapError::Address("it names a host and a user"));
        }
        let loopback = host == "localhost" || host.parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback());
        if !tls && !loopback {
            return Err(ImapError::Address("without TLS, imap:// is for loopback only"));
        }
        let folder = decoded(folder)?;
        Ok(Self {
            tls,
            host: host.to_owned(),
            port,
            user: decoded(user)?,
            password: decoded(password)?,
            folder: if folder.is_empty() { "INBOX".to_owned() } else { folder },
        })
    }
}

/// `%40` is an `@`.
fn decoded(text: &str) -> Result<String, ImapError> {
    let wrong = ImapError::Address("a % is followed by two digits of a UTF-8 character");
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digit = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16));
        match (digit(rest.next()), digit(rest.next())) {
            (Some(high), Some(low)) => bytes.push(u8::try_from(high * 16 + low).unwrap_or_default()),
            _ => return Err(wrong),
        }
    }
    String::from_utf8(bytes).map_err(|_| wrong)
}

impl std::fmt::Display for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}@{}/{}", self.user, self.host, self.folder)
    }
}

impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self}")
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_where_and_as_whom() {
        let account =
            Account::parse("imaps://support%40desk.example:a%2Fb%3A@mail.desk.example/Support%20mail").unwrap();
        assert_eq!((account.host.as_str(), account.port, account.tls), ("mail.desk.example", 993, true));
        assert_eq!((account.user.as_str(), account.password.as_str()), ("support@desk.example", "a/b:"));
        assert_eq!(account.folder, "Support mail");
        let account = Account::parse("imap://a:b@[::1]:1143").unwrap();
        assert_eq!((account.host.as_str(), account.port, account.folder.as_str()), ("::1", 1143, "INBOX"));
        assert_eq!(Account::parse("imap://a:b@127.0.0.1").unwrap().port, 143);
    }

    #[test]
    fn senseless_and_open_addresses_are_refused_and_no_password_is_shown() {
        for wrong in
            ["", "pop3://a:b@c", "imaps://c/INBOX", "imaps://a@c", "imaps://a:b@", "imaps://a:b@c:x", "imaps://a:%4@c"]
        {
            assert!(Account::parse(wrong).is_err(), "{wrong}");
        }
        assert!(Account::parse("imap://a:b@mail.example").is_err(), "a password in the open");
        let account = Account::parse("imaps://a:secret@mail.example").unwrap();
        assert!(!format!("{account:?} {account}").contains("secret"));
    }
}
