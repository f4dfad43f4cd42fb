//! `/admin/calendars/{id}`: one calendar, as a form; what saving it would do; what it was before.

use domain::time::Instant;
use domain::view::admin::{CalendarDraft, CalendarPreview, CalendarView};
use leptos::prelude::*;

use super::log::Log;
use super::submit::{Done, asks};
use super::{Frame, Part};
use crate::ApiError;
use crate::api::admin::{preview_calendar, read_calendar, read_calendars};
use crate::component::use_now;
use crate::shell::use_locale;
use crate::words::admin as words;

mod dates;
mod editor;
mod hours;
mod preview;
mod versions;
mod week;

use editor::{Beginning, Editor};
use preview::Year;
use versions::Versions;

/// Now; the calendar, unless it is a new one; what would change, if the address asks.
pub(super) type Data = (Instant, Option<CalendarView>, Option<Result<CalendarPreview, ApiError>>);

pub(super) async fn read(id: i64, search: String) -> Result<Data, ApiError> {
    let (now, view) = if id == 0 {
        (read_calendars().await?.now, None)
    } else {
        let view = read_calendar(id).await?;
        (view.now, Some(view))
    };
    let preview = if asks(&search) { Some(preview_calendar(id, search).await) } else { None };
    Ok((now, view, preview))
}

#[component]
pub(super) fn CalendarPage(data: Data) -> impl IntoView {
    let locale = use_locale();
    let (now, view, preview) = data;
    use_now().sync(now);
    let title = match &view {
        Some(view) => view.draft.name.clone(),
        None => words::new_calendar(locale).to_owned(),
    };
    let above = ("/admin/calendars", words::calendars(locale));
    let beginning = match &view {
        Some(view) => Beginning { id: view.id, version: view.version, draft: view.draft.clone() },
        None => Beginning { id: 0, version: 0, draft: fresh() },
    };
    let after = view.map(|view| {
        view! {
            <section class="section" aria-labelledby="year">
                <h2 id="year">{words::coming_year(locale)}</h2>
                <p class="muted">{words::coming_year_text(locale)}</p>
                <Year schedule=view.schedule/>
            </section>
            <Versions versions=view.versions/>
            <Log lines=view.log/>
        }
    });
    view! {
        <Frame part=Part::Calendars title=title above=above>
            <Done/>
            <Editor beginning preview/>
            {after}
        </Frame>
    }
    .into_any()
}

/// A new calendar begins as an ordinary Dutch office week.
fn fresh() -> CalendarDraft {
    CalendarDraft {
        timezone: "Europe/Amsterdam".to_owned(),
        hours: "Mo-Fr 09:00-18:00; PH off".to_owned(),
        country: "NL".to_owned(),
        liberation_day: "never".to_owned(),
        ..CalendarDraft::default()
    }
}
