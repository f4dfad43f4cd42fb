//! What people are told: writing it down for each of them as part of a change ([`tell`]), the notification centre, how they
//! want to be told, and ending mails by one click. Composing the mails themselves is `mail::compose`.

use domain::actor::{Actor, Role};
use domain::notice::{Delivery, NoticeKind};
use domain::sla::ClockKind;
use domain::time::{Instant, Millis};
use domain::view::notice::{NoticeRow, NoticesView};
use domain::zone::Zone;
use sqlx::AnyConnection;

use crate::store::notification::{self as rows, NewNotice, Read};
use crate::store::organisation::PersonRow;
use crate::{Backend, Error, policy, store};

mod preference;

pub use preference::{Ending, address_works, preferences, read_unsubscribe, resubscribe, set_preferences, unsubscribe};

/// Several events on a ticket within so long become one mail.
pub const WAIT: Millis = Millis::seconds(30);
/// When daily mails leave, on the support desk's wall clock.
const DIGEST_AT: Millis = Millis::hours(8);
/// Rows of a page.
const ROWS: i64 = 50;
/// What was told so long ago helps no one any more.
const KEPT: Millis = Millis(90 * Millis::DAY.0);

/// What a notice is about.
#[derive(Clone, Copy, Debug)]
pub(super) struct About {
    pub(super) ticket_id: i64,
    /// `None` for warnings.
    pub(super) event_id: Option<i64>,
    /// Of warnings: the clock and its due time.
    pub(super) clock: Option<(ClockKind, Instant)>,
}

/// Writes down that these people are to be told, in the transaction of what they are told of. Those who left are not.
pub(super) async fn tell(
    db: &mut AnyConnection,
    kind: NoticeKind,
    people: &[i64],
    about: About,
    zone: &Zone,
    now: Instant,
) -> Result<(), Error> {
    for wants in rows::wants(db, people, kind).await? {
        let (mail_at, daily) = mail_at(kind, wants.delivery, zone, now);
        let new = NewNotice {
            user_id: wants.user_id,
            ticket_id: about.ticket_id,
            kind,
            event_id: about.event_id,
            clock: about.clock,
            created_at: now,
            mail_at: mail_at.filter(|_| !wants.bounced),
            daily,
        };
        rows::insert(db, new).await?;
    }
    Ok(())
}

/// When a notice of now may leave by mail, and whether with the daily one.
fn mail_at(kind: NoticeKind, chosen: Option<Delivery>, zone: &Zone, now: Instant) -> (Option<Instant>, bool) {
    match chosen.filter(|_| kind.may_be_ended()).unwrap_or_default() {
        // Whoever has just sent a request waits for the confirmation.
        Delivery::Now if kind == NoticeKind::Received => (Some(now), false),
        Delivery::Now => (Some(now + WAIT), false),
        Delivery::Daily => (Some(next_digest(zone, now)), true),
        Delivery::Portal => (None, false),
    }
}

/// The next eight o'clock of the zone, after now.
fn next_digest(zone: &Zone, now: Instant) -> Instant {
    let on = |day: i64| zone.instants_of(day * Millis::DAY.0 + DIGEST_AT.0).0;
    let today = zone.civil(now).day_number;
    if on(today) > now { on(today) } else { on(today + 1) }
}

/// Who is told of what happens at the desk: the assignee; without one who is still here, all agents; where there is
/// none, all staff.
pub(super) async fn desk(db: &mut AnyConnection, assignee_id: Option<i64>) -> Result<Vec<i64>, Error> {
    let staff = store::organisation::staff(db).await?;
    let is = |person: &&PersonRow| Some(person.view.id) == assignee_id;
    let agent = |person: &&PersonRow| person.view.role == Role::Agent;
    let ids = |people: Vec<&PersonRow>| people.into_iter().map(|person| person.view.id).collect();
    if staff.iter().any(|person| is(&person)) {
        return Ok(ids(staff.iter().filter(is).collect()));
    }
    if staff.iter().any(|person| agent(&person)) {
        return Ok(ids(staff.iter().filter(agent).collect()));
    }
    Ok(ids(staff.iter().collect()))
}

/// One's own notices: unread ones first, then by age. `after` is a page's `next`; anything else is the first page.
///
/// # Errors
/// [`Error::NotFound`] for the system; when the database does not answer.
pub async fn list(backend: &Backend, actor: &Actor, after: &str) -> Result<NoticesView, Error> {
    let me = me(actor)?;
    let now = backend.now();
    let mut db = backend.store().snapshot().await?;
    let mut found = rows::list(&mut db, actor.scope(), me, cursor(after), ROWS + 1).await?;
    let more = found.len() as i64 > ROWS;
    found.truncate(ROWS as usize);
    Ok(NoticesView {
        now,
        next: found.last().filter(|_| more).map(next),
        rows: found,
        unread: rows::unread(&mut db, actor.scope(), me).await?,
        zone: policy::calendars(backend, &mut db).await?.zone(now),
    })
}

