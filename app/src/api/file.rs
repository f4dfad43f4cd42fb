//! Files and drafts that wait to be sent. Both belong to a place: the form or the composer they were put into.

use super::wire::Wire;
use domain::view::FileView;
use leptos::prelude::*;
use leptos::server_fn::codec::{MultipartData, MultipartFormData};

#[cfg(feature = "ssr")]
pub(crate) mod posted;

#[cfg(feature = "ssr")]
use super::context::{answer, enter, refuse};
use crate::ApiError;

/// Controls that steer a submit and are no part of what a person typed. (`kind` is: whom an agent writes to.)
pub(crate) const STEERING: [&str; 5] = ["place", "key", "form", "nonce", "version"];

/// `place`, then `files`: puts them on the server, to go along with the next submit of that place.
#[server(prefix = "/api", endpoint = "file/upload", input = MultipartFormData, output = Wire)]
pub async fn upload(data: MultipartData) -> Result<Vec<FileView>, ApiError> {
    let entered = enter().await?;
    let posted = posted::Posted::read(data, &entered).await?;
    answer(if posted.problems.is_empty() { Ok(posted.files) } else { Err(backend::Error::Invalid(posted.problems)) })
}

/// Takes back a file that was not sent yet.
#[server(prefix = "/api", endpoint = "file/remove_upload", output = Wire)]
pub async fn remove_upload(file_id: i64) -> Result<(), ApiError> {
    let entered = enter().await?;
    answer(backend::desk::file::unstage(&entered.backend, entered.actor().inspect_err(refuse)?, file_id).await)
}

/// Keeps what was typed: `values` is a JSON object of control names and what stands in them.
#[server(prefix = "/api", endpoint = "draft/save", output = Wire)]
pub async fn save_draft(place: String, values: String) -> Result<(), ApiError> {
    let entered = enter().await?;
    let values = serde_json::from_str::<std::collections::BTreeMap<String, String>>(&values);
    let values = values.map_err(|_| ApiError::Invalid(Vec::new())).inspect_err(refuse)?.into_iter().collect();
    answer(
        backend::desk::draft::save(&entered.backend, entered.actor().inspect_err(refuse)?, &place, values, Vec::new())
            .await
            .map(drop),
    )
}

/// Throws away what was typed at a place, and the files that wait there.
#[server(prefix = "/api", endpoint = "draft/discard", output = Wire)]
pub async fn discard_draft(place: String) -> Result<(), ApiError> {
    let entered = enter().await?;
    answer(backend::desk::draft::discard(&entered.backend, entered.actor().inspect_err(refuse)?, &place).await)
}
