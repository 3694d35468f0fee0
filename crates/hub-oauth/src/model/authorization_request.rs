use std::time::Duration;

use webex::ScopeSet;

use super::client::Client;
use super::oauth_error::{ErrorCode, OAuthError, shown};
use super::parameters::Parameters;
use super::pkce::Challenge;

/// Whether the person must be asked for a password, may be, or must not see any page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Prompt {
    /// Only when there is no session.
    WhenNeeded,
    /// `login`, `select_account`: a fresh sign-in.
    SignIn,
    /// `none`: no page at all.
    Never,
}

impl Prompt {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::WhenNeeded => "",
            Self::SignIn => "login",
            Self::Never => "none",
        }
    }

    /// Reads the parameter; `consent` changes nothing, because consent is asked for always.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut prompt = Self::WhenNeeded;
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            match (word, prompt) {
                ("none", Self::WhenNeeded) if text.trim() == "none" => prompt = Self::Never,
                ("login" | "select_account", _) => prompt = Self::SignIn,
                ("consent", _) => {}
                _ => return None,
            }
        }
        Some(prompt)
    }
}

/// What the client wants to find in the answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ResponseType {
    /// A code, in the query.
    #[default]
    Code,
    /// An access token, in the fragment: the implicit flow, for clients that are registered as legacy.
    Token,
    /// Nothing: a device fetches its tokens by itself (RFC 8628).
    Device,
}

impl ResponseType {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Token => "token",
            Self::Device => "device",
        }
    }

    /// Reads what [`Self::as_str`] wrote.
    pub(crate) fn stored(text: &str) -> Self {
        match text {
            "token" => Self::Token,
            "device" => Self::Device,
            _ => Self::Code,
        }
    }
}

/// A request for authorization that is in order.
#[derive(Clone, Debug)]
pub(crate) struct AuthorizationRequest {
    pub(crate) client_id: String,
    pub(crate) response_type: ResponseType,
    /// Where the answer goes.
    pub(crate) redirect_uri: String,
    /// Whether the request named it.
    pub(crate) redirect_uri_was_sent: bool,
    pub(crate) scopes: ScopeSet,
    pub(crate) state: Option<String>,
    pub(crate) nonce: Option<String>,
    pub(crate) challenge: Option<Challenge>,
    pub(crate) prompt: Prompt,
    pub(crate) max_age: Option<Duration>,
    pub(crate) login_hint: String,
}

/// A request that nobody may be redirected for: a page says so (RFC 6749, section 4.1.2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unanswerable {
    NoClient,
    UnknownClient,
    DisabledClient,
    NoRedirectUri,
    UnregisteredRedirectUri,
    RepeatedParameter,
}

/// An error that is answered to the client's redirect URI.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RefusedRequest {
    pub(crate) redirect_uri: String,
    pub(crate) response_type: ResponseType,
    pub(crate) state: Option<String>,
    pub(crate) error: OAuthError,
}

/// Which of the client's redirect URIs the answer goes to. The comparison is exact, character by character; but a program on
/// the person's own machine that has no secret cannot know its port beforehand (RFC 8252, section 7.3).
pub(crate) fn choose_redirect_uri(client: &Client, sent: Option<&str>) -> Result<String, Unanswerable> {
    match (sent, client.redirect_uris.as_slice()) {
        (Some(sent), registered) if registered.iter().any(|uri| uri == sent) => Ok(sent.to_owned()),
        (Some(sent), registered)
            if client.is_public
                && without_loopback_port(sent).is_some_and(|bare| {
                    registered
                        .iter()
                        .any(|uri| without_loopback_port(uri).as_deref() == Some(&bare))
                }) =>
        {
            Ok(sent.to_owned())
        }
        (Some(_), _) => Err(Unanswerable::UnregisteredRedirectUri),
        (None, [only]) => Ok(only.clone()),
        (None, _) => Err(Unanswerable::NoRedirectUri),
    }
}

