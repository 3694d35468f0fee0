use kit::{Result, Timestamp, search_key};
use kit_sql::{Handle, Row, Statement, Transaction, insert_rows, like_anywhere, sql};

use crate::{CallingSide, Location, LocationId, OrganizationId};

const SELECT: &str = "SELECT id, organization_id, name, address1, address2, city, state, postal_code, country, time_zone, \
     preferred_language, latitude, longitude, notes, calling_enabled, announcement_language, main_number, calling_line_name, \
     external_caller_id_name, routing_prefix, outside_dial_digit, enforce_outside_dial_digit FROM location WHERE organization_id = ";

/// Which locations of an organization, by name.
#[derive(Clone, Debug, Default)]
pub(crate) struct LocationFilter {
    /// A part of the name, as a search key.
    pub(crate) name_part: Option<String>,
    pub(crate) id: Option<LocationId>,
    pub(crate) calling_only: bool,
    pub(crate) descending: bool,
    /// The search key of the last name on the page before.
    pub(crate) after: Option<String>,
    pub(crate) offset: i64,
    pub(crate) limit: i64,
}

pub(crate) async fn list(
    on: Handle<'_>,
    organization_id: OrganizationId,
    filter: &LocationFilter,
) -> Result<Vec<Location>> {
    let mut statement = sql(SELECT).push_bind(organization_id.uuid());
    if let Some(part) = &filter.name_part {
        statement = statement
            .push(" AND name_key LIKE ")
            .push_bind(like_anywhere(part))
            .push(" ESCAPE '\\'");
    }
    if let Some(id) = filter.id {
        statement = statement.push(" AND id = ").push_bind(id.uuid());
    }
    if filter.calling_only {
        statement = statement.push(" AND calling_enabled");
    }
    if let Some(after) = &filter.after {
        statement = statement.push(" AND name_key > ").push_bind(after);
    }
    statement = statement.push(if filter.descending {
        " ORDER BY name_key DESC"
    } else {
        " ORDER BY name_key"
    });
    let rows = statement
        .push(" LIMIT ")
        .push_bind(filter.limit)
        .push(" OFFSET ")
        .push_bind(filter.offset)
        .all(on)
        .await?;
    rows.iter().map(location).collect()
}

pub(crate) async fn by_id(
    on: Handle<'_>,
    organization_id: OrganizationId,
    id: LocationId,
) -> Result<Option<Location>> {
    let filter = LocationFilter {
        id: Some(id),
        limit: 1,
        ..LocationFilter::default()
    };
    Ok(list(on, organization_id, &filter).await?.pop())
}

/// Locks a location until the transaction ends: nobody else changes it, and nobody is given calling there meanwhile.
pub(crate) async fn lock(
    transaction: &mut Transaction,
    organization_id: OrganizationId,
    id: LocationId,
) -> Result<()> {
    let for_update = transaction.dialect().for_update();
    sql("SELECT id FROM location WHERE organization_id = $1 AND id = $2")
        .push(for_update)
        .bind(organization_id.uuid())
        .bind(id.uuid())
        .all(transaction)
        .await
        .map(|_| ())
}

/// Keeps a location as it is until the transaction ends; others may rely on it at the same time.
pub(crate) async fn hold(
    transaction: &mut Transaction,
    organization_id: OrganizationId,
    id: LocationId,
) -> Result<()> {
    let for_share = transaction.dialect().for_share();
    sql("SELECT id FROM location WHERE organization_id = $1 AND id = $2")
        .push(for_share)
        .bind(organization_id.uuid())
        .bind(id.uuid())
        .all(transaction)
        .await
        .map(|_| ())
}

/// Another location of the organization that has this name, main number or routing prefix.
pub(crate) async fn rivals(on: &mut Transaction, location: &Location) -> Result<Option<&'static str>> {
    let name = sql("SELECT id FROM location WHERE organization_id = $1 AND name_key = $2 AND id <> $3")
        .bind(location.organization_id.uuid())
        .bind(search_key(&location.name))
        .bind(location.id.uuid());
    if exists(name, on).await? {
        return Ok(Some("Another location has this name."));
    }
    let Some(calling) = &location.calling else {
        return Ok(None);
    };
    if let Some(prefix) = &calling.routing_prefix {
        let taken =
            sql("SELECT id FROM location WHERE organization_id = $1 AND routing_prefix = $2 AND id <> $3")
                .bind(location.organization_id.uuid())
                .bind(prefix)
                .bind(location.id.uuid());
        if exists(taken, on).await? {
            return Ok(Some("Another location has this routing prefix."));
        }
    }
    if let Some(number) = &calling.main_number {
        let taken = sql("SELECT id FROM location WHERE main_number = $1 AND id <> $2 UNION ALL \
                 SELECT person_id AS id FROM person_number WHERE number = $3 AND kind IN ('work', 'alternate1', 'alternate2')")
            .bind(number)
            .bind(location.id.uuid())
            .bind(number);
        if exists(taken, on).await? {
            return Ok(Some("The main number is taken."));
        }
    }
    Ok(None)
}

