//! Texts that the backend itself puts together: dates in answers and mails.

use domain::i18n::Locale;
use domain::time::Instant;
use domain::words::{month, weekday};
use domain::zone::Zone;

/// An instant as the desk's clock on the wall shows it: "Tuesday 28 April 10:30".
pub fn moment(locale: Locale, zone: &Zone, at: Instant) -> String {
    let civil = zone.civil(at);
    let (weekday, month) = (weekday(locale, civil.weekday), month(locale, civil.month));
    let (hour, minute) = (civil.hour, civil.minute);
    format!("{weekday} {} {month} {hour:02}:{minute:02}", civil.day)
}

/// `2026-04-28` as "28 April 2026"; anything else as it is.
pub fn date(locale: Locale, iso: &str) -> String {
    let number = iso.get(5..7).and_then(|month| month.parse::<u8>().ok());
    let Some(number) = number.filter(|number| (1..=12).contains(number)) else { return iso.to_owned() };
    let (Some(year), Some(day)) = (iso.get(..4), iso.get(8..10)) else { return iso.to_owned() };
    [day.trim_start_matches('0'), " ", month(locale, number), " ", year].concat()
}
