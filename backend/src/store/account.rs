//! People, their sessions, the links mailed to them, and the tries that are counted against them. Hashes only: no token
//! and no password is ever stored.

use domain::actor::Role;
use domain::brand::{Brand, Mark};
use domain::i18n::Locale;
use domain::time::{Instant, Millis};
use domain::view::account::{DemoAccount, MemberLine, MemberState, SessionLine};
use sqlx::AnyConnection;

use super::Dialect;
use super::sql::{Columns, Sql};
use crate::Error;

mod around;
mod person;
mod token;

pub(crate) use around::around;
pub(crate) use person::*;
pub(crate) use token::*;

/// A session and whose it is.
pub(crate) struct SessionRow {
    pub(crate) session_id: i64,
    pub(crate) seen_at: Instant,
    pub(crate) user_id: i64,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) role: Role,
    pub(crate) organisation_id: Option<i64>,
    pub(crate) locale: Option<Locale>,
    pub(crate) brand: Option<Brand>,
    pub(crate) own_tickets_only: bool,
}

/// The session of a token, if it still holds and its person is still here.
pub(crate) async fn find_session(
    connection: &mut AnyConnection,
    token_hash: &str,
    now: Instant,
) -> Result<Option<SessionRow>, Error> {
    let mut sql = Sql::new(
        "SELECT s.session_id, s.seen_at, u.user_id, u.name, u.email, u.role, u.organisation_id, u.locale, \
         coalesce(o.own_tickets_only, 0), o.name, o.key, o.hue, o.chroma, o.mark \
         FROM session s JOIN user_account u ON u.user_id = s.user_id \
         LEFT JOIN organisation o ON o.organisation_id = u.organisation_id WHERE s.token_hash = ",
    );
    sql.bind(token_hash.to_owned()).push(" AND s.expires_at > ").bind(now.0).push(" AND u.deactivated_at IS NULL");
    let Some(row) = sql.optional(connection).await? else { return Ok(None) };
    let mut c = Columns::new(&row);
    Ok(Some(SessionRow {
        session_id: c.get()?,
        seen_at: c.instant()?,
        user_id: c.get()?,
        name: c.get()?,
        email: c.get()?,
        role: c.slug(Role::from_slug)?,
        organisation_id: c.get()?,
        locale: c.maybe_slug(Locale::from_tag)?,
        own_tickets_only: c.flag()?,
        brand: maybe_brand(&mut c)?,
    }))
}

/// Name, key, hue, chroma and mark, all from an outer join.
pub(crate) fn maybe_brand(c: &mut Columns<'_>) -> Result<Option<Brand>, Error> {
    let name: Option<String> = c.get()?;
    let key: Option<String> = c.get()?;
    let hue: Option<i64> = c.get()?;
    let chroma: Option<i64> = c.get()?;
    let mark = c.maybe_slug(Mark::from_slug)?;
    Ok(match (name, key, mark) {
        (Some(name), Some(key), Some(mark)) => Some(Brand {
            name,
            key,
            hue: u16::try_from(hue.unwrap_or_default()).unwrap_or_default(),
            chroma: u16::try_from(chroma.unwrap_or_default()).unwrap_or_default(),
            mark,
        }),
        _ => None,
    })
}

pub(crate) async fn touch_session(
    connection: &mut AnyConnection,
    session_id: i64,
    seen_at: Instant,
    expires_at: Instant,
) -> Result<(), Error> {
    let mut sql = Sql::new("UPDATE session SET seen_at = ");
    sql.bind(seen_at.0).push(", expires_at = ").bind(expires_at.0).push(" WHERE session_id = ").bind(session_id);
    sql.execute(connection).await?;
    Ok(())
}

pub(crate) struct NewSessionRow<'a> {
    pub(crate) user_id: i64,
    pub(crate) token_hash: &'a str,
    pub(crate) device: &'a str,
    pub(crate) address: &'a str,
    pub(crate) now: Instant,
    pub(crate) expires_at: Instant,
}

pub(crate) async fn insert_session(connection: &mut AnyConnection, new: NewSessionRow<'_>) -> Result<(), Error> {
    let mut sql = Sql::new(
        "INSERT INTO session (user_id, token_hash, device, address, created_at, seen_at, expires_at) VALUES (",
    );
    sql.bind(new.user_id).push(", ").bind(new.token_hash.to_owned()).push(", ").bind(new.device.to_owned());
    sql.push(", ").bind(new.address.to_owned()).push(", ").bind(new.now.0).push(", ").bind(new.now.0);
    sql.push(", ").bind(new.expires_at.0).push(")");
    sql.execute(connection).await?;
    Ok(())
}

pub(crate) async fn delete_session(connection: &mut AnyConnection, token_hash: &str) -> Result<(), Error> {
    let mut sql = Sql::new("DELETE FROM session WHERE token_hash = ");
    sql.bind(token_hash.to_owned());
    sql.execute(connection).await?;
    Ok(())
}

