//! `loket sla eval`: deadlines for JSON lines (DESIGN §6), for scripts and for those who want to check our arithmetic. Only
//! reading and writing; the arithmetic is `domain::sla`, the calendars are `backend::calendar`. `loket sla verify`: the same
//! arithmetic against what is stored.

use std::io::{BufRead, Write};

use serde_json::Value;

mod answer;
mod question;
mod rfc3339;
mod verify;

use question::Calendars;
pub(super) use verify::verify;

/// Longer lines are refused, so that input without an end is not kept. A hundred thousand pauses take half of it.
const LONGEST_LINE: usize = 1 << 24;

/// Answers each line of `input` with one line of `output`, in order, and returns whether all lines were good. Blank lines
/// are passed over. What has been read is answered before more is waited for, so it can be talked to through pipes.
///
/// # Errors
/// Only when reading or writing itself fails; a bad line is answered with its error.
pub fn eval(mut input: impl BufRead, mut output: impl Write) -> anyhow::Result<bool> {
    let mut calendars = Calendars::default();
    let mut good = true;
    let mut rest: Vec<u8> = Vec::new();
    let mut too_long = false;
    let mut answers: Vec<u8> = Vec::new();
    loop {
        let chunk = input.fill_buf()?;
        let length = chunk.len();
        if length == 0 {
            break;
        }
        let mut lines = chunk.split_inclusive(|byte| *byte == b'\n');
        for line in &mut lines {
            if too_long || !rest.is_empty() || !line.ends_with(b"\n") {
                if too_long || rest.len() + line.len() > LONGEST_LINE {
                    too_long = true;
                    rest = Vec::new();
                } else {
                    rest.extend_from_slice(line);
                }
                if line.ends_with(b"\n") {
                    good &= end_line(too_long, &rest, &mut calendars, &mut answers);
                    too_long = false;
                    rest.clear();
                }
            } else {
                good &= eval_line(line, &mut calendars, &mut answers);
            }
        }
        input.consume(length);
        output.write_all(&answers)?;
        output.flush()?;
        answers.clear();
    }
    good &= end_line(too_long, &rest, &mut calendars, &mut answers);
    output.write_all(&answers)?;
    output.flush()?;
    Ok(good)
}

/// A line that was read in parts.
fn end_line(too_long: bool, line: &[u8], calendars: &mut Calendars, answers: &mut Vec<u8>) -> bool {
    if too_long {
        refuse(&Value::Null, &format!("longer than {LONGEST_LINE} bytes"), answers);
        return false;
    }
    eval_line(line, calendars, answers)
}

fn refuse(id: &Value, error: &str, answers: &mut Vec<u8>) {
    answers.extend_from_slice(serde_json::json!({ "id": id, "error": error }).to_string().as_bytes());
    answers.push(b'\n');
}

/// Appends the answer to one line; false when the line is bad.
fn eval_line(line: &[u8], calendars: &mut Calendars, answers: &mut Vec<u8>) -> bool {
    let line = line.trim_ascii();
    if line.is_empty() {
        return true;
    }
    let before = answers.len();
    let outcome = question::parse(line, calendars).and_then(|question| answer::write(&question, answers));
    let Err(error) = outcome else { return true };
    answers.truncate(before);
    let id = serde_json::from_slice::<Value>(line).ok().and_then(|value| value.get("id").cloned()).unwrap_or_default();
    refuse(&id, &format!("{error:#}"), answers);
    false
}

#[cfg(test)]
mod tests;
