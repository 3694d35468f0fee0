//! Puts a whole invented organization into the tables: few statements, one transaction.

use kit::{Result, Timestamp, search_key};
use kit_sql::{Argument, Dialect, Transaction, insert_rows, sql};

use crate::seed::{SeedLocation, SeedOrganization, SeedPerson};

/// Answers false when the organization is there already; then nothing is changed.
pub(crate) async fn store(transaction: &mut Transaction, seed: &SeedOrganization) -> Result<bool> {
    let made = sql("INSERT INTO organization (id, display_name, domain, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING")
        .bind(seed.id)
        .bind(seed.name)
        .bind(seed.domain)
        .bind(seed.created_ms)
        .run(&mut *transaction)
        .await?;
    if made == 0 {
        return Ok(false);
    }
    store_locations(transaction, seed).await?;
    store_licenses(transaction, seed).await?;
    store_people(transaction, seed).await?;
    learn_sizes(transaction).await?;
    Ok(true)
}

/// PostgreSQL plans by statistics that it would gather some minutes later; SQLite plans by the indexes alone.
async fn learn_sizes(transaction: &mut Transaction) -> Result<()> {
    if transaction.dialect() == Dialect::Postgres {
        for statement in [
            "ANALYZE person",
            "ANALYZE person_role",
            "ANALYZE person_license",
            "ANALYZE person_number",
            "ANALYZE location",
        ] {
            sql(statement).run(&mut *transaction).await?;
        }
    }
    Ok(())
}

pub(crate) const INSERT_LOCATION: &str = "INSERT INTO location (id, organization_id, name, name_key, address1, address2, city, state, \
     postal_code, country, time_zone, preferred_language, latitude, longitude, notes, calling_enabled, announcement_language, \
     main_number, calling_line_name, external_caller_id_name, routing_prefix, outside_dial_digit, enforce_outside_dial_digit, \
     created_at, last_modified_at)";

async fn store_locations(transaction: &mut Transaction, seed: &SeedOrganization) -> Result<()> {
    let rows = seed
        .locations
        .iter()
        .map(|location| location_row(seed, location))
        .collect();
    insert_rows(transaction, INSERT_LOCATION, 25, rows, "").await?;
    Ok(())
}

fn location_row(seed: &SeedOrganization, location: &SeedLocation) -> Vec<Argument> {
    vec![
        location.id.into(),
        seed.id.into(),
        (&location.name).into(),
        search_key(&location.name).into(),
        (&location.address1).into(),
        location.address2.into(),
        location.city.into(),
        location.state.into(),
        location.postal_code.into(),
        location.country.into(),
        location.time_zone.into(),
        location.preferred_language.into(),
        location.latitude.into(),
        location.longitude.into(),
        None::<String>.into(),
        true.into(),
        location.announcement_language.into(),
        location.main_number.to_string().into(),
        seed.name.into(),
        seed.name.into(),
        (&location.routing_prefix).into(),
        location.outside_dial_digit.into(),
        location.enforce_outside_dial_digit.into(),
        seed.created_ms.into(),
        seed.created_ms.into(),
    ]
}

async fn store_licenses(transaction: &mut Transaction, seed: &SeedOrganization) -> Result<()> {
    let rows = seed.licenses.iter().enumerate().map(|(position, license)| {
        vec![
            license.id.into(),
            seed.id.into(),
            as_integer(position as u64).into(),
            license.kind.prefix().into(),
            (&license.value).into(),
            license.kind.name().into(),
            as_integer(license.total_units).into(),
            as_integer(license.consumed_units).into(),
            (&license.subscription_id).into(),
            license.site_url.clone().into(),
            license.site_type.into(),
        ]
    });
    insert_rows(
        transaction,
        "INSERT INTO license (id, organization_id, position, kind, value, name, total_units, consumed_units, \
         subscription_id, site_url, site_type)",
        11,
        rows.collect(),
        "",
    )
    .await?;
    Ok(())
}

fn as_integer(units: u64) -> i64 {
    i64::try_from(units).unwrap_or(i64::MAX)
}

async fn store_people(transaction: &mut Transaction, seed: &SeedOrganization) -> Result<()> {
    let names = seed
        .people
        .iter()
        .map(|person| (person.id, person.display_name.as_str()))
        .collect();
    // By id, as the primary key stands: the database appends instead of splitting pages at random places.
    let mut people: Vec<&SeedPerson> = seed.people.iter().collect();
    people.sort_unstable_by_key(|person| person.id);
    for chunk in people.chunks(2_000) {
        store_chunk(transaction, seed, chunk, &names).await?;
    }
    Ok(())
}

