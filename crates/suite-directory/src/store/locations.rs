use std::collections::HashMap;

use kit::Result;
use kit_sql::{Database, sql};
use suite_tenancy::CustomerId;

use crate::model::LocationRecord;

/// The name of every location that is or was there, by its id.
pub(crate) async fn names(database: &Database, customer: CustomerId) -> Result<HashMap<String, String>> {
    let rows = sql("SELECT location_id, name FROM directory_location WHERE customer_id = $1")
        .bind(customer.uuid())
        .all(database)
        .await?;
    rows.iter()
        .map(|row| Ok((row.text("location_id")?, row.text("name")?)))
        .collect()
}

/// The locations of the last synchronization, by name.
pub(crate) async fn list(database: &Database, customer: CustomerId) -> Result<Vec<LocationRecord>> {
    let rows = sql("SELECT location_id, name, city, country, time_zone, routing_prefix, main_number FROM directory_location WHERE customer_id = $1 AND left_at IS NULL ORDER BY sort_key, location_id")
        .bind(customer.uuid())
        .all(database)
        .await?;
    rows.iter()
        .map(|row| {
            Ok(LocationRecord {
                id: row.text("location_id")?,
                name: row.text("name")?,
                city: row.optional_text("city")?,
                country: row.optional_text("country")?,
                time_zone: row.optional_text("time_zone")?,
                routing_prefix: row.optional_text("routing_prefix")?,
                main_number: row.optional_text("main_number")?,
            })
        })
        .collect()
}
