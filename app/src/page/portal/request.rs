//! `/requests/{key}`: one request, as its customers see it. The page asks for news now and then; each part redraws only
//! when what it shows has changed, and what someone is typing stays.

use domain::ticket::{CloseReason, Status};
use domain::view::portal::RequestView;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_params_map;

mod action;
mod aside;
mod conversation;
mod done;
mod head;
mod question;
mod reply;

use action::Actions;
use aside::Details;
use conversation::Conversation;
use done::Done;
use head::Head;
use question::{Question, Solved};
use reply::ReplyForm;

use super::live::keep_fresh;
use super::{Main, page_or_problem, waiting};
use crate::api::portal::read_request;
use crate::api::wire::resource;
use crate::component::{ClockPanel, NoticeKind, Now, use_now, use_toaster};
use crate::page::here::next_ticket;
use crate::shell::{use_frame, use_locale};
use crate::words::portal as words;

lazy_page!(request, RequestRoute, request);

fn request() -> AnyView {
    let params = use_params_map();
    let key = move || params.with(|params| params.get("key").unwrap_or_default());
    let page = resource(key, read_request);
    let shown = StoredValue::new(false);
    let frame = use_frame();
    view! {
        <Suspense fallback=waiting>
            {move || Suspend::new(async move {
                let page = page.await;
                next_ticket(shown, frame);
                page_or_problem(page, |page| view! { <Request page=page/> }.into_any())
            })}
        </Suspense>
    }
    .into_any()
}

/// The request as it was last heard of.
#[derive(Clone, Copy)]
struct Page {
    view: RwSignal<RequestView>,
    clock: Now,
}

impl Page {
    /// A part of it; whoever reads it is told only when that part changes.
    fn part<T: PartialEq + Send + Sync + 'static>(
        self,
        read: impl Fn(&RequestView) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        Memo::new(move |_| self.view.with(&read))
    }

    fn now<T>(self, read: impl FnOnce(&RequestView) -> T) -> T {
        self.view.with_untracked(read)
    }

    fn key(self) -> String {
        self.now(|page| page.key.clone())
    }

    /// Asks for the latest state; `then` runs once it is shown, with what was shown before. Not when the reader has
    /// gone elsewhere meanwhile.
    fn refresh(self, then: impl FnOnce(RequestView) + 'static) {
        let Some(key) = self.view.try_with_untracked(|page| page.key.clone()) else { return };
        spawn_local(async move {
            let Ok(latest) = read_request(key).await else { return };
            let Some(before) = self.view.try_get_untracked() else { return };
            self.clock.sync(latest.now);
            self.view.set(latest);
            then(before);
        });
    }
}

#[component]
fn Request(page: RequestView) -> impl IntoView {
    let locale = use_locale();
    let clock = use_now();
    clock.sync(page.now);
    let title = [&page.key, " ", &page.subject].concat();
    // Beside the question when there is one, below the conversation otherwise. It stays where it is while someone types.
    let on_top = page.question.is_some();
    let page = Page { view: RwSignal::new(page), clock };
    announce_news(page);
    let answers_on_top = RwSignal::new(on_top);
    let asked = page.part(|page| page.question.is_some());
    Effect::new(move |_| {
        let asked = asked.get();
        if asked != answers_on_top.get_untracked() && !reply::is_typing(reply::TEXT) {
            answers_on_top.set(asked);
        }
    });
    // Of the policy only what the clocks of this request are computed from matters, and that stays.
    let clocks = page.part(|page| (page.clocks.clone(), page.priority, page.policy.version));
    // What was taken back, or is the same as another, keeps no promise of its own.
    let promised = page.part(|page| {
        !matches!(page.close_reason, Some(CloseReason::Withdrawn | CloseReason::Duplicate | CloseReason::Spam))
    });
    let may_reply = page.part(|page| page.can.reply);
    let resolved = page.part(|page| page.status == Status::Resolved);
    // Nor does the question whether it is solved go away under someone who says why it is not.
    let asks_if_solved = RwSignal::new(resolved.get_untracked());
    Effect::new(move |_| {
        let resolved = resolved.get();
        if resolved != asks_if_solved.get_untracked() && !reply::is_typing(question::LEFT) {
            asks_if_solved.set(resolved);
        }
    });
    view! {
        <Main title=title>
            <Done page=page/>
            <Head page=page/>
            {move || answers_on_top.get().then(|| view! { <Question page=page/> })}
            {move || asks_if_solved.get().then(|| view! { <Solved page=page asks=asks_if_solved/> })}
            {move || promised.get().then(|| {
                let (clocks, priority, _) = clocks.get();
                let who = page.now(|page| page.events.iter().map(|event| (event.id, event.actor_name.clone())).collect());
                view! { <ClockPanel policy=page.now(|page| page.policy.clone()) clocks=clocks priority=priority who=who/> }
            })}
            <div class="columns">
                <div class="columns__main">
                    <Conversation page=page/>
                    {move || match (may_reply.get(), answers_on_top.get()) {
                        (true, false) => view! { <ReplyForm page=page/> }.into_any(),
                        (true, true) => view! { <p class="answer-above"><a href="#question">{words::answered_above(locale)}</a></p> }.into_any(),
                        (false, _) => ().into_any(),
                    }}
                </div>
                <aside class="columns__side">
                    <Details page=page/>
                    <Actions page=page/>
                </aside>
            </div>
        </Main>
    }
}

/// Keeps the page fresh and says when something has come.
fn announce_news(page: Page) {
    let locale = use_locale();
    let toaster = use_toaster();
    keep_fresh(move || {
        page.refresh(move |before| {
            let (messages, version) = page.now(|page| (page.messages.len(), page.version));
            if messages > before.messages.len() {
                toaster.say(NoticeKind::Info, words::new_message(locale));
            } else if version != before.version {
                toaster.say(NoticeKind::Info, words::changed_meanwhile(locale));
            }
        });
    });
}
