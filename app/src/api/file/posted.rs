//! A multipart form as it comes from a browser, with or without JavaScript. Files are put on the server as they are
//! read, one at a time in memory. Server only.

use std::future::Future;

use backend::Error;
use domain::form::{FILE_MAX_BYTES, FILE_MAX_MB};
use domain::problem::{FieldProblem, Problem};
use domain::view::FileView;
use leptos::server_fn::codec::MultipartData;

use crate::ApiError;
use crate::api::context::{Entered, answer, refuse, wants_html};
use crate::api::file::STEERING;

/// A text of a form is a description at most; what is longer is not a form of ours.
const VALUE_MAX_BYTES: usize = 1024 * 1024;
/// More controls than any form of ours has: a calendar's has a dozen for each weekday and five for each date.
const VALUES_MAX: usize = 500;

/// What was posted.
pub(crate) struct Posted {
    values: Vec<(String, String)>,
    /// Put on the server while reading.
    pub(crate) files: Vec<FileView>,
    /// What is wrong with files that were refused.
    pub(crate) problems: Vec<FieldProblem>,
}

impl Posted {
    /// Reads it all. `place` must come before the files, as it does in our forms.
    pub(crate) async fn read(data: MultipartData, entered: &Entered) -> Result<Self, ApiError> {
        let actor = entered.actor().inspect_err(refuse)?;
        let mut posted = Self { values: Vec::new(), files: Vec::new(), problems: Vec::new() };
        let Some(mut parts) = data.into_inner() else { return Err(unreadable()) };
        while let Some(mut part) = parts.next_field().await.map_err(|_| unreadable())? {
            let name = part.name().unwrap_or_default().to_owned();
            let file_name = part.file_name().map(str::to_owned);
            let media_type = part.content_type().map(ToString::to_string).unwrap_or_default();
            let limit = if file_name.is_some() { FILE_MAX_BYTES as usize } else { VALUE_MAX_BYTES };
            let mut bytes = Vec::new();
            let mut too_large = false;
            // What lies over the limit is read and dropped: a browser that is cut off shows nobody the reason.
            while let Some(chunk) = part.chunk().await.map_err(|_| unreadable())? {
                too_large |= bytes.len() + chunk.len() > limit;
                if !too_large {
                    bytes.extend_from_slice(&chunk);
                }
            }
            match file_name {
                // What a browser sends for a file input that was left empty.
                Some(file_name) if file_name.is_empty() => {}
                Some(file_name) if too_large => posted
                    .problems
                    .push(FieldProblem::new("files", Problem::FileTooLarge { name: file_name, limit_mb: FILE_MAX_MB })),
                Some(file_name) => {
                    let (backend, place) = (&entered.backend, posted.place());
                    match backend::desk::file::stage(backend, actor, &place, &file_name, &media_type, bytes.into())
                        .await
                    {
                        Ok(file) => posted.files.push(file),
                        Err(Error::Invalid(problems)) => posted.problems.extend(problems),
                        Err(error) => return answer(Err(error)),
                    }
                }
                None if too_large || posted.values.len() == VALUES_MAX => return Err(unreadable()),
                None => posted.values.push((name, String::from_utf8_lossy(&bytes).replace("\r\n", "\n"))),
            }
        }
        Ok(posted)
    }

    /// What stands in a control; empty when there is no such control.
    pub(crate) fn value(&self, control: &str) -> String {
        self.values.iter().find(|(name, _)| name == control).map(|(_, value)| value.clone()).unwrap_or_default()
    }

    /// All controls, in the order of the form.
    pub(crate) fn into_values(self) -> Vec<(String, String)> {
        self.values
    }

    /// Whose draft and files these are.
    pub(crate) fn place(&self) -> String {
        self.value("place")
    }

    /// The controls of the form's own fields, by the field's slug.
    pub(crate) fn fields(&self) -> Vec<(String, String)> {
        let own = |(name, value): &(String, String)| Some((name.strip_prefix("field_")?.to_owned(), value.clone()));
        self.values.iter().filter_map(own).collect()
    }

    /// Does `work` unless a file was refused. When it does not succeed, what was typed is kept as the draft first.
    pub(crate) async fn settle<T>(
        &self,
        entered: &Entered,
        work: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, ApiError> {
        let outcome = if self.problems.is_empty() { work.await } else { Err(Error::Invalid(self.problems.clone())) };
        if let Err(error) = &outcome {
            let problems = if let Error::Invalid(problems) = error { problems.clone() } else { Vec::new() };
            let typed = |(name, _): &&(String, String)| !STEERING.contains(&name.as_str());
            let values = self.values.iter().filter(typed).cloned().collect();
            let (actor, place) = (entered.actor()?, self.place());
            let kept = backend::desk::draft::save(&entered.backend, actor, &place, values, problems).await;
            if let Err(error) = kept {
                // The refusal itself is what the person must hear of; that the draft failed too is for our log.
                tracing::warn!(%error, "a refused form could not be kept as a draft");
            }
        }
        answer(outcome)
    }
}

/// Sends a form that was posted without JavaScript on to the request's page; a page that is live goes there itself.
pub(crate) fn forward(key: &str, query: &str) {
    if wants_html() {
        leptos_axum::redirect(&["/requests/", key, query].concat());
    }
}

/// The answer to what no form of ours sends.
fn unreadable() -> ApiError {
    let error = ApiError::Invalid(Vec::new());
    refuse(&error);
    error
}
