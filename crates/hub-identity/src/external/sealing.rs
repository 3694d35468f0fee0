use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use kit::{Error, ExposeSecret as _, Randomness, Result, SecretString, SharedRandomness};

const NONCE: usize = 24;

/// Seals what the database must not show: what is sealed for one place opens in no other.
pub(crate) struct Seal {
    cipher: XChaCha20Poly1305,
    randomness: SharedRandomness,
}

impl Seal {
    pub(crate) fn new(key: &[u8; 32], randomness: SharedRandomness) -> Self {
        Self {
            cipher: XChaCha20Poly1305::new(key.into()),
            randomness,
        }
    }

    pub(crate) fn close(&self, place: &str, secret: &SecretString) -> Result<String> {
        let mut nonce = [0_u8; NONCE];
        self.randomness.fill(&mut nonce);
        let payload = Payload {
            msg: secret.expose_secret().as_bytes(),
            aad: place.as_bytes(),
        };
        let sealed = self
            .cipher
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| Error::internal("the secret is too long to be sealed"))?;
        Ok(STANDARD_NO_PAD.encode([&nonce[..], &sealed].concat()))
    }

    pub(crate) fn open(&self, place: &str, sealed: &str) -> Result<SecretString> {
        let damaged = || {
            Error::unavailable(
                "The secret of the provider was sealed with another key. Put the key file back that belonged to this data, or enter the secret again.",
            )
        };
        let bytes = STANDARD_NO_PAD.decode(sealed).map_err(|_| damaged())?;
        let (nonce, sealed) = bytes.split_at_checked(NONCE).ok_or_else(damaged)?;
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| damaged())?;
        let payload = Payload {
            msg: sealed,
            aad: place.as_bytes(),
        };
        let opened = self
            .cipher
            .decrypt(&XNonce::from(nonce), payload)
            .map_err(|_| damaged())?;
        String::from_utf8(opened)
            .map(SecretString::from)
            .map_err(|_| damaged())
    }
}

/// Reads the 32 bytes of the key from a file that only its owner can read, or makes the file.
pub fn load_or_create_key(path: &Path, randomness: &dyn Randomness) -> Result<[u8; 32]> {
    let shown = path.display();
    let cannot = |what: &str, error: std::io::Error| {
        Error::unavailable(format!("The key file {shown} cannot be {what}: {error}."))
    };
    let made = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path);
    match made {
        Ok(mut file) => {
            let mut key = [0_u8; 32];
            randomness.fill(&mut key);
            file.write_all(&key)
                .and_then(|()| file.sync_all())
                .map_err(|error| cannot("written", error))?;
            Ok(key)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let metadata = std::fs::metadata(path).map_err(|error| cannot("read", error))?;
            let mode = metadata.permissions().mode();
            if mode & 0o077 != 0 {
                return Err(Error::invalid(format!(
                    "The key file {shown} can be read by others (mode {:o}). Make it private: chmod 600 {shown}",
                    mode & 0o777
                )));
            }
            let bytes = std::fs::read(path).map_err(|error| cannot("read", error))?;
            bytes.try_into().map_err(|_| {
                Error::invalid(format!(
                    "The key file {shown} does not hold 32 bytes, so it is no key of this program."
                ))
            })
        }
        Err(error) => Err(cannot("made", error)),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use kit::SeededRandomness;

    use super::*;

    #[test]
    fn what_is_sealed_opens_at_its_place_with_its_key_only() {
        let seal = |key: u8| Seal::new(&[key; 32], Arc::new(SeededRandomness::new(u64::from(key))));
        let closed = seal(1).close("here", &SecretString::from("s3cret")).unwrap();
        assert!(!closed.contains("s3cret"));
        assert_eq!(seal(1).open("here", &closed).unwrap().expose_secret(), "s3cret");
        assert!(seal(1).open("there", &closed).is_err());
        assert!(seal(2).open("here", &closed).is_err());
        assert!(seal(1).open("here", "AAAA").is_err());
    }
}
