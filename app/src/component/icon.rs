//! The icons: a 16 px grid, strokes of 1.5, round ends. Always beside a word, so hidden from readers.

#[cfg(feature = "ssr")]
use std::sync::LazyLock;

use leptos::prelude::*;
#[cfg(feature = "ssr")]
use leptos::tachys::html::InertElement;

/// The drawings there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    New,
    InProgress,
    Waiting,
    Resolved,
    Closed,
    Clock,
    Moon,
    Pause,
    Hourglass,
    Late,
    Check,
    Cross,
    Plus,
    Search,
    ChevronDown,
    ChevronRight,
    ChevronLeft,
    ChevronUp,
    Problem,
    Question,
    Change,
    Person,
    Article,
    External,
    Phone,
    Clip,
    Image,
    Lock,
    Eye,
    Info,
    Inbox,
    Bell,
    List,
    Chat,
    Flag,
    Reports,
    Dots,
    Send,
    SignOut,
    Refresh,
    Mail,
    Critical,
    High,
    Medium,
    Low,
}

impl Glyph {
    /// The same drawing as [`Glyph::Article`]: a file is a page too.
    #[allow(non_upper_case_globals)]
    pub const File: Self = Self::Article;
    #[allow(non_upper_case_globals)]
    pub const Reply: Self = Self::Waiting;
    #[allow(non_upper_case_globals)]
    pub const Keyboard: Self = Self::List;

