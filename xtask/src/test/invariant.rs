//! Rules of the code that the compiler does not know, as absences: what must not be found.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};

use crate::{
    ROOT,
    command::{cargo, output},
    report::Outcome,
    site,
};

/// Where the product's and the tools' Rust code lies.
const RUST: [&str; 9] = ["domain", "cases", "letter", "backend", "app", "frontend", "server", "mailtest", "xtask"];
/// Split by then; look twice at 350.
const LONGEST_FILE: usize = 500;
/// What the browser must never have to download.
const NOT_IN_THE_BROWSER: [&str; 7] = ["tokio", "sqlx", "axum", "lettre", "backend", "chrono-tz", "opening-hours"];

/// Rules that reading the files tells.
pub(crate) fn files() -> Result<Outcome> {
    let mut rules = Rules::default();
    for folder in RUST {
        for path in site::files(&ROOT.join(folder))?
            .into_iter()
            .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        {
            let text = fs::read_to_string(&path)?;
            let name = path.strip_prefix(&*ROOT)?.to_owned();
            let lines = text.lines().count();
            let tests = is_test(&name);
            rules.hold("no file is longer than 500 lines", tests || is_table(&name) || lines <= LONGEST_FILE, || {
                format!("{}: {lines}", name.display())
            });
            rules.hold("a module says what lives in it", tests || text.starts_with("//!"), || {
                name.display().to_string()
            });
            rules.hold("no mod.rs", name.file_name().is_some_and(|file| file != "mod.rs"), || {
                name.display().to_string()
            });
            if name.starts_with("app/src") {
                page(&mut rules, &name, &text);
            }
            if !name.starts_with("backend") && !name.starts_with("xtask") {
                rules.hold("only backend speaks SQL", !text.contains("sqlx::"), || name.display().to_string());
            }
        }
    }
    migrations(&mut rules)?;
    rules.finish()
}

/// Rules for what people see: text comes from a catalogue, and the content security policy blocks inline styles.
fn page(rules: &mut Rules, name: &Path, text: &str) {
    if is_test(name) || name.starts_with("app/src/words") {
        return;
    }
    let product = text.split("#[cfg(test)]").next().unwrap_or_default();
    for (number, line) in product.lines().enumerate() {
        let code = line.trim();
        if code.starts_with("//") {
            continue;
        }
        let place = || format!("{}:{}: {code}", name.display(), number + 1);
        rules.hold("text comes from a catalogue", !has_text(code), place);
        // A component may have a property of that name; an attribute has a text or a directive's name behind it.
        let directive = |rest: &str| rest.starts_with(|letter: char| letter.is_ascii_lowercase());
        let styled = code.contains(" style=\"")
            || code.starts_with("style=\"")
            || code.split(" style:").skip(1).any(directive)
            || code.strip_prefix("style:").is_some_and(directive);
        rules.hold("no style attributes: the content security policy blocks them", !styled, place);
        rules.hold("no inline handlers: the content security policy blocks them", !code.contains(" onclick="), place);
    }
}

/// Whether a line of a view holds text between tags: `>"Home"<`, or a child on a line of its own.
fn has_text(code: &str) -> bool {
    let words = |text: &str| text.split(|letter: char| !letter.is_alphabetic()).any(|word| word.chars().count() > 1);
    // Code between two texts is no text.
    let code_like = |text: &str| text.contains(['{', '&', '#']) || text.starts_with(')');
    code.split(">\"").skip(1).filter_map(|rest| rest.split_once("\"<")).any(|(text, _)| words(text) && !code_like(text))
        || code.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).is_some_and(|text| {
            words(text) && text.trim().contains(' ') && !text.contains('"') && !text.starts_with(' ')
        })
}

