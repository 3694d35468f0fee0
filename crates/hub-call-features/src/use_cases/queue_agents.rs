use std::collections::{BTreeMap, BTreeSet};

use hub_directory::public_api::{
    FULL_ADMIN, NOT_FOUND, TELEPHONY_READ, TELEPHONY_READERS, TELEPHONY_WRITE, require,
};
use hub_directory::{Caller, LocationId};
use hub_numbers::{Held, Holder, HolderQuery, OwnerKind};
use kit::{Error, Result, Uuid};
use serde_json::Value;
use webex::{PublicId, ResourceKind};

use super::list_groups::bounded;
use crate::CallFeatures;
use crate::model::fields::Fields;
use crate::model::group::{Group, GroupKind};
use crate::store::agents::{self, AgentFilter, Membership};
use crate::store::groups::{self, GroupFilter};

/// Who can be an agent.
const AGENTS: [OwnerKind; 3] = [OwnerKind::Person, OwnerKind::Workspace, OwnerKind::VirtualLine];

/// Which agents of queues.
#[derive(Clone, Debug)]
pub(crate) struct AgentQuery {
    /// Of Customer Assist queues, or of the plain ones.
    pub(crate) kind: GroupKind,
    pub(crate) location_id: Option<LocationId>,
    pub(crate) queue_id: Option<Uuid>,
    pub(crate) name: Option<String>,
    pub(crate) dialled: Option<String>,
    pub(crate) joined: Option<bool>,
    /// By name, and whether from Z to A.
    pub(crate) descending: Option<bool>,
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
    /// One page of the agents of all queues, and whether there is another one. Nothing but the page is read, in the order
    /// of ids. Who wants another order or asks for what the stock of numbers knows (names, numbers, locations) has it search
    /// among the agents, whose ids are then read first.
    pub(crate) async fn list_queue_agents(
        &self,
        caller: &Caller,
        query: &AgentQuery,
    ) -> Result<(Vec<AgentLine>, bool)> {
        require(caller, TELEPHONY_READ, TELEPHONY_READERS)?;
        let mut page = if query.asks_the_stock() {
            self.agents_of_the_stock(caller, query).await?
        } else {
            let filter = query.filter(bounded(query.start), bounded(query.max.saturating_add(1)));
            agents::page(self.database().into(), caller.organization_id, &filter).await?
        };
        let more = page.len() > query.max;
        page.truncate(query.max);
        Ok((self.agent_lines(caller, &page, query.kind).await?, more))
    }

    async fn agents_of_the_stock(&self, caller: &Caller, query: &AgentQuery) -> Result<Vec<Uuid>> {
        const MOST: usize = 10_000;
        let filter = query.filter(0, bounded(MOST + 1));
        let ids = agents::page(self.database().into(), caller.organization_id, &filter).await?;
        if ids.len() > MOST {
            return Err(Error::invalid(format!(
                "The organization has more than {MOST} agents, too many to search through. Name one queue by queueId, or leave name, phoneNumber, locationId and order out."
            )));
        }
        let holders = HolderQuery {
            kinds: AGENTS.to_vec(),
            location_id: query.location_id,
            name: query.name.clone(),
            dialled: query.dialled.clone(),
            ids: Some(ids),
            descending: query.descending.unwrap_or_default(),
            start: query.start,
            max: query.max.saturating_add(1),
            ..HolderQuery::default()
        };
        let found = self
            .numbers()
            .find_holders(self.database().into(), caller.organization_id, &holders)
            .await?;
        Ok(found.into_iter().map(|holder| holder.owner.id).collect())
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
            agents::memberships(self.database().into(), caller.organization_id, &[kind], &[id]).await?;
        if of_agent.is_empty() {
            return Err(Error::not_found(NOT_FOUND));
        }
        let line = self
            .agent_lines(caller, &[id], kind)
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
        let settings = body.objects("settings")?;
        let mut transaction = self.database().begin().await?;
        // Whoever writes the agents of a queue anew holds it: what they read of this agent must not be old.
        let mut queues: Vec<Uuid> = settings
            .iter()
            .flatten()
            .filter_map(|item| queue_of(item).ok())
            .collect();
        queues.sort_unstable();
        queues.dedup();
        for queue in queues {
            groups::lock(&mut transaction, caller.organization_id, queue).await?;
        }
        let of_agent =
            agents::memberships((&mut transaction).into(), caller.organization_id, &[kind], &[id]).await?;
        if of_agent.is_empty() {
            return Err(Error::not_found(NOT_FOUND));
        }
        let settings = settings.ok_or_else(|| body.missing("settings"))?;
        for item in &settings {
            let queue = queue_of(item)?;
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
            kinds: AGENTS.to_vec(),
            location_id: Some(query.location_id),
            name: query.name.clone(),
            dialled: query.dialled.clone(),
            descending: query.descending,
            start: query.start,
            max: query.max.saturating_add(1),
            ..HolderQuery::default()
        };
        let mut found = self
            .numbers()
            .find_holders(self.database().into(), caller.organization_id, &holders)
            .await?;
        let more = found.len() > query.max;
        found.truncate(query.max);
        Ok((found, more))
    }

    /// These agents with what they hold, in this order.
    async fn agent_lines(&self, caller: &Caller, ids: &[Uuid], kind: GroupKind) -> Result<Vec<AgentLine>> {
        let (database, organization_id) = (self.database(), caller.organization_id);
        let mut by_agent: BTreeMap<Uuid, Vec<Membership>> = BTreeMap::new();
        for membership in agents::memberships(database.into(), organization_id, &[kind], ids).await? {
            by_agent.entry(membership.agent_id).or_default().push(membership);
        }
        let mut holders = self
            .numbers()
            .holders(database.into(), organization_id, ids)
            .await?;
        let names = self.location_names(organization_id).await?;
        Ok(ids
            .iter()
            .filter_map(|id| holders.remove(id))
            .map(|holder| {
                let of_agent = by_agent.remove(&holder.owner.id).unwrap_or_default();
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

/// The queue that an item names.
fn queue_of(item: &Fields<'_>) -> Result<Uuid> {
    let mut text = None;
    item.text("queueId", 300, &mut text)?;
    let text = text.ok_or_else(|| item.missing("queueId"))?;
    PublicId::parse_uuid(ResourceKind::CallQueue, &text)
}

impl AgentQuery {
    const fn asks_the_stock(&self) -> bool {
        self.location_id.is_some()
            || self.name.is_some()
            || self.dialled.is_some()
            || self.descending.is_some()
    }

    const fn filter(&self, offset: i64, limit: i64) -> AgentFilter {
        AgentFilter {
            kind: self.kind,
            queue_id: self.queue_id,
            joined: self.joined,
            offset,
            limit,
        }
    }
}
