use hub_directory::Caller;
use hub_events::{AuditCategory, AuditEntry, Target};
use kit::{Error, ExposeSecret as _, Result, SecretString};
use kit_sql::Transaction;
use url::Url;

use crate::Identity;
use crate::model::provider::{IdentityProvider, ProviderId, belongs_to, read_domain, read_issuer};
use crate::password_policy::{require_settings_reader, require_settings_writer};
use crate::records::name_of;
use crate::store::providers::{self, Stored};

/// What a Full Admin enters about a provider.
#[derive(Clone, Debug)]
pub struct ProviderDraft {
    /// The domain of the addresses of its people.
    pub domain: String,
    /// Its issuer.
    pub issuer: String,
    /// As which client the Hub is registered there.
    pub client_id: String,
    /// The secret of that client; empty keeps the one that is there.
    pub client_secret: SecretString,
}

const NO_SUCH_PROVIDER: &str = "There is no such provider in your organization.";

impl Identity {
    /// The providers of the caller's organization.
    pub async fn identity_providers(&self, caller: &Caller) -> Result<Vec<IdentityProvider>> {
        require_settings_reader(caller)?;
        providers::of_organization(self.database(), caller.organization_id).await
    }

    /// One of them.
    pub async fn identity_provider(&self, caller: &Caller, id: ProviderId) -> Result<IdentityProvider> {
        require_settings_reader(caller)?;
        Ok(self.stored_provider(caller, id).await?.provider)
    }

    /// A Full Admin adds a provider. Nobody is sent there before it was tried and switched on.
    pub async fn add_identity_provider(
        &self,
        caller: &Caller,
        draft: ProviderDraft,
    ) -> Result<IdentityProvider> {
        require_settings_writer(caller)?;
        let domain = read_domain(&draft.domain)?;
        self.require_own_domain(caller, &domain).await?;
        let id = ProviderId::random(&**self.randomness());
        let provider = IdentityProvider {
            id,
            organization_id: caller.organization_id,
            domain,
            issuer: read_issuer(&draft.issuer)?,
            client_id: read_client_id(&draft.client_id)?,
            enabled: false,
            proven_at: None,
            updated_at: self.now(),
        };
        if draft.client_secret.expose_secret().is_empty() {
            return Err(Error::invalid(
                "Enter the client secret that the provider gave you.",
            ));
        }
        let external = self.external()?;
        external.discover(&provider.issuer).await?;
        let sealed_secret = external.seal.close(&secret_place(id), &draft.client_secret)?;
        let stored = Stored {
            provider,
            sealed_secret,
        };
        let mut transaction = self.database().begin().await?;
        let domain = stored.provider.domain.clone();
        providers::insert(&mut transaction, &stored)
            .await
            .map_err(|error| {
                if *error.kind() == kit::Kind::Conflict {
                    Error::conflict(format!("There is a provider for {domain} already.")).because(error)
                } else {
                    error
                }
            })?;
        let news = (
            "Sign-in provider added",
            "added the sign-in provider of",
            None,
            Some(shown(&stored.provider)),
        );
        self.audit_provider(&mut transaction, caller, &stored.provider, news)
            .await?;
        transaction.commit().await?;
        Ok(stored.provider)
    }

    /// A Full Admin changes a provider. It must be tried again before anybody is sent there.
    pub async fn change_identity_provider(
        &self,
        caller: &Caller,
        id: ProviderId,
        draft: ProviderDraft,
    ) -> Result<IdentityProvider> {
        require_settings_writer(caller)?;
        let mut stored = self.stored_provider(caller, id).await?;
        let before = stored.provider.clone();
        stored.provider.issuer = read_issuer(&draft.issuer)?;
        stored.provider.client_id = read_client_id(&draft.client_id)?;
        stored.provider.enabled = false;
        stored.provider.proven_at = None;
        stored.provider.updated_at = self.now();
        let external = self.external()?;
        external.discover(&stored.provider.issuer).await?;
        if !draft.client_secret.expose_secret().is_empty() {
            stored.sealed_secret = external.seal.close(&secret_place(id), &draft.client_secret)?;
        }
        let mut transaction = self.database().begin().await?;
        providers::update(&mut transaction, &stored).await?;
        if before.issuer != stored.provider.issuer {
            providers::forget_accounts(&mut transaction, id).await?;
        }
        let values = (Some(shown(&before)), Some(shown(&stored.provider)));
        let news = (
            "Sign-in provider changed",
            "changed the sign-in provider of",
            values.0,
            values.1,
        );
        self.audit_provider(&mut transaction, caller, &before, news)
            .await?;
        transaction.commit().await?;
        Ok(stored.provider)
    }

