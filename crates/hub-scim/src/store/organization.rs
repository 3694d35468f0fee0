//! What the identity service keeps of an organization.

use hub_directory::OrganizationId;
use kit::{Result, Timestamp};
use kit_sql::{Handle, Transaction, sql};

/// Nothing is there until somebody changes something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct OrganizationExtra {
    pub(crate) preferred_language: Option<String>,
    pub(crate) last_modified_at: Option<Timestamp>,
    pub(crate) version: i64,
}

pub(crate) async fn of(on: Handle<'_>, id: OrganizationId) -> Result<OrganizationExtra> {
    let row = sql("SELECT preferred_language, last_modified_at, version FROM scim_organization WHERE organization_id = $1")
        .bind(id.uuid())
        .optional(on)
        .await?;
    let Some(row) = row else {
        return Ok(OrganizationExtra::default());
    };
    Ok(OrganizationExtra {
        preferred_language: row.optional_text("preferred_language")?,
        last_modified_at: Some(row.moment("last_modified_at")?),
        version: row.integer("version")?,
    })
}

pub(crate) async fn put(
    transaction: &mut Transaction,
    id: OrganizationId,
    preferred_language: Option<String>,
    now: Timestamp,
) -> Result<()> {
    sql("INSERT INTO scim_organization (organization_id, preferred_language, last_modified_at, version) VALUES ($1, $2, $3, 1) \
         ON CONFLICT (organization_id) DO UPDATE SET preferred_language = excluded.preferred_language, \
         last_modified_at = excluded.last_modified_at, version = scim_organization.version + 1")
    .bind(id.uuid())
    .bind(preferred_language)
    .bind(now)
    .run(transaction)
    .await
    .map(|_| ())
}
