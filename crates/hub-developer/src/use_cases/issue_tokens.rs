use std::time::Duration;

use hub_directory::{Caller, CallerOrigin, MISSING_SCOPE_OR_ROLE, OrganizationId};
use hub_oauth::{ClientKind, ServiceAppTokens};
use kit::{Error, SecretString};
use webex::ScopeSet;

use super::rights::TOKEN;
use super::show_application::client_id_of;
use crate::Developer;
use crate::store::authorizations;

/// A fresh pair of tokens of a Service App.
#[derive(Debug)]
pub(crate) struct ServiceAppPair {
    pub(crate) access_token: SecretString,
    pub(crate) access_life: Duration,
    pub(crate) refresh_token: SecretString,
    pub(crate) refresh_life: Duration,
    pub(crate) scopes: ScopeSet,
}

/// Why there are none.
#[derive(Debug)]
pub(crate) enum NoTokens {
    /// The client id or the secret is not this application's; the sentence says which.
    WrongCredentials(&'static str),
    /// Everything else.
    Refused(Error),
}

impl From<Error> for NoTokens {
    fn from(error: Error) -> Self {
        Self::Refused(error)
    }
}

fn not_authorized() -> NoTokens {
    NoTokens::Refused(Error::forbidden(
        "This Service App is not authorized in the target organization. A Full Administrator of that organization has to authorize it at Apps > Service Apps.",
    ))
}

impl Developer {
    /// Tokens with which a Service App acts in an organization. Who asks proves with the secret that they are its
    /// developer, and a Full Admin of that organization has authorized it.
    pub(crate) async fn issue_tokens(
        &self,
        caller: &Caller,
        application_id: &str,
        client_id: &str,
        secret: &SecretString,
        organization: OrganizationId,
    ) -> Result<ServiceAppPair, NoTokens> {
        caller.require_any_scope(TOKEN)?;
        let wanted = client_id_of(application_id);
        // A Service App does not hand out tokens, neither its own nor another's.
        let is_machine = self.directory().machine(caller.person_id).await?.is_some();
        let asks_for_itself =
            matches!(&caller.origin, CallerOrigin::Token { client_id, .. } if *client_id == wanted);
        if is_machine || asks_for_itself {
            return Err(Error::forbidden(MISSING_SCOPE_OR_ROLE).into());
        }
        let client = self.oauth().client(&wanted).await?;
        let client = client
            .filter(|client| client.kind == ClientKind::ServiceApp)
            .ok_or_else(|| Error::not_found("There is no Service App with this application id."))?;
        if client_id != client.client_id {
            return Err(NoTokens::WrongCredentials("The provided clientId is invalid"));
        }
        if !self.oauth().is_secret_of(&client.client_id, secret).await? {
            return Err(NoTokens::WrongCredentials("The provided clientSecret is invalid"));
        }
        let authorization = authorizations::find(self.database(), &client.client_id, organization).await?;
        let authorization = authorization.ok_or_else(not_authorized)?;
        // What the developer gave up since then is not handed out any more.
        let scopes: ScopeSet = authorization
            .scopes
            .iter()
            .filter(|scope| client.scopes.contains(scope.as_str()))
            .cloned()
            .collect();
        let tokens = self
            .oauth()
            .issue_service_app_tokens(&client.client_id, organization, authorization.machine_id, &scopes)
            .await?;
        let ServiceAppTokens {
            grant_id: _,
            access_token,
            access_life,
            refresh_token,
            refresh_life,
            scopes,
        } = tokens;
        Ok(ServiceAppPair {
            access_token,
            access_life,
            refresh_token,
            refresh_life,
            scopes,
        })
    }
}
