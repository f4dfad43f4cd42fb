//! The server, in process: the real router on a demonstration of its own.

#![allow(clippy::unwrap_used, reason = "tests")]

mod admin;
mod eval;
mod file;
mod header;
mod isolation;
mod mail;
mod mail_pages;
mod no_script;
mod notice;
mod pipe;
mod session;
mod support;
