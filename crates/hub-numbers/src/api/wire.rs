//! How numbers look on the wire.

use serde::{Deserialize, Serialize};
use webex::{PublicId, ResourceKind};

use crate::model::{Counts, EntryOwner, Listed};
use crate::use_cases::add_numbers::{BadNumber, Fault};
use crate::use_cases::validate_numbers::{Finding, Verdict};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct NumberList {
    pub(super) phone_numbers: Vec<NumberItem>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) count: Option<CountItem>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct NumberItem {
    #[serde(skip_serializing_if = "Option::is_none")]
    phone_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extension: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    routing_prefix: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    esn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone_number_type: Option<&'static str>,
    main_number: bool,
    toll_free_number: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    included_telephony_types: Option<&'static str>,
    is_service_number: bool,
    elin_enabled: bool,
    is_reserved_number: bool,
    location: NamedLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<OwnerItem>,
}

#[derive(Serialize)]
struct NamedLocation {
    id: PublicId,
    name: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct OwnerItem {
    id: PublicId,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_name: Option<String>,
    display_name: String,
}

impl From<EntryOwner> for OwnerItem {
    fn from(owner: EntryOwner) -> Self {
        let EntryOwner {
            kind,
            id,
            first_name,
            last_name,
            display_name,
        } = owner;
        Self {
            id: kind.public_id(id),
            kind: kind.word(),
            first_name,
            last_name,
            display_name,
        }
    }
}

const fn state(active: bool) -> &'static str {
    if active { "ACTIVE" } else { "INACTIVE" }
}

impl From<Listed> for NumberItem {
    fn from(listed: Listed) -> Self {
        let esn = listed.esn();
        let entry = listed.entry;
        let has_number = entry.number.is_some();
        Self {
            state: has_number.then_some(state(entry.active)),
            phone_number_type: has_number.then_some(entry.kind.word()),
            included_telephony_types: has_number.then_some("PSTN_NUMBER"),
            phone_number: entry.number,
            routing_prefix: listed.routing_prefix.filter(|_| entry.extension.is_some()),
            extension: entry.extension,
            esn,
            main_number: entry.main_number,
            toll_free_number: entry.toll_free,
            is_service_number: entry.service_number,
            // No number of this Hub is kept for emergency calls or reserved.
            elin_enabled: false,
            is_reserved_number: false,
            location: NamedLocation {
                id: PublicId::of_uuid(ResourceKind::Location, entry.location_id.uuid()),
                name: listed.location_name,
            },
            owner: entry.owner.map(OwnerItem::from),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CountItem {
    assigned: i64,
    un_assigned: i64,
    in_active: i64,
    extension_only: i64,
    toll_free_numbers: i64,
    total: i64,
    mobile_number: i64,
    service_number: i64,
    available: i64,
    elin: i64,
    reserved_number: i64,
}

impl From<Counts> for CountItem {
    fn from(counts: Counts) -> Self {
        let Counts {
            total,
            extension_only,
            unassigned,
            assigned,
            inactive,
            toll_free,
            service,
        } = counts;
        Self {
            assigned,
            un_assigned: unassigned,
            in_active: inactive,
            extension_only,
            toll_free_numbers: toll_free,
            total,
            mobile_number: 0,
            service_number: service,
            available: unassigned,
            elin: 0,
            reserved_number: 0,
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AvailableList {
    pub(super) phone_numbers: Vec<AvailableItem>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AvailableItem {
    phone_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extension: Option<String>,
    state: &'static str,
    is_main_number: bool,
    toll_free_number: bool,
    telephony_type: &'static str,
    is_service_number: bool,
    location: NamedLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<OwnerItem>,
}

impl From<Listed> for AvailableItem {
    fn from(listed: Listed) -> Self {
        let entry = listed.entry;
        Self {
            phone_number: entry.number,
            extension: entry.extension,
            state: state(entry.active),
            is_main_number: entry.main_number,
            toll_free_number: entry.toll_free,
            telephony_type: "PSTN_NUMBER",
            is_service_number: entry.service_number,
            location: NamedLocation {
                id: PublicId::of_uuid(ResourceKind::Location, entry.location_id.uuid()),
                name: listed.location_name,
            },
            owner: entry.owner.map(OwnerItem::from),
        }
    }
}

/// The body of the three operations on a location's numbers; each reads its part.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct NumbersBody {
    pub(super) phone_numbers: Vec<String>,
    pub(super) number_type: Option<String>,
    pub(super) number_usage_type: Option<String>,
    pub(super) state: Option<String>,
    pub(super) action: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct ExtensionsBody {
    pub(super) extensions: Vec<String>,
}

/// What is answered where numbers cannot be added: the array that wxc-sdk reads.
#[derive(Serialize)]
pub(super) struct AddErrors {
    errors: Vec<AddError>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AddError {
    number: String,
    error_type: &'static str,
    error_code: &'static str,
    error_message: String,
    error_title: &'static str,
}

impl From<Vec<BadNumber>> for AddErrors {
    fn from(bad: Vec<BadNumber>) -> Self {
        let error = |bad: BadNumber| {
            let (error_code, error_title) = match bad.fault {
                Fault::Malformed => ("INVALID", "The number is not valid"),
                Fault::AtAnotherLocation => ("DUPLICATE", "The number is at another location"),
                Fault::OfAnotherOrganization => ("UNAVAILABLE", "The number is not available"),
            };
            AddError {
                number: bad.number,
                error_type: "VALIDATION",
                error_code,
                error_message: bad.sentence,
                error_title,
            }
        };
        Self {
            errors: bad.into_iter().map(error).collect(),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct NumberVerdicts {
    status: &'static str,
    phone_numbers: Vec<NumberVerdict>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NumberVerdict {
    phone_number: String,
    state: &'static str,
    toll_free_number: bool,
    detail: Vec<String>,
}

fn status(verdicts: &[Verdict]) -> &'static str {
    let good = verdicts
        .iter()
        .all(|verdict| verdict.finding == Finding::Available);
    if good { "OK" } else { "ERRORS" }
}

impl From<Vec<Verdict>> for NumberVerdicts {
    fn from(verdicts: Vec<Verdict>) -> Self {
        let item = |verdict: Verdict| NumberVerdict {
            phone_number: verdict.text,
            state: match verdict.finding {
                Finding::Available => "Available",
                Finding::Duplicate => "Duplicate",
                Finding::DuplicateInList => "Duplicate In List",
                Finding::Invalid => "Invalid",
                Finding::Unavailable => "Unavailable",
            },
            toll_free_number: verdict.toll_free,
            detail: verdict.sentence.into_iter().collect(),
        };
        Self {
            status: status(&verdicts),
            phone_numbers: verdicts.into_iter().map(item).collect(),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ExtensionVerdicts {
    status: &'static str,
    extension_status: Vec<ExtensionVerdict>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ExtensionVerdict {
    extension: String,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
}

impl From<Vec<Verdict>> for ExtensionVerdicts {
    fn from(verdicts: Vec<Verdict>) -> Self {
        let item = |verdict: Verdict| ExtensionVerdict {
            extension: verdict.text,
            state: match verdict.finding {
                Finding::Available => "VALID",
                Finding::Duplicate | Finding::Unavailable => "DUPLICATE",
                Finding::DuplicateInList => "DUPLICATE_IN_LIST",
                Finding::Invalid => "INVALID",
            },
            message: verdict.sentence,
        };
        Self {
            status: status(&verdicts),
            extension_status: verdicts.into_iter().map(item).collect(),
        }
    }
}
