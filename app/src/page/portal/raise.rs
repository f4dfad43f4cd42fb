//! `/requests/new` and `/requests/new/{form}`: raising a request, with the promise in sight before it is sent.

use domain::form::{BODY_MAX, Form, FormIcon, SUBJECT_MAX};
use domain::i18n::Locale;
use domain::problem::FieldProblem;
use domain::ticket::Priority;
use domain::time::Instant;
use domain::view::DraftView;
use domain::view::portal::{FormLink, RaiseView, Raised};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};

use super::home::Offers;
use super::submit::{Refusal, Submit};
use super::{Main, page_or_problem, waiting};
use crate::api::portal::{read_home, read_raise};
use crate::api::wire::{read_answer, resource};
use crate::component::{
    Crumbs, DraftKeeper, ErrorSummary, FilePicker, FormField, PriorityChooser, PromiseBox, StartOver, TextArea,
    TextField, problem_at, use_now,
};
use crate::shell::{use_frame, use_locale};
use crate::words::{common, portal as words};

/// Where the form is posted to.
const URL: &str = "/api/ticket/raise";

lazy_page!(portal, RaiseChooseRoute, raise_choose);

fn raise_choose() -> AnyView {
    let home = resource(|| (), |()| read_home());
    view! {
        <Suspense fallback=waiting>
            {move || Suspend::new(async move {
                page_or_problem(home.await, |home| view! { <Choose forms=home.forms/> }.into_any())
            })}
        </Suspense>
    }
    .into_any()
}

#[component]
fn Choose(forms: Vec<FormLink>) -> impl IntoView {
    let locale = use_locale();
    view! {
        <Main title=words::new_request(locale)>
            <Crumbs trail=vec![("/requests".to_owned(), words::requests(locale).to_owned())] here=words::new_request(locale)/>
            <h1>{words::new_request(locale)}</h1>
            <p class="lead">{words::choose_form_text(locale)}</p>
            <Offers forms=forms/>
        </Main>
    }
}

lazy_page!(request, RaiseRoute, raise);

fn raise() -> AnyView {
    let params = use_params_map();
    let form = move || params.with(|params| params.get("form").unwrap_or_default());
    let page = resource(form, read_raise);
    view! {
        <Suspense fallback=waiting>
            {move || Suspend::new(async move {
                page_or_problem(page.await, |page| view! { <Raise page=page/> }.into_any())
            })}
        </Suspense>
    }
    .into_any()
}

#[component]
fn Raise(page: RaiseView) -> impl IntoView {
    let locale = use_locale();
    use_now().sync(page.now);
    let RaiseView { form, policy, draft, nonce, .. } = page;
    let submit = Submit::new(URL);
    let problems = problems_of(submit);
    let priority = RwSignal::new(Priority::from_slug(draft.value("priority")));
    let saved_at = typed_at(&draft);
    let uploading = RwSignal::new(false);
    let place = ["raise/", &form.slug].concat();
    let navigate = use_navigate();
    let send = move |event: SubmitEvent| {
        let navigate = navigate.clone();
        submit.send(&event, move |body| {
            // It was sent, even when the answer is for a newer program than this one: then the list has it.
            let to = read_answer::<Raised>(&body).map(|raised| ["/requests/", &raised.key, "?sent=1"].concat());
            navigate(to.as_deref().unwrap_or("/requests"), Default::default());
        });
    };
    let phone = use_frame().with(|session| session.phone.clone());
    let title = form.title.clone();
    let labels = labels(locale, &form);
    view! {
        <Main title=title.clone()>
            <Crumbs trail=vec![("/".to_owned(), words::home(locale).to_owned())] here=title.clone()/>
            <h1>{title}</h1>
            <StartOver place=place.clone() saved_at=saved_at/>
            <div class="form-columns">
                <form class="form" method="post" action=URL enctype="multipart/form-data" novalidate on:submit=send>
                    // The place comes first: the files that follow are put there as they arrive.
                    <input type="hidden" name="place" value=place.clone()/>
                    <input type="hidden" name="form" value=form.slug.clone()/>
                    <input type="hidden" name="nonce" value=nonce/>
                    <ErrorSummary problems=problems labels=labels/>
                    <Fields form=form draft=draft.clone() problems=problems/>
                    <PriorityChooser policy=policy.clone() value=priority error=problem_at(problems, "priority")/>
                    <FilePicker place=place.clone() files=draft.files error=problem_at(problems, "files") busy=uploading/>
                    <PromiseBox policy=policy priority=priority/>
                    <Refusal submit=submit/>
                    <div class="form__send">
                        <button class="button button--primary" type="submit" disabled=move || submit.busy.get() || uploading.get()>
                            {move || if submit.busy.get() { words::sending(locale) } else { words::send_request(locale) }}
                        </button>
                        <DraftKeeper place=place saved_at=saved_at/>
                        {move || uploading.get().then(|| view! { <span class="draft">{common::wait_for_files(locale)}</span> })}
                    </div>
                    {(!phone.is_empty()).then(|| view! { <p class="form__aside">{words::cannot_work(locale, &phone)}</p> })}
                </form>
            </div>
        </Main>
    }
}

/// What the controls are called, for the summary of what is wrong.
fn labels(locale: Locale, form: &Form) -> Vec<(String, String)> {
    let all = [
        ("subject", words::subject(locale)),
        ("description", words::description(locale)),
        ("priority", common::priority_label(locale)),
        ("files", common::files(locale)),
    ];
    let all = all.map(|(control, label)| (control.to_owned(), label.to_owned()));
    let own = form.fields.iter().map(|field| (field.control(), field.label.clone()));
    all.into_iter().chain(own).collect()
}

/// What was wrong with the last submit. (The draft knows it too, but says it for as long as it lies there.)
pub(super) fn problems_of(submit: Submit) -> Signal<Vec<FieldProblem>> {
    Signal::derive(move || {
        submit.error.with(|error| error.as_ref().map(|error| error.problems().to_vec()).unwrap_or_default())
    })
}

/// When the draft was saved, if anything was typed.
pub(super) fn typed_at(draft: &DraftView) -> Option<Instant> {
    draft.saved_at.filter(|_| draft.values.iter().any(|(_, value)| !value.trim().is_empty()))
}

/// Subject, description and the form's own fields.
#[component]
fn Fields(form: Form, draft: DraftView, problems: Signal<Vec<FieldProblem>>) -> impl IntoView {
    let locale = use_locale();
    let value = |control: &str| draft.value(control).to_owned();
    let hint = match form.icon {
        FormIcon::Problem => words::description_hint(locale),
        _ => words::description_hint_plain(locale),
    };
    let own = form.fields.into_iter().map(|field| {
        let control = field.control();
        let value = value(&control);
        let error = Signal::derive(move || {
            problems.with(|problems| {
                let here = problems.iter().find(|problem| problem.field == control)?;
                Some(common::problem(locale, &here.problem))
            })
        });
        view! { <FormField field=field value=value error=error/> }
    });
    let own = own.collect_view();
    view! {
        <TextField
            name="subject"
            label=words::subject(locale)
            hint=words::subject_hint(locale)
            value=value("subject")
            error=problem_at(problems, "subject")
            required=true
            maxlength=SUBJECT_MAX
        />
        <TextArea
            name="description"
            label=words::description(locale)
            hint=hint
            value=value("description")
            error=problem_at(problems, "description")
            required=true
            maxlength=BODY_MAX
        />
        {own}
    }
    .into_any()
}
