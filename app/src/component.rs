//! The parts that pages are made of. They know the words of `words::common` and the shapes of `domain`, and nothing of
//! routes, resources or server functions: those belong to pages.
//!
//! Nothing here reads the time, the zone or the window in its body: the server's HTML and the browser's first render
//! are equal, and what lives starts in an `Effect`.

// The macro puts a public struct of props beside each component, which nobody names.
#![allow(unreachable_pub)]

mod action;
mod bar;
mod brand;
mod browser;
mod choice;
mod clock;
mod composer;
mod draft;
mod field;
mod file;
mod filter;
mod horizon;
mod icon;
mod label;
pub(crate) mod markup;
mod message;
mod notice;
mod now;
mod panel;
mod priority;
mod promise;
mod quiet;
mod strip;
mod time;
mod told;
mod week;
mod why;

use leptos::oco::Oco;

pub use action::{ConfirmAction, Dialog, Disclosure};
pub use brand::{Avatar, BrandMark, BrandStyle, MarkSize, brand_class};
pub use choice::{CheckField, ChoiceField, FormField, SelectField};
pub use clock::{ClockLine, LineStyle, Mood, clock_mood};
pub use composer::Composer;
pub use draft::{DraftKeeper, StartOver};
pub use field::{ErrorSummary, PasswordField, TextArea, TextField, focus_first_wrong, problem_at};
pub use file::FilePicker;
pub use filter::{Crumbs, KeyHint, MenuDetails, Pager, Segmented};
pub use horizon::Horizon;
#[cfg(feature = "ssr")]
pub(crate) use icon::drawings;
pub use icon::{Glyph, Icon};
pub use label::{PriorityLabel, StatusLabel};
pub use message::{EventLine, FileLinks, MessageItem, NoteItem, Origin, Unverified, Written};
pub use notice::{Notice, NoticeKind, SignInAgain, Toaster, Toasts, use_toaster};
pub use now::{Now, use_now};
pub use panel::{ClockPanel, ClockSummary};
pub use priority::{PriorityChooser, PriorityPreview};
pub use promise::PromiseBox;
pub use quiet::{EmptyState, Skeleton};
pub use strip::TimeStrip;
pub use time::{Time, TimeStyle};
pub use told::ToldLine;
pub use week::{OpenNow, WeekStrip};

pub use crate::words::common::Reader;

/// A text that a component is given: static from the catalogue, or made.
pub type Text = Oco<'static, str>;
