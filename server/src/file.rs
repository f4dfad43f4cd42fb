//! Downloads of attachments. Whatever someone uploaded is theirs: it is never shown as a page of ours, and only to those
//! who may see the message it hangs on.

use app::api::context::Visitor;
use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use backend::desk::{file, mail};
use bytes::{Bytes, BytesMut};
use domain::view::PICTURES;
use futures::Stream;
use tokio::io::AsyncReadExt as _;

use crate::router::App;

/// A browser that shows it in spite of everything can do nothing with it: no scripts, no frames, no origin.
const SANDBOX: HeaderValue = HeaderValue::from_static("default-src 'none'; sandbox; frame-ancestors 'none'");

/// `/files/{id}`.
pub(crate) async fn download(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let Some(signed) = &visitor.signed else { return sign_in(&request) };
    let content = match id.parse::<i64>() {
        Ok(id) => file::open(app.backend(), &signed.actor, id).await,
        // As for a number that no file has.
        Err(_) => Err(backend::Error::NotFound),
    };
    answer(app, &visitor, request, content).await
}

/// `/desk/mail/{id}/raw`: a mail as it arrived, for staff. To a browser it is mere bytes.
pub(crate) async fn original(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let Some(signed) = &visitor.signed else { return sign_in(&request) };
    let content = match id.parse::<i64>() {
        Ok(id) => mail::open_raw(app.backend(), &signed.actor, id).await,
        Err(_) => Err(backend::Error::NotFound),
    };
    answer(app, &visitor, request, content).await
}

fn sign_in(request: &Request) -> Response {
    let next = app::url::encode(request.uri().path());
    Redirect::to(&["/login?next=", &next].concat()).into_response()
}

async fn answer(
    app: App,
    visitor: &Visitor,
    request: Request,
    content: Result<file::FileContent, backend::Error>,
) -> Response {
    match content {
        Ok(content) => match tokio::fs::File::open(&content.path).await {
            Ok(file) => send(&content, file),
            Err(error) => {
                tracing::error!(request_id = %visitor.request_id, %error, "a file is not on the disk");
                StatusCode::SERVICE_UNAVAILABLE.into_response()
            }
        },
        Err(backend::Error::NotFound) => crate::page::not_found(State(app), request).await,
        Err(error) => {
            tracing::error!(request_id = %visitor.request_id, %error, "a file could not be opened");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

fn send(content: &file::FileContent, file: tokio::fs::File) -> Response {
    let mut headers = HeaderMap::new();
    let media_type = content.media_type.to_ascii_lowercase();
    let picture = PICTURES.contains(&media_type.as_str());
    // Anything a browser might run is handed over as mere bytes.
    let media_type = if is_harmless(&media_type) { media_type.as_str() } else { "application/octet-stream" };
    let media_type = HeaderValue::from_str(media_type).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CONTENT_TYPE, media_type);
    headers
        .insert(header::CONTENT_DISPOSITION, disposition(if picture { "inline" } else { "attachment" }, &content.name));
    headers.insert(header::CONTENT_SECURITY_POLICY, SANDBOX);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(content.bytes));
    (headers, Body::from_stream(pieces(file))).into_response()
}

/// A file in pieces, so that a slow reader of 25 MB does not hold them all in memory.
fn pieces(file: tokio::fs::File) -> impl Stream<Item = std::io::Result<Bytes>> {
    const PIECE: usize = 64 * 1024;
    futures::stream::try_unfold(file, |mut file| async move {
        let mut piece = BytesMut::with_capacity(PIECE);
        let read = file.read_buf(&mut piece).await?;
        Ok((read > 0).then(|| (piece.freeze(), file)))
    })
}

/// Types without markup or script.
fn is_harmless(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    match essence.split_once('/') {
        Some(("image", kind)) => !kind.contains("svg") && !kind.contains("xml"),
        Some(("audio" | "video" | "font", _)) => true,
        Some(("text", kind)) => matches!(kind, "plain" | "csv"),
        Some(("application", kind)) => {
            matches!(kind, "pdf" | "zip" | "gzip" | "json" | "msword" | "rtf")
                || kind.starts_with("vnd.openxmlformats-officedocument.")
                || kind.starts_with("vnd.oasis.opendocument.")
                || kind.starts_with("vnd.ms-")
        }
        _ => false,
    }
}

/// `Content-Disposition` with a name in any language (RFC 6266, RFC 8187), and a plain one for whoever reads no other.
fn disposition(kind: &str, name: &str) -> HeaderValue {
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '%' | '/') || c == ' ' { c } else { '_' })
        .collect();
    let text = format!("{kind}; filename=\"{plain}\"; filename*=UTF-8''{}", app::url::encode(name));
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("attachment"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_could_run_keeps_its_type() {
        for harmless in ["image/png", "text/plain; charset=utf-8", "application/pdf", "video/mp4", "application/json"] {
            assert!(is_harmless(harmless), "{harmless}");
        }
        for risky in [
            "message/rfc822",
            "text/html",
            "image/svg+xml",
            "application/xhtml+xml",
            "text/xml",
            "text/javascript",
            "",
            "x",
            "text/css",
        ] {
            assert!(!is_harmless(risky), "{risky}");
        }
    }

    #[test]
    fn names_in_any_language_arrive_whole_and_cannot_break_the_header() {
        let header = disposition("attachment", "foto \"één\"\r\nX: 1.png");
        let text = header.to_str().unwrap();
        assert_eq!(
            text,
            "attachment; filename=\"foto ___n___X: 1.png\"; filename*=UTF-8''foto%20%22%C3%A9%C3%A9n%22%0D%0AX%3A%201.png"
        );
    }
}
