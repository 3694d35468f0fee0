use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use hub_caller::Caller;
use kit::{Error, ExposeSecret as _, Result, SecretString, Uuid};
use kit_web::{ApiError, Json};
use serde::Deserialize;
use serde_json::{Value, json};

use super::pairs::Pairs;
use super::webhooks::Answer;
use crate::Events;
use crate::model::security_set::supported;
use crate::model::stream::{POLL, PUSH, Road, Stream, StreamDraft, StreamStatus};
use crate::use_cases::VERIFICATION_PAUSE;

/// How a client finds the streams (OpenID Shared Signals Framework 1.0, section 7.1).
pub(super) async fn configuration(State(events): State<Events>) -> axum::Json<Value> {
    let link = |path: &str| events.public_url().link(path);
    axum::Json(json!({
        "spec_version": "1_0",
        "issuer": events.public_url().as_str(),
        "jwks_uri": link("/v1/verification"),
        "delivery_methods_supported": [PUSH, POLL],
        "configuration_endpoint": link("/v1/ssf/stream"),
        "status_endpoint": link("/v1/ssf/status"),
        "verification_endpoint": link("/v1/ssf/verify"),
        "authorization_schemes": [{ "spec_urn": "urn:ietf:rfc:6749" }],
        "critical_subject_members": [],
        "default_subjects": "ALL",
    }))
}

#[derive(Deserialize)]
pub(super) struct StreamBody {
    #[serde(default)]
    stream_id: Option<String>,
    delivery: Option<DeliveryBody>,
    events_requested: Option<Vec<String>>,
    description: Option<String>,
}

