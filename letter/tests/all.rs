//! Everything that is tested from outside, as one program.
#![allow(clippy::unwrap_used, reason = "tests")]

mod corpus;
mod fold;
mod fuzz;
mod read;
mod vouched;
mod write;
