//! `loket sla eval` under arbitrary input: no panic, no hang, no growth, and answers that add up. It runs as a process of its own,
//! whose memory nothing else uses.
//!
//! A few seconds by default. A long run: `LOKET_FUZZ_SECONDS=600 cargo test --package server --test all eval -- --nocapture`;
//! `LOKET_SEED=…` runs the same lines again.

#![allow(clippy::disallowed_methods, reason = "a run of so many seconds needs the clock")]

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

/// Longer lines are refused.
const LONGEST_LINE: usize = 1 << 24;

/// Forty lines that take longer hang. The slowest that are meant to be answered walk through eight thousand years: seconds when
/// optimised, minutes when not.
const HANGS_AFTER: Duration = Duration::from_secs(600);
/// What lines that were answered before may keep when they are asked again, in kilobytes.
const MAY_GROW: u64 = 100_000;
const SEED: u64 = 3;

/// SplitMix64.
struct Random(u64);

impl Random {
    fn number(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % below
    }

    fn one_in(&mut self, chances: u64) -> bool {
        self.number(chances) == 0
    }

    fn of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.number(choices.len() as u64) as usize]
    }
}

/// Parts of the language of opening hours, right and wrong.
const WORDS: [&str; 54] = [
    "Mo",
    "Tu",
    "We",
    "Th",
    "Fr",
    "Sa",
    "Su",
    "Mo-Fr",
    "Sa-Su",
    "Fr-Mo",
    "PH",
    "SH",
    "off",
    "closed",
    "open",
    "unknown",
    "24/7",
    "09:00",
    "18:00",
    "09:00-18:00",
    "22:00-02:00",
    "00:00-24:00",
    "24:00-26:00",
    "26:00-48:00",
    "48:00",
    "02:30-03:30",
    "+",
    "-",
    ",",
    ";",
    "; ",
    "||",
    " ",
    " ",
    "Jan",
    "Feb 29",
    "Feb 30",
    "Dec 24",
    "Dec 24-Jan 02",
    "2026",
    "2024-2030/2",
    "9999",
    "1900+",
    "week 1-53/2",
    "easter",
    "easter -2 days",
    "easter +1 day",
    "sunrise",
    "sunset-dusk",
    "[1]",
    "[-1]",
    "\"é 🎈\"",
    "/00:30",
    "(sunrise+01:00)",
];
const GOOD: [&str; 12] = [
    "Mo-Fr 09:00-18:00; PH off",
    "24/7",
    "24/7; PH off",
    "Mo-Fr 09:00-12:30,13:00-17:30; PH off; Dec 24 09:00-13:00",
    "Mo-Su 02:30-06:00",
    "Mo-Su 00:00-02:30",
    "Fr 22:00-26:00",
    "off",
    "2026 Jan 01-2026 Dec 31 Mo-Fr 09:00-18:00",
    "Mo-Fr 09:00-18:00; easter -2 days off; easter +1 day off",
    "Mo[1] 09:00-10:00",
    "week 10-20 Tu 07:00-09:00",
];
const ZONES: [&str; 10] = [
    "Europe/Amsterdam",
    "America/New_York",
    "America/Havana",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Asia/Kolkata",
    "Pacific/Apia",
    "UTC",
    "Africa/Monrovia",
    "Europe/Asterdam",
];

fn hours(random: &mut Random) -> String {
    if random.one_in(2) {
        return random.of(&GOOD).to_owned();
    }
    let words: Vec<&str> = (0..1 + random.number(9)).map(|_| random.of(&WORDS)).collect();
    words.join(random.of(&[" ", ""]))
}

