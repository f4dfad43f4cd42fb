//! What the shell and the account pages ask of a browser. On the server each does nothing.

/// Loads a page anew: everything around it has changed too.
#[cfg(feature = "hydrate")]
pub(crate) fn load(path: &str) {
    let _ = leptos::prelude::window().location().set_href(path);
}

#[cfg(not(feature = "hydrate"))]
pub(crate) fn load(_path: &str) {}

/// Loads this page anew.
#[cfg(feature = "hydrate")]
pub(super) fn reload() {
    let _ = leptos::prelude::window().location().reload();
}

#[cfg(not(feature = "hydrate"))]
pub(super) fn reload() {}

/// Puts the focus on the page that was just shown, as a browser does when it loads one: readers begin there. Not when
/// the page itself has put it somewhere.
#[cfg(feature = "hydrate")]
pub(super) fn focus_main() {
    use wasm_bindgen::JsCast;
    let document = leptos::prelude::document();
    let Some(main) = document.get_element_by_id("main").and_then(|main| main.dyn_into::<web_sys::HtmlElement>().ok())
    else {
        return;
    };
    let itself: &web_sys::Element = &main;
    let taken = document.active_element().is_some_and(|active| active != *itself && main.contains(Some(&active)));
    if !taken {
        let _ = main.focus();
    }
}

#[cfg(not(feature = "hydrate"))]
pub(super) fn focus_main() {}

/// Writes into an input, as if it had been typed.
#[cfg(feature = "hydrate")]
pub(crate) fn fill(id: &str, text: &str) {
    use wasm_bindgen::JsCast;
    let input = leptos::prelude::document().get_element_by_id(id);
    if let Some(input) = input.and_then(|input| input.dyn_into::<web_sys::HtmlInputElement>().ok()) {
        input.set_value(text);
    }
}

#[cfg(not(feature = "hydrate"))]
pub(crate) fn fill(_id: &str, _text: &str) {}

/// Empties a form's inputs after it was sent.
#[cfg(feature = "hydrate")]
pub(crate) fn clear(ids: &[&str]) {
    for id in ids {
        fill(id, "");
    }
}

#[cfg(not(feature = "hydrate"))]
pub(crate) fn clear(_ids: &[&str]) {}

/// Puts the focus on the element with this id; whether there is one.
#[cfg(feature = "hydrate")]
pub(crate) fn focus(id: &str) -> bool {
    use wasm_bindgen::JsCast;
    let element = leptos::prelude::document().get_element_by_id(id);
    let element = element.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
    element.is_some_and(|element| element.focus().is_ok())
}

#[cfg(not(feature = "hydrate"))]
pub(crate) fn focus(_id: &str) -> bool {
    false
}
