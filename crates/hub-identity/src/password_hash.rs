use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use kit::{Error, ExposeSecret as _, Result, SecretString, SharedRandomness};
use tokio::sync::Semaphore;

/// What is compared with when there is no password to compare with, so that an unknown e-mail address costs the
/// same time as a wrong password. Its cost is the one that [`parameters`] sets; a test holds the two together.
const DECOY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// How many passwords are hashed at once: each takes 19 MiB and a core.
const AT_ONCE: usize = 2;

/// Hashes and checks passwords (argon2id, the parameters that OWASP names first) off the async threads.
#[derive(Clone)]
pub(crate) struct Passwords {
    permits: Arc<Semaphore>,
    randomness: SharedRandomness,
}

fn parameters() -> Result<Params> {
    Params::new(19 * 1024, 2, 1, Some(32)).map_err(broken)
}

fn argon2() -> Result<Argon2<'static>> {
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters()?))
}

fn broken(error: impl std::fmt::Display) -> Error {
    Error::internal(format!("argon2: {error}"))
}

impl Passwords {
    pub(crate) fn new(randomness: SharedRandomness) -> Self {
        Self {
            permits: Arc::new(Semaphore::new(AT_ONCE)),
            randomness,
        }
    }

    /// The text under which `password` is stored.
    pub(crate) async fn hash(&self, password: &SecretString) -> Result<String> {
        let mut salt = [0_u8; 16];
        self.randomness.fill(&mut salt);
        let password = password.clone();
        self.off_the_async_threads(move || {
            let hash = argon2()?
                .hash_password_with_salt(password.expose_secret().as_bytes(), &salt)
                .map_err(broken)?;
            Ok(hash.to_string())
        })
        .await
    }

    /// Whether `password` is the one behind `stored`; the same work is done when there is none.
    pub(crate) async fn verify(&self, password: &SecretString, stored: Option<String>) -> Result<bool> {
        let password = password.clone();
        self.off_the_async_threads(move || {
            let text = stored.as_deref().unwrap_or(DECOY);
            let hash = PasswordHash::new(text).map_err(broken)?;
            let equal = argon2()?
                .verify_password(password.expose_secret().as_bytes(), &hash)
                .is_ok();
            Ok(equal && stored.is_some())
        })
        .await
    }

    async fn off_the_async_threads<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let permit = Arc::clone(&self.permits)
            .acquire_owned()
            .await
            .map_err(Error::internal)?;
        tokio::task::spawn_blocking(move || {
            // The permit is held until the work is done, even when the caller went away meanwhile.
            let _permit = permit;
            work()
        })
        .await
        .map_err(Error::internal)?
    }
}

#[cfg(test)]
mod tests {
    use kit::SeededRandomness;

    use super::*;

    #[tokio::test]
    async fn a_password_verifies_against_its_own_hash_only_and_never_against_none() {
        let passwords = Passwords::new(Arc::new(SeededRandomness::new(1)));
        let secret = SecretString::from("correct horse battery");
        let stored = passwords.hash(&secret).await.unwrap();
        assert!(passwords.verify(&secret, Some(stored.clone())).await.unwrap());
        assert!(
            !passwords
                .verify(&SecretString::from("correct horse"), Some(stored))
                .await
                .unwrap()
        );
        assert!(!passwords.verify(&secret, None).await.unwrap());
    }

    #[tokio::test]
    async fn the_decoy_costs_what_a_password_costs() {
        let passwords = Passwords::new(Arc::new(SeededRandomness::new(2)));
        let stored = passwords.hash(&SecretString::from("whatever")).await.unwrap();
        let cost = |text: &str| text.split('$').take(4).collect::<Vec<_>>().join("$");
        assert_eq!(cost(&stored), cost(DECOY));
        assert_eq!(stored.len(), DECOY.len());
    }
}
