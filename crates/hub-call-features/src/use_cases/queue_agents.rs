use std::collections::{BTreeMap, BTreeSet};

use hub_directory::public_api::{
    FULL_ADMIN, NOT_FOUND, TELEPHONY_READ, TELEPHONY_READERS, TELEPHONY_WRITE, require,
};
use hub_directory::{Caller, LocationId};
use hub_numbers::{Held, Holder, HolderQuery, OwnerKind};
use kit::{Error, Result, Uuid, search_key};
use serde_json::Value;
use webex::{PublicId, ResourceKind};

use super::list_groups::bounded;
use crate::CallFeatures;
use crate::model::fields::Fields;
use crate::model::group::{Group, GroupKind};
use crate::store::agents::{self, Membership};
use crate::store::groups::{self, GroupFilter};

/// Which agents of queues, by name.
#[derive(Clone, Debug)]
pub(crate) struct AgentQuery {
    /// Of Customer Assist queues, or of the plain ones.
    pub(crate) kind: GroupKind,
    pub(crate) location_id: Option<LocationId>,
    pub(crate) queue_id: Option<Uuid>,
    pub(crate) name: Option<String>,
    pub(crate) dialled: Option<String>,
    pub(crate) joined: Option<bool>,
    pub(crate) descending: bool,
    pub(crate) start: usize,
    pub(crate) max: usize,
}

/// An agent over all of their queues.
#[derive(Clone, Debug)]
pub(crate) struct AgentLine {
    pub(crate) holder: Holder,
    pub(crate) location_name: String,
    pub(crate) queues: usize,
    pub(crate) locations: usize,
    pub(crate) joined: usize,
}

/// An agent with their queues.
#[derive(Clone, Debug)]
pub(crate) struct AgentOfQueues {
    pub(crate) line: AgentLine,
    pub(crate) queues: Vec<QueueOfAgent>,
}

#[derive(Clone, Debug)]
pub(crate) struct QueueOfAgent {
    pub(crate) group: Group,
    pub(crate) held: Option<Held>,
    pub(crate) location_name: String,
    pub(crate) joined: bool,
}

/// Whom a queue at a location can have as agents.
#[derive(Clone, Debug)]
pub(crate) struct AvailableQuery {
    pub(crate) location_id: LocationId,
    pub(crate) name: Option<String>,
    pub(crate) dialled: Option<String>,
    pub(crate) descending: bool,
    pub(crate) start: usize,
    pub(crate) max: usize,
}

impl CallFeatures {
    /// One page of the agents of all queues, and whether there is another one.
    pub(crate) async fn list_queue_agents(
        &self,
        caller: &Caller,
        query: &AgentQuery,
    ) -> Result<(Vec<AgentLine>, bool)> {
        require(caller, TELEPHONY_READ, TELEPHONY_READERS)?;
        let kinds = [query.kind];
        let memberships =
            agents::memberships(self.database().into(), caller.organization_id, &kinds, None).await?;
        let mut by_agent: BTreeMap<Uuid, Vec<Membership>> = BTreeMap::new();
        for membership in memberships {
            by_agent.entry(membership.agent_id).or_default().push(membership);
        }
        let mut lines = self.agent_lines(caller, &by_agent).await?;
        lines.retain(|line| {
            let of_agent = by_agent
                .get(&line.holder.owner.id)
                .map(Vec::as_slice)
                .unwrap_or_default();
            query.wants(line, of_agent)
        });
        lines.sort_by_cached_key(|line| (search_key(&line.holder.owner.display_name), line.holder.owner.id));
        if query.descending {
            lines.reverse();
        }
        let more = lines.len() > query.start.saturating_add(query.max);
        Ok((
            lines.into_iter().skip(query.start).take(query.max).collect(),
            more,
        ))
    }

    /// One agent and a page of their queues, and whether there are more.
    pub(crate) async fn show_queue_agent(
        &self,
        caller: &Caller,
        kind: GroupKind,
        id: Uuid,
        start: usize,
        max: usize,
    ) -> Result<(AgentOfQueues, bool)> {
        require(caller, TELEPHONY_READ, TELEPHONY_READERS)?;
        let of_agent =
            agents::memberships(self.database().into(), caller.organization_id, &[kind], Some(id)).await?;
        let by_agent = BTreeMap::from([(id, of_agent.clone())]);
        let line = self
            .agent_lines(caller, &by_agent)
            .await?
            .pop()
            .filter(|line| line.queues > 0)
            .ok_or_else(|| Error::not_found(NOT_FOUND))?;
        let more = of_agent.len() > start.saturating_add(max);
        let queues = self
            .queues_of(caller, of_agent.into_iter().skip(start).take(max).collect())
            .await?;
        Ok((AgentOfQueues { line, queues }, more))
    }

