//! `loket sla verify`: whether what is stored of each ticket is what its events say.

use std::io::{Write, stdout};
use std::process::ExitCode;

use anyhow::Context as _;
use backend::Backend;
use backend::desk::ticket::{self, Verified};
use domain::actor::Actor;

use crate::config::Config;

pub(in crate::command) async fn verify(config: Config) -> anyhow::Result<ExitCode> {
    let backend = Backend::open(config.backend, config.clock).await.context("opening the database")?;
    let mut differing = 0_usize;
    let mut written = Ok(());
    let count = ticket::verify_all(&backend, &Actor::System, |verified| {
        differing += 1;
        if written.is_ok() {
            written = report(verified, &mut stdout().lock());
        }
    })
    .await;
    backend.close().await;
    let count = count?;
    written?;
    writeln!(stdout(), "{count} tickets verified, {differing} differ")?;
    Ok(if differing == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn report(verified: &Verified, out: &mut impl Write) -> std::io::Result<()> {
    for difference in &verified.differences {
        writeln!(out, "{}: {}", verified.key, difference.column)?;
        writeln!(out, "    stored:   {}", difference.stored)?;
        writeln!(out, "    computed: {}", difference.computed)?;
    }
    for (kind, story) in &verified.traces {
        writeln!(out, "    {}: {story}", kind.slug())?;
    }
    Ok(())
}
