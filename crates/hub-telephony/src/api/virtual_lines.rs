use axum::Router;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use axum::routing::{get, put};
use hub_directory::public_api::{
    Answer, Pairs, TELEPHONY_READ, TELEPHONY_WRITE, done, made, object, path_uuid, require, require_own,
};
use hub_directory::{Caller, LocationId};
use kit::{Error, Result};
use kit_web::{ApiError, Json};
use serde_json::json;
use webex::{PublicId, ResourceKind};

use super::virtual_line_wire::{Body, SearchBody, detail, entry, virtual_line_id};
use crate::model::rights::{VIRTUAL_LINE_READERS, VIRTUAL_LINE_WRITERS};
use crate::model::text::quoted;
use crate::use_cases::virtual_lines::{OrderBy, VirtualLineQuery};
use crate::{Telephony, VirtualLineId};

const LIST: &str = "/v1/telephony/config/virtualLines";
const MOST_A_PAGE: usize = 2_000;

pub(super) fn router() -> Router<Telephony> {
    Router::new()
        .route("/v1/telephony/config/virtualLines", get(list).post(create))
        .route(
            "/v1/telephony/config/virtualLines/{virtual_line_id}",
            get(show).put(update).delete(delete),
        )
        .route(
            "/v1/telephony/config/virtualLines/{virtual_line_id}/number",
            get(number),
        )
        .route(
            "/v1/telephony/config/virtualLines/{virtual_line_id}/devices",
            get(devices),
        )
        .route(
            "/v1/telephony/config/virtualLines/{virtual_line_id}/dectNetworks",
            get(dect_networks),
        )
        .route(
            "/v1/telephony/config/virtualLines/{virtual_line_id}/directorySearch",
            put(directory_search),
        )
}

async fn list(State(telephony): State<Telephony>, caller: Caller, pairs: Pairs) -> Answer {
    require(&caller, TELEPHONY_READ, VIRTUAL_LINE_READERS)?;
    require_own(&caller, pairs.organization()?)?;
    let query = query(&pairs)?;
    let found = telephony.list_virtual_lines(&caller, &query).await?;
    let next = found.more.then(|| (query.start + query.max).to_string());
    let link = pairs.next_page(telephony.directory().public_url(), LIST, query.max, next);
    let lines: Vec<_> = found.lines.into_iter().map(entry).collect();
    Ok((link, object(&json!({ "virtualLines": lines }))?).into_response())
}

fn query(pairs: &Pairs) -> Result<VirtualLineQuery> {
    let owned = |key: &str| pairs.every(key).into_iter().map(ToOwned::to_owned).collect();
    Ok(VirtualLineQuery {
        organization_id: pairs.organization()?,
        location_ids: ids(pairs, "locationId", ResourceKind::Location, LocationId::new)?,
        ids: ids(pairs, "id", ResourceKind::VirtualLine, VirtualLineId::new)?,
        owner_names: owned("ownerName"),
        phone_numbers: owned("phoneNumber"),
        location_names: owned("locationName"),
        text: None,
        order: order(pairs)?,
        has_device: pairs.choice("hasDeviceAssigned")?,
        has_extension: pairs.choice("hasExtensionAssigned")?,
        has_number: pairs.choice("hasDnAssigned")?,
        start: pairs.start()?,
        max: pairs.page_size(MOST_A_PAGE)?,
    })
}

fn ids<T>(
    pairs: &Pairs,
    key: &str,
    kind: ResourceKind,
    new: impl Fn(kit::Uuid) -> T,
) -> Result<Option<Vec<T>>> {
    let said = pairs.every(key);
    if said.is_empty() {
        return Ok(None);
    }
    said.into_iter()
        .flat_map(|text| text.split(','))
        .map(|id| PublicId::parse_uuid(kind, id.trim()).map(&new))
        .collect::<Result<Vec<_>>>()
        .map(Some)
}

/// At most three, each a field with `-asc` or `-desc` where it says so.
fn order(pairs: &Pairs) -> Result<Vec<(OrderBy, bool)>> {
    let said: Vec<&str> = pairs
        .every("order")
        .into_iter()
        .flat_map(|text| text.split(','))
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .collect();
    if said.len() > 3 {
        return Err(Error::invalid(
            "order names more than three fields; three are the most.",
        ));
    }
    said.into_iter().map(order_by).collect()
}

fn order_by(text: &str) -> Result<(OrderBy, bool)> {
    let (field, direction) = text.rsplit_once('-').unwrap_or((text, "asc"));
    let by = match field.to_ascii_lowercase().as_str() {
        "fname" | "firstname" => Some(OrderBy::FirstName),
        "lname" | "lastname" => Some(OrderBy::LastName),
        "displayname" | "ownername" => Some(OrderBy::DisplayName),
        "phonenumber" | "dn" => Some(OrderBy::PhoneNumber),
        "extension" => Some(OrderBy::Extension),
        "location" | "locationname" => Some(OrderBy::LocationName),
        _ => None,
    };
    let descending = match direction.to_ascii_lowercase().as_str() {
        "asc" => Some(false),
        "desc" => Some(true),
        _ => None,
    };
    by.zip(descending).ok_or_else(|| {
        Error::invalid(format!(
            "order cannot be {}; it is firstName, lastName, displayName, phoneNumber, extension or locationName, with -asc or -desc behind it.",
            quoted(text)
        ))
    })
}

