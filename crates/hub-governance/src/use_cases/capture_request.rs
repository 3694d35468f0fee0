use hub_directory::Account;
use hub_oauth::GateDecision;
use kit::Result;
use webex::ScopeSet;

use crate::governance::Core;
use crate::model::{AccessRequest, MOST_REQUESTS};
use crate::store::{policies, requests};

/// Writes down that somebody wanted what is blocked; administrators see it in the Alerts center. Looks at the
/// policy once more under its lock, so that no request stays open for an integration that was enabled meanwhile.
pub(crate) async fn capture_request(
    core: &Core,
    account: &Account,
    client_id: &str,
    requested: &ScopeSet,
) -> Result<GateDecision> {
    let now = core.clock.now();
    let mut transaction = policies::lock(&core.database, account.organization_id).await?;
    if policies::standing(&mut transaction, account.organization_id, client_id)
        .await?
        .is_enabled()
    {
        transaction.commit().await?;
        return Ok(GateDecision::Allow);
    }
    let request = AccessRequest {
        id: core.randomness.uuid(),
        organization_id: account.organization_id,
        client_id: client_id.to_owned(),
        person_id: account.person_id,
        person_name: account.display_name.clone(),
        person_email: account.email.clone(),
        scopes: requested.clone(),
        attempts: 1,
        first_at: now,
        last_at: now,
    };
    if requests::capture(&mut transaction, &request).await? {
        requests::drop_excess(&mut transaction, account.organization_id, MOST_REQUESTS).await?;
    }
    transaction.commit().await?;
    tracing::info!(client_id, organization_id = %account.organization_id, "a blocked integration was asked for");
    Ok(GateDecision::Deny)
}
