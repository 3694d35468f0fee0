use axum::extract::{Path, State};
use axum::response::IntoResponse;
use kit::Error;
use webex::{Items, LicenseUser, PublicId, ResourceKind};

use super::person_wire::person_id;
use super::reply::{Answer, object};
use crate::model::rights;
use crate::query::Pairs;
use crate::{Caller, Directory, License, Person};

pub(super) async fn list(State(directory): State<Directory>, caller: Caller, pairs: Pairs) -> Answer {
    let licenses = directory.list_licenses(&caller, pairs.organization()?).await?;
    object(&Items {
        items: licenses.into_iter().map(wire).collect(),
    })
}

pub(super) async fn show(
    State(directory): State<Directory>,
    caller: Caller,
    Path(id): Path<String>,
    pairs: Pairs,
) -> Answer {
    rights::require(&caller, rights::LICENSES_READ, rights::ADMINISTRATORS)?;
    let id = PublicId::parse(ResourceKind::License, &id).map_err(|_| Error::not_found(rights::NOT_FOUND))?;
    let license = directory.show_license(&caller, &id).await?;
    if pairs.text("includeAssignedTo") != Some("user") {
        return object(&wire(license));
    }
    let limit = pairs.count("limit")?.unwrap_or(300).min(300);
    let (people, next) = directory
        .license_holders(&caller, license.id, pairs.person_cursor()?, limit)
        .await?;
    let path = format!("/v1/licenses/{}", license.public_id());
    let link = pairs.next_page(
        directory.public_url(),
        &path,
        limit,
        next.map(|id| id.to_string()),
    );
    let body = webex::License {
        users: Some(people.into_iter().map(holder).collect()),
        ..wire(license)
    };
    Ok((link, object(&body)?).into_response())
}

fn wire(license: License) -> webex::License {
    let id = license.public_id().to_string();
    let License {
        id: _,
        value: _,
        kind: _,
        name,
        total_units,
        consumed_units,
        workspace_units,
        subscription_id,
        site_url,
        site_type,
    } = license;
    webex::License {
        id,
        name,
        total_units,
        consumed_units,
        consumed_by_users: Some(consumed_units - workspace_units),
        consumed_by_workspaces: Some(workspace_units),
        subscription_id,
        site_url,
        site_type,
        users: None,
    }
}

fn holder(person: Person) -> LicenseUser {
    LicenseUser {
        id: person_id(person.id),
        kind: "INTERNAL".to_owned(),
        display_name: person.display_name,
        email: person.email,
    }
}
