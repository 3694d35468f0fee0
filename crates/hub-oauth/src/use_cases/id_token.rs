use std::time::Duration;

use jsonwebtoken::{Algorithm, Header};
use kit::{Error, Result};
use serde::Serialize;

use crate::model::code::Code;
use crate::{Client, OAuth};

const LIFE: Duration = Duration::from_secs(2 * 3600);

/// What an ID token of the token endpoint says: who signed in, for whom, when. Name and address are asked for at
/// `/v1/userinfo`, as the platform wants it.
#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    aud: &'a str,
    sub: String,
    auth_time: i64,
    iat: i64,
    exp: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<&'a str>,
}

impl OAuth {
    pub(super) async fn id_token(&self, client: &Client, code: &Code) -> Result<String> {
        let key = self.signing_key().await?;
        let now = self.now();
        let claims = Claims {
            iss: self.issuer(),
            aud: &client.client_id,
            sub: code.person_id.to_string(),
            auth_time: code.signed_in_at.as_seconds(),
            iat: now.as_seconds(),
            exp: now.plus(LIFE).as_seconds(),
            nonce: code.nonce.as_deref(),
        };
        let mut header = Header::new(Algorithm::ES256);
        header.kid = Some(key.kid.clone());
        jsonwebtoken::encode(&header, &claims, &key.encoding).map_err(Error::internal)
    }

    /// A JWT of this type (`typ`) with the key that the JWKS publishes. The type keeps one kind of statement from being
    /// taken for another (RFC 8725, section 3.11).
    pub async fn sign_statement(&self, kind: &str, claims: &serde_json::Value) -> Result<String> {
        let key = self.signing_key().await?;
        let mut header = Header::new(Algorithm::ES256);
        header.typ = Some(kind.to_owned());
        header.kid = Some(key.kid.clone());
        jsonwebtoken::encode(&header, claims, &key.encoding).map_err(Error::internal)
    }
}
