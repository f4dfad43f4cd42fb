//! Mail through real servers; how to run it stands in the library.
#![allow(clippy::unwrap_used, reason = "tests")]

mod journey;
mod kill;
mod machine;
mod settle;
mod stranger;
