use std::collections::BTreeMap;

use hub_directory::{OrganizationId, PersonId};
use kit::Result;
use kit_sql::{Handle, Transaction, sql};

use crate::model::Bound;

/// The bounds of one integration: for everybody, and for single people in its place.
pub(crate) async fn read<'h>(
    on: impl Into<Handle<'h>>,
    organization: OrganizationId,
    client_id: &str,
) -> Result<(Bound, BTreeMap<PersonId, Bound>)> {
    let rows = sql(
        "SELECT '' AS person_id, dead_until, spared_until FROM governance_bound WHERE organization_id = $1 AND client_id = $2
         UNION ALL
         SELECT person_id, dead_until, spared_until FROM governance_bound_person WHERE organization_id = $1 AND client_id = $2",
    )
    .bind(organization.uuid())
    .bind(client_id)
    .all(on)
    .await?;
    let (mut everybody, mut people) = (Bound::default(), BTreeMap::new());
    for row in &rows {
        let bound = Bound {
            dead_until: row.moment("dead_until")?,
            spared_until: row.moment("spared_until")?,
        };
        match row.text("person_id")? {
            person if person.is_empty() => everybody = bound,
            person => {
                people.insert(PersonId::parse(&person)?, bound);
            }
        }
    }
    Ok((everybody, people))
}

pub(crate) async fn replace(
    on: &mut Transaction,
    organization: OrganizationId,
    client_id: &str,
    everybody: Bound,
    people: &BTreeMap<PersonId, Bound>,
) -> Result<()> {
    sql(
        "INSERT INTO governance_bound (organization_id, client_id, dead_until, spared_until) VALUES ($1, $2, $3, $4)
         ON CONFLICT (organization_id, client_id) DO UPDATE SET
            dead_until = excluded.dead_until, spared_until = excluded.spared_until",
    )
    .bind(organization.uuid())
    .bind(client_id)
    .bind(everybody.dead_until)
    .bind(everybody.spared_until)
    .run(&mut *on)
    .await?;
    sql("DELETE FROM governance_bound_person WHERE organization_id = $1 AND client_id = $2")
        .bind(organization.uuid())
        .bind(client_id)
        .run(&mut *on)
        .await?;
    let rows = people
        .iter()
        .map(|(person, bound)| {
            vec![
                organization.uuid().into(),
                client_id.into(),
                person.uuid().into(),
                bound.dead_until.into(),
                bound.spared_until.into(),
            ]
        })
        .collect();
    kit_sql::insert_rows(
        on,
        "INSERT INTO governance_bound_person (organization_id, client_id, person_id, dead_until, spared_until)",
        5,
        rows,
        "ON CONFLICT (organization_id, client_id, person_id) DO NOTHING",
    )
    .await?;
    Ok(())
}

/// Forgets the bounds of a person who is deleted.
pub(crate) async fn forget_person(on: &mut Transaction, person: PersonId) -> Result<()> {
    sql("DELETE FROM governance_bound_person WHERE person_id = $1")
        .bind(person.uuid())
        .run(on)
        .await?;
    Ok(())
}
