//! How many lines `loket sla eval` answers in a second of one core: it is one thread that reads, computes and writes. Counted
//! in processor time where the system tells it, so that what else the machine does is not measured.

use std::{
    fmt::Write as _,
    fs::{self, File},
    io::{BufRead as _, BufReader},
    process::Stdio,
    time::Instant,
};

use anyhow::{Context as _, Result, ensure};

use crate::{
    TARGET,
    command::{line, program},
    report::Outcome,
    serve::{binary, compile_server},
};

const LINES: usize = 300_000;
/// What is asked of ordinary cases.
const AT_LEAST: f64 = 100_000.0;
const ROUNDS: usize = 3;

/// Ordinary cases: a few calendars, requests over half a year, all the shipped targets, often a "now" or a pause.
fn questions() -> Result<String> {
    let calendars = [
        r#"{"timezone":"Europe/Amsterdam","hours":"Mo-Fr 09:00-18:00; PH off","country":"NL","closed":["2026-12-24"]}"#,
        r#"{"timezone":"Europe/Amsterdam","hours":"24/7","country":"NL"}"#,
        r#"{"timezone":"America/New_York","hours":"Mo-Fr 09:00-12:30,13:00-17:30; PH off","country":"US"}"#,
    ];
    let mut text = String::new();
    for id in 0..LINES {
        // A walk over all combinations without chance, the same on every machine.
        let step = id * 7_919;
        let (month, day, hour, minute) = (1 + step % 6, 1 + step / 6 % 28, step / 168 % 24, step / 4_032 % 60);
        let target = [14_400, 86_400, 172_800, 259_200, 3_600][id % 5];
        let at = |days: usize| format!("2026-{month:02}-{:02}T{hour:02}:{minute:02}:00+01:00", (day + days).min(28));
        write!(
            text,
            r#"{{"id":{id},"calendar":{},"target_seconds":{target},"started_at":"{}""#,
            calendars[id / 1_000 % 3],
            at(0)
        )?;
        if id % 2 == 0 {
            write!(text, r#","now":"{}""#, at(1))?;
        }
        if id % 3 == 0 {
            write!(text, r#","pauses":[{{"from":"{}","to":"{}"}}]"#, at(0), at(2))?;
        }
        text.push_str("}\n");
    }
    Ok(text)
}

pub(super) fn eval() -> Result<Outcome> {
    compile_server()?;
    let folder = TARGET.join("measure-data");
    fs::create_dir_all(&folder)?;
    let (input, output) = (folder.join("eval.jsonl"), folder.join("answers.jsonl"));
    fs::write(&input, questions()?)?;
    let mut best: f64 = 0.0;
    for _ in 0..ROUNDS {
        let mut command = program(binary());
        command.args(["sla", "eval"]).stdin(File::open(&input)?).stdout(Stdio::from(File::create(&output)?));
        let (started, spent) = (Instant::now(), children_time());
        let status = command.status().with_context(|| line(&command))?;
        let wall = started.elapsed().as_secs_f64();
        let seconds = children_time().zip(spent).map_or(wall, |(after, before)| after - before);
        ensure!(status.success(), "`{}` ended with {status}", line(&command));
        let answers = BufReader::new(File::open(&output)?).lines().count();
        ensure!(answers == LINES, "{answers} answers to {LINES} lines");
        #[allow(clippy::cast_precision_loss, reason = "far below 2^52")]
        let rate = LINES as f64 / seconds;
        println!("{LINES} lines in {seconds:.2} s of processor time, {wall:.2} s on the clock: {rate:.0} a second");
        best = best.max(rate);
    }
    let note = format!("{best:.0} lines a second on one core, of at least {AT_LEAST:.0}");
    println!("{note}");
    ensure!(best >= AT_LEAST, "{note}");
    Ok(Outcome::held(note))
}

/// Seconds of processor time of the programs that were started here and have ended; in hundredths, as Linux counts.
fn children_time() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // After the name, which may hold anything, the state is the third field; the children's times are the 16th and 17th.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks: f64 = fields.get(13)?.parse::<f64>().ok()? + fields.get(14)?.parse::<f64>().ok()?;
    Some(ticks / 100.0)
}
