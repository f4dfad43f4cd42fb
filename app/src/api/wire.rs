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
#[cfg(not(feature = "ssr"))]
pub type PageResource<T> = Resource<T, WireText>;

/// What a page reads; see [`resource`].
#[cfg(feature = "ssr")]
pub type PageResource<T> = waited::Waited<T>;

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
    let resource = Resource::new_with_options(source, fetcher, true);
    #[cfg(feature = "ssr")]
    let resource = waited::Waited::new(resource);
    resource
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

#[cfg(feature = "ssr")]
mod waited {
    use std::future::poll_fn;
    use std::ops::Deref;
    use std::pin::Pin;
    use std::task::Poll;

    use futures::task::noop_waker_ref;

    use super::{Resource, WireText};

    /// A resource that answers only those who wait for it. Before a page is drawn, Leptos walks through it to find what it
    /// reads, and asks each of its parts whether it is there by now; whatever could answer would be drawn, in vain.
    pub struct Waited<T: Send + Sync + 'static>(Resource<T, WireText>);

    impl<T: Send + Sync + 'static> Waited<T> {
        pub(super) const fn new(resource: Resource<T, WireText>) -> Self {
            Self(resource)
        }
    }

    impl<T: Send + Sync + 'static> Clone for Waited<T> {
        fn clone(&self) -> Self {
            *self
        }
    }

    impl<T: Send + Sync + 'static> Copy for Waited<T> {}

    impl<T: Send + Sync + 'static> Deref for Waited<T> {
        type Target = Resource<T, WireText>;

        fn deref(&self) -> &Self::Target {
            &self.0
        }
    }

    impl<T: Clone + Send + Sync + 'static> IntoFuture for Waited<T> {
        type Output = T;
        type IntoFuture = Pin<Box<dyn Future<Output = T> + Send>>;

        fn into_future(self) -> Self::IntoFuture {
            let answer = self.0.into_future();
            Box::pin(async move {
                let answer = answer.await;
                poll_fn(|asking| {
                    let now_or_never = asking.waker().will_wake(noop_waker_ref());
                    if now_or_never { Poll::Pending } else { Poll::Ready(()) }
                })
                .await;
                answer
            })
        }
    }

    #[cfg(test)]
    #[allow(clippy::unwrap_used, reason = "tests")]
    mod tests {
        use std::pin::pin;
        use std::time::Duration;

        use futures::FutureExt as _;
        use leptos::prelude::{GetUntracked as _, Owner};

        #[tokio::test]
        async fn only_those_who_wait_are_answered() {
            // Tells Leptos that its tasks are tokio's.
            leptos_axum::generate_route_list(|| ());
            let owner = Owner::new();
            owner.set();
            let data = super::super::resource(|| (), |()| async { 7 });
            while data.get_untracked().is_none() {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            let mut asked = pin!(data.into_future());
            assert_eq!(asked.as_mut().now_or_never(), None, "it is there, and says nothing");
            assert_eq!(tokio::time::timeout(Duration::from_secs(10), asked).await.unwrap(), 7);
        }
    }
}
