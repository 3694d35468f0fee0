use hub_directory::{Caller, CallerOrigin, OrganizationId};
use hub_events::{Actor, Initiator, SecurityEvent, SecurityEventKind, Subject};
use kit::{Error, Result, Uuid};

use super::list_authorizations::TOKEN_ADMINISTRATORS;
use super::telling::{actor_of, application_target, authorization_target, line};
use crate::OAuth;
use crate::model::grant::{AccessTokenId, Because, Grant, GrantId};
use crate::store::{access_tokens, codes, grants};

/// Who and what a sentence about a deletion names.
struct Told {
    actor: Actor,
    actor_name: String,
    owner: String,
    client: String,
}

fn not_found() -> Error {
    Error::not_found("The requested resource could not be found.")
}

impl OAuth {
    /// Revokes one token of a person of the caller's organization: a refresh token takes its access tokens along.
    pub(crate) async fn delete_authorization(&self, caller: &Caller, id: Uuid) -> Result<()> {
        require_token_administrator(caller)?;
        if let Some(grant) = grants::find(self.database(), GrantId::new(id)).await? {
            self.may_touch(caller, &grant).await?;
            return self.delete_grant(caller, &grant).await;
        }
        let token = access_tokens::by_id(self.database(), AccessTokenId::new(id))
            .await?
            .ok_or_else(not_found)?;
        let grant = grants::find(self.database(), token.grant_id)
            .await?
            .ok_or_else(not_found)?;
        self.may_touch(caller, &grant).await?;
        if grant.revoked_at.is_some() {
            return Err(not_found());
        }
        if grant.refresh_expires_at.is_none() {
            // A grant that consists of this one token ends with it.
            return self.delete_grant(caller, &grant).await;
        }
        self.delete_access_token(caller, &grant, token.id).await
    }

    async fn delete_grant(&self, caller: &Caller, grant: &Grant) -> Result<()> {
        let told = self.told_about(caller, grant).await?;
        let mut transaction = self.database().begin().await?;
        if !grants::revoke(&mut transaction, grant.id, Because::Administrator, self.now()).await? {
            return Err(not_found());
        }
        let reason = format!(
            "{} deleted the authorization of {} to “{}”.",
            told.actor_name, told.owner, told.client
        );
        let initiator = if grant.person_id == caller.person_id {
            Initiator::User
        } else {
            Initiator::Admin
        };
        self.announce_about_grant(
            &mut transaction,
            grant,
            SecurityEventKind::AuthorizationDeleted,
            initiator,
            &reason,
        )
        .await?;
        let entry = line(
            grant.organization_id,
            told.actor,
            "Authorization deleted",
            reason,
            authorization_target(grant, &told.client),
        );
        self.directory()
            .recorder()
            .audit(&mut transaction, &entry)
            .await?;
        transaction.commit().await
    }

    /// The grant lives on, and with it everything that hangs on it: no event, but a line in the audit.
    async fn delete_access_token(&self, caller: &Caller, grant: &Grant, token: AccessTokenId) -> Result<()> {
        let told = self.told_about(caller, grant).await?;
        let mut transaction = self.database().begin().await?;
        if !access_tokens::revoke(&mut transaction, token, self.now()).await? {
            return Err(not_found());
        }
        let text = format!(
            "{} deleted an access token of “{}” that acts for {}. The authorization itself lives on.",
            told.actor_name, told.client, told.owner
        );
        let entry = line(
            grant.organization_id,
            told.actor,
            "Access token deleted",
            text,
            authorization_target(grant, &told.client),
        );
        self.directory()
            .recorder()
            .audit(&mut transaction, &entry)
            .await?;
        transaction.commit().await
    }

    async fn told_about(&self, caller: &Caller, grant: &Grant) -> Result<Told> {
        let (actor, owner) = (
            self.directory().account(caller.person_id).await?,
            self.directory().account(grant.person_id).await?,
        );
        let actor_name = actor
            .as_ref()
            .map_or_else(|| "Somebody".to_owned(), |account| account.display_name.clone());
        Ok(Told {
            actor: actor
                .as_ref()
                .map_or_else(|| Actor::Program("a deleted person".to_owned()), actor_of),
            actor_name,
            owner: owner.map_or_else(|| "a deleted person".to_owned(), |account| account.display_name),
            client: self.name_of_client(&grant.client_id).await?,
        })
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
        let client = self.client(client_id).await?.ok_or_else(not_found)?;
        let account = self.directory().account(caller.person_id).await?;
        let account = account.ok_or_else(not_found)?;
        let now = self.now();
        let mut transaction = self.database().begin().await?;
        codes::revoke_of_organization(&mut transaction, organization, client_id, now).await?;
        let because = Because::Administrator;
        let died =
            grants::revoke_of_organization(&mut transaction, organization, client_id, because, now).await?;
        let reason = format!(
            "{} deleted every authorization of “{}”: {died} of them.",
            account.display_name, client.name
        );
        let recorder = self.directory().recorder();
        if died > 0 {
            let event = SecurityEvent {
                organization_id: organization,
                subject: Subject::Client {
                    client_id: client_id.to_owned(),
                },
                kind: SecurityEventKind::IntegrationRevoked,
                initiator: Initiator::Admin,
                reason: reason.clone(),
            };
            recorder.announce(&mut transaction, &event).await?;
        }
        let entry = line(
            organization,
            actor_of(&account),
            "Authorizations of an integration deleted",
            reason,
            application_target(&client),
        );
        recorder.audit(&mut transaction, &entry).await?;
        transaction.commit().await
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
