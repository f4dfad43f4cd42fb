//! The time strip: open days as columns, what was used and what still counts as blocks, and the marks that matter.
//! The geometry is `domain::sla::strip`'s; widths are attributes of empty `<svg>`s, because the content policy allows no
//! inline styles.

use std::sync::Arc;

use domain::i18n::Locale;
use domain::sla::strip::{Column, ColumnKind, Mark, MarkKind, Segment, SegmentKind, Strip};
use domain::sla::{self, ClockKind, ClockState, PauseReason, Reading, Schedule, Timeline};
use domain::time::Instant;
use leptos::prelude::*;

use super::bar::percent;
use super::clock::Mood;
use super::{Reader, use_now};
use crate::format;
use crate::shell::use_locale;
use crate::words::common as words;

mod flags;
mod sentence;

use flags::Flags;
pub(super) use flags::{MarkView, mark_view};

/// More columns than this, and the labels become short.
const MANY: usize = 6;

/// One clock's strip. Redrawn once a minute.
#[component]
pub fn TimeStrip(
    schedule: Arc<Schedule>,
    timeline: Arc<Timeline>,
    #[prop(optional)] reader: Reader,
    /// Lower: on the desk and in boxes.
    #[prop(optional)]
    compact: bool,
    /// Nothing was sent yet: no "now", which is where it begins.
    #[prop(optional)]
    promise: bool,
) -> impl IntoView {
    let locale = use_locale();
    let now = use_now();
    let drawn = move || {
        let at = now.minute().max(timeline.started_at);
        let reading = sla::read(&schedule, &timeline, at);
        let review = timeline.kind == ClockKind::Review;
        let strip = Strip::of(&schedule, &timeline, at)?;
        let view = Drawing { locale, schedule: &schedule, strip: &strip, reading, at, reader, promise, review };
        Some(view.render(&timeline, compact))
    };
    view! { {drawn} }.into_any()
}

struct Drawing<'a> {
    locale: Locale,
    schedule: &'a Schedule,
    strip: &'a Strip,
    reading: Reading,
    at: Instant,
    reader: Reader,
    promise: bool,
    review: bool,
}

impl Drawing<'_> {
    fn render(&self, timeline: &Timeline, compact: bool) -> AnyView {
        let columns = &self.strip.columns;
        let mut class = String::from(if compact { "strip strip--compact" } else { "strip" });
        if columns.len() > MANY {
            class.push_str(" strip--many");
        } else if columns.len() == MANY {
            class.push_str(" strip--full");
        }
        let flags = Flags::of(self);
        let heaviest = columns.iter().map(|column| capped(column.weight)).fold(0.0, f32::max);
        let column = |(index, column): (usize, &Column)| {
            let marks = self.strip.marks.iter().filter(|mark| mark.place.column == index);
            let marks = marks.filter_map(|mark| flags.view(self, mark)).map(|mark| mark_view(&mark)).collect_view();
            let outer = index == 0 || index + 1 == columns.len();
            let label = self.label(column, outer, self.names_month(index));
            let class = column_class(column, heaviest);
            let blocks = column.segments.iter().map(block).collect_view();
            view! {
                <div class=class>
                    <div class="strip__track">
                        <div class="strip__blocks">{blocks}</div>
                        {marks}
                    </div>
                    {label}
                </div>
            }
        };
        let columns = columns.iter().enumerate().map(column).collect_view();
        let sentence = sentence::of(self, timeline);
        let mood = Mood::of(&self.reading).slug();
        view! {
            <div class="strip-box">
                <div class=class role="img" aria-label=sentence data-mood=mood>{columns}</div>
                {self.legend()}
            </div>
        }
        .into_any()
    }

    /// Whether a day is the first of another month than the one before it.
    fn names_month(&self, index: usize) -> bool {
        let month = |index: usize| domain::zone::date_of(self.strip.columns[index].first_day).1;
        index.checked_sub(1).is_some_and(|before| month(before) != month(index))
    }

    /// Two lines under a column: the day, and its hours or why it is closed.
    fn label(&self, column: &Column, outer: bool, names_month: bool) -> AnyView {
        let locale = self.locale;
        let (first, last) = (column.first_day, column.last_day);
        let short = format::day_run(locale, first, last);
        match &column.kind {
            ColumnKind::Open { .. } => {
                let (_, month, _) = domain::zone::date_of(first);
                let month = [" ", words::month_short(locale, month)].concat();
                let class = match (outer, names_month) {
                    (true, _) => "strip__label",
                    (false, true) => "strip__label strip__label--inner strip__label--month",
                    (false, false) => "strip__label strip__label--inner",
                };
                let hours = self.hours(column);
                view! {
                    <div class=class>
                        <b>{short}<span class="strip__month">{month}</span></b>
                        <span class="strip__hours">{hours}</span>
                    </div>
                }
                .into_any()
            }
            ColumnKind::Closed { reason } => {
                let why = match reason {
                    Some(reason) => words::closed_reason(locale, reason),
                    None => words::closed_hours(locale).to_owned(),
                };
                view! { <div class="strip__label strip__label--closed"><span>{short}</span><span class="strip__hours">{why}</span></div> }
                    .into_any()
            }
            ColumnKind::Many { open_days } => {
                let days = match open_days {
                    1 => words::one_day_more(locale).to_owned(),
                    days => words::days_more(locale, &days.to_string()),
                };
                view! { <div class="strip__label strip__label--closed"><span>{days}</span></div> }.into_any()
            }
        }
    }

    /// The hours of a day; of the day on which it was paused, that.
    fn hours(&self, column: &Column) -> String {
        let zone = &self.schedule.zone;
        if let ClockState::Paused { since, .. } = self.reading.state
            && column.from <= since
            && since < column.to
        {
            return words::paused_at(self.locale, &format::time(zone, since));
        }
        format::time_span(zone, column.from, column.to)
    }

    /// What the hatching means, while it is paused.
    fn legend(&self) -> Option<AnyView> {
        let ClockState::Paused { reason, .. } = self.reading.state else { return None };
        let locale = self.locale;
        let (paused, rest) = match (reason, self.reader) {
            (PauseReason::WaitingForCustomer, Reader::Customer) => {
                (words::paused_waiting_for_you(locale), words::still_to_count_if_reply(locale))
            }
            (PauseReason::WaitingForCustomer, Reader::Staff) => {
                (words::paused_waiting_for_customer(locale), words::still_to_count(locale))
            }
            (PauseReason::Resolved, _) => (words::paused_resolved(locale), words::still_to_count(locale)),
        };
        let counted = words::counted(locale, &format::duration(locale, self.reading.consumed));
        Some(
            view! {
                <ul class="legend" data-mood="paused">
                    <li class="legend__used">{counted}</li>
                    <li class="legend__paused">{paused}</li>
                    <li class="legend__resumed">{rest}</li>
                </ul>
            }
            .into_any(),
        )
    }
}

