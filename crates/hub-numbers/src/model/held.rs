use hub_directory::LocationId;

use super::OwnerKind;

/// What somebody holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// E.164.
    pub number: Option<String>,
    /// Without the location's prefix.
    pub extension: Option<String>,
    /// The location's.
    pub routing_prefix: Option<String>,
    /// Prefix and extension, as it is dialled from other locations.
    pub esn: Option<String>,
    /// Further numbers that ring the same owner.
    pub alternates: Vec<String>,
    /// Where.
    pub location_id: LocationId,
    /// Who holds it.
    pub kind: OwnerKind,
    /// Whether the number is toll-free.
    pub toll_free: bool,
}
