//! The calendar feed of an agent's own deadlines: a secret address that any calendar program reads, shown once, replaced or
//! revoked at will.

use domain::actor::{Actor, Person};
use domain::i18n::Locale;
use domain::sla::ClockKind;
use domain::time::Millis;
use domain::view::admin::{FeedAddress, FeedView};

use super::account::fingerprint;
use super::ticket;
use crate::store::feed as rows;
use crate::store::ticket::{Open, OpenRow};
use crate::{Backend, Error, policy, random, store};

mod ics;

/// Longer secrets were never given out; no need to hash a path of megabytes.
const TOKEN_MAX: usize = 64;
/// How often a feed's last use is written down, at most.
const TOUCH_EVERY: Millis = Millis::HOUR;

domain::catalogue! {
    name => "Loket: my deadlines", "Loket: mijn deadlines";
    review_due(key: &str, subject: &str) => "Review {key}: {subject}", "Beoordelen {key}: {subject}";
    resolution_due(key: &str, subject: &str) => "Resolve {key}: {subject}", "Oplossen {key}: {subject}";
    next_response_due(key: &str, subject: &str) => "Answer {key}: {subject}", "{key} beantwoorden: {subject}";
}

/// Feeds exist for staff alone.
fn staff(actor: &Actor) -> Result<&Person, Error> {
    actor.person().filter(|person| person.role.is_staff()).ok_or(Error::NotFound)
}

/// Whether one has a feed. Its address is not known any more.
///
/// # Errors
/// [`Error::NotFound`] for customers.
pub async fn read(backend: &Backend, actor: &Actor) -> Result<FeedView, Error> {
    let me = staff(actor)?.user_id;
    let mut db = backend.store().snapshot().await?;
    let feed = rows::find(&mut db, me).await?;
    Ok(FeedView {
        made_at: feed.map(|(made_at, _)| made_at),
        read_at: feed.and_then(|(_, read_at)| read_at),
        zone: policy::calendars(backend, &mut db).await?.zone(backend.now()),
    })
}

/// Makes a feed and gives its address, this once. The address of before leads nowhere from now on.
///
/// # Errors
/// [`Error::NotFound`] for customers.
pub async fn make(backend: &Backend, actor: &Actor) -> Result<FeedAddress, Error> {
    let me = staff(actor)?.user_id;
    let token = random::token::<32>()?;
    let mut tx = backend.store().begin().await?;
    rows::replace(&mut tx, me, &fingerprint(&token), backend.now()).await?;
    tx.commit().await?;
    Ok(FeedAddress { url: [&backend.config().base_url, "/feeds/", &token, "/deadlines.ics"].concat() })
}

/// The address leads nowhere from now on.
///
/// # Errors
/// [`Error::NotFound`] for customers.
pub async fn revoke(backend: &Backend, actor: &Actor) -> Result<(), Error> {
    let me = staff(actor)?.user_id;
    let mut tx = backend.store().begin().await?;
    rows::delete(&mut tx, me).await?;
    tx.commit().await?;
    Ok(())
}

/// The feed of whoever has this secret: an iCalendar object (RFC 5545) with an event at each deadline of their open tickets.
///
/// # Errors
/// [`Error::NotFound`], whether the secret was revoked, replaced, never given out, or its owner is gone.
pub async fn deadlines(backend: &Backend, token: &str) -> Result<String, Error> {
    if token.len() > TOKEN_MAX {
        return Err(Error::NotFound);
    }
    let now = backend.now();
    let mut db = backend.store().snapshot().await?;
    let reader = rows::reader(&mut db, &fingerprint(token)).await?.ok_or(Error::NotFound)?;
    let tickets = store::ticket::open(&mut db, Open::Of(reader.user_id)).await?;
    let calendars = policy::calendars(backend, &mut db).await?;
    drop(db);
    if reader.read_at.is_none_or(|read_at| now.since(read_at) >= TOUCH_EVERY) {
        touch(backend, reader.user_id).await;
    }
    let locale = reader.locale.unwrap_or_default();
    let base_url = &backend.config().base_url;
    let mut calendar = ics::Calendar::new(name(locale), base_url, now);
    for row in &tickets {
        let response_due_at = ticket::response_due_at(&calendars, &row.clocks, row.last_at);
        let due = [row.review_due_at, row.resolution_due_at, response_due_at];
        for (clock, due_at) in ClockKind::ALL.into_iter().zip(due) {
            let running = row.clocks.get(clock).stopped_at.is_none();
            if let Some(due_at) = due_at.filter(|_| running) {
                let key = row.key.to_string();
                let url = [base_url, "/desk/", &key].concat();
                let id = [&key, "-", clock.slug()].concat();
                calendar.event(&id, due_at, &summary(locale, row, clock), &url);
            }
        }
    }
    Ok(calendar.finish())
}

fn summary(locale: Locale, row: &OpenRow, clock: ClockKind) -> String {
    let key = row.key.to_string();
    match clock {
        ClockKind::Review => review_due(locale, &key, &row.subject),
        ClockKind::Resolution => resolution_due(locale, &key, &row.subject),
        ClockKind::NextResponse => next_response_due(locale, &key, &row.subject),
    }
}

/// Reading must not fail because this could not be written.
async fn touch(backend: &Backend, user_id: i64) {
    let write = async {
        let mut tx = backend.store().begin().await?;
        rows::was_read(&mut tx, user_id, backend.now()).await?;
        tx.commit().await.map_err(Error::from)
    };
    if let Err(error) = write.await {
        tracing::warn!(%error, "a feed's last use could not be written");
    }
}