/// A column of merged days must not push the others aside.
fn capped(weight: f32) -> f32 {
    weight.min(24.0)
}

fn column_class(column: &Column, heaviest: f32) -> String {
    let mut class = String::from("strip__column ");
    match column.kind {
        ColumnKind::Closed { .. } => class.push_str("strip__column--closed"),
        ColumnKind::Open { .. } => class.push_str(&grow(capped(column.weight), heaviest)),
        ColumnKind::Many { .. } => {
            class.push_str("strip__column--merged ");
            class.push_str(&grow(capped(column.weight), heaviest));
        }
    }
    if column.cropped_start {
        class.push_str(" strip__column--cropped-start");
    }
    if column.cropped_end {
        class.push_str(" strip__column--cropped-end");
    }
    class
}

/// The class that makes a column grow with its weight: 24 steps, the heaviest column has them all.
pub(super) fn grow(weight: f32, heaviest: f32) -> String {
    let steps = if heaviest > 0.0 { (weight / heaviest * 24.0 + 0.5) as u32 } else { 24 };
    ["grow-", &steps.clamp(1, 24).to_string()].concat()
}

/// A fraction as a percentage with one digit.
pub(super) fn share(fraction: f32) -> String {
    percent((fraction.clamp(0.0, 1.0) * 1_000.0 + 0.5) as u16)
}

fn block(segment: &Segment) -> AnyView {
    let class = match segment.kind {
        SegmentKind::Open => "strip__block strip__block--open",
        SegmentKind::Used => "strip__block strip__block--used",
        SegmentKind::ToCount => "strip__block strip__block--to-count",
        SegmentKind::Paused => "strip__block strip__block--paused",
        SegmentKind::IfResumed => "strip__block strip__block--resumed",
        SegmentKind::Overrun => "strip__block strip__block--overrun",
    };
    view! {
        <div class="strip__layer">
            <svg width=share(segment.from)></svg>
            <svg class=class width=share(segment.to - segment.from)></svg>
        </div>
    }
    .into_any()
}

/// The words of a mark. What stands before and after is left out where there is no room.
#[derive(Default)]
pub(super) struct MarkWords {
    pub(super) before: String,
    pub(super) words: String,
    pub(super) after: String,
}

impl MarkWords {
    /// About how wide they are, in pixels: 12 px type, bold, and the flag around it.
    fn width(&self, full: bool) -> f32 {
        const LETTER: f32 = 6.9;
        const FLAG: f32 = 22.0;
        let count = |text: &str| text.chars().count() as f32;
        let more = if full { count(&self.before) + count(&self.after) } else { 0.0 };
        (count(&self.words) + more) * LETTER + FLAG
    }
}

impl Drawing<'_> {
    /// `None`: the mark is not drawn.
    fn words(&self, mark: &Mark) -> Option<MarkWords> {
        let locale = self.locale;
        let time = format::time(&self.schedule.zone, mark.instant);
        let few = self.strip.columns.len() <= MANY;
        let word = |before: &str| MarkWords { before: spaced(before), words: time.clone(), after: String::new() };
        Some(match mark.kind {
            MarkKind::Sent => MarkWords::default(),
            MarkKind::Now if self.promise => return None,
            MarkKind::Now => {
                // Outside hours the time says nothing about the clock.
                let says_time =
                    few && self.schedule.is_open(self.at) && !matches!(self.reading.state, ClockState::Paused { .. });
                let after = if says_time { [" ", &time].concat() } else { String::new() };
                MarkWords { before: String::new(), words: words::now(locale).to_owned(), after }
            }
            MarkKind::Due if few => word(words::due(locale)),
            MarkKind::Due => word(""),
            MarkKind::DueIfResumed => word(match self.reader {
                Reader::Customer => words::if_you_reply_now(locale),
                Reader::Staff => words::if_they_reply_now(locale),
            }),
            MarkKind::Stopped if self.review => word(words::reviewed_word(locale)),
            MarkKind::Stopped => word(words::resolved_word(locale)),
            MarkKind::WasDue => word(words::was_due_word(locale)),
        })
    }
}

/// With a space behind it, unless it is empty.
fn spaced(text: &str) -> String {
    if text.is_empty() { String::new() } else { [text, " "].concat() }
}
