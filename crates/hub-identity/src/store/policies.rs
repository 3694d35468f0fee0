use hub_directory::OrganizationId;
use kit::{Error, Result};
use kit_sql::{Handle, Row, Transaction, sql};

use crate::PasswordPolicy;

pub(crate) async fn find<'h>(
    on: impl Into<Handle<'h>>,
    organization: OrganizationId,
) -> Result<PasswordPolicy> {
    let row = sql("SELECT shortest, needs_lower, needs_upper, needs_digit, needs_special, remembered, days_between_changes
         FROM password_policy WHERE organization_id = $1")
    .bind(organization.uuid())
    .optional(on)
    .await?;
    row.map_or(Ok(PasswordPolicy::default()), |row| read(&row))
}

pub(crate) async fn put(
    transaction: &mut Transaction,
    organization: OrganizationId,
    policy: &PasswordPolicy,
) -> Result<()> {
    let PasswordPolicy {
        shortest,
        needs_lower,
        needs_upper,
        needs_digit,
        needs_special,
        remembered,
        days_between_changes,
    } = *policy;
    sql("INSERT INTO password_policy (organization_id, shortest, needs_lower, needs_upper, needs_digit, needs_special, remembered,
            days_between_changes) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (organization_id) DO UPDATE SET shortest = $2, needs_lower = $3, needs_upper = $4, needs_digit = $5,
            needs_special = $6, remembered = $7, days_between_changes = $8")
    .bind(organization.uuid())
    .bind(i64::from(shortest))
    .bind(needs_lower)
    .bind(needs_upper)
    .bind(needs_digit)
    .bind(needs_special)
    .bind(i64::from(remembered))
    .bind(days_between_changes.map(i64::from))
    .run(transaction)
    .await?;
    Ok(())
}

fn read(row: &Row) -> Result<PasswordPolicy> {
    let small =
        |column: &str| -> Result<u16> { u16::try_from(row.integer(column)?).map_err(Error::internal) };
    Ok(PasswordPolicy {
        shortest: small("shortest")?,
        needs_lower: row.boolean("needs_lower")?,
        needs_upper: row.boolean("needs_upper")?,
        needs_digit: row.boolean("needs_digit")?,
        needs_special: row.boolean("needs_special")?,
        remembered: small("remembered")?,
        days_between_changes: row
            .optional_integer("days_between_changes")?
            .map(u16::try_from)
            .transpose()
            .map_err(Error::internal)?,
    })
}
