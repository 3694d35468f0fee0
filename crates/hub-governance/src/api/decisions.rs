use axum::extract::{Path, State};
use axum::response::IntoResponse as _;
use hub_directory::public_api::{Answer, Pairs, done, object, path_uuid};
use hub_directory::{Caller, PersonId};
use kit::{Error, Result, Timestamp, Uuid};
use kit_web::Json;
use serde::{Deserialize, Serialize};
use serde_json::json;
use webex::{Items, ResourceKind};

use super::wire::{client_id, person_text};
use crate::Governance;
use crate::model::{AccessRequest, RequestState};
use crate::use_cases::Decision;

const MOST_A_PAGE: usize = 200;

pub(super) async fn revoke(
    State(governance): State<Governance>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer {
    governance.revoke_access(&caller, &client_id(&id)).await?;
    done()
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct DecisionWrite {
    decision: String,
    #[serde(default)]
    request_ids: Vec<Uuid>,
    expires: Option<String>,
    #[serde(default)]
    justification: String,
}

fn read_decision(sent: DecisionWrite) -> Result<Decision> {
    let DecisionWrite {
        decision,
        request_ids: requests,
        expires,
        justification,
    } = sent;
    let expires_at = expires
        .as_deref()
        .map(|text| {
            Timestamp::parse(text).map_err(|_| {
                let shown: String = text.chars().take(60).collect();
                Error::invalid(format!(
                    "“{shown}” is not a moment; write expires like 2026-12-24T09:00:00.000Z."
                ))
            })
        })
        .transpose()?;
    Ok(match decision.as_str() {
        "allow" => Decision::AllowThese { requests, expires_at },
        "allowAll" => Decision::AllowAll { expires_at },
        "deny" => Decision::Deny {
            requests,
            justification,
        },
        "block" => Decision::Block { justification },
        _ => return Err(Error::invalid("decision is allow, allowAll, deny or block.")),
    })
}

pub(super) async fn decide(
    State(governance): State<Governance>,
    caller: Caller,
    Path(id): Path<String>,
    Json(sent): Json<DecisionWrite>,
) -> Answer {
    let decided = governance
        .decide_requests(&caller, &client_id(&id), read_decision(sent)?)
        .await?;
    object(&json!({ "decided": decided }))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RequestBody {
    id: Uuid,
    app_id: String,
    client_id: String,
    person_id: String,
    person_name: String,
    person_email: String,
    scopes: String,
    reason: String,
    attempts: i64,
    created: Timestamp,
    last_attempt: Timestamp,
    state: &'static str,
    justification: String,
    decided: Option<Timestamp>,
    decided_by: String,
}

fn request_body(request: AccessRequest) -> RequestBody {
    let AccessRequest {
        id,
        organization_id: _,
        client_id,
        person_id,
        person_name,
        person_email,
        scopes,
        attempts,
        first_at,
        last_at,
        reason,
        state,
        justification,
        decided_by_name,
        decided_at,
    } = request;
    RequestBody {
        id,
        app_id: webex::application_id(&client_id),
        client_id,
        person_id: person_text(person_id),
        person_name,
        person_email,
        scopes: scopes.to_string(),
        reason,
        attempts,
        created: first_at,
        last_attempt: last_at,
        state: state.word(),
        justification,
        decided: decided_at,
        decided_by: decided_by_name,
    }
}

pub(super) async fn requests(State(governance): State<Governance>, caller: Caller, pairs: Pairs) -> Answer {
    let state = pairs.text("state").map(RequestState::parse).transpose()?;
    let wanted = pairs.text("appId").map(client_id);
    let max = pairs.page_size(MOST_A_PAGE)?;
    let after = pairs.cursor()?.map(|text| position(&text)).transpose()?;
    let most = i64::try_from(max).unwrap_or(i64::MAX).saturating_add(1);
    let mut found = governance
        .list_requests(&caller, state, wanted.as_deref(), after, most)
        .await?;
    let more = found.len() > max;
    found.truncate(max);
    let next = found
        .last()
        .filter(|_| more)
        .map(|request| format!("{} {}", request.first_at.as_millis(), request.id));
    let link = pairs.next_page(
        governance.public_url(),
        "/v1/trunkline/governance/requests",
        max,
        next,
    );
    let items = found.into_iter().map(request_body).collect::<Vec<_>>();
    Ok((link, object(&Items { items })?).into_response())
}

fn position(text: &str) -> Result<(Timestamp, Uuid)> {
    let read = || {
        let (at, id) = text.split_once(' ')?;
        Some((
            Timestamp::from_millis(at.parse().ok()?),
            Uuid::parse_str(id).ok()?,
        ))
    };
    read().ok_or_else(|| {
        Error::invalid("The cursor of this request cannot be read. Follow the Link header as it is.")
    })
}

pub(super) async fn reviewers(State(governance): State<Governance>, caller: Caller) -> Answer {
    let items = governance
        .reviewers(&caller)
        .await?
        .into_iter()
        .map(|reviewer| {
            json!({
                "personId": person_text(reviewer.person_id),
                "name": reviewer.name,
                "email": reviewer.email,
                "namedBy": reviewer.named_by,
                "created": reviewer.named_at,
            })
        })
        .collect::<Vec<_>>();
    object(&Items { items })
}

#[derive(Deserialize)]
pub(super) struct ReviewerWrite {
    email: String,
}

pub(super) async fn name_reviewer(
    State(governance): State<Governance>,
    caller: Caller,
    Json(sent): Json<ReviewerWrite>,
) -> Answer {
    governance.name_reviewer(&caller, &sent.email).await?;
    done()
}

pub(super) async fn remove_reviewer(
    State(governance): State<Governance>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer {
    let person = PersonId::new(path_uuid(ResourceKind::People, &id)?);
    governance.remove_reviewer(&caller, person).await?;
    done()
}
