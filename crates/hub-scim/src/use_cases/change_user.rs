use hub_directory::public_api::NOT_FOUND;
use hub_directory::{Caller, PersonId};
use kit::{Error, Uuid};
use serde_json::Value;

use crate::Scim;
use crate::model::error::Outcome;
use crate::model::resource::{self, Tree};
use crate::model::user_draft::{Before, MissingRoles, further_addresses, settle};
use crate::model::user_schema::USER;
use crate::model::{patch, patch_steps, rights, user, version};
use crate::store::extras;

/// What to do with a user who is there.
enum Change<'a> {
    Replace(&'a Value),
    Patch(&'a Value),
}

impl Scim {
    /// Replaces a user.
    pub(crate) async fn replace_user(
        &self,
        caller: &Caller,
        id: Uuid,
        body: &Value,
        if_match: Option<&str>,
    ) -> Outcome<Tree> {
        self.change_user(caller, id, Change::Replace(body), if_match)
            .await
    }

    /// Changes some attributes of a user.
    pub(crate) async fn patch_user(
        &self,
        caller: &Caller,
        id: Uuid,
        body: &Value,
        if_match: Option<&str>,
    ) -> Outcome<Tree> {
        self.change_user(caller, id, Change::Patch(body), if_match).await
    }

    async fn change_user(
        &self,
        caller: &Caller,
        id: Uuid,
        change: Change<'_>,
        if_match: Option<&str>,
    ) -> Outcome<Tree> {
        rights::require_user_writer(caller)?;
        let (id, organization_id) = (PersonId::new(id), caller.organization_id);
        let base = self.base(organization_id);
        let mut transaction = self.database().begin().await?;
        let person = self
            .directory()
            .hold_person(&mut transaction, organization_id, id)
            .await?
            .ok_or_else(|| Error::not_found(NOT_FOUND))?;
        let extra = extras::of_person((&mut transaction).into(), organization_id, id).await?;
        let present = user::tree(&person, &extra, None, &base);
        version::require(if_match, user::version_of(&present))?;
        let before = resource::writable(&USER, &present)?;
        let after = changed(&before, &change)?;
        if after == before {
            return Ok(present);
        }
        let missing_roles = match change {
            Change::Replace(_) => MissingRoles::Kept,
            Change::Patch(_) => MissingRoles::Taken,
        };
        let known = Before {
            person: &person,
            extra: &extra,
        };
        let settled = settle(Some(&known), &after, missing_roles)?;
        let writer = rights::towards_the_directory(caller)?;
        let person = self
            .directory()
            .update_person_within(&mut transaction, &writer, id, settled.draft)
            .await?;
        let further = further_addresses(&settled.extra, &person.email);
        extras::put(&mut transaction, organization_id, id, &settled.extra, &further).await?;
        transaction.commit().await?;
        Ok(user::tree(&person, &settled.extra, None, &base))
    }
}

fn changed(before: &Tree, change: &Change<'_>) -> Outcome<Tree> {
    match change {
        Change::Replace(body) => resource::read(&USER, body),
        Change::Patch(body) => {
            let mut tree = before.clone();
            for step in patch_steps::steps(&USER, body)? {
                patch::apply(&USER, &mut tree, &step)?;
            }
            Ok(tree)
        }
    }
}
