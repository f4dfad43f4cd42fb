//! `/admin/policies/{id}`: what one policy promises, as a form; what saving it would do; what it was before.

use domain::i18n::Locale;
use domain::problem::FieldProblem;
use domain::sla::ClockKind;
use domain::ticket::Priority;
use domain::time::{Instant, Millis};
use domain::view::admin::{
    AROUND_THE_CLOCK, OrganisationLine, PolicyAdminView, PolicyDraft, PolicyPreview, PolicyVersion, TargetView,
};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::log::{Log, who};
use super::moved::Moved;
use super::policies::{Targets, clock_name};
use super::submit::{Buttons, Done, PREVIEW, Refusal, Submit, asks, intercept, to_preview, typed_before};
use super::{Frame, Part};
use crate::ApiError;
use crate::api::admin::{preview_policy, read_policies, read_policy, save_policy, typed};
use crate::component::{
    CheckField, ErrorSummary, Glyph, Icon, PriorityLabel, TextField, Time, TimeStyle, problem_at, use_now,
};
use crate::shell::use_locale;
use crate::words::admin as words;
use crate::words::common;

/// What the page begins with.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) struct Data {
    now: Instant,
    /// `None`: a new policy.
    view: Option<PolicyAdminView>,
    calendars: Vec<(i64, String)>,
    draft: PolicyDraft,
    preview: Option<Result<PolicyPreview, ApiError>>,
}

pub(super) async fn read(id: i64, search: String) -> Result<Data, ApiError> {
    if id == 0 {
        // A new policy begins as the first one is.
        let all = read_policies().await?;
        let targets = all.policies.first().map(|line| line.targets.clone()).unwrap_or_default();
        let draft = PolicyDraft { name: String::new(), values: values_of(&targets) };
        return Ok(Data { now: all.now, view: None, calendars: all.calendars, draft, preview: None });
    }
    let view = read_policy(id).await?;
    let preview = if asks(&search) { Some(preview_policy(id, search).await) } else { None };
    let (now, calendars, draft) = (view.now, view.calendars.clone(), view.draft.clone());
    Ok(Data { now, view: Some(view), calendars, draft, preview })
}

fn values_of(targets: &[TargetView]) -> Vec<(String, String)> {
    let mut values = Vec::new();
    for line in targets {
        let hours = line.target.map_or_else(String::new, hours);
        values.push((PolicyDraft::control("hours", line.priority, line.clock), hours));
        values.push((PolicyDraft::control("calendar", line.priority, line.clock), line.calendar_id.to_string()));
    }
    values
}

/// "24", "1.5": as a form has it.
fn hours(target: Millis) -> String {
    let hundredths = target.0 * 100 / Millis::HOUR.0;
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    match rest {
        0 => whole.to_string(),
        _ => [whole.to_string().as_str(), if rest < 10 { ".0" } else { "." }, &rest.to_string()].concat(),
    }
}

#[component]
pub(super) fn PolicyPage(data: Data) -> impl IntoView {
    let locale = use_locale();
    use_now().sync(data.now);
    let title = data.view.as_ref().map_or_else(|| words::new_policy(locale).to_owned(), |view| view.name.clone());
    let above = ("/admin/policies", words::policies(locale));
    let after = data.view.clone().map(|view| {
        view! {
            <Users organisations=view.organisations/>
            <Versions versions=view.versions/>
            <Log lines=view.log/>
        }
    });
    view! {
        <Frame part=Part::Policies title=title above=above>
            <Done/>
            <Editor data/>
            {after}
        </Frame>
    }
    .into_any()
}

