//! Notices that wait to be mailed: what of one person belongs together, and taking it so that it is mailed once.

use domain::actor::{Person, Role};
use domain::brand::Brand;
use domain::i18n::Locale;
use domain::notice::NoticeKind;
use domain::sla::ClockKind;
use domain::time::Instant;
use sqlx::AnyConnection;

use super::clock_from_slug;
use crate::Error;
use crate::store::account::maybe_brand;
use crate::store::sql::{Columns, Sql};

/// What becomes one mail: the notices of one person about one ticket, or all those for their daily mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bundle {
    pub(crate) user_id: i64,
    /// `None`: the daily mail.
    pub(crate) ticket_id: Option<i64>,
}

/// The bundle whose time has come longest ago.
pub(crate) async fn due(db: &mut AnyConnection, now: Instant) -> Result<Option<Bundle>, Error> {
    let row = sqlx::query(
        "SELECT user_id, ticket_id, daily FROM notification WHERE mail_at IS NOT NULL AND mail_at <= $1
          ORDER BY mail_at, notification_id LIMIT 1",
    )
    .bind(now.0)
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        let mut row = Columns::new(&row);
        let (user_id, ticket_id): (i64, i64) = (row.get()?, row.get()?);
        Ok(Bundle { user_id, ticket_id: (!row.flag()?).then_some(ticket_id) })
    })
    .transpose()
}

fn of(sql: &mut Sql, bundle: Bundle, now: Instant) {
    sql.push(" WHERE mail_at IS NOT NULL AND user_id = ").bind(bundle.user_id);
    match bundle.ticket_id {
        // Whatever else waits for the same ticket goes along: a mail goes out anyway.
        Some(ticket_id) => sql.push(" AND daily = 0 AND ticket_id = ").bind(ticket_id),
        None => sql.push(" AND daily = 1 AND mail_at <= ").bind(now.0),
    };
}

/// A notice that is being mailed.
#[derive(Clone, Debug)]
pub(crate) struct Taken {
    pub(crate) notification_id: i64,
    pub(crate) ticket_id: i64,
    pub(crate) kind: NoticeKind,
    pub(crate) event_id: Option<i64>,
    pub(crate) clock: Option<ClockKind>,
    pub(crate) due_at: Option<Instant>,
}

/// Takes a bundle, in order: whoever comes second finds nothing.
pub(crate) async fn take(db: &mut AnyConnection, bundle: Bundle, now: Instant) -> Result<Vec<Taken>, Error> {
    let mut sql = Sql::new("UPDATE notification SET mail_at = NULL");
    of(&mut sql, bundle, now);
    sql.push(" RETURNING notification_id, ticket_id, kind, event_id, clock, due_at");
    let mut taken = Vec::new();
    for row in &sql.all(db).await? {
        let mut row = Columns::new(row);
        taken.push(Taken {
            notification_id: row.get()?,
            ticket_id: row.get()?,
            kind: row.slug(NoticeKind::from_slug)?,
            event_id: row.get()?,
            clock: row.slug(clock_from_slug)?,
            due_at: row.maybe_instant()?,
        });
    }
    taken.sort_by_key(|notice| notice.notification_id);
    Ok(taken)
}

/// A bundle that cannot be put into a mail now does not keep the others waiting.
pub(crate) async fn postpone(
    db: &mut AnyConnection,
    bundle: Bundle,
    now: Instant,
    until: Instant,
) -> Result<(), Error> {
    let mut sql = Sql::new("UPDATE notification SET mail_at = ");
    sql.bind(until.0);
    of(&mut sql, bundle, now);
    sql.execute(db).await?;
    Ok(())
}

/// Which mail told these.
pub(crate) async fn told_by(db: &mut AnyConnection, notices: &[Taken], outbox_id: i64) -> Result<(), Error> {
    for notice in notices {
        sqlx::query("UPDATE notification SET outbox_id = $2 WHERE notification_id = $1")
            .bind(notice.notification_id)
            .bind(outbox_id)
            .execute(&mut *db)
            .await?;
    }
    Ok(())
}

/// Whom a mail is for.
pub(crate) struct Reader {
    pub(crate) person: Person,
    /// Of their organisation; `None` for staff.
    pub(crate) brand: Option<Brand>,
}

/// Someone who can get mail: active, and with an address that works as far as is known.
pub(crate) async fn reader(db: &mut AnyConnection, user_id: i64) -> Result<Option<Reader>, Error> {
    let mut sql = Sql::new(
        "SELECT u.user_id, u.name, u.email, u.role, u.organisation_id, u.locale, coalesce(o.own_tickets_only, 0), \
         o.name, o.key, o.hue, o.chroma, o.mark FROM user_account u \
         LEFT JOIN organisation o ON o.organisation_id = u.organisation_id \
         WHERE u.deactivated_at IS NULL AND u.bounced_at IS NULL AND u.user_id = ",
    );
    sql.bind(user_id);
    let Some(row) = sql.optional(db).await? else { return Ok(None) };
    let mut row = Columns::new(&row);
    let person = Person {
        user_id: row.get()?,
        name: row.get()?,
        email: row.get()?,
        role: row.slug(Role::from_slug)?,
        organisation_id: row.get()?,
        // The language of someone who never chose one is not known here; English is what most people read.
        locale: row.maybe_slug(Locale::from_tag)?.unwrap_or_default(),
        own_tickets_only: row.flag()?,
    };
    Ok(Some(Reader { person, brand: maybe_brand(&mut row)? }))
}
