use axum::extract::{Path, State};
use http::{HeaderMap, StatusCode};
use serde_json::{Value, json};

use super::reply::{Answer, done, json_response, list, resource};
use super::request::{
    Asked, RawBody, ScimCaller, if_match, if_none_match, projection, search as read_search, window,
};
use crate::Scim;
use crate::model::group::{Group, MOST_MEMBERS_INLINE, member_tree};
use crate::model::group_schema::{CORE_GROUP, GROUP};
use crate::model::resource::Tree;
use crate::model::rights::{self, SCIM_GROUPS_READ, SCIM_GROUPS_WRITE};

fn answered(
    status: StatusCode,
    (group, tree): (Group, Tree),
    asked: &Asked,
    if_none_match: Option<&str>,
) -> Answer {
    let shown = projection(&GROUP, asked).apply(&GROUP, tree);
    resource(status, shown, &group.tag(), if_none_match)
}

pub(super) async fn search(
    State(scim): State<Scim>,
    ScimCaller(caller): ScimCaller,
    Path(organization_id): Path<String>,
    asked: Asked,
) -> Answer {
    rights::require_group_reader(&caller, SCIM_GROUPS_READ)?;
    rights::own_organization(&caller, &organization_id)?;
    let search = read_search(&GROUP, &asked, &["includeMembers"])?;
    list(scim.search_groups(&caller, &search).await?)
}

pub(super) async fn create(
    State(scim): State<Scim>,
    ScimCaller(caller): ScimCaller,
    Path(organization_id): Path<String>,
    asked: Asked,
    body: RawBody,
) -> Answer {
    rights::require_group_writer(&caller, SCIM_GROUPS_WRITE)?;
    rights::own_organization(&caller, &organization_id)?;
    let made = scim.create_group(&caller, &body.json()?).await?;
    answered(StatusCode::CREATED, made, &asked, None)
}

pub(super) async fn show(
    State(scim): State<Scim>,
    ScimCaller(caller): ScimCaller,
    Path((organization_id, group_id)): Path<(String, String)>,
    headers: HeaderMap,
    asked: Asked,
) -> Answer {
    rights::require_group_reader(&caller, SCIM_GROUPS_READ)?;
    rights::own_organization(&caller, &organization_id)?;
    let id = rights::path_id(&group_id)?;
    let with_members = projection(&GROUP, &asked).shows("members");
    let found = scim.show_group(&caller, id, with_members).await?;
    answered(StatusCode::OK, found, &asked, if_none_match(&headers).as_deref())
}

pub(super) async fn replace(
    State(scim): State<Scim>,
    ScimCaller(caller): ScimCaller,
    Path((organization_id, group_id)): Path<(String, String)>,
    headers: HeaderMap,
    asked: Asked,
    body: RawBody,
) -> Answer {
    rights::require_group_writer(&caller, SCIM_GROUPS_WRITE)?;
    rights::own_organization(&caller, &organization_id)?;
    let id = rights::path_id(&group_id)?;
    let condition = if_match(&headers);
    let changed = scim
        .replace_group(&caller, id, &body.json()?, condition.as_deref())
        .await?;
    answered(StatusCode::OK, changed, &asked, None)
}

pub(super) async fn patch(
    State(scim): State<Scim>,
    ScimCaller(caller): ScimCaller,
    Path((organization_id, group_id)): Path<(String, String)>,
    headers: HeaderMap,
    asked: Asked,
    body: RawBody,
) -> Answer {
    rights::require_group_writer(&caller, SCIM_GROUPS_WRITE)?;
    rights::own_organization(&caller, &organization_id)?;
    let id = rights::path_id(&group_id)?;
    let condition = if_match(&headers);
    let changed = scim
        .patch_group(&caller, id, &body.json()?, condition.as_deref())
        .await?;
    answered(StatusCode::OK, changed, &asked, None)
}

pub(super) async fn delete(
    State(scim): State<Scim>,
    ScimCaller(caller): ScimCaller,
    Path((organization_id, group_id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answer {
    rights::require_group_writer(&caller, SCIM_GROUPS_WRITE)?;
    rights::own_organization(&caller, &organization_id)?;
    let id = rights::path_id(&group_id)?;
    scim.delete_group(&caller, id, if_match(&headers).as_deref(), SCIM_GROUPS_WRITE)
        .await?;
    done()
}

/// All members in pages; `memberType` other than `user` finds nobody, for groups have only users here.
pub(super) async fn members(
    State(scim): State<Scim>,
    ScimCaller(caller): ScimCaller,
    Path((organization_id, group_id)): Path<(String, String)>,
    asked: Asked,
) -> Answer {
    rights::require_group_reader(&caller, SCIM_GROUPS_READ)?;
    let organization_id = rights::own_organization(&caller, &organization_id)?;
    let id = rights::path_id(&group_id)?;
    let (start_index, size) = window(&asked.pairs, MOST_MEMBERS_INLINE)?;
    let (group, members) = scim
        .list_members(&caller, id, SCIM_GROUPS_READ, start_index - 1, size)
        .await?;
    let finds_users = asked
        .pairs
        .text("memberType")
        .is_none_or(|kind| kind.eq_ignore_ascii_case("user"));
    let base = scim.base(organization_id);
    let shown: Vec<Value> = members
        .iter()
        .filter(|_| finds_users)
        .map(|member| member_tree(member, &base))
        .collect();
    let body = json!({
        "schemas": [CORE_GROUP],
        "displayName": group.display_name,
        "memberSize": if finds_users { group.member_count } else { 0 },
        "startIndex": start_index,
        "itemsPerPage": shown.len(),
        "members": shown,
    });
    Ok(json_response(StatusCode::OK, &body))
}
