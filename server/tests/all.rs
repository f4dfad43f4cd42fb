//! The server, in process: the real router on a demonstration of its own.

#![allow(clippy::unwrap_used, reason = "tests")]

mod admin;
mod eval;
mod file;
mod header;
mod isolation;
mod no_script;
mod session;
mod support;
