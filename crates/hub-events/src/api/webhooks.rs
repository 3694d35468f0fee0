use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use hub_caller::Caller;
use kit::{Error, Result, SecretString};
use kit_web::{ApiError, Json};
use serde::Deserialize;
use serde_json::json;
use webex::ResourceKind;

use super::pairs::{Pairs, cursor_text, path_uuid};
use super::webhook_wire;
use crate::Events;
use crate::model::webhook::{OwnedBy, WebhookChange, WebhookDraft};

pub(super) type Answer = Result<Response, ApiError>;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CreateBody {
    name: Option<String>,
    target_url: Option<String>,
    resource: Option<String>,
    event: Option<String>,
    filter: Option<String>,
    secret: Option<SecretText>,
    owned_by: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ChangeBody {
    name: Option<String>,
    target_url: Option<String>,
    secret: Option<SecretText>,
    status: Option<String>,
}

/// A secret on its way in.
#[derive(Deserialize)]
#[serde(transparent)]
pub(super) struct SecretText(String);

impl SecretText {
    pub(super) fn into_secret(self) -> SecretString {
        SecretString::from(self.0)
    }
}

fn needed(name: &str, value: Option<String>) -> Result<String> {
    value
        .filter(|value| !value.is_empty())
        .ok_or_else(|| Error::invalid(format!("{name} is missing.")))
}

pub(super) async fn list(State(events): State<Events>, caller: Caller, pairs: Pairs) -> Answer {
    let max = pairs.count("max", 1, 1_000)?.unwrap_or(100);
    let owned_by = match pairs.text("ownedBy") {
        None => None,
        Some(word) => {
            Some(OwnedBy::parse(word).ok_or_else(|| Error::invalid("ownedBy is “creator” or “org”."))?)
        }
    };
    let (webhooks, more) = events
        .list_webhooks(&caller, owned_by, pairs.cursor()?, max)
        .await?;
    let items: Vec<_> = webhooks.iter().map(webhook_wire::webhook).collect();
    let body = axum::Json(json!({ "items": items }));
    match webhooks.last().filter(|_| more) {
        None => Ok(body.into_response()),
        Some(last) => {
            let own = [
                ("max", max.to_string()),
                ("cursor", cursor_text(last.created_at, last.id)),
            ];
            let link = pairs.next_page(events.public_url(), "/v1/webhooks", &own);
            Ok((link, body).into_response())
        }
    }
}

pub(super) async fn create(
    State(events): State<Events>,
    caller: Caller,
    body: Result<Json<CreateBody>, ApiError>,
) -> Answer {
    let CreateBody {
        name,
        target_url,
        resource,
        event,
        filter,
        secret,
        owned_by,
    } = body?.0;
    let draft = WebhookDraft {
        name: needed("name", name)?,
        target_url: needed("targetUrl", target_url)?,
        resource: needed("resource", resource)?,
        event: needed("event", event)?,
        filter,
        secret: secret
            .filter(|secret| !secret.0.is_empty())
            .map(SecretText::into_secret),
        owned_by,
    };
    let made = events.create_webhook(&caller, draft).await?;
    // The platform answers 200, and the SDKs want it.
    Ok(axum::Json(webhook_wire::webhook(&made)).into_response())
}

pub(super) async fn show(State(events): State<Events>, caller: Caller, Path(id): Path<String>) -> Answer {
    let id = path_uuid(ResourceKind::Webhook, &id)?;
    let webhook = events.show_webhook(&caller, id).await?;
    Ok(axum::Json(webhook_wire::webhook(&webhook)).into_response())
}

pub(super) async fn change(
    State(events): State<Events>,
    caller: Caller,
    Path(id): Path<String>,
    body: Result<Json<ChangeBody>, ApiError>,
) -> Answer {
    let id = path_uuid(ResourceKind::Webhook, &id)?;
    let ChangeBody {
        name,
        target_url,
        secret,
        status,
    } = body?.0;
    let change = WebhookChange {
        name,
        target_url,
        secret: secret.map(SecretText::into_secret),
        status,
    };
    let webhook = events.change_webhook(&caller, id, change).await?;
    Ok(axum::Json(webhook_wire::webhook(&webhook)).into_response())
}

pub(super) async fn delete(State(events): State<Events>, caller: Caller, Path(id): Path<String>) -> Answer {
    let id = path_uuid(ResourceKind::Webhook, &id)?;
    events.delete_webhook(&caller, id).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
