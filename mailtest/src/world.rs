//! A desk with a way in and a way out for mail: the servers, one Loket, and the few steps that every story takes.

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;
use tempfile::TempDir;

use crate::database::quoted;
use crate::format::{self, Draft, Program};
use crate::letter::Letter;
use crate::loket::{Door, Loket, Person};
use crate::server::{Delivery, Servers, Transit};
use crate::wait;

/// Loket gathers for half a minute what one person is to be told of one request.
const GATHERED: i64 = 60;

/// Dropped in this order: Loket, then the servers, then their folders.
pub struct World {
    pub loket: Loket,
    pub servers: Servers,
    /// Numbers the mails, so that each has an id of its own.
    written: usize,
    _folder: TempDir,
}

impl World {
    /// A running Loket at `desk.test` with these people.
    ///
    /// # Errors
    /// When something does not start.
    pub fn start(door: Door, people: &[Person]) -> Result<Self> {
        let mailboxes: Vec<_> = people.iter().map(|person| person.email).collect();
        Self::start_with(door, people, &mailboxes)
    }

    /// With other mailboxes than those of the people.
    ///
    /// # Errors
    /// When something does not start.
    pub fn start_with(door: Door, people: &[Person], mailboxes: &[&str]) -> Result<Self> {
        let folder = loket_folder()?;
        let mut loket = Loket::new(&folder.path().join("desk"), "desk.test", door)?;
        // Staff have mailboxes at a domain of their own: all of desk.test goes to Loket.
        let route = match door {
            Door::Lmtp => vec![("desk.test", Delivery::Lmtp(loket.lmtp))],
            Door::Pipe => vec![("desk.test", Delivery::Pipe(loket.pipe()))],
            Door::Imap => Vec::new(),
        };
        let mailboxes: Vec<&str> = mailboxes.iter().copied().chain(["support@desk.test"]).collect();
        let servers = Servers::start(&mailboxes, &route, Transit::Faithful)?;
        loket.prepare(&servers, people)?;
        loket.start()?;
        Ok(Self { loket, servers, written: 0, _folder: folder })
    }

    /// An id that no other mail has.
    pub fn new_id(&mut self, person: &Person) -> String {
        self.written += 1;
        format!("{}.{}.written@mail.{}", self.loket.port, self.written, domain(person.email))
    }

    /// Someone opens a request by mail. Gives the mail's id.
    ///
    /// # Errors
    /// When the servers do not take it.
    pub fn write(&mut self, person: &Person, subject: &str, text: &str) -> Result<String> {
        let id = self.new_id(person);
        let (from, date) = (address(person), self.loket.date());
        let draft = Draft { from: &from, to: "support@desk.test", subject, date: &date, id: &id, text };
        self.servers.send(person.email, "support@desk.test", &format::first(&draft))?;
        Ok(id)
    }

    /// Someone answers a mail with their mail program. Gives the answer's id.
    ///
    /// # Errors
    /// When the servers do not take it.
    pub fn reply(&mut self, person: &Person, program: Program, to: &Letter, text: &str) -> Result<String> {
        let id = self.new_id(person);
        let (from, date, subject) = (address(person), self.loket.date(), format!("Re: {}", to.subject));
        let draft = Draft { from: &from, to: &to.reply_to, subject: &subject, date: &date, id: &id, text };
        self.servers.send(person.email, &to.reply_to, &program.reply(&draft, to))?;
        Ok(id)
    }

    /// Waits until a mail that came in has become something; gives its row of `inbound`.
    ///
    /// # Errors
    /// When it does not.
    pub fn await_inbound(&self, message_id: &str) -> Result<Value> {
        let sql = format!("SELECT * FROM inbound WHERE message_id = {}", quoted(message_id));
        wait::until(&format!("<{message_id}> came in"), wait::LONG, || Ok(self.loket.database().rows(&sql)?.pop()))
            .with_context(|| self.log())
    }

    /// Waits for a column of a ticket.
    ///
    /// # Errors
    /// When it does not come to that.
    pub fn await_ticket(&self, key: &str, column: &str, value: &str) -> Result<()> {
        wait::until_true(&format!("{column} of {key} is {value}"), wait::LONG, || {
            Ok(self.loket.ticket(key, column)? == value)
        })
        .with_context(|| self.log())
    }

    /// Waits until someone was sent so many mails; gives the last.
    ///
    /// # Errors
    /// When they do not come, or more do.
    pub fn await_mail(&self, person: &Person, count: usize) -> Result<Letter> {
        let mut mails = self.servers.await_mails(person.email, count).with_context(|| self.log())?;
        ensure!(mails.len() == count, "{} mails for {} instead of {count}", mails.len(), person.email);
        mails.pop().context("there is one at least")
    }

    /// Lets the time pass in which Loket gathers what it tells.
    ///
    /// # Errors
    /// When Loket does not start again.
    pub fn gather(&mut self) -> Result<()> {
        self.loket.restart_later(GATHERED)
    }

    /// Lets much time pass, and waits each time until nothing moves any more: whatever is still to be sent has been, and
    /// whatever would be answered has been answered.
    ///
    /// # Errors
    /// When it does not come to rest.
    pub fn settle(&mut self) -> Result<()> {
        for seconds in [GATHERED, 600, 7_200, 86_400] {
            self.loket.restart_later(seconds)?;
            self.rest()?;
        }
        Ok(())
    }

    /// Waits until nothing is under way: no mail in a queue, nothing to tell that is due.
    ///
    /// # Errors
    /// When it does not come to rest.
    pub fn rest(&self) -> Result<()> {
        /// Loket looks for mail to send every two seconds.
        const QUIET: usize = 40;
        let mut quiet = 0;
        wait::until_true("nothing is under way", 3 * wait::LONG, || {
            quiet = if self.servers.queued()? == 0 && self.unsent()? == 0 { quiet + 1 } else { 0 };
            Ok(quiet >= QUIET)
        })
        .with_context(|| self.log())
    }

    /// What Loket has yet to send, as far as it is due.
    ///
    /// # Errors
    /// When the database does not say.
    pub fn unsent(&self) -> Result<i64> {
        let now = self.loket.now();
        self.loket.database().number(&format!(
            "SELECT (SELECT count(*) FROM outbox WHERE sent_at IS NULL AND dead_at IS NULL AND due_at <= {now}) \
             + (SELECT count(*) FROM notification WHERE mail_at <= {now})"
        ))
    }

    /// The end of everyone's log.
    #[must_use]
    pub fn log(&self) -> String {
        format!("{}{}", self.servers.log(), self.loket.words())
    }
}

fn loket_folder() -> Result<TempDir> {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::Builder::new().prefix("loket-desk-").tempdir()?;
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755))?;
    Ok(folder)
}

/// `Nina Bakker <nina@acme.test>`.
#[must_use]
pub fn address(person: &Person) -> String {
    format!("{} <{}>", person.name, person.email)
}

fn domain(address: &str) -> &str {
    address.split_once('@').map_or("", |(_, domain)| domain)
}

/// The key that a subject names: `[ACME-17] …`.
///
/// # Errors
/// When it names none.
pub fn key_of(subject: &str) -> Result<String> {
    let key = subject.strip_prefix('[').and_then(|rest| rest.split_once("] ")).map(|(key, _)| key.to_owned());
    key.with_context(|| format!("no key in {subject:?}"))
}
