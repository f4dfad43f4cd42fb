//! The folder that the server serves from: `pkg/<hash>/` with everything the browser loads, the files of `public/`,
//! and `manifest.json`, written last.

use std::{
    collections::BTreeMap,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use brotli::enc::BrotliEncoderParams;
use sha2::{Digest as _, Sha256};

use crate::{
    ROOT, TARGET, style,
    wasm::{Code, SPLIT_JS},
};

/// What a build is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Small and fast to load; takes its time.
    Release,
    /// Quick to build; megabytes.
    Dev,
}

impl Mode {
    pub(crate) fn wasm_profile(self) -> &'static str {
        match self {
            Self::Release => "wasm-release",
            Self::Dev => "live-wasm",
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::Dev => "dev",
        }
    }

    /// The folder of the built site.
    pub(crate) fn site(self) -> PathBuf {
        TARGET.join(match self {
            Self::Release => "site",
            Self::Dev => "site-dev",
        })
    }
}

/// The size of one file of the site, plain and as most browsers get it.
pub(crate) struct Size {
    pub(crate) name: String,
    pub(crate) plain: usize,
    pub(crate) brotli: usize,
}

/// Puts the site together: the code as built, the style sheet, the public files.
pub(crate) fn assemble(mode: Mode, code: &Code) -> Result<()> {
    let site = mode.site();
    let staged = site.join("pkg.new");
    if staged.exists() {
        fs::remove_dir_all(&staged)?;
    }
    copy_folder(&code.folder, &staged)?;
    let code_hash = hash_folder(&staged)?;
    let css = staged.join("main.css");
    fs::write(&css, style::bundle(mode == Mode::Release)?)?;
    if mode == Mode::Release {
        compress(&css)?;
    }

    // The name of the folder is the hash of all that is in it: any change gives each file a new address, and all of
    // them fit together.
    let hash = hash_folder(&staged)?;
    let pkg = site.join("pkg");
    fs::create_dir_all(&pkg)?;
    for old in fs::read_dir(&pkg)?.flatten() {
        fs::remove_dir_all(old.path())?;
    }
    fs::rename(&staged, pkg.join(&hash))?;

    copy_folder(&ROOT.join("public"), &site)?;
    if mode == Mode::Release {
        compress_flat(&site)?;
    }
    let at = |name: &str| format!("/pkg/{hash}/{name}");
    let manifest = serde_json::json!({
        "hash": hash, "code": code_hash, "css": at("main.css"),
        "js": at("loket.js"), "wasm": at("loket_bg.wasm"), "split_js": at(SPLIT_JS), "split": code.split,
    });
    let path = site.join("manifest.json");
    fs::write(path.with_extension("new"), serde_json::to_vec_pretty(&manifest)?)?;
    fs::rename(path.with_extension("new"), path)?;
    Ok(())
}

/// All files of the built code and styles, largest first.
pub(crate) fn sizes(mode: Mode) -> Result<Vec<Size>> {
    let mut sizes = Vec::new();
    for path in files(&mode.site().join("pkg"))? {
        if is_compressed(&path) {
            continue;
        }
        let plain = length(&path)?;
        let brotli = length(&sibling(&path, ".br")).unwrap_or(plain);
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        sizes.push(Size { name, plain, brotli });
    }
    sizes.sort_by(|a, b| b.brotli.cmp(&a.brotli).then_with(|| a.name.cmp(&b.name)));
    Ok(sizes)
}

/// Writes the compressed forms beside every file of the folder and of those in it.
pub(crate) fn compress_all(folder: &Path) -> Result<()> {
    files(folder)?.iter().try_for_each(|path| compress(path))
}

/// The first 16 hexadecimal digits of the hash of all parts.
pub(crate) fn hash<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update((part.len() as u64).to_le_bytes());
        digest.update(part);
    }
    digest.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn compress_flat(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder)?.flatten() {
        if entry.path().is_file() {
            compress(&entry.path())?;
        }
    }
    Ok(())
}

/// Compresses one file as far as it goes: it is done once, and sent for ever.
fn compress(path: &Path) -> Result<()> {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    if !matches!(extension, "wasm" | "js" | "css" | "svg" | "txt" | "ico" | "webmanifest") {
        return Ok(());
    }
    let plain = fs::read(path)?;
    // How long the blocks are that get codes of their own: short ones suit the browser's program, long ones the rest.
    let packed = [16, 0].into_iter().map(|block| brotli(&plain, block)).collect::<Result<Vec<_>>>()?;
    let packed = packed.into_iter().min_by_key(Vec::len).unwrap_or_default();
    fs::write(sibling(path, ".br"), &packed)?;
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(&plain)?;
    fs::write(sibling(path, ".gz"), writer.finish()?)?;
    Ok(())
}

/// `block`: the binary logarithm of a block's length; 0 leaves it to the encoder.
fn brotli(plain: &[u8], block: i32) -> Result<Vec<u8>> {
    let mut packed = Vec::new();
    // A window of 16 MB: larger than any file.
    let parameters = BrotliEncoderParams { quality: 11, lgwin: 24, lgblock: block, ..BrotliEncoderParams::default() };
    let mut writer = brotli::CompressorWriter::with_params(&mut packed, 1 << 16, &parameters);
    writer.write_all(plain)?;
    drop(writer);
    Ok(packed)
}

fn is_compressed(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "br" || extension == "gz")
}

fn sibling(path: &Path, extension: &str) -> PathBuf {
    let mut name = path.to_owned().into_os_string();
    name.push(extension);
    name.into()
}

fn length(path: &Path) -> Result<usize> {
    Ok(usize::try_from(fs::metadata(path)?.len())?)
}

fn hash_folder(folder: &Path) -> Result<String> {
    let mut contents = BTreeMap::new();
    for path in files(folder)?.into_iter().filter(|path| !is_compressed(path)) {
        contents.insert(path.strip_prefix(folder)?.to_string_lossy().into_owned(), fs::read(&path)?);
    }
    Ok(hash(contents.iter().flat_map(|(name, content)| [name.as_bytes(), content.as_slice()])))
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for path in files(from)? {
        let target = to.join(path.strip_prefix(from)?);
        fs::create_dir_all(target.parent().context("a file lies in a folder")?)?;
        fs::copy(&path, &target)?;
    }
    Ok(())
}

/// All files in a folder and the folders in it.
pub(crate) fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}
