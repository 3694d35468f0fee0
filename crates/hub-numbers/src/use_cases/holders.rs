use std::collections::BTreeMap;

use hub_directory::{LocationId, OrganizationId};
use kit::{Result, Uuid, search_key};
use kit_sql::{Handle, Statement, like_anywhere, sql};

use super::held_by::{add, nothing};
use crate::model::{Entry, EntryOwner};
use crate::store::entries;
use crate::{Held, Numbers, Owner, OwnerKind};

/// Somebody or something that can be called, and what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Who.
    pub owner: Owner,
    /// What.
    pub held: Held,
}

/// Which holders, by last name or else by display name.
#[derive(Clone, Debug, Default)]
pub struct HolderQuery {
    /// Of these kinds.
    pub kinds: Vec<OwnerKind>,
    /// At this location alone.
    pub location_id: Option<LocationId>,
    /// A part of the display name.
    pub name: Option<String>,
    /// A part of the number, or the whole extension.
    pub dialled: Option<String>,
    /// From Z to A.
    pub descending: bool,
    /// How many to pass over.
    pub start: usize,
    /// How many at the most.
    pub max: usize,
}

impl Numbers {
    /// Who these are and what they hold, by id; whoever is absent has no calling.
    pub async fn holders(
        &self,
        mut on: Handle<'_>,
        organization_id: OrganizationId,
        ids: &[Uuid],
    ) -> Result<BTreeMap<Uuid, Holder>> {
        const IDS_A_STATEMENT: usize = 500;
        let mut holders: BTreeMap<Uuid, Holder> = BTreeMap::new();
        for chunk in ids.chunks(IDS_A_STATEMENT) {
            for (entry, routing_prefix) in
                entries::owned_by_any(on.reborrow(), organization_id, chunk).await?
            {
                let Some(owner) = entry.owner.clone() else {
                    continue;
                };
                let holder = holders
                    .entry(owner.id)
                    .or_insert_with(|| holder(organization_id, &entry, owner, routing_prefix));
                add(&mut holder.held, entry);
            }
        }
        Ok(holders)
    }

    /// One page of those who can be called. Alternate numbers are left out of what they hold.
    pub async fn find_holders(
        &self,
        on: Handle<'_>,
        organization_id: OrganizationId,
        query: &HolderQuery,
    ) -> Result<Vec<Holder>> {
        let bounded = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let rows = matching(organization_id, query)
            .push(if query.descending {
                " ORDER BY n.name_key DESC LIMIT "
            } else {
                " ORDER BY n.name_key LIMIT "
            })
            .push_bind(bounded(query.max))
            .push(" OFFSET ")
            .push_bind(bounded(query.start))
            .all(on)
            .await?;
        let mut holders = Vec::with_capacity(rows.len());
        for row in &rows {
            let entry = entries::read(row)?;
            let Some(owner) = entry.owner.clone() else {
                continue;
            };
            let mut holder = holder(
                organization_id,
                &entry,
                owner,
                row.optional_text("routing_prefix")?,
            );
            add(&mut holder.held, entry);
            holders.push(holder);
        }
        Ok(holders)
    }
}

/// Everything but order and page of the statement that finds holders.
fn matching(organization_id: OrganizationId, query: &HolderQuery) -> Statement {
    let mut statement = sql("SELECT n.location_id, n.number, n.extension, n.kind, n.position, n.active, n.main_number, n.toll_free, \
         n.service_number, n.owner_kind, n.owner_id, n.owner_first_name, n.owner_last_name, n.owner_display_name, l.routing_prefix \
         FROM telephone_number n LEFT JOIN number_location l ON l.location_id = n.location_id WHERE n.organization_id = ")
    .push_bind(organization_id.uuid())
    .push(" AND n.kind = 'PRIMARY' AND n.owner_kind IN ")
    .push_list(query.kinds.iter().map(|kind| kind.word()));
    if !query.kinds.contains(&OwnerKind::Person) {
        // Says to the database that the index of everything but people will do.
        statement = statement.push(" AND n.owner_kind <> 'PEOPLE'");
    }
    if let Some(location_id) = query.location_id {
        statement = statement
            .push(" AND n.location_id = ")
            .push_bind(location_id.uuid());
    }
    if let Some(name) = &query.name {
        statement = statement
            .push(" AND n.owner_key LIKE ")
            .push_bind(like_anywhere(&search_key(name)))
            .push(" ESCAPE '\\'");
    }
    if let Some(dialled) = &query.dialled {
        let digits: String = dialled
            .chars()
            .filter(|character| !" -.()".contains(*character))
            .collect();
        statement = statement
            .push(" AND (n.extension = ")
            .push_bind(digits.as_str())
            .push(" OR n.number LIKE ")
            .push_bind(like_anywhere(&digits))
            .push(" ESCAPE '\\')");
    }
    statement
}

fn holder(
    organization_id: OrganizationId,
    entry: &Entry,
    owner: EntryOwner,
    routing_prefix: Option<String>,
) -> Holder {
    let held = nothing(entry, &owner, routing_prefix);
    let EntryOwner {
        kind,
        id,
        first_name,
        last_name,
        display_name,
    } = owner;
    Holder {
        owner: Owner {
            organization_id,
            location_id: entry.location_id,
            kind,
            id,
            first_name,
            last_name,
            display_name,
        },
        held,
    }
}