fn me(actor: &Actor) -> Result<i64, Error> {
    actor.user_id().ok_or(Error::NotFound)
}

fn next(row: &NoticeRow) -> String {
    [if row.read { "r" } else { "u" }, &row.id.to_string()].concat()
}

fn cursor(text: &str) -> Option<(bool, i64)> {
    let (read, id) = text.strip_prefix('u').map(|id| (false, id)).or(text.strip_prefix('r').map(|id| (true, id)))?;
    Some((read, id.parse().ok()?))
}

/// How many notices one has not read.
///
/// # Errors
/// [`Error::NotFound`] for the system; when the database does not answer.
pub async fn unread(backend: &Backend, actor: &Actor) -> Result<i64, Error> {
    let mut db = backend.store().read().await?;
    rows::unread(&mut db, actor.scope(), me(actor)?).await
}

/// One was read.
///
/// # Errors
/// [`Error::NotFound`] for what is not one's own.
pub async fn mark_read(backend: &Backend, actor: &Actor, notification_id: i64) -> Result<(), Error> {
    let me = me(actor)?;
    let mut tx = backend.store().begin().await?;
    if !rows::mark_read(&mut tx, me, Read::One(notification_id), backend.now()).await? {
        return Err(Error::NotFound);
    }
    tx.commit().await?;
    Ok(())
}

/// One's notices of a ticket were read, because the ticket was.
///
/// # Errors
/// [`Error::NotFound`] for a ticket one may not see.
pub async fn mark_ticket_read(backend: &Backend, actor: &Actor, key: &str) -> Result<(), Error> {
    let me = me(actor)?;
    let key = domain::ticket::TicketKey::parse(key).ok_or(Error::NotFound)?;
    let mut tx = backend.store().begin().await?;
    let ticket = store::ticket::find(&mut tx, actor.scope(), &key).await?.ok_or(Error::NotFound)?;
    rows::mark_read(&mut tx, me, Read::Ticket(ticket.ticket_id), backend.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// All were read.
///
/// # Errors
/// [`Error::NotFound`] for the system; when the database does not answer.
pub async fn mark_all_read(backend: &Backend, actor: &Actor) -> Result<(), Error> {
    let me = me(actor)?;
    let mut tx = backend.store().begin().await?;
    rows::mark_read(&mut tx, me, Read::All, backend.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// Forgets notices of long ago.
pub(crate) async fn sweep(backend: &Backend) -> Result<u64, Error> {
    let mut tx = backend.store().begin().await?;
    let swept = rows::sweep(&mut tx, backend.now() - KEPT).await?;
    tx.commit().await?;
    Ok(swept)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Amsterdam around the summer time of 2026.
    fn zone() -> Zone {
        let offsets = vec![(Instant(1_761_440_400_000), 3_600), (Instant(1_774_746_000_000), 7_200)];
        Zone { name: "Europe/Amsterdam".to_owned(), offsets }
    }

    #[test]
    fn the_daily_mail_is_of_the_next_eight_o_clock_also_when_the_clock_was_put_forward() {
        // Monday 20 April 2026, 08:00 in Amsterdam.
        let eight = Instant(1_776_664_800_000);
        assert_eq!(next_digest(&zone(), eight - Millis(1)), eight);
        assert_eq!(next_digest(&zone(), eight), eight + Millis::DAY);
        // Saturday 28 March 20:00; the night is an hour short.
        let saturday = Instant(1_774_724_400_000);
        assert_eq!(next_digest(&zone(), saturday), saturday + Millis::hours(11));
    }

    #[test]
    fn a_confirmation_leaves_at_once_and_cannot_be_put_off() {
        let now = Instant(1_776_672_000_000);
        for chosen in [None, Some(Delivery::Daily), Some(Delivery::Portal)] {
            assert_eq!(mail_at(NoticeKind::Received, chosen, &zone(), now), (Some(now), false));
            assert_eq!(mail_at(NoticeKind::Returned, chosen, &zone(), now), (Some(now + WAIT), false));
        }
        assert_eq!(mail_at(NoticeKind::Answered, Some(Delivery::Portal), &zone(), now), (None, false));
        assert!(mail_at(NoticeKind::Answered, Some(Delivery::Daily), &zone(), now).1);
    }
}
