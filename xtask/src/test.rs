//! `cargo xtask test`: what must hold before a change is taken. Later steps run even when earlier ones failed, as long
//! as they can still tell something. The last line is the sum.

mod cases;
mod invariant;
mod mail;
pub(crate) mod playwright;

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::{
    command::{cargo, run, run_and_read},
    measure,
    report::{Outcome, Report, kilobytes},
    serve,
    site::{self, Mode},
    tools,
};

/// The packages of the server's half, and the feature that `app` needs to be part of it.
const NATIVE: [&str; 8] = [
    "--package=domain",
    "--package=letter",
    "--package=backend",
    "--package=app",
    "--package=server",
    "--package=mailtest",
    "--features",
    "app/ssr",
];

/// The code is silent under its lints, and stays so.
const STRICT: [&str; 3] = ["--", "--deny", "warnings"];

/// What every page loads before it can do anything: the scripts, the main program, the style sheet. The rest of the
/// 300 KB that a first visit may transfer is for the page itself and for the lazy piece of its area.
const START_BUDGET: usize = 190_000;

/// `cargo xtask test`.
pub(crate) fn all(report: &mut Report) -> ExitCode {
    rust_steps(report);
    release_steps(report, Some(&[]), Some(&[]));
    report.finish()
}

/// `cargo xtask test rust`.
pub(crate) fn rust(report: &mut Report) -> ExitCode {
    rust_steps(report);
    report.finish()
}

/// `cargo xtask test e2e`.
pub(crate) fn e2e(report: &mut Report, arguments: &[&str]) -> ExitCode {
    release_steps(report, None, Some(arguments));
    report.finish()
}

/// `cargo xtask test mail`.
pub(crate) fn mail(report: &mut Report, arguments: &[&str]) -> ExitCode {
    release_steps(report, Some(arguments), None);
    report.finish()
}

fn rust_steps(report: &mut Report) {
    report.step("formatting", || check(cargo(["fmt", "--all", "--check"])));
    report.step("invariants: files", invariant::files);
    report.step("invariants: dependencies", invariant::dependencies);
    if report.step("the compiler's target for the browser", || tools::wasm_target().map(|()| Outcome::done(""))) {
        report.step("invariants: domain builds alone for the browser", || {
            check(cargo([
                "check",
                "--package",
                "domain",
                "--lib",
                "--target",
                "wasm32-unknown-unknown",
                "--profile",
                "wasm-release",
            ]))
        });
        report.step("the cases of deadlines, in WebAssembly", cases::in_webassembly);
        report.step("lints of the browser's half", || {
            let mut clippy =
                cargo(["clippy", "--package", "app", "--package", "frontend", "--features", "app/hydrate"]);
            clippy.args(["--target", "wasm32-unknown-unknown", "--profile", "wasm-release"]).args(STRICT);
            check(clippy)
        });
    } else {
        report.impossible("the browser's half", "the compiler lacks its target");
    }
    report.step("lints of the server's half", || {
        let mut clippy = cargo(["clippy", "--release", "--all-targets"]);
        clippy.args(NATIVE).args(["--features", "mailtest/servers"]).args(STRICT);
        check(clippy)
    });
    report.step("lints of xtask", || {
        let mut clippy = cargo(["clippy", "--release", "--all-targets", "--package", "xtask"]);
        clippy.args(STRICT);
        check(clippy)
    });
    let mut postgres = None;
    report.step("PostgreSQL for the tests", || {
        let folder = tools::postgres()?;
        let note = folder.display().to_string();
        postgres = Some(folder);
        Ok(Outcome::done(note))
    });
    report.step("Rust tests", || {
        let mut test = cargo(["test", "--release", "--no-fail-fast"]);
        // With the same features as the server itself, so that only the tests' own programs are compiled for this.
        test.args(NATIVE).args(["--package", "cases"]);
        if let Some(folder) = postgres {
            test.env("LOKET_TEST_PG_BIN", folder);
        }
        cargo_test(test)
    });
    report.step("tests of xtask", || cargo_test(cargo(["test", "--release", "--package", "xtask"])));
}

/// What is held against the released binary: mail, the browser, or both.
fn release_steps(report: &mut Report, mail: Option<&[&str]>, browser: Option<&[&str]>) {
    let built = serve::build_steps(report).is_ok();
    if built && browser.is_some() {
        report.step("size of the browser's half", size);
    }
    if !built {
        report.impossible("what is held against the release", "it was not built");
        return;
    }
    if let Some(arguments) = mail {
        mail::steps(report, arguments);
    }
    let Some(arguments) = browser else { return };
    if report.step("browser and Playwright", || playwright::install().map(Outcome::done)) {
        report.step("end-to-end tests", || playwright::test(arguments));
        if arguments.is_empty() {
            report.step("a first visit to Requests", measure::transfer);
        }
    } else {
        report.impossible("end-to-end tests", "there is no browser");
    }
}

fn check(command: std::process::Command) -> Result<Outcome> {
    run(command).map(|()| Outcome::held(""))
}

/// Runs `cargo test` and adds up what each test program reported.
fn cargo_test(command: std::process::Command) -> Result<Outcome> {
    let (succeeded, text) = run_and_read(command)?;
    let (passed, failed) = sum(&text);
    if !succeeded && failed == 0 {
        bail!("the tests did not run to their end ({passed} passed until then)");
    }
    if passed + failed == 0 {
        bail!("no test ran");
    }
    Ok(Outcome { passed, failed, note: String::new() })
}

/// The sum over lines such as `test result: ok. 12 passed; 0 failed; 1 ignored; …`.
fn sum(text: &str) -> (usize, usize) {
    let results = text.lines().filter_map(|line| line.trim().strip_prefix("test result:"));
    let number = |result: &str, word: &str| {
        let words: Vec<&str> = result.split([' ', ';', '.']).filter(|part| !part.is_empty()).collect();
        words.windows(2).find(|pair| pair[1] == word).and_then(|pair| pair[0].parse().ok()).unwrap_or(0)
    };
    results
        .fold((0, 0), |(passed, failed), result| (passed + number(result, "passed"), failed + number(result, "failed")))
}

fn size() -> Result<Outcome> {
    let sizes = site::sizes(Mode::Release)?;
    let at_start = ["loket.js", "loket_bg.wasm", "split.js", "main.css"];
    let start: usize = sizes.iter().filter(|size| at_start.contains(&size.name.as_str())).map(|size| size.brotli).sum();
    let note = format!("{} of at most {} before the first page works", kilobytes(start), kilobytes(START_BUDGET));
    println!("{note}");
    if start > START_BUDGET {
        bail!("{note}");
    }
    Ok(Outcome::held(note))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_results_of_all_test_programs_are_added_up() {
        let text = "running 2 tests\ntest result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
            noise 9 passed; 9 failed\ntest result: FAILED. 40 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out\n";
        assert_eq!(super::sum(text), (42, 3));
        assert_eq!(super::sum("nothing ran"), (0, 0));
    }
}
