use hub_directory::Caller;
use hub_oauth::Client;
use kit::Result;

use super::list_adopted_people::AdoptedPerson;
use super::list_integrations::{self, Integration};
use super::rights::require_view;
use crate::governance::Governance;
use crate::model::{AccessRequest, Audience, Expiry, HistoryEntry, purpose_of};
use crate::store::{adoption, expiries, history, policies, requests};

/// How many people, requests and lines of history the panel shows.
const MOST_SHOWN: usize = 50;

/// Everything about one integration, as the caller's organization sees it.
#[derive(Clone, Debug)]
pub struct IntegrationView {
    /// The row.
    pub integration: Integration,
    /// Whether the organization decided about this one in particular.
    pub is_exception: bool,
    /// Who may use it.
    pub audience: Audience,
    /// Approvals that end by themselves, the next one first.
    pub expiries: Vec<Expiry>,
    /// What it is for, in a sentence; nothing where nobody said.
    pub purpose: Option<&'static str>,
    /// What the vendor registered.
    pub client: Client,
    /// Who uses it now; the first of them.
    pub people: Vec<AdoptedPerson>,
    /// How many use it now.
    pub people_total: usize,
    /// Who waits for it.
    pub requests: Vec<AccessRequest>,
    /// Who decided what about it.
    pub history: Vec<HistoryEntry>,
}

impl Governance {
    /// One integration by client id or application id.
    pub async fn integration(&self, caller: &Caller, id: &str) -> Result<IntegrationView> {
        require_view(caller)?;
        let client = self.client(id).await?;
        let (database, organization) = (&self.core.database, caller.organization_id);
        let policies = policies::policies(database, organization).await?;
        let adoption = adoption::read(database, organization).await?;
        let (people, people_total) = self.adopted_people(caller, &client.client_id, MOST_SHOWN).await?;
        let most = i64::try_from(MOST_SHOWN).unwrap_or(i64::MAX);
        Ok(IntegrationView {
            integration: list_integrations::row(&client, &policies, &adoption),
            is_exception: policies.exceptions.contains_key(&client.client_id),
            audience: policies.audience_of(&client.client_id),
            expiries: expiries::of_client(database, organization, &client.client_id).await?,
            purpose: purpose_of(&client.client_id),
            people,
            people_total,
            requests: requests::open(database, organization, &client.client_id, most).await?,
            history: history::about(database, organization, &client.client_id, most).await?,
            client,
        })
    }

    /// The latest decisions in the caller's organization, with the names of the integrations.
    pub async fn latest_decisions(
        &self,
        caller: &Caller,
        most: i64,
    ) -> Result<Vec<(HistoryEntry, Option<String>)>> {
        require_view(caller)?;
        let clients = self.clients().await?;
        let name_of = |id: &str| {
            clients
                .iter()
                .find(|client| client.client_id == id)
                .map(|client| client.name.clone())
        };
        let entries = history::latest(&self.core.database, caller.organization_id, most).await?;
        Ok(entries
            .into_iter()
            .map(|entry| (entry.clone(), entry.client_id.as_deref().and_then(name_of)))
            .collect())
    }
}
