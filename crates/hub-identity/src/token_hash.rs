use aws_lc_rs::digest;
use kit::{Randomness, SecretString};

/// The form in which a random token is stored: SHA-256 in hexadecimal. A token has at least 256 random bits, so a
/// slow hash would cost time and add nothing.
pub fn token_hash(token: &str) -> String {
    digest::digest(&digest::SHA256, token.as_bytes())
        .as_ref()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// A token of 256 random bits as hexadecimal text.
pub fn new_secret_token(randomness: &dyn Randomness) -> SecretString {
    SecretString::from(randomness.hex(32))
}
