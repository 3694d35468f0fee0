use axum::extract::{Path, State};
use hub_directory::Caller;
use hub_directory::public_api::{Answer, Pairs, done, e164, object, require_own};
use kit::{Error, Result};
use kit_web::Json;
use serde::Deserialize;

use super::{Sent, person, wire};
use crate::Telephony;
use crate::model::person_settings::rights::{ADMIN_READ, NUMBERS_WRITE};
use crate::model::person_settings::{AlternateAction, AlternateChange, RingPattern};
use crate::use_cases::person_settings::NumbersDraft;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Body {
    enable_distinctive_ring_pattern: Option<bool>,
    #[serde(default)]
    phone_numbers: Vec<LineBody>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct LineBody {
    #[serde(default)]
    primary: bool,
    action: AlternateAction,
    external: Option<String>,
    ring_pattern: Option<RingPattern>,
}

pub(super) async fn show(
    State(telephony): State<Telephony>,
    caller: Caller,
    Path(id): Path<String>,
    pairs: Pairs,
) -> Answer {
    let id = person(&caller, ADMIN_READ, &id)?;
    require_own(&caller, pairs.organization()?)?;
    object(&wire::numbers(telephony.show_numbers(&caller, id).await?))
}

pub(super) async fn change(
    State(telephony): State<Telephony>,
    caller: Caller,
    Path(id): Path<String>,
    pairs: Pairs,
    sent: Sent<Body>,
) -> Answer {
    let id = person(&caller, NUMBERS_WRITE, &id)?;
    require_own(&caller, pairs.organization()?)?;
    let Json(body) = sent?;
    telephony.change_numbers(&caller, id, draft(body)?).await?;
    done()
}

fn draft(body: Body) -> Result<NumbersDraft> {
    Ok(NumbersDraft {
        distinctive_ring: body.enable_distinctive_ring_pattern,
        changes: body.phone_numbers.into_iter().map(line).collect::<Result<_>>()?,
    })
}

fn line(body: LineBody) -> Result<AlternateChange> {
    if body.primary {
        return Err(Error::invalid(
            "phoneNumbers: primary must be false. The first number is changed with the person, by PUT /v1/people/{personId}.",
        ));
    }
    let number = body.external.ok_or_else(|| {
        Error::invalid("phoneNumbers: external is missing; it is the number to add or delete.")
    })?;
    Ok(AlternateChange {
        action: body.action,
        number: e164(&number)?,
        pattern: body.ring_pattern,
    })
}
