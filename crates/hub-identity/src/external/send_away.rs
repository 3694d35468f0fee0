use std::time::Duration;

use aws_lc_rs::digest;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hub_directory::PersonId;
use kit::{ExposeSecret as _, Result, SecretString};
use url::Url;

use crate::Identity;
use crate::model::provider::IdentityProvider;
use crate::store::providers::{Away, send_away};
use crate::token_hash::{new_secret_token, token_hash};

/// Whoever does not come back in this time begins again.
const AWAY_AT_MOST: Duration = Duration::from_secs(10 * 60);

/// Where providers send people back to.
pub(crate) const CALLBACK_PATH: &str = "/sign-in/external/callback";

impl Identity {
    /// The address at the provider to which this browser goes. `tried_by`: the administrator who only tries it.
    pub(crate) async fn send_away(
        &self,
        provider: &IdentityProvider,
        browser: &str,
        email: &str,
        return_to: &str,
        tried_by: Option<PersonId>,
    ) -> Result<Url> {
        let external = self.external()?;
        let discovered = external.discover(&provider.issuer).await?;
        let state = new_secret_token(&**self.randomness());
        let nonce = self.randomness().hex(32);
        // 64 hexadecimal digits: 43 to 128 unreserved characters (RFC 7636, section 4.1).
        let verifier = SecretString::from(self.randomness().hex(32));
        let state_hash = token_hash(state.expose_secret());
        let away = Away {
            provider_id: provider.id,
            browser_hash: token_hash(browser),
            nonce: nonce.clone(),
            sealed_verifier: external.seal.close(&verifier_place(&state_hash), &verifier)?,
            return_to: return_to.to_owned(),
            tried_by,
            expires_at: self.now().plus(AWAY_AT_MOST),
        };
        send_away(self.database(), &state_hash, &away).await?;
        let challenge = digest::digest(&digest::SHA256, verifier.expose_secret().as_bytes());
        let mut url = discovered.authorization_endpoint;
        url.query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", &provider.client_id)
            .append_pair("redirect_uri", &self.callback_url())
            .append_pair("scope", "openid email")
            .append_pair("state", state.expose_secret())
            .append_pair("nonce", &nonce)
            .append_pair("code_challenge", &URL_SAFE_NO_PAD.encode(challenge.as_ref()))
            .append_pair("code_challenge_method", "S256");
        if !email.is_empty() {
            url.query_pairs_mut().append_pair("login_hint", email);
        }
        Ok(url)
    }

    /// What is registered at the provider as redirect URI.
    pub(crate) fn callback_url(&self) -> String {
        self.public_url().link(CALLBACK_PATH)
    }
}

pub(crate) fn verifier_place(state_hash: &str) -> String {
    format!("verifier {state_hash}")
}
