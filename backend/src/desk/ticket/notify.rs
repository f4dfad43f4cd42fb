//! Mail about tickets, put into the outbox by the transaction that it tells about.

use domain::i18n::Locale;
use domain::sla::ClockKind;
use domain::view::desk::ComposeKind;

use super::work::Work;
use crate::mail::{self, Mail};
use crate::store::organisation::PersonRow;
use crate::{Error, store, words};

/// Tells the requester that the request has arrived, and what is promised.
pub(super) async fn received(work: &mut Work<'_>) -> Result<(), Error> {
    let clocks = work.clocks();
    let due = |kind| super::clocks::due_at(&work.policy.calendars, &clocks, kind, work.now);
    let (review, resolution) = (due(ClockKind::Review), due(ClockKind::Resolution));
    let zone = work.policy.calendar.zone().clone();
    let requester_id = work.ticket.requester_id;
    for person in recipients(work, &[requester_id]).await? {
        let locale = locale(&person);
        let mut body = words::mail_greeting(locale, &person.view.name);
        body.push_str("\n\n");
        body.push_str(&words::mail_received(locale, &work.ticket.key.to_string(), &work.ticket.subject));
        body.push_str("\n\n");
        if let Some(at) = review {
            body.push_str(&words::mail_reviewed_before(locale, &words::moment(locale, &zone, at)));
            body.push('\n');
        }
        if let Some(at) = resolution {
            body.push_str(&words::mail_resolved_before(locale, &words::moment(locale, &zone, at)));
            body.push('\n');
        }
        let subject = words::mail_received_subject(locale, &work.ticket.key.to_string(), &work.ticket.subject);
        send(work, &person, "ticket_received", &subject, &body).await?;
    }
    Ok(())
}

/// Tells the requester and the participants what support wrote publicly.
pub(super) async fn wrote(work: &mut Work<'_>, kind: ComposeKind, text: &str) -> Result<(), Error> {
    let mut to = store::ticket::participants(&mut work.tx, &work.ticket).await?;
    to.push(work.ticket.requester_id);
    let key = work.ticket.key.to_string();
    let by = work.actor.person().map_or("", |person| person.name.as_str()).to_owned();
    for person in recipients(work, &to).await? {
        let locale = locale(&person);
        let (name, subject, said) = match kind {
            ComposeKind::Return => (
                "ticket_returned",
                words::mail_returned_subject(locale, &key, &work.ticket.subject),
                words::mail_returned(locale, &by),
            ),
            ComposeKind::Resolve => (
                "ticket_resolved",
                words::mail_resolved_subject(locale, &key, &work.ticket.subject),
                words::mail_resolved(locale, &by),
            ),
            ComposeKind::Answer => (
                "ticket_answered",
                words::mail_answered_subject(locale, &key, &work.ticket.subject),
                words::mail_answered(locale, &by),
            ),
            // A note is no one's outside.
            ComposeKind::Note => return Ok(()),
        };
        let mut body = words::mail_greeting(locale, &person.view.name);
        for part in ["\n\n", &said, "\n\n", text, "\n"] {
            body.push_str(part);
        }
        if matches!(kind, ComposeKind::Resolve) {
            body.push('\n');
            body.push_str(words::mail_resolved_next(locale));
            body.push('\n');
        }
        send(work, &person, name, &subject, &body).await?;
    }
    Ok(())
}

async fn recipients(work: &mut Work<'_>, ids: &[i64]) -> Result<Vec<PersonRow>, Error> {
    let people = store::organisation::people(&mut work.tx, ids.iter().copied()).await?;
    let mut people: Vec<PersonRow> = people.into_values().filter(|person| person.active).collect();
    people.sort_by_key(|person| person.view.id);
    Ok(people)
}

/// The language of someone who never chose one is not known here; English is what most people read.
fn locale(person: &PersonRow) -> Locale {
    person.locale.unwrap_or_default()
}

async fn send(work: &mut Work<'_>, to: &PersonRow, kind: &str, subject: &str, body: &str) -> Result<(), Error> {
    let url = [&work.backend.config().base_url, "/requests/", &work.ticket.key.to_string()].concat();
    let body = [body, "\n", &url, "\n"].concat();
    let mail = Mail {
        kind,
        to_email: &to.email,
        to_name: &to.view.name,
        subject,
        body: &body,
        ticket_id: Some(work.ticket.ticket_id),
    };
    mail::enqueue(&mut work.tx, work.now, mail).await
}
