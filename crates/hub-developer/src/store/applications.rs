use hub_directory::{OrganizationId, PersonId};
use kit::{Result, Timestamp};
use kit_sql::{Database, Handle, Row, Statement, Transaction, sql};

use crate::model::{Application, Audience, Logo};

fn select() -> Statement {
    sql("SELECT client_id, owner_id, organization_id, description, logo_type, logo_url, audience, created_at, modified_at,
        secret_made_at, previous_secret_until FROM developer_application WHERE ")
}

/// Puts an application there; false when the same form was sent before.
pub(crate) async fn insert(
    transaction: &mut Transaction,
    application: &Application,
    form_key: &str,
) -> Result<bool> {
    let Application {
        client_id,
        owner_id,
        organization_id,
        description,
        has_logo: _,
        logo_url,
        audience,
        created_at,
        modified_at,
        secret_made_at,
        previous_secret_until,
    } = application;
    let inserted = sql("INSERT INTO developer_application (client_id, owner_id, organization_id, form_key, description, logo_url,
            audience, created_at, modified_at, secret_made_at, previous_secret_until)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (owner_id, form_key) DO NOTHING")
    .bind(client_id)
    .bind(owner_id.uuid())
    .bind(organization_id.uuid())
    .bind(form_key)
    .bind(description)
    .bind(logo_url)
    .bind(audience.as_str())
    .bind(*created_at)
    .bind(*modified_at)
    .bind(*secret_made_at)
    .bind(*previous_secret_until)
    .run(transaction)
    .await?;
    Ok(inserted == 1)
}

pub(crate) async fn find<'h>(on: impl Into<Handle<'h>>, client_id: &str) -> Result<Option<Application>> {
    let row = select()
        .push("client_id = ")
        .push_bind(client_id)
        .optional(on)
        .await?;
    row.map(|row| read(&row)).transpose()
}

/// The application, held until the transaction ends.
pub(crate) async fn find_locked(
    transaction: &mut Transaction,
    client_id: &str,
) -> Result<Option<Application>> {
    let dialect = transaction.dialect();
    let row = select()
        .push("client_id = ")
        .push_bind(client_id)
        .push(dialect.for_update())
        .optional(transaction)
        .await?;
    row.map(|row| read(&row)).transpose()
}

/// What the form with this key made.
pub(crate) async fn by_form_key(
    database: &Database,
    owner: PersonId,
    form_key: &str,
) -> Result<Option<Application>> {
    let row = select()
        .push("owner_id = ")
        .push_bind(owner.uuid())
        .push(" AND form_key = ")
        .push_bind(form_key)
        .optional(database)
        .await?;
    row.map(|row| read(&row)).transpose()
}

pub(crate) async fn of_owner(database: &Database, owner: PersonId) -> Result<Vec<Application>> {
    list(select().push("owner_id = ").push_bind(owner.uuid()), database).await
}

/// How many somebody has.
pub(crate) async fn count_of_owner(transaction: &mut Transaction, owner: PersonId) -> Result<i64> {
    let row = sql("SELECT COUNT(*) AS held FROM developer_application WHERE owner_id = $1")
        .bind(owner.uuid())
        .one(transaction)
        .await?;
    row.integer("held")
}

pub(crate) async fn of_organization(
    database: &Database,
    organization: OrganizationId,
) -> Result<Vec<Application>> {
    let statement = select().push("organization_id = ").push_bind(organization.uuid());
    list(statement, database).await
}

/// Service Apps that administrators of this organization find, whoever made them, and those that they authorized and
/// that are shown to nobody meanwhile.
pub(crate) async fn shown_in(database: &Database, organization: OrganizationId) -> Result<Vec<Application>> {
    let statement = select()
        .push("audience = ")
        .push_bind(Audience::Everyone.as_str())
        .push(" OR (audience = ")
        .push_bind(Audience::OwnOrganization.as_str())
        .push(" AND organization_id = ")
        .push_bind(organization.uuid())
        .push(") OR client_id IN (SELECT client_id FROM developer_authorization WHERE organization_id = ")
        .push_bind(organization.uuid())
        .push(")");
    list(statement, database).await
}

