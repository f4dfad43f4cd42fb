//! Choosing a priority: with its criterion and promise before sending, with old and new deadlines when it changes.

use std::sync::Arc;

use domain::i18n::Locale;
use domain::sla::{self, ClockKind, ClockState, Schedule, Target, Timeline};
use domain::ticket::Priority;
use domain::time::{Instant, Millis};
use domain::view::{ClocksView, PolicyView};
use leptos::prelude::*;

use super::field::{Frame, described_by, invalid};
use super::{PriorityLabel, browser, use_now};
use crate::format;
use crate::shell::use_locale;
use crate::words::common as words;

/// Takes over what was chosen before the browser's half arrived.
fn adopt(value: RwSignal<Option<Priority>>) {
    Effect::new(move |_| {
        let chosen = browser::checked_value("priority").and_then(|slug| Priority::from_slug(&slug));
        if chosen.is_some() && chosen != value.get_untracked() {
            value.set(chosen);
        }
    });
}

/// A radio button of the group "priority". Its name is the word alone; what stands beside it describes it.
fn radio(priority: Priority, first: bool, value: RwSignal<Option<Priority>>) -> AnyView {
    let slug = priority.slug();
    let id = if first { "priority".to_owned() } else { ["priority-", slug].concat() };
    view! {
        <input
            type="radio"
            id=id
            name="priority"
            value=slug
            checked=value.get_untracked() == Some(priority)
            aria-labelledby=["priority-word-", slug].concat()
            aria-describedby=["priority-text-", slug].concat()
            on:change=move |_| value.set(Some(priority))
        />
    }
    .into_any()
}

/// The four priorities with criterion and live promise.
#[component]
pub fn PriorityChooser(
    policy: PolicyView,
    value: RwSignal<Option<Priority>>,
    #[prop(into, optional)] error: Signal<Option<String>>,
) -> impl IntoView {
    let locale = use_locale();
    let now = use_now();
    adopt(value);
    let row = |(index, (priority, _, target)): (usize, (Priority, Millis, Millis))| {
        let schedule = policy.schedule_of(priority, ClockKind::Resolution).clone();
        let due = Memo::new(move |_| {
            let at = now.minute();
            sla::promise(&schedule, target, at).map(|due| format::deadline(locale, &schedule.zone, due, at))
        });
        let hours = [" (", &format::support_hours(locale, target), ")"].concat();
        let promise = move || match due.get() {
            Some(due) => {
                let hours = hours.clone();
                view! { {words::solved_before(locale)}" "<b>{due}</b><span class="nowrap">{hours}</span> }.into_any()
            }
            None => words::no_promise(locale).into_any(),
        };
        view! {
            <label class="priority-row">
                {radio(priority, index == 0, value)}
                <span class="priority-row__word" id=["priority-word-", priority.slug()].concat()>
                    <PriorityLabel priority=priority/>
                </span>
                <span class="priority-row__text" id=["priority-text-", priority.slug()].concat()>
                    <span>{words::criterion(locale, priority)}</span>
                    <span class="priority-row__promise">{promise}</span>
                </span>
            </label>
        }
    };
    let rows = policy.targets.iter().copied().enumerate().map(row).collect_view();
    let control = view! {
        <div
            class="priority-rows"
            role="radiogroup"
            aria-labelledby="priority-label"
            aria-describedby=described_by("priority", true)
            aria-invalid=invalid(error)
        >
            {rows}
        </div>
    }
    .into_any();
    view! {
        <Frame
            id="priority".to_owned()
            label=words::priority_label(locale).into()
            hint=words::priority_hint(locale).into()
            error=error
            optional=false
            group=true
            control=control
        />
    }
    .into_any()
}

/// What each priority would do to the deadline: the old one struck, the new one bold.
#[component]
pub fn PriorityPreview(
    policy: PolicyView,
    clocks: ClocksView,
    current: Priority,
    value: RwSignal<Option<Priority>>,
) -> impl IntoView {
    let locale = use_locale();
    let now = use_now();
    let schedule = Arc::new(policy.schedule.clone());
    let timeline = Arc::new(clocks.resolution);
    adopt(value);
    let row = |(index, (priority, _, target)): (usize, (Priority, Millis, Millis))| {
        let before = schedule.clone();
        let after = policy.schedule_of(priority, ClockKind::Resolution).clone();
        let (old_timeline, new_timeline) = (timeline.clone(), timeline.clone());
        let old = Memo::new(move |_| outcome(locale, &before, &old_timeline, now.minute()));
        let new = Memo::new(move |_| {
            let at = now.minute();
            let changed = sla::with_target(&new_timeline, Target { from: at, working_time: target });
            outcome(locale, &after, &changed, at)
        });
        let text = if priority == current {
            view! { {words::now(locale)}": "{move || old.get()} }.into_any()
        } else {
            let chosen = move || value.get() == Some(priority);
            view! { {move || chosen().then(|| view! { <s>{old.get()}</s>" " })}"→ "<span class="priority-row__new">{move || new.get()}</span> }.into_any()
        };
        view! {
            <label class="priority-row priority-row--preview">
                {radio(priority, index == 0, value)}
                <span class="priority-row__word" id=["priority-word-", priority.slug()].concat()>
                    <PriorityLabel priority=priority/>
                </span>
                <span class="priority-row__text" id=["priority-text-", priority.slug()].concat()>{text}</span>
            </label>
        }
    };
    let rows = policy.targets.iter().copied().enumerate().map(row).collect_view();
    view! {
        <div class="priority-rows priority-rows--preview" role="radiogroup" aria-label=words::priority_label(locale)>
            {rows}
        </div>
    }
    .into_any()
}

/// When it is due, or what would be left while it is paused.
fn outcome(locale: Locale, schedule: &Schedule, timeline: &Timeline, now: Instant) -> String {
    let reading = sla::read(schedule, timeline, now);
    let deadline = |at| format::deadline(locale, &schedule.zone, at, now);
    match reading.state {
        ClockState::Running { due_at, .. } | ClockState::OutsideHours { due_at, .. } => deadline(due_at),
        ClockState::Breached { since, .. } => words::late_since(locale, &deadline(since)),
        ClockState::Paused { .. } => {
            words::paused_with_left(locale, &format::duration_short(locale, reading.remaining))
        }
        ClockState::Met { .. } => words::met(locale).to_owned(),
        ClockState::NoDeadline => words::no_deadline(locale).to_owned(),
    }
}
