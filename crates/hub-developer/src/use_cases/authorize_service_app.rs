use hub_directory::{Caller, PersonId};
use hub_events::{AuditCategory, Letter, WebhookNews};
use hub_oauth::Client;
use kit::{Error, Result};
use kit_sql::Transaction;
use serde_json::json;
use webex::{PublicId, ResourceKind, application_id};

use super::record::Line;
use super::rights::require_service_app;
use super::show_application::client_id_of;
use crate::Developer;
use crate::model::{Application, ApplicationKind, ServiceAppAuthorization};
use crate::store::{applications, authorizations};

/// What a webhook hears.
#[derive(Clone, Copy)]
pub(super) enum News {
    Authorized,
    Deauthorized,
}

impl News {
    const fn word(self) -> &'static str {
        match self {
            Self::Authorized => "authorized",
            Self::Deauthorized => "deauthorized",
        }
    }
}

/// Nobody authorizes what they did not read, or what is authorized.
fn check_what_was_seen(
    client: &Client,
    seen: Option<&str>,
    before: Option<&ServiceAppAuthorization>,
) -> Result<()> {
    if seen.is_some_and(|seen| seen != client.scopes.to_string()) {
        return Err(Error::conflict(
            "Its developer changed what the Service App asks for while you were reading. Nothing was authorized: go back and look again.",
        ));
    }
    if before.is_some_and(|before| before.scopes == client.scopes) {
        return Err(Error::conflict(
            "This Service App is authorized already, with everything that it asks for.",
        ));
    }
    Ok(())
}

impl Developer {
    /// A Full Admin lets a Service App act in their organization, with what it asks for at this moment. Authorizing it
    /// again takes over what it asks for meanwhile. `seen` is what they read that it asks for; if it asks for something else
    /// by now, they read again.
    pub async fn authorize_service_app(
        &self,
        caller: &Caller,
        id: &str,
        seen: Option<&str>,
    ) -> Result<ServiceAppAuthorization> {
        self.require_decide(caller).await?;
        let organization = caller.organization_id;
        let client_id = client_id_of(id);
        let nothing = || Error::not_found("There is no such Service App in your organization's catalogue.");
        let mut transaction = self.database().begin().await?;
        let found = applications::find_locked(&mut transaction, &client_id).await?;
        let before = authorizations::find(&mut transaction, &client_id, organization).await?;
        let application = found
            .filter(|application| before.is_some() || application.is_shown_in(organization))
            .ok_or_else(nothing)?;
        let client = self.oauth().client(&client_id).await?.ok_or_else(nothing)?;
        require_service_app(ApplicationKind::of_client(client.kind))?;
        check_what_was_seen(&client, seen, before.as_ref())?;
        let machine_id = match &before {
            Some(before) => before.machine_id,
            None => {
                let machine = self
                    .directory()
                    .add_machine(&mut transaction, organization, &client_id, &client.name)
                    .await?;
                machine.id
            }
        };
        let authorization = ServiceAppAuthorization {
            client_id: client_id.clone(),
            organization_id: organization,
            machine_id,
            scopes: client.scopes.clone(),
            authorized_by: caller.person_id,
            authorized_by_name: self.name_of(caller.person_id).await?,
            authorized_at: self.now(),
        };
        authorizations::put(&mut transaction, &authorization).await?;
        let line = Line {
            organization_id: organization,
            category: AuditCategory::ServiceApps,
            client_id: &client_id,
            name: &client.name,
            description: "Service App authorized",
            action: format!("authorized the Service App {}", client.name),
            setting: None,
            previous: before.map(|before| before.scopes.to_string()),
            new: Some(client.scopes.to_string()),
        };
        self.record(&mut transaction, caller, line).await?;
        self.tell_developer(&mut transaction, caller, &application, &client, News::Authorized)
            .await?;
        transaction.commit().await?;
        Ok(authorization)
    }

    pub(super) async fn name_of(&self, person: PersonId) -> Result<String> {
        let account = self.directory().account(person).await?;
        Ok(account.map(|account| account.display_name).unwrap_or_default())
    }

    /// The developer hears which customer decided what: by webhook, and by mail.
    pub(super) async fn tell_developer(
        &self,
        transaction: &mut Transaction,
        caller: &Caller,
        application: &Application,
        client: &Client,
        news: News,
    ) -> Result<()> {
        let id = application_id(&client.client_id);
        let organization = PublicId::of_uuid(ResourceKind::Organization, caller.organization_id.uuid());
        let news_of_webhooks = WebhookNews {
            organization_id: caller.organization_id,
            resource: "serviceApp",
            event: news.word(),
            actor_id: Some(caller.person_id),
            owner_client_id: None,
            owner_person_id: Some(application.owner_id),
            data: json!({
                "id": id,
                "applicationId": id,
                "clientId": client.client_id,
                "friendlyName": client.name,
                "name": client.name,
                "orgId": organization.to_string(),
            }),
        };
        let recorder = self.directory().recorder();
        recorder.tell_webhooks(transaction, &news_of_webhooks).await?;
        if application.owner_id == caller.person_id {
            return Ok(());
        }
        let Some(owner) = self.directory().account(application.owner_id).await? else {
            return Ok(());
        };
        let customer = self.directory().organization(caller.organization_id).await?;
        let customer = customer.map(|customer| customer.display_name).unwrap_or_default();
        let (subject, then) = match news {
            News::Authorized => (
                format!("{customer} authorized “{}”", client.name),
                "You can fetch its tokens now.",
            ),
            News::Deauthorized => (
                format!("{customer} took back the authorization of “{}”", client.name),
                "Its tokens there have ended.",
            ),
        };
        let letter = Letter {
            organization_id: owner.organization_id,
            to: owner.email,
            subject: subject.clone(),
            paragraphs: vec![format!("{subject}. {then}")],
            link: Some((
                "Open the application".to_owned(),
                format!("/developer/apps/{}", client.client_id),
            )),
            once_key: None,
        };
        recorder.send(transaction, &letter).await
    }
}
