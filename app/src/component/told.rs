//! A line of a notification centre: what happened, on which ticket, when. Customers' and staff's are alike.

use domain::view::notice::NoticeRow;
use leptos::prelude::*;

use super::{Glyph, Icon, Text, Time, TimeStyle};
use crate::shell::use_locale;
use crate::words::common as words;

#[component]
pub fn ToldLine(
    row: NoticeRow,
    glyph: Glyph,
    /// What it is besides a line of this list.
    #[prop(optional)]
    class: &'static str,
    href: String,
    /// What happened, in words.
    #[prop(into)]
    said: Text,
    /// The form that marks it as read, while it is not.
    mark: Option<AnyView>,
) -> impl IntoView {
    let locale = use_locale();
    let class = ["told ", class, if row.read { "" } else { " told--unread" }].concat();
    let unread = (!row.read).then(|| view! { <span class="visually-hidden">{words::unread(locale)}": "</span> });
    view! {
        <li class=class>
            <Icon name=glyph/>
            <div class="told__what">
                <a href=href>{unread}<span class="key">{row.key}</span>" "{row.subject}</a>
                <p class="small">{said}</p>
            </div>
            <span class="told__when small muted"><Time at=row.at style=TimeStyle::Moment/></span>
            <div class="told__mark">{mark}</div>
        </li>
    }
    .into_any()
}
