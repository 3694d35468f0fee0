use std::collections::BTreeSet;

use hub_directory::{Caller, OrganizationId, PersonId};
use kit::Uuid;
use kit_sql::Transaction;
use serde_json::Value;

use crate::Scim;
use crate::model::error::{Outcome, ScimError};
use crate::model::group::{self, Group, checked_name};
use crate::model::group_schema::{CORE_GROUP, GROUP};
use crate::model::members::{MemberChange, named};
use crate::model::resource::{self, Tree, text_at};
use crate::model::rights;
use crate::model::schema::Attribute;
use crate::store::{groups, members};

/// The attribute `members`, and the body without it: members are read in any number.
pub(super) fn split_members(body: &Value) -> Outcome<(Value, Option<BTreeSet<Uuid>>)> {
    let mut body = body.clone();
    let key = body.as_object().and_then(|body| {
        body.keys()
            .find(|key| key.eq_ignore_ascii_case("members"))
            .cloned()
    });
    let list = key.and_then(|key| body.as_object_mut().and_then(|body| body.remove(&key)));
    let ids = list.map(|list| named(members_attribute()?, &list)).transpose()?;
    Ok((body, ids))
}

pub(super) fn members_attribute() -> Outcome<&'static Attribute> {
    GROUP
        .find(Some(CORE_GROUP), "members")
        .map(|place| place.attribute)
        .ok_or_else(|| ScimError::path("There is no attribute members."))
}

impl Scim {
    /// Makes a group.
    pub(crate) async fn create_group(&self, caller: &Caller, body: &Value) -> Outcome<(Group, Tree)> {
        rights::require_group_writer(caller, rights::SCIM_GROUPS_WRITE)?;
        let (body, ids) = split_members(body)?;
        let tree = resource::read(&GROUP, &body)?;
        let group = self.new_group(
            caller.organization_id,
            checked_name(text_at(&tree, "displayName").unwrap_or_default())?,
        );
        let group = Group {
            external_id: text_at(&tree, "externalId").map(ToOwned::to_owned),
            kept: group::kept(&tree),
            ..group
        };
        let group = self.store_new_group(group, &ids.unwrap_or_default()).await?;
        let tree = self.group_tree(&group, true).await?;
        Ok((group, tree))
    }

    pub(super) fn new_group(&self, organization_id: OrganizationId, display_name: String) -> Group {
        let now = self.clock().now();
        Group {
            id: self.randomness().uuid(),
            organization_id,
            display_name,
            external_id: None,
            description: None,
            kept: Tree::new(),
            member_count: 0,
            version: 1,
            created_at: now,
            last_modified_at: now,
        }
    }

    pub(super) async fn store_new_group(&self, mut group: Group, ids: &BTreeSet<Uuid>) -> Outcome<Group> {
        let mut transaction = self.database().begin().await?;
        self.hold_members(&mut transaction, group.organization_id, ids)
            .await?;
        groups::insert(&mut transaction, std::slice::from_ref(&group), false).await?;
        let change = MemberChange::exactly(ids.clone());
        group.member_count = members::apply(&mut transaction, group.id, 0, &change).await?;
        groups::update(&mut transaction, &group).await?;
        transaction.commit().await?;
        Ok(group)
    }

    /// Only people of the organization become members. They are kept before the group is: a person who is deleted
    /// meanwhile takes the two in the same order.
    pub(super) async fn hold_members(
        &self,
        transaction: &mut Transaction,
        organization_id: OrganizationId,
        ids: &BTreeSet<Uuid>,
    ) -> Outcome<()> {
        if ids.is_empty() {
            return Ok(());
        }
        let wanted: Vec<PersonId> = ids.iter().copied().map(PersonId::new).collect();
        let held = self
            .directory()
            .hold_people(transaction, organization_id, &wanted)
            .await?;
        let held: BTreeSet<Uuid> = held.into_iter().map(PersonId::uuid).collect();
        match ids.iter().find(|id| !held.contains(id)) {
            None => Ok(()),
            Some(id) => Err(ScimError::value(format!(
                "members names {id}, who is nobody of this organization. Groups cannot be members of groups here."
            ))),
        }
    }
}
