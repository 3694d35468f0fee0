use hub_directory::Caller;
use kit::Result;

use super::rights::require_view;
use crate::governance::Governance;
use crate::model::{AccessRequest, Demand};
use crate::store::requests;

/// How many of the waiting people an alert names.
const MOST_NAMED: i64 = 5;

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

impl Governance {
    /// The Alerts center: what people wait for, the most wanted first.
    pub async fn alerts(&self, caller: &Caller) -> Result<Vec<Alert>> {
        require_view(caller)?;
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

    /// How many requests wait in the caller's organization; 0 for those who may not see them.
    pub async fn open_requests(&self, caller: &Caller) -> Result<u64> {
        if require_view(caller).is_err() {
            return Ok(0);
        }
        let count = requests::count_open(&self.core.database, caller.organization_id).await?;
        Ok(u64::try_from(count).unwrap_or(0))
    }
}
