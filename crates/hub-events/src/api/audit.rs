use axum::extract::State;
use axum::response::IntoResponse;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use hub_caller::{Caller, OrganizationId, require};
use kit::{Error, Result, Uuid};
use serde_json::{Map, Value, json};
use webex::{PublicId, ResourceKind};

use super::pairs::Pairs;
use super::webhooks::Answer;
use crate::store::audit::AuditLine;
use crate::store::sign_ins::SignInLine;
use crate::use_cases::{AuditQuery, SignInQuery};
use crate::{AuditCategory, Events};

/// The audit writes ids without their kind.
fn bare_id(id: Uuid) -> String {
    URL_SAFE_NO_PAD.encode(id.to_string())
}

/// Reads an id as the audit writes it, as the rest of the API writes it, or raw.
fn read_id(name: &str, kind: ResourceKind, text: &str) -> Result<Uuid> {
    let bare = URL_SAFE_NO_PAD
        .decode(text)
        .or_else(|_| STANDARD_NO_PAD.decode(text.trim_end_matches('=')))
        .ok()
        .and_then(|bytes| Uuid::try_parse_ascii(&bytes).ok());
    let public = || Uuid::parse_str(PublicId::parse(kind, text).ok()?.value()).ok();
    bare.or_else(public).ok_or_else(|| {
        let shown: String = text.chars().take(120).collect();
        Error::invalid(format!("{name} “{shown}” is not an id."))
    })
}

fn organization(pairs: &Pairs) -> Result<Option<OrganizationId>> {
    let id = read_id("orgId", ResourceKind::Organization, pairs.needed("orgId")?)?;
    Ok(Some(OrganizationId::new(id)))
}

fn actor(pairs: &Pairs) -> Result<Option<Uuid>> {
    pairs
        .text("actorId")
        .map(|text| read_id("actorId", ResourceKind::People, text))
        .transpose()
}

fn categories_of(pairs: &Pairs) -> Vec<String> {
    let text = pairs.text("eventCategories").unwrap_or_default();
    text.split(',')
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .map(ToOwned::to_owned)
        .collect()
}

pub(super) async fn events(State(events): State<Events>, caller: Caller, pairs: Pairs) -> Answer {
    caller.require_any_scope(&["audit:events_read"])?;
    let max = pairs.count("max", 1, 200)?.unwrap_or(100);
    let offset = pairs.count("offset", 0, 1_000_000)?.unwrap_or(0);
    let query = AuditQuery {
        organization_id: organization(&pairs)?,
        from: pairs.moment("from")?,
        to: pairs.moment("to")?,
        actor_id: actor(&pairs)?,
        categories: categories_of(&pairs),
        search: String::new(),
        offset,
        max,
    };
    let (lines, more) = events.read_audit(&caller, query).await?;
    let name = events.name_of_organization(&caller).await?;
    let items: Vec<Value> = lines
        .iter()
        .map(|line| audit_wire(&caller, &name, line))
        .collect();
    page(
        &events,
        &pairs,
        "/v1/adminAudit/events",
        (max, offset, more),
        items,
    )
}

pub(super) async fn categories(State(events): State<Events>, caller: Caller) -> Answer {
    let _ = events;
    require(&caller, &["audit:events_read"], crate::use_cases::AUDIT_READERS)?;
    let words: Vec<&str> = AuditCategory::ALL
        .iter()
        .map(|category| category.word())
        .collect();
    Ok(axum::Json(json!({ "eventCategories": words })).into_response())
}

pub(super) async fn sign_ins(State(events): State<Events>, caller: Caller, pairs: Pairs) -> Answer {
    caller.require_any_scope(&["audit:events_read"])?;
    let max = pairs.count("max", 1, 1_000)?.unwrap_or(200);
    let offset = pairs.count("offset", 0, 1_000_000)?.unwrap_or(0);
    let query = SignInQuery {
        organization_id: organization(&pairs)?,
        from: pairs.moment("startTime")?,
        to: pairs.moment("endTime")?,
        person_id: actor(&pairs)?,
        categories: categories_of(&pairs),
        offset,
        max,
    };
    let (lines, more) = events.read_sign_ins(&caller, query).await?;
    let name = events.name_of_organization(&caller).await?;
    let items: Vec<Value> = lines
        .iter()
        .map(|line| sign_in_wire(&caller, &name, line))
        .collect();
    let place = (max, offset, more);
    page(&events, &pairs, "/v1/admin/securityAudit/events", place, items)
}

