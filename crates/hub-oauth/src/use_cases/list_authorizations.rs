use hub_directory::{Account, Caller, PersonId};
use kit::{Error, Result, Timestamp};
use webex::Role;

use crate::model::grant::{AccessTokenId, GrantId};
use crate::store::access_tokens;
use crate::{Client, OAuth};

/// Who may look after other people's authorizations.
pub(super) const TOKEN_ADMINISTRATORS: &[Role] = &[
    Role::FullAdministrator,
    Role::UserAdministrator,
    Role::DeviceAdministrator,
];

/// Whose authorizations are asked for.
pub(crate) enum Whose {
    Id(PersonId),
    Email(String),
}

/// An authorization in the public API's sense: one token.
pub(crate) struct Authorization {
    pub(crate) token: TokenOfGrant,
    pub(crate) client: Client,
    pub(crate) person: PersonId,
    pub(crate) created_at: Timestamp,
}

/// Which token of a grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenOfGrant {
    /// Its refresh token, under the id of the grant.
    Refresh(GrantId),
    /// One of its access tokens.
    Access(AccessTokenId),
}

impl OAuth {
    /// The tokens of a person of the caller's organization that live.
    pub(crate) async fn list_authorizations(
        &self,
        caller: &Caller,
        whose: &Whose,
    ) -> Result<Vec<Authorization>> {
        caller.require_any_scope(&["identity:tokens_read"])?;
        caller.require_any_role(TOKEN_ADMINISTRATORS)?;
        let account = self.account_in_reach(caller, whose).await?;
        let mut authorizations = Vec::new();
        for grant in self.grants_of_person(account.person_id).await? {
            let Some(client) = self.client(&grant.client_id).await? else {
                continue;
            };
            let entry = |token, created_at| Authorization {
                token,
                client: client.clone(),
                person: account.person_id,
                created_at,
            };
            if grant.refresh_expires_at.is_some_and(|expiry| expiry > self.now()) {
                authorizations.push(entry(TokenOfGrant::Refresh(grant.id), grant.granted_at));
            }
            for token in access_tokens::of_grants(self.database(), &[grant.id], self.now()).await? {
                authorizations.push(entry(TokenOfGrant::Access(token.id), token.created_at));
            }
        }
        Ok(authorizations)
    }

    /// A person of another organization is not there.
    async fn account_in_reach(&self, caller: &Caller, whose: &Whose) -> Result<Account> {
        let account = match whose {
            Whose::Id(person) => self.directory().account(*person).await?,
            Whose::Email(email) => self.directory().account_by_email(email).await?,
        };
        account
            .filter(|account| account.organization_id == caller.organization_id)
            .ok_or_else(|| Error::not_found("The requested resource could not be found."))
    }
}
