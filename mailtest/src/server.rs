//! The mail servers of one test: Postfix takes in what everyone sends and delivers it, Dovecot serves the mailboxes.
//!
//! Each is started with its own configuration, queue and folders below a temporary one, on free ports of loopback. All
//! domains of the tests end in `.test`; there is no way out to anywhere else.

use std::collections::BTreeSet;
use std::fs;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use anyhow::{Context as _, Result, ensure};
use tempfile::TempDir;

use crate::letter::{self, Letter};
use crate::process::{As, NOBODY, Process, command};
use crate::{smtp, wait};

/// The name our receiver signs its judgements with (RFC 8601).
pub const AUTHORITY: &str = "mx.test";
/// A sender whose domain says who may send for it, and this was nobody of those: our receiver sees through it.
pub const FORGER: &str = "forger.test";
/// Whom Postfix refuses before it has seen the mail.
pub const REFUSED: &str = "refused@acme.test";
/// Everyone's password at Dovecot.
pub const PASSWORD: &str = "letterbox";

/// Where the mail to a domain goes that does not go into mailboxes.
#[derive(Clone, Debug)]
pub enum Delivery {
    /// Over LMTP to this port.
    Lmtp(u16),
    /// Into a command, as user nobody.
    Pipe(PathBuf),
}

/// What Postfix does to mails on their way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transit {
    Faithful,
    /// Takes away every header that says that no person wrote it, as careless gateways do.
    Careless,
}

/// Both servers, stopped when this is dropped.
pub struct Servers {
    /// Before the folder, so that they end before it goes.
    postfix: Process,
    _dovecot: Process,
    /// Where mails are handed in.
    pub smtp: u16,
    pub imap: u16,
    folder: TempDir,
}

impl Servers {
    /// Whoever has no mailbox there, at a domain that has no other route, is unknown: mail to them comes back.
    ///
    /// # Errors
    /// When they do not start, with the end of their log.
    pub fn start(mailboxes: &[&str], routes: &[(&str, Delivery)], transit: Transit) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("loket-mail-").tempdir()?;
        let path = folder.path();
        fs::set_permissions(path, fs::Permissions::from_mode(0o755))?;
        owned_by_nobody(&path.join("mail"))?;
        let (smtp, imap) = (free_port()?, free_port()?);
        let mut dovecot = dovecot(&path.join("dovecot"), &path.join("mail"), imap)?;
        let mut postfix = postfix(&path.join("postfix"), &path.join("mail"), smtp, mailboxes, routes, transit)?;
        for (name, port, process) in [("Postfix", smtp, &mut postfix), ("Dovecot", imap, &mut dovecot)] {
            wait::until_true(&format!("{name} listens"), wait::LONG, || {
                ensure!(process.ended()?.is_none(), "{name} ended");
                Ok(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok())
            })
            .with_context(|| log_of(path))?;
        }
        Ok(Self { postfix, _dovecot: dovecot, smtp, imap, folder })
    }

    /// Where tests keep what else they need.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Hands in a message, as its writer's mail program does.
    ///
    /// # Errors
    /// When Postfix does not take it.
    pub fn send(&self, from: &str, to: &str, message: &str) -> Result<()> {
        smtp::send(self.smtp, from, &[to], message).with_context(|| self.log())
    }

    /// The folder of someone's mailbox. `name+anything@domain` is in the mailbox of `name@domain`.
    #[must_use]
    pub fn mailbox(&self, address: &str) -> PathBuf {
        let (name, domain) = address.split_once('@').unwrap_or((address, ""));
        self.folder.path().join("mail").join(domain).join(name)
    }

    /// All that someone was sent, oldest first.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn mails(&self, address: &str) -> Result<Vec<Letter>> {
        letter::read_folder(&self.mailbox(address))
    }

    /// Waits until someone was sent so many mails; gives them all.
    ///
    /// # Errors
    /// When they do not come.
    pub fn await_mails(&self, address: &str, count: usize) -> Result<Vec<Letter>> {
        wait::until(&format!("{count} mails for {address}"), wait::LONG, || {
            let mails = self.mails(address)?;
            Ok((mails.len() >= count).then_some(mails))
        })
    }

    /// How many messages Postfix still has.
    ///
    /// # Errors
    /// When its queue cannot be read.
    pub fn queued(&self) -> Result<usize> {
        let queue = self.folder.path().join("postfix/queue");
        let mut count = 0;
        for part in ["maildrop", "incoming", "active", "deferred"] {
            count += count_files(&queue.join(part))?;
        }
        Ok(count)
    }

    /// The end of everyone's log.
    #[must_use]
    pub fn log(&self) -> String {
        log_of(self.folder())
    }

    /// The process of Postfix.
    #[must_use]
    pub fn postfix(&self) -> u32 {
        self.postfix.id()
    }
}

