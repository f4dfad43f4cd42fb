//! The form of a calendar: its name and place, the week, holidays, dates, the expression, and the preview under it.

use domain::i18n::Locale;
use domain::problem::{FieldProblem, Problem};
use domain::view::admin::{CalendarDraft, CalendarPreview, Saved};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::super::submit::{Buttons, PREVIEW, Refusal, Submit, intercept, to_preview, typed_before};
use super::dates::Dates;
use super::hours::{Hours, HoursField};
use super::preview::Preview;
use super::week::Week;
use crate::ApiError;
use crate::api::admin::typed::{self, Grid, Values};
use crate::api::admin::{preview_calendar, save_calendar};
use crate::component::{ChoiceField, ErrorSummary, Notice, NoticeKind, TextArea, TextField, problem_at};
use crate::shell::use_locale;
use crate::words::admin as words;
use crate::words::common;

/// What the form begins with.
#[derive(Clone)]
pub(super) struct Beginning {
    /// 0: a new calendar.
    pub(super) id: i64,
    pub(super) version: i64,
    pub(super) draft: CalendarDraft,
}

impl Beginning {
    /// The page's own address.
    fn here(&self) -> String {
        if self.id == 0 {
            "/admin/calendars/new".to_owned()
        } else {
            ["/admin/calendars/", &self.id.to_string()].concat()
        }
    }
}

#[component]
pub(super) fn Editor(beginning: Beginning, preview: Option<Result<CalendarPreview, ApiError>>) -> impl IntoView {
    let locale = use_locale();
    let typed = typed_before("hours");
    let submit = Submit::new(preview.as_ref().and_then(|preview| preview.as_ref().err()));
    let (shown, stale) = (RwSignal::new(preview.and_then(Result::ok)), RwSignal::new(false));
    // What was typed is told which version it began with; once that is known to be old, saving means to go over it.
    let began = typed.as_ref().and_then(|typed| typed::value(typed, "version").parse().ok());
    let began = began.unwrap_or(beginning.version);
    if began < beginning.version && submit.outdated.get_untracked().is_none() {
        submit.outdated.set(Some(beginning.version));
    }
    let version = move || submit.outdated.get().unwrap_or(began).to_string();
    let (id, here) = (beginning.id, beginning.here());
    let draft = beginning.draft;
    let hours = Hours::begin(&draft.hours, typed.as_ref());
    let values = typed.unwrap_or_else(|| typed::of_draft(&draft));
    let navigate = use_navigate();
    let saved =
        move |saved: Saved| navigate(&["/admin/calendars/", &typed::saved_place(&saved)].concat(), Default::default());
    let on_submit = move |event| {
        let look = |form: String| {
            submit.wait(preview_calendar(id, form), move |preview| {
                let _ = shown.try_set(Some(preview));
                let _ = stale.try_set(false);
                to_preview();
            });
        };
        let saved = saved.clone();
        intercept(&event, look, move |data| submit.wait(save_calendar(data), saved));
    };
    let labels = labels(locale);
    let preview = move || shown.get().map(|preview| view! { <Preview preview stale/> });
    view! {
        <form class="form admin-form" method="post" action="/api/admin/save_calendar" enctype="multipart/form-data"
            autocomplete="off" novalidate=true on:submit=on_submit on:input=move |_| stale.set(true)>
            <input type="hidden" name="id" value=id.to_string()/>
            <input type="hidden" name="version" value=version/>
            <ErrorSummary problems=submit.problems labels=labels/>
            <Refusal submit here=here.clone()/>
            <Fields values=values.clone() submit hours/>
            <Buttons submit here=here save=words::save(locale)/>
        </form>
        <section class="section admin-preview" id=PREVIEW tabindex="-1" aria-label=words::what_changes(locale)>{preview}</section>
    }
    .into_any()
}

