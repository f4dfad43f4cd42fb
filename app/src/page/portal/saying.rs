//! What happened on a request, in the customer's words: short in lists, a sentence in the conversation.

use domain::i18n::Locale;
use domain::sla::ClockKind;
use domain::ticket::{Change, CloseReason, Status};
use domain::view::portal::RequestRow;
use domain::view::{ClocksView, EventView};

use crate::component::Glyph;
use crate::words::portal as words;

/// What people are called here: "Dirk" of "Dirk Hofman".
pub(super) fn first_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}

/// What a request stands at, beside its status on the home page: "Dirk is working on it".
pub(super) fn standing(locale: Locale, row: &RequestRow) -> String {
    let agent = first_name(&row.agent);
    match row.status {
        Status::New => words::waits_for_review(locale).to_owned(),
        Status::InProgress if agent.is_empty() => words::we_work(locale).to_owned(),
        Status::InProgress => words::agent_works(locale, agent),
        Status::Waiting if agent.is_empty() => words::you_were_asked(locale).to_owned(),
        Status::Waiting => words::agent_asked(locale, agent),
        Status::Resolved => words::please_confirm(locale).to_owned(),
        Status::Closed => String::new(),
    }
}

/// Whom or what a request waits for: "Dirk", "Our review", "Your confirmation".
pub(super) fn waits_for(locale: Locale, row: &RequestRow) -> String {
    match row.status {
        Status::New => words::waits_for_our_review(locale),
        Status::InProgress if row.agent.is_empty() => words::waits_for_us(locale),
        Status::InProgress => first_name(&row.agent),
        Status::Waiting if row.waits_for_me => words::waits_for_you(locale),
        Status::Waiting => first_name(&row.requester),
        Status::Resolved if row.waits_for_me => words::waits_for_confirmation(locale),
        Status::Resolved => return words::waits_for_confirmation_of(locale, first_name(&row.requester)),
        Status::Closed => words::waits_for_nobody(locale),
    }
    .to_owned()
}

/// Who did what last: "Dirk asked a question".
pub(super) fn last(locale: Locale, row: &RequestRow) -> String {
    let (name, me) = (first_name(&row.last_actor), row.last_actor_is_me);
    match &row.last_change {
        Change::Created { .. } if me => words::you_sent_it(locale).to_owned(),
        Change::Created { .. } => words::name_sent_it(locale, name),
        Change::Accepted => words::name_accepted(locale, name),
        Change::Assigned { agent_name, .. } if agent_name.is_empty() => words::was_unassigned(locale).to_owned(),
        Change::Assigned { agent_name, .. } => words::name_assigned(locale, first_name(agent_name)),
        Change::Replied { .. } if me => words::you_replied(locale).to_owned(),
        Change::Replied { .. } if name.is_empty() => words::mail_came(locale).to_owned(),
        Change::Answered { .. }
        | Change::Replied { .. }
        | Change::Noted { .. }
        // Of which a customer never learns.
        | Change::AutomaticMail { .. } => words::name_replied(locale, name),
        Change::Returned { .. } => words::name_asked(locale, name),
        Change::TakenBack => words::name_went_on(locale, name),
        Change::Resolved { .. } => words::name_resolved(locale, name),
        Change::Reopened if me => words::you_reopened(locale).to_owned(),
        Change::Reopened => words::name_reopened(locale, name),
        Change::Closed { reason: CloseReason::Expired, .. } => words::was_closed_after_days(locale).to_owned(),
        Change::Closed { reason: CloseReason::Withdrawn, .. } if me => words::you_withdrew(locale).to_owned(),
        Change::Closed { reason: CloseReason::Withdrawn, .. } => words::name_withdrew(locale, name),
        Change::Closed { reason: CloseReason::Duplicate, .. } => words::name_closed_duplicate(locale, name),
        Change::Closed { reason: CloseReason::Spam, .. } => words::name_closed_spam(locale, name),
        Change::Closed { .. } if me => words::you_closed(locale).to_owned(),
        Change::Closed { .. } if name.is_empty() => words::was_closed(locale).to_owned(),
        Change::Closed { .. } => words::name_closed(locale, name),
        Change::PriorityChanged { .. } => words::name_changed_priority(locale, name),
        Change::ParticipantAdded { .. } | Change::ParticipantRemoved { .. } | Change::ConfidentialSet { .. } if me => {
            words::you_changed_access(locale).to_owned()
        }
        Change::ParticipantAdded { .. } | Change::ParticipantRemoved { .. } | Change::ConfidentialSet { .. } => {
            words::name_changed_access(locale, name)
        }
        Change::PolicyChanged { .. } => words::was_moved_to_policy(locale).to_owned(),
        Change::Linked { .. } => words::was_linked(locale).to_owned(),
    }
}

