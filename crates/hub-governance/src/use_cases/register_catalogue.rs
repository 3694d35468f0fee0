use std::path::PathBuf;

use hub_oauth::{ClientKind, Lifetimes, NewClient};
use kit::{ExposeSecret as _, Result};
use webex::ScopeSet;

use crate::clients_file::{ClientSecret, ClientsFile};
use crate::governance::Governance;
use crate::model::{CatalogueEntry, FIVE, OTHERS};

/// What the catalogue needs of the composition.
#[derive(Clone, Debug)]
pub struct CatalogueOptions {
    /// Where the ids and secrets of the five integrations are written (mode 0600), for the Suite of the same machine.
    pub clients_file: PathBuf,
    /// Where the five are called back; an empty list leaves what is registered.
    pub redirect_uris: Vec<String>,
}

impl Governance {
    /// Makes sure that every integration of the catalogue is registered, that the five are called back where the
    /// options say, and that the file with their secrets is complete: a secret is kept as a hash only, so one that is
    /// missing in the file (it was deleted, or the first start was cut short) is made anew.
    pub async fn register_catalogue(&self, options: &CatalogueOptions) -> Result<()> {
        let mut file = ClientsFile::read(&options.clients_file)?;
        for entry in OTHERS {
            self.register(entry, &[]).await?;
        }
        for entry in FIVE {
            let secret = self.register(entry, &options.redirect_uris).await?;
            let client_id = entry.client_id();
            if let Some(secret) = secret {
                file.put(ClientSecret::new(entry, &secret));
            } else if !file.knows(&client_id) {
                let secret = self.oauth()?.regenerate_secret(&client_id).await?;
                file.put(ClientSecret::new(entry, secret.expose_secret()));
            }
            if !options.redirect_uris.is_empty() {
                self.oauth()?
                    .set_redirect_uris(&client_id, &options.redirect_uris)
                    .await?;
            }
            let client = self.client(&client_id).await?;
            file.set_redirect_uris(&client_id, &client.redirect_uris);
        }
        file.write(&options.clients_file)
    }

    /// Registers the entry where it is missing; answers the secret then.
    async fn register(&self, entry: &CatalogueEntry, redirect_uris: &[String]) -> Result<Option<String>> {
        let oauth = self.oauth()?;
        let client_id = entry.client_id();
        if oauth.client(&client_id).await?.is_some() {
            return Ok(None);
        }
        let registered = oauth
            .register_client(NewClient {
                client_id,
                kind: ClientKind::Integration,
                name: entry.name.to_owned(),
                vendor: entry.details.vendor.to_owned(),
                contact: entry.details.contact.to_owned(),
                privacy_url: entry.details.privacy_url.to_owned(),
                support_url: entry.details.support_url.to_owned(),
                scopes: ScopeSet::parse(entry.scopes)?,
                redirect_uris: redirect_uris.to_vec(),
                legacy: false,
                lifetimes: Lifetimes::default(),
                initiate_login_uri: String::new(),
                rotates_refresh_tokens: false,
            })
            .await?;
        Ok(Some(registered.secret.expose_secret().to_owned()))
    }
}
