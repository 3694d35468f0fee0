use axum::extract::{Path, State};
use axum::response::IntoResponse;
use kit::{Error, Result};
use kit_web::Json;
use webex::{
    CallingLineId, LocationWrite, PublicId, ResourceKind, TelephonyLocation, TelephonyLocationWrite,
    TelephonyLocations,
};

use super::locations::path_location;
use super::person_wire::location_id;
use super::reply::{Answer, done, made, object};
use crate::model::rights;
use crate::query::Pairs;
use crate::{Caller, Directory, Location, LocationId, LocationQuery};

pub(super) async fn list(State(directory): State<Directory>, caller: Caller, pairs: Pairs) -> Answer {
    let (max, start) = (pairs.page_size(2_000)?, pairs.start()?);
    let query = LocationQuery {
        name: pairs.text("name").map(ToOwned::to_owned),
        organization_id: pairs.organization()?,
        max,
        start,
        descending: pairs
            .text("order")
            .is_some_and(|order| order.eq_ignore_ascii_case("desc")),
        ..LocationQuery::default()
    };
    let (locations, more) = directory.list_calling_locations(&caller, &query).await?;
    let next = more.then(|| (start + max).to_string());
    let link = pairs.next_page(
        directory.public_url(),
        "/v1/telephony/config/locations",
        max,
        next,
    );
    let locations = locations.into_iter().map(entry).collect();
    Ok((link, object(&TelephonyLocations { locations })?).into_response())
}

pub(super) async fn show(
    State(directory): State<Directory>,
    caller: Caller,
    Path(id): Path<String>,
    pairs: Pairs,
) -> Answer {
    rights::require(&caller, rights::TELEPHONY_READ, rights::TELEPHONY_READERS)?;
    rights::require_own(&caller, pairs.organization()?)?;
    let location = directory
        .show_calling_location(&caller, path_location(&id)?)
        .await?;
    let domain = directory
        .organization(caller.organization_id)
        .await?
        .map(|organization| organization.domain);
    object(&detail(location, domain.as_deref().unwrap_or_default()))
}

pub(super) async fn enable(
    State(directory): State<Directory>,
    caller: Caller,
    pairs: Pairs,
    body: Result<Json<LocationWrite>, kit_web::ApiError>,
) -> Answer {
    rights::require(&caller, rights::TELEPHONY_WRITE, rights::FULL_ADMIN)?;
    rights::require_own(&caller, pairs.organization()?)?;
    let body = body?.0;
    let id = body
        .id
        .as_deref()
        .ok_or_else(|| Error::invalid("id is missing: the location that is to be enabled."))?;
    let id = LocationId::new(PublicId::parse_uuid(ResourceKind::Location, id)?);
    directory.enable_calling(&caller, id, body).await?;
    made(&location_id(id))
}

pub(super) async fn update(
    State(directory): State<Directory>,
    caller: Caller,
    Path(id): Path<String>,
    pairs: Pairs,
    body: Result<Json<TelephonyLocationWrite>, kit_web::ApiError>,
) -> Answer {
    rights::require(&caller, rights::TELEPHONY_WRITE, rights::FULL_ADMIN)?;
    rights::require_own(&caller, pairs.organization()?)?;
    directory
        .configure_calling(&caller, path_location(&id)?, body?.0)
        .await?;
    done()
}

pub(super) async fn disable(
    State(directory): State<Directory>,
    caller: Caller,
    Path(id): Path<String>,
    pairs: Pairs,
) -> Answer {
    rights::require(&caller, rights::TELEPHONY_WRITE, rights::FULL_ADMIN)?;
    rights::require_own(&caller, pairs.organization()?)?;
    directory.disable_calling(&caller, path_location(&id)?).await?;
    done()
}

/// What the list shows of a location.
fn entry(location: Location) -> TelephonyLocation {
    let calling = location.calling.unwrap_or_default();
    TelephonyLocation {
        id: location_id(location.id),
        name: location.name,
        calling_line_id: Some(CallingLineId {
            name: calling.calling_line_name,
            phone_number: calling.main_number,
        }),
        routing_prefix: calling.routing_prefix,
        outside_dial_digit: calling.outside_dial_digit,
        enforce_outside_dial_digit: Some(calling.enforce_outside_dial_digit),
        e911_setup_required: Some(false),
        ..TelephonyLocation::default()
    }
}

/// What the detail shows of a location.
fn detail(mut location: Location, domain: &str) -> TelephonyLocation {
    let announcement_language = location.announcement_language.take();
    let external_caller_id_name = location
        .calling
        .as_mut()
        .and_then(|calling| calling.external_caller_id_name.take());
    TelephonyLocation {
        announcement_language,
        external_caller_id_name,
        user_limit: Some(999_999),
        default_domain: Some(domain.to_owned()),
        e911_setup_required: None,
        ..entry(location)
    }
}
