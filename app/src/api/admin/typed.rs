//! What the forms of the administration hold, between their controls and the drafts that are saved: the week's boxes and
//! the dates with other hours become one OpenStreetMap expression, in the browser while one types and on the server. No
//! words and no elements live here.

use domain::opening::{Exception, ExceptionDate, MINUTES, Opening, OpeningFault, Span, tidy_name};
use domain::problem::{FieldProblem, Problem};
use domain::view::admin::{CalendarDraft, PolicyDraft, Saved};

/// Names and values of controls, in the order of the form.
pub type Values = Vec<(String, String)>;

/// The week and the dates as they were typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grid {
    /// Monday first: from and to.
    pub days: [Vec<(String, String)>; 7],
    pub closed_on_holidays: bool,
    pub dates: Vec<DateRow>,
}

/// A date with hours of its own, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DateRow {
    pub day: String,
    /// 1 to 12.
    pub month: String,
    /// Empty: every year.
    pub year: String,
    /// "09:00-13:00, 14:00-16:00"; empty: closed.
    pub hours: String,
    /// Only when the week is open on its weekday.
    pub usual: bool,
    /// "Christmas Eve"; may be empty.
    pub name: String,
}

/// Boxes that a day can have: more intervals than any desk keeps.
pub const SLOTS: usize = 6;
/// Dates that a form can have; an expression may have more.
pub const DATES: usize = 60;

/// The name of one of the boxes: `from_0_1` is where Monday's second interval begins.
pub fn slot(part: &str, day: usize, index: usize) -> String {
    [part, "_", &day.to_string(), "_", &index.to_string()].concat()
}

/// `date_hours_3`.
pub fn date_control(part: &str, index: usize) -> String {
    ["date_", part, "_", &index.to_string()].concat()
}

impl Grid {
    pub fn of(opening: &Opening) -> Self {
        let pair = |span: &Span| (time(span.from_minute), time(span.to_minute));
        Self {
            days: std::array::from_fn(|day| opening.days[day].iter().map(pair).collect()),
            closed_on_holidays: opening.closed_on_holidays,
            dates: opening.exceptions.iter().map(DateRow::of).collect(),
        }
    }

    /// As it stands in a form.
    pub fn from_values(values: &Values) -> Self {
        let text = |name: &str| value(values, name).trim().to_owned();
        let pairs = |day| (0..SLOTS).map(move |index| (text(&slot("from", day, index)), text(&slot("to", day, index))));
        let row = |index| DateRow {
            day: text(&date_control("day", index)),
            month: text(&date_control("month", index)),
            year: text(&date_control("year", index)),
            hours: text(&date_control("hours", index)),
            usual: !text(&date_control("usual", index)).is_empty(),
            name: text(&date_control("name", index)),
        };
        let mut dates: Vec<_> = (0..DATES).map(row).collect();
        while dates.last().is_some_and(DateRow::is_blank) {
            dates.pop();
        }
        let mut days: [Vec<_>; 7] = std::array::from_fn(|day| pairs(day).collect());
        for day in &mut days {
            while day.last().is_some_and(|(from, to): &(String, String)| from.is_empty() && to.is_empty()) {
                day.pop();
            }
        }
        Self { days, closed_on_holidays: !text("holidays").is_empty(), dates }
    }

    /// What it says. Intervals that touch or overlap are one.
    ///
    /// # Errors
    /// All that is wrong, at its control.
    pub fn read(&self) -> Result<Opening, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        let mut opening = Opening { closed_on_holidays: self.closed_on_holidays, ..Opening::default() };
        for (day, pairs) in self.days.iter().enumerate() {
            for (index, (from, to)) in pairs.iter().enumerate() {
                if from.is_empty() && to.is_empty() {
                    continue;
                }
                let name = |part| slot(part, day, index);
                opening.days[day].extend(span(&name("from"), from, &name("to"), to, &mut problems));
            }
            merge(&mut opening.days[day]);
        }
        let ordinary = opening.days.iter().any(|spans| !spans.is_empty());
        // Where each exception was typed: blank rows are none.
        let mut rows = Vec::new();
        for (index, row) in self.dates.iter().enumerate().filter(|(_, row)| !row.is_blank()) {
            if let Some(mut exception) = row.read(index, &mut problems) {
                exception.ordinary_days_only &= ordinary;
                opening.exceptions.push(exception);
                rows.push(index);
            }
        }
        let wrong = opening.check().into_iter().filter_map(|fault| match fault {
            OpeningFault::Date { index } => {
                let row = rows.get(usize::from(index))?;
                Some(FieldProblem::new(&date_control("day", *row), Problem::NotADate))
            }
            // The others were found above.
            _ => None,
        });
        problems.extend(wrong);
        if problems.is_empty() { Ok(opening) } else { Err(problems) }
    }
}

