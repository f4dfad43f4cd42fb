//! Where the words of the marks go, so that they neither leave the strip nor cover each other. Nobody knows the width on
//! the server: the places are reckoned for a wide and a narrow strip, and the style sheet picks one.

use domain::sla::ClockState;
use domain::sla::strip::{ColumnKind, Mark, MarkKind, Strip};
use leptos::prelude::*;

use super::{Drawing, MarkWords, capped, share};

/// A strip is at least this wide on a desktop, and on a phone.
const WIDTHS: [f32; 2] = [700.0, 328.0];
/// The width of a closed column, and of a night.
const CLOSED: [f32; 2] = [74.0, 62.0];
const NIGHT: [f32; 2] = [8.0, 5.0];

/// A mark, ready to be drawn.
pub(in crate::component) struct MarkView {
    pub(in crate::component) class: String,
    pub(in crate::component) at: f32,
    pub(in crate::component) words: MarkWords,
}

pub(in crate::component) fn mark_view(mark: &MarkView) -> AnyView {
    let MarkWords { before, words, after } = &mark.words;
    let more = |text: &String| (!text.is_empty()).then(|| view! { <span class="strip__more">{text.clone()}</span> });
    let words = (!words.is_empty())
        .then(|| view! { <span class="strip__flag">{more(before)}{words.clone()}{more(after)}</span> });
    view! {
        <div class=mark.class.clone()>
            <svg width=share(mark.at)></svg>
            <span class="strip__pole">{words}</span>
        </div>
    }
    .into_any()
}

/// How the words of a mark stand.
#[derive(Clone, Copy, Default)]
struct Stand {
    left: bool,
    /// Only what cannot be left out.
    brief: bool,
    /// Below the other one's words.
    low: bool,
}

/// A mark with words, as far as places are concerned.
struct Words {
    kind: MarkKind,
    at: [f32; 2],
    /// Reckoned widths: in full, and brief.
    full: f32,
    brief: f32,
}

impl Words {
    fn span(&self, size: usize, stand: Stand) -> (f32, f32) {
        let (at, width) = (self.at[size], if stand.brief { self.brief } else { self.full });
        if stand.left { (at - width, at) } else { (at, at + width) }
    }

    fn fits(&self, size: usize, stand: Stand) -> bool {
        let (from, to) = self.span(size, stand);
        from >= 0.0 && to <= WIDTHS[size]
    }
}

/// The marks whose words could meet: the deadline's, and where now is or where it stopped.
pub(super) struct Flags {
    deadline: Option<Words>,
    end: Option<Words>,
    late: bool,
}

impl Flags {
    pub(super) fn of(drawing: &Drawing<'_>) -> Self {
        let find = |kinds: &[MarkKind]| {
            let mark = drawing.strip.marks.iter().find(|mark| kinds.contains(&mark.kind))?;
            let words = drawing.words(mark)?;
            let at = [reckon(drawing.strip, mark, 0), reckon(drawing.strip, mark, 1)];
            Some(Words { kind: mark.kind, at, full: words.width(true), brief: words.width(false) })
        };
        Self {
            deadline: find(&[MarkKind::Due, MarkKind::DueIfResumed, MarkKind::WasDue]),
            end: find(&[MarkKind::Now, MarkKind::Stopped]),
            late: matches!(drawing.reading.state, ClockState::Breached { .. }),
        }
    }

    /// The deadline flies away from where now is, if there is room; what is about now then keeps off it.
    fn stands(&self, size: usize) -> (Stand, Stand) {
        let stand = |left, brief| Stand { left, brief, low: false };
        let end_at = self.end.as_ref().map(|end| end.at[size]);
        let deadline = self.deadline.as_ref().map_or(Stand::default(), |deadline| {
            // A late deadline has nothing before it that needs room; "if you reply now" is drawn before its pole.
            let first = self.late || deadline.kind == MarkKind::DueIfResumed;
            let order = [stand(first, false), stand(!first, false), stand(first, true), stand(!first, true)];
            let clear = |stand: &Stand| {
                let (from, to) = deadline.span(size, *stand);
                deadline.fits(size, *stand) && end_at.is_none_or(|end| end <= from || to <= end)
            };
            // They meet whatever is done: then as little as possible.
            let fallback = || order.into_iter().rev().find(|stand| deadline.fits(size, *stand));
            order.into_iter().find(clear).or_else(fallback).unwrap_or(stand(true, true))
        });
        let end = self.end.as_ref().map_or(Stand::default(), |end| {
            let first = !self.late;
            let order = [stand(first, false), stand(first, true), stand(!first, false), stand(!first, true)];
            let taken = self.deadline.as_ref().map(|other| other.span(size, deadline));
            let clear = |stand: &Stand| {
                let (from, to) = end.span(size, *stand);
                end.fits(size, *stand) && taken.is_none_or(|(start, stop)| to <= start + 1.0 || stop <= from + 1.0)
            };
            let low = Stand { left: end.fits(size, stand(true, true)), brief: true, low: true };
            order.into_iter().find(clear).unwrap_or(low)
        });
        (deadline, end)
    }

    pub(super) fn view(&self, drawing: &Drawing<'_>, mark: &Mark) -> Option<MarkView> {
        let words = drawing.words(mark)?;
        let mut class = String::from(match mark.kind {
            MarkKind::Sent => "strip__mark strip__mark--sent",
            MarkKind::Now => "strip__mark strip__mark--now",
            MarkKind::Due => "strip__mark strip__mark--due",
            MarkKind::DueIfResumed => "strip__mark strip__mark--if",
            MarkKind::Stopped => "strip__mark strip__mark--stopped",
            MarkKind::WasDue => "strip__mark strip__mark--was-due",
        });
        for (size, name) in [(0, " wide-"), (1, " narrow-")] {
            let (deadline, end) = self.stands(size);
            let stand = if self.end.as_ref().is_some_and(|end| end.kind == mark.kind) { end } else { deadline };
            for (is, what) in [(stand.left, "left"), (stand.brief, "brief"), (stand.low, "low")] {
                if is {
                    class.push_str(name);
                    class.push_str(what);
                }
            }
        }
        if mark.place.in_gap {
            class.push_str(if mark.place.at > 0.5 { " strip__mark--night" } else { " strip__mark--before" });
        }
        Some(MarkView { class, at: mark.place.at, words })
    }
}

/// About where a mark stands, in pixels from the left of a strip.
fn reckon(strip: &Strip, mark: &Mark, size: usize) -> f32 {
    let many = strip.columns.len() > super::MANY;
    let closed = if many && size == 1 { 16.0 } else { CLOSED[size] };
    let is_closed = |kind: &ColumnKind| matches!(kind, ColumnKind::Closed { .. });
    let fixed: f32 =
        strip.columns.iter().map(|column| if is_closed(&column.kind) { closed } else { NIGHT[size] }).sum();
    let weights: f32 = strip.columns.iter().map(|column| capped(column.weight)).sum();
    let unit = (WIDTHS[size] - fixed).max(0.0) / weights.max(0.1);
    // A column's night is on its left, inside of it; the first has none.
    let width = |index: usize| {
        let column = &strip.columns[index];
        if is_closed(&column.kind) { closed } else { capped(column.weight) * unit + NIGHT[size] }
    };
    let before: f32 = (0..mark.place.column).map(width).sum();
    let night = if mark.place.column == 0 { 0.0 } else { NIGHT[size] };
    before + night + mark.place.at * (width(mark.place.column) - night)
}
