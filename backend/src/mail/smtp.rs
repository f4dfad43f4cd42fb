//! One connection to a mail server, by lettre, command by command: what an answer means depends on what was said before it.
//! A refused recipient is the address's fault, a refused password is ours.

use std::fmt;
use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};

use crate::config::{Smtp, Tls};

/// Connecting, and sending one mail, take no longer; RFC 5321 allows more, but then the others wait.
const TIMEOUT: Duration = Duration::from_secs(90);

/// Why a mail was not sent.
#[derive(Debug)]
pub(super) enum Failed {
    /// The mail server does not answer, stops answering, or does not let us in: nothing is wrong with this mail.
    Down(String),
    /// This mail may go later.
    Later(String),
    /// This mail was refused for good.
    Never(String),
    /// It was refused because nobody is there.
    NoSuchAddress(String),
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Down(text) | Self::Later(text) | Self::Never(text) | Self::NoSuchAddress(text)) = self;
        f.write_str(text)
    }
}

/// What the server said, whole: an admin reads it.
fn said(error: &SmtpError) -> String {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text = [&text, ": ", &cause_text].concat();
        }
        source = cause.source();
    }
    text
}

pub(super) struct Connection {
    inner: AsyncSmtpConnection,
    /// Both sides know where they are.
    whole: bool,
    patience: Duration,
}

impl Connection {
    pub(super) async fn open(smtp: &Smtp, hello: &str) -> Result<Self, Failed> {
        match tokio::time::timeout(TIMEOUT, Self::connect(smtp, hello)).await {
            Ok(Ok(inner)) => Ok(Self { inner, whole: true, patience: TIMEOUT }),
            Ok(Err(error)) => Err(Failed::Down(said(&error))),
            Err(_) => Err(Failed::Down("the mail server does not answer".to_owned())),
        }
    }

    async fn connect(smtp: &Smtp, hello: &str) -> Result<AsyncSmtpConnection, SmtpError> {
        let hello = ClientId::Domain(hello.to_owned());
        let tls = match smtp.tls {
            Tls::None => None,
            _ => Some(TlsParameters::new(smtp.host.clone())?),
        };
        let at_once = tls.clone().filter(|_| smtp.tls == Tls::AtOnce);
        let server = (smtp.host.as_str(), smtp.port);
        let mut inner = AsyncSmtpConnection::connect_tokio1(server, Some(TIMEOUT), &hello, at_once, None).await?;
        if let Some(tls) = tls.filter(|_| smtp.tls == Tls::StartTls) {
            inner.starttls(tls, &hello).await?;
        }
        if let Some((user, password)) = &smtp.login {
            inner.auth(DEFAULT_MECHANISMS, &Credentials::new(user.clone(), password.clone())).await?;
        }
        Ok(inner)
    }

    /// Sends one mail; afterwards the connection may or may not be [whole](Self::is_whole).
    pub(super) async fn send(&mut self, from: &str, to: &str, mail: &[u8]) -> Result<(), Failed> {
        self.whole = false;
        match tokio::time::timeout(self.patience, self.transact(from, to, mail)).await {
            Ok(result) => result,
            // Each of the others would wait as long in vain.
            Err(_) => Err(Failed::Down("the mail server stopped answering".to_owned())),
        }
    }

    async fn transact(&mut self, from: &str, to: &str, mail: &[u8]) -> Result<(), Failed> {
        let address = |text: &str| text.parse::<Address>().map_err(|error| Failed::Never(error.to_string()));
        let (from, to) = (address(from)?, address(to)?);
        let mut parameters = Vec::new();
        if !mail.is_ascii() && self.inner.server_info().supports_feature(Extension::EightBitMime) {
            parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        // Who we are is refused: a matter of configuration, so every mail waits until it is put right.
        let answer = self.inner.command(Mail::new(Some(from), parameters)).await;
        self.heard(answer, Failed::Later).await?;
        let answer = self.inner.command(Rcpt::new(to, Vec::new())).await;
        self.heard(answer, no_recipient).await?;
        let answer = self.inner.command(Data).await;
        self.heard(answer, Failed::Never).await?;
        let answer = self.inner.message(mail).await;
        self.heard(answer, Failed::Never).await?;
        self.whole = true;
        Ok(())
    }

    /// What an answer means: `refused` when it is a refusal for good.
    async fn heard<T>(
        &mut self,
        answer: Result<T, SmtpError>,
        refused: impl FnOnce(String) -> Failed,
    ) -> Result<(), Failed> {
        let Err(error) = answer else { return Ok(()) };
        let text = said(&error);
        // An answer in numbers: the server is there, and hears the next mail once it has forgotten this one.
        if error.is_permanent() || error.is_transient() {
            self.whole = self.inner.command(Rset).await.is_ok();
        }
        Err(if error.is_permanent() { refused(text) } else { Failed::Later(text) })
    }

    pub(super) const fn is_whole(&self) -> bool {
        self.whole
    }

    pub(super) async fn close(mut self) {
        // Whoever does not hear goodbye notices soon enough.
        let _ = tokio::time::timeout(Duration::from_secs(2), self.inner.quit()).await;
    }
}

/// A recipient that is refused for good does not exist, unless the server says that it is its policy (RFC 3463, X.7.X): not
/// to relay, or not for us.
fn no_recipient(text: String) -> Failed {
    if text.contains("5.7.") { Failed::Never(text) } else { Failed::NoSuchAddress(text) }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    #[tokio::test]
    async fn a_server_that_stops_answering_is_down_for_all_mails() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let smtp = Smtp::parse(&format!("smtp://{}", listener.local_addr().unwrap())).unwrap();
        let server = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            stream.write_all(b"220 test\r\n").await.unwrap();
            let _ = stream.read(&mut [0; 512]).await.unwrap();
            stream.write_all(b"250 test\r\n").await.unwrap();
            // Hears everything and says nothing more.
            while stream.read(&mut [0; 512]).await.is_ok_and(|read| read > 0) {}
        });
        let mut connection = Connection::open(&smtp, "support.example").await.unwrap();
        connection.patience = Duration::from_millis(100);
        let sent = connection.send("support@support.example", "bram@acme.test", b"Subject: x\r\n\r\nx").await;
        assert!(matches!(sent, Err(Failed::Down(_))), "{sent:?}");
        assert!(!connection.is_whole());
        drop(connection);
        server.await.unwrap();
    }
}