impl DateRow {
    fn of(exception: &Exception) -> Self {
        let ExceptionDate { year, month, day } = exception.date;
        let hours = |span: &Span| [&time(span.from_minute), "-", &time(span.to_minute)].concat();
        Self {
            day: day.to_string(),
            month: month.to_string(),
            year: year.map_or_else(String::new, |year| year.to_string()),
            hours: exception.spans.iter().map(hours).collect::<Vec<_>>().join(", "),
            usual: exception.ordinary_days_only,
            name: exception.name.clone(),
        }
    }

    fn is_blank(&self) -> bool {
        self.day.is_empty() && self.hours.is_empty() && self.year.is_empty() && self.name.is_empty()
    }

    fn read(&self, index: usize, problems: &mut Vec<FieldProblem>) -> Option<Exception> {
        let before = problems.len();
        let mut number = |part: &str, text: &str| {
            let number = text.parse::<u16>().ok();
            if number.is_none() {
                let problem = if text.is_empty() { Problem::Required } else { Problem::NotADate };
                problems.push(FieldProblem::new(&date_control(part, index), problem));
            }
            number.unwrap_or_default()
        };
        let (day, month) = (number("day", &self.day), number("month", &self.month));
        let year = (!self.year.is_empty()).then(|| number("year", &self.year));
        let control = date_control("hours", index);
        let mut spans = Vec::new();
        for part in self.hours.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            // People write a dash between times, and so do we.
            let (from, to) = part.split_once(['-', '–']).unwrap_or((part, ""));
            spans.extend(span(&control, from.trim(), &control, to.trim(), problems));
        }
        merge(&mut spans);
        let date = ExceptionDate { year, month: month.min(255) as u8, day: day.min(255) as u8 };
        let name = tidy_name(&self.name);
        (problems.len() == before).then_some(Exception { date, spans, ordinary_days_only: self.usual, name })
    }
}

/// An interval, or what is wrong with it.
fn span(from_name: &str, from: &str, to_name: &str, to: &str, problems: &mut Vec<FieldProblem>) -> Option<Span> {
    let mut read = |name: &str, text: &str| {
        let minute = minute(text);
        if minute.is_none() {
            let problem = if text.is_empty() { Problem::Required } else { Problem::NotATime };
            problems.push(FieldProblem::new(name, problem));
        }
        minute
    };
    let (from_minute, to_minute) = (read(from_name, from), read(to_name, to));
    let (from_minute, mut to_minute) = (from_minute?, to_minute?);
    // Whoever closes at midnight may well write 00:00.
    if to_minute == 0 {
        to_minute = MINUTES;
    }
    if from_minute >= to_minute {
        problems.push(FieldProblem::new(to_name, Problem::EndsBeforeItBegins));
        return None;
    }
    Some(Span { from_minute, to_minute })
}

/// "9", "9:00", "09.00", "0900".
fn minute(text: &str) -> Option<u16> {
    let digits = |text: &str| -> Option<u16> {
        let good = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        if good { text.parse().ok() } else { None }
    };
    let (hour, minute) = match text.split_once([':', '.']) {
        Some((hour, minute)) => (digits(hour)?, digits(minute).filter(|_| minute.len() == 2)?),
        None if text.len() > 2 && text.is_ascii() => {
            let (hour, minute) = text.split_at(text.len() - 2);
            (digits(hour)?, digits(minute)?)
        }
        None => (digits(text)?, 0),
    };
    (minute < 60 && hour * 60 + minute <= MINUTES).then_some(hour * 60 + minute)
}

