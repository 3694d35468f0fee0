//! Virtual lines: one verb a file.

mod create;
mod delete;
mod list;
mod set_directory_search;
mod show;
mod update;

use hub_directory::Location;
use hub_numbers::{Held, Owner, OwnerKind, Wanted};
use kit::Result;
use kit_sql::Transaction;

use crate::Telephony;
use crate::model::VirtualLine;
use crate::store::virtual_lines::{self, LineKeys};
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

impl Telephony {
    /// Lets the line hold exactly this, and remembers it for the orders of the list.
    async fn assign_to_line(
        &self,
        transaction: &mut Transaction,
        line: &VirtualLine,
        location_name: &str,
        wanted: &Wanted,
    ) -> Result<()> {
        self.numbers().assign(transaction, &owner(line), wanted).await?;
        let mut held = self
            .numbers()
            .held_by(
                (&mut *transaction).into(),
                line.organization_id,
                &[line.id.uuid()],
            )
            .await?;
        let held = held.remove(&line.id.uuid());
        let keys = LineKeys {
            number: held.as_ref().and_then(|held| held.number.clone()),
            extension: held.and_then(|held| held.extension),
        };
        virtual_lines::remember(transaction, line, &keys, location_name).await
    }
}
