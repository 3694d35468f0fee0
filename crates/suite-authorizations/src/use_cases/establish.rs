use kit::{Error, ExposeSecret as _, Result, SecretString, Timestamp};
use serde::{Deserialize, Serialize};
use suite_tenancy::{Actor, AuditEntry};
use webex::ScopeSet;
use webex_client::ClientCredentials;

use super::callback::CallbackOutcome;
use super::examine::Examined;
use crate::Authorizations;
use crate::model::{Attempt, AttemptStage, Grant, GrantId, GrantState, renewal_due_at};
use crate::store::grants::StoredGrant;
use crate::store::{attempts, checks, grants};
use crate::vault::Place;

/// What waits for a confirmation: sealed as one text.
#[derive(Serialize, Deserialize)]
struct Waiting {
    organization_id: String,
    person_id: String,
    person_name: String,
    person_email: String,
    client_id: String,
    scopes: String,
    access_token: String,
    access_expires_at: Timestamp,
    refresh_token: Option<String>,
    refresh_expires_at: Option<Timestamp>,
}

impl Authorizations {
    /// Makes examined tokens the customer's authorization, or keeps them sealed until somebody confirms the organization.
    pub(crate) async fn keep_examined(
        &self,
        actor: &Actor,
        attempt: &Attempt,
        mut examined: Examined,
    ) -> Result<CallbackOutcome> {
        let Some(organization_name) = examined.to_confirm.take() else {
            return self.establish(actor, attempt, "exchanging", examined).await;
        };
        let stage = AttemptStage::Unconfirmed {
            organization_id: examined.organization_id.clone(),
            organization_name,
        };
        let sealed = self.seal_waiting(attempt, examined)?;
        if !attempts::advance(
            &self.parts().database,
            attempt.id,
            "exchanging",
            &stage,
            Some(sealed),
            self.now(),
        )
        .await?
        {
            return Err(moved_on());
        }
        Ok(CallbackOutcome::Unconfirmed { attempt: attempt.id })
    }

    /// The tokens are sealed in the transaction that marks the attempt used. What was authorized before is replaced,
    /// and given back to the platform.
    pub(crate) async fn establish(
        &self,
        actor: &Actor,
        attempt: &Attempt,
        from: &str,
        examined: Examined,
    ) -> Result<CallbackOutcome> {
        let stored = self.seal_grant(attempt, &examined)?;
        let mut transaction = self.parts().database.begin().await?;
        let before = grants::find(&mut transaction, attempt.customer, attempt.integration).await?;
        grants::put(&mut transaction, &stored).await?;
        checks::remove(&mut transaction, attempt.customer, attempt.integration).await?;
        if !attempts::advance(
            &mut transaction,
            attempt.id,
            from,
            &AttemptStage::Completed,
            None,
            self.now(),
        )
        .await?
        {
            return Err(moved_on());
        }
        let detail = format!(
            "By {} <{}>{}.",
            examined.person_name,
            examined.person_email,
            if before.is_some() {
                ", in place of an earlier authorization"
            } else {
                ""
            }
        );
        let entry = AuditEntry {
            actor,
            customer: Some(attempt.customer),
            verb: "authorization.granted",
            subject: attempt.integration.integration().name.to_owned(),
            detail,
        };
        self.parts().tenancy.record(&mut transaction, entry).await?;
        transaction.commit().await?;
        if let Some(before) = before {
            self.take_back_replaced(&before, examined.refresh_token.as_ref())
                .await;
        }
        Ok(CallbackOutcome::Completed {
            customer: attempt.customer,
            integration: attempt.integration,
            invitation: attempt.invitation,
        })
    }

    fn seal_grant(&self, attempt: &Attempt, examined: &Examined) -> Result<StoredGrant> {
        let id = GrantId::random(&*self.parts().randomness);
        let now = self.now();
        let grant = Grant {
            id,
            customer: attempt.customer,
            integration: attempt.integration,
            organization_id: examined.organization_id.clone(),
            person_id: examined.person_id.clone(),
            person_name: examined.person_name.clone(),
            person_email: examined.person_email.clone(),
            authorized_at: now,
            authorized_via: attempt.begun_by.clone(),
            client_id: examined.client_id.clone(),
            scopes: examined.scopes.clone(),
            access_expires_at: examined.access_expires_at,
            refresh_expires_at: examined.refresh_expires_at,
            refreshed_at: now,
            refresh_due_at: renewal_due_at(now, examined.access_expires_at),
            generation: 1,
            state: GrantState::Active,
            failures: 0,
            retry_at: Timestamp::from_millis(0),
        };
        let access_token = self.seal_token(&grant, "access_token", &examined.access_token)?;
        let refresh_token = examined
            .refresh_token
            .as_ref()
            .map(|token| self.seal_token(&grant, "refresh_token", token))
            .transpose()?;
        Ok(StoredGrant {
            grant,
            access_token,
            refresh_token,
        })
    }