fn time(minute: u16) -> String {
    crate::format::minute_of_day(minute)
}

fn merge(spans: &mut Vec<Span>) {
    spans.sort();
    let mut merged: Vec<Span> = Vec::new();
    for span in spans.drain(..) {
        match merged.last_mut() {
            Some(last) if span.from_minute <= last.to_minute => last.to_minute = last.to_minute.max(span.to_minute),
            _ => merged.push(span),
        }
    }
    *spans = merged;
}

/// The draft that a calendar's form holds. Its week and its expression say the same when the page is made and, live, at any
/// moment; without JavaScript an expression that was changed counts, else the week does.
///
/// # Errors
/// What cannot be read of the week and the dates; the rest is for the use case to check.
pub fn draft(values: &Values) -> Result<CalendarDraft, Vec<FieldProblem>> {
    let text = |name: &str| value(values, name).to_owned();
    let mut hours = text("hours").trim().to_owned();
    let untouched = hours == value(values, "hours_was").trim();
    if untouched && !value(values, "grid").is_empty() {
        let opening = Grid::from_values(values).read()?;
        // An expression that says the same in another form stays as its writer wrote it.
        if Opening::read(&hours).as_ref() != Some(&opening) {
            hours = opening.expression();
        }
    }
    Ok(CalendarDraft {
        name: text("name"),
        timezone: text("timezone"),
        hours,
        country: text("country"),
        closed: text("closed").replace("\r\n", "\n"),
        good_friday: text("good_friday"),
        liberation_day: text("liberation_day"),
    })
}

/// The controls of a calendar's form, except those of the week and the dates.
pub fn of_draft(draft: &CalendarDraft) -> Values {
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    vec![
        pair("name", &draft.name),
        pair("timezone", &draft.timezone),
        pair("hours", &draft.hours),
        pair("country", &draft.country),
        pair("closed", &draft.closed),
        pair("good_friday", &draft.good_friday),
        pair("liberation_day", &draft.liberation_day),
    ]
}

/// The draft that a policy's form holds.
pub fn policy(values: &Values) -> PolicyDraft {
    let own = |(name, _): &&(String, String)| name.starts_with("hours_") || name.starts_with("calendar_");
    PolicyDraft { name: value(values, "name").to_owned(), values: values.iter().filter(own).cloned().collect() }
}

/// Where what was saved is shown, after the folder of its kind. The version makes the address another one each time.
pub fn saved_place(saved: &Saved) -> String {
    let (id, version, moved) = (saved.id.to_string(), saved.version.to_string(), saved.moves.total.to_string());
    [&id, "?done=saved&version_now=", &version, "&moved=", &moved].concat()
}

/// What stands in a control; empty when there is no such control.
pub fn value<'a>(values: &'a Values, name: &str) -> &'a str {
    values.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value)
}

/// As a query.
pub fn encode(values: &Values) -> String {
    let mut text = String::new();
    for (name, value) in values.iter().filter(|(_, value)| !value.is_empty()) {
        if !text.is_empty() {
            text.push('&');
        }
        text.push_str(&crate::url::encode(name));
        text.push('=');
        text.push_str(&crate::url::encode(value));
    }
    text
}

/// A query as a browser writes it. What a redirect adds for itself (`__path`, `__err`) is no control.
pub fn decode(query: &str) -> Values {
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (plain(name), plain(value).replace("\r\n", "\n"))
    };
    let pairs = query.trim_start_matches('?').split('&').filter(|pair| !pair.is_empty()).map(pair);
    pairs.filter(|(name, _)| !name.starts_with("__")).collect()
}

fn plain(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        let hex = |byte: u8| (byte as char).to_digit(16).map(|digit| digit as u8);
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => match rest.split_first_chunk::<2>().map(|([a, b], after)| (hex(*a), hex(*b), after)) {
                Some((Some(a), Some(b), after)) => {
                    bytes.push(a * 16 + b);
                    rest = after;
                }
                _ => bytes.push(b'%'),
            },
            byte => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests;
