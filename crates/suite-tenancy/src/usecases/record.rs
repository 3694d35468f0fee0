use kit::Result;
use kit_sql::Handle;

use crate::store::audit;
use crate::{AuditEntry, Tenancy};

impl Tenancy {
    /// Writes a line of the audit trail; slices call it inside the transaction that does what the line says.
    pub async fn record<'h>(&self, on: impl Into<Handle<'h>>, entry: AuditEntry<'_>) -> Result<()> {
        audit::insert(on, self.parts().randomness.uuid(), self.now(), entry).await
    }
}
