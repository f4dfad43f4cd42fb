//! What only a browser can do. On the server each of these does nothing, so that components need no `cfg` of their own.

/// The nonce that inline styles and scripts of this page carry.
#[cfg(not(feature = "hydrate"))]
pub(super) fn nonce() -> Option<String> {
    leptos::nonce::use_nonce().map(|nonce| nonce.to_string())
}

/// The browser hides the attribute from scripts' `getAttribute`, but not the property of our own elements.
#[cfg(feature = "hydrate")]
pub(super) fn nonce() -> Option<String> {
    let element = leptos::prelude::document().query_selector("style[nonce],script[nonce]").ok().flatten()?;
    js_sys::Reflect::get(&element, &"nonce".into()).ok()?.as_string()
}

/// Whether this is the first render in the browser, over the server's HTML.
#[cfg(feature = "hydrate")]
pub(super) fn is_hydrating() -> bool {
    leptos::prelude::Owner::current_shared_context().is_some_and(|context| context.during_hydration())
}

/// Milliseconds of a clock that only runs forwards, from the start of the page.
#[cfg(feature = "hydrate")]
pub(super) fn monotonic() -> f64 {
    leptos::prelude::window().performance().map_or(0.0, |performance| performance.now())
}

/// When the first byte of this page arrived, on [`monotonic`]'s scale: the server wrote its time just before.
#[cfg(feature = "hydrate")]
pub(super) fn page_arrived() -> f64 {
    use wasm_bindgen::JsCast;
    let entry = || {
        let performance = leptos::prelude::window().performance()?;
        let get = js_sys::Reflect::get(&performance, &"getEntriesByType".into()).ok()?;
        let entries = get.dyn_into::<js_sys::Function>().ok()?.call1(&performance, &"navigation".into()).ok()?;
        let first = js_sys::Reflect::get_u32(&entries, 0).ok()?;
        js_sys::Reflect::get(&first, &"responseStart".into()).ok()?.as_f64()
    };
    entry().unwrap_or_else(monotonic)
}

/// Puts the focus on the first control in here that says it is wrong; of a group, on its first.
#[cfg(feature = "hydrate")]
pub(super) fn focus_wrong(within: &web_sys::Element) {
    use wasm_bindgen::JsCast;
    const WRONG: &str = ":is(input,select,textarea)[aria-invalid=true],[aria-invalid=true] input";
    if let Ok(Some(element)) = within.query_selector(WRONG)
        && let Some(element) = element.dyn_ref::<web_sys::HtmlElement>()
    {
        let _ = element.focus();
    }
}

#[cfg(not(feature = "hydrate"))]
pub(super) fn focus_wrong(_within: &leptos::web_sys::Element) {}

/// A request on its way, which can be given up. Its answer is not told any more then.
#[cfg(feature = "hydrate")]
#[derive(Clone)]
pub(super) struct Request {
    request: web_sys::XmlHttpRequest,
}

#[cfg(feature = "hydrate")]
impl Request {
    pub(super) fn abort(&self) {
        self.request.set_onloadend(None);
        let _ = self.request.abort();
    }
}

/// `name=value&name=value`, encoded.
#[cfg(feature = "hydrate")]
pub(super) fn form_body(pairs: &[(&str, &str)]) -> String {
    let mut body = String::new();
    for (name, value) in pairs {
        if !body.is_empty() {
            body.push('&');
        }
        body.push_str(name);
        body.push('=');
        body.push_str(&String::from(js_sys::encode_uri_component(value)));
    }
    body
}

/// Posts an encoded form; `done` hears the status (0: no answer) and the answer's text.
#[cfg(feature = "hydrate")]
pub(super) fn post(url: &str, body: &str, done: impl FnOnce(u16, String) + 'static) -> Option<Request> {
    let request = open(url, done)?;
    request.set_request_header("Content-Type", "application/x-www-form-urlencoded").ok()?;
    request.send_with_opt_str(Some(body)).ok()?;
    Some(Request { request })
}

/// Posts an encoded form while the page goes; nobody hears the answer.
#[cfg(feature = "hydrate")]
pub(super) fn send_beacon(url: &str, body: &str) {
    if let Ok(body) = web_sys::UrlSearchParams::new_with_str(body) {
        let _ = leptos::prelude::window().navigator().send_beacon_with_opt_url_search_params(url, Some(&body));
    }
}

/// Posts a multipart form; `progress` hears how much of it went, in percent.
#[cfg(feature = "hydrate")]
pub(super) fn upload(
    url: &str,
    body: &web_sys::FormData,
    progress: impl FnMut(u16) + 'static,
    done: impl FnOnce(u16, String) + 'static,
) -> Option<Request> {
    use wasm_bindgen::JsCast;
    use wasm_bindgen::closure::Closure;
    let mut progress = progress;
    let request = open(url, done)?;
    let told = Closure::<dyn FnMut(web_sys::ProgressEvent)>::new(move |event: web_sys::ProgressEvent| {
        if event.length_computable() && event.total() > 0.0 {
            progress((event.loaded() / event.total() * 100.0) as u16);
        }
    });
    request.upload().ok()?.set_onprogress(Some(told.as_ref().unchecked_ref()));
    told.forget();
    request.send_with_opt_form_data(Some(body)).ok()?;
    Some(Request { request })
}

#[cfg(feature = "hydrate")]
fn open(url: &str, done: impl FnOnce(u16, String) + 'static) -> Option<web_sys::XmlHttpRequest> {
    use wasm_bindgen::JsCast;
    use wasm_bindgen::closure::Closure;
    let request = web_sys::XmlHttpRequest::new().ok()?;
    request.open("POST", url).ok()?;
    request.set_request_header("Accept", "application/json").ok()?;
    let answered = request.clone();
    let ended = Closure::once_into_js(move || {
        let text = answered.response_text().ok().flatten().unwrap_or_default();
        done(answered.status().unwrap_or(0), text);
    });
    request.set_onloadend(Some(ended.unchecked_ref()));
    Some(request)
}

/// Hears an event until it is dropped. Kept in a `StoredValue` it lives as long as what created it.
#[cfg(feature = "hydrate")]
pub(super) struct Listener {
    target: web_sys::EventTarget,
    name: &'static str,
    heard: wasm_bindgen::closure::Closure<dyn FnMut(web_sys::Event)>,
}

#[cfg(feature = "hydrate")]
impl Drop for Listener {
    fn drop(&mut self) {
        use wasm_bindgen::JsCast;
        let _ = self.target.remove_event_listener_with_callback(self.name, self.heard.as_ref().unchecked_ref());
    }
}

#[cfg(feature = "hydrate")]
pub(super) fn listen(
    target: &web_sys::EventTarget,
    name: &'static str,
    heard: impl FnMut(web_sys::Event) + 'static,
) -> Listener {
    use wasm_bindgen::JsCast;
    let heard = wasm_bindgen::closure::Closure::<dyn FnMut(web_sys::Event)>::new(heard);
    let _ = target.add_event_listener_with_callback(name, heard.as_ref().unchecked_ref());
    Listener { target: target.clone(), name, heard }
}

/// The value of the radio button that is checked in this group, whoever checked it.
#[cfg(feature = "hydrate")]
pub(super) fn checked_value(group: &str) -> Option<String> {
    let selector = ["input[type=radio][name=", group, "]:checked"].concat();
    leptos::prelude::document().query_selector(&selector).ok().flatten()?.get_attribute("value")
}

#[cfg(not(feature = "hydrate"))]
pub(super) fn checked_value(_group: &str) -> Option<String> {
    None
}