/// An address of this very machine without its port; nothing for any other, names that a resolver could lead elsewhere
/// among them.
fn without_loopback_port(uri: &str) -> Option<String> {
    let host = ["http://127.0.0.1", "http://[::1]"]
        .into_iter()
        .find(|host| uri.starts_with(host))?;
    let rest = &uri[host.len()..];
    let rest = match rest.strip_prefix(':') {
        Some(rest) => {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            rest[..digits].parse::<u16>().ok().filter(|port| *port > 0)?;
            &rest[digits..]
        }
        None => rest,
    };
    (rest.is_empty() || rest.starts_with(['/', '?'])).then(|| format!("{host}{rest}"))
}

/// Reads everything but the client and the redirect URI.
pub(crate) fn read(
    parameters: &Parameters,
    client: &Client,
    redirect_uri: String,
) -> Result<AuthorizationRequest, RefusedRequest> {
    let state = parameters.get("state").map(ToOwned::to_owned);
    // Also an error goes where the client looks for its answer (RFC 6749, section 4.2.2.1).
    let response_type = match parameters.get("response_type") {
        Some("token") if client.legacy => ResponseType::Token,
        _ => ResponseType::Code,
    };
    read_the_rest(parameters, client)
        .map_err(|error| RefusedRequest {
            redirect_uri: redirect_uri.clone(),
            response_type,
            state: state.clone(),
            error,
        })
        .map(|rest| {
            let Rest {
                scopes,
                nonce,
                challenge,
                prompt,
                max_age,
                login_hint,
            } = rest;
            AuthorizationRequest {
                client_id: client.client_id.clone(),
                response_type,
                redirect_uri_was_sent: parameters.get("redirect_uri").is_some(),
                redirect_uri,
                scopes,
                state,
                nonce,
                challenge,
                prompt,
                max_age,
                login_hint,
            }
        })
}

struct Rest {
    scopes: ScopeSet,
    nonce: Option<String>,
    challenge: Option<Challenge>,
    prompt: Prompt,
    max_age: Option<Duration>,
    login_hint: String,
}

fn read_the_rest(parameters: &Parameters, client: &Client) -> Result<Rest, OAuthError> {
    let invalid = |description: String| OAuthError::new(ErrorCode::InvalidRequest, description);
    if let Some(name) = parameters.repeated() {
        return Err(invalid(format!(
            "The parameter {} came more than once.",
            shown(name)
        )));
    }
    for (name, longest) in [("state", 4000), ("nonce", 1000), ("login_hint", 320)] {
        if parameters.get(name).is_some_and(|value| value.len() > longest) {
            return Err(invalid(format!("{name} is longer than {longest} characters.")));
        }
    }
    check_response_type(parameters.get("response_type"), client.legacy)?;
    for name in ["request", "request_uri"] {
        if parameters.get(name).is_some() {
            return Err(invalid(format!("The parameter {name} is not supported.")));
        }
    }
    let scopes = scopes_of_a_request(parameters.get("scope"), client)?;
    let nonce = parameters.get("nonce").map(ToOwned::to_owned);
    if scopes.contains("openid") && nonce.is_none() {
        return Err(invalid("The scope openid needs the parameter nonce.".to_owned()));
    }
    let challenge = Challenge::read(
        parameters.get("code_challenge"),
        parameters.get("code_challenge_method"),
        client.legacy && !client.is_public,
    )?;
    if client.is_public && challenge.is_none() {
        return Err(invalid(
            "A client without a secret must send code_challenge with the method S256.".to_owned(),
        ));
    }
    let prompt = Prompt::parse(parameters.get("prompt").unwrap_or_default())
        .ok_or_else(|| invalid("prompt may be login, select_account, consent, or none alone.".to_owned()))?;
    let max_age = parameters
        .get("max_age")
        .map(|text| text.parse().map(Duration::from_secs))
        .transpose()
        .map_err(|_| invalid("max_age must be a number of seconds.".to_owned()))?;
    let login_hint = parameters.get("login_hint").unwrap_or_default().to_owned();
    Ok(Rest {
        scopes,
        nonce,
        challenge,
        prompt,
        max_age,
        login_hint,
    })
}

