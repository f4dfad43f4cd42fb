//! The files the browser loads: everything under `/pkg/<hash>/` and the few files of `public/`, held in memory with
//! their compressed forms. Nothing here reads the database, a session or a cookie.
//!
//! The files are read once when the process starts: no request touches the disk, and a half-written build is never
//! served. With `dev` the folder is watched instead, and open pages are told when it changed.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{Arc, RwLock},
    time::Duration,
};

use anyhow::Context as _;
use app::site::{Manifest, Site};
use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::get,
};
use bytes::Bytes;
use sha2::{Digest as _, Sha256};

mod dev;
#[cfg(test)]
mod tests;

/// How often the watched folder is looked at. A quarter of a second goes unnoticed beside the build itself.
const WATCH_EVERY: Duration = Duration::from_millis(250);

/// A year, the longest that caches honour; the hash in the path changes with the content.
const FOR_EVER: HeaderValue = HeaderValue::from_static("max-age=31536000, immutable");
/// Files with a fixed name (favicon): asked again after an hour, and answered 304 mostly.
const FOR_AN_HOUR: HeaderValue = HeaderValue::from_static("public, max-age=3600");
/// While developing, and for what is not there.
const NEVER: HeaderValue = HeaderValue::from_static("no-store");

/// One file in the forms it can be sent in.
struct File {
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
    content_type: HeaderValue,
    etag: HeaderValue,
}

/// One build of the browser's half.
struct Loaded {
    files: HashMap<String, File>,
    site: Site,
    /// Hash of the scripts and WebAssembly alone: tells a change of the style sheet from a change of the program.
    code: String,
    css: String,
}

/// What the browser loads. Shared by all requests.
pub struct Assets {
    loaded: RwLock<Arc<Loaded>>,
    folder: PathBuf,
    dev: Option<tokio::sync::watch::Sender<()>>,
}

/// Where the files are: what the configuration says, else `site` beside the binary, else `target/site`.
#[must_use]
pub fn folder(configured: Option<&Path>) -> PathBuf {
    if let Some(folder) = configured {
        return folder.to_owned();
    }
    let beside = std::env::current_exe().ok().and_then(|binary| Some(binary.parent()?.join("site")));
    beside.filter(|folder| folder.join("manifest.json").is_file()).unwrap_or_else(|| PathBuf::from("target/site"))
}

impl Assets {
    /// Reads the folder into memory. `dev` watches it from then on.
    ///
    /// # Errors
    /// When there is no complete build in the folder.
    pub fn load(folder: &Path, dev: bool) -> anyhow::Result<Arc<Self>> {
        let seen = dev::written_at(folder);
        let loaded = RwLock::new(Arc::new(load(folder, dev)?));
        let dev = dev.then(|| tokio::sync::watch::channel(()).0);
        let assets = Arc::new(Self { loaded, folder: folder.to_owned(), dev });
        if assets.dev.is_some() {
            tokio::spawn(dev::watch(assets.clone(), seen));
        }
        Ok(assets)
    }

    /// No files at all: pages are plain HTML. For tests of the router.
    #[must_use]
    pub fn empty() -> Arc<Self> {
        let site = Site::new(Manifest::default(), false);
        let loaded = Loaded { files: HashMap::new(), site, code: String::new(), css: String::new() };
        Arc::new(Self { loaded: RwLock::new(Arc::new(loaded)), folder: PathBuf::new(), dev: None })
    }

    /// What a page needs to know, to be provided as context.
    #[must_use]
    pub fn site(&self) -> Site {
        self.current().site.clone()
    }

    /// The paths that the folder holds outside `/pkg/`, such as `/favicon.svg`.
    #[must_use]
    pub fn public_paths(&self) -> Vec<String> {
        let loaded = self.current();
        let mut paths: Vec<_> = loaded.files.keys().filter(|path| !path.starts_with("/pkg/")).cloned().collect();
        paths.sort();
        paths
    }

    /// The routes of all files.
    pub fn routes<S: Clone + Send + Sync + 'static>(self: &Arc<Self>) -> Router<S> {
        let mut router = Router::new().route("/pkg/{*path}", get(serve));
        for path in self.public_paths() {
            router = router.route(&path, get(serve));
        }
        if self.dev.is_some() {
            router = router.route("/dev/reload", get(dev::reload));
        }
        router.with_state(self.clone())
    }

    fn current(&self) -> Arc<Loaded> {
        // A poisoned lock still holds a whole build: it is only ever replaced in one assignment.
        self.loaded.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }
}

