//! `/admin/policies`: every policy with what it promises, and which organisation has which.

use domain::i18n::Locale;
use domain::sla::ClockKind;
use domain::ticket::Priority;
use domain::view::admin::{AROUND_THE_CLOCK, PoliciesView, PolicyLine, PolicyPreview, TargetView};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::log::{Log, who};
use super::moved::Moved;
use super::submit::{Buttons, Done, PREVIEW, Refusal, Submit, asks, intercept, to_preview, typed_before};
use super::{Frame, Part};
use crate::ApiError;
use crate::api::admin::{assign_policy, preview_assign, read_policies, typed};
use crate::component::{CheckField, Glyph, Icon, PriorityLabel, SelectField, Time, TimeStyle, use_now};
use crate::format;
use crate::shell::use_locale;
use crate::words::admin as words;

/// The page, and what giving an organisation another policy would do, if the address asks.
pub(super) type Data = (PoliciesView, Option<Result<PolicyPreview, ApiError>>);

pub(super) async fn read(search: String) -> Result<Data, ApiError> {
    let view = read_policies().await?;
    let preview = if asks(&search) { Some(look(&search).await) } else { None };
    Ok((view, preview))
}

/// What the form of [`Assign`] asks.
async fn look(form: &str) -> Result<PolicyPreview, ApiError> {
    let values = typed::decode(form);
    let organisation = typed::value(&values, "organisation").to_owned();
    let policy_id = typed::value(&values, "policy_id").parse().unwrap_or_default();
    preview_assign(organisation, policy_id).await
}

