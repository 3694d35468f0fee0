use axum::extract::{Path, State};
use axum::response::IntoResponse;
use hub_directory::Caller;
use hub_directory::public_api::{Answer, Pairs, done, object, require_own};
use hub_numbers::{Holder, OwnerKind};
use kit::{Error, Result};
use kit_web::Json;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Sent, person};
use crate::Telephony;
use crate::api::wire::{Named, UserNumber, location_id};
use crate::model::person_settings::rights::{ADMIN_READ, ADMIN_WRITE, CANDIDATES_READ};
use crate::model::person_settings::{ElementDraft, MOST_MONITORED, MonitoredKind};
use crate::model::text::quoted;
use crate::use_cases::person_settings::{CandidateQuery, Line, MonitoringDraft, MonitoringView, Target};

const MOST_A_PAGE: usize = 2_000;

pub(super) async fn show(
    State(telephony): State<Telephony>,
    caller: Caller,
    Path(id): Path<String>,
    pairs: Pairs,
) -> Answer {
    let id = person(&caller, ADMIN_READ, &id)?;
    require_own(&caller, pairs.organization()?)?;
    let MonitoringView { monitoring, lines } = telephony.show_monitoring(&caller, id).await?;
    object(&json!({
        "callParkNotificationEnabled": monitoring.call_park_notification_enabled,
        "availableEntriesCount": MOST_MONITORED.saturating_sub(lines.len()),
        "monitoredElements": lines.into_iter().map(element).collect::<Vec<_>>(),
    }))
}

