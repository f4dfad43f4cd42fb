//! `cargo xtask`: builds, runs, tests and measures Loket. Everything a fresh machine needs is found or installed here;
//! nothing of it is compiled into the product.

// The rule "the clock enters through `Clock`" is the product's. This tool measures how long things took.
#![allow(clippy::disallowed_methods)]

mod command;
mod dev;
mod measure;
mod report;
mod serve;
mod site;
mod style;
mod test;
mod tools;
mod wasm;

use std::{path::PathBuf, process::ExitCode, sync::LazyLock};

use report::Report;

const USAGE: &str = "\
cargo xtask run                    build everything and serve the demo on http://127.0.0.1:3000
cargo xtask build                  build the release: target/release/loket and target/site
cargo xtask build web              the browser's half only: target/site
cargo xtask test                   everything that must hold, from formatting to the browser
cargo xtask test rust              formatting, lints, invariants and the Rust tests
cargo xtask test e2e [-- ARGS…]    build, then Playwright; ARGS go to Playwright
cargo xtask test mail [-- ARGS…]   build, then mail through a real Postfix and Dovecot; ARGS go to the test program
cargo xtask dev                    serve, rebuild on change, reload the browser
cargo xtask measure [transfer|cpu|eval]
                                   what a first visit transfers, what a request costs, how fast deadlines are computed
cargo xtask fmt                    format all Rust code";

/// The root of the repository.
static ROOT: LazyLock<PathBuf> = LazyLock::new(|| {
    let manifest = std::env::var_os("XTASK_ROOT")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(".."), PathBuf::from);
    manifest.canonicalize().expect("xtask lies in the repository that it was built in")
});

/// Where cargo puts what it builds.
static TARGET: LazyLock<PathBuf> = LazyLock::new(|| match std::env::var_os("CARGO_TARGET_DIR") {
    Some(folder) => ROOT.join(folder),
    None => ROOT.join("target"),
});

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut report = Report::new();
    let done = match words.as_slice() {
        ["run"] => serve::run(&mut report),
        ["build"] => serve::build(&mut report, true),
        ["build", "web"] => serve::build(&mut report, false),
        ["test"] => return test::all(&mut report),
        ["test", "rust"] => return test::rust(&mut report),
        ["test", "e2e", rest @ ..] => {
            let arguments = rest.strip_prefix(&["--"]).unwrap_or(rest);
            return test::e2e(&mut report, arguments);
        }
        ["test", "mail", rest @ ..] => {
            let arguments = rest.strip_prefix(&["--"]).unwrap_or(rest);
            return test::mail(&mut report, arguments);
        }
        ["dev"] => dev::dev(),
        ["measure"] => measure::measure(&mut report, &["transfer", "cpu", "eval"]),
        ["measure", what @ ("transfer" | "cpu" | "eval")] => measure::measure(&mut report, &[what]),
        ["fmt"] => command::run(command::cargo(["fmt", "--all"])),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
