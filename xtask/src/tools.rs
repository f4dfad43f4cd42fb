//! What the build and the tests need from the machine: found, else installed when that is possible, else said plainly.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::{
    TARGET,
    command::{find, output, program, run},
};

/// npm's binaryen, the same optimiser compiled to WebAssembly: for machines whose own is missing or too old.
const NPM_BINARYEN: &str = "binaryen@132.0.0";

/// Debian 12 has 108, which confuses the two tables that wasm-bindgen exports: the page then does not start.
const OLDEST_WASM_OPT: u32 = 120;

/// The compiler's standard library for the browser.
pub(crate) fn wasm_target() -> Result<()> {
    let mut ask = program("rustc");
    ask.args(["--print", "target-libdir", "--target", "wasm32-unknown-unknown"]);
    if output(ask).is_ok_and(|folder| Path::new(folder.trim()).is_dir()) {
        return Ok(());
    }
    let mut add = program("rustup");
    add.args(["target", "add", "wasm32-unknown-unknown"]);
    run(add).context("the target wasm32-unknown-unknown is missing, and rustup could not add it")
}

/// binaryen's optimiser. `None` when the machine has none and none can be had: the build works, larger.
pub(crate) fn wasm_opt() -> Option<PathBuf> {
    let here = || find(&["wasm-opt"]).filter(|path| new_enough(path));
    if let Some(path) = here() {
        return Some(path);
    }
    println!("there is no wasm-opt of version {OLDEST_WASM_OPT} or later on the PATH; trying npm, then apt");
    let folder = TARGET.join("tools");
    let path = folder.join("node_modules/.bin/wasm-opt");
    if path.is_file() && new_enough(&path) {
        return Some(path);
    }
    if find(&["npm"]).is_some() {
        let mut npm = program("npm");
        npm.args(["install", "--no-save", "--no-audit", "--no-fund", "--prefix"]).arg(&folder).arg(NPM_BINARYEN);
        match run(npm) {
            Ok(()) if new_enough(&path) => return Some(path),
            Ok(()) => println!("npm's binaryen does not start"),
            Err(error) => println!("{error:#}"),
        }
    }
    if let Err(error) = apt(&["binaryen"]) {
        println!("{error:#}");
    }
    let found = here();
    if found.is_none() {
        println!(
            "WARNING: no wasm-opt: the WebAssembly works, but is larger; install npm or binaryen {OLDEST_WASM_OPT} or later"
        );
    }
    found
}

/// Reads `wasm-opt version 132 (version_132)`.
fn new_enough(wasm_opt: &Path) -> bool {
    let version = output(program_with(wasm_opt, &["--version"])).unwrap_or_default();
    let number = version.split_whitespace().nth(2).and_then(|number| number.parse().ok()).unwrap_or(0);
    if number < OLDEST_WASM_OPT {
        println!("{} is version {number}", wasm_opt.display());
    }
    number >= OLDEST_WASM_OPT
}

/// The browser of the end-to-end tests.
pub(crate) fn chromium() -> Result<PathBuf> {
    if let Some(path) = std::env::var_os("LOKET_CHROMIUM") {
        return Ok(path.into());
    }
    let names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
    if let Some(path) = find(&names) {
        return Ok(path);
    }
    // The fonts, or the pictures of the tests show boxes for letters.
    apt(&["chromium", "fonts-noto-core"]).context("Chromium is missing: install it, or name one in LOKET_CHROMIUM")?;
    find(&names).context("apt-get installed chromium, but there is none on the PATH")
}

/// Node and npm, for Playwright.
pub(crate) fn node() -> Result<()> {
    if find(&["node"]).is_some() && find(&["npm"]).is_some() {
        return Ok(());
    }
    apt(&["nodejs", "npm"]).context("Node.js (20 or newer) with npm is missing")
}

/// The folder with `initdb` and `pg_ctl`. The backend's tests start a cluster of their own with them.
pub(crate) fn postgres() -> Result<PathBuf> {
    if let Some(folder) = std::env::var_os("LOKET_TEST_PG_BIN") {
        return Ok(folder.into());
    }
    if let Some(folder) = postgres_folder() {
        return Ok(folder);
    }
    apt(&["postgresql"])
        .context("PostgreSQL is missing: install it, or name the folder of initdb in LOKET_TEST_PG_BIN")?;
    postgres_folder().context("apt-get installed postgresql, but there is no initdb in /usr/lib/postgresql/*/bin")
}

fn postgres_folder() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = versions.map(|version| version.path().join("bin")).collect();
    folders.extend(find(&["initdb"]).and_then(|path| Some(path.parent()?.to_owned())));
    folders.retain(|folder| folder.join("initdb").is_file() && folder.join("pg_ctl").is_file());
    folders.sort();
    folders.pop()
}

