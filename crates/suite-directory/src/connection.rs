use async_trait::async_trait;
use kit::Result;
use suite_tenancy::CustomerId;
use webex_client::WebexClient;

/// Where a run gets its connection to the customer's organization. The authorizations implement it.
#[async_trait]
pub trait Connections: Send + Sync + 'static {
    /// A client that acts by the customer's authorization of Users' Synch. The error says in words why there is none.
    async fn client_for(&self, customer: CustomerId) -> Result<WebexClient>;
}
