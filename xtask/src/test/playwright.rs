//! The end-to-end tests: Playwright in Chromium against the released binary.

use std::fs;

use anyhow::{Context as _, Result, bail};

use crate::{
    ROOT, TARGET,
    command::{line, program, run},
    report::Outcome,
    serve,
    site::{self, Mode},
    tools,
};

/// A program in `end2end`, told where everything is.
pub(crate) fn node(name: &str) -> Result<std::process::Command> {
    let mut command = program(name);
    command.current_dir(ROOT.join("end2end")).env("CI", "true").env("FORCE_COLOR", "0").env_remove("NO_COLOR");
    command.env("LOKET_BIN", serve::binary()).env("LOKET_SITE", Mode::Release.site());
    command.env("LOKET_CHROMIUM", tools::chromium()?).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    Ok(command)
}

/// Chromium, Node and the packages of the lock file. Says which browser it is.
pub(crate) fn install() -> Result<String> {
    let chromium = tools::chromium()?;
    tools::node()?;
    let lock = fs::read(ROOT.join("end2end/package-lock.json")).context("end2end/package-lock.json")?;
    let stamp = ROOT.join("end2end/node_modules/.loket-stamp");
    let hash = site::hash([lock.as_slice()]);
    if fs::read_to_string(&stamp).is_ok_and(|last| last == hash) {
        println!("the packages of end2end are installed");
    } else {
        let mut npm = node("npm")?;
        npm.args(["ci", "--no-audit", "--no-fund"]);
        run(npm)?;
        fs::write(stamp, hash)?;
    }
    Ok(chromium.display().to_string())
}

/// Runs the tests and counts them from Playwright's own report.
pub(crate) fn test(arguments: &[&str]) -> Result<Outcome> {
    let results = TARGET.join("end2end.json");
    let _ = fs::remove_file(&results);
    let mut test = node("node_modules/.bin/playwright")?;
    test.arg("test").args(arguments).env("LOKET_E2E_JSON", &results);
    println!("$ {}", line(&test));
    let succeeded = test.status()?.success();
    let text = fs::read_to_string(&results).context("Playwright wrote no report")?;
    let report: serde_json::Value = serde_json::from_str(&text)?;
    let count =
        |name: &str| report["stats"][name].as_u64().and_then(|number| usize::try_from(number).ok()).unwrap_or(0);
    // A test that passed only at its second attempt has not passed.
    let (passed, failed) = (count("expected"), count("unexpected") + count("flaky"));
    if passed + failed == 0 || (!succeeded && failed == 0) {
        bail!("Playwright did not run the tests to their end");
    }
    Ok(Outcome {
        passed,
        failed,
        note: match count("skipped") {
            0 => String::new(),
            skipped => format!("{skipped} skipped"),
        },
    })
}
