use std::collections::BTreeMap;

use hub_directory::{LocationId, OrganizationId};
use kit::{Result, Uuid, search_key};
use kit_sql::{Handle, Statement, like_anywhere, sql};

use super::held_by::{add, nothing};
use crate::model::{BEHIND_NUMBERS, Entry, EntryOwner};
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

/// By what holders are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HolderOrder {
    /// By last name, or else by display name.
    #[default]
    Name,
    /// By number; whoever has none comes last.
    Number,
    /// By extension; whoever has none comes last.
    Extension,
}

/// Which holders.
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
    /// Only these. At most some thousands.
    pub ids: Option<Vec<Uuid>>,
    /// With a number of their own, or without.
    pub has_number: Option<bool>,
    /// With an extension, or without.
    pub has_extension: Option<bool>,
    /// By what they are ordered.
    pub order: HolderOrder,
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
        let rows = page_statement(organization_id, query).all(on).await?;
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

pub(crate) fn page_statement(organization_id: OrganizationId, query: &HolderQuery) -> Statement {
    let bounded = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let statement = matching(organization_id, query).push(match query.order {
        HolderOrder::Name => " ORDER BY n.name_key",
        HolderOrder::Number => " ORDER BY n.dial_key",
        HolderOrder::Extension => " ORDER BY n.extension_key",
    });
    // Where the owners are known they are found first and sorted then: `|| ''` keeps the databases from walking along
    // the whole order to meet them.
    let statement = if query.ids.is_some() {
        statement.push(" || ''")
    } else {
        statement
    };
    statement
        .push(if query.descending {
            " DESC LIMIT "
        } else {
            " LIMIT "
        })
        .push_bind(bounded(query.max))
        .push(" OFFSET ")
        .push_bind(bounded(query.start))
}

/// Everything but order and page of the statement that finds holders.
fn matching(organization_id: OrganizationId, query: &HolderQuery) -> Statement {
    let mut statement = sql("SELECT n.location_id, n.number, n.extension, n.kind, n.position, n.active, n.main_number, n.toll_free, \
         n.service_number, n.owner_kind, n.owner_id, n.owner_first_name, n.owner_last_name, n.owner_display_name, l.routing_prefix \
         FROM telephone_number n LEFT JOIN number_location l ON l.location_id = n.location_id WHERE n.organization_id = ")
    .push_bind(organization_id.uuid())
    .push(" AND n.kind = 'PRIMARY'");
    statement = match &query.ids {
        // The owners lead: `|| ''` keeps the databases from the indexes of the kinds.
        Some(ids) => statement
            .push(" AND n.owner_id IN ")
            .push_list(ids.iter().copied())
            .push(" AND n.owner_kind || '' IN ")
            .push_list(query.kinds.iter().map(|kind| kind.word())),
        None => of_kinds(statement, &query.kinds),
    };
    if let Some(wanted) = query.has_number {
        statement = statement
            .push(if wanted {
                " AND n.dial_key < "
            } else {
                " AND n.dial_key >= "
            })
            .push_bind(BEHIND_NUMBERS);
    }
    if let Some(wanted) = query.has_extension {
        statement = statement
            .push(if wanted {
                " AND n.extension_key < "
            } else {
                " AND n.extension_key >= "
            })
            .push_bind(BEHIND_NUMBERS);
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

/// Entries whose owners are of these kinds.
pub(super) fn of_kinds(statement: Statement, kinds: &[OwnerKind]) -> Statement {
    let statement = match kinds {
        [kind] => statement.push(" AND n.owner_kind = ").push_bind(kind.word()),
        kinds => statement
            .push(" AND n.owner_kind IN ")
            .push_list(kinds.iter().map(|kind| kind.word())),
    };
    if kinds.contains(&OwnerKind::Person) {
        return statement;
    }
    // Says to the database that the index of everything but people will do.
    statement.push(" AND n.owner_kind <> 'PEOPLE'")
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
