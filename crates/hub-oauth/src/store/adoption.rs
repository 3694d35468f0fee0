use hub_directory::{OrganizationId, PersonId};
use hub_identity::Epochs;
use kit::{Result, Timestamp};
use kit_sql::{Database, Statement, sql};

use crate::model::grant::{GrantId, GrantKind};

/// What a person gave a client under the same epochs, added up by the database.
#[derive(Clone, Debug)]
pub(crate) struct Given {
    pub(crate) client_id: String,
    pub(crate) person_id: PersonId,
    pub(crate) epochs: Epochs,
    pub(crate) is_administrative: bool,
    pub(crate) first_granted_at: Timestamp,
    pub(crate) granted_at: Timestamp,
    pub(crate) last_used_at: Option<Timestamp>,
}

fn living(
    select: &'static str,
    organization: OrganizationId,
    client_id: Option<&str>,
    now: Timestamp,
) -> Statement {
    let statement = sql(select)
        .push(" FROM oauth_grant WHERE organization_id = ")
        .push_bind(organization.uuid())
        .push(" AND kind = ")
        .push_bind(GrantKind::Consent.as_str())
        .push(" AND revoked_at IS NULL AND ends_at > ")
        .push_bind(now);
    match client_id {
        Some(client_id) => statement.push(" AND client_id = ").push_bind(client_id),
        None => statement,
    }
}

/// The next people of an organization who gave something that nobody revoked.
pub(crate) async fn people_after(
    database: &Database,
    organization: OrganizationId,
    client_id: Option<&str>,
    after: Option<PersonId>,
    most: i64,
    now: Timestamp,
) -> Result<Vec<PersonId>> {
    let mut statement = living("SELECT DISTINCT person_id", organization, client_id, now);
    if let Some(after) = after {
        statement = statement.push(" AND person_id > ").push_bind(after.uuid());
    }
    statement
        .push(" ORDER BY person_id LIMIT ")
        .push_bind(most)
        .all(database)
        .await?
        .iter()
        .map(|row| row.uuid("person_id").map(PersonId::new))
        .collect()
}

/// What these people gave, one row for each person, client and state of their epochs.
pub(crate) async fn given_by(
    database: &Database,
    organization: OrganizationId,
    client_id: Option<&str>,
    people: &[PersonId],
    now: Timestamp,
) -> Result<Vec<Given>> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    living(
        "SELECT client_id, person_id, epoch_everything, epoch_administrative, administrative,
            MIN(granted_at) AS first_granted_at, MAX(granted_at) AS granted_at, MAX(last_used_at) AS last_used_at",
        organization,
        client_id,
        now,
    )
    .push(" AND person_id IN ")
    .push_list(people.iter().map(|person| person.uuid()))
    .push(
        " GROUP BY client_id, person_id, epoch_everything, epoch_administrative, administrative
          ORDER BY person_id, client_id",
    )
    .all(database)
    .await?
    .iter()
    .map(|row| {
        Ok(Given {
            client_id: row.text("client_id")?,
            person_id: PersonId::new(row.uuid("person_id")?),
            epochs: Epochs {
                everything: row.integer("epoch_everything")?,
                administrative: row.integer("epoch_administrative")?,
            },
            is_administrative: row.boolean("administrative")?,
            first_granted_at: row.moment("first_granted_at")?,
            granted_at: row.moment("granted_at")?,
            last_used_at: row.optional_moment("last_used_at")?,
        })
    })
    .collect()
}

/// The grants of a client that these people gave and nobody revoked.
pub(crate) async fn grants_of(
    database: &Database,
    organization: OrganizationId,
    client_id: &str,
    people: &[PersonId],
    now: Timestamp,
) -> Result<Vec<(GrantId, PersonId)>> {
    let mut found = Vec::new();
    for chunk in people.chunks(500) {
        let rows = living("SELECT id, person_id", organization, Some(client_id), now)
            .push(" AND person_id IN ")
            .push_list(chunk.iter().map(|person| person.uuid()))
            .push(" ORDER BY person_id, id")
            .all(database)
            .await?;
        for row in &rows {
            found.push((
                GrantId::new(row.uuid("id")?),
                PersonId::new(row.uuid("person_id")?),
            ));
        }
    }
    Ok(found)
}
