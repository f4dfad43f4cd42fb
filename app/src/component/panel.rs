//! The clock of a ticket, in full: what is left, until when, drawn and explained. Live.

use std::sync::Arc;

use domain::i18n::Locale;
use domain::sla::{self, ClockKind, ClockState, PauseReason, Reading, Schedule, Timeline};
use domain::ticket::Priority;
use domain::time::Instant;
use domain::view::{ClocksView, PolicyView};
use leptos::prelude::*;

use super::bar::{Bar, BarFace};
use super::clock::{Mood, state_glyph};
use super::strip::TimeStrip;
use super::why::WhyThisTime;
use super::{Glyph, Icon, Reader, use_now};
use crate::format;
use crate::shell::use_locale;
use crate::words::common as words;

/// The large line over the strip.
#[derive(Clone, PartialEq)]
struct Headline {
    mood: Mood,
    icon: Glyph,
    /// Bold.
    amount: String,
    rest: String,
    /// Smaller, behind it: words, a bold time, more words.
    detail: (String, String, String),
}

/// What is left of the leading clock, its strip, and why; the same of a response that the customer waits for; each other
/// clock in a line.
#[component]
pub fn ClockPanel(
    policy: PolicyView,
    clocks: ClocksView,
    priority: Priority,
    #[prop(optional)] reader: Reader,
    /// Who caused which event: what paused a clock names them.
    #[prop(optional)]
    who: Vec<(i64, String)>,
) -> impl IntoView {
    let locale = use_locale();
    let now = use_now();
    let who = Arc::new(who);
    let leading = clocks.leading();
    // The policy on this clock's own calendar, and its timeline.
    let of = |kind| {
        let schedule = clocks.schedule(kind, &policy.schedule).clone();
        (PolicyView { schedule, ..policy.clone() }, Arc::new(clocks.get(kind).clone()))
    };
    let whole = |kind, others: AnyView| {
        let ((policy, timeline), who) = (of(kind), who.clone());
        view! { <FullClock policy timeline priority reader who others/> }
    };
    let response = clocks.response().map(|_| whole(ClockKind::NextResponse, ().into_any()));
    let others: Vec<_> = ClockKind::ALL
        .into_iter()
        .filter(|kind| *kind != leading)
        .filter(|kind| *kind != ClockKind::NextResponse || clocks.next_response.is_some() && response.is_none())
        .map(|kind| {
            let ((policy, timeline), who) = (of(kind), who.clone());
            let (schedule, shown) = (policy.schedule.clone(), timeline.clone());
            let line = Memo::new(move |_| other_clock(locale, &schedule, kind, &shown, now.at()));
            view! { <WhyThisTime policy timeline priority reader who line/> }
        })
        .collect();
    let others = view! { <div class="clock__others">{others}</div> }.into_any();
    view! {
        {whole(leading, others)}
        {response}
    }
    .into_any()
}

/// One clock with everything there is to say about it.
#[component]
fn FullClock(
    policy: PolicyView,
    timeline: Arc<Timeline>,
    priority: Priority,
    reader: Reader,
    who: Arc<Vec<(i64, String)>>,
    /// The clocks that have only a line.
    others: AnyView,
) -> impl IntoView {
    let locale = use_locale();
    let now = use_now();
    let kind = timeline.kind;
    let schedule = Arc::new(policy.schedule.clone());
    let shown = {
        let (schedule, timeline) = (schedule.clone(), timeline.clone());
        Memo::new(move |_| {
            let now = now.at();
            headline(locale, &schedule, kind, &sla::read(&schedule, &timeline, now), now, reader)
        })
    };
    let compact = reader == Reader::Staff;
    let class = if compact { "clock clock--compact" } else { "clock" };
    // What is said once per page needs no name; a second clock does.
    let named =
        (kind == ClockKind::NextResponse).then(|| view! { <h2 class="clock__name">{kind_word(locale, kind)}</h2> });
    view! {
        <section class=class aria-label=kind_word(locale, kind) data-mood=move || shown.with(|face| face.mood.slug())>
            {named}
            <p class="clock__headline">
                {move || {
                    let Headline { icon, amount, rest, detail: (before, time, after), .. } = shown.get();
                    view! {
                        <Icon name=icon/>
                        <span class="clock__amount"><b>{amount}</b>" "{rest}</span>
                        " "
                        <span class="clock__detail">{before}" "<b>{time}</b>{after}</span>
                    }
                }}
            </p>
            <Announcer schedule=schedule.clone() timeline=timeline.clone()/>
            <TimeStrip schedule=schedule timeline=timeline.clone() reader=reader compact=compact/>
            <WhyThisTime policy=policy timeline=timeline priority=priority reader=reader who=who/>
            {others}
        </section>
    }
    .into_any()
}

