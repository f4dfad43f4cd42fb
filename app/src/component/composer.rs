//! Where one writes: text, files, draft and the button, in one box. The form around it is the page's.

use domain::time::Instant;
use domain::view::FileView;
use leptos::prelude::*;

use super::field::{described_by, escape, invalid};
use super::{DraftKeeper, FilePicker, Glyph, Icon, Text};
use crate::shell::use_locale;
use crate::words::common as words;

#[component]
pub fn Composer(
    /// Of the textarea.
    #[prop(into, optional)]
    name: Option<&'static str>,
    #[prop(into)] label: Text,
    /// Names draft and files: `reply/ACME-17`.
    #[prop(into)]
    place: String,
    #[prop(into, optional)] value: Text,
    #[prop(optional)] files: Vec<FileView>,
    #[prop(optional_no_strip)] saved_at: Option<Instant>,
    #[prop(into, optional)] error: Signal<Option<String>>,
    #[prop(into, optional)] files_error: Signal<Option<String>>,
    /// On the button.
    #[prop(into)]
    submit: Signal<String>,
    #[prop(into, optional)] placeholder: Option<Text>,
    /// An internal note: yellow paper.
    #[prop(into, optional)]
    note: Signal<bool>,
    /// The form is on its way.
    #[prop(into, optional)]
    busy: Signal<bool>,
    #[prop(into, optional)] id: Option<String>,
    /// Above the text, inside the box: tabs.
    #[prop(optional)]
    tabs: Option<AnyView>,
    /// Buttons beside the first.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let locale = use_locale();
    let name = name.unwrap_or("text");
    let id = id.unwrap_or_else(|| name.to_owned());
    let uploading = RwSignal::new(false);
    let error_id = [&id, "-error"].concat();
    view! {
        <div class="composer-field" class:field--wrong=move || error.with(Option::is_some)>
            <label class="field__label" for=id.clone()>{label}</label>
            <p class="field__error" id=error_id>
                {move || error.get().map(|text| view! { <Icon name=Glyph::Late/><span>{text}</span> })}
            </p>
            <div class="composer" class:composer--note=note>
                {tabs}
                <textarea
                    class="composer__text"
                    id=id.clone()
                    name=name
                    rows="4"
                    placeholder=placeholder.map(|text| text.to_string())
                    aria-describedby=described_by(&id, false)
                    aria-invalid=invalid(error)
                    inner_html=escape(&value)
                    on:keydown=send_by_key
                ></textarea>
                <div class="composer__bar">
                    <FilePicker place=place.clone() files=files error=files_error compact=true busy=uploading/>
                    <DraftKeeper place=place saved_at=saved_at/>
                    <span class="composer__staff">{move || note.get().then(|| words::staff_only(locale))}</span>
                    <div class="composer__buttons">
                        {children.map(|children| children())}
                        <button class="button button--primary" disabled=move || busy.get() || uploading.get()>
                            {move || submit.get()}
                        </button>
                    </div>
                </div>
            </div>
        </div>
    }
    .into_any()
}

/// Control and Enter press the button, as in every program one writes mail in.
fn send_by_key(event: leptos::ev::KeyboardEvent) {
    #[cfg(feature = "hydrate")]
    if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
        use wasm_bindgen::JsCast;
        let text = event.target().and_then(|text| text.dyn_into::<web_sys::Element>().ok());
        let composer = text.and_then(|text| text.closest(".composer").ok().flatten());
        let button = composer
            .and_then(|composer| composer.query_selector(".composer__buttons > .button--primary").ok().flatten());
        if let Some(button) = button.and_then(|button| button.dyn_into::<web_sys::HtmlElement>().ok()) {
            event.prevent_default();
            button.click();
        }
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = event;
}
