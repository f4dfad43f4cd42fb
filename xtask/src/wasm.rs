//! The browser's program: compiled, split at its lazy functions, bound to JavaScript, made small.
//!
//! What `cargo leptos build --release --split` does, with the same libraries, but without tools that must be installed
//! in matching versions.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, anyhow, ensure};
use wasm_bindgen_cli_support::Bindgen;

use crate::{
    TARGET,
    command::{cargo, output, program, run},
    site::{self, Mode},
};

/// The name of the script and the main program in the site.
const NAME: &str = "loket";
/// The script that loads the lazy pieces.
pub(crate) const SPLIT_JS: &str = "split.js";
/// Beside the code: the split manifest, which the server wants, and the hash of what the code was made from.
const SPLIT_MANIFEST: &str = "split.json";
const STAMP: &str = "stamp";

/// The built program in a folder of its own, compressed forms included.
pub(crate) struct Code {
    pub(crate) folder: PathBuf,
    /// Which files (without `.wasm`) a lazy function needs.
    pub(crate) split: BTreeMap<String, Vec<String>>,
}

/// Compiles the browser's half. Relocations are kept because the splitter moves functions about.
pub(crate) fn compile(mode: Mode) -> Result<()> {
    let mut build = cargo(["rustc", "--package", "frontend", "--lib", "--crate-type", "cdylib"]);
    build.args(["--target", "wasm32-unknown-unknown", "--profile", mode.wasm_profile()]);
    build.args(["--", "-Clink-args=--emit-relocs"]);
    run(build)
}

/// From the compiled program to files for the browser. Does nothing when the program is the same as last time.
pub(crate) fn process(mode: Mode, wasm_opt: Option<&Path>) -> Result<Code> {
    let compiled = TARGET.join("wasm32-unknown-unknown").join(mode.wasm_profile()).join("frontend.wasm");
    let input = fs::read(&compiled).with_context(|| compiled.display().to_string())?;
    let work = TARGET.join("web").join(mode.name());
    let folder = work.join("code");
    let stamp = stamp(mode, wasm_opt, &input)?;
    if fs::read_to_string(work.join(STAMP)).is_ok_and(|last| last == stamp) {
        println!("unchanged since the last build");
        let split = serde_json::from_slice(&fs::read(work.join(SPLIT_MANIFEST))?)?;
        return Ok(Code { folder, split });
    }
    if work.exists() {
        fs::remove_dir_all(&work)?;
    }
    fs::create_dir_all(&folder)?;

    let main = work.join("main.wasm");
    let split = split(&input, &folder, &main)?;
    bind(mode, &main, &folder)?;
    if let Some(wasm_opt) = wasm_opt.filter(|_| mode == Mode::Release) {
        optimise(wasm_opt, &folder)?;
    }
    for script in [format!("{NAME}.js"), SPLIT_JS.to_owned()] {
        let path = folder.join(&script);
        let slim = slim(&fs::read_to_string(&path)?);
        fs::write(&path, if script == SPLIT_JS { renewing(&slim)? } else { slim })?;
    }
    if mode == Mode::Release {
        site::compress_all(&folder)?;
    }
    fs::write(work.join(SPLIT_MANIFEST), serde_json::to_vec(&split)?)?;
    fs::write(work.join(STAMP), stamp)?;
    Ok(Code { folder, split })
}

/// What the output depends on: the program, this tool, and the optimiser.
fn stamp(mode: Mode, wasm_opt: Option<&Path>, input: &[u8]) -> Result<String> {
    // Not by its path: this very program may have been built anew while it runs.
    let tool = fs::read("/proc/self/exe").or_else(|_| fs::read(std::env::current_exe()?))?;
    let optimiser = match wasm_opt.filter(|_| mode == Mode::Release) {
        Some(path) => {
            let mut version = program(path);
            version.arg("--version");
            output(version)?
        }
        None => "none".to_owned(),
    };
    Ok(site::hash([input, tool.as_slice(), optimiser.as_bytes()]))
}

/// Moves what only lazy functions need into files of their own. They find the main script beside them.
fn split(input: &[u8], folder: &Path, main: &Path) -> Result<BTreeMap<String, Vec<String>>> {
    let script = format!("./{NAME}.js");
    let link = format!("./{SPLIT_JS}");
    let mut options = wasm_split_cli_support::Options::new(input);
    options.output_dir = folder;
    options.main_out_path = main;
    options.main_module = &script;
    options.link_name = &link;
    let split = wasm_split_cli_support::transform(options).map_err(|error| anyhow!("splitting: {error:#}"))?;
    Ok(split.prefetch_map.into_iter().collect())
}

