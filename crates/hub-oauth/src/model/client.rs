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

/// An integration that may ask people for authorization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    /// `C` and 64 hexadecimal digits.
    pub client_id: String,
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
    /// When it was registered.
    pub created_at: Timestamp,
}

/// What somebody says who registers a client.
#[derive(Clone, Debug, Default)]
pub struct NewClient {
    /// See [`Client::client_id`]; [`new_client_id`] invents one.
    pub client_id: String,
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
}

/// A client with the secret that is shown this one time.
#[derive(Debug)]
pub struct RegisteredClient {
    /// The client.
    pub client: Client,
    /// Its secret; only a hash of it is kept.
    pub secret: SecretString,
}

/// A client id that nobody has.
pub fn new_client_id(randomness: &dyn Randomness) -> String {
    format!("C{}", randomness.hex(32))
}

impl NewClient {
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
pub(crate) fn check_redirect_uris(uris: &[String]) -> Result<()> {
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

    fn named(client_id: &str) -> NewClient {
        NewClient {
            client_id: client_id.to_owned(),
            name: "An integration".to_owned(),
            ..NewClient::default()
        }
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
        let client = NewClient {
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
