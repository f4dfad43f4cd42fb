//! Expansion by whole local days: windows, closed days with their reasons, and the ordinary week.

use std::sync::atomic::Ordering;

use domain::sla::{ClosedDay, ClosedReason, NamedDay, Schedule, WeekSpan, Window, ZONE_AFTER, ZONE_BEFORE};
use domain::time::Millis;
use opening_hours::{OpeningHours, RuleKind};
use opening_hours_syntax::rules::OpeningHoursExpression;
use opening_hours_syntax::rules::day::{DaySelector, MonthdayRange};

use super::weekly::Days;
use super::{Calendar, FIRST_DAY, LAST_DAY, date};

/// A calendar that does not open for so many days in a row never opens again: dates and weekdays repeat after 400 years.
const REPEATS_AFTER: i64 = 146_097;
/// The ordinary week is read from at most so many days: a year and a day, in whole weeks.
const WEEK_FROM: i64 = 53 * 7;

/// So many openings, closed days and names are kept of one expansion at most: about a hundred megabytes. All weekdays of the years
/// 1970 to 9999 are three million, with a lunch break five; a day may have three hundred openings, whose years end sooner.
const MOST: usize = 6_000_000;
/// So many bytes of names weigh as much as an opening.
const BYTES_OF_ONE: usize = 16;

/// Minutes since local midnight.
pub(super) type Span = (u16, u16);

/// The open spans of one local day, clipped to it. Time marked "unknown" is not open.
pub(super) fn spans(hours: &OpeningHours, day: i64) -> impl Iterator<Item = Span> {
    let ranges = hours.schedule_at(date(day)).into_iter().filter(|range| range.kind == RuleKind::Open);
    ranges.map(|range| (range.range.start.mins_from_midnight(), range.range.end.mins_from_midnight()))
}

impl Calendar {
    /// The schedule of the local days `first..=last`, both within [`FIRST_DAY`]..=[`LAST_DAY`]; of fewer days when these hold
    /// more than [`MOST`], which `known_until` tells.
    pub(super) fn expand_days(&self, first: i64, last: i64) -> Schedule {
        let inner = &*self.inner;
        let zone = &inner.zone;
        let known_from = zone.day_start(first);
        let mut known_until = zone.day_start(last + 1);
        let mut cut = false;
        let mut in_names = 0;
        let week = ordinary_week(&inner.hours, first, last);
        let mut windows: Vec<Window> = Vec::new();
        let mut days = Days::new(&inner.hours, &inner.holidays);
        let (mut closed_days, mut named_days) = (Vec::new(), Vec::new());
        for day in first..=last {
            let mut opens = false;
            if !inner.closed.contains_key(&day) {
                for &(from, to) in days.spans(day) {
                    // Where an hour repeats, an opening takes the earlier and a closing the later instant; where one is
                    // skipped, both move to the first instant that exists (DESIGN §4).
                    let at = |minute: u16| zone.instants_of(day * Millis::DAY.0 + Millis::minutes(minute.into()).0);
                    let window = Window { from: at(from).0.max(known_from), to: at(to).1.min(known_until) };
                    if window.from < window.to {
                        opens = true;
                        add(&mut windows, window);
                    }
                }
            }
            if !opens {
                let reason = self.reason(day, &week);
                if let ClosedReason::Extra(name) = &reason {
                    in_names += name.len();
                }
                closed_days.push(ClosedDay { day_number: day, reason });
            } else if let Some(name) = self.day_name(day) {
                in_names += name.len();
                named_days.push(NamedDay { day_number: day, name: name.to_owned() });
            }
            if windows.len() + closed_days.len() + named_days.len() + in_names / BYTES_OF_ONE > MOST && day < last {
                known_until = zone.day_start(day + 1);
                cut = true;
                break;
            }
        }
        Schedule {
            zone: zone.trimmed(known_from - ZONE_BEFORE, known_until + ZONE_AFTER),
            windows,
            closed_days,
            named_days,
            week: summary(&week),
            known_from,
            known_until,
            ends: !cut && self.never_opens_after(last),
        }
    }

    /// Why a day without opening is closed. A Sunday is a weekend day even when it is Easter.
    fn reason(&self, day: i64, week: &[Vec<Span>; 7]) -> ClosedReason {
        let weekday = weekday(day);
        let ordinary = if weekday >= 5 { ClosedReason::Weekend } else { ClosedReason::Weekday };
        if week[weekday].is_empty() {
            return ordinary;
        }
        if let Some(label) = self.inner.closed.get(&day) {
            return ClosedReason::Extra(label.clone());
        }
        if let Some(name) = self.day_name(day) {
            return ClosedReason::Extra(name.to_owned());
        }
        self.inner.holidays.on(date(day)).map_or(ordinary, ClosedReason::Holiday)
    }

    /// What the expression calls a date.
    fn day_name(&self, day: i64) -> Option<&str> {
        let mut names = self.inner.names.iter();
        names.find(|(_, days)| spans(days, day).next().is_some()).map(|(name, _)| name.as_str())
    }

