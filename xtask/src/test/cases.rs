//! The cases of deadlines compiled to WebAssembly and run in Node: the browser's arithmetic is the server's.

use anyhow::{Result, ensure};

use crate::{
    TARGET,
    command::{cargo, program, run, run_and_read},
    report::Outcome,
    tools,
};

/// Builds `cases` for the browser, in the profile that compiles soonest, and runs it.
pub(super) fn in_webassembly() -> Result<Outcome> {
    tools::node()?;
    run(cargo(["build", "--package", "cases", "--lib", "--target", "wasm32-unknown-unknown"]))?;
    let mut node = program("node");
    node.arg("cases/run.mjs").arg(TARGET.join("wasm32-unknown-unknown/debug/cases.wasm"));
    let (good, text) = run_and_read(node)?;
    let note = text.lines().last().unwrap_or_default().to_owned();
    ensure!(good, "{note}");
    Ok(Outcome::held(note))
}
