use std::collections::BTreeMap;

use hub_directory::OrganizationId;
use kit::{Result, Uuid};
use kit_sql::Handle;

use crate::model::{Entry, EntryOwner, NumberKind};
use crate::store::entries;
use crate::{Held, Numbers};

impl Numbers {
    /// What these hold, by id; whoever is absent has no calling.
    pub async fn held_by(
        &self,
        mut on: Handle<'_>,
        organization_id: OrganizationId,
        ids: &[Uuid],
    ) -> Result<BTreeMap<Uuid, Held>> {
        const IDS_A_STATEMENT: usize = 500;
        let mut held: BTreeMap<Uuid, Held> = BTreeMap::new();
        for chunk in ids.chunks(IDS_A_STATEMENT) {
            let rows = entries::owned_by_any(on.reborrow(), organization_id, chunk).await?;
            for (entry, routing_prefix) in rows {
                let Some(owner) = entry.owner.clone() else {
                    continue;
                };
                let of_owner = held
                    .entry(owner.id)
                    .or_insert_with(|| nothing(&entry, &owner, routing_prefix));
                add(of_owner, entry);
            }
        }
        Ok(held)
    }
}

pub(super) fn nothing(entry: &Entry, owner: &EntryOwner, routing_prefix: Option<String>) -> Held {
    Held {
        number: None,
        extension: None,
        routing_prefix,
        esn: None,
        alternates: Vec::new(),
        location_id: entry.location_id,
        kind: owner.kind,
        toll_free: false,
    }
}

pub(super) fn add(held: &mut Held, entry: Entry) {
    match entry.kind {
        NumberKind::Alternate => held.alternates.extend(entry.number),
        NumberKind::Primary => {
            let prefix = held.routing_prefix.as_deref().unwrap_or_default();
            held.esn = entry
                .extension
                .as_deref()
                .map(|extension| format!("{prefix}{extension}"));
            held.extension = entry.extension;
            held.toll_free = entry.toll_free;
            held.number = entry.number;
        }
    }
}
