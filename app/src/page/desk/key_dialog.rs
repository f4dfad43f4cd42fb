//! All the keys of the desk, and the switch that turns them off.

use leptos::prelude::*;

use super::keyboard::Shortcuts;
use crate::component::{Dialog, KeyHint};
use crate::shell::use_locale;
use crate::words::desk as words;

#[component]
pub(super) fn KeyDialog(open: RwSignal<bool>, shortcuts: Shortcuts) -> impl IntoView {
    let locale = use_locale();
    let row = |keys: &[&'static str], text: &'static str| {
        let keys = keys.iter().map(|key| view! { <KeyHint key=*key/> }).collect_view();
        view! { <div><dt>{keys}</dt><dd>{text}</dd></div> }
    };
    view! {
        <Dialog open=open title=words::keys_title(locale)>
            <dl class="facts facts--keys">
                {row(&["J"], words::key_next(locale))}
                {row(&["K"], words::key_previous(locale))}
                {row(&["↵"], words::key_open(locale))}
                {row(&["/"], words::key_search(locale))}
                {row(&["N"], words::key_new_long(locale))}
                {row(&["?"], words::key_all(locale))}
            </dl>
            <p class="small muted">{words::keys_on_ticket(locale)}</p>
            <dl class="facts facts--keys">
                {row(&["A"], words::accept(locale))}
                {row(&["R"], words::answer(locale))}
                {row(&["Q"], words::return_with_question(locale))}
                {row(&["S"], words::resolve(locale))}
                {row(&["I"], words::note(locale))}
                {row(&["P"], words::priority(locale))}
                {row(&["J"], words::key_next(locale))}
                {row(&["K"], words::key_previous(locale))}
                {row(&["U"], words::key_back(locale))}
                {row(&["Ctrl", "↵"], words::key_send(locale))}
            </dl>
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=move || shortcuts.on.get()
                    on:change:target=move |event| shortcuts.switch(event.target().checked())
                />
                <span>{words::keys_on(locale)}</span>
            </label>
        </Dialog>
    }
    .into_any()
}
