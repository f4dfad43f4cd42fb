//! What Loket has stored, read from beside it with `sqlite3`. The tests look at few tables: `ticket`, `message`, `inbound`,
//! `outbox`, `notification`.

use std::path::PathBuf;

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use crate::process::{As, command};

pub struct Database(pub PathBuf);

impl Database {
    /// The rows of a query, as objects.
    ///
    /// # Errors
    /// When the query is refused.
    pub fn rows(&self, sql: &str) -> Result<Vec<Value>> {
        // With Loket's own rights: files that root made beside the database would be closed to it.
        let mut sqlite = command("sqlite3", As::Nobody);
        sqlite.args(["-json", "-cmd", ".timeout 20000"]).arg(&self.0).arg(sql);
        let output = sqlite.output().context("sqlite3 does not start")?;
        ensure!(output.status.success(), "{sql}: {}", String::from_utf8_lossy(&output.stderr));
        if output.stdout.trim_ascii().is_empty() {
            return Ok(Vec::new());
        }
        Ok(serde_json::from_slice(&output.stdout)?)
    }

    /// Changes something that no test is about.
    ///
    /// # Errors
    /// When it is refused.
    pub fn execute(&self, sql: &str) -> Result<()> {
        self.rows(sql).map(drop)
    }

    /// A column of a ticket, as text.
    ///
    /// # Errors
    /// When there is no such ticket.
    pub fn ticket(&self, key: &str, column: &str) -> Result<String> {
        let (organisation, number) = key.split_once('-').context("a key")?;
        self.text(&format!(
            "SELECT ticket.{column} FROM ticket JOIN organisation USING (organisation_id) \
             WHERE organisation.key = {} AND number = {}",
            quoted(organisation),
            number.parse::<u32>()?
        ))
    }

    /// The first value of the first row.
    ///
    /// # Errors
    /// When there is none.
    pub fn value(&self, sql: &str) -> Result<Value> {
        let rows = self.rows(sql)?;
        let value = rows.first().and_then(|row| row.as_object()?.values().next().cloned());
        value.with_context(|| format!("no row: {sql}"))
    }

    /// # Errors
    /// When the first value of the first row is no number.
    pub fn number(&self, sql: &str) -> Result<i64> {
        self.value(sql)?.as_i64().with_context(|| format!("no number: {sql}"))
    }

    /// # Errors
    /// When there is no row. NULL is an empty text.
    pub fn text(&self, sql: &str) -> Result<String> {
        Ok(match self.value(sql)? {
            Value::String(text) => text,
            Value::Null => String::new(),
            other => other.to_string(),
        })
    }
}

/// A text as SQL writes it.
#[must_use]
pub fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
