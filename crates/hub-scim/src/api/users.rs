use axum::extract::{Path, State};
use http::{HeaderMap, StatusCode};

use super::reply::{Answer, done, list, resource, tag_of};
use super::request::{
    Asked, RawBody, ScimCaller, if_match, if_none_match, projection, search as read_search,
};
use crate::Scim;
use crate::model::resource::Tree;
use crate::model::rights;
use crate::model::user_schema::USER;

/// The flags by which a client asks for the groups of a user.
const WITH_GROUPS: &[&str] = &["returnGroups", "includeGroupDetails"];

fn with_groups(asked: &Asked) -> bool {
    WITH_GROUPS.iter().any(|key| asked.pairs.flag(key)) || projection(&USER, asked).asks_for("groups")
}

fn answered(status: StatusCode, tree: Tree, asked: &Asked, if_none_match: Option<&str>) -> Answer {
    let tag = tag_of(&tree);
    resource(
        status,
        projection(&USER, asked).apply(&USER, tree),
        &tag,
        if_none_match,
    )
}

pub(super) async fn search(
    State(scim): State<Scim>,
    ScimCaller(caller): ScimCaller,
    Path(organization_id): Path<String>,
    asked: Asked,
) -> Answer {
    rights::require_user_reader(&caller)?;
    rights::own_organization(&caller, &organization_id)?;
    let search = read_search(&USER, &asked, WITH_GROUPS)?;
    list(scim.search_users(&caller, &search).await?)
}

pub(super) async fn create(
    State(scim): State<Scim>,
    ScimCaller(caller): ScimCaller,
    Path(organization_id): Path<String>,
    asked: Asked,
    body: RawBody,
) -> Answer {
    rights::require_user_writer(&caller)?;
    rights::own_organization(&caller, &organization_id)?;
    let tree = scim.create_user(&caller, &body.json()?).await?;
    answered(StatusCode::CREATED, tree, &asked, None)
}

pub(super) async fn show(
    State(scim): State<Scim>,
    ScimCaller(caller): ScimCaller,
    Path((organization_id, user_id)): Path<(String, String)>,
    headers: HeaderMap,
    asked: Asked,
) -> Answer {
    rights::require_user_reader(&caller)?;
    rights::own_organization(&caller, &organization_id)?;
    let id = rights::path_id(&user_id)?;
    let tree = scim.show_user(&caller, id, with_groups(&asked)).await?;
    answered(StatusCode::OK, tree, &asked, if_none_match(&headers).as_deref())
}

pub(super) async fn me(
    State(scim): State<Scim>,
    ScimCaller(caller): ScimCaller,
    headers: HeaderMap,
    asked: Asked,
) -> Answer {
    let tree = scim.show_own_user(&caller, with_groups(&asked)).await?;
    answered(StatusCode::OK, tree, &asked, if_none_match(&headers).as_deref())
}

pub(super) async fn replace(
    State(scim): State<Scim>,
    ScimCaller(caller): ScimCaller,
    Path((organization_id, user_id)): Path<(String, String)>,
    headers: HeaderMap,
    asked: Asked,
    body: RawBody,
) -> Answer {
    rights::require_user_writer(&caller)?;
    rights::own_organization(&caller, &organization_id)?;
    let id = rights::path_id(&user_id)?;
    let condition = if_match(&headers);
    let tree = scim
        .replace_user(&caller, id, &body.json()?, condition.as_deref())
        .await?;
    answered(StatusCode::OK, tree, &asked, None)
}

pub(super) async fn patch(
    State(scim): State<Scim>,
    ScimCaller(caller): ScimCaller,
    Path((organization_id, user_id)): Path<(String, String)>,
    headers: HeaderMap,
    asked: Asked,
    body: RawBody,
) -> Answer {
    rights::require_user_writer(&caller)?;
    rights::own_organization(&caller, &organization_id)?;
    let id = rights::path_id(&user_id)?;
    let condition = if_match(&headers);
    let tree = scim
        .patch_user(&caller, id, &body.json()?, condition.as_deref())
        .await?;
    answered(StatusCode::OK, tree, &asked, None)
}

pub(super) async fn delete(
    State(scim): State<Scim>,
    ScimCaller(caller): ScimCaller,
    Path((organization_id, user_id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answer {
    rights::require_user_writer(&caller)?;
    rights::own_organization(&caller, &organization_id)?;
    let id = rights::path_id(&user_id)?;
    scim.delete_user(&caller, id, if_match(&headers).as_deref())
        .await?;
    done()
}
