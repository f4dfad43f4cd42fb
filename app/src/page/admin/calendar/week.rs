//! The week: a row of boxes for each day, and beside it the day drawn from midnight to midnight.

use domain::opening::{MINUTES, Opening, Span};
use domain::problem::FieldProblem;
use leptos::prelude::*;

use super::editor::problem_in;
use super::hours::Hours;
use crate::api::admin::typed::{Grid, SLOTS, slot};
use crate::component::{Glyph, Icon};
use crate::format;
use crate::shell::use_locale;
use crate::words::admin as words;
use crate::words::common;

/// Boxes that are there without asking: a morning and an afternoon.
const AT_LEAST: usize = 2;

#[component]
pub(super) fn Week(hours: Hours, problems: RwSignal<Vec<FieldProblem>>) -> impl IntoView {
    let locale = use_locale();
    let opening = Memo::new(move |_| hours.text.with(|text| Opening::read(text)));
    let live = RwSignal::new(false);
    Effect::new(move |_| live.set(true));
    let days = move || {
        hours.drawn.track();
        (0..7).map(|day| view! { <Day day hours opening problems live/> }).collect_view()
    };
    view! {
        <fieldset class="week-grid">
            <legend class="field__label">{words::week(locale)}</legend>
            <p class="field__hint">{words::week_hint(locale)}</p>
            <div class="week-grid__axis" aria-hidden="true">
                <span>"0"</span><span>"6"</span><span>"12"</span><span>"18"</span><span>"24"</span>
            </div>
            {days}
        </fieldset>
    }
    .into_any()
}

#[component]
fn Day(
    day: usize,
    hours: Hours,
    opening: Memo<Option<Opening>>,
    problems: RwSignal<Vec<FieldProblem>>,
    live: RwSignal<bool>,
) -> impl IntoView {
    let locale = use_locale();
    let name = common::weekday(locale, day as u8);
    let pairs = hours.grid.with_value(|grid| grid.days[day].clone());
    // Without JavaScript there is always room for one more.
    let count = (pairs.len() + 1).clamp(AT_LEAST, SLOTS);
    let boxes = (0..count).map(|index| {
        let (from, to) = pairs.get(index).cloned().unwrap_or_default();
        let number = index + 1;
        view! {
            <span class="week-grid__slot">
                <TimeBox name=slot("from", day, index) value=from label=words::from_time(locale, name, number) hours problems
                    on_change=Callback::new(move |text: String| hours.edit(|grid| pair(grid, day, index).0 = text))/>
                <span aria-hidden="true">"–"</span>
                <TimeBox name=slot("to", day, index) value=to label=words::to_time(locale, name, number) hours problems
                    on_change=Callback::new(move |text: String| hours.edit(|grid| pair(grid, day, index).1 = text))/>
            </span>
        }
    });
    let names: Vec<String> = (0..SLOTS).flat_map(|index| [slot("from", day, index), slot("to", day, index)]).collect();
    let error = Signal::derive(move || problem_in(locale, problems, &names));
    let add = move || {
        (live.get() && count < SLOTS).then(|| {
            view! {
                <button type="button" class="button button--quiet button--icon" title=words::more_hours(locale)
                    aria-label=words::more_hours_on(locale, name)
                    on:click=move |_| hours.redraw(|grid| { pair(grid, day, count - 1); })>
                    <Icon name=Glyph::Plus/>
                </button>
            }
        })
    };
    let spans = Memo::new(move |_| opening.with(|opening| opening.as_ref().map(|opening| opening.days[day].clone())));
    view! {
        <div class="week-grid__day" role="group" aria-label=name>
            <b class="week-grid__name">{name}</b>
            <div class="week-grid__boxes">
                {boxes.collect_view()}
                {add}
                <p class="field__error">{move || error.get().map(|text| view! { <Icon name=Glyph::Late/><span>{text}</span> })}</p>
            </div>
            {move || view! { <DayBar spans=spans.get().unwrap_or_default()/> }}
        </div>
    }
    .into_any()
}

/// A time in a box.
#[component]
fn TimeBox(
    name: String,
    value: String,
    label: String,
    hours: Hours,
    problems: RwSignal<Vec<FieldProblem>>,
    on_change: Callback<String>,
) -> impl IntoView {
    let own = name.clone();
    let wrong = Signal::derive(move || problems.with(|problems| problems.iter().any(|problem| problem.field == own)));
    let input = hours.show(value.clone());
    view! {
        <input node_ref=input class="input input--time" class:input--wrong=move || wrong.get() id=name.clone() name=name value=value aria-label=label
            maxlength="5" inputmode="numeric" aria-invalid=move || wrong.get().then_some("true")
            on:change:target=move |event| on_change.run(event.target().value())/>
    }
    .into_any()
}

/// The day from midnight to midnight, with its hours for those who do not see it.
#[component]
pub(super) fn DayBar(spans: Vec<Span>) -> impl IntoView {
    let locale = use_locale();
    let block = |span: &Span| {
        let width = (span.to_minute - span.from_minute).to_string();
        view! { <rect class="day-bar__open" x=span.from_minute.to_string() y="0" width=width height="14"/> }
    };
    let blocks = spans.iter().map(block).collect_view();
    let ends = MINUTES.to_string();
    let view_box = ["0 0 ", &ends, " 14"].concat();
    let said = if spans.is_empty() { common::closed_hours(locale).to_owned() } else { span_list(&spans) };
    view! {
        <div class="day-bar">
            <svg class="day-bar__track" viewBox=view_box preserveAspectRatio="none" aria-hidden="true">
                <rect class="day-bar__day" x="0" y="13" width=ends height="1"/>
                {blocks}
            </svg>
            <span class="visually-hidden">{said}</span>
        </div>
    }
    .into_any()
}

/// "09:00–12:00, 13:00–18:00".
pub(super) fn span_list(spans: &[Span]) -> String {
    let one =
        |span: &Span| [&format::minute_of_day(span.from_minute), "–", &format::minute_of_day(span.to_minute)].concat();
    spans.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// The texts of a slot, which may not have been there yet.
fn pair(grid: &mut Grid, day: usize, index: usize) -> &mut (String, String) {
    let pairs = &mut grid.days[day];
    if pairs.len() <= index {
        pairs.resize(index + 1, Default::default());
    }
    &mut pairs[index]
}