async fn exists(statement: Statement, on: &mut Transaction) -> Result<bool> {
    Ok(statement.optional(on).await?.is_some())
}

/// How many people have calling at this location.
pub(crate) async fn people_at(
    on: Handle<'_>,
    organization_id: OrganizationId,
    id: LocationId,
) -> Result<i64> {
    sql("SELECT COUNT(*) AS n FROM person WHERE organization_id = $1 AND location_id = $2")
        .bind(organization_id.uuid())
        .bind(id.uuid())
        .one(on)
        .await?
        .integer("n")
}

pub(crate) async fn insert(transaction: &mut Transaction, location: &Location, now: Timestamp) -> Result<()> {
    let calling = location.calling.clone().unwrap_or_default();
    let row = vec![
        location.id.uuid().into(),
        location.organization_id.uuid().into(),
        (&location.name).into(),
        search_key(&location.name).into(),
        (&location.address1).into(),
        location.address2.clone().into(),
        (&location.city).into(),
        location.state.clone().into(),
        location.postal_code.clone().into(),
        (&location.country).into(),
        (&location.time_zone).into(),
        (&location.preferred_language).into(),
        location.latitude.clone().into(),
        location.longitude.clone().into(),
        location.notes.clone().into(),
        location.calling.is_some().into(),
        location.announcement_language.clone().into(),
        calling.main_number.into(),
        calling.calling_line_name.into(),
        calling.external_caller_id_name.into(),
        calling.routing_prefix.into(),
        calling.outside_dial_digit.into(),
        calling.enforce_outside_dial_digit.into(),
        now.into(),
        now.into(),
    ];
    insert_rows(
        transaction,
        super::seeding::INSERT_LOCATION,
        row.len(),
        vec![row],
        "",
    )
    .await
    .map(|_| ())
}

pub(crate) async fn update(transaction: &mut Transaction, location: &Location, now: Timestamp) -> Result<()> {
    let calling = location.calling.clone().unwrap_or_default();
    sql("UPDATE location SET name = $1, name_key = $2, address1 = $3, address2 = $4, city = $5, state = $6, postal_code = $7, \
         country = $8, time_zone = $9, preferred_language = $10, latitude = $11, longitude = $12, notes = $13, calling_enabled = $14, \
         announcement_language = $15, main_number = $16, calling_line_name = $17, external_caller_id_name = $18, routing_prefix = $19, \
         outside_dial_digit = $20, enforce_outside_dial_digit = $21, last_modified_at = $22 WHERE organization_id = $23 AND id = $24")
        .bind(&location.name)
        .bind(search_key(&location.name))
        .bind(&location.address1)
        .bind(location.address2.clone())
        .bind(&location.city)
        .bind(location.state.clone())
        .bind(location.postal_code.clone())
        .bind(&location.country)
        .bind(&location.time_zone)
        .bind(&location.preferred_language)
        .bind(location.latitude.clone())
        .bind(location.longitude.clone())
        .bind(location.notes.clone())
        .bind(location.calling.is_some())
        .bind(location.announcement_language.clone())
        .bind(calling.main_number)
        .bind(calling.calling_line_name)
        .bind(calling.external_caller_id_name)
        .bind(calling.routing_prefix)
        .bind(calling.outside_dial_digit)
        .bind(calling.enforce_outside_dial_digit)
        .bind(now)
        .bind(location.organization_id.uuid())
        .bind(location.id.uuid())
        .run(transaction)
        .await
        .map(|_| ())
}

pub(crate) async fn delete(transaction: &mut Transaction, location: &Location) -> Result<u64> {
    sql("DELETE FROM location WHERE organization_id = $1 AND id = $2")
        .bind(location.organization_id.uuid())
        .bind(location.id.uuid())
        .run(transaction)
        .await
}

fn location(row: &Row) -> Result<Location> {
    let calling = CallingSide {
        main_number: row.optional_text("main_number")?,
        calling_line_name: row.optional_text("calling_line_name")?,
        external_caller_id_name: row.optional_text("external_caller_id_name")?,
        routing_prefix: row.optional_text("routing_prefix")?,
        outside_dial_digit: row.optional_text("outside_dial_digit")?,
        enforce_outside_dial_digit: row.boolean("enforce_outside_dial_digit")?,
    };
    Ok(Location {
        id: LocationId::new(row.uuid("id")?),
        organization_id: OrganizationId::new(row.uuid("organization_id")?),
        name: row.text("name")?,
        address1: row.text("address1")?,
        address2: row.optional_text("address2")?,
        city: row.text("city")?,
        state: row.optional_text("state")?,
        postal_code: row.optional_text("postal_code")?,
        country: row.text("country")?,
        time_zone: row.text("time_zone")?,
        preferred_language: row.text("preferred_language")?,
        latitude: row.optional_text("latitude")?,
        longitude: row.optional_text("longitude")?,
        notes: row.optional_text("notes")?,
        announcement_language: row.optional_text("announcement_language")?,
        calling: row.boolean("calling_enabled")?.then_some(calling),
    })
}