/// All sessions of a person, except the one of `keep` if given.
pub(crate) async fn delete_sessions(
    connection: &mut AnyConnection,
    user_id: i64,
    keep: Option<&str>,
) -> Result<(), Error> {
    let mut sql = Sql::new("DELETE FROM session WHERE user_id = ");
    sql.bind(user_id);
    if let Some(keep) = keep {
        sql.push(" AND token_hash <> ").bind(keep.to_owned());
    }
    sql.execute(connection).await?;
    Ok(())
}

/// The places where a person is signed in, latest used first.
pub(crate) async fn sessions(
    connection: &mut AnyConnection,
    user_id: i64,
    current: &str,
    now: Instant,
) -> Result<Vec<SessionLine>, Error> {
    let mut sql = Sql::new("SELECT token_hash, device, created_at, seen_at FROM session WHERE user_id = ");
    sql.bind(user_id).push(" AND expires_at > ").bind(now.0).push(" ORDER BY seen_at DESC, session_id DESC LIMIT 50");
    let rows = sql.all(connection).await?;
    rows.iter()
        .map(|row| {
            let mut c = Columns::new(row);
            Ok(SessionLine {
                current: c.get::<&str>()? == current,
                device: c.get()?,
                signed_in_at: c.instant()?,
                last_seen_at: c.instant()?,
            })
        })
        .collect()
}

/// What is known of something that someone signs in with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Device {
    /// The first one that this person ever used.
    First,
    Known,
    New,
}

/// Remembers a device; says what was known of it until now.
pub(crate) async fn see_device(
    connection: &mut AnyConnection,
    user_id: i64,
    device: &str,
    now: Instant,
) -> Result<Device, Error> {
    let mut sql = Sql::new("SELECT CASE WHEN device = ");
    sql.bind(device.to_owned()).push(" THEN 1 ELSE 0 END AS same FROM known_device WHERE user_id = ").bind(user_id);
    sql.push(" ORDER BY same DESC LIMIT 1");
    let known = match sql.optional(connection).await? {
        None => Device::First,
        Some(row) if Columns::new(&row).flag()? => Device::Known,
        Some(_) => Device::New,
    };
    let mut sql = Sql::new("INSERT INTO known_device (user_id, device, seen_at) VALUES (");
    sql.bind(user_id).push(", ").bind(device.to_owned()).push(", ").bind(now.0);
    sql.push(") ON CONFLICT (user_id, device) DO UPDATE SET seen_at = excluded.seen_at");
    sql.execute(connection).await?;
    Ok(known)
}

/// Makes others who count tries of this subject wait until this transaction ends: else many at once would each see few.
pub(crate) async fn lock_tries(connection: &mut AnyConnection, dialect: Dialect, subject: &str) -> Result<(), Error> {
    // SQLite has one writer at a time anyway.
    if dialect == Dialect::Postgres {
        let mut sql = Sql::new("SELECT 1 FROM pg_advisory_xact_lock(hashtext(");
        sql.bind(subject.to_owned()).push("))");
        sql.execute(connection).await?;
    }
    Ok(())
}

/// The instant of the oldest try since `since`, when there were at least `tries` of them.
pub(crate) async fn tries_used_up(
    connection: &mut AnyConnection,
    subject: &str,
    since: Instant,
    tries: i64,
) -> Result<Option<Instant>, Error> {
    let mut sql = Sql::new("SELECT tried_at FROM sign_in_attempt WHERE subject = ");
    // Of the latest `tries`, the oldest: when that one is forgotten there is room again.
    sql.bind(subject.to_owned()).push(" AND tried_at > ").bind(since.0);
    sql.push(" ORDER BY tried_at DESC LIMIT 1 OFFSET ").bind(tries - 1);
    sql.optional(connection).await?.map(|row| Columns::new(&row).instant()).transpose()
}

pub(crate) async fn insert_try(connection: &mut AnyConnection, subject: &str, now: Instant) -> Result<i64, Error> {
    let mut sql = Sql::new("INSERT INTO sign_in_attempt (subject, tried_at) VALUES (");
    sql.bind(subject.to_owned()).push(", ").bind(now.0).push(") RETURNING sign_in_attempt_id");
    Columns::new(&sql.one(connection).await?).get()
}

pub(crate) async fn delete_try(connection: &mut AnyConnection, id: i64) -> Result<(), Error> {
    let mut sql = Sql::new("DELETE FROM sign_in_attempt WHERE sign_in_attempt_id = ");
    sql.bind(id);
    sql.execute(connection).await?;
    Ok(())
}

/// Removes what nobody can use any more: sessions and links that have ended, tries that no limit looks at.
pub(crate) async fn sweep(connection: &mut AnyConnection, now: Instant, tries_before: Instant) -> Result<u64, Error> {
    let mut swept = 0;
    for (table, at) in [
        ("session WHERE expires_at <= ", now),
        // Kept a day longer, for whoever wonders why a link does not work.
        ("link_token WHERE expires_at <= ", now - Millis::DAY),
        ("sign_in_attempt WHERE tried_at <= ", tries_before),
    ] {
        let mut sql = Sql::new("DELETE FROM ");
        sql.push(table).bind(at.0);
        swept += sql.execute(connection).await?;
    }
    Ok(swept)
}
