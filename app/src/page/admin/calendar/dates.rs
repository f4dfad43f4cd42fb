//! Dates with hours of their own: Christmas Eve until one, a Saturday that is open for once.

use domain::problem::FieldProblem;
use leptos::prelude::*;

use super::editor::problem_in;
use super::hours::Hours;
use crate::api::admin::typed::{DATES, DateRow, Grid, date_control};
use crate::component::{Glyph, Icon};
use crate::shell::use_locale;
use crate::words::admin as words;
use crate::words::common;

#[component]
pub(super) fn Dates(hours: Hours, problems: RwSignal<Vec<FieldProblem>>) -> impl IntoView {
    let locale = use_locale();
    let live = RwSignal::new(false);
    Effect::new(move |_| live.set(true));
    let rows = move || {
        hours.drawn.track();
        let rows = hours.grid.with_value(|grid| grid.dates.clone());
        // One more than there are, to type in.
        let count = (rows.len() + 1).min(DATES);
        (0..count)
            .map(|index| {
                let row = rows.get(index).cloned().unwrap_or_default();
                view! { <Row index row hours problems/> }
            })
            .collect_view()
    };
    let add = move || {
        live.get().then(|| {
            let more = move |_| hours.redraw(|grid| grid.dates.push(DateRow::default()));
            view! {
                <div>
                    <button type="button" class="button button--small" on:click=more>
                        <Icon name=Glyph::Plus/>{words::more_dates(locale)}
                    </button>
                </div>
            }
        })
    };
    view! {
        <fieldset class="date-rows">
            <legend class="field__label">{words::other_dates(locale)}</legend>
            <p class="field__hint">{words::other_dates_hint(locale)}</p>
            {rows}
            {add}
        </fieldset>
    }
    .into_any()
}

#[component]
fn Row(index: usize, row: DateRow, hours: Hours, problems: RwSignal<Vec<FieldProblem>>) -> impl IntoView {
    let locale = use_locale();
    let name = move |part: &str| date_control(part, index);
    let names: Vec<String> = ["day", "month", "year", "hours"].map(name).to_vec();
    let error = Signal::derive(move || problem_in(locale, problems, &names));
    let text = move |part: &'static str, value: String, label: &'static str, class: &'static str, max: &'static str| {
        let id = name(part);
        let own = id.clone();
        let input = hours.show(value.clone());
        let wrong = Signal::derive(move || problems.with(|problems| problems.iter().any(|p| p.field == own)));
        view! {
            <label class="date-row__part">
                <span class="field__hint">{label}</span>
                <input node_ref=input class=class class:input--wrong=move || wrong.get() id=id.clone() name=id value=value maxlength=max
                    aria-invalid=move || wrong.get().then_some("true")
                    on:change:target=move |event| {
                        let text = event.target().value();
                        hours.edit(|grid| set(row_of(grid, index), part, text));
                    }/>
            </label>
        }
    };
    let month = if row.month.is_empty() { "12".to_owned() } else { row.month.clone() };
    let option = |number: u8| {
        let value = number.to_string();
        let selected = value == month;
        view! { <option value=value selected=selected>{common::month(locale, number)}</option> }
    };
    let months = (1..=12).map(option).collect_view();
    let (list, tick) = (hours.choose(month.clone()), hours.tick(row.usual));
    view! {
        <div class="date-row" role="group" aria-label=words::date_number(locale, index + 1)>
            {text("day", row.day, words::day(locale), "input input--day", "2")}
            <label class="date-row__part">
                <span class="field__hint">{words::month(locale)}</span>
                <span class="select">
                    <select node_ref=list class="input" id=name("month") name=name("month") on:change:target=move |event| {
                        let text = event.target().value();
                        hours.edit(|grid| set(row_of(grid, index), "month", text));
                    }>{months}</select>
                    <Icon name=Glyph::ChevronDown/>
                </span>
            </label>
            {text("year", row.year, words::year(locale), "input input--day", "4")}
            {text("hours", row.hours, words::open_hours(locale), "input", "120")}
            {text("name", row.name, words::day_name(locale), "input", "60")}
            <label class="choice choice--check date-row__usual">
                <input node_ref=tick type="checkbox" name=name("usual") value="true" checked=row.usual on:change:target=move |event| {
                    let on = event.target().checked();
                    hours.edit(|grid| row_of(grid, index).usual = on);
                }/>
                <span>{words::usual_days_only(locale)}</span>
            </label>
            <p class="field__error">{move || error.get().map(|text| view! { <Icon name=Glyph::Late/><span>{text}</span> })}</p>
        </div>
    }
    .into_any()
}

fn set(row: &mut DateRow, part: &str, text: String) {
    match part {
        "day" => row.day = text,
        "month" => row.month = text,
        "year" => row.year = text,
        "name" => row.name = text,
        _ => row.hours = text,
    }
}

/// A row, which may not have been there yet; its month is the one that its list shows.
fn row_of(grid: &mut Grid, index: usize) -> &mut DateRow {
    if grid.dates.len() <= index {
        grid.dates.resize(index + 1, DateRow::default());
    }
    let row = &mut grid.dates[index];
    if row.month.is_empty() {
        row.month = "12".to_owned();
    }
    row
}
