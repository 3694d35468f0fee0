use std::time::Duration;

use hub_caller::{Caller, OrganizationId, require, require_own};
use kit::{Error, Result, Timestamp, Uuid};
use webex::Role;

use crate::store::audit::{self, AuditFilter, AuditLine};
use crate::store::sign_ins::{self, SignInFilter, SignInLine};
use crate::{AuditCategory, Events, SignInKind};

/// Who reads the audit.
pub(crate) const READERS: &[Role] = &[Role::FullAdministrator, Role::ReadOnlyAdministrator];
const SCOPES: &[&str] = &["audit:events_read"];
/// A leap year.
const A_YEAR: Duration = Duration::from_secs(366 * 24 * 3600);

/// What somebody asks of the admin audit.
#[derive(Clone, Debug)]
pub(crate) struct AuditQuery {
    pub(crate) organization_id: Option<OrganizationId>,
    pub(crate) from: Timestamp,
    pub(crate) to: Timestamp,
    pub(crate) actor_id: Option<Uuid>,
    pub(crate) categories: Vec<String>,
    pub(crate) search: String,
    pub(crate) offset: i64,
    pub(crate) max: i64,
}

/// What somebody asks of the security audit.
#[derive(Clone, Debug)]
pub(crate) struct SignInQuery {
    pub(crate) organization_id: Option<OrganizationId>,
    pub(crate) from: Timestamp,
    pub(crate) to: Timestamp,
    pub(crate) person_id: Option<Uuid>,
    pub(crate) categories: Vec<String>,
    pub(crate) offset: i64,
    pub(crate) max: i64,
}

impl Events {
    /// Lines of the admin audit, the newest first, and whether there are more.
    pub(crate) async fn read_audit(
        &self,
        caller: &Caller,
        query: AuditQuery,
    ) -> Result<(Vec<AuditLine>, bool)> {
        let filter = self.audit_filter(caller, &query)?;
        let mut lines = audit::list(self.database(), &filter, query.offset, query.max + 1).await?;
        let limit = usize::try_from(query.max).unwrap_or_default();
        let more = lines.len() > limit;
        lines.truncate(limit);
        Ok((lines, more))
    }

    /// How many lines there are.
    pub(crate) async fn count_audit(&self, caller: &Caller, query: &AuditQuery) -> Result<i64> {
        let filter = self.audit_filter(caller, query)?;
        audit::count(self.database(), &filter).await
    }

    fn audit_filter(&self, caller: &Caller, query: &AuditQuery) -> Result<AuditFilter> {
        require(caller, SCOPES, READERS)?;
        require_own(caller, query.organization_id)?;
        check_span(query.from, query.to, "from", "to")?;
        let known = |category: &String| AuditCategory::ALL.iter().any(|known| known.word() == category);
        if let Some(unknown) = query.categories.iter().find(|category| !known(category)) {
            let shown: String = unknown.chars().take(60).collect();
            return Err(Error::invalid(format!(
                "eventCategories “{shown}” is not one of those that GET /v1/adminAudit/eventCategories lists."
            )));
        }
        Ok(AuditFilter {
            organization_id: caller.organization_id,
            from: query.from,
            to: query.to,
            actor_id: query.actor_id,
            categories: query.categories.clone(),
            search: query.search.clone(),
        })
    }

    /// Lines of the security audit, the newest first, and whether there are more.
    pub(crate) async fn read_sign_ins(
        &self,
        caller: &Caller,
        query: SignInQuery,
    ) -> Result<(Vec<SignInLine>, bool)> {
        require(caller, SCOPES, READERS)?;
        require_own(caller, query.organization_id)?;
        check_span(query.from, query.to, "startTime", "endTime")?;
        let mut kinds = Vec::new();
        for category in &query.categories {
            let of_category = |kind: &&SignInKind| kind.category() == category;
            let found: Vec<SignInKind> = SignInKind::ALL.iter().filter(of_category).copied().collect();
            if found.is_empty() {
                return Err(Error::invalid("eventCategories may hold LOGINS and LOGOUT."));
            }
            kinds.extend(found);
        }
        let filter = SignInFilter {
            organization_id: caller.organization_id,
            from: query.from,
            to: query.to,
            person_id: query.person_id,
            kinds,
        };
        let mut lines = sign_ins::list(self.database(), &filter, query.offset, query.max + 1).await?;
        let limit = usize::try_from(query.max).unwrap_or_default();
        let more = lines.len() > limit;
        lines.truncate(limit);
        Ok((lines, more))
    }

    /// The name of the caller's organization.
    pub(crate) async fn name_of_organization(&self, caller: &Caller) -> Result<String> {
        let name = self.names().organization(caller.organization_id).await?;
        Ok(name.unwrap_or_default())
    }
}

fn check_span(from: Timestamp, to: Timestamp, from_name: &str, to_name: &str) -> Result<()> {
    if from > to {
        return Err(Error::invalid(format!("{from_name} is later than {to_name}.")));
    }
    if to.since(from) > A_YEAR {
        return Err(Error::invalid(format!(
            "Between {from_name} and {to_name} lies more than one year. Ask for one year at a time."
        )));
    }
    Ok(())
}
