//! The week and the expression, in step: whoever changes a box reads it in the expression, whoever changes the expression
//! sees it in the week, as long as a week can show it.

use domain::opening::Opening;
use domain::problem::{FieldProblem, Problem};
use leptos::html;
use leptos::prelude::*;

use super::editor::{grid_of, problem_in};
use crate::api::admin::typed::{self, Grid, Values};
use crate::component::{Glyph, Icon};
use crate::shell::use_locale;
use crate::words::admin as words;

/// What both sides of the editor share.
#[derive(Clone, Copy)]
pub(super) struct Hours {
    /// The boxes as they were typed.
    pub(super) grid: StoredValue<Grid>,
    /// The expression as it was typed.
    pub(super) text: RwSignal<String>,
    /// The expression that the boxes say: one that differs from it was typed, and counts.
    was: RwSignal<String>,
    /// The boxes can show the expression.
    pub(super) fits: RwSignal<bool>,
    /// The boxes are drawn anew when this changes: not while one types in them.
    pub(super) drawn: RwSignal<u32>,
}

impl Hours {
    /// `stored` is the calendar's own expression, `typed` a form that was sent already.
    pub(super) fn begin(stored: &str, typed: Option<&Values>) -> Self {
        let text = typed.map_or(stored, |typed| typed::value(typed, "hours")).to_owned();
        let changed = typed.is_some_and(|typed| typed::value(typed, "hours_was").trim() != text.trim());
        // The boxes come back as they were typed, right or wrong, unless it was the expression that was typed.
        let typed = typed.filter(|typed| !changed && !typed::value(typed, "grid").is_empty());
        let grid = typed.map(Grid::from_values).or_else(|| grid_of(&text));
        let fits = grid.is_some();
        let said =
            grid.as_ref().and_then(|grid| grid.read().ok()).filter(|said| Opening::read(&text).as_ref() != Some(said));
        let text = said.map_or(text, |said| said.expression());
        Self {
            grid: StoredValue::new(grid.unwrap_or_default()),
            was: RwSignal::new(text.clone()),
            text: RwSignal::new(text),
            fits: RwSignal::new(fits),
            drawn: RwSignal::new(0),
        }
    }

    /// A box was changed.
    pub(super) fn edit(self, change: impl FnOnce(&mut Grid)) {
        self.grid.update_value(change);
        if let Some(Ok(opening)) = self.grid.try_with_value(Grid::read) {
            let text = opening.expression();
            self.was.set(text.clone());
            self.text.set(text);
        } else {
            // The boxes count: what is wrong in them is said when the form is sent.
            self.was.set(self.text.get_untracked());
        }
    }

    /// For a box that was drawn anew: one that someone typed in keeps what was typed, whatever its attribute says. Not
    /// when the page begins, for someone may have typed before this program arrived.
    pub(super) fn show(self, value: String) -> NodeRef<html::Input> {
        let input = NodeRef::<html::Input>::new();
        Effect::new(move |_| {
            if let Some(input) = input.get().filter(|_| self.is_redrawn()) {
                input.set_value(&value);
            }
        });
        input
    }

    /// The same for a box to tick.
    pub(super) fn tick(self, on: bool) -> NodeRef<html::Input> {
        let input = NodeRef::<html::Input>::new();
        Effect::new(move |_| {
            if let Some(input) = input.get().filter(|_| self.is_redrawn()) {
                input.set_checked(on);
            }
        });
        input
    }

    /// The same for a list.
    pub(super) fn choose(self, value: String) -> NodeRef<html::Select> {
        let list = NodeRef::<html::Select>::new();
        Effect::new(move |_| {
            if let Some(list) = list.get().filter(|_| self.is_redrawn()) {
                list.set_value(&value);
            }
        });
        list
    }

    /// Whether the boxes were drawn anew since the page began.
    fn is_redrawn(self) -> bool {
        self.drawn.get_untracked() > 0
    }

    /// Room for more in the boxes.
    pub(super) fn redraw(self, change: impl FnOnce(&mut Grid)) {
        self.grid.update_value(change);
        self.drawn.update(|drawn| *drawn += 1);
    }

    /// The expression was changed.
    fn write(self, text: String) {
        match grid_of(&text) {
            Some(grid) => {
                self.grid.set_value(grid);
                self.was.set(text.clone());
                self.fits.set(true);
                self.drawn.update(|drawn| *drawn += 1);
            }
            None => self.fits.set(false),
        }
        self.text.set(text);
    }
}

/// The expression itself, for those who know it.
#[component]
pub(super) fn HoursField(hours: Hours, problems: RwSignal<Vec<FieldProblem>>) -> impl IntoView {
    let locale = use_locale();
    let error = Signal::derive(move || problem_in(locale, problems, &["hours".to_owned()]));
    // As it was when it was refused.
    let wrong = Memo::new(move |_| {
        let place = problems.with(|problems| {
            problems.iter().find_map(|problem| match problem.problem {
                Problem::NotOpeningHours { column, length, .. } if problem.field == "hours" => Some((column, length)),
                _ => None,
            })
        });
        place.map(|(column, length)| cut(&hours.text.get_untracked(), column, length))
    });
    let place = move || {
        wrong.get().map(|(before, wrong, after)| {
            let nothing =
                if wrong.is_empty() { "hours-wrong__mark hours-wrong__mark--missing" } else { "hours-wrong__mark" };
            view! {
                <p class="hours-wrong" id="hours-place">
                    <code>{before}<mark class=nothing>{wrong}</mark>{after}</code>
                </p>
            }
        })
    };
    let first = hours.text.get_untracked().replace('&', "&amp;").replace('<', "&lt;");
    view! {
        <input type="hidden" name="hours_was" value=move || hours.was.get()/>
        <div class="field" class:field--wrong=move || error.with(Option::is_some)>
            <label class="field__label" for="hours">{words::expression(locale)}</label>
            <p class="field__hint" id="hours-hint">
                {words::expression_hint(locale)}" "
                <a href="https://wiki.openstreetmap.org/wiki/Key:opening_hours" rel="external noreferrer">
                    {words::expression_more(locale)}
                </a>
            </p>
            <p class="field__error" id="hours-error">
                {move || error.get().map(|text| view! { <Icon name=Glyph::Late/><span>{text}</span> })}
            </p>
            {place}
            <textarea class="input input--code" id="hours" name="hours" rows="2" spellcheck="false" autocapitalize="off"
                aria-describedby="hours-hint hours-error" aria-required="true"
                aria-invalid=move || error.with(|error| error.is_some().then_some("true"))
                prop:value=move || hours.text.get()
                on:input:target=move |event| hours.write(event.target().value())
                inner_html=first></textarea>
        </div>
    }
    .into_any()
}

/// Before, at and after the place that is wrong; columns count characters from 1.
fn cut(text: &str, column: u32, length: u32) -> (String, String, String) {
    let start = column.max(1) as usize - 1;
    let part = |from: usize, count: usize| text.chars().skip(from).take(count).collect::<String>();
    (part(0, start), part(start, length as usize), part(start + length as usize, usize::MAX))
}
