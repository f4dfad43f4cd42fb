//! Public holidays. The Dutch ones are computed here, for every year and with their names (DESIGN §4); those of other
//! countries come with the `opening-hours` crate, which knows dates up to 2076 but no names.

use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use chrono::{Datelike, Days, NaiveDate, Weekday};
use compact_calendar::CompactCalendar;
use domain::sla::Holiday;
use opening_hours::localization::Country;
use opening_hours::{Context, ContextHolidays};

use super::{CalendarError, CalendarSpec, HolidayYears};

/// Years for which Dutch holidays are computed: all that a calendar speaks about.
const YEARS: std::ops::RangeInclusive<i32> = 1969..=9999;

/// The public holidays of a calendar.
#[derive(Clone, Debug)]
pub(super) struct Holidays {
    dates: ContextHolidays,
    names: Names,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Names {
    Dutch(Choice),
    /// Days that mean the same everywhere have their name; the others are just holidays.
    Foreign,
}

/// What a deployment chooses about Dutch holidays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Choice {
    good_friday: HolidayYears,
    liberation_day: HolidayYears,
}

impl Holidays {
    pub(super) fn of(spec: &CalendarSpec) -> Result<Self, CalendarError> {
        let choice = Choice { good_friday: spec.good_friday, liberation_day: spec.liberation_day };
        let Some(code) = spec.country.as_deref() else {
            return Ok(Self { dates: ContextHolidays::default(), names: Names::Foreign });
        };
        let country: Country = code.parse().map_err(|_| CalendarError::Country(code.to_owned()))?;
        Ok(if country == Country::NL {
            let school = Arc::new(country.holidays().get_school().clone());
            Self { dates: ContextHolidays::new(dutch_dates(choice), school), names: Names::Dutch(choice) }
        } else {
            Self { dates: country.holidays(), names: Names::Foreign }
        })
    }

    pub(super) fn context(&self) -> Context {
        Context::default().with_holidays(self.dates.clone())
    }

    pub(super) fn is_public(&self, date: NaiveDate) -> bool {
        self.dates.get_public().contains(date)
    }

    pub(super) fn on(&self, date: NaiveDate) -> Option<Holiday> {
        if !self.is_public(date) {
            return None;
        }
        Some(match self.names {
            Names::Dutch(choice) => dutch(date, choice)?,
            Names::Foreign => match (date.month(), date.day()) {
                (1, 1) => Holiday::NewYear,
                (12, 25) => Holiday::Christmas,
                _ => Holiday::Other(String::new()),
            },
        })
    }
}

/// A choice and its dates.
type Made = (Choice, Arc<CompactCalendar>);

/// The dates of one choice; there are nine, each computed once.
fn dutch_dates(choice: Choice) -> Arc<CompactCalendar> {
    static MADE: LazyLock<Mutex<Vec<Made>>> = LazyLock::new(Mutex::default);
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, dates)) = made.iter().find(|(known, _)| *known == choice) {
        return dates.clone();
    }
    let mut dates = CompactCalendar::default();
    for year in YEARS {
        for (date, _) in dutch_year(year, choice) {
            dates.insert(date);
        }
    }
    let dates = Arc::new(dates);
    made.push((choice, dates.clone()));
    dates
}

fn dutch(date: NaiveDate, choice: Choice) -> Option<Holiday> {
    dutch_year(date.year(), choice).find(|(on, _)| *on == date).map(|(_, holiday)| holiday)
}

/// The Dutch public holidays of a year, in no order; where two fall on one date (Ascension on 5 May 2016) both are listed.
fn dutch_year(year: i32, choice: Choice) -> impl Iterator<Item = (NaiveDate, Holiday)> {
    let on = move |month, day| NaiveDate::from_ymd_opt(year, month, day);
    let easter = easter_sunday(year);
    let after = move |days| easter.and_then(|sunday| sunday.checked_add_days(Days::new(days)));
    let kings_day = on(4, 27).and_then(|date| if date.weekday() == Weekday::Sun { on(4, 26) } else { Some(date) });
    let good_friday =
        easter.filter(|_| choice.good_friday.has(year)).and_then(|sunday| sunday.checked_sub_days(Days::new(2)));
    let liberation_day = on(5, 5).filter(|_| choice.liberation_day.has(year));
    [
        (on(1, 1), Holiday::NewYear),
        (good_friday, Holiday::GoodFriday),
        (easter, Holiday::EasterSunday),
        (after(1), Holiday::EasterMonday),
        (kings_day, Holiday::KingsDay),
        (after(39), Holiday::Ascension),
        (liberation_day, Holiday::LiberationDay),
        (after(49), Holiday::WhitSunday),
        (after(50), Holiday::WhitMonday),
        (on(12, 25), Holiday::Christmas),
        (on(12, 26), Holiday::SecondChristmas),
    ]
    .into_iter()
    .filter_map(|(date, holiday)| Some((date?, holiday)))
}

/// Easter Sunday by the anonymous Gregorian algorithm (Meeus, Jones, Butcher).
pub(super) fn easter_sunday(year: i32) -> Option<NaiveDate> {
    let a = year % 19;
    let (b, c) = (year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
}
