use hub_directory::{OrganizationId, PersonId};
use kit::{Result, Timestamp};
use kit_sql::{Database, Handle, Row, Transaction, sql};

use crate::model::{Audience, Expiry, Rule};

/// An approval that is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Due {
    pub(crate) organization_id: OrganizationId,
    pub(crate) client_id: String,
    pub(crate) person_id: Option<PersonId>,
    pub(crate) expires_at: Timestamp,
    pub(crate) afterwards: Audience,
}

pub(crate) async fn put(
    on: &mut Transaction,
    organization: OrganizationId,
    client_id: &str,
    expiry: &Expiry,
) -> Result<()> {
    let (rule, people) = expiry.afterwards.written();
    let people: Vec<String> = people.iter().map(ToString::to_string).collect();
    let people = people.join(" ");
    sql(
        "INSERT INTO governance_expiry (organization_id, client_id, person_id, expires_at, given_by, rule_afterwards, people_afterwards)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (organization_id, client_id, person_id) DO UPDATE SET
            expires_at = excluded.expires_at, given_by = excluded.given_by,
            rule_afterwards = excluded.rule_afterwards, people_afterwards = excluded.people_afterwards",
    )
    .bind(organization.uuid())
    .bind(client_id)
    .bind(key(expiry.person_id))
    .bind(expiry.expires_at)
    .bind(&expiry.given_by)
    .bind(rule.word())
    .bind(people)
    .run(on)
    .await?;
    Ok(())
}

/// The approvals of one integration that end by themselves, the next one first.
pub(crate) async fn of_client<'h>(
    on: impl Into<Handle<'h>>,
    organization: OrganizationId,
    client_id: &str,
) -> Result<Vec<Expiry>> {
    sql(
        "SELECT person_id, expires_at, given_by, rule_afterwards, people_afterwards FROM governance_expiry
         WHERE organization_id = $1 AND client_id = $2 ORDER BY expires_at, person_id",
    )
    .bind(organization.uuid())
    .bind(client_id)
    .all(on)
    .await?
    .iter()
    .map(|row| {
        Ok(Expiry {
            person_id: person(row)?,
            expires_at: row.moment("expires_at")?,
            given_by: row.text("given_by")?,
            afterwards: afterwards(row)?,
        })
    })
    .collect()
}

/// What is over, the earliest first.
pub(crate) async fn due(database: &Database, now: Timestamp, most: i64) -> Result<Vec<Due>> {
    sql(
        "SELECT organization_id, client_id, person_id, expires_at, rule_afterwards, people_afterwards FROM governance_expiry
         WHERE expires_at <= $1 ORDER BY expires_at, organization_id, client_id, person_id LIMIT $2",
    )
    .bind(now)
    .bind(most)
    .all(database)
    .await?
    .iter()
    .map(|row| {
        Ok(Due {
            organization_id: OrganizationId::new(row.uuid("organization_id")?),
            client_id: row.text("client_id")?,
            person_id: person(row)?,
            expires_at: row.moment("expires_at")?,
            afterwards: afterwards(row)?,
        })
    })
    .collect()
}

/// When the next one ends.
pub(crate) async fn next(database: &Database) -> Result<Option<Timestamp>> {
    sql("SELECT MIN(expires_at) AS expires_at FROM governance_expiry")
        .one(database)
        .await?
        .optional_moment("expires_at")
}

/// Takes one away; false when it is not there any more, or ends at another moment by now.
pub(crate) async fn take(on: &mut Transaction, due: &Due) -> Result<bool> {
    let taken = sql(
        "DELETE FROM governance_expiry WHERE organization_id = $1 AND client_id = $2 AND person_id = $3 AND expires_at = $4",
    )
    .bind(due.organization_id.uuid())
    .bind(&due.client_id)
    .bind(key(due.person_id))
    .bind(due.expires_at)
    .run(on)
    .await?;
    Ok(taken == 1)
}

/// Deletes one, whenever it ends.
pub(crate) async fn delete(
    on: &mut Transaction,
    organization: OrganizationId,
    client_id: &str,
    person_id: Option<PersonId>,
) -> Result<()> {
    sql("DELETE FROM governance_expiry WHERE organization_id = $1 AND client_id = $2 AND person_id = $3")
        .bind(organization.uuid())
        .bind(client_id)
        .bind(key(person_id))
        .run(on)
        .await?;
    Ok(())
}

/// Forgets the approvals of a person who is deleted.
pub(crate) async fn forget_person(on: &mut Transaction, person: PersonId) -> Result<()> {
    sql("DELETE FROM governance_expiry WHERE person_id = $1")
        .bind(person.uuid())
        .run(on)
        .await?;
    Ok(())
}

/// Who may use the integration when an approval of everybody is over.
fn afterwards(row: &Row) -> Result<Audience> {
    let people = row.text("people_afterwards")?;
    let people = people
        .split_whitespace()
        .map(PersonId::parse)
        .collect::<Result<_>>()?;
    Ok(Audience::of(Rule::parse(&row.text("rule_afterwards")?)?, people))
}

fn key(person: Option<PersonId>) -> String {
    person.map(|person| person.to_string()).unwrap_or_default()
}

fn person(row: &Row) -> Result<Option<PersonId>> {
    match row.text("person_id")? {
        text if text.is_empty() => Ok(None),
        text => PersonId::parse(&text).map(Some),
    }
}
