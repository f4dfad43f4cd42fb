//! The queue by keyboard: which row is chosen, and what the keys do.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use crate::component::KeyHint;
use crate::page::again::SEARCH;
use crate::page::desk::key_dialog::KeyDialog;
use crate::page::desk::keyboard::{Shortcuts, click};
use crate::shell::browser::focus;
use crate::shell::use_locale;
use crate::words::desk as words;

/// The chosen row. Outlives a refetch: it is known by its key, not by its place.
#[derive(Clone, Copy)]
pub(super) struct Selection {
    chosen: RwSignal<String>,
    order: StoredValue<Vec<String>>,
    help: RwSignal<bool>,
    shortcuts: Shortcuts,
}

impl Selection {
    pub(super) fn provide() -> Self {
        let selection = Self {
            chosen: RwSignal::new(String::new()),
            order: StoredValue::new(Vec::new()),
            help: RwSignal::new(false),
            shortcuts: Shortcuts::new(),
        };
        provide_context(selection);
        selection
    }

    pub(super) fn get() -> Self {
        expect_context()
    }

    /// The keys of the rows as they stand on the page.
    pub(super) fn rows_are(self, keys: Vec<String>) {
        self.order.set_value(keys);
    }

    pub(super) fn choose(self, key: &str) {
        if self.chosen.with_untracked(|chosen| chosen != key) {
            self.chosen.set(key.to_owned());
        }
    }

    /// Tracked.
    pub(super) fn is(self, key: &str) -> bool {
        self.chosen.with(|chosen| chosen == key)
    }

    pub(super) fn listen(self) {
        let navigate = use_navigate();
        self.shortcuts.listen(move |key| match key {
            "j" => self.step(1),
            "k" => self.step(-1),
            "Enter" => self.open(),
            "/" => focus(SEARCH),
            "n" => {
                navigate("/desk/new", Default::default());
                true
            }
            "?" => {
                self.help.set(true);
                true
            }
            _ => false,
        });
    }

    /// Moves the focus down or up; the row follows it.
    fn step(self, by: isize) -> bool {
        let next = self.order.with_value(|order| {
            let at = self.chosen.with_untracked(|chosen| order.iter().position(|key| key == chosen));
            let next = match at {
                Some(at) => at.saturating_add_signed(by).min(order.len().saturating_sub(1)),
                None => 0,
            };
            order.get(next).cloned()
        });
        next.is_some_and(|key| focus(&["row-", &key].concat()))
    }

    /// Opens the chosen row, unless something else has the focus and takes the key itself.
    fn open(self) -> bool {
        #[cfg(feature = "hydrate")]
        if document().active_element().is_some_and(|element| element.matches("a,button,summary").unwrap_or_default()) {
            return false;
        }
        let chosen = self.chosen.get_untracked();
        !chosen.is_empty() && click(&["row-", &chosen].concat())
    }
}

/// The keys that matter most, under the rows, and the dialog with all of them.
#[component]
pub(super) fn KeyLine() -> impl IntoView {
    let locale = use_locale();
    let Selection { help, shortcuts, .. } = Selection::get();
    let line = |keys: &[&'static str], text: &'static str| {
        let keys = keys.iter().map(|key| view! { <KeyHint key=*key/> }).collect_view();
        view! { <span>{keys}" "{text}</span> }
    };
    view! {
        <p class="keys">
            {line(&["J", "K"], words::key_move(locale))}
            {line(&["↵"], words::key_open(locale))}
            {line(&["/"], words::key_search(locale))}
            {line(&["N"], words::key_new(locale))}
            <button class="keys__all" type="button" on:click=move |_| help.set(true)>
                <KeyHint key="?"/>" "{words::key_all(locale)}
            </button>
        </p>
        <KeyDialog open=help shortcuts=shortcuts/>
    }
    .into_any()
}
