use kit::{Error, Result};
use serde::Deserialize;
use url::Url;

use super::External;
use super::http::Outgoing;

/// What of a provider's discovery document is used.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Discovered {
    pub(crate) issuer: String,
    #[serde(deserialize_with = "address")]
    pub(crate) authorization_endpoint: Url,
    #[serde(deserialize_with = "address")]
    pub(crate) token_endpoint: Url,
    #[serde(deserialize_with = "address")]
    pub(crate) jwks_uri: Url,
    #[serde(default, deserialize_with = "optional_address")]
    pub(crate) userinfo_endpoint: Option<Url>,
    #[serde(default)]
    response_types_supported: Vec<String>,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    /// RFC 9207: every answer names the issuer.
    #[serde(default)]
    pub(crate) authorization_response_iss_parameter_supported: bool,
}

fn address<'de, D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Url, D::Error> {
    let text = String::deserialize(deserializer)?;
    Url::parse(&text).map_err(|_| serde::de::Error::custom("an endpoint is no address"))
}

fn optional_address<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> std::result::Result<Option<Url>, D::Error> {
    address(deserializer).map(Some)
}

/// How the Hub says at the token endpoint who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SecretPlace {
    Header,
    Body,
}

impl Discovered {
    pub(crate) fn secret_place(&self) -> Result<SecretPlace> {
        // Left out means `client_secret_basic` (OpenID Connect Discovery 1.0, section 3).
        let Some(methods) = &self.token_endpoint_auth_methods_supported else {
            return Ok(SecretPlace::Header);
        };
        let offers = |name: &str| methods.iter().any(|method| method == name);
        if offers("client_secret_basic") {
            Ok(SecretPlace::Header)
        } else if offers("client_secret_post") {
            Ok(SecretPlace::Body)
        } else {
            Err(Error::invalid(
                "The provider takes client secrets neither in the header nor in the body (client_secret_basic, client_secret_post).",
            ))
        }
    }
}

impl External {
    /// Reads the discovery document and believes it only where it names this issuer.
    pub(crate) async fn discover(&self, issuer: &str) -> Result<Discovered> {
        let address = format!(
            "{}/.well-known/openid-configuration",
            issuer.trim_end_matches('/')
        );
        let address = Url::parse(&address)
            .map_err(|error| Error::invalid("The issuer of the provider is no address.").because(error))?;
        let request = self.http.get(&address)?;
        let (status, document) = Outgoing::answer::<serde_json::Value>(request, "discovery document").await?;
        if status != 200 {
            return Err(Error::unavailable(format!(
                "The provider's discovery document at {address} answers {status}."
            )));
        }
        let found: Discovered = serde_json::from_value(document).map_err(|error| {
            Error::invalid(format!(
                "The provider's discovery document lacks what sign-in needs: {error}."
            ))
        })?;
        if found.issuer != issuer {
            return Err(Error::invalid(format!(
                "The discovery document at {address} names the issuer “{}”. Enter exactly that, if it is the provider that you mean.",
                found.issuer.chars().take(200).collect::<String>()
            )));
        }
        let supported = &found.response_types_supported;
        if !supported.is_empty() && !supported.iter().any(|kind| kind == "code") {
            return Err(Error::invalid(
                "The provider does not offer the authorization code flow (response type “code”).",
            ));
        }
        found.secret_place()?;
        let endpoints = [
            &found.authorization_endpoint,
            &found.token_endpoint,
            &found.jwks_uri,
        ];
        for endpoint in endpoints.into_iter().chain(&found.userinfo_endpoint) {
            self.http.check(endpoint)?;
        }
        Ok(found)
    }
}
