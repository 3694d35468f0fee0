use std::fmt;

use http::StatusCode;
use kit::SecretString;
use serde::Deserialize;
use webex::ScopeSet;

use crate::answer::{Answer, printable};

/// What the token endpoint gives.
#[derive(Clone, Debug)]
pub struct TokenGrant {
    /// The bearer token.
    pub access_token: SecretString,
    /// Seconds until it ends.
    pub expires_in: u64,
    /// Absent in some answers to a refresh: the old one stays in force.
    pub refresh_token: Option<SecretString>,
    /// Seconds until the refresh token ends, where the platform says so.
    pub refresh_token_expires_in: Option<u64>,
    /// What was granted; absent means what was asked for (RFC 6749, section 5.1).
    pub scope: Option<ScopeSet>,
    /// With the scope `openid` only.
    pub id_token: Option<SecretString>,
}

/// Why the token endpoint gives nothing. Never contains a code, a token or a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenFailure {
    /// No usable answer: network, 5xx, 429, a page of some proxy. Says nothing about the grant: try again later.
    Transport(Detail),
    /// An OAuth-shaped refusal: this code or refresh token is dead. The platform does not say why.
    Refused(Detail),
    /// The client id or its secret is wrong. The grant itself may live on.
    InvalidClient(Detail),
    /// The account has as many tokens as it may have (750). The grant itself may live on.
    TokenLimit(Detail),
}

/// What is known about a failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail {
    /// The status code, where there was an answer.
    pub status: Option<u16>,
    /// The `error` code of RFC 6749, where there was one.
    pub error: Option<String>,
    /// A sentence, with the platform's own words where it has some.
    pub message: String,
    /// The platform's tracking id.
    pub tracking_id: Option<String>,
}

impl TokenFailure {
    /// What is known about it.
    pub fn detail(&self) -> &Detail {
        match self {
            Self::Transport(detail)
            | Self::Refused(detail)
            | Self::InvalidClient(detail)
            | Self::TokenLimit(detail) => detail,
        }
    }
}

impl fmt::Display for TokenFailure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let detail = self.detail();
        formatter.write_str(&detail.message)?;
        match &detail.tracking_id {
            Some(id) => write!(formatter, " (tracking id {id})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for TokenFailure {}

/// No token lives longer, whatever an answer says: ten years.
const LONGEST_LIFE: u64 = 10 * 365 * 24 * 3600;

#[derive(Deserialize)]
struct Success {
    access_token: String,
    expires_in: u64,
    #[serde(default)]
    refresh_token: Option<String>,
    #[serde(default)]
    refresh_token_expires_in: Option<u64>,
    #[serde(default)]
    token_type: Option<String>,
    #[serde(default)]
    scope: Option<String>,
    #[serde(default)]
    id_token: Option<String>,
}

/// Both error envelopes: RFC 6749's and the public API's.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Failure {
    error: Option<String>,
    error_description: Option<String>,
    message: Option<String>,
    errors: Vec<FailureDetail>,
    #[serde(rename = "trackingId", alias = "trackingID")]
    tracking_id: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct FailureDetail {
    description: Option<String>,
}

pub(crate) fn interpret(answer: &Answer) -> Result<TokenGrant, TokenFailure> {
    if answer.status == StatusCode::OK {
        return success(answer);
    }
    let failure: Option<Failure> = serde_json::from_slice(&answer.body).ok();
    let Some(failure) = failure.filter(is_oauth_shaped) else {
        return Err(TokenFailure::Transport(unreadable(answer)));
    };
    let detail = detail_of(answer, &failure);
    Err(classify(answer.status, &failure, detail))
}

fn success(answer: &Answer) -> Result<TokenGrant, TokenFailure> {
    let read: Result<Success, _> = serde_json::from_slice(&answer.body);
    let Ok(body) = read else {
        return Err(TokenFailure::Transport(unreadable(answer)));
    };
    let is_bearer = body
        .token_type
        .as_deref()
        .is_none_or(|kind| kind.eq_ignore_ascii_case("bearer"));
    let scope = body.scope.as_deref().map(ScopeSet::parse).transpose();
    match (is_bearer && is_token(&body.access_token), scope) {
        (true, Ok(scope)) => Ok(TokenGrant {
            access_token: body.access_token.into(),
            expires_in: body.expires_in.min(LONGEST_LIFE),
            refresh_token: body
                .refresh_token
                .filter(|token| is_token(token))
                .map(SecretString::from),
            refresh_token_expires_in: body
                .refresh_token_expires_in
                .map(|seconds| seconds.min(LONGEST_LIFE)),
            scope,
            id_token: body.id_token.map(SecretString::from),
        }),
        _ => Err(TokenFailure::Transport(unreadable(answer))),
    }
}

/// What can stand in an `Authorization` header (RFC 6750, section 2.1).
fn is_token(text: &str) -> bool {
    !text.is_empty() && text.len() <= 16_384 && text.bytes().all(|byte| byte.is_ascii_graphic())
}

fn is_oauth_shaped(failure: &Failure) -> bool {
    failure.error.is_some() || failure.message.is_some()
}

fn detail_of(answer: &Answer, failure: &Failure) -> Detail {
    let described = failure
        .errors
        .iter()
        .find_map(|detail| detail.description.as_deref());
    let said = failure
        .error_description
        .as_deref()
        .or(described)
        .or(failure.message.as_deref())
        .or(failure.error.as_deref());
    Detail {
        status: Some(answer.status.as_u16()),
        error: failure.error.as_deref().map(printable),
        message: format!(
            "The platform answered {}: {}",
            answer.status.as_u16(),
            printable(said.unwrap_or("no reason"))
        ),
        tracking_id: answer
            .tracking_id()
            .or_else(|| failure.tracking_id.as_deref().map(printable)),
    }
}

fn unreadable(answer: &Answer) -> Detail {
    Detail {
        status: Some(answer.status.as_u16()),
        error: None,
        message: format!(
            "The platform answered {} in a form that cannot be read as an OAuth answer.",
            answer.status.as_u16()
        ),
        tracking_id: answer.tracking_id(),
    }
}

fn classify(status: StatusCode, failure: &Failure, detail: Detail) -> TokenFailure {
    let everything = [
        failure.error.as_deref(),
        failure.error_description.as_deref(),
        failure.message.as_deref(),
    ]
    .into_iter()
    .chain(failure.errors.iter().map(|detail| detail.description.as_deref()))
    .flatten()
    .collect::<Vec<_>>()
    .join(" ")
    .to_ascii_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| everything.contains(word));
    if status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error() {
        TokenFailure::Transport(detail)
    } else if says(&["tokenlimit_reached", "token limit"]) {
        TokenFailure::TokenLimit(detail)
    } else if status == StatusCode::UNAUTHORIZED
        || says(&[
            "invalid_client",
            "unauthorized_client",
            "client id is invalid",
            "clientsecret",
            "client secret",
            "client credentials",
        ])
    {
        TokenFailure::InvalidClient(detail)
    } else if status == StatusCode::BAD_REQUEST {
        TokenFailure::Refused(detail)
    } else {
        TokenFailure::Transport(detail)
    }
}
