use kit::Timestamp;
use webex::ScopeSet;

/// Why a return from the platform did not become an authorization. Each has a page of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The platform sent an error instead of a code (RFC 6749, section 4.1.2.1).
    ServerError {
        error: String,
        description: Option<String>,
    },
    /// No attempt has this state.
    UnknownState,
    /// The attempt is over.
    ExpiredState { expired_at: Timestamp },
    /// Somebody came back with this state before.
    UsedState,
    /// Another browser began it.
    OtherBrowser,
    /// The answer names another issuer, or none (RFC 9207).
    WrongIssuer {
        expected: String,
        received: Option<String>,
    },
    /// Neither a code nor an error.
    NoCode,
    /// Who began it is not signed in any more, or may not do it any more.
    NoRight { reason: String },
    /// The token endpoint did not accept the code.
    ExchangeFailed {
        reason: String,
        tracking_id: Option<String>,
    },
    /// There are tokens, and the platform does not say whose.
    PersonUnreadable {
        reason: String,
        tracking_id: Option<String>,
    },
    /// The person belongs to another organization than the customer.
    WrongOrganization {
        expected: String,
        received: String,
        email: String,
    },
    /// The person has not the role that the integration needs.
    MissingRole { role: &'static str, email: String },
    /// Less was granted than was asked for.
    MissingScopes { missing: ScopeSet },
    /// The id token does not prove who signed in.
    IdToken { reason: String },
    /// We failed; the log knows why.
    Failure { reason: String },
}

impl Refusal {
    /// One sentence for the card and the audit trail.
    pub fn summary(&self) -> String {
        match self {
            Self::ServerError {
                error,
                description: _,
            } if error == "access_denied" => "The person declined.".to_owned(),
            Self::ServerError {
                error,
                description: None,
            } => format!("The platform answered “{error}”."),
            Self::ServerError {
                error,
                description: Some(description),
            } => format!("The platform answered “{error}”: {description}"),
            Self::UnknownState => "The answer belongs to no request.".to_owned(),
            Self::ExpiredState { .. } => "The answer came too late.".to_owned(),
            Self::UsedState => "The answer came twice.".to_owned(),
            Self::OtherBrowser => "The answer came to another browser.".to_owned(),
            Self::WrongIssuer { .. } => "The answer came from another server.".to_owned(),
            Self::NoCode => "The answer held no code.".to_owned(),
            Self::NoRight { reason } | Self::Failure { reason } => reason.clone(),
            Self::ExchangeFailed { reason, .. } => format!("The code was not accepted. {reason}"),
            Self::PersonUnreadable { reason, .. } => {
                format!("The platform did not say who authorized. {reason}")
            }
            Self::WrongOrganization { email, .. } => format!("{email} belongs to another organization."),
            Self::MissingRole { role, email } => format!("{email} has not the role {role}."),
            Self::MissingScopes { missing } => format!("Not granted: {missing}."),
            Self::IdToken { reason } => format!("The id token does not prove who signed in: {reason}"),
        }
    }
}
