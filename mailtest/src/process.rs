//! Processes that a test starts, and that end with it.

use std::ffi::OsStr;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use crate::wait;

/// `nobody`, in numbers: owns the mail and runs Loket, because Postfix runs no command for root.
pub const NOBODY: u32 = 65_534;

/// Long enough to close a database.
const POLITE: Duration = Duration::from_secs(10);

/// Whose rights a process has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum As {
    Root,
    Nobody,
}

/// A command that ends when the thread that starts it does, however that ends, and knows nothing of our environment.
pub fn command(program: impl AsRef<OsStr>, who: As) -> Command {
    let mut command = Command::new("setpriv");
    if who == As::Nobody {
        let id = NOBODY.to_string();
        command.args(["--reuid", &id, "--regid", &id, "--clear-groups"]);
    }
    command.args(["--pdeathsig", "TERM", "--"]).arg(program);
    command
        .env_clear()
        .env("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
        .env("LANG", "C.UTF-8");
    // A group of its own: Postfix ends all that it started by ending its group.
    command.stdin(Stdio::null()).current_dir("/").process_group(0);
    command
}

/// A server: ended politely, then not, when this is dropped.
pub struct Process {
    child: Child,
}

impl Process {
    /// Starts it; what it says goes to the end of `log`.
    ///
    /// # Errors
    /// When it does not start.
    pub fn start(mut command: Command, log: &Path) -> Result<Self> {
        let file = std::fs::File::options().create(true).append(true).open(log)?;
        command.stdout(file.try_clone()?).stderr(file);
        let child = command.spawn().with_context(|| format!("{command:?} does not start"))?;
        Ok(Self { child })
    }

    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// How it ended, if it did.
    ///
    /// # Errors
    /// When the kernel does not say.
    pub fn ended(&mut self) -> Result<Option<ExitStatus>> {
        Ok(self.child.try_wait()?)
    }

    /// `kill -9`, at once.
    ///
    /// # Errors
    /// When it had ended by itself: then there is something to find out.
    pub fn kill(&mut self) -> Result<()> {
        if let Some(status) = self.ended()? {
            bail!("it had ended by itself: {status}");
        }
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Asks it to end, and waits.
    pub fn stop(&mut self) {
        let _ = Command::new("kill").arg(self.id().to_string()).stderr(Stdio::null()).status();
        let gone = wait::until_true("it ends", POLITE, || Ok(self.child.try_wait()?.is_some()));
        if gone.is_err() {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if !matches!(self.ended(), Ok(Some(_))) {
            self.stop();
        }
    }
}
