use hub_directory::{Account, OrganizationId, PersonId};
use hub_events::{Letter, WebhookNews};
use hub_oauth::Client;
use kit::{Result, Uuid};
use kit_sql::Transaction;
use serde_json::json;
use webex::{PublicId, ResourceKind};

use crate::governance::{Core, Governance};
use crate::model::{AccessRequest, RequestState};
use crate::store::requests::Settlement;
use crate::store::reviewers;

impl Core {
    /// Who decides requests in an organization: the Full Administrators who can sign in, and the reviewers.
    pub(crate) async fn deciders(&self, organization: OrganizationId) -> Result<Vec<Account>> {
        let mut deciders = self.directory.full_admins(organization).await?;
        let named: Vec<PersonId> = reviewers::all(&self.database, organization)
            .await?
            .into_iter()
            .map(|reviewer| reviewer.person_id)
            .filter(|person| deciders.iter().all(|admin| admin.person_id != *person))
            .collect();
        deciders.extend(self.directory.accounts_of(&named).await?);
        deciders.retain(|account| account.login_enabled && account.organization_id == organization);
        Ok(deciders)
    }

    /// Tells those who decide that somebody waits: one letter each for every time that the request is opened.
    pub(crate) async fn tell_deciders(
        &self,
        transaction: &mut Transaction,
        deciders: &[Account],
        client: &Client,
        request: &AccessRequest,
        (id, openings): (Uuid, i64),
    ) -> Result<()> {
        for decider in deciders
            .iter()
            .filter(|decider| decider.person_id != request.person_id)
        {
            let letter = Letter {
                organization_id: request.organization_id,
                to: decider.email.clone(),
                subject: format!("{} asks for {}", request.person_name, client.name),
                paragraphs: vec![
                    format!(
                        "{} ({}) tried to authorize {}, which your organization does not let them use. They read that their request was captured.",
                        request.person_name, request.person_email, client.name
                    ),
                    format!("It asks for: {}.", request.scopes),
                    "Nothing is decided by opening the link.".to_owned(),
                ],
                link: Some((
                    "See the request".to_owned(),
                    format!("/alerts/{}", client.client_id),
                )),
                once_key: Some(format!("access-request:{id}:{openings}:{}", decider.person_id)),
            };
            self.directory.recorder().send(transaction, &letter).await?;
        }
        Ok(())
    }

    /// News of a request for webhooks.
    pub(crate) async fn tell_webhooks(
        &self,
        transaction: &mut Transaction,
        event: &'static str,
        request: &AccessRequest,
        actor: Option<PersonId>,
    ) -> Result<()> {
        let news = WebhookNews {
            organization_id: request.organization_id,
            resource: "accessRequests",
            event,
            actor_id: actor,
            owner_client_id: None,
            owner_person_id: None,
            data: json!({
                "id": request.id,
                "orgId": PublicId::text_of_uuid(ResourceKind::Organization, request.organization_id.uuid()),
                "personId": PublicId::text_of_uuid(ResourceKind::People, request.person_id.uuid()),
                "applicationId": webex::application_id(&request.client_id),
                "clientId": request.client_id,
                "state": request.state.word(),
            }),
        };
        self.directory.recorder().tell_webhooks(transaction, &news).await
    }
}

impl Governance {
    /// Tells the people who asked what was decided.
    pub(crate) async fn tell_requesters(
        &self,
        transaction: &mut Transaction,
        client: &Client,
        requests: &[AccessRequest],
        settlement: &Settlement,
    ) -> Result<()> {
        let (subject, sentence) = match settlement.state {
            RequestState::Allowed => (
                format!("You may use {}", client.name),
                format!("{} let you use {}.", settlement.decided_by_name, client.name),
            ),
            RequestState::Ended => (
                format!("Your access to {} ended", client.name),
                format!(
                    "You were let use {} for a time, and that time is over.",
                    client.name
                ),
            ),
            RequestState::Denied | RequestState::Blocked | RequestState::Open => (
                format!("Your request for {} was denied", client.name),
                format!(
                    "{} denied your request for {}.",
                    settlement.decided_by_name, client.name
                ),
            ),
        };
        for request in requests {
            let mut paragraphs = vec![sentence.clone()];
            if !settlement.justification.is_empty() {
                paragraphs.push(format!("They wrote: {}", settlement.justification));
            }
            if settlement.state == RequestState::Allowed {
                paragraphs
                    .push("Start the authorization again from the link or from the application.".to_owned());
            }
            let letter = Letter {
                organization_id: request.organization_id,
                to: request.person_email.clone(),
                subject: subject.clone(),
                paragraphs,
                link: Some(("Your requests".to_owned(), "/me/requests".to_owned())),
                once_key: None,
            };
            self.recorder().send(transaction, &letter).await?;
            let now = AccessRequest {
                state: settlement.state,
                ..request.clone()
            };
            self.core
                .tell_webhooks(transaction, "updated", &now, settlement.decided_by)
                .await?;
        }
        Ok(())
    }
}
