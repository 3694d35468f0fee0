use std::time::Duration;

use kit::{Error, Randomness, Result, SecretString, Timestamp};
use url::Url;
use webex::ScopeSet;

/// How long what a client gets lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifetimes {
    /// An access token.
    pub access: Duration,
    /// A refresh token.
    pub refresh: Duration,
    /// Whether each refresh gives the refresh token its whole life again.
    pub refresh_slides: bool,
}

impl Default for Lifetimes {
    /// 14 days and 90 sliding days, as Webex gives its integrations.
    fn default() -> Self {
        const DAY: u64 = 24 * 3600;
        Self {
            access: Duration::from_secs(14 * DAY),
            refresh: Duration::from_secs(90 * DAY),
            refresh_slides: true,
        }
    }
}

/// What kind of application a client is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ClientKind {
    /// People authorize it, each for themselves.
    #[default]
    Integration,
    /// A Full Admin authorizes it for the whole organization; it acts as a machine of its own and never through
    /// `/v1/authorize`.
    ServiceApp,
}

impl ClientKind {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Integration => "integration",
            Self::ServiceApp => "service_app",
        }
    }

    pub(crate) fn parse(text: &str) -> Result<Self> {
        match text {
            "integration" => Ok(Self::Integration),
            "service_app" => Ok(Self::ServiceApp),
            other => Err(Error::internal(format!("a client of the kind {other}"))),
        }
    }
}

/// An application that may ask for authorization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    /// `C` and 64 hexadecimal digits.
    pub client_id: String,
    /// Integration or Service App.
    pub kind: ClientKind,
    /// As people read it.
    pub name: String,
    /// Who makes it.
    pub vendor: String,
    /// Where to reach the vendor.
    pub contact: String,
    /// The vendor's privacy statement, or empty.
    pub privacy_url: String,
    /// Where help is, or empty.
    pub support_url: String,
    /// What it may ask for at the most; OpenID Connect's own scopes need not be named.
    pub scopes: ScopeSet,
    /// Where it takes answers.
    pub redirect_uris: Vec<String>,
    /// Whether it may use what is kept for old programs only (PKCE `plain`, the implicit flow).
    pub legacy: bool,
    /// How long its tokens live.
    pub lifetimes: Lifetimes,
    /// Where it starts an authorization from, or empty.
    pub initiate_login_uri: String,
    /// Off: nobody can authorize it and nothing that it holds is valid.
    pub enabled: bool,
    /// Part of the hub itself; no policy applies to it.
    pub built_in: bool,
    /// Whether it runs where it cannot keep a secret (RFC 6749, section 2.1): it has none, must use PKCE, and its refresh
    /// tokens rotate.
    pub is_public: bool,
    /// Whether each refresh answers a new refresh token in place of the one that came.
    pub rotates_refresh_tokens: bool,
    /// What was granted until this moment is dead: the last time at which it was switched off.
    pub nothing_before: Option<Timestamp>,
    /// When it was registered.
    pub created_at: Timestamp,
}

impl Client {
    /// Whether people consent to it; a Service App is authorized otherwise, and the hub's own clients not at all.
    pub(crate) fn takes_consent(&self) -> bool {
        !self.built_in && self.kind == ClientKind::Integration
    }

    /// Whether a grant of this moment can live.
    pub(crate) fn lets_live(&self, granted_at: Timestamp) -> bool {
        lets_live(self.enabled, self.nothing_before, granted_at)
    }
}

/// See [`Client::lets_live`].
pub(crate) fn lets_live(enabled: bool, nothing_before: Option<Timestamp>, granted_at: Timestamp) -> bool {
    enabled && nothing_before.is_none_or(|end| granted_at > end)
}

/// What somebody says who registers a client.
#[derive(Clone, Debug, Default)]
pub struct NewClient {
    /// See [`Client::client_id`]; [`new_client_id`] invents one.
    pub client_id: String,
    /// See [`Client::kind`].
    pub kind: ClientKind,
    /// See [`Client::name`].
    pub name: String,
    /// See [`Client::vendor`].
    pub vendor: String,
    /// See [`Client::contact`].
    pub contact: String,
    /// See [`Client::privacy_url`].
    pub privacy_url: String,
    /// See [`Client::support_url`].
    pub support_url: String,
    /// See [`Client::scopes`].
    pub scopes: ScopeSet,
    /// See [`Client::redirect_uris`].
    pub redirect_uris: Vec<String>,
    /// See [`Client::legacy`].
    pub legacy: bool,
    /// See [`Client::lifetimes`].
    pub lifetimes: Lifetimes,
    /// See [`Client::initiate_login_uri`].
    pub initiate_login_uri: String,
    /// See [`Client::rotates_refresh_tokens`]; a public client's do in any case.
    pub rotates_refresh_tokens: bool,
}

