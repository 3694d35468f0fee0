use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;

use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};
use kit::{Error, ExposeSecret as _, Randomness, Result, SecretString, SharedRandomness};

const VERSION: u8 = 1;
const KEY_ID: usize = 8;
const NONCE: usize = 24;
const HEADER: usize = 1 + KEY_ID + NONCE;

/// What a sealed value belongs to. Moved to another customer, authorization or field it does not open.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    pub customer: &'a str,
    /// The authorization or the attempt.
    pub owner: &'a str,
    pub field: &'a str,
}

/// Seals secrets at rest with XChaCha20-Poly1305. The key is never in the backup of the data.
///
/// A sealed value is: version, key id (8 bytes), nonce (24 bytes), ciphertext with tag.
#[derive(Clone)]
pub struct Vault {
    keys: Vec<Key>,
    randomness: SharedRandomness,
}

#[derive(Clone)]
struct Key {
    id: [u8; KEY_ID],
    cipher: XChaCha20Poly1305,
}

impl Vault {
    /// A vault that seals and opens with this key.
    pub fn new(key: &[u8; 32], randomness: SharedRandomness) -> Self {
        Self {
            keys: vec![Key::new(key)],
            randomness,
        }
    }

    /// Also opens what an earlier key sealed.
    #[must_use]
    pub fn with_earlier_key(mut self, key: &[u8; 32]) -> Self {
        self.keys.push(Key::new(key));
        self
    }

    /// Seals a secret for its place.
    pub fn seal(&self, place: Place<'_>, secret: &str) -> Result<Vec<u8>> {
        let Some(key) = self.keys.first() else {
            return Err(Error::internal("a vault without a key"));
        };
        let mut nonce = [0_u8; NONCE];
        self.randomness.fill(&mut nonce);
        let payload = Payload {
            msg: secret.as_bytes(),
            aad: &associated_data(place),
        };
        let ciphertext = key
            .cipher
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| Error::internal("the secret is too long to be sealed"))?;
        Ok([&[VERSION][..], &key.id, &nonce, &ciphertext].concat())
    }

    /// Opens what was sealed for this place.
    pub fn open(&self, place: Place<'_>, sealed: &[u8]) -> Result<SecretString> {
        if sealed.len() < HEADER || sealed[0] != VERSION {
            return Err(damaged(place));
        }
        let (header, ciphertext) = sealed.split_at(HEADER);
        let (id, nonce) = header[1..].split_at(KEY_ID);
        let Some(key) = self.keys.iter().find(|key| key.id == id) else {
            return Err(Error::unavailable(
                "The authorizations of this Suite were sealed with another key. Put the key file back that belonged to this data.",
            ));
        };
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| damaged(place))?;
        let payload = Payload {
            msg: ciphertext,
            aad: &associated_data(place),
        };
        let opened = key
            .cipher
            .decrypt(&XNonce::from(nonce), payload)
            .map_err(|_| damaged(place))?;
        String::from_utf8(opened)
            .map(SecretString::from)
            .map_err(|_| damaged(place))
    }
}

impl Key {
    fn new(key: &[u8; 32]) -> Self {
        let mut context = aws_lc_rs::digest::Context::new(&aws_lc_rs::digest::SHA256);
        context.update(b"trunkline vault key id\0");
        context.update(key);
        let mut id = [0_u8; KEY_ID];
        id.copy_from_slice(&context.finish().as_ref()[..KEY_ID]);
        Self {
            id,
            cipher: XChaCha20Poly1305::new(key.into()),
        }
    }
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Vault")
            .field("keys", &self.keys.len())
            .finish_non_exhaustive()
    }
}

/// Each part with its length, so that no two places give the same bytes.
fn associated_data(place: Place<'_>) -> Vec<u8> {
    let Place {
        customer,
        owner,
        field,
    } = place;
    let mut data = Vec::new();
    for part in [customer, owner, field] {
        data.extend_from_slice(&(part.len() as u64).to_le_bytes());
        data.extend_from_slice(part.as_bytes());
    }
    data
}

fn damaged(place: Place<'_>) -> Error {
    Error::internal(format!(
        "the sealed {} of {} does not open: it was damaged or moved",
        place.field, place.owner
    ))
}

/// Reads a key that was given as text: 64 hexadecimal digits, as `openssl rand -hex 32` prints them.
pub fn key_from_text(text: &SecretString) -> Result<[u8; 32]> {
    let digits = text.expose_secret().trim().as_bytes();
    // What was given is a secret, so the sentence does not quote it.
    let unusable = || {
        Error::invalid(
            "The vault key must be 64 hexadecimal digits (32 bytes), as `openssl rand -hex 32` prints them.",
        )
    };
    if digits.len() != 64 || !digits.iter().all(u8::is_ascii_hexdigit) {
        return Err(unusable());
    }
    let mut key = [0_u8; 32];
    for (byte, pair) in key.iter_mut().zip(digits.chunks_exact(2)) {
        let pair = std::str::from_utf8(pair).map_err(|_| unusable())?;
        *byte = u8::from_str_radix(pair, 16).map_err(|_| unusable())?;
    }
    Ok(key)
}

