//! A second calendar and a second policy, so that administration has something to show. No organisation has them: the
//! stories are told in the hours of the support desk.

use domain::actor::Actor;
use domain::sla::ClockKind;
use domain::ticket::Priority;
use domain::view::admin::{AROUND_THE_CLOCK, CalendarDraft, PolicyDraft};

use crate::desk::calendar::{self, SaveCalendar};
use crate::desk::policy;
use crate::{Backend, Error};

/// Of each priority: review and resolution in hours, and whether resolution counts around the clock.
const PROMISES: [(Priority, &str, &str, bool); 4] = [
    (Priority::Critical, "0.5", "4", true),
    (Priority::High, "1", "16", false),
    (Priority::Medium, "2", "32", false),
    (Priority::Low, "4", "72", false),
];

pub(super) async fn all(past: &Backend, admin: &Actor) -> Result<(), Error> {
    let mut draft = CalendarDraft {
        name: "Evenings and Saturdays".to_owned(),
        timezone: "Europe/Amsterdam".to_owned(),
        hours: "Mo-Fr 08:00-20:00; PH off".to_owned(),
        country: "NL".to_owned(),
        liberation_day: "every_fifth_year".to_owned(),
        ..CalendarDraft::default()
    };
    let calendar_id = calendar::create(past, admin, draft.clone()).await?;
    draft.hours = "Mo-Fr 08:00-20:00; Sa 09:00-13:00; PH off; \
         Dec 24 Mo-Sa 09:00-13:00 \"Christmas Eve\"; \
         Dec 31 Mo-Sa 09:00-13:00 \"New Year’s Eve\""
        .to_owned();
    calendar::save(past, admin, SaveCalendar { calendar_id, version: 1, draft }).await?;
    let mut values = Vec::new();
    for (priority, review, resolution, always) in PROMISES {
        let on = if always { AROUND_THE_CLOCK } else { calendar_id };
        let targets = [
            (ClockKind::Review, review, calendar_id),
            (ClockKind::Resolution, resolution, on),
            (ClockKind::NextResponse, "", calendar_id),
        ];
        for (clock, hours, calendar_id) in targets {
            values.push((PolicyDraft::control("hours", priority, clock), hours.to_owned()));
            values.push((PolicyDraft::control("calendar", priority, clock), calendar_id.to_string()));
        }
    }
    policy::create(past, admin, PolicyDraft { name: "Extended".to_owned(), values }).await?;
    Ok(())
}
