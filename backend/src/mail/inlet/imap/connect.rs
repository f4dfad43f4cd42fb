//! A connection to a mailbox, encrypted unless it stays on this machine.

use std::sync::Arc;

use async_imap::{Client, Session};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::{Account, ImapError, within};

/// Either kind of connection.
pub(super) trait Channel: AsyncRead + AsyncWrite + Unpin + Send + std::fmt::Debug {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send + std::fmt::Debug> Channel for T {}

pub(super) type Stream = Box<dyn Channel>;

/// Connects and signs in.
pub(super) async fn sign_in(account: &Account) -> Result<Session<Stream>, ImapError> {
    let tcp = within(TcpStream::connect((account.host.as_str(), account.port))).await?;
    tcp.set_nodelay(true)?;
    let stream: Stream = if account.tls { Box::new(encrypted(account, tcp).await?) } else { Box::new(tcp) };
    let mut client = Client::new(stream);
    within(client.read_response()).await?.ok_or_else(|| std::io::Error::from(std::io::ErrorKind::UnexpectedEof))?;
    let signed_in = client.login(&account.user, &account.password);
    let signed_in = tokio::time::timeout(super::PATIENCE, signed_in).await.map_err(|_| ImapError::Silence)?;
    signed_in.map_err(|(error, _)| error.into())
}

async fn encrypted(account: &Account, tcp: TcpStream) -> Result<tokio_rustls::client::TlsStream<TcpStream>, ImapError> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(std::io::Error::other)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from(account.host.clone()).map_err(std::io::Error::other)?;
    within(TlsConnector::from(Arc::new(config)).connect(name, tcp)).await
}
