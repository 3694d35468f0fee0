use hub_directory::Caller;
use hub_oauth::Client;
use kit::{Result, Timestamp, Uuid};

use super::rights::RequestRight;
use crate::governance::Governance;
use crate::model::{AccessRequest, Audience, Demand, HistoryEntry, RequestState};
use crate::store::{history, policies, requests};

/// How many of the waiting people an alert names.
const MOST_NAMED: i64 = 5;
/// How many of them the page about one integration lists.
const MOST_LISTED: i64 = 200;

/// An integration that people wait for.
#[derive(Clone, Debug)]
pub struct Alert {
    /// Its name.
    pub name: String,
    /// Who makes it.
    pub vendor: String,
    /// The “Integration ID”.
    pub application_id: String,
    /// How much it is wanted.
    pub demand: Demand,
    /// The most persistent of those who wait.
    pub requests: Vec<AccessRequest>,
}

/// Everything that somebody needs to decide about one integration.
#[derive(Clone, Debug)]
pub struct RequestPage {
    /// What the vendor registered.
    pub client: Client,
    /// Who may use it now.
    pub audience: Audience,
    /// Who waits, the most persistent first.
    pub requests: Vec<AccessRequest>,
    /// The words of whoever stopped requests.
    pub stopped: Option<String>,
    /// Who decided what about it.
    pub history: Vec<HistoryEntry>,
    /// What the caller may do.
    pub right: RequestRight,
}

impl Governance {
    /// The Alerts center: what people wait for, the most wanted first.
    pub async fn alerts(&self, caller: &Caller) -> Result<Vec<Alert>> {
        self.request_right(caller).await?;
        let clients = self.clients().await?;
        let mut alerts = Vec::new();
        for demand in requests::demand(&self.core.database, caller.organization_id).await? {
            // Requests for an integration that was deleted since have nobody to decide about.
            let Some(client) = clients.iter().find(|client| client.client_id == demand.client_id) else {
                continue;
            };
            alerts.push(Alert {
                name: client.name.clone(),
                vendor: client.vendor.clone(),
                application_id: webex::application_id(&client.client_id),
                requests: requests::open(
                    &self.core.database,
                    caller.organization_id,
                    &client.client_id,
                    MOST_NAMED,
                )
                .await?,
                demand,
            });
        }
        Ok(alerts)
    }

    /// The requests for one integration.
    pub async fn requests_for(&self, caller: &Caller, client_id: &str) -> Result<RequestPage> {
        let right = self.request_right(caller).await?;
        let client = self.client(client_id).await?;
        let (database, organization) = (&self.core.database, caller.organization_id);
        let id = client.client_id.as_str();
        Ok(RequestPage {
            audience: policies::policies(database, organization).await?.audience_of(id),
            requests: requests::open(database, organization, id, MOST_LISTED).await?,
            stopped: requests::stop(database, organization, id).await?,
            history: history::about(database, organization, id, 20).await?,
            client,
            right,
        })
    }

    /// A page of the organization's requests in any state, the oldest first.
    pub async fn list_requests(
        &self,
        caller: &Caller,
        state: Option<RequestState>,
        client_id: Option<&str>,
        after: Option<(Timestamp, Uuid)>,
        most: i64,
    ) -> Result<Vec<AccessRequest>> {
        self.request_right(caller).await?;
        requests::page(
            &self.core.database,
            caller.organization_id,
            state,
            client_id,
            after,
            most,
        )
        .await
    }

    /// How many requests wait in the caller's organization; 0 for those who may not see them.
    pub async fn open_requests(&self, caller: &Caller) -> Result<u64> {
        if self.request_right(caller).await.is_err() {
            return Ok(0);
        }
        let count = requests::count_open(&self.core.database, caller.organization_id).await?;
        Ok(u64::try_from(count).unwrap_or(0))
    }
}
