//! The released `loket`, with the demonstration and a few people more whose mail arrives.
//!
//! Time in these tests is Loket's own: it starts on a Monday morning, runs as real time does, and jumps ahead when a test
//! starts Loket again with a later `LOKET_CLOCK`. So nobody waits for what Loket lets wait.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::OnceLock;

use anyhow::{Context as _, Result, ensure};
use tempfile::TempDir;

use crate::database::Database;
use crate::http::{self, Visitor};
use crate::process::{As, NOBODY, Process, command};
use crate::server::{AUTHORITY, PASSWORD as MAILBOX_PASSWORD, Servers, free_port, owned_by_nobody};
use crate::wait;

/// Monday 20 April 2026, 10:00 in Amsterdam: the desk is open, and no holiday is near.
const MORNING: i64 = 1_776_672_000;
/// Everyone's, of those who are made here.
pub const PASSWORD: &str = "vier losse woorden hier";

/// Someone who is not of the demonstration, whose people get no mail.
#[derive(Clone, Copy)]
pub struct Person {
    pub email: &'static str,
    pub name: &'static str,
    /// As `loket user create` takes it.
    pub role: &'static str,
    /// The organisation's key; empty for staff.
    pub organisation: &'static str,
}

pub const NINA: Person = Person { email: "nina@acme.test", name: "Nina Bakker", role: "member", organisation: "ACME" };
pub const OTTO: Person = Person { email: "otto@acme.test", name: "Otto Prins", role: "member", organisation: "ACME" };
pub const PIA: Person = Person { email: "pia@borealis.test", name: "Pia Lund", role: "member", organisation: "BORE" };
pub const SAM: Person = Person { email: "sam@staff.test", name: "Sam de Wit", role: "agent", organisation: "" };

/// Enough customers that none of them writes too often.
pub const CROWD: [Person; 8] = [
    NINA,
    OTTO,
    PIA,
    Person { email: "kim@acme.test", name: "Kim Vos", role: "member", organisation: "ACME" },
    Person { email: "lars@acme.test", name: "Lars Mol", role: "manager", organisation: "ACME" },
    Person { email: "mia@borealis.test", name: "Mia Falk", role: "member", organisation: "BORE" },
    Person { email: "noor@borealis.test", name: "Noor Aas", role: "member", organisation: "BORE" },
    Person { email: "tom@borealis.test", name: "Tom Berge", role: "manager", organisation: "BORE" },
];

/// How mail reaches it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    Lmtp,
    Pipe,
    Imap,
}

/// Everything one Loket needs to run, and the process while it does.
pub struct Loket {
    /// Its mail domain.
    pub domain: String,
    pub door: Door,
    pub port: u16,
    pub lmtp: u16,
    folder: PathBuf,
    settings: Vec<(String, String)>,
    /// Its clock's distance from this machine's, in seconds.
    ahead: i64,
    process: Option<Process>,
}

impl Loket {
    /// In a folder that need not be there yet; before the servers are started, because they want to know its doors.
    ///
    /// # Errors
    /// When there is no free port.
    pub fn new(folder: &Path, domain: &str, door: Door) -> Result<Self> {
        Ok(Self {
            domain: domain.to_owned(),
            door,
            port: free_port()?,
            lmtp: free_port()?,
            folder: folder.to_owned(),
            settings: Vec::new(),
            ahead: MORNING - wait::unix_millis() / 1000,
            process: None,
        })
    }

    /// The command that Postfix hands mails to.
    #[must_use]
    pub fn pipe(&self) -> PathBuf {
        self.folder.join("receive")
    }

