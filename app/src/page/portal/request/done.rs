//! What has just been done, for a page that was loaded anew by it: a sent request's confirmation, a form's success, a
//! form's refusal.

use domain::sla::{self, ClockKind};
use domain::ticket::Status;
use leptos::prelude::*;

use super::Page;
use crate::component::{Notice, NoticeKind};
use crate::format;
use crate::page::here;
use crate::shell::use_locale;
use crate::words::{common, portal as words};

/// The form that shows problems itself.
const WITH_FIELDS: &str = "/api/ticket/reply";

#[component]
pub(super) fn Done(page: Page) -> impl IntoView {
    let locale = use_locale();
    if let Some((path, error)) = here::refused() {
        let text = match error.problems().first() {
            // It has fields, at which it is said.
            Some(_) if path == WITH_FIELDS => words::check_fields(locale).to_owned(),
            Some(problem) => common::problem(locale, &problem.problem),
            None => words::refusal(locale, &error),
        };
        return view! { <Notice kind=NoticeKind::Danger>{text}</Notice> }.into_any();
    }
    let (sent, done) = here::query(|query| (query.get("sent").is_some(), query.get("done").unwrap_or_default()));
    if sent {
        return view! { <Sent page=page/> }.into_any();
    }
    let text = match done.as_str() {
        "replied" => words::done_replied(locale),
        "continued" => words::done_continued(locale),
        "confirmed" => words::done_confirmed(locale),
        "not_solved" => words::done_not_solved(locale),
        "withdrawn" => words::done_withdrawn(locale),
        "confidential" => words::done_confidential(locale),
        "not_confidential" => words::done_not_confidential(locale),
        "added" => words::done_added(locale),
        "removed" => words::done_removed(locale),
        _ => return ().into_any(),
    };
    view! { <Notice kind=NoticeKind::Ok>{text}</Notice> }.into_any()
}

/// The key, what happens next, and by when.
#[component]
fn Sent(page: Page) -> impl IntoView {
    let locale = use_locale();
    let (key, status, due) = page.now(|page| {
        let on = |kind| page.clocks.schedule(kind, &page.policy.schedule);
        let due = |kind| sla::due(on(kind), page.clocks.get(kind), page.now);
        let answered = page.clocks.response().and_then(|_| due(ClockKind::NextResponse));
        (page.key.clone(), page.status, (due(ClockKind::Review), answered, due(ClockKind::Resolution)))
    });
    // Once someone has taken it up, the page itself says what happens next.
    let fresh = status == Status::New;
    let line = move |words: &'static str, at: Option<domain::time::Instant>| {
        let at = at.filter(|_| fresh)?;
        let time = page.clock.with_zone(|zone| format::date_time(locale, zone, at));
        Some(view! { <li>{words}" "<b>{time}</b></li> })
    };
    view! {
        <Notice kind=NoticeKind::Ok>
            <p class="notice__title">{words::sent_title(locale, &key)}</p>
            <ul class="notice__list">
                {line(words::sent_review(locale), due.0)}
                {line(words::sent_answer(locale), due.1)}
                {line(words::sent_solve(locale), due.2)}
            </ul>
            <p>{words::sent_where(locale)}</p>
        </Notice>
    }
    .into_any()
}
