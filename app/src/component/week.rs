//! Whether support is open, and its hours this week.

use std::sync::Arc;

use domain::i18n::Locale;
use domain::sla::{ClosedReason, Schedule};
use domain::time::Instant;
use leptos::prelude::*;

use super::bar::percent;
use super::use_now;
use crate::format;
use crate::shell::use_locale;
use crate::words::common as words;

/// "Support is open until 18:00 · closed Monday 27 April for King's Day". Live.
#[component]
pub fn OpenNow(schedule: Arc<Schedule>, #[prop(into, optional)] phone: String) -> impl IntoView {
    let locale = use_locale();
    let now = use_now();
    let shown = Memo::new(move |_| {
        let at = now.minute();
        (schedule.is_open(at), open_words(locale, &schedule, at), next_holiday(locale, &schedule, at))
    });
    let phone = (!phone.is_empty()).then(|| view! { <span class="open-now__more">" · "{phone}</span> });
    view! {
        <p class="open-now" class:open-now--closed=move || shown.with(|shown| !shown.0)>
            <span class="open-now__dot" aria-hidden="true"></span>
            <span>
                {words::support_is(locale)}" "<b>{move || shown.with(|shown| shown.1.clone())}</b>
                {move || shown.with(|shown| shown.2.clone()).map(|text| view! { <span class="open-now__more">" · "{text}</span> })}
                {phone}
            </span>
        </p>
    }
    .into_any()
}

fn open_words(locale: Locale, schedule: &Schedule, at: Instant) -> String {
    let zone = &schedule.zone;
    if schedule.is_open(at) {
        return match schedule.closing_after(at) {
            // Known to the end of what is known: it does not close.
            Some(closing) if closing < schedule.known_until => {
                words::open_until(locale, &format::moment(locale, zone, closing, at))
            }
            _ => words::open_always(locale).to_owned(),
        };
    }
    match schedule.next_opening(at) {
        Some(opening) => words::closed_until(locale, &format::moment(locale, zone, opening, at)),
        None => words::closed_for_good(locale).to_owned(),
    }
}

/// A holiday in the coming week, today not counted.
fn next_holiday(locale: Locale, schedule: &Schedule, at: Instant) -> Option<String> {
    let today = schedule.zone.civil(at).day_number;
    let day = schedule.closed_days.iter().find(|day| {
        (today + 1..today + 8).contains(&day.day_number)
            && matches!(day.reason, ClosedReason::Holiday(_) | ClosedReason::Extra(_))
            // A holiday on a Sunday changes nothing for anyone.
            && format::weekday_of(day.day_number) < 5
    })?;
    let reason = words::closed_reason(locale, &day.reason);
    Some(words::closed_on_for(locale, &format::date_long(locale, day.day_number), &reason))
}

/// A day of the strip.
#[derive(Clone, PartialEq)]
struct Day {
    label: String,
    /// For readers: the hours, or that it is closed.
    hours: String,
    open: bool,
    today: bool,
    wide: bool,
    /// Where now is, in thousandths of the opening hours.
    now: Option<u16>,
}

/// Seven days from yesterday on, each with its hours.
#[component]
pub fn WeekStrip(schedule: Arc<Schedule>, #[prop(optional)] caption: bool) -> impl IntoView {
    let locale = use_locale();
    let now = use_now();
    let caption = caption.then(|| {
        let week = format::week(locale, &schedule.week, false);
        view! { <p class="week__caption">{words::support_hours_are(locale, &week)}</p> }
    });
    let days = Memo::new(move |_| week_days(locale, &schedule, now.minute()));
    let day = |day: &Day| {
        let mut class = String::from(if day.open { "week__day" } else { "week__day week__day--closed" });
        if day.today {
            class.push_str(" week__day--today");
        }
        if day.wide {
            class.push_str(" week__day--wide");
        }
        let now = day.now.map(|now| view! { <rect class="week__now" x=percent(now) y="-4" width="1.5" height="20"/> });
        view! {
            <li class=class>
                <svg class="week__track" aria-hidden="true">{now}</svg>
                <span class="week__label">{day.label.clone()}</span>
                <span class="visually-hidden">" "{day.hours.clone()}</span>
            </li>
        }
    };
    view! { <div class="week">{caption}<ol class="week__days">{move || days.with(|days| days.iter().map(day).collect_view())}</ol></div> }
        .into_any()
}

fn week_days(locale: Locale, schedule: &Schedule, at: Instant) -> Vec<Day> {
    let zone = &schedule.zone;
    let today = zone.civil(at).day_number;
    (today - 1..today + 6)
        .map(|number| {
            let (from, to) = (zone.day_start(number), zone.day_start(number + 1));
            let mut windows = schedule.windows.iter().filter(|window| window.from < to && window.to > from);
            let first = windows.next();
            let last = windows.next_back().or(first);
            let hours = first.zip(last).map(|(first, last)| (first.from.max(from), last.to.min(to)));
            let holiday = schedule.closed_day(number).filter(|day| matches!(day.reason, ClosedReason::Holiday(_)));
            let weekday = words::weekday_short(locale, format::weekday_of(number)).to_owned();
            let named = holiday.filter(|_| format::weekday_of(number) < 5);
            Day {
                label: named.map_or(weekday, |day| words::closed_reason(locale, &day.reason)),
                hours: match hours {
                    Some((from, to)) => format::time_span(zone, from, to),
                    None => words::closed_hours(locale).to_owned(),
                },
                open: hours.is_some(),
                today: number == today,
                wide: named.is_some(),
                now: (number == today).then(|| {
                    let (from, to) = hours.unwrap_or((from, to));
                    share(at, from, to)
                }),
            }
        })
        .collect()
}

/// Where `at` lies between `from` and `to`, in thousandths.
pub(super) fn share(at: Instant, from: Instant, to: Instant) -> u16 {
    let whole = to.since(from).0.max(1);
    (at.since(from).0.clamp(0, whole) * 1_000 / whole) as u16
}
