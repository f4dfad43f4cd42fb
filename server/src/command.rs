//! The command line. Each command is a function; what they do is done by `backend`.

use std::io::{Write as _, stdin, stdout};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::Settings;

pub mod sla;

mod doctor;
mod mail;
mod organisation;
mod serve;
mod user;

/// A customer support portal.
#[derive(Debug, Parser)]
#[command(name = "loket", version, about)]
struct Cli {
    /// The configuration file [default: loket.toml, if there is one].
    #[arg(long, env = "LOKET_CONFIG", global = true)]
    config: Option<PathBuf>,
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the portal and the desk, and run the jobs.
    Serve {
        /// On an empty database make the demonstration; list its people on the sign-in page.
        #[arg(long)]
        demo: bool,
        /// Leave the jobs to `loket worker` processes.
        #[arg(long)]
        no_jobs: bool,
    },
    /// Run the jobs only: mail, and what the passing of time asks for.
    Worker,
    /// Bring the database up to date.
    Migrate,
    /// Make the demonstration in an empty database.
    Demo,
    /// The companies that are supported.
    Organisation {
        #[command(subcommand)]
        command: organisation::Command,
    },
    /// People.
    User {
        #[command(subcommand)]
        command: user::Command,
    },
    /// Mail that arrives.
    Mail {
        #[command(subcommand)]
        command: mail::Command,
    },
    /// The SLA engine.
    Sla {
        #[command(subcommand)]
        command: Sla,
    },
    /// Check configuration, database and data folder.
    Doctor,
}

#[derive(Debug, Subcommand)]
enum Sla {
    /// Compute deadlines: JSON lines on standard input, one JSON line each on standard output.
    ///
    /// Instants lie in the years 1970 to 9999; a deadline after them is null. A trace of more than 250,000 openings ends at
    /// "trace_until"; its due time is exact all the same. A line is refused where millions of openings would have to be counted.
    Eval,
    /// Compute every ticket again from its events and report what is stored differently; status 1 if anything is.
    Verify,
}

/// Runs what the command line asks for.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        // Mail servers read the status as sysexits.h has it.
        Err(error) if error.use_stderr() && std::env::args().nth(1).is_some_and(|word| word == "mail") => {
            let _ = error.print();
            return ExitCode::from(mail::USAGE);
        }
        Err(error) => error.exit(),
    };
    let is_mail = matches!(cli.command, Command::Mail { .. });
    let result = match cli.command {
        // Neither configuration nor log: it is used in pipes.
        Command::Sla { command: Sla::Eval } => eval(),
        command => {
            crate::log::start(if is_mail { crate::log::RECEIVING } else { crate::log::SERVING });
            in_runtime(cli.settings, cli.config, command)
        }
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "loket: {error:#}");
            // The message is not at fault: it is to be brought again.
            if is_mail { ExitCode::from(mail::TRY_AGAIN) } else { ExitCode::FAILURE }
        }
    }
}

fn eval() -> anyhow::Result<ExitCode> {
    let all_good = sla::eval(stdin().lock(), std::io::BufWriter::with_capacity(1 << 16, stdout().lock()))?;
    Ok(if all_good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn in_runtime(settings: Settings, file: Option<PathBuf>, command: Command) -> anyhow::Result<ExitCode> {
    let demo = matches!(command, Command::Serve { demo: true, .. } | Command::Demo);
    let config = settings.with_file(file.as_deref())?.resolve(demo)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let done = runtime.block_on(async {
        match command {
            Command::Serve { no_jobs, .. } => serve::serve(config, !no_jobs).await,
            Command::Worker => serve::work(config).await,
            Command::Migrate => serve::migrate(config).await,
            Command::Demo => serve::demo(config).await,
            Command::Mail { command } => mail::run(config, command).await,
            Command::Organisation { command } => organisation::run(config, command).await,
            Command::User { command } => user::run(config, command).await,
            Command::Doctor => doctor::run(config).await,
            Command::Sla { .. } => sla::verify(config).await,
        }
    });
    // What still runs (an open event stream, a slow download) does not keep the process.
    runtime.shutdown_timeout(std::time::Duration::from_secs(1));
    done
}
