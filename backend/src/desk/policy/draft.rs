//! Policies between what is stored, what a form holds and what someone typed into it.

use domain::problem::{FieldProblem, Problem};
use domain::sla::ClockKind;
use domain::ticket::Priority;
use domain::time::Millis;
use domain::view::admin::{PolicyDraft, TargetView};
use sqlx::AnyConnection;

use crate::policy::{On, Promise};
use crate::store::policy::PolicyRow;
use crate::{Backend, Error, policy};

/// No promise is longer; nor can a mistyped one be (DESIGN §4 bounds the engine likewise).
const HOURS_MAX: f64 = 10_000.0;

/// Reads what was typed; reports all that is wrong at once.
pub(super) async fn check(
    backend: &Backend,
    db: &mut AnyConnection,
    draft: &PolicyDraft,
) -> Result<Vec<Promise>, Error> {
    let calendars = policy::calendars(backend, db).await?;
    let mut problems = Vec::new();
    let mut promises = Vec::new();
    for priority in Priority::ALL {
        let mut target = |clock: ClockKind| {
            let control = PolicyDraft::control("hours", priority, clock);
            let typed = draft.value(&control).trim();
            let optional = clock == ClockKind::NextResponse;
            let span = hours(typed);
            match span {
                None if typed.is_empty() && optional => return (None, None),
                None if typed.is_empty() => problems.push(FieldProblem::new(&control, Problem::Required)),
                None => problems.push(FieldProblem::new(&control, Problem::NotHours)),
                Some(_) => {}
            }
            let control = PolicyDraft::control("calendar", priority, clock);
            let calendar = draft.value(&control).trim();
            let calendar_id = calendar.parse().ok().filter(|id| calendars.has(*id));
            if calendar_id.is_none() {
                let problem = if calendar.is_empty() { Problem::Required } else { Problem::NotAChoice };
                problems.push(FieldProblem::new(&control, problem));
            }
            (span, calendar_id)
        };
        let (review, resolution) = (target(ClockKind::Review), target(ClockKind::Resolution));
        let next_response = target(ClockKind::NextResponse);
        promises.push(Promise {
            priority,
            review: review.0.unwrap_or_default(),
            resolution: resolution.0.unwrap_or_default(),
            next_response: next_response.0,
            on: On { review: review.1, resolution: resolution.1, next_response: next_response.1 },
        });
    }
    if problems.is_empty() { Ok(promises) } else { Err(Error::Invalid(problems)) }
}

/// `24`, `1.5`, `0,25`: to the minute.
fn hours(typed: &str) -> Option<Millis> {
    let plain = typed.len() <= 12 && typed.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b',');
    let hours: f64 = Some(typed.replace(',', ".")).filter(|_| plain)?.parse().ok()?;
    let minutes = (hours * 60.0).round();
    (minutes >= 1.0 && hours <= HOURS_MAX).then(|| Millis::minutes(minutes as i64))
}

/// The same backwards.
fn typed(span: Millis) -> String {
    let minutes = span.0 / Millis::MINUTE.0;
    if minutes % 60 == 0 {
        return (minutes / 60).to_string();
    }
    // Hundredths of an hour are finer than a minute, so reading it again gives the same.
    let hundredths = (minutes * 100 + 30) / 60;
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    text.trim_end_matches('0').to_owned()
}

pub(super) fn targets(row: &PolicyRow) -> Result<Vec<TargetView>, Error> {
    let promises: Vec<Promise> = serde_json::from_str(&row.promises)?;
    let of = |promise: &Promise| {
        let spans = [Some(promise.review), Some(promise.resolution), promise.next_response];
        let on = on(promise, row.calendar_id);
        let priority = promise.priority;
        let target = |index: usize| TargetView {
            priority,
            clock: ClockKind::ALL[index],
            target: spans[index],
            calendar_id: on[index],
        };
        [target(0), target(1), target(2)]
    };
    Ok(promises.iter().flat_map(of).collect())
}

/// As a form holds it.
pub(super) fn draft(name: &str, targets: &[TargetView]) -> PolicyDraft {
    let mut values = Vec::new();
    for line in targets {
        let hours = line.target.map(typed).unwrap_or_default();
        values.push((PolicyDraft::control("hours", line.priority, line.clock), hours));
        values.push((PolicyDraft::control("calendar", line.priority, line.clock), line.calendar_id.to_string()));
    }
    PolicyDraft { name: name.to_owned(), values }
}

/// What each target of a promise is measured on.
pub(super) fn on(promise: &Promise, own: i64) -> [i64; 3] {
    // What a promise that is not made would be measured on is no difference.
    let next = promise.next_response.map_or(own, |_| promise.on.next_response.unwrap_or(own));
    [promise.on.review.unwrap_or(own), promise.on.resolution.unwrap_or(own), next]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_as_people_type_them() {
        for (text, minutes) in [("24", 1_440), ("1.5", 90), ("0,25", 15), ("0.02", 1), ("10000", 600_000)] {
            assert_eq!(hours(text), Some(Millis::minutes(minutes)), "{text}");
        }
        for text in ["", "0", "0.001", "-1", "1e3", "x", "10000.1", "1.2.3", "inf", "999999999999999"] {
            assert_eq!(hours(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_shown_in_a_form_is_read_back_to_the_minute() {
        for minutes in 1..=2_000 {
            let span = Millis::minutes(minutes);
            assert_eq!(hours(&typed(span)), Some(span), "{minutes}");
        }
    }
}
