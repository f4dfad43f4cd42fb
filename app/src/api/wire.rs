//! How answers travel, with a page and from server functions: as `domain::wire` writes them.

use leptos::prelude::*;
use leptos::server::codee::{Decoder, Encoder};
use leptos::server_fn::codec::Post;
use leptos::server_fn::{Bytes, ContentType, Decodes, Encodes, Format, FormatType};
use serde::Serialize;
use serde::de::DeserializeOwned;

use domain::wire::{WireError, from_text, to_text};

/// The sources both halves were made from.
const VERSION: &str = env!("LOKET_WIRE_VERSION");

/// For `output = Wire`.
pub type Wire = Post<WireText>;

/// What a page reads; see [`resource`].
pub type PageResource<T> = Resource<T, WireText>;

/// Reads data that the page cannot do without: on the server before it answers, in the browser when `source` changes.
pub fn resource<T, S, Fut>(
    source: impl Fn() -> S + Send + Sync + 'static,
    fetcher: impl Fn(S) -> Fut + Send + Sync + 'static,
) -> PageResource<T>
where
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    S: Clone + PartialEq + Send + Sync + 'static,
    Fut: Future<Output = T> + Send + 'static,
{
    Resource::new_with_options(source, fetcher, true)
}

/// What a server function answered, or its error, for those who called it themselves.
///
/// # Errors
/// As [`from_text`].
pub fn read_answer<T: DeserializeOwned>(body: &str) -> Result<T, WireError> {
    from_text(VERSION, body)
}

pub struct WireText;

impl ContentType for WireText {
    const CONTENT_TYPE: &'static str = "application/json";
}

impl FormatType for WireText {
    const FORMAT_TYPE: Format = Format::Text;
}

impl<T: Serialize> Encodes<T> for WireText {
    type Error = WireError;

    fn encode(output: &T) -> Result<Bytes, WireError> {
        to_text(VERSION, output).map(Bytes::from)
    }
}

impl<T: DeserializeOwned> Decodes<T> for WireText {
    type Error = WireError;

    fn decode(bytes: Bytes) -> Result<T, WireError> {
        from_text(VERSION, std::str::from_utf8(&bytes).map_err(|_| WireError::Malformed)?)
    }
}

impl<T: Serialize> Encoder<T> for WireText {
    type Error = WireError;
    type Encoded = String;

    fn encode(value: &T) -> Result<String, WireError> {
        to_text(VERSION, value)
    }
}

impl<T: DeserializeOwned> Decoder<T> for WireText {
    type Error = WireError;
    type Encoded = str;

    fn decode(text: &str) -> Result<T, WireError> {
        from_text(VERSION, text)
    }
}
