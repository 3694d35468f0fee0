use std::collections::BTreeMap;

use kit::{Error, Result, SecretString};
use url::Url;
use webex_client::{ClientCredentials, Origins};

use super::{INTEGRATIONS, IntegrationKey};

/// Where the platform sends the browser back, below the Suite's public URL.
pub const CALLBACK_PATH: &str = "/authorizations/callback";

/// Client ids that belong to another vendor. Our Hub knows them; towards Webex itself they are refused.
const FOREIGN_CLIENT_IDS: [&str; 5] = [
    "C89a4ba3aa80c33dd80bfc17a1572c5026049234c0aa90b7793b47dac37d7fa6c",
    "C1468e046a54f78620ca6d1b16eda8096165d0f960078c8e38c5ac09fb7f7f120",
    "C143958d8c8645673914400fbf4b06fa022da2a7caeac67b5eb48d062709cf24e",
    "C2b09ee9cb8a3ae94ae0e6417d7dcf7e33351ae00bbb22fb9937a79796a8371b5",
    "C287f727f93d20644fd10a5bd2d3c8b6796497bd21bd28d92e588f470ceb546c4",
];

/// The Webex side, as the configuration says it.
#[derive(Clone, Debug)]
pub struct ProviderOptions {
    /// `https://webexapis.com/v1` or `http://127.0.0.1:8080/v1`.
    pub api_base: String,
    /// Where call records are, if elsewhere: `https://analytics-calling.webexapis.com/v1`.
    pub call_records_base: Option<String>,
    pub authorize_url: String,
    pub token_url: String,
    /// Where tokens are taken back (RFC 7009), if anywhere.
    pub revoke_url: Option<String>,
    /// The keys with which id tokens are signed. Without it nothing with `openid` can be authorized.
    pub jwks_url: Option<String>,
    /// What `iss` must be in authorization responses and id tokens. Webex names none in the former, and one of
    /// several brokers in the latter: leave it out there.
    pub issuer: Option<String>,
    /// The page of Control Hub where an integration is allowed; `{client_id}` and `{application_id}` are filled in.
    pub control_hub_url: Option<String>,
    pub clients: Vec<IntegrationClient>,
}

/// An integration as it is registered with the platform.
#[derive(Clone, Debug)]
pub struct IntegrationClient {
    pub integration: IntegrationKey,
    pub client_id: String,
    pub client_secret: SecretString,
    pub redirect_uri: String,
}

/// The Webex side, read and checked.
#[derive(Clone, Debug)]
pub struct Provider {
    pub(crate) origins: Origins,
    pub(crate) authorize_url: Url,
    pub(crate) token_url: Url,
    pub(crate) revoke_url: Option<Url>,
    pub(crate) jwks_url: Option<Url>,
    pub(crate) issuer: Option<String>,
    control_hub_url: Option<String>,
    clients: BTreeMap<IntegrationKey, IntegrationClient>,
}

impl ProviderOptions {
    /// The usual addresses below one origin: Webex's own where it is `https://webexapis.com`, otherwise those of a Hub.
    pub fn at(origin: &str) -> Self {
        let origin = origin.trim_end_matches('/');
        let is_webex = Url::parse(origin).is_ok_and(|url| is_webex(&url));
        let broker = if is_webex {
            "https://idbroker.webex.com"
        } else {
            origin
        };
        let control_hub = if is_webex {
            "https://admin.webex.com/apps/integrations".to_owned()
        } else {
            format!("{origin}/apps/integrations?q={{client_id}}")
        };
        Self {
            api_base: format!("{origin}/v1"),
            call_records_base: is_webex.then(|| "https://analytics-calling.webexapis.com/v1".to_owned()),
            authorize_url: format!("{origin}/v1/authorize"),
            token_url: format!("{origin}/v1/access_token"),
            revoke_url: Some(format!("{broker}/idb/oauth2/v1/revoke")),
            jwks_url: Some(format!("{origin}/v1/verification")),
            issuer: None,
            control_hub_url: Some(control_hub),
            clients: Vec::new(),
        }
    }
}

impl Provider {
    /// Reads and checks the options. Towards Webex itself the ids of another vendor are refused.
    pub fn new(options: ProviderOptions) -> Result<Self> {
        let ProviderOptions {
            api_base,
            call_records_base,
            authorize_url,
            token_url,
            revoke_url,
            jwks_url,
            issuer,
            control_hub_url,
            clients,
        } = options;
        let mut origins = Origins::single(&api_base)?;
        if let Some(base) = call_records_base {
            origins = origins.with_call_records(&base)?;
        }
        let mut known = BTreeMap::new();
        for client in clients {
            check_client(&client, &origins.api)?;
            let name = client.integration.word();
            if known.insert(client.integration, client).is_some() {
                return Err(Error::invalid(format!(
                    "The integration {name} is configured twice."
                )));
            }
        }
        let jwks_url = jwks_url.map(|url| address("keys", &url)).transpose()?;
        Ok(Self {
            origins,
            authorize_url: address("authorization endpoint", &authorize_url)?,
            token_url: address("token endpoint", &token_url)?,
            revoke_url: revoke_url
                .map(|url| address("revocation endpoint", &url))
                .transpose()?,
            jwks_url,
            issuer: issuer.filter(|issuer| !issuer.is_empty()),
            control_hub_url,
            clients: known,
        })
    }

