//! Words of the calendar in both languages: weekdays, months, holidays, why a day is closed. Here because deadlines are
//! told in pages, in mail and on the command line alike. Words of pages live with the pages.

use crate::i18n::Locale;
use crate::sla::{ClosedReason, Holiday};

crate::catalogue! {
    monday => "Monday", "maandag";
    tuesday => "Tuesday", "dinsdag";
    wednesday => "Wednesday", "woensdag";
    thursday => "Thursday", "donderdag";
    friday => "Friday", "vrijdag";
    saturday => "Saturday", "zaterdag";
    sunday => "Sunday", "zondag";

    new_year => "New Year’s Day", "Nieuwjaarsdag";
    good_friday => "Good Friday", "Goede Vrijdag";
    easter_sunday => "Easter Sunday", "Eerste Paasdag";
    easter_monday => "Easter Monday", "Tweede Paasdag";
    kings_day => "King’s Day", "Koningsdag";
    liberation_day => "Liberation Day", "Bevrijdingsdag";
    ascension => "Ascension Day", "Hemelvaartsdag";
    whit_sunday => "Whit Sunday", "Eerste Pinksterdag";
    whit_monday => "Whit Monday", "Tweede Pinksterdag";
    christmas => "Christmas Day", "Eerste Kerstdag";
    second_christmas => "Boxing Day", "Tweede Kerstdag";
    holiday => "public holiday", "feestdag";
    weekend => "weekend", "weekend";
    /// A day or span without opening hours.
    closed_hours => "closed", "gesloten";
}

/// 0 is Monday.
pub const fn weekday(locale: Locale, weekday: u8) -> &'static str {
    match weekday {
        0 => monday(locale),
        1 => tuesday(locale),
        2 => wednesday(locale),
        3 => thursday(locale),
        4 => friday(locale),
        5 => saturday(locale),
        _ => sunday(locale),
    }
}

/// "Tue", "di". 0 is Monday.
pub const fn weekday_short(locale: Locale, weekday: u8) -> &'static str {
    const ENGLISH: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    const DUTCH: [&str; 7] = ["ma", "di", "wo", "do", "vr", "za", "zo"];
    match locale {
        Locale::English => ENGLISH[weekday as usize % 7],
        Locale::Dutch => DUTCH[weekday as usize % 7],
    }
}

/// "Apr", "apr". 1 is January.
pub const fn month_short(locale: Locale, month: u8) -> &'static str {
    const ENGLISH: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    const DUTCH: [&str; 12] = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];
    match locale {
        Locale::English => ENGLISH[(month as usize + 11) % 12],
        Locale::Dutch => DUTCH[(month as usize + 11) % 12],
    }
}

/// "April", "april". 1 is January.
pub const fn month(locale: Locale, month: u8) -> &'static str {
    const ENGLISH: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    const DUTCH: [&str; 12] = [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ];
    match locale {
        Locale::English => ENGLISH[(month as usize + 11) % 12],
        Locale::Dutch => DUTCH[(month as usize + 11) % 12],
    }
}

/// The name of a public holiday; what its source calls it when it is not one of ours.
pub fn holiday_name(locale: Locale, which: &Holiday) -> String {
    match which {
        Holiday::NewYear => new_year(locale),
        Holiday::GoodFriday => good_friday(locale),
        Holiday::EasterSunday => easter_sunday(locale),
        Holiday::EasterMonday => easter_monday(locale),
        Holiday::KingsDay => kings_day(locale),
        Holiday::LiberationDay => liberation_day(locale),
        Holiday::Ascension => ascension(locale),
        Holiday::WhitSunday => whit_sunday(locale),
        Holiday::WhitMonday => whit_monday(locale),
        Holiday::Christmas => christmas(locale),
        Holiday::SecondChristmas => second_christmas(locale),
        Holiday::Other(name) if name.is_empty() => holiday(locale),
        Holiday::Other(name) => return name.clone(),
    }
    .to_owned()
}

/// Why a day is closed, in a word or two.
pub fn closed_reason(locale: Locale, reason: &ClosedReason) -> String {
    match reason {
        ClosedReason::Night | ClosedReason::Weekday => closed_hours(locale).to_owned(),
        ClosedReason::Weekend => weekend(locale).to_owned(),
        ClosedReason::Holiday(which) => holiday_name(locale, which),
        ClosedReason::Extra(label) if label.is_empty() => closed_hours(locale).to_owned(),
        ClosedReason::Extra(label) => label.clone(),
    }
}
