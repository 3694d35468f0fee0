use std::collections::HashMap;

use kit::{Error, Result, Timestamp, Uuid, search_key};
use kit_sql::{Handle, Row, sql};

use crate::model::{
    CustomerId, Principal, PrincipalId, PrincipalState, Role, RoleAssignment, RoleAssignmentId,
};

const COLUMNS: &str = "SELECT id, email, name, state, created_at, last_sign_in_at FROM principal";

fn principal(row: &Row, assignments: Vec<RoleAssignment>) -> Result<Principal> {
    Ok(Principal {
        id: PrincipalId::new(row.uuid("id")?),
        email: row.text("email")?,
        name: row.text("name")?,
        state: PrincipalState::from_key(&row.text("state")?)?,
        created_at: row.moment("created_at")?,
        last_sign_in_at: row.optional_moment("last_sign_in_at")?,
        assignments,
    })
}

fn assignment(row: &Row) -> Result<RoleAssignment> {
    let key = row.text("role")?;
    let role = Role::from_key(&key).ok_or_else(|| Error::internal(format!("the role “{key}” is unknown")))?;
    Ok(RoleAssignment {
        role,
        customer: row.optional_uuid("customer_id")?.map(CustomerId::new),
    })
}

/// The address as it is compared.
pub(crate) fn email_key(email: &str) -> String {
    search_key(email)
}

pub(crate) async fn insert<'h>(
    on: impl Into<Handle<'h>>,
    principal: &Principal,
    password_hash: &str,
) -> Result<()> {
    let Principal {
        id,
        email,
        name,
        state,
        created_at,
        last_sign_in_at,
        assignments: _,
    } = principal;
    sql("INSERT INTO principal (id, email, email_key, name, password_hash, state, created_at, last_sign_in_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind(id.uuid())
        .bind(email)
        .bind(email_key(email))
        .bind(name)
        .bind(password_hash)
        .bind(state.key())
        .bind(*created_at)
        .bind(*last_sign_in_at)
        .run(on)
        .await
        .map(drop)
}

pub(crate) async fn assign<'h>(
    on: impl Into<Handle<'h>>,
    id: RoleAssignmentId,
    principal: PrincipalId,
    assignment: RoleAssignment,
    now: Timestamp,
) -> Result<()> {
    sql("INSERT INTO role_assignment (id, principal_id, role, customer_id, granted_at) VALUES ($1, $2, $3, $4, $5)")
        .bind(id.uuid())
        .bind(principal.uuid())
        .bind(assignment.role.key())
        .bind(assignment.customer.map(|customer| customer.uuid().to_string()))
        .bind(now)
        .run(on)
        .await
        .map(drop)
}

pub(crate) async fn assignments<'h>(
    on: impl Into<Handle<'h>>,
    id: PrincipalId,
) -> Result<Vec<RoleAssignment>> {
    let rows =
        sql("SELECT role, customer_id FROM role_assignment WHERE principal_id = $1 ORDER BY granted_at, id")
            .bind(id.uuid())
            .all(on)
            .await?;
    rows.iter().map(assignment).collect()
}

/// What a sign-in needs to know.
pub(crate) struct Credentials {
    pub(crate) id: PrincipalId,
    pub(crate) password_hash: String,
    pub(crate) state: PrincipalState,
}

pub(crate) async fn credentials<'h>(on: impl Into<Handle<'h>>, key: &str) -> Result<Option<Credentials>> {
    let row = sql("SELECT id, password_hash, state FROM principal WHERE email_key = $1")
        .bind(key)
        .optional(on)
        .await?;
    row.map(|row| {
        Ok(Credentials {
            id: PrincipalId::new(row.uuid("id")?),
            password_hash: row.text("password_hash")?,
            state: PrincipalState::from_key(&row.text("state")?)?,
        })
    })
    .transpose()
}

pub(crate) async fn password_hash<'h>(on: impl Into<Handle<'h>>, id: PrincipalId) -> Result<Option<String>> {
    let row = sql("SELECT password_hash FROM principal WHERE id = $1")
        .bind(id.uuid())
        .optional(on)
        .await?;
    row.map(|row| row.text("password_hash")).transpose()
}

pub(crate) async fn find(on: &mut kit_sql::Transaction, id: PrincipalId) -> Result<Option<Principal>> {
    let Some(row) = sql(COLUMNS)
        .push(" WHERE id = ")
        .push_bind(id.uuid())
        .optional(&mut *on)
        .await?
    else {
        return Ok(None);
    };
    let assignments = assignments(on, id).await?;
    principal(&row, assignments).map(Some)
}

pub(crate) async fn list(on: &kit_sql::Database) -> Result<Vec<Principal>> {
    let mut by_principal: HashMap<Uuid, Vec<RoleAssignment>> = HashMap::new();
    for row in sql("SELECT principal_id, role, customer_id FROM role_assignment ORDER BY granted_at, id")
        .all(on)
        .await?
    {
        by_principal
            .entry(row.uuid("principal_id")?)
            .or_default()
            .push(assignment(&row)?);
    }
    let rows = sql(COLUMNS).push(" ORDER BY email_key").all(on).await?;
    rows.iter()
        .map(|row| principal(row, by_principal.remove(&row.uuid("id")?).unwrap_or_default()))
        .collect()
}

pub(crate) async fn is_empty<'h>(on: impl Into<Handle<'h>>) -> Result<bool> {
    Ok(sql("SELECT id FROM principal LIMIT 1")
        .optional(on)
        .await?
        .is_none())
}

/// Locks the row on PostgreSQL so that two changes of one principal queue.
pub(crate) async fn set_state<'h>(
    on: impl Into<Handle<'h>>,
    id: PrincipalId,
    state: PrincipalState,
) -> Result<u64> {
    sql("UPDATE principal SET state = $1 WHERE id = $2")
        .bind(state.key())
        .bind(id.uuid())
        .run(on)
        .await
}

pub(crate) async fn set_password<'h>(
    on: impl Into<Handle<'h>>,
    id: PrincipalId,
    old: &str,
    new: &str,
) -> Result<u64> {
    sql("UPDATE principal SET password_hash = $1 WHERE id = $2 AND password_hash = $3")
        .bind(new)
        .bind(id.uuid())
        .bind(old)
        .run(on)
        .await
}

pub(crate) async fn stamp_sign_in<'h>(
    on: impl Into<Handle<'h>>,
    id: PrincipalId,
    now: Timestamp,
) -> Result<()> {
    sql("UPDATE principal SET last_sign_in_at = $1 WHERE id = $2")
        .bind(now)
        .bind(id.uuid())
        .run(on)
        .await
        .map(drop)
}

/// Lets changes that could leave nobody in charge wait for each other.
pub(crate) async fn lock_administrators(on: &mut kit_sql::Transaction) -> Result<()> {
    let lock = on.dialect().for_update();
    sql("SELECT id FROM principal WHERE id IN (SELECT principal_id FROM role_assignment WHERE role = 'administrator' AND customer_id IS NULL) ORDER BY id")
        .push(lock)
        .all(on)
        .await
        .map(drop)
}

/// How many active administrators there are everywhere.
pub(crate) async fn active_administrators<'h>(on: impl Into<Handle<'h>>) -> Result<i64> {
    sql("SELECT COUNT(DISTINCT principal.id) AS n FROM principal JOIN role_assignment ON role_assignment.principal_id = principal.id WHERE principal.state = 'active' AND role_assignment.role = 'administrator' AND role_assignment.customer_id IS NULL")
        .one(on)
        .await?
        .integer("n")
}
