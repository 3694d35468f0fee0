use std::time::Duration;

use hub_directory::PersonId;
use kit::{Error, Kind, Result, SecretString, Timestamp};

use super::clients::DEVELOPER_PORTAL;
use super::expected_scopes::scopes_of_a_developer;
use crate::OAuth;
use crate::model::grant::{Because, Grant, GrantId, GrantKind};
use crate::model::oauth_error::TokenFailure;
use crate::store::grants;

const LIFE: Duration = Duration::from_secs(12 * 3600);

/// A personal access token that lives, without its secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonalToken {
    /// By which it is revoked.
    pub id: GrantId,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// When it was last used.
    pub last_used_at: Option<Timestamp>,
}

impl OAuth {
    /// A token of twelve hours with everything that the person may do, for trying things out.
    pub async fn issue_personal_token(&self, person: PersonId) -> Result<SecretString> {
        // Read before the account: an event in between makes the token dead at its birth.
        let epochs = self.identity().epochs(person).await?;
        let account = self
            .directory()
            .account(person)
            .await?
            .ok_or_else(|| Error::not_found("There is no such person."))?;
        if !account.login_enabled {
            return Err(Error::conflict(
                "This person is deactivated and cannot have an access token.",
            ));
        }
        let now = self.now();
        let grant = Grant {
            id: GrantId::random(&**self.randomness()),
            client_id: DEVELOPER_PORTAL.to_owned(),
            person_id: person,
            organization_id: account.organization_id,
            kind: GrantKind::Personal,
            scopes: scopes_of_a_developer(!account.roles.is_empty())?,
            epochs,
            granted_at: now,
            refresh_expires_at: None,
            ends_at: now.plus(LIFE),
            revoked_at: None,
            last_used_at: None,
        };
        let mut transaction = self
            .begin_with_room(account.organization_id, person, epochs, now)
            .await
            .map_err(|failure| match failure {
                TokenFailure::Protocol(error) => Error::new(Kind::Conflict, error.description),
                TokenFailure::Ours(error) => error,
            })?;
        grants::insert(&mut transaction, &grant, None).await?;
        let token = self
            .insert_access_token(&mut transaction, &grant, &grant.scopes, now, grant.ends_at)
            .await?;
        transaction.commit().await?;
        Ok(token)
    }

    /// The personal access tokens of a person that live.
    pub async fn personal_tokens(&self, person: PersonId) -> Result<Vec<PersonalToken>> {
        let living = self.grants_of_person(person).await?;
        let personal = living
            .into_iter()
            .filter(|grant| grant.kind == GrantKind::Personal);
        Ok(personal
            .map(|grant| PersonalToken {
                id: grant.id,
                created_at: grant.granted_at,
                expires_at: grant.ends_at,
                last_used_at: grant.last_used_at,
            })
            .collect())
    }

    /// Ends one of a person's own personal access tokens.
    pub async fn revoke_personal_token(&self, person: PersonId, id: GrantId) -> Result<()> {
        let found = grants::find(self.database(), id).await?;
        let own = found.filter(|grant| grant.person_id == person && grant.kind == GrantKind::Personal);
        let Some(grant) = own else {
            return Err(Error::not_found("There is no such access token."));
        };
        grants::revoke(self.database(), grant.id, Because::Withdrawn, self.now()).await?;
        Ok(())
    }
}
