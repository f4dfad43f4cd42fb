//! The mini bar: how much of the target is used. Always beside words. Drawn with attributes, because the content policy
//! allows no inline styles.

use domain::sla::{ClockState, Reading};
use leptos::prelude::*;

use super::markup::Markup;

/// What a bar shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct BarFace {
    /// Of the whole bar, in thousandths.
    used: u16,
    late: bool,
}

impl BarFace {
    /// A late bar is as long as all the time used; its tick stands where the target was, never at an end of the bar.
    pub(super) fn of(reading: &Reading) -> Self {
        let late = matches!(reading.state, ClockState::Breached { .. });
        let (part, whole) = if late && reading.remaining.0 < 0 {
            (reading.target.0, reading.consumed.0)
        } else {
            (reading.consumed.0, reading.target.0)
        };
        let share = if whole > 0 { (part.max(0).saturating_mul(1_000) / whole).min(1_000) } else { 0 };
        let used = if late { share.clamp(300, 880) } else { share };
        Self { used: used as u16, late }
    }
}

/// 384 is "38.4%".
pub(super) fn percent(thousandths: u16) -> String {
    let mut text = (thousandths / 10).to_string();
    if !thousandths.is_multiple_of(10) {
        text.push('.');
        text.push_str(&(thousandths % 10).to_string());
    }
    text.push('%');
    text
}

impl BarFace {
    /// Adds the bar to markup.
    pub(super) fn draw(self, markup: Markup) -> Markup {
        self.rectangles(markup.raw(r#"<svg class="bar" aria-hidden="true">"#)).raw("</svg>")
    }

    fn rectangles(self, markup: Markup) -> Markup {
        let width = percent(self.used);
        let used = markup.raw(r#"<rect class="bar__used" height="6" rx="2""#).attribute("width", &width).raw("/>");
        if !self.late {
            return used;
        }
        used.raw(r#"<rect class="bar__tick" y="-3" width="2" height="12""#).attribute("x", &width).raw("/>")
    }
}

#[component]
pub(super) fn Bar(face: BarFace) -> impl IntoView {
    view! { <svg class="bar" aria-hidden="true" inner_html=face.rectangles(Markup::new()).done()></svg> }.into_any()
}
