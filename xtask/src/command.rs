//! Starting other programs: always said aloud, never waiting for a keyboard.

use std::{
    ffi::OsStr,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context as _, Result, ensure};

use crate::ROOT;

/// A program in the root of the repository, without a keyboard.
pub(crate) fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(&*ROOT).stdin(Stdio::null()).env("DEBIAN_FRONTEND", "noninteractive");
    command
}

/// The cargo that runs xtask. What cargo set for xtask itself must not reach the inner one: another value of one of
/// these would compile everything anew.
pub(crate) fn cargo<const N: usize>(arguments: [&str; N]) -> Command {
    let mut command = program(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&*name);
        }
    }
    command.args(arguments);
    command
}

/// The command line as one would type it.
pub(crate) fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<_> = words.map(|word| word.to_string_lossy().into_owned()).collect();
    let name =
        Path::new(&words[0]).file_name().map_or_else(|| words[0].clone(), |name| name.to_string_lossy().into_owned());
    std::iter::once(name).chain(words.into_iter().skip(1)).collect::<Vec<_>>().join(" ")
}

/// Runs a program to its end; its output goes where ours goes.
pub(crate) fn run(mut command: Command) -> Result<()> {
    println!("$ {}", line(&command));
    let status = command.status().with_context(|| format!("{} does not start", line(&command)))?;
    ensure!(status.success(), "`{}` ended with {status}", line(&command));
    Ok(())
}

/// As [`run`], but also returns what the program wrote to its standard output, and whether it succeeded.
pub(crate) fn run_and_read(mut command: Command) -> Result<(bool, String)> {
    println!("$ {}", line(&command));
    let mut child =
        command.stdout(Stdio::piped()).spawn().with_context(|| format!("{} does not start", line(&command)))?;
    let mut text = String::new();
    for read in BufReader::new(child.stdout.take().context("standard output is piped")?).split(b'\n') {
        let read = String::from_utf8_lossy(&read?).into_owned();
        println!("{read}");
        text.push_str(&read);
        text.push('\n');
    }
    Ok((child.wait()?.success(), text))
}

/// What a program says, silently. An error when it fails.
pub(crate) fn output(mut command: Command) -> Result<String> {
    let output = command.output().with_context(|| format!("{} does not start", line(&command)))?;
    let problem = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "`{}` ended with {}\n{problem}", line(&command), output.status);
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The first of these programs that is on the PATH.
pub(crate) fn find(names: &[&str]) -> Option<PathBuf> {
    let folders: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH")?).collect();
    names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|path| path.is_file())
}