/// Postfix and Dovecot, for the tests of mail, and what they read the database with. The tests start servers of their
/// own, with their own folders and ports; nothing of the machine's mail is used or changed. Says how the tests must be
/// started: Postfix wants to be started by root.
pub(crate) fn mail_servers() -> Result<Root> {
    let root = Root::find()
        .context("Postfix wants to be started by root: run this as root, or allow sudo without a password")?;
    let wanted = [
        ("/usr/lib/postfix/sbin/master", "postfix"),
        ("/usr/sbin/dovecot", "dovecot-core"),
        ("/usr/lib/dovecot/imap", "dovecot-imapd"),
        ("/usr/bin/sqlite3", "sqlite3"),
    ];
    let missing =
        || wanted.iter().filter(|(file, _)| !Path::new(file).exists()).map(|(_, package)| *package).collect::<Vec<_>>();
    let packages = missing();
    if !packages.is_empty() {
        println!(
            "the mail servers of the tests are installed, and not started (half a minute): {}",
            packages.join(" ")
        );
        apt_unstarted(&packages).context("Postfix, Dovecot or sqlite3 is missing")?;
    }
    match missing().as_slice() {
        [] => Ok(root),
        still => bail!("apt-get installed {}, but the files are not where Debian puts them", still.join(" ")),
    }
}

/// Installs servers without starting them, now or with the machine: a Postfix without a configuration, and a Debian
/// policy that starts nothing meanwhile.
fn apt_unstarted(packages: &[&str]) -> Result<()> {
    const SCRIPT: &str = r#"set -eu
policy=/usr/sbin/policy-rc.d made=
trap '[ -z "$made" ] || rm -f "$policy"' EXIT
trap 'exit 1' INT TERM
if [ ! -e "$policy" ]; then
    made=1
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
fi
export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1
case " $* " in
    *" postfix "*) echo 'postfix postfix/main_mailer_type select No configuration' | debconf-set-selections ;;
esac
install() { apt-get -q -o Dpkg::Use-Pty=0 install -y --no-install-recommends "$@"; }
install "$@" || { apt-get -q update && install "$@"; }
if [ -d /run/systemd/system ]; then
    for package in "$@"; do
        case $package in
            postfix) systemctl disable --quiet postfix.service ;;
            dovecot-core) systemctl disable --quiet dovecot.service ;;
        esac
    done
fi"#;
    let wanted = packages.join(" ");
    if find(&["apt-get"]).is_none() {
        bail!("cannot install {wanted}: there is no apt-get on this machine");
    }
    let mut command = Root::find()?.program("sh");
    command.args(["-c", SCRIPT, "sh"]).args(packages);
    run(command).with_context(|| format!("apt-get could not install {wanted}"))
}

/// How programs are run as root on this machine.
pub(crate) struct Root {
    sudo: bool,
}

impl Root {
    fn find() -> Result<Self> {
        let root = output(program_with("id", &["-u"])).is_ok_and(|id| id.trim() == "0");
        let sudo = !root && output(program_with("sudo", &["-n", "true"])).is_ok();
        if !root && !sudo {
            bail!("not root, and sudo wants a password");
        }
        Ok(Self { sudo })
    }

    /// A program that will run as root; what stands in our environment is not passed on through sudo.
    pub(crate) fn program(&self, name: impl AsRef<std::ffi::OsStr>) -> std::process::Command {
        if !self.sudo {
            return program(name);
        }
        let mut command = program_with("sudo", &["-n"]);
        command.arg(name);
        command
    }
}

/// Installs Debian packages when this machine allows it without asking anyone.
fn apt(packages: &[&str]) -> Result<()> {
    let wanted = packages.join(" ");
    if find(&["apt-get"]).is_none() {
        bail!("cannot install {wanted}: there is no apt-get on this machine");
    }
    let root = Root::find().with_context(|| format!("cannot install {wanted}; run: sudo apt-get install {wanted}"))?;
    let get = |arguments: &[&str]| {
        let mut command = root.program("apt-get");
        command.args(["-q", "-o", "Dpkg::Use-Pty=0"]).args(arguments);
        run(command)
    };
    let install =
        ["install", "-y", "--no-install-recommends"].into_iter().chain(packages.iter().copied()).collect::<Vec<_>>();
    // A machine without package lists, as containers are, needs an update first; others do not.
    get(&install)
        .or_else(|_| get(&["update"]).and_then(|()| get(&install)))
        .with_context(|| format!("apt-get could not install {wanted}"))
}

fn program_with(name: impl AsRef<std::ffi::OsStr>, arguments: &[&str]) -> std::process::Command {
    let mut command = program(name);
    command.args(arguments);
    command
}
