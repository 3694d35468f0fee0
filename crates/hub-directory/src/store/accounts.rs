//! What other slices ask about a person, in one statement each: the question is put on every request.

use kit::Result;
use kit_sql::{Database, Handle, Row, Statement, sql};
use webex::Role;

use crate::{Account, OrganizationId, PersonId};

const ACCOUNT: &str = "SELECT p.id, p.organization_id, p.email, p.display_name, p.login_enabled, p.shares_presence, o.closed_at, r.role \
     FROM person p JOIN organization o ON o.id = p.organization_id LEFT JOIN person_role r ON r.organization_id = p.organization_id AND r.person_id = p.id ";

pub(crate) async fn by_id<'h>(on: impl Into<Handle<'h>>, person_id: PersonId) -> Result<Option<Account>> {
    let statement = sql(ACCOUNT).push("WHERE p.id = ").push_bind(person_id.uuid());
    Ok(read(on, statement).await?.pop())
}

/// Those of these people who are there, each once, in no order.
pub(crate) async fn by_ids(database: &Database, people: &[PersonId]) -> Result<Vec<Account>> {
    let mut found = Vec::with_capacity(people.len());
    for some in people.chunks(500) {
        let statement = sql(ACCOUNT)
            .push("WHERE p.id IN ")
            .push_list(some.iter().map(|person| person.uuid()))
            .push(" ORDER BY p.id");
        found.extend(read(database, statement).await?);
    }
    Ok(found)
}

pub(crate) async fn by_email(database: &Database, email: &str) -> Result<Option<Account>> {
    let statement = sql(ACCOUNT)
        .push("WHERE p.email = ")
        .push_bind(email.trim().to_lowercase());
    Ok(read(database, statement).await?.pop())
}

/// Everybody who holds `role`, by display name.
pub(crate) async fn holders(
    database: &Database,
    organization_id: OrganizationId,
    role: Role,
) -> Result<Vec<Account>> {
    let statement = sql(ACCOUNT)
        .push("WHERE p.organization_id = ")
        .push_bind(organization_id.uuid())
        .push(" AND p.id IN (SELECT person_id FROM person_role WHERE organization_id = ")
        .push_bind(organization_id.uuid())
        .push(" AND role = ")
        .push_bind(role.key())
        .push(") ORDER BY p.display_key, p.id");
    read(database, statement).await
}

/// One row per role: the rows of a person stand together, because each statement is ordered by person or has one.
async fn read<'h>(on: impl Into<Handle<'h>>, statement: Statement) -> Result<Vec<Account>> {
    let mut accounts: Vec<Account> = Vec::new();
    for row in statement.all(on).await? {
        let person_id = PersonId::new(row.uuid("id")?);
        let role = row.optional_text("role")?.and_then(|key| Role::from_key(&key));
        match accounts.last_mut() {
            Some(account) if account.person_id == person_id => account.roles.extend(role),
            _ => accounts.push(account(&row, person_id, role)?),
        }
    }
    for account in &mut accounts {
        account.roles.sort_unstable();
    }
    Ok(accounts)
}

fn account(row: &Row, person_id: PersonId, role: Option<Role>) -> Result<Account> {
    let organization_closed = row.optional_moment("closed_at")?.is_some();
    Ok(Account {
        person_id,
        organization_id: OrganizationId::new(row.uuid("organization_id")?),
        email: row.text("email")?,
        display_name: row.text("display_name")?,
        roles: role.into_iter().collect(),
        login_enabled: row.boolean("login_enabled")? && !organization_closed,
        organization_closed,
        shares_presence: row.boolean("shares_presence")?,
    })
}
