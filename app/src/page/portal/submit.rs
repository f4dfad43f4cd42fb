//! Forms that post themselves: real forms, sent by script when there is one, so that the page stays.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::ApiError;
use crate::component::{Notice, NoticeKind, SignInAgain};
use crate::page::here;
pub(super) use crate::page::here::focus_page;
use crate::shell::use_locale;
use crate::words::portal as words;

/// What is under way with one form.
#[derive(Clone, Copy)]
pub(super) struct Submit {
    /// It is being sent.
    pub(super) busy: RwSignal<bool>,
    /// Why it was not accepted the last time.
    pub(super) error: RwSignal<Option<ApiError>>,
}

impl Submit {
    /// For the form that posts to `url`. Without JavaScript the refusal of the last post comes in the page's address.
    pub(super) fn new(url: &str) -> Self {
        let refused = here::refused().filter(|(path, _)| path == url).map(|(_, error)| error);
        Self { busy: RwSignal::new(false), error: RwSignal::new(refused) }
    }

    /// For a form whose refusal without JavaScript is said elsewhere.
    pub(super) fn fresh() -> Self {
        Self { busy: RwSignal::new(false), error: RwSignal::new(None) }
    }

    /// Sends the form of `event` as the browser would; `done` gets the answer's body. What is typed stays as it is.
    pub(super) fn send(self, event: &SubmitEvent, done: impl FnOnce(String) + 'static) {
        event.prevent_default();
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        browser::post(event, move |answer| {
            // The page may be gone by now.
            let _ = self.busy.try_set(false);
            match answer {
                Ok(body) => {
                    let _ = self.error.try_set(None);
                    done(body);
                }
                Err(error) => {
                    let _ = self.error.try_set(Some(error));
                }
            }
        });
    }
}

/// Why the form was not accepted; problems of fields stand at the fields.
#[component]
pub(super) fn Refusal(submit: Submit) -> impl IntoView {
    let locale = use_locale();
    move || {
        let error = submit.error.get().filter(|error| error.problems().is_empty())?;
        let sign_in = (error == ApiError::SignedOut).then(|| view! { " "<SignInAgain/> });
        Some(view! { <Notice kind=NoticeKind::Danger>{words::refusal(locale, &error)}{sign_in}</Notice> })
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use leptos::ev::SubmitEvent;
    use leptos::server_fn::error::FromServerFnError;
    use wasm_bindgen::closure::Closure;
    use wasm_bindgen::{JsCast, JsValue};
    use web_sys::{FormData, HtmlFormElement, UrlSearchParams, XmlHttpRequest};

    use crate::ApiError;

    enum Body {
        Multipart(FormData),
        Encoded(String),
    }

    pub(super) fn post(event: &SubmitEvent, done: impl FnOnce(Result<String, ApiError>) + 'static) {
        let form = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
        match form.and_then(|form| open(&form).ok()) {
            None => done(Err(ApiError::Network)),
            Some((request, data)) => {
                let answered = request.clone();
                let ended = Closure::once_into_js(move || done(answer(&answered)));
                request.set_onloadend(Some(ended.unchecked_ref()));
                // A failure to send also ends in `loadend`.
                let _ = match data {
                    Body::Multipart(data) => request.send_with_opt_form_data(Some(&data)),
                    Body::Encoded(text) => request.send_with_opt_str(Some(&text)),
                };
            }
        }
    }

    /// The request that the browser would make of the form.
    fn open(form: &HtmlFormElement) -> Result<(XmlHttpRequest, Body), JsValue> {
        let data = FormData::new_with_form(form)?;
        let request = XmlHttpRequest::new()?;
        // An attribute, because a control named "action" would hide the property.
        request.open("POST", &form.get_attribute("action").unwrap_or_default())?;
        request.set_request_header("Accept", "application/json")?;
        if form.enctype() == "multipart/form-data" {
            return Ok((request, Body::Multipart(data)));
        }
        request.set_request_header("Content-Type", "application/x-www-form-urlencoded")?;
        let pairs = UrlSearchParams::new_with_str_sequence_sequence(&data)?;
        Ok((request, Body::Encoded(String::from(pairs.to_string()))))
    }

    fn answer(request: &XmlHttpRequest) -> Result<String, ApiError> {
        let body = request.response_text().ok().flatten().unwrap_or_default();
        match request.status().unwrap_or_default() {
            200..300 => Ok(body),
            0 => Err(ApiError::Network),
            // Our own errors are lists; a proxy's are not.
            _ if body.starts_with('[') => Err(ApiError::de(body.into_bytes().into())),
            _ => Err(ApiError::Unavailable),
        }
    }
}

#[cfg(not(feature = "hydrate"))]
mod browser {
    use leptos::ev::SubmitEvent;

    use crate::ApiError;

    /// Never reached: forms are only intercepted in a browser.
    pub(super) fn post(_event: &SubmitEvent, done: impl FnOnce(Result<String, ApiError>) + 'static) {
        done(Err(ApiError::Network));
    }
}
