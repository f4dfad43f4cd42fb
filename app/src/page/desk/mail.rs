//! `/desk/mail`: mail that arrived and is on no ticket, by what became of it. One of them is a page of its own.

use domain::i18n::Locale;
use domain::mail::MailState;
use domain::view::desk::DeskQuery;
use domain::view::mail::{HeldMail, HeldPage};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::Problem;
use super::rail::{MAIL, Rail};
use crate::ApiError;
use crate::api::wire::PageResource;
use crate::component::{
    EmptyState, Glyph, Icon, Notice, NoticeKind, Pager, Segmented, Skeleton, Time, TimeStyle, use_now,
};
use crate::shell::use_locale;
use crate::words::mail as words;

mod act;
mod one;

pub(super) use one::one;

pub(super) fn page(held: PageResource<Result<HeldPage, ApiError>>) -> AnyView {
    view! {
        <Transition fallback=|| view! { <Skeleton rows=6/> }>
            {move || Suspend::new(async move {
                match held.await {
                    Ok(view) => view! { <List view/> }.into_any(),
                    Err(error) => view! { <Problem error=error/> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

/// Where mails of a state are listed.
fn list_href(state: MailState) -> String {
    match state {
        MailState::Quarantine | MailState::Delivered => "/desk/mail".to_owned(),
        state => ["/desk/mail?state=", state.slug()].concat(),
    }
}

/// "Wim de Wit <wim@elsewhere.example>", with whatever of it there is.
fn from_of(locale: Locale, mail: &HeldMail) -> String {
    match (mail.from_name.is_empty(), mail.from_email.is_empty()) {
        (false, false) => [&mail.from_name, " <", &mail.from_email, ">"].concat(),
        (true, true) => words::no_sender(locale).to_owned(),
        _ => [mail.from_name.as_str(), &mail.from_email].concat(),
    }
}

fn subject_of(locale: Locale, mail: &HeldMail) -> String {
    if mail.subject.trim().is_empty() { words::no_subject(locale).to_owned() } else { mail.subject.clone() }
}

#[component]
fn List(view: HeldPage) -> impl IntoView {
    let locale = use_locale();
    use_now().sync(view.now);
    let HeldPage { state, mails, before, quarantined, suggested, .. } = view;
    let tab = |own: MailState, count: i64| {
        let name = words::state(locale, own);
        let label = if count > 0 { [name, " ", &count.to_string()].concat() } else { name.to_owned() };
        (list_href(own), label, own == state)
    };
    let tabs = vec![
        tab(MailState::Quarantine, quarantined),
        tab(MailState::Suggested, suggested),
        tab(MailState::Kept, 0),
        tab(MailState::Refused, 0),
        tab(MailState::Dismissed, 0),
    ];
    let done = use_query_map().with_untracked(|query| query.get_str("done") == Some("dismissed"));
    let next = before.map(|before| {
        let list = list_href(state);
        let sign = if list.contains('?') { "&before=" } else { "?before=" };
        [&list, sign, &before.to_string()].concat()
    });
    let list = if mails.is_empty() {
        let (title, text) = empty(locale, state);
        view! { <EmptyState title=title text=text/> }.into_any()
    } else {
        let rows = mails.into_iter().map(|mail| view! { <Row mail/> }).collect_view();
        view! { <ul class="tolds">{rows}</ul> }.into_any()
    };
    view! {
        <Title text=words::mail(locale)/>
        <div class="desk desk--ticket brand brand-loket">
            <Rail query=of_mail() counts=None/>
            <main id="main" class="desk__main" tabindex="-1">
                <div class="agent__nav">
                    <a class="agent__back" href="/desk">
                        <Icon name=Glyph::ChevronLeft/>{crate::words::desk::all_open(locale)}
                    </a>
                </div>
                <div class="desk__head">
                    <h1>{words::mail(locale)}</h1>
                    <span class="desk__total">{words::lead(locale)}</span>
                </div>
                <div class="filters"><Segmented label=words::states(locale) options=tabs/></div>
                {done.then(|| view! { <Notice kind=NoticeKind::Ok>{words::was_dismissed(locale)}</Notice> })}
                {list}
                <Pager previous=None next=next/>
            </main>
        </div>
    }
    .into_any()
}

/// The rail says that this is none of the queues.
fn of_mail() -> DeskQuery {
    DeskQuery { queue: MAIL.to_owned(), ..DeskQuery::default() }
}

fn empty(locale: Locale, state: MailState) -> (&'static str, &'static str) {
    let text = match state {
        MailState::Suggested => words::none_suggested_text(locale),
        MailState::Kept => words::none_kept_text(locale),
        MailState::Refused => words::none_refused_text(locale),
        MailState::Dismissed => words::none_dismissed_text(locale),
        _ => return (words::none_to_decide(locale), words::none_to_decide_text(locale)),
    };
    (words::nothing_here(locale), text)
}

#[component]
fn Row(mail: HeldMail) -> impl IntoView {
    let locale = use_locale();
    let href = ["/desk/mail/", &mail.inbound_id.to_string()].concat();
    let why = mail.reason.map_or_else(String::new, |reason| words::reason(locale, reason).to_owned());
    let organisation = mail.organisation.as_ref().map(|brand| [" · ", &brand.name].concat());
    let answers = mail.ticket.as_ref().map(|key| [" ", &words::answers(locale, key), "."].concat());
    view! {
        <li class="told told--mail told--unread">
            <Icon name=Glyph::Mail/>
            <div class="told__what">
                <a href=href>{subject_of(locale, &mail)}</a>
                <p class="small">{from_of(locale, &mail)}{organisation}</p>
                <p class="small muted">{why}{answers}</p>
            </div>
            <span class="told__when small muted"><Time at=mail.at style=TimeStyle::Moment/></span>
        </li>
    }
    .into_any()
}
