//! `cargo xtask dev`: serves, rebuilds what changed, and lets the open pages reload.
//!
//! Looks at the times of the files a few times a second: a few hundred files cost nothing, and it works on every file
//! system. Only what can be affected is rebuilt; the two halves are compiled side by side.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    time::{Duration, Instant, SystemTime},
};

use anyhow::{Context as _, Result};

use crate::{
    ROOT, TARGET,
    command::{cargo, run},
    report::words,
    serve::Server,
    site::{self, Mode},
    tools,
    wasm::{self, Code},
};

const LOOK_EVERY: Duration = Duration::from_millis(200);

/// What a change of a file makes necessary.
#[derive(Clone, Copy, Default)]
struct Work {
    server: bool,
    code: bool,
    /// Style sheet and public files: only put together anew.
    site: bool,
}

impl Work {
    const EVERYTHING: Self = Self { server: true, code: true, site: true };

    fn for_file(path: &Path) -> Self {
        let top = path.iter().next().and_then(|part| part.to_str()).unwrap_or_default();
        match top {
            "style" | "public" => Self { site: true, ..Self::default() },
            "frontend" => Self { code: true, site: true, server: false },
            "backend" | "server" | "migrations" => Self { server: true, ..Self::default() },
            _ => Self::EVERYTHING,
        }
    }

    fn and(self, other: Self) -> Self {
        Self { server: self.server || other.server, code: self.code || other.code, site: self.site || other.site }
    }
}

/// Runs until it is interrupted.
pub(crate) fn dev() -> Result<()> {
    tools::wasm_target()?;
    let address = std::env::var("LOKET_LISTEN").unwrap_or_else(|_| "127.0.0.1:3000".into());
    let data = std::env::var_os("LOKET_DATA").map_or_else(|| TARGET.join("dev-data"), PathBuf::from);
    let mut seen = times()?;
    let mut code: Option<Code> = None;
    let mut server: Option<Server> = None;
    let mut work = Work::EVERYTHING;
    loop {
        let started = Instant::now();
        match rebuild(work, &mut code, &mut server, &data, &address) {
            Ok(()) => println!("-- ready after {}: http://{address}", words(started.elapsed())),
            // The compiler has said what is wrong; the next change tries again all that failed now.
            Err(error) => println!("-- not built: {error:#}"),
        }
        let mut changed = wait(&mut seen)?;
        if code.is_none() || server.as_mut().is_none_or(|server| !server.runs()) {
            changed = Work::EVERYTHING;
        }
        work = changed;
    }
}

fn rebuild(work: Work, code: &mut Option<Code>, server: &mut Option<Server>, data: &Path, address: &str) -> Result<()> {
    let build_server = || run(cargo(["build", "--profile", "live", "--package", "server", "--bin", "loket"]));
    let build_code = || wasm::compile(Mode::Dev).and_then(|()| wasm::process(Mode::Dev, None));
    std::thread::scope(|scope| -> Result<()> {
        let compiling = work.server.then(|| scope.spawn(build_server));
        let built = work.code.then(build_code).transpose();
        let compiled = compiling.map(|thread| thread.join().expect("building does not panic")).transpose();
        if let Some(built) = built? {
            *code = Some(built);
        }
        compiled.map(|_| ())
    })?;
    let built = code.as_ref().context("the browser's half is not built yet")?;
    if work.server {
        // The old one is stopped before the site changes, so that pages reload once, onto the new one.
        *server = None;
    }
    if work.code || work.site {
        site::assemble(Mode::Dev, built)?;
    }
    if work.server {
        *server = Some(Server::start(&TARGET.join("live/loket"), data, Mode::Dev, address)?);
    }
    Ok(())
}

/// Waits for a change, and until the editor has finished writing.
fn wait(seen: &mut BTreeMap<PathBuf, SystemTime>) -> Result<Work> {
    loop {
        std::thread::sleep(LOOK_EVERY);
        let mut now = times()?;
        if now == *seen {
            continue;
        }
        loop {
            std::thread::sleep(LOOK_EVERY / 2);
            let later = times()?;
            if later == now {
                break;
            }
            now = later;
        }
        let mut work = Work::default();
        let touched = now.iter().filter(|(path, time)| seen.get(*path) != Some(*time)).map(|(path, _)| path);
        let gone = seen.keys().filter(|path| !now.contains_key(*path));
        for path in touched.chain(gone) {
            println!("\n== {} changed", path.display());
            work = work.and(Work::for_file(path));
        }
        *seen = now;
        return Ok(work);
    }
}

/// When each file that matters was last written.
fn times() -> Result<BTreeMap<PathBuf, SystemTime>> {
    let mut times = BTreeMap::new();
    for name in
        ["domain", "backend", "app", "server", "frontend", "style", "public", "migrations", "Cargo.toml", "Cargo.lock"]
    {
        let path = ROOT.join(name);
        let files = if path.is_dir() { site::files(&path).unwrap_or_default() } else { vec![path] };
        for file in files {
            // A file may vanish between being listed and being looked at: editors write beside and rename.
            if let Ok(time) = std::fs::metadata(&file).and_then(|about| about.modified()) {
                times.insert(file.strip_prefix(&*ROOT)?.to_owned(), time);
            }
        }
    }
    Ok(times)
}