fn check_response_type(sent: Option<&str>, legacy: bool) -> Result<(), OAuthError> {
    match sent {
        Some("code") => Ok(()),
        Some("token") if legacy => Ok(()),
        None => Err(OAuthError::new(
            ErrorCode::InvalidRequest,
            "The parameter response_type is missing; send code.",
        )),
        Some(_) => Err(OAuthError::new(
            ErrorCode::UnsupportedResponseType,
            "Only response_type=code is served; tokens are never answered in a URL.",
        )),
    }
}

/// What may be asked for: something, and nothing that is not registered.
pub(crate) fn scopes_of_a_request(sent: Option<&str>, client: &Client) -> Result<ScopeSet, OAuthError> {
    let invalid = |description: String| OAuthError::new(ErrorCode::InvalidScope, description);
    let scopes = ScopeSet::parse(sent.unwrap_or_default())
        .map_err(|_| invalid("A requested scope has characters that no scope has.".to_owned()))?;
    if scopes.is_empty() {
        return Err(invalid("The parameter scope is missing.".to_owned()));
    }
    let unregistered: Vec<&str> = scopes
        .iter()
        .filter(|scope| !scope.is_openid() && !client.scopes.contains(scope.as_str()))
        .map(webex::Scope::as_str)
        .collect();
    if unregistered.is_empty() {
        Ok(scopes)
    } else {
        Err(invalid(format!(
            "These scopes are not registered for the integration: {}.",
            shown(&unregistered.join(" "))
        )))
    }
}

#[cfg(test)]
mod tests {
    use kit::Timestamp;
    use proptest::prelude::*;

    use super::*;
    use crate::Lifetimes;

    fn client(redirect_uris: &[&str]) -> Client {
        Client {
            kind: crate::ClientKind::default(),
            client_id: "C89a4ba3aa80c33dd80bfc17a1572c5026049234c0aa90b7793b47dac37d7fa6c".to_owned(),
            name: "Synch".to_owned(),
            vendor: String::new(),
            contact: String::new(),
            privacy_url: String::new(),
            support_url: String::new(),
            scopes: ScopeSet::parse("spark:all spark-admin:people_read").unwrap(),
            redirect_uris: redirect_uris.iter().map(|uri| (*uri).to_owned()).collect(),
            legacy: false,
            lifetimes: Lifetimes::default(),
            initiate_login_uri: String::new(),
            enabled: true,
            built_in: false,
            is_public: false,
            rotates_refresh_tokens: false,
            nothing_before: None,
            created_at: Timestamp::from_millis(0),
        }
    }

    fn refused(query: &str) -> OAuthError {
        let client = client(&["https://a.example/cb"]);
        read(
            &Parameters::of_form(query.as_bytes()),
            &client,
            "https://a.example/cb".to_owned(),
        )
        .unwrap_err()
        .error
    }

    #[test]
    fn r01_redirect_uris_are_compared_character_by_character() {
        let two = client(&["https://a.example/cb", "http://127.0.0.1:8090/cb"]);
        assert_eq!(
            choose_redirect_uri(&two, Some("https://a.example/cb")).unwrap(),
            "https://a.example/cb"
        );
        for other in [
            "https://a.example/cb/",
            "https://a.example/cb?x=1",
            "https://A.example/cb",
            "https://a.example:443/cb",
            "https://a.example/CB",
            "https://a.example/cb#x",
            "https://a.example.evil/cb",
            "http://127.0.0.1:9999/cb",
            "https://a.example/../cb",
        ] {
            assert_eq!(
                choose_redirect_uri(&two, Some(other)),
                Err(Unanswerable::UnregisteredRedirectUri),
                "{other}"
            );
        }
        assert_eq!(choose_redirect_uri(&two, None), Err(Unanswerable::NoRedirectUri));
        assert_eq!(
            choose_redirect_uri(&client(&["https://a.example/cb"]), None).unwrap(),
            "https://a.example/cb"
        );
        assert_eq!(
            choose_redirect_uri(&client(&[]), None),
            Err(Unanswerable::NoRedirectUri)
        );
    }

