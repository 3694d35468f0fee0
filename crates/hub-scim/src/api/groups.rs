//! The groups API: the same groups with the ids of the public API.

use std::collections::BTreeSet;

use axum::extract::{FromRequest, Path, Request, State};
use axum::response::IntoResponse;
use http::{StatusCode, header};
use hub_directory::public_api::{Answer, NOT_FOUND, Pairs, done, object, require_own};
use hub_directory::{Caller, OrganizationId};
use kit::{Error, Result, Timestamp, Uuid};
use kit_web::{Json, LinkHeader, next_link};
use scim_v2::filter::{AttrExp, CompValue, CompareOp, Filter};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use webex::{PublicId, ResourceKind};

use super::request::window;
use crate::Scim;
use crate::model::group::{Group, MOST_MEMBERS_INLINE, Member};
use crate::model::members::MemberChange;
use crate::model::rights::{self, GROUPS_READ, GROUPS_WRITE};
use crate::use_cases::{GroupEdit, GroupQuery};

const PAGE_SIZE: usize = 100;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct GroupShown {
    id: String,
    display_name: String,
    org_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    created: Timestamp,
    last_modified: Timestamp,
    member_size: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    usage: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    members: Option<Vec<MemberShown>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct MemberShown {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    display_name: String,
}

fn group_id(group: &Group) -> String {
    let value = format!("{}:{}", group.id, group.organization_id);
    PublicId::new(ResourceKind::ScimGroup, value).to_string()
}

fn shown(group: &Group, members: Option<&[Member]>) -> GroupShown {
    GroupShown {
        id: group_id(group),
        display_name: group.display_name.clone(),
        org_id: PublicId::of_uuid(ResourceKind::Organization, group.organization_id.uuid()).to_string(),
        description: group.description.clone(),
        created: group.created_at,
        last_modified: group.last_modified_at,
        member_size: group.member_count,
        usage: group.usage().map(ToOwned::to_owned),
        members: members.map(|members| members.iter().map(member_shown).collect()),
    }
}

fn member_shown(member: &Member) -> MemberShown {
    MemberShown {
        id: PublicId::of_uuid(ResourceKind::People, member.id).to_string(),
        kind: "user",
        display_name: member.display_name.clone(),
    }
}

/// The group of a path: its public id, which holds the organization's too, or the bare UUID.
fn path_group(caller: &Caller, text: &str) -> Result<Uuid> {
    let not_found = || Error::not_found(NOT_FOUND);
    let id = PublicId::parse(ResourceKind::ScimGroup, text).map_err(|_| not_found())?;
    let (group, organization) = match id.value().split_once(':') {
        Some((group, organization)) => (group, Some(organization)),
        None => (id.value(), None),
    };
    let organization = organization
        .map(|id| OrganizationId::parse(id).map_err(|_| not_found()))
        .transpose()?;
    require_own(caller, organization)?;
    Uuid::parse_str(group).map_err(|_| not_found())
}

pub(super) async fn list(State(scim): State<Scim>, caller: Caller, pairs: Pairs) -> Answer {
    rights::require_group_reader(&caller, GROUPS_READ)?;
    require_own(&caller, pairs.organization()?)?;
    let (start_index, size) = window(&pairs, MOST_MEMBERS_INLINE)?;
    let size = if pairs.text("count").is_some() {
        size
    } else {
        PAGE_SIZE
    };
    let query = query(&pairs, start_index, size)?;
    let found = scim.list_groups(&caller, &query).await?;
    let with_members = pairs.flag("includeMembers");
    let mut groups = Vec::with_capacity(found.groups.len());
    for group in &found.groups {
        let members = scim.first_members(group, with_members).await?;
        groups.push(projected(&shown(group, members.as_deref()), &pairs)?);
    }
    let next = start_index + groups.len();
    let more = !groups.is_empty() && next <= found.total;
    let link = next_page(&scim, &pairs, "/v1/groups", more.then_some(next), size);
    let body = json!({
        "totalResults": found.total,
        "startIndex": start_index,
        "itemsPerPage": groups.len(),
        "groups": groups,
    });
    Ok((link, object(&body)?).into_response())
}

fn query(pairs: &Pairs, start_index: usize, size: usize) -> Result<GroupQuery> {
    let mut query = GroupQuery {
        descending: pairs
            .text("sortOrder")
            .is_some_and(|order| order.to_ascii_lowercase().starts_with("desc")),
        offset: start_index - 1,
        limit: size,
        ..GroupQuery::default()
    };
    if let Some(by) = pairs.text("sortBy")
        && !by.eq_ignore_ascii_case("displayName")
    {
        return Err(Error::invalid("sortBy must be displayName."));
    }
    if let Some(text) = pairs.text("filter") {
        let wrong =
            || Error::invalid("filter compares displayName by eq or sw, like: displayName sw \"Sales\".");
        let filter: Filter = text.parse().map_err(|_| wrong())?;
        match filter {
            Filter::Attr(AttrExp::Comparison(path, operator, CompValue::Str(value)))
                if path.name.eq_ignore_ascii_case("displayName") && path.sub_attr.is_none() =>
            {
                match operator {
                    CompareOp::Eq => query.name = Some(value),
                    CompareOp::Sw => query.name_prefix = Some(value),
                    _ => return Err(wrong()),
                }
            }
            _ => return Err(wrong()),
        }
    }
    Ok(query)
}

/// With `attributes` only those, and the id.
fn projected(group: &GroupShown, pairs: &Pairs) -> Result<Value> {
    let mut value = serde_json::to_value(group).map_err(Error::internal)?;
    if let (Some(wanted), Value::Object(parts)) = (pairs.list("attributes"), &mut value) {
        parts.retain(|key, _| key == "id" || wanted.iter().any(|wanted| wanted.eq_ignore_ascii_case(key)));
    }
    Ok(value)
}

/// The SDK follows `Link`; what the request said comes along.
fn next_page(scim: &Scim, pairs: &Pairs, path: &str, next: Option<usize>, size: usize) -> LinkHeader {
    let Some(next) = next else {
        return LinkHeader(None);
    };
    let (next, size) = (next.to_string(), size.to_string());
    let kept = [
        "orgId",
        "filter",
        "attributes",
        "sortBy",
        "sortOrder",
        "includeMembers",
    ];
    let mut query: Vec<(&str, &str)> = kept
        .into_iter()
        .filter_map(|key| pairs.text(key).map(|value| (key, value)))
        .collect();
    query.extend([("startIndex", next.as_str()), ("count", size.as_str())]);
    next_link(scim.directory().public_url(), path, &query)
}

pub(super) async fn show(
    State(scim): State<Scim>,
    caller: Caller,
    Path(id): Path<String>,
    pairs: Pairs,
) -> Answer {
    rights::require_group_reader(&caller, GROUPS_READ)?;
    let group = scim
        .group(&caller, path_group(&caller, &id)?, GROUPS_READ)
        .await?;
    let members = scim.first_members(&group, pairs.flag("includeMembers")).await?;
    object(&shown(&group, members.as_deref()))
}

pub(super) async fn members(
    State(scim): State<Scim>,
    caller: Caller,
    Path(id): Path<String>,
    pairs: Pairs,
) -> Answer {
    rights::require_group_reader(&caller, GROUPS_READ)?;
    let group_uuid = path_group(&caller, &id)?;
    let (start_index, size) = window(&pairs, MOST_MEMBERS_INLINE)?;
    let (group, members) = scim
        .list_members(&caller, group_uuid, GROUPS_READ, start_index - 1, size)
        .await?;
    let total = usize::try_from(group.member_count).unwrap_or(0);
    let next = start_index + members.len();
    let more = !members.is_empty() && next <= total;
    let path = format!("/v1/groups/{}/Members", group_id(&group));
    let link = next_page(&scim, &pairs, &path, more.then_some(next), size);
    let body = json!({
        "id": group_id(&group),
        "displayName": group.display_name,
        "totalResults": total,
        "memberSize": total,
        "startIndex": start_index,
        "itemsPerPage": members.len(),
        "members": members.iter().map(member_shown).collect::<Vec<_>>(),
    });
    Ok((link, object(&body)?).into_response())
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct GroupBody {
    display_name: Option<String>,
    description: Option<String>,
    usage: Option<String>,
    org_id: Option<String>,
    members: Option<Vec<MemberBody>>,
    purge_all_values: Option<Purge>,
}

#[derive(Debug, Deserialize)]
struct MemberBody {
    id: Option<String>,
    operation: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Purge {
    attributes: Vec<String>,
}

/// The body of somebody who may change groups: whoever may not learns that first.
pub(super) struct Authorized(GroupBody);

impl<S: Send + Sync> FromRequest<S> for Authorized {
    type Rejection = kit_web::ApiError;

    async fn from_request(request: Request, state: &S) -> std::result::Result<Self, Self::Rejection> {
        if let Some(caller) = request.extensions().get::<Caller>() {
            rights::require_group_writer(caller, GROUPS_WRITE)?;
        }
        let Json(body) = Json::<GroupBody>::from_request(request, state).await?;
        Ok(Self(body))
    }
}

fn member_id(member: &MemberBody) -> Result<Uuid> {
    let id = member.id.as_deref().unwrap_or_default();
    PublicId::parse_uuid(ResourceKind::People, id)
}

fn require_own_body(caller: &Caller, body: &GroupBody) -> Result<()> {
    let id = body
        .org_id
        .as_deref()
        .map(|id| PublicId::parse_uuid(ResourceKind::Organization, id))
        .transpose()?;
    require_own(caller, id.map(OrganizationId::new))
}

pub(super) async fn create(State(scim): State<Scim>, caller: Caller, Authorized(body): Authorized) -> Answer {
    require_own_body(&caller, &body)?;
    let ids = body
        .members
        .iter()
        .flatten()
        .map(member_id)
        .collect::<Result<BTreeSet<Uuid>>>()?;
    let edit = edit(&body, MemberChange::default());
    let group = scim.add_group(&caller, &edit, &ids).await?;
    let members = scim.first_members(&group, true).await?;
    let bytes = serde_json::to_vec(&shown(&group, members.as_deref())).map_err(Error::internal)?;
    let kind = [(header::CONTENT_TYPE, "application/json;charset=utf-8")];
    Ok((StatusCode::CREATED, kind, bytes).into_response())
}

fn edit(body: &GroupBody, members: MemberChange) -> GroupEdit {
    GroupEdit {
        display_name: body.display_name.clone(),
        description: body.description.clone(),
        usage: body.usage.clone(),
        members,
    }
}

pub(super) async fn change(
    State(scim): State<Scim>,
    caller: Caller,
    Path(id): Path<String>,
    Authorized(body): Authorized,
) -> Answer {
    let id = path_group(&caller, &id)?;
    require_own_body(&caller, &body)?;
    let mut members = MemberChange::default();
    let purged = body.purge_all_values.iter().flat_map(|purge| &purge.attributes);
    if purged
        .into_iter()
        .any(|name| name.eq_ignore_ascii_case("members"))
    {
        members.clear();
    }
    for member in body.members.iter().flatten() {
        let person = member_id(member)?;
        match member
            .operation
            .as_deref()
            .map(str::to_ascii_lowercase)
            .as_deref()
        {
            None | Some("" | "add") => members.add(person),
            Some("delete" | "remove") => members.remove(person),
            Some(_) => return Err(Error::invalid("operation of a member must be add or delete.").into()),
        }
    }
    let group = scim.edit_group(&caller, id, &edit(&body, members)).await?;
    let members = scim.first_members(&group, true).await?;
    object(&shown(&group, members.as_deref()))
}

pub(super) async fn delete(State(scim): State<Scim>, caller: Caller, Path(id): Path<String>) -> Answer {
    rights::require_group_writer(&caller, GROUPS_WRITE)?;
    let id = path_group(&caller, &id)?;
    scim.delete_group(&caller, id, None, GROUPS_WRITE)
        .await
        .map_err(Error::from)?;
    done()
}
