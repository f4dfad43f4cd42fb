//! The rules of DESIGN §4, as people would say them. Times are on Amsterdam's clocks in 2026 unless a test says otherwise.

#[path = "sla/bound.rs"]
mod bound;
#[path = "sla/change.rs"]
mod change;
#[path = "sla/due.rs"]
mod due;
#[path = "sla/events.rs"]
mod events;
#[path = "sla/lives.rs"]
mod lives;
#[path = "sla/oracle.rs"]
mod oracle;
#[path = "sla/schedule.rs"]
mod schedule;
#[path = "sla/state.rs"]
mod state;
#[path = "sla/strip.rs"]
mod strip;
#[path = "sla/support.rs"]
mod support;
#[path = "sla/tell.rs"]
mod tell;
#[path = "sla/trace.rs"]
mod trace;