/// A port that nobody listens on, and that no other test of this program was given.
///
/// # Errors
/// When there is none.
pub fn free_port() -> Result<u16> {
    static GIVEN: Mutex<BTreeSet<u16>> = Mutex::new(BTreeSet::new());
    for _ in 0..100 {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        if GIVEN.lock().map_err(|_| anyhow::anyhow!("another test panicked"))?.insert(port) {
            return Ok(port);
        }
    }
    anyhow::bail!("no free port")
}

/// A folder whose owner is nobody.
///
/// # Errors
/// When it cannot be made.
pub fn owned_by_nobody(path: &Path) -> Result<()> {
    fs::create_dir_all(path)?;
    chown(path, Some(NOBODY), Some(NOBODY)).context("these tests are run as root: Postfix wants to be started by it")
}

fn count_files(folder: &Path) -> Result<usize> {
    let mut count = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        // A message may leave while we look.
        let Ok(kind) = entry.file_type() else { continue };
        count += if kind.is_dir() { count_files(&entry.path())? } else { 1 };
    }
    Ok(count)
}

fn log_of(folder: &Path) -> String {
    const LINES: usize = 40;
    let mut text = String::new();
    for name in ["postfix/log", "dovecot/log", "postfix/output", "dovecot/output"] {
        let log = fs::read_to_string(folder.join(name)).unwrap_or_default();
        let lines: Vec<_> = log.lines().collect();
        text.push_str(&format!("-- {name}\n{}\n", lines[lines.len().saturating_sub(LINES)..].join("\n")));
    }
    text
}

