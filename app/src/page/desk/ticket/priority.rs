//! Changing the priority: what each would do to the deadline, and the reason that the customer will read.

use domain::ticket::Priority;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::happened::first;
use super::preview;
use super::work::Work;
use crate::ApiError;
use crate::component::{Disclosure, Glyph, Icon, PriorityPreview, TextField, focus_first_wrong, problem_at};
use crate::page::desk::anew;
use crate::shell::use_locale;
use crate::words::common;
use crate::words::desk as words;

#[component]
pub(super) fn PriorityMenu() -> impl IntoView {
    let locale = use_locale();
    let work = Work::get();
    // Rises when the form has to start afresh.
    let round = RwSignal::new(0_u32);
    let summary = view! { {words::priority(locale)} <Icon name=Glyph::ChevronUp/> }.into_any();
    view! {
        <Disclosure class="disclosure--up agent__priority" summary=summary>
            <div class="popover">
                <h2 class="popover__title">{words::change_priority(locale)}</h2>
                <p class="popover__text">{move || preview::used(work)}</p>
                {anew(move || round.get(), move |_| view! { <PriorityForm round=round/> }.into_any())}
            </div>
        </Disclosure>
    }
    .into_any()
}

#[component]
fn PriorityForm(round: RwSignal<u32>) -> impl IntoView {
    let locale = use_locale();
    let work = Work::get();
    let readers = work.with(|ticket| {
        let mut names = vec![first(&ticket.requester.name).to_owned()];
        names.extend(ticket.participants.iter().map(|person| first(&person.name).to_owned()));
        names.join(words::and(locale))
    });
    // Another priority (changed by anyone) or a changed clock asks for another preview. The reason that is being typed, and
    // what was chosen, stay.
    let basis = work.part(|ticket| (ticket.priority, ticket.version));
    let value = RwSignal::new(None::<Priority>);
    let problems = Signal::derive(move || {
        work.failed.with(|failed| failed.as_ref().map(|error: &ApiError| error.problems().to_vec()).unwrap_or_default())
    });
    let version = work.part(|ticket| ticket.version);
    let submit = move || match value.get() {
        Some(priority) => words::change_to(locale, common::priority(locale, priority)),
        None => words::change_priority(locale).to_owned(),
    };
    let form = focus_first_wrong(problems);
    let priority_error = problem_at(problems, "priority");
    view! {
        <form node_ref=form method="post" action="/api/desk/change_priority" on:submit=move |event| change(work, &event, value, round)>
            <input type="hidden" name="key" value=work.key()/>
            <input type="hidden" name="version" value=move || version.get().to_string()/>
            {anew(move || basis.get(), move |(current, _)| {
                let (policy, clocks) = work.with(|ticket| (ticket.policy.clone(), ticket.clocks.clone()));
                view! { <PriorityPreview policy=policy clocks=clocks current=current value=value/> }.into_any()
            })}
            {move || priority_error.get().map(|text| view! { <p class="field__error"><Icon name=Glyph::Late/><span>{text}</span></p> })}
            <TextField
                name="reason"
                label=words::reason(locale)
                hint=words::reason_hint(locale, &readers)
                error=problem_at(problems, "reason")
                required=true
                autocomplete="off"
            />
            <p class="row">
                <button class="button button--primary button--small" type="submit" disabled=move || work.busy.get()>
                    {submit}
                </button>
                <button class="button button--quiet button--small" type="reset" on:click=move |_| {
                    value.set(None);
                    super::bar::close_menus();
                }>
                    {words::cancel(locale)}
                </button>
            </p>
        </form>
    }
    .into_any()
}

#[cfg(feature = "hydrate")]
fn change(work: Work, event: &SubmitEvent, value: RwSignal<Option<Priority>>, round: RwSignal<u32>) {
    let Some(reason) = super::bar::value_of(event, "reason") else { return };
    event.prevent_default();
    let locale = work.locale();
    let priority = value.get_untracked();
    let (key, version) = (work.key(), work.version());
    let said = match priority {
        Some(priority) => words::priority_is(locale, common::priority(locale, priority)),
        None => String::new(),
    };
    let slug = priority.map_or("", Priority::slug).to_owned();
    work.act(crate::api::desk::change_priority(key, version, slug, reason), said, move || {
        super::bar::close_menus();
        round.update(|round| *round += 1);
    });
}

#[cfg(not(feature = "hydrate"))]
fn change(_work: Work, _event: &SubmitEvent, _value: RwSignal<Option<Priority>>, _round: RwSignal<u32>) {}
