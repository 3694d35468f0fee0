use std::sync::Arc;

use async_trait::async_trait;
use hub_directory::{Account, OrganizationId, PersonId};
use hub_oauth::{Client, GateDecision, GateQuestion, PolicyGate, Refusal};
use kit::{Result, Timestamp};
use webex::ScopeSet;

use super::capture_request::capture_request;
use crate::governance::Core;
use crate::model::{Bound, LONGEST_REASON, RequestState, bounded_text};
use crate::store::permissions::{Use, permissions};
use crate::store::{policies, requests};

/// What the authorization server asks: holds nothing of the authorization server itself, so that the two can be
/// dropped.
pub(crate) struct Gate(pub(crate) Arc<Core>);

#[async_trait]
impl PolicyGate for Gate {
    async fn decide(
        &self,
        account: &Account,
        client: &Client,
        requested: &ScopeSet,
        attempt: Option<&str>,
    ) -> Result<GateDecision> {
        if client.built_in {
            return Ok(GateDecision::Allow);
        }
        let (is_permitted, _) = policies::permission(
            &self.0.database,
            account.organization_id,
            &client.client_id,
            account.person_id,
            self.0.clock.now(),
        )
        .await?;
        if is_permitted {
            return Ok(GateDecision::Allow);
        }
        capture_request(&self.0, account, client, requested, attempt).await
    }

    async fn allows(
        &self,
        organization: OrganizationId,
        person: PersonId,
        client_id: &str,
        granted_at: Timestamp,
    ) -> Result<bool> {
        let now = self.0.clock.now();
        let (is_permitted, bound) =
            policies::permission(&self.0.database, organization, client_id, person, now).await?;
        Ok(bound.lets_live(is_permitted, granted_at))
    }

    async fn allows_each(&self, questions: &[GateQuestion]) -> Result<Vec<bool>> {
        let uses: Vec<Use> = questions
            .iter()
            .map(|question| Use {
                organization: question.organization,
                client_id: question.client_id.clone(),
                person: question.person,
            })
            .collect();
        let found = permissions(&self.0.database, &uses, self.0.clock.now()).await?;
        let answer = |(question, (is_permitted, bound)): (&GateQuestion, (bool, Bound))| {
            bound.lets_live(is_permitted, question.granted_at)
        };
        Ok(questions.iter().zip(found).map(answer).collect())
    }

    async fn refusal(&self, account: &Account, client: &Client) -> Result<Refusal> {
        let found = requests::of_person(&self.0.database, account.person_id, Some(&client.client_id)).await?;
        let stop = requests::stop(&self.0.database, account.organization_id, &client.client_id).await?;
        let Some(request) = found.into_iter().next() else {
            return Ok(Refusal {
                answer: stop,
                ..Refusal::default()
            });
        };
        Ok(Refusal {
            takes_reason: request.state == RequestState::Open,
            reason: written(request.reason),
            answer: written(stop.unwrap_or(request.justification)),
        })
    }

    async fn give_reason(&self, account: &Account, client: &Client, reason: &str) -> Result<()> {
        let reason = bounded_text(reason, LONGEST_REASON, "reason")?;
        requests::put_reason(
            &self.0.database,
            account.organization_id,
            &client.client_id,
            account.person_id,
            &reason,
        )
        .await?;
        Ok(())
    }
}

fn written(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}
