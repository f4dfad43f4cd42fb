//! A field's anatomy: label, hint, error, control, tied together for readers; and the summary of what is wrong.

use domain::problem::FieldProblem;
use leptos::html;
use leptos::prelude::*;

use super::{Glyph, Icon, Text, browser};
use crate::shell::use_locale;
use crate::words::common as words;

/// The problem at one field, in words.
pub fn problem_at(problems: Signal<Vec<FieldProblem>>, field: &'static str) -> Signal<Option<String>> {
    let locale = use_locale();
    Signal::derive(move || {
        problems.with(|problems| {
            problems
                .iter()
                .find(|problem| problem.field == field)
                .map(|problem| words::problem(locale, &problem.problem))
        })
    })
}

/// For a form that says what is wrong at its fields only: each time it is refused, the first of them takes the focus, so
/// that its error is read. The form takes what this gives as its `node_ref`. Not beside an [`ErrorSummary`], which takes
/// the focus itself.
pub fn focus_first_wrong(problems: Signal<Vec<FieldProblem>>) -> NodeRef<html::Form> {
    let form = NodeRef::<html::Form>::new();
    Effect::new(move |_| {
        if problems.with(|problems| !problems.is_empty()) {
            // Only once the controls say that they are wrong.
            request_animation_frame(move || {
                if let Some(form) = form.try_get_untracked().flatten() {
                    browser::focus_wrong(&form);
                }
            });
        }
    });
    form
}

/// What stands around a control.
#[component]
pub(super) fn Frame(
    id: String,
    label: Text,
    hint: Text,
    error: Signal<Option<String>>,
    optional: bool,
    /// The control is a group, which no label can point at.
    #[prop(optional)]
    group: bool,
    #[prop(optional)] aside: Option<AnyView>,
    control: AnyView,
) -> impl IntoView {
    let locale = use_locale();
    let optional = optional.then(|| view! { " "<span class="field__optional">{words::optional(locale)}</span> });
    let label_id = [&id, "-label"].concat();
    let label = if group {
        view! { <span class="field__label" id=label_id>{label}{optional}</span> }.into_any()
    } else {
        view! { <label class="field__label" for=id.clone() id=label_id>{label}{optional}</label> }.into_any()
    };
    let hint = (!hint.is_empty()).then(|| view! { <p class="field__hint" id=[&id, "-hint"].concat()>{hint}</p> });
    let error_id = [&id, "-error"].concat();
    view! {
        <div class="field" class:field--wrong=move || error.with(Option::is_some)>
            <div class="field__top">{label}{aside}</div>
            {hint}
            <p class="field__error" id=error_id>
                {move || error.get().map(|text| view! { <Icon name=Glyph::Late/><span>{text}</span> })}
            </p>
            {control}
        </div>
    }
    .into_any()
}

/// The ids of hint and error, for `aria-describedby`.
pub(super) fn described_by(id: &str, hint: bool) -> String {
    if hint { [id, "-hint ", id, "-error"].concat() } else { [id, "-error"].concat() }
}

/// "true" or nothing, as `aria-invalid` wants it.
pub(super) fn invalid(
    error: Signal<Option<String>>,
) -> impl Fn() -> Option<&'static str> + Send + Sync + Copy + 'static {
    move || error.with(|error| error.is_some().then_some("true"))
}

/// A line of text.
#[component]
pub fn TextField(
    #[prop(into)] name: Text,
    #[prop(into)] label: Text,
    #[prop(into, optional)] hint: Text,
    #[prop(into, optional)] value: Text,
    #[prop(into, optional)] error: Signal<Option<String>>,
    /// The `type` of the input.
    #[prop(optional)]
    kind: Option<&'static str>,
    #[prop(optional)] required: bool,
    /// Says nothing about being optional.
    #[prop(optional)]
    bare: bool,
    #[prop(into, optional)] autocomplete: Option<&'static str>,
    #[prop(into, optional)] maxlength: Option<u32>,
    #[prop(into, optional)] placeholder: Option<&'static str>,
    /// The id of a list of what may be meant.
    #[prop(into, optional)]
    list: Option<&'static str>,
    #[prop(into, optional)] id: Option<String>,
    #[prop(optional)] on_input: Option<Callback<String>>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| name.to_string());
    let described = described_by(&id, !hint.is_empty());
    let control = view! {
        <input
            list=list
            class="input"
            id=id.clone()
            name=name
            type=kind.unwrap_or("text")
            value=value.to_string()
            aria-required=required.then_some("true")
            aria-describedby=described
            aria-invalid=invalid(error)
            autocomplete=autocomplete
            maxlength=maxlength.map(|max| max.to_string())
            placeholder=placeholder
            on:input:target=move |event| {
                if let Some(on_input) = on_input {
                    on_input.run(event.target().value());
                }
            }
        />
    }
    .into_any();
    view! { <Frame id=id label=label hint=hint error=error optional=!required && !bare control=control/> }.into_any()
}