/// An event as a line of the conversation.
pub(super) struct Line {
    pub(super) icon: Glyph,
    pub(super) text: String,
    /// A request that the line ends with, as a link.
    pub(super) key: Option<String>,
    /// The reader may see that request.
    pub(super) linked: bool,
    /// What the agent wrote as the reason.
    pub(super) quote: Option<String>,
    /// After the quote.
    pub(super) more: Option<String>,
}

impl Line {
    /// Says which requests the reader may see.
    pub(super) fn key_is_known(&mut self, known: &[String]) {
        self.linked = self.key.as_ref().is_some_and(|key| known.contains(key));
    }
}

/// What a line needs to know beside its event.
pub(super) struct Telling<'a> {
    pub(super) locale: Locale,
    pub(super) me: Option<i64>,
    pub(super) clocks: &'a ClocksView,
    /// The status just before this event.
    pub(super) before: Status,
    /// An instant as it is written in sentences.
    pub(super) when: &'a dyn Fn(domain::time::Instant) -> String,
    pub(super) span: &'a dyn Fn(domain::time::Millis) -> String,
}

impl Telling<'_> {
    /// `None` for what the messages say themselves.
    pub(super) fn line(&self, event: &EventView) -> Option<Line> {
        let locale = self.locale;
        let name = first_name(&event.actor_name);
        let me = self.me.is_some() && event.actor_id == self.me;
        let plain = |icon, text| Some(Line { icon, text, key: None, linked: false, quote: None, more: None });
        match &event.change {
            Change::Created { .. } if event.actor_is_staff => {
                let phone = event.channel == domain::ticket::Channel::Phone;
                let text = if phone {
                    words::raised_by_phone_event(locale, name)
                } else {
                    words::raised_for_event(locale, name)
                };
                plain(if phone { Glyph::Phone } else { Glyph::Info }, text)
            }
            Change::Created { .. } | Change::Answered { .. } | Change::Noted { .. } | Change::AutomaticMail { .. } => {
                None
            }
            Change::Accepted => {
                // Only the first acceptance ends the review.
                let review = self.clocks.get(ClockKind::Review);
                let text = match review.stopped_at {
                    Some(at) if at == event.at => {
                        words::accepted_reviewed_event(locale, name, &(self.span)(at.since(review.started_at)))
                    }
                    _ => words::accepted_event(locale, name),
                };
                plain(Glyph::InProgress, text)
            }
            Change::Assigned { agent_name, .. } if agent_name.is_empty() => {
                plain(Glyph::Person, words::unassigned_event(locale).to_owned())
            }
            Change::Assigned { agent_name, .. } => plain(Glyph::Person, words::assigned_event(locale, agent_name)),
            Change::Returned { .. } => plain(Glyph::Waiting, words::returned_event(locale).to_owned()),
            Change::Replied { .. } if self.before == Status::Waiting => {
                plain(Glyph::Clock, words::answered_event(locale).to_owned())
            }
            Change::Replied { .. } if self.before == Status::Resolved => {
                plain(Glyph::InProgress, words::reopened_event(locale).to_owned())
            }
            Change::Replied { .. } => None,
            Change::TakenBack => plain(Glyph::Clock, words::taken_back_event(locale, name)),
            Change::Resolved { .. } => plain(Glyph::Resolved, words::resolved_event(locale, name)),
            Change::Reopened => plain(Glyph::InProgress, words::reopened_event(locale).to_owned()),
            Change::Closed { reason, duplicate_of } => Some(self.closed(name, me, *reason, duplicate_of.clone())),
            Change::PriorityChanged { from, to, reason, old_due_at, new_due_at } => {
                let priority = |priority| crate::words::common::priority(locale, priority);
                let more = old_due_at.zip(*new_due_at);
                Some(Line {
                    icon: Glyph::Flag,
                    text: words::priority_event(locale, name, priority(*from), priority(*to)),
                    key: None,
                    linked: false,
                    quote: Some(reason.clone()),
                    more: more
                        .map(|(old, new)| words::priority_due_event(locale, &(self.when)(new), &(self.when)(old))),
                })
            }
            Change::PolicyChanged { old_due_at, new_due_at, .. } => Some(Line {
                icon: Glyph::Clock,
                text: words::policy_event(locale).to_owned(),
                key: None,
                linked: false,
                quote: None,
                more: old_due_at
                    .zip(*new_due_at)
                    .map(|(old, new)| words::priority_due_event(locale, &(self.when)(new), &(self.when)(old))),
            }),
            Change::ParticipantAdded { name: who, .. } if me => {
                plain(Glyph::Person, words::you_added_event(locale, who))
            }
            Change::ParticipantAdded { user_id, .. } if self.me == Some(*user_id) => {
                plain(Glyph::Person, words::added_event(locale, name, crate::words::common::you(locale)))
            }
            Change::ParticipantAdded { name: who, .. } => plain(Glyph::Person, words::added_event(locale, name, who)),
            Change::ParticipantRemoved { name: who, .. } if me => {
                plain(Glyph::Person, words::you_removed_event(locale, who))
            }
            Change::ParticipantRemoved { user_id, .. } if self.me == Some(*user_id) => {
                plain(Glyph::Person, words::removed_event(locale, name, crate::words::common::you(locale)))
            }
            Change::ParticipantRemoved { name: who, .. } => {
                plain(Glyph::Person, words::removed_event(locale, name, who))
            }
            Change::ConfidentialSet { on: true } => plain(Glyph::Lock, words::confidential_event(locale).to_owned()),
            Change::ConfidentialSet { on: false } => {
                plain(Glyph::Eye, words::not_confidential_event(locale).to_owned())
            }
            Change::Linked { key } => Some(Line {
                icon: Glyph::Article,
                text: words::linked_event(locale).to_owned(),
                key: Some(key.clone()),
                linked: false,
                quote: None,
                more: None,
            }),
        }
    }

    fn closed(&self, name: &str, me: bool, reason: CloseReason, duplicate_of: Option<String>) -> Line {
        let locale = self.locale;
        let text = match reason {
            CloseReason::Solved if me => words::confirmed_by_you_event(locale).to_owned(),
            CloseReason::Solved => words::confirmed_event(locale, name),
            CloseReason::Expired => words::expired_event(locale).to_owned(),
            CloseReason::Withdrawn if me => words::withdrawn_by_you_event(locale).to_owned(),
            CloseReason::Withdrawn => words::withdrawn_event(locale, name),
            CloseReason::Duplicate if duplicate_of.is_none() => words::duplicate_unnamed_event(locale, name),
            CloseReason::Duplicate => words::duplicate_event(locale, name),
            CloseReason::Spam => words::spam_event(locale, name),
        };
        let icon = if reason == CloseReason::Solved { Glyph::Resolved } else { Glyph::Closed };
        Line { icon, text, key: duplicate_of, linked: false, quote: None, more: None }
    }
}

/// The status after an event, for what comes after it; `accepted` says whether anyone had accepted the request before.
pub(super) fn status_after(before: Status, change: &Change, accepted: bool) -> Status {
    let working = if accepted { Status::InProgress } else { Status::New };
    match change {
        Change::Created { .. } => Status::New,
        Change::Accepted | Change::Reopened => Status::InProgress,
        Change::Returned { .. } => Status::Waiting,
        Change::TakenBack => working,
        Change::Replied { .. } if before == Status::Waiting => working,
        Change::Replied { .. } if before == Status::Resolved => Status::InProgress,
        Change::Resolved { .. } => Status::Resolved,
        Change::Closed { .. } => Status::Closed,
        _ => before,
    }
}
