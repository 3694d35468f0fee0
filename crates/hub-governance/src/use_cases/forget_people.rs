use async_trait::async_trait;
use hub_directory::{OrganizationId, PersonChange, PersonChangeKind, PersonChanged, PersonId};
use hub_events::{Actor, AuditCategory, AuditEntry, Recorder, Target};
use kit::{Result, SharedClock};
use kit_sql::Transaction;

use crate::model::Audience;
use crate::store::{bounds, expiries, policies, requests, reviewers};

/// Takes people who are deleted off every list, together with them.
pub(crate) struct ForgetPeople {
    pub(crate) recorder: Recorder,
    pub(crate) clock: SharedClock,
}

#[async_trait]
impl PersonChanged for ForgetPeople {
    async fn person_changed(&self, transaction: &mut Transaction, change: &PersonChange) -> Result<()> {
        if !matches!(change.kind, PersonChangeKind::Deleted) {
            return Ok(());
        }
        let person = change.person_id;
        requests::forget_person(transaction, person).await?;
        expiries::forget_person(transaction, person).await?;
        bounds::forget_person(transaction, person).await?;
        reviewers::forget_person(transaction, person).await?;
        for (organization, client_id) in policies::naming(transaction, person).await? {
            self.strike(transaction, organization, &client_id, person).await?;
        }
        Ok(())
    }
}

impl ForgetPeople {
    /// A list that nobody is left on does not turn into its opposite: where only the deleted person was allowed, nobody is.
    async fn strike(
        &self,
        transaction: &mut Transaction,
        organization: OrganizationId,
        client_id: &str,
        person: PersonId,
    ) -> Result<()> {
        policies::lock_within(transaction, organization).await?;
        let before = policies::policies(&mut *transaction, organization).await?;
        let from = before.audience_of(client_id);
        let to = match &from {
            Audience::Only(_) => from.clone().without(person),
            Audience::AllBut(_) => from.clone().with(person),
        };
        if to == Audience::from(before.default) {
            policies::delete_exception(transaction, organization, client_id).await?;
        } else {
            policies::put_exception(transaction, organization, client_id, &to, self.clock.now()).await?;
        }
        let entry = AuditEntry {
            organization_id: organization,
            actor: Actor::Program("deletion of a person".to_owned()),
            category: AuditCategory::Integrations,
            description: "Integration policy changed".to_owned(),
            action_text: "A person who was deleted left the list of specific users of an integration."
                .to_owned(),
            target: Some(Target {
                kind: "APPLICATION",
                id: webex::application_id(client_id),
                name: String::new(),
            }),
            setting: Some("integrationPolicy".to_owned()),
            previous_value: Some(listed(&from)),
            new_value: Some(listed(&to)),
        };
        self.recorder.audit(transaction, &entry).await
    }
}

fn listed(audience: &Audience) -> String {
    let (rule, people) = audience.written();
    format!("{}, {} specific users", rule.word(), people.len())
}