    /// Lets an agent take the calls of queues, or no longer.
    pub(crate) async fn change_queue_agent(
        &self,
        caller: &Caller,
        kind: GroupKind,
        id: Uuid,
        body: &Value,
    ) -> Result<()> {
        require(caller, TELEPHONY_WRITE, FULL_ADMIN)?;
        let body = Fields::of_body(body)?;
        let mut transaction = self.database().begin().await?;
        let of_agent = agents::memberships(
            (&mut transaction).into(),
            caller.organization_id,
            &[kind],
            Some(id),
        )
        .await?;
        if of_agent.is_empty() {
            return Err(Error::not_found(NOT_FOUND));
        }
        let settings = body
            .objects("settings")?
            .ok_or_else(|| body.missing("settings"))?;
        for item in &settings {
            let mut text = None;
            item.text("queueId", 300, &mut text)?;
            let text = text.ok_or_else(|| item.missing("queueId"))?;
            let queue = PublicId::parse_uuid(ResourceKind::CallQueue, &text)?;
            if !item.has("joinEnabled") {
                return Err(item.missing("joinEnabled"));
            }
            let mut joined = true;
            item.flag("joinEnabled", &mut joined)?;
            let is_agent = of_agent.iter().any(|membership| membership.group_id == queue);
            if !is_agent || !agents::set_joined(&mut transaction, queue, id, joined).await? {
                return Err(Error::invalid(format!(
                    "{} names no queue that has this agent.",
                    item.way_to("queueId")
                )));
            }
        }
        transaction.commit().await
    }

    /// Whoever at a location can be an agent of its queues, and whether there are more.
    pub(crate) async fn list_available_agents(
        &self,
        caller: &Caller,
        query: &AvailableQuery,
    ) -> Result<(Vec<Holder>, bool)> {
        require(caller, TELEPHONY_READ, TELEPHONY_READERS)?;
        let holders = HolderQuery {
            kinds: vec![OwnerKind::Person, OwnerKind::Workspace, OwnerKind::VirtualLine],
            location_id: Some(query.location_id),
            name: query.name.clone(),
            dialled: query.dialled.clone(),
            descending: query.descending,
            start: query.start,
            max: query.max.saturating_add(1),
        };
        let mut found = self
            .numbers()
            .find_holders(self.database().into(), caller.organization_id, &holders)
            .await?;
        let more = found.len() > query.max;
        found.truncate(query.max);
        Ok((found, more))
    }

    async fn agent_lines(
        &self,
        caller: &Caller,
        by_agent: &BTreeMap<Uuid, Vec<Membership>>,
    ) -> Result<Vec<AgentLine>> {
        let ids: Vec<Uuid> = by_agent.keys().copied().collect();
        let holders = self
            .numbers()
            .holders(self.database().into(), caller.organization_id, &ids)
            .await?;
        let names = self.location_names(caller.organization_id).await?;
        Ok(holders
            .into_values()
            .map(|holder| {
                let of_agent = by_agent
                    .get(&holder.owner.id)
                    .map(Vec::as_slice)
                    .unwrap_or_default();
                let locations: BTreeSet<LocationId> =
                    of_agent.iter().map(|membership| membership.location_id).collect();
                AgentLine {
                    location_name: names.get(&holder.held.location_id).cloned().unwrap_or_default(),
                    holder,
                    queues: of_agent.len(),
                    locations: locations.len(),
                    joined: of_agent.iter().filter(|membership| membership.joined).count(),
                }
            })
            .collect())
    }

    async fn queues_of(&self, caller: &Caller, of_agent: Vec<Membership>) -> Result<Vec<QueueOfAgent>> {
        let ids: Vec<Uuid> = of_agent.iter().map(|membership| membership.group_id).collect();
        let filter = GroupFilter {
            kinds: GroupKind::QUEUES,
            ids: Some(ids.clone()),
            limit: bounded(ids.len()),
            ..GroupFilter::default()
        };
        let found = groups::list(self.database().into(), caller.organization_id, &filter).await?;
        let mut held = self
            .numbers()
            .held_by(self.database().into(), caller.organization_id, &ids)
            .await?;
        let names = self.location_names(caller.organization_id).await?;
        Ok(found
            .into_iter()
            .map(|group| QueueOfAgent {
                held: held.remove(&group.id),
                location_name: names.get(&group.location_id).cloned().unwrap_or_default(),
                joined: of_agent
                    .iter()
                    .any(|membership| membership.group_id == group.id && membership.joined),
                group,
            })
            .collect())
    }
}

impl AgentQuery {
    fn wants(&self, line: &AgentLine, of_agent: &[Membership]) -> bool {
        let Held {
            number, extension, ..
        } = &line.holder.held;
        let dials = |dialled: &str| {
            let digits: String = dialled
                .chars()
                .filter(|character| !" -.()".contains(*character))
                .collect();
            extension.as_deref() == Some(digits.as_str())
                || number.as_deref().is_some_and(|number| number.contains(&digits))
        };
        self.location_id
            .is_none_or(|id| line.holder.held.location_id == id)
            && self
                .queue_id
                .is_none_or(|id| of_agent.iter().any(|membership| membership.group_id == id))
            && self
                .joined
                .is_none_or(|joined| of_agent.iter().any(|membership| membership.joined == joined))
            && self
                .name
                .as_deref()
                .is_none_or(|name| search_key(&line.holder.owner.display_name).contains(&search_key(name)))
            && self.dialled.as_deref().is_none_or(dials)
    }
}