#[derive(Deserialize)]
struct DeliveryBody {
    method: Option<String>,
    endpoint_url: Option<String>,
    authorization_header: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct StatusBody {
    stream_id: Option<String>,
    status: Option<String>,
    reason: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct VerifyBody {
    stream_id: Option<String>,
    state: Option<String>,
}

fn road(body: Option<DeliveryBody>) -> Result<Road> {
    let Some(body) = body else {
        return Ok(Road::Poll);
    };
    match body.method.as_deref() {
        None | Some(POLL) => Ok(Road::Poll),
        Some(PUSH) => Ok(Road::Push {
            endpoint_url: body
                .endpoint_url
                .ok_or_else(|| Error::invalid("delivery.endpoint_url is missing: where to push to."))?,
            authorization_header: body
                .authorization_header
                .filter(|text| !text.is_empty())
                .map(SecretString::from),
        }),
        Some(other) => {
            let shown: String = other.chars().take(60).collect();
            Err(Error::invalid(format!(
                "delivery.method “{shown}” is not known; write {PUSH} (push) or {POLL} (poll)."
            )))
        }
    }
}

fn stream_id(text: Option<&str>) -> Result<Uuid> {
    let text = text.ok_or_else(|| Error::invalid("stream_id is missing."))?;
    Uuid::parse_str(text).map_err(|_| Error::not_found(hub_caller::NOT_FOUND))
}

fn wire(events: &Events, stream: &Stream) -> Value {
    let issuer = events.public_url().as_str();
    let supported = supported(issuer);
    let delivered = if stream.events_requested.is_empty() {
        &supported
    } else {
        &stream.events_requested
    };
    let delivery = match &stream.road {
        Road::Poll => {
            let path = format!("/v1/ssf/poll/{}", stream.id);
            json!({"method": stream.road.urn(), "endpoint_url": events.public_url().link(&path)})
        }
        Road::Push {
            endpoint_url,
            authorization_header,
        } => {
            let mut delivery = json!({"method": stream.road.urn(), "endpoint_url": endpoint_url});
            if let Some(header) = authorization_header {
                delivery["authorization_header"] = header.expose_secret().into();
            }
            delivery
        }
    };
    let mut body = json!({
        "stream_id": stream.id.to_string(),
        "iss": issuer,
        "aud": stream.client_id,
        "delivery": delivery,
        "events_supported": supported,
        "events_delivered": delivered,
        "min_verification_interval": VERIFICATION_PAUSE.as_secs(),
    });
    if !stream.events_requested.is_empty() {
        body["events_requested"] = json!(stream.events_requested);
    }
    if !stream.description.is_empty() {
        body["description"] = stream.description.as_str().into();
    }
    body
}

fn status_wire(stream: &Stream) -> Value {
    let mut body = json!({"stream_id": stream.id.to_string(), "status": stream.status.word()});
    if !stream.status_reason.is_empty() {
        body["reason"] = stream.status_reason.as_str().into();
    }
    body
}

pub(super) async fn create(
    State(events): State<Events>,
    caller: Caller,
    body: Result<Json<StreamBody>, ApiError>,
) -> Answer {
    let body = body?.0;
    let draft = StreamDraft {
        road: road(body.delivery)?,
        description: body.description.unwrap_or_default(),
        events_requested: body.events_requested.unwrap_or_default(),
    };
    let stream = events.create_stream(&caller, draft).await?;
    Ok((StatusCode::CREATED, axum::Json(wire(&events, &stream))).into_response())
}

pub(super) async fn show(State(events): State<Events>, caller: Caller, pairs: Pairs) -> Answer {
    let body = match pairs.text("stream_id") {
        Some(id) => {
            let stream = events.show_stream(&caller, stream_id(Some(id))?).await?;
            wire(&events, &stream)
        }
        None => {
            let streams = events.list_streams(&caller).await?;
            streams.iter().map(|stream| wire(&events, stream)).collect()
        }
    };
    Ok(no_store(axum::Json(body)))
}

/// `PUT`: what is left out gets its default.
pub(super) async fn replace(
    State(events): State<Events>,
    caller: Caller,
    body: Result<Json<StreamBody>, ApiError>,
) -> Answer {
    let body = body?.0;
    let id = stream_id(body.stream_id.as_deref())?;
    let draft = StreamDraft {
        road: road(body.delivery)?,
        description: body.description.unwrap_or_default(),
        events_requested: body.events_requested.unwrap_or_default(),
    };
    let stream = events.change_stream(&caller, id, draft).await?;
    Ok(no_store(axum::Json(wire(&events, &stream))))
}

/// `PATCH`: what is left out stays.
pub(super) async fn change(
    State(events): State<Events>,
    caller: Caller,
    body: Result<Json<StreamBody>, ApiError>,
) -> Answer {
    let body = body?.0;
    let id = stream_id(body.stream_id.as_deref())?;
    let before = events.show_stream(&caller, id).await?;
    let draft = StreamDraft {
        road: match body.delivery {
            Some(delivery) => road(Some(delivery))?,
            None => before.road,
        },
        description: body.description.unwrap_or(before.description),
        events_requested: body.events_requested.unwrap_or(before.events_requested),
    };
    let stream = events.change_stream(&caller, id, draft).await?;
    Ok(no_store(axum::Json(wire(&events, &stream))))
}

pub(super) async fn delete(State(events): State<Events>, caller: Caller, pairs: Pairs) -> Answer {
    let id = stream_id(pairs.text("stream_id"))?;
    events.delete_stream(&caller, id).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

pub(super) async fn show_status(State(events): State<Events>, caller: Caller, pairs: Pairs) -> Answer {
    let id = stream_id(pairs.text("stream_id"))?;
    let stream = events.show_stream(&caller, id).await?;
    Ok(no_store(axum::Json(status_wire(&stream))))
}

pub(super) async fn set_status(
    State(events): State<Events>,
    caller: Caller,
    body: Result<Json<StatusBody>, ApiError>,
) -> Answer {
    let body = body?.0;
    let id = stream_id(body.stream_id.as_deref())?;
    let status = body
        .status
        .as_deref()
        .and_then(StreamStatus::parse)
        .ok_or_else(|| Error::invalid("status is one of enabled, paused and disabled."))?;
    let reason = body.reason.unwrap_or_default();
    let stream = events.set_stream_status(&caller, id, status, &reason).await?;
    Ok(no_store(axum::Json(status_wire(&stream))))
}

pub(super) async fn verify(
    State(events): State<Events>,
    caller: Caller,
    body: Result<Json<VerifyBody>, ApiError>,
) -> Answer {
    let body = body?.0;
    let id = stream_id(body.stream_id.as_deref())?;
    events.verify_stream(&caller, id, body.state).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// The header of a push stream is somebody's secret.
fn no_store(body: axum::Json<Value>) -> Response {
    ([(http::header::CACHE_CONTROL, "no-store")], body).into_response()
}
