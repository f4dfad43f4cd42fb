//! What a server function answers when it does not answer what was asked: enough to tell the person, nothing internal.

use domain::problem::FieldProblem;
use domain::ticket::MoveRefused;
use domain::view::EventView;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

use crate::api::wire::WireText;

/// Why it did not work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApiError {
    /// It does not exist, or is not yours: the same answer.
    NotFound,
    /// Nobody is signed in (any more).
    SignedOut,
    Forbidden,
    /// What was typed has problems, each at its field.
    Invalid(Vec<FieldProblem>),
    /// The ticket's rules do not allow the move.
    Refused(MoveRefused),
    /// Someone changed the ticket meanwhile: what they did.
    Conflict(Vec<EventView>),
    /// Too often; try again after so many seconds.
    RateLimited(u32),
    Unavailable,
    /// Our fault; the id is in our log.
    Internal {
        request_id: String,
    },
    /// The answer never came: no connection, or the server was restarted.
    Network,
    /// The answer is for a newer program than the one that runs in this page.
    Outdated,
}

impl ApiError {
    /// The problems at fields; empty for every other error.
    pub fn problems(&self) -> &[FieldProblem] {
        match self {
            Self::Invalid(problems) => problems,
            _ => &[],
        }
    }

    /// The HTTP status that says the same (RFC 9110).
    pub const fn status(&self) -> u16 {
        match self {
            Self::NotFound => 404,
            Self::SignedOut => 401,
            Self::Forbidden => 403,
            Self::Invalid(_) => 422,
            Self::Refused(_) | Self::Conflict(_) => 409,
            Self::RateLimited(_) => 429,
            Self::Unavailable => 503,
            Self::Internal { .. } | Self::Network | Self::Outdated => 500,
        }
    }
}

impl std::fmt::Display for ApiError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::NotFound => "not found",
            Self::SignedOut => "signed out",
            Self::Forbidden => "forbidden",
            Self::Invalid(_) => "invalid input",
            Self::Refused(_) => "refused",
            Self::Conflict(_) => "conflict",
            Self::RateLimited(_) => "rate limited",
            Self::Unavailable => "unavailable",
            Self::Internal { .. } => "internal error",
            Self::Network => "no connection",
            Self::Outdated => "the page is of an older version",
        })
    }
}

impl std::error::Error for ApiError {}

impl FromServerFnError for ApiError {
    type Encoder = WireText;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Response(_) => Self::Network,
            // In the browser, what cannot be read is an answer; on the server, what was asked.
            ServerFnErrorErr::Deserialization(_) if cfg!(feature = "hydrate") => Self::Outdated,
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => {
                Self::Invalid(Vec::new())
            }
            _ => Self::Internal { request_id: String::new() },
        }
    }
}
