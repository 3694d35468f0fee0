use std::time::Duration;

use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use kit::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use url::Url;
use webex::{PublicId, ResourceKind};

use super::hash;
use crate::Authorizations;
use crate::model::Refusal;

/// No set of keys is larger than this.
const LARGEST_KEYS: usize = 256 << 10;
/// How far the clocks of the two sides may be apart.
const LEEWAY: Duration = Duration::from_secs(120);

#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    exp: i64,
    iat: i64,
    #[serde(default)]
    nonce: Option<String>,
    /// For whom it was made, where it is for several.
    #[serde(default)]
    azp: Option<String>,
}

impl Authorizations {
    /// Verifies signature, audience, issuer, time, nonce and subject (OpenID Connect Core, section 3.1.3.7).
    pub(crate) async fn verify_id_token(
        &self,
        client_id: &str,
        nonce_hash: &str,
        id_token: Option<&SecretString>,
        person_id: &str,
    ) -> Result<(), Refusal> {
        let no = |reason: &str| Refusal::IdToken {
            reason: reason.to_owned(),
        };
        let token = id_token.ok_or_else(|| no("the platform sent none."))?;
        let header = decode_header(token.expose_secret()).map_err(|_| no("it cannot be read."))?;
        if !matches!(header.alg, Algorithm::ES256 | Algorithm::RS256) {
            return Err(no(
                "it is signed in a way that is not accepted (ES256 and RS256 are).",
            ));
        }
        let keys = self.keys().await?;
        let key = match &header.kid {
            Some(kid) => keys.find(kid),
            None => keys.keys.first().filter(|_| keys.keys.len() == 1),
        };
        let key = key.ok_or_else(|| no("it is signed with a key that the platform does not publish."))?;
        let key = DecodingKey::from_jwk(key).map_err(|_| no("the platform's key cannot be used."))?;
        let mut validation = Validation::new(header.alg);
        validation.set_audience(&[client_id]);
        validation.set_required_spec_claims(&["exp", "aud", "iss", "sub"]);
        // The library asks the machine's clock; ours may be another, so the times are checked below.
        validation.validate_exp = false;
        let claims = decode::<Claims>(token.expose_secret(), &key, &validation)
            .map_err(|_| no("its signature or its audience is wrong."))?
            .claims;
        if claims.azp.as_deref().is_some_and(|party| party != client_id) {
            return Err(no("it was made for another integration (authorized party)."));
        }
        self.check_claims(&claims, nonce_hash, person_id)
    }

    fn check_claims(&self, claims: &Claims, nonce_hash: &str, person_id: &str) -> Result<(), Refusal> {
        let no = |reason: String| Err(Refusal::IdToken { reason });
        let now = self.now();
        if claims.exp <= now.minus(LEEWAY).as_seconds() || claims.iat > now.plus(LEEWAY).as_seconds() {
            return no(
                "it is too old, or made in the future. Compare the clocks of both machines.".to_owned(),
            );
        }
        if !is_issuer(self.parts().provider.issuer.as_deref(), &claims.iss) {
            let shown: String = claims.iss.chars().take(120).collect();
            return no(format!(
                "it was made by “{shown}”, which is not the configured issuer."
            ));
        }
        if claims.nonce.as_deref().map(hash).as_deref() != Some(nonce_hash) {
            return no("it was made for another sign-in (nonce).".to_owned());
        }
        let person = PublicId::parse(ResourceKind::People, person_id);
        if !person.is_ok_and(|person| person.value().eq_ignore_ascii_case(&claims.sub)) {
            return no("it names another person than the token does.".to_owned());
        }
        Ok(())
    }

    async fn keys(&self) -> Result<JwkSet, Refusal> {
        let no = |reason: &str| Refusal::IdToken {
            reason: reason.to_owned(),
        };
        let url = self
            .parts()
            .provider
            .jwks_url
            .clone()
            .ok_or_else(|| no("the address of the platform's keys is not configured."))?;
        let answer = self
            .parts()
            .http
            .get(url)
            .timeout(Duration::from_secs(20))
            .send()
            .await;
        let Ok(mut answer) = answer else {
            return Err(no("the platform's keys cannot be fetched now. Try again."));
        };
        let mut body = Vec::new();
        while let Ok(Some(chunk)) = answer.chunk().await {
            body.extend_from_slice(&chunk);
            if body.len() > LARGEST_KEYS {
                return Err(no("the platform's keys are too large to be keys."));
            }
        }
        if !answer.status().is_success() {
            return Err(no("the platform's keys cannot be fetched now. Try again."));
        }
        serde_json::from_slice(&body).map_err(|_| no("the platform's keys cannot be read."))
    }
}

/// The configured issuer. Without one it must be a broker of Webex: which of them depends on where the person's
/// home is, and differs from what the discovery document says.
fn is_issuer(configured: Option<&str>, issuer: &str) -> bool {
    match configured {
        Some(configured) => configured == issuer,
        None => Url::parse(issuer).is_ok_and(|url| {
            url.scheme() == "https" && url.host_str().is_some_and(|host| host.ends_with(".webex.com"))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::is_issuer;

    #[test]
    fn every_broker_of_webex_is_an_issuer_where_none_is_configured() {
        for broker in [
            "https://idbroker.webex.com/idb",
            "https://idbroker-b-us.webex.com/idb",
        ] {
            assert!(is_issuer(None, broker));
            assert!(!is_issuer(Some("http://127.0.0.1:8080"), broker));
        }
        for other in [
            "http://idbroker.webex.com/idb",
            "https://idbroker.webex.com.evil.example/idb",
            "webex",
            "https://evilwebex.com",
        ] {
            assert!(!is_issuer(None, other), "{other}");
        }
        assert!(is_issuer(Some("http://127.0.0.1:8080"), "http://127.0.0.1:8080"));
    }
}
