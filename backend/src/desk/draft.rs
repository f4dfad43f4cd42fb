//! What was typed and not sent yet. A draft belongs to one person and one place (`raise/<form>`, `reply/<KEY>`, `desk/<KEY>`,
//! `desk-raise/<ORG>`) and never reaches anyone else.

use domain::actor::Actor;
use domain::problem::{FieldProblem, Problem};
use domain::time::{Instant, Millis};
use domain::view::DraftView;
use sqlx::AnyConnection;

use crate::{Backend, Error, store};

/// Longer than any place we have.
const PLACE_MAX: usize = 100;
/// All that is typed on one page; the longest field takes 20,000 characters of at most four bytes.
const ENTRIES_MAX_BYTES: usize = 256 * 1024;
/// Older ones are forgotten: no one has this many pages half-filled.
const DRAFTS_KEPT: i64 = 200;
/// How long a draft and its files wait for its writer to come back.
pub const KEPT_FOR: Millis = Millis::hours(60 * 24);

/// Whether a draft can live there.
pub(super) fn check_place(place: &str) -> Result<(), Error> {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'-' | b'_');
    if place.is_empty() || place.len() > PLACE_MAX || !place.bytes().all(plain) {
        return Err(Error::NotFound);
    }
    Ok(())
}

/// Keeps what was typed, with what the last submit found wrong. Nothing but empty fields is no draft, whoever they were
/// to be read by.
///
/// # Errors
/// [`Error::Invalid`] when it is more than any form takes.
pub async fn save(
    backend: &Backend,
    actor: &Actor,
    place: &str,
    values: Vec<(String, String)>,
    problems: Vec<FieldProblem>,
) -> Result<(), Error> {
    let person = super::person(actor)?;
    check_place(place)?;
    let mut tx = backend.store().begin().await?;
    if problems.is_empty() && values.iter().all(|(name, value)| name == "kind" || value.trim().is_empty()) {
        store::draft::discard(&mut tx, person.user_id, place).await?;
    } else {
        let entries = serde_json::to_string(&values)?;
        if entries.len() > ENTRIES_MAX_BYTES {
            return Err(Error::invalid("", Problem::TooLong(domain::form::BODY_MAX)));
        }
        let problems = serde_json::to_string(&problems)?;
        store::draft::save(&mut tx, person.user_id, place, &entries, &problems, backend.now()).await?;
        store::draft::keep_newest(&mut tx, person.user_id, DRAFTS_KEPT).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// What this person left at a place; empty when nothing.
///
/// # Errors
/// [`Error::NotFound`] when it is no place.
pub async fn load(backend: &Backend, actor: &Actor, place: &str) -> Result<DraftView, Error> {
    let person = super::person(actor)?;
    check_place(place)?;
    let mut snapshot = backend.store().snapshot().await?;
    view(&mut snapshot, person.user_id, place).await
}

/// Throws away what was typed and the files that wait with it.
///
/// # Errors
/// [`Error::NotFound`] when it is no place.
pub async fn discard(backend: &Backend, actor: &Actor, place: &str) -> Result<(), Error> {
    let person = super::person(actor)?;
    check_place(place)?;
    let mut tx = backend.store().begin().await?;
    store::draft::discard(&mut tx, person.user_id, place).await?;
    let mut paths = Vec::new();
    for file in store::file::staged(&mut tx, person.user_id, place).await? {
        paths.extend(store::file::remove_staged(&mut tx, person.user_id, file.id).await?);
    }
    tx.commit().await?;
    super::file::remove_from_disk(backend, &paths).await;
    Ok(())
}

pub(super) async fn view(db: &mut AnyConnection, user_id: i64, place: &str) -> Result<DraftView, Error> {
    let files = store::file::staged(db, user_id, place).await?;
    let Some((entries, problems, saved_at)) = store::draft::load(db, user_id, place).await? else {
        return Ok(DraftView { files, ..DraftView::default() });
    };
    Ok(DraftView {
        values: serde_json::from_str(&entries)?,
        files,
        saved_at: Some(saved_at),
        problems: serde_json::from_str(&problems)?,
    })
}

/// Forgets drafts, and files that were never sent, after [`KEPT_FOR`]. Safe to run at any time, by any process. How many
/// files went.
///
/// # Errors
/// When the database does not answer.
pub async fn sweep(backend: &Backend) -> Result<usize, Error> {
    let before: Instant = backend.now() - KEPT_FOR;
    let mut tx = backend.store().begin().await?;
    store::draft::forget(&mut tx, before).await?;
    store::ticket::forget_nonces(&mut tx, before).await?;
    let paths = store::file::remove_abandoned(&mut tx, before).await?;
    tx.commit().await?;
    super::file::remove_from_disk(backend, &paths).await;
    Ok(paths.len())
}
