//! `cargo xtask measure`: what a first visit transfers, what a request costs the server, how fast deadlines are computed.

mod cpu;
mod eval;
pub(crate) mod http;

use anyhow::{Result, bail};

use crate::{
    command::run,
    report::{Outcome, Report},
    serve,
    test::playwright,
};

/// All, or the one named.
pub(crate) fn measure(report: &mut Report, what: &[&str]) -> Result<()> {
    // The last needs no half for the browser.
    if what != ["eval"] {
        serve::build_steps(report)?;
    }
    let mut good = true;
    if what.contains(&"transfer") {
        good &= report.step("browser and Playwright", || playwright::install().map(Outcome::done))
            && report.step("a first visit to Requests", transfer);
    }
    if what.contains(&"cpu") {
        good &= report.step("the cost of Requests", cpu::cpu);
    }
    if what.contains(&"eval") {
        good &= report.step("the speed of sla eval", eval::eval);
    }
    report.table();
    if !good {
        bail!("a measurement failed");
    }
    Ok(())
}

/// A first visit of a signed-in customer, with an empty cache, in Chromium.
pub(crate) fn transfer() -> Result<Outcome> {
    let mut node = playwright::node("node")?;
    node.arg("measure/transfer.mjs");
    run(node).map(|()| Outcome::held(""))
}