const fn kind_word(locale: Locale, kind: ClockKind) -> &'static str {
    match kind {
        ClockKind::Review => words::review_clock(locale),
        ClockKind::Resolution => words::resolution_clock(locale),
        ClockKind::NextResponse => words::next_response_clock(locale),
    }
}

/// What a clock shows that does not lead, in a line that opens to why.
fn other_clock(locale: Locale, schedule: &Schedule, kind: ClockKind, timeline: &Timeline, now: Instant) -> String {
    let reading = sla::read(schedule, timeline, now);
    let span = || format::duration(locale, reading.remaining);
    let shown = match reading.state {
        ClockState::Running { due_at, .. } | ClockState::OutsideHours { due_at, .. } => {
            let due = format::deadline(locale, &schedule.zone, due_at, now);
            let hours = format::support_hours(locale, reading.target);
            if kind == ClockKind::Resolution {
                return words::resolution_due(locale, &due, &hours);
            }
            words::row_due(locale, &due)
        }
        ClockState::Paused { .. } => words::row_paused(locale).to_owned(),
        ClockState::Met { .. } => words::row_met(locale, &span()),
        ClockState::Breached { .. } if timeline.stopped_at.is_some() => words::row_missed(locale, &span()),
        ClockState::Breached { .. } => words::row_over(locale, &span()),
        ClockState::NoDeadline => words::row_no_deadline(locale).to_owned(),
    };
    [kind_word(locale, kind), ": ", &shown].concat()
}

fn headline(
    locale: Locale,
    schedule: &Schedule,
    kind: ClockKind,
    reading: &Reading,
    now: Instant,
    reader: Reader,
) -> Headline {
    let zone = &schedule.zone;
    let deadline = |at| format::deadline(locale, zone, at, now);
    let amount = |span| format::duration(locale, span);
    let review = kind == ClockKind::Review;
    let left = match kind {
        ClockKind::Review => words::left_to_review(locale),
        ClockKind::Resolution => words::of_support_time_left(locale),
        ClockKind::NextResponse => words::left_to_answer(locale),
    };
    let due_word = if kind == ClockKind::Resolution { words::due(locale) } else { words::before(locale) };
    let text = |words: &str| words.to_owned();
    let (number, rest, detail) = match reading.state {
        ClockState::Running { due_at, .. } => {
            (amount(reading.remaining), text(left), (text(due_word), deadline(due_at), String::new()))
        }
        ClockState::OutsideHours { due_at, resumes_at, .. } => {
            let due =
                if format::same_day(zone, due_at, resumes_at) { format::time(zone, due_at) } else { deadline(due_at) };
            (
                amount(reading.remaining),
                text(left),
                (text(words::closed_now_counts_again(locale)), deadline(resumes_at), words::comma_due(locale, &due)),
            )
        }
        ClockState::Paused { .. } => {
            let why = match reader {
                Reader::Customer => words::no_deadline_runs_customer(locale),
                Reader::Staff => words::no_deadline_runs_staff(locale),
            };
            (
                amount(reading.remaining),
                text(words::of_support_time_left_paused(locale)),
                (text(why), String::new(), String::new()),
            )
        }
        ClockState::Met { due_at, .. } => {
            let done = if review { words::used_reviewed_in_time(locale) } else { words::used_solved_in_time(locale) };
            let spare = amount(reading.remaining);
            let detail = match due_at {
                Some(due_at) => words::to_spare_was_due(locale, &spare, &deadline(due_at)),
                None => words::to_spare(locale, &spare),
            };
            (amount(reading.consumed), text(done), (detail, String::new(), String::new()))
        }
        ClockState::Breached { since, stopped_at } => {
            // Said to those it was promised to, not to those who are at it.
            let sorry = stopped_at.is_none() && reader == Reader::Customer;
            let after = if sorry { [". ", words::we_are_late(locale)].concat() } else { String::new() };
            let rest = if stopped_at.is_none() { words::past_due(locale) } else { words::used_solved_late(locale) };
            (amount(reading.remaining), text(rest), (text(words::it_was_due(locale)), deadline(since), after))
        }
        ClockState::NoDeadline => (
            text(words::no_deadline(locale)),
            String::new(),
            (text(words::no_deadline_explained(locale)), String::new(), String::new()),
        ),
    };
    Headline { mood: Mood::of(reading), icon: state_glyph(&reading.state), amount: number, rest, detail }
}