    /// The registration of an integration, or words that say that there is none.
    pub fn client(&self, key: IntegrationKey) -> Result<&IntegrationClient> {
        self.clients.get(&key).ok_or_else(|| {
            Error::conflict(format!(
                "{} is not configured in this Suite: it needs a client id and a client secret. Register the integration at the platform and add it to the configuration as “{}”.",
                key.integration().name,
                key.word()
            ))
        })
    }

    /// Whether the integration has a registration.
    pub fn is_configured(&self, key: IntegrationKey) -> bool {
        self.clients.contains_key(&key)
    }

    /// How many of the five have one.
    pub fn configured(&self) -> Vec<IntegrationKey> {
        INTEGRATIONS
            .iter()
            .map(|integration| integration.key)
            .filter(|key| self.is_configured(*key))
            .collect()
    }

    pub(crate) fn credentials(&self, key: IntegrationKey) -> Result<ClientCredentials> {
        let client = self.client(key)?;
        Ok(ClientCredentials {
            client_id: client.client_id.clone(),
            client_secret: client.client_secret.clone(),
        })
    }

    /// The page of Control Hub at which this integration is allowed or blocked.
    pub fn control_hub_page(&self, client_id: &str) -> Option<String> {
        let template = self.control_hub_url.as_deref()?;
        let page = template
            .replace("{client_id}", client_id)
            .replace("{application_id}", &webex::application_id(client_id));
        Url::parse(&page)
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https"))
            .map(String::from)
    }
}

fn is_webex(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    ["webexapis.com", "webex.com", "ciscospark.com", "wbx2.com"]
        .iter()
        .any(|domain| host == *domain || host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.')))
}

fn check_client(client: &IntegrationClient, api: &Url) -> Result<()> {
    let word = client.integration.word();
    if client.client_id.is_empty() || !client.client_id.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Error::invalid(format!(
            "The client id of {word} must be the text that the platform showed at the registration."
        )));
    }
    if is_webex(api) && FOREIGN_CLIENT_IDS.contains(&client.client_id.as_str()) {
        return Err(Error::invalid(format!(
            "The client id of {word} belongs to another vendor and is for a Hub only. Towards Webex itself register an integration of your own at developer.webex.com (My Webex Apps > Create a New App) and configure its client id and secret."
        )));
    }
    let redirect = address("redirect URI", &client.redirect_uri)?;
    if redirect.fragment().is_some() {
        return Err(Error::invalid(format!(
            "The redirect URI of {word} must not have a fragment."
        )));
    }
    Ok(())
}

fn address(what: &str, text: &str) -> Result<Url> {
    let url = Url::parse(text)
        .map_err(|error| Error::invalid(format!("The {what} “{text}” cannot be read: {error}.")))?;
    if matches!(url.scheme(), "http" | "https") && url.host().is_some() {
        Ok(url)
    } else {
        Err(Error::invalid(format!(
            "The {what} “{text}” must be an http or https address."
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(client_id: &str) -> IntegrationClient {
        IntegrationClient {
            integration: IntegrationKey::UsersSynch,
            client_id: client_id.to_owned(),
            client_secret: "s".into(),
            redirect_uri: "http://localhost:8090/authorizations/callback".to_owned(),
        }
    }

    fn at(origin: &str, client_id: &str) -> Result<Provider> {
        Provider::new(ProviderOptions {
            clients: vec![client(client_id)],
            ..ProviderOptions::at(origin)
        })
    }

    #[test]
    fn the_ids_of_another_vendor_work_at_a_hub_and_nowhere_else() {
        for id in FOREIGN_CLIENT_IDS {
            assert!(at("http://127.0.0.1:8080", id).is_ok());
            for webex in [
                "https://webexapis.com",
                "https://api.ciscospark.com",
                "https://analytics.webexapis.com",
            ] {
                let error = at(webex, id).unwrap_err();
                assert!(
                    error.public().contains("register an integration of your own"),
                    "{error}"
                );
            }
        }
        assert!(
            at(
                "https://webexapis.com",
                "C0000000000000000000000000000000000000000000000000000000000000000"
            )
            .is_ok()
        );
        assert!(at("https://notwebex.com", FOREIGN_CLIENT_IDS[0]).is_ok());
    }

    #[test]
    fn the_page_of_control_hub_names_the_integration() {
        let provider = at("http://127.0.0.1:8080", "C1").unwrap();
        assert_eq!(
            provider.control_hub_page("C1").as_deref(),
            Some("http://127.0.0.1:8080/apps/integrations?q=C1")
        );
    }

    #[test]
    fn what_is_not_configured_says_what_is_missing() {
        let provider = at("http://127.0.0.1:8080", "C1").unwrap();
        let error = provider.client(IntegrationKey::Presence).unwrap_err();
        assert!(error.public().contains("“presence”"), "{error}");
        assert_eq!(provider.configured(), [IntegrationKey::UsersSynch]);
    }

    #[test]
    fn wrong_addresses_are_refused_in_words() {
        let mut options = ProviderOptions::at("http://127.0.0.1:8080");
        options.token_url = "file:///etc/passwd".to_owned();
        assert!(
            Provider::new(options)
                .unwrap_err()
                .public()
                .contains("token endpoint")
        );
    }
}
