//! What this slice knows of the locations with calling.

use hub_directory::{Location, LocationId, OrganizationId};
use kit::Result;
use kit_sql::{Argument, Handle, Row, Transaction, insert_rows, sql};

use crate::model::NumberLocation;

const COLUMNS: &str = "SELECT location_id, organization_id, name, routing_prefix FROM number_location";

pub(crate) async fn by_id(
    on: Handle<'_>,
    organization_id: OrganizationId,
    id: LocationId,
) -> Result<Option<NumberLocation>> {
    let row = sql(COLUMNS)
        .push(" WHERE organization_id = $1 AND location_id = $2")
        .bind(organization_id.uuid())
        .bind(id.uuid())
        .optional(on)
        .await?;
    row.as_ref().map(read).transpose()
}

/// Writes what is new of these locations, and overwrites what was known.
pub(crate) async fn keep(transaction: &mut Transaction, locations: &[NumberLocation]) -> Result<()> {
    let rows: Vec<Vec<Argument>> = locations
        .iter()
        .map(|location| {
            vec![
                location.id.uuid().into(),
                location.organization_id.uuid().into(),
                (&location.name).into(),
                location.routing_prefix.clone().into(),
            ]
        })
        .collect();
    insert_rows(
        transaction,
        "INSERT INTO number_location (location_id, organization_id, name, routing_prefix)",
        4,
        rows,
        "ON CONFLICT (location_id) DO UPDATE SET name = excluded.name, routing_prefix = excluded.routing_prefix",
    )
    .await
    .map(|_| ())
}

pub(crate) async fn forget(transaction: &mut Transaction, id: LocationId) -> Result<()> {
    sql("DELETE FROM number_location WHERE location_id = $1")
        .bind(id.uuid())
        .run(transaction)
        .await
        .map(|_| ())
}

fn read(row: &Row) -> Result<NumberLocation> {
    Ok(NumberLocation {
        id: LocationId::new(row.uuid("location_id")?),
        organization_id: OrganizationId::new(row.uuid("organization_id")?),
        name: row.text("name")?,
        routing_prefix: row.optional_text("routing_prefix")?,
    })
}

impl From<&Location> for NumberLocation {
    fn from(location: &Location) -> Self {
        let prefix = location
            .calling
            .as_ref()
            .and_then(|calling| calling.routing_prefix.clone());
        Self {
            id: location.id,
            organization_id: location.organization_id,
            name: location.name.clone(),
            routing_prefix: prefix,
        }
    }
}
