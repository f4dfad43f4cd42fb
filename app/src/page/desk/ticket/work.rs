//! The state of the page: the ticket as it was last seen, what the composer is for, and what went wrong.

use std::future::Future;
use std::sync::Arc;

use domain::i18n::Locale;
use domain::time::Instant;
use domain::view::EventView;
use domain::view::desk::{ComposeKind, DeskTicketView};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::ApiError;
use crate::api::desk::read_desk_ticket;
use crate::component::{NoticeKind, Now, Text, Toaster, use_now, use_toaster};
use crate::page::here::{query, refused};
use crate::shell::use_locale;

#[derive(Clone, Copy)]
pub(super) struct Work {
    ticket: RwSignal<Arc<DeskTicketView>>,
    /// What the composer does; `None` while it is closed.
    pub(super) kind: RwSignal<Option<ComposeKind>>,
    /// A change is on its way.
    pub(super) busy: RwSignal<bool>,
    /// What others did since the page was read, when that got in the way.
    pub(super) conflict: RwSignal<Vec<EventView>>,
    /// Why the last change did not happen, unless it was a conflict.
    pub(super) failed: RwSignal<Option<ApiError>>,
    /// That came with the page: its form was sent without JavaScript.
    pub(super) arrived: RwSignal<bool>,
    /// Rises when the composer has to start afresh.
    pub(super) round: RwSignal<u32>,
    // Handlers run outside the tree of owners, where there is no context to ask.
    now: Now,
    locale: Locale,
    toaster: Toaster,
}

impl Work {
    pub(super) fn provide(ticket: DeskTicketView) -> Self {
        let asked = query(|query| query.get_str("compose").and_then(ComposeKind::from_slug));
        let draft = &ticket.draft;
        let begun = !draft.value("text").is_empty() || !draft.files.is_empty();
        // Text of which nobody knows whom it was for is for nobody outside.
        let kept = begun.then(|| ComposeKind::from_slug(draft.value("kind")).unwrap_or(ComposeKind::Note));
        let (mut conflict, mut failed) = (Vec::new(), None);
        match refused() {
            Some((_, ApiError::Conflict(events))) => conflict = events,
            Some((_, error)) => failed = Some(error),
            None => {}
        }
        let work = Self {
            ticket: RwSignal::new(Arc::new(ticket)),
            kind: RwSignal::new(asked.or(kept)),
            busy: RwSignal::new(false),
            conflict: RwSignal::new(conflict),
            failed: RwSignal::new(failed),
            arrived: RwSignal::new(true),
            round: RwSignal::new(0),
            now: use_now(),
            locale: use_locale(),
            toaster: use_toaster(),
        };
        provide_context(work);
        work
    }

    pub(super) fn get() -> Self {
        expect_context()
    }

    /// Reads the ticket without tracking it.
    pub(super) fn with<T>(self, read: impl FnOnce(&DeskTicketView) -> T) -> T {
        self.ticket.with_untracked(|ticket| read(ticket))
    }

    /// A part of the ticket; what shows it is only drawn anew when that part changed.
    pub(super) fn part<T>(self, read: impl Fn(&DeskTicketView) -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: PartialEq + Clone + Send + Sync + 'static,
    {
        Memo::new(move |_| self.ticket.with(|ticket| read(ticket)))
    }

    /// Reads the ticket; what calls it is drawn anew when the ticket changes.
    pub(super) fn tracked<T>(self, read: impl FnOnce(&DeskTicketView) -> T) -> T {
        self.ticket.with(|ticket| read(ticket))
    }

    /// The current minute, tracked.
    pub(super) fn minute(self) -> Instant {
        self.now.minute()
    }

    pub(super) const fn locale(self) -> Locale {
        self.locale
    }

    pub(super) fn key(self) -> String {
        self.with(|ticket| ticket.key.clone())
    }

    pub(super) fn version(self) -> i64 {
        self.with(|ticket| ticket.version)
    }

    /// Looks again; a connection that fails for a moment changes nothing.
    pub(super) fn refresh(self) {
        spawn_local(async move { self.look().await });
    }

    async fn look(self) {
        let Some(key) = self.ticket.try_with_untracked(|ticket| ticket.key.clone()) else { return };
        if let Ok(ticket) = read_desk_ticket(key).await {
            // The page may be gone by now, and then there is nothing to show it on.
            if !self.ticket.is_disposed() {
                self.now.sync(ticket.now);
                self.ticket.set(Arc::new(ticket));
            }
        }
    }

    /// Does `deed`, tells what came of it and shows the ticket as it is then. `done` runs when it worked.
    pub(super) fn act(
        self,
        deed: impl Future<Output = Result<(), ApiError>> + 'static,
        said: impl Into<Text>,
        done: impl FnOnce() + 'static,
    ) {
        if self.busy.get_untracked() {
            return;
        }
        let (toaster, said) = (self.toaster, said.into());
        self.busy.set(true);
        self.arrived.set(false);
        self.failed.set(None);
        self.conflict.set(Vec::new());
        spawn_local(async move {
            match deed.await {
                Ok(()) => {
                    done();
                    toaster.say(NoticeKind::Ok, said);
                    self.look().await;
                }
                Err(ApiError::Conflict(events)) => {
                    let _ = self.conflict.try_set(events);
                    self.look().await;
                }
                Err(error) => {
                    let refused = matches!(error, ApiError::Refused(_));
                    let _ = self.failed.try_set(Some(error));
                    if refused {
                        self.look().await;
                    }
                }
            }
            let _ = self.busy.try_set(false);
        });
    }
}
