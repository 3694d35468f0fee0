use std::collections::HashMap;

use webex::{LocationAddress, ResourceKind};

use super::person::bare_id;

/// What the Suite keeps of a location.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LocationRecord {
    /// The UUID.
    pub id: String,
    pub name: String,
    pub city: Option<String>,
    pub country: Option<String>,
    pub time_zone: Option<String>,
    pub routing_prefix: Option<String>,
    pub main_number: Option<String>,
}

/// Puts the two sides of each location together.
pub(crate) fn locations_from_wire(
    plain: Vec<webex::Location>,
    calling: Vec<webex::TelephonyLocation>,
) -> Vec<LocationRecord> {
    let mut calling: HashMap<String, webex::TelephonyLocation> = calling
        .into_iter()
        .map(|location| (bare_id(ResourceKind::Location, location.id.clone()), location))
        .collect();
    let mut records: Vec<LocationRecord> = plain
        .into_iter()
        .map(|location| {
            let webex::Location {
                id,
                name,
                org_id: _,
                address,
                time_zone,
                preferred_language: _,
                latitude: _,
                longitude: _,
                notes: _,
            } = location;
            let LocationAddress {
                address1: _,
                address2: _,
                city,
                state: _,
                postal_code: _,
                country,
            } = address;
            let id = bare_id(ResourceKind::Location, id);
            let calling = calling.remove(&id).unwrap_or_default();
            let main_number = calling.calling_line_id.and_then(|line| line.phone_number);
            LocationRecord {
                id,
                name,
                city,
                country,
                time_zone,
                routing_prefix: calling.routing_prefix,
                main_number,
            }
        })
        .collect();
    // A list that pages can answer a location twice.
    records.sort_by(|a, b| a.id.cmp(&b.id));
    records.dedup_by(|a, b| a.id == b.id);
    records
}
