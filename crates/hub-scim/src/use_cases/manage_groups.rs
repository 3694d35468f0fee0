use std::collections::BTreeSet;

use hub_directory::Caller;
use hub_directory::public_api::NOT_FOUND;
use kit::{Error, Result, Uuid};

use crate::Scim;
use crate::model::group::{Group, checked_description, checked_name};
use crate::model::members::MemberChange;
use crate::model::resource::Tree;
use crate::model::rights;
use crate::store::groups::{self, GroupCondition, GroupOrder, Window};
use crate::store::members as stored_members;

/// Which groups, as the groups API and the pages ask for them.
#[derive(Clone, Debug, Default)]
pub(crate) struct GroupQuery {
    /// Exactly this name, in any spelling of its letters.
    pub(crate) name: Option<String>,
    /// The beginning of the name.
    pub(crate) name_prefix: Option<String>,
    /// Parts of the name, as people type them.
    pub(crate) words: String,
    pub(crate) descending: bool,
    pub(crate) offset: usize,
    pub(crate) limit: usize,
}

/// A page of groups by name.
#[derive(Clone, Debug)]
pub(crate) struct GroupList {
    pub(crate) groups: Vec<Group>,
    pub(crate) total: usize,
}

/// What shall become of a group; `None` keeps what is there.
#[derive(Clone, Debug, Default)]
pub(crate) struct GroupEdit {
    pub(crate) display_name: Option<String>,
    /// An empty text takes it away.
    pub(crate) description: Option<String>,
    /// What the group is for, as the Webex extension says it.
    pub(crate) usage: Option<String>,
    pub(crate) members: MemberChange,
}

impl Scim {
    /// Groups by name.
    pub(crate) async fn list_groups(&self, caller: &Caller, query: &GroupQuery) -> Result<GroupList> {
        rights::require_group_reader(caller, rights::GROUPS_READ)?;
        let condition = GroupCondition {
            name: query.name.as_ref().map(|name| name.to_lowercase()),
            name_prefix: query.name_prefix.as_ref().map(|prefix| prefix.to_lowercase()),
            ids: None,
            words: query.words.clone(),
        };
        let window = Window {
            order: GroupOrder::Name,
            descending: query.descending,
            offset: query.offset,
            limit: query.limit,
        };
        let (database, organization_id) = (self.database(), caller.organization_id);
        Ok(GroupList {
            total: groups::count(database.into(), organization_id, &condition).await?,
            groups: groups::page(database.into(), organization_id, &condition, window).await?,
        })
    }

    /// Makes a group from what the groups API or a form says.
    pub(crate) async fn add_group(
        &self,
        caller: &Caller,
        edit: &GroupEdit,
        ids: &BTreeSet<Uuid>,
    ) -> Result<Group> {
        rights::require_group_writer(caller, rights::GROUPS_WRITE)?;
        let name = checked_name(edit.display_name.as_deref().unwrap_or_default())?;
        let mut group = self.new_group(caller.organization_id, name);
        group.description = checked_description(edit.description.as_deref())?;
        set_usage(&mut group.kept, edit.usage.as_deref());
        Ok(self.store_new_group(group, ids).await?)
    }

    /// Changes name, description or members.
    pub(crate) async fn edit_group(&self, caller: &Caller, id: Uuid, edit: &GroupEdit) -> Result<Group> {
        rights::require_group_writer(caller, rights::GROUPS_WRITE)?;
        let organization_id = caller.organization_id;
        let mut transaction = self.database().begin().await?;
        let not_found = || Error::not_found(NOT_FOUND);
        groups::by_id((&mut transaction).into(), organization_id, id)
            .await?
            .ok_or_else(not_found)?;
        self.hold_members(&mut transaction, organization_id, &edit.members.added)
            .await?;
        let before = groups::hold(&mut transaction, organization_id, id)
            .await?
            .ok_or_else(not_found)?;
        let mut group = before.clone();
        if let Some(name) = &edit.display_name {
            group.display_name = checked_name(name)?;
        }
        if let Some(text) = &edit.description {
            group.description = checked_description(Some(text))?;
        }
        if edit.usage.is_some() {
            set_usage(&mut group.kept, edit.usage.as_deref());
        }
        if group == before && edit.members.is_nothing() {
            return Ok(group);
        }
        group.member_count =
            stored_members::apply(&mut transaction, id, before.member_count, &edit.members).await?;
        group.version += 1;
        group.last_modified_at = self.clock().now();
        groups::update(&mut transaction, &group).await?;
        transaction.commit().await?;
        Ok(group)
    }
}

fn set_usage(kept: &mut Tree, usage: Option<&str>) {
    match usage.map(str::trim).filter(|usage| !usage.is_empty()) {
        Some(usage) => {
            let usage: String = usage.chars().take(100).collect();
            kept.insert("usage".to_owned(), serde_json::Value::String(usage));
        }
        None => {
            kept.remove("usage");
        }
    }
}
