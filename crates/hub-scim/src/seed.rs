//! The groups of invented organizations: the people of each department, and those of a city.

use std::collections::BTreeMap;

use hub_directory::seed::named_id;
use hub_directory::{OrganizationId, SeedOrganization};
use kit::{Result, Timestamp, Uuid};

use crate::Scim;
use crate::model::group::Group;
use crate::model::resource::Tree;
use crate::store::{groups, members};

/// In a big organization a group for each city would be a hundred thousand rows that show nothing new.
const MOST_PEOPLE_FOR_CITIES: usize = 1_000;

impl Scim {
    /// Adds what an invented organization has of this; what is there already is left as it is.
    pub async fn seed(&self, organization: &SeedOrganization) -> Result<()> {
        let id = OrganizationId::new(organization.id);
        let anything = groups::GroupCondition::default();
        if groups::count(self.database().into(), id, &anything).await? > 0 {
            return Ok(());
        }
        let invented = invented(organization);
        let mut transaction = self.database().begin().await?;
        let rows: Vec<Group> = invented.iter().map(|(group, _)| group.clone()).collect();
        groups::insert(&mut transaction, &rows, true).await?;
        let mut rows = Vec::new();
        for (group, people) in &invented {
            rows.extend(
                people
                    .iter()
                    .map(|person| vec![group.id.into(), (*person).into()]),
            );
        }
        members::insert(&mut transaction, rows).await?;
        transaction.commit().await
    }
}

fn invented(organization: &SeedOrganization) -> Vec<(Group, Vec<Uuid>)> {
    let mut by_name: BTreeMap<String, (String, Vec<Uuid>)> = BTreeMap::new();
    let mut join = |name: String, description: String, person: Uuid| {
        by_name
            .entry(name)
            .or_insert_with(|| (description, Vec::new()))
            .1
            .push(person);
    };
    let with_cities = organization.people.len() <= MOST_PEOPLE_FOR_CITIES;
    for person in &organization.people {
        let department = person.department;
        join(
            department.to_owned(),
            format!("Everybody of the department {department}"),
            person.id,
        );
        if let Some(location) = organization.location_of(person).filter(|_| with_cities) {
            let city = location.city;
            join(
                format!("All of {city}"),
                format!("Everybody who works in {city}"),
                person.id,
            );
        }
    }
    by_name
        .into_iter()
        .map(|(name, (description, mut people))| {
            // As the primary key stands.
            people.sort_unstable();
            (group(organization, name, description, people.len()), people)
        })
        .collect()
}

fn group(
    organization: &SeedOrganization,
    display_name: String,
    description: String,
    members: usize,
) -> Group {
    let created_at = Timestamp::from_millis(organization.created_ms);
    Group {
        id: named_id(organization.id, &format!("group/{display_name}")),
        organization_id: OrganizationId::new(organization.id),
        display_name,
        external_id: None,
        description: Some(description),
        kept: Tree::new(),
        member_count: i64::try_from(members).unwrap_or(i64::MAX),
        version: 1,
        created_at,
        last_modified_at: created_at,
    }
}
