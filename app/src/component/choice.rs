//! Fields with given answers, and the field of a form whatever its kind.

use domain::form::{BODY_MAX, Field, FieldKind, TEXT_MAX};
use leptos::prelude::*;

use super::field::{Frame, described_by, invalid};
use super::{Glyph, Icon, Text, TextArea, TextField};
use crate::shell::use_locale;
use crate::words::common as words;

/// One of several, in a list that unfolds.
#[component]
pub fn SelectField(
    #[prop(into)] name: Text,
    #[prop(into)] label: Text,
    #[prop(into, optional)] hint: Text,
    #[prop(into, optional)] value: Text,
    #[prop(into, optional)] error: Signal<Option<String>>,
    #[prop(optional)] required: bool,
    #[prop(optional)] bare: bool,
    /// Value and label.
    options: Vec<(String, String)>,
    /// Shown while nothing is chosen; without one the first option is chosen.
    #[prop(into, optional)]
    prompt: Option<Text>,
    #[prop(into, optional)] id: Option<String>,
    #[prop(optional)] on_change: Option<Callback<String>>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| name.to_string());
    let chosen = value.to_string();
    let option = move |(value, label): (String, String)| {
        let selected = value == chosen;
        view! { <option value=value selected=selected>{label}</option> }
    };
    let control = view! {
        <div class="select">
            <select
                class="input"
                id=id.clone()
                name=name
                aria-required=required.then_some("true")
                aria-describedby=described_by(&id, !hint.is_empty())
                aria-invalid=invalid(error)
                on:change:target=move |event| {
                    if let Some(on_change) = on_change {
                        on_change.run(event.target().value());
                    }
                }
            >
                {prompt.map(|prompt| view! { <option value="">{prompt}</option> })}
                {options.into_iter().map(option).collect_view()}
            </select>
            <Icon name=Glyph::ChevronDown/>
        </div>
    }
    .into_any();
    view! { <Frame id=id label=label hint=hint error=error optional=!required && !bare control=control/> }.into_any()
}

/// One of a few, all in sight.
#[component]
pub fn ChoiceField(
    #[prop(into)] name: Text,
    #[prop(into)] label: Text,
    #[prop(into, optional)] hint: Text,
    #[prop(into, optional)] value: Text,
    #[prop(into, optional)] error: Signal<Option<String>>,
    #[prop(optional)] required: bool,
    /// Value and label.
    options: Vec<(String, String)>,
    #[prop(optional)] on_change: Option<Callback<String>>,
) -> impl IntoView {
    let id = name.to_string();
    let (group, chosen) = (name.clone(), value.to_string());
    let option = move |(index, (value, label)): (usize, (String, String))| {
        let checked = value == chosen;
        // The first one has the field's id: what the error summary points at.
        let id = if index == 0 { group.to_string() } else { [&group, "-", &value].concat() };
        let told = value.clone();
        view! {
            <label class="choice">
                <input
                    type="radio"
                    id=id
                    name=group.clone()
                    value=value
                    checked=checked
                    on:change=move |_| {
                        if let Some(on_change) = on_change {
                            on_change.run(told.clone());
                        }
                    }
                />
                <span>{label}</span>
            </label>
        }
    };
    let control = view! {
        <div
            class="choices"
            role="radiogroup"
            aria-labelledby=[&id, "-label"].concat()
            aria-describedby=described_by(&id, !hint.is_empty())
            aria-invalid=invalid(error)
        >
            {options.into_iter().enumerate().map(option).collect_view()}
        </div>
    }
    .into_any();
    view! { <Frame id=id label=label hint=hint error=error optional=!required group=true control=control/> }.into_any()
}

/// Yes or no. Unchecked, it is not part of what is sent.
#[component]
pub fn CheckField(
    #[prop(into)] name: Text,
    #[prop(into)] label: Text,
    #[prop(into, optional)] hint: Text,
    #[prop(optional)] checked: bool,
) -> impl IntoView {
    view! {
        <label class="choice choice--check">
            <input type="checkbox" name=name value="true" checked=checked/>
            <span>{label}<span class="field__hint">{hint}</span></span>
        </label>
    }
    .into_any()
}

/// Any field of a form.
#[component]
pub fn FormField(
    field: Field,
    #[prop(into, optional)] value: Text,
    #[prop(into, optional)] error: Signal<Option<String>>,
) -> impl IntoView {
    let locale = use_locale();
    let name: Text = field.control().into();
    let (label, hint, required): (Text, Text, bool) = (field.label.into(), field.hint.into(), field.required);
    match field.kind {
        FieldKind::Text => view! { <TextField name label hint value error required maxlength=TEXT_MAX/> }.into_any(),
        FieldKind::Date => view! { <TextField name label hint value error required kind="date"/> }.into_any(),
        FieldKind::LongText => view! { <TextArea name label hint value error required maxlength=BODY_MAX/> }.into_any(),
        FieldKind::Choice(choices) => {
            let options = choices.into_iter().map(|choice| (choice.slug, choice.label)).collect();
            let prompt: Text = words::choose(locale).into();
            view! { <SelectField name label hint value error required options prompt/> }.into_any()
        }
    }
}