    /// The content of the `<svg>`. `f` is filled, `o` is faint, `k` is cut out.
    pub(super) const fn drawing(self) -> &'static str {
        match self {
            Self::New => r#"<circle cx="8" cy="8" r="5.75"/><circle class="f" cx="8" cy="8" r="1.6"/>"#,
            Self::InProgress => r#"<circle cx="8" cy="8" r="5.75"/><path class="f" d="M8 4.4a3.6 3.6 0 0 1 0 7.2z"/>"#,
            Self::Waiting => r#"<path d="M6 3 2.75 6.25 6 9.5M3 6.25h6.5a3.4 3.4 0 0 1 0 6.8H7"/>"#,
            Self::Resolved => r#"<circle cx="8" cy="8" r="5.75"/><path d="m5.4 8.2 1.8 1.8 3.4-3.7"/>"#,
            Self::Closed => r#"<circle cx="8" cy="8" r="5.75"/><path d="M5.5 8h5"/>"#,
            Self::Clock => r#"<circle cx="8" cy="8" r="5.75"/><path d="M8 4.75V8l2.25 1.4"/>"#,
            Self::Moon => r#"<path d="M13.2 9.7A5.6 5.6 0 1 1 6.3 2.8a4.6 4.6 0 0 0 6.9 6.9z"/>"#,
            Self::Pause => r#"<path d="M5.75 3.5v9M10.25 3.5v9"/>"#,
            Self::Hourglass => {
                r#"<path d="M3.75 2.25h8.5M3.75 13.75h8.5M5 2.5c0 3 3 3.5 3 5.5s-3 2.5-3 5.5M11 2.5c0 3-3 3.5-3 5.5s3 2.5 3 5.5"/>"#
            }
            Self::Late => r#"<path d="M8 2.25 14.25 13.25H1.75zM8 6.25v3.25M8 11.4v.1"/>"#,
            Self::Check => r#"<path d="m2.75 8.5 3.4 3.4 7-7.4"/>"#,
            Self::Cross => r#"<path d="m4 4 8 8M12 4l-8 8"/>"#,
            Self::Plus => r#"<path d="M8 3v10M3 8h10"/>"#,
            Self::Search => r#"<circle cx="7" cy="7" r="4.25"/><path d="m10.2 10.2 3.3 3.3"/>"#,
            Self::ChevronDown => r#"<path d="m4 6 4 4 4-4"/>"#,
            Self::ChevronRight => r#"<path d="m6 4 4 4-4 4"/>"#,
            Self::ChevronLeft => r#"<path d="m10 4-4 4 4 4"/>"#,
            Self::ChevronUp => r#"<path d="m4 10 4-4 4 4"/>"#,
            Self::Problem => r#"<circle cx="8" cy="8" r="5.75"/><path d="M8 5v3.4M8 10.9v.1"/>"#,
            Self::Question => {
                r#"<circle cx="8" cy="8" r="5.75"/><path d="M6.3 6.5a1.75 1.75 0 1 1 2.5 1.6c-.5.2-.8.5-.8 1M8 11.2v.1"/>"#
            }
            Self::Change => r#"<path d="M2.5 5.25h10.25M10.25 2.75l2.5 2.5M13.5 10.75H3.25M5.75 13.25l-2.5-2.5"/>"#,
            Self::Person => r#"<circle cx="8" cy="5" r="2.6"/><path d="M3 13.6c0-2.8 2-4.4 5-4.4s5 1.6 5 4.4"/>"#,
            Self::Article => r#"<path d="M3.9 1.9h5.2l3.1 3.1v9.1H3.9zM9 2v3.1h3.1"/>"#,
            Self::External => r#"<path d="M6.5 3.25H3v9.75h9.75V9.5M9.5 2.75h3.75V6.5M13 3 7.5 8.5"/>"#,
            Self::Phone => {
                r#"<path d="M3.1 2.75h2.3L6.6 6 5.2 7.1a8 8 0 0 0 3.7 3.7L10 9.4l3.25 1.2v2.3c0 .4-.3.7-.7.6C7 13 3 9 2.5 3.4c0-.4.3-.6.6-.6z"/>"#
            }
            Self::Clip => {
                r#"<path d="m13 7.6-5.2 5.1a3.2 3.2 0 0 1-4.5-4.5l5.5-5.4a2.1 2.1 0 0 1 3 3L6.4 11.1a1 1 0 0 1-1.5-1.5l4.9-4.8"/>"#
            }
            Self::Image => {
                r#"<rect x="2.4" y="2.9" width="11.2" height="10.2" rx="1.5"/><circle class="f" cx="10.4" cy="6.1" r="1.1"/><path d="m2.6 11 3.3-3.4 5 5.2"/>"#
            }
            Self::Lock => {
                r#"<rect x="3.5" y="7" width="9" height="6.5" rx="1.2"/><path d="M5.5 7V5.1a2.5 2.5 0 0 1 5 0V7"/>"#
            }
            Self::Eye => {
                r#"<path d="M1.5 8S4 3.9 8 3.9 14.5 8 14.5 8 12 12.1 8 12.1 1.5 8 1.5 8z"/><circle cx="8" cy="8" r="1.9"/>"#
            }
            Self::Info => r#"<circle cx="8" cy="8" r="5.75"/><path d="M8 7.5v3.4M8 5.1v.1"/>"#,
            Self::Inbox => r#"<path d="M2 9.5 3.9 3.3h8.2L14 9.5v3.4H2zM2 9.5h3.6l1 1.6h2.8l1-1.6H14"/>"#,
            Self::Bell => {
                r#"<path d="M3.25 11.5h9.5c-1-1-1.4-2-1.4-4.2a3.35 3.35 0 0 0-6.7 0c0 2.2-.4 3.2-1.4 4.2zM6.7 13.7h2.6"/>"#
            }
            Self::List => r#"<path d="M2.5 4h11M2.5 8h11M2.5 12h11"/>"#,
            Self::Chat => r#"<path d="M2.5 3h11v7.75H7.25L4.5 13.25v-2.5h-2z"/>"#,
            Self::Flag => r#"<path d="M4 14V2.5h8.5l-2 3 2 3H4"/>"#,
            Self::Reports => r#"<path d="M3.5 13.5V8M8 13.5v-11M12.5 13.5V6"/>"#,
            Self::Dots => {
                r#"<g class="f"><circle cx="3.5" cy="8" r="1.2"/><circle cx="8" cy="8" r="1.2"/><circle cx="12.5" cy="8" r="1.2"/></g>"#
            }
            Self::Send => r#"<path d="M14 2 2 6.8 7 9l2.2 5zM7 9l2.6-2.6"/>"#,
            Self::SignOut => r#"<path d="M6 2.75H3v10.5h3M7 8h6.5M11 5.5 13.5 8 11 10.5"/>"#,
            Self::Refresh => r#"<path d="M13 8a5 5 0 1 1-1.5-3.5L13 6M13 2.75V6H9.75"/>"#,
            Self::Mail => {
                r#"<rect x="2" y="3.4" width="12" height="9.2" rx="1.2"/><path d="m2.5 4.2 5.5 4.4 5.5-4.4"/>"#
            }
            Self::Critical => {
                r#"<path class="f" d="M5.3 1.5h5.4l3.8 3.8v5.4l-3.8 3.8H5.3l-3.8-3.8V5.3z"/><path class="k" d="M8 4.6v3.9M8 11.1v.1"/>"#
            }
            Self::High => {
                r#"<g class="f"><rect x="2.2" y="9.5" width="2.7" height="4" rx=".8"/><rect x="6.6" y="6" width="2.7" height="7.5" rx=".8"/><rect x="11" y="2.5" width="2.7" height="11" rx=".8"/></g>"#
            }
            Self::Medium => {
                r#"<g class="f"><rect x="2.2" y="9.5" width="2.7" height="4" rx=".8"/><rect x="6.6" y="6" width="2.7" height="7.5" rx=".8"/><rect class="o" x="11" y="2.5" width="2.7" height="11" rx=".8"/></g>"#
            }
            Self::Low => {
                r#"<g class="f"><rect x="2.2" y="9.5" width="2.7" height="4" rx=".8"/><rect class="o" x="6.6" y="6" width="2.7" height="7.5" rx=".8"/><rect class="o" x="11" y="2.5" width="2.7" height="11" rx=".8"/></g>"#
            }
        }
    }
}

