//! The days of a schedule that differ from its ordinary week, for previews: closed ones with their reason, and ones with other
//! hours.

use serde::{Deserialize, Serialize};

use super::{MINUTES, Span};
use crate::sla::{ClosedReason, Schedule, Window};
use crate::time::{Instant, Millis};
use crate::zone::Zone;

/// A day that is not as its weekday usually is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpecialDay {
    /// Days since 1970-01-01, local.
    pub day_number: i64,
    /// Of a closed day: why.
    pub closed: Option<ClosedReason>,
    /// Of a day with other hours: these.
    pub spans: Vec<Span>,
    /// It has fewer hours than usual.
    pub shorter: bool,
    /// Of a day with other hours: what people call it; empty when nobody said.
    pub name: String,
}

/// All days that the schedule knows as a whole and that differ from its ordinary week, in order. A weekday that is usually
/// closed is special only when it is open.
pub fn special_days(schedule: &Schedule) -> Vec<SpecialDay> {
    let zone = &schedule.zone;
    let first = zone.civil(schedule.known_from).day_number;
    let last = zone.civil(schedule.known_until - Millis(1)).day_number;
    let mut next = 0;
    let mut special = Vec::new();
    for day_number in first..=last {
        let (starts, ends) = (zone.day_start(day_number), zone.day_start(day_number + 1));
        while schedule.windows.get(next).is_some_and(|window| window.to <= starts) {
            next += 1;
        }
        let open = schedule.windows[next..].iter().take_while(|window| window.from < ends);
        let open = open.map(|window| Window { from: window.from.max(starts), to: window.to.min(ends) });
        let open: Vec<Window> = open.collect();
        let usual = usual(schedule, day_number, starts, ends);
        if open == usual {
            continue;
        }
        let length =
            |windows: &[Window]| windows.iter().fold(Millis::ZERO, |sum, window| sum + window.to.since(window.from));
        special.push(SpecialDay {
            day_number,
            closed: open.is_empty().then(|| schedule.closed_reason(starts)),
            spans: open.iter().map(|window| span(zone, day_number, *window)).collect(),
            shorter: length(&open) < length(&usual),
            name: schedule.day_name(day_number).unwrap_or_default().to_owned(),
        });
    }
    special
}

/// The windows that the ordinary week has on a day.
fn usual(schedule: &Schedule, day_number: i64, starts: Instant, ends: Instant) -> Vec<Window> {
    let zone = &schedule.zone;
    // 1970-01-01 was a Thursday, three days after a Monday.
    let weekday = (day_number + 3).rem_euclid(7) as u8;
    let mut windows: Vec<Window> = Vec::new();
    for span in &schedule.week {
        if !(span.first_weekday..=span.last_weekday).contains(&weekday) {
            continue;
        }
        // As the server expands them: where an hour repeats, an opening is early and a closing late.
        let at = |minute: u16| zone.instants_of(day_number * Millis::DAY.0 + Millis::minutes(minute.into()).0);
        let window = Window { from: at(span.from_minute).0.max(starts), to: at(span.to_minute).1.min(ends) };
        match windows.last_mut() {
            _ if window.from >= window.to => {}
            Some(last) if window.from <= last.to => last.to = last.to.max(window.to),
            _ => windows.push(window),
        }
    }
    windows
}

/// What the clock on the wall shows; a window that ends with the day ends at 24:00.
fn span(zone: &Zone, day_number: i64, window: Window) -> Span {
    let minute = |at: Instant| {
        let civil = zone.civil(at);
        if civil.day_number > day_number { MINUTES } else { u16::from(civil.hour) * 60 + u16::from(civil.minute) }
    };
    Span { from_minute: minute(window.from), to_minute: minute(window.to) }
}
