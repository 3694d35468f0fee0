//! From a workspace to what the API shows of it.

use hub_directory::License;
use kit::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};
use webex::{PublicId, ResourceKind};

use super::wire::{location_id, organization_id};
use crate::WorkspaceId;
use crate::model::{Calendar, Workspace, WorkspaceKind};
use crate::use_cases::workspaces::WorkspaceView;

/// A workspace as `GET /v1/workspaces/{id}` answers it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Wire {
    id: String,
    org_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    location_id: Option<String>,
    display_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    capacity: Option<i64>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    sip_address: String,
    created: Timestamp,
    calling: Value,
    calendar: CalendarWire,
    #[serde(skip_serializing_if = "Option::is_none")]
    notes: Option<String>,
    hotdesking_status: &'static str,
    supported_devices: &'static str,
    device_hosted_meetings: MeetingsWire,
    #[serde(skip_serializing_if = "Option::is_none")]
    device_platform: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    indoor_navigation: Option<Value>,
    health: Value,
    planned_maintenance: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    devices: Option<[Value; 0]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    capabilities: Option<Value>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CalendarWire {
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    email_address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resource_group_id: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct MeetingsWire {
    enabled: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    site_url: Option<String>,
}

/// What a caller asks for besides.
#[derive(Clone, Copy, Default)]
pub(super) struct Besides {
    pub(super) devices: bool,
    pub(super) capabilities: bool,
}

pub(super) fn workspace_id(id: WorkspaceId) -> String {
    PublicId::of_uuid(ResourceKind::Place, id.uuid()).to_string()
}

pub(super) fn wire(view: WorkspaceView, besides: Besides) -> Wire {
    let WorkspaceView {
        workspace,
        license,
        held: _,
    } = view;
    let capabilities = besides.capabilities.then(|| capabilities(&workspace));
    let Workspace {
        id,
        organization_id: organization,
        location_id: location,
        display_name,
        capacity,
        kind,
        sip_address,
        calling,
        calendar,
        notes,
        hotdesking,
        supported_devices,
        device_hosted_meetings,
        meetings_site_url,
        device_platform,
        indoor_navigation_url,
        distinctive_ring: _,
        created_at,
        last_modified_at: _,
    } = workspace;
    Wire {
        id: workspace_id(id),
        org_id: organization_id(organization),
        location_id: location.map(location_id),
        display_name,
        capacity,
        kind: (kind != WorkspaceKind::NotSet).then(|| kind.word()),
        sip_address,
        created: created_at,
        calling: calling_wire(calling.kind().word(), license.as_ref()),
        calendar: calendar_wire(calendar),
        notes,
        hotdesking_status: if hotdesking { "on" } else { "off" },
        supported_devices: supported_devices.word(),
        device_hosted_meetings: MeetingsWire {
            enabled: device_hosted_meetings,
            site_url: meetings_site_url,
        },
        device_platform: device_platform.map(crate::model::DevicePlatform::word),
        indoor_navigation: indoor_navigation_url.map(|url| json!({ "url": url })),
        // Issues come from devices, and no device is registered at this Hub.
        health: json!({ "level": "ok", "issues": [] }),
        planned_maintenance: json!({ "mode": "off" }),
        devices: besides.devices.then_some([]),
        capabilities,
    }
}

/// On output Webex shows the licence alone; numbers have their own operation.
fn calling_wire(kind: &str, license: Option<&License>) -> Value {
    match license {
        Some(license) => json!({ "type": kind, "webexCalling": { "licenses": [license.public_id()] } }),
        None => json!({ "type": kind }),
    }
}

fn calendar_wire(calendar: Calendar) -> CalendarWire {
    let Calendar {
        kind,
        email,
        resource_group_id,
    } = calendar;
    CalendarWire {
        kind: kind.word(),
        email_address: email,
        resource_group_id,
    }
}

/// What devices in the workspace can sense. None is registered here, so nothing is supported; hot desking alone is
/// configured at the workspace itself.
pub(super) fn capabilities(workspace: &Workspace) -> Value {
    const SENSED: [&str; 9] = [
        "occupancyDetection",
        "presenceDetection",
        "ambientNoise",
        "soundLevel",
        "temperature",
        "airQuality",
        "relativeHumidity",
        "checkIn",
        "adhocBooking",
    ];
    let mut map = serde_json::Map::new();
    for key in SENSED {
        map.insert(key.to_owned(), json!({ "supported": false, "configured": false }));
    }
    map.insert(
        "hotDesking".to_owned(),
        json!({ "supported": false, "configured": workspace.hotdesking }),
    );
    Value::Object(map)
}
