use hub_directory::Caller;
use hub_directory::public_api::{FULL_ADMIN, TELEPHONY_READ, TELEPHONY_READERS, TELEPHONY_WRITE, require};
use kit::Result;
use serde_json::Value;

use crate::CallFeatures;
use crate::model::fields::Fields;
use crate::model::queue_policies::QueueDefaults;
use crate::store::queue_defaults;

impl CallFeatures {
    /// What holds for all queues of the caller's organization.
    pub(crate) async fn show_queue_defaults(&self, caller: &Caller) -> Result<QueueDefaults> {
        require(caller, TELEPHONY_READ, TELEPHONY_READERS)?;
        queue_defaults::of_organization(self.database().into(), caller.organization_id).await
    }

    /// Changes what the body names of it.
    pub(crate) async fn change_queue_defaults(&self, caller: &Caller, body: &Value) -> Result<()> {
        require(caller, TELEPHONY_WRITE, FULL_ADMIN)?;
        let body = Fields::of_body(body)?;
        let mut transaction = self.database().begin().await?;
        let mut defaults =
            queue_defaults::of_organization((&mut transaction).into(), caller.organization_id).await?;
        defaults.apply(&body)?;
        queue_defaults::store(&mut transaction, caller.organization_id, &defaults).await?;
        transaction.commit().await
    }
}
