//! `loket mail receive`: what a mail server reads from its exit status.

use std::io::Write as _;
use std::process::{Command, Stdio};

/// Runs it on a data folder; gives the status and what it said on standard error.
fn receive(data: &std::path::Path, arguments: &[&str], database: &str, message: &[u8]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_loket"));
    command.args(["mail", "receive"]).args(arguments).env_clear().current_dir(data);
    command.env("LOKET_DATA", data).env("DATABASE_URL", database);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // Whoever is wrongly started does not read.
    let _ = child.stdin.take().unwrap().write_all(message);
    let output = child.wait_with_output().unwrap();
    assert!(output.stdout.is_empty(), "a mail server expects nothing");
    (output.status.code().unwrap(), String::from_utf8_lossy(&output.stderr).into_owned())
}

const MESSAGE: &[u8] = b"From wim@elsewhere.example Mon Apr 20 10:00:00 2026\nFrom: Wim <wim@elsewhere.example>\nTo: support@desk.example\n\
      Subject: Hello\nMessage-ID: <1@elsewhere.example>\n\nIs anyone there?\n";

#[test]
fn a_message_is_taken_once_however_often_it_is_brought() {
    let data = tempfile::tempdir().unwrap();
    for _ in 0..2 {
        let (status, said) = receive(data.path(), &["--mailbox", "support"], "", MESSAGE);
        assert_eq!(status, 0, "{said}");
    }
    let kept = walk(&data.path().join("files/mail"));
    assert_eq!(kept.len(), 1, "{kept:?}");
    let raw = std::fs::read(&kept[0]).unwrap();
    assert!(raw.starts_with(b"From: Wim"), "the line of the mailbox file is no part of it");
}

#[test]
fn what_will_never_be_taken_is_refused_with_the_reason() {
    let data = tempfile::tempdir().unwrap();
    let mut huge = MESSAGE.to_vec();
    huge.resize(30_100_000, b'x');
    let (status, said) = receive(data.path(), &[], "", &huge);
    assert_eq!(status, 65, "{said}");
    assert!(said.contains("5.6.0 the message is larger than 30 MB"), "{said}");
}

#[test]
fn whatever_is_not_the_messages_fault_is_tried_again() {
    let data = tempfile::tempdir().unwrap();
    let (status, said) = receive(data.path(), &[], "postgres://nobody@127.0.0.1:1/none", MESSAGE);
    assert_eq!(status, 75, "{said}");
    let (status, said) = receive(data.path(), &[], "mysql://x", MESSAGE);
    assert_eq!(status, 75, "a mistake in the configuration loses no mail: {said}");
}

#[test]
fn a_senseless_command_line_says_so() {
    let data = tempfile::tempdir().unwrap();
    let (status, _) = receive(data.path(), &["--nonsense"], "", b"");
    assert_eq!(status, 64);
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(walk(&path)) } else { files.push(path) }
    }
    files
}