    #[test]
    fn r01_the_port_of_a_loopback_address_is_the_only_slack_and_only_without_a_secret() {
        let registered = client(&[
            "http://127.0.0.1/cb?a=b",
            "http://[::1]:9/cb",
            "http://localhost/cb",
        ]);
        let public = Client {
            is_public: true,
            ..registered.clone()
        };
        for uri in [
            "http://127.0.0.1:51004/cb?a=b",
            "http://127.0.0.1/cb?a=b",
            "http://[::1]/cb",
        ] {
            assert_eq!(choose_redirect_uri(&public, Some(uri)).unwrap(), uri);
        }
        for uri in [
            "http://127.0.0.1:51004/cb",
            "http://127.0.0.1:0/cb?a=b",
            "http://127.0.0.1:99999/cb?a=b",
            "http://127.0.0.1:80@evil.example/cb?a=b",
            "http://127.0.0.1.evil.example/cb?a=b",
            "https://127.0.0.1:51004/cb?a=b",
            "http://localhost:51004/cb",
        ] {
            assert_eq!(
                choose_redirect_uri(&public, Some(uri)),
                Err(Unanswerable::UnregisteredRedirectUri),
                "{uri}"
            );
        }
        let refused = choose_redirect_uri(&registered, Some("http://127.0.0.1:51004/cb?a=b"));
        assert_eq!(refused, Err(Unanswerable::UnregisteredRedirectUri));
    }

    #[test]
    fn r03_implicit_and_hybrid_response_types_are_refused() {
        for kind in ["token", "id_token", "id_token+token", "code+token"] {
            assert_eq!(
                refused(&format!("response_type={kind}&scope=spark:all")).code,
                ErrorCode::UnsupportedResponseType
            );
        }
    }

    #[test]
    fn a_scope_must_be_registered_itself_and_all_does_not_stand_for_the_others() {
        assert_eq!(
            refused("response_type=code&scope=spark:people_read").code,
            ErrorCode::InvalidScope
        );
        assert_eq!(refused("response_type=code").code, ErrorCode::InvalidScope);
        assert_eq!(refused("response_type=code&scope=").code, ErrorCode::InvalidScope);
    }

    #[test]
    fn openid_needs_a_nonce_and_need_not_be_registered() {
        assert_eq!(
            refused("response_type=code&scope=openid+email").code,
            ErrorCode::InvalidRequest
        );
        let client = client(&["https://a.example/cb"]);
        let parameters = Parameters::of_form(
            b"response_type=code&scope=openid+email&nonce=n&state=s&prompt=select_account&max_age=60",
        );
        let request = read(&parameters, &client, "https://a.example/cb".to_owned()).unwrap();
        assert_eq!(
            (request.prompt, request.max_age),
            (Prompt::SignIn, Some(Duration::from_secs(60)))
        );
        assert_eq!(request.nonce.as_deref(), Some("n"));
    }

    #[test]
    fn what_contradicts_itself_is_refused() {
        assert_eq!(
            refused("response_type=code&scope=spark:all&prompt=none+login").code,
            ErrorCode::InvalidRequest
        );
        assert_eq!(
            refused("response_type=code&scope=spark:all&max_age=soon").code,
            ErrorCode::InvalidRequest
        );
        assert_eq!(
            refused("response_type=code&scope=spark:all&scope=spark:all").code,
            ErrorCode::InvalidRequest
        );
        assert_eq!(
            refused("response_type=code&scope=spark:all&request_uri=https://a.example").code,
            ErrorCode::InvalidRequest
        );
    }

    proptest! {
        #[test]
        fn no_query_panics_and_descriptions_are_printable(query in ".{0,200}") {
            let client = client(&["https://a.example/cb"]);
            let parameters = Parameters::of_form(query.as_bytes());
            if let Err(refused) = read(&parameters, &client, "https://a.example/cb".to_owned()) {
                prop_assert!(refused.error.description.bytes().all(|byte| matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\'));
            }
        }
    }
}
