use kit::Error;

/// The error codes of RFC 6749, RFC 8628 and OpenID Connect, and one of the platform's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ErrorCode {
    InvalidRequest,
    InvalidClient,
    InvalidGrant,
    InvalidScope,
    UnsupportedGrantType,
    UnsupportedResponseType,
    AccessDenied,
    LoginRequired,
    ConsentRequired,
    InteractionRequired,
    TokenLimitReached,
    AuthorizationPending,
    SlowDown,
    ExpiredToken,
}

impl ErrorCode {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::InvalidRequest => "invalid_request",
            Self::InvalidClient => "invalid_client",
            Self::InvalidGrant => "invalid_grant",
            Self::InvalidScope => "invalid_scope",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::UnsupportedResponseType => "unsupported_response_type",
            Self::AccessDenied => "access_denied",
            Self::LoginRequired => "login_required",
            Self::ConsentRequired => "consent_required",
            Self::InteractionRequired => "interaction_required",
            Self::TokenLimitReached => "tokenlimit_reached",
            Self::AuthorizationPending => "authorization_pending",
            Self::SlowDown => "slow_down",
            Self::ExpiredToken => "expired_token",
        }
    }
}

/// What the token endpoint says about a refresh token that is dead, for whatever reason.
pub(crate) const DEAD_REFRESH_TOKEN: &str =
    "The refresh token provided is expired, revoked, malformed, or invalid.";

/// A protocol error: its code and a sentence for the developer of the client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OAuthError {
    pub(crate) code: ErrorCode,
    pub(crate) description: String,
    /// Set for a refused refresh token: the platform's broker reports it under another code than the RFC.
    pub(crate) is_dead_refresh_token: bool,
}

impl OAuthError {
    pub(crate) fn new(code: ErrorCode, description: impl Into<String>) -> Self {
        Self {
            code,
            description: description.into(),
            is_dead_refresh_token: false,
        }
    }

    pub(crate) fn dead_refresh_token() -> Self {
        Self {
            code: ErrorCode::InvalidGrant,
            description: DEAD_REFRESH_TOKEN.to_owned(),
            is_dead_refresh_token: true,
        }
    }

    /// One sentence for every code that cannot be redeemed; which of the reasons it is stays here.
    pub(crate) fn dead_code() -> Self {
        Self::new(
            ErrorCode::InvalidGrant,
            "The authorization code is expired, used, revoked or unknown, or does not belong to this client and redirect URI.",
        )
    }
}

/// Why no token was answered.
#[derive(Debug)]
pub(crate) enum TokenFailure {
    /// The client's doing.
    Protocol(OAuthError),
    /// Ours.
    Ours(Error),
}

impl From<Error> for TokenFailure {
    fn from(error: Error) -> Self {
        Self::Ours(error)
    }
}

impl From<OAuthError> for TokenFailure {
    fn from(error: OAuthError) -> Self {
        Self::Protocol(error)
    }
}

/// Describes a text that came from outside in a bounded and harmless form. RFC 6749 allows printable ASCII without
/// `"` and `\` in an `error_description`.
pub(crate) fn shown(text: &str) -> String {
    text.chars()
        .filter(|character| matches!(character, ' '..='~') && !matches!(character, '"' | '\\'))
        .take(80)
        .collect()
}
