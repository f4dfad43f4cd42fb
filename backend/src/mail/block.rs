//! What a mail says of one notice: a title, and what follows it.

use domain::notice::NoticeKind as Kind;
use domain::ticket::{Change, Channel, CloseReason};

use super::about::About;
use super::sheet::Part;
use super::words;
use crate::store::event::EventRow;
use crate::store::message::MessageRow;
use crate::store::notification::Taken;

pub(super) struct Block {
    pub(super) kind: Kind,
    pub(super) title: String,
    pub(super) parts: Vec<Part>,
    /// Who of the staff did it, for a customer to see whom the mail is from.
    pub(super) agent: Option<String>,
}

/// `None`: there is nothing left to say, or nothing that this reader may know.
pub(super) fn of(about: &About, notice: &Taken) -> Option<Block> {
    let (title, parts, agent) = match notice.kind {
        Kind::AtRisk | Kind::Breached => {
            let clock = notice.clock?;
            if notice.kind == Kind::AtRisk && about.stopped(clock) {
                return None;
            }
            let at = about.moment(notice.due_at?);
            (words::warning(about.locale, notice.kind, clock, &at), Vec::new(), None)
        }
        kind => {
            let row = about.event(notice.event_id?)?;
            // A reply is whose words it is, whoever put it on the ticket.
            let reply = match row.event.change {
                Change::Replied { message_id } => about.message(message_id),
                _ => None,
            };
            let by = reply.map_or_else(|| about.name(row.event.actor_id), |message| about.writer(message));
            let (title, parts) =
                if about.staff { to_staff(about, kind, row, &by) } else { to_customer(about, kind, row, &by) }?;
            (title, parts, Some(by).filter(|_| is_of_agent(about, row)))
        }
    };
    Some(Block { kind: notice.kind, title, parts, agent })
}

/// Whether an agent speaks: not when they only passed on what came from outside, which must not go out under their name.
fn is_of_agent(about: &About, row: &EventRow) -> bool {
    let passed_on = match row.event.change {
        Change::Replied { .. } => true,
        Change::Created { .. } => about.description().is_some_and(|message| message.inbound_id.is_some()),
        _ => false,
    };
    row.actor_is_staff && row.event.actor_id.is_some() && !passed_on
}

type Told = Option<(String, Vec<Part>)>;

fn to_customer(about: &About, kind: Kind, row: &EventRow, by: &str) -> Told {
    let locale = about.locale;
    let text = |text: &str| Part::Text(text.to_owned());
    let change = &row.event.change;
    Some(match (kind, change) {
        (Kind::Received, _) => received(about, row, by),
        (Kind::Accepted, _) => (words::accepted(locale, by), Vec::new()),
        (Kind::Answered, Change::Answered { message_id }) => (
            words::answered(locale, by),
            [said(about, *message_id)?, vec![text(words::answered_text(locale))]].concat(),
        ),
        (Kind::Returned, Change::Returned { message_id }) => (
            words::returned(locale, by),
            [said(about, *message_id)?, vec![text(words::returned_text(locale))]].concat(),
        ),
        (Kind::Resolved, Change::Resolved { message_id }) => {
            let mut parts = said(about, *message_id)?;
            parts.extend(about.reopens_until().map(|until| Part::Text(words::resolved_text(locale, &until))));
            (words::resolved(locale, by), parts)
        }
        (Kind::PriorityChanged, Change::PriorityChanged { from, to, reason, old_due_at, new_due_at }) => {
            let due = |at: &Option<_>| at.map_or_else(|| words::no_deadline(locale).to_owned(), |at| about.moment(at));
            let mut facts = vec![
                (words::priority_was(locale).to_owned(), words::priority_name(locale, *from).to_owned()),
                about.priority(*to),
            ];
            // Paused before and after: there is no deadline to compare.
            if old_due_at.is_some() || new_due_at.is_some() {
                facts.push((words::resolve_before_was(locale).to_owned(), due(old_due_at)));
                facts.push((words::resolve_before_now(locale).to_owned(), due(new_due_at)));
            }
            let title = words::priority_changed(locale, by, words::priority_name(locale, *to));
            (title, vec![Part::Text(words::reason(locale, reason)), Part::Facts(facts)])
        }
        (Kind::Closed, Change::Closed { reason, duplicate_of }) => closed(about, by, *reason, duplicate_of.as_deref()),
        (Kind::ParticipantAdded, _) => {
            let mut parts = vec![text(words::participant_text(locale)), text(words::request_text(locale))];
            parts.push(Part::Facts(vec![(words::subject(locale).to_owned(), about.ticket.subject.clone())]));
            parts.extend(about.description().into_iter().flat_map(|message| quoted(about, message)));
            (words::participant_added(locale, by), parts)
        }
        (Kind::ColleagueReplied, Change::Replied { message_id }) => {
            (words::colleague_replied(locale, by), said(about, *message_id)?)
        }
        _ => return None,
    })
}

