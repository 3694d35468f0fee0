use axum::extract::FromRequestParts;
use http::request::Parts;
use kit::{Error, Result};
use kit_web::ApiError;
use webex::{Role, ScopeSet};

use crate::{OrganizationId, PersonId};

/// By what the caller is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallerOrigin {
    /// A bearer token that an integration holds.
    Token {
        /// The integration.
        client_id: String,
        /// Which token, for `authorizations/tokenExpiry` and the like: the hash under which it is stored.
        token_hash: String,
        /// The grant that the token belongs to (the id of its authorization): what was made with it dies with that grant.
        grant_id: kit::Uuid,
    },
    /// A person at a browser, who may do whatever their roles allow.
    Session,
}

/// On whose behalf a use case runs. The composition puts it into each request once the token or the session is
/// found valid; use cases ask it before they read anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The person.
    pub person_id: PersonId,
    /// Their organization.
    pub organization_id: OrganizationId,
    /// Their roles at this moment.
    pub roles: Vec<Role>,
    /// What the token allows; for a session see [`CallerOrigin::Session`].
    pub scopes: ScopeSet,
    /// Token or session.
    pub origin: CallerOrigin,
    /// Whether this person shares presence; when not, nobody's presence is answered to them.
    pub shares_presence: bool,
}

/// What the Webex API says when a scope or a role is missing.
pub const MISSING_SCOPE_OR_ROLE: &str = "The server understood the request, but refused to fulfill it because the access token is missing required scopes or the user is missing required roles or licenses.";

impl Caller {
    /// Whether the token has one of these scopes; a session has them all.
    pub fn has_any_scope(&self, scopes: &[&str]) -> bool {
        self.origin == CallerOrigin::Session || scopes.iter().any(|scope| self.scopes.contains(scope))
    }

    /// Refuses a token that has none of these scopes.
    pub fn require_any_scope(&self, scopes: &[&str]) -> Result<()> {
        if self.has_any_scope(scopes) {
            Ok(())
        } else {
            Err(Error::forbidden(MISSING_SCOPE_OR_ROLE))
        }
    }

    /// Whether the person has one of these roles.
    pub fn has_any_role(&self, roles: &[Role]) -> bool {
        roles.iter().any(|role| self.roles.contains(role))
    }

    /// Refuses a person who has none of these roles.
    pub fn require_any_role(&self, roles: &[Role]) -> Result<()> {
        if self.has_any_role(roles) {
            Ok(())
        } else {
            Err(Error::forbidden(MISSING_SCOPE_OR_ROLE))
        }
    }

    /// Whether the person administers something. Reading call records alone administers nothing.
    pub fn is_administrator(&self) -> bool {
        self.has_any_role(crate::ADMINISTRATORS)
    }

    /// Whether the person is a Full Admin.
    pub fn is_full_admin(&self) -> bool {
        self.roles.contains(&Role::FullAdministrator)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> std::result::Result<Self, ApiError> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or_else(|| ApiError(Error::unauthenticated(INVALID_TOKEN)))
    }
}

/// The one sentence of every 401: a caller cannot tell a missing, expired, revoked or invented token apart.
pub const INVALID_TOKEN: &str =
    "The request requires a valid access token set in the Authorization request header.";
