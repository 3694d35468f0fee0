use hub_directory::Caller;
use hub_directory::public_api::NOT_FOUND;
use kit::{Error, Uuid};
use serde_json::Value;

use super::create_group::{members_attribute, split_members};
use crate::Scim;
use crate::model::error::Outcome;
use crate::model::group::{self, Group, checked_name};
use crate::model::group_schema::GROUP;
use crate::model::members::{self, MemberChange};
use crate::model::patch_steps::{self, Step, Target};
use crate::model::resource::{self, Tree, text_at};
use crate::model::{patch, rights, version};
use crate::store::{groups, members as stored_members};

/// What becomes of a group: its attributes, and its members.
struct Planned {
    attributes: Attributes,
    members: MemberChange,
}

enum Attributes {
    Replaced(Tree),
    Patched(Vec<Step>),
}

impl Scim {
    /// Replaces a group; without `members` nobody stays.
    pub(crate) async fn replace_group(
        &self,
        caller: &Caller,
        id: Uuid,
        body: &Value,
        if_match: Option<&str>,
    ) -> Outcome<(Group, Tree)> {
        rights::require_group_writer(caller, rights::SCIM_GROUPS_WRITE)?;
        let (body, ids) = split_members(body)?;
        let planned = Planned {
            attributes: Attributes::Replaced(resource::read(&GROUP, &body)?),
            members: MemberChange::exactly(ids.unwrap_or_default()),
        };
        self.change_group(caller, id, &planned, if_match).await
    }

    /// Changes some attributes of a group, or its members.
    pub(crate) async fn patch_group(
        &self,
        caller: &Caller,
        id: Uuid,
        body: &Value,
        if_match: Option<&str>,
    ) -> Outcome<(Group, Tree)> {
        rights::require_group_writer(caller, rights::SCIM_GROUPS_WRITE)?;
        let mut members = MemberChange::default();
        let mut others = Vec::new();
        for step in patch_steps::steps(&GROUP, body)? {
            if is_about_members(&step) {
                members::apply(members_attribute()?, &step, &mut members)?;
            } else {
                others.push(step);
            }
        }
        let attributes = Attributes::Patched(others);
        self.change_group(caller, id, &Planned { attributes, members }, if_match)
            .await
    }

    async fn change_group(
        &self,
        caller: &Caller,
        id: Uuid,
        planned: &Planned,
        if_match: Option<&str>,
    ) -> Outcome<(Group, Tree)> {
        let organization_id = caller.organization_id;
        let mut transaction = self.database().begin().await?;
        if groups::by_id((&mut transaction).into(), organization_id, id)
            .await?
            .is_none()
        {
            return Err(Error::not_found(NOT_FOUND).into());
        }
        self.hold_members(&mut transaction, organization_id, &planned.members.added)
            .await?;
        let before = groups::hold(&mut transaction, organization_id, id)
            .await?
            .ok_or_else(|| Error::not_found(NOT_FOUND))?;
        version::require(if_match, &before.tag())?;
        let mut group = self.changed_group(&before, &planned.attributes)?;
        if group != before || !planned.members.is_nothing() {
            group.member_count =
                stored_members::apply(&mut transaction, id, before.member_count, &planned.members).await?;
            group.version += 1;
            group.last_modified_at = self.clock().now();
            groups::update(&mut transaction, &group).await?;
            transaction.commit().await?;
        }
        let tree = self.group_tree(&group, true).await?;
        Ok((group, tree))
    }

    fn changed_group(&self, before: &Group, attributes: &Attributes) -> Outcome<Group> {
        let tree = match attributes {
            Attributes::Replaced(tree) => tree.clone(),
            Attributes::Patched(steps) => {
                let present = group::tree(before, None, &self.base(before.organization_id));
                let mut tree = resource::writable(&GROUP, &present)?;
                for step in steps {
                    patch::apply(&GROUP, &mut tree, step)?;
                }
                tree
            }
        };
        Ok(Group {
            display_name: checked_name(text_at(&tree, "displayName").unwrap_or_default())?,
            external_id: text_at(&tree, "externalId").map(ToOwned::to_owned),
            kept: group::kept(&tree),
            ..before.clone()
        })
    }

    /// The group, with its first members where they are wanted.
    pub(super) async fn group_tree(&self, group: &Group, with_members: bool) -> Outcome<Tree> {
        let members = if with_members {
            Some(self.members_of(group, 0, group::MOST_MEMBERS_INLINE).await?)
        } else {
            None
        };
        Ok(group::tree(
            group,
            members.as_deref(),
            &self.base(group.organization_id),
        ))
    }
}

fn is_about_members(step: &Step) -> bool {
    match &step.target {
        Target::Extension(_) => false,
        Target::Attribute { attribute, .. } | Target::Values { attribute, .. } => *attribute == "members",
    }
}