#[component]
pub(super) fn Policies(data: Data) -> impl IntoView {
    let locale = use_locale();
    let (view, preview) = data;
    use_now().sync(view.now);
    let names: Vec<(i64, String)> = view.policies.iter().map(|line| (line.id, line.name.clone())).collect();
    let row = {
        let names = names.clone();
        move |(name, policy_id): (String, i64)| {
            let policy = names.iter().find(|(id, _)| *id == policy_id).map(|(_, name)| name.clone());
            view! { <tr><th scope="row">{name}</th><td>{policy}</td></tr> }
        }
    };
    let rows: Vec<_> = view.organisations.iter().map(|line| (line.name.clone(), line.policy_id)).collect();
    let organisations = view.organisations.iter().map(|line| (line.key.clone(), line.name.clone())).collect();
    view! {
        <Frame part=Part::Policies title=words::policies(locale)>
            <Done/>
            <div class="title-row admin__lead">
                <p class="muted">{words::policies_text(locale)}</p>
                <a class="button" href="/admin/policies/new"><Icon name=Glyph::Plus/>{words::new_policy(locale)}</a>
            </div>
            <PolicyList policies=view.policies/>
            <section class="section" aria-labelledby="who-has">
                <h2 id="who-has">{words::who_has_which(locale)}</h2>
                <table class="plain admin-pairs">
                    <thead>
                        <tr>
                            <th scope="col">{words::organisation(locale)}</th>
                            <th scope="col">{words::policy(locale)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
                </table>
            </section>
            <Assign organisations policies=names preview/>
            <Log lines=view.log/>
        </Frame>
    }
    .into_any()
}

/// The policies with their targets; the overview has it too.
#[component]
pub(super) fn PolicyList(policies: Vec<PolicyLine>) -> impl IntoView {
    let locale = use_locale();
    let line = |line: PolicyLine| {
        let href = ["/admin/policies/", &line.id.to_string()].concat();
        let users = if line.organisations.is_empty() {
            words::nobody_has_it(locale).to_owned()
        } else {
            words::had_by(locale, &line.organisations.join(", "))
        };
        let open =
            if line.open == 1 { words::one_open(locale).to_owned() } else { words::some_open(locale, line.open) };
        view! {
            <li class="admin-item">
                <div>
                    <h2 class="admin-item__name"><a href=href>{line.name}</a></h2>
                    <p class="small">{users}" · "{open}</p>
                    <p class="small muted">
                        {words::version(locale, line.version)}" · "<Time at=line.saved_at style=TimeStyle::Moment/>" · "{who(locale, line.saved_by)}
                    </p>
                </div>
                <Targets targets=line.targets/>
            </li>
        }
    };
    view! { <ul class="admin-list">{policies.into_iter().map(line).collect_view()}</ul> }.into_any()
}

/// Targets per priority and clock, to be read.
#[component]
pub(super) fn Targets(targets: Vec<TargetView>) -> impl IntoView {
    let locale = use_locale();
    let clocks = ClockKind::ALL.into_iter();
    let clocks: Vec<_> =
        clocks.filter(|clock| targets.iter().any(|line| line.clock == *clock && line.target.is_some())).collect();
    let heads = clocks.iter().map(|clock| view! { <th scope="col">{clock_name(locale, *clock)}</th> }).collect_view();
    let row = |priority: Priority| {
        let cell = |clock: &ClockKind| {
            let line = targets.iter().find(|line| line.priority == priority && line.clock == *clock);
            let text = line.and_then(|line| Some((line.target?, line.calendar_id)));
            let text = text.map_or_else(String::new, |(target, calendar)| hours_of(locale, target, calendar));
            view! { <td data-label=clock_name(locale, *clock)>{text}</td> }
        };
        let cells = clocks.iter().map(cell).collect_view();
        view! { <tr><th scope="row"><PriorityLabel priority=priority/></th>{cells}</tr> }
    };
    view! {
        <table class="plain targets">
            <thead><tr><th scope="col"><span class="visually-hidden">{words::priority(locale)}</span></th>{heads}</tr></thead>
            <tbody>{Priority::ALL.map(row).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

/// "24 support hours", "24 hours, around the clock".
pub(super) fn hours_of(locale: Locale, target: domain::time::Millis, calendar_id: i64) -> String {
    if calendar_id == AROUND_THE_CLOCK {
        words::clock_hours(locale, &format::duration(locale, target))
    } else {
        format::support_hours(locale, target)
    }
}

pub(super) const fn clock_name(locale: Locale, clock: ClockKind) -> &'static str {
    match clock {
        ClockKind::Review => words::review(locale),
        ClockKind::Resolution => words::resolution(locale),
        ClockKind::NextResponse => words::next_response(locale),
    }
}

/// Gives an organisation another policy.
#[component]
fn Assign(
    organisations: Vec<(String, String)>,
    policies: Vec<(i64, String)>,
    #[prop(optional_no_strip)] preview: Option<Result<PolicyPreview, ApiError>>,
) -> impl IntoView {
    const HERE: &str = "/admin/policies";
    let locale = use_locale();
    let typed = typed_before("organisation").unwrap_or_default();
    let submit = Submit::new(preview.as_ref().and_then(|preview| preview.as_ref().err()));
    let shown = RwSignal::new(preview.and_then(Result::ok));
    let navigate = use_navigate();
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        let answered = move |preview| {
            let _ = shown.try_set(Some(preview));
            to_preview();
        };
        let navigate = navigate.clone();
        let done = move |moves: domain::view::admin::Moves| {
            navigate(&["/admin/policies?done=assigned&moved=", &moves.total.to_string()].concat(), Default::default());
        };
        let values = form_of(&event);
        intercept(
            &event,
            move |form| submit.wait(async move { look(&form).await }, answered),
            move |_| {
                let organisation = typed::value(&values, "organisation").to_owned();
                let policy_id = typed::value(&values, "policy_id").parse().unwrap_or_default();
                let apply = !typed::value(&values, "apply_to_open").is_empty();
                submit.wait(assign_policy(organisation, policy_id, apply), done);
            },
        );
    };
    let policies = policies.into_iter().map(|(id, name)| (id.to_string(), name)).collect();
    let result = move || {
        shown.get().map(|preview| {
            view! {
                <h2>{words::what_changes(locale)}</h2>
                <p class="muted">{words::only_if_applied(locale, preview.tickets)}</p>
                <Moved moves=preview.moves now=preview.now/>
            }
        })
    };
    view! {
        <section class="section" aria-labelledby="assign">
            <h2 id="assign">{words::give_policy(locale)}</h2>
            <form class="form admin-form" method="post" action="/api/admin/assign_policy" autocomplete="off" on:submit=on_submit>
                <Refusal submit here=HERE.to_owned()/>
                <div class="admin-form__pair">
                    <SelectField name="organisation" label=words::organisation(locale) options=organisations required=true
                        value=typed::value(&typed, "organisation").to_owned()/>
                    <SelectField name="policy_id" label=words::policy(locale) options=policies required=true
                        value=typed::value(&typed, "policy_id").to_owned()/>
                </div>
                <CheckField name="apply_to_open" label=words::apply_to_their_open(locale) hint=words::apply_hint(locale)
                    checked=!typed::value(&typed, "apply_to_open").is_empty()/>
                <Buttons submit here=HERE.to_owned() save=words::give(locale)/>
            </form>
            <div class="admin-preview" id=PREVIEW tabindex="-1" role="group" aria-label=words::what_changes(locale)>{result}</div>
        </section>
    }
    .into_any()
}

/// The form of an event, as it is now.
#[cfg(feature = "hydrate")]
fn form_of(event: &leptos::ev::SubmitEvent) -> typed::Values {
    use wasm_bindgen::JsCast;
    let form = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlFormElement>().ok());
    let data = form.and_then(|form| web_sys::FormData::new_with_form(&form).ok());
    let pairs = data.and_then(|data| web_sys::UrlSearchParams::new_with_str_sequence_sequence(&data).ok());
    pairs.map(|pairs| typed::decode(&String::from(pairs.to_string()))).unwrap_or_default()
}

#[cfg(not(feature = "hydrate"))]
fn form_of(_event: &leptos::ev::SubmitEvent) -> typed::Values {
    Vec::new()
}
