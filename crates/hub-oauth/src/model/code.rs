use std::time::Duration;

use hub_directory::{OrganizationId, PersonId};
use hub_identity::Epochs;
use kit::Timestamp;
use webex::ScopeSet;

use super::grant::GrantId;
use super::pkce::{Challenge, verifier_fits};

/// How long a code can be redeemed.
pub(crate) const CODE_LIFE: Duration = Duration::from_secs(5 * 60);

/// What a person consented to, before the integration fetched it.
#[derive(Clone, Debug)]
pub(crate) struct Code {
    pub(crate) client_id: String,
    pub(crate) person_id: PersonId,
    pub(crate) organization_id: OrganizationId,
    pub(crate) redirect_uri: String,
    /// Whether the authorization request named it; then the redemption must name it too.
    pub(crate) redirect_uri_was_sent: bool,
    pub(crate) scopes: ScopeSet,
    pub(crate) nonce: Option<String>,
    pub(crate) challenge: Option<Challenge>,
    /// When the person last typed a password (OpenID Connect's `auth_time`).
    pub(crate) signed_in_at: Timestamp,
    pub(crate) epochs: Epochs,
    pub(crate) created_at: Timestamp,
}

/// Where a code stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CodeState {
    /// Nobody has fetched it.
    Fresh,
    /// It became this grant.
    Redeemed(GrantId),
    /// It was taken back.
    Revoked,
}

/// What is wrong with an attempt to redeem a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It is another client's; whoever tries must not be able to harm its owner.
    OtherClient,
    /// It was redeemed before: what it became must die.
    Replayed(GrantId),
    /// It was taken back.
    Revoked,
    /// Its five minutes are over.
    Expired,
    /// Another redirect URI than the authorization request's.
    OtherRedirectUri,
    /// The verifier does not fit, or is missing, or is one too many.
    WrongVerifier,
}

impl Code {
    pub(crate) fn expires_at(&self) -> Timestamp {
        self.created_at.plus(CODE_LIFE)
    }

    /// Whether this attempt may redeem the code.
    pub(crate) fn examine(
        &self,
        state: CodeState,
        client_id: &str,
        redirect_uri: Option<&str>,
        verifier: Option<&str>,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        if client_id != self.client_id {
            return Err(Refusal::OtherClient);
        }
        match state {
            CodeState::Fresh => {}
            CodeState::Redeemed(grant) => return Err(Refusal::Replayed(grant)),
            CodeState::Revoked => return Err(Refusal::Revoked),
        }
        if now >= self.expires_at() {
            return Err(Refusal::Expired);
        }
        let same_uri = match redirect_uri {
            Some(uri) => uri == self.redirect_uri,
            None => !self.redirect_uri_was_sent,
        };
        if !same_uri {
            return Err(Refusal::OtherRedirectUri);
        }
        if verifier_fits(self.challenge.as_ref(), verifier) {
            Ok(())
        } else {
            Err(Refusal::WrongVerifier)
        }
    }
}
