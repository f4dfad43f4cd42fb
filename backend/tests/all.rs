//! The backend's behaviour, on SQLite and on PostgreSQL. One binary, so that it is linked once and starts one cluster.
#![allow(unreachable_pub, reason = "the modules of one test binary")]
#![allow(clippy::unwrap_used, reason = "a test that fails may say so where it stands")]
#![allow(
    clippy::cloned_ref_to_slice_refs,
    reason = "`[key.clone()]` says what is expected; a slice of a reference does not"
)]

#[macro_use]
mod harness;

mod account;
mod calendar;
mod conflict;
mod delivery;
mod desks;
mod draft;
mod feed;
mod hours;
mod isolation;
mod lists;
mod mail_in;
mod moves;
mod notice;
mod promise;
mod raise;
mod search;
mod snapshot;
mod store;
mod time;
mod verify;
mod warning;
