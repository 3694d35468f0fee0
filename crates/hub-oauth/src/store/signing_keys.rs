use std::fmt;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::EncodingKey;
use kit::{Error, Result};
use kit_sql::sql;

use crate::OAuth;

/// The key that signs ID tokens. Its private part is in here and in its database row, and is never printed.
pub(crate) struct SigningKey {
    pub(crate) kid: String,
    pub(crate) encoding: EncodingKey,
    /// The public point, as a JSON Web Key writes it.
    pub(crate) x: String,
    pub(crate) y: String,
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("SigningKey")
            .field("kid", &self.kid)
            .finish_non_exhaustive()
    }
}

/// Loads the key; makes it at the first start. Of two that start at once, both load the one that came first.
pub(crate) async fn load_or_make(oauth: &OAuth) -> Result<SigningKey> {
    const SELECT: &str = "SELECT kid, pkcs8 FROM oauth_signing_key WHERE slot = 1";
    let found = sql(SELECT).optional(oauth.database()).await?;
    let row = match found {
        Some(row) => row,
        None => {
            let document =
                EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new())
                    .map_err(|error| Error::internal(format!("no signing key can be made: {error}")))?;
            sql("INSERT INTO oauth_signing_key (slot, kid, pkcs8, created_at) VALUES (1, $1, $2, $3) ON CONFLICT (slot) DO NOTHING")
                .bind(oauth.randomness().uuid())
                .bind(document.as_ref())
                .bind(oauth.now())
                .run(oauth.database())
                .await?;
            sql(SELECT).one(oauth.database()).await?
        }
    };
    read(row.text("kid")?, &row.bytes("pkcs8")?)
}

fn read(kid: String, pkcs8: &[u8]) -> Result<SigningKey> {
    let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8)
        .map_err(|error| Error::internal(format!("the signing key cannot be read: {error}")))?;
    // An uncompressed point: 4, then 32 bytes of x and 32 of y.
    let point = pair.public_key().as_ref();
    if point.len() != 65 {
        return Err(Error::internal("the signing key is not on the curve P-256"));
    }
    Ok(SigningKey {
        kid,
        encoding: EncodingKey::from_ec_der(pkcs8),
        x: URL_SAFE_NO_PAD.encode(&point[1..33]),
        y: URL_SAFE_NO_PAD.encode(&point[33..]),
    })
}