/// What lists show in each of their rows. A page draws each of these once, and its rows refer to it: fifty rows with four
/// icons each would be half of the page.
macro_rules! drawn_once {
    ($($glyph:ident $id:literal),* $(,)?) => {
        impl Glyph {
            /// The `<svg>` in markup, in up to three parts.
            pub(super) const fn markup(self) -> [&'static str; 3] {
                match self {
                    $(Self::$glyph => [
                        concat!(r##"<svg class="icon" aria-hidden="true"><use href="#icon-"##, $id, r#""/></svg>"#), "", "",
                    ],)*
                    other => [r#"<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">"#, other.drawing(), "</svg>"],
                }
            }
        }

        #[cfg(feature = "ssr")]
        static DRAWINGS: LazyLock<String> = LazyLock::new(|| {
            [
                "<svg hidden aria-hidden=\"true\">",
                $(concat!(r#"<symbol id="icon-"#, $id, r#"" viewBox="0 0 16 16">"#), Glyph::$glyph.drawing(), "</symbol>",)*
                "</svg>",
            ]
            .concat()
        });
    };
}

drawn_once! {
    New "new",
    InProgress "in-progress",
    Waiting "waiting",
    Resolved "resolved",
    Closed "closed",
    Clock "clock",
    Moon "moon",
    Pause "pause",
    Hourglass "hourglass",
    Late "late",
    Check "check",
    Lock "lock",
    Critical "critical",
    High "high",
    Medium "medium",
    Low "low",
}

/// The drawings that rows refer to. Stands once in each document, unseen.
#[cfg(feature = "ssr")]
pub(crate) fn drawings() -> impl IntoView {
    InertElement::new(DRAWINGS.as_str())
}

/// A decorative drawing of 16 × 16.
#[component]
pub fn Icon(name: Glyph) -> impl IntoView {
    view! { <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" inner_html=name.drawing()></svg> }.into_any()
}