/// Reads the 32 bytes of the vault's key from a file that only its owner can read, or makes the file.
pub fn load_or_create_key(path: &Path, randomness: &dyn Randomness) -> Result<[u8; 32]> {
    let shown = path.display();
    let cannot = |what: &str, error: std::io::Error| {
        Error::unavailable(format!("The key file {shown} cannot be {what}: {error}."))
    };
    match std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
    {
        Ok(mut file) => {
            let mut key = [0_u8; 32];
            randomness.fill(&mut key);
            file.write_all(&key)
                .and_then(|()| file.sync_all())
                .map_err(|error| cannot("written", error))?;
            Ok(key)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let mode = std::fs::metadata(path)
                .map_err(|error| cannot("read", error))?
                .permissions()
                .mode();
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
    use proptest::prelude::*;

    use super::*;

    fn vault(key: u8) -> Vault {
        Vault::new(&[key; 32], Arc::new(SeededRandomness::new(7)))
    }

    #[test]
    fn a_key_that_was_typed_is_read_and_never_quoted() {
        let key = key_from_text(&format!("{}\n", "0aFF".repeat(16)).into()).unwrap();
        assert_eq!(key[..4], [0x0a, 0xff, 0x0a, 0xff]);
        for wrong in ["", "abc", &"g".repeat(64), &"é".repeat(32)] {
            let error = key_from_text(&wrong.to_owned().into()).unwrap_err();
            assert!(error.public().contains("64 hexadecimal digits"));
            assert!(wrong.is_empty() || !error.chain().contains(wrong));
        }
    }

    proptest! {
        #[test]
        fn what_is_sealed_opens_in_its_place_and_in_no_other(
            secret in ".{0,200}", customer in "[a-z0-9|-]{0,8}", owner in "[a-z0-9|-]{0,8}", field in "[a-z0-9|-]{0,8}",
            other_customer in "[a-z0-9|-]{0,8}", other_owner in "[a-z0-9|-]{0,8}", other_field in "[a-z0-9|-]{0,8}",
        ) {
            let vault = vault(1);
            let place = Place { customer: &customer, owner: &owner, field: &field };
            let other = Place { customer: &other_customer, owner: &other_owner, field: &other_field };
            let sealed = vault.seal(place, &secret).unwrap();
            let opened = vault.open(place, &sealed).unwrap();
            prop_assert_eq!(opened.expose_secret(), secret.as_str());
            if (&customer, &owner, &field) != (&other_customer, &other_owner, &other_field) {
                prop_assert!(vault.open(other, &sealed).is_err());
            }
        }

        #[test]
        fn whatever_is_changed_in_a_sealed_value_is_noticed(secret in "[a-z]{1,40}", at in 0_usize..500, flip in 1_u8..=255) {
            let vault = vault(1);
            let place = Place { customer: "c", owner: "o", field: "access_token" };
            let mut sealed = vault.seal(place, &secret).unwrap();
            let at = at % sealed.len();
            sealed[at] ^= flip;
            prop_assert!(vault.open(place, &sealed).is_err());
        }

        #[test]
        fn no_bytes_make_the_vault_panic(bytes in proptest::collection::vec(any::<u8>(), 0..120)) {
            let place = Place { customer: "c", owner: "o", field: "f" };
            prop_assert!(vault(1).open(place, &bytes).is_err());
        }
    }

    #[test]
    fn the_bar_between_parts_cannot_be_moved() {
        let vault = vault(1);
        let sealed = vault
            .seal(
                Place {
                    customer: "ab",
                    owner: "c",
                    field: "f",
                },
                "x",
            )
            .unwrap();
        assert!(
            vault
                .open(
                    Place {
                        customer: "a",
                        owner: "bc",
                        field: "f"
                    },
                    &sealed
                )
                .is_err()
        );
    }

    #[test]
    fn another_key_says_so_and_an_earlier_one_still_opens() {
        let place = Place {
            customer: "c",
            owner: "o",
            field: "f",
        };
        let sealed = vault(1).seal(place, "secret").unwrap();
        let error = vault(2).open(place, &sealed).unwrap_err();
        assert!(error.public().contains("another key"), "{error}");
        assert_eq!(
            vault(2)
                .with_earlier_key(&[1; 32])
                .open(place, &sealed)
                .unwrap()
                .expose_secret(),
            "secret"
        );
        assert!(!sealed.windows(6).any(|window| window == b"secret"));
    }

    #[test]
    fn the_key_file_is_made_once_and_must_be_private() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("vault.key");
        let randomness = SeededRandomness::new(3);
        let key = load_or_create_key(&path, &randomness).unwrap();
        assert_eq!(load_or_create_key(&path, &randomness).unwrap(), key);
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
        let error = load_or_create_key(&path, &randomness).unwrap_err();
        assert!(error.public().contains("chmod 600"), "{error}");
    }
}