/// What is to be different about a client; what is `None` stays.
#[derive(Clone, Debug, Default)]
pub struct ClientChange {
    /// See [`Client::name`].
    pub name: Option<String>,
    /// See [`Client::vendor`].
    pub vendor: Option<String>,
    /// See [`Client::contact`].
    pub contact: Option<String>,
    /// See [`Client::privacy_url`].
    pub privacy_url: Option<String>,
    /// See [`Client::support_url`].
    pub support_url: Option<String>,
    /// See [`Client::scopes`]. Grants keep the scopes with which they were given.
    pub scopes: Option<ScopeSet>,
    /// See [`Client::redirect_uris`].
    pub redirect_uris: Option<Vec<String>>,
    /// See [`Client::initiate_login_uri`].
    pub initiate_login_uri: Option<String>,
    /// See [`Client::lifetimes`]; tokens that exist keep theirs.
    pub lifetimes: Option<Lifetimes>,
    /// See [`Client::rotates_refresh_tokens`].
    pub rotates_refresh_tokens: Option<bool>,
}

impl ClientChange {
    /// What the client is after the change.
    pub(crate) fn applied_to(self, client: Client) -> Client {
        let Self {
            name,
            vendor,
            contact,
            privacy_url,
            support_url,
            scopes,
            redirect_uris,
            initiate_login_uri,
            lifetimes,
            rotates_refresh_tokens,
        } = self;
        let rotates = rotates_refresh_tokens.unwrap_or(client.rotates_refresh_tokens);
        Client {
            name: name.unwrap_or(client.name),
            vendor: vendor.unwrap_or(client.vendor),
            contact: contact.unwrap_or(client.contact),
            privacy_url: privacy_url.unwrap_or(client.privacy_url),
            support_url: support_url.unwrap_or(client.support_url),
            scopes: scopes.unwrap_or(client.scopes),
            redirect_uris: redirect_uris.unwrap_or(client.redirect_uris),
            initiate_login_uri: initiate_login_uri.unwrap_or(client.initiate_login_uri),
            lifetimes: lifetimes.unwrap_or(client.lifetimes),
            rotates_refresh_tokens: rotates || client.is_public,
            ..client
        }
    }
}

/// A client with the secret that is shown this one time.
#[derive(Debug)]
pub struct RegisteredClient {
    /// The client.
    pub client: Client,
    /// Its secret; only a hash of it is kept.
    pub secret: SecretString,
}

impl NewClient {
    /// The client that is registered at this moment: switched on, with a secret, nobody's but its vendor's.
    pub(crate) fn into_client(self, now: Timestamp) -> Client {
        let Self {
            client_id,
            kind,
            name,
            vendor,
            contact,
            privacy_url,
            support_url,
            scopes,
            redirect_uris,
            legacy,
            lifetimes,
            initiate_login_uri,
            rotates_refresh_tokens,
        } = self;
        Client {
            client_id,
            kind,
            name,
            vendor,
            contact,
            privacy_url,
            support_url,
            scopes,
            redirect_uris,
            legacy,
            lifetimes,
            initiate_login_uri,
            enabled: true,
            built_in: false,
            is_public: false,
            rotates_refresh_tokens,
            nothing_before: None,
            created_at: now,
        }
    }
}

/// A client id that nobody has.
pub fn new_client_id(randomness: &dyn Randomness) -> String {
    format!("C{}", randomness.hex(32))
}

