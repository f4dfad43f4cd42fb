//! `/notifications`: what happened on a customer's requests that they are told of.

use domain::i18n::Locale;
use domain::notice::NoticeKind as Told;
use domain::view::notice::{NoticeRow, NoticesView};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_query_map;

use super::live::keep_fresh;
use super::{Main, page_or_problem, waiting};
use crate::ApiError;
use crate::api::notice::{MarkNoticeRead, read_notices};
use crate::api::wire::{PageResource, resource};
use crate::component::{EmptyState, Glyph, Notice, NoticeKind, Pager, ToldLine, use_now};
use crate::page::again::look_again;
use crate::shell::{use_frame, use_locale};
use crate::words::notice as words;

type Notices = PageResource<Result<NoticesView, ApiError>>;

lazy_page!(portal, NoticesRoute, notices);

fn notices() -> AnyView {
    let query = use_query_map();
    let after = Memo::new(move |_| query.with(|query| query.get_str("after").unwrap_or_default().to_owned()));
    let notices = resource(move || after.get(), read_notices);
    let frame = use_frame();
    let clock = use_now();
    keep_fresh(move || {
        spawn_local(async move {
            // What cannot be reached now is asked again soon; until then the page stays.
            let _ = look_again(notices, clock, || after.try_get_untracked(), read_notices, |view| &mut view.now).await;
        });
        frame.look_again();
    });
    view! {
        <Transition fallback=waiting>
            {move || Suspend::new(async move {
                page_or_problem(notices.await, |view| view! { <List view notices/> }.into_any())
            })}
        </Transition>
    }
    .into_any()
}

#[component]
fn List(view: NoticesView, notices: Notices) -> impl IntoView {
    let locale = use_locale();
    let frame = use_frame();
    use_now().sync(view.now);
    let action = ServerAction::<MarkNoticeRead>::new();
    let value = action.value();
    Effect::new(move |_| {
        if let Some(Ok(())) = value.get() {
            notices.refetch();
            frame.look_again();
        }
    });
    let failed = move || {
        let failed = value.with(|value| matches!(value, Some(Err(_))));
        failed.then(|| view! { <Notice kind=NoticeKind::Danger>{words::not_marked(locale)}</Notice> })
    };
    let line = |row: NoticeRow| {
        let (glyph, said) = said(locale, row.kind, &row.by);
        let href = ["/requests/", &row.key].concat();
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
        view! { <ToldLine row glyph href said mark/> }
    };
    let all = (view.unread > 0).then(|| {
        view! {
            <ActionForm action=action>
                <input type="hidden" name="id" value="0"/>
                <button class="button">{words::mark_all_read(locale)}</button>
            </ActionForm>
        }
    });
    let list = if view.rows.is_empty() {
        view! { <EmptyState title=words::nothing(locale) text=words::nothing_text(locale)/> }.into_any()
    } else {
        view! { <ul class="tolds">{view.rows.into_iter().map(line).collect_view()}</ul> }.into_any()
    };
    let next = view.next.map(|next| ["/notifications?after=", &crate::url::encode(&next)].concat());
    view! {
        <Main title=words::notifications(locale)>
            <div class="title-row">
                <h1>{words::notifications(locale)}</h1>
                <span class="muted">{words::unread_count(locale, view.unread)}</span>
                <div class="title-row__end">{all}</div>
            </div>
            <div role="alert">{failed}</div>
            {list}
            <Pager previous=None next=next/>
            <p class="small tolds__more"><a href="/account#notices">{words::choose_mails(locale)}</a></p>
        </Main>
    }
    .into_any()
}

/// What happened, in words; "it" is the request.
fn said(locale: Locale, kind: Told, by: &str) -> (Glyph, String) {
    let itself = by.is_empty();
    let by = if itself { words::support(locale) } else { by };
    match kind {
        Told::Received => (Glyph::Check, words::received(locale).to_owned()),
        Told::Accepted => (Glyph::InProgress, words::accepted(locale, by)),
        Told::Returned => (Glyph::Waiting, words::returned(locale, by)),
        Told::PriorityChanged => (Glyph::Flag, words::priority_changed(locale, by)),
        Told::Resolved => (Glyph::Resolved, words::resolved(locale, by)),
        Told::Closed if itself => (Glyph::Closed, words::closed_by_itself(locale).to_owned()),
        Told::Closed => (Glyph::Closed, words::closed(locale, by)),
        Told::ParticipantAdded => (Glyph::Person, words::participant_added(locale, by)),
        Told::Answered => (Glyph::Chat, words::answered(locale, by)),
        _ => (Glyph::Chat, words::wrote(locale, by)),
    }
}
