use aws_lc_rs::digest;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use subtle::ConstantTimeEq as _;

use super::oauth_error::{ErrorCode, OAuthError};

/// How a challenge was made from its verifier (RFC 7636).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChallengeMethod {
    S256,
    Plain,
}

/// What binds a code to whoever began the authorization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Challenge {
    pub(crate) method: ChallengeMethod,
    pub(crate) value: String,
}

impl ChallengeMethod {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::S256 => "S256",
            Self::Plain => "plain",
        }
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text {
            "S256" => Some(Self::S256),
            "plain" => Some(Self::Plain),
            _ => None,
        }
    }
}

fn is_usable(text: &str) -> bool {
    (43..=128).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
}

impl Challenge {
    /// Reads the two parameters of an authorization request. `plain` is for clients that are registered as legacy.
    pub(crate) fn read(
        value: Option<&str>,
        method: Option<&str>,
        legacy: bool,
    ) -> Result<Option<Self>, OAuthError> {
        let refused = |description: &str| Err(OAuthError::new(ErrorCode::InvalidRequest, description));
        let Some(value) = value else {
            return if method.is_none() {
                Ok(None)
            } else {
                refused("code_challenge_method came without a code_challenge.")
            };
        };
        if !is_usable(value) {
            return refused(
                "code_challenge must have 43 to 128 characters of A-Z a-z 0-9 - . _ ~ (RFC 7636, section 4.2).",
            );
        }
        // Without the parameter the method is plain (RFC 7636, section 4.3).
        match method.map_or(Some(ChallengeMethod::Plain), ChallengeMethod::parse) {
            Some(ChallengeMethod::Plain) if !legacy => refused("code_challenge_method must be S256."),
            Some(method) => Ok(Some(Self {
                method,
                value: value.to_owned(),
            })),
            None => refused("code_challenge_method must be S256."),
        }
    }

    fn is_met_by(&self, verifier: &str) -> bool {
        let derived = match self.method {
            ChallengeMethod::Plain => verifier.to_owned(),
            ChallengeMethod::S256 => {
                URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, verifier.as_bytes()).as_ref())
            }
        };
        is_usable(verifier) && bool::from(derived.as_bytes().ct_eq(self.value.as_bytes()))
    }
}

/// Whether the verifier that came with a code fits. A missing one and a superfluous one are both refused: either
/// could be an attempt to play a code from another flow in here (RFC 9700, section 4.8).
pub(crate) fn verifier_fits(challenge: Option<&Challenge>, verifier: Option<&str>) -> bool {
    match (challenge, verifier) {
        (None, None) => true,
        (Some(challenge), Some(verifier)) => challenge.is_met_by(verifier),
        (Some(_), None) | (None, Some(_)) => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    // RFC 7636, appendix B.
    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    #[test]
    fn the_rfcs_own_example_fits() {
        let challenge = Challenge::read(Some(CHALLENGE), Some("S256"), false)
            .unwrap()
            .unwrap();
        assert!(verifier_fits(Some(&challenge), Some(VERIFIER)));
        assert!(!verifier_fits(Some(&challenge), Some(CHALLENGE)));
    }

    #[test]
    fn plain_is_for_legacy_clients_only() {
        assert!(Challenge::read(Some(VERIFIER), Some("plain"), false).is_err());
        assert!(Challenge::read(Some(VERIFIER), None, false).is_err());
        let challenge = Challenge::read(Some(VERIFIER), None, true).unwrap().unwrap();
        assert!(verifier_fits(Some(&challenge), Some(VERIFIER)));
    }

    #[test]
    fn a_downgrade_is_refused_both_ways() {
        let challenge = Challenge {
            method: ChallengeMethod::S256,
            value: CHALLENGE.to_owned(),
        };
        assert!(!verifier_fits(Some(&challenge), None));
        assert!(!verifier_fits(None, Some(VERIFIER)));
        assert!(Challenge::read(None, Some("S256"), false).is_err());
    }

    proptest! {
        #[test]
        fn no_other_verifier_fits(verifier in "[A-Za-z0-9._~-]{40,130}") {
            let challenge = Challenge { method: ChallengeMethod::S256, value: CHALLENGE.to_owned() };
            prop_assert_eq!(verifier_fits(Some(&challenge), Some(&verifier)), verifier == VERIFIER);
        }
    }
}
