//! A clock in one line, for rows: bar, icon, words. Live.

use std::sync::Arc;

use domain::i18n::Locale;
use domain::sla::{self, ClockKind, ClockState, Reading, Schedule};
use domain::time::{Instant, Millis};
use domain::view::ClocksView;
use leptos::prelude::*;

use super::bar::BarFace;
use super::markup::Markup;
use super::{Glyph, use_now};
use crate::format;
use crate::shell::use_locale;
use crate::words::common as words;

/// Which words a line uses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineStyle {
    /// "Due Tue 28 Apr 10:30", "Paused until you reply".
    Home,
    /// "2 h 14 left · Tue 10:30".
    #[default]
    Portal,
    /// "2 h 14 · Tue 10:30", "36 min over · 16:40"; of the clock that is due first.
    Desk,
}

impl LineStyle {
    /// Which of a ticket's clocks such a line is about.
    fn clock(self, schedule: &Schedule, clocks: &ClocksView, now: Instant) -> ClockKind {
        match self {
            Self::Home | Self::Portal => clocks.leading(),
            Self::Desk => clocks.first_due(schedule, now),
        }
    }
}

/// How a clock feels: the colour of whatever shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    Calm,
    Risk,
    Late,
    Paused,
    Done,
    None,
}

impl Mood {
    pub(super) const fn of(reading: &Reading) -> Self {
        match reading.state {
            ClockState::Running { at_risk: true, .. } | ClockState::OutsideHours { at_risk: true, .. } => Self::Risk,
            ClockState::Running { .. } | ClockState::OutsideHours { .. } => Self::Calm,
            ClockState::Paused { .. } => Self::Paused,
            ClockState::Met { .. } => Self::Done,
            ClockState::Breached { .. } => Self::Late,
            ClockState::NoDeadline => Self::None,
        }
    }

    /// The value of `data-mood`.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Calm => "calm",
            Self::Risk => "risk",
            Self::Late => "late",
            Self::Paused => "paused",
            Self::Done => "done",
            Self::None => "none",
        }
    }
}

/// The mood of the clock that matters to the desk now. A clock that stopped late is no longer an alarm: [`Mood::Done`].
pub fn clock_mood(schedule: &Schedule, clocks: &ClocksView, now: Instant) -> Mood {
    let kind = clocks.first_due(schedule, now);
    let reading = sla::read(clocks.schedule(kind, schedule), clocks.get(kind), now);
    match reading.state {
        ClockState::Breached { stopped_at: Some(_), .. } => Mood::Done,
        _ => Mood::of(&reading),
    }
}

/// The icon that goes with a state.
pub(super) const fn state_glyph(state: &ClockState) -> Glyph {
    match state {
        ClockState::Running { at_risk: true, .. } | ClockState::OutsideHours { at_risk: true, .. } => Glyph::Hourglass,
        ClockState::Running { .. } => Glyph::Clock,
        ClockState::OutsideHours { .. } => Glyph::Moon,
        ClockState::Paused { .. } => Glyph::Pause,
        ClockState::Met { .. } => Glyph::Check,
        ClockState::Breached { .. } => Glyph::Late,
        ClockState::NoDeadline => Glyph::Closed,
    }
}

/// What a line shows; equal ones need no new drawing.
#[derive(Clone, PartialEq)]
pub(crate) struct ClockFace {
    mood: Mood,
    markup: String,
}

impl ClockFace {
    pub(crate) fn of(locale: Locale, schedule: &Schedule, clocks: &ClocksView, now: Instant, style: LineStyle) -> Self {
        let kind = style.clock(schedule, clocks, now);
        let schedule = clocks.schedule(kind, schedule);
        let reading = sla::read(schedule, clocks.get(kind), now);
        let text = line(locale, schedule, kind, &reading, now, style);
        let markup = BarFace::of(&reading).draw(Markup::with_capacity(384)).icon(state_glyph(&reading.state));
        Self { mood: Mood::of(&reading), markup: markup.span("clock-line__words", &text).done() }
    }

    /// Of a ticket that was closed without its promise.
    pub(crate) fn dropped(locale: Locale) -> Self {
        let markup = Markup::with_capacity(128).icon(Glyph::Closed);
        Self { mood: Mood::None, markup: markup.span("clock-line__words", words::row_dropped(locale)).done() }
    }

