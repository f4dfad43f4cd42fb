//! The cases of [`deadlines.md`](../deadlines.md), put to the engine: the same file natively and, compiled to WebAssembly, in
//! Node. Only reading and comparing; every answer is `domain`'s.

use std::collections::BTreeMap;

use domain::sla::Schedule;

mod cell;
mod check;
mod story;
mod table;
mod wasm;

pub use table::{Row, rows};

/// The cases.
pub const DEADLINES: &str = include_str!("../deadlines.md");
/// The desks they take place at.
pub const DESKS: &str = include_str!("../desks.md");
/// What the server makes of the desks.
pub const EXPANDED: &str = include_str!("../desks.json");

/// How the cases went.
#[derive(Debug, Default)]
pub struct Outcome {
    pub cases: usize,
    /// A line each: where, which case, what was expected and what came out.
    pub failures: Vec<String>,
}

/// Puts every case to the engine.
pub fn run() -> Outcome {
    let mut outcome = Outcome::default();
    let desks: BTreeMap<String, Schedule> = match serde_json::from_str(EXPANDED) {
        Ok(desks) => desks,
        Err(error) => {
            outcome.failures.push(format!("desks.json: {error}"));
            return outcome;
        }
    };
    for row in rows(DEADLINES) {
        outcome.cases += 1;
        let wrong = check::check(&row, &desks).unwrap_or_else(|error| vec![error]);
        let place = |wrong| format!("deadlines.md:{}: {}: {}: {wrong}", row.line, row.heading, row.get("Case"));
        outcome.failures.extend(wrong.into_iter().map(place));
    }
    outcome
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_case_is_as_the_table_says() {
        let outcome = super::run();
        assert!(outcome.failures.is_empty(), "\n{}", outcome.failures.join("\n"));
        assert!(outcome.cases > 150, "only {} cases were found", outcome.cases);
    }

    #[test]
    fn a_wrong_table_fails() {
        let desks = serde_json::from_str(super::EXPANDED).expect("JSON");
        let of = |due: &str| {
            let table = format!(
                "| Case | Desk | Target | Sent | Due |\n|---|---|---|---|---|\n| A | Support | 1 h | Wed 2026-04-22 10:00 | {due} |\n"
            );
            super::check::check(&super::rows(&table)[0], &desks)
        };
        assert_eq!(of("Wed 2026-04-22 11:00"), Ok(Vec::new()));
        assert_eq!(of("Wed 2026-04-22 11:01").map(|wrong| wrong.len()), Ok(1));
        assert_eq!(of("none").map(|wrong| wrong.len()), Ok(1));
        assert!(of("Thu 2026-04-22 11:00").is_err(), "the 22nd is a Wednesday");
        assert!(of("soon").is_err());
    }
}