    /// A Full Admin sends the people of a domain to its provider, or lets them sign in here again.
    pub async fn switch_identity_provider(
        &self,
        caller: &Caller,
        id: ProviderId,
        enabled: bool,
    ) -> Result<()> {
        require_settings_writer(caller)?;
        let mut stored = self.stored_provider(caller, id).await?;
        if enabled && stored.provider.proven_at.is_none() {
            return Err(Error::conflict(
                "Try the sign-in first. Nobody of your domain could sign in any more if the provider were set up wrongly.",
            ));
        }
        if stored.provider.enabled == enabled {
            return Ok(());
        }
        stored.provider.enabled = enabled;
        let mut transaction = self.database().begin().await?;
        providers::update(&mut transaction, &stored).await?;
        let word = |on: bool| Some(if on { "On" } else { "Off" }.to_owned());
        let news = (
            "Sign-in provider switched",
            "switched the sign-in provider of",
            word(!enabled),
            word(enabled),
        );
        self.audit_provider(&mut transaction, caller, &stored.provider, news)
            .await?;
        transaction.commit().await
    }

    /// A Full Admin lets the accounts of a provider be learnt anew: who has which is decided by the next sign-in of each.
    pub async fn forget_provider_accounts(&self, caller: &Caller, id: ProviderId) -> Result<()> {
        require_settings_writer(caller)?;
        let stored = self.stored_provider(caller, id).await?;
        let mut transaction = self.database().begin().await?;
        providers::forget_accounts(&mut transaction, id).await?;
        let news = (
            "Sign-in provider accounts forgotten",
            "let the accounts be learnt anew of",
            None,
            None,
        );
        self.audit_provider(&mut transaction, caller, &stored.provider, news)
            .await?;
        transaction.commit().await
    }

    /// A Full Admin removes a provider: its people sign in with a password of this Hub again.
    pub async fn remove_identity_provider(&self, caller: &Caller, id: ProviderId) -> Result<()> {
        require_settings_writer(caller)?;
        let stored = self.stored_provider(caller, id).await?;
        let mut transaction = self.database().begin().await?;
        providers::delete(&mut transaction, id).await?;
        let news = (
            "Sign-in provider removed",
            "removed the sign-in provider of",
            Some(shown(&stored.provider)),
            None,
        );
        self.audit_provider(&mut transaction, caller, &stored.provider, news)
            .await?;
        transaction.commit().await
    }

    /// Where the browser of a Full Admin goes to try a provider.
    pub async fn try_identity_provider(&self, caller: &Caller, id: ProviderId, browser: &str) -> Result<Url> {
        require_settings_writer(caller)?;
        let provider = self.stored_provider(caller, id).await?.provider;
        self.send_away(
            &provider,
            browser,
            "",
            "/settings/authentication",
            Some(caller.person_id),
        )
        .await
    }

    async fn stored_provider(&self, caller: &Caller, id: ProviderId) -> Result<Stored> {
        providers::by_id(self.database(), id)
            .await?
            .filter(|stored| stored.provider.organization_id == caller.organization_id)
            .ok_or_else(|| Error::not_found(NO_SUCH_PROVIDER))
    }

    /// The domain must be the organization's own: whoever configures it decides who its people are.
    async fn require_own_domain(&self, caller: &Caller, domain: &str) -> Result<()> {
        let organization = self.directory().organization(caller.organization_id).await?;
        let own = organization
            .map(|organization| organization.domain)
            .unwrap_or_default();
        if belongs_to(domain, &own) {
            return Ok(());
        }
        Err(Error::invalid(format!(
            "The domain {domain} is not your organization's. Yours is {own}; its subdomains can be used too."
        )))
    }

    async fn audit_provider(
        &self,
        transaction: &mut Transaction,
        caller: &Caller,
        provider: &IdentityProvider,
        (description, action, previous_value, new_value): (&str, &str, Option<String>, Option<String>),
    ) -> Result<()> {
        let actor = self.directory().actor(transaction, caller).await?;
        let entry = AuditEntry {
            organization_id: caller.organization_id,
            action_text: format!("{} {action} {}.", name_of(&actor), provider.domain),
            actor,
            category: AuditCategory::Authentication,
            description: description.to_owned(),
            target: Some(Target {
                kind: "IDENTITY_PROVIDER",
                id: provider.id.to_string(),
                name: provider.domain.clone(),
            }),
            setting: Some("Sign-in provider".to_owned()),
            previous_value,
            new_value,
        };
        self.directory().recorder().audit(transaction, &entry).await
    }
}

/// For which place the secret is sealed.
pub(crate) fn secret_place(id: ProviderId) -> String {
    format!("client secret of provider {id}")
}

fn shown(provider: &IdentityProvider) -> String {
    format!("Issuer: {}\nClient id: {}", provider.issuer, provider.client_id)
}

fn read_client_id(text: &str) -> Result<String> {
    let id = text.trim();
    if id.is_empty() || id.len() > 255 || id.chars().any(char::is_control) {
        return Err(Error::invalid("Enter the client id that the provider gave you."));
    }
    Ok(id.to_owned())
}
