//! Changes to people, each inside a transaction that somebody else commits.

use kit::{Error, Kind, Result, search_key};
use kit_sql::{Argument, Transaction, insert_rows, sql};

use super::people_read::number_kind_word;
use crate::{License, LicenseId, OrganizationId, Person, PersonId};

/// Locks a person until the transaction ends, so that what is read of them stays true.
pub(crate) async fn lock(
    transaction: &mut Transaction,
    organization_id: OrganizationId,
    id: PersonId,
) -> Result<()> {
    let for_update = transaction.dialect().for_update();
    sql("SELECT id FROM person WHERE organization_id = $1 AND id = $2")
        .push(for_update)
        .bind(organization_id.uuid())
        .bind(id.uuid())
        .all(transaction)
        .await
        .map(|_| ())
}

/// How many Full Admins who can sign in are left beside this person. Locks the organization, so that two of them
/// who are taken away at the same moment cannot both count on the other.
pub(crate) async fn other_full_admins(transaction: &mut Transaction, person: &Person) -> Result<i64> {
    let for_update = transaction.dialect().for_update();
    sql("SELECT id FROM organization WHERE id = $1")
        .push(for_update)
        .bind(person.organization_id.uuid())
        .all(&mut *transaction)
        .await?;
    let row = sql("SELECT COUNT(*) AS n FROM person_role r \
             JOIN person p ON p.organization_id = r.organization_id AND p.id = r.person_id \
             WHERE r.organization_id = $1 AND r.role = $2 AND p.login_enabled AND p.id <> $3")
    .bind(person.organization_id.uuid())
    .bind(webex::Role::FullAdministrator.key())
    .bind(person.id.uuid())
    .one(transaction)
    .await?;
    row.integer("n")
}

/// Says in words what of this person belongs to somebody else already.
pub(crate) async fn require_free(transaction: &mut Transaction, person: &Person) -> Result<()> {
    let taken = sql("SELECT id FROM person WHERE email = $1 AND id <> $2")
        .bind(&person.email)
        .bind(person.id.uuid())
        .optional(&mut *transaction)
        .await?;
    if taken.is_some() {
        return Err(Error::conflict(format!(
            "The e-mail address {} belongs to another person already.",
            person.email
        )));
    }
    if let (Some(location_id), Some(extension)) = (person.location_id, &person.extension) {
        let taken = sql("SELECT id FROM person WHERE location_id = $1 AND extension = $2 AND id <> $3")
            .bind(location_id.uuid())
            .bind(extension)
            .bind(person.id.uuid())
            .optional(&mut *transaction)
            .await?;
        if taken.is_some() {
            return Err(Error::conflict(format!(
                "The extension {extension} is taken at this location."
            )));
        }
    }
    for number in person.numbers.iter().filter(|number| number.rings()) {
        let taken = sql("SELECT 1 AS one FROM person_number WHERE number = $1 AND kind IN ('work', 'alternate1', 'alternate2') AND person_id <> $2 \
                 UNION ALL SELECT 1 AS one FROM location WHERE main_number = $3")
            .bind(&number.value)
            .bind(person.id.uuid())
            .bind(&number.value)
            .optional(&mut *transaction)
            .await?;
        if taken.is_some() {
            return Err(Error::conflict(format!("The number {} is taken.", number.value)));
        }
    }
    Ok(())
}

const COLUMNS: usize = 26;

pub(crate) async fn insert(
    transaction: &mut Transaction,
    person: &Person,
    licenses: &[License],
) -> Result<()> {
    let insert = "INSERT INTO person (id, organization_id, email, display_name, display_key, first_name, last_name, nick_name, avatar, \
         department, title, manager_id, manager_name, location_id, extension, addresses, time_zone, preferred_language, \
         login_enabled, invite_pending, shares_presence, presence, last_activity_at, created_at, last_modified_at, search_text)";
    insert_rows(&mut *transaction, insert, COLUMNS, vec![row(person)?], "")
        .await
        .map_err(lost_a_race)?;
    insert_roles(transaction, person).await?;
    insert_numbers(transaction, person).await?;
    change_licenses(transaction, person, &[], licenses).await
}

pub(crate) async fn update(
    transaction: &mut Transaction,
    before: &Person,
    person: &Person,
    licenses: &[License],
) -> Result<()> {
    let values = row(person)?;
    let mut statement = sql(
        "UPDATE person SET email = $3, display_name = $4, display_key = $5, first_name = $6, last_name = $7, \
         nick_name = $8, avatar = $9, department = $10, title = $11, manager_id = $12, manager_name = $13, location_id = $14, \
         extension = $15, addresses = $16, time_zone = $17, preferred_language = $18, login_enabled = $19, invite_pending = $20, \
         shares_presence = $21, presence = $22, last_activity_at = $23, created_at = $24, last_modified_at = $25, search_text = $26 \
         WHERE id = $1 AND organization_id = $2",
    );
    for value in values {
        statement = statement.bind(value);
    }
    statement.run(&mut *transaction).await.map_err(lost_a_race)?;
    if before.roles != person.roles {
        remove_side(
            transaction,
            "DELETE FROM person_role WHERE organization_id = $1 AND person_id = $2",
            person,
        )
        .await?;
        insert_roles(transaction, person).await?;
    }
    if before.numbers != person.numbers {
        remove_side(
            transaction,
            "DELETE FROM person_number WHERE organization_id = $1 AND person_id = $2",
            person,
        )
        .await?;
        insert_numbers(transaction, person).await?;
    }
    if before.licenses != person.licenses {
        change_licenses(transaction, person, &before.licenses, licenses).await?;
    }
    if before.display_name != person.display_name {
        sql("UPDATE person SET manager_name = $1 WHERE manager_id = $2")
            .bind(&person.display_name)
            .bind(person.id.uuid())
            .run(transaction)
            .await?;
    }
    Ok(())
}

