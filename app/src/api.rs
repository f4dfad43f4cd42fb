//! Server functions: the door between pages and use cases. Each one finds out who asks ([`context::enter`]), calls one
//! use case of `backend::desk` and translates its answer. No rule, no query and no text lives here.

pub mod account;
pub mod admin;
pub mod dead;
pub mod desk;
pub mod feed;
pub mod file;
pub mod held;
pub mod notice;
pub mod portal;
pub mod suggested;
pub mod ticket;
pub mod warning;
pub mod wire;

#[cfg(feature = "ssr")]
pub mod context;
