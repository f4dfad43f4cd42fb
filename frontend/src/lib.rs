//! The entry of the browser's half: takes over the page that the server rendered. Nothing else belongs here.

use leptos::tachys::dom::{body, document};
use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the module script in the shell once the WebAssembly is there.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    // As `leptos::mount::hydrate_lazy`, but known to have ended: tests and styles wait for the attribute.
    wasm_bindgen_futures::spawn_local(async {
        let page = leptos::mount::hydrate_from_async(body(), app::App).await;
        page.forget();
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("data-hydrated", "");
        }
    });
}
