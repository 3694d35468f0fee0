use std::sync::Arc;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use kit::{Error, ExposeSecret as _, Result, SecretString, SharedRandomness};
use tokio::sync::Semaphore;

/// Argon2id with the parameters that OWASP names first, which are the crate's own.
///
/// A hash takes 19 MiB and some tens of milliseconds of a core: it runs off the async threads, and only a few at once.
pub(crate) struct Passwords {
    randomness: SharedRandomness,
    at_once: Arc<Semaphore>,
}

/// What an unknown account is compared with, so that the answer takes as long as for a known one. The
/// password behind it was thrown away.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRmb3Jub25l$7KYl3j3bW8dVtJ5yQx0nq0w0o1m0xq5C2rQm5r0m3kE";

impl Passwords {
    pub(crate) fn new(randomness: SharedRandomness) -> Self {
        Self {
            randomness,
            at_once: Arc::new(Semaphore::new(4)),
        }
    }

    pub(crate) async fn hash(&self, password: &SecretString) -> Result<String> {
        let mut salt = [0_u8; 16];
        self.randomness.fill(&mut salt);
        let password = password.clone();
        self.off_the_async_threads(move || {
            Argon2::default()
                .hash_password_with_salt(password.expose_secret().as_bytes(), &salt)
                .map(|hash| hash.to_string())
                .map_err(|error| Error::internal(format!("a password cannot be hashed: {error}")))
        })
        .await
    }

    /// Whether the password is the one behind the hash; without a hash it takes as long and is wrong.
    pub(crate) async fn verify(&self, password: &SecretString, hash: Option<&str>) -> Result<bool> {
        let (known, password) = (hash.is_some(), password.clone());
        let hash = hash.unwrap_or(NOBODY).to_owned();
        self.off_the_async_threads(move || {
            let hash = PasswordHash::new(&hash)
                .map_err(|error| Error::internal(format!("a stored hash is unreadable: {error}")))?;
            let right = Argon2::default()
                .verify_password(password.expose_secret().as_bytes(), &hash)
                .is_ok();
            Ok(right && known)
        })
        .await
    }

    async fn off_the_async_threads<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T> + Send + 'static,
    ) -> Result<T> {
        // The semaphore is never closed.
        let _permit = self.at_once.acquire().await.map_err(Error::internal)?;
        tokio::task::spawn_blocking(work).await.map_err(Error::internal)?
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_hash_is_right_for_its_password_alone() {
        let passwords = Passwords::new(Arc::new(kit::SeededRandomness::new(1)));
        let password = SecretString::from("correct horse battery");
        let hash = passwords.hash(&password).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$"));
        assert!(passwords.verify(&password, Some(&hash)).await.unwrap());
        assert!(
            !passwords
                .verify(&SecretString::from("wrong"), Some(&hash))
                .await
                .unwrap()
        );
        assert!(!passwords.verify(&password, None).await.unwrap());
    }
}
