//! The figures of `details=true`.

use hub_directory::OrganizationId;
use kit::Result;
use kit_sql::{Handle, sql};

use crate::model::{BEHIND_NUMBERS, Counts};

/// Counts along the indexes: everything once, and of what is rare only itself.
pub(crate) async fn of(on: Handle<'_>, organization_id: OrganizationId) -> Result<Counts> {
    let id = organization_id.uuid();
    let row = sql("SELECT \
         (SELECT COUNT(*) FROM telephone_number WHERE organization_id = $1) AS entries, \
         (SELECT COUNT(*) FROM telephone_number WHERE organization_id = $2 AND dial_key >= $3) AS extensions, \
         (SELECT COUNT(*) FROM telephone_number WHERE organization_id = $4 AND owner_id IS NULL) AS free, \
         (SELECT COUNT(*) FROM telephone_number WHERE organization_id = $5 AND NOT active) AS inactive, \
         (SELECT COUNT(*) FROM telephone_number WHERE organization_id = $6 AND toll_free) AS toll_free, \
         (SELECT COUNT(*) FROM telephone_number WHERE organization_id = $7 AND service_number) AS service")
        .bind(id)
        .bind(id)
        .bind(BEHIND_NUMBERS)
        .bind(id)
        .bind(id)
        .bind(id)
        .bind(id)
        .one(on)
        .await?;
    let (total, extension_only, free) = (
        row.integer("entries")?,
        row.integer("extensions")?,
        row.integer("free")?,
    );
    Ok(Counts {
        total,
        extension_only,
        unassigned: free,
        assigned: total - extension_only - free,
        inactive: row.integer("inactive")?,
        toll_free: row.integer("toll_free")?,
        service: row.integer("service")?,
    })
}
