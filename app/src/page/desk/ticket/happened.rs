//! What happened to a ticket, in a sentence for staff. "You" for the reader, first names for everyone else.

use domain::i18n::Locale;
use domain::sla::{self, ClockKind, ClockState, Schedule};
use domain::ticket::{Change, CloseReason};
use domain::view::{ClocksView, EventView};

use crate::component::Glyph;
use crate::format;
use crate::words::common;
use crate::words::desk as words;

/// Whether the thread shows it as a line of its own: messages and notes speak for themselves.
pub(super) const fn is_line(change: &Change) -> bool {
    !matches!(
        change,
        Change::Created { .. }
            | Change::Answered { .. }
            | Change::Noted { .. }
            | Change::Replied { .. }
            | Change::AutomaticMail { .. }
    )
}

pub(super) const fn glyph(change: &Change) -> Glyph {
    match change {
        Change::Created { .. } => Glyph::New,
        Change::Accepted | Change::TakenBack | Change::Reopened => Glyph::InProgress,
        Change::Assigned { .. } | Change::ParticipantAdded { .. } | Change::ParticipantRemoved { .. } => Glyph::Person,
        Change::Answered { .. } | Change::Replied { .. } | Change::AutomaticMail { .. } => Glyph::Chat,
        Change::Noted { .. } | Change::ConfidentialSet { .. } => Glyph::Lock,
        Change::Returned { .. } => Glyph::Waiting,
        Change::Resolved { .. } => Glyph::Resolved,
        Change::Closed { .. } => Glyph::Closed,
        Change::PriorityChanged { .. } => Glyph::Flag,
        Change::PolicyChanged { .. } => Glyph::Clock,
        Change::Linked { .. } => Glyph::Article,
    }
}

/// The sentence, without its time.
pub(super) fn sentence(locale: Locale, event: &EventView, me: Option<i64>) -> String {
    let name = match (&event.actor_id, event.actor_name.as_str()) {
        (Some(_), _) if event.actor_id == me => words::you(locale).to_owned(),
        (_, "") => words::loket(locale).to_owned(),
        (_, name) => first(name).to_owned(),
    };
    let who = name.as_str();
    match &event.change {
        Change::Created { priority } => words::did_create(locale, who, common::priority(locale, *priority)),
        Change::Accepted => words::did_accept(locale, who),
        Change::Assigned { agent_id: None, .. } => words::did_unassign(locale, who),
        Change::Assigned { agent_id, .. } if *agent_id == event.actor_id => words::did_take(locale, who),
        Change::Assigned { agent_id, agent_name } => {
            let to = if *agent_id == me { words::you_object(locale) } else { first(agent_name) };
            words::did_assign(locale, who, to)
        }
        Change::Answered { .. } => words::did_answer(locale, who),
        Change::Noted { .. } => words::did_note(locale, who),
        Change::AutomaticMail { .. } => words::did_keep_mail(locale).to_owned(),
        Change::Returned { .. } => words::did_return(locale, who),
        Change::Replied { .. } => words::did_reply(locale, who),
        Change::TakenBack => words::did_take_back(locale, who),
        Change::Resolved { .. } => words::did_resolve(locale, who),
        Change::Reopened => words::did_reopen(locale, who),
        Change::Closed { reason: CloseReason::Solved, .. } => words::did_confirm(locale, who),
        Change::Closed { reason: CloseReason::Expired, .. } => words::did_expire(locale).to_owned(),
        Change::Closed { reason: CloseReason::Withdrawn, .. } => words::did_withdraw(locale, who),
        Change::Closed { reason: CloseReason::Duplicate, duplicate_of } => {
            words::did_duplicate(locale, who, duplicate_of.as_deref().unwrap_or("–"))
        }
        Change::Closed { reason: CloseReason::Spam, .. } => words::did_spam(locale, who),
        Change::PriorityChanged { from, to, reason, .. } => {
            let (from, to) = (common::priority(locale, *from), common::priority(locale, *to));
            words::did_prioritise(locale, who, from, to, reason.trim_end_matches('.'))
        }
        Change::ParticipantAdded { name, .. } => words::did_add(locale, who, name),
        Change::ParticipantRemoved { name, .. } => words::did_remove(locale, who, name),
        Change::ConfidentialSet { on: true } => words::did_hide(locale, who),
        Change::ConfidentialSet { on: false } => words::did_show(locale, who),
        Change::PolicyChanged { name, version, .. } => words::did_change_policy(locale, name, *version),
        Change::Linked { key } => words::did_link(locale, key),
    }
}

/// What the event did to a deadline, to stand behind the sentence: "review met with 52 min to spare", or the due times
/// before and after a change of priority.
pub(super) fn effect(locale: Locale, event: &EventView, schedule: &Schedule, clocks: &ClocksView) -> Option<String> {
    if let Change::PriorityChanged { old_due_at, new_due_at, .. }
    | Change::PolicyChanged { old_due_at, new_due_at, .. } = &event.change
    {
        let day = |at| format::date_time(locale, &schedule.zone, at);
        return match (old_due_at, new_due_at) {
            (Some(old), Some(new)) => Some(words::due_moved(locale, &day(*old), &day(*new))),
            (None, Some(new)) => Some(words::due_now(locale, &day(*new))),
            _ => None,
        };
    }
    let stops = matches!(event.change, Change::Accepted | Change::Returned { .. } | Change::Resolved { .. });
    if !stops {
        return None;
    }
    let told = |kind, met: fn(Locale, &str) -> String, missed: fn(Locale, &str) -> String| {
        let timeline = clocks.get(kind);
        if timeline.stopped_at != Some(event.at) {
            return None;
        }
        let reading = sla::read(clocks.schedule(kind, schedule), timeline, event.at);
        let span = format::duration(locale, reading.remaining);
        match reading.state {
            ClockState::Met { .. } => Some(met(locale, &span)),
            ClockState::Breached { .. } => Some(missed(locale, &span)),
            _ => None,
        }
    };
    let resolution = matches!(event.change, Change::Resolved { .. })
        .then(|| told(ClockKind::Resolution, words::resolution_met, words::resolution_missed))
        .flatten();
    resolution.or_else(|| told(ClockKind::Review, words::review_met, words::review_missed))
}

/// The first name.
pub(super) fn first(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}
