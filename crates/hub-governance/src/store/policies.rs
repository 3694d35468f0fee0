use std::collections::{BTreeMap, BTreeSet};

use hub_directory::{OrganizationId, PersonId};
use kit::{Result, Timestamp};
use kit_sql::{Database, Handle, Transaction, sql};

use super::bounds;
use super::permissions::{Use, permissions};
use crate::model::{Audience, Bound, Rule, Standing};

/// An exception from the default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Exception {
    pub(crate) audience: Audience,
    pub(crate) name: String,
    pub(crate) created_at: Timestamp,
}

/// The policies of one organization, read at once.
#[derive(Clone, Debug)]
pub(crate) struct Policies {
    pub(crate) default: Rule,
    pub(crate) default_name: String,
    pub(crate) decided_at: Timestamp,
    pub(crate) revision: i64,
    pub(crate) exceptions: BTreeMap<String, Exception>,
}

impl Policies {
    pub(crate) fn audience_of(&self, client_id: &str) -> Audience {
        self.exceptions.get(client_id).map_or_else(
            || Audience::from(self.default),
            |exception| exception.audience.clone(),
        )
    }
}

/// Where one person stands with one integration, in one read: this runs on each use of a token.
pub(crate) async fn permission(
    on: impl Into<Handle<'_>>,
    organization: OrganizationId,
    client_id: &str,
    person: PersonId,
    now: Timestamp,
) -> Result<(bool, Bound)> {
    let one = Use {
        organization,
        client_id: client_id.to_owned(),
        person,
    };
    let found = permissions(on, std::slice::from_ref(&one), now).await?;
    Ok(found.into_iter().next().unwrap_or((false, Bound::default())))
}

/// Where one integration stands for everybody.
pub(crate) async fn standing(
    database: &Database,
    organization: OrganizationId,
    client_id: &str,
) -> Result<Standing> {
    let audience = policies(database, organization).await?.audience_of(client_id);
    let (bound, bounds) = bounds::read(database, organization, client_id).await?;
    Ok(Standing {
        audience,
        bound,
        bounds,
    })
}

pub(crate) async fn policies<'h>(
    on: impl Into<Handle<'h>>,
    organization: OrganizationId,
) -> Result<Policies> {
    let rows = sql(
        "SELECT '' AS client_id, rule, '' AS person_id, decided_at AS at, revision, name FROM governance_default WHERE organization_id = $1
         UNION ALL
         SELECT client_id, rule, '', created_at, 0, name FROM governance_exception WHERE organization_id = $1
         UNION ALL
         SELECT client_id, '', person_id, 0, 0, '' FROM governance_exception_person WHERE organization_id = $1",
    )
    .bind(organization.uuid())
    .all(on)
    .await?;
    let mut policies = Policies {
        default: Rule::default(),
        default_name: String::new(),
        decided_at: Timestamp::from_millis(0),
        revision: 0,
        exceptions: BTreeMap::new(),
    };
    let mut rules = Vec::new();
    let mut people: BTreeMap<String, BTreeSet<PersonId>> = BTreeMap::new();
    for row in &rows {
        let (client_id, person_id) = (row.text("client_id")?, row.text("person_id")?);
        if !person_id.is_empty() {
            people
                .entry(client_id)
                .or_default()
                .insert(PersonId::parse(&person_id)?);
            continue;
        }
        let rule = Rule::parse(&row.text("rule")?)?;
        if client_id.is_empty() {
            policies.default = rule;
            policies.default_name = row.text("name")?;
            policies.decided_at = row.moment("at")?;
            policies.revision = row.integer("revision")?;
        } else {
            rules.push((client_id, rule, row.moment("at")?, row.text("name")?));
        }
    }
    for (client_id, rule, created_at, name) in rules {
        let audience = Audience::of(rule, people.remove(&client_id).unwrap_or_default());
        let exception = Exception {
            audience,
            name,
            created_at,
        };
        policies.exceptions.insert(client_id, exception);
    }
    Ok(policies)
}

/// Starts a transaction that holds the organization's policies until it ends. The row that it locks is written
/// where it is missing: an organization that never decided allows everything.
pub(crate) async fn lock(database: &Database, organization: OrganizationId) -> Result<Transaction> {
    let mut transaction = database.begin().await?;
    lock_within(&mut transaction, organization).await?;
    Ok(transaction)
}

/// The same inside a transaction that began for another reason.
pub(crate) async fn lock_within(transaction: &mut Transaction, organization: OrganizationId) -> Result<()> {
    sql(
        "INSERT INTO governance_default (organization_id, rule) VALUES ($1, 'allow')
         ON CONFLICT (organization_id) DO UPDATE SET rule = governance_default.rule",
    )
    .bind(organization.uuid())
    .run(transaction)
    .await?;
    Ok(())
}