/// One line, under the name of its kind.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
enum ElementWire {
    Member(Box<MemberWire>),
    SpeedDial(Box<SpeedDialWire>),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct MemberWire {
    #[serde(flatten)]
    who: Option<WhoWire>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    numbers: Vec<UserNumber>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line_key_label: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SpeedDialWire {
    #[serde(flatten)]
    who: Option<WhoWire>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extension: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line_key_label: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WhoWire {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_name: Option<String>,
    display_name: String,
    #[serde(rename = "type")]
    kind: &'static str,
    location: String,
    location_id: String,
}

fn who(target: Target) -> WhoWire {
    let Target {
        holder: Holder { owner, held },
        email: _,
        location_name,
    } = target;
    WhoWire {
        id: owner.kind.public_id(owner.id).to_string(),
        first_name: owner.first_name,
        last_name: owner.last_name,
        display_name: owner.display_name,
        kind: owner.kind.word(),
        location: location_name,
        location_id: location_id(held.location_id),
    }
}

fn element(line: Line) -> ElementWire {
    let Line { element, target } = line;
    let held = target.as_ref().map(|target| target.holder.held.clone());
    let line_key_label = element.label;
    match element.kind {
        MonitoredKind::Member => ElementWire::Member(Box::new(MemberWire {
            email: target.as_ref().and_then(|target| target.email.clone()),
            numbers: held
                .iter()
                .flat_map(|held| {
                    std::iter::once(UserNumber::primary(held)).chain(UserNumber::alternates(held))
                })
                .collect(),
            who: target.map(who),
            line_key_label,
        })),
        MonitoredKind::SpeedDial => {
            let (number, extension) = held.map(|held| (held.number, held.extension)).unwrap_or_default();
            ElementWire::SpeedDial(Box::new(SpeedDialWire {
                phone_number: element.phone_number.or(number),
                extension,
                who: target.map(who),
                line_key_label,
            }))
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Body {
    enable_call_park_notification: Option<Choice>,
    monitored_elements: Option<Vec<ElementBody>>,
}

/// The SDK writes it as a word.
#[derive(Deserialize)]
#[serde(untagged)]
enum Choice {
    Plain(bool),
    Word(String),
}

/// An id alone is a member.
#[derive(Deserialize)]
#[serde(untagged)]
enum ElementBody {
    Id(String),
    Whole(WholeBody),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WholeBody {
    #[serde(rename = "type")]
    kind: Option<String>,
    id: Option<String>,
    phone_number: Option<String>,
    line_key_label: Option<String>,
}

pub(super) async fn change(
    State(telephony): State<Telephony>,
    caller: Caller,
    Path(id): Path<String>,
    pairs: Pairs,
    sent: Sent<Body>,
) -> Answer {
    let id = person(&caller, ADMIN_WRITE, &id)?;
    require_own(&caller, pairs.organization()?)?;
    let Json(body) = sent?;
    telephony.change_monitoring(&caller, id, draft(body)?).await?;
    done()
}

fn draft(body: Body) -> Result<MonitoringDraft> {
    let elements = body
        .monitored_elements
        .map(|elements| elements.into_iter().map(element_draft).collect());
    Ok(MonitoringDraft {
        call_park_notification: body.enable_call_park_notification.map(choice).transpose()?,
        elements,
    })
}

fn choice(choice: Choice) -> Result<bool> {
    match choice {
        Choice::Plain(choice) => Ok(choice),
        Choice::Word(word) => word.to_ascii_lowercase().parse().map_err(|_| {
            Error::invalid(format!(
                "enableCallParkNotification must be true or false; {} is neither.",
                quoted(&word)
            ))
        }),
    }
}

fn element_draft(body: ElementBody) -> ElementDraft {
    match body {
        ElementBody::Id(id) => ElementDraft {
            id: Some(id),
            ..ElementDraft::default()
        },
        ElementBody::Whole(WholeBody {
            kind,
            id,
            phone_number,
            line_key_label,
        }) => ElementDraft {
            kind,
            id,
            phone_number,
            label: line_key_label,
        },
    }
}

pub(super) async fn members(
    State(telephony): State<Telephony>,
    caller: Caller,
    Path(id): Path<String>,
    pairs: Pairs,
) -> Answer {
    candidates(&telephony, &caller, &id, &pairs, true).await
}

pub(super) async fn speed_dials(
    State(telephony): State<Telephony>,
    caller: Caller,
    Path(id): Path<String>,
    pairs: Pairs,
) -> Answer {
    candidates(&telephony, &caller, &id, &pairs, false).await
}

async fn candidates(
    telephony: &Telephony,
    caller: &Caller,
    text: &str,
    pairs: &Pairs,
    further: bool,
) -> Answer {
    let id = person(caller, CANDIDATES_READ, text)?;
    require_own(caller, pairs.organization()?)?;
    let query = CandidateQuery {
        location_id: pairs.location("locationId")?,
        name: pairs.text("memberName").map(ToOwned::to_owned),
        dialled: pairs.text("phoneNumber").map(ToOwned::to_owned),
        descending: pairs.text("order").is_some_and(|order| order.ends_with("-desc")),
        further,
        start: pairs.start()?,
        max: pairs.page_size(MOST_A_PAGE)?,
    };
    let found = telephony.find_candidates(caller, id, &query).await?;
    let among = if further {
        "monitoring"
    } else {
        "monitoring/speedDials"
    };
    let path = format!("/v1/telephony/config/people/{text}/{among}/availableMembers");
    let next = found.next.map(|next| next.to_string());
    let link = pairs.next_page(telephony.directory().public_url(), &path, query.max, next);
    let members: Vec<_> = found.found.into_iter().map(candidate).collect();
    Ok((link, object(&json!({ "members": members }))?).into_response())
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CandidateWire {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_name: Option<String>,
    display_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extension: Option<String>,
    #[serde(rename = "type")]
    kind: &'static str,
    location: Named,
}

fn candidate(target: Target) -> CandidateWire {
    let Target {
        holder: Holder { owner, held },
        email: _,
        location_name,
    } = target;
    let is_place = owner.kind == OwnerKind::Workspace;
    CandidateWire {
        id: owner.kind.public_id(owner.id).to_string(),
        first_name: owner.first_name.filter(|_| !is_place),
        last_name: owner.last_name.filter(|_| !is_place),
        display_name: owner.display_name,
        phone_number: held.number,
        extension: held.extension,
        kind: owner.kind.word(),
        location: Named {
            id: location_id(held.location_id),
            name: location_name,
        },
    }
}
