//! `user`: people, for whoever runs this Loket. The first administrator is made here.

use std::io::{BufRead as _, Write as _, stdin, stdout};
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use backend::Backend;
use backend::desk::account::{self, Create, Invite};
use domain::actor::{Actor, Role};

use crate::config::Config;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Make an account that can be signed in to at once; the password is read from standard input.
    Create(Who),
    /// Make an account and put an invitation into the outbox.
    Invite(Who),
    /// Print a link with which someone chooses a new password.
    ResetLink { email: String },
}

#[derive(Debug, clap::Args)]
pub(super) struct Who {
    email: String,
    #[arg(long)]
    name: String,
    /// member, manager, agent, account_manager or admin.
    #[arg(long)]
    role: String,
    /// The organisation's key, for a member or manager.
    #[arg(long)]
    organisation: Option<String>,
}

pub(super) async fn run(config: Config, command: Command) -> anyhow::Result<ExitCode> {
    let backend = Backend::open(config.backend, config.clock).await.context("opening the database")?;
    let result = match command {
        Command::Create(who) => create(&backend, who).await,
        Command::Invite(who) => invite(&backend, who).await,
        Command::ResetLink { email } => match account::reset_link(&backend, &email).await {
            Ok(link) => print(&link),
            Err(backend::Error::NotFound) => bail!("nobody has the address {email}"),
            Err(backend::Error::Forbidden) => bail!("{email} is deactivated: no link works for them"),
            Err(error) => Err(error.into()),
        },
    };
    backend.close().await;
    result.map(|()| ExitCode::SUCCESS)
}

async fn organisation_id(backend: &Backend, key: Option<&str>) -> anyhow::Result<Option<i64>> {
    let Some(key) = key else { return Ok(None) };
    let id = account::organisation_by_key(backend, &Actor::System, key).await;
    Ok(Some(id.with_context(|| format!("no organisation has the key {key}"))?))
}

async fn create(backend: &Backend, who: Who) -> anyhow::Result<()> {
    let Some(role) = Role::from_slug(&who.role) else { bail!("there is no role {}", who.role) };
    if role.is_staff() == who.organisation.is_some() {
        bail!("a member or manager has an organisation, staff has none");
    }
    let organisation_id = organisation_id(backend, who.organisation.as_deref()).await?;
    let mut password = String::new();
    stdin().lock().read_line(&mut password)?;
    let hash = account::hash_checked(password.trim_end_matches(['\r', '\n']), &who.email).await.map_err(explain)?;
    let new =
        Create { organisation_id, email: who.email, name: who.name, role, password_hash: Some(hash), locale: None };
    account::create(backend, &Actor::System, new).await.map_err(explain)?;
    print("The account is there.")
}

async fn invite(backend: &Backend, who: Who) -> anyhow::Result<()> {
    let organisation_id = organisation_id(backend, who.organisation.as_deref()).await?;
    let input = Invite { organisation_id, email: who.email, name: who.name, role: who.role };
    account::invite(backend, &Actor::System, input).await.map_err(explain)?;
    print("The invitation is in the outbox.")
}

/// What is wrong with the fields, as far as a command line can say it.
pub(super) fn explain(error: backend::Error) -> anyhow::Error {
    match error {
        backend::Error::Invalid(problems) => {
            let list: Vec<_> =
                problems.iter().map(|problem| format!("{}: {:?}", problem.field, problem.problem)).collect();
            anyhow::anyhow!("{}", list.join(", "))
        }
        other => other.into(),
    }
}

pub(super) fn print(line: &str) -> anyhow::Result<()> {
    writeln!(stdout(), "{line}")?;
    Ok(())
}
