use std::time::Duration;

use jsonwebtoken::jwk::{JwkSet, KeyAlgorithm};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use kit::{Error, Result, Timestamp};
use serde::Deserialize;

/// How far the clocks of the two sides may be apart.
const LEEWAY: Duration = Duration::from_secs(120);

/// Keys of the provider only: nothing that the client secret could sign.
const ACCEPTED: [Algorithm; 9] = [
    Algorithm::ES256,
    Algorithm::ES384,
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::PS384,
    Algorithm::PS512,
    Algorithm::EdDSA,
];

/// Who the provider says it is.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Claims {
    pub(crate) sub: String,
    exp: i64,
    iat: i64,
    #[serde(default)]
    aud: serde_json::Value,
    #[serde(default)]
    azp: Option<String>,
    #[serde(default)]
    nonce: Option<String>,
    #[serde(default)]
    pub(crate) email: Option<String>,
    #[serde(default)]
    pub(crate) email_verified: Option<serde_json::Value>,
}

/// What the token must agree with.
pub(crate) struct Expected<'a> {
    pub(crate) issuer: &'a str,
    pub(crate) client_id: &'a str,
    pub(crate) nonce: &'a str,
    pub(crate) now: Timestamp,
}

/// Verifies signature, issuer, audience, times and nonce (OpenID Connect Core 1.0, section 3.1.3.7).
pub(crate) fn verify(token: &str, keys: &JwkSet, expected: &Expected<'_>) -> Result<Claims> {
    let no = |why: &str| Error::forbidden(format!("The answer of the provider was not accepted: {why}"));
    let header = decode_header(token).map_err(|_| no("its id token cannot be read."))?;
    if !ACCEPTED.contains(&header.alg) {
        return Err(no("its id token is signed in a way that is not accepted."));
    }
    let key = match &header.kid {
        Some(kid) => keys.find(kid),
        None => keys.keys.first().filter(|_| keys.keys.len() == 1),
    };
    let key = key.ok_or_else(|| no("its id token is signed with a key that it does not publish."))?;
    if key
        .common
        .key_algorithm
        .is_some_and(|algorithm| !is_for(algorithm, header.alg))
    {
        return Err(no(
            "its id token is signed with a key that is for something else.",
        ));
    }
    let key = DecodingKey::from_jwk(key).map_err(|_| no("its key cannot be used."))?;
    let mut validation = Validation::new(header.alg);
    validation.set_audience(&[expected.client_id]);
    validation.set_issuer(&[expected.issuer]);
    validation.set_required_spec_claims(&["exp", "aud", "iss", "sub"]);
    // The library asks the machine's clock; ours may be another, so the times are checked below.
    validation.validate_exp = false;
    let claims = decode::<Claims>(token, &key, &validation)
        .map_err(|_| no("signature, issuer or audience of its id token is wrong."))?
        .claims;
    let audiences = claims.aud.as_array().map_or(1, Vec::len);
    let party = claims.azp.as_deref();
    if party.is_some_and(|party| party != expected.client_id) || (audiences > 1 && party.is_none()) {
        return Err(no(
            "its id token was made for another application (authorized party).",
        ));
    }
    let now = expected.now;
    if claims.exp <= now.minus(LEEWAY).as_seconds() || claims.iat > now.plus(LEEWAY).as_seconds() {
        return Err(no(
            "its id token is too old, or made in the future. Compare the clocks of both sides.",
        ));
    }
    if claims.nonce.as_deref() != Some(expected.nonce) {
        return Err(no("its id token was made for another sign-in (nonce)."));
    }
    if claims.sub.is_empty() || claims.sub.len() > 255 {
        return Err(no("it names nobody."));
    }
    Ok(claims)
}

/// A key that says for which algorithm it is must be used for no other.
fn is_for(key: KeyAlgorithm, used: Algorithm) -> bool {
    key.to_string() == format!("{used:?}")
}
