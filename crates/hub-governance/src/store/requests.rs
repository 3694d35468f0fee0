use hub_directory::{OrganizationId, PersonId};
use kit::{Result, Timestamp, Uuid};
use kit_sql::{Handle, Row, Transaction, sql};
use webex::ScopeSet;

use crate::model::{AccessRequest, Demand};

/// Writes the request, or counts one more attempt into the one that is there. Says whether it was the first.
pub(crate) async fn capture(on: &mut Transaction, request: &AccessRequest) -> Result<bool> {
    let AccessRequest {
        id,
        organization_id,
        client_id,
        person_id,
        person_name,
        person_email,
        scopes,
        attempts,
        first_at,
        last_at,
    } = request;
    let row = sql(
        "INSERT INTO governance_access_request
             (id, organization_id, client_id, person_id, person_name, person_email, scopes, attempts, first_at, last_at, state)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'open')
         ON CONFLICT (organization_id, client_id, person_id) DO UPDATE SET
             attempts = governance_access_request.attempts + 1,
             last_at = excluded.last_at, scopes = excluded.scopes,
             person_name = excluded.person_name, person_email = excluded.person_email,
             state = 'open', decided_at = NULL, decided_by = NULL
         RETURNING attempts",
    )
    .bind(*id)
    .bind(organization_id.uuid())
    .bind(client_id)
    .bind(person_id.uuid())
    .bind(person_name)
    .bind(person_email)
    .bind(scopes.to_string())
    .bind(*attempts)
    .bind(*first_at)
    .bind(*last_at)
    .one(on)
    .await?;
    Ok(row.integer("attempts")? == 1)
}

/// Keeps the number of an organization's requests bounded.
pub(crate) async fn drop_excess(on: &mut Transaction, organization: OrganizationId, most: i64) -> Result<()> {
    let count = sql("SELECT COUNT(*) AS n FROM governance_access_request WHERE organization_id = $1")
        .bind(organization.uuid())
        .one(&mut *on)
        .await?
        .integer("n")?;
    if count <= most {
        return Ok(());
    }
    sql("DELETE FROM governance_access_request WHERE id IN (
             SELECT id FROM governance_access_request WHERE organization_id = $1
             ORDER BY CASE WHEN state = 'open' THEN 1 ELSE 0 END, last_at, id LIMIT $2)")
    .bind(organization.uuid())
    .bind(count - most)
    .run(on)
    .await?;
    Ok(())
}

/// The open requests of one organization by integration, the most wanted first.
pub(crate) async fn demand(on: impl Into<Handle<'_>>, organization: OrganizationId) -> Result<Vec<Demand>> {
    sql(
        "SELECT client_id, COUNT(*) AS people, CAST(SUM(attempts) AS BIGINT) AS attempts,
                MIN(first_at) AS first_at, MAX(last_at) AS last_at
         FROM governance_access_request WHERE organization_id = $1 AND state = 'open'
         GROUP BY client_id ORDER BY people DESC, attempts DESC, last_at DESC, client_id",
    )
    .bind(organization.uuid())
    .all(on)
    .await?
    .iter()
    .map(|row| {
        Ok(Demand {
            client_id: row.text("client_id")?,
            people: row.integer("people")?,
            attempts: row.integer("attempts")?,
            first_at: row.moment("first_at")?,
            last_at: row.moment("last_at")?,
        })
    })
    .collect()
}

