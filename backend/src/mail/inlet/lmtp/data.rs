//! The message itself: up to a line with a dot alone, without the dots that were put before lines with one (RFC 5321 §4.5.2).
//! Only CR LF ends a line here: whoever reads a lone LF as an end can be made to read one message as two.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncBufRead, AsyncBufReadExt};

/// Where in a line the last byte was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    LineStart,
    Middle,
    Cr,
    /// After a dot at the beginning.
    Dot,
    /// After a dot and a CR.
    DotCr,
}

/// Takes bytes as they come.
struct Unstuffed {
    at: At,
    bytes: Vec<u8>,
    at_most: usize,
    too_large: bool,
}

impl Unstuffed {
    fn keep(&mut self, byte: u8) {
        if self.bytes.len() < self.at_most {
            self.bytes.push(byte);
        } else {
            self.too_large = true;
        }
    }

    /// How many of these were used, and whether the message has ended.
    fn take(&mut self, piece: &[u8]) -> (usize, bool) {
        for (index, &byte) in piece.iter().enumerate() {
            self.at = match (self.at, byte) {
                (At::LineStart, b'.') => At::Dot,
                (At::Dot, b'\r') => At::DotCr,
                (At::DotCr, b'\n') => return (index + 1, true),
                // No end after all: the dot before a line is not part of it.
                (At::DotCr, byte) => {
                    self.keep(b'\r');
                    self.keep(byte);
                    if byte == b'\r' { At::Cr } else { At::Middle }
                }
                (At::Cr, b'\n') => {
                    self.keep(byte);
                    At::LineStart
                }
                (_, b'\r') => {
                    self.keep(byte);
                    At::Cr
                }
                (_, byte) => {
                    self.keep(byte);
                    At::Middle
                }
            };
        }
        (piece.len(), false)
    }
}

/// Reads a message; `None` when it is longer than `at_most`, and then it is read to its end all the same.
pub(super) async fn read(
    reader: &mut (impl AsyncBufRead + Unpin),
    at_most: usize,
    patience: Duration,
) -> io::Result<Option<Vec<u8>>> {
    let mut message = Unstuffed { at: At::LineStart, bytes: Vec::new(), at_most, too_large: false };
    loop {
        let piece = tokio::time::timeout(patience, reader.fill_buf()).await.map_err(io::Error::other)??;
        if piece.is_empty() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let (used, ended) = message.take(piece);
        reader.consume(used);
        if message.too_large {
            message.bytes = Vec::new();
            message.at_most = 0;
        }
        if ended {
            return Ok((!message.too_large).then_some(message.bytes));
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use tokio::io::{AsyncReadExt, BufReader};

    use super::*;

    async fn read_all(sent: &[u8], at_most: usize) -> (Option<Vec<u8>>, Vec<u8>) {
        // In pieces of every length: no boundary may matter.
        let mut results = Vec::new();
        for size in 1..=sent.len() {
            let mut reader = BufReader::with_capacity(size, sent);
            let message = read(&mut reader, at_most, Duration::from_secs(1)).await.unwrap();
            let mut rest = Vec::new();
            reader.read_to_end(&mut rest).await.unwrap();
            results.push((message, rest));
        }
        results.dedup();
        assert_eq!(results.len(), 1);
        results.remove(0)
    }

    #[tokio::test]
    async fn a_message_ends_with_a_dot_alone_and_loses_the_dots_that_were_added() {
        let (message, rest) = read_all(b"A: b\r\n\r\n..x\r\n.y\r\n...\r\n.\r\nQUIT\r\n", 1_000).await;
        assert_eq!(message.unwrap(), b"A: b\r\n\r\n.x\r\ny\r\n..\r\n");
        assert_eq!(rest, b"QUIT\r\n");
        assert_eq!(read_all(b".\r\n", 10).await.0.unwrap(), b"");
    }

    #[tokio::test]
    async fn a_lone_line_feed_ends_nothing() {
        for smuggled in [
            &b"x\n.\nMAIL\r\n.\r\n"[..],
            b"x\n.\r\nMAIL\r\n.\r\n",
            b"x\r\n.\nMAIL\r\n.\r\n",
            b"x\r\n.\r\rMAIL\r\n.\r\n",
        ] {
            let (message, rest) = read_all(smuggled, 1_000).await;
            assert!(message.unwrap().ends_with(b"MAIL\r\n"), "{smuggled:?}");
            assert_eq!(rest, b"");
        }
    }

    #[tokio::test]
    async fn what_is_too_long_is_read_to_its_end_and_not_kept() {
        let (message, rest) = read_all(b"0123456789\r\n.\r\nNOOP\r\n", 11).await;
        assert_eq!(message, None);
        assert_eq!(rest, b"NOOP\r\n");
    }
}
