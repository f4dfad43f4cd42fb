//! The desk's horizon: the strip's axis with the deadlines of a whole queue, those that stand close counted as one.

use std::sync::Arc;

use domain::i18n::Locale;
use domain::sla::Schedule;
use domain::time::Instant;
use leptos::prelude::*;

use super::strip::{MarkView, MarkWords, grow, mark_view};
use super::use_now;
use crate::format;
use crate::shell::use_locale;
use crate::words::common as words;

/// So many open days are drawn, the later ones narrower.
const OPEN_DAYS: usize = 4;
/// How wide each open day is beside the others.
const WEIGHTS: [f32; OPEN_DAYS] = [24.0, 16.0, 11.0, 8.0];
/// No more days than this are looked through for open ones.
const LOOK_AHEAD: i64 = 21;

struct Column {
    first_day: i64,
    last_day: i64,
    /// Opening and closing; `None` while closed.
    hours: Option<(Instant, Instant)>,
    weight: f32,
}

/// All deadlines of a queue on one axis, from today on. Redrawn once a minute.
#[component]
pub fn Horizon(schedule: Arc<Schedule>, deadlines: Vec<Instant>) -> impl IntoView {
    let locale = use_locale();
    let now = use_now();
    let drawn = move || {
        let at = now.minute();
        let columns = columns(&schedule, at);
        columns.iter().any(|column| column.hours.is_some()).then(|| {
            let total = deadlines.len();
            let said = [words::deadlines(locale), ": ", &due(locale, total)].concat();
            let column =
                |(index, column): (usize, &Column)| draw(locale, &schedule, &deadlines, column, index == 0, at);
            let columns = columns.iter().enumerate().map(column).collect_view();
            view! { <div class="strip strip--horizon" role="img" aria-label=said>{columns}</div> }
        })
    };
    view! { {drawn} }.into_any()
}

/// How many deadlines there are.
fn due(locale: Locale, count: usize) -> String {
    if count == 1 { words::one_due(locale).to_owned() } else { words::due_count(locale, count) }
}

fn columns(schedule: &Schedule, now: Instant) -> Vec<Column> {
    let zone = &schedule.zone;
    let today = zone.civil(now).day_number;
    let mut columns: Vec<Column> = Vec::new();
    let mut open = 0;
    for day in today..today + LOOK_AHEAD {
        let (from, to) = (zone.day_start(day), zone.day_start(day + 1));
        if open == OPEN_DAYS || from >= schedule.known_until {
            break;
        }
        let mut windows = schedule.windows.iter().filter(|window| window.from < to && window.to > from);
        if let Some(first) = windows.next() {
            let closes = windows.next_back().map_or(first.to, |last| last.to).min(to);
            let hours = Some((first.from.max(from), closes));
            columns.push(Column { first_day: day, last_day: day, hours, weight: WEIGHTS[open] });
            open += 1;
            continue;
        }
        let reason = schedule.closed_day(day).map(|day| &day.reason);
        match columns.last_mut() {
            Some(last)
                if last.hours.is_none() && schedule.closed_day(last.last_day).map(|day| &day.reason) == reason =>
            {
                last.last_day = day;
            }
            _ => columns.push(Column { first_day: day, last_day: day, hours: None, weight: 0.0 }),
        }
    }
    columns
}

fn draw(
    locale: Locale,
    schedule: &Schedule,
    deadlines: &[Instant],
    column: &Column,
    first: bool,
    now: Instant,
) -> AnyView {
    let zone = &schedule.zone;
    let label = format::day_run(locale, column.first_day, column.last_day);
    let Some((opens, closes)) = column.hours else {
        let why = schedule.closed_day(column.first_day);
        let why = why.map_or_else(String::new, |day| words::closed_reason(locale, &day.reason));
        return view! {
            <div class="strip__column strip__column--closed">
                <div class="strip__track"><div class="strip__blocks"></div></div>
                <div class="strip__label strip__label--closed"><span>{label}</span><span class="strip__hours">{why}</span></div>
            </div>
        }
        .into_any();
    };
    let is_today = zone.civil(now).day_number == column.first_day;
    // What is overdue from earlier days stands at the beginning of the first day.
    let from = if first { Instant::MIN } else { zone.day_start(column.first_day) };
    let to = zone.day_start(column.last_day + 1);
    let mut pins: Vec<Instant> = deadlines.iter().copied().filter(|due| from <= *due && *due < to).collect();
    pins.sort_unstable();
    let count = pins.len();
    let fraction = |at: Instant| {
        let whole = closes.since(opens).0.max(1) as f32;
        (at.since(opens).0 as f32 / whole).clamp(0.0, 1.0)
    };
    // A pin is about 18 px wide; the heaviest column about 400.
    let apart = 18.0 / (400.0 * column.weight / WEIGHTS[0]);
    let mut marks: Vec<MarkView> = Vec::new();
    let mut clusters: Vec<(f32, usize, &'static str)> = Vec::new();
    for due in pins {
        let at = fraction(due);
        let tone = if due < now {
            " pin--late"
        } else if is_today {
            " pin--soon"
        } else {
            ""
        };
        match clusters.last_mut() {
            Some(last) if at - last.0 < apart && last.2 == tone => last.1 += 1,
            _ => clusters.push((at, 1, tone)),
        }
    }
    for (at, count, tone) in clusters {
        let side = if at > 1.0 - apart { " wide-left narrow-left" } else { "" };
        let class = ["strip__mark strip__mark--pin", tone, side].concat();
        let words = MarkWords { words: count.to_string(), ..MarkWords::default() };
        marks.push(MarkView { class, at, words });
    }
    if is_today {
        let class = "strip__mark strip__mark--now wide-left narrow-left".to_owned();
        marks.push(MarkView { class, at: fraction(now), words: MarkWords::default() });
    }
    let below = if is_today {
        let clock = format::time(zone, now);
        if schedule.is_open(now) {
            words::now_open_until(locale, &clock, &format::time(zone, closes))
        } else {
            words::now_closed(locale, &clock)
        }
    } else if count == 0 {
        String::new()
    } else {
        due(locale, count)
    };
    let class = ["strip__column ", &grow(column.weight, WEIGHTS[0])].concat();
    let date = format::date(locale, column.first_day);
    view! {
        <div class=class>
            <div class="strip__track">
                <div class="strip__blocks">
                    <div class="strip__layer"><svg class="strip__block strip__block--open" width="100%"></svg></div>
                </div>
                {marks.iter().map(mark_view).collect_view()}
            </div>
            <div class="strip__label"><b>{date}</b><span class="strip__hours">{below}</span></div>
        </div>
    }
    .into_any()
}