/// The open requests for one integration, the most persistent people first.
pub(crate) async fn open(
    on: impl Into<Handle<'_>>,
    organization: OrganizationId,
    client_id: &str,
    most: i64,
) -> Result<Vec<AccessRequest>> {
    sql("SELECT * FROM governance_access_request WHERE organization_id = $1 AND client_id = $2 AND state = 'open'
         ORDER BY attempts DESC, last_at DESC, id LIMIT $3")
    .bind(organization.uuid())
    .bind(client_id)
    .bind(most)
    .all(on)
    .await?
    .iter()
    .map(request)
    .collect()
}

pub(crate) async fn count_open(on: impl Into<Handle<'_>>, organization: OrganizationId) -> Result<i64> {
    sql("SELECT COUNT(*) AS n FROM governance_access_request WHERE organization_id = $1 AND state = 'open'")
        .bind(organization.uuid())
        .one(on)
        .await?
        .integer("n")
}

/// Who decided, how, and when.
#[derive(Clone, Copy)]
pub(crate) struct Settlement {
    pub(crate) state: &'static str,
    pub(crate) decided_by: PersonId,
    pub(crate) decided_at: Timestamp,
}

/// Closes every open request for these integrations; says how many there were.
pub(crate) async fn settle_clients(
    on: &mut Transaction,
    organization: OrganizationId,
    client_ids: &[String],
    settlement: &Settlement,
) -> Result<u64> {
    let mut settled = 0;
    for chunk in client_ids.chunks(500) {
        settled += update(settlement)
            .push(" WHERE state = 'open' AND organization_id = ")
            .push_bind(organization.uuid())
            .push(" AND client_id IN ")
            .push_list(chunk)
            .run(&mut *on)
            .await?;
    }
    Ok(settled)
}

/// Closes one person's open request; says whether there was one.
pub(crate) async fn settle_one(
    on: &mut Transaction,
    organization: OrganizationId,
    client_id: &str,
    id: Uuid,
    settlement: &Settlement,
) -> Result<bool> {
    let settled = update(settlement)
        .push(" WHERE state = 'open' AND organization_id = ")
        .push_bind(organization.uuid())
        .push(" AND client_id = ")
        .push_bind(client_id)
        .push(" AND id = ")
        .push_bind(id)
        .run(on)
        .await?;
    Ok(settled > 0)
}

fn update(settlement: &Settlement) -> kit_sql::Statement {
    sql("UPDATE governance_access_request SET state = $1, decided_by = $2, decided_at = $3")
        .bind(settlement.state)
        .bind(settlement.decided_by.uuid())
        .bind(settlement.decided_at)
}

/// Forgets what a person wanted, when the person is deleted.
pub(crate) async fn forget_person(on: &mut Transaction, person: PersonId) -> Result<()> {
    sql("DELETE FROM governance_access_request WHERE person_id = $1")
        .bind(person.uuid())
        .run(on)
        .await?;
    Ok(())
}

fn request(row: &Row) -> Result<AccessRequest> {
    Ok(AccessRequest {
        id: row.uuid("id")?,
        organization_id: OrganizationId::new(row.uuid("organization_id")?),
        client_id: row.text("client_id")?,
        person_id: PersonId::new(row.uuid("person_id")?),
        person_name: row.text("person_name")?,
        person_email: row.text("person_email")?,
        scopes: ScopeSet::parse(&row.text("scopes")?)?,
        attempts: row.integer("attempts")?,
        first_at: row.moment("first_at")?,
        last_at: row.moment("last_at")?,
    })
}

#[cfg(test)]
mod tests {
    use kit::{Randomness as _, SystemRandomness};

    use super::*;

    fn a_request(organization_id: OrganizationId, minute: i64) -> AccessRequest {
        let at = Timestamp::from_millis(minute * 60_000);
        AccessRequest {
            id: SystemRandomness.uuid(),
            organization_id,
            client_id: "C1".to_owned(),
            person_id: PersonId::random(&SystemRandomness),
            person_name: format!("Person {minute}"),
            person_email: "person@example.com".to_owned(),
            scopes: ScopeSet::default(),
            attempts: 1,
            first_at: at,
            last_at: at,
        }
    }

    kit_test::both_databases! {
        async fn the_decided_go_before_the_open_and_the_old_before_the_new(database: Database) {
            database.migrate("governance", crate::store::STEPS).await.unwrap();
            let organization = OrganizationId::random(&SystemRandomness);
            let mut transaction = database.begin().await.unwrap();
            let requests: Vec<AccessRequest> = (0..6).map(|minute| a_request(organization, minute)).collect();
            for request in &requests {
                assert!(capture(&mut transaction, request).await.unwrap());
            }
            let settlement = Settlement { state: "dismissed", decided_by: requests[0].person_id, decided_at: Timestamp::from_millis(0) };
            assert!(settle_one(&mut transaction, organization, "C1", requests[5].id, &settlement).await.unwrap());
            drop_excess(&mut transaction, organization, 3).await.unwrap();
            transaction.commit().await.unwrap();
            let left: Vec<String> =
                open(&database, organization, "C1", 10).await.unwrap().into_iter().map(|request| request.person_name).collect();
            assert_eq!(left, ["Person 4", "Person 3", "Person 2"]);
        }
    }
}