    /// Whether the calendar stays closed on all days after `day`.
    fn never_opens_after(&self, day: i64) -> bool {
        let known = &self.inner.closed_after;
        if day >= known.load(Ordering::Relaxed) {
            return true;
        }
        let never = !self.opens_after(day);
        if never {
            known.fetch_min(day, Ordering::Relaxed);
        }
        never
    }

    fn opens_after(&self, day: i64) -> bool {
        let inner = &*self.inner;
        let expression = inner.hours.get_expression();
        if expression.is_constant() && spans(&inner.hours, FIRST_DAY).next().is_none() {
            return false;
        }
        let mut left = REPEATS_AFTER;
        let mut at = day + 1;
        while at <= LAST_DAY && left > 0 {
            match next_possible_year(&expression, domain::zone::date_of(at).0) {
                None => return false,
                Some(year) => at = at.max(super::parse::day_number(year, 1, 1)),
            }
            if !inner.closed.contains_key(&at) && spans(&inner.hours, at).next().is_some() {
                return true;
            }
            at += 1;
            left -= 1;
        }
        false
    }
}

/// Adds a window that begins no earlier than the last one began, as part of it when they touch: 24/7 has no seam at midnight.
fn add(windows: &mut Vec<Window>, window: Window) {
    match windows.last_mut() {
        Some(last) if window.from <= last.to => last.to = last.to.max(window.to),
        _ => windows.push(window),
    }
}

/// 0 is Monday; 1970-01-01 was a Thursday.
pub(super) fn weekday(day: i64) -> usize {
    (day + 3).rem_euclid(7) as usize
}

/// The first year, from `year` on, in which some rule that opens may apply by its years. `None` when there is none.
fn next_possible_year(expression: &OpeningHoursExpression, year: i32) -> Option<i32> {
    let opening = expression.rules.iter().filter(|rule| rule.kind == RuleKind::Open);
    opening.filter_map(|rule| next_year_of(&rule.day_selector, year)).min()
}

fn next_year_of(days: &DaySelector, year: i32) -> Option<i32> {
    // A span of the last night of a year reaches into the next one, as may a range of dates; so an opening of a year is
    // looked for until the end of the year after it.
    let next = |first: i32, last: i32| (year <= last.saturating_add(1)).then_some(year.max(first));
    let by_year = days.year.iter().filter_map(|range| {
        let (range, _) = range.into_parts();
        next(range.start().0, range.end().0)
    });
    let by_date = days.monthday.iter().filter_map(|range| match range {
        MonthdayRange::Month { year: Some(only), .. } => next(only.0, only.0),
        MonthdayRange::Date { start, end } => match (start.0.year(), end.0.year()) {
            (None, None) => Some(year),
            // A day or two more than the dates say, as they can be given with an offset of days.
            (first, last) => {
                next(first.or(last).map_or(year, |first| first.0 - 1), last.or(first).map_or(year, |last| last.0 + 1))
            }
        },
        MonthdayRange::Month { year: None, .. } => Some(year),
    });
    let by_year = if days.year.is_empty() { Some(year) } else { by_year.min() };
    let by_date = if days.monthday.is_empty() { Some(year) } else { by_date.min() };
    Some(by_year?.max(by_date?))
}

/// The most frequent spans of each weekday over about a year in the middle of the expansion, without holidays.
fn ordinary_week(hours: &OpeningHours, first: i64, last: i64) -> [Vec<Span>; 7] {
    let plain = hours.clone().with_context(opening_hours::Context::default());
    let first = first.max(first + (last - first - WEEK_FROM) / 2);
    // At least a fortnight, so that each weekday is seen.
    let last = last.min(first + WEEK_FROM).max(first + 13).min(LAST_DAY);
    let mut seen: [Vec<(Vec<Span>, u32)>; 7] = Default::default();
    for day in first..=last {
        let patterns = &mut seen[weekday(day)];
        let pattern: Vec<Span> = merged(spans(&plain, day));
        match patterns.iter_mut().find(|(known, _)| *known == pattern) {
            Some((_, times)) => *times += 1,
            None => patterns.push((pattern, 1)),
        }
    }
    seen.map(|patterns| {
        let most = patterns.into_iter().max_by_key(|(spans, times)| (*times, spans.len()));
        most.map(|(spans, _)| spans).unwrap_or_default()
    })
}

/// Ranges that differ only in their comment are one span.
fn merged(spans: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut all: Vec<Span> = Vec::new();
    for (from, to) in spans {
        match all.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => all.push((from, to)),
        }
    }
    all
}

/// Neighbouring weekdays with the same hours share their lines.
fn summary(week: &[Vec<Span>; 7]) -> Vec<WeekSpan> {
    let mut lines = Vec::new();
    let mut first = 0;
    while first < 7 {
        let alike = week[first..].iter().take_while(|spans| **spans == week[first]).count();
        for (from_minute, to_minute) in &week[first] {
            lines.push(WeekSpan {
                first_weekday: first as u8,
                last_weekday: (first + alike - 1) as u8,
                from_minute: *from_minute,
                to_minute: *to_minute,
            });
        }
        first += alike;
    }
    lines
}
