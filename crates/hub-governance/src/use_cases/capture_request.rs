use std::time::Duration;

use hub_directory::Account;
use hub_oauth::{Client, GateDecision};
use kit::Result;
use webex::ScopeSet;

use crate::governance::Core;
use crate::model::{AccessRequest, MOST_REQUESTS, MOST_TOLD_AN_HOUR, RequestState};
use crate::store::requests::Captured;
use crate::store::{policies, requests};

const AN_HOUR: Duration = Duration::from_secs(3600);

/// Writes down that somebody wanted what is blocked, and tells whoever decides. Looks at the policy once more under its
/// lock, so that no request stays open for an integration that was enabled meanwhile.
pub(crate) async fn capture_request(
    core: &Core,
    account: &Account,
    client: &Client,
    requested: &ScopeSet,
    attempt: Option<&str>,
) -> Result<GateDecision> {
    let (now, organization) = (core.clock.now(), account.organization_id);
    let deciders = core.deciders(organization).await?;
    let mut transaction = policies::lock(&core.database, organization).await?;
    let (is_permitted, _) = policies::permission(
        &mut transaction,
        organization,
        &client.client_id,
        account.person_id,
        now,
    )
    .await?;
    if is_permitted {
        transaction.commit().await?;
        return Ok(GateDecision::Allow);
    }
    let request = AccessRequest {
        id: core.randomness.uuid(),
        organization_id: organization,
        client_id: client.client_id.clone(),
        person_id: account.person_id,
        person_name: account.display_name.clone(),
        person_email: account.email.clone(),
        scopes: requested.clone(),
        attempts: 1,
        first_at: now,
        last_at: now,
        reason: String::new(),
        state: RequestState::Open,
        justification: String::new(),
        decided_by_name: String::new(),
        decided_at: None,
    };
    let may_open = requests::stop(&mut transaction, organization, &client.client_id)
        .await?
        .is_none();
    let captured =
        requests::capture(&mut transaction, &request, attempt.unwrap_or_default(), may_open).await?;
    if let Captured::Opened { id, openings } = captured {
        let told = requests::told_since(&mut transaction, organization, now.minus(AN_HOUR)).await?;
        if told < MOST_TOLD_AN_HOUR {
            core.tell_deciders(&mut transaction, &deciders, client, &request, (id, openings))
                .await?;
            requests::note_told(&mut transaction, id, now).await?;
        }
        let opened = AccessRequest { id, ..request };
        core.tell_webhooks(&mut transaction, "created", &opened, Some(account.person_id))
            .await?;
        requests::drop_excess(&mut transaction, organization, MOST_REQUESTS).await?;
    }
    transaction.commit().await?;
    if captured != Captured::SeenAgain {
        tracing::info!(client_id = client.client_id, %organization, "a blocked integration was asked for");
    }
    Ok(GateDecision::Deny)
}
