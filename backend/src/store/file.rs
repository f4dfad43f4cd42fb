//! Attachments: what is known of them. Their bytes lie below `LOKET_DATA/files`.

use domain::actor::Scope;
use domain::time::Instant;
use domain::view::{FileView, PICTURES};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::event::Audience;
use super::sql::{Columns, Sql};
use super::ticket::TicketRow;
use crate::Error;

pub(crate) struct NewFile<'a> {
    pub(crate) uploader_id: i64,
    pub(crate) place: &'a str,
    pub(crate) name: &'a str,
    pub(crate) media_type: &'a str,
    pub(crate) bytes: i64,
    pub(crate) sha256: &'a str,
    pub(crate) path: &'a str,
    pub(crate) now: Instant,
}

pub(crate) async fn insert(db: &mut AnyConnection, file: &NewFile<'_>) -> Result<i64, Error> {
    let row = sqlx::query(
        "INSERT INTO attachment (uploader_id, place, name, media_type, bytes, sha256, path, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING attachment_id",
    )
    .bind(file.uploader_id)
    .bind(file.place)
    .bind(file.name)
    .bind(file.media_type)
    .bind(file.bytes)
    .bind(file.sha256)
    .bind(file.path)
    .bind(file.now.0)
    .fetch_one(db)
    .await?;
    Columns::new(&row).get()
}

/// A file that came with a mail: on its message from the start.
pub(crate) async fn insert_sent(
    db: &mut AnyConnection,
    file: &NewFile<'_>,
    message_id: i64,
    content_id: &str,
) -> Result<i64, Error> {
    let row = sqlx::query(
        "INSERT INTO attachment (message_id, uploader_id, place, name, media_type, bytes, sha256, path, created_at, content_id)
         VALUES ($1, $2, '', $3, $4, $5, $6, $7, $8, $9) RETURNING attachment_id",
    )
    .bind(message_id)
    .bind(file.uploader_id)
    .bind(file.name)
    .bind(file.media_type)
    .bind(file.bytes)
    .bind(file.sha256)
    .bind(file.path)
    .bind(file.now.0)
    .bind(content_id)
    .fetch_one(db)
    .await?;
    Columns::new(&row).get()
}

fn read_view(row: &mut Columns<'_>) -> Result<FileView, Error> {
    let (id, name, bytes, media_type) = (row.get()?, row.get()?, row.get()?, row.get::<String>()?);
    let inline = !row.get::<&str>()?.is_empty() && PICTURES.contains(&media_type.as_str());
    Ok(FileView { id, name, bytes, media_type, inline })
}

fn read_views(rows: &[AnyRow]) -> Result<Vec<FileView>, Error> {
    rows.iter().map(|row| read_view(&mut Columns::new(row))).collect()
}

/// Files of a person that wait to be sent from one place.
pub(crate) async fn staged(db: &mut AnyConnection, user_id: i64, place: &str) -> Result<Vec<FileView>, Error> {
    let rows = sqlx::query(
        "SELECT attachment_id, name, bytes, media_type, content_id FROM attachment
          WHERE uploader_id = $1 AND place = $2 AND message_id IS NULL ORDER BY attachment_id",
    )
    .bind(user_id)
    .bind(place)
    .fetch_all(db)
    .await?;
    read_views(&rows)
}

/// How many files this person has staged, at one place and in all.
pub(crate) async fn count_staged(db: &mut AnyConnection, user_id: i64, place: &str) -> Result<(i64, i64), Error> {
    let row = sqlx::query(
        "SELECT COUNT(CASE WHEN place = $2 THEN 1 END), COUNT(*) FROM attachment
          WHERE uploader_id = $1 AND message_id IS NULL",
    )
    .bind(user_id)
    .bind(place)
    .fetch_one(db)
    .await?;
    let mut row = Columns::new(&row);
    Ok((row.get()?, row.get()?))
}

/// Sends staged files along with a message. How many there were.
pub(crate) async fn attach(db: &mut AnyConnection, user_id: i64, place: &str, message_id: i64) -> Result<u64, Error> {
    let done = sqlx::query(
        "UPDATE attachment SET message_id = $3, place = '' WHERE uploader_id = $1 AND place = $2 AND message_id IS NULL",
    )
    .bind(user_id)
    .bind(place)
    .bind(message_id)
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

/// Takes a staged file of this person away; gives its path.
pub(crate) async fn remove_staged(db: &mut AnyConnection, user_id: i64, file_id: i64) -> Result<Option<String>, Error> {
    let row = sqlx::query(
        "DELETE FROM attachment WHERE attachment_id = $1 AND uploader_id = $2 AND message_id IS NULL RETURNING path",
    )
    .bind(file_id)
    .bind(user_id)
    .fetch_optional(db)
    .await?;
    row.map(|row| Columns::new(&row).get()).transpose()
}

/// Takes away what was staged before an instant and never sent; gives the paths.
pub(crate) async fn remove_abandoned(db: &mut AnyConnection, before: Instant) -> Result<Vec<String>, Error> {
    let rows = sqlx::query("DELETE FROM attachment WHERE message_id IS NULL AND created_at < $1 RETURNING path")
        .bind(before.0)
        .fetch_all(db)
        .await?;
    rows.iter().map(|row| Columns::new(row).get()).collect()
}

/// A file with where its bytes lie, if this actor may have it: their own while it is staged, else that of a message
/// they may read on a ticket in their scope.
pub(crate) async fn find(
    db: &mut AnyConnection,
    scope: Scope,
    audience: Audience,
    user_id: i64,
    file_id: i64,
) -> Result<Option<(FileView, String)>, Error> {
    let mut sql = Sql::new(
        "SELECT a.attachment_id, a.name, a.bytes, a.media_type, a.content_id, a.path FROM attachment a
           LEFT JOIN message m ON m.message_id = a.message_id
           LEFT JOIN ticket t ON t.ticket_id = m.ticket_id
          WHERE a.attachment_id = ",
    );
    sql.bind(file_id).push(" AND ((a.message_id IS NULL AND a.uploader_id = ").bind(user_id);
    sql.push(") OR (t.ticket_id IS NOT NULL");
    if audience == Audience::Customer {
        sql.push(" AND m.visibility = 'public'");
    }
    sql.visible(scope).push("))");
    let row = sql.optional(db).await?;
    row.map(|row| {
        let mut row = Columns::new(&row);
        Ok((read_view(&mut row)?, row.get()?))
    })
    .transpose()
}

/// The files of a ticket's messages, with the message each belongs to.
pub(crate) async fn of_ticket(
    db: &mut AnyConnection,
    ticket: &TicketRow,
    audience: Audience,
) -> Result<Vec<(i64, FileView)>, Error> {
    let text = match audience {
        Audience::Staff => {
            "SELECT a.message_id, a.attachment_id, a.name, a.bytes, a.media_type, a.content_id FROM attachment a
               JOIN message m ON m.message_id = a.message_id
              WHERE m.ticket_id = $1 ORDER BY a.attachment_id"
        }
        Audience::Customer => {
            "SELECT a.message_id, a.attachment_id, a.name, a.bytes, a.media_type, a.content_id FROM attachment a
               JOIN message m ON m.message_id = a.message_id
              WHERE m.ticket_id = $1 AND m.visibility = 'public' ORDER BY a.attachment_id"
        }
    };
    let rows = sqlx::query(text).bind(ticket.ticket_id).fetch_all(db).await?;
    rows.iter()
        .map(|row| {
            let mut row = Columns::new(row);
            Ok((row.get()?, read_view(&mut row)?))
        })
        .collect()
}
