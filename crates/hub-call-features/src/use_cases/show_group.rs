use std::collections::BTreeMap;

use hub_directory::public_api::{NOT_FOUND, TELEPHONY_READ, TELEPHONY_READERS, require};
use hub_directory::{Caller, Location, LocationId};
use hub_numbers::{Held, Holder};
use kit::{Error, Result, Uuid};
use kit_sql::Transaction;

use crate::CallFeatures;
use crate::model::agent::Agent;
use crate::model::group::{Group, GroupKind};
use crate::store::{agents, groups};

/// A group with everything that is known of it.
#[derive(Clone, Debug)]
pub(crate) struct GroupView {
    pub(crate) group: Group,
    pub(crate) location: Location,
    pub(crate) held: Option<Held>,
    pub(crate) agents: Vec<AgentView>,
}

/// An agent with name and number.
#[derive(Clone, Debug)]
pub(crate) struct AgentView {
    pub(crate) agent: Agent,
    pub(crate) holder: Holder,
}

impl CallFeatures {
    /// One group of a location, or wherever it is.
    pub(crate) async fn show_group(
        &self,
        caller: &Caller,
        location_id: Option<LocationId>,
        kinds: &[GroupKind],
        id: Uuid,
    ) -> Result<GroupView> {
        require(caller, TELEPHONY_READ, TELEPHONY_READERS)?;
        let organization_id = caller.organization_id;
        let group = groups::by_id(self.database().into(), organization_id, id).await?;
        let group = wanted(group, location_id, kinds)?;
        let location = self
            .directory()
            .location_of(self.database().into(), organization_id, group.location_id)
            .await?
            .ok_or_else(|| Error::not_found(NOT_FOUND))?;
        let agents = agents::of_group(self.database().into(), id).await?;
        let ids: Vec<Uuid> = agents.iter().map(|agent| agent.id).chain([id]).collect();
        let mut holders = self
            .numbers()
            .holders(self.database().into(), organization_id, &ids)
            .await?;
        let held = holders.remove(&id).map(|holder| holder.held);
        Ok(GroupView {
            group,
            location,
            held,
            agents: views(agents, &holders),
        })
    }

    /// The group that is to be changed, kept from others until the transaction ends.
    pub(super) async fn group_to_change(
        &self,
        transaction: &mut Transaction,
        caller: &Caller,
        location_id: Option<LocationId>,
        kinds: &[GroupKind],
        id: Uuid,
    ) -> Result<Group> {
        let group = groups::lock(transaction, caller.organization_id, id).await?;
        wanted(group, location_id, kinds)
    }
}

/// A group at another location, or of another kind, is not what was asked for.
fn wanted(group: Option<Group>, location_id: Option<LocationId>, kinds: &[GroupKind]) -> Result<Group> {
    group
        .filter(|group| kinds.contains(&group.kind))
        .filter(|group| location_id.is_none_or(|location_id| location_id == group.location_id))
        .ok_or_else(|| Error::not_found(NOT_FOUND))
}

/// Whoever lost calling meanwhile is no agent any more.
fn views(agents: Vec<Agent>, holders: &BTreeMap<Uuid, Holder>) -> Vec<AgentView> {
    agents
        .into_iter()
        .filter_map(|agent| {
            let holder = holders.get(&agent.id)?.clone();
            Some(AgentView { agent, holder })
        })
        .collect()
}
