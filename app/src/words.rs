//! Every text a person reads, English and Dutch side by side. One file per area, so that a lazy chunk of the browser's
//! half carries only its own. No text may be written anywhere else.

pub mod account;
pub mod admin;
pub mod common;
pub mod desk;
pub mod mail;
pub mod notice;
pub mod portal;
pub mod suggested;
