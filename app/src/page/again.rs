//! Looking again at what a page shows, without disturbing who reads it: an answer that says nothing new changes nothing,
//! a page that is drawn anew keeps its focus, and what is typed and not sent yet stays.

use domain::time::Instant;
use leptos::prelude::*;

use crate::ApiError;
use crate::api::wire::PageResource;
use crate::component::Now;

/// Reads once more what `page` was `asked`, and shows the answer when more of it is new than the time, which `now` finds.
///
/// # Errors
/// [`ApiError::Network`] and [`ApiError::Unavailable`]: they pass, and leave the page as it is. Every other error is shown
/// in its place.
pub(super) async fn look_again<Q, T, A>(
    page: PageResource<Result<T, ApiError>>,
    clock: Now,
    asked: impl Fn() -> Option<Q>,
    read: impl FnOnce(Q) -> A,
    now: fn(&mut T) -> &mut Instant,
) -> Result<(), ApiError>
where
    Q: Clone + PartialEq,
    T: Clone + PartialEq + Send + Sync + 'static,
    A: Future<Output = Result<T, ApiError>>,
{
    let Some(question) = asked() else { return Ok(()) };
    let mut answer = read(question.clone()).await;
    // Meanwhile the reader may have gone elsewhere, or asked for something else.
    if page.is_disposed() || asked() != Some(question) {
        return Ok(());
    }
    if let Err(error @ (ApiError::Network | ApiError::Unavailable)) = answer {
        return Err(error);
    }
    if let (Ok(latest), Ok(mut shown)) = (&mut answer, page.await) {
        let at = *now(latest);
        *now(&mut shown) = at;
        if shown == *latest {
            clock.sync(at);
            return Ok(());
        }
    }
    keep_focus();
    let _ = page.try_set(Some(answer));
    Ok(())
}

/// A link that has the focus may be gone when its page is drawn anew, or lead elsewhere by then. The one that leads where it
/// led gets the focus, unless the reader has moved it meanwhile.
#[cfg(feature = "hydrate")]
fn keep_focus() {
    use wasm_bindgen::JsCast;
    let Some(focused) = document().active_element() else { return };
    let Some(href) = focused.get_attribute("href") else { return };
    request_animation_frame(move || {
        let settled = document().active_element().is_some_and(|element| {
            element.tag_name() != "BODY"
                && (element != focused || element.get_attribute("href").as_ref() == Some(&href))
        });
        if !settled
            && let Ok(Some(link)) = document().query_selector(&["main a[href=\"", &href, "\"]"].concat())
            && let Some(link) = link.dyn_ref::<web_sys::HtmlElement>()
        {
            let _ = link.focus();
        }
    });
}

#[cfg(not(feature = "hydrate"))]
const fn keep_focus() {}

/// The id of a list's search box.
pub(super) const SEARCH: &str = "search";

/// Says in the search box what the address asks for, whenever that changes. Nothing else touches the box.
pub(super) fn keep_search() {
    #[cfg(feature = "hydrate")]
    {
        use leptos_router::hooks::use_query_map;
        use wasm_bindgen::JsCast;
        let url = use_query_map();
        Effect::new(move |before: Option<String>| {
            let asked = url.with(|url| url.get("q").unwrap_or_default());
            if before.is_some_and(|before| before != asked)
                && let Some(input) = document().get_element_by_id(SEARCH)
                && let Some(input) = input.dyn_ref::<web_sys::HtmlInputElement>()
            {
                input.set_value(&asked);
            }
            asked
        });
    }
}
