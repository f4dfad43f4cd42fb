//! What can go wrong in a use case. Which page, status or words that becomes is decided at the edge.

use domain::problem::{FieldProblem, Problem};
use domain::ticket::MoveRefused;
use domain::view::EventView;
use thiserror::Error;

/// Why a use case did not do what it was asked.
#[derive(Debug, Error)]
pub enum Error {
    /// It does not exist, or not for this actor: one answer for both.
    #[error("not found")]
    NotFound,
    /// The actor may see it and may not do this.
    #[error("forbidden")]
    Forbidden,
    /// What was typed is wrong, field by field.
    #[error("invalid input")]
    Invalid(Vec<FieldProblem>),
    /// The ticket's status does not allow it.
    #[error("refused: {0}")]
    Refused(MoveRefused),
    /// Others changed the ticket meanwhile; this is what they did.
    #[error("conflict with {} event(s)", .0.len())]
    Conflict(Vec<EventView>),
    #[error("too many attempts, retry in {retry_seconds} s")]
    RateLimited { retry_seconds: u32 },
    /// The database or the disk does not answer now; trying again later may work.
    #[error("unavailable")]
    Unavailable,
    #[error("internal error: {0}")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// Wraps what should not have happened; it is logged once, at the edge.
    pub fn internal(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(error.into())
    }

    /// One problem with one field.
    pub fn invalid(field: &str, problem: Problem) -> Self {
        Self::Invalid(vec![FieldProblem::new(field, problem)])
    }
}

impl From<MoveRefused> for Error {
    fn from(refused: MoveRefused) -> Self {
        Self::Refused(refused)
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed | sqlx::Error::Io(_) => {
                tracing::warn!(%error, "database unavailable");
                Self::Unavailable
            }
            // Two transactions waited for each other and one had to go (SQLSTATE class 40): nothing happened, try again.
            sqlx::Error::Database(fault) if fault.code().is_some_and(|code| code.starts_with("40")) => {
                tracing::warn!(error = %fault, "a transaction gave way to another");
                Self::Unavailable
            }
            other => Self::internal(other),
        }
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::internal(error)
    }
}
