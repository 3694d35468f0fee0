use kit::{Error, Result, Timestamp};

use crate::store::audit::{self, Filter};
use crate::{Action, Actor, CustomerId, RecordedEntry, Tenancy};

/// A page of the audit trail.
#[derive(Clone, Debug, Default)]
pub struct AuditQuery {
    pub customer: Option<CustomerId>,
    pub search: String,
    /// The cursor that [`Tenancy::audit_trail`] answered with the page before.
    pub before: String,
    pub limit: usize,
}

impl Tenancy {
    /// The newest lines first, and the cursor of the next page where there is one.
    pub async fn audit_trail(
        &self,
        actor: &Actor,
        query: &AuditQuery,
    ) -> Result<(Vec<RecordedEntry>, Option<String>)> {
        let visible = self.audited_customers(actor, query.customer)?;
        let limit = query.limit.clamp(1, 500);
        let filter = Filter {
            visible: visible.as_deref(),
            customer: query.customer,
            search: &query.search,
            before: read_cursor(&query.before)?,
            limit: i64::try_from(limit + 1).unwrap_or(i64::MAX),
        };
        let mut entries = audit::list(&self.parts().database, &filter).await?;
        let more = entries.len() > limit;
        entries.truncate(limit);
        let next = entries
            .last()
            .filter(|_| more)
            .map(|last| format!("{}_{}", last.at.as_millis(), last.id));
        Ok((entries, next))
    }

    /// Whose lines the actor may read: all (`None`), or those of some customers.
    fn audited_customers(
        &self,
        actor: &Actor,
        customer: Option<CustomerId>,
    ) -> Result<Option<Vec<CustomerId>>> {
        if actor.may(Action::ViewAudit, None) {
            return Ok(None);
        }
        if let Some(customer) = customer {
            actor.require(Action::ViewAudit, Some(customer))?;
        }
        let allowed = actor
            .assignments
            .iter()
            .filter(|assignment| assignment.role.allows(Action::ViewAudit));
        let visible: Vec<CustomerId> = allowed.filter_map(|assignment| assignment.customer).collect();
        if visible.is_empty() {
            actor.require(Action::ViewAudit, None)?;
        }
        Ok(Some(visible))
    }
}

fn read_cursor(text: &str) -> Result<Option<(Timestamp, String)>> {
    if text.is_empty() {
        return Ok(None);
    }
    let parsed = text
        .split_once('_')
        .and_then(|(at, id)| Some((at.parse().ok()?, id.to_owned())));
    let (at, id) = parsed.ok_or_else(|| {
        Error::invalid("This page of the audit trail does not exist. Begin with the first page.")
    })?;
    Ok(Some((Timestamp::from_millis(at), id)))
}
