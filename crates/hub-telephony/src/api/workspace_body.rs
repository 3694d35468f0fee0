//! What a client sends of a workspace.

use hub_directory::{LicenseId, LocationId, OrganizationId};
use kit::{Error, Result, Uuid};
use serde::Deserialize;
use webex::{PublicId, ResourceKind};

use crate::model::text::quoted;
use crate::model::{
    Calendar, CalendarKind, CallingKind, DevicePlatform, SupportedDevices, WorkspaceCallingDraft,
    WorkspaceDraft, WorkspaceKind,
};
use crate::use_cases::workspaces::{NumberAction, NumberChange, NumbersChange};

/// The body of `POST /v1/workspaces` and `PUT /v1/workspaces/{id}`. What Webex computes by itself is passed over.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Body {
    org_id: Option<String>,
    location_id: Option<String>,
    workspace_location_id: Option<String>,
    floor_id: Option<String>,
    display_name: Option<String>,
    capacity: Option<i64>,
    #[serde(rename = "type")]
    kind: Option<String>,
    calling: Option<CallingBody>,
    calendar: Option<CalendarBody>,
    notes: Option<String>,
    hotdesking_status: Option<String>,
    supported_devices: Option<String>,
    device_hosted_meetings: Option<MeetingsBody>,
    device_platform: Option<String>,
    indoor_navigation: Option<MapBody>,
    planned_maintenance: Option<MaintenanceBody>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct CallingBody {
    #[serde(rename = "type")]
    kind: Option<String>,
    webex_calling: Option<WebexCallingBody>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct WebexCallingBody {
    phone_number: Option<String>,
    extension: Option<String>,
    location_id: Option<String>,
    licenses: Option<Vec<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct CalendarBody {
    #[serde(rename = "type")]
    kind: Option<String>,
    email_address: Option<String>,
    resource_group_id: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct MeetingsBody {
    enabled: Option<bool>,
    site_url: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct MapBody {
    url: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct MaintenanceBody {
    mode: Option<String>,
}

impl Body {
    /// The organization that the body names.
    pub(super) fn organization(&self) -> Result<Option<OrganizationId>> {
        let id = self.org_id.as_deref().filter(|id| !id.is_empty());
        let uuid = id.map(|id| PublicId::parse_uuid(ResourceKind::Organization, id));
        Ok(uuid.transpose()?.map(OrganizationId::new))
    }

    /// What the workspace shall be.
    pub(super) fn draft(self) -> Result<WorkspaceDraft> {
        let Self {
            org_id: _,
            location_id,
            workspace_location_id,
            floor_id,
            display_name,
            capacity,
            kind,
            calling,
            calendar,
            notes,
            hotdesking_status,
            supported_devices,
            device_hosted_meetings,
            device_platform,
            indoor_navigation,
            planned_maintenance,
        } = self;
        refuse_what_is_not_here(floor_id.as_deref(), planned_maintenance)?;
        let location_id = location_id.or(workspace_location_id);
        let meetings = device_hosted_meetings.unwrap_or_default();
        Ok(WorkspaceDraft {
            display_name,
            location_id: location("locationId", location_id)?,
            capacity,
            kind: word("type", kind, WorkspaceKind::parse)?,
            notes,
            hotdesking: hotdesking_status.map(|text| hotdesking(&text)).transpose()?,
            supported_devices: word("supportedDevices", supported_devices, SupportedDevices::parse)?,
            calendar: calendar.map(settled_calendar).transpose()?,
            calling: calling.map(settled_calling).transpose()?,
            device_hosted_meetings: meetings.enabled,
            meetings_site_url: meetings.site_url,
            device_platform: word("devicePlatform", device_platform, DevicePlatform::parse)?,
            indoor_navigation_url: indoor_navigation.and_then(|map| map.url),
        })
    }
}

fn refuse_what_is_not_here(floor_id: Option<&str>, maintenance: Option<MaintenanceBody>) -> Result<()> {
    if floor_id.is_some_and(|id| !id.is_empty()) {
        return Err(Error::invalid(
            "floorId names no floor: the locations of this Hub have no floors. Leave it out.",
        ));
    }
    let mode = maintenance.and_then(|maintenance| maintenance.mode);
    match mode.as_deref() {
        None | Some("off") => Ok(()),
        Some(other) => Err(Error::invalid(format!(
            "plannedMaintenance.mode cannot be {}: this Hub has no devices to maintain. Leave it out, or say off.",
            quoted(other)
        ))),
    }
}

fn word<T>(
    field: &str,
    text: Option<String>,
    parse: impl FnOnce(&str, &str) -> Result<T>,
) -> Result<Option<T>> {
    text.map(|text| parse(field, &text)).transpose()
}

fn hotdesking(text: &str) -> Result<bool> {
    match text {
        "on" => Ok(true),
        "off" | "none" => Ok(false),
        other => Err(Error::invalid(format!(
            "hotdeskingStatus cannot be {}; it is on or off.",
            quoted(other)
        ))),
    }
}

fn location(field: &str, text: Option<String>) -> Result<Option<LocationId>> {
    let Some(text) = text.filter(|text| !text.trim().is_empty()) else {
        return Ok(None);
    };
    let uuid = PublicId::parse_uuid(ResourceKind::Location, &text);
    uuid.map(|uuid| Some(LocationId::new(uuid)))
        .map_err(|error| Error::invalid(format!("{field}: {}", error.public())))
}

fn settled_calendar(body: CalendarBody) -> Result<Calendar> {
    let CalendarBody {
        kind,
        email_address,
        resource_group_id,
    } = body;
    let kind = kind
        .ok_or_else(|| Error::invalid("calendar.type is missing; it is one of none, google, microsoft."))?;
    Ok(Calendar {
        kind: CalendarKind::parse("calendar.type", &kind)?,
        email: email_address,
        resource_group_id,
    })
}

fn settled_calling(body: CallingBody) -> Result<WorkspaceCallingDraft> {
    let CallingBody { kind, webex_calling } = body;
    let kind = kind.ok_or_else(|| {
        Error::invalid("calling.type is missing; it is one of none, freeCalling, webexCalling.")
    })?;
    let kind = CallingKind::parse("calling.type", &kind)?;
    let WebexCallingBody {
        phone_number,
        extension,
        location_id,
        licenses,
    } = webex_calling.unwrap_or_default();
    let said = phone_number.is_some() || extension.is_some() || licenses.is_some();
    if said && kind != CallingKind::Webex {
        return Err(Error::invalid(format!(
            "calling.webexCalling belongs to calling.type webexCalling, and calling.type is {}.",
            kind.word()
        )));
    }
    Ok(WorkspaceCallingDraft {
        kind,
        location_id: location("calling.webexCalling.locationId", location_id)?,
        phone_number,
        extension,
        licenses: licenses
            .map(|ids| ids.iter().map(|id| license(id)).collect())
            .transpose()?,
    })
}

/// A licence's public id wraps `<organization>:<prefix>_<uuid>`; our key is the UUID at its end.
fn license(text: &str) -> Result<LicenseId> {
    let unknown = || {
        Error::invalid(format!(
            "calling.webexCalling.licenses: {} is not the id of a licence. GET /v1/licenses lists those there are.",
            quoted(text)
        ))
    };
    let id = PublicId::parse(ResourceKind::License, text).map_err(|_| unknown())?;
    let uuid = id.value().rsplit(['_', ':']).next().unwrap_or_default();
    Uuid::parse_str(uuid).map(LicenseId::new).map_err(|_| unknown())
}

/// The body of `PUT /v1/telephony/config/workspaces/{id}/numbers`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct NumbersBody {
    #[serde(default)]
    distinctive_ring_enabled: Option<bool>,
    #[serde(default)]
    phone_numbers: Option<Vec<NumberBody>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct NumberBody {
    primary: bool,
    action: Option<String>,
    direct_number: Option<String>,
    extension: Option<String>,
    ring_pattern: Option<String>,
}

impl NumbersBody {
    pub(super) fn change(self) -> Result<NumbersChange> {
        let Self {
            distinctive_ring_enabled,
            phone_numbers,
        } = self;
        let lines = phone_numbers.ok_or_else(|| {
            Error::invalid("phoneNumbers is missing: a list of numbers, each with action ADD or DELETE.")
        })?;
        Ok(NumbersChange {
            distinctive_ring: distinctive_ring_enabled,
            changes: lines.into_iter().map(number_change).collect::<Result<_>>()?,
        })
    }
}

fn number_change(body: NumberBody) -> Result<NumberChange> {
    let NumberBody {
        primary,
        action,
        direct_number,
        extension,
        ring_pattern,
    } = body;
    if let Some(other) = ring_pattern.filter(|pattern| pattern != "NORMAL") {
        return Err(Error::invalid(format!(
            "ringPattern cannot be {}: no telephone rings at this Hub, so NORMAL is all there is.",
            quoted(&other)
        )));
    }
    let action = match action.as_deref() {
        Some("ADD") => NumberAction::Add,
        Some("DELETE") => NumberAction::Delete,
        other => {
            return Err(Error::invalid(format!(
                "phoneNumbers: action is {}; it is ADD or DELETE.",
                other.map_or_else(|| "missing".to_owned(), quoted)
            )));
        }
    };
    Ok(NumberChange {
        primary,
        action,
        number: direct_number,
        extension,
    })
}
