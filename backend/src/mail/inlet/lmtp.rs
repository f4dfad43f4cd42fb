//! The listener for mail servers: LMTP (RFC 2033), on loopback or a unix socket. Strict about lengths and numbers, with a limit
//! on every wait. What has been said yes to is committed.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader, BufWriter};
use tokio::net::{TcpListener, UnixListener};
use tokio::sync::{Semaphore, watch};

use super::{MAILBOX, READ_AT_MOST, is_stopped, stopped};
use crate::desk::mail::{Arrival, Door, receive};
use crate::{Backend, Error};

mod data;
mod session;

use session::{Next, Session};

/// At once. A mail server opens up to twenty; those beyond wait a moment in the queue of the kernel.
const CONNECTIONS: usize = 16;
/// Between two commands (RFC 5321 §4.5.3.2 asks for at least five minutes).
const IDLE: Duration = Duration::from_secs(300);
/// Between two pieces of a message.
const PIECE: Duration = Duration::from_secs(180);
/// A command line; ESMTP's longest is shorter (RFC 5321 §4.5.3.1, RFC 6531).
const LINE: usize = 2_048;
/// Wrong commands in a row, after which it is no mail server that talks.
const NONSENSE: u32 = 20;

/// Where mail servers connect.
pub enum Listener {
    Tcp(TcpListener),
    Unix(UnixListener, PathBuf),
}

impl Listener {
    /// Listens at `127.0.0.1:2424` or `unix:/path`.
    ///
    /// # Errors
    /// When somebody else does, or it is no such place.
    pub async fn bind(place: &str) -> io::Result<Self> {
        let Some(path) = place.strip_prefix("unix:") else {
            return Ok(Self::Tcp(TcpListener::bind(place).await?));
        };
        let path = PathBuf::from(path);
        // What a killed process leaves behind answers nobody.
        if path.exists() && tokio::net::UnixStream::connect(&path).await.is_err() {
            std::fs::remove_file(&path)?;
        }
        let listener = UnixListener::bind(&path)?;
        restrict(&path)?;
        Ok(Self::Unix(listener, path))
    }

    /// Where it listens; the port too, when it was left to the system.
    ///
    /// # Errors
    /// When the system does not say.
    pub fn address(&self) -> io::Result<String> {
        match self {
            Self::Tcp(listener) => Ok(listener.local_addr()?.to_string()),
            Self::Unix(_, path) => Ok(["unix:", &path.display().to_string()].concat()),
        }
    }
}

/// For its owner and group: a mail server that is to deliver here is of that group.
fn restrict(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o660))
}