fn instant(random: &mut Random, far: bool) -> String {
    if far && random.one_in(10) {
        return "9999-12-31T23:59:59Z".into();
    }
    if random.one_in(30) {
        return random.of(&["1970-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "0000-00-00", "now", ""]).into();
    }
    // Mostly within a few weeks, so that what happens meets.
    let (month, day) =
        if random.one_in(5) { (1 + random.number(13), 1 + random.number(31)) } else { (4, 1 + random.number(30)) };
    let (hour, minute, second) = (random.number(24), random.number(60), random.number(60));
    let fraction = if random.one_in(4) { format!(".{}", random.number(100_000)) } else { String::new() };
    let offset = random.of(&["Z", "+02:00", "-05:00", "+05:30", "+14:00"]);
    format!("2026-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}{offset}")
}

fn target(random: &mut Random, far: bool) -> Value {
    match random.number(40) {
        0 => json!(0),
        1 => json!(-1),
        2 => json!(0.001),
        3 => json!(1e300),
        4 if far => json!(36_000_000),
        5 if far => json!(300_000_000_000_u64),
        6 if far => json!(36_000_000_000_000_u64),
        7 => json!("4 h"),
        _ => json!(random.number(300_000)),
    }
}

/// A line with the right keys and mostly good values.
fn line(random: &mut Random, far: bool) -> Vec<u8> {
    let mut calendar = json!({ "timezone": random.of(&ZONES), "hours": hours(random) });
    if random.one_in(2) {
        calendar["country"] = json!(random.of(&["NL", "BE", "US", "XX", ""]));
    }
    if random.one_in(4) {
        let date = |random: &mut Random| random.of(&["2026-04-24", "2026-12-24", "2026-02-30", ""]).to_owned();
        calendar["closed"] = json!([date(random), date(random)]);
    }
    let mut line = json!({ "id": random.number(99), "calendar": calendar, "target_seconds": target(random, far), "started_at": instant(random, far) });
    if random.one_in(2) {
        line["now"] = json!(instant(random, far));
    }
    if random.one_in(2) {
        let pause = |random: &mut Random| {
            if random.one_in(5) {
                json!({ "from": instant(random, far) })
            } else {
                json!({ "from": instant(random, far), "to": instant(random, far) })
            }
        };
        line["pauses"] = (0..random.number(6)).map(|_| pause(random)).collect();
    }
    line.to_string().into_bytes()
}

/// What means something in JSON, and what must not be there.
const MARKS: &[u8] = b"\"{}[],:0-9eE.\\u \x00\xff";

/// Bytes changed, taken out, put in; or the line cut off.
fn mutate(random: &mut Random, line: &mut Vec<u8>) {
    for _ in 0..1 + random.number(4) {
        let at = random.number(line.len() as u64 + 1) as usize;
        match random.number(5) {
            0 if at < line.len() => line[at] = random.number(256) as u8,
            1 if at < line.len() => drop(line.remove(at)),
            2 => line.insert(at, MARKS[random.number(MARKS.len() as u64) as usize]),
            3 => drop(line.splice(at..at, random.of(&WORDS).bytes())),
            _ => line.truncate(at.max(1)),
        }
    }
    line.retain(|byte| *byte != b'\n');
}

fn bytes(random: &mut Random) -> Vec<u8> {
    (0..random.number(200)).map(|_| random.number(256) as u8).filter(|byte| *byte != b'\n').collect()
}

/// What must hold of any answer.
fn check(question: &[u8], answer: &Value) {
    let question = String::from_utf8_lossy(question);
    if let Some(error) = answer.get("error") {
        assert!(error.as_str().is_some_and(|error| !error.is_empty()), "{question}: {answer}");
        return;
    }
    let asked: Value = serde_json::from_str(&question).expect("what is answered is JSON");
    let pieces = answer["trace"].as_array().expect("a trace");
    let mut counted = 0.0;
    for pair in pieces.windows(2) {
        assert_eq!(pair[0]["to"], pair[1]["from"], "{question}: a gap");
    }
    for piece in pieces {
        let seconds = piece["seconds"].as_f64().expect("a number");
        assert!(seconds > 0.0, "{question}: {piece}");
        counted += if piece["kind"] == "counted" { seconds } else { 0.0 };
    }
    let target = asked["target_seconds"].as_f64().expect("a number");
    if answer["due_at"].is_string() && answer.get("trace_until").is_none() {
        assert!((counted - target).abs() < 0.002, "{question}: counts {counted}");
        assert_eq!(pieces.last().map_or(&answer["due_at"], |last| &last["to"]), &answer["due_at"], "{question}");
    }
    if let (Some(elapsed), Some(remaining)) = (answer.get("elapsed_seconds"), answer.get("remaining_seconds")) {
        let (elapsed, remaining) = (elapsed.as_f64().expect("a number"), remaining.as_f64().expect("a number"));
        assert!(elapsed >= 0.0 && (elapsed + remaining - target).abs() < 0.002, "{question}: {answer}");
    }
}

/// `loket sla eval`, talked to through pipes.
struct Eval {
    process: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Eval {
    fn start() -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_loket"))
            .args(["sla", "eval"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let input = process.stdin.take();
        let output = BufReader::new(process.stdout.take().expect("it is piped"));
        Self { process, input, output }
    }

    /// The answers to so many `questions`, which arrive in pieces that end anywhere.
    fn ask(&mut self, questions: &[&[u8]], random: &mut Random) -> Vec<Value> {
        let mut input = self.input.take().expect("it is open");
        let mut text = questions.join(&b'\n');
        text.push(b'\n');
        let size = 1 + random.number(5_000) as usize;
        // Written aside: who only writes while the other does so too waits for ever.
        let writer = thread::spawn(move || {
            for piece in text.chunks(size) {
                input.write_all(piece).expect("it reads all that is written");
            }
            input
        });
        let answers = questions.iter().map(|question| {
            let mut line = Vec::new();
            self.output.read_until(b'\n', &mut line).expect("it can be read");
            serde_json::from_slice(&line)
                .unwrap_or_else(|error| panic!("{error} in the answer to {}", String::from_utf8_lossy(question)))
        });
        let answers = answers.collect();
        self.input = Some(writer.join().expect("it has written"));
        answers
    }

    /// Kilobytes in memory, where the system tells.
    fn memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).ok()?;
        status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.split_whitespace().next()?.parse().ok())
    }

    /// Nothing more is asked; whether all lines were good. Nothing more may be answered.
    fn end(mut self) -> bool {
        drop(self.input.take());
        let mut rest = String::new();
        self.output.read_to_string(&mut rest).expect("it can be read");
        assert_eq!(rest, "", "more answers than lines");
        self.process.wait().expect("it ends").success()
    }
}

/// The same lines every time; others with `LOKET_SEED`, and for as long as `LOKET_FUZZ_SECONDS` says.
#[test]
fn no_line_makes_it_panic_hang_or_grow() {
    let number = |name: &str| std::env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    let seconds = number("LOKET_FUZZ_SECONDS");
    let seed = number("LOKET_SEED").unwrap_or(SEED);
    println!("LOKET_SEED={seed}");
    let mut random = Random(seed);
    let mut eval = Eval::start();
    let until = seconds.map(|seconds| Instant::now() + Duration::from_secs(seconds));
    let (mut lines, mut answered, mut slowest) = (0_u64, 0_u64, Duration::ZERO);
    loop {
        // Thousands of years take seconds without optimisation: only in long runs, and not often.
        let batches: Vec<_> = (0..25).map(|_| batch(&mut random, seconds.is_some())).collect();
        let mut ask = || {
            for batch in &batches {
                let questions: Vec<&[u8]> = batch.iter().map(Vec::as_slice).collect();
                let started = Instant::now();
                let answers = eval.ask(&questions, &mut random);
                let took = started.elapsed();
                slowest = slowest.max(took);
                assert!(took < HANGS_AFTER, "{took:?} for {}", String::from_utf8_lossy(&questions.join(&b'\n')));
                for (question, answer) in questions.iter().zip(&answers) {
                    check(question, answer);
                    answered += u64::from(answer.get("error").is_none());
                }
                lines += questions.len() as u64;
            }
            eval.memory()
        };
        // What one line needs is not given back at once; the second time it is there already.
        let (before, now) = (ask(), ask());
        println!("{lines} lines, {answered} of them good, slowest forty {slowest:?}, memory {before:?} to {now:?} kB");
        if let (Some(before), Some(now)) = (before, now) {
            assert!(now < before + MAY_GROW, "{before} kB grew to {now} kB");
        }
        if until.is_none_or(|until| Instant::now() >= until) {
            break;
        }
    }
    assert!(!eval.end(), "bad lines are told by its exit code");
    assert!(answered * 20 > lines, "most lines are refused before anything is computed: {answered} of {lines}");
}

/// Up to forty lines, none of them empty.
fn batch(random: &mut Random, long: bool) -> Vec<Vec<u8>> {
    let mut batch = Vec::new();
    for _ in 0..40 {
        let far = long && random.one_in(500);
        let mut line = if random.one_in(8) { bytes(random) } else { line(random, far) };
        if random.one_in(3) && !line.is_empty() {
            mutate(random, &mut line);
        }
        if !line.trim_ascii().is_empty() {
            batch.push(line);
        }
    }
    batch
}

#[test]
fn a_line_without_end_is_refused_without_keeping_it() {
    let mut eval = Eval::start();
    let endless = vec![b'x'; LONGEST_LINE + 10];
    let answers = eval.ask(&[&endless, b"{\"id\":2}"], &mut Random(1));
    assert_eq!((&answers[0]["id"], &answers[1]["id"]), (&Value::Null, &json!(2)));
    assert!(answers[0]["error"].as_str().is_some_and(|error| error.contains("longer")), "{answers:?}");
    assert!(!eval.end(), "bad lines are told by its exit code");
}

#[test]
fn a_hundred_thousand_pauses_are_one_line() {
    let pause = |n: u64| {
        let (minute, second) = (n / 60 % 60, n % 60);
        json!({ "from": format!("2026-04-24T{:02}:{minute:02}:{second:02}Z", n / 3_600 % 24), "to": "2026-04-28T09:00:00+02:00" })
    };
    let line = json!({
        "id": 1,
        "calendar": { "timezone": "Europe/Amsterdam", "hours": "Mo-Fr 09:00-18:00; PH off", "country": "NL" },
        "target_seconds": 3_600,
        "started_at": "2026-04-24T01:00:00Z",
        "pauses": (0..100_000).rev().map(pause).collect::<Vec<_>>(),
    });
    let mut eval = Eval::start();
    let answers = eval.ask(&[line.to_string().as_bytes()], &mut Random(1));
    assert_eq!(answers[0]["due_at"], "2026-04-28T10:00:00+02:00");
    assert!(eval.end(), "a good line");
}
