//! Bytes of messages and of what comes along with them: files named by their SHA-256 below `LOKET_DATA/files/mail`, so that
//! writing one twice is writing it once. What a failed transaction leaves here harms no one and is found again by the next.

use std::path::Path;

use bytes::Bytes;
use domain::form::{FILE_MAX_BYTES, FILE_MAX_MB, FILES_MAX};
use domain::i18n::Locale;
use sha2::{Digest, Sha256};

use super::words;
use crate::desk::text;
use crate::desk::ticket::Enclosed;
use crate::{Backend, Error};

/// A file that is on the disk.
pub(super) struct Stored {
    pub(super) sha256: String,
    /// Below `LOKET_DATA/files`.
    pub(super) path: String,
    pub(super) bytes: i64,
}

pub(super) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// On the disk before this returns, also after a power failure.
pub(super) async fn store(backend: &Backend, bytes: Bytes) -> Result<Stored, Error> {
    let folder = backend.config().files();
    let work = move || {
        let sha256 = sha256(&bytes);
        let path = ["mail/", &sha256[..2], "/", &sha256].concat();
        write(&folder, &path, &bytes)?;
        Ok::<_, std::io::Error>(Stored { sha256, path, bytes: i64::try_from(bytes.len()).unwrap_or(i64::MAX) })
    };
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)?.map_err(|error| {
        // A full disk may have room tomorrow: whoever brings the message tries again.
        tracing::error!(%error, "a message could not be written to the disk");
        Error::Unavailable
    })
}

fn write(folder: &Path, path: &str, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write;
    let full = folder.join(path);
    let parent = full.parent().unwrap_or(folder);
    std::fs::create_dir_all(parent)?;
    if std::fs::metadata(&full).is_ok_and(|there| there.len() == bytes.len() as u64) {
        // Renamed into place, so it is whole; perhaps its name is not yet on the disk.
        std::fs::File::open(&full)?.sync_all()?;
    } else {
        let mut partial = tempfile(&full)?;
        partial.1.write_all(bytes)?;
        partial.1.sync_all()?;
        std::fs::rename(&partial.0, &full)?;
    }
    // The name in the folder must last too, and the folder's in its own, up to the one that holds all files.
    for ancestor in parent.ancestors().take(3) {
        std::fs::File::open(ancestor)?.sync_all()?;
    }
    Ok(())
}

/// A new file beside: two processes may write the same message at once.
fn tempfile(full: &Path) -> std::io::Result<(std::path::PathBuf, std::fs::File)> {
    let token = crate::random::token::<12>().map_err(std::io::Error::other)?;
    let mut name = full.as_os_str().to_owned();
    name.push(".");
    name.push(token);
    name.push(".partial");
    let path = std::path::PathBuf::from(name);
    let file = std::fs::File::create_new(&path)?;
    Ok((path, file))
}

/// The bytes of a message that arrived.
pub(super) async fn load(backend: &Backend, path: &str) -> Result<Bytes, Error> {
    let full = backend.config().files().join(path);
    tokio::fs::read(&full).await.map(Bytes::from).map_err(|error| {
        tracing::error!(%error, path = %full.display(), "a message that arrived is not on the disk");
        Error::Unavailable
    })
}

/// What came along, on the disk, within the limits of uploads; and a line for each file that is beyond them: it stays in the
/// message as it arrived.
pub(super) async fn enclose(
    backend: &Backend,
    files: Vec<letter::File>,
    locale: Locale,
) -> Result<(Vec<Enclosed>, String), Error> {
    let (mut enclosed, mut left) = (Vec::new(), String::new());
    for file in files {
        let name = text::file_name(&file.name);
        let bytes = file.bytes.len() as u64;
        let problem = if bytes > FILE_MAX_BYTES {
            Some(words::file_too_large(locale, &name, &FILE_MAX_MB.to_string()))
        } else if enclosed.len() >= FILES_MAX as usize {
            Some(words::file_too_many(locale, &name, &FILES_MAX.to_string()))
        } else if bytes == 0 {
            Some(words::file_empty(locale, &name))
        } else {
            None
        };
        if let Some(problem) = problem {
            left.push('\n');
            left.push_str(&problem);
            continue;
        }
        let stored = store(backend, Bytes::from(file.bytes)).await?;
        enclosed.push(Enclosed {
            media_type: text::media_type(&file.media_type),
            bytes: stored.bytes,
            sha256: stored.sha256,
            path: stored.path,
            content_id: text::line(file.content_id.as_deref().unwrap_or_default()),
            name,
        });
    }
    Ok((enclosed, left))
}
