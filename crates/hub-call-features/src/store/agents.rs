use std::collections::{BTreeMap, BTreeSet};

use hub_directory::{LocationId, OrganizationId};
use hub_numbers::OwnerKind;
use kit::{Error, Result, Uuid};
use kit_sql::{Argument, Handle, Row, Statement, Transaction, insert_rows, sql};

use crate::model::agent::Agent;
use crate::model::group::{Group, GroupKind};

/// An agent of one queue, as the lists over all queues need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Membership {
    pub(crate) group_id: Uuid,
    /// The queue's.
    pub(crate) location_id: LocationId,
    pub(crate) agent_id: Uuid,
    pub(crate) joined: bool,
}

/// The agents of these groups, each in its order.
pub(crate) async fn of_groups(mut on: Handle<'_>, ids: &[Uuid]) -> Result<BTreeMap<Uuid, Vec<Agent>>> {
    const IDS_A_STATEMENT: usize = 500;
    let mut agents: BTreeMap<Uuid, Vec<Agent>> = BTreeMap::new();
    for chunk in ids.chunks(IDS_A_STATEMENT) {
        let rows = sql("SELECT group_id, member_kind, member_id, weight, skill_level, joined FROM call_group_agent WHERE group_id IN ")
            .push_list(chunk.iter().copied())
            .push(" ORDER BY group_id, position")
            .all(on.reborrow())
            .await?;
        for row in rows {
            agents
                .entry(row.uuid("group_id")?)
                .or_default()
                .push(agent(&row)?);
        }
    }
    Ok(agents)
}

/// The agents of one group in their order.
pub(crate) async fn of_group(on: Handle<'_>, id: Uuid) -> Result<Vec<Agent>> {
    Ok(of_groups(on, &[id]).await?.remove(&id).unwrap_or_default())
}

/// Lets these be the agents of a group.
pub(crate) async fn replace(transaction: &mut Transaction, group: &Group, agents: &[Agent]) -> Result<()> {
    sql("DELETE FROM call_group_agent WHERE group_id = $1")
        .bind(group.id)
        .run(&mut *transaction)
        .await?;
    insert(transaction, group.organization_id, &[(group.id, agents)]).await
}

/// Adds the agents of groups that have none yet.
pub(crate) async fn insert(
    transaction: &mut Transaction,
    organization_id: OrganizationId,
    groups: &[(Uuid, &[Agent])],
) -> Result<()> {
    let rows = groups
        .iter()
        .flat_map(|(group_id, agents)| {
            (0_i64..)
                .zip(*agents)
                .map(move |(position, agent)| (group_id, position, agent))
        })
        .map(|(group_id, position, agent)| {
            let Agent {
                kind,
                id,
                weight,
                skill_level,
                joined,
            } = agent;
            vec![
                Argument::from(*group_id),
                organization_id.uuid().into(),
                position.into(),
                kind.word().into(),
                (*id).into(),
                (*weight).into(),
                (*skill_level).into(),
                (*joined).into(),
            ]
        })
        .collect();
    insert_rows(
        transaction,
        "INSERT INTO call_group_agent (group_id, organization_id, position, member_kind, member_id, weight, skill_level, joined)",
        8,
        rows,
        "",
    )
    .await
    .map(|_| ())
}

/// Takes somebody out of every group.
pub(crate) async fn remove_everywhere(transaction: &mut Transaction, id: Uuid) -> Result<u64> {
    sql("DELETE FROM call_group_agent WHERE member_id = $1")
        .bind(id)
        .run(transaction)
        .await
}

/// Which agents of queues.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AgentFilter {
    /// Of queues of this kind.
    pub(crate) kind: GroupKind,
    /// Of this one alone.
    pub(crate) queue_id: Option<Uuid>,
    /// Who take calls of such a queue, or do not.
    pub(crate) joined: Option<bool>,
    pub(crate) offset: i64,
    pub(crate) limit: i64,
}

/// Agents in the order of their ids, each once: a stretch of an index, which asks of each row whether its queue is one of
/// those.
pub(crate) fn page_statement(organization_id: OrganizationId, filter: &AgentFilter) -> Statement {
    let mut statement = sql("SELECT a.member_id FROM call_group_agent a WHERE a.organization_id = ")
        .push_bind(organization_id.uuid())
        .push(" AND (SELECT g.kind FROM call_group g WHERE g.id = a.group_id) = ")
        .push_bind(filter.kind.key());
    if let Some(queue_id) = filter.queue_id {
        statement = statement.push(" AND a.group_id = ").push_bind(queue_id);
    }
    if let Some(joined) = filter.joined {
        statement = statement.push(" AND a.joined = ").push_bind(joined);
    }
    statement
        .push(" GROUP BY a.member_id ORDER BY a.member_id LIMIT ")
        .push_bind(filter.limit)
        .push(" OFFSET ")
        .push_bind(filter.offset)
}