type Names<'a> = std::collections::HashMap<kit::Uuid, &'a str>;

async fn store_chunk(
    transaction: &mut Transaction,
    seed: &SeedOrganization,
    people: &[&SeedPerson],
    names: &Names<'_>,
) -> Result<()> {
    let rows = people
        .iter()
        .map(|person| person_row(seed, person, names))
        .collect();
    insert_rows(
        &mut *transaction,
        "INSERT INTO person (id, organization_id, email, display_name, display_key, first_name, last_name, nick_name, \
         department, title, manager_id, manager_name, location_id, extension, addresses, time_zone, preferred_language, \
         login_enabled, invite_pending, shares_presence, presence, last_activity_at, created_at, last_modified_at, search_text)",
        25,
        rows,
        "",
    )
    .await?;
    let roles = people.iter().flat_map(|person| {
        person
            .roles
            .iter()
            .map(|role| vec![seed.id.into(), person.id.into(), role.key().into()])
    });
    insert_rows(
        &mut *transaction,
        "INSERT INTO person_role (organization_id, person_id, role)",
        3,
        roles.collect(),
        "",
    )
    .await?;
    let licenses = people.iter().flat_map(|person| {
        let ids = person.licenses.iter().filter_map(|kind| seed.license(*kind));
        ids.map(|license| vec![seed.id.into(), person.id.into(), license.id.into()])
    });
    insert_rows(
        &mut *transaction,
        "INSERT INTO person_license (organization_id, person_id, license_id)",
        3,
        licenses.collect(),
        "",
    )
    .await?;
    let numbers = people.iter().flat_map(|person| number_rows(seed, person));
    let insert = "INSERT INTO person_number (organization_id, person_id, position, kind, number, is_primary)";
    insert_rows(&mut *transaction, insert, 6, numbers.collect(), "").await?;
    Ok(())
}

fn number_rows(seed: &SeedOrganization, person: &SeedPerson) -> Vec<Vec<Argument>> {
    let numbers = person
        .number
        .map(|number| ("work", number))
        .into_iter()
        .chain(person.mobile.map(|number| ("mobile", number)));
    let row = |(position, (kind, number)): (usize, (&str, crate::seed::SeedNumber))| {
        vec![
            seed.id.into(),
            person.id.into(),
            as_integer(position as u64).into(),
            kind.into(),
            number.to_string().into(),
            (position == 0).into(),
        ]
    };
    numbers.enumerate().map(row).collect()
}

fn person_row(seed: &SeedOrganization, person: &SeedPerson, names: &Names<'_>) -> Vec<Argument> {
    let location = seed.location_of(person);
    let calling = person.licenses.iter().any(|kind| kind.is_calling());
    let extension = person.extension.map(|extension| extension.to_string());
    let numbers: Vec<String> = person
        .number
        .iter()
        .chain(&person.mobile)
        .map(ToString::to_string)
        .collect();
    let searched = super::search_text(
        [
            person.display_name.as_str(),
            &person.email,
            person.department,
            person.title,
        ]
        .into_iter()
        .chain(extension.as_deref())
        .chain(numbers.iter().map(String::as_str)),
    );
    vec![
        person.id.into(),
        seed.id.into(),
        (&person.email).into(),
        (&person.display_name).into(),
        search_key(&person.display_name).into(),
        person.first_name.into(),
        person.last_name.into(),
        person.nick_name.into(),
        person.department.into(),
        person.title.into(),
        person.manager.map(|manager| manager.to_string()).into(),
        person
            .manager
            .and_then(|manager| names.get(&manager).copied())
            .into(),
        location
            .filter(|_| calling)
            .map(|location| location.id.to_string())
            .into(),
        extension.into(),
        location.map(work_address).into(),
        location.map(|location| location.time_zone).into(),
        person.preferred_language.into(),
        person.login_enabled.into(),
        person.invite_pending.into(),
        true.into(),
        person.presence.wire_name().into(),
        person.last_activity_ms.map(Timestamp::from_millis).into(),
        person.created_ms.into(),
        person.last_modified_ms.into(),
        searched.into(),
    ]
}

fn work_address(location: &SeedLocation) -> String {
    let address2 = location
        .address2
        .map(|line| format!(", {line}"))
        .unwrap_or_default();
    serde_json::json!([{
        "type": "work",
        "country": location.country,
        "locality": location.city,
        "region": location.state,
        "streetAddress": format!("{}{address2}", location.address1),
        "postalCode": location.postal_code,
    }])
    .to_string()
}
