//! A trace in one line of words, for mail, the command line and whoever cannot see the strip:
//! "Fri 24 Apr 15:30–18:00 · 2 h 30; weekend; Mon 27 Apr King’s Day; Tue 28 Apr 09:00–10:30 · 1 h 30".

use super::{ClosedReason, PauseReason, PieceKind, Row, Trace};
use crate::i18n::Locale;
use crate::time::{Instant, Millis};
use crate::view::Side;
use crate::words;
use crate::zone::{Zone, date_of};

crate::catalogue! {
    past_due => "past due", "te laat";
    paused_for_you => "paused, waiting for you", "gepauzeerd, wacht op u";
    paused_for_customer => "paused, waiting for the customer", "gepauzeerd, wacht op de klant";
    paused_resolved => "not counted while it was resolved", "niet geteld toen het opgelost was";
    hour_letter => " h", " u";
}

/// Who is told, and in which language.
pub struct Teller<'a> {
    pub locale: Locale,
    pub zone: &'a Zone,
    pub side: Side,
    /// The name of whoever caused an event, where it may be told.
    pub who: &'a dyn Fn(i64) -> Option<String>,
}

/// The condensed rows of a trace as one line. Minutes are rounded along the running sum, so that the amounts told add up
/// to the sum.
pub fn tell(trace: &Trace, teller: &Teller<'_>) -> String {
    let mut text = String::new();
    let mut sum = Millis::ZERO;
    for row in trace.condensed(teller.zone) {
        if !text.is_empty() {
            text.push_str("; ");
        }
        match &row.kind {
            PieceKind::Closed(ClosedReason::Weekend) => text.push_str(words::weekend(teller.locale)),
            PieceKind::Closed(reason) => {
                teller.days(&row, &mut text);
                text.push(' ');
                text.push_str(&words::closed_reason(teller.locale, reason));
            }
            PieceKind::Paused(reason) => {
                teller.span(&row, &mut text);
                text.push(' ');
                text.push_str(teller.paused(*reason));
                if let Some(name) = row.event_id.and_then(|id| (teller.who)(id)) {
                    text.push_str(" (");
                    text.push_str(&name);
                    text.push(')');
                }
            }
            PieceKind::Counted | PieceKind::Overrun => {
                let before = sum.0 / Millis::MINUTE.0;
                sum = sum + row.working;
                teller.span(&row, &mut text);
                if let Some(name) = &row.name {
                    text.push_str(" (");
                    text.push_str(name);
                    text.push(')');
                }
                text.push_str(" · ");
                teller.minutes(sum.0 / Millis::MINUTE.0 - before, &mut text);
                if row.kind == PieceKind::Overrun {
                    text.push(' ');
                    text.push_str(past_due(teller.locale));
                }
            }
        }
    }
    text
}

impl Teller<'_> {
    const fn paused(&self, reason: PauseReason) -> &'static str {
        match (reason, self.side) {
            (PauseReason::WaitingForCustomer, Side::Customer) => paused_for_you(self.locale),
            (PauseReason::WaitingForCustomer, Side::Support) => paused_for_customer(self.locale),
            (PauseReason::Resolved, _) => paused_resolved(self.locale),
        }
    }

    /// "Mon 27 Apr", or "Fri 25 Dec – Sat 26 Dec".
    fn days(&self, row: &Row, text: &mut String) {
        self.date(row.first_day, text);
        if row.last_day != row.first_day {
            text.push_str(" – ");
            self.date(row.last_day, text);
        }
    }

    /// "Fri 24 Apr 15:30–18:00", or "Fri 24 Apr 15:30 – Mon 27 Apr 10:00".
    fn span(&self, row: &Row, text: &mut String) {
        self.date(row.first_day, text);
        text.push(' ');
        self.time(row.from, row.first_day, text);
        if row.last_day == row.first_day {
            text.push('–');
        } else {
            text.push_str(" – ");
            self.date(row.last_day, text);
            text.push(' ');
        }
        self.time(row.to, row.last_day, text);
    }

    fn date(&self, day_number: i64, text: &mut String) {
        let (_, month, day) = date_of(day_number);
        // 1970-01-01 was a Thursday, three days after a Monday.
        text.push_str(words::weekday_short(self.locale, (day_number + 3).rem_euclid(7) as u8));
        text.push(' ');
        text.push_str(&day.to_string());
        text.push(' ');
        text.push_str(words::month_short(self.locale, month));
    }

    /// The time of day; midnight at the end of `day` is 24:00.
    fn time(&self, at: Instant, day: i64, text: &mut String) {
        let civil = self.zone.civil(at);
        let hour = if civil.day_number > day { 24 } else { civil.hour };
        two(hour, text);
        text.push(':');
        two(civil.minute, text);
    }

    /// "2 h 30", "3 h", "45 min".
    fn minutes(&self, minutes: i64, text: &mut String) {
        let (hours, rest) = (minutes / 60, (minutes % 60) as u8);
        if hours == 0 {
            text.push_str(&rest.to_string());
            text.push_str(" min");
            return;
        }
        text.push_str(&hours.to_string());
        text.push_str(hour_letter(self.locale));
        if rest > 0 {
            text.push(' ');
            two(rest, text);
        }
    }
}

/// Two digits.
fn two(number: u8, text: &mut String) {
    text.push(char::from(b'0' + number / 10));
    text.push(char::from(b'0' + number % 10));
}