    /// The line as markup, to be kept by [`keep_lines`] under this id.
    pub(crate) fn line(&self, markup: Markup, id: &str) -> Markup {
        markup
            .raw("<span class=\"clock-line\"")
            .attribute("id", id)
            .attribute("data-mood", self.mood.slug())
            .raw(">")
            .markup(&self.markup)
            .raw("</span>")
    }
}

/// The clock that leads, in one line. Which of a ticket's clocks that is changes as it moves; pages re-render then.
#[component]
pub fn ClockLine(
    schedule: Arc<Schedule>,
    clocks: ClocksView,
    #[prop(optional)] style: LineStyle,
    /// It was closed without its promise.
    #[prop(optional)]
    dropped: bool,
) -> impl IntoView {
    let locale = use_locale();
    let now = use_now();
    let shown = Memo::new(move |_| {
        if dropped {
            return ClockFace::dropped(locale);
        }
        ClockFace::of(locale, &schedule, &clocks, now.at(), style)
    });
    view! {
        <span
            class="clock-line"
            data-mood=move || shown.with(|face| face.mood.slug())
            inner_html=move || shown.with(|face| face.markup.clone())
        ></span>
    }
    .into_any()
}

/// Keeps lines that stand in markup: each second, those that show something else by now are drawn anew. `shown` is what
/// they show at first, beside their ids.
#[cfg(feature = "hydrate")]
pub(crate) fn keep_lines(
    schedule: Arc<Schedule>,
    lines: Vec<(String, ClocksView)>,
    mut shown: Vec<ClockFace>,
    style: LineStyle,
) {
    let locale = use_locale();
    let now = use_now();
    Effect::new(move |_| {
        let at = now.at();
        for ((id, clocks), shown) in lines.iter().zip(&mut shown) {
            let face = ClockFace::of(locale, &schedule, clocks, at, style);
            if face == *shown {
                continue;
            }
            let Some(element) = document().get_element_by_id(id) else { continue };
            let _ = element.set_attribute("data-mood", face.mood.slug());
            element.set_inner_html(&face.markup);
            *shown = face;
        }
    });
}

/// Less than this left, and a line counts it; with more, the date says enough.
const COUNT_BELOW: Millis = Millis::hours(9);

fn line(
    locale: Locale,
    schedule: &Schedule,
    kind: ClockKind,
    reading: &Reading,
    now: Instant,
    style: LineStyle,
) -> String {
    let zone = &schedule.zone;
    let left = format::duration_short(locale, reading.remaining);
    let moment = |at| match style {
        LineStyle::Desk => format::moment_short(locale, zone, at, now),
        LineStyle::Home | LineStyle::Portal => format::moment(locale, zone, at, now),
    };
    match reading.state {
        ClockState::Running { due_at, at_risk } | ClockState::OutsideHours { due_at, at_risk, .. } => {
            match (style, kind) {
                (LineStyle::Desk, ClockKind::Review) => words::row_review_desk(locale, &left, &moment(due_at)),
                (LineStyle::Desk, ClockKind::NextResponse) => words::row_response_desk(locale, &left, &moment(due_at)),
                (LineStyle::Desk, _) => words::row_left_desk(locale, &left, &moment(due_at)),
                (_, ClockKind::Review) if at_risk => words::row_left(locale, &left, &moment(due_at)),
                (_, ClockKind::Review) => words::row_review_before(locale, &moment(due_at)),
                (_, _) if at_risk => words::row_left(locale, &left, &moment(due_at)),
                (LineStyle::Home, _) => words::row_due(locale, &format::deadline(locale, zone, due_at, now)),
                (LineStyle::Portal, _) if reading.remaining < COUNT_BELOW => {
                    words::row_left(locale, &left, &moment(due_at))
                }
                (LineStyle::Portal, _) => format::deadline(locale, zone, due_at, now),
            }
        }
        ClockState::Paused { since, .. } => match style {
            LineStyle::Home => words::row_paused_until_you_reply(locale).to_owned(),
            LineStyle::Portal => words::row_paused(locale).to_owned(),
            LineStyle::Desk => words::row_paused_desk(locale, &left, &moment(since)),
        },
        ClockState::Met { .. } => words::row_met(locale, &left),
        ClockState::Breached { stopped_at: Some(_), .. } => words::row_missed(locale, &left),
        ClockState::Breached { since, .. } => match style {
            LineStyle::Desk => words::row_over_desk(locale, &left, &moment(since)),
            _ => words::row_over(locale, &left),
        },
        ClockState::NoDeadline => words::row_no_deadline(locale).to_owned(),
    }
}
