//! What both kinds of objects look like on the wire.

use hub_directory::{Location, LocationId, OrganizationId};
use hub_numbers::Held;
use serde::Serialize;
use webex::{LocationAddress, PublicId, ResourceKind};

/// A number as features and workspaces show it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct UserNumber {
    #[serde(skip_serializing_if = "Option::is_none")]
    external: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extension: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    routing_prefix: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    esn: Option<String>,
    primary: bool,
}

impl UserNumber {
    /// Number and extension.
    pub(super) fn primary(held: &Held) -> Self {
        Self {
            external: held.number.clone(),
            extension: held.extension.clone(),
            routing_prefix: held.routing_prefix.clone(),
            esn: held.esn.clone(),
            primary: true,
        }
    }

    /// The alternates.
    pub(super) fn alternates(held: &Held) -> impl Iterator<Item = Self> {
        held.alternates.iter().map(|number| Self {
            external: Some(number.clone()),
            extension: None,
            routing_prefix: None,
            esn: None,
            primary: false,
        })
    }
}

/// Something by its id and name.
#[derive(Serialize)]
pub(super) struct Named {
    pub(super) id: String,
    pub(super) name: String,
}

pub(super) fn location_id(id: LocationId) -> String {
    PublicId::of_uuid(ResourceKind::Location, id.uuid()).to_string()
}

pub(super) fn organization_id(id: OrganizationId) -> String {
    PublicId::of_uuid(ResourceKind::Organization, id.uuid()).to_string()
}

pub(super) fn address(location: &Location) -> LocationAddress {
    LocationAddress {
        address1: Some(location.address1.clone()),
        address2: location.address2.clone(),
        city: Some(location.city.clone()),
        state: location.state.clone(),
        postal_code: location.postal_code.clone(),
        country: Some(location.country.clone()),
    }
}
