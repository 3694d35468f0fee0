use kit::{Error, Result, Timestamp};
use kit_sql::{Handle, sql};
use suite_tenancy::CustomerId;

use crate::model::RunId;

/// The right to synchronize one customer. The number grows with every holder: who holds an old one is refused
/// whatever their clock says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lease {
    pub(crate) customer: CustomerId,
    pub(crate) fence: i64,
}

/// Takes the lease where nobody holds it or its holder let it end.
pub(crate) async fn take<'h>(
    on: impl Into<Handle<'h>>,
    customer: CustomerId,
    run: RunId,
    now: Timestamp,
    ends_at: Timestamp,
) -> Result<Option<Lease>> {
    let row = sql(
        "INSERT INTO synch_lease (customer_id, fence, run_id, ends_at) VALUES ($1, 1, $2, $3)
         ON CONFLICT (customer_id) DO UPDATE SET fence = synch_lease.fence + 1, run_id = $2, ends_at = $3
         WHERE synch_lease.ends_at <= $4 RETURNING fence",
    )
    .bind(customer.uuid())
    .bind(run.uuid())
    .bind(ends_at)
    .bind(now)
    .optional(on)
    .await?;
    row.map(|row| {
        Ok(Lease {
            customer,
            fence: row.integer("fence")?,
        })
    })
    .transpose()
}

/// Prolongs the lease; an error when it belongs to somebody else by now. Inside a transaction it also locks the row, so
/// that nobody takes the lease before the transaction ends.
pub(crate) async fn renew<'h>(on: impl Into<Handle<'h>>, lease: &Lease, ends_at: Timestamp) -> Result<()> {
    let touched = sql("UPDATE synch_lease SET ends_at = $1 WHERE customer_id = $2 AND fence = $3")
        .bind(ends_at)
        .bind(lease.customer.uuid())
        .bind(lease.fence)
        .run(on)
        .await?;
    if touched == 0 {
        return Err(Error::conflict(
            "Another run has taken this synchronization over; this one changed nothing.",
        ));
    }
    Ok(())
}

/// Who holds the lease now.
pub(crate) async fn holder<'h>(
    on: impl Into<Handle<'h>>,
    customer: CustomerId,
    now: Timestamp,
) -> Result<Option<RunId>> {
    let row = sql("SELECT run_id FROM synch_lease WHERE customer_id = $1 AND ends_at > $2")
        .bind(customer.uuid())
        .bind(now)
        .optional(on)
        .await?;
    row.map(|row| row.uuid("run_id").map(RunId::new)).transpose()
}
