//! What an invented organization has of numbers.

use std::collections::HashMap;

use hub_directory::seed::{SeedLocation, SeedPerson};
use hub_directory::{LocationId, OrganizationId, SeedOrganization};
use kit::Result;
use kit_sql::{Dialect, Transaction, sql};

use crate::model::{Entry, EntryOwner, NumberLocation};
use crate::store::{locations, writes};
use crate::{Numbers, OwnerKind};

/// How many of a location's spare numbers are ordered and not in service yet.
const INACTIVE_SPARES: usize = 2;

impl Numbers {
    /// Adds the numbers of an invented organization: those of its people, the main numbers, and the spare ones of each
    /// location, of which the last two are not active. What is there already is left as it is.
    pub async fn seed(&self, organization: &SeedOrganization) -> Result<()> {
        let organization_id = OrganizationId::new(organization.id);
        let mut transaction = self.database().begin().await?;
        let places: Vec<NumberLocation> = organization
            .locations
            .iter()
            .map(|location| place(organization_id, location))
            .collect();
        locations::keep(&mut transaction, &places).await?;
        let mut entries: Vec<Entry> = organization.locations.iter().flat_map(stock).collect();
        let ids: HashMap<usize, LocationId> = organization
            .locations
            .iter()
            .map(|location| LocationId::new(location.id))
            .enumerate()
            .collect();
        entries.extend(
            organization
                .people
                .iter()
                .filter_map(|person| of_person(person, *ids.get(&person.location)?)),
        );
        // In the order of the key: the database appends instead of splitting pages at random places.
        entries.sort_by_cached_key(|entry| {
            crate::model::dial_key(
                entry.number.as_deref(),
                entry.extension.as_deref(),
                entry.location_id,
            )
        });
        writes::insert_new(&mut transaction, organization_id, &entries).await?;
        learn_sizes(&mut transaction).await?;
        transaction.commit().await
    }
}

/// PostgreSQL plans by statistics that it would gather some minutes later; SQLite plans by the indexes alone.
async fn learn_sizes(transaction: &mut Transaction) -> Result<()> {
    if transaction.dialect() == Dialect::Postgres {
        for statement in ["ANALYZE telephone_number", "ANALYZE number_location"] {
            sql(statement).run(&mut *transaction).await?;
        }
    }
    Ok(())
}

fn place(organization_id: OrganizationId, location: &SeedLocation) -> NumberLocation {
    NumberLocation {
        id: LocationId::new(location.id),
        organization_id,
        name: location.name.clone(),
        routing_prefix: Some(location.routing_prefix.clone()),
    }
}

fn stock(location: &SeedLocation) -> impl Iterator<Item = Entry> {
    let id = LocationId::new(location.id);
    let first_inactive = location.spare_numbers.len().saturating_sub(INACTIVE_SPARES);
    let spares = location
        .spare_numbers
        .iter()
        .enumerate()
        .map(move |(position, number)| Entry {
            active: position < first_inactive,
            ..Entry::spare(id, number.to_string())
        });
    let main = Entry {
        main_number: true,
        ..Entry::spare(id, location.main_number.to_string())
    };
    std::iter::once(main).chain(spares)
}

fn of_person(person: &SeedPerson, location_id: LocationId) -> Option<Entry> {
    if !person.licenses.iter().any(|kind| kind.is_calling()) {
        return None;
    }
    let extension = person.extension.map(|extension| extension.to_string());
    let owner = EntryOwner {
        kind: OwnerKind::Person,
        id: person.id,
        first_name: Some(person.first_name.to_owned()),
        last_name: Some(person.last_name.to_owned()),
        display_name: person.display_name.clone(),
    };
    let entry = match person.number {
        Some(number) => Entry::spare(location_id, number.to_string()),
        None => Entry {
            number: None,
            ..Entry::spare(location_id, String::new())
        },
    };
    Some(Entry {
        extension,
        owner: Some(owner),
        ..entry
    })
    .filter(|entry| entry.number.is_some() || entry.extension.is_some())
}
