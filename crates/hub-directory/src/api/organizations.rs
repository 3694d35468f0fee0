use axum::extract::{Path, State};
use kit::Error;
use webex::{Items, PublicId, ResourceKind, Role, RoleObject};

use super::reply::{Answer, object};
use crate::model::rights;
use crate::query::path_uuid;
use crate::{Caller, Directory, Organization, OrganizationId};

pub(super) async fn list(State(directory): State<Directory>, caller: Caller) -> Answer {
    let organizations = directory.visible_organizations(&caller).await?;
    object(&Items {
        items: organizations.into_iter().map(wire).collect(),
    })
}

pub(super) async fn show(
    State(directory): State<Directory>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer {
    rights::require(&caller, rights::ORGANIZATIONS_READ, rights::ADMINISTRATORS)?;
    let id = OrganizationId::new(path_uuid(ResourceKind::Organization, &id)?);
    object(&wire(directory.visible_organization(&caller, id).await?))
}

/// The XSI endpoints that `callingData=true` adds on Webex are left out: this Hub serves no XSI.
fn wire(organization: Organization) -> webex::Organization {
    let Organization {
        id,
        display_name,
        domain: _,
        created_at,
    } = organization;
    webex::Organization {
        id: PublicId::of_uuid(ResourceKind::Organization, id.uuid()).to_string(),
        display_name,
        created: Some(created_at),
    }
}

pub(super) async fn roles(State(directory): State<Directory>, caller: Caller) -> Answer {
    let roles = directory.visible_roles(&caller)?;
    object(&Items {
        items: roles.into_iter().map(RoleObject::from).collect(),
    })
}

pub(super) async fn role(
    State(directory): State<Directory>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer {
    directory.visible_roles(&caller)?;
    let role = Role::from_id(&id).ok_or_else(|| Error::not_found(rights::NOT_FOUND))?;
    object(&RoleObject::from(role))
}
