use kit::Result;
use kit_sql::{Handle, Row, sql};
use suite_tenancy::CustomerId;

use crate::model::{CheckReport, IntegrationKey};

fn read(row: &Row) -> Result<(IntegrationKey, CheckReport)> {
    let report = CheckReport {
        checked_at: row.moment("checked_at")?,
        checked_by: row.text("checked_by")?,
        findings: CheckReport::findings_from(&row.text("findings")?)?,
    };
    Ok((IntegrationKey::from_word(&row.text("integration")?)?, report))
}

pub(crate) async fn of_customer<'h>(
    on: impl Into<Handle<'h>>,
    customer: CustomerId,
) -> Result<Vec<(IntegrationKey, CheckReport)>> {
    let rows = sql("SELECT * FROM authorization_check WHERE customer_id = $1")
        .bind(customer.uuid())
        .all(on)
        .await?;
    rows.iter().map(read).collect()
}

pub(crate) async fn put<'h>(
    on: impl Into<Handle<'h>>,
    customer: CustomerId,
    integration: IntegrationKey,
    report: &CheckReport,
) -> Result<()> {
    let CheckReport {
        checked_at,
        checked_by,
        findings: _,
    } = report;
    sql("INSERT INTO authorization_check (customer_id, integration, checked_at, checked_by, findings) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (customer_id, integration) DO UPDATE SET checked_at = excluded.checked_at, checked_by = excluded.checked_by, findings = excluded.findings")
        .bind(customer.uuid())
        .bind(integration.word())
        .bind(*checked_at)
        .bind(checked_by)
        .bind(report.findings_text()?)
        .run(on)
        .await?;
    Ok(())
}

/// A new authorization knows nothing of the checks of the one before.
pub(crate) async fn remove<'h>(
    on: impl Into<Handle<'h>>,
    customer: CustomerId,
    integration: IntegrationKey,
) -> Result<()> {
    sql("DELETE FROM authorization_check WHERE customer_id = $1 AND integration = $2")
        .bind(customer.uuid())
        .bind(integration.word())
        .run(on)
        .await?;
    Ok(())
}
