//! "Why this time?": the counted, closed and paused spans that add up to a deadline, as a table, and the rule in words.

use std::sync::Arc;

use domain::i18n::Locale;
use domain::sla::{self, ClockKind, ClosedReason, PauseReason, PieceKind, Schedule, Timeline};
use domain::ticket::Priority;
use domain::time::{Instant, Millis};
use domain::view::PolicyView;
use leptos::prelude::*;

use super::{Reader, use_now};
use crate::format;
use crate::shell::use_locale;
use crate::words::common as words;

/// A line of the table, in words.
#[derive(Clone, PartialEq)]
struct Line {
    /// Modifier of the swatch, which is the strip's legend too.
    swatch: &'static str,
    day: String,
    span: String,
    amount: String,
}

/// The whole table.
#[derive(Clone, PartialEq)]
struct Story {
    lines: Vec<Line>,
    sum: String,
    /// The sum is the target: a deadline that can still be kept, or was.
    whole: bool,
}

#[component]
pub(super) fn WhyThisTime(
    policy: PolicyView,
    timeline: Arc<Timeline>,
    priority: Priority,
    reader: Reader,
    /// Who caused which event: a pause names them.
    who: Arc<Vec<(i64, String)>>,
    /// What the clock shows, when that stands nowhere else.
    #[prop(optional)]
    line: Option<Memo<String>>,
) -> impl IntoView {
    let locale = use_locale();
    let now = use_now();
    let schedule = Arc::new(policy.schedule);
    let kind = timeline.kind;
    let target = timeline.targets.last().map_or(Millis::ZERO, |target| target.working_time);
    let (what_counts, rule) = what_counts(locale, &schedule);
    let hours = format::support_hours(locale, target);
    let meaning = match kind {
        ClockKind::Review => words::means_reviewed(locale, &hours),
        ClockKind::Resolution => words::means_resolved(locale, words::priority(locale, priority), &hours),
        ClockKind::NextResponse => words::means_answered(locale, &hours),
    };
    let all = words::priority_and_target(locale, words::priority(locale, priority), &hours);
    let shown = Memo::new(move |_| story(locale, &schedule, &timeline, now.minute(), reader, &who));
    let summary = move || line.map_or_else(|| words::why_this_time(locale).to_owned(), |line| line.get());
    view! {
        <details class="why">
            <summary class="why__summary">{summary}</summary>
            <div class="why__body">
                <table class="why__table">
                    <thead class="visually-hidden">
                        <tr>
                            <th>{words::day(locale)}</th>
                            <th>{words::hours(locale)}</th>
                            <th>{words::counted_time(locale)}</th>
                        </tr>
                    </thead>
                    <tbody>{move || shown.with(|story| story.lines.iter().map(row).collect_view())}</tbody>
                    <tfoot>
                        <tr>
                            <th>{move || shown.with(|story| if story.whole { words::total(locale) } else { words::used(locale) })}</th>
                            <td>{all}</td>
                            <td class="why__amount">{move || shown.with(|story| story.sum.clone())}</td>
                        </tr>
                    </tfoot>
                </table>
                <div class="why__words">
                    <p><b>{what_counts}</b>" "{rule}</p>
                    <p>{meaning}</p>
                </div>
            </div>
        </details>
    }
    .into_any()
}

/// The rule in bold, and when that is.
fn what_counts(locale: Locale, schedule: &Schedule) -> (&'static str, String) {
    let holidays = schedule.closed_days.iter().any(|day| matches!(day.reason, ClosedReason::Holiday(_)));
    let always = matches!(schedule.week.as_slice(), [all] if all.last_weekday - all.first_weekday == 6 && all.to_minute - all.from_minute == 1_440);
    if always && !holidays {
        return (words::every_hour_counts(locale), String::new());
    }
    let (week, place) = (format::week(locale, &schedule.week, true), format::place(&schedule.zone));
    let rule = if holidays { words::they_are } else { words::they_are_on_holidays_too };
    (words::only_support_hours_count(locale), rule(locale, &week, &place))
}

fn row(line: &Line) -> AnyView {
    let class = ["why__row why__row--", line.swatch].concat();
    view! {
        <tr class=class>
            <th>{line.day.clone()}</th>
            <td>{line.span.clone()}</td>
            <td class="why__amount">{line.amount.clone()}</td>
        </tr>
    }
    .into_any()
}

/// The rows and their sum. Minutes are rounded along the running sum, so that the amounts shown add up to the sum shown.
fn story(
    locale: Locale,
    schedule: &Schedule,
    timeline: &Timeline,
    now: Instant,
    reader: Reader,
    who: &[(i64, String)],
) -> Story {
    let trace = sla::trace(schedule, timeline, now);
    let zone = &schedule.zone;
    let mut lines: Vec<Line> = Vec::new();
    let mut sum = Millis::ZERO;
    for piece in trace.condensed(zone) {
        let day = if piece.first_day == piece.last_day {
            format::date(locale, piece.first_day)
        } else {
            format::day_run(locale, piece.first_day, piece.last_day)
        };
        let hours = || {
            if piece.first_day == piece.last_day {
                format::time_span(zone, piece.from, piece.to)
            } else {
                [&format::date_time(locale, zone, piece.from), " – ", &format::date_time(locale, zone, piece.to)]
                    .concat()
            }
        };
        match &piece.kind {
            PieceKind::Closed(ClosedReason::Night) => {}
            PieceKind::Closed(reason) => lines.push(Line {
                swatch: "closed",
                day,
                span: words::closed_reason(locale, reason),
                amount: words::closed_hours(locale).to_owned(),
            }),
            PieceKind::Paused(reason) => {
                let why = match (reason, reader) {
                    (PauseReason::WaitingForCustomer, Reader::Customer) => words::paused_waiting_for_you(locale),
                    (PauseReason::WaitingForCustomer, Reader::Staff) => words::paused_waiting_for_customer(locale),
                    (PauseReason::Resolved, _) => words::paused_resolved(locale),
                };
                let amount = words::not_counted(locale).to_owned();
                let by = piece.event_id.and_then(|id| who.iter().find(|(event, _)| *event == id));
                let by = by.map_or_else(String::new, |(_, name)| [" (", name, ")"].concat());
                lines.push(Line { swatch: "paused", day, span: [why, &by, ", ", &hours()].concat(), amount });
            }
            kind => {
                let before = sum.0 / Millis::MINUTE.0;
                sum = sum + piece.working;
                let amount = format::minutes_long(locale, sum.0 / Millis::MINUTE.0 - before);
                let partly = piece.used > Millis::ZERO && piece.used < piece.working;
                let swatch = match kind {
                    PieceKind::Overrun => "over",
                    _ if partly => "partly",
                    _ if piece.used > Millis::ZERO => "used",
                    _ => "to-count",
                };
                let span = match kind {
                    PieceKind::Overrun => words::too_late_part(locale, &hours()),
                    _ if partly => words::of_which_used(locale, &hours(), &format::duration(locale, piece.used)),
                    _ => hours(),
                };
                let span = piece.name.as_deref().map_or(span.clone(), |name| [&span, ", ", name].concat());
                lines.push(Line { swatch, day, span, amount });
            }
        }
    }
    Story { lines, sum: format::minutes_long(locale, sum.0 / Millis::MINUTE.0), whole: sum == trace.target }
}
