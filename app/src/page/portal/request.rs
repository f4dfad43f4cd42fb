//! `/requests/{key}`: one request, as its customers see it. The page asks for news now and then; each part redraws only
//! when what it shows has changed, and what someone is typing stays.

use domain::ticket::{CloseReason, Status};
use domain::view::DraftView;
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

/// What is asked of the customer. There is one box to write in: with what is asked, or below the conversation.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    Nothing,
    /// Support's question.
    Question,
    /// Whether it is solved.
    Solved,
}

impl Asked {
    fn of(page: &RequestView) -> Self {
        match page.status {
            _ if page.question.is_some() => Self::Question,
            Status::Resolved => Self::Solved,
            _ => Self::Nothing,
        }
    }
}

/// The request as it was last heard of.
#[derive(Clone, Copy)]
struct Page {
    view: RwSignal<RequestView>,
    clock: Now,
    /// What is asked, for as long as someone is answering it.
    asked: RwSignal<Asked>,
    /// What the next answer box begins with.
    begun: StoredValue<DraftView>,
    /// The first one shows why it was refused without JavaScript.
    is_first: StoredValue<bool>,
}

impl Page {
    fn new(page: RequestView) -> Self {
        let clock = use_now();
        clock.sync(page.now);
        Self {
            clock,
            asked: RwSignal::new(Asked::of(&page)),
            begun: StoredValue::new(page.draft.clone()),
            is_first: StoredValue::new(true),
            view: RwSignal::new(page),
        }
    }

    /// Asks what is to be asked now. The answer box goes along, with what is in it.
    fn ask(self) {
        let asked = self.now(Asked::of);
        if asked != self.asked.get_untracked() {
            let mut draft = self.now(|page| page.draft.clone());
            if let Some(text) = reply::typed() {
                draft.set(reply::TEXT, text);
            }
            self.begin_with(draft);
            self.asked.set(asked);
        }
    }

    fn begin_with(self, draft: DraftView) {
        self.begun.set_value(draft);
        self.is_first.set_value(false);
    }

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
    let title = [&page.key, " ", &page.subject].concat();
    let page = Page::new(page);
    announce_news(page);
    // Whatever others do, the answer box stays where it is while someone types.
    let asked = page.part(Asked::of);
    Effect::new(move |_| {
        asked.track();
        if !reply::is_being_written() {
            page.ask();
        }
    });
    // Of the policy only what the clocks of this request are computed from matters, and that stays.
    let clocks = page.part(|page| (page.clocks.clone(), page.priority, page.policy.version));
    let promised = page.part(|page| !page.close_reason.is_some_and(CloseReason::drops_promise));
    let may_reply = page.part(|page| page.can.reply);
    view! {
        <Main title=title>
            <Done page=page/>
            <Head page=page/>
            {move || match page.asked.get() {
                Asked::Nothing => ().into_any(),
                Asked::Question => view! { <Question page=page/> }.into_any(),
                Asked::Solved => view! { <Solved page=page/> }.into_any(),
            }}
            {move || promised.get().then(|| {
                let (clocks, priority, _) = clocks.get();
                let who = page.now(|page| page.events.iter().map(|event| (event.id, event.actor_name.clone())).collect());
                view! { <ClockPanel policy=page.now(|page| page.policy.clone()) clocks=clocks priority=priority who=who/> }
            })}
            <div class="columns">
                <div class="columns__main">
                    <Conversation page=page/>
                    {move || {
                        let above = match page.asked.get() {
                            _ if !may_reply.get() => return ().into_any(),
                            Asked::Nothing => return view! { <ReplyForm page=page/> }.into_any(),
                            Asked::Question => words::answered_above(locale),
                            Asked::Solved => words::solved_above(locale),
                        };
                        view! { <p class="answer-above"><a href="#question">{above}</a></p> }.into_any()
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
