use async_trait::async_trait;
use kit::Result;
use suite_authorizations::{Authorizations, IntegrationKey};
use suite_directory::Connections;
use suite_tenancy::CustomerId;
use webex_client::WebexClient;

/// Gives Users' Synch the customer's authorization of it.
pub(crate) struct ByAuthorization(pub(crate) Authorizations);

#[async_trait]
impl Connections for ByAuthorization {
    async fn client_for(&self, customer: CustomerId) -> Result<WebexClient> {
        self.0.client_for(customer, IntegrationKey::UsersSynch).await
    }
}
