//! The application: shell, route table, pages, components and thin server functions. Compiled twice, with `ssr`
//! for the server and with `hydrate` for the browser; which one is chosen at the edge, by `server` and `frontend`.

#![recursion_limit = "256"]
// `#[component]` makes a public props type of each component, wherever it stands.
#![allow(unreachable_pub)]

#[macro_use]
mod area;
pub mod api;
pub mod component;
pub mod error;
pub mod format;
pub mod page;
pub mod shell;
#[cfg(feature = "ssr")]
pub mod site;
pub mod url;
pub mod words;

pub use error::ApiError;
pub use shell::App;
#[cfg(feature = "ssr")]
pub use shell::shell;
