//! A time zone as the browser receives it: its offsets over the years that matter, without a time zone database.

use serde::{Deserialize, Serialize};

use crate::time::{Instant, Millis};

/// The offsets of one zone over a span of years, made by the server from the IANA database.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Zone {
    /// The IANA name, such as `Europe/Amsterdam`.
    pub name: String,
    /// Changes of offset in order of time: from this instant on, so many seconds east of UTC. The first entry also
    /// holds for all time before it. Empty means UTC.
    pub offsets: Vec<(Instant, i32)>,
}

/// A wall clock reading in some zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Civil {
    pub year: i32,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    /// 0 is Monday.
    pub weekday: u8,
    pub hour: u8,
    pub minute: u8,
    pub second: u8,
    /// Days since 1970-01-01: the same number means the same local date.
    pub day_number: i64,
}

impl Zone {
    /// Seconds east of UTC at `at`.
    pub fn offset_at(&self, at: Instant) -> i32 {
        let after = self.offsets.partition_point(|(from, _)| *from <= at);
        self.offsets.get(after.saturating_sub(1)).map_or(0, |(_, offset)| *offset)
    }

    /// What a clock on the wall shows at `at`.
    pub fn civil(&self, at: Instant) -> Civil {
        let local = at + Millis::seconds(i64::from(self.offset_at(at)));
        let day_number = local.0.div_euclid(Millis::DAY.0);
        let second_of_day = local.0.rem_euclid(Millis::DAY.0) / 1_000;
        let (year, month, day) = date_of(day_number);
        Civil {
            year,
            month,
            day,
            // 1970-01-01 was a Thursday, three days after a Monday.
            weekday: (day_number + 3).rem_euclid(7) as u8,
            hour: (second_of_day / 3_600) as u8,
            minute: (second_of_day / 60 % 60) as u8,
            second: (second_of_day % 60) as u8,
            day_number,
        }
    }

    /// The first and the last instant at which a clock on the wall shows `local`, in milliseconds since 1970-01-01T00:00
    /// local time. They differ where an hour repeats; where an hour is skipped both are the first instant after it.
    pub fn instants_of(&self, local: i64) -> (Instant, Instant) {
        // No offset is further from UTC than 26 hours, so only the changes about then can matter.
        let around = Millis::hours(26).0;
        let first = self.offsets.partition_point(|(from, _)| from.0 <= local.saturating_sub(around)).saturating_sub(1);
        let mut found: Option<(Instant, Instant)> = None;
        let mut skipped = Instant(local);
        for (index, (since, offset)) in self.offsets.iter().enumerate().skip(first) {
            if since.0 > local.saturating_add(around) {
                break;
            }
            let at = Instant(local.saturating_sub(i64::from(*offset) * 1_000));
            let begins = if index == 0 { Instant::MIN } else { *since };
            let ends = self.offsets.get(index + 1).map_or(Instant::MAX, |(next, _)| *next);
            if at < begins {
                // Too early for this offset and, when no other fits, too late for the one before: in the gap.
                skipped = begins;
                break;
            }
            if at < ends {
                found = Some((found.map_or(at, |(earlier, _)| earlier), at));
            }
        }
        found.unwrap_or((skipped, skipped))
    }

    /// The first instant of a local day.
    pub fn day_start(&self, day_number: i64) -> Instant {
        self.instants_of(day_number.saturating_mul(Millis::DAY.0)).0
    }

    /// The same zone with only the offsets that hold within `[from, until)`.
    pub fn trimmed(&self, from: Instant, until: Instant) -> Self {
        let first = self.offsets.partition_point(|(since, _)| *since <= from).saturating_sub(1);
        let after = self.offsets.partition_point(|(since, _)| *since < until).max(first + 1).min(self.offsets.len());
        Self { name: self.name.clone(), offsets: self.offsets.get(first..after).unwrap_or_default().to_vec() }
    }

    /// `at` as RFC 3339 with this zone's offset, to the second: the `datetime` of a `<time>`.
    pub fn rfc3339(&self, at: Instant) -> String {
        let c = self.civil(at);
        let offset = self.offset_at(at);
        let minutes = offset.unsigned_abs() / 60;
        // A list has one for each row, and the machinery of `format!` is half of what writing a row takes.
        let mut text = String::with_capacity(25);
        if c.year < 0 {
            text.push('-');
        }
        digits(&mut text, 4, u64::from(c.year.unsigned_abs()));
        let parts = [('-', c.month), ('-', c.day), ('T', c.hour), (':', c.minute), (':', c.second)];
        for (before, part) in parts {
            text.push(before);
            digits(&mut text, 2, u64::from(part));
        }
        text.push(if offset < 0 { '-' } else { '+' });
        digits(&mut text, 2, u64::from(minutes / 60));
        text.push(':');
        digits(&mut text, 2, u64::from(minutes % 60));
        text
    }
}

/// Appends a number with at least so many digits.
fn digits(text: &mut String, width: u32, number: u64) {
    let mut unit = 10_u64.pow(width - 1);
    while number / unit > 9 {
        unit *= 10;
    }
    while unit > 0 {
        text.push(char::from(b'0' + u8::try_from(number / unit % 10).unwrap_or_default()));
        unit /= 10;
    }
}

/// Year, month and day of a day number, in the proleptic Gregorian calendar, after Howard Hinnant's
/// `civil_from_days` ("chrono-Compatible Low-Level Date Algorithms").
pub fn date_of(day_number: i64) -> (i32, u8, u8) {
    let shifted = day_number + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = (day_of_year - (153 * shifted_month + 2) / 5 + 1) as u8;
    let month = (if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 }) as u8;
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year as i32, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_written_with_the_offset_that_holds_then() {
        let zone = |seconds| Zone { offsets: vec![(Instant(i64::MIN), seconds)], ..Zone::default() };
        let at = Instant(1_777_037_405_678);
        assert_eq!(zone(7_200).rfc3339(at), "2026-04-24T15:30:05+02:00");
        assert_eq!(zone(0).rfc3339(at), "2026-04-24T13:30:05+00:00");
        assert_eq!(zone(-12_600).rfc3339(at), "2026-04-24T10:00:05-03:30");
        assert_eq!(zone(0).rfc3339(Instant(-62_135_596_800_000)), "0001-01-01T00:00:00+00:00");
        assert_eq!(zone(0).rfc3339(Instant(253_402_300_800_000)), "10000-01-01T00:00:00+00:00");
    }
}
