use axum::extract::{Path, State};
use axum::response::IntoResponse;
use http::StatusCode;
use hub_directory::public_api::{
    Answer, FULL_ADMIN, Pairs, TELEPHONY_READ, TELEPHONY_READERS, TELEPHONY_WRITE, done, object, path_uuid,
    require, require_own,
};
use hub_directory::{Caller, LocationId};
use kit::{Error, Result};
use kit_web::{ApiError, Json};
use webex::ResourceKind;

use super::wire::{AddErrors, ExtensionVerdicts, ExtensionsBody, NumberVerdicts, NumbersBody};
use crate::Numbers;
use crate::use_cases::add_numbers::NewNumbers;

type Body<T> = std::result::Result<Json<T>, ApiError>;

/// Rights and the location come before the body: whoever may not write learns nothing of what is wrong with it.
fn location(caller: &Caller, id: &str, pairs: &Pairs) -> Result<LocationId> {
    require(caller, TELEPHONY_WRITE, FULL_ADMIN)?;
    require_own(caller, pairs.organization()?)?;
    Ok(LocationId::new(path_uuid(ResourceKind::Location, id)?))
}

pub(super) async fn add(
    State(numbers): State<Numbers>,
    caller: Caller,
    Path(id): Path<String>,
    pairs: Pairs,
    body: Body<NumbersBody>,
) -> Answer {
    let location_id = location(&caller, &id, &pairs)?;
    numbers.require_location(&caller, location_id).await?;
    let new = new_numbers(body?.0)?;
    let bad = numbers.add_numbers(&caller, location_id, &new).await?;
    if bad.is_empty() {
        return Ok(StatusCode::CREATED.into_response());
    }
    let errors = object(&[AddErrors::from(bad)])?;
    Ok((StatusCode::BAD_REQUEST, errors).into_response())
}

fn new_numbers(body: NumbersBody) -> Result<NewNumbers> {
    let toll_free = match body.number_type.as_deref() {
        None | Some("DID") => false,
        Some("TOLLFREE") => true,
        Some("MOBILE") => {
            return Err(Error::invalid(
                "numberType MOBILE needs a mobile carrier, and this Hub has none. Use DID or TOLLFREE.",
            ));
        }
        Some(_) => return Err(Error::invalid("numberType must be DID or TOLLFREE.")),
    };
    let service = match body.number_usage_type.as_deref() {
        None | Some("NONE") => false,
        Some("SERVICE") => true,
        Some(_) => return Err(Error::invalid("numberUsageType must be NONE or SERVICE.")),
    };
    let inactive = match body.state.as_deref() {
        None | Some("ACTIVE") => false,
        Some("INACTIVE") => true,
        Some(_) => return Err(Error::invalid("state must be ACTIVE or INACTIVE.")),
    };
    Ok(NewNumbers {
        numbers: body.phone_numbers,
        inactive,
        toll_free,
        service,
    })
}

pub(super) async fn set_state(
    State(numbers): State<Numbers>,
    caller: Caller,
    Path(id): Path<String>,
    pairs: Pairs,
    body: Body<NumbersBody>,
) -> Answer {
    let location_id = location(&caller, &id, &pairs)?;
    numbers.require_location(&caller, location_id).await?;
    let body = body?.0;
    let active = match body.action.as_deref() {
        None | Some("ACTIVATE") => true,
        Some("DEACTIVATE") => false,
        Some(_) => return Err(Error::invalid("action must be ACTIVATE or DEACTIVATE.").into()),
    };
    numbers
        .set_active(&caller, location_id, &body.phone_numbers, active)
        .await?;
    done()
}

pub(super) async fn remove(
    State(numbers): State<Numbers>,
    caller: Caller,
    Path(id): Path<String>,
    pairs: Pairs,
    body: Body<NumbersBody>,
) -> Answer {
    let location_id = location(&caller, &id, &pairs)?;
    numbers.require_location(&caller, location_id).await?;
    numbers
        .remove_numbers(&caller, location_id, &body?.0.phone_numbers)
        .await?;
    done()
}

pub(super) async fn validate_numbers(
    State(numbers): State<Numbers>,
    caller: Caller,
    pairs: Pairs,
    body: Body<NumbersBody>,
) -> Answer {
    require(&caller, TELEPHONY_WRITE, FULL_ADMIN)?;
    let verdicts = numbers
        .validate_numbers(&caller, pairs.organization()?, &body?.0.phone_numbers)
        .await?;
    object(&NumberVerdicts::from(verdicts))
}

pub(super) async fn validate_extensions(
    State(numbers): State<Numbers>,
    caller: Caller,
    pairs: Pairs,
    body: Body<ExtensionsBody>,
) -> Answer {
    extension_verdicts(&numbers, &caller, &pairs, None, body).await
}

pub(super) async fn validate_extensions_at(
    State(numbers): State<Numbers>,
    caller: Caller,
    Path(id): Path<String>,
    pairs: Pairs,
    body: Body<ExtensionsBody>,
) -> Answer {
    require(&caller, TELEPHONY_READ, TELEPHONY_READERS)?;
    let location_id = LocationId::new(path_uuid(ResourceKind::Location, &id)?);
    numbers.require_location(&caller, location_id).await?;
    extension_verdicts(&numbers, &caller, &pairs, Some(location_id), body).await
}

async fn extension_verdicts(
    numbers: &Numbers,
    caller: &Caller,
    pairs: &Pairs,
    location_id: Option<LocationId>,
    body: Body<ExtensionsBody>,
) -> Answer {
    require(caller, TELEPHONY_READ, TELEPHONY_READERS)?;
    let verdicts = numbers
        .validate_extensions(caller, pairs.organization()?, location_id, &body?.0.extensions)
        .await?;
    object(&ExtensionVerdicts::from(verdicts))
}
