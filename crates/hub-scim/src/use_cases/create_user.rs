use hub_directory::Caller;
use serde_json::Value;

use crate::Scim;
use crate::model::error::Outcome;
use crate::model::resource::{self, Tree};
use crate::model::user_draft::{MissingRoles, further_addresses, settle};
use crate::model::user_schema::USER;
use crate::model::{rights, user};
use crate::store::{extras, organization};

impl Scim {
    /// Makes a person, with what SCIM keeps of them.
    pub(crate) async fn create_user(&self, caller: &Caller, body: &Value) -> Outcome<Tree> {
        rights::require_user_writer(caller)?;
        let organization_id = caller.organization_id;
        let tree = resource::read(&USER, body)?;
        let mut settled = settle(None, &tree, MissingRoles::Kept)?;
        let mut transaction = self.database().begin().await?;
        if settled.draft.preferred_language.is_none() {
            let extra = organization::of((&mut transaction).into(), organization_id).await?;
            settled.draft.preferred_language = extra.preferred_language;
        }
        let writer = rights::towards_the_directory(caller)?;
        let person = self
            .directory()
            .create_person_within(&mut transaction, &writer, settled.draft)
            .await?;
        let further = further_addresses(&settled.extra, &person.email);
        extras::put(
            &mut transaction,
            organization_id,
            person.id,
            &settled.extra,
            &further,
        )
        .await?;
        transaction.commit().await?;
        Ok(user::tree(
            &person,
            &settled.extra,
            None,
            &self.base(organization_id),
        ))
    }
}