#[component]
fn Editor(data: Data) -> impl IntoView {
    let locale = use_locale();
    let Data { view, calendars, draft, preview, .. } = data;
    let (id, newest) = view.as_ref().map_or((0, 0), |view| (view.id, view.version));
    let open = view.as_ref().map_or(0, |view| view.open);
    let typed = typed_before("hours_critical_review");
    let submit = Submit::new(preview.as_ref().and_then(|preview| preview.as_ref().err()));
    let (shown, stale) = (RwSignal::new(preview.and_then(Result::ok)), RwSignal::new(false));
    let began = typed.as_ref().and_then(|typed| typed::value(typed, "version").parse().ok()).unwrap_or(newest);
    if began < newest && submit.outdated.get_untracked().is_none() {
        submit.outdated.set(Some(newest));
    }
    let version = move || submit.outdated.get().unwrap_or(began).to_string();
    let apply = typed.as_ref().is_some_and(|typed| !typed::value(typed, "apply_to_open").is_empty());
    let name = typed.as_ref().map_or("", |typed| typed::value(typed, "name")).to_owned();
    let draft = typed.as_ref().map_or(draft, typed::policy);
    let here = if id == 0 { "/admin/policies/new".to_owned() } else { ["/admin/policies/", &id.to_string()].concat() };
    let navigate = use_navigate();
    let on_submit = move |event| {
        let look = move |form: String| {
            submit.wait(preview_policy(id, form), move |preview| {
                let _ = shown.try_set(Some(preview));
                let _ = stale.try_set(false);
                to_preview();
            });
        };
        let navigate = navigate.clone();
        let saved =
            move |saved| navigate(&["/admin/policies/", &typed::saved_place(&saved)].concat(), Default::default());
        intercept(&event, look, move |data| submit.wait(save_policy(data), saved));
    };
    let result = move || {
        shown.get().map(|preview| {
            view! {
                <h2>{words::what_changes(locale)}</h2>
                {move || stale.get().then(|| view! { <p class="muted">{words::changed_since(locale)}</p> })}
                <p class="muted">{words::only_if_applied(locale, preview.tickets)}</p>
                <Moved moves=preview.moves now=preview.now/>
            }
        })
    };
    let is_new = id == 0;
    let name_error = problem_at(submit.problems.into(), "name");
    // A new policy moves nothing and is nobody's yet.
    let buttons = if is_new {
        view! {
            <div><button class="button button--primary" type="submit" disabled=move || submit.busy.get()>{words::save(locale)}</button></div>
        }
        .into_any()
    } else {
        view! {
            <CheckField name="apply_to_open" label=words::apply_to_open(locale, open) hint=words::apply_hint(locale) checked=apply/>
            <Buttons submit here=here.clone() save=words::save(locale)/>
        }
        .into_any()
    };
    view! {
        <form class="form admin-form" method="post" action="/api/admin/save_policy" enctype="multipart/form-data"
            autocomplete="off" novalidate=true on:submit=on_submit on:input=move |_| stale.set(true)>
            <input type="hidden" name="id" value=id.to_string()/>
            <input type="hidden" name="version" value=version/>
            <ErrorSummary problems=submit.problems labels=labels(locale)/>
            <Refusal submit here=here/>
            {is_new.then(|| view! {
                <TextField name="name" label=words::name(locale) value=name error=name_error required=true maxlength=80_u32/>
            })}
            <TargetGrid draft calendars problems=submit.problems/>
            {buttons}
        </form>
        <section class="section admin-preview" id=PREVIEW tabindex="-1" aria-label=words::what_changes(locale)>{result}</section>
    }
    .into_any()
}