/// Takes mail until `stop` says so. A connection that breaks is the other side's to make again.
pub async fn serve(backend: Backend, listener: Listener, mut stop: watch::Receiver<bool>) {
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    let mut sessions = tokio::task::JoinSet::new();
    while !is_stopped(&stop) {
        let Ok(permit) = Arc::clone(&room).acquire_owned().await else { break };
        tokio::select! {
            accepted = accept(&listener) => match accepted {
                Ok(stream) => {
                    let (backend, stop) = (backend.clone(), stop.clone());
                    sessions.spawn(async move {
                        let result = match stream {
                            Stream::Tcp(stream) => converse(&backend, stream, stop).await,
                            Stream::Unix(stream) => converse(&backend, stream, stop).await,
                        };
                        if let Err(error) = result {
                            tracing::debug!(%error, "an LMTP connection broke");
                        }
                        drop(permit);
                    });
                }
                Err(error) => {
                    tracing::warn!(%error, "LMTP");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            },
            () = stopped(&mut stop) => {}
            // Those that ended are forgotten.
            Some(_) = sessions.join_next() => {}
        }
    }
    while sessions.join_next().await.is_some() {}
    if let Listener::Unix(_, path) = &listener {
        let _ = std::fs::remove_file(path);
    }
}

enum Stream {
    Tcp(tokio::net::TcpStream),
    Unix(tokio::net::UnixStream),
}

async fn accept(listener: &Listener) -> io::Result<Stream> {
    Ok(match listener {
        Listener::Tcp(listener) => {
            let (stream, _) = listener.accept().await?;
            stream.set_nodelay(true)?;
            Stream::Tcp(stream)
        }
        Listener::Unix(listener, _) => Stream::Unix(listener.accept().await?.0),
    })
}

/// One connection, to its end.
async fn converse(
    backend: &Backend,
    stream: impl AsyncRead + AsyncWrite + Unpin,
    mut stop: watch::Receiver<bool>,
) -> io::Result<()> {
    let (reader, writer) = tokio::io::split(stream);
    let (mut reader, mut writer) = (BufReader::with_capacity(32 * 1024, reader), BufWriter::new(writer));
    let mut session = Session::default();
    say(&mut writer, &["220 ", backend.config().mail_domain(), " LMTP Loket"].concat()).await?;
    let mut nonsense = 0;
    loop {
        // Answers to pipelined commands leave together (RFC 2920).
        if reader.buffer().is_empty() {
            writer.flush().await?;
        }
        let line = tokio::select! {
            line = tokio::time::timeout(IDLE, read_line(&mut reader)) => line,
            () = stopped(&mut stop) => {
                say(&mut writer, "421 4.3.2 Loket is stopping").await?;
                return writer.flush().await;
            }
        };
        let line = match line {
            Err(_) => {
                say(&mut writer, "421 4.4.2 Nothing was said for too long").await?;
                return writer.flush().await;
            }
            Ok(Line::End) => return Ok(()),
            Ok(Line::Broken(error)) => return Err(error),
            Ok(Line::TooLong) => None,
            Ok(Line::Text(text)) => Some(text),
        };
        let next = match &line {
            Some(text) => session.command(text, backend.config().mail_domain()),
            None => Next::Wrong("500 5.5.2 The line is too long".to_owned()),
        };
        match next {
            Next::Say(answer) => {
                nonsense = 0;
                say(&mut writer, &answer).await?;
            }
            Next::Wrong(answer) => {
                nonsense += 1;
                say(&mut writer, &answer).await?;
                if nonsense >= NONSENSE {
                    say(&mut writer, "421 4.7.0 Too many wrong commands").await?;
                    return writer.flush().await;
                }
            }
            Next::Quit => {
                say(&mut writer, "221 2.0.0 Bye").await?;
                return writer.flush().await;
            }
            Next::Data => {
                say(&mut writer, "354 Go ahead, end with a dot").await?;
                writer.flush().await?;
                let taken = data::read(&mut reader, READ_AT_MOST, PIECE).await?;
                let (from, to) = session.take();
                let answer = take(backend, taken, &from, &to).await;
                // Each recipient gets an answer (RFC 2033 §4.2); it is one message, so each gets the same.
                for recipient in &to {
                    say(&mut writer, &[&answer, " <", recipient, ">"].concat()).await?;
                }
            }
        }
    }
}

/// What is answered for a message.
async fn take(backend: &Backend, taken: Option<Vec<u8>>, from: &str, to: &[String]) -> String {
    let Some(raw) = taken else {
        return "552 5.3.4 the message is too large to be kept".to_owned();
    };
    let arrival = Arrival {
        door: Door::Lmtp,
        mailbox: MAILBOX.to_owned(),
        raw: Bytes::from(raw),
        envelope_from: Some(from.to_owned()),
        envelope_to: to.to_vec(),
    };
    match receive(backend, &arrival).await {
        Ok(received) => match received.refusal {
            None => "250 2.0.0 Taken".to_owned(),
            Some(refusal) if refusal.is_size() => format!("552 5.3.4 {refusal}"),
            Some(refusal) => format!("554 5.6.0 {refusal}"),
        },
        Err(error) => {
            if !matches!(error, Error::Unavailable) {
                tracing::error!(%error, "a message could not be taken; the mail server will bring it again");
            }
            "451 4.3.0 Not now, try again later".to_owned()
        }
    }
}

async fn say(writer: &mut (impl AsyncWrite + Unpin), line: &str) -> io::Result<()> {
    writer.write_all(line.as_bytes()).await?;
    writer.write_all(b"\r\n").await
}

enum Line {
    Text(String),
    TooLong,
    End,
    Broken(io::Error),
}

/// A command. One that is too long is read to its end and forgotten.
async fn read_line(reader: &mut (impl AsyncBufRead + Unpin)) -> Line {
    let mut line = Vec::new();
    let mut too_long = false;
    loop {
        let buffer = match reader.fill_buf().await {
            Ok(buffer) => buffer,
            Err(error) => return Line::Broken(error),
        };
        if buffer.is_empty() {
            return Line::End;
        }
        let (piece, ended) = match buffer.iter().position(|byte| *byte == b'\n') {
            Some(at) => (&buffer[..=at], true),
            None => (buffer, false),
        };
        too_long |= line.len() + piece.len() > LINE;
        if !too_long {
            line.extend_from_slice(piece);
        }
        let used = piece.len();
        reader.consume(used);
        if ended {
            if too_long {
                return Line::TooLong;
            }
            return Line::Text(String::from_utf8_lossy(line.trim_ascii_end()).into_owned());
        }
    }
}