/// A password, which the browser can show.
#[component]
pub fn PasswordField(
    #[prop(into, optional)] name: Option<&'static str>,
    #[prop(into)] label: Text,
    #[prop(into, optional)] hint: Text,
    #[prop(into, optional)] error: Signal<Option<String>>,
    #[prop(into, optional)] autocomplete: Option<&'static str>,
    #[prop(into, optional)] id: Option<String>,
    /// A link right of the label.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let locale = use_locale();
    let name = name.unwrap_or("password");
    let id = id.unwrap_or_else(|| name.to_owned());
    let (live, set_live) = signal(false);
    let (shown, set_shown) = signal(false);
    Effect::new(move |_| set_live.set(true));
    let button = move || {
        live.get().then(|| {
            view! {
                <button
                    type="button"
                    class="input-box__button"
                    aria-pressed=move || shown.get().to_string()
                    aria-label=words::show_password(locale)
                    on:click=move |_| set_shown.update(|shown| *shown = !*shown)
                >
                    <Icon name=Glyph::Eye/>
                    <span>{move || if shown.get() { words::hide(locale) } else { words::show(locale) }}</span>
                </button>
            }
        })
    };
    let control = view! {
        <div class="input-box">
            <input
                class="input"
                id=id.clone()
                name=name
                type=move || if shown.get() { "text" } else { "password" }
                aria-required="true"
                aria-describedby=described_by(&id, !hint.is_empty())
                aria-invalid=invalid(error)
                autocomplete=autocomplete.unwrap_or("current-password")
            />
            {button}
        </div>
    }
    .into_any();
    let aside = children.map(|children| children().into_any());
    view! { <FrameWithAside id=id label=label hint=hint error=error aside=aside control=control/> }.into_any()
}

#[component]
fn FrameWithAside(
    id: String,
    label: Text,
    hint: Text,
    error: Signal<Option<String>>,
    aside: Option<AnyView>,
    control: AnyView,
) -> impl IntoView {
    match aside {
        Some(aside) => {
            view! { <Frame id=id label=label hint=hint error=error optional=false aside=aside control=control/> }
                .into_any()
        }
        None => view! { <Frame id=id label=label hint=hint error=error optional=false control=control/> }.into_any(),
    }
}

/// Text of several lines.
#[component]
pub fn TextArea(
    #[prop(into)] name: Text,
    #[prop(into)] label: Text,
    #[prop(into, optional)] hint: Text,
    #[prop(into, optional)] value: Text,
    #[prop(into, optional)] error: Signal<Option<String>>,
    #[prop(optional)] required: bool,
    #[prop(optional)] bare: bool,
    #[prop(optional)] rows: Option<u32>,
    #[prop(into, optional)] maxlength: Option<u32>,
    #[prop(into, optional)] id: Option<String>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| name.to_string());
    let described = described_by(&id, !hint.is_empty());
    let control = view! {
        <textarea
            class="input"
            id=id.clone()
            name=name
            rows=rows.unwrap_or(5).to_string()
            aria-required=required.then_some("true")
            aria-describedby=described
            aria-invalid=invalid(error)
            maxlength=maxlength.map(|max| max.to_string())
            inner_html=escape(&value)
        ></textarea>
    }
    .into_any();
    view! { <Frame id=id label=label hint=hint error=error optional=!required && !bare control=control/> }.into_any()
}

/// Text as the content of a `<textarea>`. In a page that is read, the first line break is dropped; in an element that a
/// script fills, it is not.
pub(super) fn escape(text: &str) -> String {
    let first = if cfg!(feature = "hydrate") { "" } else { "\n" };
    [first, &text.replace('&', "&amp;").replace('<', "&lt;")].concat()
}

/// What is wrong with a form, above it, with links to the fields. Takes the focus when it appears, so that it is read.
#[component]
pub fn ErrorSummary(
    #[prop(into)] problems: Signal<Vec<FieldProblem>>,
    /// What the fields are called: name of the control and its label.
    #[prop(optional)]
    labels: Vec<(String, String)>,
) -> impl IntoView {
    let locale = use_locale();
    let summary = NodeRef::<html::Div>::new();
    let labels = StoredValue::new(labels);
    Effect::new(move |_| {
        if problems.with(|problems| !problems.is_empty())
            && let Some(summary) = summary.get()
        {
            let _ = summary.focus();
        }
    });
    let line = move |problem: &FieldProblem| {
        let text = words::problem(locale, &problem.problem);
        if problem.field.is_empty() {
            return view! { <li>{text}</li> }.into_any();
        }
        let field = problem.field.clone();
        let text = labels.with_value(|labels| match labels.iter().find(|(name, _)| *name == field) {
            Some((_, label)) => [label, ": ", &text].concat(),
            None => text.clone(),
        });
        let href = ["#", &field].concat();
        let go = move |event: leptos::ev::MouseEvent| {
            event.prevent_default();
            crate::shell::browser::focus(&field);
        };
        view! { <li><a href=href on:click=go>{text}</a></li> }.into_any()
    };
    move || {
        problems.with(|problems| {
            (!problems.is_empty()).then(|| {
                let title = match problems.len() {
                    1 => words::one_thing_to_fix(locale).to_owned(),
                    count => words::things_to_fix(locale, count),
                };
                view! {
                    <div class="error-summary" role="alert" tabindex="-1" node_ref=summary>
                        <h2 class="error-summary__title">{title}</h2>
                        <ul>{problems.iter().map(line).collect_view()}</ul>
                    </div>
                }
            })
        })
    }
}
