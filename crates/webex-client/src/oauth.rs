use std::time::Duration;

use kit::{ExposeSecret as _, SecretString};
use url::Url;

use crate::answer;
use crate::error::ClientError;
use crate::oauth_answer::{Detail, TokenFailure, TokenGrant, interpret};

/// No token answer is larger than this.
const LARGEST_BODY: usize = 256 << 10;

/// Shorter than any lease under which a renewal runs.
const LONGEST_CALL: Duration = Duration::from_secs(30);

/// As which integration we speak.
#[derive(Clone, Debug)]
pub struct ClientCredentials {
    /// `C` and 64 hexadecimal digits.
    pub client_id: String,
    /// Shown once at registration.
    pub client_secret: SecretString,
}

/// The token endpoint of the platform. Calls are made once: a code cannot be sent twice, and whether a refresh
/// is tried again is the caller's decision.
#[derive(Clone, Debug)]
pub struct TokenEndpoint {
    token_url: Url,
    revoke_url: Option<Url>,
    http: reqwest::Client,
}

impl TokenEndpoint {
    /// `http` must not follow redirects: see [`crate::http_client`].
    pub fn new(token_url: Url, revoke_url: Option<Url>, http: reqwest::Client) -> Self {
        Self {
            token_url,
            revoke_url,
            http,
        }
    }

    /// Exchanges an authorization code (RFC 6749, section 4.1.3, with RFC 7636).
    pub async fn exchange_code(
        &self,
        client: &ClientCredentials,
        code: &SecretString,
        redirect_uri: &str,
        code_verifier: &SecretString,
    ) -> Result<TokenGrant, TokenFailure> {
        self.ask(&[
            ("grant_type", "authorization_code"),
            ("client_id", &client.client_id),
            ("client_secret", client.client_secret.expose_secret()),
            ("code", code.expose_secret()),
            ("redirect_uri", redirect_uri),
            ("code_verifier", code_verifier.expose_secret()),
        ])
        .await
    }

    /// Renews a grant (RFC 6749, section 6).
    pub async fn refresh(
        &self,
        client: &ClientCredentials,
        refresh_token: &SecretString,
    ) -> Result<TokenGrant, TokenFailure> {
        self.ask(&[
            ("grant_type", "refresh_token"),
            ("client_id", &client.client_id),
            ("client_secret", client.client_secret.expose_secret()),
            ("refresh_token", refresh_token.expose_secret()),
        ])
        .await
    }

    /// Takes a token back (RFC 7009). Says whether the platform confirmed it; false where it offers no such endpoint.
    pub async fn revoke(&self, client: &ClientCredentials, token: &SecretString, hint: &str) -> bool {
        let Some(url) = &self.revoke_url else { return false };
        let answered = self
            .http
            .post(url.clone())
            .timeout(LONGEST_CALL)
            .basic_auth(&client.client_id, Some(client.client_secret.expose_secret()))
            .form(&[("token", token.expose_secret()), ("token_type_hint", hint)])
            .send()
            .await;
        answered.is_ok_and(|response| response.status().is_success())
    }

    async fn ask(&self, form: &[(&str, &str)]) -> Result<TokenGrant, TokenFailure> {
        let response = self
            .http
            .post(self.token_url.clone())
            .header(http::header::ACCEPT, "application/json")
            .timeout(LONGEST_CALL)
            .form(form)
            .send()
            .await
            .map_err(|error| unanswered(ClientError::transport(error)))?;
        let answer = answer::read(response, LARGEST_BODY).await.map_err(unanswered)?;
        interpret(&answer)
    }
}

fn unanswered(error: ClientError) -> TokenFailure {
    TokenFailure::Transport(Detail {
        status: None,
        error: None,
        message: error.message,
        tracking_id: error.tracking_id,
    })
}
