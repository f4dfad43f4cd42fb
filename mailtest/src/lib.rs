//! Mail through real servers: a Postfix and a Dovecot of one test's own, on loopback and in a temporary folder, and the
//! released `loket` between them. Nothing here links Loket's code, and nothing touches the machine's own mail.
//!
//! Started by `cargo xtask test mail`; by hand, as root (Postfix wants that):
//! `LOKET_BIN=target/release/loket LOKET_SITE=target/site cargo test --release --package mailtest --features servers`.

pub mod database;
pub mod format;
pub mod http;
pub mod letter;
pub mod loket;
pub mod process;
pub mod random;
pub mod responder;
pub mod server;
pub mod smtp;
pub mod wait;
pub mod world;
