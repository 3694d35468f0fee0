use std::sync::Arc;

use kit::{SecretString, Timestamp};
use suite_tenancy::Actor;
use webex::{Person, PublicId, ResourceKind, Role, ScopeSet};
use webex_client::{ClientCredentials, ClientError, FixedToken, Patience, TokenGrant, WebexClient};

use super::callback::failure;
use crate::Authorizations;
use crate::model::{Attempt, Refusal};

/// Tokens that passed every question, and whose they are.
pub(crate) struct Examined {
    pub(crate) organization_id: String,
    /// Only where the customer has none yet.
    pub(crate) to_confirm: Option<String>,
    pub(crate) person_id: String,
    pub(crate) person_name: String,
    pub(crate) person_email: String,
    pub(crate) client_id: String,
    pub(crate) scopes: ScopeSet,
    pub(crate) access_token: SecretString,
    pub(crate) access_expires_at: Timestamp,
    pub(crate) refresh_token: Option<SecretString>,
    pub(crate) refresh_expires_at: Option<Timestamp>,
}

impl Authorizations {
    /// Asks the platform whose tokens these are, and whether they are what the customer needs.
    pub(crate) async fn examine(
        &self,
        actor: &Actor,
        attempt: &Attempt,
        client: &ClientCredentials,
        tokens: &TokenGrant,
    ) -> Result<Examined, Refusal> {
        let customer = self
            .parts()
            .tenancy
            .customer(actor, attempt.customer)
            .await
            .map_err(|error| failure(&error))?;
        let now = self.now();
        let webex = self.impatient_client(Arc::new(FixedToken::new(tokens.access_token.clone())));
        let person = webex.me().await.map_err(unreadable)?;
        let email = person
            .emails
            .first()
            .cloned()
            .unwrap_or_else(|| person.display_name.clone());
        let organization_id = organization_of(&person)?;
        refuse_strangers(
            &person,
            &email,
            &organization_id,
            customer.organization_id.as_deref(),
        )?;
        // An answer without `scope` grants what was asked for (RFC 6749, section 5.1).
        let scopes = tokens.scope.clone().unwrap_or_else(|| attempt.scopes.clone());
        let missing = attempt.scopes.without(&scopes);
        if !missing.is_empty() {
            return Err(Refusal::MissingScopes { missing });
        }
        if attempt.scopes.contains("openid") {
            self.verify_id_token(
                &client.client_id,
                &attempt.nonce_hash,
                tokens.id_token.as_ref(),
                &person.id,
            )
            .await?;
        }
        let to_confirm = match customer.organization_id {
            Some(_) => None,
            None => Some(self.organization_name(&webex, &person.org_id).await),
        };
        let seconds = |count: u64| now.plus(std::time::Duration::from_secs(count));
        Ok(Examined {
            organization_id,
            to_confirm,
            person_id: person.id,
            person_name: person.display_name,
            person_email: email,
            client_id: client.client_id.clone(),
            scopes,
            access_token: tokens.access_token.clone(),
            access_expires_at: seconds(tokens.expires_in),
            refresh_token: tokens.refresh_token.clone(),
            refresh_expires_at: tokens.refresh_token_expires_in.map(seconds),
        })
    }

    /// A client that does not keep a browser waiting.
    pub(crate) fn impatient_client(&self, tokens: Arc<dyn webex_client::TokenSource>) -> WebexClient {
        let patience = Patience {
            rate_limit_waits: 1,
            longest_wait: std::time::Duration::from_secs(5),
            retries: 1,
            ..Patience::default()
        };
        self.client_with(tokens).with_patience(patience)
    }

    /// Empty where the grant may not read it (single sign-on has no scope for it).
    async fn organization_name(&self, webex: &WebexClient, id: &str) -> String {
        match webex.organization(id).await {
            Ok(organization) => organization
                .display_name
                .chars()
                .filter(|character| !character.is_control())
                .take(200)
                .collect(),
            Err(_) => String::new(),
        }
    }
}

fn organization_of(person: &Person) -> Result<String, Refusal> {
    PublicId::parse_uuid(ResourceKind::Organization, &person.org_id)
        .map(|uuid| uuid.hyphenated().to_string())
        .map_err(|error| Refusal::PersonUnreadable {
            reason: error.public().to_owned(),
            tracking_id: None,
        })
}

/// The person must belong to the customer's organization, where one is known, and be a Full Admin of it.
fn refuse_strangers(
    person: &Person,
    email: &str,
    organization_id: &str,
    expected: Option<&str>,
) -> Result<(), Refusal> {
    if let Some(expected) = expected.filter(|expected| *expected != organization_id) {
        return Err(Refusal::WrongOrganization {
            expected: expected.to_owned(),
            received: organization_id.to_owned(),
            email: email.to_owned(),
        });
    }
    if is_full_admin(person) {
        return Ok(());
    }
    Err(Refusal::MissingRole {
        role: Role::FullAdministrator.name(),
        email: email.to_owned(),
    })
}

pub(super) fn is_full_admin(person: &Person) -> bool {
    person
        .roles
        .iter()
        .flatten()
        .any(|role| Role::from_id(role) == Some(Role::FullAdministrator))
}

fn unreadable(error: ClientError) -> Refusal {
    Refusal::PersonUnreadable {
        reason: error.message,
        tracking_id: error.tracking_id,
    }
}
