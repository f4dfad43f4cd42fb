//! `/desk/notifications`: what happened that concerns this person: customers' messages, assignments, deadlines that came
//! close or passed.

use domain::notice::NoticeKind as Told;
use domain::sla::ClockKind;
use domain::view::desk::DeskQuery;
use domain::view::notice::{NoticeRow, NoticesView};
use leptos::prelude::*;
use leptos_meta::Title;

use super::Problem;
use super::rail::Rail;
use crate::ApiError;
use crate::api::warning::MarkRead;
use crate::api::wire::PageResource;
use crate::component::{EmptyState, Glyph, Icon, Notice, NoticeKind, Pager, Skeleton, ToldLine, use_now};
use crate::format;
use crate::shell::{use_frame, use_locale};
use crate::words::desk as words;

type Notifications = PageResource<Result<NoticesView, ApiError>>;

pub(super) fn page(notifications: Notifications) -> AnyView {
    view! {
        <Transition fallback=|| view! { <Skeleton rows=6/> }>
            {move || Suspend::new(async move {
                match notifications.await {
                    Ok(view) => view! { <List view notifications/> }.into_any(),
                    Err(error) => view! { <Problem error=error/> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

#[component]
fn List(view: NoticesView, notifications: Notifications) -> impl IntoView {
    let locale = use_locale();
    use_now().sync(view.now);
    let frame = use_frame();
    let action = ServerAction::<MarkRead>::new();
    let value = action.value();
    Effect::new(move |_| {
        if let Some(Ok(())) = value.get() {
            notifications.refetch();
            frame.look_again();
        }
    });
    let failed = move || {
        let failed = value.with(|value| matches!(value, Some(Err(_))));
        failed.then(|| view! { <Notice kind=NoticeKind::Danger>{words::not_marked(locale)}</Notice> })
    };
    let NoticesView { now, rows, unread, next, zone } = view;
    let row = |row: NoticeRow| {
        let due = row.due_at.map_or_else(String::new, |at| format::deadline(locale, &zone, at, now));
        let said = match (row.kind, row.clock) {
            (Told::AtRisk, Some(ClockKind::Review)) => words::review_at_risk(locale, &due),
            (Told::AtRisk, Some(ClockKind::NextResponse)) => words::response_at_risk(locale, &due),
            (Told::AtRisk, _) => words::resolution_at_risk(locale, &due),
            (Told::Breached, Some(ClockKind::Review)) => words::review_late(locale, &due),
            (Told::Breached, Some(ClockKind::NextResponse)) => words::response_late(locale, &due),
            (Told::Breached, _) => words::resolution_late(locale, &due),
            (Told::Raised, _) => words::told_raised(locale, &row.by),
            (Told::Assigned, _) => words::told_assigned(locale, &row.by),
            (Told::Reopened, _) => words::told_reopened(locale, &row.by),
            (Told::Withdrawn, _) => words::told_withdrawn(locale, &row.by),
            _ => words::told_replied(locale, &row.by),
        };
        let (glyph, class) = match row.kind {
            Told::AtRisk => (Glyph::Hourglass, "told--risk"),
            Told::Breached => (Glyph::Late, "told--late"),
            _ => (Glyph::Bell, ""),
        };
        let href = ["/desk/", &row.key].concat();
        let label = words::mark_read_of(locale, &row.key);
        let mark = (!row.read).then(|| {
            view! {
                <ActionForm action=action>
                    <input type="hidden" name="id" value=row.id.to_string()/>
                    <button class="button button--quiet button--small" aria-label=label>{words::mark_read(locale)}</button>
                </ActionForm>
            }
            .into_any()
        });
        view! { <ToldLine row glyph class href said mark/> }
    };
    let empty = rows.is_empty();
    let all = (unread > 0).then(|| {
        view! {
            <ActionForm action=action>
                <input type="hidden" name="id" value="0"/>
                <button class="button">{words::mark_all_read(locale)}</button>
            </ActionForm>
        }
    });
    let list = if empty {
        view! { <EmptyState title=words::no_notifications(locale) text=words::no_notifications_text(locale)/> }
            .into_any()
    } else {
        view! { <ul class="tolds">{rows.into_iter().map(row).collect_view()}</ul> }.into_any()
    };
    let next = next.map(|next| ["/desk/notifications?after=", &crate::url::encode(&next)].concat());
    view! {
        <Title text=words::notifications(locale)/>
        <div class="desk desk--ticket brand brand-loket">
            <Rail query=DeskQuery::default() counts=None/>
            <main id="main" class="desk__main" tabindex="-1">
                <div class="agent__nav">
                    <a class="agent__back" href="/desk"><Icon name=Glyph::ChevronLeft/>{words::all_open(locale)}</a>
                </div>
                <div class="desk__head">
                    <h1>{words::notifications(locale)}</h1>
                    <span class="desk__total">{words::unread_count(locale, unread)}</span>
                    <div class="desk__tools">{all}</div>
                </div>
                <div role="alert">{failed}</div>
                {list}
                <Pager previous=None next=next/>
            </main>
        </div>
    }
    .into_any()
}
