//! Virtual lines on the wire, both ways.

use hub_directory::LocationId;
use kit::Result;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use webex::{LocationAddress, PublicId, ResourceKind};

use super::wire::{UserNumber, address, location_id};
use crate::VirtualLineId;
use crate::model::{VirtualLine, VirtualLineDraft};
use crate::use_cases::virtual_lines::VirtualLineView;

/// A virtual line as the list and the detail answer it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Wire {
    id: String,
    last_name: String,
    first_name: String,
    display_name: String,
    caller_id_last_name: String,
    caller_id_first_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    caller_id_number: Option<String>,
    external_caller_id_name_policy: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<UserNumber>,
    location: LocationWire,
    /// The list alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    number_of_devices_assigned: Option<u32>,
    /// The detail alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    announcement_language: Option<String>,
    /// The detail alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    time_zone: Option<String>,
    /// The detail alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    directory_search_enabled: Option<bool>,
    /// The detail alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    devices: Option<[Value; 0]>,
}

#[derive(Serialize)]
struct LocationWire {
    id: String,
    name: String,
    /// The detail alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<LocationAddress>,
}

pub(super) fn virtual_line_id(id: VirtualLineId) -> String {
    PublicId::of_uuid(ResourceKind::VirtualLine, id.uuid()).to_string()
}

/// What the list shows of a line.
pub(super) fn entry(view: VirtualLineView) -> Wire {
    let VirtualLineView { line, location, held } = view;
    let VirtualLine {
        id,
        organization_id: _,
        location_id: _,
        first_name,
        last_name,
        display_name,
        caller_id_first_name,
        caller_id_last_name,
        caller_id_number,
        announcement_language: _,
        time_zone: _,
        directory_search: _,
        created_at: _,
        last_modified_at: _,
    } = line;
    Wire {
        id: virtual_line_id(id),
        last_name,
        first_name,
        display_name,
        caller_id_last_name,
        caller_id_first_name,
        caller_id_number,
        // Outside, the line shows its own name: nothing here sets another policy.
        external_caller_id_name_policy: "DIRECT_LINE",
        number: held.as_ref().map(UserNumber::primary),
        location: LocationWire {
            id: location_id(location.id),
            name: location.name,
            address: None,
        },
        // No device is registered at this Hub.
        number_of_devices_assigned: Some(0),
        announcement_language: None,
        time_zone: None,
        directory_search_enabled: None,
        devices: None,
    }
}

/// What the detail shows of a line.
pub(super) fn detail(view: VirtualLineView) -> Wire {
    let announcement_language = view.line.announcement_language.clone();
    let time_zone = Some(view.line.time_zone.clone());
    let directory_search_enabled = Some(view.line.directory_search);
    let address = address(&view.location);
    let mut wire = entry(view);
    wire.location.address = Some(address);
    Wire {
        number_of_devices_assigned: None,
        announcement_language,
        time_zone,
        directory_search_enabled,
        devices: Some([]),
        ..wire
    }
}

/// The body of a create and of an update.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Body {
    first_name: Option<String>,
    last_name: Option<String>,
    display_name: Option<String>,
    phone_number: Option<String>,
    extension: Option<String>,
    location_id: Option<String>,
    caller_id_last_name: Option<String>,
    caller_id_first_name: Option<String>,
    caller_id_number: Option<String>,
    announcement_language: Option<String>,
    time_zone: Option<String>,
}

impl Body {
    pub(super) fn draft(self) -> Result<VirtualLineDraft> {
        let Self {
            first_name,
            last_name,
            display_name,
            phone_number,
            extension,
            location_id,
            caller_id_last_name,
            caller_id_first_name,
            caller_id_number,
            announcement_language,
            time_zone,
        } = self;
        let location_id = location_id
            .filter(|id| !id.trim().is_empty())
            .map(|id| PublicId::parse_uuid(ResourceKind::Location, &id))
            .transpose()?;
        Ok(VirtualLineDraft {
            first_name,
            last_name,
            display_name,
            phone_number,
            extension,
            location_id: location_id.map(LocationId::new),
            caller_id_first_name,
            caller_id_last_name,
            caller_id_number,
            announcement_language,
            time_zone,
        })
    }
}

/// The body of `directorySearch`.
#[derive(Debug, Deserialize)]
pub(super) struct SearchBody {
    #[serde(default)]
    pub(super) enabled: Option<bool>,
}