/// Gives the next decision its number.
pub(crate) async fn next_revision(on: &mut Transaction, organization: OrganizationId) -> Result<i64> {
    sql("UPDATE governance_default SET revision = revision + 1 WHERE organization_id = $1 RETURNING revision")
        .bind(organization.uuid())
        .one(on)
        .await?
        .integer("revision")
}

/// Notes that a decision was about this integration in particular.
pub(crate) async fn note_decision(
    on: &mut Transaction,
    organization: OrganizationId,
    client_id: &str,
    revision: i64,
) -> Result<()> {
    sql(
        "INSERT INTO governance_decided (organization_id, client_id, revision) VALUES ($1, $2, $3)
         ON CONFLICT (organization_id, client_id) DO UPDATE SET revision = excluded.revision",
    )
    .bind(organization.uuid())
    .bind(client_id)
    .bind(revision)
    .run(on)
    .await?;
    Ok(())
}

/// The integrations about which somebody decided later than `revision`.
pub(crate) async fn decided_after(
    on: &mut Transaction,
    organization: OrganizationId,
    revision: i64,
) -> Result<BTreeSet<String>> {
    sql("SELECT client_id FROM governance_decided WHERE organization_id = $1 AND revision > $2")
        .bind(organization.uuid())
        .bind(revision)
        .all(on)
        .await?
        .iter()
        .map(|row| row.text("client_id"))
        .collect()
}

pub(crate) async fn put_default(
    on: &mut Transaction,
    organization: OrganizationId,
    rule: Rule,
    name: &str,
    now: Timestamp,
) -> Result<()> {
    sql("UPDATE governance_default SET rule = $2, decided_at = $3, name = $4 WHERE organization_id = $1")
        .bind(organization.uuid())
        .bind(rule.word())
        .bind(now)
        .bind(name)
        .run(on)
        .await?;
    Ok(())
}

/// An organization without a default policy of its own allows everything.
pub(crate) async fn forget_default(on: &mut Transaction, organization: OrganizationId) -> Result<()> {
    sql("UPDATE governance_default SET decided_at = 0, name = '' WHERE organization_id = $1 AND rule = 'allow'")
        .bind(organization.uuid())
        .run(on)
        .await?;
    Ok(())
}

pub(crate) async fn put_exception(
    on: &mut Transaction,
    organization: OrganizationId,
    client_id: &str,
    audience: &Audience,
    now: Timestamp,
) -> Result<()> {
    let (rule, people) = audience.written();
    sql(
        "INSERT INTO governance_exception (organization_id, client_id, rule, listed, created_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (organization_id, client_id) DO UPDATE SET rule = excluded.rule, listed = excluded.listed",
    )
    .bind(organization.uuid())
    .bind(client_id)
    .bind(rule.word())
    .bind(!people.is_empty())
    .bind(now)
    .run(&mut *on)
    .await?;
    forget_people_of(on, organization, client_id).await?;
    let rows = people
        .iter()
        .map(|person| vec![organization.uuid().into(), client_id.into(), person.uuid().into()])
        .collect();
    kit_sql::insert_rows(
        on,
        "INSERT INTO governance_exception_person (organization_id, client_id, person_id)",
        3,
        rows,
        "ON CONFLICT (organization_id, client_id, person_id) DO NOTHING",
    )
    .await?;
    Ok(())
}

/// Calls an exception by a name, for those who list policies.
pub(crate) async fn name_exception(
    on: &mut Transaction,
    organization: OrganizationId,
    client_id: &str,
    name: &str,
) -> Result<()> {
    sql("UPDATE governance_exception SET name = $3 WHERE organization_id = $1 AND client_id = $2")
        .bind(organization.uuid())
        .bind(client_id)
        .bind(name)
        .run(on)
        .await?;
    Ok(())
}

pub(crate) async fn delete_exception(
    on: &mut Transaction,
    organization: OrganizationId,
    client_id: &str,
) -> Result<()> {
    forget_people_of(on, organization, client_id).await?;
    sql("DELETE FROM governance_exception WHERE organization_id = $1 AND client_id = $2")
        .bind(organization.uuid())
        .bind(client_id)
        .run(on)
        .await?;
    Ok(())
}

async fn forget_people_of(on: &mut Transaction, organization: OrganizationId, client_id: &str) -> Result<()> {
    sql("DELETE FROM governance_exception_person WHERE organization_id = $1 AND client_id = $2")
        .bind(organization.uuid())
        .bind(client_id)
        .run(on)
        .await?;
    Ok(())
}

/// The exceptions that name this person, with their organizations: somebody who is deleted leaves every list.
pub(crate) async fn naming(on: &mut Transaction, person: PersonId) -> Result<Vec<(OrganizationId, String)>> {
    sql("SELECT organization_id, client_id FROM governance_exception_person WHERE person_id = $1 ORDER BY organization_id, client_id")
        .bind(person.uuid())
        .all(on)
        .await?
        .iter()
        .map(|row| Ok((OrganizationId::new(row.uuid("organization_id")?), row.text("client_id")?)))
        .collect()
}
