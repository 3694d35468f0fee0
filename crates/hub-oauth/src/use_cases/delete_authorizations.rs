use hub_directory::{Caller, CallerOrigin, OrganizationId};
use kit::{Error, Result, Uuid};

use super::list_authorizations::TOKEN_ADMINISTRATORS;
use crate::OAuth;
use crate::model::grant::{AccessTokenId, Because, Grant, GrantId};
use crate::store::{access_tokens, grants};

fn not_found() -> Error {
    Error::not_found("The requested resource could not be found.")
}

impl OAuth {
    /// Revokes one token of a person of the caller's organization: a refresh token takes its access tokens along.
    pub(crate) async fn delete_authorization(&self, caller: &Caller, id: Uuid) -> Result<()> {
        require_token_administrator(caller)?;
        if let Some(grant) = grants::find(self.database(), GrantId::new(id)).await? {
            self.may_touch(caller, &grant).await?;
            return if grants::revoke(self.database(), grant.id, Because::Administrator, self.now()).await? {
                Ok(())
            } else {
                Err(not_found())
            };
        }
        let token = access_tokens::by_id(self.database(), AccessTokenId::new(id))
            .await?
            .ok_or_else(not_found)?;
        let grant = grants::find(self.database(), token.grant_id)
            .await?
            .ok_or_else(not_found)?;
        self.may_touch(caller, &grant).await?;
        if !access_tokens::revoke(self.database(), token.id, self.now()).await? || grant.revoked_at.is_some()
        {
            return Err(not_found());
        }
        if grant.refresh_expires_at.is_none() {
            // A grant that consists of this one token ends with it.
            grants::revoke(self.database(), grant.id, Because::Administrator, self.now()).await?;
        }
        Ok(())
    }

    /// Revokes everything that the people of the caller's organization gave a client. Only a Full Admin may: it
    /// reaches Full Admins' grants, which a lesser administrator must not touch.
    pub(crate) async fn delete_authorizations_of_client(
        &self,
        caller: &Caller,
        organization: OrganizationId,
        client_id: &str,
    ) -> Result<()> {
        require_token_administrator(caller)?;
        if organization != caller.organization_id {
            return Err(not_found());
        }
        if !caller.is_full_admin() {
            return Err(Error::forbidden(hub_directory::MISSING_SCOPE_OR_ROLE));
        }
        if self.client(client_id).await?.is_none() {
            return Err(not_found());
        }
        self.revoke_client_in(organization, client_id).await?;
        Ok(())
    }

    async fn may_touch(&self, caller: &Caller, grant: &Grant) -> Result<()> {
        if grant.organization_id != caller.organization_id {
            return Err(not_found());
        }
        if grant.person_id == caller.person_id {
            return match &caller.origin {
                CallerOrigin::Token { client_id, .. } if *client_id != grant.client_id => {
                    Err(Error::forbidden(
                        "Your own authorizations can be deleted here only by the application that they belong to. Use your page about applications.",
                    ))
                }
                _ => Ok(()),
            };
        }
        let owner = self.directory().account(grant.person_id).await?;
        if owner.is_some_and(|owner| owner.is_full_admin()) && !caller.is_full_admin() {
            return Err(Error::forbidden(
                "Only a Full Administrator can revoke an authorization of a Full Administrator.",
            ));
        }
        Ok(())
    }
}

fn require_token_administrator(caller: &Caller) -> Result<()> {
    caller.require_any_scope(&["identity:tokens_write"])?;
    caller.require_any_role(TOKEN_ADMINISTRATORS)
}
