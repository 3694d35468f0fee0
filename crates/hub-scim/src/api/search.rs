//! Searches by POST, which keep addresses and names out of URLs.

use axum::extract::{Path, State};

use super::reply::{Answer, list};
use super::request::{Asked, RawBody, ScimCaller, SearchBody};
use crate::Scim;
use crate::model::group_schema::GROUP;
use crate::model::rights::{self, SCIM_GROUPS_READ};
use crate::model::user_schema::USER;
use crate::use_cases::SearchFound;

pub(super) async fn users(
    State(scim): State<Scim>,
    ScimCaller(caller): ScimCaller,
    Path(organization_id): Path<String>,
    asked: Asked,
    body: RawBody,
) -> Answer {
    rights::require_user_reader(&caller)?;
    rights::own_organization(&caller, &organization_id)?;
    let search = SearchBody::of(&body.json()?)?.search(&USER, &asked)?;
    list(scim.search_users(&caller, &search).await?)
}

pub(super) async fn groups(
    State(scim): State<Scim>,
    ScimCaller(caller): ScimCaller,
    Path(organization_id): Path<String>,
    asked: Asked,
    body: RawBody,
) -> Answer {
    rights::require_group_reader(&caller, SCIM_GROUPS_READ)?;
    rights::own_organization(&caller, &organization_id)?;
    let search = SearchBody::of(&body.json()?)?.search(&GROUP, &asked)?;
    list(scim.search_groups(&caller, &search).await?)
}

/// Users first, groups behind them. A filter that only one of the two can meet finds nothing of the other.
pub(super) async fn everything(
    State(scim): State<Scim>,
    ScimCaller(caller): ScimCaller,
    Path(organization_id): Path<String>,
    asked: Asked,
    body: RawBody,
) -> Answer {
    rights::require_user_reader(&caller)?;
    rights::require_group_reader(&caller, SCIM_GROUPS_READ)?;
    rights::own_organization(&caller, &organization_id)?;
    let body = SearchBody::of(&body.json()?)?;
    let search = body.search(&USER, &asked)?;
    let users = scim.search_users(&caller, &search).await;
    let (mut found, refused) = match users {
        Ok(found) => (found, None),
        Err(error) if error.scim_type == Some("invalidFilter") => (nothing(search.start_index), Some(error)),
        Err(error) => return Err(error.into()),
    };
    let mut behind = body.search(&GROUP, &asked)?;
    behind.start_index = search.start_index.saturating_sub(found.total).max(1);
    behind.count = search.count - found.resources.len();
    match (scim.search_groups(&caller, &behind).await, refused) {
        (Ok(groups), _) => {
            found.total += groups.total;
            found.resources.extend(groups.resources);
        }
        (Err(error), None) if error.scim_type == Some("invalidFilter") => {}
        (Err(error), None) => return Err(error.into()),
        (Err(_), Some(refused)) => return Err(refused.into()),
    }
    list(found)
}

fn nothing(start_index: usize) -> SearchFound {
    SearchFound {
        total: 0,
        start_index,
        resources: Vec::new(),
    }
}