async fn list(statement: Statement, database: &Database) -> Result<Vec<Application>> {
    let rows = statement
        .push(" ORDER BY created_at, client_id")
        .all(database)
        .await?;
    rows.iter().map(read).collect()
}

/// What its developer says of it.
pub(crate) async fn update(
    transaction: &mut Transaction,
    client_id: &str,
    description: &str,
    logo_url: &str,
    now: Timestamp,
) -> Result<()> {
    sql("UPDATE developer_application SET description = $2, logo_url = $3, modified_at = $4 WHERE client_id = $1")
        .bind(client_id)
        .bind(description)
        .bind(logo_url)
        .bind(now)
        .run(transaction)
        .await?;
    Ok(())
}

pub(crate) async fn set_logo(
    transaction: &mut Transaction,
    client_id: &str,
    logo: Option<Logo>,
    now: Timestamp,
) -> Result<()> {
    let (content_type, bytes) = logo.map(|logo| (logo.content_type, logo.bytes)).unzip();
    sql("UPDATE developer_application SET logo = $2, logo_type = $3, modified_at = $4 WHERE client_id = $1")
        .bind(client_id)
        .bind(bytes)
        .bind(content_type)
        .bind(now)
        .run(transaction)
        .await?;
    Ok(())
}

pub(crate) async fn logo(database: &Database, client_id: &str) -> Result<Option<Logo>> {
    let row = sql("SELECT logo, logo_type FROM developer_application WHERE client_id = $1")
        .bind(client_id)
        .optional(database)
        .await?;
    let Some(row) = row else { return Ok(None) };
    match (row.optional_bytes("logo")?, row.optional_text("logo_type")?) {
        (Some(bytes), Some(kind)) => Ok(Some(Logo {
            content_type: Logo::content_type_of(&kind)?,
            bytes,
        })),
        _ => Ok(None),
    }
}

pub(crate) async fn set_audience(
    transaction: &mut Transaction,
    client_id: &str,
    audience: Audience,
    now: Timestamp,
) -> Result<()> {
    sql("UPDATE developer_application SET audience = $2, modified_at = $3 WHERE client_id = $1")
        .bind(client_id)
        .bind(audience.as_str())
        .bind(now)
        .run(transaction)
        .await?;
    Ok(())
}

/// Notes a new secret.
pub(crate) async fn note_secret(
    transaction: &mut Transaction,
    client_id: &str,
    now: Timestamp,
    previous_until: Option<Timestamp>,
) -> Result<()> {
    sql("UPDATE developer_application SET secret_made_at = $2, previous_secret_until = $3 WHERE client_id = $1")
        .bind(client_id)
        .bind(now)
        .bind(previous_until)
        .run(transaction)
        .await?;
    Ok(())
}

pub(crate) async fn delete(transaction: &mut Transaction, client_id: &str) -> Result<()> {
    sql("DELETE FROM developer_application WHERE client_id = $1")
        .bind(client_id)
        .run(transaction)
        .await?;
    Ok(())
}

fn read(row: &Row) -> Result<Application> {
    Ok(Application {
        client_id: row.text("client_id")?,
        owner_id: PersonId::new(row.uuid("owner_id")?),
        organization_id: OrganizationId::new(row.uuid("organization_id")?),
        description: row.text("description")?,
        has_logo: row.optional_text("logo_type")?.is_some(),
        logo_url: row.text("logo_url")?,
        audience: Audience::parse(&row.text("audience")?)?,
        created_at: row.moment("created_at")?,
        modified_at: row.moment("modified_at")?,
        secret_made_at: row.moment("secret_made_at")?,
        previous_secret_until: row.optional_moment("previous_secret_until")?,
    })
}
