//! What Loket knows, free of side effects: the rules of tickets, the SLA engine, permissions, forms, and the shapes
//! that cross the wire. Builds for wasm32 alone. No clock, no time zone data, no I/O, no randomness may enter here.

pub mod actor;
pub mod brand;
pub mod form;
pub mod i18n;
pub mod mail;
pub mod notice;
pub mod opening;
pub mod problem;
pub mod sla;
pub mod ticket;
pub mod time;
pub mod view;
pub mod wire;
pub mod words;
pub mod zone;
