//! `/desk/{key}`: one ticket, as an agent works on it. The page reads the ticket once; what changes it, and the looking
//! again now and then, put a newer one in its place, so that nothing flickers and nothing typed is lost.

use domain::ticket::CloseReason;
use domain::view::desk::{ComposeKind, DeskQuery, DeskTicketView};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_location;

use super::query::read;
use super::rail::Rail;
use super::{Problem, anew, poll::poll};
use crate::ApiError;
use crate::api::wire::PageResource;
use crate::component::{
    BrandMark, BrandStyle, ClockPanel, Glyph, Icon, MarkSize, Notice, NoticeKind, PriorityLabel, Reader, Skeleton,
    StatusLabel, use_now,
};
use crate::page::here::{self, next_ticket};
use crate::shell::{use_frame, use_locale};
use crate::words::{common, desk as words};

mod automatic;
mod bar;
mod closing;
mod composer;
mod happened;
mod neighbours;
mod preview;
mod priority;
mod side;
mod thread;
mod work;

use bar::Bar;
use composer::DeskComposer;
use neighbours::Neighbours;
use side::Side;
use thread::Thread;
use work::Work;

pub(super) fn page(ticket: PageResource<Result<DeskTicketView, ApiError>>) -> AnyView {
    let query = use_location().query;
    let shown = StoredValue::new(false);
    let frame = use_frame();
    view! {
        <Transition fallback=|| view! { <Waiting/> }>
            {move || Suspend::new(async move {
                let ticket = ticket.await;
                next_ticket(shown, frame);
                match ticket {
                    Ok(ticket) => {
                        let query = query.with_untracked(read);
                        let key = ticket.key.clone();
                        anew(move || key.clone(), move |_| {
                            view! { <Ticket ticket=ticket.clone() query=query.clone()/> }.into_any()
                        })
                    }
                    Err(error) => view! { <Problem error=error/> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

/// The frame of the page while the ticket is on its way.
#[component]
fn Waiting() -> impl IntoView {
    view! {
        <div class="desk desk--ticket brand brand-loket">
            <Rail query=DeskQuery::default() counts=None/>
            <main id="main" class="agent" tabindex="-1"><div class="agent__main"><Skeleton rows=8/></div></main>
        </div>
    }
    .into_any()
}

#[component]
fn Ticket(ticket: DeskTicketView, query: DeskQuery) -> impl IntoView {
    use_now().sync(ticket.now);
    let title = [ticket.key.as_str(), " ", &ticket.subject].concat();
    let brand = ticket.organisation.clone();
    let work = Work::provide(ticket);
    poll(move || work.refresh());
    view! {
        <Title text=title/>
        <BrandStyle brands=vec![brand]/>
        <div class="desk desk--ticket brand brand-loket">
            <Rail query=query.clone() counts=None/>
            <main id="main" class="agent" tabindex="-1">
                <div class="agent__main">
                    <Neighbours query=query.clone()/>
                    <Done/>
                    <Head/>
                    <Clock/>
                    <Thread/>
                    <DeskComposer/>
                    <Bar query=query/>
                </div>
                <Side/>
            </main>
        </div>
    }
    .into_any()
}

/// What was just done, when the form that did it was sent without JavaScript.
#[component]
fn Done() -> impl IntoView {
    let locale = use_locale();
    let done = here::query(|query| query.get_str("done").unwrap_or_default().to_owned());
    let said = match ComposeKind::from_slug(&done) {
        Some(kind) => composer::said(locale, kind),
        None if done == "raised" => words::raised(locale),
        None => return ().into_any(),
    };
    view! { <Notice kind=NoticeKind::Ok>{said}</Notice> }.into_any()
}

#[component]
fn Head() -> impl IntoView {
    let locale = use_locale();
    let work = Work::get();
    let head = work.part(|ticket| {
        (
            ticket.key.clone(),
            ticket.subject.clone(),
            ticket.status,
            ticket.priority,
            ticket.organisation.clone(),
            ticket.confidential,
        )
    });
    view! {
        {move || {
            let (key, subject, status, priority, organisation, confidential) = head.get();
            let name = organisation.name.clone();
            let confidential = confidential.then(|| view! { <span class="label"><Icon name=Glyph::Lock/>{words::confidential(locale)}</span> });
            view! {
                <h1>{subject}</h1>
                <p class="meta-line">
                    <span class="key">{key}</span>
                    <StatusLabel status=status reader=Reader::Staff/>
                    <PriorityLabel priority=priority/>
                    <span class="label"><BrandMark brand=organisation size=MarkSize::Small/><span>{name}</span></span>
                    {confidential}
                </p>
            }
        }}
    }
    .into_any()
}

#[component]
fn Clock() -> impl IntoView {
    let locale = use_locale();
    let work = Work::get();
    let clock = work.part(|ticket| (ticket.policy.clone(), ticket.clocks.clone(), ticket.priority));
    let dropped = work.part(|ticket| ticket.close_reason.is_some_and(CloseReason::drops_promise));
    move || {
        if dropped.get() {
            return view! {
                <section class="clock clock--compact" data-mood="none">
                    <p class="clock__headline">
                        <Icon name=Glyph::Closed/>
                        <span class="clock__amount">{common::row_dropped(locale)}</span>
                    </p>
                </section>
            }
            .into_any();
        }
        let (policy, clocks, priority) = clock.get();
        let who = work.with(|ticket| ticket.events.iter().map(|event| (event.id, event.actor_name.clone())).collect());
        view! { <ClockPanel policy=policy clocks=clocks priority=priority reader=Reader::Staff who=who/> }.into_any()
    }
}
