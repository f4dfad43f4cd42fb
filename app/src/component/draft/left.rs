//! What was typed in the last moment before a page was left, for the page that comes next in this tab.

use domain::time::{Instant, Millis};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, EventInit, HtmlFormElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

use crate::component::{Now, use_now};
use crate::shell::use_frame;

/// By then the server has it.
const KEPT: Millis = Millis(30_000);

/// Where it lies: each person's for themselves, each form's for itself.
#[derive(Clone)]
pub(super) struct Left {
    name: String,
    now: Now,
}

impl Left {
    pub(super) fn of(place: &str) -> Self {
        let user = use_frame().user().map_or(0, |user| user.id);
        Self { name: ["loket-left-", &user.to_string(), "-", place].concat(), now: use_now() }
    }

    /// A browser that refuses to store loses what the server does not get in time.
    pub(super) fn leave(&self, values: &str) {
        if let Ok(Some(storage)) = window().session_storage() {
            let _ = storage.set_item(&self.name, &[&self.now.untracked().0.to_string(), " ", values].concat());
        }
    }

    /// The server has something newer.
    pub(super) fn forget(&self) {
        if let Ok(Some(storage)) = window().session_storage() {
            let _ = storage.remove_item(&self.name);
        }
    }

    fn take(&self) -> Option<String> {
        let storage = window().session_storage().ok().flatten()?;
        let left = storage.get_item(&self.name).ok().flatten()?;
        self.forget();
        let (at, values) = left.split_once(' ')?;
        let until = Instant(at.parse().ok()?) + KEPT;
        (self.now.untracked() < until).then(|| values.to_owned())
    }

    /// Puts what was left back into the form, as if it had been typed again.
    pub(super) fn restore(&self, form: &HtmlFormElement) {
        let Some(values) = self.take().and_then(|values| js_sys::JSON::parse(&values).ok()) else { return };
        let Ok(controls) = form.query_selector_all("[name]") else { return };
        for index in 0..controls.length() {
            let Some(control) = controls.get(index).and_then(|control| control.dyn_into::<Element>().ok()) else {
                continue;
            };
            let name = control.get_attribute("name").unwrap_or_default();
            let value =
                js_sys::Reflect::get(&values, &JsValue::from_str(&name)).ok().and_then(|value| value.as_string());
            if value.is_some_and(|value| put(&control, &value)) {
                tell(&control);
            }
        }
    }
}

/// Whether that changed the control.
fn put(control: &Element, value: &str) -> bool {
    if let Some(area) = control.dyn_ref::<HtmlTextAreaElement>() {
        let other = area.value() != value;
        area.set_value(value);
        return other;
    }
    if let Some(select) = control.dyn_ref::<HtmlSelectElement>() {
        let other = select.value() != value;
        select.set_value(value);
        return other;
    }
    let Some(input) = control.dyn_ref::<HtmlInputElement>() else { return false };
    match input.type_().as_str() {
        "radio" => {
            let chosen = input.value() == value && !input.checked();
            if chosen {
                input.set_checked(true);
            }
            chosen
        }
        "file" | "checkbox" => false,
        _ => {
            let other = input.value() != value;
            input.set_value(value);
            other
        }
    }
}

fn tell(control: &Element) {
    let init = EventInit::new();
    init.set_bubbles(true);
    for name in ["input", "change"] {
        if let Ok(event) = Event::new_with_event_init_dict(name, &init) {
            let _ = control.dispatch_event(&event);
        }
    }
}
