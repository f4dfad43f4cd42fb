//! What happened, as a clock: either a ticket's events, with the shipped targets, or bare pauses and targets.

use domain::sla::{ClockKind, Clocks, Pause, PauseReason, Schedule, Target, Timeline, clocks};
use domain::ticket::{Change, Channel, CloseReason, Event, Priority};
use domain::time::{Instant, Millis};

use crate::cell::{instant, span};
use crate::table::Row;

/// The clock of a row.
pub(crate) fn timeline(row: &Row, schedule: &Schedule) -> Result<Timeline, String> {
    let sent_at = instant(&schedule.zone, row.get("Sent"))?;
    let steps = row.get("What happened").split(';').map(str::trim).filter(|step| !step.is_empty());
    // No shipped policy promises a response, so the row says which.
    let (kind, promised) = match row.get("Clock") {
        "" | "resolution" => (ClockKind::Resolution, None),
        "review" => (ClockKind::Review, None),
        other => match other.strip_prefix("response ") {
            Some(promised) => (ClockKind::NextResponse, Some(span(promised)?)),
            None => return Err(format!("there is no clock {other:?}")),
        },
    };
    match priority(row.get("Target")) {
        Some(priority) => of_events(kind, promised, priority, sent_at, schedule, steps),
        None => bare(kind, row.get("Target"), sent_at, schedule, steps),
    }
}

fn priority(text: &str) -> Option<Priority> {
    Priority::from_slug(&text.to_ascii_lowercase())
}

fn of_events<'a>(
    kind: ClockKind,
    promised: Option<Millis>,
    priority_then: Priority,
    sent_at: Instant,
    schedule: &Schedule,
    steps: impl Iterator<Item = &'a str>,
) -> Result<Timeline, String> {
    let event = |id, at, change| Event { id, at, change, channel: Channel::Web, actor_id: None };
    let mut events = vec![event(1, sent_at, Change::Created { priority: priority_then })];
    let mut before = priority_then;
    for (id, step) in (2..).zip(steps) {
        let (what, when) = moment(step)?;
        let change = match what {
            "accepted" => Change::Accepted,
            "answered" => Change::Answered { message_id: id },
            "noted" => Change::Noted { message_id: id },
            "asked" => Change::Returned { message_id: id },
            "customer wrote" => Change::Replied { message_id: id },
            "taken back" => Change::TakenBack,
            "resolved" => Change::Resolved { message_id: id },
            "reopened" => Change::Reopened,
            "closed" => Change::Closed { reason: CloseReason::Withdrawn, duplicate_of: None },
            _ => {
                let name = what.strip_prefix("priority ").and_then(priority);
                let to = name.ok_or_else(|| format!("{step:?} is nothing that happens to a ticket"))?;
                let from = std::mem::replace(&mut before, to);
                Change::PriorityChanged { from, to, reason: String::new(), old_due_at: None, new_due_at: None }
            }
        };
        events.push(event(id, instant(&schedule.zone, when)?, change));
    }
    let Clocks { review, resolution, mut next_responses } = clocks(events.iter(), |kind, priority| match kind {
        ClockKind::Review => Some(priority.shipped_review()),
        ClockKind::Resolution => Some(priority.shipped_resolution()),
        ClockKind::NextResponse => promised,
    });
    Ok(match kind {
        ClockKind::Review => review,
        ClockKind::Resolution => resolution,
        // The latest of them.
        ClockKind::NextResponse => next_responses.pop().ok_or("nobody waited for a response")?,
    })
}

fn bare<'a>(
    kind: ClockKind,
    target: &str,
    sent_at: Instant,
    schedule: &Schedule,
    steps: impl Iterator<Item = &'a str>,
) -> Result<Timeline, String> {
    let at = |text: &str| instant(&schedule.zone, text);
    let targets = vec![Target { from: sent_at, working_time: span(target)? }];
    let mut clock = Timeline { kind, started_at: sent_at, targets, pauses: Vec::new(), stopped_at: None };
    let reason = PauseReason::WaitingForCustomer;
    for step in steps {
        if let Some(from) = step.strip_prefix("paused from ") {
            clock.pauses.push(Pause { from: at(from)?, to: None, reason, event_id: None });
        } else if let Some((from, to)) = step.strip_prefix("paused ").and_then(|span| span.split_once(" to ")) {
            clock.pauses.push(Pause { from: at(from)?, to: Some(at(to)?), reason, event_id: None });
        } else if let Some(when) = step.strip_prefix("stopped ") {
            clock.stopped_at = Some(at(when)?);
        } else if let Some((length, from)) = step.strip_prefix("target ").and_then(|text| text.split_once(" from ")) {
            clock.targets.push(Target { from: at(from)?, working_time: span(length)? });
        } else {
            return Err(format!("{step:?} is nothing that happens to a bare clock"));
        }
    }
    Ok(clock)
}

/// "customer wrote Wed 2026-04-22 10:00" as what and when.
fn moment(step: &str) -> Result<(&str, &str), String> {
    let weekday = [" Mon ", " Tue ", " Wed ", " Thu ", " Fri ", " Sat ", " Sun "].iter().find_map(|day| step.find(day));
    let at = weekday.ok_or_else(|| format!("{step:?} does not say when"))?;
    Ok((&step[..at], &step[at + 1..]))
}