async fn show(
    State(telephony): State<Telephony>,
    caller: Caller,
    Path(id): Path<String>,
    pairs: Pairs,
) -> Answer {
    require(&caller, TELEPHONY_READ, VIRTUAL_LINE_READERS)?;
    require_own(&caller, pairs.organization()?)?;
    object(&detail(
        telephony.show_virtual_line(&caller, path_line(&id)?).await?,
    ))
}

async fn create(
    State(telephony): State<Telephony>,
    caller: Caller,
    pairs: Pairs,
    body: std::result::Result<Json<Body>, ApiError>,
) -> Answer {
    require(&caller, TELEPHONY_WRITE, VIRTUAL_LINE_WRITERS)?;
    require_own(&caller, pairs.organization()?)?;
    let id = telephony.create_virtual_line(&caller, body?.0.draft()?).await?;
    made(&virtual_line_id(id))
}

async fn update(
    State(telephony): State<Telephony>,
    caller: Caller,
    Path(id): Path<String>,
    pairs: Pairs,
    body: std::result::Result<Json<Body>, ApiError>,
) -> Answer {
    require(&caller, TELEPHONY_WRITE, VIRTUAL_LINE_WRITERS)?;
    require_own(&caller, pairs.organization()?)?;
    let id = path_line(&id)?;
    telephony.require_virtual_line(&caller, id).await?;
    telephony
        .update_virtual_line(&caller, id, body?.0.draft()?)
        .await?;
    done()
}

async fn delete(
    State(telephony): State<Telephony>,
    caller: Caller,
    Path(id): Path<String>,
    pairs: Pairs,
) -> Answer {
    require(&caller, TELEPHONY_WRITE, VIRTUAL_LINE_WRITERS)?;
    require_own(&caller, pairs.organization()?)?;
    telephony.delete_virtual_line(&caller, path_line(&id)?).await?;
    done()
}

async fn number(
    State(telephony): State<Telephony>,
    caller: Caller,
    Path(id): Path<String>,
    pairs: Pairs,
) -> Answer {
    require(&caller, TELEPHONY_READ, VIRTUAL_LINE_READERS)?;
    require_own(&caller, pairs.organization()?)?;
    let view = telephony.show_virtual_line(&caller, path_line(&id)?).await?;
    let mut phone_number = serde_json::Map::new();
    if let Some(held) = view.held {
        let parts = [("directNumber", held.number), ("extension", held.extension)];
        for (key, value) in parts {
            if let Some(value) = value {
                phone_number.insert(key.to_owned(), value.into());
            }
        }
        phone_number.insert("primary".to_owned(), true.into());
    }
    object(&json!({ "phoneNumber": phone_number }))
}

/// No device is registered at this Hub.
async fn devices(
    State(telephony): State<Telephony>,
    caller: Caller,
    Path(id): Path<String>,
    pairs: Pairs,
) -> Answer {
    require(&caller, TELEPHONY_READ, VIRTUAL_LINE_READERS)?;
    require_own(&caller, pairs.organization()?)?;
    telephony.show_virtual_line(&caller, path_line(&id)?).await?;
    object(&json!({ "devices": [], "availableEndpointType": "SHARED_CALL_APPEARANCE", "maxDeviceCount": 35 }))
}

/// No DECT network is registered at this Hub.
async fn dect_networks(
    State(telephony): State<Telephony>,
    caller: Caller,
    Path(id): Path<String>,
    pairs: Pairs,
) -> Answer {
    require(&caller, TELEPHONY_READ, VIRTUAL_LINE_READERS)?;
    require_own(&caller, pairs.organization()?)?;
    telephony.show_virtual_line(&caller, path_line(&id)?).await?;
    object(&json!({ "dectNetworks": [] }))
}

async fn directory_search(
    State(telephony): State<Telephony>,
    caller: Caller,
    Path(id): Path<String>,
    pairs: Pairs,
    body: std::result::Result<Json<SearchBody>, ApiError>,
) -> Answer {
    require(&caller, TELEPHONY_WRITE, VIRTUAL_LINE_WRITERS)?;
    require_own(&caller, pairs.organization()?)?;
    let id = path_line(&id)?;
    telephony.require_virtual_line(&caller, id).await?;
    let enabled = body?
        .0
        .enabled
        .ok_or_else(|| Error::invalid("enabled is missing: true or false."))?;
    telephony.set_directory_search(&caller, id, enabled).await?;
    done()
}

fn path_line(id: &str) -> Result<VirtualLineId> {
    path_uuid(ResourceKind::VirtualLine, id).map(VirtualLineId::new)
}
