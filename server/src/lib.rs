//! HTTP and the command line: configuration, the URL map, middleware, files. No rule of tickets or accounts lives here;
//! those are use cases of `backend::desk`, reached through the server functions of `app::api`.

pub mod assets;
pub mod command;
pub mod config;
pub mod router;

mod compress;
mod feed;
mod file;
mod health;
mod log;
mod origin;
mod page;
mod security;
mod unsubscribe;
mod visitor;
