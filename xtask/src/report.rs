//! Headings, durations and the summary at the end.

use std::{
    process::ExitCode,
    time::{Duration, Instant},
};

use anyhow::Result;

/// What a step found: tests and checks that passed and failed.
pub(crate) struct Outcome {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
    pub(crate) note: String,
}

impl Outcome {
    /// One check that held.
    pub(crate) fn held(note: impl Into<String>) -> Self {
        Self { passed: 1, failed: 0, note: note.into() }
    }

    /// A step that counts no tests, such as a build.
    pub(crate) fn done(note: impl Into<String>) -> Self {
        Self { passed: 0, failed: 0, note: note.into() }
    }
}

struct Step {
    name: String,
    took: Duration,
    outcome: Outcome,
}

/// All steps so far.
pub(crate) struct Report {
    started: Instant,
    steps: Vec<Step>,
}

impl Report {
    pub(crate) fn new() -> Self {
        Self { started: Instant::now(), steps: Vec::new() }
    }

    /// Runs a step under a heading. An error counts as one failure and does not stop the next step; the answer says
    /// whether all was well.
    pub(crate) fn step(&mut self, name: &str, work: impl FnOnce() -> Result<Outcome>) -> bool {
        println!("\n== {name}");
        let started = Instant::now();
        let outcome = work().unwrap_or_else(|error| {
            println!("FAILED: {error:#}");
            let note = format!("{error:#}").lines().next().unwrap_or_default().to_owned();
            Outcome { passed: 0, failed: 1, note }
        });
        let took = started.elapsed();
        let good = outcome.failed == 0;
        println!("-- {name}: {} in {}", if good { "done" } else { "FAILED" }, words(took));
        self.steps.push(Step { name: name.to_owned(), took, outcome });
        good
    }

    /// As [`Report::step`], for steps without which nothing else makes sense.
    pub(crate) fn must(&mut self, name: &str, work: impl FnOnce() -> Result<Outcome>) -> Result<()> {
        anyhow::ensure!(self.step(name, work), "{name}: {}", self.steps.last().map_or("", |step| &step.outcome.note));
        Ok(())
    }

    /// Names a step that could not run because an earlier one failed: a failure, never passed over in silence.
    pub(crate) fn impossible(&mut self, name: &str, because: &str) {
        println!("\n== {name}\nNOT RUN: {because}");
        let outcome = Outcome { passed: 0, failed: 1, note: format!("not run: {because}") };
        self.steps.push(Step { name: name.to_owned(), took: Duration::ZERO, outcome });
    }

    /// The table of what took how long.
    pub(crate) fn table(&self) {
        println!("\n== Summary");
        let width = self.steps.iter().map(|step| step.name.chars().count()).max().unwrap_or(0);
        for Step { name, took, outcome } in &self.steps {
            let verdict = match outcome {
                Outcome { failed: 0, passed: 0, .. } => "done".to_owned(),
                Outcome { failed: 0, passed, .. } => format!("{passed} passed"),
                Outcome { failed, passed, .. } => format!("{passed} passed, {failed} FAILED"),
            };
            println!("{name:width$}  {:>10}  {verdict:24}  {}", words(*took), outcome.note);
        }
        println!("{:width$}  {:>10}", "in all", words(self.started.elapsed()));
    }

    /// The table, and the sum as the very last line.
    pub(crate) fn finish(&self) -> ExitCode {
        self.table();
        let passed: usize = self.steps.iter().map(|step| step.outcome.passed).sum();
        let failed: usize = self.steps.iter().map(|step| step.outcome.failed).sum();
        println!("\n{passed} passed, {failed} failed");
        if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

/// `2 min 05 s`, `12.3 s`.
pub(crate) fn words(took: Duration) -> String {
    let seconds = took.as_secs();
    if seconds >= 60 {
        return format!("{} min {:02} s", seconds / 60, seconds % 60);
    }
    format!("{:.1} s", took.as_secs_f64())
}

/// Bytes as people read them: `186.4 KB` (of 1,000 bytes, as browsers' tools count).
pub(crate) fn kilobytes(bytes: usize) -> String {
    #[allow(clippy::cast_precision_loss, reason = "sizes of files are far below 2^52")]
    let kilobytes = bytes as f64 / 1000.0;
    format!("{kilobytes:.1} KB")
}
