//! Hands a message to a mail server, as a mail program does.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

use anyhow::{Result, ensure};

/// Sends one message; an empty `from` is a bounce's.
///
/// # Errors
/// With the server's words when it does not take the message.
pub fn send(port: u16, from: &str, to: &[&str], message: &str) -> Result<()> {
    let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    let mut session = Session(BufReader::new(stream));
    session.expect(220)?;
    session.say("EHLO client.test", 250)?;
    session.say(&format!("MAIL FROM:<{from}>"), 250)?;
    for to in to {
        session.say(&format!("RCPT TO:<{to}>"), 250)?;
    }
    session.say("DATA", 354)?;
    let mut data = String::new();
    for line in message.lines() {
        // A line of one dot would end the message.
        let dot = if line.starts_with('.') { "." } else { "" };
        data.push_str(&format!("{dot}{line}\r\n"));
    }
    session.say(&format!("{data}."), 250)?;
    session.say("QUIT", 221)
}

struct Session(BufReader<TcpStream>);

impl Session {
    fn say(&mut self, line: &str, expected: u16) -> Result<()> {
        self.0.get_mut().write_all(format!("{line}\r\n").as_bytes())?;
        self.expect(expected)
    }

    fn expect(&mut self, expected: u16) -> Result<()> {
        loop {
            let mut line = String::new();
            ensure!(self.0.read_line(&mut line)? > 0, "the server went away");
            ensure!(line.starts_with(&expected.to_string()), "the server says: {}", line.trim_end());
            if line.as_bytes().get(3) != Some(&b'-') {
                return Ok(());
            }
        }
    }
}