/// A box of hours and a calendar for each priority and clock.
#[component]
fn TargetGrid(
    draft: PolicyDraft,
    calendars: Vec<(i64, String)>,
    problems: RwSignal<Vec<FieldProblem>>,
) -> impl IntoView {
    let locale = use_locale();
    let mut calendars = calendars;
    calendars.push((AROUND_THE_CLOCK, words::around_the_clock(locale).to_owned()));
    let head = |clock: ClockKind| {
        let optional = (clock == ClockKind::NextResponse)
            .then(|| view! { " "<span class="field__optional">{common::optional(locale)}</span> });
        view! { <th scope="col">{clock_name(locale, clock)}{optional}</th> }
    };
    let row = |priority: Priority| {
        let cell = |clock: ClockKind| {
            let (hours, calendar) =
                (PolicyDraft::control("hours", priority, clock), PolicyDraft::control("calendar", priority, clock));
            let (typed, chosen) = (draft.value(&hours).to_owned(), draft.value(&calendar).to_owned());
            // Either is read; this is how the reader writes it.
            let typed = if locale == Locale::Dutch { typed.replace('.', ",") } else { typed };
            let label = [common::priority(locale, priority), ", ", clock_name(locale, clock)].concat();
            view! { <td data-label=clock_name(locale, clock)><Target hours calendar typed chosen label calendars=calendars.clone() problems/></td> }
        };
        view! { <tr><th scope="row"><PriorityLabel priority=priority/></th>{ClockKind::ALL.map(cell).collect_view()}</tr> }
    };
    view! {
        <div>
            <p class="field__hint">{words::targets_hint(locale)}</p>
            <table class="plain target-grid">
                <thead>
                    <tr>
                        <th scope="col">{words::priority(locale)}</th>
                        {ClockKind::ALL.map(head).collect_view()}
                    </tr>
                </thead>
                <tbody>{Priority::ALL.map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Target(
    hours: String,
    calendar: String,
    typed: String,
    chosen: String,
    label: String,
    calendars: Vec<(i64, String)>,
    problems: RwSignal<Vec<FieldProblem>>,
) -> impl IntoView {
    let locale = use_locale();
    let said = |name: &str| {
        let name = name.to_owned();
        Signal::derive(move || {
            problems.with(|problems| {
                let problem = problems.iter().find(|problem| problem.field == name)?;
                Some(common::problem(locale, &problem.problem))
            })
        })
    };
    let (wrong_hours, wrong_calendar) = (said(&hours), said(&calendar));
    let error = move || {
        let text = wrong_hours.get().or_else(|| wrong_calendar.get());
        text.map(|text| view! { <Icon name=Glyph::Late/><span>{text}</span> })
    };
    let option = |(id, name): (i64, String)| {
        let value = id.to_string();
        let selected = value == chosen;
        view! { <option value=value selected=selected>{name}</option> }
    };
    let options = calendars.into_iter().map(option).collect_view();
    let hours_label = words::hours_of(locale, &label);
    let calendar_label = words::counted_in(locale, &label);
    view! {
        <div class="target">
            <span class="target__hours">
                <input class="input input--time" class:input--wrong=move || wrong_hours.with(Option::is_some) id=hours.clone() name=hours value=typed
                    inputmode="decimal" maxlength="8" aria-label=hours_label
                    aria-invalid=move || wrong_hours.with(|wrong| wrong.is_some().then_some("true"))/>
                <span aria-hidden="true">{words::hours_unit(locale)}</span>
            </span>
            <span class="select">
                <select class="input" class:input--wrong=move || wrong_calendar.with(Option::is_some) id=calendar.clone() name=calendar
                    aria-label=calendar_label>
                    {options}
                </select>
                <Icon name=Glyph::ChevronDown/>
            </span>
            <p class="field__error">{error}</p>
        </div>
    }
    .into_any()
}

/// What the controls are called in the summary of what is wrong.
fn labels(locale: Locale) -> Vec<(String, String)> {
    let mut labels = vec![("name".to_owned(), words::name(locale).to_owned())];
    for priority in Priority::ALL {
        for clock in ClockKind::ALL {
            let label = [common::priority(locale, priority), ", ", clock_name(locale, clock)].concat();
            labels.push((PolicyDraft::control("hours", priority, clock), label.clone()));
            labels.push((PolicyDraft::control("calendar", priority, clock), label));
        }
    }
    labels
}

#[component]
fn Users(organisations: Vec<OrganisationLine>) -> impl IntoView {
    let locale = use_locale();
    let names: Vec<String> = organisations.into_iter().map(|line| line.name).collect();
    let text = if names.is_empty() { words::nobody_has_it(locale).to_owned() } else { names.join(", ") };
    view! {
        <section class="section" aria-labelledby="users">
            <h2 id="users">{words::organisations(locale)}</h2>
            <p>{text}</p>
            <p><a href="/admin/policies#assign">{words::give_policy(locale)}</a></p>
        </section>
    }
    .into_any()
}

#[component]
fn Versions(versions: Vec<PolicyVersion>) -> impl IntoView {
    let locale = use_locale();
    let version = |(index, version): (usize, PolicyVersion)| {
        let head = words::version(locale, version.version);
        view! {
            <details class="version" open=index == 0>
                <summary class="version__head">
                    <Icon name=Glyph::ChevronRight/>
                    <b>{head}</b>
                    <span class="muted"><Time at=version.saved_at style=TimeStyle::Moment/>" · "{who(locale, version.saved_by)}</span>
                </summary>
                <Targets targets=version.targets/>
            </details>
        }
    };
    view! {
        <section class="section" aria-labelledby="versions">
            <h2 id="versions">{words::versions(locale)}</h2>
            {versions.into_iter().enumerate().map(version).collect_view()}
        </section>
    }
    .into_any()
}
