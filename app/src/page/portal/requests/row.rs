//! A request as a row of the list; on a phone the same cells make a card. The roles are said aloud because a browser
//! takes them away from a table that is laid out as cards.

use std::sync::Arc;

use domain::sla::Schedule;
use domain::ticket::Status;
use domain::view::portal::RequestRow;
use leptos::prelude::*;

use super::super::saying::{first_name, last, waits_for};
use crate::component::{ClockLine, Glyph, Icon, LineStyle, PriorityLabel, StatusLabel, Time, TimeStyle};
use crate::shell::use_locale;
use crate::words::{common, portal as words};

#[component]
pub(super) fn Row(row: RequestRow, schedule: Arc<Schedule>) -> impl IntoView {
    let locale = use_locale();
    let waits = waits_for(locale, &row);
    let who = last(locale, &row);
    let for_you = matches!(row.status, Status::Waiting);
    let class = if row.unread { "requests__row requests__row--unread" } else { "requests__row" };
    let waits_class = if for_you { "requests__waits requests__waits--you" } else { "requests__waits" };
    let href = ["/requests/", &row.key].concat();
    view! {
        <tr class=class role="row">
            <td class="requests__subject" role="cell">
                {row.unread.then(|| view! { <span class="dot"><span class="visually-hidden">{common::unread(locale)}</span></span> })}
                <a class="requests__link" href=href>{row.subject}</a>
                <span class="key requests__key">
                    {row.key}
                    {row.confidential.then(|| view! {
                        <Icon name=Glyph::Lock/>
                        <span class="visually-hidden">{words::confidential(locale)}</span>
                    })}
                </span>
            </td>
            <td class="requests__requester" role="cell">{first_name(&row.requester).to_owned()}</td>
            <td class="requests__status" role="cell"><StatusLabel status=row.status quiet=true/></td>
            <td class=waits_class role="cell">{waits}</td>
            <td class="requests__priority" role="cell"><PriorityLabel priority=row.priority/></td>
            <td class="requests__time" role="cell"><ClockLine schedule=schedule clocks=row.clocks style=LineStyle::Portal/></td>
            <td class="requests__last" role="cell">
                <Time at=row.last_at style=TimeStyle::Moment/>
                <span class="requests__who">{who}</span>
            </td>
        </tr>
    }
    .into_any()
}
