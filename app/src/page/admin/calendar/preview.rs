//! What saving would do: the coming twelve months with every day that is not as usual, and the deadlines that move.

use domain::opening::{SpecialDay, special_days};
use domain::sla::Schedule;
use domain::view::admin::CalendarPreview;
use domain::zone::date_of;
use leptos::prelude::*;

use super::super::moved::Moved;
use super::week::span_list;
use crate::component::{Glyph, Icon, Notice, NoticeKind};
use crate::format;
use crate::shell::use_locale;
use crate::words::admin as words;
use crate::words::common;

#[component]
pub(super) fn Preview(preview: CalendarPreview, stale: RwSignal<bool>) -> impl IntoView {
    let locale = use_locale();
    let CalendarPreview { now, schedule, moves, .. } = preview;
    view! {
        <h2>{words::what_changes(locale)}</h2>
        {move || stale.get().then(|| view! { <p class="muted">{words::changed_since(locale)}</p> })}
        <h3>{words::open_tickets(locale)}</h3>
        <Moved moves now/>
        <h3>{words::coming_year(locale)}</h3>
        <Year schedule/>
    }
    .into_any()
}

/// Month by month, the days that differ from the week.
#[component]
pub(super) fn Year(schedule: Schedule) -> impl IntoView {
    let locale = use_locale();
    if schedule.windows.is_empty() {
        return view! { <Notice kind=NoticeKind::Risk>{words::never_opens(locale)}</Notice> }.into_any();
    }
    let week = format::week(locale, &schedule.week, true);
    let week = if week.is_empty() { words::no_ordinary_week(locale).to_owned() } else { week };
    let mut months: Vec<((i32, u8), Vec<SpecialDay>)> = Vec::new();
    for day in special_days(&schedule) {
        let (year, month, _) = date_of(day.day_number);
        match months.last_mut() {
            Some((own, days)) if *own == (year, month) => days.push(day),
            _ => months.push(((year, month), vec![day])),
        }
    }
    let none = months.is_empty();
    let line = move |day: SpecialDay| {
        let date = format::date(locale, day.day_number);
        let (glyph, class, said) = match &day.closed {
            Some(reason) => (Glyph::Closed, "year__day", common::closed_reason(locale, reason)),
            None if day.name.is_empty() => (Glyph::Clock, "year__day year__day--open", span_list(&day.spans)),
            None => (Glyph::Clock, "year__day year__day--open", [&day.name, ", ", &span_list(&day.spans)].concat()),
        };
        let how = match (&day.closed, day.shorter) {
            (Some(_), _) => common::closed_hours(locale),
            (None, true) => words::shorter(locale),
            (None, false) => words::other_hours(locale),
        };
        view! {
            <li class=class>
                <Icon name=glyph/>
                <span class="year__date">{date}</span>
                <span>{said}" "<span class="muted">{how}</span></span>
            </li>
        }
    };
    let month = |((year, month), days): ((i32, u8), Vec<SpecialDay>)| {
        view! {
            <div class="year__month">
                <h3 class="year__name">{common::month(locale, month)}" "{year.to_string()}</h3>
                <ul>{days.into_iter().map(line).collect_view()}</ul>
            </div>
        }
    };
    view! {
        <p>{words::ordinarily(locale)}" "<b>{week}</b></p>
        {none.then(|| view! { <p class="muted">{words::no_special_days(locale)}</p> })}
        <div class="year">{months.into_iter().map(month).collect_view()}</div>
    }
    .into_any()
}
