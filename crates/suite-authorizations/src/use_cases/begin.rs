use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kit::{Error, Result};
use suite_tenancy::{Action, Actor, AuditEntry, CustomerId};
use url::Url;

use super::hash;
use crate::Authorizations;
use crate::model::{
    ATTEMPT_LIFE, Attempt, AttemptId, AttemptStage, IntegrationClient, IntegrationKey, Invitation,
};
use crate::store::{attempts, invitations};
use crate::vault::Place;

/// What a new attempt sends along, and keeps as hashes or sealed only.
struct Secrets {
    state: String,
    nonce: String,
    verifier: String,
}

impl Authorizations {
    /// Begins an authorization in this browser; answers with the address to which the browser goes.
    pub async fn begin(
        &self,
        actor: &Actor,
        customer: CustomerId,
        integration: IntegrationKey,
        browser: &str,
    ) -> Result<Url> {
        actor.require(Action::AuthorizeIntegration, Some(customer))?;
        self.start(actor, customer, integration, browser, None).await
    }

    /// The same for somebody who came by an invitation; counts as one use of it.
    pub(crate) async fn begin_invited(
        &self,
        invitation: &Invitation,
        integration: IntegrationKey,
        browser: &str,
    ) -> Result<Url> {
        let actor = Actor::invited(&invitation.actor_name(), invitation.customer);
        actor.require(Action::AuthorizeIntegration, Some(invitation.customer))?;
        if !invitation.integrations.contains(&integration) {
            return Err(Error::not_found(
                "This invitation does not name that integration.",
            ));
        }
        self.start(
            &actor,
            invitation.customer,
            integration,
            browser,
            Some(invitation),
        )
        .await
    }

    async fn start(
        &self,
        actor: &Actor,
        customer: CustomerId,
        integration: IntegrationKey,
        browser: &str,
        invitation: Option<&Invitation>,
    ) -> Result<Url> {
        let customer = self.parts().tenancy.customer(actor, customer).await?;
        let client = self.parts().provider.client(integration)?;
        let scopes = integration.integration().scope_set();
        if integration.integration().is_openid() && self.parts().provider.jwks_url.is_none() {
            return Err(Error::conflict(
                "The keys of the platform's id tokens are not configured, so nobody's identity could be verified. Configure their address (JWKS) first.",
            ));
        }
        let secrets = self.fresh_secrets();
        let now = self.now();
        let attempt = Attempt {
            id: AttemptId::random(&*self.parts().randomness),
            customer: customer.id,
            integration,
            browser_hash: hash(browser),
            invitation: invitation.map(|invitation| invitation.id),
            begun_by: actor.name.clone(),
            begun_at: now,
            expires_at: now.plus(ATTEMPT_LIFE),
            nonce_hash: hash(&secrets.nonce),
            redirect_uri: client.redirect_uri.clone(),
            scopes,
            stage: AttemptStage::Open,
            stage_since: now,
        };
        self.keep(actor, &attempt, &secrets).await?;
        Ok(self.authorize_address(client, &attempt, &secrets))
    }

    fn fresh_secrets(&self) -> Secrets {
        let randomness = &self.parts().randomness;
        // 43 characters of this alphabet hold 256 bits; a verifier has 43 to 128 (RFC 7636, section 4.1).
        Secrets {
            state: randomness.alphanumeric(43),
            nonce: randomness.alphanumeric(43),
            verifier: randomness.alphanumeric(64),
        }
    }

    async fn keep(&self, actor: &Actor, attempt: &Attempt, secrets: &Secrets) -> Result<()> {
        let (customer, owner) = (attempt.customer.to_string(), attempt.id.to_string());
        let verifier = self.parts().vault.seal(
            Place {
                customer: &customer,
                owner: &owner,
                field: "verifier",
            },
            &secrets.verifier,
        )?;
        let mut transaction = self.parts().database.begin().await?;
        if let Some(invitation) = attempt.invitation
            && !invitations::use_once(&mut transaction, invitation, attempt.begun_at).await?
        {
            return Err(Error::new(
                kit::Kind::Gone,
                "This link cannot be used any more. Ask whoever sent it for a new one.",
            ));
        }
        attempts::insert(&mut transaction, attempt, &hash(&secrets.state), verifier).await?;
        let entry = AuditEntry {
            actor,
            customer: Some(attempt.customer),
            verb: "authorization.begun",
            subject: attempt.integration.integration().name.to_owned(),
            detail: "The browser was sent to the platform.".to_owned(),
        };
        self.parts().tenancy.record(&mut transaction, entry).await?;
        transaction.commit().await
    }

    fn authorize_address(&self, client: &IntegrationClient, attempt: &Attempt, secrets: &Secrets) -> Url {
        let challenge = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, secrets.verifier.as_bytes());
        let mut url = self.parts().provider.authorize_url.clone();
        let mut query = url.query_pairs_mut();
        query
            .append_pair("response_type", "code")
            .append_pair("client_id", &client.client_id)
            .append_pair("redirect_uri", &attempt.redirect_uri)
            .append_pair("scope", &attempt.scopes.to_string())
            .append_pair("state", &secrets.state)
            .append_pair("code_challenge", &URL_SAFE_NO_PAD.encode(challenge.as_ref()))
            .append_pair("code_challenge_method", "S256");
        if attempt.scopes.contains("openid") {
            query.append_pair("nonce", &secrets.nonce);
        }
        drop(query);
        url
    }
}