async fn serve(State(assets): State<Arc<Assets>>, request: Request) -> Response {
    let loaded = assets.current();
    let path = request.uri().path();
    let file = loaded.files.get(path).or_else(|| {
        // A page of an earlier build goes on loading its lazy pieces while one develops.
        let (_, name) = path.strip_prefix("/pkg/").filter(|_| assets.dev.is_some())?.split_once('/')?;
        loaded.files.get(&["/pkg/", loaded.site.hash(), "/", name].concat())
    });
    let Some(file) = file else {
        let headers =
            [(header::CACHE_CONTROL, NEVER), (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"))];
        return (StatusCode::NOT_FOUND, headers, "not found").into_response();
    };
    let caching = match () {
        () if assets.dev.is_some() => NEVER,
        () if path.starts_with("/pkg/") => FOR_EVER,
        () => FOR_AN_HOUR,
    };
    answer(file, caching, request.method(), request.headers())
}

fn answer(file: &File, caching: HeaderValue, method: &Method, asked: &HeaderMap) -> Response {
    let (body, encoding) = choose(file, asked);
    let mut response = Response::new(Body::empty());
    let headers = response.headers_mut();
    // What never changes is never asked for again, and each of the dozens of pieces of a first visit is small.
    if caching != FOR_EVER {
        headers.insert(header::ETAG, file.etag.clone());
    }
    headers.insert(header::CACHE_CONTROL, caching);
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if file.brotli.is_some() || file.gzip.is_some() {
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    }
    if is_known(file, asked) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return response;
    }
    headers.insert(header::CONTENT_TYPE, file.content_type.clone());
    headers.insert(header::CONTENT_LENGTH, body.len().into());
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    if method != Method::HEAD {
        *response.body_mut() = Body::from(body);
    }
    response
}

/// Whether the browser says that it holds this very content. The tag is weak: one for all encodings.
fn is_known(file: &File, asked: &HeaderMap) -> bool {
    let strong = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let ours = strong(file.etag.to_str().unwrap_or_default());
    let theirs = asked.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    theirs.flat_map(|value| value.split(',')).any(|tag| tag.trim() == "*" || strong(tag) == ours)
}

/// The smallest form that the browser takes.
fn choose(file: &File, asked: &HeaderMap) -> (Bytes, Option<&'static str>) {
    let accepts = |name: &str| {
        let values = asked.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
        let mut any = false;
        for part in values.flat_map(|value| value.split(',')) {
            let mut fields = part.split(';').map(str::trim);
            let coding = fields.next().unwrap_or_default();
            let refused = fields.any(|field| {
                let weight = field.strip_prefix("q=").or_else(|| field.strip_prefix("Q="));
                weight.and_then(|weight| weight.parse::<f32>().ok()).is_some_and(|weight| weight <= 0.0)
            });
            if coding.eq_ignore_ascii_case(name) {
                return !refused;
            }
            any |= coding == "*" && !refused;
        }
        any
    };
    if let Some(brotli) = file.brotli.as_ref().filter(|_| accepts("br")) {
        return (brotli.clone(), Some("br"));
    }
    if let Some(gzip) = file.gzip.as_ref().filter(|_| accepts("gzip")) {
        return (gzip.clone(), Some("gzip"));
    }
    (file.plain.clone(), None)
}

fn load(folder: &Path, dev: bool) -> anyhow::Result<Loaded> {
    let manifest_path = folder.join("manifest.json");
    let text = std::fs::read_to_string(&manifest_path).with_context(|| {
        format!("no built browser's half at {}: run `cargo xtask build`, or set LOKET_SITE", manifest_path.display())
    })?;
    let manifest: Manifest =
        serde_json::from_str(&text).with_context(|| format!("{} is damaged", manifest_path.display()))?;
    let code: serde_json::Value = serde_json::from_str(&text)?;
    let code = code["code"].as_str().unwrap_or_default().to_owned();

    let mut files = HashMap::new();
    let pkg = ["/pkg/", &manifest.hash].concat();
    read_folder(folder, &folder.join(pkg.trim_start_matches('/')), &mut files)?;
    read_flat(folder, folder, &mut files)?;
    files.remove("/manifest.json");
    for path in [&manifest.js, &manifest.wasm, &manifest.css] {
        anyhow::ensure!(files.contains_key(path), "{} names {path}, which is not there", manifest_path.display());
    }
    let css = manifest.css.clone();
    Ok(Loaded { files, site: Site::new(manifest, dev), code, css })
}

/// All files below `folder`, keyed by their URL path.
fn read_folder(root: &Path, folder: &Path, files: &mut HashMap<String, File>) -> anyhow::Result<()> {
    read_flat(root, folder, files)?;
    for entry in std::fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            read_folder(root, &path, files)?;
        }
    }
    Ok(())
}

fn read_flat(root: &Path, folder: &Path, files: &mut HashMap<String, File>) -> anyhow::Result<()> {
    for entry in std::fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        if !path.is_file() || matches!(extension, "br" | "gz") {
            continue;
        }
        let plain = Bytes::from(std::fs::read(&path)?);
        let sibling = |extension: &str| {
            let mut name = path.clone().into_os_string();
            name.push(extension);
            // Only where compressing helped: an icon may grow.
            std::fs::read(name).ok().filter(|packed| packed.len() < plain.len()).map(Bytes::from)
        };
        let (brotli, gzip) = (sibling(".br"), sibling(".gz"));
        let digest: String = Sha256::digest(&plain).iter().take(12).map(|byte| format!("{byte:02x}")).collect();
        let etag = HeaderValue::from_str(&format!("W/\"{digest}\""))?;
        let content_type = HeaderValue::from_static(content_type(extension));
        let relative = path.strip_prefix(root)?.to_string_lossy().replace('\\', "/");
        files.insert(format!("/{relative}"), File { plain, brotli, gzip, content_type, etag });
    }
    Ok(())
}

fn content_type(extension: &str) -> &'static str {
    match extension {
        "wasm" => "application/wasm",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "ico" => "image/x-icon",
        "png" => "image/png",
        "txt" => "text/plain; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}
