use kit::Result;
use kit_web::PublicUrl;
use suite_authorizations::{CALLBACK_PATH, IntegrationClient, IntegrationKey, Provider};

use crate::options::{ProviderClient, ProviderOptions};

/// The Webex side as the authorizations want to know it: the usual addresses below the configured origin, and the
/// registered integrations with their redirect URI.
pub(crate) fn provider(options: ProviderOptions, public_url: &PublicUrl) -> Result<Provider> {
    let ProviderOptions {
        api_url,
        call_records_url,
        issuer,
        clients,
        redirect_uri,
    } = options;
    let mut known = suite_authorizations::ProviderOptions::at(&api_url);
    if let Some(url) = call_records_url {
        known.call_records_base = Some(format!("{}/v1", url.trim_end_matches('/')));
    }
    known.issuer = issuer;
    let redirect_uri = redirect_uri.unwrap_or_else(|| public_url.link(CALLBACK_PATH));
    for ProviderClient {
        integration,
        client_id,
        client_secret,
    } in clients
    {
        let integration = IntegrationKey::from_word(&integration)?;
        known.clients.push(IntegrationClient {
            integration,
            client_id,
            client_secret,
            redirect_uri: redirect_uri.clone(),
        });
    }
    Provider::new(known)
}
