use std::collections::{BTreeMap, BTreeSet};

use hub_directory::OrganizationId;
use kit::{Result, Uuid};
use kit_sql::Transaction;

use super::assign::{entries_wanted, refusal};
use crate::model::{Entry, Settled};
use crate::store::{entries, writes};
use crate::{Numbers, Owner, Wanted};

impl Numbers {
    /// Gives many owners what they have from the first day, for seeds: numbers that are in no stock come into it. Whoever
    /// holds something already keeps it.
    ///
    /// The numbers and extensions must be free; where one is not, nothing is given to anybody.
    pub async fn assign_many(
        &self,
        transaction: &mut Transaction,
        owners: Vec<(Owner, Wanted)>,
    ) -> Result<()> {
        let places: BTreeSet<_> = owners
            .iter()
            .map(|(owner, _)| (owner.organization_id, owner.location_id))
            .collect();
        let mut names = BTreeMap::new();
        for (organization_id, location_id) in places {
            let location = self.located(transaction, organization_id, location_id).await?;
            names.insert(location_id, location);
        }
        let ids: Vec<Uuid> = owners.iter().map(|(owner, _)| owner.id).collect();
        let holders = entries::holders(transaction, &ids).await?;
        let mut given: BTreeMap<OrganizationId, Vec<Entry>> = BTreeMap::new();
        for (owner, wanted) in owners.iter().filter(|(owner, _)| !holders.contains(&owner.id)) {
            let entries = given.entry(owner.organization_id).or_default();
            entries.extend(entries_wanted(owner, &Settled::of(wanted)?));
        }
        for (organization_id, mut entries) in given {
            let numbers: Vec<String> = entries.iter().filter_map(|entry| entry.number.clone()).collect();
            let stock = entries::with_numbers(transaction, &numbers).await?;
            for entry in &mut entries {
                let Some((of, spare)) = entry.number.as_ref().and_then(|number| stock.get(number)) else {
                    continue;
                };
                let free_here =
                    *of == organization_id && spare.location_id == entry.location_id && spare.owner.is_none();
                if let (false, Some(location)) = (free_here, names.get(&entry.location_id)) {
                    return Err(refusal(organization_id, location, Some((*of, spare))));
                }
                *entry = entry.clone().with_state_of(spare);
            }
            // What lay in the stock comes back with its owner, in few statements.
            let taken: Vec<String> = stock.into_keys().collect();
            writes::delete_numbers(transaction, organization_id, &taken).await?;
            writes::insert(transaction, organization_id, &entries).await?;
        }
        Ok(())
    }
}
