use hub_directory::OrganizationId;
use kit::{Randomness, SecretString};

/// The cluster that every token names, as the platform's own do.
const CLUSTER: &str = "P0A1";
const RANDOM_CHARACTERS: usize = 64;
const LENGTH: usize = RANDOM_CHARACTERS + 1 + CLUSTER.len() + 1 + 36;

/// A new token or code: 64 random characters (some 380 bits), the cluster, and the organization, which existing
/// clients read out of the third part.
pub(crate) fn mint(randomness: &dyn Randomness, organization: OrganizationId) -> SecretString {
    SecretString::from(format!(
        "{}_{CLUSTER}_{organization}",
        randomness.alphanumeric(RANDOM_CHARACTERS)
    ))
}

/// The token that follows another one, made of 64 bytes that nobody can foresee (some 380 bits); `None` when the other one
/// is none.
pub(crate) fn successor(of: &str, bytes: &[u8]) -> Option<SecretString> {
    const ALPHABET: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    if !has_the_shape(of) || bytes.len() < RANDOM_CHARACTERS {
        return None;
    }
    let mut text = String::with_capacity(LENGTH);
    for byte in &bytes[..RANDOM_CHARACTERS] {
        text.push(char::from(ALPHABET[usize::from(byte % 62)]));
    }
    text.push_str(&of[RANDOM_CHARACTERS..]);
    Some(SecretString::from(text))
}

/// Whether a text could be a token at all; anything else is not looked up.
pub(crate) fn has_the_shape(text: &str) -> bool {
    let mut parts = text.split('_');
    text.len() == LENGTH
        && parts.next().is_some_and(|random| {
            random.len() == RANDOM_CHARACTERS && random.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
        && parts.next() == Some(CLUSTER)
        && parts
            .next()
            .is_some_and(|organization| OrganizationId::parse(organization).is_ok())
        && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use kit::{ExposeSecret as _, SeededRandomness};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_token_has_three_parts_and_106_characters() {
        let randomness = SeededRandomness::new(7);
        let organization = OrganizationId::random(&randomness);
        let token = mint(&randomness, organization);
        let parts: Vec<&str> = token.expose_secret().split('_').collect();
        assert_eq!(token.expose_secret().len(), 106);
        assert_eq!(
            (parts.len(), parts[1], parts[2]),
            (3, "P0A1", organization.to_string().as_str())
        );
        assert!(has_the_shape(token.expose_secret()));
    }

    proptest! {
        #[test]
        fn a_successor_has_the_shape_and_stays_in_its_organization(bytes in prop::collection::vec(any::<u8>(), 64)) {
            let first = mint(&SeededRandomness::new(1), OrganizationId::random(&SeededRandomness::new(7)));
            let next = successor(first.expose_secret(), &bytes).unwrap();
            prop_assert!(has_the_shape(next.expose_secret()));
            prop_assert_eq!(&next.expose_secret()[64..], &first.expose_secret()[64..]);
            prop_assert!(successor("x", &bytes).is_none());
        }

        #[test]
        fn garbage_never_panics(text in ".{0,120}") {
            let _ = has_the_shape(&text);
        }
    }
}
