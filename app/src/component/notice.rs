//! Messages to the person: in the flow of the page, or floating for a moment.

use leptos::prelude::*;

use super::{Glyph, Icon, Text};
use crate::shell::use_locale;
use crate::words::common as words;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NoticeKind {
    #[default]
    Info,
    Ok,
    Risk,
    Danger,
}

impl NoticeKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Info => "notice notice--info",
            Self::Ok => "notice notice--ok",
            Self::Risk => "notice notice--risk",
            Self::Danger => "notice notice--danger",
        }
    }

    const fn icon(self) -> Glyph {
        match self {
            Self::Info => Glyph::Info,
            Self::Ok => Glyph::Resolved,
            Self::Risk => Glyph::Hourglass,
            Self::Danger => Glyph::Late,
        }
    }
}

/// A message in the flow of the page.
#[component]
pub fn Notice(#[prop(optional)] kind: NoticeKind, children: Children) -> impl IntoView {
    view! {
        <div class=kind.class() role="status">
            <Icon name=kind.icon()/>
            <div class="notice__text">{children()}</div>
        </div>
    }
    .into_any()
}

/// The way to sign in again beside a page that must stay: what was typed is on it.
#[component]
pub fn SignInAgain() -> impl IntoView {
    view! { <a href="/login" target="_blank" rel="noopener">{words::sign_in_in_a_tab(use_locale())}</a> }.into_any()
}

#[derive(Clone)]
struct Toast {
    id: u32,
    kind: NoticeKind,
    text: Text,
}

/// Says things that float over the page for a moment.
#[derive(Clone, Copy)]
pub struct Toaster {
    toasts: RwSignal<Vec<Toast>>,
    last: StoredValue<u32>,
}

impl Toaster {
    pub fn provide() -> Self {
        let toaster = Self { toasts: RwSignal::new(Vec::new()), last: StoredValue::new(0) };
        provide_context(toaster);
        toaster
    }

    /// Shows `text`. What went wrong stays until it is dismissed; the rest goes by itself.
    pub fn say(self, kind: NoticeKind, text: impl Into<Text>) {
        // Long enough to be read by someone who was looking elsewhere.
        const SHOWN_FOR: std::time::Duration = std::time::Duration::from_secs(8);
        self.last.update_value(|id| *id += 1);
        let id = self.last.get_value();
        let text = text.into();
        self.toasts.update(|toasts| toasts.push(Toast { id, kind, text }));
        if kind != NoticeKind::Danger {
            set_timeout(move || self.dismiss(id), SHOWN_FOR);
        }
    }

    fn dismiss(self, id: u32) {
        let _ = self.toasts.try_update(|toasts| toasts.retain(|toast| toast.id != id));
    }
}

pub fn use_toaster() -> Toaster {
    expect_context()
}

/// Where toasts appear: once, in the shell.
#[component]
pub fn Toasts() -> impl IntoView {
    let toaster = use_toaster();
    let locale = use_locale();
    let toast = move |toast: Toast| {
        let class = ["toast ", toast.kind.class()].concat();
        view! {
            <div class=class>
                <Icon name=toast.kind.icon()/>
                <div class="notice__text">{toast.text}</div>
                <button type="button" class="toast__close" aria-label=words::dismiss(locale) on:click=move |_| toaster.dismiss(toast.id)>
                    <Icon name=Glyph::Cross/>
                </button>
            </div>
        }
    };
    view! {
        <div class="toasts" role="status">
            <For each=move || toaster.toasts.get() key=|toast| toast.id children=toast/>
        </div>
    }
    .into_any()
}