impl Client {
    /// Refuses what no integration may be called, link to or answer to.
    pub(crate) fn check(&self) -> Result<()> {
        let id = self.client_id.as_bytes();
        let is_hex = |byte: &u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(byte);
        if id.first() != Some(&b'C') || id.len() != 65 || !id[1..].iter().all(is_hex) {
            return Err(Error::invalid(
                "A client id is the letter C and 64 hexadecimal digits in lower case.",
            ));
        }
        for (what, text, longest) in [
            ("name", &self.name, 200),
            ("vendor", &self.vendor, 200),
            ("contact", &self.contact, 320),
            ("privacy address", &self.privacy_url, 2000),
            ("support address", &self.support_url, 2000),
            ("initiate-login address", &self.initiate_login_uri, 2000),
        ] {
            if text.chars().count() > longest || text.chars().any(char::is_control) {
                return Err(Error::invalid(format!(
                    "The {what} of an integration has {longest} characters at the most, on one line."
                )));
            }
        }
        for (what, address) in [
            ("privacy address", &self.privacy_url),
            ("support address", &self.support_url),
            ("initiate-login address", &self.initiate_login_uri),
        ] {
            // These become links on the page on which people decide.
            let is_web = Url::parse(address).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
            if !address.is_empty() && !is_web {
                return Err(Error::invalid(format!(
                    "The {what} of an integration must begin with https:// or http://."
                )));
            }
        }
        if self.name.trim().is_empty() {
            return Err(Error::invalid("An integration needs a name."));
        }
        check_redirect_uris(&self.redirect_uris)
    }
}

/// Refuses addresses to which no code may be sent.
pub fn check_redirect_uris(uris: &[String]) -> Result<()> {
    if uris.len() > 20 {
        return Err(Error::invalid("An integration has 20 redirect URIs at the most."));
    }
    uris.iter().try_for_each(|uri| check_redirect_uri(uri))
}

fn check_redirect_uri(uri: &str) -> Result<()> {
    let wrong = |why: &str| {
        Err(Error::invalid(format!(
            "“{uri}” cannot be a redirect URI: {why}."
        )))
    };
    if uri.len() > 2000 || !uri.bytes().all(|byte| byte.is_ascii_graphic()) {
        return wrong("it must be ASCII without spaces, 2,000 characters at the most");
    }
    let Ok(url) = Url::parse(uri) else {
        return wrong("it must be absolute, such as https://app.example.com/callback");
    };
    match url.scheme() {
        "http" | "https" if url.host().is_none() => wrong("it names no host"),
        "javascript" | "data" | "file" | "vbscript" | "blob" | "about" => {
            wrong("a browser would run it instead of opening it")
        }
        _ if url.fragment().is_some() => wrong("it must have no fragment (RFC 6749, section 3.1.2)"),
        _ if !url.username().is_empty() || url.password().is_some() => wrong("it must name no user"),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(client_id: &str) -> Client {
        NewClient {
            client_id: client_id.to_owned(),
            name: "An integration".to_owned(),
            ..NewClient::default()
        }
        .into_client(Timestamp::from_millis(0))
    }

    #[test]
    fn the_published_client_ids_are_accepted_and_others_are_not() {
        for id in [
            "C89a4ba3aa80c33dd80bfc17a1572c5026049234c0aa90b7793b47dac37d7fa6c",
            "C1468e046a54f78620ca6d1b16eda8096165d0f960078c8e38c5ac09fb7f7f120",
        ] {
            named(id).check().unwrap();
        }
        for id in [
            "",
            "C",
            "c89a4ba3aa80c33dd80bfc17a1572c5026049234c0aa90b7793b47dac37d7fa6c",
            "Cxyz",
        ] {
            assert!(named(id).check().is_err(), "{id}");
        }
    }

    #[test]
    fn the_links_of_the_consent_page_lead_into_the_web() {
        let client = Client {
            privacy_url: "javascript:alert(document.cookie)".to_owned(),
            ..named("C89a4ba3aa80c33dd80bfc17a1572c5026049234c0aa90b7793b47dac37d7fa6c")
        };
        assert!(client.check().unwrap_err().public().contains("https://"));
    }

    #[test]
    fn redirect_uris_that_could_not_carry_a_code_are_refused_in_words() {
        let refused = |uri: &str| check_redirect_uri(uri).unwrap_err().public().to_owned();
        assert!(refused("/callback").contains("absolute"));
        assert!(refused("https://a.example/cb#part").contains("fragment"));
        assert!(refused("javascript:alert(1)").contains("run it"));
        assert!(refused("https://user@a.example/cb").contains("no user"));
        assert!(check_redirect_uri("http://localhost:8090/authorizations/callback").is_ok());
        assert!(check_redirect_uri("https://a.example/cb?tenant=7").is_ok());
        assert!(check_redirect_uri("com.example.app:/callback").is_ok());
    }
}