fn postfix(
    folder: &Path,
    mail: &Path,
    port: u16,
    mailboxes: &[&str],
    routes: &[(&str, Delivery)],
    transit: Transit,
) -> Result<Process> {
    let (config, queue) = (folder.join("config"), folder.join("queue"));
    fs::create_dir_all(&config)?;
    make_queue(&queue)?;
    let mut transport = String::new();
    let mut pipes = String::new();
    for (domain, delivery) in routes {
        match delivery {
            Delivery::Lmtp(port) => transport.push_str(&format!(" {{ {domain} = lmtp:inet:127.0.0.1:{port} }}")),
            Delivery::Pipe(command) => {
                let name = format!("pipe-{}", domain.replace('.', "-"));
                transport.push_str(&format!(" {{ {domain} = {name}: }}"));
                // D, O, R: which address it came to, and who says to have sent it.
                pipes.push_str(&format!(
                    "{name} unix - n n - 4 pipe flags=DORX user=nobody:nogroup argv={}\n",
                    command.display()
                ));
                pipes.push_str(&format!("  -o {name}_destination_recipient_limit=1\n"));
            }
        }
    }
    let own = |name: &str| folder.join(name).display().to_string();
    fs::write(config.join("domains"), "/\\.test$/ here\n")?;
    let mailboxes: String = mailboxes
        .iter()
        .filter_map(|address| Some((address, address.split_once('@')?)))
        .map(|(address, (name, domain))| format!("{address} {domain}/{name}/\n"))
        .collect();
    fs::write(config.join("mailbox"), mailboxes)?;
    fs::write(
        config.join("sender"),
        format!(
            "/@{}$/ PREPEND Authentication-Results: {AUTHORITY}; spf=pass smtp.mailfrom={FORGER}; dmarc=fail\n\
             /@([^@]+)$/ PREPEND Authentication-Results: {AUTHORITY}; spf=pass smtp.mailfrom=$1; dmarc=pass header.from=$1\n",
            FORGER.replace('.', "\\.")
        ),
    )?;
    let careless = "/^(Auto-Submitted|X-Auto-Response-Suppress|X-Loket|Precedence|List-[A-Za-z-]+|X-Loop):/ IGNORE\n";
    fs::write(config.join("headers"), if transit == Transit::Careless { careless } else { "" })?;
    let (config_path, mail) = (config.display(), mail.display());
    let limits: String = pipes
        .lines()
        .filter_map(|line| line.split(' ').next().filter(|name| name.starts_with("pipe-")))
        .map(|name| format!("{name}_destination_recipient_limit = 1\n"))
        .collect();
    fs::write(
        config.join("main.cf"),
        format!(
            "compatibility_level = 3.6
queue_directory = {queue}
data_directory = {data}
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = {log}
maillog_file_prefixes = {folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = {AUTHORITY}
myorigin = {AUTHORITY}
mydestination =
mynetworks = 127.0.0.0/8
alias_maps =
alias_database =
local_recipient_maps =
biff = no
smtputf8_enable = yes
message_size_limit = 60000000
mailbox_size_limit = 0
virtual_mailbox_limit = 0
virtual_mailbox_domains = regexp:{config_path}/domains
virtual_mailbox_base = {mail}
virtual_mailbox_maps = texthash:{config_path}/mailbox
recipient_delimiter = +
virtual_uid_maps = static:{NOBODY}
virtual_gid_maps = static:{NOBODY}
virtual_transport = virtual
transport_maps = inline:{{ {{ nowhere.invalid = error:nowhere }}{transport} }}
default_transport = error:nowhere
relay_transport = error:nowhere
smtpd_relay_restrictions = permit_mynetworks, reject
# As a relay does: it takes mail for those who are unknown and sends it back. Some it refuses to begin with.
smtpd_reject_unlisted_recipient = no
smtpd_recipient_restrictions = check_recipient_access inline:{{ {{ {REFUSED} = 550 5.1.1 nobody here }} }}
smtpd_sender_restrictions = check_sender_access regexp:{config_path}/sender
header_checks = regexp:{config_path}/headers
# Loket is away for a moment again and again: try soon, and never take it for dead.
minimal_backoff_time = 1s
maximal_backoff_time = 2s
queue_run_delay = 1s
transport_retry_time = 1s
default_destination_concurrency_failed_cohort_limit = 0
in_flow_delay = 0
{limits}",
            queue = queue.display(),
            data = queue.join("data").display(),
            log = own("log"),
            folder = folder.display(),
        ),
    )?;
    fs::write(
        config.join("master.cf"),
        format!(
            "127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
{pipes}"
        ),
    )?;
    let mut master = command("/usr/lib/postfix/sbin/master", As::Root);
    master.arg("-c").arg(&config).arg("-d");
    Process::start(master, &folder.join("output"))
}

/// The folders that Postfix would make when it is installed.
fn make_queue(queue: &Path) -> Result<()> {
    let (postfix, postdrop) = (number_of("postfix", "/etc/passwd")?, number_of("postdrop", "/etc/group")?);
    fs::create_dir_all(queue.join("pid"))?;
    let own = [
        "active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming", "private", "saved", "trace",
        "data",
    ];
    let folders = own.map(|name| (name, 0, 0o700)).into_iter();
    for (name, group, mode) in folders.chain([("maildrop", postdrop, 0o730), ("public", postdrop, 0o710)]) {
        let folder = queue.join(name);
        fs::create_dir(&folder)?;
        chown(&folder, Some(postfix), Some(group)).context("these tests are run as root: Postfix wants that")?;
        fs::set_permissions(&folder, fs::Permissions::from_mode(mode))?;
    }
    Ok(())
}

/// The number of a user or group, which was chosen when the package was installed.
fn number_of(name: &str, file: &str) -> Result<u32> {
    let text = fs::read_to_string(file)?;
    let line = text.lines().find(|line| line.split(':').next() == Some(name));
    let number = line.and_then(|line| line.split(':').nth(2)?.parse().ok());
    number.with_context(|| format!("{file} has no {name}: is Postfix installed?"))
}

fn dovecot(folder: &Path, mail: &Path, port: u16) -> Result<Process> {
    fs::create_dir_all(folder)?;
    let config = folder.join("dovecot.conf");
    let (run, log, mail) = (folder.join("run"), folder.join("log"), mail.display());
    fs::write(
        &config,
        format!(
            "base_dir = {run}
log_path = {log}
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{mail}/%d/%n
first_valid_uid = 1
first_valid_gid = 1
passdb {{
  driver = static
  args = password={PASSWORD}
}}
userdb {{
  driver = static
  args = uid={NOBODY} gid={NOBODY} home={mail}/%d/%n
}}
service imap-login {{
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
",
            run = run.display(),
            log = log.display(),
        ),
    )?;
    let mut dovecot = command("/usr/sbin/dovecot", As::Root);
    dovecot.arg("-F").arg("-c").arg(&config);
    Process::start(dovecot, &folder.join("output"))
}
