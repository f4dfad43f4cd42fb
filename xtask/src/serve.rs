//! `build` and `run`, and the server as a child process for `dev` and `measure`.

use std::{
    fs::{self, File},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, anyhow, bail, ensure};

use crate::{
    ROOT, TARGET,
    command::{cargo, find, line, program, run as run_command},
    report::{Outcome, Report, kilobytes, words},
    site::{self, Mode},
    tools, wasm,
};

/// The released server.
pub(crate) fn binary() -> PathBuf {
    TARGET.join("release/loket")
}

/// `cargo xtask build`, with or without the server.
pub(crate) fn build(report: &mut Report, server: bool) -> Result<()> {
    let built = if server { build_steps(report) } else { web_steps(report) };
    report.table();
    built
}

/// Both halves, released, side by side: each ends with minutes in which one core works alone.
pub(crate) fn build_steps(report: &mut Report) -> Result<()> {
    let messages = TARGET.join("server-build.log");
    println!("\n== the server is compiled beside the browser's half; its messages are in {}", messages.display());
    println!("$ {}", line(&server_build()));
    thread::scope(|scope| {
        let server = scope.spawn(|| compile_server_aside(&messages));
        let web = web_steps(report);
        let server = report.must("compile the server", || {
            let took = server.join().map_err(|_| anyhow!("the thread panicked"))??;
            Ok(Outcome::done(format!("beside the browser's half, in {}", words(took))))
        });
        web.and(server)
    })
}

/// How long it took.
fn compile_server_aside(messages: &Path) -> Result<Duration> {
    let started = Instant::now();
    fs::create_dir_all(&*TARGET)?;
    let file = File::create(messages)?;
    let status = server_build().stdout(file.try_clone()?).stderr(file).status()?;
    ensure!(status.success(), "{status}\n{}", fs::read_to_string(messages)?);
    Ok(started.elapsed())
}

/// The program itself, as it is released.
pub(crate) fn compile_server() -> Result<()> {
    run_command(server_build())
}

fn server_build() -> Command {
    // A page touches a little of very much code: optimised as one it costs a fifth less. Only here: each test's program
    // would take as long again.
    let mut server = cargo(["rustc", "--release", "--package", "server", "--bin", "loket"]);
    server.args(["--", "-Clto=fat", "-Ccodegen-units=1", "-Copt-level=3"]);
    server
}

/// The browser's half and the site around it.
fn web_steps(report: &mut Report) -> Result<()> {
    report.must("the compiler's target for the browser", || tools::wasm_target().map(|()| Outcome::done("")))?;
    let mut wasm_opt = None;
    report.step("the WebAssembly optimiser", || {
        wasm_opt = tools::wasm_opt();
        Ok(Outcome::done(wasm_opt.as_ref().map_or("none: larger files".into(), |path| path.display().to_string())))
    });
    report.must("compile the browser's half", || wasm::compile(Mode::Release).map(|()| Outcome::done("")))?;
    let mut code = None;
    report.must("split, bind, optimise and compress it", || {
        code = Some(wasm::process(Mode::Release, wasm_opt.as_deref())?);
        Ok(Outcome::done(""))
    })?;
    let code = code.context("the step before succeeded")?;
    report.must("put the site together", || {
        site::assemble(Mode::Release, &code)?;
        println!("{:32} {:>10} {:>10}", "file", "plain", "brotli");
        for size in site::sizes(Mode::Release)? {
            println!("{:32} {:>10} {:>10}", size.name, kilobytes(size.plain), kilobytes(size.brotli));
        }
        Ok(Outcome::done(Mode::Release.site().display().to_string()))
    })
}

/// `cargo xtask run`: the demo, in the foreground, until it is interrupted.
pub(crate) fn run(report: &mut Report) -> Result<()> {
    build_steps(report)?;
    report.table();
    let mut serve = program(binary());
    serve.args(["serve", "--demo"]).env("LOKET_SITE", Mode::Release.site());
    println!("\n== the demo on http://{}", std::env::var("LOKET_LISTEN").unwrap_or_else(|_| "127.0.0.1:3000".into()));
    println!("$ {}", line(&serve));
    let status = serve.status().context("the server does not start")?;
    ensure!(status.success(), "the server ended with {status}");
    Ok(())
}

/// A server that is stopped when this is dropped.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: String,
}

impl Server {
    /// Starts the server on its own data folder and waits until it answers.
    pub(crate) fn start(binary: &Path, data: &Path, mode: Mode, address: &str) -> Result<Self> {
        // Where there is setpriv, the kernel ends the server with us, however we end. It replaces itself by the server.
        let mut serve = match find(&["setpriv"]) {
            Some(setpriv) => {
                let mut command = Command::new(setpriv);
                command.args(["--pdeathsig", "TERM"]).arg(binary);
                command
            }
            None => Command::new(binary),
        };
        serve.args(["serve", "--demo"]).current_dir(&*ROOT).stdin(Stdio::null());
        serve.env("LOKET_DATA", data).env("LOKET_LISTEN", address).env("LOKET_SITE", mode.site());
        serve.env_remove("DATABASE_URL");
        if mode == Mode::Dev {
            serve.env("LOKET_DEV", "1");
        }
        println!("$ {} (LOKET_LISTEN={address}, LOKET_DATA={})", line(&serve), data.display());
        let child = serve.spawn().with_context(|| format!("{} does not start", binary.display()))?;
        let mut server = Self { child, address: address.to_owned() };
        let started = Instant::now();
        // The demo's accounts cost a password hash each; a loaded machine takes its time.
        while started.elapsed() < Duration::from_secs(60) {
            if let Some(status) = server.child.try_wait()? {
                bail!("the server ended at once with {status}");
            }
            if crate::measure::http::get(address, "/healthz", &[]).is_ok_and(|answer| answer.status == 200) {
                return Ok(server);
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        bail!("the server did not answer /healthz within a minute")
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Whether the process is still there.
    pub(crate) fn runs(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // First politely, so that it closes its database; then not.
        let mut ask = program("kill");
        ask.arg(self.child.id().to_string()).stderr(Stdio::null());
        let _ = ask.status();
        for _ in 0..100 {
            if !self.runs() {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An address that nobody listens on just now.
pub(crate) fn free_address() -> Result<String> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string())
}
