//! The tests with a real Postfix and a real Dovecot: the released binary between mail servers of the tests' own.

use std::{ffi::OsString, path::PathBuf, process::Stdio};

use anyhow::{Context as _, Result, ensure};

use crate::{
    command::{cargo, line},
    report::{Outcome, Report},
    serve,
    site::Mode,
    tools,
};

/// What a person may set for a longer or a shorter run; said in `mailtest/tests/kill.rs`.
const SETTINGS: [&str; 2] = ["LOKET_KILLS", "LOKET_SEED"];

/// Installs the servers when they are missing, and runs the tests; `arguments` go to the test program.
pub(crate) fn steps(report: &mut Report, arguments: &[&str]) {
    let mut root = None;
    let found = report.step("Postfix and Dovecot for the tests", || {
        root = Some(tools::mail_servers()?);
        Ok(Outcome::done(""))
    });
    match root {
        Some(root) if found => {
            report.step("mail through real servers", || test(&root, arguments));
        }
        _ => report.impossible("mail through real servers", "there are no mail servers"),
    }
}

fn test(root: &tools::Root, arguments: &[&str]) -> Result<Outcome> {
    let program = compile()?;
    // Through `env`, because sudo passes nothing on.
    let mut test = root.program("env");
    let setting = |name: &str, value: OsString| {
        let mut word = OsString::from(format!("{name}="));
        word.push(value);
        word
    };
    test.arg(setting("LOKET_BIN", serve::binary().into()));
    test.arg(setting("LOKET_SITE", Mode::Release.site().into()));
    test.args(SETTINGS.iter().filter_map(|name| Some(setting(name, std::env::var_os(name)?))));
    // They wait more than they work.
    test.arg(setting("RUST_TEST_THREADS", "4".into()));
    test.arg(program).args(arguments);
    super::cargo_test(test)
}

/// The test program, which is run by root where cargo is not.
fn compile() -> Result<PathBuf> {
    let mut build = cargo(["test", "--release", "--package", "mailtest", "--features", "servers", "--test", "all"]);
    build.args(["--no-run", "--message-format", "json-render-diagnostics"]);
    println!("$ {}", line(&build));
    let built = build.stderr(Stdio::inherit()).output()?;
    ensure!(built.status.success(), "the tests do not compile");
    let messages = String::from_utf8_lossy(&built.stdout);
    let executable = |line: &str| {
        let message: serde_json::Value = serde_json::from_str(line).ok()?;
        (message["target"]["kind"][0] == "test").then_some(())?;
        message["executable"].as_str().map(PathBuf::from)
    };
    messages.lines().find_map(executable).context("cargo names no test program")
}