fn page(
    events: &Events,
    pairs: &Pairs,
    path: &str,
    (max, offset, more): (i64, i64, bool),
    items: Vec<Value>,
) -> Answer {
    let body = axum::Json(json!({ "items": items }));
    if !more {
        return Ok(body.into_response());
    }
    let own = [("max", max.to_string()), ("offset", (offset + max).to_string())];
    let link = pairs.next_page(events.public_url(), path, &own);
    Ok((link, body).into_response())
}

/// Members that are there only where they say something.
struct Members(Map<String, Value>);

impl Members {
    fn with(mut self, name: &str, value: Option<&str>) -> Self {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            self.0.insert(name.to_owned(), value.into());
        }
        self
    }
}

fn audit_wire(caller: &Caller, organization: &str, line: &AuditLine) -> Value {
    let own_organization = bare_id(caller.organization_id.uuid());
    let mut data = Members(Map::new())
        .with("actorName", Some(&line.actor_name))
        .with("actorEmail", Some(&line.actor_email))
        .with("actorIp", Some(&line.address))
        .with("actorUserAgent", Some(&line.user_agent))
        .with("eventCategory", Some(&line.category))
        .with("eventDescription", Some(&line.description))
        .with("actionText", Some(&line.action_text))
        .with("targetType", line.target_kind.as_deref())
        .with("targetId", line.target_id.as_deref())
        .with("targetName", line.target_name.as_deref())
        .with("targetOrgId", Some(&own_organization))
        .with("targetOrgName", Some(organization))
        .with("trackingId", Some(&line.tracking_id))
        .with("settingKey", line.setting.as_deref())
        .with("previousValue", line.previous_value.as_deref())
        .with("newValue", line.new_value.as_deref())
        .0;
    data.insert("adminRoles".to_owned(), json!(line.actor_roles));
    let is_own_actor = line.actor_organization_id == Some(caller.organization_id.uuid());
    if is_own_actor {
        data.insert("actorOrgName".to_owned(), organization.into());
    }
    let mut item = json!({"id": bare_id(line.id), "created": line.at, "data": data});
    if let Some(actor) = line.actor_id {
        item["actorId"] = bare_id(actor).into();
    }
    if let Some(actor_organization) = line.actor_organization_id {
        item["actorOrgId"] = bare_id(actor_organization).into();
    }
    item
}

fn sign_in_wire(caller: &Caller, organization: &str, line: &SignInLine) -> Value {
    let own_organization = bare_id(caller.organization_id.uuid());
    let target = line.person_id.map(bare_id);
    let mut data = Members(Map::new())
        .with("actorName", Some(&line.name))
        .with("actorEmail", Some(&line.email))
        .with("actorIp", Some(&line.address))
        .with("actorUserAgent", Some(&line.user_agent))
        .with("actorOrgName", Some(organization))
        .with("eventCategory", Some(line.kind.category()))
        .with("eventDescription", Some(line.kind.description()))
        .with("actionText", Some(&line.action_text))
        .with("targetType", target.as_ref().map(|_| "PERSON"))
        .with("targetId", target.as_deref())
        .with("targetName", target.as_ref().map(|_| line.name.as_str()))
        .with("targetOrgId", Some(&own_organization))
        .with("targetOrgName", Some(organization))
        .with("trackingId", Some(&line.tracking_id))
        .0;
    data.insert("adminRoles".to_owned(), json!(line.roles));
    let mut item = json!({
        "id": bare_id(line.id),
        "created": line.at,
        "actorOrgId": own_organization,
        "data": data,
    });
    if let Some(target) = target {
        item["actorId"] = target.into();
    }
    item
}
