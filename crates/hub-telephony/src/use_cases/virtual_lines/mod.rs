//! Virtual lines: one verb a file.

mod create;
mod delete;
mod list;
mod set_directory_search;
mod show;
mod update;

use hub_directory::Location;
use hub_numbers::{Held, Owner, OwnerKind};

use crate::model::VirtualLine;
pub(crate) use list::{OrderBy, VirtualLineQuery};

/// A virtual line with what others keep of it.
#[derive(Clone, Debug)]
pub(crate) struct VirtualLineView {
    pub(crate) line: VirtualLine,
    pub(crate) location: Location,
    pub(crate) held: Option<Held>,
}

/// The line as the owner of what it holds.
pub(crate) fn owner(line: &VirtualLine) -> Owner {
    Owner {
        organization_id: line.organization_id,
        location_id: line.location_id,
        kind: OwnerKind::VirtualLine,
        id: line.id.uuid(),
        first_name: Some(line.first_name.clone()),
        last_name: Some(line.last_name.clone()),
        display_name: line.display_name.clone(),
    }
}
