use http::Method;
use kit::Timestamp;
use serde::Deserialize;
use serde_json::Value;
use webex::{Items, Location, Organization, PeoplePage, Person, TelephonyLocations};

use crate::client::{WebexClient, with_query};
use crate::error::ClientError;
use crate::origins::Origins;
use crate::pages::Pages;

/// What `GET /people` is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PeopleQuery {
    /// With numbers, extension and location; the platform then answers at most 100 a page.
    pub calling_data: bool,
    /// People a page; the platform's default where `None`.
    pub max: Option<u32>,
    /// Only the person with this address.
    pub email: Option<String>,
    /// Only people whose name begins with this.
    pub display_name: Option<String>,
    /// Only people of this location.
    pub location_id: Option<String>,
    /// Without presence, which is cheaper for the platform.
    pub exclude_status: bool,
}

impl PeopleQuery {
    fn pairs(&self) -> Vec<(&'static str, String)> {
        let Self {
            calling_data,
            max,
            email,
            display_name,
            location_id,
            exclude_status,
        } = self;
        let flag = |name: &'static str, on: bool| on.then(|| (name, "true".to_owned()));
        [
            flag("callingData", *calling_data),
            max.map(|max| ("max", max.to_string())),
            email.clone().map(|email| ("email", email)),
            display_name.clone().map(|name| ("displayName", name)),
            location_id.clone().map(|id| ("locationId", id)),
            flag("excludeStatus", *exclude_status),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// The answer of `GET /authorizations/tokenExpiry`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct AuthorizationExpiry {
    exp: i64,
}

impl AuthorizationExpiry {
    /// When the token ends. The platform counts milliseconds; seconds, as JWTs count, are understood too.
    pub fn ends_at(self) -> Timestamp {
        // A moment in milliseconds that is smaller than this was in 1973.
        const SMALLEST_MILLISECONDS: i64 = 100_000_000_000;
        let milliseconds = if self.exp < SMALLEST_MILLISECONDS {
            self.exp.saturating_mul(1000)
        } else {
            self.exp
        };
        Timestamp::from_millis(milliseconds)
    }
}

/// The answer of `GET /userinfo`; `email_verified` is documented as text and left out.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct UserInfo {
    /// The person's UUID.
    pub sub: String,
    /// With the scope `email`.
    #[serde(default)]
    pub email: Option<String>,
    /// With the scope `profile`.
    #[serde(default)]
    pub name: Option<String>,
}

/// Which call records `GET /cdr_feed` is asked for. The platform wants a window of at most 48 hours that ends at
/// least five minutes ago.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallRecordsWindow {
    /// Calls that began at or after.
    pub start: Timestamp,
    /// Calls that began before.
    pub end: Timestamp,
    /// Records a page: 500 to 5,000.
    pub max: u32,
}

impl WebexClient {
    /// The person who authorized (`GET /people/me`).
    pub async fn me(&self) -> Result<Person, ClientError> {
        self.get(&["people", "me"], &[]).await
    }

    /// One person (`GET /people/{id}`).
    pub async fn person(&self, id: &str) -> Result<Person, ClientError> {
        self.get(&["people", id], &[]).await
    }

    /// People, page by page (`GET /people`).
    pub fn people(&self, query: &PeopleQuery) -> Pages<PeoplePage> {
        self.list(&["people"], &query.pairs())
    }

    /// The first page of people only.
    pub async fn first_people(&self, query: &PeopleQuery) -> Result<PeoplePage, ClientError> {
        self.get(&["people"], &query.pairs()).await
    }

    /// Locations, page by page (`GET /locations`).
    pub fn locations(&self) -> Pages<Items<Location>> {
        self.list(&["locations"], &[("max", "1000".to_owned())])
    }

    /// The calling side of the locations, page by page (`GET /telephony/config/locations`).
    pub fn telephony_locations(&self) -> Pages<TelephonyLocations> {
        self.list(
            &["telephony", "config", "locations"],
            &[("max", "1000".to_owned())],
        )
    }

    /// An organization (`GET /organizations/{id}`).
    pub async fn organization(&self, id: &str) -> Result<Organization, ClientError> {
        self.get(&["organizations", id], &[]).await
    }

    /// When the access token ends (`GET /authorizations/tokenExpiry`).
    pub async fn authorization_expiry(&self) -> Result<AuthorizationExpiry, ClientError> {
        self.get(&["authorizations", "tokenExpiry"], &[]).await
    }

    /// Who signed in (`GET /userinfo`).
    pub async fn user_info(&self) -> Result<UserInfo, ClientError> {
        self.get(&["userinfo"], &[]).await
    }

    /// The calls of a member at this moment (`GET /telephony/calls/members/{id}/calls`), as they come.
    pub async fn member_calls(&self, member_id: &str) -> Result<Items<Value>, ClientError> {
        self.get(&["telephony", "calls", "members", member_id, "calls"], &[])
            .await
    }

    /// The first page of call records (`GET /cdr_feed` at the address of the call records), as they come.
    pub async fn call_records(&self, window: CallRecordsWindow) -> Result<Items<Value>, ClientError> {
        let query = [
            ("startTime", window.start.to_string()),
            ("endTime", window.end.to_string()),
            ("max", window.max.to_string()),
        ];
        let url = with_query(
            Origins::endpoint(&self.origins().call_records, &["cdr_feed"]),
            &query,
        );
        self.call(Method::GET, url, None).await?.json()
    }

    /// Any list that pages by `Link`, below the API base.
    pub fn list<P>(&self, segments: &[&str], query: &[(&str, String)]) -> Pages<P> {
        let first = with_query(Origins::endpoint(&self.origins().api, segments), query);
        Pages::read(self.clone(), first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expiry_is_understood_in_milliseconds_and_in_seconds() {
        let milliseconds = AuthorizationExpiry {
            exp: 1_768_630_439_322,
        };
        let seconds = AuthorizationExpiry { exp: 1_768_630_439 };
        assert_eq!(milliseconds.ends_at().to_string(), "2026-01-17T06:13:59.322Z");
        assert_eq!(
            seconds.ends_at().as_seconds(),
            milliseconds.ends_at().as_seconds()
        );
    }
}
