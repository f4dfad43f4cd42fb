//! Attachments: staged one by one while someone writes, sent along with the message, downloaded by whoever may read it.

use std::path::{Path, PathBuf};

use bytes::Bytes;
use domain::actor::Actor;
use domain::form::{FILE_MAX_BYTES, FILE_MAX_MB, FILES_MAX};
use domain::problem::Problem;
use domain::view::FileView;
use sha2::{Digest, Sha256};

pub use super::draft::sweep;
use super::{draft, text};
use crate::store::event::Audience;
use crate::{Backend, Error, random, store};

/// Files one person may have waiting in all places together; more is not writing but storing.
const STAGED_MAX: i64 = 100;

/// A file to be sent to whoever may have it.
#[derive(Clone, Debug)]
pub struct FileContent {
    pub name: String,
    /// As its uploader's browser named it: shown, never trusted.
    pub media_type: String,
    pub bytes: i64,
    pub path: PathBuf,
}

/// Takes a file in; it goes with the next thing sent from `place`. On the disk before this returns.
///
/// # Errors
/// [`Error::Invalid`] on the field `files` when it is empty, too large, or one too many.
pub async fn stage(
    backend: &Backend,
    actor: &Actor,
    place: &str,
    name: &str,
    media_type: &str,
    bytes: Bytes,
) -> Result<FileView, Error> {
    let person = super::person(actor)?;
    draft::check_place(place)?;
    let name = text::file_name(name);
    if bytes.is_empty() {
        return Err(Error::invalid("files", Problem::FileEmpty { name }));
    }
    if bytes.len() as u64 > FILE_MAX_BYTES {
        return Err(Error::invalid("files", Problem::FileTooLarge { name, limit_mb: FILE_MAX_MB }));
    }
    let media_type = text::media_type(media_type);
    let size = i64::try_from(bytes.len()).map_err(Error::internal)?;
    refuse_too_many(backend, person.user_id, place).await?;

    let token = hex(&random::bytes::<16>()?);
    let path = [&token[..2], "/", &token].concat();
    let full = backend.config().files().join(&path);
    let sha256 = tokio::task::spawn_blocking(move || write(&full, &bytes))
        .await
        .map_err(Error::internal)?
        .map_err(Error::internal)?;

    let mut tx = backend.store().begin().await?;
    let file = store::file::NewFile {
        uploader_id: person.user_id,
        place,
        name: &name,
        media_type: &media_type,
        bytes: size,
        sha256: &sha256,
        path: &path,
        now: backend.now(),
    };
    let id = store::file::insert(&mut tx, &file).await?;
    tx.commit().await?;
    Ok(FileView { id, name, bytes: size, media_type, inline: false })
}

async fn refuse_too_many(backend: &Backend, user_id: i64, place: &str) -> Result<(), Error> {
    let mut snapshot = backend.store().snapshot().await?;
    let (here, everywhere) = store::file::count_staged(&mut snapshot, user_id, place).await?;
    if here >= i64::from(FILES_MAX) || everywhere >= STAGED_MAX {
        return Err(Error::invalid("files", Problem::TooManyFiles(FILES_MAX)));
    }
    Ok(())
}

/// Writes a new file so that it survives a power failure; gives its SHA-256.
fn write(path: &Path, bytes: &[u8]) -> std::io::Result<String> {
    use std::io::Write;
    let folder = path.parent().unwrap_or(path);
    std::fs::create_dir_all(folder)?;
    let mut file = std::fs::File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    // The name in the folder must last too, and the folder's in its own.
    for folder in folder.ancestors().take(2) {
        std::fs::File::open(folder)?.sync_all()?;
    }
    Ok(hex(&Sha256::digest(bytes)))
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes.iter().flat_map(|byte| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
    digits.map(char::from).collect()
}

/// Takes a file back that was not sent yet.
///
/// # Errors
/// [`Error::NotFound`] when it is not this person's, or was sent.
pub async fn unstage(backend: &Backend, actor: &Actor, file_id: i64) -> Result<(), Error> {
    let person = super::person(actor)?;
    let mut tx = backend.store().begin().await?;
    let path = store::file::remove_staged(&mut tx, person.user_id, file_id).await?.ok_or(Error::NotFound)?;
    tx.commit().await?;
    remove_from_disk(backend, &[path]).await;
    Ok(())
}

/// The file, if this person staged it or may read the message it belongs to.
///
/// # Errors
/// [`Error::NotFound`] otherwise.
pub async fn open(backend: &Backend, actor: &Actor, file_id: i64) -> Result<FileContent, Error> {
    let person = super::person(actor)?;
    let mut snapshot = backend.store().snapshot().await?;
    let audience = Audience::of(actor);
    let found = store::file::find(&mut snapshot, actor.scope(), audience, person.user_id, file_id).await?;
    let (file, path) = found.ok_or(Error::NotFound)?;
    Ok(FileContent {
        name: file.name,
        media_type: file.media_type,
        bytes: file.bytes,
        path: backend.config().files().join(path),
    })
}

/// After the rows are gone. What cannot be removed is left over, which harms no one.
pub(super) async fn remove_from_disk(backend: &Backend, paths: &[String]) {
    for path in paths {
        if let Err(error) = tokio::fs::remove_file(backend.config().files().join(path)).await {
            tracing::warn!(%error, path, "could not remove a file");
        }
    }
}
