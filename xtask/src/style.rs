//! The style sheet: `style/main.css` with all it imports, in one small file.

use anyhow::{Result, anyhow};
use lightningcss::{
    bundler::{Bundler, FileProvider},
    stylesheet::{MinifyOptions, ParserOptions, PrinterOptions},
    targets::{Browsers, Targets},
};

use crate::ROOT;

/// Browsers of 2024 on: they know nesting, layers, OKLCH and `light-dark()`, so nothing is translated down.
fn targets() -> Targets {
    let version = |major: u32, minor: u32| Some(major << 16 | minor << 8);
    Targets::from(Browsers {
        chrome: version(123, 0),
        edge: version(123, 0),
        firefox: version(121, 0),
        safari: version(17, 5),
        ios_saf: version(17, 5),
        ..Browsers::default()
    })
}

/// Bundles the style sheet. `small` takes out what only people read.
pub(crate) fn bundle(small: bool) -> Result<String> {
    let files = FileProvider::new();
    let options = ParserOptions::default();
    let mut bundler = Bundler::new(&files, None, options);
    let mut sheet = bundler.bundle(&ROOT.join("style/main.css")).map_err(|error| anyhow!("{error}"))?;
    sheet
        .minify(MinifyOptions { targets: targets(), ..MinifyOptions::default() })
        .map_err(|error| anyhow!("{error}"))?;
    let printed = sheet.to_css(PrinterOptions { minify: small, targets: targets(), ..PrinterOptions::default() });
    Ok(printed.map_err(|error| anyhow!("{error}"))?.code)
}
