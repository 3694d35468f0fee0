use std::collections::BTreeMap;

use axum::extract::{Path, Request, State};
use axum::response::IntoResponse;
use axum::{Extension, RequestExt as _};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, header};
use hub_caller::Caller;
use kit::{Error, Result, SecretString, Uuid};
use kit_web::{ApiError, Json};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::webhooks::Answer;
use crate::Events;
use crate::use_cases::{Poller, Question};

/// How many tokens one answer holds at the most.
const MOST_SETS: i64 = 100;

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct PollBody {
    max_events: Option<i64>,
    return_immediately: Option<bool>,
    #[serde(default)]
    ack: Vec<String>,
    #[serde(default)]
    set_errs: BTreeMap<String, SetError>,
}

#[derive(Deserialize)]
struct SetError {
    #[serde(default)]
    err: String,
    #[serde(default)]
    description: String,
}

pub(super) async fn poll(
    State(events): State<Events>,
    caller: Option<Extension<Caller>>,
    Path(id): Path<String>,
    request: Request,
) -> Answer {
    let poller = poller(caller.map(|Extension(caller)| caller), request.headers())?;
    let id = Uuid::parse_str(&id).map_err(|_| Error::not_found(hub_caller::NOT_FOUND))?;
    let Json(body) = request.extract::<Json<PollBody>, _>().await?;
    let question = Question {
        most: body.max_events.unwrap_or(MOST_SETS).clamp(0, MOST_SETS),
        waits: !body.return_immediately.unwrap_or(false),
        // What this Hub never gave cannot be one of its ids.
        taken: body
            .ack
            .iter()
            .filter_map(|id| Uuid::parse_str(id).ok())
            .collect(),
        refused: body
            .set_errs
            .iter()
            .filter_map(|(id, error)| {
                let why = format!("{}: {}", error.err, error.description)
                    .chars()
                    .take(300)
                    .collect();
                Some((Uuid::parse_str(id).ok()?, why))
            })
            .collect(),
    };
    let polled = events.poll(&poller, id, question).await?;
    let sets: Map<String, Value> = polled
        .sets
        .into_iter()
        .map(|(id, token)| (id.to_string(), token.into()))
        .collect();
    let mut body = json!({ "sets": sets });
    if polled.more {
        body["moreAvailable"] = true.into();
    }
    Ok(([(header::CACHE_CONTROL, "no-store")], axum::Json(body)).into_response())
}

fn poller(caller: Option<Caller>, headers: &HeaderMap) -> Result<Poller, ApiError> {
    if let Some(caller) = caller {
        return Ok(Poller::Token(caller));
    }
    basic(headers).ok_or_else(|| ApiError(Error::unauthenticated(hub_caller::INVALID_TOKEN)))
}

/// Client id and secret, form-encoded in it as RFC 6749, section 2.3.1 wants.
fn basic(headers: &HeaderMap) -> Option<Poller> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, encoded) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (client_id, secret) = decoded.split_once(':')?;
    let decode = |text: &str| {
        url::form_urlencoded::parse(format!("x={text}").as_bytes())
            .next()
            .map(|(_, value)| value.into_owned())
    };
    Some(Poller::Client {
        client_id: decode(client_id)?,
        secret: SecretString::from(decode(secret)?),
    })
}
