use axum::extract::{Path, State};
use axum::response::IntoResponse;
use kit::{Result, search_key};
use kit_web::Json;
use webex::{Items, LocationAddress, LocationWrite, PublicId, ResourceKind};

use super::person_wire::location_id;
use super::reply::{Answer, done, made, object};
use crate::model::rights;
use crate::query::{Pairs, path_uuid};
use crate::{Caller, Directory, Location, LocationId, LocationQuery};

pub(super) async fn list(State(directory): State<Directory>, caller: Caller, pairs: Pairs) -> Answer {
    let max = pairs.count("max")?.unwrap_or(500).min(1_000);
    let query = LocationQuery {
        name: pairs.text("name").map(ToOwned::to_owned),
        id: pairs.location("id")?,
        organization_id: pairs.organization()?,
        max,
        after: pairs.cursor()?,
        ..LocationQuery::default()
    };
    let (locations, more) = directory.list_locations(&caller, &query).await?;
    let next = locations
        .last()
        .filter(|_| more)
        .map(|location| search_key(&location.name));
    let link = pairs.next_page(directory.public_url(), "/v1/locations", max, next);
    Ok((
        link,
        object(&Items {
            items: locations.into_iter().map(wire).collect(),
        })?,
    )
        .into_response())
}

pub(super) async fn show(
    State(directory): State<Directory>,
    caller: Caller,
    Path(id): Path<String>,
    pairs: Pairs,
) -> Answer {
    rights::require(&caller, rights::LOCATIONS_READ, rights::ADMINISTRATORS)?;
    rights::require_own(&caller, pairs.organization()?)?;
    object(&wire(
        directory.show_location(&caller, path_location(&id)?).await?,
    ))
}

pub(super) async fn create(
    State(directory): State<Directory>,
    caller: Caller,
    pairs: Pairs,
    body: Result<Json<LocationWrite>, kit_web::ApiError>,
) -> Answer {
    rights::require(&caller, rights::LOCATIONS_WRITE, rights::FULL_ADMIN)?;
    rights::require_own(&caller, pairs.organization()?)?;
    let location = directory.create_location(&caller, body?.0).await?;
    made(&location_id(location.id))
}

pub(super) async fn update(
    State(directory): State<Directory>,
    caller: Caller,
    Path(id): Path<String>,
    pairs: Pairs,
    body: Result<Json<LocationWrite>, kit_web::ApiError>,
) -> Answer {
    rights::require(&caller, rights::LOCATIONS_WRITE, rights::FULL_ADMIN)?;
    rights::require_own(&caller, pairs.organization()?)?;
    directory
        .update_location(&caller, path_location(&id)?, body?.0)
        .await?;
    done()
}

pub(super) async fn delete(
    State(directory): State<Directory>,
    caller: Caller,
    Path(id): Path<String>,
    pairs: Pairs,
) -> Answer {
    rights::require(&caller, rights::LOCATIONS_WRITE, rights::FULL_ADMIN)?;
    rights::require_own(&caller, pairs.organization()?)?;
    directory.delete_location(&caller, path_location(&id)?).await?;
    done()
}

pub(super) fn path_location(id: &str) -> Result<LocationId> {
    path_uuid(ResourceKind::Location, id).map(LocationId::new)
}

fn wire(location: Location) -> webex::Location {
    let Location {
        id,
        organization_id,
        name,
        address1,
        address2,
        city,
        state,
        postal_code,
        country,
        time_zone,
        preferred_language,
        latitude,
        longitude,
        notes,
        announcement_language: _,
        calling: _,
    } = location;
    webex::Location {
        id: location_id(id),
        name,
        org_id: PublicId::of_uuid(ResourceKind::Organization, organization_id.uuid()).to_string(),
        address: LocationAddress {
            address1: Some(address1),
            address2,
            city: Some(city),
            state,
            postal_code,
            country: Some(country),
        },
        time_zone: Some(time_zone),
        preferred_language: Some(preferred_language),
        latitude,
        longitude,
        notes,
    }
}
