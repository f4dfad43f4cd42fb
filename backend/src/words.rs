//! Texts that the backend itself puts together: dates in answers and mails.

use domain::i18n::Locale;
use domain::time::Instant;
use domain::zone::Zone;

domain::catalogue! {
    january => "January", "januari";
    february => "February", "februari";
    march => "March", "maart";
    april => "April", "april";
    may => "May", "mei";
    june => "June", "juni";
    july => "July", "juli";
    august => "August", "augustus";
    september => "September", "september";
    october => "October", "oktober";
    november => "November", "november";
    december => "December", "december";
    monday => "Monday", "maandag";
    tuesday => "Tuesday", "dinsdag";
    wednesday => "Wednesday", "woensdag";
    thursday => "Thursday", "donderdag";
    friday => "Friday", "vrijdag";
    saturday => "Saturday", "zaterdag";
    sunday => "Sunday", "zondag";
}

/// An instant as the desk's clock on the wall shows it: "Tuesday 28 April 10:30".
pub fn moment(locale: Locale, zone: &Zone, at: Instant) -> String {
    let civil = zone.civil(at);
    let weekday = [monday, tuesday, wednesday, thursday, friday, saturday, sunday][usize::from(civil.weekday % 7)];
    let month = MONTHS[usize::from((civil.month - 1) % 12)];
    let (hour, minute) = (civil.hour, civil.minute);
    format!("{} {} {} {hour:02}:{minute:02}", weekday(locale), civil.day, month(locale))
}

const MONTHS: [fn(Locale) -> &'static str; 12] =
    [january, february, march, april, may, june, july, august, september, october, november, december];

/// `2026-04-28` as "28 April 2026"; anything else as it is.
pub fn date(locale: Locale, iso: &str) -> String {
    let number = iso.get(5..7).and_then(|month| month.parse::<usize>().ok());
    let Some(month) = number.and_then(|number| MONTHS.get(number.checked_sub(1)?)) else { return iso.to_owned() };
    let (Some(year), Some(day)) = (iso.get(..4), iso.get(8..10)) else { return iso.to_owned() };
    [day.trim_start_matches('0'), " ", month(locale), " ", year].concat()
}
