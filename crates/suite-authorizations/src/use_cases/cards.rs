use kit::{Result, Timestamp};
use suite_tenancy::{Action, Actor, CustomerId};

use crate::Authorizations;
use crate::model::{
    Attempt, AttemptStage, AuthorizationState, CheckReport, Grant, INTEGRATIONS, Integration,
};
use crate::store::{attempts, checks, grants};

/// One integration of a customer, with everything that its card shows.
#[derive(Clone, Debug)]
pub struct Card {
    pub integration: &'static Integration,
    /// As it is registered; absent where it is not configured.
    pub client_id: Option<String>,
    pub state: AuthorizationState,
    pub grant: Option<Grant>,
    /// The last check of this very authorization.
    pub check: Option<CheckReport>,
    /// Why the last attempt came to nothing, and when; only where nothing was authorized since.
    pub last_refusal: Option<(String, Timestamp)>,
}

impl Authorizations {
    /// The five cards of a customer.
    pub async fn cards(&self, actor: &Actor, customer: CustomerId) -> Result<Vec<Card>> {
        actor.require(Action::ViewCustomer, Some(customer))?;
        self.every_card(customer).await
    }

    pub(crate) async fn every_card(&self, customer: CustomerId) -> Result<Vec<Card>> {
        let database = &self.parts().database;
        let mut grants = grants::of_customer(database, customer).await?;
        let mut attempts = attempts::latest_of_customer(database, customer).await?;
        let mut checks = checks::of_customer(database, customer).await?;
        let now = self.now();
        let cards = INTEGRATIONS.iter().map(|integration| {
            let grant = take(&mut grants, |grant| grant.integration == integration.key);
            let attempt = take(&mut attempts, |attempt| attempt.integration == integration.key);
            let check = take(&mut checks, |(key, _)| *key == integration.key).map(|(_, report)| report);
            let client_id = self
                .parts()
                .provider
                .client(integration.key)
                .ok()
                .map(|client| client.client_id.clone());
            let state = state(client_id.is_some(), grant.as_ref(), attempt.as_ref(), now);
            let last_refusal = attempt
                .as_ref()
                .and_then(|attempt| last_refusal(attempt, grant.as_ref(), now));
            Card {
                integration,
                client_id,
                state,
                grant,
                check,
                last_refusal,
            }
        });
        Ok(cards.collect())
    }
}

fn take<T>(items: &mut Vec<T>, wanted: impl Fn(&T) -> bool) -> Option<T> {
    let index = items.iter().position(wanted)?;
    Some(items.swap_remove(index))
}

fn state(
    configured: bool,
    grant: Option<&Grant>,
    attempt: Option<&Attempt>,
    now: Timestamp,
) -> AuthorizationState {
    if let Some(grant) = grant.filter(|grant| !grant.state.is_dead()) {
        return AuthorizationState::Granted(grant.state.clone());
    }
    let under_way = attempt.filter(|attempt| !attempt.has_expired(now));
    match under_way.map(|attempt| (&attempt.stage, attempt)) {
        Some((AttemptStage::Open | AttemptStage::Exchanging, attempt)) => AuthorizationState::Pending {
            begun_by: attempt.begun_by.clone(),
            since: attempt.begun_at,
            until: attempt.expires_at,
        },
        Some((AttemptStage::Unconfirmed { .. }, attempt)) => AuthorizationState::Unconfirmed {
            begun_by: attempt.begun_by.clone(),
            until: attempt.expires_at,
        },
        _ => match grant {
            Some(grant) => AuthorizationState::Granted(grant.state.clone()),
            None if configured => AuthorizationState::NotAuthorized,
            None => AuthorizationState::NotConfigured,
        },
    }
}

fn last_refusal(attempt: &Attempt, grant: Option<&Grant>, now: Timestamp) -> Option<(String, Timestamp)> {
    if grant.is_some_and(|grant| grant.authorized_at >= attempt.begun_at) {
        return None;
    }
    match &attempt.stage {
        AttemptStage::Refused { reason } => Some((reason.clone(), attempt.stage_since)),
        // A denied person never comes back: this is all that we can know of it.
        AttemptStage::Open | AttemptStage::Exchanging | AttemptStage::Unconfirmed { .. } if attempt.has_expired(now) => Some((
            "Nobody came back from the platform. If the person read “Access denied”, the organization blocks this integration.".to_owned(),
            attempt.expires_at,
        )),
        _ => None,
    }
}
