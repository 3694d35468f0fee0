use kit::{ExposeSecret as _, Timestamp, Uuid};
use serde::Serialize;
use serde_json::{Value, json};
use webex::{PublicId, ResourceKind};

use crate::model::webhook::Webhook;
use crate::use_cases::News;

/// A webhook as the API writes it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WebhookWire {
    id: String,
    name: String,
    target_url: String,
    resource: String,
    event: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    filter: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<String>,
    status: &'static str,
    created: Timestamp,
    org_id: String,
    created_by: String,
    app_id: String,
    owned_by: &'static str,
}

pub(crate) fn public_id(id: Uuid) -> String {
    PublicId::of_uuid(ResourceKind::Webhook, id).to_string()
}

/// With the secret: its owner may read it.
pub(crate) fn webhook(webhook: &Webhook) -> WebhookWire {
    WebhookWire {
        id: public_id(webhook.id),
        name: webhook.name.clone(),
        target_url: webhook.target_url.clone(),
        resource: webhook.resource.clone(),
        event: webhook.event.clone(),
        filter: webhook.filter.clone(),
        secret: webhook
            .secret
            .as_ref()
            .map(|secret| secret.expose_secret().to_owned()),
        status: if webhook.is_active { "active" } else { "inactive" },
        created: webhook.created_at,
        org_id: PublicId::of_uuid(ResourceKind::Organization, webhook.organization_id.uuid()).to_string(),
        created_by: PublicId::of_uuid(ResourceKind::People, webhook.person_id.uuid()).to_string(),
        app_id: PublicId::new(ResourceKind::Application, webhook.client_id.as_str()).to_string(),
        owned_by: webhook.owned_by.word(),
    }
}

/// What a receiver reads: the webhook without its secret, what happened, and in whose organization.
pub(crate) fn envelope(of: &Webhook, news: &News) -> Value {
    let mut wire = webhook(of);
    wire.secret = None;
    wire.resource.clone_from(&news.resource);
    wire.event.clone_from(&news.event);
    wire.org_id = PublicId::of_uuid(ResourceKind::Organization, news.organization_id.uuid()).to_string();
    let mut body = json!(wire);
    let actor = news.actor.unwrap_or(of.person_id);
    body["actorId"] = PublicId::of_uuid(ResourceKind::People, actor.uuid())
        .to_string()
        .into();
    body["data"] = news.data.clone();
    body
}
