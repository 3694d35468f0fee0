use hub_directory::Caller;
use kit::{Result, Timestamp};
use url::Url;

use crate::governance::Governance;
use crate::model::{AccessRequest, RequestState};
use crate::store::{expiries, requests};

/// What somebody asked for, and what became of it.
#[derive(Clone, Debug)]
pub struct MyRequest {
    /// The request.
    pub request: AccessRequest,
    /// The name of the integration; its client id where it does not exist any more.
    pub name: String,
    /// Where the integration begins an authorization, when the person may use it now and it registered such an address.
    pub begin_at: Option<String>,
    /// When the approval ends by itself.
    pub expires_at: Option<Timestamp>,
}

impl Governance {
    /// The caller's own requests, the latest first.
    pub async fn my_requests(&self, caller: &Caller) -> Result<Vec<MyRequest>> {
        let found = requests::of_person(&self.core.database, caller.person_id, None).await?;
        let email = self
            .core
            .directory
            .account(caller.person_id)
            .await?
            .map(|account| account.email)
            .unwrap_or_default();
        let mut mine = Vec::new();
        for request in found {
            let client = self.oauth()?.client(&request.client_id).await?;
            let is_allowed = request.state == RequestState::Allowed;
            let expires_at = if is_allowed {
                expiries::of_client(&self.core.database, request.organization_id, &request.client_id)
                    .await?
                    .into_iter()
                    .find(|expiry| expiry.person_id.is_none_or(|person| person == caller.person_id))
                    .map(|expiry| expiry.expires_at)
            } else {
                None
            };
            let begin_at = client
                .as_ref()
                .filter(|client| is_allowed && client.enabled)
                .and_then(|client| begin_at(&client.initiate_login_uri, self.oauth().ok()?.issuer(), &email));
            mine.push(MyRequest {
                name: client.map_or_else(|| request.client_id.clone(), |client| client.name),
                begin_at,
                expires_at,
                request,
            });
        }
        Ok(mine)
    }
}

/// The registered address with what OpenID Connect's third-party initiated login sends along.
fn begin_at(initiate_login_uri: &str, issuer: &str, email: &str) -> Option<String> {
    let mut url = Url::parse(initiate_login_uri).ok()?;
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    url.query_pairs_mut()
        .append_pair("iss", issuer)
        .append_pair("login_hint", email);
    Some(url.into())
}

#[cfg(test)]
mod tests {
    use super::begin_at;

    #[test]
    fn the_registered_address_is_told_who_sends_the_person() {
        assert_eq!(
            begin_at(
                "https://suite.example/begin?of=presence",
                "http://127.0.0.1:8080",
                "ada@example.com"
            )
            .unwrap(),
            "https://suite.example/begin?of=presence&iss=http%3A%2F%2F127.0.0.1%3A8080&login_hint=ada%40example.com"
        );
        assert_eq!(begin_at("", "i", "e"), None);
        assert_eq!(begin_at("javascript:alert(1)", "i", "e"), None);
    }
}
