use hub_directory::{OrganizationId, PersonId};
use kit::{Result, Timestamp, Uuid};
use kit_sql::{Database, Handle, Row, Transaction, sql};
use webex::ScopeSet;

use crate::model::{AccessRequest, Demand, RequestState};

/// What one more attempt did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Captured {
    /// A request is open that was not: whoever decides must hear of it.
    Opened { id: Uuid, openings: i64 },
    /// It was counted into the one that is there.
    Counted,
    /// The same authorization looked again: nothing is counted.
    SeenAgain,
}

/// Writes the request, or counts one more attempt into the one that is there. The caller holds the organization's
/// policies, so that nobody else does the same meanwhile.
pub(crate) async fn capture(
    on: &mut Transaction,
    request: &AccessRequest,
    attempt: &str,
    may_open: bool,
) -> Result<Captured> {
    let Some(before) = find_of_person(
        &mut *on,
        request.organization_id,
        &request.client_id,
        request.person_id,
    )
    .await?
    else {
        insert(on, request, attempt, may_open).await?;
        return Ok(if may_open {
            Captured::Opened {
                id: request.id,
                openings: 1,
            }
        } else {
            Captured::Counted
        });
    };
    let stays = match before.state {
        RequestState::Open => true,
        RequestState::Denied | RequestState::Blocked => !may_open || is_same(attempt, &before.last_attempt),
        RequestState::Allowed | RequestState::Ended => !may_open,
    };
    if stays && is_same(attempt, &before.last_attempt) {
        return Ok(Captured::SeenAgain);
    }
    let row = sql("UPDATE governance_access_request SET attempts = attempts + 1, last_at = $2, scopes = $3, person_name = $4,
            person_email = $5, last_attempt = $6 WHERE id = $1 RETURNING openings")
        .bind(before.id)
        .bind(request.last_at)
        .bind(request.scopes.to_string())
        .bind(&request.person_name)
        .bind(&request.person_email)
        .bind(attempt)
        .one(&mut *on)
        .await?;
    if stays {
        return Ok(Captured::Counted);
    }
    sql("UPDATE governance_access_request SET state = 'open', opened_at = $2, openings = openings + 1, decided_at = NULL,
            decided_by = NULL, told_at = NULL, reminded_at = NULL WHERE id = $1")
        .bind(before.id)
        .bind(request.last_at)
        .run(on)
        .await?;
    Ok(Captured::Opened {
        id: before.id,
        openings: row.integer("openings")? + 1,
    })
}

fn is_same(attempt: &str, last: &str) -> bool {
    !attempt.is_empty() && attempt == last
}

struct Before {
    id: Uuid,
    state: RequestState,
    last_attempt: String,
}

async fn find_of_person(
    on: &mut Transaction,
    organization: OrganizationId,
    client_id: &str,
    person: PersonId,
) -> Result<Option<Before>> {
    let row = sql("SELECT id, state, last_attempt FROM governance_access_request
         WHERE organization_id = $1 AND client_id = $2 AND person_id = $3")
    .bind(organization.uuid())
    .bind(client_id)
    .bind(person.uuid())
    .optional(on)
    .await?;
    row.map(|row| {
        Ok(Before {
            id: row.uuid("id")?,
            state: RequestState::parse(&row.text("state")?)?,
            last_attempt: row.text("last_attempt")?,
        })
    })
    .transpose()
}

async fn insert(on: &mut Transaction, request: &AccessRequest, attempt: &str, is_open: bool) -> Result<()> {
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
        reason,
        state: _,
        justification: _,
        decided_by_name: _,
        decided_at: _,
    } = request;
    let state = if is_open {
        RequestState::Open
    } else {
        RequestState::Blocked
    };
    sql(
        "INSERT INTO governance_access_request
             (id, organization_id, client_id, person_id, person_name, person_email, scopes, attempts, first_at, last_at, state,
              reason, last_attempt, opened_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $10)",
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
    .bind(state.word())
    .bind(reason)
    .bind(attempt)
    .run(on)
    .await?;
    Ok(())
}

/// Keeps the person's words with the request; false when there is none that waits.
pub(crate) async fn put_reason(
    database: &Database,
    organization: OrganizationId,
    client_id: &str,
    person: PersonId,
    reason: &str,
) -> Result<bool> {
    let touched = sql("UPDATE governance_access_request SET reason = $4
         WHERE organization_id = $1 AND client_id = $2 AND person_id = $3 AND state = 'open'")
    .bind(organization.uuid())
    .bind(client_id)
    .bind(person.uuid())
    .bind(reason)
    .run(database)
    .await?;
    Ok(touched == 1)
}

/// About how many requests letters went out since a moment.
pub(crate) async fn told_since(
    on: &mut Transaction,
    organization: OrganizationId,
    since: Timestamp,
) -> Result<i64> {
    sql("SELECT COUNT(*) AS n FROM governance_access_request WHERE organization_id = $1 AND told_at > $2")
        .bind(organization.uuid())
        .bind(since)
        .one(on)
        .await?
        .integer("n")
}

pub(crate) async fn note_told(on: &mut Transaction, id: Uuid, now: Timestamp) -> Result<()> {
    sql("UPDATE governance_access_request SET told_at = $2 WHERE id = $1")
        .bind(id)
        .bind(now)
        .run(on)
        .await?;
    Ok(())
}

/// Organizations in which a request waits since before `opened_before` and nobody was reminded of it since
/// `reminded_before`.
pub(crate) async fn to_remind(
    database: &Database,
    opened_before: Timestamp,
    reminded_before: Timestamp,
) -> Result<Vec<OrganizationId>> {
    sql("SELECT DISTINCT organization_id FROM governance_access_request
         WHERE state = 'open' AND opened_at <= $1 AND (reminded_at IS NULL OR reminded_at <= $2) ORDER BY organization_id")
        .bind(opened_before)
        .bind(reminded_before)
        .all(database)
        .await?
        .iter()
        .map(|row| row.uuid("organization_id").map(OrganizationId::new))
        .collect()
}

/// Notes a reminder of everything in an organization that waits; says how many requests that are, and since when the
/// oldest waits.
pub(crate) async fn note_reminded(
    on: &mut Transaction,
    organization: OrganizationId,
    now: Timestamp,
) -> Result<Option<(i64, Timestamp)>> {
    let row = sql(
        "SELECT COUNT(*) AS n, MIN(opened_at) AS opened_at FROM governance_access_request
         WHERE organization_id = $1 AND state = 'open'",
    )
    .bind(organization.uuid())
    .one(&mut *on)
    .await?;
    sql(
        "UPDATE governance_access_request SET reminded_at = $2 WHERE organization_id = $1 AND state = 'open'",
    )
    .bind(organization.uuid())
    .bind(now)
    .run(on)
    .await?;
    row.optional_moment("opened_at")?
        .map(|at| row.integer("n").map(|n| (n, at)))
        .transpose()
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

/// One request of an organization.
pub(crate) async fn find(
    on: impl Into<Handle<'_>>,
    organization: OrganizationId,
    id: Uuid,
) -> Result<Option<AccessRequest>> {
    sql("SELECT * FROM governance_access_request WHERE organization_id = $1 AND id = $2")
        .bind(organization.uuid())
        .bind(id)
        .optional(on)
        .await?
        .map(|row| request(&row))
        .transpose()
}

/// What one person asked for, the latest first.
pub(crate) async fn of_person(
    on: impl Into<Handle<'_>>,
    person: PersonId,
    client_id: Option<&str>,
) -> Result<Vec<AccessRequest>> {
    let mut statement =
        sql("SELECT * FROM governance_access_request WHERE person_id = ").push_bind(person.uuid());
    if let Some(client_id) = client_id {
        statement = statement.push(" AND client_id = ").push_bind(client_id);
    }
    statement
        .push(" ORDER BY last_at DESC, id LIMIT 200")
        .all(on)
        .await?
        .iter()
        .map(request)
        .collect()
}

/// A page of an organization's requests, the oldest first, behind a position.
pub(crate) async fn page(
    on: impl Into<Handle<'_>>,
    organization: OrganizationId,
    state: Option<RequestState>,
    client_id: Option<&str>,
    after: Option<(Timestamp, Uuid)>,
    most: i64,
) -> Result<Vec<AccessRequest>> {
    let mut statement = sql("SELECT * FROM governance_access_request WHERE organization_id = ")
        .push_bind(organization.uuid());
    if let Some(state) = state {
        statement = statement.push(" AND state = ").push_bind(state.word());
    }
    if let Some(client_id) = client_id {
        statement = statement.push(" AND client_id = ").push_bind(client_id);
    }
    if let Some((first_at, id)) = after {
        statement = statement
            .push(" AND (first_at > ")
            .push_bind(first_at)
            .push(" OR (first_at = ")
            .push_bind(first_at)
            .push(" AND id > ")
            .push_bind(id)
            .push("))");
    }
    statement
        .push(" ORDER BY first_at, id LIMIT ")
        .push_bind(most)
        .all(on)
        .await?
        .iter()
        .map(request)
        .collect()
}

/// Every open request for these integrations.
pub(crate) async fn open_for(
    on: &mut Transaction,
    organization: OrganizationId,
    client_ids: &[String],
) -> Result<Vec<AccessRequest>> {
    let mut found = Vec::new();
    for chunk in client_ids.chunks(500) {
        let rows = sql("SELECT * FROM governance_access_request WHERE state = 'open' AND organization_id = ")
            .push_bind(organization.uuid())
            .push(" AND client_id IN ")
            .push_list(chunk)
            .push(" ORDER BY first_at, id")
            .all(&mut *on)
            .await?;
        for row in &rows {
            found.push(request(row)?);
        }
    }
    Ok(found)
}

/// Everybody whose request for this integration was allowed.
pub(crate) async fn allowed_for(
    on: &mut Transaction,
    organization: OrganizationId,
    client_id: &str,
) -> Result<Vec<AccessRequest>> {
    sql("SELECT * FROM governance_access_request WHERE state = 'allowed' AND organization_id = $1 AND client_id = $2 ORDER BY id")
        .bind(organization.uuid())
        .bind(client_id)
        .all(on)
        .await?
        .iter()
        .map(request)
        .collect()
}

/// Who decided, how, with which words, and when.
#[derive(Clone)]
pub(crate) struct Settlement {
    pub(crate) state: RequestState,
    pub(crate) decided_by: Option<PersonId>,
    pub(crate) decided_by_name: String,
    pub(crate) decided_at: Timestamp,
    pub(crate) justification: String,
}

/// Notes the decision about these requests; says how many it found as `from`.
pub(crate) async fn settle(
    on: &mut Transaction,
    ids: &[Uuid],
    from: RequestState,
    settlement: &Settlement,
) -> Result<u64> {
    let mut settled = 0;
    for chunk in ids.chunks(500) {
        settled += sql("UPDATE governance_access_request SET state = $1, decided_by = $2, decided_at = $3, decided_by_name = $4,
                justification = $5")
            .bind(settlement.state.word())
            .bind(settlement.decided_by.map(|person| person.to_string()))
            .bind(settlement.decided_at)
            .bind(&settlement.decided_by_name)
            .bind(&settlement.justification)
            .push(" WHERE state = ")
            .push_bind(from.word())
            .push(" AND id IN ")
            .push_list(chunk.iter().copied())
            .run(&mut *on)
            .await?;
    }
    Ok(settled)
}

/// An integration about which nobody can ask any more, with the words of who decided that.
pub(crate) async fn stop<'h>(
    on: impl Into<Handle<'h>>,
    organization: OrganizationId,
    client_id: &str,
) -> Result<Option<String>> {
    sql("SELECT justification FROM governance_request_stop WHERE organization_id = $1 AND client_id = $2")
        .bind(organization.uuid())
        .bind(client_id)
        .optional(on)
        .await?
        .map(|row| row.text("justification"))
        .transpose()
}

pub(crate) async fn put_stop(
    on: &mut Transaction,
    organization: OrganizationId,
    client_id: &str,
    settlement: &Settlement,
) -> Result<()> {
    sql(
        "INSERT INTO governance_request_stop (organization_id, client_id, justification, decided_by, at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (organization_id, client_id) DO UPDATE SET
            justification = excluded.justification, decided_by = excluded.decided_by, at = excluded.at",
    )
    .bind(organization.uuid())
    .bind(client_id)
    .bind(&settlement.justification)
    .bind(&settlement.decided_by_name)
    .bind(settlement.decided_at)
    .run(on)
    .await?;
    Ok(())
}

/// Lets people ask again; says whether they could not before.
pub(crate) async fn delete_stop(
    on: &mut Transaction,
    organization: OrganizationId,
    client_id: &str,
) -> Result<bool> {
    let deleted = sql("DELETE FROM governance_request_stop WHERE organization_id = $1 AND client_id = $2")
        .bind(organization.uuid())
        .bind(client_id)
        .run(on)
        .await?;
    Ok(deleted == 1)
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
        reason: row.text("reason")?,
        state: RequestState::parse(&row.text("state")?)?,
        justification: row.text("justification")?,
        decided_by_name: row.text("decided_by_name")?,
        decided_at: row.optional_moment("decided_at")?,
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
            reason: String::new(),
            state: RequestState::Open,
            justification: String::new(),
            decided_by_name: String::new(),
            decided_at: None,
        }
    }

    kit_test::both_databases! {
        async fn the_decided_go_before_the_open_and_the_old_before_the_new(database: Database) {
            database.migrate("governance", crate::store::STEPS).await.unwrap();
            let organization = OrganizationId::random(&SystemRandomness);
            let mut transaction = database.begin().await.unwrap();
            let requests: Vec<AccessRequest> = (0..6).map(|minute| a_request(organization, minute)).collect();
            for request in &requests {
                let captured = capture(&mut transaction, request, "", true).await.unwrap();
                assert_eq!(captured, Captured::Opened { id: request.id, openings: 1 });
            }
            let settlement = Settlement {
                state: RequestState::Denied,
                decided_by: Some(requests[0].person_id),
                decided_by_name: "Ada".to_owned(),
                decided_at: Timestamp::from_millis(0),
                justification: "no".to_owned(),
            };
            let newest = [requests[5].id];
            assert_eq!(settle(&mut transaction, &newest, RequestState::Open, &settlement).await.unwrap(), 1);
            assert_eq!(settle(&mut transaction, &newest, RequestState::Open, &settlement).await.unwrap(), 0);
            drop_excess(&mut transaction, organization, 3).await.unwrap();
            transaction.commit().await.unwrap();
            let left: Vec<String> =
                open(&database, organization, "C1", 10).await.unwrap().into_iter().map(|request| request.person_name).collect();
            assert_eq!(left, ["Person 4", "Person 3", "Person 2"]);
        }
    }
}