pub(crate) async fn delete(transaction: &mut Transaction, person: &Person) -> Result<()> {
    for id in &person.licenses {
        give_back(transaction, *id).await?;
    }
    sql("UPDATE person SET manager_id = NULL, manager_name = NULL WHERE manager_id = $1")
        .bind(person.id.uuid())
        .run(&mut *transaction)
        .await?;
    // Roles, licences and numbers go with the row.
    sql("DELETE FROM person WHERE organization_id = $1 AND id = $2")
        .bind(person.organization_id.uuid())
        .bind(person.id.uuid())
        .run(transaction)
        .await?;
    Ok(())
}

fn row(person: &Person) -> Result<Vec<Argument>> {
    let addresses = if person.addresses.is_empty() {
        None
    } else {
        Some(serde_json::to_string(&person.addresses).map_err(Error::internal)?)
    };
    Ok(vec![
        person.id.uuid().into(),
        person.organization_id.uuid().into(),
        (&person.email).into(),
        (&person.display_name).into(),
        search_key(&person.display_name).into(),
        person.first_name.clone().into(),
        person.last_name.clone().into(),
        person.nick_name.clone().into(),
        person.avatar.clone().into(),
        person.department.clone().into(),
        person.title.clone().into(),
        person.manager_id.map(|id| id.to_string()).into(),
        person.manager_name.clone().into(),
        person.location_id.map(|id| id.to_string()).into(),
        person.extension.clone().into(),
        addresses.into(),
        person.time_zone.clone().into(),
        person.preferred_language.clone().into(),
        person.login_enabled.into(),
        person.invite_pending.into(),
        person.shares_presence.into(),
        person.presence.word().into(),
        person.last_activity_at.into(),
        person.created_at.into(),
        person.last_modified_at.into(),
        person.search_text().into(),
    ])
}

async fn remove_side(transaction: &mut Transaction, delete: &'static str, person: &Person) -> Result<()> {
    sql(delete)
        .bind(person.organization_id.uuid())
        .bind(person.id.uuid())
        .run(transaction)
        .await
        .map(|_| ())
}

async fn insert_roles(transaction: &mut Transaction, person: &Person) -> Result<()> {
    let rows = person.roles.iter().map(|role| {
        vec![
            person.organization_id.uuid().into(),
            person.id.uuid().into(),
            role.key().into(),
        ]
    });
    insert_rows(
        transaction,
        "INSERT INTO person_role (organization_id, person_id, role)",
        3,
        rows.collect(),
        "",
    )
    .await
    .map(|_| ())
}

async fn insert_numbers(transaction: &mut Transaction, person: &Person) -> Result<()> {
    let rows = person.numbers.iter().zip(0_i64..).map(|(number, position)| {
        vec![
            person.organization_id.uuid().into(),
            person.id.uuid().into(),
            position.into(),
            number_kind_word(number.kind).into(),
            (&number.value).into(),
            number.primary.into(),
        ]
    });
    let insert = "INSERT INTO person_number (organization_id, person_id, position, kind, number, is_primary)";
    insert_rows(transaction, insert, 6, rows.collect(), "")
        .await
        .map(|_| ())
        .map_err(lost_a_race)
}

/// Gives and takes licences, in the order of their ids so that two such transactions cannot wait for each other.
async fn change_licenses(
    transaction: &mut Transaction,
    person: &Person,
    before: &[LicenseId],
    known: &[License],
) -> Result<()> {
    let mut touched: Vec<LicenseId> = before.iter().chain(&person.licenses).copied().collect();
    touched.sort_unstable();
    touched.dedup();
    for id in touched {
        match (before.contains(&id), person.licenses.contains(&id)) {
            (false, true) => give(transaction, person, id, known).await?,
            (true, false) => {
                sql("DELETE FROM person_license WHERE organization_id = $1 AND person_id = $2 AND license_id = $3")
                    .bind(person.organization_id.uuid())
                    .bind(person.id.uuid())
                    .bind(id.uuid())
                    .run(&mut *transaction)
                    .await?;
                give_back(transaction, id).await?;
            }
            _ => {}
        }
    }
    Ok(())
}

async fn give(
    transaction: &mut Transaction,
    person: &Person,
    id: LicenseId,
    known: &[License],
) -> Result<()> {
    let counted = sql("UPDATE license SET consumed_units = consumed_units + 1 WHERE id = $1 AND consumed_units < total_units")
        .bind(id.uuid())
        .run(&mut *transaction)
        .await?;
    if counted == 0 {
        let name = known
            .iter()
            .find(|license| license.id == id)
            .map_or("this licence", |license| license.name.as_str());
        return Err(Error::invalid(format!(
            "No unit of “{name}” is left. Take it away from somebody, or order more."
        )));
    }
    let row = vec![
        person.organization_id.uuid().into(),
        person.id.uuid().into(),
        id.uuid().into(),
    ];
    insert_rows(
        transaction,
        "INSERT INTO person_license (organization_id, person_id, license_id)",
        3,
        vec![row],
        "",
    )
    .await
    .map(|_| ())
}

async fn give_back(transaction: &mut Transaction, id: LicenseId) -> Result<()> {
    sql("UPDATE license SET consumed_units = consumed_units - 1 WHERE id = $1 AND consumed_units > 0")
        .bind(id.uuid())
        .run(transaction)
        .await
        .map(|_| ())
}

/// Somebody else took the address, extension or number between our look and our write.
fn lost_a_race(error: Error) -> Error {
    if *error.kind() == Kind::Conflict {
        return Error::conflict(
            "The e-mail address, the extension or a number was taken by another person a moment ago.",
        )
        .because(error);
    }
    error
}
