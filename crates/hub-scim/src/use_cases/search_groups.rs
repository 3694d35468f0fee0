use std::collections::BTreeMap;

use hub_directory::{Caller, OrganizationId};
use kit::{Result, Uuid};
use scim_v2::filter::Filter;
use serde_json::{Value, json};

use super::search_users::{Search, SearchFound};
use crate::Scim;
use crate::model::error::{Outcome, ScimError};
use crate::model::group::{self, Group};
use crate::model::group_filter::{condition, named_members};
use crate::model::group_schema::GROUP;
use crate::model::resource::Tree;
use crate::model::{filter, rights};
use crate::store::groups::{self, GroupOrder, Window};
use crate::store::members;

const BATCH: usize = 500;

/// The members that a filter speaks of, by group.
struct Spoken {
    ids: Vec<Uuid>,
    of: BTreeMap<Uuid, Vec<Uuid>>,
}

impl Scim {
    /// Groups of the organization. `search.with_groups` says here whether members are wanted.
    pub(crate) async fn search_groups(&self, caller: &Caller, search: &Search) -> Outcome<SearchFound> {
        rights::require_group_reader(caller, rights::SCIM_GROUPS_READ)?;
        let order = order(search)?;
        let filter = search
            .filter
            .as_deref()
            .map(|text| filter::parse(&GROUP, text))
            .transpose()?;
        let (total, found) = match &filter {
            None => self.page_of_groups(caller.organization_id, order, search).await?,
            Some(filter) => {
                self.walk_groups(caller.organization_id, order, filter, search)
                    .await?
            }
        };
        let with_members = search.with_groups || search.projection.asks_for("members");
        let mut resources = Vec::with_capacity(found.len());
        for group in &found {
            let tree = self.group_tree(group, with_members).await?;
            resources.push(search.projection.apply(&GROUP, tree));
        }
        Ok(SearchFound {
            total,
            start_index: search.start_index,
            resources,
        })
    }

    async fn page_of_groups(
        &self,
        organization_id: OrganizationId,
        order: GroupOrder,
        search: &Search,
    ) -> Result<(usize, Vec<Group>)> {
        let everything = groups::GroupCondition::default();
        let total = groups::count(self.database().into(), organization_id, &everything).await?;
        let window = Window {
            order,
            descending: search.descending,
            offset: search.start_index - 1,
            limit: search.count,
        };
        let found = groups::page(self.database().into(), organization_id, &everything, window).await?;
        Ok((total, found))
    }

    async fn walk_groups(
        &self,
        organization_id: OrganizationId,
        order: GroupOrder,
        filter: &Filter,
        search: &Search,
    ) -> Outcome<(usize, Vec<Group>)> {
        let spoken = self.spoken_members(filter).await?;
        let mut condition = condition(filter);
        if let (Some(spoken), true) = (&spoken, condition.ids.is_some()) {
            condition.ids = Some(spoken.of.keys().copied().collect());
        }
        let wanted = (search.start_index - 1)..(search.start_index - 1).saturating_add(search.count);
        let base = self.base(organization_id);
        let (mut total, mut found, mut offset) = (0, Vec::new(), 0);
        loop {
            let window = Window {
                order,
                descending: search.descending,
                offset,
                limit: BATCH,
            };
            let batch = groups::page(self.database().into(), organization_id, &condition, window).await?;
            let is_last = batch.len() < BATCH;
            offset += batch.len();
            for group in batch {
                let mut tree = group::tree(&group, None, &base);
                if let Some(spoken) = &spoken {
                    show_spoken(&mut tree, &group, spoken);
                }
                if filter::matches(&GROUP, filter, &tree) {
                    if wanted.contains(&total) {
                        found.push(group);
                    }
                    total += 1;
                }
            }
            if is_last {
                return Ok((total, found));
            }
        }
    }

    async fn spoken_members(&self, filter: &Filter) -> Outcome<Option<Spoken>> {
        let Some(ids) = named_members(filter)? else {
            return Ok(None);
        };
        let of = members::memberships(self.database().into(), &ids).await?;
        Ok(Some(Spoken { ids, of }))
    }
}

/// Of the members those that the filter speaks of: it can tell nothing about the others. A group with members shows at
/// least one that it cannot tell apart.
fn show_spoken(tree: &mut Tree, group: &Group, spoken: &Spoken) {
    let mut shown: Vec<Value> = Vec::new();
    let present = spoken.of.get(&group.id).map(Vec::as_slice).unwrap_or_default();
    for id in spoken.ids.iter().filter(|id| present.contains(id)) {
        shown.push(json!({ "value": id.to_string(), "type": "user" }));
    }
    if shown.is_empty() && group.member_count > 0 {
        shown.push(json!({ "type": "user" }));
    }
    if !shown.is_empty() {
        tree.insert("members".to_owned(), Value::Array(shown));
    }
}

fn order(search: &Search) -> Outcome<GroupOrder> {
    Ok(
        match search.sort_by.as_deref().map(str::to_ascii_lowercase).as_deref() {
            None | Some("id") => GroupOrder::Id,
            Some("displayname") => GroupOrder::Name,
            Some("meta.lastmodified") => GroupOrder::LastModified,
            Some(_) => {
                return Err(ScimError::value(
                    "sortBy must be displayName, id or meta.lastModified.",
                ));
            }
        },
    )
}
