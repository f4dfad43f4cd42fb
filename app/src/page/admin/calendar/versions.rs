//! The versions of a calendar, and what each of them changed.

use domain::i18n::Locale;
use domain::view::admin::{CalendarDraft, CalendarVersion};
use leptos::prelude::*;

use super::super::log::who;
use crate::component::{Time, TimeStyle};
use crate::shell::use_locale;
use crate::words::admin as words;

#[component]
pub(super) fn Versions(versions: Vec<CalendarVersion>) -> impl IntoView {
    let locale = use_locale();
    let older = versions.iter().skip(1).map(|version| Some(version.draft.clone())).chain([None]);
    let rows: Vec<_> = versions.iter().cloned().zip(older).collect();
    let row = |(version, before): (CalendarVersion, Option<CalendarDraft>)| {
        let changes = match before {
            Some(before) => changes(locale, &before, &version.draft),
            None => vec![(words::expression(locale), String::new(), version.draft.hours.clone())],
        };
        let change = |(what, old, new): (&'static str, String, String)| {
            let old = (!old.is_empty()).then(|| view! { <del>{old}</del>" " });
            view! { <li>{what}": "{old}<ins>{new}</ins></li> }
        };
        view! {
            <tr>
                <th scope="row">{version.version.to_string()}</th>
                <td data-label=words::saved_column(locale)><Time at=version.saved_at style=TimeStyle::Moment/></td>
                <td data-label=words::by(locale)>{who(locale, version.saved_by)}</td>
                <td><ul class="changes">{changes.into_iter().map(change).collect_view()}</ul></td>
            </tr>
        }
    };
    view! {
        <section class="section" aria-labelledby="versions">
            <h2 id="versions">{words::versions(locale)}</h2>
            <table class="plain version-rows">
                <thead>
                    <tr>
                        <th scope="col">{words::version_column(locale)}</th>
                        <th scope="col">{words::saved_column(locale)}</th>
                        <th scope="col">{words::by(locale)}</th>
                        <th scope="col">{words::changes(locale)}</th>
                    </tr>
                </thead>
                <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
            </table>
        </section>
    }
    .into_any()
}

/// What differs, as what, from and to.
fn changes(locale: Locale, before: &CalendarDraft, after: &CalendarDraft) -> Vec<(&'static str, String, String)> {
    let may = |choice: &str| match choice {
        "yearly" => words::every_year(locale),
        "every_fifth_year" => words::every_fifth_year(locale),
        _ => words::never(locale),
    };
    let dates =
        |lines: &str| lines.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", ");
    let pairs = [
        (words::name(locale), before.name.clone(), after.name.clone()),
        (words::time_zone(locale), before.timezone.clone(), after.timezone.clone()),
        (words::expression(locale), before.hours.clone(), after.hours.clone()),
        (words::country(locale), before.country.clone(), after.country.clone()),
        (words::extra_closed(locale), dates(&before.closed), dates(&after.closed)),
        (words::good_friday(locale), may(&before.good_friday).to_owned(), may(&after.good_friday).to_owned()),
        (words::liberation_day(locale), may(&before.liberation_day).to_owned(), may(&after.liberation_day).to_owned()),
    ];
    let none = |text: String| if text.is_empty() { words::none(locale).to_owned() } else { text };
    pairs.into_iter().filter(|(_, old, new)| old != new).map(|(what, old, new)| (what, none(old), none(new))).collect()
}
