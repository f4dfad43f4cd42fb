//! What is promised before anything is sent, and why.

use std::sync::Arc;

use domain::i18n::Locale;
use domain::sla::{self, ClockKind, ClosedReason, PieceKind, Schedule, Target, Timeline};
use domain::ticket::Priority;
use domain::time::{Instant, Millis};
use domain::view::PolicyView;
use leptos::prelude::*;

use super::strip::TimeStrip;
use super::{Reader, use_now};
use crate::format;
use crate::shell::use_locale;
use crate::words::common as words;

/// "If you send this now": both deadlines of the chosen priority, drawn. They move with every minute, silently, and are
/// said when another priority is chosen.
#[component]
pub fn PromiseBox(policy: PolicyView, #[prop(into)] priority: Signal<Option<Priority>>) -> impl IntoView {
    let locale = use_locale();
    let now = use_now();
    let policy = Arc::new(policy);
    let promises = policy.clone();
    let chosen: Memo<Chosen> = Memo::new(move |_| {
        let priority = priority.try_get().flatten()?;
        promises.targets.iter().find(|target| target.0 == priority).copied()
    });
    let said = said(policy.clone(), chosen);
    let content = move || {
        let Some(Some((priority, review, resolution))) = chosen.try_get() else {
            return view! { <p class="promise__none">{words::choose_a_priority(locale)}</p> }.into_any();
        };
        let at = now.minute();
        let reviewed_on = policy.schedule_of(priority, ClockKind::Review);
        let schedule = Arc::new(policy.schedule_of(priority, ClockKind::Resolution).clone());
        let timeline = sent_at(at, resolution);
        let skipped = skipped_days(locale, &schedule, &timeline, at);
        view! {
            <dl class="promise__times">
                {promised(locale, reviewed_on, words::reviewed_before(locale), review, at)}
                {promised(locale, &schedule, words::solved_before(locale), resolution, at)}
            </dl>
            <TimeStrip schedule=schedule timeline=Arc::new(timeline) reader=Reader::Customer compact=true promise=true/>
            {(!skipped.is_empty()).then(|| view! { <p class="promise__skipped">{words::does_not_count(locale, &skipped)}</p> })}
        }
        .into_any()
    };
    view! {
        <section class="promise" aria-labelledby="promise-title">
            <h2 class="promise__title" id="promise-title">{words::if_you_send_this_now(locale)}</h2>
            <div>{content}</div>
            <span class="visually-hidden" role="status">{said}</span>
        </section>
    }
    .into_any()
}

/// A priority with its targets of review and resolution.
type Chosen = Option<(Priority, Millis, Millis)>;

/// Both deadlines in words, once for each choice.
fn said(policy: Arc<PolicyView>, chosen: Memo<Chosen>) -> RwSignal<String> {
    let locale = use_locale();
    let now = use_now();
    let said = RwSignal::new(String::new());
    Effect::new(move |before: Option<Chosen>| {
        let chosen = chosen.try_get().flatten();
        if let (Some(before), Some((priority, review, resolution))) = (before, chosen)
            && before != chosen
        {
            let at = now.untracked();
            let line = |kind, label: &str, target| {
                let schedule = policy.schedule_of(priority, kind);
                let due = sla::promise(schedule, target, at);
                let due = due.map(|due| format::deadline(locale, &schedule.zone, due, at));
                [label, " ", due.as_deref().unwrap_or(words::no_promise(locale)), ". "].concat()
            };
            let review = line(ClockKind::Review, words::reviewed_before(locale), review);
            let resolution = line(ClockKind::Resolution, words::solved_before(locale), resolution);
            said.set([words::if_you_send_this_now(locale), ": ", &review, &resolution].concat());
        }
        chosen
    });
    said
}

fn sent_at(at: Instant, target: Millis) -> Timeline {
    Timeline {
        kind: ClockKind::Resolution,
        started_at: at,
        targets: vec![Target { from: at, working_time: target }],
        pauses: Vec::new(),
        stopped_at: None,
    }
}

fn promised(locale: Locale, schedule: &Schedule, label: &'static str, target: Millis, at: Instant) -> AnyView {
    let time = match sla::promise(schedule, target, at) {
        Some(due) => {
            let machine = schedule.zone.rfc3339(due);
            view! { <time datetime=machine>{format::deadline(locale, &schedule.zone, due, at)}</time> }.into_any()
        }
        None => words::no_promise(locale).into_any(),
    };
    view! {
        <div>
            <dt>{label}</dt>
            <dd class="promise__time">{time}</dd>
            <dd class="promise__hours">{format::support_hours(locale, target)}</dd>
        </div>
    }
    .into_any()
}

/// "Sat–Sun weekend, Mon 27 King’s Day": the closed days up to the deadline.
fn skipped_days(locale: Locale, schedule: &Schedule, timeline: &Timeline, at: Instant) -> String {
    let mut text = String::new();
    for row in sla::trace(schedule, timeline, at).condensed(&schedule.zone) {
        let PieceKind::Closed(reason) = &row.kind else { continue };
        if *reason == ClosedReason::Night {
            continue;
        }
        if !text.is_empty() {
            text.push_str(", ");
        }
        text.push_str(&format::day_run(locale, row.first_day, row.last_day));
        text.push(' ');
        text.push_str(&words::closed_reason(locale, reason));
    }
    text
}