pub(crate) async fn page(
    on: Handle<'_>,
    organization_id: OrganizationId,
    filter: &AgentFilter,
) -> Result<Vec<Uuid>> {
    let rows = page_statement(organization_id, filter).all(on).await?;
    rows.iter().map(|row| row.uuid("member_id")).collect()
}

/// Of which of an organization's groups of these kinds these are agents, by group and position. The agents are read
/// first and their groups then, each by its index: joined, a database may think it quicker to read every group.
pub(crate) async fn memberships(
    mut on: Handle<'_>,
    organization_id: OrganizationId,
    kinds: &[GroupKind],
    agent_ids: &[Uuid],
) -> Result<Vec<Membership>> {
    const IDS_A_STATEMENT: usize = 500;
    let mut rows = Vec::new();
    for chunk in agent_ids.chunks(IDS_A_STATEMENT) {
        rows.extend(
            memberships_statement(organization_id, chunk)
                .all(on.reborrow())
                .await?,
        );
    }
    let ids: BTreeSet<Uuid> = rows
        .iter()
        .map(|row| row.uuid("group_id"))
        .collect::<Result<_>>()?;
    let ids: Vec<Uuid> = ids.into_iter().collect();
    let mut groups: BTreeMap<Uuid, (String, LocationId)> = BTreeMap::new();
    for chunk in ids.chunks(IDS_A_STATEMENT) {
        for row in groups_statement(organization_id, kinds, chunk)
            .all(on.reborrow())
            .await?
        {
            let location_id = LocationId::new(row.uuid("location_id")?);
            groups.insert(row.uuid("id")?, (row.text("name_key")?, location_id));
        }
    }
    let mut found = Vec::new();
    for row in &rows {
        let group_id = row.uuid("group_id")?;
        if let Some((name_key, location_id)) = groups.get(&group_id) {
            let membership = Membership {
                group_id,
                location_id: *location_id,
                agent_id: row.uuid("member_id")?,
                joined: row.boolean("joined")?,
            };
            found.push(((name_key, group_id, row.integer("position")?), membership));
        }
    }
    found.sort_by_key(|(key, _)| *key);
    Ok(found.into_iter().map(|(_, membership)| membership).collect())
}

pub(crate) fn memberships_statement(organization_id: OrganizationId, agent_ids: &[Uuid]) -> Statement {
    sql("SELECT group_id, member_id, position, joined FROM call_group_agent WHERE organization_id = ")
        .push_bind(organization_id.uuid())
        .push(" AND member_id IN ")
        .push_list(agent_ids.iter().copied())
}

pub(crate) fn groups_statement(
    organization_id: OrganizationId,
    kinds: &[GroupKind],
    ids: &[Uuid],
) -> Statement {
    sql("SELECT id, location_id, name_key FROM call_group WHERE organization_id = ")
        .push_bind(organization_id.uuid())
        .push(" AND id IN ")
        .push_list(ids.iter().copied())
        // Not to be looked up by: the ids are.
        .push(" AND kind || '' IN ")
        .push_list(kinds.iter().map(|kind| kind.key()))
}

/// Lets an agent take the calls of a queue, or no longer. Says whether they are an agent of it.
pub(crate) async fn set_joined(
    transaction: &mut Transaction,
    group_id: Uuid,
    agent_id: Uuid,
    joined: bool,
) -> Result<bool> {
    let rows = sql("UPDATE call_group_agent SET joined = $1 WHERE group_id = $2 AND member_id = $3")
        .bind(joined)
        .bind(group_id)
        .bind(agent_id)
        .run(transaction)
        .await?;
    Ok(rows > 0)
}

fn agent(row: &Row) -> Result<Agent> {
    let word = row.text("member_kind")?;
    Ok(Agent {
        kind: OwnerKind::from_word(&word)
            .ok_or_else(|| Error::internal(format!("an agent of the kind {word}")))?,
        id: row.uuid("member_id")?,
        weight: row.integer("weight")?,
        skill_level: row.optional_integer("skill_level")?,
        joined: row.boolean("joined")?,
    })
}