#[component]
fn Fields(values: Values, submit: Submit, hours: Hours) -> impl IntoView {
    let locale = use_locale();
    let value = |name: &str| typed::value(&values, name).to_owned();
    let at = move |name: &'static str| problem_at(submit.problems.into(), name);
    let years = [
        ("never", words::never(locale)),
        ("yearly", words::every_year(locale)),
        ("every_fifth_year", words::every_fifth_year(locale)),
    ];
    let years = years.map(|(value, label)| (value.to_owned(), label.to_owned())).to_vec();
    let chosen = |name| Some(value(name)).filter(|value| !value.is_empty()).unwrap_or("never".to_owned());
    // The week, the holidays and the dates go together: all three are the expression, in parts.
    let parts = move || {
        if !hours.fits.get() {
            return view! { <Notice kind=NoticeKind::Info>{words::beyond_the_week(locale)}</Notice> }.into_any();
        }
        view! {
            <input type="hidden" name="grid" value="1"/>
            <Week hours problems=submit.problems/>
            <Holidays hours/>
            <Dates hours problems=submit.problems/>
        }
        .into_any()
    };
    view! {
        <div class="admin-form__pair">
            <TextField name="name" label=words::name(locale) value=value("name") error=at("name") required=true maxlength=80_u32/>
            <TextField name="timezone" label=words::time_zone(locale) value=value("timezone") error=at("timezone") required=true/>
        </div>
        {parts}
        <div class="admin-form__pair">
            <TextField name="country" label=words::country(locale) hint=words::country_hint(locale) value=value("country")
                error=at("country") bare=true maxlength=2_u32/>
            <div>
                <ChoiceField name="good_friday" label=words::good_friday(locale) hint=words::dutch_only(locale)
                    value=chosen("good_friday") error=at("good_friday") required=true options=years.clone()/>
                <ChoiceField name="liberation_day" label=words::liberation_day(locale) value=chosen("liberation_day")
                    error=at("liberation_day") required=true options=years/>
            </div>
        </div>
        <TextArea name="closed" label=words::extra_closed(locale) hint=words::extra_closed_hint(locale)
            value=value("closed") error=at("closed") bare=true rows=3/>
        <HoursField hours problems=submit.problems/>
    }
    .into_any()
}

/// Whether public holidays are closed: a rule of the expression.
#[component]
fn Holidays(hours: Hours) -> impl IntoView {
    let locale = use_locale();
    let checked = hours.grid.with_value(|grid| grid.closed_on_holidays);
    let tick = hours.tick(checked);
    view! {
        <label class="choice choice--check">
            <input node_ref=tick type="checkbox" name="holidays" value="true" checked=checked on:change:target=move |event| {
                let on = event.target().checked();
                hours.edit(|grid| grid.closed_on_holidays = on);
            }/>
            <span>{words::closed_on_holidays(locale)}<span class="field__hint">{words::closed_on_holidays_hint(locale)}</span></span>
        </label>
    }
    .into_any()
}

/// What the boxes are called in the summary of what is wrong.
fn labels(locale: Locale) -> Vec<(String, String)> {
    let mut labels: Vec<_> = [
        ("name", words::name(locale)),
        ("timezone", words::time_zone(locale)),
        ("country", words::country(locale)),
        ("closed", words::extra_closed(locale)),
        ("good_friday", words::good_friday(locale)),
        ("liberation_day", words::liberation_day(locale)),
        ("hours", words::expression(locale)),
    ]
    .map(|(name, label)| (name.to_owned(), label.to_owned()))
    .to_vec();
    for day in 0..7 {
        for index in 0..typed::SLOTS {
            for part in ["from", "to"] {
                labels.push((typed::slot(part, day, index), common::weekday(locale, day as u8).to_owned()));
            }
        }
    }
    for index in 0..typed::DATES {
        for part in ["day", "month", "year", "hours", "name"] {
            labels.push((typed::date_control(part, index), words::other_dates(locale).to_owned()));
        }
    }
    labels
}

/// The problem at a box that is one of many.
pub(super) fn problem_in(locale: Locale, problems: RwSignal<Vec<FieldProblem>>, names: &[String]) -> Option<String> {
    let said = |problem: &Problem| common::problem(locale, problem);
    problems.with(|problems| {
        problems.iter().find(|problem| names.contains(&problem.field)).map(|problem| said(&problem.problem))
    })
}

/// The grid that a form of this expression begins with; `None` when the expression says more than a week can show.
pub(super) fn grid_of(expression: &str) -> Option<Grid> {
    domain::opening::Opening::read(expression).map(|opening| Grid::of(&opening))
}
