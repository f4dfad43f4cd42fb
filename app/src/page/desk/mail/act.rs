//! What can be done with a mail that waits: put it on a ticket, make a ticket of it, put it aside. Three forms, each of which
//! leads to where the mail is then.

use domain::problem::FieldProblem;
use domain::view::mail::HeldView;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_navigate;

use crate::ApiError;
use crate::api::held::{DismissHeld, PutHeld, RaiseHeld};
use crate::component::{Notice, NoticeKind, SelectField, TextField, focus_first_wrong, problem_at};
use crate::shell::use_locale;
use crate::words::desk::failure;
use crate::words::mail as words;

/// The longest key that there is room for.
const KEY_MAX: u32 = 24;

#[component]
pub(super) fn Actions(view: HeldView) -> impl IntoView {
    let locale = use_locale();
    let id = view.mail.inbound_id;
    let (put, raise, dismiss) =
        (ServerAction::<PutHeld>::new(), ServerAction::<RaiseHeld>::new(), ServerAction::<DismissHeld>::new());
    let (put_at, raise_at, dismiss_at) = (outcome(put), outcome(raise), outcome(dismiss));
    let (put_problems, raise_problems) = (problems(put_at), problems(raise_at));
    let (put_form, raise_form) = (focus_first_wrong(put_problems), focus_first_wrong(raise_problems));
    let proposed = view.mail.ticket.clone().unwrap_or_default();
    // One button of the page is the likely one.
    let class = |likely: bool| if likely { "button button--primary" } else { "button" };
    let (put_class, raise_class) = (class(!proposed.is_empty()), class(proposed.is_empty()));
    let known = view.person.map(|person| person.id);
    let people = view.customers.into_iter().flat_map(|(brand, people)| {
        let option = move |person: domain::view::PersonView| {
            (person.id.to_string(), [brand.name.as_str(), ": ", &person.name].concat())
        };
        people.into_iter().map(option)
    });
    let people: Vec<(String, String)> = people.collect();
    let chosen = known.map(|id| id.to_string()).unwrap_or_default();
    let hidden = move || view! { <input type="hidden" name="id" value=id.to_string()/> };
    view! {
        <aside class="agent__side" aria-label=words::what_to_do(locale)>
            <section class="panel" aria-labelledby="put">
                <h2 id="put">{words::put_on(locale)}</h2>
                <p>{words::put_on_text(locale)}</p>
                <Trouble error=put_at/>
                <ActionForm action=put node_ref=put_form attr:class="form letter__form" attr:autocomplete="off">
                    {hidden()}
                    <TextField name="key" label=words::key(locale) hint=words::key_hint(locale) value=proposed
                        required=true maxlength=KEY_MAX error=problem_at(put_problems, "key")/>
                    <button class=put_class disabled=move || put.pending().get()>{words::put(locale)}</button>
                </ActionForm>
            </section>
            <section class="panel" aria-labelledby="raise">
                <h2 id="raise">{words::make_ticket(locale)}</h2>
                <p>{words::make_ticket_text(locale)}</p>
                <Trouble error=raise_at/>
                <ActionForm action=raise node_ref=raise_form attr:class="form letter__form" attr:autocomplete="off">
                    {hidden()}
                    <SelectField name="requester" label=words::for_whom(locale) prompt=words::choose_person(locale)
                        value=chosen required=true options=people error=problem_at(raise_problems, "requester")/>
                    <button class=raise_class disabled=move || raise.pending().get()>{words::raise(locale)}</button>
                </ActionForm>
            </section>
            <section class="panel" aria-labelledby="aside">
                <h2 id="aside">{words::aside(locale)}</h2>
                <p>{words::aside_text(locale)}</p>
                <Trouble error=dismiss_at/>
                <ActionForm action=dismiss attr:class="letter__form">
                    {hidden()}
                    <button class="button" disabled=move || dismiss.pending().get()>{words::aside(locale)}</button>
                </ActionForm>
            </section>
        </aside>
    }
    .into_any()
}

/// Goes where the answer says; what went wrong otherwise, also when a redirect without JavaScript brought it.
fn outcome<S>(action: ServerAction<S>) -> Signal<Option<ApiError>>
where
    S: ServerFn<Error = ApiError, Output = String> + Clone + Send + Sync + 'static,
{
    let value = action.value();
    let navigate = use_navigate();
    Effect::new(move |_| {
        if let Some(Ok(place)) = value.get() {
            navigate(&place, Default::default());
        }
    });
    Signal::derive(move || value.with(|value| value.as_ref().and_then(|value| value.as_ref().err().cloned())))
}

fn problems(error: Signal<Option<ApiError>>) -> Signal<Vec<FieldProblem>> {
    Signal::derive(move || {
        error.with(|error| error.as_ref().map(|error| error.problems().to_vec()).unwrap_or_default())
    })
}

/// What went wrong apart from the fields.
#[component]
fn Trouble(error: Signal<Option<ApiError>>) -> impl IntoView {
    let locale = use_locale();
    let said = move || {
        let error = error.get().filter(|error| error.problems().is_empty())?;
        let text = match error {
            ApiError::NotFound => words::gone(locale).to_owned(),
            error => failure(locale, &error),
        };
        Some(view! { <Notice kind=NoticeKind::Danger>{text}</Notice> })
    };
    view! { <div role="alert">{said}</div> }.into_any()
}