fn received(about: &About, row: &EventRow, by: &str) -> (String, Vec<Part>) {
    let locale = about.locale;
    let own = row.event.actor_id == Some(about.reader_id);
    let title = if own { words::received(locale).to_owned() } else { words::received_for(locale, by) };
    let facts = vec![
        (words::number(locale).to_owned(), about.ticket.key.to_string()),
        (words::subject(locale).to_owned(), about.ticket.subject.clone()),
    ];
    let wrote = if own { words::you_wrote(locale) } else { words::request_text(locale) };
    let mut parts =
        vec![Part::Text(words::received_text(locale).to_owned()), Part::Facts(facts), Part::Text(wrote.to_owned())];
    if about.ticket.channel == Channel::Mail {
        let priority = words::priority_name(locale, about.ticket.priority);
        parts.insert(1, Part::Text(words::received_by_mail(locale, priority)));
    }
    // Of their own words they know best.
    let quote = |message| if own { vec![bare(about, message)] } else { quoted(about, message) };
    parts.extend(about.description().into_iter().flat_map(quote));
    (title, parts)
}

fn closed(about: &About, by: &str, reason: CloseReason, duplicate_of: Option<&str>) -> (String, Vec<Part>) {
    let locale = about.locale;
    let more = Part::Text(words::closed_text(locale).to_owned());
    match reason {
        CloseReason::Solved => (words::closed_solved(locale, by), vec![more]),
        CloseReason::Withdrawn => (words::closed_withdrawn(locale, by), vec![more]),
        CloseReason::Duplicate => {
            let other =
                duplicate_of.filter(|key| about.sees(key)).map(|key| Part::Text(words::duplicate_text(locale, key)));
            (words::closed_duplicate(locale, by), other.into_iter().collect())
        }
        CloseReason::Expired | CloseReason::Spam => {
            (words::closed_expired(locale).to_owned(), vec![Part::Text(words::expired_text(locale).to_owned())])
        }
    }
}

fn to_staff(about: &About, kind: Kind, row: &EventRow, by: &str) -> Told {
    let locale = about.locale;
    let organisation = about.brand.name.as_str();
    Some(match (kind, &row.event.change) {
        (Kind::Raised, _) => {
            let requester = about.name(Some(about.ticket.requester_id));
            let parts = about.description().into_iter().flat_map(|message| quoted(about, message)).collect();
            (words::raised(locale, &requester, organisation), parts)
        }
        (Kind::Replied, Change::Replied { message_id }) => {
            let title = match about.message(*message_id)?.author_id {
                Some(_) => words::replied(locale, by, organisation),
                // Whether they belong to the organisation nobody knows.
                None => words::colleague_replied(locale, by),
            };
            (title, said(about, *message_id)?)
        }
        (Kind::Reopened, Change::Replied { message_id }) => (words::reopened(locale, by), said(about, *message_id)?),
        (Kind::Reopened, _) => (words::reopened(locale, by), Vec::new()),
        (Kind::Assigned, _) => (words::assigned(locale, by), Vec::new()),
        (Kind::Withdrawn, _) => (words::withdrawn(locale, by, organisation), Vec::new()),
        _ => return None,
    })
}

/// A message that this reader may read. An internal note is none to a customer: it was not even loaded.
fn said(about: &About, message_id: i64) -> Option<Vec<Part>> {
    about.message(message_id).filter(|message| !message.internal).map(|message| quoted(about, message))
}

/// Before what nobody vouches for it says so: whoever reads it may do what it asks.
fn quoted(about: &About, message: &MessageRow) -> Vec<Part> {
    let who = || if message.sender.is_empty() { about.writer(message) } else { message.sender.clone() };
    let caution = message.unverified.then(|| Part::Caution(words::unverified(about.locale, &who())));
    caution.into_iter().chain([bare(about, message)]).collect()
}

fn bare(about: &About, message: &MessageRow) -> Part {
    Part::Said { text: message.body.clone(), files: about.files(message.message_id) }
}

/// What matters most to a reader comes first: it is what the mail is called after.
pub(super) const fn rank(kind: Kind) -> u8 {
    match kind {
        Kind::Returned | Kind::Breached => 0,
        Kind::Resolved | Kind::AtRisk => 1,
        Kind::Closed | Kind::Withdrawn => 2,
        Kind::Answered | Kind::Reopened => 3,
        Kind::Replied | Kind::ColleagueReplied => 4,
        Kind::Received | Kind::Raised => 5,
        Kind::ParticipantAdded | Kind::Assigned => 6,
        Kind::PriorityChanged => 7,
        Kind::Accepted => 8,
    }
}

/// Leaves out what another block says as well: who answers is working on it, what is late is not merely at risk.
pub(super) fn without_echoes(mut blocks: Vec<Block>) -> Vec<Block> {
    let has = |kinds: &[Kind]| blocks.iter().any(|block| kinds.contains(&block.kind));
    let acted = has(&[Kind::Answered, Kind::Returned, Kind::Resolved]);
    let late = has(&[Kind::Breached]);
    blocks.retain(|block| !(acted && block.kind == Kind::Accepted || late && block.kind == Kind::AtRisk));
    blocks
}