fn bind(mode: Mode, main: &Path, folder: &Path) -> Result<()> {
    let mut bindgen = Bindgen::new();
    // The splitter's pieces import what the linker exported, by its mangled name.
    bindgen.keep_lld_exports(true).demangle(false).typescript(false);
    bindgen.remove_producers_section(true).remove_name_section(mode == Mode::Release);
    bindgen.input_path(main).out_name(NAME).web(true)?.generate(folder).context("wasm-bindgen")
}

/// Runs the optimiser over each piece, two at a time.
fn optimise(wasm_opt: &Path, folder: &Path) -> Result<()> {
    let mut pieces: Vec<PathBuf> = fs::read_dir(folder)?.flatten().map(|entry| entry.path()).collect();
    pieces.retain(|path| path.extension().is_some_and(|extension| extension == "wasm"));
    pieces.sort();
    let queue = std::sync::Mutex::new(pieces);
    let next = || queue.lock().expect("no worker panics while it holds the lock").pop();
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..2)
            .map(|_| {
                scope.spawn(|| -> Result<()> {
                    while let Some(piece) = next() {
                        optimise_one(wasm_opt, &piece)?;
                    }
                    Ok(())
                })
            })
            .collect();
        workers.into_iter().try_for_each(|worker| worker.join().map_err(|_| anyhow!("a worker panicked"))?)
    })
}

fn optimise_one(wasm_opt: &Path, piece: &Path) -> Result<()> {
    let before = fs::metadata(piece)?.len();
    let mut optimise = program(wasm_opt);
    optimise.arg("-Oz");
    // What rustc uses by default; binaryen takes nothing for granted.
    for feature in
        ["bulk-memory", "mutable-globals", "multivalue", "nontrapping-float-to-int", "reference-types", "sign-ext"]
    {
        optimise.arg(format!("--enable-{feature}"));
    }
    optimise.arg(piece).arg("-o").arg(piece);
    output(optimise)?;
    let after = fs::metadata(piece)?.len();
    ensure!(after > 0, "{} is empty", piece.display());
    println!("{}: {before} -> {after} bytes", piece.file_name().unwrap_or_default().to_string_lossy());
    Ok(())
}

/// What an open page does when a piece of its program is gone, because the server has a newer one: it asks for the page
/// anew, once in ten seconds at most.
const RENEW: &str = r#"function renew(error) {
console.error(error);
const last = Number(sessionStorage.getItem("loket.renewed"));
if (Date.now() - last < 10000) return false;
sessionStorage.setItem("loket.renewed", String(Date.now()));
location.reload();
return undefined;
}
"#;

/// The loader of lazy pieces, which by itself only says that it failed, and Leptos then ends the program.
fn renewing(script: &str) -> Result<String> {
    let failed = "console.error(e);\nsuccess = false;\n} finally {\n";
    ensure!(script.matches(failed).count() == 1, "{SPLIT_JS} is not what it was; look how it fails to load a piece");
    let renewed = script.replace(failed, "success = renew(e);\n} finally {\nif (success === undefined) return;\n");
    Ok(renewed + RENEW)
}

/// Takes comments and indentation out of the generated scripts. They hold no text of several lines.
fn slim(script: &str) -> String {
    let mut slim = String::with_capacity(script.len());
    let mut comment = false;
    for line in script.lines().map(str::trim) {
        comment |= line.starts_with("/*");
        if comment {
            comment = !line.ends_with("*/");
        } else if !line.is_empty() && !line.starts_with("//") {
            slim.push_str(line);
            slim.push('\n');
        }
    }
    slim
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_loader_that_has_changed_is_not_shipped_as_if_it_renewed_the_page() {
        let script = "try {\nsuccess = true;\n} catch (e) {\nconsole.error(e);\nsuccess = false;\n} finally {\ncall(success);\n}\n";
        assert!(super::renewing(script).unwrap().contains("if (success === undefined) return;\ncall(success);"));
        assert!(super::renewing("another loader").is_err());
    }

    #[test]
    fn slimming_takes_comments_and_indentation_and_nothing_else() {
        let script = "/**\n * About.\n */\nfunction a() {\n    // why\n    return \"/* b */\"; // kept\n}\n/* one line */\nb();\n";
        assert_eq!(super::slim(script), "function a() {\nreturn \"/* b */\"; // kept\n}\nb();\n");
    }
}
