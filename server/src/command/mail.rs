//! `mail receive`: the pipe. A mail server starts it for each message and reads its exit status (sysexits.h): 0 taken, 65
//! refused for good, 75 try again later, 64 wrongly started. Whatever goes wrong that is not the message's fault is a 75: the
//! mail server keeps the message.

use std::io::{Read as _, Write as _, stderr, stdin};
use std::process::ExitCode;

use anyhow::Context as _;
use backend::Backend;
use backend::desk::mail::{Arrival, Door, receive};
use backend::mail::inlet::{MAILBOX, READ_AT_MOST};

use crate::config::Config;

/// The message will never be taken (EX_DATAERR).
const REFUSED: u8 = 65;
/// Perhaps later (EX_TEMPFAIL).
pub(super) const TRY_AGAIN: u8 = 75;
/// The command line makes no sense (EX_USAGE).
pub(super) const USAGE: u8 = 64;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Take one message from standard input; for mail servers.
    Receive(Receive),
}

#[derive(Debug, clap::Args)]
pub(super) struct Receive {
    /// The name of the mailbox it is for: one and the same message arrives once in each.
    #[arg(long, default_value = MAILBOX)]
    mailbox: String,
    /// Who sent it, as the mail server says; empty for a bounce.
    #[arg(long, env = "SENDER", allow_hyphen_values = true)]
    sender: Option<String>,
    /// Whom it was sent to; may be given more than once.
    #[arg(long, allow_hyphen_values = true)]
    recipient: Vec<String>,
}

pub(super) async fn run(config: Config, Command::Receive(options): Command) -> anyhow::Result<ExitCode> {
    let mut raw = Vec::new();
    let limit = READ_AT_MOST as u64 + 1;
    tokio::task::block_in_place(|| stdin().lock().take(limit).read_to_end(&mut raw)).context("reading the message")?;
    if raw.len() > READ_AT_MOST {
        return Ok(refuse("the message is too large to be kept"));
    }
    let mut envelope_to = options.recipient;
    // What Postfix and others say to a command of .forward or of an alias.
    envelope_to.extend(["ORIGINAL_RECIPIENT", "RECIPIENT"].into_iter().filter_map(|name| std::env::var(name).ok()));
    let raw = without_mbox_line(raw);
    let backend = Backend::open(config.backend, config.clock).await.context("opening the database")?;
    let arrival = Arrival {
        door: Door::Pipe,
        mailbox: options.mailbox,
        raw: raw.into(),
        envelope_from: options.sender.map(|sender| match sender.as_str() {
            // What mail servers say for the empty path.
            "MAILER-DAEMON" | "<>" => String::new(),
            _ => sender,
        }),
        envelope_to,
    };
    let received = receive(&backend, &arrival).await;
    backend.close().await;
    match received.context("taking the message")?.refusal {
        None => Ok(ExitCode::SUCCESS),
        Some(refusal) => Ok(refuse(&refusal.to_string())),
    }
}

fn refuse(why: &str) -> ExitCode {
    // Mail servers put it into the report to the sender.
    let _ = writeln!(stderr(), "5.6.0 {why}");
    ExitCode::from(REFUSED)
}

/// Some mail servers put a line of mailbox files before the message: `From anna@acme.example Mon Apr 20 10:00:00 2026`.
fn without_mbox_line(mut raw: Vec<u8>) -> Vec<u8> {
    if raw.starts_with(b"From ")
        && let Some(end) = raw.iter().position(|byte| *byte == b'\n')
    {
        raw.drain(..=end);
    }
    raw
}

#[cfg(test)]
mod tests {
    use super::without_mbox_line;

    #[test]
    fn only_the_line_of_a_mailbox_file_is_taken_off() {
        assert_eq!(without_mbox_line(b"From a@b Mon\nFrom: x\n\ny".to_vec()), b"From: x\n\ny");
        assert_eq!(without_mbox_line(b"From: x\n\nFrom y".to_vec()), b"From: x\n\nFrom y");
    }
}