    pub(crate) fn seal_token(&self, grant: &Grant, field: &str, token: &SecretString) -> Result<Vec<u8>> {
        let (customer, owner) = (grant.customer.to_string(), grant.id.to_string());
        self.parts().vault.seal(
            Place {
                customer: &customer,
                owner: &owner,
                field,
            },
            token.expose_secret(),
        )
    }

    pub(crate) fn open_token(&self, grant: &Grant, field: &str, sealed: &[u8]) -> Result<SecretString> {
        let (customer, owner) = (grant.customer.to_string(), grant.id.to_string());
        self.parts().vault.open(
            Place {
                customer: &customer,
                owner: &owner,
                field,
            },
            sealed,
        )
    }

    fn seal_waiting(&self, attempt: &Attempt, examined: Examined) -> Result<Vec<u8>> {
        let Examined {
            organization_id,
            to_confirm: _,
            person_id,
            person_name,
            person_email,
            client_id,
            scopes,
            access_token,
            access_expires_at,
            refresh_token,
            refresh_expires_at,
        } = examined;
        let waiting = Waiting {
            organization_id,
            person_id,
            person_name,
            person_email,
            client_id,
            scopes: scopes.to_string(),
            access_token: access_token.expose_secret().to_owned(),
            access_expires_at,
            refresh_token: refresh_token.map(|token| token.expose_secret().to_owned()),
            refresh_expires_at,
        };
        let text = SecretString::from(serde_json::to_string(&waiting).map_err(Error::internal)?);
        let (customer, owner) = (attempt.customer.to_string(), attempt.id.to_string());
        self.parts().vault.seal(
            Place {
                customer: &customer,
                owner: &owner,
                field: "unconfirmed",
            },
            text.expose_secret(),
        )
    }

    pub(crate) fn open_waiting(&self, attempt: &Attempt, sealed: &[u8]) -> Result<Examined> {
        let (customer, owner) = (attempt.customer.to_string(), attempt.id.to_string());
        let text = self.parts().vault.open(
            Place {
                customer: &customer,
                owner: &owner,
                field: "unconfirmed",
            },
            sealed,
        )?;
        let Waiting {
            organization_id,
            person_id,
            person_name,
            person_email,
            client_id,
            scopes,
            access_token,
            access_expires_at,
            refresh_token,
            refresh_expires_at,
        } = serde_json::from_str(text.expose_secret())
            .map_err(|_| Error::internal("an unconfirmed authorization cannot be read"))?;
        Ok(Examined {
            organization_id,
            to_confirm: None,
            person_id,
            person_name,
            person_email,
            client_id,
            scopes: ScopeSet::parse(&scopes)?,
            access_token: access_token.into(),
            access_expires_at,
            refresh_token: refresh_token.map(SecretString::from),
            refresh_expires_at,
        })
    }

    async fn take_back_replaced(&self, before: &StoredGrant, new_refresh_token: Option<&SecretString>) {
        let Ok(client) = self.parts().provider.credentials(before.grant.integration) else {
            return;
        };
        let Some(sealed) = &before.refresh_token else {
            return;
        };
        let Ok(old) = self.open_token(&before.grant, "refresh_token", sealed) else {
            return;
        };
        // A platform may hand out the same refresh token again: then the old one is the new one.
        let is_the_new_one = new_refresh_token.is_some_and(|new| new.expose_secret() == old.expose_secret());
        if client.client_id == before.grant.client_id && !is_the_new_one {
            self.parts()
                .token_endpoint
                .revoke(&client, &old, "refresh_token")
                .await;
        }
    }

    /// Gives tokens back that nobody will use. Best effort: what is not confirmed ends by itself.
    pub(crate) async fn take_back(
        &self,
        client: &ClientCredentials,
        access_token: &SecretString,
        refresh_token: Option<&SecretString>,
    ) {
        if let Some(refresh_token) = refresh_token {
            self.parts()
                .token_endpoint
                .revoke(client, refresh_token, "refresh_token")
                .await;
        }
        self.parts()
            .token_endpoint
            .revoke(client, access_token, "access_token")
            .await;
    }
}

fn moved_on() -> Error {
    Error::conflict(
        "This request was finished in the meantime. Look at the customer's page before you begin again.",
    )
}
