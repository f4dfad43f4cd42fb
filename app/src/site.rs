//! Where the browser's half lies, and the tags that bring it into a page. Server only: the shell is never hydrated.
//!
//! The build (`cargo xtask build`) puts everything the browser loads into one folder named by the hash of it all, and
//! says so in `manifest.json`. Leptos' own `HydrationScripts` would look for the names on disk at the first request and
//! write a longer script; here the server, which holds the files in memory anyway, hands a [`Site`] to each page.

use std::{collections::HashMap, sync::Arc};

use leptos::{nonce::use_nonce, prelude::*};
use serde::Deserialize;

/// `manifest.json`, as the build writes it. All paths are URL paths from the root of the site.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Manifest {
    pub hash: String,
    pub js: String,
    pub wasm: String,
    pub css: String,
    /// The module that loads the lazy pieces.
    pub split_js: String,
    /// Which files (without folder and `.wasm`) a lazy function needs.
    #[serde(default)]
    pub split: HashMap<String, Vec<String>>,
}

/// What a page must know of the browser's half. Cheap to clone; the server provides it as context to each page.
#[derive(Clone)]
pub struct Site(Arc<Inner>);

struct Inner {
    manifest: Manifest,
    lazy: leptos::WasmSplitManifest,
    dev: bool,
}

impl Site {
    /// `dev` adds the script that reloads the page when the build changes.
    #[must_use]
    pub fn new(manifest: Manifest, dev: bool) -> Self {
        let folder = |path: &str| path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let file = |path: &str| path.rsplit_once('/').map_or(path, |(_, file)| file).to_owned();
        let lazy = leptos::WasmSplitManifest(ArcStoredValue::new((
            folder(&manifest.split_js),
            manifest.split.clone(),
            file(&manifest.split_js),
        )));
        Self(Arc::new(Inner { manifest, lazy, dev }))
    }

    /// The hash of the whole build; empty when there is none.
    #[must_use]
    pub fn hash(&self) -> &str {
        &self.0.manifest.hash
    }
}

/// The style sheet, the preloads and the script that starts WebAssembly, for the `<head>` of the shell. Without a
/// [`Site`] in context (tests of the router, say) the page stays plain HTML.
#[component]
pub fn SiteTags() -> impl IntoView {
    use_context::<Site>().filter(|site| !site.hash().is_empty()).map(|site| {
        // Leptos reads this when it writes the preloads of the lazy pieces that the page used.
        provide_context(site.0.lazy.clone());
        let Manifest { js, wasm, css, .. } = site.0.manifest.clone();
        let import = ["import s,{hydrate as h}from\"", &js, "\";s({module_or_path:\"", &wasm, "\"}).then"].concat();
        let start = import + "(()=>drawn==location.pathname+location.search?h():location.reload())";
        let reload = site.0.dev.then(|| view! { <script nonce=use_nonce()>{RELOAD}</script> });
        view! {
            <link rel="stylesheet" href=css/>
            <link rel="modulepreload" href=js/>
            <link rel="preload" href=wasm r#as="fetch" r#type="application/wasm" crossorigin=""/>
            <script nonce=use_nonce()>{DRAWN}</script>
            <script type="module" nonce=use_nonce()>{start}</script>
            {reload}
        }
    })
}

/// Which address the page was drawn for. Who goes back before WebAssembly is there gets another address in the bar and the same
/// page below it: such a page is asked for again.
const DRAWN: &str = "const drawn=location.pathname+location.search";

/// For `cargo xtask dev`: the server says `<start of the process> <hash> <css>`. A change of the style sheet alone is
/// swapped in place; anything else reloads. The connection comes back by itself while the server is rebuilt.
const RELOAD: &str = "(()=>{let a;new EventSource('/dev/reload').onmessage=e=>{const b=JSON.parse(e.data);\
if(a&&(a.process!==b.process||a.code!==b.code))location.reload();\
else if(a&&a.css!==b.css)document.querySelector('link[rel=stylesheet]').href=b.css;a=b}})()";
