//! The deadlines that a change moves, from when to when.

use domain::sla::ClockKind;
use domain::time::Instant;
use domain::view::admin::{MovedDeadline, Moves};
use leptos::prelude::*;

use crate::component::{Glyph, Icon};
use crate::format;
use crate::shell::use_locale;
use crate::words::admin as words;

#[component]
pub(super) fn Moved(moves: Moves, now: Instant) -> impl IntoView {
    let locale = use_locale();
    if moves.total == 0 {
        return view! { <p class="muted">{words::nothing_moves(locale)}</p> }.into_any();
    }
    let Moves { total, rows, zone } = moves;
    let more = total - rows.len() as i64;
    let row = |row: MovedDeadline| {
        let clock = match row.clock {
            ClockKind::Review => words::review(locale),
            ClockKind::Resolution => words::resolution(locale),
            ClockKind::NextResponse => words::next_response(locale),
        };
        let at = |at: Option<Instant>| match at {
            Some(at) => {
                let (text, machine) = (format::deadline(locale, &zone, at, now), zone.rfc3339(at));
                view! { <time datetime=machine>{text}</time> }.into_any()
            }
            None => words::no_deadline(locale).into_any(),
        };
        let earlier = match (row.old_due_at, row.new_due_at) {
            (Some(old), Some(new)) => Some(new < old),
            _ => None,
        };
        let direction = earlier.map(|earlier| {
            let (glyph, word) = if earlier {
                (Glyph::ChevronUp, words::earlier(locale))
            } else {
                (Glyph::ChevronDown, words::later(locale))
            };
            view! { <span class="moved__way"><Icon name=glyph/>{word}</span> }
        });
        let href = ["/desk/", &row.key].concat();
        view! {
            <tr>
                <td><a href=href class="key">{row.key}</a>" "{row.subject}</td>
                <td data-label=words::clock(locale)>{clock}</td>
                <td data-label=words::was(locale) class="moved__old">{at(row.old_due_at)}</td>
                <td data-label=words::becomes(locale)><b>{at(row.new_due_at)}</b></td>
                <td>{direction}</td>
            </tr>
        }
    };
    let count = if total == 1 { words::one_moves(locale).to_owned() } else { words::some_move(locale, total) };
    view! {
        <p>{count}</p>
        <table class="plain moved">
            <thead>
                <tr>
                    <th scope="col">{words::ticket(locale)}</th>
                    <th scope="col">{words::clock(locale)}</th>
                    <th scope="col">{words::was(locale)}</th>
                    <th scope="col">{words::becomes(locale)}</th>
                    <th scope="col"><span class="visually-hidden">{words::direction(locale)}</span></th>
                </tr>
            </thead>
            <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
        </table>
        {(more > 0).then(|| view! { <p class="muted">{words::and_more(locale, more)}</p> })}
    }
    .into_any()
}
