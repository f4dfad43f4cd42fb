//! `/admin/calendars`: every calendar, who uses it, and whether it is open.

use std::sync::Arc;

use domain::view::admin::{CalendarLine, CalendarsView};
use leptos::prelude::*;

use super::log::{Log, who};
use super::{Frame, Part};
use crate::component::{Glyph, Icon, OpenNow, Time, TimeStyle, use_now};
use crate::format;
use crate::shell::use_locale;
use crate::words::admin as words;

#[component]
pub(super) fn Calendars(view: CalendarsView) -> impl IntoView {
    let locale = use_locale();
    use_now().sync(view.now);
    view! {
        <Frame part=Part::Calendars title=words::calendars(locale)>
            <div class="title-row admin__lead">
                <p class="muted">{words::calendars_text(locale)}</p>
                <a class="button" href="/admin/calendars/new"><Icon name=Glyph::Plus/>{words::new_calendar(locale)}</a>
            </div>
            <List calendars=view.calendars/>
            <Log lines=view.log/>
        </Frame>
    }
    .into_any()
}

/// The calendars as cards of a list; the overview has it too.
#[component]
pub(super) fn List(calendars: Vec<CalendarLine>) -> impl IntoView {
    let locale = use_locale();
    let line = |line: CalendarLine| {
        let href = ["/admin/calendars/", &line.id.to_string()].concat();
        let week = format::week(locale, &line.schedule.week, false);
        let place = format::place(&line.schedule.zone);
        let hours = if week.is_empty() { place } else { [&week, ", ", &place].concat() };
        let users = if line.policies.is_empty() {
            words::used_by_none(locale).to_owned()
        } else {
            words::used_by(locale, &line.policies.join(", "))
        };
        view! {
            <li class="admin-item">
                <div>
                    <h2 class="admin-item__name"><a href=href>{line.name}</a></h2>
                    <p class="small">{hours}</p>
                    <p class="small muted">{users}</p>
                </div>
                <div class="admin-item__side">
                    <OpenNow schedule=Arc::new(line.schedule)/>
                    <p class="small muted">
                        {words::version(locale, line.version)}" · "<Time at=line.saved_at style=TimeStyle::Moment/>" · "{who(locale, line.saved_by)}
                    </p>
                </div>
            </li>
        }
    };
    view! { <ul class="admin-list">{calendars.into_iter().map(line).collect_view()}</ul> }.into_any()
}