/// Says a change of state once, politely; never the ticking.
#[component]
fn Announcer(schedule: Arc<Schedule>, timeline: Arc<sla::Timeline>) -> impl IntoView {
    let locale = use_locale();
    let now = use_now();
    let state = Memo::new(move |_| sla::read(&schedule, &timeline, now.at()).state);
    let (said, say) = signal(String::new());
    Effect::new(move |before: Option<ClockState>| {
        let state = state.get();
        if let Some(before) = before {
            let text = now.with_zone(|zone| {
                let deadline = |at| format::deadline(locale, zone, at, now.untracked());
                announcement(locale, &before, &state, deadline)
            });
            if let Some(text) = text {
                say.set(text);
            }
        }
        state
    });
    view! { <span class="visually-hidden" role="status">{said}</span> }.into_any()
}

fn announcement(
    locale: Locale,
    before: &ClockState,
    after: &ClockState,
    deadline: impl Fn(Instant) -> String,
) -> Option<String> {
    use ClockState::{Breached, OutsideHours, Running};
    Some(match (before, after) {
        (Running { at_risk: false, .. }, Running { at_risk: true, due_at }) => {
            words::became_at_risk(locale, &deadline(*due_at))
        }
        (Running { .. } | OutsideHours { .. }, Breached { .. }) => words::became_late(locale).to_owned(),
        (Running { .. }, OutsideHours { resumes_at, .. }) => words::became_closed(locale, &deadline(*resumes_at)),
        (OutsideHours { .. }, Running { .. }) => words::became_open(locale).to_owned(),
        _ => return None,
    })
}

/// The clocks as bars with words: the desk's side panel.
#[component]
pub fn ClockSummary(policy: PolicyView, clocks: ClocksView) -> impl IntoView {
    let line = |kind| {
        let schedule = Arc::new(clocks.schedule(kind, &policy.schedule).clone());
        view! { <SummaryLine schedule=schedule timeline=clocks.get(kind).clone()/> }
    };
    let response = clocks.next_response.is_some().then(|| line(ClockKind::NextResponse));
    view! { <div class="clock-summary">{line(ClockKind::Review)} {line(ClockKind::Resolution)} {response}</div> }
        .into_any()
}

#[component]
fn SummaryLine(schedule: Arc<Schedule>, timeline: sla::Timeline) -> impl IntoView {
    let locale = use_locale();
    let now = use_now();
    let kind = timeline.kind;
    let shown = Memo::new(move |_| {
        let now = now.at();
        let reading = sla::read(&schedule, &timeline, now);
        let short = summary(locale, &reading);
        let line = summary_detail(locale, &schedule, kind, &reading, now);
        (Mood::of(&reading), state_glyph(&reading.state), short, line, BarFace::of(&reading))
    });
    view! {
        <div class="clock-summary__line" data-mood=move || shown.with(|face| face.0.slug())>
            <span>{kind_word(locale, kind)}</span>
            {move || {
                let (_, icon, short, line, bar) = shown.get();
                view! {
                    <span class="clock-summary__state"><Icon name=icon/><b>{short}</b></span>
                    <Bar face=bar/>
                    <span class="clock-summary__detail">{line}</span>
                }
            }}
        </div>
    }
    .into_any()
}

fn summary(locale: Locale, reading: &Reading) -> String {
    let left = format::duration_short(locale, reading.remaining);
    match reading.state {
        ClockState::Met { .. } => words::met(locale).to_owned(),
        ClockState::Breached { .. } => words::row_over(locale, &left),
        ClockState::Paused { .. } => words::row_paused(locale).to_owned(),
        ClockState::NoDeadline => words::no_deadline(locale).to_owned(),
        _ => words::left(locale, &left),
    }
}

fn summary_detail(locale: Locale, schedule: &Schedule, kind: ClockKind, reading: &Reading, now: Instant) -> String {
    let zone = &schedule.zone;
    let left = format::duration_short(locale, reading.remaining);
    let target = format::support_hours(locale, reading.target);
    match reading.state {
        ClockState::Met { at, .. } => {
            let at = format::date_time(locale, zone, at);
            let done = match kind {
                ClockKind::Review => words::reviewed_at(locale, &at),
                ClockKind::Resolution => words::resolved_at(locale, &at),
                ClockKind::NextResponse => words::answered_at(locale, &at),
            };
            [&capital(&done), ", ", &words::to_spare(locale, &left)].concat()
        }
        ClockState::Running { due_at, .. } | ClockState::OutsideHours { due_at, .. } => {
            [&words::row_due(locale, &format::deadline(locale, zone, due_at, now)), " · ", &target].concat()
        }
        ClockState::Breached { since, .. } => {
            [&capital(&words::was_due_at(locale, &format::date_time(locale, zone, since))), " · ", &target].concat()
        }
        ClockState::Paused { since, reason: PauseReason::WaitingForCustomer | PauseReason::Resolved } => {
            words::row_paused_desk(locale, &left, &format::moment(locale, zone, since, now))
        }
        ClockState::NoDeadline => String::new(),
    }
}

/// The first letter in upper case: a phrase that begins a line.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