    /// Makes the demonstration and these people, and says where the mail servers are. Does not start it.
    ///
    /// # Errors
    /// When `loket` refuses.
    pub fn prepare(&mut self, servers: &Servers, people: &[Person]) -> Result<()> {
        owned_by_nobody(&self.folder)?;
        copy(template()?, &self.data())?;
        let Self { domain, lmtp, port, .. } = self;
        let mut settings = vec![
            ("LOKET_DATA", self.folder.join("data").display().to_string()),
            ("LOKET_LISTEN", format!("127.0.0.1:{port}")),
            ("LOKET_SITE", installed()?.join("site").display().to_string()),
            ("LOKET_SMTP_URL", format!("smtp://127.0.0.1:{}", servers.smtp)),
            ("LOKET_SUPPORT_ADDRESS", format!("support@{domain}")),
            ("LOKET_MAIL_AUTHORITY", AUTHORITY.to_owned()),
        ];
        match self.door {
            Door::Lmtp => settings.push(("LOKET_LMTP", format!("127.0.0.1:{lmtp}"))),
            Door::Pipe => {}
            Door::Imap => {
                let url = format!("imap://support%40{domain}:{MAILBOX_PASSWORD}@127.0.0.1:{}/INBOX", servers.imap);
                settings.push(("LOKET_IMAP_URL", url));
            }
        }
        self.settings = settings.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        self.write_pipe()?;
        people.iter().try_for_each(|person| self.add(person))?;
        // The demonstration's requests come due all the time, and the desk is warned of each.
        self.database().execute(
            "INSERT INTO mail_preference (user_id, kind, delivery) SELECT user_id, kind, 'portal' FROM user_account, \
             (SELECT 'at_risk' AS kind UNION SELECT 'breached') WHERE organisation_id IS NULL",
        )
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn log(&self) -> PathBuf {
        self.folder.join("log")
    }

    /// What Postfix starts for each mail: a clock that is this Loket's, and a file with the process's id while it runs. What it
    /// says, Postfix logs and passes on.
    fn write_pipe(&self) -> Result<()> {
        owned_by_nobody(&self.folder.join("receiving"))?;
        let mut script = "#!/bin/sh\n".to_owned();
        for (name, value) in &self.settings {
            script.push_str(&format!("export {name}='{value}'\n"));
        }
        script.push_str(&format!(
            "export LOKET_CLOCK=$(date -u -d \"$(cat {folder}/ahead) seconds\" +%Y-%m-%dT%H:%M:%S.%3NZ)\n\
             : >{folder}/receiving/$$\n\
             exec {loket} mail receive --mailbox support\n",
            folder = self.folder.display(),
            loket = installed()?.join("loket").display(),
        ));
        fs::write(self.pipe(), script)?;
        fs::set_permissions(self.pipe(), fs::Permissions::from_mode(0o755))?;
        self.write_ahead()
    }

    fn write_ahead(&self) -> Result<()> {
        Ok(fs::write(self.folder.join("ahead"), self.ahead.to_string())?)
    }

    /// The processes that Postfix started to receive a mail and that may still run.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn receiving(&self) -> Result<Vec<u32>> {
        let mut running = Vec::new();
        for entry in fs::read_dir(self.folder.join("receiving"))? {
            let entry = entry?;
            let id = entry.file_name().to_string_lossy().parse::<u32>()?;
            // Ours still, and no other process that got its number.
            let line = fs::read(format!("/proc/{id}/cmdline")).unwrap_or_default();
            if String::from_utf8_lossy(&line).contains("receive") {
                running.push(id);
            } else {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(running)
    }

    /// Runs a command of `loket` to its end, with `input`.
    ///
    /// # Errors
    /// When it fails, with what it said.
    pub fn run(&self, arguments: &[&str], input: &str) -> Result<String> {
        let mut command = command(installed()?.join("loket"), As::Nobody);
        command.args(arguments).envs(self.settings.clone()).env("LOKET_CLOCK", self.clock()?);
        let (words, input_file) = (arguments.join(" "), self.folder.join("input"));
        fs::write(&input_file, input)?;
        command.stdin(fs::File::open(&input_file)?);
        let output = command.output()?;
        let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        ensure!(output.status.success(), "`loket {words}` ended with {}: {said}", output.status);
        Ok(said)
    }

    /// Makes an account that can be signed in to.
    ///
    /// # Errors
    /// When `loket` refuses.
    pub fn add(&self, person: &Person) -> Result<()> {
        let mut arguments = vec!["user", "create", person.email, "--name", person.name, "--role", person.role];
        if !person.organisation.is_empty() {
            arguments.extend(["--organisation", person.organisation]);
        }
        self.run(&arguments, &format!("{PASSWORD}\n")).map(drop)
    }

    /// What its clock shows, as `LOKET_CLOCK` takes it.
    fn clock(&self) -> Result<String> {
        let now = chrono::DateTime::from_timestamp_millis(wait::unix_millis() + self.ahead * 1000);
        Ok(now.context("a time that exists")?.to_rfc3339_opts(chrono::SecondsFormat::Millis, true))
    }

    /// What its clock shows, as a mail's `Date` says it.
    #[must_use]
    pub fn date(&self) -> String {
        let now = chrono::DateTime::from_timestamp_millis(wait::unix_millis() + self.ahead * 1000);
        now.map(|now| now.to_rfc2822()).unwrap_or_default()
    }

    /// What its clock shows, in milliseconds since 1970.
    #[must_use]
    pub fn now(&self) -> i64 {
        wait::unix_millis() + self.ahead * 1000
    }

    /// Starts it and waits until it answers.
    ///
    /// # Errors
    /// When it does not, with its log.
    pub fn start(&mut self) -> Result<()> {
        self.launch()?;
        let port = self.port;
        wait::until_true("Loket answers", wait::LONG, || {
            let process = self.process.as_mut().context("it was started")?;
            if let Some(status) = process.ended()? {
                anyhow::bail!("Loket ended with {status}");
            }
            Ok(http::answers(port))
        })
        .with_context(|| self.words())
    }

    /// Starts it and waits for nothing.
    ///
    /// # Errors
    /// When there is no such program.
    pub fn launch(&mut self) -> Result<()> {
        ensure!(self.process.is_none(), "it runs already");
        self.write_ahead()?;
        let mut serve = command(installed()?.join("loket"), As::Nobody);
        serve.arg("serve").envs(self.settings.clone()).env("LOKET_CLOCK", self.clock()?);
        serve.env("RUST_LOG", "info").stdin(Stdio::null());
        self.process = Some(Process::start(serve, &self.log())?);
        Ok(())
    }

    /// `kill -9`.
    ///
    /// # Errors
    /// When it had ended by itself, with its log.
    pub fn kill(&mut self) -> Result<()> {
        let mut process = self.process.take().context("it runs")?;
        process.kill().with_context(|| self.words())
    }

    /// Stops it politely.
    pub fn stop(&mut self) {
        self.process = None;
    }

    /// Stops it and starts it so much later.
    ///
    /// # Errors
    /// As [`Self::start`].
    pub fn restart_later(&mut self, seconds: i64) -> Result<()> {
        self.stop();
        self.pass(seconds);
        self.start()
    }

    /// Lets time pass for the next start.
    pub const fn pass(&mut self, seconds: i64) {
        self.ahead += seconds;
    }

    #[must_use]
    pub fn database(&self) -> Database {
        Database(self.data().join("loket.db"))
    }

    /// Where attachments and the raw mails are.
    #[must_use]
    pub fn files(&self) -> PathBuf {
        self.data().join("files")
    }

    /// # Errors
    /// When they cannot sign in.
    pub fn visit(&self, person: &Person) -> Result<Visitor> {
        Visitor::sign_in(self.port, person.email, PASSWORD).with_context(|| self.words())
    }

    /// As [`compose`].
    ///
    /// # Errors
    /// When the desk refuses.
    pub fn compose(&self, agent: &Visitor, key: &str, kind: &str, text: &str) -> Result<()> {
        compose(&self.database(), agent, key, kind, text).with_context(|| self.words())
    }

    /// A column of a ticket, as text.
    ///
    /// # Errors
    /// When there is no such ticket.
    pub fn ticket(&self, key: &str, column: &str) -> Result<String> {
        self.database().ticket(key, column)
    }

    /// The end of its log, for those who look into a failure.
    #[must_use]
    pub fn words(&self) -> String {
        const LINES: usize = 40;
        let log = fs::read_to_string(self.log()).unwrap_or_default();
        let lines: Vec<_> = log.lines().collect();
        format!("-- log of {}\n{}\n", self.domain, lines[lines.len().saturating_sub(LINES)..].join("\n"))
    }
}

/// An agent writes into a ticket: `answer`, `note`, `return` or `resolve`.
///
/// # Errors
/// When the desk refuses.
pub fn compose(database: &Database, agent: &Visitor, key: &str, kind: &str, text: &str) -> Result<()> {
    let version = database.ticket(key, "last_event_id")?;
    let place = format!("desk/{key}");
    let fields =
        [("place", place.as_str()), ("key", key), ("version", version.as_str()), ("kind", kind), ("text", text)];
    agent.submit_multipart("/api/desk/compose", &fields)
}

/// Where nobody may run them: the binary and the browser's half.
fn installed() -> Result<&'static Path> {
    static FOLDER: OnceLock<Result<TempDir>> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| {
        let folder = tempfile::Builder::new().prefix("loket-bin-").tempdir()?;
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755))?;
        let binary =
            std::env::var_os("LOKET_BIN").context("LOKET_BIN names the released loket: cargo xtask test mail")?;
        fs::copy(&binary, folder.path().join("loket")).with_context(|| binary.display().to_string())?;
        let site = std::env::var_os("LOKET_SITE").context("LOKET_SITE names the browser's half")?;
        copy(Path::new(&site), &folder.path().join("site"))?;
        Ok(folder)
    });
    folder.as_ref().map(TempDir::path).map_err(|error| anyhow::anyhow!("{error:#}"))
}

/// A data folder with the demonstration: made once, because its passwords take a second.
fn template() -> Result<&'static Path> {
    static FOLDER: OnceLock<Result<TempDir>> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| {
        let folder = tempfile::Builder::new().prefix("loket-demo-").tempdir()?;
        owned_by_nobody(folder.path())?;
        let clock = chrono::DateTime::from_timestamp(MORNING, 0).context("a time that exists")?;
        let mut demo = command(installed()?.join("loket"), As::Nobody);
        demo.arg("demo").env("LOKET_DATA", folder.path()).env("LOKET_CLOCK", clock.to_rfc3339());
        let output = demo.output()?;
        ensure!(output.status.success(), "`loket demo`: {}", String::from_utf8_lossy(&output.stderr));
        Ok(folder)
    });
    folder.as_ref().map(TempDir::path).map_err(|error| anyhow::anyhow!("{error:#}"))
}

/// Copies a folder, for nobody.
fn copy(from: &Path, to: &Path) -> Result<()> {
    owned_by_nobody(to)?;
    for entry in fs::read_dir(from).with_context(|| from.display().to_string())? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target)?;
            std::os::unix::fs::chown(&target, Some(NOBODY), Some(NOBODY))?;
        }
    }
    Ok(())
}
