//! `organisation`: the companies that are supported, for whoever runs this Loket.

use std::process::ExitCode;

use anyhow::Context as _;
use backend::Backend;
use backend::desk::organisation::{self, NewOrganisation};
use domain::actor::Actor;
use domain::brand::{Brand, Mark};

use super::user::{explain, print};
use crate::config::Config;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Make an organisation, under the standard policy.
    Create {
        /// What its requests are numbered with: ACME makes ACME-1. Two to eight letters and digits, for good.
        key: String,
        #[arg(long)]
        name: String,
        /// Its colour: a hue of OKLCH, in degrees. Those from 15 to 75 look like warnings.
        #[arg(long)]
        hue: Option<u16>,
        /// How much of it, in thousandths: 0 to 140.
        #[arg(long)]
        chroma: Option<u16>,
        /// Its people see what they raised or take part in, and nothing else.
        #[arg(long)]
        own_tickets_only: bool,
        /// On its home page, in English.
        #[arg(long, default_value = "")]
        welcome_en: String,
        /// On its home page, in Dutch.
        #[arg(long, default_value = "")]
        welcome_nl: String,
    },
    /// List them: key and name.
    List,
}

pub(super) async fn run(config: Config, command: Command) -> anyhow::Result<ExitCode> {
    let backend = Backend::open(config.backend, config.clock).await.context("opening the database")?;
    let result = match command {
        Command::Create { key, name, hue, chroma, own_tickets_only, welcome_en, welcome_nl } => {
            let plain = Brand::loket();
            let new = NewOrganisation {
                key: &key.to_ascii_uppercase(),
                name: name.trim(),
                hue: hue.unwrap_or(plain.hue),
                chroma: chroma.unwrap_or(plain.chroma),
                mark: Mark::Letter,
                welcome_en: &welcome_en,
                welcome_nl: &welcome_nl,
                note: "",
                own_tickets_only,
                account_manager_id: None,
            };
            let made = organisation::create(&backend, &Actor::System, &new).await;
            made.map_err(explain)
                .and_then(|_| print("The organisation is there. Invite its people with `loket user invite`."))
        }
        Command::List => match organisation::list(&backend, &Actor::System).await {
            Ok(list) => list.iter().try_for_each(|(key, name)| print(&[key, "\t", name].concat())),
            Err(error) => Err(error.into()),
        },
    };
    backend.close().await;
    result.map(|()| ExitCode::SUCCESS)
}
