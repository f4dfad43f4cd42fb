//! For `cargo xtask dev` only: watches the built files and tells open pages what changed.

use std::{convert::Infallible, path::Path, sync::Arc, time::SystemTime};

use axum::{
    extract::State,
    response::sse::{Event, KeepAlive, Sse},
};
use futures::Stream;

use super::{Assets, WATCH_EVERY, load};

/// Reads the files again whenever the manifest, which the build writes last, has changed.
pub(super) async fn watch(assets: Arc<Assets>, mut seen: Option<SystemTime>) {
    loop {
        tokio::time::sleep(WATCH_EVERY).await;
        let now = written_at(&assets.folder);
        if now == seen || now.is_none() {
            continue;
        }
        match load(&assets.folder, true) {
            Ok(loaded) => {
                *assets.loaded.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Arc::new(loaded);
                seen = now;
                if let Some(dev) = &assets.dev {
                    dev.send_replace(());
                }
            }
            Err(error) => tracing::warn!("the browser's half is not read again yet: {error:#}"),
        }
    }
}

pub(super) fn written_at(folder: &Path) -> Option<SystemTime> {
    std::fs::metadata(folder.join("manifest.json")).and_then(|about| about.modified()).ok()
}

/// The state of the build, now and after every change. The script in the shell (`app::site`) decides what to do.
pub(super) async fn reload(State(assets): State<Arc<Assets>>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let changes = assets.dev.as_ref().map(tokio::sync::watch::Sender::subscribe);
    let stream = futures::stream::unfold((assets, changes, true), |(assets, mut changes, first)| async move {
        if !first {
            changes.as_mut()?.changed().await.ok()?;
        }
        let loaded = assets.current();
        let state = serde_json::json!({ "process": std::process::id(), "code": loaded.code, "css": loaded.css });
        Some((Ok(Event::default().data(state.to_string())), (assets, changes, false)))
    });
    Sse::new(stream).keep_alive(KeepAlive::default())
}
