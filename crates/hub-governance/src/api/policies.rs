use axum::extract::{Path, State};
use axum::response::IntoResponse as _;
use http::{StatusCode, header};
use hub_directory::public_api::{Answer, Pairs, done, object, require_own};
use hub_directory::{Caller, PersonId};
use kit::{Error, Result};
use kit_web::Json;
use webex::{Items, PublicId, ResourceKind};

use super::wire::{
    PolicyWrite, client_id, policy_body, policy_id, read_action, read_existing, read_people, read_policy_id,
};
use crate::Governance;
use crate::model::bounded_text;
use crate::use_cases::{PolicyDraft, PolicyFilter};

const MOST_A_PAGE: usize = 100;
const LONGEST_NAME: usize = 200;

pub(super) async fn list(State(governance): State<Governance>, caller: Caller, pairs: Pairs) -> Answer {
    require_own(&caller, pairs.organization()?)?;
    let filter = PolicyFilter {
        is_default: pairs.text("type").map(is_default).transpose()?,
        client_id: pairs.text("appId").map(client_id),
        person: pairs
            .text("personId")
            .map(|text| PublicId::parse_uuid(ResourceKind::People, text).map(PersonId::new))
            .transpose()?,
        name: pairs.text("name").map(ToOwned::to_owned),
        rule: pairs.text("action").map(read_action).transpose()?,
    };
    let max = pairs.page_size(MOST_A_PAGE)?;
    let after = pairs.cursor()?;
    let mut found = governance.list_policies(&caller, &filter).await?;
    // The default stands first, under a key that precedes every client id.
    found.retain(|policy| {
        after
            .as_ref()
            .is_none_or(|after| policy.client_id.as_deref().unwrap_or("") > after.as_str())
    });
    let more = found.len() > max;
    found.truncate(max);
    let next = found
        .last()
        .filter(|_| more)
        .map(|policy| policy.client_id.clone().unwrap_or_else(|| "!".to_owned()));
    let link = pairs.next_page(governance.public_url(), "/v1/policies", max, next);
    let items = found.into_iter().map(policy_body).collect::<Vec<_>>();
    Ok((link, object(&Items { items })?).into_response())
}

fn is_default(word: &str) -> Result<bool> {
    match word {
        "default" => Ok(true),
        "custom" => Ok(false),
        _ => Err(Error::invalid("type is default or custom.")),
    }
}

fn draft(sent: PolicyWrite, client_id: Option<String>) -> Result<PolicyDraft> {
    let PolicyWrite {
        kind: _,
        app_id: _,
        name,
        person_ids,
        action,
        existing_authorizations,
    } = sent;
    let action = action.ok_or_else(|| Error::invalid("action is missing: allow or deny."))?;
    Ok(PolicyDraft {
        client_id,
        name: bounded_text(&name, LONGEST_NAME, "name")?,
        rule: read_action(&action)?,
        people: read_people(&person_ids)?,
        existing: read_existing(existing_authorizations.as_deref())?,
    })
}

pub(super) async fn create(
    State(governance): State<Governance>,
    caller: Caller,
    Json(sent): Json<PolicyWrite>,
) -> Answer {
    let kind = sent
        .kind
        .as_deref()
        .ok_or_else(|| Error::invalid("type is missing: default or custom."))?;
    let client_id = match (is_default(kind)?, sent.app_id.as_deref()) {
        (true, None) => None,
        (true, Some(_)) => {
            return Err(Error::invalid("A default policy has no appId.").into());
        }
        (false, Some(id)) => Some(client_id(id)),
        (false, None) => {
            return Err(Error::invalid("A custom policy names its application: appId is missing.").into());
        }
    };
    let draft = draft(sent, client_id)?;
    let policy = governance.create_policy(&caller, draft).await?;
    let at = governance.public_url().link(&format!(
        "/v1/policies/{}",
        policy_id(policy.organization_id, policy.client_id.as_deref())
    ));
    let body = object(&policy_body(policy))?;
    Ok((StatusCode::CREATED, [(header::LOCATION, at)], body).into_response())
}

pub(super) async fn show(
    State(governance): State<Governance>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer {
    let client_id = read_policy_id(caller.organization_id, &id)?;
    object(&policy_body(
        governance.show_policy(&caller, client_id.as_deref()).await?,
    ))
}

pub(super) async fn update(
    State(governance): State<Governance>,
    caller: Caller,
    Path(id): Path<String>,
    Json(sent): Json<PolicyWrite>,
) -> Answer {
    let client_id = read_policy_id(caller.organization_id, &id)?;
    if let Some(kind) = sent.kind.as_deref()
        && is_default(kind)? != client_id.is_none()
    {
        return Err(Error::invalid("The type of a policy does not change.").into());
    }
    if let Some(app) = sent.app_id.as_deref()
        && Some(super::wire::client_id(app)) != client_id
    {
        return Err(Error::invalid("The application of a policy does not change.").into());
    }
    let policy = governance.update_policy(&caller, draft(sent, client_id)?).await?;
    object(&policy_body(policy))
}

pub(super) async fn delete(
    State(governance): State<Governance>,
    caller: Caller,
    Path(id): Path<String>,
    pairs: Pairs,
) -> Answer {
    let client_id = read_policy_id(caller.organization_id, &id)?;
    let existing = read_existing(pairs.text("existingAuthorizations"))?;
    governance
        .delete_policy(&caller, client_id.as_deref(), existing)
        .await?;
    done()
}
