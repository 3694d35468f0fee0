use std::fmt;
use std::time::Duration;

use crate::tokens::TokenError;

/// What a failed call means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// There is no usable authorization behind this client; nothing was sent, or the renewal was refused.
    NoAuthorization,
    /// The platform does not accept the token, even after a renewal.
    Unauthorized,
    /// A scope, a role or a licence is missing.
    Forbidden,
    /// There is no such object or endpoint.
    NotFound,
    /// Too many requests, even after waiting as often as allowed.
    RateLimited {
        /// What the platform asked for last.
        retry_after: Duration,
    },
    /// The data lives in another region (451). The host is only reported; it gets no token.
    Region {
        /// The host that the platform named, where it named one.
        host: Option<String>,
    },
    /// The request is not accepted as it is (another 4xx).
    Refused {
        /// The status code.
        status: u16,
    },
    /// The platform failed (5xx), also after the retries.
    Unavailable {
        /// The status code.
        status: u16,
    },
    /// No answer: connection, TLS, time-out.
    Transport,
    /// An answer that is not what the contract says.
    Protocol,
    /// The platform pointed to an address that is not configured; nothing was sent there.
    ForeignOrigin,
}

/// A failed call. Never contains a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientError {
    /// What it means.
    pub kind: ErrorKind,
    /// The id under which the platform keeps the call in its log, where it said one.
    pub tracking_id: Option<String>,
    /// A sentence for people: what happened, with the platform's own words where it has some.
    pub message: String,
}

impl ClientError {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            tracking_id: None,
            message: message.into(),
        }
    }

    pub(crate) fn protocol(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Protocol, message)
    }

    #[must_use]
    pub(crate) fn tracked(mut self, tracking_id: Option<String>) -> Self {
        self.tracking_id = self.tracking_id.or(tracking_id);
        self
    }

    /// A transport error without its URL: a query may carry what does not belong into a log.
    pub(crate) fn transport(error: reqwest::Error) -> Self {
        let error = error.without_url();
        let what = if error.is_timeout() {
            "The platform did not answer in time"
        } else if error.is_connect() {
            "The platform cannot be reached"
        } else {
            "The connection to the platform broke"
        };
        Self::new(ErrorKind::Transport, format!("{what} ({}).", innermost(&error)))
    }

    /// Whether the same call may succeed later without anybody doing anything.
    pub fn is_passing(&self) -> bool {
        matches!(
            self.kind,
            ErrorKind::RateLimited { .. } | ErrorKind::Unavailable { .. } | ErrorKind::Transport
        )
    }
}

/// The last cause of a chain: “Connection refused (os error 111)”, not “error sending request”.
pub(crate) fn innermost(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    cause.to_string().chars().take(200).collect()
}

impl fmt::Display for ClientError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)?;
        match &self.tracking_id {
            Some(id) => write!(formatter, " (tracking id {id})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for ClientError {}

impl From<TokenError> for ClientError {
    fn from(error: TokenError) -> Self {
        match error {
            TokenError::Dead(message) => Self::new(ErrorKind::NoAuthorization, message),
            TokenError::Unavailable(message) => Self::new(ErrorKind::Transport, message),
        }
    }
}

impl From<ClientError> for kit::Error {
    fn from(error: ClientError) -> Self {
        let kind = match error.kind {
            ErrorKind::NoAuthorization | ErrorKind::Unauthorized => kit::Kind::Conflict,
            ErrorKind::Forbidden => kit::Kind::Forbidden,
            ErrorKind::NotFound => kit::Kind::NotFound,
            ErrorKind::RateLimited { retry_after } => kit::Kind::TooMany(retry_after),
            ErrorKind::Refused { .. } => kit::Kind::Invalid,
            ErrorKind::Region { .. }
            | ErrorKind::Unavailable { .. }
            | ErrorKind::Transport
            | ErrorKind::Protocol
            | ErrorKind::ForeignOrigin => kit::Kind::Unavailable,
        };
        Self::new(kind, error.to_string())
    }
}
