use std::collections::BTreeMap;

use hub_directory::{LocationId, OrganizationId};
use hub_numbers::OwnerKind;
use kit::{Error, Result, Uuid};
use kit_sql::{Argument, Handle, Row, Transaction, insert_rows, sql};

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

/// Who is an agent of which of an organization's groups of these kinds, by group and position.
pub(crate) async fn memberships(
    on: Handle<'_>,
    organization_id: OrganizationId,
    kinds: &[GroupKind],
    agent_id: Option<Uuid>,
) -> Result<Vec<Membership>> {
    let mut statement = sql("SELECT a.group_id, g.location_id, a.member_id, a.joined FROM call_group_agent a JOIN call_group g ON g.id = a.group_id \
         WHERE a.organization_id = $1 AND g.organization_id = $1")
    .bind(organization_id.uuid())
    .push(" AND g.kind IN ")
    .push_list(kinds.iter().map(|kind| kind.key()));
    if let Some(agent_id) = agent_id {
        statement = statement.push(" AND a.member_id = ").push_bind(agent_id);
    }
    let rows = statement
        .push(" ORDER BY g.name_key, g.id, a.position")
        .all(on)
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Membership {
                group_id: row.uuid("group_id")?,
                location_id: LocationId::new(row.uuid("location_id")?),
                agent_id: row.uuid("member_id")?,
                joined: row.boolean("joined")?,
            })
        })
        .collect()
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
