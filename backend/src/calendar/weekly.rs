//! What is open on one local day after another. In most expressions only the weekday and public holidays count, so each
//! kind of day is asked about once, and eight thousand years take no longer than a few otherwise.

use opening_hours::OpeningHours;
use opening_hours_syntax::ExtendedTime;
use opening_hours_syntax::rules::day::{HolidayKind, WeekDayRange};
use opening_hours_syntax::rules::time::Time;
use opening_hours_syntax::rules::{OpeningHoursExpression, RuleSequence};

use super::expand::{Span, spans, weekday};
use super::holiday::Holidays;

/// The open spans of days, in any order.
pub(super) struct Days<'a> {
    hours: &'a OpeningHours,
    holidays: &'a Holidays,
    /// By weekday, then ordinary or public holiday; `None` when other things count too.
    kinds: Option<[[Option<Vec<Span>>; 2]; 7]>,
    other: Vec<Span>,
}

impl<'a> Days<'a> {
    pub(super) fn new(hours: &'a OpeningHours, holidays: &'a Holidays) -> Self {
        let kinds = is_weekly(&hours.get_expression()).then(Default::default);
        Self { hours, holidays, kinds, other: Vec::new() }
    }

    pub(super) fn spans(&mut self, day: i64) -> &[Span] {
        let Some(kinds) = &mut self.kinds else {
            self.other = spans(self.hours, day).collect();
            return &self.other;
        };
        let kind = usize::from(self.holidays.is_public(super::date(day)));
        kinds[weekday(day)][kind].get_or_insert_with(|| spans(self.hours, day).collect())
    }
}

/// Whether nothing counts but the weekday and whether it is a public holiday, on the day itself.
fn is_weekly(expression: &OpeningHoursExpression) -> bool {
    expression.rules.iter().all(is_weekly_rule)
}

fn is_weekly_rule(rule: &RuleSequence) -> bool {
    let days = &rule.day_selector;
    let by_date = !(days.year.is_empty() && days.monthday.is_empty() && days.week.is_empty());
    let plain_day = |range: &WeekDayRange| match range {
        WeekDayRange::Fixed { offset, nth_from_start, nth_from_end, .. } => {
            *offset == 0 && nth_from_start.iter().chain(nth_from_end).all(|nth| *nth)
        }
        WeekDayRange::Holiday { kind, offset } => *kind == HolidayKind::Public && *offset == 0,
    };
    // A span past midnight would make a day depend on the one before.
    let within_day = rule.time_selector.spans.iter().all(|span| match (span.range.start, span.range.end) {
        (Time::Fixed(from), Time::Fixed(to)) => from < to && to <= ExtendedTime::MIDNIGHT_24 && !span.open_end,
        _ => false,
    });
    !by_date && days.weekday.iter().all(plain_day) && within_day
}