/// Both dialects have the same migrations, by name.
fn migrations(rules: &mut Rules) -> Result<()> {
    let names = |dialect: &str| -> Result<BTreeSet<PathBuf>> {
        let folder = ROOT.join("migrations").join(dialect);
        Ok(site::files(&folder)?
            .iter()
            .filter_map(|path| path.strip_prefix(&folder).ok().map(Path::to_owned))
            .collect())
    };
    let (sqlite, postgres) = (names("sqlite")?, names("postgres")?);
    let odd: Vec<_> = sqlite.symmetric_difference(&postgres).map(|name| name.display().to_string()).collect();
    rules.hold("every migration exists in both dialects", odd.is_empty(), || odd.join(", "));
    Ok(())
}

/// Rules that cargo tells: arrows point one way.
pub(crate) fn dependencies() -> Result<Outcome> {
    let mut rules = Rules::default();
    let mut tree = cargo(["tree", "--package", "frontend", "--target", "wasm32-unknown-unknown"]);
    tree.args(["--edges", "normal", "--prefix", "none", "--format", "{p}"]);
    for line in output(tree)?.lines() {
        let name = line.split(' ').next().unwrap_or_default();
        let forbidden = NOT_IN_THE_BROWSER.iter().any(|word| name == *word || name.starts_with(&format!("{word}-")));
        rules.hold("the browser's half has no server's crates", !forbidden, || name.to_owned());
    }
    let metadata = output(cargo(["metadata", "--no-deps", "--format-version", "1"]))?;
    let metadata: serde_json::Value = serde_json::from_str(&metadata)?;
    for package in metadata["packages"].as_array().context("cargo metadata lists packages")? {
        let name = package["name"].as_str().unwrap_or_default();
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let on = dependency["name"].as_str().unwrap_or_default();
            rules.hold("only backend depends on sqlx", on != "sqlx" || name == "backend", || name.to_owned());
            let inwards = match on {
                "backend" => matches!(name, "app" | "server"),
                "app" => matches!(name, "frontend" | "server"),
                "frontend" | "server" | "xtask" => false,
                _ => !matches!(name, "domain" | "letter") || !matches!(on, "tokio" | "leptos" | "axum" | "getrandom"),
            };
            rules.hold("dependencies point inwards", inwards, || format!("{name} -> {on}"));
            let ours = ["domain", "letter", "backend", "app", "frontend", "server"];
            rules.hold(
                "the tests of mail know Loket by its binary alone",
                name != "mailtest" || !ours.contains(&on),
                || on.to_owned(),
            );
        }
    }
    rules.finish()
}

fn is_test(name: &Path) -> bool {
    name.iter().any(|part| part == "tests" || part == "tests.rs")
}

/// Catalogues of words and the demo's stories are tables, however long.
fn is_table(name: &Path) -> bool {
    name.iter().any(|part| part == "words" || part == "data" || part == "data.rs")
}

/// Which rules were looked at, and where they did not hold.
#[derive(Default)]
struct Rules {
    seen: BTreeSet<&'static str>,
    broken: BTreeSet<&'static str>,
}

impl Rules {
    fn hold(&mut self, rule: &'static str, holds: bool, place: impl FnOnce() -> String) {
        self.seen.insert(rule);
        if !holds {
            self.broken.insert(rule);
            println!("{rule}: {}", place());
        }
    }

    fn finish(self) -> Result<Outcome> {
        let note = self.broken.iter().copied().collect::<Vec<_>>().join("; ");
        Ok(Outcome { passed: self.seen.len() - self.broken.len(), failed: self.broken.len(), note })
    }
}

#[cfg(test)]
mod tests {
    use super::has_text;

    #[test]
    fn text_in_a_view_is_found_and_other_strings_are_not() {
        for text in ["<h1>\"Home\"</h1>", "\"Send request\"", "view! { <p class=\"a\">\"No requests yet\"</p> }"] {
            assert!(has_text(text), "{text}");
        }
        for other in [
            "\"/requests\",",
            ".raw(\"<b>\").text(word).raw(\"</b>\")",
            "<td>\"·\"</td>",
            "class=\"row\"",
            "\"id\"",
            "<h1>{words.home()}</h1>",
            ".get(\"x\")",
        ] {
            assert!(!has_text(other), "{other}");
        }
    }
}
