use kit::{Error, Result};
use kit_sql::{Transaction, sql};

use crate::model::rights;
use crate::{Caller, Directory};

impl Directory {
    /// Gives the caller's organization another name, inside the transaction of another slice that commits.
    pub async fn rename_organization_within(
        &self,
        transaction: &mut Transaction,
        caller: &Caller,
        display_name: &str,
    ) -> Result<()> {
        caller.require_any_role(rights::FULL_ADMIN)?;
        let name = display_name.trim();
        if name.is_empty() || name.chars().count() > 256 || name.chars().any(char::is_control) {
            return Err(Error::invalid(
                "displayName must be a name of at most 256 characters.",
            ));
        }
        sql("UPDATE organization SET display_name = $1 WHERE id = $2")
            .bind(name)
            .bind(caller.organization_id.uuid())
            .run(transaction)
            .await
            .map(|_| ())
    }
}
