//! The rows of the queue, under their headings. A row shows at a glance what burns.

use std::sync::Arc;

use domain::i18n::Locale;
use domain::sla::Schedule;
use domain::ticket::CloseReason;
use domain::time::{Instant, Millis};
use domain::view::desk::{DeskQuery, DeskRow};
use leptos::prelude::*;

use super::group::{Group, groups};
use super::keys::Selection;
use crate::component::{
    Avatar, BrandMark, ClockLine, Glyph, Icon, LineStyle, MarkSize, Mood, PriorityLabel, Reader, StatusLabel,
    clock_mood, use_now,
};
use crate::format;
use crate::page::desk::query::ticket_href;
use crate::shell::use_locale;
use crate::words::common;
use crate::words::desk as words;

#[component]
pub(super) fn Rows(
    query: DeskQuery,
    rows: Vec<DeskRow>,
    schedule: Arc<Schedule>,
    /// There are rows on further pages: the last group is longer than it shows.
    more: bool,
) -> impl IntoView {
    let locale = use_locale();
    let now = use_now();
    let selection = Selection::get();
    let rows = Arc::new(rows);
    let query = Arc::new(query);
    let grouped = {
        let (rows, schedule) = (rows.clone(), schedule.clone());
        Memo::new(move |_| groups(&schedule, &rows, now.minute()))
    };
    let all = rows.clone();
    let section = move |(group, indexes): (Group, Vec<usize>), last: bool| {
        let count = indexes.len().to_string();
        let count = if last && more { [&count, "+"].concat() } else { count };
        let class = if group == Group::PastDue { "queue__title queue__title--late" } else { "queue__title" };
        let rows = indexes.into_iter().filter_map(|index| rows.get(index).cloned());
        let rows =
            rows.map(|row| view! { <Row row=row query=query.clone() schedule=schedule.clone()/> }).collect_view();
        let schedule = schedule.clone();
        view! {
            <section class="queue__group">
                <div class="queue__head">
                    <h2 class=class>{title(locale, group)}</h2>
                    <span class="queue__count">{count}</span>
                    <span class="queue__aside">{move || aside(locale, group, &schedule, now.minute())}</span>
                </div>
                <ul>{rows}</ul>
            </section>
        }
    };
    view! {
        <div class="queue">
            {move || {
                let grouped = grouped.get();
                let last = grouped.len().saturating_sub(1);
                let keys = grouped.iter().flat_map(|(_, indexes)| indexes).filter_map(|index| all.get(*index));
                selection.rows_are(keys.map(|row| row.key.clone()).collect());
                grouped.into_iter().enumerate().map(|(index, group)| section(group, index == last)).collect_view()
            }}
        </div>
    }
    .into_any()
}

/// The first letter in upper case: a phrase that begins a line.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn title(locale: Locale, group: Group) -> String {
    match group {
        Group::PastDue => words::past_due(locale),
        Group::Today => words::before_closing(locale),
        Group::NextDay(day) => return capital(&format::date_long(locale, day)),
        Group::Later => words::later(locale),
        Group::Paused => words::paused(locale),
        Group::NoDeadline => common::no_deadline(locale),
        Group::Done => words::done(locale),
    }
    .to_owned()
}

/// What is worth knowing of a group's time, at the right of its heading.
fn aside(locale: Locale, group: Group, schedule: &Schedule, now: Instant) -> String {
    match group {
        Group::Today => {
            let tomorrow = now + Millis(Millis::DAY.0 - 1);
            let today = schedule.zone.civil(now).day_number;
            let windows = schedule.windows.iter().filter(|window| schedule.zone.civil(window.from).day_number == today);
            let closing = windows.map(|window| window.to).max().unwrap_or(now).min(tomorrow);
            let left = schedule.working_time(now, closing);
            if left.0 > 0 { words::left_today(locale, &format::duration(locale, left)) } else { String::new() }
        }
        Group::NextDay(day) => {
            let today = schedule.zone.civil(now).day_number;
            let mut reasons: Vec<String> = Vec::new();
            for closed in
                schedule.closed_days.iter().filter(|closed| today < closed.day_number && closed.day_number < day)
            {
                let reason = common::closed_reason(locale, &closed.reason);
                if !reasons.contains(&reason) {
                    reasons.push(reason);
                }
            }
            if reasons.is_empty() { String::new() } else { words::between(locale, &reasons.join(words::and(locale))) }
        }
        Group::Paused => words::no_deadline_runs(locale).to_owned(),
        _ => String::new(),
    }
}

#[component]
fn Row(row: DeskRow, query: Arc<DeskQuery>, schedule: Arc<Schedule>) -> impl IntoView {
    let locale = use_locale();
    let now = use_now();
    let selection = Selection::get();
    let mood = {
        let (schedule, clocks) = (schedule.clone(), row.clocks.clone());
        Memo::new(move |_| clock_mood(&schedule, &clocks, now.minute()))
    };
    let dropped = row.close_reason.is_some_and(CloseReason::drops_promise);
    let (key, id) = (row.key.clone(), ["row-", &row.key].concat());
    let focused = row.key.clone();
    let href = ticket_href(&row.key, &query);
    let agent = match row.assignee {
        Some(agent) => {
            let name = agent.name.clone();
            view! {
                <Avatar name=agent.name staff=true small=true/>
                <span class="visually-hidden">{name}</span>
            }
            .into_any()
        }
        None => view! { "–"<span class="visually-hidden">{words::nobody(locale)}</span> }.into_any(),
    };
    let unread = row.unread.then(|| view! { <span class="visually-hidden">{common::unread(locale)}</span> });
    let locked = row.confidential.then(|| {
        view! { <Icon name=Glyph::Lock/><span class="visually-hidden">{words::confidential(locale)}</span> }
    });
    view! {
        <li
            class="queue__row"
            class:queue__row--unread=row.unread
            class:queue__row--late=move || mood.get() == Mood::Late
            class:queue__row--risk=move || mood.get() == Mood::Risk
            class:queue__row--selected=move || selection.is(&key)
        >
            <PriorityLabel priority=row.priority icon_only=true/>
            <span class="key">{row.key}</span>
            <a id=id class="queue__subject" href=href on:focus=move |_| selection.choose(&focused)>
                {row.subject} {locked} {unread}
            </a>
            <span class="queue__who"><BrandMark brand=row.organisation size=MarkSize::Small/><span>{row.requester}</span></span>
            <StatusLabel status=row.status reader=Reader::Staff short=true/>
            <ClockLine schedule=schedule clocks=row.clocks style=LineStyle::Desk dropped=dropped/>
            <span class="queue__agent">{agent}</span>
        </li>
    }
    .into_any()
}
