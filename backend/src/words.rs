//! Texts that the backend itself puts together: dates in answers, mail about tickets.

use domain::i18n::Locale;
use domain::time::Instant;
use domain::words::{month, weekday};
use domain::zone::Zone;

domain::catalogue! {
    mail_greeting(name: &str) => "Dear {name},", "Beste {name},";
    mail_received_subject(key: &str, subject: &str) => "[{key}] Received: {subject}", "[{key}] Ontvangen: {subject}";
    mail_received(key: &str, subject: &str) =>
        "We have received your request “{subject}”. Its key is {key}.",
        "We hebben uw verzoek “{subject}” ontvangen. Het nummer is {key}.";
    mail_reviewed_before(moment: &str) => "We review it before {moment}.", "We beoordelen het vóór {moment}.";
    mail_resolved_before(moment: &str) => "We resolve it before {moment}.", "We lossen het op vóór {moment}.";
    mail_returned_subject(key: &str, subject: &str) => "[{key}] A question: {subject}", "[{key}] Een vraag: {subject}";
    mail_returned(by: &str) =>
        "{by} needs an answer from you to go on. Until then the clock stands still.",
        "{by} heeft een antwoord van u nodig om verder te kunnen. Tot dan staat de klok stil.";
    mail_answered_subject(key: &str, subject: &str) => "[{key}] Answer: {subject}", "[{key}] Antwoord: {subject}";
    mail_answered(by: &str) => "{by} wrote:", "{by} schreef:";
    mail_resolved_subject(key: &str, subject: &str) => "[{key}] Resolved: {subject}", "[{key}] Opgelost: {subject}";
    mail_resolved(by: &str) => "{by} has resolved your request:", "{by} heeft uw verzoek opgelost:";
    mail_resolved_next =>
        "Is it solved? Then confirm it on the page below, or do nothing: the request closes after 14 days. Is it not? Then \
         tell us there and we go on.",
        "Is het opgelost? Bevestig het dan op de pagina hieronder, of doe niets: het verzoek sluit na 14 dagen. Is het niet \
         opgelost? Laat het ons daar weten, dan gaan we verder.";
}

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
